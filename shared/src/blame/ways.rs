//! What the log says of the changes to the text: in which entry each came, and what that entry was for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Means, Step};
use crate::acts::Act;
use crate::draft::Text;
use crate::entry::{By, Entry, Place};
use crate::fold::Corrupt;
use crate::ids::{Hash, Heads, ProposalId, Seq};
use crate::time::Timestamp;

/// The changes of a log with the entries they came in. Filled by reading the log once, entry by entry.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    changes: BTreeMap<Hash, Seq>,
    entries: BTreeMap<Seq, Noted>,
    made: BTreeMap<ProposalId, Seq>,
    now: BTreeSet<Hash>,
}

/// An entry that changed the text.
#[derive(Debug, Clone)]
struct Noted {
    at: Timestamp,
    by: By,
    act: Option<&'static str>,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// A proposal was taken in, as it stood at that moment.
    Incorporated(ProposalId, Heads),
    /// Agreed clauses were set right, from what stood at the one moment to the same words at the other, and proposals keep
    /// what was typed.
    Recovered(Heads, Heads),
    /// Anything else.
    Other,
}

/// Where letters are to be looked for that the server has copied.
pub(super) struct From<'a> {
    pub(super) place: Place,
    pub(super) heads: &'a Heads,
    /// The moment at which the copy has the same words.
    pub(super) seen: Heads,
}

/// How letters came to a place.
pub(super) struct Way<'a> {
    /// What is to be told of it; nothing if an agreed text was only set right.
    pub(super) step: Option<Step>,
    /// Where they were copied from, if they were.
    pub(super) from: Option<From<'a>>,
    /// What is told where that cannot be followed.
    pub(super) otherwise: Option<Step>,
}

impl Ways {
    /// Notes the next entry of the log.
    ///
    /// # Errors
    /// [`Corrupt`] if it cannot be read.
    pub fn read(&mut self, seq: Seq, bytes: &[u8]) -> Result<(), Corrupt> {
        let entry = Entry::decode(bytes).map_err(|e| Corrupt::at(seq, e.to_string()))?;
        let made = match &entry.act {
            Some(Act::Propose(a)) => a.proposal.iter().collect(),
            Some(Act::Recover(a)) => a.attempts.iter().map(|a| &a.proposal).collect(),
            _ => Vec::new(),
        };
        for proposal in made {
            self.made.entry(proposal.clone()).or_insert(seq);
        }
        // Only what changed the text is asked for, and a proposal is never made without its words.
        if entry.changes.is_empty() {
            return Ok(());
        }
        let copies = matches!(entry.act, Some(Act::Incorporate(_) | Act::Recover(_)));
        let moment = |now: &BTreeSet<Hash>| match copies {
            true => Heads(now.iter().copied().collect()),
            false => Heads::default(),
        };
        let before = moment(&self.now);
        for change in &entry.changes {
            let hash = Text::hash_of(change).zip(Text::move_heads(&mut self.now, change));
            let (hash, ()) = hash.ok_or_else(|| {
                Corrupt::at(seq, "it holds something that is no change to the text")
            })?;
            self.changes.insert(hash, seq);
        }
        let what = match &entry.act {
            Some(Act::Incorporate(a)) => What::Incorporated(a.proposal.clone(), before),
            Some(Act::Recover(_)) => What::Recovered(before, moment(&self.now)),
            _ => What::Other,
        };
        self.entries.insert(
            seq,
            Noted {
                at: entry.at,
                by: entry.by,
                act: entry.act.as_ref().map(Act::name),
                what,
            },
        );
        Ok(())
    }

    /// How letters that the change wrote came to that place.
    pub(super) fn of(&self, change: Hash, by_server: bool, place: &Place) -> Way<'_> {
        let nothing = Way {
            step: None,
            from: None,
            otherwise: None,
        };
        let Some((seq, noted)) = self.changes.get(&change).and_then(|s| self.noted(*s)) else {
            return nothing;
        };
        let proposal = match place {
            Place::Proposal(id) => Some(id.clone()),
            Place::Clause(_) => None,
        };
        let step = |means, proposal| Some(noted.step(seq, means, proposal));
        match (&noted.what, place, by_server) {
            (What::Incorporated(id, heads), Place::Clause(_), true) => Way {
                step: step(Means::Incorporated, Some(id.clone())),
                from: Some(From {
                    place: Place::Proposal(id.clone()),
                    heads,
                    seen: Heads(vec![change]),
                }),
                otherwise: self.making(id),
            },
            // What was typed may share letters with what was put back: the words are those that were agreed.
            (What::Recovered(heads, after), Place::Clause(_), _) => Way {
                step: None,
                from: Some(From {
                    place: place.clone(),
                    heads,
                    seen: after.clone(),
                }),
                otherwise: match by_server {
                    true => step(Means::Entered, None),
                    false => step(Means::Typed, None),
                },
            },
            (What::Recovered(..), Place::Proposal(_), true) => Way {
                step: step(Means::Recovered, proposal),
                ..nothing
            },
            _ => {
                let means = match (noted.act, by_server) {
                    (Some("convene"), _) => Means::Begun,
                    (Some("propose"), _) => Means::Proposed,
                    (None, _) | (_, false) => Means::Typed,
                    (Some(_), true) => Means::Entered,
                };
                Way {
                    step: step(means, proposal),
                    ..nothing
                }
            }
        }
    }

    fn making(&self, proposal: &ProposalId) -> Option<Step> {
        let (seq, noted) = self.noted(*self.made.get(proposal)?)?;
        let means = match noted.what {
            What::Recovered(..) => Means::Recovered,
            What::Incorporated(..) | What::Other => Means::Proposed,
        };
        Some(noted.step(seq, means, Some(proposal.clone())))
    }

    fn noted(&self, seq: Seq) -> Option<(Seq, &Noted)> {
        self.entries.get(&seq).map(|n| (seq, n))
    }
}

impl Noted {
    fn step(&self, seq: Seq, means: Means, proposal: Option<ProposalId>) -> Step {
        Step {
            means,
            proposal,
            act: self.act.map(ToOwned::to_owned),
            seq,
            at: self.at,
            by: self.by.clone(),
        }
    }
}
