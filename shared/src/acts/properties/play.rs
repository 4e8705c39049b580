//! Conferences of a thousand acts and more: what comes next is thrown with dice, and fitted to what is on the floor, so
//! that most of it is in order and every act of the domain occurs.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::acts::testing::*;
use crate::acts::{self, Act, Target};
use crate::decide::Decided;
use crate::draft::{Draft, Role, Stance, TextEdit};
use crate::entry::{By, Entry};
use crate::ids::{ClauseId, GroupId, ProposalId};

/// Who decides in these conferences; the others in [`Room::sitting`] are there too.
const DELEGATES: [&str; 6] = ["AVR", "MRD", "TSL", "PEN", "KLM", "NRM"];
const WORDS: [&str; 5] = [
    "Decides to meet annually;",
    "Decides to meet every year;",
    "Decides not to meet;",
    "Requests a report on the lake.",
    "Invites all States of the shore to take part;",
];
/// A text of more clauses grows no more, so that they come to be spoken of often enough.
const CLAUSES: usize = 12;
/// Proposals on the floor beyond which they are rather dealt with than made.
const PROPOSALS: usize = 9;

/// How often the throws are gone through at most: when much is settled and many have left, few of them are in order.
pub(super) const ROUNDS: usize = 50;

/// One throw: what happens, by whom, and the particulars.
#[derive(Debug, Clone, Copy)]
pub(super) struct Throw {
    what: u32,
    who: u32,
    a: u32,
    b: u32,
    c: u32,
}

pub(super) fn any_throw() -> impl Strategy<Value = Throw> {
    any::<[u32; 5]>().prop_map(|[what, who, a, b, c]| Throw { what, who, a, b, c })
}

/// What a conference is made of: see [`play`].
pub(super) fn any_throws() -> impl Strategy<Value = Vec<Throw>> {
    prop::collection::vec(any_throw(), 1_200..1_600)
}

/// What happens next.
#[derive(Debug, Clone)]
pub(super) enum Next {
    Act(String, Value),
    /// The pen-holder types into a clause that is not settled.
    Typing(ClauseId, &'static str),
    /// A delegate had typed into a settled clause without knowing, and the server keeps the attempt.
    Late(String, ClauseId, &'static str),
    /// Hours pass.
    Waiting(i64),
}

/// What may happen, and how often. `adopt` and `close` end a conference: see [`finale`].
const OFTEN: &[(u32, &str)] = &[
    (9, "propose"),
    (4, "cosponsor"),
    (3, "withdraw"),
    (14, "take_position"),
    (4, "object"),
    (6, "object_late"),
    (3, "grant_late_objection"),
    (9, "lift_objection"),
    (2, "dissociate"),
    (6, "incorporate"),
    (5, "decline"),
    (6, "merge_proposals"),
    (3, "undo_merge"),
    (10, "call"),
    (5, "agree"),
    (7, "agree_ad_ref"),
    (8, "confirm"),
    (2, "open_vote"),
    (6, "cast_vote"),
    (3, "close_vote"),
    (1, "package"),
    (1, "dissolve_package"),
    (9, "reopen"),
    (6, "open_silence"),
    (1, "extend_silence"),
    (1, "lapse_silence"),
    (2, "mark_translation"),
    (1, "seal_version"),
    (2, "statement"),
    (2, "form_group"),
    (1, "set_rule"),
    (1, "set_mode"),
    (1, "seat"),
    (1, "unseat"),
    (3, "typing"),
    (2, "recover"),
    (4, "waiting"),
];

fn pick<T: Clone>(from: &[T], n: u32) -> Option<T> {
    from.get(n as usize % from.len().max(1)).cloned()
}

fn one_of(from: &'static [&'static str], n: u32) -> &'static str {
    from[n as usize % from.len()]
}

/// What the throw means, here and now; none if there is nothing of the kind to be done.
pub(super) fn next(draft: &Draft, t: Throw) -> Option<Next> {
    let all: u32 = OFTEN.iter().map(|(often, _)| often).sum();
    let mut left = t.what % all;
    let what = OFTEN.iter().find_map(|(often, what)| {
        let here = left < *often;
        left = left.saturating_sub(*often);
        here.then_some(*what)
    })?;
    let (who, act) = match what {
        "typing" => {
            let clause = pick(&open(draft), t.a)?;
            return Some(Next::Typing(clause, one_of(&WORDS, t.b)));
        }
        "recover" => {
            let settled = clauses(draft, |c| c.is_agreed() || c.is_deleted());
            let who = one_of(&DELEGATES, t.who).to_owned();
            return Some(Next::Late(who, pick(&settled, t.a)?, one_of(&WORDS, t.b)));
        }
        "waiting" => return Some(Next::Waiting(i64::from(t.a % 60))),
        what => compose(draft, what, t)?,
    };
    // Now and then somebody does what is not theirs to do.
    let others = ["AVR", "MRD", "PEN", "CHAIR", "OBS", "ARC", "SEC"];
    let who = match t.c % 12 {
        0 => pick(&others, t.who)?.to_owned(),
        _ => who,
    };
    Some(Next::Act(who, act))
}

fn clauses(draft: &Draft, which: impl Fn(&crate::draft::Clause) -> bool) -> Vec<ClauseId> {
    let these = draft.clauses.iter().filter(|(_, c)| which(c));
    these.map(|(id, _)| id.clone()).collect()
}

fn open(draft: &Draft) -> Vec<ClauseId> {
    clauses(draft, |c| !c.is_agreed() && !c.is_deleted())
}

fn live(draft: &Draft) -> Vec<ProposalId> {
    let live = draft.proposals.iter().filter(|(_, p)| p.is_live());
    live.map(|(id, _)| id.clone()).collect()
}

fn any_target(draft: &Draft, t: Throw) -> Option<Target> {
    match t.b % 4 {
        0 => pick(&live(draft), t.a).map(Target::Proposal),
        1 => pick(&clauses(draft, |_| true), t.a).map(Target::Clause),
        _ => pick(&open(draft), t.a).map(Target::Clause),
    }
}

/// The act of that name that would most likely be in order, and whose it is.
fn compose(draft: &Draft, what: &str, t: Throw) -> Option<(String, Value)> {
    let chair = || "CHAIR".to_owned();
    let delegate = || one_of(&DELEGATES, t.who).to_owned();
    let clause = || pick(&open(draft), t.a);
    let proposal = || pick(&live(draft), t.a);
    let spokesperson = |group: &str| {
        let group: GroupId = group.parse().ok()?;
        let formed = draft.seats.groups.get(&group)?;
        Some(formed.spokesperson.as_ref()?.to_string())
    };
    // For a group, one time in four.
    let group = one_of(&["G1", "G2"], t.c / 12);
    let speaker = (t.b / 4)
        .is_multiple_of(4)
        .then(|| spokesperson(group))
        .flatten();
    let says = |mut act: Value| {
        let name = act.as_object().and_then(|o| o.keys().next().cloned());
        match (&speaker, name) {
            (Some(who), Some(name)) => {
                act[name]["as_group"] = json!(group);
                (who.clone(), act)
            }
            _ => (delegate(), act),
        }
    };
    Some(match what {
        "propose" if live(draft).len() < PROPOSALS => {
            let words = one_of(&WORDS, t.c);
            let target = clause()?;
            let act = match t.b % 6 {
                0 => delete(target.as_str()),
                1 if draft.clauses.len() < CLAUSES => insert_after(target.as_str(), words),
                2 => json!({"propose": {"amendment": {"move": {
                    "clause": target, "after": pick(&clauses(draft, |_| true), t.c)?,
                }}}}),
                _ => replace(target.as_str(), words),
            };
            (delegate(), act)
        }
        "propose" | "withdraw" => {
            let id = proposal()?;
            let sponsor = draft.proposals.get(&id)?.by.to_string();
            (sponsor, json!({"withdraw": {"proposal": id}}))
        }
        "cosponsor" => says(json!({"cosponsor": {"proposal": proposal()?}})),
        "take_position" => {
            let stance = one_of(&["support", "accept", "accept", "reserve", "abstain"], t.c);
            says(
                json!({"take_position": {"on": any_target(draft, t)?, "stance": stance, "note": "Noted."}}),
            )
        }
        "object" => says(json!({"object": {"on": any_target(draft, t)?, "reason": "cost"}})),
        "object_late" => {
            let lapsed = clauses(draft, |c| c.agreed_by_silence().is_some());
            says(objects_late(pick(&lapsed, t.a)?.as_str()))
        }
        "grant_late_objection" => {
            let late = clauses(draft, |c| !c.late().is_empty());
            (chair(), grants(pick(&late, t.a)?.as_str()))
        }
        "lift_objection" => {
            let on = any_target(draft, t)?;
            let voices = match &on {
                Target::Clause(id) => draft.clauses.get(id)?.voices(),
                Target::Proposal(id) => draft.proposals.get(id)?.voices(),
            };
            let objects = |p: &crate::draft::Position| p.stance == Stance::Object;
            let own = voices.own.iter().filter(|(_, p)| objects(p));
            let own = own.map(|(who, _)| (who.to_string(), json!({"lift_objection": {"on": on}})));
            let groups = voices.groups.positions.iter().filter(|(_, p)| objects(p));
            let groups = groups.filter_map(|(group, _)| {
                let act = json!({"lift_objection": {"on": on, "as_group": group}});
                Some((spokesperson(group.as_str())?, act))
            });
            pick(&own.chain(groups).collect::<Vec<_>>(), t.c)?
        }
        "dissociate" if t.c.is_multiple_of(40) => (delegate(), json!({"dissociate": {}})),
        "dissociate" => (
            delegate(),
            json!({"dissociate": {"on": any_target(draft, t)?}}),
        ),
        "incorporate" => ("PEN".to_owned(), incorporate(proposal()?.as_str())),
        "decline" => {
            let reason = "It found no support.";
            (
                chair(),
                json!({"decline": {"proposal": proposal()?, "reason": reason}}),
            )
        }
        "merge_proposals" => {
            let source = proposal()?;
            let known = draft.proposals.get(&source)?;
            let alike = |(id, p): &(&ProposalId, &crate::draft::Proposal)| {
                p.is_live() && **id != source && p.is_at_the_place_of(known)
            };
            let alike: Vec<_> = draft.proposals.iter().filter(alike).collect();
            let (into, _) = pick(&alike, t.b)?;
            ("PEN".to_owned(), merges(&[source.as_str()], into.as_str()))
        }
        "undo_merge" => {
            let lines: Vec<_> = draft.ledger.iter().collect();
            let line = pick(&lines, t.a)?;
            let party = line.parties.first()?.to_string();
            (party, undoes(line.source.as_str()))
        }
        "call" => (
            chair(),
            json!({"call": {"clause": clause()?, "present": DELEGATES}}),
        ),
        "agree" => (chair(), agree(clause()?.as_str())),
        "agree_ad_ref" => (
            chair(),
            agree_ad_ref(clause()?.as_str(), &[one_of(&DELEGATES, t.b)]),
        ),
        "confirm" => {
            let awaiting = draft.clauses.iter().find_map(|(id, c)| {
                let who = c.agreement.as_ref()?.awaiting.first()?;
                Some((who.to_string(), id.clone()))
            });
            let (who, id) = awaiting?;
            (who, confirm(id.as_str()))
        }
        "open_vote" => (chair(), opens_vote(clause()?.as_str())),
        "cast_vote" | "close_vote" => {
            let open = draft.votes.iter().filter(|(_, v)| v.result.is_none());
            let (id, _) = pick(&open.collect::<Vec<_>>(), t.a)?;
            match what {
                "cast_vote" => {
                    let choice = one_of(&["for", "for", "against", "abstain"], t.b);
                    (delegate(), casts(id.as_str(), choice))
                }
                _ => (chair(), closes_vote(id.as_str())),
            }
        }
        "package" => {
            let (one, other) = (clause()?, pick(&open(draft), t.b)?);
            let name = one_of(&["Finance", "Reporting", "Membership"], t.c);
            (chair(), package(name, &[one.as_str(), other.as_str()]))
        }
        "dissolve_package" => {
            let names: Vec<_> = draft.packages.keys().collect();
            (
                chair(),
                json!({"dissolve_package": {"name": pick(&names, t.a)?}}),
            )
        }
        "reopen" => {
            let settled = clauses(draft, |c| c.is_agreed() || c.is_deleted());
            (chair(), reopen(pick(&settled, t.a)?.as_str()))
        }
        "open_silence" => {
            let until = draft.at.0 + (80 + i64::from(t.b % 10)) * 3_600_000;
            let until = crate::time::Timestamp(until).to_string();
            let free =
                |c: &ClauseId| draft.live_on(c).next().is_none() && draft.silence_on(c).is_none();
            let quiet: Vec<_> = open(draft).into_iter().filter(free).collect();
            let mut targets = vec![pick(&quiet, t.a)?, pick(&quiet, t.b)?];
            targets.dedup();
            let targets: Vec<_> = targets.iter().map(|c| json!({"clause": c})).collect();
            let whole = t.c.is_multiple_of(3);
            (
                chair(),
                json!({"open_silence": {"targets": targets, "until": until, "whole": whole}}),
            )
        }
        "extend_silence" | "lapse_silence" => {
            let running: Vec<_> = draft.running_silences();
            let (id, silence) = pick(&running, t.a)?;
            let until = crate::time::Timestamp(silence.until.0 + 3_600_000).to_string();
            match what {
                "extend_silence" => (
                    chair(),
                    json!({"extend_silence": {"silence": id, "until": until}}),
                ),
                // Before its time, and by nobody but the server: refused.
                _ => (chair(), lapse(id.as_str())),
            }
        }
        "mark_translation" => {
            let clause = pick(&clauses(draft, |c| !c.is_deleted()), t.a)?;
            let (clause, language) = (clause.as_str(), one_of(&["fr", "es"], t.b));
            let act = match t.b % 3 {
                0 => marks(clause, language),
                _ => renders(clause, language, one_of(&WORDS, t.c)),
            };
            ("PEN".to_owned(), act)
        }
        "seal_version" => {
            let name = format!("Rev.{}", draft.versions.len() + 1);
            ("ARC".to_owned(), json!({"seal_version": {"name": name}}))
        }
        "statement" => (
            delegate(),
            json!({"statement": {"on": any_target(draft, t)?, "text": "Noted."}}),
        ),
        "form_group" => {
            let others = if group == "G1" {
                ["MRD", "TSL"]
            } else {
                ["G1", "KLM"]
            };
            let members =
                &[DELEGATES[t.a as usize % 6], others[0], others[1]][..(t.b % 3) as usize + 1];
            (
                "SEC".to_owned(),
                json!({"form_group": {
                    "group": group, "name": group, "members": members, "spokesperson": members[0],
                }}),
            )
        }
        "set_rule" => {
            let decision = match t.a % 6 {
                0..=2 => json!("consensus"),
                3 => json!({"consensus_minus": t.b % 3}),
                4 => json!({"majority": {"of": "present", "share": [2, 3]}}),
                _ => json!({"double_majority": {"delegations": [1, 2], "weight": [1, 2]}}),
            };
            (
                "SEC".to_owned(),
                json!({"set_rule": {"rule": {"decision": decision, "reopen": "chair"}}}),
            )
        }
        "set_mode" => {
            let mode = one_of(&["open", "proposals"], t.a);
            ("SEC".to_owned(), json!({"set_mode": {"mode": mode}}))
        }
        "seat" => {
            let who = one_of(&DELEGATES, t.a);
            let role = if who == "PEN" {
                Role::PenHolder
            } else {
                Role::Delegate
            };
            (
                "SEC".to_owned(),
                seat(who, role.name(), !t.b.is_multiple_of(4)),
            )
        }
        "unseat" => (
            "SEC".to_owned(),
            json!({"unseat": {"delegation": one_of(&DELEGATES, t.a)}}),
        ),
        other => panic!("nobody knows how to play {other}"),
    })
}

/// The conference before its first throw.
pub(super) fn beginning() -> Room {
    let mut room = Room::sitting();
    for code in ["KLM", "NRM"] {
        room.does("SEC", &seat(code, "delegate", true));
    }
    room
}

/// Something happens, and then whatever the clock demands; `look` sees each entry with the room before it and after.
pub(super) fn happens(room: &mut Room, next: &Next, look: &mut impl FnMut(&Room, &Room)) {
    let mut enters = |room: &mut Room, by: By, act: Option<Act>, edits: &[TextEdit]| {
        let before = room.clone();
        room.enter(by, act, edits);
        look(&before, room);
    };
    match next {
        Next::Act(who, json) => {
            if let Ok(Decided { act, edits }) = room.decide(who, &act(json)) {
                enters(room, room.by(who), Some(act), &edits);
            }
        }
        Next::Typing(clause, words) => {
            let edit = TextEdit::SetWording {
                clause: clause.clone(),
                language: en(),
                text: (*words).to_owned(),
                base: None,
            };
            enters(room, room.by("PEN"), None, &[edit]);
        }
        Next::Late(who, clause, words) => {
            let before = room.clone();
            let id = acts::free::proposal(&room.draft, &room.manuscript);
            recovers(room, who, id.as_str(), clause.as_str(), words);
            look(&before, room);
        }
        Next::Waiting(hours) => room.pass(*hours, 0),
    }
    room.pass(0, 1000);
    while let Some(due) = room.draft.due(room.now) {
        let Decided { act, edits } = room.decide("SERVER", &due).expect("what is due is allowed");
        let before = room.clone();
        room.enter(By::Server, Some(act), &edits);
        look(&before, room);
    }
}

/// Plays the throws, from the first again when they are used up, until so many acts are entered; the same throw means
/// another thing another time.
pub(super) fn play(throws: &[Throw], acts: usize, mut look: impl FnMut(&Room, &Room)) -> Room {
    let mut room = beginning();
    let mut entered = 0;
    for throw in throws.iter().cycle().take(throws.len() * ROUNDS) {
        if let Some(next) = next(&room.draft, *throw) {
            happens(&mut room, &next, &mut |before, after| {
                entered += usize::from(last_act(after).is_some());
                look(before, after);
            });
        }
        if entered >= acts {
            return room;
        }
    }
    panic!("only {entered} acts were in order")
}

/// The act of the last entry, if it has one.
pub(super) fn last_act(room: &Room) -> Option<Act> {
    Entry::decode(room.log.last()?).unwrap().act
}

/// Everything that stands in the way is set aside, and the text is adopted; statements are made, and the draft is closed.
pub(super) fn finale(room: &mut Room) {
    for (code, role, entitled) in [("PEN", "pen-holder", true), ("AVR", "delegate", true)] {
        room.does("SEC", &seat(code, role, entitled));
    }
    for code in ["MRD", "TSL", "KLM", "NRM"] {
        room.does("SEC", &seat(code, "delegate", false));
    }
    let decides =
        |decision: Value| json!({"set_rule": {"rule": {"decision": decision, "reopen": "chair"}}});
    room.does("SEC", &decides(json!("consent")));
    if let Some(id) = open(&room.draft).first() {
        room.does("AVR", &objects(id.as_str()));
        let aside =
            json!({"on": {"clause": id}, "whose": {"delegation": "AVR"}, "reason": "It is late."});
        room.does("CHAIR", &json!({"set_aside": aside}));
    }
    room.does("SEC", &decides(json!({"consensus_minus": 9})));
    for id in live(&room.draft) {
        room.does(
            "CHAIR",
            &json!({"decline": {"proposal": id, "reason": "The time is up."}}),
        );
    }
    for id in clauses(&room.draft, |c| {
        c.agreement.as_ref().is_some_and(|a| !a.awaiting.is_empty())
    }) {
        room.does("CHAIR", &reopen(id.as_str()));
    }
    let present = ["AVR", "PEN"];
    for id in open(&room.draft) {
        room.does(
            "CHAIR",
            &json!({"call": {"clause": id, "present": present}}),
        );
        room.does("CHAIR", &agree(id.as_str()));
    }
    room.does(
        "CHAIR",
        &json!({"adopt": {"name": "Declaration", "present": present}}),
    );
    room.does(
        "AVR",
        &json!({"statement": {"text": "We thank the chair."}}),
    );
    room.does("SEC", &json!({"close": {}}));
}
