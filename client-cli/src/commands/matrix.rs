//! `plenary matrix`: where every delegation stands on every clause.

use clap::Args;
use plenary_shared::aids::{Column, Matrix as View, Row};
use plenary_shared::draft::Stance;
use plenary_shared::wire::view::ClauseStatus;

use super::status_word;
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Output, Tint, wrap};
use crate::plain;

/// See where every delegation stands on every clause
#[derive(Debug, Args)]
pub(crate) struct Matrix {
    /// Only the members of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Only what is neither agreed nor adopted
    #[arg(long)]
    open: bool,
    /// With the sentence that says why each clause stands as it does
    #[arg(long)]
    why: bool,
    /// As comma-separated values, for spreadsheets
    #[arg(long, conflicts_with_all = ["group", "open", "why", "json"])]
    csv: bool,
}

impl Matrix {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_id(&api)?;
        if self.csv {
            let query = [("format", "csv".to_owned())];
            let id = draft.to_string();
            let bytes = api.get_bytes(&["drafts", &id, "matrix"], &query)?;
            return context.out.raw(&String::from_utf8_lossy(&bytes));
        }
        let mut matrix: View = api.of_draft(draft, &["matrix"], &[])?;
        if let Some(group) = &self.group {
            let known = |c: &Column| c.groups.iter().any(|g| g.as_str() == group);
            if !matrix.columns.iter().any(known) {
                return Err(Failure::not_found(
                    "unknown-group",
                    format!("No delegation that negotiates here belongs to a group {group}."),
                    "List the groups with `plenary roster`.",
                ));
            }
            matrix.retain(known);
        }
        if self.open {
            matrix
                .rows
                .retain(|r| !matches!(r.status, ClauseStatus::Agreed | ClauseStatus::Adopted));
        }
        context
            .out
            .value(&matrix, |out| in_words(&matrix, self.why, out))
    }
}

/// What stands where a column and a row meet.
fn mark(row: &Row, column: &Column) -> String {
    match row.cells.get(&column.delegation) {
        None => ".".to_owned(),
        Some(cell) if column.entitled => cell.mark(),
        Some(cell) => format!("({})", cell.mark()),
    }
}

fn tint(row: &Row, column: &Column) -> Option<Tint> {
    let stance = row.cells.get(&column.delegation)?.stance?;
    Some(match stance {
        Stance::Support | Stance::Accept => Tint::Green,
        Stance::Reserve | Stance::Abstain => Tint::Yellow,
        Stance::Object => Tint::Red,
    })
}

/// The matrix in as many blocks of columns as the terminal is wide, with what the signs mean.
fn in_words(matrix: &View, why: bool, out: &Output) -> String {
    let (number, status) = ("Clause", "Status");
    let numbers = matrix.rows.iter().map(|r| r.label.chars().count());
    let numbers = numbers.chain([number.len()]).max().unwrap_or(0);
    let words = matrix.rows.iter().map(|r| status_word(r.status).0.len());
    let words = words.chain([status.len()]).max().unwrap_or(0);
    let margin = numbers + words + 4;
    let mut text = String::new();
    for block in blocks(matrix, out.width().map(|w| w.saturating_sub(margin))) {
        for (n, line) in block.head.iter().enumerate() {
            let (a, b) = if n + 1 == block.head.len() {
                (number, status)
            } else {
                ("", "")
            };
            let line = format!("{a:<numbers$}  {b:<words$}  {line}");
            text.push_str(line.trim_end());
            text.push('\n');
        }
        for row in &matrix.rows {
            let (word, colour) = status_word(row.status);
            let mut line = format!("{:<numbers$}  ", row.label);
            line.push_str(&out.paint.tint(colour, &format!("{word:<words$}")));
            line.push_str("  ");
            for (column, width) in &block.columns {
                let mark = format!("{:<width$}", mark(row, column));
                match tint(row, column) {
                    Some(tint) => line.push_str(&out.paint.tint(tint, &mark)),
                    None => line.push_str(&mark),
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
            if why {
                let width = out.width().map(|w| w.saturating_sub(4));
                text.push_str(&format!("    {}\n", wrap(&plain(&row.why), width, 4)));
            }
        }
        if block.columns.iter().any(|(c, _)| c.totals.is_some()) {
            let mut line = format!("{:<margin$}", "Objections");
            for (column, width) in &block.columns {
                let total = column.totals.map(|t| t.object.to_string());
                line.push_str(&format!("{:<width$}", total.unwrap_or_default()));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
    }
    let legend = wrap(Stance::LEGEND, out.width(), 0);
    text.push_str(&out.paint.tint(Tint::Dim, &legend));
    text
}

/// Columns that fit side by side, each with its width.
struct Block<'a> {
    head: Vec<String>,
    columns: Vec<(&'a Column, usize)>,
}

/// Codes stand in one line where they fit, and else letter below letter.
fn blocks(matrix: &View, width: Option<usize>) -> Vec<Block<'_>> {
    let marks = |c: &Column| {
        let widths = matrix.rows.iter().map(|r| mark(r, c).len());
        widths.max().unwrap_or(1)
    };
    let across: Vec<(&Column, usize)> = matrix
        .columns
        .iter()
        .map(|c| (c, marks(c).max(c.delegation.as_str().len()) + 1))
        .collect();
    let total: usize = across.iter().map(|(_, w)| w).sum();
    if width.is_none_or(|w| total <= w) {
        let head = across
            .iter()
            .map(|(c, w)| format!("{:<w$}", c.delegation.as_str()));
        return vec![Block {
            head: vec![head.collect()],
            columns: across,
        }];
    }
    let mut blocks: Vec<Vec<(&Column, usize)>> = vec![Vec::new()];
    let mut used = 0;
    for column in &matrix.columns {
        let wide = marks(column) + 1;
        if used + wide > width.unwrap_or(usize::MAX).max(wide) {
            blocks.push(Vec::new());
            used = 0;
        }
        used += wide;
        if let Some(block) = blocks.last_mut() {
            block.push((column, wide));
        }
    }
    let block = |columns: Vec<(&'_ Column, usize)>| {
        let longest = columns.iter().map(|(c, _)| c.delegation.as_str().len());
        let longest = longest.max().unwrap_or(0);
        let letter = |n: usize, (c, w): &(&Column, usize)| {
            let letter = c.delegation.as_str().chars().nth(n).unwrap_or(' ');
            format!("{letter:<w$}", w = *w)
        };
        let line = |n| columns.iter().map(|c| letter(n, c)).collect();
        (0..longest).map(line).collect::<Vec<String>>()
    };
    blocks
        .into_iter()
        .map(|columns| Block {
            head: block(columns.clone()),
            columns,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plenary_shared::aids::{Cell, Totals};
    use plenary_shared::draft::Kind;
    use plenary_shared::ids::{DraftId, Seq};

    fn of(codes: &[&str]) -> View {
        let column = |code: &&str| Column {
            delegation: code.parse().unwrap(),
            name: code.parse().unwrap(),
            entitled: *code != "OBS",
            groups: Vec::new(),
            dissociated: false,
            totals: None,
        };
        let cell = Cell {
            stance: Some(Stance::Object),
            ..Cell::default()
        };
        View {
            draft: DraftId([1; 16]),
            seq: Seq(1),
            columns: codes.iter().map(column).collect(),
            rows: vec![Row {
                clause: "op-1".parse().unwrap(),
                label: "OP1".into(),
                kind: Kind::Operative,
                status: ClauseStatus::Bracketed,
                why: "Blocked.".into(),
                totals: Totals::default(),
                cells: codes
                    .iter()
                    .map(|c| (c.parse().unwrap(), cell.clone()))
                    .collect(),
            }],
        }
    }

    #[test]
    fn codes_stand_in_one_line_where_they_fit() {
        let matrix = of(&["AVR", "OBS"]);
        let blocks = blocks(&matrix, Some(40));
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].head, ["AVR OBS "]);
        assert_eq!(mark(&matrix.rows[0], &matrix.columns[0]), "X");
        assert_eq!(mark(&matrix.rows[0], &matrix.columns[1]), "(X)");
    }

    #[test]
    fn many_codes_stand_upright_and_too_many_in_blocks() {
        let codes: Vec<String> = (10..40).map(|n| format!("D{n}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let matrix = of(&codes);
        let upright = blocks(&matrix, Some(60));
        assert_eq!(upright.len(), 1);
        assert_eq!(upright[0].head.len(), 3);
        assert!(upright[0].head[1].starts_with("1 1 1 "));
        assert_eq!(blocks(&matrix, Some(20)).len(), 3);
        assert_eq!(blocks(&matrix, None).len(), 1);
        assert_eq!(blocks(&matrix, Some(0)).len(), 30);
    }
}
