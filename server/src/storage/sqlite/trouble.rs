//! What the operator hears when the disk will not: once when it begins, now and then while it lasts, once when it is over.

use std::time::{Duration, Instant};

use super::super::StorageError;

/// How often it is said again while it lasts.
const AGAIN: Duration = Duration::from_secs(30);

/// Whether writing works.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    told: Option<Told>,
}

#[derive(Debug)]
struct Told {
    at: Instant,
    refused: u64,
}

/// What is to be said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// That it does not work, and how many writes were refused since that was said before.
    Fails(u64),
    /// That it works again.
    Works,
}

impl Trouble {
    /// A write ended so: says it to the log if there is something to say.
    pub(super) fn note(&mut self, outcome: &Result<(), StorageError>) {
        match (self.hear(outcome, Instant::now()), outcome) {
            (Some(Word::Fails(refused)), Err(e)) => {
                tracing::error!(refused, "nothing is entered at the moment: {e}");
            }
            (Some(Word::Works), _) => tracing::info!("the storage writes again"),
            _ => {}
        }
    }

    fn hear(&mut self, outcome: &Result<(), StorageError>, now: Instant) -> Option<Word> {
        match (outcome, &mut self.told) {
            (Ok(()), None) | (Err(StorageError::Conflict { .. }), _) => None,
            (Ok(()), told @ Some(_)) => {
                *told = None;
                Some(Word::Works)
            }
            (Err(_), Some(told)) if now.saturating_duration_since(told.at) < AGAIN => {
                told.refused += 1;
                None
            }
            (Err(_), told) => {
                let refused = told.as_ref().map_or(0, |t| t.refused) + 1;
                *told = Some(Told {
                    at: now,
                    refused: 0,
                });
                Some(Word::Fails(refused))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use plenary_shared::ids::Seq;

    use super::*;

    #[test]
    fn the_operator_hears_it_once_then_now_and_then_and_when_it_is_over() {
        let (mut trouble, began) = (Trouble::default(), Instant::now());
        let full = Err(StorageError::Full);
        assert_eq!(trouble.hear(&Ok(()), began), None);
        assert_eq!(trouble.hear(&full, began), Some(Word::Fails(1)));
        for _ in 0..9 {
            assert_eq!(trouble.hear(&full, began), None);
        }
        assert_eq!(trouble.hear(&full, began + AGAIN), Some(Word::Fails(10)));
        assert_eq!(trouble.hear(&Ok(()), began + AGAIN), Some(Word::Works));
        assert_eq!(trouble.hear(&Ok(()), began + AGAIN), None);
    }

    #[test]
    fn two_who_write_the_same_number_are_no_trouble_of_the_disk() {
        let conflict = Err(StorageError::Conflict { last: Seq(1) });
        assert_eq!(Trouble::default().hear(&conflict, Instant::now()), None);
    }
}
