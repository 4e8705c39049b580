//! The ledger of merged proposals: which line came from which, whose it was, and whether it still stands (R-T5).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::Amendment;
use crate::draft::{Draft, Proposal, ProposalState};
use crate::ids::{DelegationId, ProposalId, Prose, Seq};
use crate::time::Timestamp;

/// A line of the ledger: one proposal that is to become part of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Merge {
    /// The proposal that is to go.
    pub source: ProposalId,
    /// The one that remains.
    pub into: ProposalId,
    /// What becomes of the words.
    pub kind: MergeKind,
    /// The sponsors of the source when the line was written, or when it was merged.
    pub parties: BTreeSet<DelegationId>,
    /// Why they are one.
    pub rationale: Prose,
    /// Who has merged them.
    pub by: DelegationId,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// How far it is.
    pub state: MergeState,
    /// The sponsors that this line, and nothing else, has brought to the one that remains.
    pub brought: BTreeSet<DelegationId>,
}

/// What becomes of the words of a proposal that is merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MergeKind {
    /// Both ask for the same in the same words.
    DropDuplicate,
    /// The words that remain are others: each sponsor has to join them.
    Reword,
}

/// How far a merging is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum MergeState {
    /// Sponsors of the source have yet to join; until all have, it stays on the floor.
    Awaiting,
    /// The source is off the floor.
    Merged {
        /// The entry.
        seq: Seq,
    },
    /// A party has undone it.
    Undone {
        /// Which.
        by: DelegationId,
        /// The entry.
        seq: Seq,
    },
}

impl Proposal {
    /// All its sponsors.
    pub fn sponsors(&self) -> BTreeSet<DelegationId> {
        let main = std::iter::once(&self.by);
        main.chain(&self.cosponsors).cloned().collect()
    }

    /// Whether the other asks for the same in the same words: one of the two is then a duplicate.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let asked = |p: &Self| {
            let mut amendment = p.amendment.clone();
            if let Amendment::InsertAfter { new, .. } = &mut amendment {
                *new = None;
            }
            amendment
        };
        asked(self) == asked(other) && self.digests == other.digests
    }

    /// Whether the other is an alternative at the same place: to the same clause, and of the same kind.
    pub fn is_at_the_place_of(&self, other: &Self) -> bool {
        let kind = std::mem::discriminant(&self.amendment);
        kind == std::mem::discriminant(&other.amendment) && self.stands_at() == other.stands_at()
    }
}

impl Draft {
    /// The line that tells what becomes, or became, of the proposal; none if nobody merged it, or it was undone.
    pub fn merging(&self, source: &ProposalId) -> Option<&Merge> {
        let undone = |m: &&Merge| matches!(m.state, MergeState::Undone { .. });
        self.ledger
            .iter()
            .rev()
            .find(|m| m.source == *source)
            .filter(|m| !undone(m))
    }

    /// What the proposal was made part of.
    pub fn merged_into(&self, source: &ProposalId) -> Option<&ProposalId> {
        let superseded = self.proposals.get(source)?.state == ProposalState::Superseded;
        let line = superseded.then(|| self.merging(source)).flatten()?;
        matches!(line.state, MergeState::Merged { .. }).then_some(&line.into)
    }

    /// Who has still to join the one that remains, before the source goes. Who has left is waited for no more.
    pub fn merge_awaits(&self, merge: &Merge) -> Vec<DelegationId> {
        let both = self.proposals.get(&merge.source);
        let both = both.zip(self.proposals.get(&merge.into));
        let Some((source, into)) = both.filter(|_| merge.state == MergeState::Awaiting) else {
            return Vec::new();
        };
        let missing = source.sponsors().into_iter();
        missing
            .filter(|d| !into.is_sponsored_by(d) && self.seats.sitting(d).is_some())
            .collect()
    }

    /// After a line was written, or a proposal joined: what waits for nobody any more is merged.
    pub(crate) fn settle_merges(&mut self, into: &ProposalId, seq: Seq) {
        let ready = |(n, m): (usize, &Merge)| {
            let live = |id| self.proposals.get(id).is_some_and(Proposal::is_live);
            let is_ready = m.into == *into
                && m.state == MergeState::Awaiting
                && live(&m.source)
                && live(&m.into)
                && (m.kind == MergeKind::DropDuplicate || self.merge_awaits(m).is_empty());
            is_ready.then_some(n)
        };
        let ready: Vec<usize> = self.ledger.iter().enumerate().filter_map(ready).collect();
        for n in ready {
            self.merge(n, seq);
        }
    }

    fn merge(&mut self, n: usize, seq: Seq) {
        let Some(mut line) = self.ledger.get(n).cloned() else {
            return;
        };
        let Some(source) = self.take_off_floor(&line.source, ProposalState::Superseded) else {
            return;
        };
        line.parties = source.sponsors();
        line.state = MergeState::Merged { seq };
        if let Some(into) = self.proposals.get_mut(&line.into) {
            let joining = line.parties.iter().filter(|d| !into.is_sponsored_by(d));
            line.brought = joining.cloned().collect();
            into.cosponsors.extend(line.brought.iter().cloned());
        }
        self.ledger.set(n, line);
    }

    /// A party takes the line back: the source is on the floor again if it was off it, and who came by the line, or takes
    /// it back, sponsors the other no more.
    pub(crate) fn undo_merge(&mut self, source: &ProposalId, by: &DelegationId, seq: Seq) -> bool {
        let last = self.ledger.iter().rposition(|m| m.source == *source);
        let Some((n, mut line)) = last.and_then(|n| Some((n, self.ledger.get(n)?.clone()))) else {
            return false;
        };
        match line.state {
            MergeState::Undone { .. } => return false,
            MergeState::Awaiting => {}
            MergeState::Merged { .. } => self.return_to_floor(source),
        }
        if let Some(into) = self.proposals.get_mut(&line.into) {
            into.cosponsors
                .retain(|d| d != by && !line.brought.contains(d));
        }
        line.state = MergeState::Undone {
            by: by.clone(),
            seq,
        };
        self.ledger.set(n, line);
        true
    }
}
