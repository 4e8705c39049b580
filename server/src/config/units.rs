//! Sizes and spans of time as people write them: with a unit, so that nobody mistakes seconds for milliseconds.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A number of bytes: `512KiB`, `2MiB`. A bare number is refused: its unit would be a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub usize);

/// A span of time: `500ms`, `30s`, `10min`, `72h`, `30d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

const SIZES: &[(&str, usize)] = &[
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("B", 1),
];
const SPANS: &[(&str, u64)] = &[
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("min", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

fn split(s: &str) -> (&str, &str) {
    let end = s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
    let (number, unit) = s.split_at(end);
    (number, unit.trim_start())
}

impl FromStr for Size {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let (number, unit) = split(s.trim());
        let per = SIZES.iter().find(|(u, _)| *u == unit).map(|(_, n)| *n);
        let bytes = number.parse::<usize>().ok().zip(per);
        bytes
            .and_then(|(n, per)| n.checked_mul(per))
            .map(Self)
            .ok_or_else(|| {
                "a size is a whole number and B, KiB, MiB or GiB, for example 2MiB".into()
            })
    }
}

impl FromStr for Span {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let (number, unit) = split(s.trim());
        let per = SPANS.iter().find(|(u, _)| *u == unit).map(|(_, n)| *n);
        let span = number.parse::<u64>().ok().zip(per);
        span.and_then(|(n, per)| n.checked_mul(per))
            .map(|n| Self(Duration::from_millis(n)))
            .ok_or_else(|| {
                "a span of time is a whole number and ms, s, min, h or d, for example 30s".into()
            })
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |per: usize| self.0 != 0 && self.0.is_multiple_of(per);
        let (unit, per) = SIZES
            .iter()
            .find(|(_, per)| whole(*per))
            .copied()
            .unwrap_or(("B", 1));
        write!(f, "{}{unit}", self.0 / per)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX);
        let (unit, per) = SPANS
            .iter()
            .find(|(_, per)| ms != 0 && ms.is_multiple_of(*per))
            .copied()
            .unwrap_or(("ms", 1));
        write!(f, "{}{unit}", ms / per)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn size(written: &str, bytes: usize) {
        let size: Size = written.parse().unwrap();
        assert_eq!((size.0, size.to_string().as_str()), (bytes, written));
    }

    #[track_caller]
    fn span(written: &str, milliseconds: u64) {
        let span: Span = written.parse().unwrap();
        assert_eq!(span.0, Duration::from_millis(milliseconds));
        assert_eq!(span.to_string(), written);
    }

    #[test]
    fn sizes_are_written_as_they_are_read() {
        size("2MiB", 2 << 20);
        size("1500B", 1500);
        size("64KiB", 65_536);
        size("0B", 0);
    }

    #[test]
    fn spans_are_written_as_they_are_read() {
        span("500ms", 500);
        span("30s", 30_000);
        span("90s", 90_000);
        span("36h", 129_600_000);
        span("30d", 2_592_000_000);
    }

    #[test]
    fn a_bare_number_has_no_meaning() {
        for s in [
            "",
            "5",
            "MiB",
            "-1MiB",
            "1.5MiB",
            "1mib",
            "99999999999999999999GiB",
        ] {
            assert!(s.parse::<Size>().is_err(), "{s}");
        }
        for s in ["", "5", "s", "5 parsecs", "99999999999999999999d"] {
            assert!(s.parse::<Span>().is_err(), "{s}");
        }
    }
}
