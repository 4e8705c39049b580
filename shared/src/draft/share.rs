//! Shares and majorities: fractions that are exact and that can be meant.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A fraction that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a share is written as two whole numbers, [2, 3] for two thirds; the first is at least 1 and at most the second"
)]
pub struct NoShare;

/// A share, `[2, 3]` for two thirds: above nothing and at most everything.
///
/// Reached by as much as it says, but for one half, which is reached only by *more* than half: a tie decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[u32; 2]", into = "[u32; 2]")]
pub struct Share {
    of_it: u32,
    whole: u32,
}

impl TryFrom<[u32; 2]> for Share {
    type Error = NoShare;
    fn try_from([of_it, whole]: [u32; 2]) -> Result<Self, NoShare> {
        if of_it == 0 || of_it > whole {
            return Err(NoShare);
        }
        Ok(Self { of_it, whole })
    }
}

impl From<Share> for [u32; 2] {
    fn from(share: Share) -> Self {
        [share.of_it, share.whole]
    }
}

impl Share {
    /// Whether this part of all is such a share of it. Nothing is no share of anything (0 to 0 is not two thirds).
    pub fn is_reached(self, part: u64, all: u64) -> bool {
        let (part, all) = (u128::from(part), u128::from(all));
        let (has, needs) = (part * u128::from(self.whole), all * u128::from(self.of_it));
        if self.is_half() {
            has > needs
        } else {
            part > 0 && has >= needs
        }
    }

    fn is_half(self) -> bool {
        u64::from(self.of_it) * 2 == u64::from(self.whole)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.of_it, self.whole) {
            _ if self.is_half() => f.write_str("more than half"),
            (a, b) if a == b => f.write_str("all"),
            (2, 3) => f.write_str("at least two thirds"),
            (3, 4) => f.write_str("at least three quarters"),
            (a, b) => write!(f, "at least {a}/{b}"),
        }
    }
}

/// A majority: so many of those who count must be in favour, and more in favour than against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Majority {
    /// Of whom it is counted.
    pub of: Electorate,
    /// Which share of them must be in favour; `[1, 2]` is more than half.
    #[schema(value_type = Vec<u32>)]
    pub share: Share,
}

/// Of whom a majority is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Electorate {
    /// Of those who were present when the question was put and are for or against; who stands aside does not vote.
    Present,
    /// Of all who may decide, whether they say anything or not.
    Members,
}

/// Two majorities at once: of the delegations that may decide, and of their weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoubleMajority {
    /// Which share of the delegations must be in favour.
    #[schema(value_type = Vec<u32>)]
    pub delegations: Share,
    /// Which share of the weight of all of them must be in favour.
    #[schema(value_type = Vec<u32>)]
    pub weight: Share,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(of_it: u32, whole: u32) -> Share {
        Share::try_from([of_it, whole]).unwrap()
    }

    #[test]
    fn a_share_is_above_nothing_and_at_most_everything() {
        for wrong in [[0, 3], [4, 3], [0, 0], [1, 0]] {
            assert_eq!(Share::try_from(wrong), Err(NoShare), "{wrong:?}");
        }
        for right in [[1, 1], [1, 2], [2, 3], [u32::MAX, u32::MAX]] {
            assert_eq!(<[u32; 2]>::from(Share::try_from(right).unwrap()), right);
        }
        assert!(serde_json::from_str::<Share>("[3, 2]").is_err());
        assert!(serde_json::from_str::<Share>("[0.5, 1]").is_err());
        assert!(serde_json::from_str::<Share>("[2, 3, 4]").is_err());
    }

    #[track_caller]
    fn check(share: Share, part: u64, all: u64, reached: bool) {
        assert_eq!(
            share.is_reached(part, all),
            reached,
            "{part} of {all}: {share}"
        );
    }

    #[test]
    fn shares_are_exact_and_a_half_is_more_than_a_half() {
        check(share(2, 3), 2, 3, true);
        check(share(2, 3), 65, 98, false);
        check(share(2, 3), 66, 99, true);
        check(share(1, 2), 1, 2, false);
        check(share(2, 4), 1, 2, false);
        check(share(1, 2), 2, 3, true);
        check(share(1, 1), 3, 3, true);
        check(share(1, 1), 2, 3, false);
        check(share(2, 3), 0, 0, false);
        check(share(1, 2), 0, 0, false);
        check(share(u32::MAX - 1, u32::MAX), u64::MAX, u64::MAX, true);
    }

    #[test]
    fn shares_are_said_in_words() {
        assert_eq!(share(5, 10).to_string(), "more than half");
        assert_eq!(share(2, 3).to_string(), "at least two thirds");
        assert_eq!(share(7, 7).to_string(), "all");
        assert_eq!(share(55, 100).to_string(), "at least 55/100");
    }
}
