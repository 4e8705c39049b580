//! The text of a draft: one automerge document, its schema, and the only place where it is read or written.
//!
//! One `Text` object per clause per language, because applying a change costs what the touched object is large.
//! Positions count UTF-16 code units, as JavaScript does. Nothing outside this module (and the redline's history) sees
//! an automerge type.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use automerge::{
    ActorId, Automerge, ChangeHash, LoadOptions, ObjId, ReadDoc, ScalarValue, TextEncoding, Value,
};
use imbl::OrdMap;
use sha2::Digest as _;

use crate::draft::{Kind, Manuscript, Paragraph};
use crate::entry::{ChangeBytes, Place, Touched};
use crate::ids::{ClauseId, DelegationId, Digest, DraftId, Hash, Heads, Language, ProposalId};

mod chunks;
mod copies;
mod gate;
mod lend;
mod letters;
mod measure;
mod packed;
mod peer;
mod places;
mod receipt;
#[cfg(test)]
mod tests;
mod write;

use copies::Doc;
use packed::Holding;

pub use chunks::{Changes, Incoming, MalformedText};
pub use gate::{Admitted, Author, Gate, Setback, TakenIn};
pub use lend::Rewording;
pub(crate) use letters::{Letter, Mark};
pub use peer::{Peer, Shared, Whole};
pub(crate) use places::Spot;
pub use receipt::Receipt;
pub use write::{LocalEdit, TextEdit};

/// An id of an object in the document: the counter and the actor of the operation that made it.
type ObjectKey = (u64, ActorId);

/// Of a batch of changes, the number of the last that wrote to each place; without a language, to its particulars.
pub type LastWritten = BTreeMap<(Place, Option<Language>), usize>;

/// What is known of an actor (one replica's signature in the history of the text).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    /// The number of its last change.
    seq: u64,
    /// The delegation it belongs to; none for the server's own.
    owner: Option<DelegationId>,
}

/// The words of one draft with their whole history. A clone is cheap; its first change costs a copy, or, where there is a
/// retired one ([`Text::retire`]), what that must catch up with.
#[derive(Debug, Clone)]
pub struct Text(Holding);

/// A text that can be worked with.
#[derive(Debug, Clone)]
pub struct Opened {
    doc: Doc,
    draft: DraftId,
    /// What each object in the document is.
    places: OrdMap<ObjectKey, Spot>,
    /// Where each place's object is.
    objects: OrdMap<Spot, ObjId>,
    actors: OrdMap<ActorId, Known>,
    /// The highest operation counter in the document: an honest change starts right after what its author knew.
    max_op: u64,
}

/// Bytes that are no text of this draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the text cannot be read: {0}")]
pub struct UnreadableText(pub String);

impl From<Opened> for Text {
    fn from(opened: Opened) -> Self {
        Self(Holding::Opened(opened))
    }
}

impl Text {
    /// An empty text of that draft, to be written by the server.
    pub fn new(draft: DraftId) -> Self {
        Self::replica(draft, Self::server_actor(draft))
    }

    /// An empty replica whose own edits are signed by `actor`: 16 to 64 bytes that no other replica uses.
    ///
    /// The caller draws them: `shared` has no randomness.
    pub fn replica_of(draft: DraftId, actor: &[u8]) -> Self {
        Self::replica(draft, ActorId::from(actor))
    }

    fn replica(draft: DraftId, actor: ActorId) -> Self {
        let doc = Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit).with_actor(actor);
        let mut text = Opened::of(draft, doc);
        text.reindex();
        text.into()
    }

    /// Reads a saved text. `owners` says which delegation each actor belongs to, as [`Text::owners`] gave it. A replica
    /// signs with `actor`; the server, with its own (none).
    ///
    /// # Errors
    /// [`UnreadableText`] if the bytes are no automerge document; never panics.
    pub fn load(
        draft: DraftId,
        bytes: &[u8],
        owners: &BTreeMap<Vec<u8>, DelegationId>,
        actor: Option<&[u8]>,
    ) -> Result<Self, UnreadableText> {
        Opened::load(draft, bytes, owners, actor).map(Self::from)
    }

    /// `old` is no longer needed, and lacks only `changes`: the next change to a clone of this text builds on it, instead
    /// of on a copy of the whole history.
    pub fn retire(&self, old: Self, changes: Vec<ChangeBytes>) {
        if let Some(old) = old.into_opened() {
            self.doc.retire(old.doc, changes);
        }
    }

    /// The draft that this is the text of.
    pub fn draft(&self) -> DraftId {
        self.draft
    }

    /// Whether that moment is known here.
    pub fn knows(&self, heads: &Heads) -> bool {
        heads
            .0
            .iter()
            .all(|h| self.doc.get_change_meta_by_hash(&ChangeHash(h.0)).is_some())
    }

    /// How many changes the text is made of.
    pub fn changes(&self) -> u64 {
        self.doc.stats().num_changes
    }

    /// The hash of a change: automerge's, SHA-256 over the chunk from its type byte on. None if it is no change.
    pub fn hash_of(change: &ChangeBytes) -> Option<Hash> {
        chunks::hash(&change.0)
    }

    /// Moves the heads of a text's history over a change, without the text: a head that it builds on is one no more.
    /// None if the bytes are no change of the log.
    #[must_use]
    pub fn move_heads(heads: &mut BTreeSet<Hash>, change: &ChangeBytes) -> Option<()> {
        for dep in chunks::deps(&change.0)? {
            heads.remove(&dep);
        }
        heads.insert(chunks::hash(&change.0)?);
        Some(())
    }

    /// Applies changes that were admitted before, each with the delegation it came from (none: the server's), as one
    /// batch: replaying a log. What comes back is, for each place they wrote to, which of them wrote there last.
    ///
    /// # Errors
    /// [`UnreadableText`] if one does not apply; the text is then half changed and must be thrown away. Never panics.
    pub fn apply(
        &mut self,
        changes: &[(ChangeBytes, Option<DelegationId>)],
    ) -> Result<LastWritten, UnreadableText> {
        let applied = shielded(|| {
            let mut read = Vec::with_capacity(changes.len());
            let mut last = BTreeMap::new();
            for (n, (bytes, owner)) in changes.iter().enumerate() {
                let change =
                    automerge::Change::from_bytes(bytes.0.clone()).map_err(|e| e.to_string())?;
                let mut spots = BTreeSet::new();
                self.note(&change, owner.as_ref(), &mut spots)?;
                last.extend(spots.into_iter().map(|spot| (spot, n)));
                read.push(change);
            }
            let hashes: Vec<ChangeHash> = read.iter().map(automerge::Change::hash).collect();
            self.doc
                .write()
                .apply_changes(read)
                .map_err(|e| e.to_string())?;
            if hashes
                .iter()
                .any(|h| self.doc.get_change_meta_by_hash(h).is_none())
            {
                return Err("a change builds on others that are not there".to_owned());
            }
            Ok(last)
        });
        match applied {
            Ok(Ok(last)) => Ok(last
                .into_iter()
                .filter_map(|(spot, n)| Some((spot.place()?, n)))
                .collect()),
            Ok(Err(why)) => Err(UnreadableText(why)),
            Err(Panicked) => Err(UnreadableText("a change does not fit the text".into())),
        }
    }

    /// Notes a change's actor and the objects it makes, and which places it touches.
    fn note(
        &mut self,
        change: &automerge::Change,
        owner: Option<&DelegationId>,
        touched: &mut BTreeSet<Spot>,
    ) -> Result<(), String> {
        let actor = change.actor_id().clone();
        let owner = if Self::is_servers(self.draft, &actor) {
            None
        } else {
            owner.cloned()
        };
        self.actors.insert(
            actor.clone(),
            Known {
                seq: change.seq(),
                owner,
            },
        );
        self.max_op = self.max_op.max(change.max_op());
        let start = change.start_op().get();
        let decoded = change.decode();
        for (n, op) in (0u64..).zip(&decoded.operations) {
            let spot = self.spot(&op.obj).ok_or("it writes where nothing is")?;
            touched.insert(spot.clone());
            if let (automerge::legacy::OpType::Make(_), automerge::legacy::Key::Map(key)) =
                (&op.action, &op.key)
                && let Some(made) = spot.child(key)
            {
                touched.insert(made.clone());
                self.index(made, start + n, &actor);
            }
        }
        Ok(())
    }

    fn index(&mut self, spot: Spot, counter: u64, actor: &ActorId) {
        self.places.insert((counter, actor.clone()), spot.clone());
        self.objects
            .insert(spot, ObjId::Id(counter, actor.clone(), 0));
    }

    fn spot(&self, object: &automerge::legacy::ObjectId) -> Option<Spot> {
        match object {
            automerge::legacy::ObjectId::Root => Some(Spot::Root),
            automerge::legacy::ObjectId::Id(id) => self
                .places
                .get(&(id.counter(), id.actor().clone()))
                .cloned(),
        }
    }

    /// All words, now.
    pub fn manuscript(&self) -> Manuscript {
        self.read(None)
    }

    /// All words at an earlier moment; none if the moment is unknown here.
    pub fn manuscript_at(&self, heads: &Heads) -> Option<Manuscript> {
        if !self.knows(heads) {
            return None;
        }
        Some(self.read(Some(&changes_of(heads))))
    }

    /// The text as it was at an earlier moment, to try something on; none if the moment is unknown here.
    pub fn at(&self, heads: &Heads) -> Option<Self> {
        if !self.knows(heads) {
            return None;
        }
        if *heads == self.heads() {
            return Some(self.clone());
        }
        // Automerge gives a fork an actor of its own by chance; what is written here is signed by the server's as ever.
        let fork = shielded(|| self.doc.fork_at(&changes_of(heads)));
        let doc = fork.ok()?.ok()?.with_actor(Self::server_actor(self.draft));
        let mut then = Opened {
            doc: Doc::new(doc),
            ..(**self).clone()
        };
        then.reindex();
        Some(then.into())
    }

    /// Brings a manuscript up to date at the places that were touched, and nowhere else.
    pub fn refresh(&self, manuscript: &mut Manuscript, touched: &[Touched]) {
        for t in touched {
            match &t.place {
                Place::Clause(id) => match self.paragraph(id, None) {
                    Some(p) => {
                        manuscript.clauses.insert(id.clone(), p);
                    }
                    None => {
                        manuscript.clauses.remove(id);
                    }
                },
                Place::Proposal(id) => {
                    manuscript.proposals.insert(
                        id.clone(),
                        self.wordings(&Spot::ProposalTexts(id.clone()), None),
                    );
                }
            }
        }
    }

    /// The present wording at a place in a language.
    pub fn wording(&self, place: &Place, language: &Language) -> Option<String> {
        self.wording_at(&Spot::wording(place, language), None)
    }

    /// Whether there is such a clause, or such a proposal with words, in whatever language.
    pub fn has_place(&self, place: &Place) -> bool {
        self.objects.contains_key(&Spot::wordings(place))
    }

    /// The wording as it was at an earlier moment.
    pub fn wording_then(
        &self,
        place: &Place,
        language: &Language,
        heads: &Heads,
    ) -> Option<String> {
        self.wording_at(&Spot::wording(place, language), Some(&changes_of(heads)))
    }

    fn wording_at(&self, spot: &Spot, heads: Option<&[ChangeHash]>) -> Option<String> {
        let object = self.objects.get(spot)?;
        match heads {
            None => self.doc.text(object).ok(),
            Some(heads) => self.doc.text_at(object, heads).ok(),
        }
    }

    fn read(&self, heads: Option<&[ChangeHash]>) -> Manuscript {
        let mut manuscript = Manuscript::default();
        for spot in self.objects.keys() {
            match spot {
                Spot::Clause(id) => {
                    if let Some(p) = self.paragraph(id, heads) {
                        manuscript.clauses.insert(id.clone(), p);
                    }
                }
                Spot::Proposal(id) => {
                    let there = heads.is_none_or(|h| self.has(&Spot::Proposals, id.as_str(), h));
                    if there {
                        let texts = self.wordings(&Spot::ProposalTexts(id.clone()), heads);
                        manuscript.proposals.insert(id.clone(), texts);
                    }
                }
                _ => {}
            }
        }
        manuscript
    }

    fn has(&self, map: &Spot, key: &str, heads: &[ChangeHash]) -> bool {
        self.objects
            .get(map)
            .is_some_and(|o| matches!(self.doc.get_at(o, key, heads), Ok(Some(_))))
    }

    fn paragraph(&self, id: &ClauseId, heads: Option<&[ChangeHash]>) -> Option<Paragraph> {
        let object = self.objects.get(&Spot::Clause(id.clone()))?;
        let get = |key: &str| match heads {
            None => self.doc.get(object, key).ok().flatten().map(|(v, _)| v),
            Some(h) => self
                .doc
                .get_at(object, key, h)
                .ok()
                .flatten()
                .map(|(v, _)| v),
        };
        if let Some(h) = heads
            && !self.has(&Spot::Clauses, id.as_str(), h)
        {
            return None;
        }
        let word = |v: Option<Value<'_>>| match v {
            Some(Value::Scalar(s)) => match s.as_ref() {
                ScalarValue::Str(s) => Some(s.to_string()),
                _ => None,
            },
            _ => None,
        };
        let level = match get("level") {
            Some(Value::Scalar(s)) => match s.as_ref() {
                ScalarValue::Int(n) => u8::try_from(*n).unwrap_or(1),
                ScalarValue::Uint(n) => u8::try_from(*n).unwrap_or(1),
                _ => 1,
            },
            _ => 1,
        };
        Some(Paragraph {
            order: word(get("order")).unwrap_or_default(),
            kind: word(get("kind"))
                .and_then(|k| Kind::named(&k))
                .unwrap_or(Kind::Paragraph),
            level,
            text: self.wordings(&Spot::ClauseTexts(id.clone()), heads),
        })
    }

    fn wordings(&self, texts: &Spot, heads: Option<&[ChangeHash]>) -> BTreeMap<Language, Arc<str>> {
        let Some(object) = self.objects.get(texts) else {
            return BTreeMap::new();
        };
        let keys: Vec<String> = match heads {
            None => self.doc.keys(object).collect(),
            Some(h) => self.doc.keys_at(object, h).collect(),
        };
        let one = |key: String| {
            let language: Language = key.parse().ok()?;
            let text = self.wording_at(&texts.child(&key)?, heads)?;
            Some((language, Arc::from(text)))
        };
        keys.into_iter().filter_map(one).collect()
    }

    /// The spots as an entry notes them: clause or proposal, language, and the digest of what stands there now.
    fn touched(&self, spots: &BTreeSet<Spot>) -> Vec<Touched> {
        let mut all = BTreeSet::new();
        for spot in spots {
            let Some((place, language)) = spot.place() else {
                continue;
            };
            let digest = language
                .as_ref()
                .and_then(|l| self.wording(&place, l))
                .map(|t| Digest::of(&t));
            if language.is_some() && digest.is_none() {
                continue;
            }
            all.insert(Touched {
                place,
                language,
                digest,
            });
        }
        all.into_iter().collect()
    }

    /// The wording that a replica's last change leaves, as that replica saw it: at the moment of the change itself.
    fn as_seen_at(&self, spot: &Spot, change: ChangeHash) -> Option<String> {
        self.wording_at(spot, Some(&[change]))
    }

    /// The actor with which the server signs its own changes to this text. It is derived, not drawn: there is one
    /// server per draft, and a restart must not grow the document's table of actors.
    fn server_actor(draft: DraftId) -> ActorId {
        let mut h = sha2::Sha256::new();
        h.update(b"plenary server actor");
        h.update(draft.0);
        let hash: [u8; 32] = h.finalize().into();
        ActorId::from(hash)
    }

    /// Whether the actor is the server's, or one that automerge derives from it for edits at an earlier moment (a
    /// prefix before the same bytes).
    fn is_servers(draft: DraftId, actor: &ActorId) -> bool {
        actor
            .to_bytes()
            .ends_with(Self::server_actor(draft).to_bytes())
    }

    /// Whether `change` builds on `ancestor`: its author had seen it. Walks only changes younger than the ancestor.
    fn builds_on(&self, deps: &[ChangeHash], ancestor: ChangeHash) -> bool {
        let Some(floor) = self
            .doc
            .get_change_meta_by_hash(&ancestor)
            .map(|m| m.max_op)
        else {
            return false;
        };
        let mut seen = BTreeSet::new();
        let mut stack = deps.to_vec();
        while let Some(hash) = stack.pop() {
            if hash == ancestor {
                return true;
            }
            if !seen.insert(hash) {
                continue;
            }
            if let Some(meta) = self.doc.get_change_meta_by_hash(&hash)
                && meta.max_op > floor
            {
                stack.extend(meta.deps.iter().copied());
            }
        }
        false
    }

    /// Whether the proposal has a place in the text.
    pub fn has_proposal(&self, id: &ProposalId) -> bool {
        self.objects.contains_key(&Spot::Proposal(id.clone()))
    }
}

impl Opened {
    /// A document of which nothing is noted yet.
    fn of(draft: DraftId, doc: Automerge) -> Self {
        Self {
            doc: Doc::new(doc),
            draft,
            places: OrdMap::new(),
            objects: OrdMap::new(),
            actors: OrdMap::new(),
            max_op: 0,
        }
    }

    fn load(
        draft: DraftId,
        bytes: &[u8],
        owners: &BTreeMap<Vec<u8>, DelegationId>,
        actor: Option<&[u8]>,
    ) -> Result<Self, UnreadableText> {
        let options = || LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
        let loaded = shielded(|| Automerge::load_with_options(bytes, options()));
        let mut doc = match loaded {
            Ok(Ok(doc)) => doc,
            Ok(Err(e)) => return Err(UnreadableText(e.to_string())),
            Err(Panicked) => return Err(UnreadableText("its bytes are damaged".into())),
        };
        doc.set_actor(actor.map_or_else(|| Text::server_actor(draft), ActorId::from));
        let mut text = Self::of(draft, doc);
        for meta in text.doc.get_changes_meta(&[]) {
            let actor = meta.actor.as_ref();
            let known = Known {
                seq: meta.seq,
                owner: owners.get(actor.to_bytes()).cloned(),
            };
            match text.actors.get(actor) {
                Some(k) if k.seq >= meta.seq => {}
                _ => {
                    text.actors.insert(actor.clone(), known);
                }
            }
            text.max_op = text.max_op.max(meta.max_op);
        }
        text.reindex();
        Ok(text)
    }

    fn owners(&self) -> BTreeMap<Vec<u8>, DelegationId> {
        let owned = |(a, k): (&ActorId, &Known)| Some((a.to_bytes().to_vec(), k.owner.clone()?));
        self.actors.iter().filter_map(owned).collect()
    }

    fn heads(&self) -> Heads {
        let heads = self.doc.get_heads().into_iter();
        Heads(heads.map(|h| Hash(h.0)).collect())
    }

    /// Walks the document and notes what each object is. Only when a text is opened.
    fn reindex(&mut self) {
        self.places = OrdMap::new();
        self.objects = OrdMap::new();
        self.objects.insert(Spot::Root, automerge::ROOT);
        let mut stack = vec![(automerge::ROOT, Spot::Root)];
        while let Some((object, spot)) = stack.pop() {
            let keys: Vec<String> = self.doc.keys(&object).collect();
            for key in keys {
                let Some(child) = spot.child(&key) else {
                    continue;
                };
                // All of them: of two objects made at one place at the same time one shows, both take changes.
                let all = self.doc.get_all(&object, key.as_str()).unwrap_or_default();
                let shown = self
                    .doc
                    .get(&object, key.as_str())
                    .ok()
                    .flatten()
                    .map(|(_, id)| id);
                let made = all.into_iter().filter_map(|(v, id)| match v {
                    Value::Object(kind) => Some((id, kind)),
                    Value::Scalar(_) => None,
                });
                let made: Vec<_> = made.collect();
                for (id, kind) in made {
                    if let ObjId::Id(counter, actor, _) = &id {
                        self.places.insert((*counter, actor.clone()), child.clone());
                    }
                    if Some(&id) == shown.as_ref() {
                        self.objects.insert(child.clone(), id.clone());
                    }
                    if kind != automerge::ObjType::Text {
                        stack.push((id, child.clone()));
                    }
                }
            }
        }
    }
}

fn changes_of(heads: &Heads) -> Vec<ChangeHash> {
    heads.0.iter().map(|h| ChangeHash(h.0)).collect()
}

/// Automerge met bytes that it does not expect, and panicked.
#[derive(Debug)]
struct Panicked;

/// Runs automerge on bytes from outside. It panics on some damaged changes; what it worked on must be thrown away then.
fn shielded<T>(f: impl FnOnce() -> T) -> Result<T, Panicked> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).map_err(|_| Panicked)
}
