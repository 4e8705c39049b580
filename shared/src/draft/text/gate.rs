//! The gate: which changes to the text are let in, from whom.
//!
//! A change is let in when it is canonical (written in the one way automerge writes it: a change that is not can make
//! the saved document unreadable), continues its actor's history, builds on what is known here, and writes only where
//! its author may. What was typed into an agreed clause without having seen the agreement is let in too, and set right
//! in the same entry: nothing honest is lost, and an agreed clause never changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use automerge::legacy::{ElementId, Key, Op, OpId, OpType};
use automerge::{ActorId, Change, ChangeHash, Cursor, ObjId, ObjType, ReadDoc as _, ScalarValue};
use imbl::OrdMap;

use super::{Changes, Known, ObjectKey, Panicked, Spot, Text, TextEdit, UnreadableText, shielded};
use crate::acts::{Act, Attempt, Base, Recover};
use crate::draft::{Draft, Kind, Mode, Role};
use crate::entry::{By, ChangeBytes, Place, Touched};
use crate::ids::{ClauseId, DelegationId, Digest, Hash, Heads, Language, ProposalId};
use crate::limits;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// Who submits changes to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The delegation.
    pub delegation: DelegationId,
    /// The role in which the person sits.
    pub role: Role,
}

impl Author {
    /// Who a submission's changes are from: a seat's delegation. None for those who only read, as the secretariat does.
    pub fn of(by: &By) -> Option<Self> {
        Some(Self {
            delegation: by.delegation()?.clone(),
            role: by.role()?,
        })
    }
}

/// Why changes were not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setback {
    /// They never will be: the sender must be told, and must give them up.
    Refused(Refusal),
    /// They build on changes that never arrived here: the sender is to be asked again for all it has.
    Missing,
}

impl From<Refusal> for Setback {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Changes let in, not applied yet.
#[derive(Debug, Clone)]
pub struct Admitted {
    author: Author,
    changes: Vec<Change>,
    /// Agreed wordings typed into without having seen the agreement, and the author's last change to each.
    attempts: BTreeMap<(ClauseId, Language), ChangeHash>,
}

impl Admitted {
    /// Whether an agreed clause has to be set right after these: they are then taken in alone.
    pub fn needs_restoring(&self) -> bool {
        !self.attempts.is_empty()
    }

    /// How many changes they are.
    pub fn count(&self) -> usize {
        self.changes.len()
    }

    /// The changes as the log keeps them.
    pub fn bytes(&self) -> Vec<ChangeBytes> {
        self.changes
            .iter()
            .map(|c| ChangeBytes(c.raw_bytes().to_vec()))
            .collect()
    }
}

/// What became of changes that were taken in: the makings of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// A [`Recover`], if an agreed clause had to be set right.
    pub act: Option<Act>,
    /// The author's changes, and the server's after them.
    pub changes: Vec<ChangeBytes>,
    /// The wordings settled.
    pub touched: Vec<Touched>,
}

/// What was let in before in the same run but is not applied yet.
#[derive(Debug, Clone, Default)]
struct Pending {
    changes: OrdMap<[u8; 32], (Vec<ChangeHash>, u64)>,
    actors: OrdMap<ActorId, Known>,
    places: OrdMap<ObjectKey, Spot>,
    made: OrdMap<Spot, ()>,
    /// Operations, by their actor and the count of the first.
    operations: OrdMap<(ActorId, u64), Arc<[Op]>>,
    max_op: u64,
}

/// A change that is looked at.
struct Writing<'c> {
    change: &'c Change,
    operations: Arc<[Op]>,
}

/// What a change has written already: within one change, what is written to a key again takes the place of what was
/// written there before, and no character is taken out twice. Automerge applies other things, and panics when it saves.
#[derive(Default)]
struct Once {
    values: BTreeMap<(Spot, String), OpId>,
    out: BTreeSet<(u64, ActorId)>,
}

impl Once {
    fn more(&mut self, spot: &Spot, op: &Op, count: u64, actor: &ActorId) -> bool {
        match (&op.key, &op.action) {
            (Key::Map(key), _) => {
                let id = OpId::new(count, actor);
                let before = self.values.insert((spot.clone(), key.to_string()), id);
                before.is_none_or(|before| op.pred.iter().eq([&before]))
            }
            (Key::Seq(ElementId::Id(out)), OpType::Delete) => {
                self.out.insert((out.counter(), out.actor().clone()))
            }
            (Key::Seq(_), _) => true,
        }
    }
}

/// Lets changes in, one submission after another, on top of a text that does not hold them yet.
#[derive(Debug)]
pub struct Gate<'a> {
    draft: &'a Draft,
    text: &'a Text,
    pending: Pending,
}

impl<'a> Gate<'a> {
    /// A gate before this text, under this draft's rules.
    pub fn new(draft: &'a Draft, text: &'a Text) -> Self {
        let pending = Pending {
            max_op: text.max_op,
            ..Pending::default()
        };
        Self {
            draft,
            text,
            pending,
        }
    }

    /// Lets a submission's changes in, all or none. None of them new: nothing to take in.
    ///
    /// # Errors
    /// [`Setback`]; the gate is then as it was before.
    pub fn admit(
        &mut self,
        author: &Author,
        changes: Changes,
    ) -> Result<Option<Admitted>, Setback> {
        let before = self.pending.clone();
        let admitted = self.admit_all(author, changes.0);
        if admitted.is_err() {
            self.pending = before;
        }
        admitted
    }

    fn admit_all(
        &mut self,
        author: &Author,
        changes: Vec<Change>,
    ) -> Result<Option<Admitted>, Setback> {
        let mut admitted = Admitted {
            author: author.clone(),
            changes: Vec::new(),
            attempts: BTreeMap::new(),
        };
        let mut waiting = changes;
        waiting.retain(|c| !self.pending.changes.contains_key(&c.hash().0));
        // They come in an order that can be applied; two more passes forgive a sender that shuffles a little.
        for _ in 0..3 {
            let mut later = Vec::new();
            for change in waiting {
                if change.deps().iter().all(|d| self.knows(d)) {
                    self.admit_one(author, &change, &mut admitted.attempts)?;
                    admitted.changes.push(change);
                } else {
                    later.push(change);
                }
            }
            waiting = later;
            if waiting.is_empty() {
                return Ok((!admitted.changes.is_empty()).then_some(admitted));
            }
        }
        Err(Setback::Missing)
    }

    fn knows(&self, hash: &ChangeHash) -> bool {
        self.pending.changes.contains_key(&hash.0)
            || self.text.doc.get_change_meta_by_hash(hash).is_some()
    }

    fn max_op_of(&self, hash: &ChangeHash) -> Option<u64> {
        match self.pending.changes.get(&hash.0) {
            Some((_, max_op)) => Some(*max_op),
            None => self
                .text
                .doc
                .get_change_meta_by_hash(hash)
                .map(|m| m.max_op),
        }
    }

    fn admit_one(
        &mut self,
        author: &Author,
        change: &Change,
        attempts: &mut BTreeMap<(ClauseId, Language), ChangeHash>,
    ) -> Result<(), Refusal> {
        if change.len() > limits::CHANGE_OPS {
            return Err(too_large("One change holds too many edits."));
        }
        let canonical = shielded(|| {
            let decoded = change.decode();
            let again = Change::from(decoded.clone());
            (again.hash() == change.hash()).then_some(decoded)
        });
        let Ok(Some(decoded)) = canonical else {
            return Err(damaged());
        };
        self.check_actor(author, change)?;

        let start = change.start_op().get();
        let mut spots = BTreeSet::new();
        let writing = Writing {
            change,
            operations: decoded.operations.into(),
        };
        let mut once = Once::default();
        for (n, op) in (0u64..).zip(&*writing.operations) {
            let spot = self.spot(op).ok_or_else(|| {
                Refusal::new(
                    "unknown-place",
                    "The change writes where this draft has no text.",
                    "Open the draft again and type into one of its clauses.",
                )
            })?;
            if !once.more(&spot, op, start + n, change.actor_id())
                || !self.follows(&writing, &spot, op, start + n)
            {
                return Err(damaged());
            }
            if let Some(made) = self.check_op(author, &spot, op)? {
                self.pending
                    .places
                    .insert((start + n, change.actor_id().clone()), made.clone());
                self.pending.made.insert(made, ());
            }
            spots.insert(spot);
        }
        for spot in spots {
            if let Spot::ClauseText(clause, language) = spot
                && self.is_locked(&clause, &language)
            {
                if self.has_seen_agreement(&clause, change) {
                    return Err(agreed(&clause));
                }
                attempts.insert((clause, language), change.hash());
            }
        }
        self.pending
            .changes
            .insert(change.hash().0, (change.deps().to_vec(), change.max_op()));
        self.pending
            .operations
            .insert((change.actor_id().clone(), start), writing.operations);
        self.pending.max_op = self.pending.max_op.max(change.max_op());
        Ok(())
    }

    /// An actor is one replica of one delegation; its changes are numbered without a gap.
    fn check_actor(&mut self, author: &Author, change: &Change) -> Result<(), Refusal> {
        let actor = change.actor_id();
        if Text::is_servers(self.text.draft, actor) {
            return Err(forged());
        }
        let known = self
            .pending
            .actors
            .get(actor)
            .or_else(|| self.text.actors.get(actor));
        let last = match known {
            Some(k) if k.owner.as_ref() != Some(&author.delegation) => return Err(forged()),
            Some(k) => k.seq,
            None => 0,
        };
        if change.seq() != last + 1 {
            return Err(Refusal::new(
                "actor-forked",
                "This copy of the draft was continued from an earlier state of itself, so its history has two ends.",
                "Open the draft afresh and make the edit there.",
            ));
        }
        // An honest change numbers its operations from what its author knew: after all that it builds on, and not
        // beyond what is known here. Anything else makes the saved document unreadable, or runs the counters out.
        let start = change.start_op().get();
        let before = change
            .deps()
            .iter()
            .try_fold(0, |max, d| Some(max.max(self.max_op_of(d)?)));
        let Some(before) = before else {
            return Err(damaged());
        };
        // One without operations leaves no trace of its number but in what it builds on.
        let latest = if change.is_empty() {
            before
        } else {
            self.pending.max_op
        };
        if start <= before || start > latest + 1 {
            return Err(damaged());
        }
        let known = Known {
            seq: change.seq(),
            owner: Some(author.delegation.clone()),
        };
        self.pending.actors.insert(actor.clone(), known);
        Ok(())
    }

    fn spot(&self, op: &Op) -> Option<Spot> {
        match &op.obj {
            automerge::legacy::ObjectId::Root => Some(Spot::Root),
            automerge::legacy::ObjectId::Id(id) => {
                let key = (id.counter(), id.actor().clone());
                self.pending
                    .places
                    .get(&key)
                    .or_else(|| self.text.places.get(&key))
                    .cloned()
            }
        }
    }

    /// Whether an operation follows and takes the place of what it may: what is really there, in the object that it is in
    /// itself. Automerge does not look: it lets a deletion in one object take a character out of another, and what takes
    /// the place of something that is not there makes the saved document unreadable. `count` is the operation's own.
    ///
    /// What comes into a wording after something that is not there makes automerge panic, and is refused for that.
    fn follows(&self, writing: &Writing<'_>, spot: &Spot, op: &Op, count: u64) -> bool {
        match &op.key {
            Key::Seq(_) if op.insert => op.pred.is_empty(),
            // In a wording every character has one operation: that which put it there.
            Key::Seq(ElementId::Id(out)) => {
                op.pred.iter().eq([out]) && self.is_character(writing, spot, op, out, count)
            }
            Key::Seq(ElementId::Head) => false,
            Key::Map(_) if op.insert => false,
            Key::Map(key) => {
                op.pred
                    .iter()
                    .all(|before| self.is_value(writing, spot, op, key, before, count))
                    && self.replaces_what_was_seen(writing, spot, op, key, count)
            }
        }
    }

    /// Whether a value takes the place of every value that its author saw there, as automerge writes it. One that leaves
    /// another standing makes automerge panic when it saves.
    fn replaces_what_was_seen(
        &self,
        writing: &Writing<'_>,
        spot: &Spot,
        op: &Op,
        key: &str,
        count: u64,
    ) -> bool {
        // What has come in with the same run has replaced what was there before it.
        let pending = |before: &OpId| self.pending_op(writing, before, count).is_some();
        if op.pred.iter().any(pending) {
            return true;
        }
        let Some(object) = object_of(spot, op) else {
            return false;
        };
        let known = self.known_before(writing.change);
        // An object that is not in the text yet has no values in it.
        let seen = shielded(|| self.text.doc.get_all_at(&object, key, &known).ok());
        let Ok(seen) = seen.map(Option::unwrap_or_default) else {
            return false;
        };
        let replaced = |(_, there): &(_, ObjId)| {
            matches!(there, ObjId::Id(c, a, _)
                if op.pred.iter().any(|p| p.counter() == *c && p.actor() == a))
        };
        seen.iter().all(replaced)
    }

    /// An operation that is not in the text yet: of the run, or of the change itself, before `count`.
    fn pending_op<'o>(&'o self, writing: &'o Writing<'_>, id: &OpId, count: u64) -> Option<&'o Op> {
        let actor = id.actor();
        if actor == writing.change.actor_id() && id.counter() >= writing.change.start_op().get() {
            let n = id.counter() - writing.change.start_op().get();
            return (id.counter() < count)
                .then(|| writing.operations.get(usize::try_from(n).ok()?))?;
        }
        let until = (actor.clone(), id.counter());
        let ((of, first), operations) = self.pending.operations.range(..=until).next_back()?;
        let n = id.counter().checked_sub(*first).filter(|_| of == actor)?;
        operations.get(usize::try_from(n).ok()?)
    }

    fn is_character(
        &self,
        writing: &Writing<'_>,
        spot: &Spot,
        op: &Op,
        id: &OpId,
        count: u64,
    ) -> bool {
        if let Some(known) = self.pending_op(writing, id, count) {
            return known.insert && known.obj == op.obj;
        }
        let Some(object) = object_of(spot, op) else {
            return false;
        };
        // Automerge panics if it is in another object.
        let there = shielded(|| {
            let cursor = Cursor::try_from(format!("{}@{}", id.counter(), id.actor())).ok()?;
            self.text
                .doc
                .get_cursor_position(&object, &cursor, None)
                .ok()
        });
        matches!(there, Ok(Some(_)))
    }

    fn is_value(
        &self,
        writing: &Writing<'_>,
        spot: &Spot,
        op: &Op,
        key: &str,
        id: &OpId,
        count: u64,
    ) -> bool {
        if let Some(known) = self.pending_op(writing, id, count) {
            return known.obj == op.obj && known.key == op.key;
        }
        let Some(object) = object_of(spot, op) else {
            return false;
        };
        // What stood there as its author saw it: one that builds on a change must have seen it.
        let known = self.known_before(writing.change);
        let then = shielded(|| self.text.doc.get_all_at(&object, key, &known).ok());
        let is_it = |there: &ObjId| matches!(there, ObjId::Id(c, a, _) if *c == id.counter() && a == id.actor());
        then.is_ok_and(|then| then.into_iter().flatten().any(|(_, there)| is_it(&there)))
    }

    /// The newest changes that a change builds on and that the text holds already.
    fn known_before(&self, change: &Change) -> Vec<ChangeHash> {
        let mut seen = BTreeSet::new();
        let mut stack = change.deps().to_vec();
        let mut known = Vec::new();
        while let Some(hash) = stack.pop() {
            if !seen.insert(hash) {
                continue;
            }
            match self.pending.changes.get(&hash.0) {
                Some((deps, _)) => stack.extend(deps.iter().copied()),
                None => known.push(hash),
            }
        }
        known
    }

    fn exists(&self, spot: &Spot) -> bool {
        self.pending.made.contains_key(spot) || self.text.objects.contains_key(spot)
    }

    /// One operation: may this author do that there? Returns the place that it makes, if it makes one.
    fn check_op(&self, author: &Author, spot: &Spot, op: &Op) -> Result<Option<Spot>, Refusal> {
        if let (OpType::Delete, Key::Map(_)) = (&op.action, &op.key) {
            return Err(Refusal::new(
                "no-deletion",
                "A clause or a language cannot be deleted by editing: it could never be brought back.",
                "Propose to delete the clause instead.",
            ));
        }
        self.check_adopted(spot, op)?;
        match spot {
            Spot::ClauseText(clause, _) => {
                self.may_type_into(author, clause)?;
                check_typing(op).map(|()| None)
            }
            Spot::ProposalText(proposal, _) => {
                self.may_word(author, proposal)?;
                check_typing(op).map(|()| None)
            }
            Spot::ProposalTexts(proposal) => {
                self.may_word(author, proposal)?;
                self.check_new_wording(spot, op).map(Some)
            }
            Spot::ClauseTexts(clause) => {
                may_begin_wording(author)?;
                let made = self.check_new_wording(spot, op)?;
                match &made {
                    // Whatever an agreement does not cover, a translation of it may still be written.
                    Spot::ClauseText(_, language) if !self.draft.authentic.contains(language) => {}
                    _ => self.check_unlocked(clause)?,
                }
                Ok(Some(made))
            }
            Spot::Clause(clause) => {
                self.may_structure(author)?;
                self.check_particular(clause, op)
            }
            Spot::Clauses => {
                self.may_structure(author)?;
                self.check_new_clause(op).map(Some)
            }
            Spot::Root | Spot::Proposals | Spot::Proposal(_) => Err(structure()),
        }
    }

    /// Once the text is adopted, its translations in working languages are corrected and nothing else.
    fn check_adopted(&self, spot: &Spot, op: &Op) -> Result<(), Refusal> {
        let Some(adoption) = &self.draft.adopted else {
            return Ok(());
        };
        let working = |language: &Language| self.draft.working.contains(language);
        let is_translation = match (spot, &op.key) {
            (Spot::ClauseText(_, language), _) => working(language),
            (Spot::ClauseTexts(_), Key::Map(key)) => key.parse().is_ok_and(|l| working(&l)),
            _ => false,
        };
        if is_translation {
            Ok(())
        } else {
            Err(Refusal::draft_adopted(&adoption.name))
        }
    }

    fn may_type_into(&self, author: &Author, _clause: &ClauseId) -> Result<(), Refusal> {
        match author.role {
            Role::PenHolder | Role::Facilitator => Ok(()),
            Role::Delegate if self.draft.mode == Mode::Open => Ok(()),
            Role::Delegate => Err(Refusal::new(
                "proposals-mode",
                "In this draft delegates do not type into clauses.",
                "Make a proposal, or ask the chair to open the draft for typing.",
            )),
            Role::Observer | Role::Archivist => Err(Refusal::not_entitled(
                "change the text",
                "a delegation or the pen-holder",
            )),
        }
    }

    fn may_word(&self, author: &Author, proposal: &ProposalId) -> Result<(), Refusal> {
        if matches!(author.role, Role::Observer | Role::Archivist) {
            return Err(Refusal::not_entitled(
                "change the text",
                "a delegation or the pen-holder",
            ));
        }
        let known = self
            .draft
            .proposals
            .get(proposal)
            .ok_or_else(|| Refusal::unknown_proposal(proposal))?;
        // What was decided on (taken in, withdrawn, declined) must go on reading as it did then.
        if !known.is_live() {
            return Err(Refusal::proposal_not_live(proposal, known.state.name()));
        }
        if known.is_sponsored_by(&author.delegation) {
            Ok(())
        } else {
            Err(Refusal::new(
                "not-a-sponsor",
                format!("Only the sponsors of {proposal} write its wording."),
                format!("Co-sponsor it first: `plenary cosponsor {proposal}`."),
            ))
        }
    }

    fn may_structure(&self, author: &Author) -> Result<(), Refusal> {
        if author.role.holds_the_pen() {
            Ok(())
        } else {
            Err(structure())
        }
    }

    fn check_unlocked(&self, clause: &ClauseId) -> Result<(), Refusal> {
        match self.draft.clauses.get(clause) {
            Some(c) if c.agreement.is_some() => Err(agreed(clause)),
            _ => Ok(()),
        }
    }

    fn check_new_wording(&self, spot: &Spot, op: &Op) -> Result<Spot, Refusal> {
        let (Key::Map(key), OpType::Make(ObjType::Text)) = (&op.key, &op.action) else {
            return Err(structure());
        };
        let language: Language = key.parse().map_err(|_| structure())?;
        if !self.draft.speaks(&language) {
            return Err(Refusal::unknown_language(&language));
        }
        let made = spot.child(key).ok_or_else(structure)?;
        if self.exists(&made) {
            Err(already_there())
        } else {
            Ok(made)
        }
    }

    fn check_new_clause(&self, op: &Op) -> Result<Spot, Refusal> {
        let (Key::Map(key), OpType::Make(ObjType::Map)) = (&op.key, &op.action) else {
            return Err(structure());
        };
        let made = Spot::Clauses.child(key).ok_or_else(structure)?;
        if self.exists(&made) {
            return Err(already_there());
        }
        if self.draft.clauses.len() >= limits::CLAUSES {
            return Err(too_large("The draft has as many clauses as it may have."));
        }
        Ok(made)
    }

    /// Order, kind and level of a clause, in the forms the schema gives them.
    fn check_particular(&self, clause: &ClauseId, op: &Op) -> Result<Option<Spot>, Refusal> {
        self.check_unlocked(clause)?;
        let Key::Map(key) = &op.key else {
            return Err(structure());
        };
        match (key.as_str(), &op.action) {
            ("order", OpType::Put(ScalarValue::Str(s))) if s.len() <= 256 && !s.is_empty() => {
                Ok(None)
            }
            ("kind", OpType::Put(ScalarValue::Str(s))) if Kind::named(s).is_some() => Ok(None),
            ("level", OpType::Put(ScalarValue::Int(n))) if (1..=9).contains(n) => Ok(None),
            ("level", OpType::Put(ScalarValue::Uint(n))) if (1..=9).contains(n) => Ok(None),
            ("text", OpType::Make(ObjType::Map)) => {
                let made = Spot::ClauseTexts(clause.clone());
                if self.exists(&made) {
                    Err(already_there())
                } else {
                    Ok(Some(made))
                }
            }
            _ => Err(structure()),
        }
    }

    /// Agreed, in a language that the agreement covers.
    fn is_locked(&self, clause: &ClauseId, language: &Language) -> bool {
        let agreement = self
            .draft
            .clauses
            .get(clause)
            .and_then(|c| c.agreement.as_ref());
        agreement.is_some_and(|a| a.digests.contains_key(language))
    }

    fn has_seen_agreement(&self, clause: &ClauseId, change: &Change) -> bool {
        let Some(Hash(mark)) = self
            .draft
            .clauses
            .get(clause)
            .and_then(|c| c.agreement_change)
        else {
            return true;
        };
        let mark = ChangeHash(mark);
        self.text.builds_on(&self.known_before(change), mark)
    }
}

/// Typing: characters in, characters out. A mark that ends before it begins would make the saved document unreadable; and
/// as a wording here is its characters and nothing else, no marks are taken at all.
fn check_typing(op: &Op) -> Result<(), Refusal> {
    match (&op.action, &op.key) {
        (OpType::Put(ScalarValue::Str(_)), Key::Seq(_)) if op.insert => Ok(()),
        (OpType::Delete, Key::Seq(_)) if !op.insert => Ok(()),
        _ => Err(Refusal::new(
            "not-text",
            "A wording holds characters, and nothing else: no formatting, lists or values.",
            "Use a client that edits text with splice or updateText, and marks nothing.",
        )),
    }
}

/// The object in the document that an operation is in.
fn object_of(spot: &Spot, op: &Op) -> Option<ObjId> {
    match (&op.obj, spot) {
        (automerge::legacy::ObjectId::Id(id), _) => {
            Some(ObjId::Id(id.counter(), id.actor().clone(), 0))
        }
        (automerge::legacy::ObjectId::Root, Spot::Root) => Some(automerge::ROOT),
        _ => None,
    }
}

/// Who begins a clause's wording in a language in which it has none. Two who begin one at the same time make two, of
/// which one is lost: so it is not for everybody.
fn may_begin_wording(author: &Author) -> Result<(), Refusal> {
    if author.role.holds_the_pen() {
        return Ok(());
    }
    Err(Refusal::new(
        "structure-is-the-pen-holders",
        "Only the pen-holder and the chair begin a clause's wording in another language.",
        "Give them the translation, or make a proposal in that language.",
    ))
}

fn structure() -> Refusal {
    Refusal::new(
        "structure-is-the-pen-holders",
        "Only the pen-holder and the chair change the order and the kinds of clauses, and only as the schema has them.",
        "Propose a new clause, or ask the pen-holder.",
    )
}

fn already_there() -> Refusal {
    Refusal::new(
        "already-there",
        "There is a clause or a wording at that place already.",
        "Synchronise first, then edit what is there.",
    )
}

fn agreed(clause: &ClauseId) -> Refusal {
    Refusal::new(
        "clause-agreed",
        format!("Clause {clause} is agreed; its text is locked."),
        "Ask the chair to reopen it.",
    )
    .of("clause", clause)
}

fn forged() -> Refusal {
    Refusal::new(
        "forged-actor",
        "The change is signed as another delegation's.",
        "Open the draft afresh, so that your edits get a signature of their own.",
    )
}

fn damaged() -> Refusal {
    Refusal::new(
        "damaged-change",
        "The change is damaged, or not in the form that automerge writes.",
        "Use an unmodified automerge of version 3 or later, and open the draft afresh.",
    )
}

fn too_large(sentence: &str) -> Refusal {
    Refusal::new("too-large", sentence, "Divide it into smaller parts.")
}

impl Text {
    /// Takes admitted changes in: one batch, one entry's makings for each. On an error this text is half changed and
    /// must be thrown away: call it on a clone.
    ///
    /// Each wording is settled at the last of them that touches it.
    ///
    /// # Errors
    /// The [`Refusal`] to all of them, if they do not apply or a wording becomes too long. Then try them one by one, to
    /// find whose fault it is.
    pub fn take_in(&mut self, run: Vec<Admitted>) -> Result<Vec<TakenIn>, Refusal> {
        let mut last: BTreeMap<Spot, usize> = BTreeMap::new();
        let mut all = Vec::new();
        let mut taken = Vec::new();
        for (n, admitted) in run.into_iter().enumerate() {
            let noted = shielded(|| {
                let mut spots = BTreeSet::new();
                for change in &admitted.changes {
                    self.note(change, Some(&admitted.author.delegation), &mut spots)?;
                }
                Ok::<_, String>(spots)
            });
            let Ok(Ok(spots)) = noted else {
                return Err(damaged());
            };
            last.extend(spots.into_iter().map(|s| (s, n)));
            taken.push(TakenIn {
                act: None,
                changes: admitted.bytes(),
                touched: Vec::new(),
            });
            all.extend(admitted.changes);
        }
        let hashes: Vec<ChangeHash> = all.iter().map(Change::hash).collect();
        match shielded(|| self.doc.write().apply_changes(all)) {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(Panicked) => return Err(damaged()),
        }
        // Automerge keeps a change that it cannot apply yet aside, without a word. In the log it would wait for ever.
        if hashes
            .iter()
            .any(|h| self.doc.get_change_meta_by_hash(h).is_none())
        {
            return Err(damaged());
        }
        let mut settled: BTreeMap<usize, BTreeSet<Spot>> = BTreeMap::new();
        for (spot, n) in last {
            settled.entry(n).or_default().insert(spot);
        }
        for (n, spots) in settled {
            // Reading what hostile changes left behind may panic as well.
            let touched = shielded(|| {
                let long = |s: &Spot| {
                    self.objects
                        .get(s)
                        .is_some_and(|o| self.units(o) > limits::WORDING_UNITS)
                };
                let too_long = spots
                    .iter()
                    .any(|s| s.place().is_some_and(|(_, l)| l.is_some()) && long(s));
                (!too_long).then(|| self.touched(&spots))
            });
            match touched {
                Ok(Some(touched)) => {
                    if let Some(t) = taken.get_mut(n) {
                        t.touched = touched;
                    }
                }
                Ok(None) => {
                    return Err(too_large(&format!(
                        "A wording would become longer than {} characters.",
                        limits::WORDING_UNITS
                    )));
                }
                Err(Panicked) => return Err(damaged()),
            }
        }
        Ok(taken)
    }

    fn units(&self, object: &ObjId) -> usize {
        self.doc.length(object)
    }

    /// Takes in changes that typed into an agreed clause, and sets it right: the agreed text stands, the attempt is kept
    /// as a proposal of its author. All in one entry.
    ///
    /// # Errors
    /// As [`Text::take_in`].
    pub fn take_in_and_restore(
        &mut self,
        admitted: Admitted,
        draft: &Draft,
        at: Timestamp,
    ) -> Result<TakenIn, Refusal> {
        let author = admitted.author.clone();
        let attempts = admitted.attempts.clone();
        let agreed: Vec<String> = attempts
            .keys()
            .map(|(c, l)| {
                self.wording(&Place::Clause(c.clone()), l)
                    .unwrap_or_default()
            })
            .collect();
        let mut taken = self.take_in(vec![admitted])?.pop().ok_or_else(damaged)?;
        let mut edits = Vec::new();
        let mut kept = Vec::new();
        let mut next = 1;
        for (((clause, language), change), agreed) in attempts.into_iter().zip(agreed) {
            let spot = Spot::ClauseText(clause.clone(), language.clone());
            let attempt = self.as_seen_at(&spot, change).unwrap_or_default();
            if attempt != agreed {
                let proposal = self.proposal_for(
                    draft,
                    &author.delegation,
                    &clause,
                    &language,
                    &kept,
                    &mut next,
                )?;
                edits.push(TextEdit::SetProposal {
                    proposal: proposal.clone(),
                    text: [(language.clone(), attempt)].into(),
                });
                let base = Base {
                    heads: Heads::default(),
                    digest: Digest::of(&agreed),
                };
                kept.push(Attempt {
                    proposal,
                    clause: clause.clone(),
                    language: language.clone(),
                    base,
                });
            }
            edits.push(TextEdit::SetWording {
                clause,
                language,
                text: agreed,
                base: None,
            });
        }
        let written = shielded(|| self.write(&edits, at));
        let Ok(Ok((changes, touched))) = written else {
            return Err(damaged());
        };
        // The attempt is a set of changes to the agreed text as it stands now, its characters written anew: against the
        // moment before, taking it in would meet its own first traces.
        let heads = self.heads();
        for attempt in &mut kept {
            attempt.base.heads.clone_from(&heads);
        }
        taken.changes.extend(changes);
        // What the restoring settles stands last; the digests of the agreed wordings are what they were.
        taken.touched.extend(touched.iter().cloned());
        let mut settled: BTreeMap<(Place, Option<Language>), Touched> = BTreeMap::new();
        for t in taken.touched {
            settled.insert((t.place.clone(), t.language.clone()), t);
        }
        taken.touched = settled.into_values().collect();
        if !kept.is_empty() {
            taken.act = Some(Act::Recover(Recover { attempts: kept }));
        }
        Ok(taken)
    }

    /// The proposal that keeps an attempt: the one that already keeps this delegation's attempt at this wording, so that
    /// ten keystrokes do not become ten proposals; else the next free one.
    fn proposal_for(
        &self,
        draft: &Draft,
        author: &DelegationId,
        clause: &ClauseId,
        language: &Language,
        kept: &[Attempt],
        next: &mut usize,
    ) -> Result<ProposalId, Refusal> {
        let same = draft.proposals.iter().find(|(_, p)| {
            p.recovered
                && p.is_live()
                && p.by == *author
                && p.clause() == Some(clause)
                && p.digests.keys().eq([language])
        });
        if let Some((id, _)) = same {
            return Ok(id.clone());
        }
        if draft.proposals.len() + kept.len() >= limits::PROPOSALS {
            return Err(too_large("The draft has as many proposals as it may have."));
        }
        loop {
            let id: ProposalId = format!("p{next}").parse().map_err(|_| damaged())?;
            *next += 1;
            let taken = draft.proposals.contains_key(&id) || kept.iter().any(|a| a.proposal == id);
            if !taken && !self.has_proposal(&id) {
                return Ok(id);
            }
        }
    }
}

impl From<UnreadableText> for Refusal {
    fn from(_: UnreadableText) -> Self {
        damaged()
    }
}
