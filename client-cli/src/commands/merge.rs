//! `plenary merge`: make several proposals one.

use std::collections::BTreeMap;

use clap::Args;
use plenary_shared::acts;
use plenary_shared::ids::ProposalId;

use super::{list, prose};
use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Make several proposals one, as in `plenary merge p2 p3 --into p1 --rationale '…'` (pen-holder)
///
/// In the same words it is done at once. In other words each sponsor joins the one that remains first, by `plenary cosponsor`;
/// until then the proposal stays on the floor. A sponsor takes it back with `plenary merge --undo p2`.
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The proposals that are to go
    #[arg(required_unless_present = "undo")]
    proposals: Vec<String>,
    /// The one that remains
    #[arg(long, value_name = "PROPOSAL", required_unless_present = "undo")]
    into: Option<String>,
    /// Why they are one
    #[arg(long, value_name = "WHY", required_unless_present = "undo")]
    rationale: Option<String>,
    /// Let your proposal, which was merged, stand by itself again
    #[arg(long, value_name = "PROPOSAL", conflicts_with_all = ["proposals", "into", "rationale"])]
    undo: Option<ProposalId>,
}

impl Merge {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        if let Some(proposal) = self.undo {
            let sentence = format!("{proposal} stands by itself again.");
            let act = acts::Act::UndoMerge(acts::UndoMerge { proposal });
            return floor.enter(&act, &context.out, |_| sentence);
        }
        let all = floor.proposals()?;
        let find = |written: &String| reference::proposal(written, &all);
        let proposals = self
            .proposals
            .iter()
            .map(find)
            .collect::<Outcome<Vec<_>>>()?;
        let into = find(&self.into.unwrap_or_default())?;
        let sentence = format!("{} and {into}: see `plenary ledger`.", list(&proposals));
        let act = acts::Act::MergeProposals(acts::MergeProposals {
            proposals,
            into,
            digests: BTreeMap::new(),
            rationale: prose("rationale", &self.rationale.unwrap_or_default())?,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
