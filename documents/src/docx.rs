//! Word files (Office Open XML, ISO/IEC 29500), with every change as a tracked change.
//!
//! [`write()`] makes one from a redline: what came is `w:ins`, what went `w:del`, what moved `w:moveFrom` and `w:moveTo`, each
//! with the delegation as its author. Who accepts all changes has the later text, who rejects all the earlier one.
//! Reservations and objections are comments.

mod body;
mod comments;
mod parts;
pub mod read;

use std::collections::BTreeMap;

use plenary_shared::draft::Draft;
use plenary_shared::export::Line;
use plenary_shared::ids::{ClauseId, DelegationId, Language};
use plenary_shared::redline::{Moment, Redline};
use plenary_shared::time::Timestamp;

pub use comments::{Comment, comments};

pub use crate::emphasis::read as as_read;

/// What web servers call such a file.
pub const MEDIA_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What stands above the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// The symbol of the document: `A/CONF.1/L.2/Rev.1`.
    pub symbol: Option<String>,
    /// The body and its session: "Conference on Lakes, second session".
    pub body: Option<String>,
    /// The item of the agenda.
    pub agenda: Option<String>,
    /// The sponsors, by name.
    pub sponsors: Vec<String>,
    /// The date, as it is to be read.
    pub date: Option<String>,
}

/// What is to be written.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// The draft at the later moment: its roster has the names of the authors.
    pub draft: &'a Draft,
    /// What changed; of a clean text, nothing.
    pub redline: &'a Redline,
    /// The clauses of the earlier text in its order; what moved is told where it was.
    pub before: Vec<ClauseId>,
    /// What stands above.
    pub cover: Cover,
    /// What is said of clauses.
    pub comments: Vec<Comment>,
    /// A second language beside the text, with its words by clause: a text with it has no changes.
    pub beside: Option<(Language, BTreeMap<ClauseId, String>)>,
    /// What delegations have put on record: it stands behind the text.
    pub annex: Vec<Line>,
    /// When it is written, for changes of which the hand is not known.
    pub at: Timestamp,
}

/// The clauses of a text in order.
pub fn order(moment: &Moment<'_>) -> Vec<ClauseId> {
    let all = moment.manuscript.in_order().into_iter();
    let standing = all.filter(|(id, _)| moment.labels.contains_key(*id));
    standing.map(|(id, _)| id.clone()).collect()
}

impl Sheet<'_> {
    /// Who is the author of changes by that hand, and when they were made.
    pub(crate) fn author(&self, hand: Option<usize>) -> (String, Timestamp) {
        let hand = hand.and_then(|n| self.redline.hands.get(n));
        let delegation = hand.and_then(|h| h.delegation.as_ref());
        let name = delegation.map_or_else(|| "Secretariat".to_owned(), |d| self.name(d));
        (name, hand.and_then(|h| h.at).unwrap_or(self.at))
    }

    fn name(&self, delegation: &DelegationId) -> String {
        let seated = self.draft.seats.delegations.get(delegation);
        seated.map_or_else(|| delegation.to_string(), |d| d.name.to_string())
    }
}

/// Writes a Word file.
pub fn write(sheet: &Sheet<'_>) -> Vec<u8> {
    let body = body::write(sheet);
    let parts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(sheet)),
        ("word/document.xml", body),
        (
            "word/_rels/document.xml.rels",
            parts::DOCUMENT_RELATIONS.to_owned(),
        ),
        ("word/styles.xml", parts::styles(&sheet.redline.language)),
        ("word/numbering.xml", parts::numbering()),
        ("word/settings.xml", parts::settings(sheet)),
        ("word/comments.xml", comments::part(sheet)),
        ("word/header1.xml", parts::header(sheet)),
        ("word/footer1.xml", parts::FOOTER.to_owned()),
    ];
    crate::package::pack(parts.map(|(name, part)| (name, part.into_bytes())))
}

#[cfg(test)]
mod tests;
