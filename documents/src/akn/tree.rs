//! What stands under what: clauses under headings, sub-paragraphs under paragraphs.

use plenary_shared::draft::Kind;
use plenary_shared::redline::ClauseChange;

/// A clause with what stands under it.
pub(super) struct Tree<'a> {
    pub(super) clause: &'a ClauseChange,
    pub(super) under: Vec<Self>,
}

impl<'a> Tree<'a> {
    /// The trees of clauses in order; read in order, they are the same clauses.
    pub(super) fn of(clauses: &[&'a ClauseChange]) -> Vec<Self> {
        let mut trees = Vec::new();
        let mut rest = clauses;
        while let [first, after @ ..] = rest {
            let under = after.iter().take_while(|c| is_under(first, c)).count();
            let (inside, others) = after.split_at_checked(under).unwrap_or((after, &[]));
            trees.push(Tree {
                clause: first,
                under: Self::of(inside),
            });
            rest = others;
        }
        trees
    }
}

/// Whether a clause that follows stands under it.
fn is_under(above: &ClauseChange, below: &ClauseChange) -> bool {
    match (above.kind, below.kind) {
        (Kind::Title, Kind::Title) => false,
        (Kind::Title, _) => true,
        (Kind::Annex, Kind::Title | Kind::Annex) => false,
        (Kind::Annex, _) => true,
        (Kind::Heading, Kind::Heading) => below.level > above.level,
        (Kind::Heading, Kind::Title | Kind::Annex) => false,
        (Kind::Heading, _) => true,
        (kind, other) => kind == other && below.level > above.level,
    }
}
