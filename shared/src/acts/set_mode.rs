//! Who may type into the clauses themselves.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript, Mode};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// Who may type into the clauses themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMode {
    /// `proposals` or `open`.
    pub mode: Mode,
}

impl Rules for SetMode {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::SetMode(self.clone()))
    }

    fn decide(&self, by: &By, _: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::conduct(by, "change who may type into the clauses")
    }

    fn fold(&self, _: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft.mode = self.mode;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::Room;
    use serde_json::json;

    #[test]
    fn the_mode_is_set_by_who_conducts() {
        let mut room = Room::sitting();
        let open = json!({"set_mode": {"mode": "open"}});
        room.refuses("PEN", &open, "not-entitled");
        room.does("CHAIR", &open);
        assert_eq!(room.draft.mode, Mode::Open);
        room.does("SEC", &json!({"set_mode": {"mode": "proposals"}}));
        assert_eq!(room.draft.mode, Mode::Proposals);
    }
}
