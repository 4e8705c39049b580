//! The matrix as a plain table, for spreadsheets.

use super::{Matrix, Totals};
use crate::draft::Stance;
use crate::export::visible;

impl Matrix {
    /// A heading, a line per clause, and if the reader may see any, a line of objections per delegation. No field is a
    /// formula to a spreadsheet.
    pub fn table(&self) -> Vec<Vec<String>> {
        let mut head: Vec<String> = ["Clause", "Id", "Status", "Why"].map(String::from).into();
        head.extend(self.columns.iter().map(|c| c.delegation.to_string()));
        head.extend(
            [
                "Support", "Accept", "Reserve", "Abstain", "Object", "Silent", "Stale",
            ]
            .map(String::from),
        );
        let mut table = vec![head];
        for row in &self.rows {
            let mut line = vec![
                row.label.clone(),
                row.clause.to_string(),
                row.status.name().to_owned(),
                row.why.clone(),
            ];
            line.extend(self.columns.iter().map(|c| {
                let told = row.cells.get(&c.delegation).map(super::Cell::told);
                match told {
                    Some(told) if !c.entitled => format!("{told} (not counted)"),
                    Some(told) => told,
                    None => String::new(),
                }
            }));
            line.extend(numbers(&row.totals));
            table.push(line);
        }
        if self.columns.iter().any(|c| c.totals.is_some()) {
            let mut line: Vec<String> = ["Objections", "", "", ""].map(String::from).into();
            line.extend(self.columns.iter().map(|c| {
                let objections = c.totals.map(|t| t.object.to_string());
                objections.unwrap_or_default()
            }));
            line.resize(table.first().map_or(0, Vec::len), String::new());
            table.push(line);
        }
        for field in table.iter_mut().flatten() {
            *field = harmless(field);
        }
        table
    }
}

fn numbers(t: &Totals) -> [String; 7] {
    [
        t.support, t.accept, t.reserve, t.abstain, t.object, t.silent, t.stale,
    ]
    .map(|n| n.to_string())
}

/// The field as text and nothing else: spreadsheets take what begins with one of these signs for a formula.
pub fn harmless(field: &str) -> String {
    let field = visible(field);
    let begins = field
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    if begins || field.starts_with(['\t', '\r', '\n']) {
        format!("'{field}")
    } else {
        field
    }
}

impl Stance {
    /// What the letters of a matrix mean, in one line.
    pub const LEGEND: &'static str = "S supports   A accepts   R reserves   N stands aside   X objects   \
        small letter: through a group   ~ on an earlier text   d dissociated   ! objected late   ( ) not counted   . nothing said";
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::acts::testing::{Room, seat, supports};
    use crate::aids::Audience;

    #[test]
    fn nothing_in_the_table_is_a_formula() {
        for field in [
            "=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "|x", "\n=",
        ] {
            assert!(harmless(field).starts_with('\''), "{field}");
        }
        assert_eq!(harmless("OP1"), "OP1");
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
    }

    #[test]
    fn a_reason_that_looks_like_a_formula_does_no_harm_and_every_line_is_as_long_as_the_heading() {
        let mut room = Room::sitting();
        room.does(
            "AVR",
            &json!({"object": {"on": {"clause": "op-1"}, "reason": "=HYPERLINK(\"x\")"}}),
        );
        room.does("TSL", &supports("op-1"));
        room.does("SEC", &seat("TSL", "delegate", false));
        let table = Matrix::of(&room.draft, &room.manuscript, &Audience::Chair).table();
        let width = table[0].len();
        assert!(table.iter().all(|line| line.len() == width));
        assert_eq!(table.len(), 5);
        assert_eq!(table[2][0..3], ["OP1", "op-1", "bracketed"]);
        assert_eq!(table[0][4..8], ["AVR", "MRD", "PEN", "TSL"]);
        assert_eq!(table[2][4..8], ["object", "", "", "support (not counted)"]);
        assert_eq!(table[4][4..8], ["1", "0", "0", ""]);
        let reader = Matrix::of(&room.draft, &room.manuscript, &Audience::Reader).table();
        assert_eq!(reader.len(), 4);
    }
}
