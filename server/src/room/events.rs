//! News for readers: one [`Event`] a tick, encoded once for all.

use plenary_shared::acts::{Act, Target};
use plenary_shared::draft::{Draft, MergeState};
use plenary_shared::entry::{By, Entry, Place};
use plenary_shared::ids::{ClauseId, Hash, ProposalId, Seq, VoteId};
use plenary_shared::record::Record;
use plenary_shared::status::{self, StatusBoard};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{Event, Pointer, Reminder};
use plenary_shared::withheld::Withheld;
use std::collections::{BTreeMap, BTreeSet};

use super::lines::Lines;

/// An event as it goes out: written once, the same bytes for all who listen.
#[derive(Debug)]
pub struct Published {
    /// The last entry at that moment; who knows it already has no use for what is told of it.
    pub seq: Seq,
    /// Whether it tells of entries. A reminder, or where the chair points, is of none, and for everybody.
    pub of_entries: bool,
    /// The lines of an event stream.
    pub lines: Lines,
}

impl Published {
    /// The event that tells of these entries, which the record holds already.
    pub(super) fn of(
        record: &Record,
        board: &StatusBoard,
        entries: &[(Entry, Hash)],
        now: Timestamp,
    ) -> Option<Self> {
        let (last, _) = entries.last()?;
        let news = event(
            record,
            board,
            entries.iter().map(|(entry, hash)| (entry, *hash)),
            last.seq,
            &Withheld::at(&record.draft, now),
        );
        Self::entries(&news)
    }

    /// News of entries.
    pub(crate) fn entries(news: &Event) -> Option<Self> {
        let seq = news.seq;
        Some(Self {
            seq,
            of_entries: true,
            lines: lines(Some(seq), "entries", news)?,
        })
    }

    /// The news that it is seen from now on how each has voted: the vote with its roll.
    pub(super) fn revealed(draft: &Draft, vote: &VoteId) -> Option<Self> {
        let view = status::vote_view(draft, vote)?;
        Some(Self {
            seq: draft.seq,
            of_entries: false,
            lines: lines(None, "revealed", &view)?,
        })
    }

    /// The news that a deadline comes near. Without an id: it is no entry, and nobody resumes after it.
    pub(super) fn reminder(seq: Seq, reminder: &Reminder) -> Option<Self> {
        Some(Self {
            seq,
            of_entries: false,
            lines: lines(None, "reminder", reminder)?,
        })
    }

    /// The news that the chair points elsewhere. Without an id, as a reminder.
    pub(super) fn pointer(seq: Seq, pointer: &Pointer) -> Option<Self> {
        Some(Self {
            seq,
            of_entries: false,
            lines: lines(None, "pointer", pointer)?,
        })
    }

    /// That a reader lacks too much: it loads the draft anew, and goes on after that entry.
    pub(crate) fn reset(seq: Seq) -> Option<Self> {
        let from = BTreeMap::from([("seq", seq)]);
        Some(Self {
            seq,
            of_entries: true,
            lines: lines(Some(seq), "reset", &from)?,
        })
    }
}

/// As the HTML standard has it, section "Server-sent events". JSON as it is written here has no line breaks.
fn lines(id: Option<Seq>, name: &str, data: &impl serde::Serialize) -> Option<Lines> {
    let mut lines = Vec::new();
    if let Some(id) = id {
        lines.extend_from_slice(format!("id: {id}\n").as_bytes());
    }
    lines.extend_from_slice(format!("event: {name}\ndata: ").as_bytes());
    serde_json::to_writer(&mut lines, data).ok()?;
    lines.extend_from_slice(b"\n\n");
    Some(lines.into())
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
    let mut typed: BTreeMap<&By, Vec<&Entry>> = BTreeMap::new();
    let mut after = seq;
    for (entry, hash) in entries {
        after = after.min(Seq(entry.seq.0.saturating_sub(1)));
        if entry.act.is_some() {
            views.push(withheld.take_out_of(status::entry_view(entry, hash)));
        } else {
            typed.entry(&entry.by).or_default().push(entry);
        }
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
    // What any of these entries has changed besides what its act names.
    let silences = draft.silences.values().filter(|s| s.changed > after);
    told.extend(silences.flat_map(|s| s.clauses.keys().cloned()));
    for line in &draft.ledger {
        let changed = match &line.state {
            MergeState::Awaiting => line.seq,
            MergeState::Merged { seq } | MergeState::Undone { seq, .. } => *seq,
        };
        if changed > after {
            proposals.extend([line.source.clone(), line.into.clone()]);
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
        after,
        seq,
        heads: record.text.heads(),
        entries: views,
        typed: typed.values().filter_map(|t| status::typed(t)).collect(),
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
        Act::RegisterKey(_)
        | Act::RevokeKey(_)
        | Act::SetMode(_)
        | Act::SealVersion(_)
        | Act::Statement(_) => Concern::These(Vec::new()),
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
        // What was merged by this entry is told of in any case, and so is what joins it.
        Act::MergeProposals(a) => {
            let all = a.proposals.iter().chain([&a.into]);
            Concern::These(all.cloned().map(Target::Proposal).collect())
        }
        Act::UndoMerge(_) => Concern::These(Vec::new()),
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
        Act::ObjectLate(a) => clause(&a.clause),
        // Whatever a silence has changed by this entry is told of in any case.
        Act::GrantLateObjection(a) => clause(&a.clause),
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
