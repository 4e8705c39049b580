//! The facilitator ties clauses into a package: they are agreed together or not at all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{self, Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Name};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator ties clauses into a package: they are agreed together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// What it is called, for example "Finance".
    pub name: Name,
    /// Its clauses; two at least.
    pub clauses: Vec<ClauseId>,
}

impl Rules for Package {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Package(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "form a package")?;
        if draft.packages.contains_key(&self.name) {
            return Err(Refusal::new(
                "name-taken",
                format!("There is a package called \"{}\" already.", self.name),
                "Dissolve it first, or give this one another name.",
            ));
        }
        let distinct: BTreeSet<_> = self.clauses.iter().collect();
        if distinct.len() < 2 {
            return Err(Refusal::new(
                "package-of-one",
                "A package ties at least two clauses together.",
                "Name the clauses that stand or fall together.",
            ));
        }
        for id in distinct {
            if floor::clause(draft, id)?.is_deleted() {
                return Err(Refusal::clause_deleted(id));
            }
            if let Some((name, _)) = draft.package_of(id) {
                return Err(Refusal::new(
                    "clause-packaged",
                    format!("Clause {id} is in the package \"{name}\" already."),
                    "Dissolve that package first.",
                )
                .of("clause", id)
                .of("name", name));
            }
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let package = draft::Package {
            clauses: self.clauses.iter().cloned().collect(),
            seq: entry.seq,
            at: entry.at,
        };
        match draft.packages.insert(self.name.clone(), package) {
            None => Ok(()),
            Some(_) => Err(Corrupt::at(entry.seq, "there was a package of that name")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, agree_ad_ref, call, clause, confirm, delete, incorporate, package, reopen,
    };
    use crate::draft::Cap;
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_facilitator_ties_at_least_two_clauses_that_are_there_and_in_no_other_package() {
        let mut room = Room::sitting();
        room.refuses("AVR", &package("A", &["op-1", "op-2"]), "not-entitled");
        room.refuses("CHAIR", &package("A", &["op-1", "op-1"]), "package-of-one");
        room.refuses("CHAIR", &package("A", &["op-1", "op-9"]), "unknown-clause");
        room.does("CHAIR", &package("A", &["op-1", "op-2"]));
        room.refuses("CHAIR", &package("A", &["op-1", "t"]), "name-taken");
        room.refuses("CHAIR", &package("B", &["op-1", "t"]), "clause-packaged");
        room.does("AVR", &delete("t"));
        room.does("PEN", &incorporate("p1"));
        room.does("CHAIR", &json!({"dissolve_package": {"name": "A"}}));
        room.refuses("CHAIR", &package("B", &["op-1", "t"]), "clause-deleted");
    }

    #[test]
    fn its_clauses_are_agreed_together_and_fall_back_together() {
        let mut room = Room::sitting();
        room.does("CHAIR", &package("A", &["op-1", "op-2"]));
        for id in ["op-1", "op-2", "t"] {
            room.does("CHAIR", &call(id));
        }
        room.does("CHAIR", &agree("op-1"));
        room.does("CHAIR", &agree("t"));
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        assert_eq!(
            room.draft.cap(&clause("op-1")),
            Some(Cap::Package("A".parse().unwrap()))
        );
        assert_eq!(
            room.status("t"),
            ClauseStatus::Agreed,
            "it is in no package"
        );
        room.does("CHAIR", &agree_ad_ref("op-2", &["AVR"]));
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        room.does("AVR", &confirm("op-2"));
        for id in ["op-1", "op-2"] {
            assert_eq!(room.status(id), ClauseStatus::Agreed);
        }
        room.does("CHAIR", &reopen("op-2"));
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        assert_eq!(room.status("op-2"), ClauseStatus::Open);
    }

    #[test]
    fn where_nothing_is_agreed_until_everything_is_every_clause_waits() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        let rule = |on: bool| json!({"set_rule": {"rule": {"nothing_agreed": on}}});
        room.does("CHAIR", &rule(true));
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        assert_eq!(room.draft.cap(&clause("op-1")), Some(Cap::NothingAgreed));
        room.does("CHAIR", &rule(false));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }
}
