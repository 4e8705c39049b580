//! The numbers on paper: computed from order and kind, never stored (R-N2). A number may change any minute, an id never.

use std::collections::BTreeMap;

use crate::acts::Amendment;
use crate::draft::{Draft, Kind, Manuscript, Paragraph, Proposal, ProposalState};
use crate::ids::{ClauseId, ProposalId};

/// The numbers of a draft's clauses. A clause without one has been deleted.
pub type Labels = BTreeMap<ClauseId, String>;

/// The label of every clause that is not deleted; the numbers close up over deleted ones.
///
/// `Title`, headings `H1`, preambular paragraphs `PP3`, operative ones `OP12`, `OP12(b)`, `OP12(b)(ii)`, other paragraphs
/// `P1`, in annexes `A1`, and `Annex`, or `Annex 1`, `Annex 2` if there are several. Paragraphs are counted through all
/// sections and annexes, so that no two clauses have one label.
pub fn labels(draft: &Draft, manuscript: &Manuscript) -> Labels {
    let deleted = |id: &ClauseId| draft.clauses.get(id).is_some_and(|c| c.is_deleted());
    let mut standing = manuscript.in_order();
    standing.retain(|(id, _)| !deleted(id));
    of_all(&standing)
}

/// The label of every clause of a text that is no draft yet, so that nothing in it is deleted.
pub fn labels_of_outside(manuscript: &Manuscript) -> Labels {
    of_all(&manuscript.in_order())
}

fn of_all(standing: &[(&ClauseId, &Paragraph)]) -> Labels {
    let several = |kind| standing.iter().filter(|(_, p)| p.kind == kind).count() > 1;
    let (several_titles, several_annexes) = (several(Kind::Title), several(Kind::Annex));
    let mut counters: BTreeMap<&str, Counter> = BTreeMap::new();
    let mut in_annex = false;
    let mut labels = Labels::new();
    for (id, paragraph) in standing {
        let mut count = |prefix, level| counters.entry(prefix).or_default().next(level);
        let label = match paragraph.kind {
            Kind::Title if several_titles => format!("Title {}", count("Title", 1)),
            Kind::Title => "Title".to_owned(),
            Kind::Heading => format!("H{}", count("H", 1)),
            Kind::Annex => {
                in_annex = true;
                let number = count("Annex", 1);
                if several_annexes {
                    format!("Annex {number}")
                } else {
                    "Annex".to_owned()
                }
            }
            Kind::Preambular => format!("PP{}", count("PP", paragraph.level)),
            Kind::Operative => format!("OP{}", count("OP", paragraph.level)),
            Kind::Paragraph if in_annex => format!("A{}", count("A", paragraph.level)),
            Kind::Paragraph => format!("P{}", count("P", paragraph.level)),
        };
        labels.insert((*id).clone(), label);
    }
    labels
}

/// The label of a proposal, by that of the clause it stands at: `OP3 alt 1`, `OP3 (delete)`, `OP3 bis`.
///
/// Live proposals are counted in the order in which they were made. One that is no longer live has no number of its own
/// and is told by its id, and one that became a clause by that clause's label.
pub fn proposal_label(
    draft: &Draft,
    labels: &Labels,
    id: &ProposalId,
    proposal: &Proposal,
) -> String {
    let name = |clause: &ClauseId| {
        let label = labels.get(clause).cloned();
        label.unwrap_or_else(|| clause.to_string())
    };
    match &proposal.amendment {
        Amendment::Delete { clause } => format!("{} (delete)", name(clause)),
        Amendment::Move { clause, .. } => format!("{} (move)", name(clause)),
        Amendment::Replace { clause } => {
            let is_alternative = |p: &&ProposalId| {
                let amendment = draft.proposals.get(*p).map(|p| &p.amendment);
                matches!(amendment, Some(Amendment::Replace { .. }))
            };
            match draft
                .live_on(clause)
                .filter(is_alternative)
                .position(|p| p == id)
            {
                Some(n) => format!("{} alt {}", name(clause), n + 1),
                None => format!("{} alt ({id})", name(clause)),
            }
        }
        Amendment::InsertAfter { new: Some(new), .. }
            if proposal.state == ProposalState::Incorporated =>
        {
            name(new)
        }
        Amendment::InsertAfter {
            clause: Some(clause),
            ..
        } => match draft.live_after(clause).position(|p| p == id) {
            Some(n) => format!("{} {}", name(clause), additional(n)),
            None => format!("{} bis ({id})", name(clause)),
        },
        Amendment::InsertAfter { clause: None, .. } => format!("New first clause ({id})"),
    }
}

/// The word for the n-th paragraph added after another, as resolutions have it (R-N2).
fn additional(n: usize) -> String {
    const WORDS: [&str; 9] = [
        "bis",
        "ter",
        "quater",
        "quinquies",
        "sexies",
        "septies",
        "octies",
        "novies",
        "decies",
    ];
    match WORDS.get(n) {
        Some(word) => (*word).to_owned(),
        None => format!("add. {}", n + 1),
    }
}

/// Counts one series of paragraphs with all its levels.
#[derive(Default)]
struct Counter(Vec<usize>);

impl Counter {
    /// The number of the next paragraph at that level: `3`, `3(b)`, `3(b)(ii)`. One whose parents are missing is
    /// numbered without them.
    fn next(&mut self, level: u8) -> String {
        let depth = usize::from(level.max(1));
        self.0.resize(depth, 0);
        if let Some(last) = self.0.last_mut() {
            *last += 1;
        }
        let mut number = String::new();
        for (above, n) in self.0.iter().enumerate().filter(|(_, n)| **n > 0) {
            number += &match above {
                0 => n.to_string(),
                1 => format!("({})", letter(*n)),
                2 => format!("({})", roman(*n)),
                _ => format!("({n})"),
            };
        }
        number
    }
}

/// A count in letters: a … z, aa, ab …
pub(crate) fn letter(mut n: usize) -> String {
    let mut letters = Vec::new();
    while n > 0 {
        n -= 1;
        letters.push(('a'..='z').nth(n % 26).unwrap_or('a'));
        n /= 26;
    }
    letters.iter().rev().collect()
}

/// A count in small Roman numerals.
pub(crate) fn roman(mut n: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            written += sign;
            n -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests;
