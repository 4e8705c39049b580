//! What an entry means: draft × entry → draft.

use crate::draft::Draft;
use crate::entry::{By, Entry, Place};
use crate::ids::{ClauseId, Digest, Hash, Language, Seq};
use crate::limits;

/// A log that cannot have been written by Plenary. Closes that one draft for writing, never the server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq} cannot be read: {why}")]
pub struct Corrupt {
    /// The entry.
    pub seq: Seq,
    /// What is wrong with it.
    pub why: String,
}

impl Corrupt {
    /// That entry, for that reason.
    pub fn at(seq: Seq, why: impl Into<String>) -> Self {
        Self {
            seq,
            why: why.into(),
        }
    }
}

impl Draft {
    /// Folds the next entry in. `hash` is [`Entry::hash_of`] its bytes.
    ///
    /// On an error the draft is half folded and must be thrown away: fold on a clone.
    ///
    /// # Errors
    /// [`Corrupt`] if the entry does not follow from the state: out of number or chain, or what [`crate::decide()`] never
    /// lets in.
    pub fn fold(&mut self, entry: &Entry, hash: Hash) -> Result<(), Corrupt> {
        let corrupt = |why: &str| Corrupt::at(entry.seq, why);
        if entry.seq != self.seq.next() {
            return Err(corrupt(&format!(
                "entry {} was expected here",
                self.seq.next()
            )));
        }
        if entry.previous != self.head {
            return Err(corrupt("it does not continue the entry before it"));
        }
        if let Some(act) = &entry.act {
            crate::signing::check(self, &entry.by, act, entry.signed.as_ref())
                .map_err(|no| corrupt(no.sentence.trim_end_matches('.')))?;
        } else if entry.signed.is_some() {
            return Err(corrupt("a signature stands where no act is"));
        }
        let first = self.seq == Seq(0);
        if first != matches!(entry.act, Some(crate::acts::Act::Convene(_))) {
            return Err(corrupt("a log begins with its convening, and has one"));
        }
        self.seq = entry.seq;
        self.at = entry.at;
        self.head = hash;
        if let Some(key) = entry.key {
            self.remember(key, entry.seq);
        }
        // The clauses' wordings first, so that an act finds the words it speaks of; then the act; then the wordings of
        // proposals, which are known only from their acts. Those of an unknown proposal are no part of the state.
        for touched in &entry.touched {
            if let Place::Clause(id) = &touched.place {
                self.settle_wording(entry.seq, id, touched.language.as_ref(), touched.digest)?;
            }
        }
        if let Some(act) = &entry.act {
            act.rules().fold(entry, self)?;
        } else if !matches!(entry.by, By::Seat { .. } | By::Server) {
            return Err(corrupt("text comes from a seat or from the server"));
        }
        if entry.act.is_some() {
            self.signing.entered(entry, hash);
        }
        for touched in &entry.touched {
            if let Place::Proposal(id) = &touched.place
                && let Some(proposal) = self.proposals.get_mut(id)
                && let (Some(language), Some(digest)) = (&touched.language, touched.digest)
            {
                proposal.digests.insert(language.clone(), digest);
            }
        }
        self.void_silences(entry);
        Ok(())
    }

    fn settle_wording(
        &mut self,
        seq: Seq,
        id: &ClauseId,
        language: Option<&Language>,
        digest: Option<Digest>,
    ) -> Result<(), Corrupt> {
        let clause = self.clauses.entry(id.clone()).or_default();
        let (Some(language), Some(digest)) = (language, digest) else {
            return Ok(());
        };
        let agreed = clause
            .agreement
            .as_ref()
            .and_then(|a| a.digests.get(language));
        if agreed.is_some_and(|a| *a != digest) {
            return Err(Corrupt::at(
                seq,
                format!("it changes clause {id}, which is agreed"),
            ));
        }
        clause.digests.insert(language.clone(), digest);
        clause.changed = seq;
        Ok(())
    }

    fn remember(&mut self, key: Hash, seq: Seq) {
        self.keys.insert(key, seq);
        self.key_order.push_back(key);
        if self.key_order.len() > limits::KEYS
            && let Some(oldest) = self.key_order.pop_front()
        {
            self.keys.remove(&oldest);
        }
    }
}
