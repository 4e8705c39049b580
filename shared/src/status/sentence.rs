//! What happened, as one sentence: how the log is read aloud.

use std::collections::{BTreeMap, BTreeSet};

use crate::acts::{Act, Amendment, Propose, Target};
use crate::draft::{Choice, Mode, Stance};
use crate::entry::{By, Entry, Place, Touched};
use crate::ids::{GroupId, Hash};
use crate::wire::view::{EntryView, Typed, target_in_words};

/// An entry with the sentence that tells it.
pub fn entry_view(entry: &Entry, hash: Hash) -> EntryView {
    EntryView {
        seq: entry.seq,
        at: entry.at,
        by: entry.by.clone(),
        hash,
        previous: entry.previous,
        act: entry.act.clone(),
        changes: entry.changes.len(),
        touched: entry.touched.clone(),
        sentence: sentence(entry),
        signed: entry.signed.clone(),
        withheld: false,
        bytes: None,
    }
}

/// What one has typed in these entries, added up. None if there are no entries.
pub fn typed(entries: &[&Entry]) -> Option<Typed> {
    let last = entries.last()?;
    let mut settled = BTreeMap::new();
    for touched in entries.iter().flat_map(|e| &e.touched) {
        settled.insert((&touched.place, &touched.language), touched);
    }
    let touched: Vec<Touched> = settled.into_values().cloned().collect();
    Some(Typed {
        by: last.by.clone(),
        at: last.at,
        changes: entries.iter().map(|e| e.changes.len()).sum(),
        sentence: typing(&last.by, &touched),
        touched,
    })
}

fn who(by: &By) -> &str {
    match by {
        By::Server => "The server",
        By::Secretariat => "The secretariat",
        By::Seat { delegation, .. } => delegation.as_str(),
    }
}

fn typing(by: &By, touched: &[Touched]) -> String {
    if touched.is_empty() {
        format!("{} edits the text.", who(by))
    } else {
        format!("{} types into {}.", who(by), places(touched))
    }
}

fn sentence(entry: &Entry) -> String {
    let who = who(&entry.by);
    match &entry.act {
        Some(act) => match as_group(act) {
            Some(group) => format!("{who}, for group {group}, {}.", deed(act)),
            None => format!("{who} {}.", deed(act)),
        },
        None => typing(&entry.by, &entry.touched),
    }
}

/// The group for which it is said.
fn as_group(act: &Act) -> Option<&GroupId> {
    match act {
        Act::TakePosition(a) => a.as_group.as_ref(),
        Act::Object(a) => a.as_group.as_ref(),
        Act::ObjectLate(a) => a.as_group.as_ref(),
        Act::LiftObjection(a) => a.as_group.as_ref(),
        Act::Cosponsor(a) => a.as_group.as_ref(),
        _ => None,
    }
}

/// `op-4 (en, fr) and proposal p2 (en)`.
fn places(touched: &[Touched]) -> String {
    let mut all: BTreeMap<&Place, BTreeSet<&str>> = BTreeMap::new();
    for t in touched {
        let languages = all.entry(&t.place).or_default();
        languages.extend(t.language.as_ref().map(|l| l.as_str()));
    }
    let told = all.into_iter().map(|(place, languages)| {
        let name = match place {
            Place::Clause(id) => id.to_string(),
            Place::Proposal(id) => format!("proposal {id}"),
        };
        if languages.is_empty() {
            name
        } else {
            let languages: Vec<_> = languages.into_iter().collect();
            format!("{name} ({})", languages.join(", "))
        }
    });
    listed(told.collect())
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(mut items: Vec<String>) -> String {
    match items.pop() {
        None => "nothing".into(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
    }
}

fn deed(act: &Act) -> String {
    match act {
        Act::Convene(a) => match &a.paper {
            Some(paper) => format!("begins the working paper \"{}\" of {}", a.title, paper.of),
            None => format!("convenes the draft \"{}\"", a.title),
        },
        Act::Seat(a) => {
            let voice = if a.entitled {
                "entitled to decide"
            } else {
                "without a voice in decisions"
            };
            format!("seats {} ({}) as {}, {voice}", a.delegation, a.name, a.role)
        }
        Act::Unseat(a) => format!("unseats {}", a.delegation),
        Act::FormGroup(a) => {
            format!(
                "forms the group {} of {}",
                a.group,
                listed(a.members.clone())
            )
        }
        Act::SetRule(a) => {
            let decision = &a.rule.decision;
            let quorum = match a.rule.quorum {
                Some(n) => n.to_string(),
                None => "more than half".into(),
            };
            let until = if a.rule.nothing_agreed {
                "; nothing is agreed until everything is"
            } else {
                ""
            };
            format!("sets the rule of decision: {decision}, with a quorum of {quorum}{until}")
        }
        Act::SetMode(a) => match a.mode {
            Mode::Proposals => "lets delegates propose, and not type into the clauses".into(),
            Mode::Open => "lets delegates type into the clauses".into(),
        },
        Act::Propose(a) => match a.from.as_ref().and_then(|from| from.of.as_ref()) {
            Some(of) => format!("{}, from a working paper of {of}", proposed(a)),
            None => proposed(a),
        },
        Act::Cosponsor(a) => format!("co-sponsors {}", a.proposal),
        Act::Withdraw(a) => format!("withdraws {}", a.proposal),
        Act::TakePosition(a) => {
            let on = target(&a.on);
            match a.stance {
                Stance::Support => format!("supports {on}"),
                Stance::Accept => format!("can live with {on}"),
                Stance::Reserve => format!("joins on {on} with a reservation"),
                Stance::Abstain => format!("stands aside on {on}"),
                Stance::Object => format!("objects to {on}"),
            }
        }
        Act::Object(a) => match &a.alternative {
            Some(p) => format!("objects to {}, and would accept {p} instead", target(&a.on)),
            None => format!("objects to {}", target(&a.on)),
        },
        Act::ObjectLate(a) => format!("objects to {} after its silence had lapsed", a.clause),
        Act::GrantLateObjection(a) => {
            format!("grants the late objections to {}", a.clause)
        }
        Act::LiftObjection(a) => format!("lifts its objection to {}", target(&a.on)),
        Act::SetAside(a) => {
            format!(
                "sets aside the objection of {} to {}",
                a.whose,
                target(&a.on)
            )
        }
        Act::Dissociate(a) => match &a.on {
            Some(on) => format!("dissociates itself from its groups on {}", target(on)),
            None => "dissociates itself from its groups".into(),
        },
        Act::Incorporate(a) => format!("takes {} into the text", a.proposal),
        Act::MergeProposals(a) => format!(
            "merges {} into {}",
            listed(a.proposals.iter().map(ToString::to_string).collect()),
            a.into
        ),
        Act::UndoMerge(a) => format!("undoes the merging of {}", a.proposal),
        Act::Decline(a) => format!("declines {}", a.proposal),
        Act::Call(a) => {
            let n = a.present.len();
            let present = if n == 1 {
                "1 delegation"
            } else {
                &format!("{n} delegations")
            };
            format!("puts the question on {}, with {present} present", a.clause)
        }
        Act::Agree(a) => format!("declares {} agreed", a.clause),
        Act::AgreeAdRef(a) => format!(
            "declares {} agreed ad referendum, subject to confirmation by {}",
            a.clause,
            listed(a.awaiting.iter().map(ToString::to_string).collect())
        ),
        Act::Confirm(a) => format!("confirms {}", a.clause),
        Act::Package(a) => format!(
            "ties {} into the package \"{}\"",
            listed(a.clauses.iter().map(ToString::to_string).collect()),
            a.name
        ),
        Act::DissolvePackage(a) => format!("dissolves the package \"{}\"", a.name),
        Act::Adopt(a) => format!("adopts the text as \"{}\"", a.name),
        Act::OpenVote(a) => match &a.vote {
            Some(vote) => {
                let by = a.by.as_ref().map(|by| format!(": by {by}"));
                format!(
                    "opens the vote {vote} on {}{}",
                    a.on,
                    by.unwrap_or_default()
                )
            }
            None => format!("opens a vote on {}", a.on),
        },
        Act::CastVote(a) => match a.choice {
            Choice::For => format!("votes for in {}", a.vote),
            Choice::Against => format!("votes against in {}", a.vote),
            Choice::Abstain => format!("abstains in {}", a.vote),
        },
        Act::CloseVote(a) => match a.result {
            Some(result) => format!("closes the vote {}: {}", a.vote, result.name()),
            None => format!("closes the vote {}", a.vote),
        },
        Act::Reopen(a) => format!("reopens {}", a.clause),
        Act::OpenSilence(a) => {
            let clauses = a.targets.iter().map(|t| t.clause.to_string()).collect();
            let whole = if a.whole { " as a whole" } else { "" };
            let awaiting = if a.awaiting.is_empty() {
                String::new()
            } else {
                let who = a.awaiting.iter().map(ToString::to_string).collect();
                format!(", ad referendum for {}", listed(who))
            };
            format!(
                "puts {}{whole} under silence until {}{awaiting}",
                listed(clauses),
                a.until
            )
        }
        Act::ExtendSilence(a) => format!("extends the silence {} until {}", a.silence, a.until),
        Act::LapseSilence(a) => {
            let agreed = a.agreed.iter().flat_map(BTreeMap::keys);
            let agreed: Vec<_> = agreed.map(ToString::to_string).collect();
            if agreed.is_empty() {
                format!("ends the silence {}: nothing is agreed by it", a.silence)
            } else {
                format!(
                    "ends the silence {}: agreed is {}",
                    a.silence,
                    listed(agreed)
                )
            }
        }
        Act::SealVersion(a) => format!("seals the version \"{}\"", a.name),
        Act::RegisterKey(a) => format!("registers the key {} to sign its acts with", a.key),
        Act::RevokeKey(a) => format!("revokes its key {}", a.key),
        Act::Statement(a) => match (&a.vote, &a.on) {
            (Some(vote), _) => format!("explains its vote in {vote}"),
            (None, Some(on)) => format!("makes a statement on {}", target_in_words(on)),
            (None, None) => "makes a statement".into(),
        },
        Act::MarkTranslation(a) => {
            let (clause, language) = (&a.clause, &a.language);
            let does = if a.text.is_some() { "words" } else { "marks" };
            match &a.source {
                Some(source) => {
                    format!(
                        "{does} the translation of {clause} into {language} as rendering the present {source}"
                    )
                }
                None => format!("{does} the translation of {clause} into {language}"),
            }
        }
        Act::Recover(a) => {
            let kept = a.attempts.iter();
            let kept = kept.map(|t| format!("{} (kept as {})", t.clause, t.proposal));
            let kept: BTreeSet<_> = kept.collect();
            format!(
                "had typed before it could know of the agreement into {}",
                listed(kept.into_iter().collect())
            )
        }
        Act::Close(_) => "closes the draft".into(),
    }
}

fn target(target: &Target) -> &str {
    match target {
        Target::Clause(id) => id.as_str(),
        Target::Proposal(id) => id.as_str(),
    }
}

fn proposed(act: &Propose) -> String {
    let id = match &act.proposal {
        Some(id) => format!(" {id}"),
        None => String::new(),
    };
    match &act.amendment {
        Amendment::Replace { clause } => format!("proposes{id}: replace {clause}"),
        Amendment::Delete { clause } => format!("proposes{id}: delete {clause}"),
        Amendment::Move {
            clause,
            after: Some(after),
        } => format!("proposes{id}: move {clause} after {after}"),
        Amendment::Move {
            clause,
            after: None,
        } => format!("proposes{id}: move {clause} to the front"),
        Amendment::InsertAfter {
            clause: Some(clause),
            ..
        } => format!("proposes{id}: a new clause after {clause}"),
        Amendment::InsertAfter { clause: None, .. } => {
            format!("proposes{id}: a new first clause")
        }
    }
}
