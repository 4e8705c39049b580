//! A moment of a draft as addresses name it: a number is an entry's, `now` is the present, a time is what had been
//! entered by then, anything else a version's name.

use plenary_shared::ids::Seq;

use crate::room::At;

/// Reads a moment; none is the present.
pub(crate) fn read(at: Option<&str>) -> At {
    match at {
        None | Some("" | "now") => At::Now,
        Some(at) => match (at.parse(), at.parse()) {
            (Ok(seq), _) => At::Seq(Seq(seq)),
            (_, Ok(time)) => At::Time(time),
            _ => At::Version(at.to_owned()),
        },
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
        assert!(matches!(read(Some("2026")), At::Seq(Seq(2026))));
    }

    #[test]
    fn a_time_is_a_moment_too() {
        let then = At::Time("2026-03-04T18:00:00Z".parse().unwrap());
        assert_eq!(read(Some("2026-03-04T18:00Z")), then);
        assert_eq!(read(Some("2026-03-04T21:00+03:00")), then);
        // Without a zone it is no time.
        assert!(matches!(read(Some("2026-03-04")), At::Version(_)));
    }
}
