//! A redline on a terminal: `[-what went-]{+what came+}`, with where it went or came from, and in colour too if the
//! terminal has any.

use super::super::{ClauseChange, Op, Redline};
use super::{heading, is_news, note, summary};
use crate::export::visible;

/// Whether the terminal shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Red and green beside the marks.
    Shown,
    /// Marks only.
    Hidden,
}

/// The clauses that are not as they were, and how many are.
pub fn ansi(redline: &Redline, colour: Colour) -> String {
    draw(redline, colour, is_news)
}

/// All clauses, those that are as they were among them.
pub fn ansi_of_all(redline: &Redline, colour: Colour) -> String {
    draw(redline, colour, |_| true)
}

fn draw(redline: &Redline, colour: Colour, shown: impl Fn(&ClauseChange) -> bool) -> String {
    let paint = |code: &str, text: &str| match colour {
        Colour::Shown => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        Colour::Hidden => text.to_owned(),
    };
    let mut out = String::new();
    let mut same = 0;
    let skipped = |same: &mut usize| match std::mem::take(same) {
        0 => String::new(),
        1 => "… 1 clause as before\n\n".to_owned(),
        n => format!("… {n} clauses as before\n\n"),
    };
    for clause in &redline.clauses {
        if !shown(clause) {
            same += 1;
            continue;
        }
        out += &skipped(&mut same);
        out += &paint("1", &heading(redline, clause));
        out.push('\n');
        for segment in &clause.segments {
            let text = visible(&segment.text);
            let place = note(redline, clause, segment)
                .map_or_else(String::new, |place| format!("({place}) "));
            out += &match segment.op {
                Op::Same => text,
                Op::Del => paint("31;9", &format!("[-{place}{text}-]")),
                Op::Ins => paint("32;4", &format!("{{+{place}{text}+}}")),
            };
        }
        out.push_str("\n\n");
    }
    out += &skipped(&mut same);
    out += &summary(&redline.counts);
    out.push('\n');
    out
}
