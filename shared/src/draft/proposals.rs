//! Proposals: who wants what changed, and what has become of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Amendment, Base};
use crate::draft::clauses::Position;
use crate::draft::{Draft, Groupwise, Source};
use crate::ids::{ClauseId, DelegationId, Digest, Language, ProposalId, Prose, Seq};
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

impl ProposalState {
    /// The state in words, as in "it was …".
    pub fn name(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Incorporated => "incorporated",
            Self::Withdrawn => "withdrawn",
            Self::Declined => "declined",
            Self::Superseded => "superseded",
        }
    }
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
    /// The clause of a working paper that it came from.
    pub from: Option<Source>,
    /// Kept by the server from an edit of an agreed clause, rather than made on the floor.
    pub recovered: bool,
    /// The latest position of each delegation.
    pub positions: BTreeMap<DelegationId, Position>,
    /// What groups have said of it.
    pub groups: Groupwise,
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

    /// The clause by which it is found: the one it would change, delete or follow; none if it wants to come first.
    pub fn stands_at(&self) -> Option<&ClauseId> {
        self.amendment.stands_at()
    }

    /// The clause it would change, delete or move; none for a new clause.
    pub fn clause(&self) -> Option<&ClauseId> {
        match &self.amendment {
            Amendment::Replace { clause }
            | Amendment::Delete { clause }
            | Amendment::Move { clause, .. } => Some(clause),
            Amendment::InsertAfter { .. } => None,
        }
    }

    /// Whether this delegation is among its sponsors, and so may write its wording.
    pub fn is_sponsored_by(&self, delegation: &DelegationId) -> bool {
        self.by == *delegation || self.cosponsors.contains(delegation)
    }

    /// What positions on it name: its wording in the language negotiated in; for a deletion or a move, the text concerned.
    pub fn digest(&self, negotiated: &Language) -> Digest {
        match self.amendment {
            Amendment::Delete { .. } | Amendment::Move { .. } => self.base.digest,
            Amendment::Replace { .. } | Amendment::InsertAfter { .. } => self
                .digests
                .get(negotiated)
                .copied()
                .unwrap_or_else(|| Digest::of("")),
        }
    }
}

impl Draft {
    /// The live proposals that would change or delete the clause, in the order in which they were made. Those for a new
    /// clause after it are not among them: they leave it as it is.
    pub fn live_on<'a>(&'a self, clause: &'a ClauseId) -> impl Iterator<Item = &'a ProposalId> {
        self.live_at(clause)
            .filter(|(_, p)| p.clause().is_some())
            .map(|(id, _)| id)
    }

    /// The live proposals for a new clause after this one, in the order in which they were made.
    pub fn live_after<'a>(&'a self, clause: &'a ClauseId) -> impl Iterator<Item = &'a ProposalId> {
        self.live_at(clause)
            .filter(|(_, p)| p.clause().is_none())
            .map(|(id, _)| id)
    }

    fn live_at<'a>(
        &'a self,
        clause: &'a ClauseId,
    ) -> impl Iterator<Item = (&'a ProposalId, &'a Proposal)> {
        let ids = self.clauses.get(clause).map_or(&[][..], |c| &c.proposals);
        ids.iter()
            .filter_map(|id| self.proposals.get(id).map(|p| (id, p)))
    }

    /// Puts a proposal on the floor.
    pub(crate) fn put_on_floor(&mut self, id: ProposalId, proposal: Proposal) {
        if let Some(at) = proposal.stands_at() {
            let clause = self.clauses.entry(at.clone()).or_default();
            clause.proposals.push(id.clone());
        }
        self.proposals.insert(id, proposal);
    }

    /// Puts a proposal that was merged back on the floor, at the place it had among the others.
    pub(crate) fn return_to_floor(&mut self, id: &ProposalId) {
        let Some(proposal) = self.proposals.get_mut(id).filter(|p| !p.is_live()) else {
            return;
        };
        proposal.state = ProposalState::Made;
        let Some(at) = proposal.stands_at().cloned() else {
            return;
        };
        let made = |id: &ProposalId| self.proposals.get(id).map(|p| p.seq);
        if let Some(clause) = self.clauses.get_mut(&at) {
            clause.proposals.push(id.clone());
            clause.proposals.sort_by_key(made);
        }
    }

    /// Takes a live proposal off the floor; none if it is not on it.
    pub(crate) fn take_off_floor(
        &mut self,
        id: &ProposalId,
        state: ProposalState,
    ) -> Option<&mut Proposal> {
        let proposal = self.proposals.get_mut(id).filter(|p| p.is_live())?;
        proposal.state = state;
        if let Some(at) = proposal.stands_at()
            && let Some(clause) = self.clauses.get_mut(at)
        {
            clause.proposals.retain(|p| p != id);
        }
        Some(proposal)
    }
}
