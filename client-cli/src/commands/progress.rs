//! `plenary progress`: how far the draft has come, day by day.

use clap::{Args, ValueEnum};
use plenary_shared::aids::{Point, Progress as View};

use super::when;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Output, Table, Tint};
use crate::plain;

/// How many cells a bar has.
const BAR: usize = 20;

/// See how far the draft has come: agreed clauses and words, brackets and issues, day by day
#[derive(Debug, Args)]
pub(crate) struct Progress {
    /// The moments to show
    #[arg(long, value_enum, default_value_t)]
    per: Per,
}

/// The moments to show.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Per {
    /// Every day, and every sealed version
    #[default]
    Day,
    /// Every sealed version
    Version,
}

impl Progress {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let per = match self.per {
            Per::Day => "day",
            Per::Version => "version",
        };
        let query = [("per", per.to_owned())];
        let progress: View = api.of_draft(context.draft_id(&api)?, &["progress"], &query)?;
        context.out.value(&progress, |out| in_words(&progress, out))
    }
}

fn in_words(progress: &View, out: &Output) -> String {
    let mut table = Table::new(&[
        "When",
        "Entry",
        "Clauses",
        "Words agreed",
        "",
        "Brackets",
        "Issues",
        "Objecting",
        "Version",
    ]);
    for p in &progress.points {
        let m = &p.measures;
        table.row([
            when(p.at),
            p.seq.to_string(),
            format!("{}/{}", m.clauses_agreed, m.clauses),
            bar(m.words_agreed, m.words),
            format!("{:>3}%", share(m.words_agreed, m.words, 100)),
            m.brackets.to_string(),
            m.issues.to_string(),
            m.objecting.to_string(),
            p.version
                .as_ref()
                .map_or_else(String::new, |v| plain(v.as_str())),
        ]);
    }
    let mut text = table.text(out.width());
    if progress.points.len() > 1 {
        let line = |of: fn(&Point) -> usize| sparkline(progress.points.iter().map(of));
        text.push_str(&format!(
            "\nWords agreed  {}\nBrackets      {}\nIssues        {}\n",
            line(|p| p.measures.words_agreed),
            line(|p| p.measures.brackets),
            line(|p| p.measures.issues),
        ));
    }
    if progress.left_out > 0 {
        let note = format!("{} earlier moments are left out.", progress.left_out);
        text.push_str(&format!("\n{}\n", out.paint.tint(Tint::Dim, &note)));
    }
    text
}

/// How many of `whole` cells the part fills, rounded down.
fn share(part: usize, all: usize, whole: usize) -> usize {
    (part * whole).checked_div(all).unwrap_or(0)
}

fn bar(part: usize, all: usize) -> String {
    let full = share(part, all, BAR);
    format!(
        "{}{}",
        "#".repeat(full),
        "-".repeat(BAR.saturating_sub(full))
    )
}

/// Numbers as a row of blocks, the largest of them the highest.
fn sparkline(numbers: impl Iterator<Item = usize>) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let numbers: Vec<_> = numbers.collect();
    let most = numbers.iter().copied().max().unwrap_or(0);
    let block = |n: &usize| {
        let height = share(*n, most, BLOCKS.len() - 1);
        BLOCKS.get(height).copied().unwrap_or(' ')
    };
    let blocks: String = numbers.iter().map(block).collect();
    let ends = numbers.first().zip(numbers.last());
    ends.map_or(blocks.clone(), |(a, b)| format!("{blocks}  {a} to {b}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_when_everything_is_agreed() {
        assert_eq!(bar(0, 0), "-".repeat(BAR));
        assert_eq!(bar(999, 1000), format!("{}-", "#".repeat(BAR - 1)));
        assert_eq!(bar(7, 7), "#".repeat(BAR));
    }

    #[test]
    fn a_sparkline_says_its_ends_in_numbers() {
        assert_eq!(sparkline([0, 7, 14].into_iter()), "▁▄█  0 to 14");
        assert_eq!(sparkline([0, 0].into_iter()), "▁▁  0 to 0");
    }
}
