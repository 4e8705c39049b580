//! The status of a draft, kept up to date: what is as it was is not counted again.
//!
//! A board remembers the draft that it was last brought up to date with. State and manuscript share their unchanged parts
//! from entry to entry, so what differs is found in little time, whatever has changed it and however many entries ago.
//! Only the views of that are made anew, and the totals are corrected by the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{clause_view_labelled, packages, proposal_view_labelled, silences, votes};
use crate::acts::Amendment;
use crate::draft::{Clause, Draft, Manuscript, Paragraph};
use crate::ids::{ClauseId, DelegationId, DraftId, ProposalId};
use crate::numbering::{Labels, labels};
use crate::rolling;
use crate::wire::view::{
    ClauseStatus, ClauseView, PackageView, ProposalView, SilenceView, StatusView, VoteView,
};

/// The status of a draft, kept up to date. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct StatusBoard {
    /// What it tells of.
    draft: Draft,
    manuscript: Manuscript,
    labels: Arc<Labels>,
    /// The clauses as they are read.
    order: Arc<Vec<ClauseId>>,
    clauses: OrdMap<ClauseId, Card>,
    /// Those on the floor.
    proposals: OrdMap<ProposalId, Arc<ProposalView>>,
    votes: Arc<Vec<VoteView>>,
    packages: Arc<Vec<PackageView>>,
    silences: Arc<Vec<SilenceView>>,
    totals: Totals,
}

/// A clause, with the words it has in the language negotiated in.
#[derive(Debug, Clone)]
struct Card {
    view: Arc<ClauseView>,
    words: usize,
    /// Places in it at which the rolling text has alternatives.
    issues: usize,
}

/// What is counted over all clauses and proposals.
#[derive(Debug, Clone, Default)]
struct Totals {
    counts: BTreeMap<ClauseStatus, usize>,
    words_agreed: usize,
    words: usize,
    brackets: usize,
    issues: usize,
    /// Who objects, and how often.
    objecting: BTreeMap<DelegationId, usize>,
}

/// What is to be looked at again.
#[derive(Debug, Default)]
struct Stale {
    clauses: BTreeSet<ClauseId>,
    proposals: BTreeSet<ProposalId>,
    /// Whether numbers and order may be others.
    numbers: bool,
}

impl StatusBoard {
    /// The board of a draft, from nothing.
    pub fn of(draft: &Draft, manuscript: &Manuscript) -> Self {
        let mut board = Self::unborn(draft.id);
        board.refresh(draft, manuscript);
        board
    }

    /// The board of a draft before its first entry: nothing is counted until it is brought up to date.
    pub fn unborn(id: DraftId) -> Self {
        Self {
            draft: Draft::unborn(id),
            manuscript: Manuscript::default(),
            labels: Arc::default(),
            order: Arc::default(),
            clauses: OrdMap::new(),
            proposals: OrdMap::new(),
            votes: Arc::default(),
            packages: Arc::default(),
            silences: Arc::default(),
            totals: Totals::default(),
        }
    }

    /// The state and the words that the board tells of.
    pub fn tells_of(&self) -> (&Draft, &Manuscript) {
        (&self.draft, &self.manuscript)
    }

    /// Brings the board up to date with the draft, whatever was entered since it last was.
    pub fn refresh(&mut self, draft: &Draft, manuscript: &Manuscript) {
        let mut stale = self.differences(draft, manuscript);
        if stale.numbers {
            self.renumber(draft, manuscript, &mut stale);
        }
        for id in &stale.clauses {
            // What becomes of a clause concerns what would change it, and is told of those.
            let at = draft.clauses.get(id).into_iter();
            stale
                .proposals
                .extend(at.flat_map(|c| c.proposals.iter().cloned()));
        }
        for id in &stale.clauses {
            let view = clause_view_labelled(draft, manuscript, &self.labels, id);
            self.put_clause(id, view.map(|view| Card::of(view, draft, manuscript)));
        }
        for id in &stale.proposals {
            let live = draft.proposals.get(id).is_some_and(|p| p.is_live());
            let view = proposal_view_labelled(draft, manuscript, &self.labels, id);
            self.put_proposal(draft, id, view.filter(|_| live));
        }
        if !self.draft.votes.ptr_eq(&draft.votes) {
            self.votes = Arc::new(votes(draft));
        }
        if !stale.clauses.is_empty() || !self.draft.packages.ptr_eq(&draft.packages) {
            self.packages = Arc::new(packages(draft));
        }
        if !self.draft.silences.ptr_eq(&draft.silences) {
            self.silences = Arc::new(silences(draft));
        }
        self.draft = draft.clone();
        self.manuscript = manuscript.clone();
    }

    /// The whole status.
    pub fn view(&self) -> StatusView {
        let totals = self.totals.clone();
        let clauses = self.order.iter().filter_map(|id| self.clause(id)).cloned();
        StatusView {
            draft: self.draft.id,
            seq: self.draft.seq,
            counts: totals.counts,
            words_agreed: totals.words_agreed,
            words: totals.words,
            brackets: totals.brackets,
            issues: totals.issues,
            objecting: totals.objecting.into_keys().collect(),
            clauses: clauses.collect(),
            proposals: self.proposals_in_order(),
            votes: self.votes.to_vec(),
            packages: self.packages.to_vec(),
            silences: self.silences.to_vec(),
        }
    }

    /// One clause as the status list shows it; none if the text has no such clause.
    pub fn clause(&self, id: &ClauseId) -> Option<&Arc<ClauseView>> {
        self.clauses.get(id).map(|card| &card.view)
    }

    /// One proposal with its words, if it is on the floor or ever was.
    pub fn proposal(&self, id: &ProposalId) -> Option<Arc<ProposalView>> {
        let past = || proposal_view_labelled(&self.draft, &self.manuscript, &self.labels, id);
        let live = self.proposals.get(id).cloned();
        live.or_else(|| past().map(Arc::new))
    }

    /// The numbers of the clauses.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    fn differences(&self, draft: &Draft, manuscript: &Manuscript) -> Stale {
        let mut stale = Stale::default();
        let (was, is) = (&self.draft, draft);
        if was.seats != is.seats
            || was.rule != is.rule
            || was.authentic != is.authentic
            || was.working != is.working
            || was.adopted.is_some() != is.adopted.is_some()
        {
            // The roster and the rule enter every tally, and the adoption every status.
            stale.clauses.extend(manuscript.clauses.keys().cloned());
            stale.proposals.extend(self.proposals.keys().cloned());
        }
        for (id, was, is) in was.clauses.diff(&is.clauses).map(|item| apart(&item)) {
            let deleted = |c: Option<&Clause>| c.is_some_and(Clause::is_deleted);
            stale.numbers |= deleted(was) != deleted(is);
            stale.clauses.insert(id.clone());
        }
        for (id, was, is) in self
            .manuscript
            .clauses
            .diff(&manuscript.clauses)
            .map(|item| apart(&item))
        {
            let place = |p: Option<&Paragraph>| p.map(|p| (p.order.clone(), p.kind, p.level));
            stale.numbers |= place(was) != place(is);
            stale.clauses.insert(id.clone());
        }
        let reworded = self.manuscript.proposals.diff(&manuscript.proposals);
        for id in reworded.map(|item| apart(&item).0) {
            // Other words may have other alternatives in the clause.
            let at = is.proposals.get(id).and_then(|p| p.clause());
            stale.clauses.extend(at.cloned());
            stale.proposals.insert(id.clone());
        }
        for (id, was, is) in was.proposals.diff(&is.proposals).map(|item| apart(&item)) {
            stale.proposals.insert(id.clone());
            // The others at its clause may be numbered otherwise now.
            let at = was.or(is).and_then(|p| p.stands_at());
            stale.clauses.extend(at.cloned());
        }
        for (_, was, is) in was.silences.diff(&is.silences).map(|item| apart(&item)) {
            let both = was.into_iter().chain(is);
            stale
                .clauses
                .extend(both.flat_map(|s| s.clauses.keys().cloned()));
        }
        for (_, was, is) in was.packages.diff(&is.packages).map(|item| apart(&item)) {
            let both = was.into_iter().chain(is);
            stale
                .clauses
                .extend(both.flat_map(|p| p.clauses.iter().cloned()));
        }
        // What becomes of one clause of a package concerns the others.
        for package in is.packages.values() {
            if package.clauses.iter().any(|id| stale.clauses.contains(id)) {
                stale.clauses.extend(package.clauses.iter().cloned());
            }
        }
        stale
    }

    /// Numbers and order anew; whose number has changed is looked at again.
    fn renumber(&mut self, draft: &Draft, manuscript: &Manuscript, stale: &mut Stale) {
        let order = manuscript.in_order().into_iter();
        self.order = Arc::new(order.map(|(id, _)| id.clone()).collect());
        let labels = labels(draft, manuscript);
        let renamed = |id: &&ClauseId| self.labels.get(*id) != labels.get(*id);
        let all = manuscript.clauses.keys();
        stale.clauses.extend(all.filter(renamed).cloned());
        self.labels = Arc::new(labels);
    }

    fn put_clause(&mut self, id: &ClauseId, card: Option<Card>) {
        if let Some(card) = &card {
            self.totals.add(card);
        }
        let was = match card {
            Some(card) => self.clauses.insert(id.clone(), card),
            None => self.clauses.remove(id),
        };
        if let Some(was) = was {
            self.totals.take_away(&was);
        }
    }

    fn put_proposal(&mut self, draft: &Draft, id: &ProposalId, view: Option<ProposalView>) {
        let negotiated = draft.negotiated();
        let adds = |p: &ProposalView| {
            let words = negotiated.and_then(|l| p.text.get(l));
            let is_new = matches!(p.amendment, Amendment::InsertAfter { .. });
            usize::from(is_new && words.is_some_and(|w| !w.is_empty()))
        };
        if let Some(view) = &view {
            self.totals.brackets += 1;
            self.totals.issues += adds(view);
            self.totals.hear(&view.tally.object);
        }
        let was = match view {
            Some(view) => self.proposals.insert(id.clone(), Arc::new(view)),
            None => self.proposals.remove(id),
        };
        if let Some(was) = was {
            self.totals.brackets -= 1;
            self.totals.issues -= adds(&was);
            self.totals.forget(&was.tally.object);
        }
    }

    /// The live proposals: those for a new first clause, then clause by clause the changes to it and what would follow it.
    fn proposals_in_order(&self) -> Vec<Arc<ProposalView>> {
        let is_first = |p: &&Arc<ProposalView>| {
            matches!(p.amendment, Amendment::InsertAfter { clause: None, .. })
        };
        let mut all: Vec<_> = self.proposals.values().filter(is_first).cloned().collect();
        all.sort_by_key(|p| p.seq);
        for id in self.order.iter() {
            let on = self.draft.live_on(id).chain(self.draft.live_after(id));
            all.extend(on.filter_map(|id| self.proposals.get(id)).cloned());
        }
        all
    }
}

/// What differs, as it was and as it is.
fn apart<'a, K, V>(item: &DiffItem<'a, 'a, K, V>) -> (&'a K, Option<&'a V>, Option<&'a V>) {
    match *item {
        DiffItem::Add(id, is) => (id, None, Some(is)),
        DiffItem::Update { old, new } => (new.0, Some(old.1), Some(new.1)),
        DiffItem::Remove(id, was) => (id, Some(was), None),
    }
}

impl Card {
    fn of(view: ClauseView, draft: &Draft, manuscript: &Manuscript) -> Self {
        let paragraph = manuscript.clauses.get(&view.id);
        let text = paragraph.and_then(|p| p.text.get(draft.negotiated()?));
        Self {
            words: text.map_or(0, |t| t.unicode_words().count()),
            issues: rolling::issues_in(draft, manuscript, &view.id),
            view: Arc::new(view),
        }
    }

    /// Words that count, and agreed words among them. What is deleted has none.
    fn words(&self) -> (usize, usize) {
        match self.view.status {
            ClauseStatus::Deleted => (0, 0),
            ClauseStatus::Agreed | ClauseStatus::Adopted => (self.words, self.words),
            ClauseStatus::AgreedAdRef
            | ClauseStatus::Open
            | ClauseStatus::Bracketed
            | ClauseStatus::InSilence
            | ClauseStatus::Ripe => (self.words, 0),
        }
    }

    /// Who objects, if it is still to be settled: on an agreed clause an objection brackets nothing.
    fn objecting(&self) -> &[DelegationId] {
        match self.view.status {
            ClauseStatus::Open
            | ClauseStatus::Bracketed
            | ClauseStatus::InSilence
            | ClauseStatus::Ripe => &self.view.tally.object,
            ClauseStatus::Deleted
            | ClauseStatus::AgreedAdRef
            | ClauseStatus::Agreed
            | ClauseStatus::Adopted => &[],
        }
    }
}

impl Totals {
    fn add(&mut self, card: &Card) {
        *self.counts.entry(card.view.status).or_default() += 1;
        let (words, agreed) = card.words();
        self.words += words;
        self.words_agreed += agreed;
        self.brackets += card.objecting().len();
        self.issues += card.issues;
        self.hear(card.objecting());
    }

    fn take_away(&mut self, card: &Card) {
        one_less(&mut self.counts, &card.view.status);
        let (words, agreed) = card.words();
        self.words -= words;
        self.words_agreed -= agreed;
        self.brackets -= card.objecting().len();
        self.issues -= card.issues;
        self.forget(card.objecting());
    }

    fn hear(&mut self, objecting: &[DelegationId]) {
        for who in objecting {
            *self.objecting.entry(who.clone()).or_default() += 1;
        }
    }

    fn forget(&mut self, objecting: &[DelegationId]) {
        for who in objecting {
            one_less(&mut self.objecting, who);
        }
    }
}

/// Counts one less; what comes to nothing is not listed.
fn one_less<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}
