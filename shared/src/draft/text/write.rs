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
        /// The clause it follows, with the deeper ones that stand under that; none: it comes first. Chain insertions
        /// through this to keep their order.
        after: Option<ClauseId>,
        /// Its wording per language.
        text: BTreeMap<Language, String>,
    },
    /// A clause elsewhere, with the deeper clauses that stand under it.
    MoveClause {
        /// The clause.
        clause: ClauseId,
        /// The clause it is to follow (and what stands under that one); none: it comes first.
        after: Option<ClauseId>,
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
                .write()
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
            let mut tx = self.doc.write().transaction();
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
        let mut tx = self.doc.write().transaction();
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
                        orders.inserted.get(clause).map_or("80", String::as_str),
                    )?;
                    tx.put(&map, "kind", kind.name())?;
                    tx.put(&map, "level", i64::from(*level))?;
                    let texts = tx.put_object(&map, "text", ObjType::Map)?;
                    write_all(&mut tx, &texts, text)?;
                    made.insert(Spot::Clause(clause.clone()), map);
                    made.insert(Spot::ClauseTexts(clause.clone()), texts);
                }
                TextEdit::MoveClause { .. } => {}
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
        for (clause, order) in &orders.moved {
            tx.put(
                find(&objects, &made, &Spot::Clause(clause.clone()))?,
                "order",
                order.as_str(),
            )?;
        }
        tx.commit_with(CommitOptions::default().with_time(at.0 / 1000));
        Ok(())
    }

    /// Where inserted and moved clauses stand.
    fn orders(&self, edits: &[&TextEdit]) -> Orders {
        let mut orders = Orders::default();
        let is_placing = |e: &&TextEdit| {
            matches!(
                e,
                TextEdit::InsertClause { .. } | TextEdit::MoveClause { .. }
            )
        };
        if !edits.iter().any(is_placing) {
            return orders;
        }
        let mut sorted: Vec<Standing> = Vec::new();
        for spot in self.objects.keys() {
            if let Spot::Clause(id) = spot
                && let Some(p) = self.paragraph(id, None)
            {
                sorted.push((p.order, id.clone(), p.level));
            }
        }
        sorted.sort();
        for edit in edits {
            match edit {
                TextEdit::InsertClause {
                    clause,
                    level,
                    after,
                    ..
                } => {
                    let order = place(&mut sorted, clause.clone(), *level, after.as_ref());
                    orders.inserted.insert(clause.clone(), order);
                }
                TextEdit::MoveClause { clause, after } => {
                    let mut follows = after.clone();
                    for (id, level) in lift_out(&mut sorted, clause) {
                        let order = place(&mut sorted, id.clone(), level, follows.as_ref());
                        orders.moved.push((id.clone(), order));
                        follows = Some(id);
                    }
                }
                TextEdit::SetWording { .. }
                | TextEdit::SetProposal { .. }
                | TextEdit::MarkAgreed { .. } => {}
            }
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

    /// A replica's own rewording: what differs becomes the change. A language in which nothing stands there yet is begun.
    /// None if there is no such place here, or nothing differs.
    pub fn reword(
        &mut self,
        place: &Place,
        language: &Language,
        text: &str,
        at: Timestamp,
    ) -> Option<ChangeBytes> {
        match self.objects.get(&Spot::wording(place, language)).cloned() {
            Some(object) => self.local(at, |tx| tx.update_text(&object, text)),
            None => self.begin_wording(place, language, text, at),
        }
    }

    /// The first words in a language.
    fn begin_wording(
        &mut self,
        place: &Place,
        language: &Language,
        text: &str,
        at: Timestamp,
    ) -> Option<ChangeBytes> {
        let texts = self.objects.get(&Spot::wordings(place))?.clone();
        let words = [(language.clone(), text.to_owned())].into();
        if text.is_empty() {
            return None;
        }
        self.local(at, |tx| write_all(tx, &texts, &words))
    }

    /// A replica's rewording of what it saw at an earlier moment, merged into what has come in since. A language in which
    /// nothing stands there yet is begun.
    pub fn reword_then(
        &mut self,
        place: &Place,
        language: &Language,
        text: &str,
        seen: &Heads,
        at: Timestamp,
    ) -> Option<ChangeBytes> {
        let Some(object) = self.objects.get(&Spot::wording(place, language)).cloned() else {
            return self.begin_wording(place, language, text, at);
        };
        let before = self.doc.get_heads();
        let mut tx = self
            .doc
            .write()
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
        let mut tx = self.doc.write().transaction();
        f(&mut tx).ok()?;
        tx.commit_with(CommitOptions::default().with_time(at.0 / 1000));
        let (mut changes, _) = self.written_since(&before).ok()?;
        changes.pop()
    }
}

/// A clause's order, id and depth.
type Standing = (String, ClauseId, u8);

/// The fractional indices of clauses that were given a place.
#[derive(Default)]
struct Orders {
    inserted: BTreeMap<ClauseId, String>,
    moved: Vec<(ClauseId, String)>,
}

/// Takes a clause out of its place, with the deeper ones that stand under it.
fn lift_out(sorted: &mut Vec<Standing>, clause: &ClauseId) -> Vec<(ClauseId, u8)> {
    let Some(start) = sorted.iter().position(|(_, id, _)| id == clause) else {
        return Vec::new();
    };
    let own = sorted.get(start).map_or(0, |(_, _, level)| *level);
    let under = sorted.iter().skip(start + 1);
    let end = start + 1 + under.take_while(|(_, _, level)| *level > own).count();
    sorted
        .drain(start..end)
        .map(|(_, id, level)| (id, level))
        .collect()
}

/// Gives a clause its place: after the one it follows and all that stands deeper under that one.
fn place(
    sorted: &mut Vec<Standing>,
    clause: ClauseId,
    level: u8,
    after: Option<&ClauseId>,
) -> String {
    let found = after.map(|a| sorted.iter().position(|(_, id, _)| id == a));
    let place = match found {
        None => 0,
        Some(None) => sorted.len(),
        Some(Some(p)) => {
            let under = sorted.iter().skip(p + 1);
            p + 1 + under.take_while(|(_, _, deeper)| *deeper > level).count()
        }
    };
    let index = |p: Option<usize>| {
        p.and_then(|p| sorted.get(p))
            .and_then(|(o, _, _)| FractionalIndex::from_string(o).ok())
    };
    let (left, right) = (index(place.checked_sub(1)), index(Some(place)));
    let order = FractionalIndex::new(left.as_ref(), right.as_ref())
        // Two neighbours with one order (made at the same time): after both is as near as it gets.
        .unwrap_or_else(|| {
            left.as_ref()
                .map_or_else(FractionalIndex::default, FractionalIndex::new_after)
        })
        .to_string();
    sorted.insert(place, (order.clone(), clause, level));
    order
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
