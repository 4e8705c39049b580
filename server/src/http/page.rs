//! Long lists come a page at a time.

use plenary_shared::wire::view::Page;

use crate::limits;

/// How many items the client gets: what it asks for, within bounds.
pub(crate) fn size(limit: Option<usize>) -> usize {
    limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE_MAX)
}

/// Cuts a page of `limit` from items of which one more may have been read, to know whether there is a next page.
/// `address` gives the next page's, from the last item of this one.
pub(crate) fn cut<T>(
    mut items: Vec<T>,
    limit: usize,
    address: impl FnOnce(&T) -> String,
) -> Page<T> {
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(address);
    Page { items, next }
}

/// A whole list in one page.
pub(crate) fn whole<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_page_with_more_behind_it_has_a_next_one() {
        let address = |last: &u32| format!("?after={last}");
        assert_eq!(cut(vec![1, 2], 2, address).next, None);
        let page = cut(vec![1, 2, 3], 2, address);
        assert_eq!(
            (page.items, page.next.as_deref()),
            (vec![1, 2], Some("?after=2"))
        );
        assert_eq!(cut(vec![], 2, address).next, None);
    }

    #[test]
    fn nobody_gets_an_endless_page() {
        assert_eq!(size(None), 100);
        assert_eq!(size(Some(0)), 1);
        assert_eq!(size(Some(usize::MAX)), 500);
    }
}
