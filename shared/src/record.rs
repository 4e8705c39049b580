//! A draft with its words: everything that a log means, and the one road by which anything gets into it.
//!
//! Whatever is entered is decided, written, sealed into an [`Entry`], and folded, here; a server only makes it durable
//! in between. The methods that enter something change the record they are called on: call them on a clone, append what
//! they return, and let the clone stand once that is durable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use crate::acts::Act;
use crate::admit;
use crate::decide::decide;
use crate::draft::{
    Admitted, Author, Draft, Gate, Manuscript, Rewording, Setback, TakenIn, Text, TextEdit,
};
use crate::entry::{By, ChangeBytes, Entry, FORMAT, Place, Touched, Unreadable};
use crate::fold::Corrupt;
use crate::ids::{Digest, DraftId, Hash, Heads, Seq};
use crate::refusal::Refusal;
use crate::signing::{self, SignedAct};
use crate::time::Timestamp;

/// A draft with its words.
#[derive(Debug, Clone)]
pub struct Record {
    /// What is decided and said.
    pub draft: Draft,
    /// The words with their history.
    pub text: Text,
    /// The words now.
    pub manuscript: Manuscript,
}

/// An entry, sealed: numbered, dated, chained, and written.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The entry.
    pub entry: Entry,
    /// Its bytes, as they are kept.
    pub bytes: Arc<[u8]>,
    /// Their hash.
    pub hash: Hash,
}

/// The makings of an entry.
#[derive(Debug, Default)]
struct Body {
    act: Option<Act>,
    changes: Vec<ChangeBytes>,
    touched: Vec<Touched>,
    key: Option<Hash>,
    signed: Option<SignedAct>,
}

impl Record {
    /// The record before its first entry.
    pub fn unborn(id: DraftId) -> Self {
        Self {
            draft: Draft::unborn(id),
            text: Text::new(id),
            manuscript: Manuscript::default(),
        }
    }

    /// Enters an act: decides it, makes its edits, seals and folds the entry. `first_text` is for a convening: the text
    /// that the draft begins with.
    ///
    /// # Errors
    /// The [`Refusal`] of the rule that forbids it; the record is as it was.
    ///
    /// A clock that has gone back does not take deadlines with it: what is decided is decided at the moment of the last
    /// entry at the earliest.
    pub fn act(
        &mut self,
        by: &By,
        act: &Act,
        first_text: &[TextEdit],
        at: Timestamp,
        key: Option<Hash>,
    ) -> Result<Sealed, Refusal> {
        self.act_signed(by, act, None, first_text, at, key)
    }

    /// The same with the delegation's signature, if it has given one.
    ///
    /// # Errors
    /// As [`Record::act`], and as [`signing::check`].
    pub fn act_signed(
        &mut self,
        by: &By,
        act: &Act,
        signed: Option<SignedAct>,
        first_text: &[TextEdit],
        at: Timestamp,
        key: Option<Hash>,
    ) -> Result<Sealed, Refusal> {
        let at = at.max(self.draft.at);
        let mut decided = decide(&self.draft, &self.manuscript, by, act, at)?;
        decided.act.know_the_moment(&self.text.heads());
        signing::check(&self.draft, by, &decided.act, signed.as_ref())?;
        let edits = [first_text, &decided.edits].concat();
        let mut body = Body {
            act: Some(decided.act),
            key,
            signed,
            ..Body::default()
        };
        // Only a convening writes the schema; other acts that change no words bring no changes.
        if edits.is_empty() && self.draft.seq > Seq(0) {
            return self.enter(by, body, None, at);
        }
        let mut text = self.text.clone();
        (body.changes, body.touched) = text.write(&edits, at)?;
        let sealed = self.enter(by, body, Some(&text), at)?;
        self.text = text;
        Ok(sealed)
    }

    /// Enters a run of admitted typing, one entry each. Those that need an agreed clause set right go alone.
    ///
    /// # Errors
    /// The [`Refusal`] to all of them; the record is as it was. Then try them one by one.
    pub fn typing(
        &mut self,
        run: Vec<(By, Admitted)>,
        at: Timestamp,
    ) -> Result<Vec<Sealed>, Refusal> {
        let mut text = self.text.clone();
        let (by, admitted): (Vec<By>, Vec<Admitted>) = run.into_iter().unzip();
        let restores = admitted.iter().any(Admitted::needs_restoring);
        let taken: Vec<TakenIn> = match (restores, admitted.len()) {
            (true, 1) => {
                let only = admitted.into_iter().next();
                let taken = only
                    .map(|a| text.take_in_and_restore(a, &self.draft, at))
                    .transpose()?;
                taken.into_iter().collect()
            }
            (true, _) => {
                return Err(Refusal::new(
                    "alone",
                    "Typing into an agreed clause is taken in alone.",
                    "Submit it by itself.",
                ));
            }
            (false, _) => text.take_in(admitted)?,
        };
        let before = (self.draft.clone(), self.manuscript.clone());
        let mut sealed = Vec::with_capacity(taken.len());
        for (by, taken) in by.iter().zip(taken) {
            let body = Body {
                act: taken.act,
                changes: taken.changes,
                touched: taken.touched,
                key: None,
                signed: None,
            };
            match self.enter(by, body, Some(&text), at) {
                Ok(s) => sealed.push(s),
                Err(refusal) => {
                    (self.draft, self.manuscript) = before;
                    return Err(refusal);
                }
            }
        }
        self.text = text;
        Ok(sealed)
    }

    /// Enters a whole new wording from who has no replica: as the change that a replica of theirs, which signs with `actor`,
    /// would have made when it read the words at the base. None if nothing differs.
    ///
    /// # Errors
    /// The [`Refusal`] of who may not, or not there; `unknown-base` if that moment is not of this text.
    pub fn reword(
        &mut self,
        by: &By,
        author: &Author,
        wanted: &Rewording,
        actor: &[u8],
        at: Timestamp,
    ) -> Result<Option<Sealed>, Refusal> {
        self.may_reword(by, wanted)?;
        let Some(changes) = self.text.change_for(wanted, actor, at) else {
            return Ok(None);
        };
        let admitted = match Gate::new(&self.draft, &self.text).admit(author, changes) {
            Ok(Some(admitted)) => admitted,
            Ok(None) => return Ok(None),
            Err(Setback::Refused(refusal)) => return Err(refusal),
            Err(Setback::Missing) => return Err(Refusal::unknown_base()),
        };
        let sealed = self.typing(vec![(by.clone(), admitted)], at)?;
        Ok(sealed.into_iter().next())
    }

    /// Whether the rewording is one that the gate can judge.
    ///
    /// # Errors
    /// As [`Record::reword`].
    pub fn may_reword(&self, by: &By, wanted: &Rewording) -> Result<(), Refusal> {
        self.may_type(by)?;
        if !self.draft.speaks(&wanted.language) {
            return Err(Refusal::unknown_language(&wanted.language));
        }
        if !self.text.has_place(&wanted.place) {
            return Err(match &wanted.place {
                Place::Clause(id) => Refusal::unknown_clause(id),
                Place::Proposal(id) => Refusal::unknown_proposal(id),
            });
        }
        if !self.text.knows(&wanted.base) {
            return Err(Refusal::unknown_base());
        }
        Ok(())
    }

    /// Seals the entry and folds what was sealed. A clock that has gone back does not take the record with it: entries
    /// are never dated before the one they follow. `text` is what the words become, if they change; the caller lets it
    /// stand, once for a whole run of entries, because a copy of it costs what its history is long.
    fn enter(
        &mut self,
        by: &By,
        body: Body,
        text: Option<&Text>,
        at: Timestamp,
    ) -> Result<Sealed, Refusal> {
        let entry = Entry {
            v: FORMAT,
            seq: self.draft.seq.next(),
            at: at.max(self.draft.at),
            by: by.clone(),
            previous: self.draft.head,
            act: body.act,
            changes: body.changes,
            touched: body.touched,
            key: body.key,
            signed: body.signed,
        };
        let bytes = entry.encode();
        let hash = Entry::hash_of(&bytes);
        let mut draft = self.draft.clone();
        draft.fold(&entry, hash).map_err(|corrupt| {
            Refusal::new(
                "does-not-follow",
                format!("The record cannot take this in: {}.", corrupt.why),
                "Please report this to the makers of Plenary.",
            )
        })?;
        if let Some(text) = text {
            text.refresh(&mut self.manuscript, &entry.touched);
        }
        self.draft = draft;
        Ok(Sealed {
            entry,
            bytes: bytes.into(),
            hash,
        })
    }

    /// Whether a person may type at all, here and now; where, is the gate's question.
    ///
    /// # Errors
    /// As [`admit::typing`].
    pub fn may_type(&self, by: &By) -> Result<(), Refusal> {
        admit::typing(&self.draft, by)
    }

    /// Reads the next entries of a log into the record: one batch, whose changes are applied together. The words that
    /// stand at its end must be the ones that the entries settled.
    ///
    /// # Errors
    /// [`Corrupt`], naming the entry; the record then stands as the entries before it leave it.
    pub fn replay(&mut self, log: &[Vec<u8>]) -> Result<(), Corrupt> {
        let mut whole = self.clone();
        match whole.replay_together(log) {
            Ok(()) => {
                *self = whole;
                Ok(())
            }
            Err(corrupt) if log.len() <= 1 => Err(corrupt),
            // Somewhere in there: halve the batch until the entry is found.
            Err(_) => {
                let (first, second) = log.split_at(log.len() / 2);
                self.replay(first)?;
                self.replay(second)
            }
        }
    }

    /// As [`Record::replay`], without the copy that it works on and without looking for the entry at fault.
    ///
    /// # Errors
    /// [`Corrupt`], naming the last entry that was looked at; the record must then be thrown away.
    pub fn replay_together(&mut self, log: &[Vec<u8>]) -> Result<(), Corrupt> {
        let mut changes = Vec::new();
        // For each change, the entry it is in; for each wording, the entry that settles it, and at which digest.
        let mut entry_of = Vec::new();
        let mut settled = BTreeMap::new();
        for bytes in log {
            let expected = self.draft.seq.next();
            let entry = Entry::decode(bytes)
                .map_err(|e: Unreadable| Corrupt::at(expected, e.to_string()))?;
            self.draft.fold(&entry, Entry::hash_of(bytes))?;
            let owner = entry.by.delegation().cloned();
            entry_of.resize(changes.len() + entry.changes.len(), expected);
            changes.extend(entry.changes.into_iter().map(|c| (c, owner.clone())));
            for t in entry.touched {
                settled.insert((t.place, t.language), (t.digest, expected));
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        let here = |why: String| Corrupt::at(self.draft.seq, why);
        let last = self.text.apply(&changes).map_err(|e| here(e.to_string()))?;
        // Of a run of typing only the last entry says what it leaves, and a batch may end within a run: what was written
        // after is settled by an entry of the next batch, and here at no digest.
        let settle = |((place, language), (digest, settling))| {
            let key = (place, language);
            let last = last.get(&key).and_then(|n| entry_of.get(*n));
            let is_settled = last.is_none_or(|entry| *entry <= settling);
            let (place, language) = key;
            Touched {
                place,
                language,
                digest: if is_settled { digest } else { None },
            }
        };
        let touched: Vec<Touched> = settled.into_iter().map(settle).collect();
        self.text.refresh(&mut self.manuscript, &touched);
        for t in &touched {
            let (Some(language), Some(digest)) = (&t.language, t.digest) else {
                continue;
            };
            let stands = match &t.place {
                Place::Clause(id) => self
                    .manuscript
                    .clauses
                    .get(id)
                    .and_then(|p| p.text.get(language)),
                Place::Proposal(id) => self
                    .manuscript
                    .proposals
                    .get(id)
                    .and_then(|p| p.get(language)),
            };
            if stands.is_none_or(|text| Digest::of(text) != digest) {
                return Err(here(
                    "the words are not those that the entry says it leaves".into(),
                ));
            }
        }
        Ok(())
    }

    /// The record as bytes, to open it again without replaying its log. A cache: thrown away whenever
    /// [`Record::restore`] does not know its format.
    pub fn snapshot(&self) -> Vec<u8> {
        let owners = self
            .text
            .owners()
            .into_iter()
            .map(|(a, d)| (serde_bytes::ByteBuf::from(a), d))
            .collect();
        let text = self.text.save();
        let snapshot = Snapshot {
            format: SNAPSHOT,
            draft: self.draft.clone(),
            owners,
            heads: self.text.heads(),
            check: Hash(sha2::Sha256::digest(&text).into()),
            text: serde_bytes::ByteBuf::from(text),
            manuscript: self.manuscript.clone(),
        };
        minicbor_serde::to_vec(&snapshot).expect("a snapshot holds nothing that CBOR cannot write")
    }

    /// The record that the bytes are a snapshot of, its text still packed; none if they are of another format or another draft, or damaged.
    pub fn restore(id: DraftId, bytes: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } = minicbor_serde::from_slice(bytes).ok()?;
        if format != SNAPSHOT {
            return None;
        }
        let snapshot: Snapshot = minicbor_serde::from_slice(bytes).ok()?;
        if snapshot.draft.id != id {
            return None;
        }
        let owners = snapshot
            .owners
            .into_iter()
            .map(|(a, d)| (a.into_vec(), d))
            .collect();
        if Hash(sha2::Sha256::digest(&snapshot.text).into()) != snapshot.check {
            return None;
        }
        let text = Text::packed(id, snapshot.text.into_vec(), owners, snapshot.heads);
        Some(Self {
            draft: snapshot.draft,
            text,
            manuscript: snapshot.manuscript,
        })
    }
}

/// The format of snapshots that this build writes and reads. Raise it whenever the state or the manuscript changes shape.
const SNAPSHOT: u32 = 17;

#[derive(Serialize, Deserialize)]
struct Snapshot {
    format: u32,
    draft: Draft,
    owners: Vec<(serde_bytes::ByteBuf, crate::ids::DelegationId)>,
    text: serde_bytes::ByteBuf,
    /// SHA-256 of that: it is opened later than it is read.
    check: Hash,
    heads: Heads,
    manuscript: Manuscript,
}

/// The state and the moment that a log's first entries lead to, without their words: quick, as no change is applied.
///
/// # Errors
/// [`Corrupt`], naming the entry.
pub fn moment(
    id: DraftId,
    log: impl IntoIterator<Item = Vec<u8>>,
) -> Result<(Draft, Heads), Corrupt> {
    let mut draft = Draft::unborn(id);
    let mut heads = BTreeSet::new();
    for bytes in log {
        let expected = draft.seq.next();
        let entry = Entry::decode(&bytes).map_err(|e| Corrupt::at(expected, e.to_string()))?;
        draft.fold(&entry, Entry::hash_of(&bytes))?;
        for change in &entry.changes {
            Text::move_heads(&mut heads, change).ok_or_else(|| {
                Corrupt::at(expected, "it holds something that is no change to the text")
            })?;
        }
    }
    Ok((draft, Heads(heads.into_iter().collect())))
}
