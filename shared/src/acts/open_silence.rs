//! The facilitator circulates exact texts with a deadline: who does not object until then has consented.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, agree_ad_ref, floor};
use crate::draft::{Draft, Fate, Manuscript, Scoped, Silence};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Digest, Language, SilenceId};
use crate::refusal::{Refusal, Told};
use crate::time::Timestamp;
use crate::{admit, limits};

/// The facilitator circulates exact texts with a deadline: who does not object until then has consented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSilence {
    /// Its id; given by the server if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<SilenceId>,
    /// The clauses; with `whole`, all that are still to be settled if left out.
    #[serde(default)]
    pub targets: Vec<Circulated>,
    /// The deadline, by the server's clock. An objection at exactly this moment is in time.
    pub until: Timestamp,
    /// Whether the clauses are circulated as a whole: an objection to one breaks the silence on all, and they become
    /// agreed together or not at all.
    #[serde(default)]
    pub whole: bool,
    /// Whose confirmation is awaited for what the silence agrees: it is then agreed ad referendum. Agreed outright if
    /// nobody is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaiting: Vec<DelegationId>,
}

/// A clause that is circulated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Circulated {
    /// The clause.
    pub clause: ClauseId,
    /// The exact text in every authentic language that has one; completed with the present texts if left out.
    #[serde(default)]
    pub digests: BTreeMap<Language, Digest>,
}

impl Rules for OpenSilence {
    fn complete(&self, _: &By, draft: &Draft, manuscript: &Manuscript) -> Result<Act, Refusal> {
        let mut act = self.clone();
        if act.silence.is_none() {
            act.silence = (draft.silences.len() + 1..)
                .filter_map(|n| format!("s{n}").parse().ok())
                .find(|id| !draft.silences.contains_key(id));
        }
        if act.whole && act.targets.is_empty() {
            let in_order = manuscript.in_order().into_iter().map(|(id, _)| id);
            let unsettled = in_order.filter(|id| {
                draft.clauses.get(*id).is_some_and(|c| {
                    !c.is_agreed() && !c.is_deleted() && !draft.texts(c).is_empty()
                })
            });
            act.targets = unsettled
                .map(|id| Circulated {
                    clause: id.clone(),
                    digests: BTreeMap::new(),
                })
                .collect();
        }
        for target in &mut act.targets {
            if target.digests.is_empty()
                && let Some(clause) = draft.clauses.get(&target.clause)
            {
                target.digests = draft.texts(clause);
            }
        }
        Ok(Act::OpenSilence(act))
    }

    /// An objection that stands already does not forbid it: it is still there when the deadline comes, unless it is
    /// lifted meanwhile.
    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "open a silence procedure")?;
        if draft.silences.len() >= limits::SILENCES {
            return Err(Refusal::limit_reached(
                "silence procedures",
                limits::SILENCES,
            ));
        }
        if let Some(id) = &self.silence
            && draft.silences.contains_key(id)
        {
            return Err(Refusal::id_taken(id.as_str()));
        }
        if self.targets.is_empty() {
            return Err(Refusal::new(
                "nothing-to-circulate",
                "There is no clause to put under silence.",
                "Name clauses that are still to be settled.",
            ));
        }
        let mut named = BTreeSet::new();
        for target in &self.targets {
            fits(draft, target)?;
            if !named.insert(&target.clause) {
                return Err(Refusal::new(
                    "named-twice",
                    format!("Clause {} is named twice.", target.clause),
                    "Name each clause once.",
                ));
            }
        }
        agree_ad_ref::can_answer(draft, &self.awaiting)?;
        long_enough(draft, self.until, at)
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let id = self.silence.clone();
        let id = id.ok_or_else(|| Corrupt::at(entry.seq, "it opens a silence without a name"))?;
        let mut clauses = BTreeMap::new();
        for target in &self.targets {
            let clause = floor::clause_mut(entry, draft, &target.clause)?.clone();
            if draft.texts(&clause) != target.digests {
                let why = "it circulates a text that does not stand there";
                return Err(Corrupt::at(entry.seq, why));
            }
            let scoped = Scoped {
                digests: target.digests.clone(),
                fate: Fate::Running,
            };
            clauses.insert(target.clause.clone(), scoped);
        }
        let silence = Silence {
            opened: entry.seq,
            at: entry.at,
            until: self.until,
            whole: self.whole,
            awaiting: self.awaiting.iter().cloned().collect(),
            clauses,
            changed: entry.seq,
        };
        match draft.silences.insert(id, silence) {
            None => Ok(()),
            Some(_) => Err(Corrupt::at(entry.seq, "there is a silence of that id")),
        }
    }
}

/// Whether the clause can be circulated, with that text: one text, no alternatives, no other silence.
fn fits(draft: &Draft, target: &Circulated) -> Result<(), Refusal> {
    let id = &target.clause;
    let clause = floor::single_text(draft, id)?;
    let present = draft.texts(clause);
    if present.is_empty() {
        return Err(Refusal::new(
            "text-needed",
            format!("Clause {id} has no words to agree on."),
            "Write it first, or incorporate a proposal to delete it.",
        ));
    }
    if target.digests != present {
        return Err(Refusal::stale_text(&format!("clause {id}")));
    }
    floor::rendered(draft, id, clause)?;
    if let Some((silence, running)) = draft.silence_on(id) {
        return Err(Refusal::new(
            "in-silence",
            format!(
                "Clause {id} is under silence already: {silence}, until {}.",
                running.until
            ),
            "Extend that one, or wait for its deadline.",
        )
        .of("clause", id)
        .of("until", running.until));
    }
    Ok(())
}

/// Whether the deadline leaves the delegations the time that the draft's rule gives them (R-S1).
fn long_enough(draft: &Draft, until: Timestamp, at: Timestamp) -> Result<(), Refusal> {
    let earliest = Timestamp(at.0.saturating_add(draft.rule.shortest_silence()));
    if until >= earliest && until > at {
        return Ok(());
    }
    let hours = draft.rule.shortest_silence() / 3_600_000;
    Err(Refusal::new(
        "silence-too-short",
        format!(
            "A silence procedure lasts at least {hours} hours here, and this deadline leaves fewer."
        ),
        format!("Set the deadline after {earliest}, or change the rule first."),
    )
    .with("hours", Told::Number(hours.unsigned_abs())))
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, another_text, call, delete, en, incorporate, objects, replace, silence,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_facilitator_alone_circulates_what_stands_there_and_is_unsettled() {
        let mut room = Room::sitting();
        for who in ["PEN", "AVR", "OBS", "ARC", "SEC", "SERVER"] {
            room.refuses(who, &silence(&["op-1"], 72), "not-entitled");
        }
        room.refuses("CHAIR", &silence(&["op-9"], 72), "unknown-clause");
        room.refuses("CHAIR", &silence(&[], 72), "nothing-to-circulate");
        room.refuses("CHAIR", &silence(&["op-1", "op-1"], 72), "named-twice");
        let mut other = silence(&["op-1"], 72);
        other["open_silence"]["targets"][0]["digests"] = json!({"en": another_text()});
        room.refuses("CHAIR", &other, "stale-text");
        room.does("CHAIR", &silence(&["op-1"], 72));
        assert_eq!(room.status("op-1"), ClauseStatus::InSilence);
        assert_eq!(room.status("op-2"), ClauseStatus::Open);
        room.refuses("CHAIR", &silence(&["op-1"], 72), "in-silence");
        let mut taken = silence(&["op-2"], 72);
        taken["open_silence"]["silence"] = json!("s1");
        room.refuses("CHAIR", &taken, "id-taken");
    }

    #[test]
    fn what_is_settled_or_has_alternatives_is_not_circulated() {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.refuses("CHAIR", &silence(&["op-1"], 72), "proposals-pending");
        room.does("AVR", &delete("op-2"));
        room.does("PEN", &incorporate("p2"));
        room.refuses("CHAIR", &silence(&["op-2"], 72), "clause-deleted");
        room.does("CHAIR", &call("t"));
        room.does("CHAIR", &agree("t"));
        room.refuses("CHAIR", &silence(&["t"], 72), "clause-agreed");
        let mut room = Room::sitting();
        room.types("op-2", en(), "");
        room.refuses("CHAIR", &silence(&["op-2"], 72), "text-needed");
    }

    #[test]
    fn it_lasts_as_long_as_the_rule_wants_at_least() {
        let mut room = Room::sitting();
        room.refuses("CHAIR", &silence(&["op-1"], 71), "silence-too-short");
        room.does(
            "CHAIR",
            &json!({"set_rule": {"rule": {"silence_hours": 0}}}),
        );
        room.allows("CHAIR", &silence(&["op-1"], 1));
        room.refuses("CHAIR", &silence(&["op-1"], 0), "silence-too-short");
    }

    #[test]
    fn a_draft_has_a_limit_of_them() {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["op-1"], 72));
        let one = room.draft.silences.values().next().unwrap().clone();
        for n in 0..crate::limits::SILENCES {
            let id = format!("x{n}").parse().unwrap();
            room.draft.silences.insert(id, one.clone());
        }
        room.refuses("CHAIR", &silence(&["op-2"], 72), "limit-reached");
    }

    #[test]
    fn a_change_or_a_proposal_voids_it_and_an_objection_breaks_it() {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["t", "op-1", "op-2"], 72));
        room.types("t", en(), "Declaration on the river");
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.does("MRD", &objects("op-2"));
        assert_eq!(room.fates("s1"), ["op-1 voided", "op-2 broken", "t voided"]);
        assert_eq!(room.status("t"), ClauseStatus::Open);
    }

    #[test]
    fn a_translation_that_is_not_authentic_voids_nothing() {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["op-1"], 72));
        room.types("op-1", "es".parse().unwrap(), "Decide reunirse cada año;");
        assert_eq!(room.fates("s1"), ["op-1 running"]);
    }
}
