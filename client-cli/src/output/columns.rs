//! Columns that line up in every script, and lines broken between words.

use unicode_width::UnicodeWidthStr as _;

/// A table: a head, rows, and a last column that takes what is left of the line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub(crate) fn new(head: &[&str]) -> Self {
        Self {
            rows: vec![head.iter().map(|h| (*h).to_owned()).collect()],
        }
    }

    /// One more row.
    pub(crate) fn row<I: IntoIterator<Item = String>>(&mut self, cells: I) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table as text. `width` breaks the last column; without one, every row is one line.
    pub(crate) fn text(&self, width: Option<usize>) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |n: usize| {
            let cells = self.rows.iter().filter_map(|r| r.get(n));
            cells.map(|c| plain_width(c)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(widest).collect();
        let indent: usize = widths.iter().rev().skip(1).map(|w| w + 2).sum();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (n, cell) in row.iter().enumerate() {
                if n + 1 == columns {
                    let left = width.map(|w| w.saturating_sub(indent).max(20));
                    line.push_str(&wrap(cell, left, indent));
                } else {
                    line.push_str(cell);
                    let pad = widths.get(n).copied().unwrap_or(0) + 2;
                    line.extend(std::iter::repeat_n(
                        ' ',
                        pad.saturating_sub(plain_width(cell)),
                    ));
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The width of a text on a terminal, colours left out.
fn plain_width(text: &str) -> usize {
    let mut width = 0;
    for (n, part) in text.split('\u{1b}').enumerate() {
        // After an escape, everything up to `m` is colour.
        let shown = if n == 0 {
            part
        } else {
            part.split_once('m').map_or("", |(_, rest)| rest)
        };
        width += shown.width();
    }
    width
}

/// The text broken between words at `width`, further lines indented. Without a width, nothing is broken.
pub(crate) fn wrap(text: &str, width: Option<usize>, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let Some(width) = width else {
            lines.push(paragraph.to_owned());
            continue;
        };
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && plain_width(&line) + 1 + plain_width(word) > width {
                lines.push(std::mem::take(&mut line));
            } else if !line.is_empty() {
                line.push(' ');
            }
            // Chinese is written without spaces: a word wider than the line is broken anywhere.
            for c in word.chars() {
                if plain_width(&line) >= width && !word.contains('\u{1b}') {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        lines.push(line);
    }
    lines.join(&format!("\n{margin}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script_and_colour() {
        let mut table = Table::new(&["Code", "Name"]);
        table.row(["中文".into(), "x".into()]);
        table.row(["\u{1b}[31mab\u{1b}[39m".into(), "y".into()]);
        assert_eq!(
            table.text(None),
            "Code  Name\n中文  x\n\u{1b}[31mab\u{1b}[39m    y\n"
        );
    }

    #[test]
    fn lines_are_broken_between_words_and_indented() {
        assert_eq!(wrap("one two three", Some(8), 2), "one two\n  three");
        assert_eq!(wrap("one two three", None, 2), "one two three");
        assert_eq!(wrap("人工智能全球", Some(6), 0), "人工智\n能全球");
    }
}
