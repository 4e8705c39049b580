//! The chair adopts the text: it is sealed as a version, and nothing but statements is entered any more, and corrections
//! of translations.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, call, seal_version};
use crate::admit;
use crate::draft::{Adoption, Cap, Draft, Manuscript, Version};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DelegationId, Heads, Name};
use crate::refusal::{Refusal, Told};
use crate::time::Timestamp;

/// How many of the things that are missing a refusal names.
const NAMED: usize = 3;

/// The chair adopts the text: it is sealed as a version, and nothing but statements is entered any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Adopt {
    /// The name of the version, unique in the draft, for example "Declaration of Valsoire".
    pub name: Name,
    /// The moment in the text's history; always the present one, completed by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heads: Option<Heads>,
    /// The delegations in the room when the question was put on the whole.
    pub present: Vec<DelegationId>,
}

impl Rules for Adopt {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Adopt(Self {
            heads: Some(self.heads.clone().unwrap_or_default()),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "adopt the text")?;
        seal_version::free_name(draft, &self.name)?;
        everything_agreed(draft)?;
        call::quorate(draft, &self.present)?;
        match draft.rule.adopt.decision() {
            None => Ok(()),
            Some(needed) => Err(Refusal::new(
                "vote-needed",
                format!("The text of this draft is adopted by {needed}."),
                "Put the adoption to the vote with `plenary vote open --adopt NAME`.",
            )),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let heads = self
            .heads
            .clone()
            .ok_or_else(|| Corrupt::at(entry.seq, "the adoption names no moment"))?;
        draft.versions.push_back(Version {
            name: self.name.clone(),
            heads,
            seq: entry.seq,
            at: entry.at,
            by: entry.by.clone(),
        });
        draft.adopted = Some(Adoption {
            name: self.name.clone(),
            present: self.present.iter().cloned().collect(),
            seq: entry.seq,
            at: entry.at,
        });
        draft.void_votes();
        Ok(())
    }
}

/// Whether nothing stands in the way of an adoption (§3.4): every clause is agreed or deleted, and no agreement is capped
/// but by the rule that nothing is agreed until everything is.
pub(crate) fn everything_agreed(draft: &Draft) -> Result<(), Refusal> {
    if draft.clauses.is_empty() {
        return Err(Refusal::new(
            "nothing-to-adopt",
            "This draft has no clauses.",
            "Write them first.",
        ));
    }
    let open = draft.clauses.iter();
    let open = open.filter(|(_, c)| !c.is_agreed() && !c.is_deleted());
    let open: Vec<_> = open.map(|(id, _)| id.to_string()).collect();
    if !open.is_empty() {
        return Err(Refusal::new(
            "not-all-agreed",
            format!("Not agreed yet: {}.", first(&open)),
            "Declare each clause agreed, or take in a proposal to delete it.",
        )
        .with("clauses", Told::many(&open)));
    }
    let (mut awaited, mut clauses) = (Vec::new(), Vec::new());
    for id in draft.clauses.keys() {
        // A package that is open has a clause that is not agreed, or awaits somebody: it needs no question of its own.
        if let Some(Cap::Awaiting(who)) = draft.cap(id) {
            let who: Vec<_> = who.iter().map(DelegationId::as_str).collect();
            awaited.push(format!("{id} ({})", who.join(", ")));
            clauses.push(id);
        }
    }
    if !awaited.is_empty() {
        return Err(Refusal::new(
            "confirmation-awaited",
            format!("Still to be confirmed: {}.", first(&awaited)),
            "Wait for the delegations named to confirm, or reopen the clause.",
        )
        .with("clauses", Told::many(&clauses)));
    }
    // What was recovered from late typing into agreed clauses was never moved by anybody.
    let moved = draft.proposals.iter();
    let moved = moved.filter(|(_, p)| p.is_live() && !p.recovered);
    let moved: Vec<_> = moved.map(|(id, _)| id.to_string()).collect();
    if moved.is_empty() {
        Ok(())
    } else {
        Err(Refusal::new(
            "proposals-on-the-floor",
            format!("Still to be decided: {}.", first(&moved)),
            "Incorporate or decline each of them, or ask the sponsor to withdraw it.",
        )
        .with("proposals", Told::many(&moved)))
    }
}

/// `op-1, op-2, op-3 and 4 more`.
fn first(all: &[String]) -> String {
    let named: Vec<_> = all.iter().take(NAMED).cloned().collect();
    match all.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, act, agree, agree_ad_ref, call, confirm, delete, incorporate, insert_after, package,
        reopen, supports,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::{Value, json};

    fn adopt(name: &str) -> Value {
        json!({"adopt": {"name": name, "present": ["AVR", "MRD", "PEN"]}})
    }

    fn all_agreed() -> Room {
        let mut room = Room::sitting();
        for id in ["t", "op-1", "op-2"] {
            room.does("CHAIR", &call(id));
            room.does("CHAIR", &agree(id));
        }
        room
    }

    #[test]
    fn the_facilitator_adopts_what_is_agreed_with_a_quorum_in_the_room() {
        let mut room = all_agreed();
        for who in ["PEN", "AVR", "SEC", "SERVER"] {
            room.refuses(who, &adopt("Declaration"), "not-entitled");
        }
        let few = json!({"adopt": {"name": "Declaration", "present": ["AVR"]}});
        room.refuses("CHAIR", &few, "no-quorum");
        let strange = json!({"adopt": {"name": "Declaration", "present": ["XXX"]}});
        room.refuses("CHAIR", &strange, "not-seated");
        room.refuses("CHAIR", &adopt("2026"), "name-ambiguous");
        room.does("PEN", &json!({"seal_version": {"name": "Rev.1"}}));
        room.refuses("CHAIR", &adopt("Rev.1"), "name-taken");
        room.does("CHAIR", &adopt("Declaration"));
        assert_eq!(room.status("op-1"), ClauseStatus::Adopted);
        assert_eq!(room.draft.versions.len(), 2);
        room.refuses("CHAIR", &adopt("Declaration 2"), "draft-adopted");
    }

    #[test]
    fn the_refusal_names_the_first_three_clauses_that_are_missing() {
        let mut room = Room::sitting();
        let why = |room: &Room| room.decide("CHAIR", &act(&adopt("D"))).unwrap_err();
        assert_eq!(why(&room).sentence, "Not agreed yet: op-1, op-2, t.");
        room.does("AVR", &insert_after("op-2", "Decides to invite observers;"));
        room.does("PEN", &incorporate("p1"));
        assert_eq!(why(&room).code, "not-all-agreed");
        assert!(why(&room).sentence.ends_with(" and 1 more."));
        Room::unborn().refuses("CHAIR", &adopt("D"), "not-convened");
    }

    #[test]
    fn a_draft_without_clauses_is_not_adopted() {
        let mut room = Room::sitting();
        room.draft.clauses.clear();
        room.refuses("CHAIR", &adopt("D"), "nothing-to-adopt");
    }

    #[test]
    fn confirmations_packages_and_proposals_are_settled_first() {
        let mut room = Room::sitting();
        room.does("CHAIR", &package("A", &["op-1", "op-2"]));
        for id in ["t", "op-1", "op-2"] {
            room.does("CHAIR", &call(id));
        }
        room.does("CHAIR", &agree("t"));
        room.does("CHAIR", &agree("op-1"));
        room.does("CHAIR", &agree_ad_ref("op-2", &["AVR"]));
        room.refuses("CHAIR", &adopt("D"), "confirmation-awaited");
        room.does("AVR", &confirm("op-2"));
        room.does("AVR", &insert_after("op-1", "Decides to invite observers;"));
        room.refuses("CHAIR", &adopt("D"), "proposals-on-the-floor");
        room.does("AVR", &json!({"withdraw": {"proposal": "p1"}}));
        room.does(
            "CHAIR",
            &json!({"set_rule": {"rule": {"nothing_agreed": true}}}),
        );
        room.does("CHAIR", &adopt("D"));
    }

    #[test]
    fn what_was_deleted_does_not_stand_in_the_way() {
        let mut room = all_agreed();
        room.does("CHAIR", &reopen("op-2"));
        room.does("AVR", &delete("op-2"));
        room.does("PEN", &incorporate("p1"));
        room.does("CHAIR", &adopt("D"));
        assert_eq!(room.status("op-2"), ClauseStatus::Deleted);
    }

    #[test]
    fn after_the_adoption_only_statements_are_entered_and_then_the_close() {
        let mut room = all_agreed();
        room.does("CHAIR", &adopt("D"));
        for (who, what) in [
            ("AVR", supports("op-1")),
            ("CHAIR", reopen("op-1")),
            ("SEC", json!({"unseat": {"delegation": "AVR"}})),
        ] {
            room.refuses(who, &what, "draft-adopted");
        }
        assert_eq!(
            crate::admit::typing(&room.draft, &room.by("AVR"))
                .unwrap_err()
                .code,
            "draft-adopted"
        );
        room.does(
            "AVR",
            &json!({"statement": {"text": "We joined the consensus."}}),
        );
        room.does("CHAIR", &json!({"close": {}}));
    }
}
