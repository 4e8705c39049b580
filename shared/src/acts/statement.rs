//! A delegation says something for the record: an explanation of position, an interpretation.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, Role, Said};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::Prose;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation says something for the record: an explanation of position, an interpretation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What it speaks of; the whole draft if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Target>,
    /// The statement.
    pub text: Prose,
}

impl Rules for Statement {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Statement(self.clone()))
    }

    /// Everybody may speak for the record, observers too; an archivist keeps it.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let may = |r: Role| r != Role::Archivist;
        admit::seat(by, "make a statement", "a delegate or an observer", may)?;
        if self.text.as_str().trim().is_empty() {
            return Err(Refusal::new(
                "text-needed",
                "The statement says nothing.",
                "Write what is to stand in the record.",
            ));
        }
        match &self.on {
            Some(Target::Clause(id)) => floor::clause(draft, id).map(drop),
            Some(Target::Proposal(id)) if !draft.proposals.contains_key(id) => {
                Err(Refusal::unknown_proposal(id))
            }
            Some(Target::Proposal(_)) | None => Ok(()),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft.statements.push_back(Said {
            by: entry.by.clone(),
            on: self.on.clone(),
            text: self.text.clone(),
            seq: entry.seq,
            at: entry.at,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::Room;
    use serde_json::json;

    #[test]
    fn everybody_but_the_archivist_speaks_for_the_record() {
        let mut room = Room::sitting();
        let states = json!({"statement": {"text": "We thank the host."}});
        for who in ["CHAIR", "PEN", "AVR", "OBS"] {
            room.does(who, &states);
        }
        room.refuses("ARC", &states, "not-entitled");
        room.refuses("SEC", &states, "not-entitled");
        assert_eq!(room.draft.statements.len(), 4);
    }

    #[test]
    fn a_statement_says_something_of_something_that_is_there() {
        let room = Room::sitting();
        room.refuses("AVR", &json!({"statement": {"text": " "}}), "text-needed");
        let on = |target| json!({"statement": {"on": target, "text": "Noted."}});
        room.allows("AVR", &on(json!({"clause": "op-1"})));
        room.refuses("AVR", &on(json!({"clause": "op-9"})), "unknown-clause");
        room.refuses("AVR", &on(json!({"proposal": "p9"})), "unknown-proposal");
    }
}
