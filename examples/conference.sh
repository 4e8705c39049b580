#!/usr/bin/env bash
# A whole conference from a terminal: the example declaration from zero draft to adoption, by 24 delegations and three
# groups, on a server that is started here and stopped again. Every act that Plenary knows is entered at least once; the
# script fails if one is missing. Needs bash, GNU date, and a build: `cargo build`.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${PLENARY_BIN:-target/release}
[[ -x $bin/plenary && -x $bin/plenary-server ]] || bin=target/debug
[[ -x $bin/plenary && -x $bin/plenary-server ]] || { echo "Nothing is built yet: run cargo build" >&2; exit 1; }

work=$(mktemp -d)
export XDG_CONFIG_HOME=$work/config NO_COLOR=1 # your own logins stay as they are
trap 'kill "$server" 2> /dev/null; wait; rm -rf "$work"' EXIT
title() { printf '\n== %s\n\n' "$*"; }
die() { echo "FAILED: $*" >&2; exit 1; }
# field NAME: the first value of that name in the JSON on standard input.
field() { grep -oE "\"$1\": *\"(\\\\.|[^\"\\])*\"" | sed -n 1p | sed -E 's/^"[a-z_]*": *"//; s/"$//; s/\\(.)/\1/g'; }

declare -A token
# as WHO COMMAND…: a command of that delegation, each at a computer of its own. What it prints is shown.
as() { local who=$1; shift; PLENARY_TOKEN=${token[$who]} XDG_DATA_HOME=$work/$who "$bin/plenary" "$@"; }
# does WHO COMMAND…: the same, told in one line.
does() {
    local said
    said=$(as "$@" 2>&1) || die "$* — $said"
    printf '%-12s %s\n' "$1" "${*:2}" | cut -c1-110
}
# refused CODE WHO COMMAND…: it must be refused, by that rule.
refused() {
    local code=$1 said; shift
    if said=$(as "$1" --json "${@:2}" 2>&1); then die "$* was not refused"; fi
    [[ $(field code <<< "$said") == "$code" ]] || die "$* — $said"
    printf '%-12s %s\n             refused: %s\n' "$1" "${*:2}" "$(field detail <<< "$said")" | cut -c1-110
}
# settles CLAUSE…: nobody objects any more; the gavel falls.
settles() { for clause in "$@"; do does CHAIR call "$clause" --present all; does CHAIR agree "$clause"; done; }
in_seconds() { date -u -d "+$1 seconds" +%FT%TZ; }
# waits_until CLAUSE STATUS: the server keeps the deadlines.
waits_until() {
    for _ in {1..600}; do
        [[ $(as CHAIR --json show "$1" | tr -d '\n' | grep -o '"standing".*' | field status) != "$2" ]] || return 0
        sleep 0.1
    done
    die "$1 does not become $2"
}
# matrix TITLE: the rows in which anybody has said anything.
matrix() { title "$1"; as CHAIR matrix | grep -E '^Clause| [SARNXsarnxd~]( |$)' || true; }

title "The secretariat convenes 24 delegations and three groups on a zero draft"
"$bin/plenary-server" --data "$work/data" --listen 127.0.0.1:0 --log warn > "$work/server.out" & server=$!
for _ in {1..600}; do grep -q 'listens on' "$work/server.out" 2> /dev/null && break; sleep 0.1; done
PLENARY_SERVER=$(grep -o 'http://[0-9.:]*' "$work/server.out" | sed -n 1p) && export PLENARY_SERVER
token[SECRETARIAT]=$(grep -o '^ *plenary_[A-Za-z0-9_-]*' "$work/server.out" | tr -d ' ')
PLENARY_DRAFT=$(as SECRETARIAT --json draft new --from examples/declaration-ai-governance.md --roster examples/roster.toml |
    field id) && export PLENARY_DRAFT
states=(AVR NRM BNU VLS KDV ZLM TMD KSB NDU AMZ MTH MRJ RML NKH YNS LNH SVM PRM TLU MTL ALV QLS MRC SIL)
for who in CHAIR PEN ARCHIVE "${states[@]}"; do
    role=delegate
    case $who in CHAIR) role=facilitator ;; PEN) role=pen-holder ;; ARCHIVE) role=archivist ;; esac
    token[$who]=$(as SECRETARIAT --json invite "$who" --role "$role" | field token)
done
# Deadlines of seconds, so that you need not wait three days for the end of this.
does SECRETARIAT act set_rule 'rule:={"decision": "consensus", "reopen": "chair", "silence_hours": 0}'
does SECRETARIAT act set_mode mode=open
does SECRETARIAT act seat delegation=OBS-LAKE 'name=Lake Watch' role=observer entitled:=false weight:=1 'languages:=["en"]'
does SECRETARIAT act unseat delegation=OBS-LAKE
does ARCHIVE version seal 'Zero draft'
does AVR statement 'Averland thanks the Chair, and will speak for itself throughout.'

title "The review conference: two alternatives, groups, and a member that thinks otherwise"
does NRM propose review-conference --replace 'every four years' 'every two years' --rationale 'Systems change faster than that.'
does NRM cosponsor p1 --as-group OPEN
does ZLM cosponsor p1
does KSB propose review-conference --replace 'three years' 'five years' --rationale 'Administrations need time.'
does MTL object review-conference --as-group ISL --reason 'Islands cannot send delegations so often.' --alternative p2
does TLU dissociate review-conference
does TLU position review-conference support
does SIL position review-conference accept
does VLS object p1 --reason 'The cost of two conferences is not covered.'
does VLS statement 'We could accept every three years.' --on p1
does KSB position compute-access support --as-group DEV
does NRM position compute-access support --as-group OPEN
does AVR position compute-access abstain --note 'Averland has no such facilities.'
does BNU object funding-b --reason 'A levy is for parliaments to decide.'
does MRJ position funding-b accept
refused not-spokesperson AVR object review-conference --as-group ISL --reason 'For the islands.'
title "The rolling text of the review conference"
as CHAIR export --format plain --rolling | grep -A8 'review conference' | sed -n 1,9p
matrix "How it stands: first reading"

title "The chair's way out: one alternative is taken in, the other withdrawn, a third declined"
does VLS lift p1
does PEN incorporate p2
does NRM withdraw p1
does MTL lift review-conference --as-group ISL
does ALV propose review-conference --replace 'every four years' 'every ten years'
does CHAIR decline p3 --reason 'It found no support.'
settles review-conference

title "New, moved and deleted clauses"
does ZLM propose voluntary-commitments --delete --rationale 'It binds nobody.'
does PEN incorporate p4
does KDV propose world-of-work --move-after best-interests
does PEN incorporate p5
does MRC propose early-warning --after --text 'Requests further that warnings reach small islands by radio;'
does MRC edit p6 --replace 'by radio' 'by radio and by satellite'
does PEN incorporate p6
does PEN translation mark incident-reporting-a --lang fr
does PEN edit incident-reporting-a --replace '72 hours' '48 hours'
as PEN translation list --lang fr --open | sed -n 1,6p

title "Agreed ad referendum, and confirmed"
does QLS position mass-surveillance reserve --note 'Qalas understands this clause in the light of its constitution.'
does CHAIR call mass-surveillance --present all
does CHAIR agree mass-surveillance --ad-ref --awaiting AMZ,NDU
does AMZ confirm mass-surveillance
does NDU confirm mass-surveillance

title "A package: finance against reporting"
does BNU lift funding-b
does BNU position funding-b reserve --note 'Brennau takes part in no levy.'
does SVM position compute-access reserve --note 'Savamba reads "computing capacity" as capacity that is idle.'
does CHAIR package form Bargain funding national-reports
does CHAIR package form Mistaken scientific-panel secretariat
does CHAIR package dissolve Mistaken
settles funding
as CHAIR --json show funding | grep -q agreed-ad-ref || die "half of a package is agreed"
echo "             funding is agreed ad referendum: the package is open"
settles national-reports
matrix "How it stands: second reading"

title "Silence: one clause broken, one extended, and the server keeps the deadline"
does CHAIR silence open workers energy-use --until "$(in_seconds 5)"
does LNH object energy-use --reason 'Landlocked grids cannot reach 80 per cent.'
does CHAIR silence extend s1 --until "$(in_seconds 8)"
waits_until workers agreed
refused silence-lapsed NKH object workers --reason 'Our instructions came too late.'
does NKH statement 'Nokhara would have preferred 120 days.' --on workers
does NKH object workers --late --reason 'Our instructions came too late.'
as CHAIR next | grep 'after the silence'
does CHAIR silence grant workers --reason 'The capital of Nokhara was cut off by a storm.'
does NKH lift workers
settles workers
does LNH lift energy-use

title "Somebody was offline while a clause was agreed: the words are kept as a proposal"
does YNS offline
settles labelling
does YNS edit labelling --offline --replace 'two years' 'three years'
does YNS sync
does YNS withdraw p7

title "Reopened, and put to a recorded vote"
does CHAIR reopen review-conference --reason 'The host has withdrawn its offer of a seat.'
does CHAIR vote open review-conference
for who in "${states[@]}"; do
    choice=for
    case $who in AVR | BNU | VLS) choice=against ;; QLS | SIL) choice=abstain ;; esac
    as "$who" vote cast v1 $choice > /dev/null
done
does CHAIR vote close v1
as CHAIR vote list | sed 's/  */ /g' | fold -sw 110
does AVR statement 'Averland voted against: the interval is too long.' --on review-conference

title "A group writes among itself, and submits a clause; to everybody else the paper is not there"
paper=$(as VLS --json paper new --of OPEN --title 'Open group only' --text examples/working-paper.md | field id)
does NRM --draft "$paper" edit our-clause --replace 'every year' 'every two years'
refused unknown-draft CHAIR --draft "$paper" show
refused unknown-draft SECRETARIAT --draft "$paper" show
does NRM paper submit "$paper" our-clause --after review-conference
as CHAIR proposals | grep 'working paper'
does NRM withdraw p8

title "Three proposals are made one, and one of them unmade again"
does PRM propose energy-use --text 'Calls for public figures on the energy that systems use;'
does NDU propose energy-use --text 'Calls for public figures on the energy that systems use;'
does MTH propose energy-use --text 'Calls for figures on the energy that systems use, open to the public;'
does PEN merge p10 p11 --into p9 --rationale 'They ask for the same figures.'
does MTH cosponsor p9
does NDU merge --undo p10
as PEN ledger
does NDU withdraw p10
does PRM withdraw p9

title "Consent for an afternoon: an objection is tested, and does not hold"
does SECRETARIAT act set_rule 'rule:={"decision": "consent", "reopen": "chair", "silence_hours": 0}'
does MTH object energy-use --reason 'We do not like it.'
does CHAIR set-aside energy-use MTH --reason 'It names no harm to anybody.'
does MTH lift energy-use
does SECRETARIAT act set_rule 'rule:={"decision": "consensus", "reopen": "chair", "silence_hours": 0}'

title "Talua signs what it says, so that nobody else can say it"
token[TLU-STOLEN]=${token[TLU]}
does TLU key new
does TLU key register
does TLU statement 'This is our own word.'
refused signature-missing TLU-STOLEN statement 'And this is not.'
does TLU key revoke --reason 'The afternoon is over.'

title "Everything else under silence as a whole"
does SECRETARIAT act set_mode mode=proposals
refused not-all-agreed CHAIR adopt Declaration --present all
does CHAIR silence open --everything --until "$(in_seconds 3)"
waits_until energy-use agreed

title "Adoption"
does CHAIR adopt 'Declaration on the Global Governance of Artificial Intelligence' --present all
refused draft-adopted ALV object energy-use --reason 'Our instructions have changed.'
does SVM statement 'In joining consensus, Savamba recalls its position on finance.'
matrix "How it stands: adopted"
does CHAIR draft close --reason 'The conference has ended.'

title "The adopted text, and its annex"
as CHAIR export --format plain --statuses --output "$work/adopted.txt" > /dev/null
sed -n 1,14p "$work/adopted.txt"
printf '\n[…]\n\n'
sed -n '/^Annex: votes, reservations and statements/,$p' "$work/adopted.txt" | tee "$work/annex.txt"
grep -q 'QLS, reservation' "$work/annex.txt" || die "a reservation is not annexed"

title "Every act of the domain is in the record"
as CHAIR --json log --acts > "$work/log.json"
missing=()
known=$(sed -n '/^pub const NAMES/,/^];/p' shared/src/acts.rs | grep -o '"[a-z_]*"' | tr -d '"')
for act in $known; do grep -q "\"act\": *{ *\"$act\"" <(tr -d '\n' < "$work/log.json") || missing+=("$act"); done
[[ ${#missing[@]} == 0 ]] || die "never entered: ${missing[*]}"
echo "$(wc -w <<< "$known") kinds of act, $(grep -c '"seq"' "$work/log.json") lines of record, and nothing on paper."
