//! Proposals: who wants what changed, and what has become of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Amendment, Base};
use crate::draft::clauses::Position;
use crate::ids::{ClauseId, DelegationId, Digest, Language, Prose, Seq};
use crate::time::Timestamp;

/// What has become of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProposalState {
    /// On the floor.
    Made,
    /// Taken into the text.
    Incorporated,
    /// Taken back by its sponsor.
    Withdrawn,
    /// Set aside by the facilitator.
    Declined,
    /// Its clause was agreed or deleted without it.
    Superseded,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The main sponsor.
    pub by: DelegationId,
    /// Who has joined it, in the order of their codes.
    pub cosponsors: BTreeSet<DelegationId>,
    /// What it wants done.
    pub amendment: Amendment,
    /// The text it was written against.
    pub base: Base,
    /// Its present wording per language; empty for a deletion.
    pub digests: BTreeMap<Language, Digest>,
    /// What has become of it.
    pub state: ProposalState,
    /// Why it was declined.
    pub declined_because: Option<Prose>,
    /// Why it was made.
    pub rationale: Option<Prose>,
    /// Kept by the server from an edit of an agreed clause, rather than made on the floor.
    pub recovered: bool,
    /// The latest position of each delegation.
    pub positions: BTreeMap<DelegationId, Position>,
    /// The entry that made it.
    pub seq: Seq,
    /// When it was made.
    pub at: Timestamp,
}

impl Proposal {
    /// Whether it is still on the floor.
    pub fn is_live(&self) -> bool {
        self.state == ProposalState::Made
    }

    /// The clause it would change or delete; none for a new clause.
    pub fn clause(&self) -> Option<&ClauseId> {
        match &self.amendment {
            Amendment::Replace { clause } | Amendment::Delete { clause } => Some(clause),
            Amendment::InsertAfter { .. } => None,
        }
    }

    /// Whether this delegation is among its sponsors, and so may write its wording.
    pub fn is_sponsored_by(&self, delegation: &DelegationId) -> bool {
        self.by == *delegation || self.cosponsors.contains(delegation)
    }

    /// What positions on it name: its wording in the language negotiated in; for a deletion, the text to be deleted.
    pub fn digest(&self, negotiated: &Language) -> Digest {
        match self.amendment {
            Amendment::Delete { .. } => self.base.digest,
            Amendment::Replace { .. } | Amendment::InsertAfter { .. } => self
                .digests
                .get(negotiated)
                .copied()
                .unwrap_or_else(|| Digest::of("")),
        }
    }
}
