//! The matrix: where every delegation stands on every clause.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Audience, Picture, Standing};
use crate::draft::{Clause, Draft, Heard, Kind, Manuscript, Role, Stance};
use crate::ids::{ClauseId, DelegationId, Digest, DraftId, GroupId, Name, Seq};
use crate::tally::Tally;
use crate::wire::view::ClauseStatus;

/// Clauses by delegations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Matrix {
    /// The draft.
    pub draft: DraftId,
    /// The last entry that counts in it.
    pub seq: Seq,
    /// The delegations that negotiate, in the order of their codes.
    pub columns: Vec<Column>,
    /// The clauses that are not deleted, in order.
    pub rows: Vec<Row>,
}

/// A delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Column {
    /// Its code.
    pub delegation: DelegationId,
    /// Its name.
    pub name: Name,
    /// Whether its positions count. If not, what it says is shown and counted nowhere.
    pub entitled: bool,
    /// The groups that it belongs to.
    pub groups: Vec<GroupId>,
    /// Whether no group speaks for it on anything.
    pub dissociated: bool,
    /// Its sums over all rows, for those who may see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
}

/// How often each stance is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Totals {
    /// Support.
    pub support: usize,
    /// Acceptance.
    pub accept: usize,
    /// Reservations.
    pub reserve: usize,
    /// Standing aside.
    pub abstain: usize,
    /// Objections.
    pub object: usize,
    /// Nothing said.
    pub silent: usize,
    /// Something said on an earlier text, which counts for nothing.
    pub stale: usize,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Row {
    /// Its id.
    pub clause: ClauseId,
    /// Its number on paper.
    pub label: String,
    /// What kind of clause it is.
    pub kind: Kind,
    /// How it stands.
    pub status: ClauseStatus,
    /// Why, in a sentence.
    pub why: String,
    /// The sums of its cells.
    pub totals: Totals,
    /// Where the delegations stand; those of which nothing is to be said are left out.
    pub cells: BTreeMap<DelegationId, Cell>,
}

/// Where one delegation stands on one clause.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Cell {
    /// Its position, if it has one that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// The group through which it is heard; none if the position is its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<GroupId>,
    /// Whether what it said is on an earlier text: an objection stands all the same, anything else counts for nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
    /// Whether it has left what its groups say of this clause.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dissociated: bool,
    /// Whether it objected after a silence had agreed the clause: without effect unless the chair grants it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

impl Matrix {
    /// The matrix of the draft as it stands, for that reader.
    pub fn of(draft: &Draft, manuscript: &Manuscript, audience: &Audience) -> Self {
        let picture = Picture::of(draft, manuscript);
        let mut columns = columns(draft);
        let rows: Vec<_> = picture
            .clauses
            .iter()
            .map(|standing| row(draft, standing, &columns))
            .collect();
        for column in columns.iter_mut().filter(|c| c.entitled) {
            if audience.sees(&column.delegation) {
                column.totals = Some(totals(&rows, &column.delegation));
            }
        }
        Self {
            draft: draft.id,
            seq: draft.seq,
            columns,
            rows,
        }
    }

    /// Only these columns. The sums of rows and columns are as before: they speak of the whole room.
    pub fn retain(&mut self, keep: impl Fn(&Column) -> bool) {
        self.columns.retain(keep);
        let columns = &self.columns;
        for row in &mut self.rows {
            row.cells
                .retain(|d, _| columns.iter().any(|c| c.delegation == *d));
        }
    }
}

/// Who negotiates: who may decide, and the delegates and pen-holders whose word is heard and not counted.
fn columns(draft: &Draft) -> Vec<Column> {
    let seats = &draft.seats;
    let mut groups: BTreeMap<DelegationId, Vec<GroupId>> = BTreeMap::new();
    for group in seats.groups.keys() {
        for member in seats.members(group) {
            groups.entry(member).or_default().push(group.clone());
        }
    }
    let sitting = seats.delegations.iter().filter(|(_, d)| !d.left);
    let negotiating =
        sitting.filter(|(_, d)| d.entitled || matches!(d.role, Role::Delegate | Role::PenHolder));
    negotiating
        .map(|(id, d)| Column {
            delegation: id.clone(),
            name: d.name.clone(),
            entitled: d.entitled,
            groups: groups.remove(id).unwrap_or_default(),
            dissociated: seats.dissociated.contains(id),
            totals: None,
        })
        .collect()
}

fn row(draft: &Draft, standing: &Standing<'_>, columns: &[Column]) -> Row {
    let unmarked = Clause::default();
    let clause = draft.clauses.get(standing.id).unwrap_or(&unmarked);
    let text = draft.negotiated().map(|l| clause.digest(l));
    let text = text.unwrap_or_else(|| Digest::of(""));
    let voices = clause.voices();
    let heard = voices.heard(&draft.seats, text);
    let late = late(draft, clause);
    let mut cells = BTreeMap::new();
    for column in columns {
        let id = &column.delegation;
        let mut cell = Cell {
            dissociated: clause.groups.dissociated.contains(id),
            late: late.contains(id),
            ..Cell::default()
        };
        match heard.get(id) {
            Some(Heard::Standing(position, through)) => {
                cell.stance = Some(position.stance);
                cell.through = through.cloned();
                cell.stale = position.digest != text;
            }
            Some(Heard::Stale) => cell.stale = true,
            Some(Heard::Silent) => {}
            // Not entitled: what it says itself is shown.
            None => {
                if let Some(position) = clause.positions.get(id) {
                    cell.stale = position.digest != text;
                    let stands = !cell.stale || position.stance == Stance::Object;
                    cell.stance = stands.then_some(position.stance);
                }
            }
        }
        if cell != Cell::default() {
            cells.insert(id.clone(), cell);
        }
    }
    Row {
        clause: standing.id.clone(),
        label: standing.label.clone(),
        kind: standing.kind,
        status: standing.status,
        why: standing.tally.why.clone(),
        totals: Totals::of(&standing.tally),
        cells,
    }
}

/// Who has objected late, for itself or through a group.
fn late(draft: &Draft, clause: &Clause) -> BTreeSet<DelegationId> {
    let mut who = BTreeSet::new();
    for late in clause.late() {
        match &late.as_group {
            Some(group) => who.extend(draft.seats.members(group)),
            None => drop(who.insert(late.by.clone())),
        }
    }
    who
}

fn totals(rows: &[Row], delegation: &DelegationId) -> Totals {
    let mut totals = Totals::default();
    for row in rows {
        match row.cells.get(delegation) {
            Some(cell) => totals.add(cell),
            None => totals.silent += 1,
        }
    }
    totals
}

impl Totals {
    fn of(tally: &Tally) -> Self {
        Self {
            support: tally.support.len(),
            accept: tally.accept.len(),
            reserve: tally.reserve.len(),
            abstain: tally.abstain.len(),
            object: tally.object.len(),
            silent: tally.silent.len(),
            stale: tally.stale.len(),
        }
    }

    fn add(&mut self, cell: &Cell) {
        let heap = match cell.stance {
            Some(Stance::Support) => &mut self.support,
            Some(Stance::Accept) => &mut self.accept,
            Some(Stance::Reserve) => &mut self.reserve,
            Some(Stance::Abstain) => &mut self.abstain,
            Some(Stance::Object) => &mut self.object,
            None if cell.stale => &mut self.stale,
            None => &mut self.silent,
        };
        *heap += 1;
    }
}

impl Cell {
    /// The cell in two or three signs: the letter of the stance, small if a group says it; `~` for what was said on an
    /// earlier text; `d` for who has left what its groups say; `!` for a late objection. `.` if there is nothing.
    pub fn mark(&self) -> String {
        let mut mark = match self.stance {
            Some(stance) => stance.letter().to_string(),
            None => String::new(),
        };
        if self.through.is_some() {
            mark = mark.to_lowercase();
        }
        if self.stale {
            mark.push('~');
        }
        if self.dissociated {
            mark.push('d');
        }
        if self.late {
            mark.push('!');
        }
        if mark.is_empty() {
            mark.push('.');
        }
        mark
    }

    /// The cell in words: `object (on an earlier text)`, `support through ISL`; empty if there is nothing.
    pub fn told(&self) -> String {
        let mut told = match self.stance {
            Some(stance) => stance.name().to_owned(),
            None => String::new(),
        };
        if let Some(group) = &self.through {
            told += &format!(" through {group}");
        }
        if self.stale {
            told += " (on an earlier text)";
        }
        if self.dissociated {
            told += " (dissociated)";
        }
        if self.late {
            told += " (objected late, without effect)";
        }
        told.trim_start().to_owned()
    }
}

impl Stance {
    /// The letter that stands for it in a matrix.
    pub fn letter(self) -> char {
        match self {
            Self::Support => 'S',
            Self::Accept => 'A',
            Self::Reserve => 'R',
            Self::Abstain => 'N',
            Self::Object => 'X',
        }
    }
}

#[cfg(test)]
mod tests;
