//! The facilitator dissolves a package: each of its clauses stands by itself again.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::Name;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator dissolves a package: each of its clauses stands by itself again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DissolvePackage {
    /// The package.
    pub name: Name,
}

impl Rules for DissolvePackage {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::DissolvePackage(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "dissolve a package")?;
        if draft.packages.contains_key(&self.name) {
            return Ok(());
        }
        Err(Refusal::new(
            "unknown-package",
            format!("There is no package called \"{}\".", self.name),
            "List the packages with `plenary package list`.",
        ))
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        match draft.packages.remove(&self.name) {
            Some(_) => Ok(()),
            None => Err(Corrupt::at(entry.seq, "there was no such package")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, agree, call, package};
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn each_clause_stands_by_itself_again() {
        let mut room = Room::sitting();
        let dissolve = json!({"dissolve_package": {"name": "A"}});
        room.refuses("CHAIR", &dissolve, "unknown-package");
        room.does("CHAIR", &package("A", &["op-1", "op-2"]));
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        room.refuses("PEN", &dissolve, "not-entitled");
        room.does("CHAIR", &dissolve);
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }
}
