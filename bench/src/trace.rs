//! A trace of one long document's typing, and its division over the clauses of a draft.
//!
//! The trace knows one text; a draft has clauses. Every character ever typed gets its place in one total order, those
//! deleted later among them; that order is cut into equal parts, one a clause. A character is then typed into the clause
//! of its part, at its own place there, and deleted there: each clause is edited by real keystrokes, and at any moment
//! the clauses one after another are the document.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use flate2::read::GzDecoder;
use serde::Deserialize;

/// A trace as the collection of editing traces has it: positions count Unicode code points.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    start_content: String,
    /// The document at its end.
    pub end_content: String,
    txns: Vec<Transaction>,
}

#[derive(Debug, Deserialize)]
struct Transaction {
    patches: Vec<(usize, usize, String)>,
}

/// Where the trace is unless it is said: in `bench/data`, or in a collection beside the repository.
pub fn usual_place() -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places =
        ["data", "../../shared/data"].map(|p| project.join(p).join("automerge-paper.json.gz"));
    let [first, _] = &places;
    let there = places.iter().find(|p| p.exists());
    there.unwrap_or(first).clone()
}

/// One keystroke: a character comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// It comes.
    Insert(char),
    /// It goes.
    Delete,
}

/// A keystroke in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keystroke {
    /// Which clause, from zero.
    pub clause: usize,
    /// Where in it, in UTF-16 code units.
    pub at: usize,
    /// How many code units go, if one goes.
    pub units: usize,
    /// What is done.
    pub stroke: Stroke,
}

/// A trace divided over clauses.
#[derive(Debug)]
pub struct Division {
    /// All keystrokes, in the order in which they were made.
    pub keystrokes: Vec<Keystroke>,
    /// What each clause must say at the end.
    pub clauses: Vec<String>,
}

impl Trace {
    /// Reads a trace, gzip of JSON.
    ///
    /// # Errors
    /// If the file is not there, or is none.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let packed = File::open(file)?;
        let mut text = String::new();
        GzDecoder::new(packed).read_to_string(&mut text)?;
        let trace: Self = serde_json::from_str(&text).context("this is no editing trace")?;
        anyhow::ensure!(
            trace.start_content.is_empty(),
            "the trace does not begin with an empty text"
        );
        Ok(trace)
    }

    /// Keeps only the first keystrokes.
    ///
    /// # Errors
    /// If the trace is at odds with itself.
    pub fn cut(&mut self, transactions: usize) -> anyhow::Result<()> {
        self.txns.truncate(transactions);
        let mut letters: Vec<char> = Vec::new();
        for (at, gone, come) in self.txns.iter().flat_map(|t| &t.patches) {
            anyhow::ensure!(at + gone <= letters.len(), "a keystroke beyond the end");
            letters.splice(*at..at + gone, come.chars());
        }
        self.end_content = letters.into_iter().collect();
        Ok(())
    }

    /// Divides it over that many clauses.
    ///
    /// # Errors
    /// If the trace is at odds with itself.
    pub fn divide(&self, clauses: usize) -> anyhow::Result<Division> {
        let typed = self.ordered()?;
        let part = typed.letters.len().div_ceil(clauses).max(1);
        let clause_of: Vec<usize> = typed.rank.iter().map(|rank| rank / part).collect();
        let mut texts: Vec<Vec<usize>> = vec![Vec::new(); clauses];
        let mut keystrokes = Vec::with_capacity(typed.strokes.len());
        for (id, comes) in typed.strokes {
            let (clause, letter) = (clause_of[id], typed.letters[id]);
            let text = &mut texts[clause];
            // In a clause, letters stand in the total order.
            let place = text.partition_point(|other| typed.rank[*other] < typed.rank[id]);
            let units = |ids: &[usize]| ids.iter().map(|i| typed.letters[*i].len_utf16()).sum();
            let at = units(&text[..place]);
            let (units, stroke) = if comes {
                text.insert(place, id);
                (0, Stroke::Insert(letter))
            } else {
                text.remove(place);
                (letter.len_utf16(), Stroke::Delete)
            };
            keystrokes.push(Keystroke {
                clause,
                at,
                units,
                stroke,
            });
        }
        let words = |ids: &Vec<usize>| ids.iter().map(|i| typed.letters[*i]).collect();
        let clauses: Vec<String> = texts.iter().map(words).collect();
        anyhow::ensure!(
            clauses.concat() == self.end_content,
            "the clauses together are not the document at its end"
        );
        Ok(Division {
            keystrokes,
            clauses,
        })
    }

    /// Gives every character ever typed its place in one order.
    fn ordered(&self) -> anyhow::Result<Ordered> {
        const NONE: usize = usize::MAX;
        let mut letters = Vec::new();
        let mut strokes = Vec::new();
        // The present text, and after each character ever typed, the next one; `first` begins the chain.
        let (mut shown, mut next, mut first) = (Vec::<usize>::new(), Vec::<usize>::new(), NONE);
        for (at, gone, come) in self.txns.iter().flat_map(|t| &t.patches) {
            anyhow::ensure!(at + gone <= shown.len(), "a keystroke beyond the end");
            strokes.extend(shown.drain(*at..at + gone).map(|id| (id, false)));
            for (place, letter) in (*at..).zip(come.chars()) {
                let id = letters.len();
                letters.push(letter);
                strokes.push((id, true));
                let after = place.checked_sub(1).map(|left| shown[left]);
                let link = match after {
                    Some(left) => &mut next[left],
                    None => &mut first,
                };
                let following = std::mem::replace(link, id);
                next.push(following);
                shown.insert(place, id);
            }
        }
        let mut rank = vec![0; letters.len()];
        let (mut id, mut place) = (first, 0);
        while id != NONE {
            rank[id] = place;
            (id, place) = (next[id], place + 1);
        }
        Ok(Ordered {
            letters,
            rank,
            strokes,
        })
    }
}

struct Ordered {
    /// Every character ever typed, by number.
    letters: Vec<char>,
    /// Its place in the order.
    rank: Vec<usize>,
    /// Which came (true) or went, in time.
    strokes: Vec<(usize, bool)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clauses_together_are_the_document_at_every_cut() {
        let patch = |at, gone, come: &str| Transaction {
            patches: vec![(at, gone, come.to_owned())],
        };
        let mut trace = Trace {
            start_content: String::new(),
            end_content: String::new(),
            txns: vec![
                patch(0, 0, "States 🕊 shal"),
                patch(8, 1, ""),
                patch(12, 0, "l"),
                patch(0, 2, "All s"),
                patch(5, 0, "X"),
                patch(5, 1, "y"),
            ],
        };
        trace.cut(usize::MAX).unwrap();
        for clauses in 1..9 {
            let division = trace.divide(clauses).unwrap();
            let mut texts = vec![Vec::<u16>::new(); clauses];
            for k in &division.keystrokes {
                let come: String = match k.stroke {
                    Stroke::Insert(c) => c.into(),
                    Stroke::Delete => String::new(),
                };
                texts[k.clause].splice(k.at..k.at + k.units, come.encode_utf16());
            }
            let texts: Vec<String> = texts
                .iter()
                .map(|t| String::from_utf16(t).unwrap())
                .collect();
            assert_eq!(texts, division.clauses);
            assert_eq!(texts.concat(), trace.end_content);
        }
    }
}
