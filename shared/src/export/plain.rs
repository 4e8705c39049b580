//! Plain text for a terminal: numbered, indented, no line wider than 80 columns. Status is written out, never coloured.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{Format, Item, Page, Show, annex};
use crate::draft::Kind;

/// Columns of a line.
const WIDTH: usize = 80;

/// Plain text.
pub(super) struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }
    fn media_type(&self) -> &'static str {
        "text/plain; charset=utf-8"
    }
    fn extension(&self) -> &'static str {
        "txt"
    }
    fn write(&self, page: &Page<'_>) -> String {
        let blocks: Vec<_> = page.items().iter().map(|item| block(page, item)).collect();
        let mut out = blocks.join("\n");
        let annex = annex::lines(page);
        if !annex.is_empty() {
            out += &format!(
                "\n{}\n{}\n",
                annex::HEADING,
                "-".repeat(annex::HEADING.len())
            );
            for line in annex {
                let told = wrap(&format!("{}: {}", line.who, line.text), "", "    ");
                out += &format!("\n{told}\n");
            }
        }
        if !page.moment.is_empty() {
            out += &format!("\n{}\n", wrap(&format!("({})", page.moment), "", ""));
        }
        out
    }
}

fn block(page: &Page<'_>, item: &Item) -> String {
    let number = match page.show {
        Show::Clean | Show::Adopted => item.paper_number(),
        Show::Status | Show::Rolling => item.label.clone(),
    };
    let number = number.map_or_else(String::new, |number| format!("{number} "));
    let indent = " ".repeat(4 * usize::from(item.level.clamp(1, 6) - 1));
    let number = match item.kind {
        Kind::Operative => format!("{indent}{number:<4}"),
        _ => format!("{indent}{number}"),
    };
    let hanging = " ".repeat(number.width());
    let mark = item
        .mark()
        .map_or_else(String::new, |mark| format!("{mark} "));
    let mut out = String::new();
    for (n, (language, text)) in item.texts.iter().enumerate() {
        let other = if Some(language) == page.primary() {
            String::new()
        } else {
            format!("[{language}] ")
        };
        let before = if n == 0 {
            number.as_str()
        } else {
            hanging.as_str()
        };
        let mark = if n == 0 { mark.as_str() } else { "" };
        let lines = wrap(&format!("{mark}{other}{text}"), before, &hanging);
        out += &lines;
        out.push('\n');
        if n == 0 && matches!(item.kind, Kind::Title | Kind::Heading | Kind::Annex) {
            let line = if item.kind == Kind::Title { "=" } else { "-" };
            let longest = lines.lines().map(|l| l.width()).max().unwrap_or(0);
            out += &format!("{}\n", line.repeat(longest));
        }
    }
    out
}

/// Breaks the text into lines, at spaces, and in scripts without spaces between characters.
fn wrap(text: &str, first: &str, others: &str) -> String {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    let mut end = |line: &mut String| {
        lines.push(line.trim_end_matches(' ').to_owned());
        others.clone_into(line);
    };
    for (n, paragraph) in text.split('\n').enumerate() {
        if n > 0 {
            end(&mut line);
            empty = true;
        }
        for piece in pieces(paragraph) {
            if !empty && line.width() + piece.trim_end_matches(' ').width() > WIDTH {
                end(&mut line);
            }
            line.push_str(piece);
            empty = false;
        }
    }
    end(&mut line);
    lines.join("\n")
}

/// Cuts the text where a line may end: after spaces, and around wide characters but not before closing punctuation.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let wide = |c: char| c.width() == Some(2);
        let closing = "、。，．：；！？）》」』】〕…—".contains(c) || c.width() == Some(0);
        let opening = before.is_some_and(|b| "（《「『【〔".contains(b));
        let may_end = c != ' ' && before.is_some_and(|b| b == ' ' || wide(b) || wide(c));
        if may_end && !closing && !opening {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    pieces.extend(text.get(start..));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_by_the_width_they_have_on_the_screen() {
        let chinese = "回顾其关于湖泊的决议，".repeat(12);
        let lines = wrap(&chinese, "1.  ", "    ");
        for line in lines.lines().take(lines.lines().count() - 1) {
            assert!(line.width() <= WIDTH && line.width() >= WIDTH - 6, "{line}");
            assert!(!line.trim_start().starts_with('，'));
        }
        let english = wrap(&"recalling lakes ".repeat(20), "(a) ", "    ");
        assert!(
            english
                .lines()
                .all(|l| l.width() <= WIDTH && !l.ends_with(' '))
        );
        assert!(english.starts_with("(a) recalling lakes"));
        assert!(
            english
                .lines()
                .skip(1)
                .all(|l| l.starts_with("    ") && !l.starts_with("     "))
        );
    }
}
