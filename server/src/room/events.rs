//! News for readers: one [`Event`] a tick, encoded once for all.

use std::collections::BTreeSet;
use std::sync::Arc;

use plenary_shared::acts::{Act, Target};
use plenary_shared::entry::{Entry, Place};
use plenary_shared::ids::{ClauseId, Hash, ProposalId, Seq, VoteId};
use plenary_shared::record::{Record, Sealed};
use plenary_shared::status::{self, StatusBoard};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{Event, Reminder};
use plenary_shared::withheld::Withheld;

/// An event as it goes out.
#[derive(Debug)]
pub struct Published {
    /// What kind of news it is: `entries`, or a `reminder`, which is of no entry.
    pub name: &'static str,
    /// The last entry that it tells of.
    pub seq: Seq,
    /// The event as JSON.
    pub json: Arc<str>,
}

impl Published {
    /// The event that tells of these entries, which the record holds already.
    pub(super) fn of(
        record: &Record,
        board: &StatusBoard,
        sealed: &[Sealed],
        now: Timestamp,
    ) -> Option<Self> {
        let last = sealed.last()?;
        let news = event(
            record,
            board,
            sealed.iter().map(|s| (&s.entry, s.hash)),
            last.entry.seq,
            &Withheld::at(&record.draft, now),
        );
        let json = serde_json::to_string(&news).ok()?;
        Some(Self {
            name: "entries",
            seq: last.entry.seq,
            json: json.into(),
        })
    }

    /// The news that a deadline comes near. `seq` is the last entry at that moment.
    pub(super) fn reminder(seq: Seq, reminder: &Reminder) -> Option<Self> {
        let json = serde_json::to_string(reminder).ok()?;
        Some(Self {
            name: "reminder",
            seq,
            json: json.into(),
        })
    }
}

/// What these entries bring for a reader, as the record stands; the board is that of the record.
pub(crate) fn event<'a>(
    record: &Record,
    board: &StatusBoard,
    entries: impl Iterator<Item = (&'a Entry, Hash)>,
    seq: Seq,
    withheld: &Withheld,
) -> Event {
    let (draft, manuscript) = (&record.draft, &record.manuscript);
    let mut votes: BTreeSet<VoteId> = BTreeSet::new();
    let mut clauses: BTreeSet<ClauseId> = BTreeSet::new();
    let mut proposals: BTreeSet<ProposalId> = BTreeSet::new();
    let mut told: BTreeSet<ClauseId> = BTreeSet::new();
    let mut everything = false;
    let mut views = Vec::new();
    for (entry, hash) in entries {
        let silences = draft.silences.values().filter(|s| s.changed >= entry.seq);
        told.extend(silences.flat_map(|s| s.clauses.keys().cloned()));
        views.push(withheld.take_out_of(status::entry_view(entry, hash)));
        votes.extend(entry.act.as_ref().and_then(voted_in));
        for touched in &entry.touched {
            match &touched.place {
                Place::Clause(id) => drop(clauses.insert(id.clone())),
                Place::Proposal(id) => drop(proposals.insert(id.clone())),
            }
        }
        match entry.act.as_ref().map(concerns) {
            None => {}
            Some(Concern::Everything) => everything = true,
            Some(Concern::These(targets)) => {
                for target in targets {
                    match target {
                        Target::Clause(id) => drop(told.insert(id)),
                        Target::Proposal(id) => drop(proposals.insert(id)),
                    }
                }
            }
        }
    }
    told.extend(clauses.iter().cloned());
    for id in &proposals {
        if let Some(clause) = draft.proposals.get(id).and_then(|p| p.clause()) {
            told.insert(clause.clone());
        }
    }
    // What becomes of one clause of a package concerns the others.
    for id in told.clone() {
        if let Some((_, package)) = draft.package_of(&id) {
            told.extend(package.clauses.iter().cloned());
        }
    }
    if everything {
        told.extend(draft.clauses.keys().cloned());
        proposals.extend(
            draft
                .proposals
                .iter()
                .filter(|(_, p)| p.is_live())
                .map(|(id, _)| id.clone()),
        );
    }
    let text = |id: &ClauseId| {
        Some(status::clause_text(
            draft,
            board.labels(),
            id,
            manuscript.clauses.get(id)?,
        ))
    };
    let votes = if votes.is_empty() {
        Vec::new()
    } else {
        let mut shown = draft.clone();
        withheld.take_out(&mut shown);
        let vote = |id: &VoteId| status::vote_view(&shown, id);
        votes.iter().filter_map(vote).collect()
    };
    Event {
        seq,
        entries: views,
        clauses: clauses.iter().filter_map(text).collect(),
        status: told
            .iter()
            .filter_map(|id| board.clause(id))
            .cloned()
            .collect(),
        proposals: proposals
            .iter()
            .filter_map(|id| board.proposal(id))
            .collect(),
        votes,
    }
}

/// The vote that the act opens, closes or is cast in.
fn voted_in(act: &Act) -> Option<VoteId> {
    match act {
        Act::OpenVote(a) => a.vote.clone(),
        Act::CastVote(a) => Some(a.vote.clone()),
        Act::CloseVote(a) => Some(a.vote.clone()),
        _ => None,
    }
}

/// What an act may have changed the standing of.
enum Concern {
    These(Vec<Target>),
    Everything,
}

fn concerns(act: &Act) -> Concern {
    let clause = |id: &ClauseId| Concern::These(vec![Target::Clause(id.clone())]);
    let proposal = |id: &ProposalId| Concern::These(vec![Target::Proposal(id.clone())]);
    match act {
        // The roster and the rule enter every tally.
        Act::Convene(_)
        | Act::Seat(_)
        | Act::Unseat(_)
        | Act::FormGroup(_)
        | Act::SetRule(_)
        | Act::Close(_) => Concern::Everything,
        Act::SetMode(_) | Act::SealVersion(_) | Act::Statement(_) => Concern::These(Vec::new()),
        Act::Propose(a) => {
            Concern::These(a.proposal.iter().cloned().map(Target::Proposal).collect())
        }
        Act::Recover(a) => Concern::These(
            a.attempts
                .iter()
                .map(|a| Target::Proposal(a.proposal.clone()))
                .collect(),
        ),
        Act::Cosponsor(a) => proposal(&a.proposal),
        Act::Withdraw(a) => proposal(&a.proposal),
        Act::Decline(a) => proposal(&a.proposal),
        // A deletion that is taken in supersedes the other proposals on its clause.
        Act::Incorporate(_) => Concern::Everything,
        Act::OpenSilence(a) => {
            let clauses = a.targets.iter().map(|t| Target::Clause(t.clause.clone()));
            Concern::These(clauses.collect())
        }
        // Whatever a silence has changed by this entry is told of in any case.
        Act::ExtendSilence(_) | Act::LapseSilence(_) => Concern::These(Vec::new()),
        Act::TakePosition(a) => Concern::These(vec![a.on.clone()]),
        Act::Object(a) => Concern::These(vec![a.on.clone()]),
        Act::LiftObjection(a) => Concern::These(vec![a.on.clone()]),
        Act::SetAside(a) => Concern::These(vec![a.on.clone()]),
        Act::Dissociate(a) => match &a.on {
            Some(on) => Concern::These(vec![on.clone()]),
            None => Concern::Everything,
        },
        Act::Call(a) => clause(&a.clause),
        Act::Agree(a) => clause(&a.clause),
        Act::AgreeAdRef(a) => clause(&a.clause),
        Act::Confirm(a) => clause(&a.clause),
        Act::Package(a) => Concern::These(a.clauses.iter().cloned().map(Target::Clause).collect()),
        Act::DissolvePackage(_) => Concern::Everything,
        Act::Adopt(_) => Concern::Everything,
        // An open vote changes nothing of what it is on.
        Act::OpenVote(_) | Act::CastVote(_) => Concern::These(Vec::new()),
        Act::CloseVote(_) => Concern::Everything,
        Act::Reopen(a) => clause(&a.clause),
        Act::MarkTranslation(a) => clause(&a.clause),
    }
}
