//! The facilitator declares a clause agreed: its exact text is locked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Agreement, Clause, Draft, How, Manuscript, Text, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Digest, Language};
use crate::refusal::{Refusal, Told};
use crate::tally::{Outcome, Tally};
use crate::time::Timestamp;

/// The facilitator declares a clause agreed: its exact text is locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Agree {
    /// The clause.
    pub clause: ClauseId,
    /// The exact text in every authentic language that has one; completed with the present texts if left out.
    #[serde(default)]
    pub digests: BTreeMap<Language, Digest>,
}

impl Rules for Agree {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let mut digests = self.digests.clone();
        if digests.is_empty()
            && let Some(clause) = draft.clauses.get(&self.clause)
        {
            digests = texts(draft, clause);
        }
        Ok(Act::Agree(Self {
            clause: self.clause.clone(),
            digests,
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "declare a clause agreed")?;
        may_be_agreed(draft, &self.clause, &self.digests)
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        vec![mark(draft, &self.clause)]
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        settle(entry, draft, &self.clause, &self.digests, BTreeSet::new())
    }
}

/// Whether the clause may be declared agreed on these texts: they are the present ones, nothing else is before the room,
/// and the rule is satisfied.
pub(super) fn may_be_agreed(
    draft: &Draft,
    id: &ClauseId,
    digests: &BTreeMap<Language, Digest>,
) -> Result<(), Refusal> {
    let clause = is_the_text(draft, id, digests)?;
    let tally = Tally::of_clause(draft, clause);
    if tally.outcome == Outcome::Reached {
        return Ok(());
    }
    Err(Refusal::new(
        "rule-not-satisfied",
        tally.why,
        "Put the question with `call`, or seek to have the objections lifted.",
    )
    .with("delegations", Told::many(tally.object)))
}

/// The clause, if these are its present texts, the same in every authentic language, and nothing else is before the room.
pub(super) fn is_the_text<'a>(
    draft: &'a Draft,
    id: &ClauseId,
    digests: &BTreeMap<Language, Digest>,
) -> Result<&'a Clause, Refusal> {
    let clause = floor::single_text(draft, id)?;
    let present = texts(draft, clause);
    if present.is_empty() {
        return Err(Refusal::new(
            "text-needed",
            format!("Clause {id} has no words to agree on."),
            "Write it first, or incorporate a proposal to delete it.",
        ));
    }
    if *digests != present {
        return Err(Refusal::stale_text(&format!("clause {id}")));
    }
    floor::rendered(draft, id, clause)?;
    Ok(clause)
}

/// What makes the agreement known in the text.
pub(super) fn mark(draft: &Draft, clause: &ClauseId) -> TextEdit {
    TextEdit::MarkAgreed {
        clause: clause.clone(),
        digest: draft.present_text(&Target::Clause(clause.clone())),
    }
}

/// Locks the clause on these texts.
pub(super) fn settle(
    entry: &Entry,
    draft: &mut Draft,
    clause: &ClauseId,
    digests: &BTreeMap<Language, Digest>,
    awaiting: BTreeSet<DelegationId>,
) -> Result<(), Corrupt> {
    let change = entry.changes.last().and_then(Text::hash_of);
    let clause = floor::clause_mut(entry, draft, clause)?;
    if clause.is_agreed() || clause.is_deleted() {
        return Err(Corrupt::at(entry.seq, "the clause was settled before"));
    }
    let is_present = |(language, digest)| clause.digests.get(language) == Some(digest);
    if !digests.iter().all(is_present) {
        return Err(Corrupt::at(
            entry.seq,
            "it agrees a text that does not stand there",
        ));
    }
    clause.agreement = Some(Agreement {
        digests: digests.clone(),
        seq: entry.seq,
        at: entry.at,
        how: How::Declared,
        awaiting,
        late: Vec::new(),
    });
    clause.agreement_change = change;
    Ok(())
}

/// Notes how the agreement was reached that this entry made.
pub(super) fn reached(
    entry: &Entry,
    draft: &mut Draft,
    clause: &ClauseId,
    how: How,
) -> Result<(), Corrupt> {
    let agreement = floor::clause_mut(entry, draft, clause)?.agreement.as_mut();
    let agreement = agreement.ok_or_else(|| Corrupt::at(entry.seq, "nothing was agreed"))?;
    agreement.how = how;
    Ok(())
}

/// The present text in each authentic language that has one.
pub(super) fn texts(draft: &Draft, clause: &Clause) -> BTreeMap<Language, Digest> {
    draft.texts(clause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{
        Room, act, agree, agree_ad_ref, call, clause, delete, en, fr, incorporate, lifts, marks,
        objects, opens_vote, silence,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_facilitator_alone_declares_and_only_what_the_rule_allows() {
        let mut room = Room::sitting();
        room.refuses("CHAIR", &agree("op-9"), "unknown-clause");
        room.refuses("CHAIR", &agree("op-1"), "rule-not-satisfied");
        room.does("CHAIR", &call("op-1"));
        for who in ["PEN", "AVR", "OBS", "ARC", "SEC", "SERVER"] {
            room.refuses(who, &agree("op-1"), "not-entitled");
        }
        room.does("AVR", &objects("op-1"));
        room.refuses("CHAIR", &agree("op-1"), "rule-not-satisfied");
        room.does("AVR", &lifts("op-1"));
        room.does("CHAIR", &agree("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
        room.refuses("CHAIR", &agree("op-1"), "clause-agreed");
    }

    #[test]
    fn the_refusal_says_what_the_rule_misses() {
        let room = Room::sitting();
        let no = room.decide("CHAIR", &act(&agree("op-1"))).unwrap_err();
        assert_eq!(
            no.sentence,
            "Short: the question has not been put, and 4 have said nothing."
        );
    }

    #[test]
    fn a_clause_with_pending_proposals_or_gone_is_not_agreed() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.allows("CHAIR", &agree("op-1"));
        room.does("AVR", &delete("op-1"));
        room.refuses("CHAIR", &agree("op-1"), "proposals-pending");
        room.does("PEN", &incorporate("p1"));
        room.refuses("CHAIR", &agree("op-1"), "clause-deleted");
    }

    #[test]
    fn an_agreement_names_the_text_in_every_authentic_language() {
        let mut room = Room::bilingual();
        room.does("CHAIR", &call("op-1"));
        room.does("PEN", &marks("op-1", "fr"));
        let texts = |fr: &str| {
            json!({"agree": {"clause": "op-1", "digests": {
                "en": Digest::of("Decides to meet annually;").to_string(),
                "fr": Digest::of(fr).to_string(),
            }}})
        };
        room.allows("CHAIR", &texts("Décide de se réunir chaque année;"));
        let only_one = json!({"agree": {"clause": "op-1", "digests": {
            "en": Digest::of("Decides to meet annually;").to_string(),
        }}});
        room.refuses("CHAIR", &only_one, "stale-text");
        room.types("op-1", fr(), "Décide de se réunir tous les ans;");
        room.refuses(
            "CHAIR",
            &texts("Décide de se réunir chaque année;"),
            "stale-text",
        );
        room.does("PEN", &marks("op-1", "fr"));
        room.allows("CHAIR", &texts("Décide de se réunir tous les ans;"));
    }

    #[test]
    fn what_is_not_the_same_in_every_authentic_language_is_not_agreed() {
        let mut room = Room::bilingual();
        for id in ["op-1", "op-2"] {
            room.does("CHAIR", &call(id));
            room.refuses("CHAIR", &agree(id), "translation-unmarked");
        }
        room.refuses(
            "CHAIR",
            &agree_ad_ref("op-1", &["AVR"]),
            "translation-unmarked",
        );
        room.refuses("CHAIR", &opens_vote("op-1"), "translation-unmarked");
        room.refuses("CHAIR", &silence(&["op-1"], 72), "translation-unmarked");
        let why = |room: &Room, id| {
            let no = room.decide("CHAIR", &act(&agree(id))).unwrap_err();
            no.sentence
        };
        assert_eq!(
            why(&room, "op-1"),
            "Clause op-1 is not the same in all authentic languages yet: fr is unmarked."
        );
        assert!(why(&room, "op-2").ends_with("fr is missing."));
        room.does("PEN", &marks("op-1", "fr"));
        room.types("op-1", en(), "Decides to meet every year;");
        room.does("CHAIR", &call("op-1"));
        assert!(why(&room, "op-1").ends_with("fr is behind."));
        room.does("PEN", &marks("op-1", "fr"));
        room.does("CHAIR", &agree("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }

    #[test]
    fn a_clause_without_words_is_not_agreed() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-2"));
        room.allows("CHAIR", &agree("op-2"));
        room.types("op-2", en(), "");
        room.does("CHAIR", &call("op-2"));
        room.refuses("CHAIR", &agree("op-2"), "text-needed");
    }

    #[test]
    fn the_agreement_is_known_in_the_text_by_its_change() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("t"));
        room.does("CHAIR", &agree("t"));
        let entry = Entry::decode(room.log.last().unwrap()).unwrap();
        let title = room.draft.clauses.get(&clause("t")).unwrap();
        assert_eq!(
            title.agreement_change,
            Text::hash_of(entry.changes.last().unwrap())
        );
        assert_eq!(vec![title.agreement_change.unwrap()], room.text.heads().0);
    }

    #[test]
    fn a_log_that_changes_an_agreed_text_is_corrupt() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        let mut before = room.clone();
        before.types("op-1", en(), "Decides to meet monthly;");
        let mut entry = Entry::decode(before.log.last().unwrap()).unwrap();
        room.does("CHAIR", &agree("op-1"));
        entry.seq = room.draft.seq.next();
        entry.previous = room.draft.head;
        let hash = Entry::hash_of(&entry.encode());
        let no = room.draft.clone().fold(&entry, hash).unwrap_err();
        assert!(no.why.contains("agreed"), "{no}");
    }
}
