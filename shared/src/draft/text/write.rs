//! Writing: the server's edits on behalf of acts, and a replica's own typing.

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{AutomergeError, ObjType, PatchLog, ReadDoc, ScalarValue};
use fractional_index::FractionalIndex;

use super::{Spot, Text, changes_of};
use crate::draft::Kind;
use crate::entry::{ChangeBytes, Place, Touched};
use crate::ids::{ClauseId, Digest, Heads, Language, ProposalId};
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
        /// The clause it follows; none: it comes first. Chain insertions through this to keep their order.
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

/// A replica's own typing at one place: `delete` UTF-16 code units at `at`, then `insert` there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalEdit {
    /// Clause or proposal.
    pub place: Place,
    /// The language.
    pub language: Language,
    /// Where, in UTF-16 code units.
    pub at: usize,
    /// How many code units go.
    pub delete: usize,
    /// What comes.
    pub insert: String,
}

impl Text {
    /// Makes the server's edits, as one change (and one more for each edit against an earlier moment).
    ///
    /// # Errors
    /// An automerge error in words, if an edit names a place that is not there; the text must then be thrown away.
    pub fn write(
        &mut self,
        edits: &[TextEdit],
        at: Timestamp,
    ) -> Result<(Vec<ChangeBytes>, Vec<Touched>), super::UnreadableText> {
        let before = self.doc.get_heads();
        let (earlier, now): (Vec<_>, Vec<_>) = edits
            .iter()
            .partition(|e| matches!(e, TextEdit::SetWording { base: Some(_), .. }));
        let unreadable = |e: AutomergeError| super::UnreadableText(e.to_string());
        for edit in earlier {
            let TextEdit::SetWording {
                clause,
                language,
                text,
                base: Some(base),
            } = edit
            else {
                continue;
            };
            let spot = Spot::ClauseText(clause.clone(), language.clone());
            let heads = changes_of(base);
            let Some(object) = self.objects.get(&spot).cloned() else {
                let edit = TextEdit::SetWording {
                    clause: clause.clone(),
                    language: language.clone(),
                    text: text.clone(),
                    base: None,
                };
                self.write_now(&[&edit], at).map_err(unreadable)?;
                continue;
            };
            let mut tx = self
                .doc
                .transaction_at(PatchLog::inactive(), &heads)
                .map_err(|e| super::UnreadableText(e.to_string()))?;
            tx.update_text(&object, text).map_err(unreadable)?;
            tx.commit_with(CommitOptions::default().with_time(at.0 / 1000));
        }
        self.write_now(&now, at).map_err(unreadable)?;
        self.written_since(&before)
    }

    /// What this text's own transactions have added since `before`: the bytes for the log, and the places touched.
    fn written_since(
        &mut self,
        before: &[automerge::ChangeHash],
    ) -> Result<(Vec<ChangeBytes>, Vec<Touched>), super::UnreadableText> {
        let changes = self.doc.get_changes(before);
        let mut spots = BTreeSet::new();
        for change in &changes {
            self.note(change, None, &mut spots)
                .map_err(super::UnreadableText)?;
        }
        let bytes = changes
            .iter()
            .map(|c| ChangeBytes(c.raw_bytes().to_vec()))
            .collect();
        let touched = self.touched(&spots);
        Ok((bytes, touched))
    }

    fn write_now(&mut self, edits: &[&TextEdit], at: Timestamp) -> Result<(), AutomergeError> {
        let before = self.doc.get_heads();
        if self.objects.get(&Spot::Clauses).is_none() {
            let mut tx = self.doc.transaction();
            tx.put(automerge::ROOT, "schema", ScalarValue::Int(1))?;
            tx.put_object(automerge::ROOT, "clauses", ObjType::Map)?;
            tx.put_object(automerge::ROOT, "proposals", ObjType::Map)?;
            tx.commit_with(CommitOptions::default().with_time(at.0 / 1000));
            let mut spots = BTreeSet::new();
            for change in self.doc.get_changes(&before) {
                // The schema's own three operations are always where they belong.
                let _ = self.note(&change, None, &mut spots);
            }
        }
        if edits.is_empty() {
            return Ok(());
        }
        let orders = self.orders(edits);
        let objects = self.objects.clone();
        // Objects made in this very transaction, which later edits of it may speak of.
        let mut made: BTreeMap<Spot, automerge::ObjId> = BTreeMap::new();
        let mut tx = self.doc.transaction();
        for edit in edits {
            match edit {
                TextEdit::InsertClause {
                    clause,
                    kind,
                    level,
                    text,
                    ..
                } => {
                    let map = tx.put_object(
                        find(&objects, &made, &Spot::Clauses)?,
                        clause.as_str(),
                        ObjType::Map,
                    )?;
                    tx.put(
                        &map,
                        "order",
                        orders.get(clause).map_or("80", String::as_str),
                    )?;
                    tx.put(&map, "kind", kind.name())?;
                    tx.put(&map, "level", i64::from(*level))?;
                    let texts = tx.put_object(&map, "text", ObjType::Map)?;
                    write_all(&mut tx, &texts, text)?;
                    made.insert(Spot::Clause(clause.clone()), map);
                    made.insert(Spot::ClauseTexts(clause.clone()), texts);
                }
                TextEdit::SetWording {
                    clause,
                    language,
                    text,
                    ..
                } => {
                    let spot = Spot::ClauseText(clause.clone(), language.clone());
                    if let Some(object) = objects.get(&spot) {
                        tx.update_text(object, text)?;
                    } else {
                        let texts = find(&objects, &made, &Spot::ClauseTexts(clause.clone()))?;
                        write_all(&mut tx, &texts, &[(language.clone(), text.clone())].into())?;
                    }
                }
                TextEdit::SetProposal { proposal, text } => {
                    let spot = Spot::ProposalTexts(proposal.clone());
                    if let Some(texts) = objects.get(&spot) {
                        for (language, text) in text {
                            match objects
                                .get(&Spot::ProposalText(proposal.clone(), language.clone()))
                            {
                                Some(object) => tx.update_text(object, text)?,
                                None => write_all(
                                    &mut tx,
                                    texts,
                                    &[(language.clone(), text.clone())].into(),
                                )?,
                            }
                        }
                    } else {
                        let all = find(&objects, &made, &Spot::Proposals)?;
                        let map = tx.put_object(all, proposal.as_str(), ObjType::Map)?;
                        let texts = tx.put_object(&map, "text", ObjType::Map)?;
                        write_all(&mut tx, &texts, text)?;
                    }
                }
                TextEdit::MarkAgreed { clause, digest } => {
                    let map = find(&objects, &made, &Spot::Clause(clause.clone()))?;
                    let value = digest.map_or(ScalarValue::Null, |d| {
                        ScalarValue::Str(d.to_string().into())
                    });
                    tx.put(map, "agreed", value)?;
                }
            }
        }
        tx.commit_with(CommitOptions::default().with_time(at.0 / 1000));
        Ok(())
    }

    /// Where inserted clauses stand: between the clause they follow and the one after it.
    fn orders(&self, edits: &[&TextEdit]) -> BTreeMap<ClauseId, String> {
        let mut orders = BTreeMap::new();
        if !edits
            .iter()
            .any(|e| matches!(e, TextEdit::InsertClause { .. }))
        {
            return orders;
        }
        let mut sorted: Vec<(String, ClauseId)> = Vec::new();
        for spot in self.objects.keys() {
            if let Spot::Clause(id) = spot
                && let Some(p) = self.paragraph(id, None)
            {
                sorted.push((p.order, id.clone()));
            }
        }
        sorted.sort();
        for edit in edits {
            let TextEdit::InsertClause { clause, after, .. } = edit else {
                continue;
            };
            let place = match after {
                None => 0,
                Some(a) => sorted
                    .iter()
                    .position(|(_, id)| id == a)
                    .map_or(sorted.len(), |p| p + 1),
            };
            let index = |p: Option<usize>| {
                p.and_then(|p| sorted.get(p))
                    .and_then(|(o, _)| FractionalIndex::from_string(o).ok())
            };
            let (left, right) = (index(place.checked_sub(1)), index(Some(place)));
            let order = FractionalIndex::new(left.as_ref(), right.as_ref())
                // Two neighbours with one order (made at the same time): after both is as near as it gets.
                .unwrap_or_else(|| {
                    left.as_ref()
                        .map_or_else(FractionalIndex::default, FractionalIndex::new_after)
                })
                .to_string();
            sorted.insert(place, (order.clone(), clause.clone()));
            orders.insert(clause.clone(), order);
        }
        orders
    }

    /// A replica's own typing, signed by its actor; the change to be sent. None if there is no such wording here.
    pub fn type_in(&mut self, edit: &LocalEdit, at: Timestamp) -> Option<ChangeBytes> {
        let object = self
            .objects
            .get(&Spot::wording(&edit.place, &edit.language))?
            .clone();
        let length = self.doc.length(&object);
        let start = edit.at.min(length);
        let delete = isize::try_from(edit.delete.min(length - start)).ok()?;
        self.local(at, |tx| {
            tx.splice_text(&object, start, delete, &edit.insert)
        })
    }

    /// A replica's own rewording: what differs becomes the change. None if there is no such wording here, or nothing
    /// differs.
    pub fn reword(
        &mut self,
        place: &Place,
        language: &Language,
        text: &str,
        at: Timestamp,
    ) -> Option<ChangeBytes> {
        let object = self.objects.get(&Spot::wording(place, language))?.clone();
        self.local(at, |tx| tx.update_text(&object, text))
    }

    /// A replica's rewording of what it saw at an earlier moment, merged into what has come in since.
    pub fn reword_then(
        &mut self,
        place: &Place,
        language: &Language,
        text: &str,
        seen: &Heads,
        at: Timestamp,
    ) -> Option<ChangeBytes> {
        let object = self.objects.get(&Spot::wording(place, language))?.clone();
        let before = self.doc.get_heads();
        let mut tx = self
            .doc
            .transaction_at(PatchLog::inactive(), &changes_of(seen))
            .ok()?;
        tx.update_text(&object, text).ok()?;
        tx.commit_with(CommitOptions::default().with_time(at.0 / 1000));
        let (mut changes, _) = self.written_since(&before).ok()?;
        changes.pop()
    }

    fn local(
        &mut self,
        at: Timestamp,
        f: impl FnOnce(&mut Transaction<'_>) -> Result<(), AutomergeError>,
    ) -> Option<ChangeBytes> {
        let before = self.doc.get_heads();
        let mut tx = self.doc.transaction();
        f(&mut tx).ok()?;
        tx.commit_with(CommitOptions::default().with_time(at.0 / 1000));
        let (mut changes, _) = self.written_since(&before).ok()?;
        changes.pop()
    }
}

fn find(
    objects: &imbl::OrdMap<Spot, automerge::ObjId>,
    made: &BTreeMap<Spot, automerge::ObjId>,
    spot: &Spot,
) -> Result<automerge::ObjId, AutomergeError> {
    made.get(spot)
        .or_else(|| objects.get(spot))
        .cloned()
        .ok_or_else(|| AutomergeError::InvalidObjId(format!("{spot:?} is not in the text")))
}

fn write_all(
    tx: &mut Transaction<'_>,
    texts: &automerge::ObjId,
    text: &BTreeMap<Language, String>,
) -> Result<(), AutomergeError> {
    for (language, words) in text {
        let object = tx.put_object(texts, language.as_str(), ObjType::Text)?;
        tx.splice_text(object, 0, 0, words)?;
    }
    Ok(())
}
