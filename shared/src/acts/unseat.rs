//! A delegation leaves the draft. Its record stays; its positions no longer count.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::DelegationId;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation leaves the draft. Its record stays; its positions no longer count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unseat {
    /// Who leaves.
    pub delegation: DelegationId,
}

impl Rules for Unseat {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Unseat(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::conduct(by, "unseat a delegation")?;
        match draft.seats.sitting(&self.delegation) {
            Some(_) => Ok(()),
            None => Err(Refusal::not_seated(&self.delegation)),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        match draft.seats.delegations.get_mut(&self.delegation) {
            Some(delegation) => {
                delegation.left = true;
                Ok(())
            }
            None => Err(Corrupt::at(
                entry.seq,
                format!("{} never sat here", self.delegation),
            )),
        }
    }
}
