//! A moment of a draft as addresses name it: a number is an entry's, `now` is the present, anything else a version's
//! name.

use plenary_shared::ids::Seq;

use crate::room::At;

/// Reads a moment; none is the present.
pub(crate) fn read(at: Option<&str>) -> At {
    match at {
        None | Some("" | "now") => At::Now,
        Some(at) => at
            .parse()
            .map_or_else(|_| At::Version(at.to_owned()), |seq| At::Seq(Seq(seq))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_an_entry_and_any_other_word_a_version() {
        assert!(matches!(read(None), At::Now));
        assert!(matches!(read(Some("now")), At::Now));
        assert!(matches!(read(Some("12")), At::Seq(Seq(12))));
        assert!(matches!(read(Some("Rev.1")), At::Version(v) if v == "Rev.1"));
        assert!(matches!(read(Some("-1")), At::Version(_)));
    }
}
