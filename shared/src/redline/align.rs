//! Which clause became which: matched by id, told apart by whether it kept its place among the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::ClauseId;

/// A clause's place in the redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) id: ClauseId,
    pub(super) moved: bool,
}

/// All clauses of both moments in the new order, each once. One that is gone follows the last clause before it that
/// kept its place.
pub(super) fn align(old: &[ClauseId], new: &[ClauseId]) -> Vec<Place> {
    let old_places: BTreeMap<&ClauseId, usize> = old.iter().zip(0..).collect();
    let shared: Vec<usize> = new
        .iter()
        .filter_map(|id| old_places.get(id).copied())
        .collect();
    let kept: BTreeSet<usize> = longest_rise(&shared).into_iter().collect();
    let still: BTreeSet<&ClauseId> = new.iter().collect();

    let mut gone: BTreeMap<Option<usize>, Vec<&ClauseId>> = BTreeMap::new();
    let mut after = None;
    for (place, id) in old.iter().enumerate() {
        if kept.contains(&place) {
            after = Some(place);
        } else if !still.contains(id) {
            gone.entry(after).or_default().push(id);
        }
    }
    let mut places = Vec::with_capacity(new.len());
    let place = |id: &ClauseId, moved| Place {
        id: id.clone(),
        moved,
    };
    let mut bury = |places: &mut Vec<Place>, after| {
        let dead = gone.remove(&after).unwrap_or_default();
        places.extend(dead.into_iter().map(|id| place(id, false)));
    };
    bury(&mut places, None);
    for id in new {
        let was = old_places.get(id).copied();
        let stayed = was.filter(|was| kept.contains(was));
        places.push(place(id, was.is_some() && stayed.is_none()));
        if stayed.is_some() {
            bury(&mut places, stayed);
        }
    }
    places
}

/// The longest rising subsequence of distinct numbers: the clauses that kept their order among each other.
pub(super) fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    // `tails[n]` is where the best rise of length n + 1 ends; `before` leads back from there.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    for &number in numbers {
        let length = tails.partition_point(|&tail| tail < number);
        if let Some(&previous) = length.checked_sub(1).and_then(|n| tails.get(n)) {
            before.insert(number, previous);
        }
        match tails.get_mut(length) {
            Some(tail) => *tail = number,
            None => tails.push(number),
        }
    }
    let mut rise: Vec<usize> =
        std::iter::successors(tails.last().copied(), |n| before.get(n).copied()).collect();
    rise.reverse();
    rise
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moved clause has `!` behind it.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let ids = |s: &str| {
            s.split(' ')
                .map(|c| c.parse().unwrap())
                .collect::<Vec<ClauseId>>()
        };
        let places = align(&ids(old), &ids(new));
        let read: Vec<_> = places
            .iter()
            .map(|p| format!("{}{}", p.id, if p.moved { "!" } else { "" }))
            .collect();
        assert_eq!(read.join(" "), expected);
    }

    #[test]
    fn the_fewest_clauses_have_moved() {
        check("a b c d", "d a b c", "d! a b c");
        check("a b c d", "b c a d", "b c a! d");
        check("a b", "a b", "a b");
    }

    #[test]
    fn a_clause_that_is_gone_stands_where_it_stood() {
        check("a b c", "a c", "a b c");
        check("a b c", "b x c", "a b x c");
        check("a b c", "c a", "c! a b");
        check("a b", "x y", "a b x y");
    }
}
