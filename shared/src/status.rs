//! What stands where: the views of a draft that people read, computed from state and manuscript.
//!
//! Whoever needs many views computes [`crate::numbering::labels`] once and passes them; the rest of a view costs what
//! its clause has, whatever the draft has.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::draft::{
    Clause, Draft, Manuscript, Merge, MergeKind, MergeState, Package, Paragraph, Position,
    Proposal, Silence,
};
use crate::ids::{
    ClauseId, DelegationId, Digest, Heads, Language, Name, ProposalId, SilenceId, VoteId,
};
use crate::numbering::{Labels, labels, proposal_label};
use crate::tally::{Outcome, Tally};
use crate::wire::view::{
    ClauseStatus, ClauseText, ClauseView, DraftSummary, MergeView, PackageView, ProposalView,
    Roster, SilenceView, StatusView, TextView, UnderSilence, VoteView,
};

mod board;
mod sentence;
#[cfg(test)]
mod tests;

pub use board::StatusBoard;
pub(crate) use sentence::listed;
pub use sentence::{entry_view, typed};

/// The status of one clause: a function of the record, never a field (P1). The first that fits wins (§3.2).
pub fn clause_status(draft: &Draft, clause: &ClauseId) -> ClauseStatus {
    match draft.clauses.get(clause) {
        Some(known) => status_of(draft, clause, known, &Tally::of_clause(draft, known)),
        None => ClauseStatus::Open,
    }
}

pub(crate) fn status_of(
    draft: &Draft,
    id: &ClauseId,
    clause: &Clause,
    tally: &Tally,
) -> ClauseStatus {
    if clause.is_deleted() {
        ClauseStatus::Deleted
    } else if draft.adopted.is_some() {
        ClauseStatus::Adopted
    } else if clause.is_agreed() {
        match draft.cap(id) {
            None => ClauseStatus::Agreed,
            Some(_) => ClauseStatus::AgreedAdRef,
        }
    } else if draft.silence_on(id).is_some() {
        ClauseStatus::InSilence
    } else if draft.live_on(id).next().is_some() {
        ClauseStatus::Bracketed
    } else if tally.outcome == Outcome::Reached {
        // Some rules reach over objections; they are on record, and bracket nothing any more.
        ClauseStatus::Ripe
    } else if !tally.object.is_empty() {
        ClauseStatus::Bracketed
    } else {
        ClauseStatus::Open
    }
}

/// One clause as the status list shows it; none if the text has no such clause.
pub fn clause_view(
    draft: &Draft,
    manuscript: &Manuscript,
    clause: &ClauseId,
) -> Option<ClauseView> {
    clause_view_labelled(draft, manuscript, &labels(draft, manuscript), clause)
}

/// [`clause_view`] with the labels at hand.
pub fn clause_view_labelled(
    draft: &Draft,
    manuscript: &Manuscript,
    labels: &Labels,
    clause: &ClauseId,
) -> Option<ClauseView> {
    let paragraph = manuscript.clauses.get(clause)?;
    let unmarked = Clause::default();
    let known = draft.clauses.get(clause).unwrap_or(&unmarked);
    let tally = Tally::of_clause(draft, known);
    let digest = present(draft, |l| known.digest(l));
    let is_stale = |p: &&Position| p.digest != digest;
    Some(ClauseView {
        id: clause.clone(),
        label: labels.get(clause).cloned().unwrap_or_default(),
        kind: paragraph.kind,
        status: status_of(draft, clause, known, &tally),
        digest,
        positions: known.positions.clone(),
        group_positions: known.groups.positions.clone(),
        dissociated: known.groups.dissociated.iter().cloned().collect(),
        proposals: draft.live_on(clause).cloned().collect(),
        question: known.question.clone(),
        silence: draft.silence_on(clause).map(|(id, s)| UnderSilence {
            silence: id.clone(),
            until: s.until,
            whole: s.whole,
        }),
        reservations: tally.reserve.len(),
        stale: known.positions.values().filter(is_stale).count(),
        agreed: known.agreement.as_ref().map(|a| a.seq),
        agreed_how: known.agreement.as_ref().map(|a| a.how.clone()),
        late_objections: known.late().to_vec(),
        awaiting: known
            .agreement
            .iter()
            .flat_map(|a| a.awaiting.iter().cloned())
            .collect(),
        package: draft.package_of(clause).map(|(name, _)| name.clone()),
        translations: draft.translations_by_language(known),
        tally,
    })
}

/// One proposal with its words; none if there is no such proposal.
pub fn proposal_view(
    draft: &Draft,
    manuscript: &Manuscript,
    proposal: &ProposalId,
) -> Option<ProposalView> {
    proposal_view_labelled(draft, manuscript, &labels(draft, manuscript), proposal)
}

/// [`proposal_view`] with the labels at hand.
pub fn proposal_view_labelled(
    draft: &Draft,
    manuscript: &Manuscript,
    labels: &Labels,
    proposal: &ProposalId,
) -> Option<ProposalView> {
    let known = draft.proposals.get(proposal)?;
    let text = manuscript.proposals.get(proposal);
    let changed = known.clause().and_then(|id| draft.clauses.get(id));
    let changed = changed.is_some_and(|c| present(draft, |l| c.digest(l)) != known.base.digest);
    Some(ProposalView {
        id: proposal.clone(),
        label: proposal_label(draft, labels, proposal, known),
        by: known.by.clone(),
        cosponsors: known.cosponsors.iter().cloned().collect(),
        cosponsor_groups: known.groups.cosponsors.iter().cloned().collect(),
        amendment: known.amendment.clone(),
        state: known.state,
        recovered: known.recovered,
        text: text.map(words).unwrap_or_default(),
        digest: present(draft, |l| known.digest(l)),
        outdated: changed,
        rationale: known.rationale.clone(),
        from: known.from.clone(),
        merged_into: draft.merged_into(proposal).cloned(),
        declined_because: known.declined_because.clone(),
        tally: Tally::of_proposal(draft, known),
        positions: known.positions.clone(),
        group_positions: known.groups.positions.clone(),
        dissociated: known.groups.dissociated.iter().cloned().collect(),
        seq: known.seq,
        at: known.at,
    })
}

/// The whole draft's status, counted from nothing; [`StatusBoard`] keeps it up to date.
///
/// Brackets are the live proposals and, on clauses that are still to be settled, the objections of delegations that may
/// decide. An objection to a proposal brackets nothing more, but its delegation is among those that object.
pub fn status_view(draft: &Draft, manuscript: &Manuscript) -> StatusView {
    StatusBoard::of(draft, manuscript).view()
}

/// The ledger of merged proposals, oldest first.
pub fn ledger(draft: &Draft) -> Vec<MergeView> {
    let lines = draft.ledger.iter();
    lines
        .map(|merge| {
            let awaiting = draft.merge_awaits(merge);
            MergeView {
                told: told_merge(draft, merge, &awaiting),
                merge: merge.clone(),
                awaiting,
            }
        })
        .collect()
}

fn told_merge(draft: &Draft, merge: &Merge, awaiting: &[DelegationId]) -> String {
    let names = |who: &mut dyn Iterator<Item = &DelegationId>| {
        listed(who.map(ToString::to_string).collect())
    };
    let parties = names(&mut merge.parties.iter());
    let how = match merge.kind {
        MergeKind::DropDuplicate => "the same words",
        MergeKind::Reword => "in other words",
    };
    let live = draft
        .proposals
        .get(&merge.source)
        .is_some_and(Proposal::is_live);
    let state = match &merge.state {
        MergeState::Merged { .. } => "merged".to_owned(),
        MergeState::Undone { by, .. } => format!("undone by {by}"),
        MergeState::Awaiting if !live => "settled otherwise".to_owned(),
        MergeState::Awaiting => format!("awaits {}", names(&mut awaiting.iter())),
    };
    format!(
        "{} ({parties}) into {}, {how}: {state}. {}",
        merge.source, merge.into, merge.rationale
    )
}

fn votes(draft: &Draft) -> Vec<VoteView> {
    let views = draft.votes.keys().filter_map(|id| vote_view(draft, id));
    let mut votes: Vec<_> = views.collect();
    votes.sort_by_key(|v| v.vote.seq);
    votes
}

/// One vote with its roll; none if there is no such vote.
pub fn vote_view(draft: &Draft, id: &VoteId) -> Option<VoteView> {
    let vote = draft.votes.get(id)?;
    Some(VoteView {
        id: id.clone(),
        told: vote.told(),
        vote: vote.clone(),
    })
}

fn packages(draft: &Draft) -> Vec<PackageView> {
    let view = |(name, package): (&Name, &Package)| PackageView {
        name: name.clone(),
        clauses: package.clauses.iter().cloned().collect(),
        open: draft.is_open(package),
        seq: package.seq,
    };
    draft.packages.iter().map(view).collect()
}

/// The silence procedures, oldest first.
pub fn silences(draft: &Draft) -> Vec<SilenceView> {
    let mut all: Vec<_> = draft.silences.iter().collect();
    all.sort_by_key(|(_, s)| s.opened);
    let view = |(id, s): (&SilenceId, &Silence)| SilenceView {
        silence: id.clone(),
        opened: s.at,
        until: s.until,
        whole: s.whole,
        running: s.is_running(),
        awaiting: s.awaiting.iter().cloned().collect(),
        clauses: s
            .clauses
            .iter()
            .map(|(id, c)| (id.clone(), c.fate.clone()))
            .collect(),
    };
    all.into_iter().map(view).collect()
}

/// The whole text with numbers and statuses. For an earlier moment, `draft` is the state of that moment.
pub fn text_view(draft: &Draft, manuscript: &Manuscript, heads: Heads) -> TextView {
    let labels = labels(draft, manuscript);
    let standing: Vec<_> = manuscript
        .in_order()
        .into_iter()
        .filter(|(id, _)| labels.contains_key(id))
        .collect();
    TextView {
        draft: draft.id,
        seq: draft.seq,
        heads,
        digest: text_digest(standing.iter().copied()),
        clauses: standing
            .iter()
            .map(|(id, paragraph)| clause_text(draft, &labels, id, paragraph))
            .collect(),
    }
}

/// One clause with its words, number and status.
pub fn clause_text(
    draft: &Draft,
    labels: &Labels,
    id: &ClauseId,
    paragraph: &Paragraph,
) -> ClauseText {
    let digest = |(l, t): (&Language, &std::sync::Arc<str>)| (l.clone(), Digest::of(t));
    ClauseText {
        id: id.clone(),
        label: labels.get(id).cloned().unwrap_or_default(),
        kind: paragraph.kind,
        level: paragraph.level,
        text: words(&paragraph.text),
        digests: paragraph.text.iter().map(digest).collect(),
        status: Some(clause_status(draft, id)),
    }
}

/// The digest of a whole text: SHA-256 over its clauses in the order given.
///
/// Of each clause, in this order: its id, the name of its kind (`operative`), one byte for its level, the number of its
/// wordings as eight bytes, most significant first, and for each wording, in the order of the language tags, the tag and
/// the words in NFC. Each piece of text is UTF-8 behind its length in bytes, as eight bytes, most significant first, so
/// that no two texts are spelled alike. Deleted clauses and wordings without a character are no part of a text.
pub fn text_digest<'a>(clauses: impl IntoIterator<Item = (&'a ClauseId, &'a Paragraph)>) -> Digest {
    use sha2::Digest as _;
    let mut hash = sha2::Sha256::new();
    let number = |n: usize| (n as u64).to_be_bytes();
    for (id, paragraph) in clauses {
        let mut piece = |text: &str| {
            hash.update(number(text.len()));
            hash.update(text.as_bytes());
        };
        piece(id.as_str());
        piece(paragraph.kind.name());
        hash.update([paragraph.level]);
        let written: Vec<_> = paragraph
            .text
            .iter()
            .filter(|(_, t)| !t.is_empty())
            .collect();
        hash.update(number(written.len()));
        for (language, text) in written {
            let nfc: String = text.nfc().collect();
            for text in [language.as_str(), &nfc] {
                hash.update(number(text.len()));
                hash.update(text.as_bytes());
            }
        }
    }
    Digest(hash.finalize().into())
}

/// Who sits there, and who signs.
pub fn roster(draft: &Draft) -> Roster {
    let seats = draft.seats.clone();
    let keys = draft.signing.keys.clone().into_iter();
    Roster {
        delegations: seats.delegations.into_iter().collect(),
        groups: seats.groups.into_iter().collect(),
        dissociated: seats.dissociated.into_iter().collect(),
        keys: keys.map(|(d, k)| (d, k.into_iter().collect())).collect(),
    }
}

/// The draft in the list of drafts.
pub fn summary(draft: &Draft, manuscript: &Manuscript, heads: Heads) -> DraftSummary {
    let mut counts = BTreeMap::new();
    for id in manuscript.clauses.keys() {
        *counts.entry(clause_status(draft, id)).or_default() += 1;
    }
    DraftSummary {
        id: draft.id,
        document: format!("automerge:{}", draft.id),
        title: draft.title.clone(),
        seq: draft.seq,
        at: draft.at,
        head: draft.head,
        heads,
        mode: draft.mode,
        paper: draft.paper.clone(),
        rule: draft.rule.clone(),
        authentic: draft.authentic.clone(),
        working: draft.working.clone(),
        closed: draft.closed,
        adopted: draft.adopted.clone(),
        damaged: None,
        counts,
    }
}

fn present(draft: &Draft, digest: impl Fn(&Language) -> Digest) -> Digest {
    draft.negotiated().map_or_else(|| Digest::of(""), digest)
}

fn words(text: &BTreeMap<Language, std::sync::Arc<str>>) -> BTreeMap<Language, String> {
    text.iter()
        .map(|(language, words)| (language.clone(), words.to_string()))
        .collect()
}
