//! The text of a draft: one automerge document, its schema, and the only place where it is read or written.
//!
//! One `Text` object per clause per language, because applying a change costs what the touched object is large.
//! Positions count UTF-16 code units, as JavaScript does.

use std::collections::BTreeMap;

use crate::draft::{Kind, Manuscript};
use crate::entry::{ChangeBytes, Touched};
use crate::ids::{ClauseId, Digest, DraftId, Heads, Language, ProposalId};
use crate::time::Timestamp;

/// An edit that the server makes to the text on behalf of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextEdit {
    /// A new clause.
    InsertClause {
        /// Its id.
        clause: ClauseId,
        /// What kind it is.
        kind: Kind,
        /// Its depth.
        level: u8,
        /// The clause it follows; none: it comes first. Several insertions after one clause stand in the order given.
        after: Option<ClauseId>,
        /// Its wording per language.
        text: BTreeMap<Language, String>,
    },
    /// Other words for a clause in one language. The difference between the wording at `base` (the present one if none)
    /// and `text` is merged into what stands there now.
    SetWording {
        /// The clause.
        clause: ClauseId,
        /// The language.
        language: Language,
        /// The words wanted.
        text: String,
        /// The moment they were written against.
        base: Option<Heads>,
    },
    /// The wording of a proposal.
    SetProposal {
        /// The proposal.
        proposal: ProposalId,
        /// Its wording per language.
        text: BTreeMap<Language, String>,
    },
    /// Makes an agreement known in the text (or, with none, its end), so that causality shows whether an editor had
    /// seen it.
    MarkAgreed {
        /// The clause.
        clause: ClauseId,
        /// The digest agreed, in the language negotiated in.
        digest: Option<Digest>,
    },
}

/// Stub.
#[derive(Debug, Clone)]
pub struct Text;
/// Stub.
#[derive(Debug)]
pub struct Gate;
/// Stub.
#[derive(Debug)]
pub struct Peer;

impl Text {
    /// An empty text of that draft: the schema and nothing in it. Every replica of a draft begins with these same bytes.
    pub fn new(draft: DraftId) -> Self {
        let _ = draft;
        Self
    }

    /// The present moment.
    pub fn heads(&self) -> Heads {
        Heads::default()
    }

    /// Makes the server's edits as one or more changes by the server's own actor.
    pub fn write(&mut self, edits: &[TextEdit], at: Timestamp) -> (Vec<ChangeBytes>, Vec<Touched>) {
        let _ = (edits, at);
        (Vec::new(), Vec::new())
    }

    /// All words, now.
    pub fn manuscript(&self) -> Manuscript {
        Manuscript::default()
    }

    /// All words at an earlier moment; none if the moment is unknown here.
    pub fn manuscript_at(&self, heads: &Heads) -> Option<Manuscript> {
        let _ = heads;
        None
    }
}
