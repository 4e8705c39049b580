#!/usr/bin/env bash
# Three delegations type into one clause at the same time: two with `plenary live`, one with a stock automerge-repo
# client in node. One of them goes offline for a while, and the server is killed without warning in the middle of it.
# In the end all of them must hold the same text with every keystroke in it, and the record every entry that was
# announced before the kill. Takes under a minute. Needs bash, node 20, and a build: `cargo build`.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${PLENARY_BIN:-target/release}
[[ -x $bin/plenary && -x $bin/plenary-server ]] || bin=target/debug
[[ -x $bin/plenary && -x $bin/plenary-server ]] || { echo "Nothing is built yet: run cargo build" >&2; exit 1; }
command -v node > /dev/null || { echo "node is missing: install Node.js 20 or later" >&2; exit 1; }
[[ -d tests/js/node_modules/@automerge ]] || npm ci --silent --prefix tests/js ||
    { echo "The stock client's packages are missing: run npm ci in tests/js" >&2; exit 1; }

clause=openness keystrokes=800 rate=50
work=$(mktemp -d)
export XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work # your own logins stay as they are
started=()
cleanup() {
    for pid in "${started[@]}"; do kill -9 "$pid" 2> /dev/null || true; done
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
say() { printf '%3d s  %s\n' "$SECONDS" "$*"; }
die() { echo "FAILED: $*" >&2; exit 1; }
# field EXPRESSION: a part of the JSON on standard input, which the expression calls `it`.
field() { node -e 'const it = JSON.parse(fs.readFileSync(0)); console.log(eval(process.argv[1]))' "$1"; }

serve() { # serve ADDRESS: starts the server on the data directory, and waits until it listens
    "$bin/plenary-server" --data "$work/data" --listen "$1" --log warn > "$work/server.out" &
    server=$! && started+=("$server")
    for _ in {1..200}; do
        grep -q 'listens on' "$work/server.out" 2> /dev/null && return
        kill -0 "$server" 2> /dev/null || die "the server does not start"
        sleep 0.05
    done
    die "the server does not listen"
}
plenary() { PLENARY_TOKEN=$token "$bin/plenary" --json "$@"; }
seat() { PLENARY_TOKEN=$secretariat "$bin/plenary" --json invite "$1" | field it.token; }

# 1. A conference on a new server, with a seat for each of three delegations.
serve 127.0.0.1:0
PLENARY_SERVER=$(grep -o 'http://[0-9.:]*' "$work/server.out" | head -1) && export PLENARY_SERVER
secretariat=$(grep -o '^ *plenary_[A-Za-z0-9_-]*' "$work/server.out" | tr -d ' ')
token=$secretariat
PLENARY_DRAFT=$(plenary draft new --mode open --from examples/declaration-ai-governance.md --roster examples/roster.toml |
    field it.id) && export PLENARY_DRAFT
averland=$(seat AVR) norrmark=$(seat NRM) valsoire=$(seat VLS)
say "Convened draft $PLENARY_DRAFT at $PLENARY_SERVER"

# 2. Everybody types. Somebody else listens to what the server announces: it announces only what is on its disk.
script() { local all && printf -v all "%.0s$1 " {1..99} && printf %s "${all:0:keystrokes}"; }
for who in Averland Norrmark Valsoire; do script "$who types this." > "$work/$who.txt"; done
token=$norrmark plenary watch > "$work/announced" 2> /dev/null & started+=($!)
token=$averland plenary live "$clause" --rate "$rate" --at start --type "$work/Averland.txt" > "$work/Averland.json" &
averland_pid=$! && started+=("$averland_pid")
token=$norrmark plenary live "$clause" --rate "$rate" --at end --type "$work/Norrmark.txt" > "$work/Norrmark.json" &
norrmark_pid=$! && started+=("$norrmark_pid")

coproc STOCK { exec node tests/js/stock-client.mjs; }
stock_pid=$STOCK_PID && started+=("$stock_pid")
asked=0
tell() { asked=$((asked + 1)) && echo "{\"id\": $asked, \"document\": \"automerge:$PLENARY_DRAFT\", \"clause\": \"$clause\", $1}" >&"${STOCK[1]}"; }
answer() { # answer N: waits for the answer to command N, and leaves it in $told
    while IFS= read -r -t 100 told <&"${STOCK[0]}"; do
        [[ $told == "{\"id\":$1,"* ]] || continue
        [[ $told == *'"ok":'* ]] || die "the stock client: $told"
        return 0
    done
    die "the stock client does not answer"
}
tell "\"do\": \"open\", \"url\": \"$PLENARY_SERVER\", \"token\": \"$valsoire\"" && answer $asked
tell "\"do\": \"type\", \"at\": {\"after\": \"open publication\"}, \"rate\": $rate, \"text\": \"$(< "$work/Valsoire.txt")\"" && typing=$asked
say "Three delegations type $((3 * keystrokes)) characters into one clause, $rate a second each"

# 3. What goes wrong: one client loses its network, then the server its power; both come back.
sleep 3; tell '"do": "offline"'
say "Valsoire is offline, and types on"
sleep 3; kill -9 "$server"; wait "$server" 2> /dev/null || true
say "The server is killed"
cp "$work/announced" "$work/announced-before"
sleep 2; serve "${PLENARY_SERVER#http://}"
say "The server is back, on the same address and the same disk"
sleep 2; tell '"do": "online"'
say "Valsoire is online again"

# 4. Everybody finishes, and is told that every keystroke has arrived.
wait "$averland_pid" || die "Averland's editor: $(cat "$work/Averland.json")"
wait "$norrmark_pid" || die "Norrmark's editor: $(cat "$work/Norrmark.json")"
answer $typing && tell '"do": "level"' && answer $asked
tell '"do": "acknowledged"' && answer $asked
counts="$(field it.acknowledged < "$work/Averland.json") $(field it.acknowledged < "$work/Norrmark.json") $(field it.ok.hashes.length <<< "$told")"
say "Acknowledged keystrokes: $counts"
[[ $counts == "$keystrokes $keystrokes $keystrokes" ]] || die "not all keystrokes were acknowledged"

# 5. The same text everywhere. The editors look once more, each through a replica of its own.
: > "$work/nothing.txt"
digests=$(
    echo "Averland  $(token=$averland plenary live "$clause" --type "$work/nothing.txt" | field it.digest)"
    echo "Norrmark  $(token=$norrmark plenary live "$clause" --type "$work/nothing.txt" | field it.digest)"
    tell '"do": "digest"' && answer $asked && echo "Valsoire  $(field it.ok.digest <<< "$told")"
    token=$norrmark plenary show > "$work/text.json"
    echo "server    $(field "it.clauses.find(c => c.id === '$clause').digests.en" < "$work/text.json")"
)
echo "$digests"
[[ $(awk '{print $2}' <<< "$digests" | sort -u | wc -l) == 1 ]] || die "the texts differ"
for who in Averland Norrmark Valsoire; do
    grep -qF "$(< "$work/$who.txt")" "$work/text.json" || die "keystrokes of $who are missing"
done

# 6. The record has, unchanged, every entry that was announced before the kill.
token=$norrmark plenary log > "$work/log.json"
node --input-type=module - "$work/announced-before" "$work/log.json" <<'EOF'
import fs from 'node:fs';
const [announced, log] = process.argv.slice(2).map((file) => fs.readFileSync(file, 'utf8'));
const kept = new Map(JSON.parse(log).map((entry) => [entry.seq, entry.hash]));
// The last line may have been cut off by the kill.
const entries = announced.split('\n').slice(0, -1).map((line) => JSON.parse(line));
const lost = entries.filter((entry) => kept.get(entry.seq) !== entry.hash);
console.log(`Entries acknowledged before the kill: ${entries.length}; lost: ${lost.length}`);
process.exit(entries.length > 100 && lost.length === 0 ? 0 : 1);
EOF
say "Nothing was lost."
