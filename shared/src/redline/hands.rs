//! By whose hand words came and went between two moments.
//!
//! What came is asked of [`crate::blame`]: it is whose it was first, also where a proposal was taken in or a text set
//! right. What went is looked for in the moments at which the clause changed: it went at the first one that no longer
//! has it. A run of typing by one delegation is one such moment.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClauseChange, Op, Redline, Segment};
use crate::acts::Act;
use crate::blame::{self, Ways};
use crate::draft::{Draft, Letter, Text};
use crate::entry::{Entry, Place};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Hash, Heads, ProposalId, Seq};
use crate::time::Timestamp;

/// Moments of clauses that one redline may look into for what went. What went later is nobody's.
const READINGS: usize = 2_000;

/// Of two texts that are compared with a third, whose change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Of the first text alone.
    Mine,
    /// Of the second alone.
    Theirs,
    /// Both have it.
    Both,
}

/// Who changed something, and when.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
pub struct Hand {
    /// The delegation; that of the proposal, if one was taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation: Option<DelegationId>,
    /// The proposal through which it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// The entry with which it came into the clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Whose text has it, if three are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}

/// What the log says of the moments at which clauses changed. Filled by reading the log once, entry by entry.
#[derive(Debug, Clone, Default)]
pub struct Chronicle {
    ways: Ways,
    now: BTreeSet<Hash>,
    /// Nothing up to this entry is kept.
    after: Seq,
    moments: BTreeMap<ClauseId, Vec<Changed>>,
    entries: BTreeMap<Seq, Hand>,
}

/// A clause after somebody has changed it.
#[derive(Debug, Clone)]
struct Changed {
    heads: Heads,
    hand: Hand,
    /// Whether it was typing, so that a run of it is one moment.
    typed: bool,
}

impl Chronicle {
    /// Of what came after that entry.
    pub fn after(after: Seq) -> Self {
        Self {
            after,
            ..Self::default()
        }
    }

    /// Forgets what came up to that entry: the next redline begins there.
    pub fn begin_after(&mut self, after: Seq) {
        self.after = after;
        self.moments.clear();
        self.entries.clear();
    }

    /// Notes the next entry of the log.
    ///
    /// # Errors
    /// [`Corrupt`] if it cannot be read.
    pub fn read(&mut self, seq: Seq, bytes: &[u8]) -> Result<(), Corrupt> {
        self.ways.read(seq, bytes)?;
        let entry = Entry::decode(bytes).map_err(|e| Corrupt::at(seq, e.to_string()))?;
        for change in &entry.changes {
            let moved = Text::move_heads(&mut self.now, change);
            moved.ok_or_else(|| {
                Corrupt::at(seq, "it holds something that is no change to the text")
            })?;
        }
        if seq <= self.after {
            return Ok(());
        }
        let hand = Hand {
            delegation: entry.by.delegation().cloned(),
            proposal: match &entry.act {
                Some(Act::Incorporate(a)) => Some(a.proposal.clone()),
                _ => None,
            },
            seq: Some(seq),
            at: Some(entry.at),
            side: None,
        };
        if entry.act.is_some() {
            self.entries.insert(seq, hand.clone());
        }
        let clauses: BTreeSet<ClauseId> = entry
            .touched
            .iter()
            .filter_map(|t| match &t.place {
                Place::Clause(id) => Some(id.clone()),
                Place::Proposal(_) => None,
            })
            .collect();
        for clause in clauses {
            let changed = Changed {
                heads: Heads(self.now.iter().copied().collect()),
                hand: hand.clone(),
                typed: entry.act.is_none(),
            };
            let moments = self.moments.entry(clause).or_default();
            match moments.last_mut() {
                Some(last)
                    if last.typed
                        && changed.typed
                        && last.hand.delegation == changed.hand.delegation =>
                {
                    *last = changed;
                }
                _ => moments.push(changed),
            }
        }
        Ok(())
    }

    /// Whose hand it was: of a proposal taken in, that of its sponsor.
    fn whose(&self, hand: &Hand, draft: &Draft) -> Hand {
        let proposal = hand.proposal.as_ref().and_then(|p| draft.proposals.get(p));
        let sponsor = proposal.map(|p| p.by.clone());
        Hand {
            delegation: sponsor.or_else(|| hand.delegation.clone()),
            ..hand.clone()
        }
    }
}

/// The hands of a redline, each once.
#[derive(Default)]
struct Hands {
    all: Vec<Hand>,
    known: BTreeMap<Hand, usize>,
}

impl Hands {
    fn number(&mut self, hand: Hand) -> usize {
        let next = self.all.len();
        *self.known.entry(hand).or_insert_with_key(|hand| {
            self.all.push(hand.clone());
            next
        })
    }
}

/// Says of everything that came or went by whose hand it did. `draft` is the later moment, `old` and `new` are both in
/// the history of the text, and the chronicle was read up to the later one.
pub fn sign(
    redline: &mut Redline,
    draft: &Draft,
    text: &Text,
    (old, new): (&Heads, &Heads),
    chronicle: &Chronicle,
) {
    let mut hands = Hands::default();
    let mut readings = 0;
    let language = redline.language.clone();
    for clause in &mut redline.clauses {
        let has = |op| clause.segments.iter().any(|s| s.op == op);
        let place = Place::Clause(clause.id.clone());
        let deleted = draft.clauses.get(&clause.id).and_then(|c| c.deleted);
        let went: Vec<Option<usize>> = if let Some(seq) = deleted {
            let hand = chronicle.entries.get(&seq);
            let hand = hand.map(|hand| hands.number(chronicle.whose(hand, draft)));
            letters(clause, Op::Ins).map(|_| hand).collect()
        } else if has(Op::Del)
            && let Some(before) = text.letters(&place, &language, Some(old))
        {
            let mut at = |heads: &Heads| {
                readings += 1;
                let letters =
                    (readings <= READINGS).then(|| text.letters(&place, &language, Some(heads)));
                letters.flatten()
            };
            let gone = gone(&before, chronicle.moments.get(&clause.id), &mut at);
            let mut whose = |hand: &Hand| hands.number(chronicle.whose(hand, draft));
            gone.into_iter().map(|hand| hand.map(&mut whose)).collect()
        } else {
            Vec::new()
        };
        let mut came = Vec::new();
        if has(Op::Ins)
            && let Some(blame) = blame::of(&clause.id, &language, text, new, &chronicle.ways)
        {
            for span in &blame.spans {
                let hand = blame.origins.get(span.origin).map(|origin| {
                    let step = origin.road.first();
                    let proposal = origin.road.iter().find_map(|s| s.proposal.clone());
                    hands.number(Hand {
                        delegation: origin.delegation.clone(),
                        proposal,
                        seq: step.map(|s| s.seq),
                        at: step.map(|s| s.at),
                        side: None,
                    })
                });
                came.extend(span.text.chars().map(|_| hand));
            }
        }
        write(clause, &went, &came);
    }
    redline.hands = hands.all;
}

/// The letters of the old wording, or of the new one.
fn letters(clause: &ClauseChange, without: Op) -> impl Iterator<Item = char> {
    let segments = clause.segments.iter().filter(move |s| s.op != without);
    segments.flat_map(|s| s.text.chars())
}

/// For each letter of the old wording, by whose hand it went; none if it is still there, or was looked for too long.
fn gone<'a>(
    before: &[Letter],
    moments: Option<&'a Vec<Changed>>,
    at: &mut impl FnMut(&Heads) -> Option<Vec<Letter>>,
) -> Vec<Option<&'a Hand>> {
    let mut gone = vec![None; before.len()];
    for moment in moments.into_iter().flatten() {
        let Some(now) = at(&moment.heads) else {
            break;
        };
        let there: BTreeSet<_> = now.iter().map(|l| &l.mark).collect();
        for (letter, hand) in before.iter().zip(&mut gone) {
            if hand.is_none() && !there.contains(&letter.mark) {
                *hand = Some(&moment.hand);
            }
        }
    }
    gone
}

/// Parts the segments where the hand changes.
fn write(clause: &mut ClauseChange, went: &[Option<usize>], came: &[Option<usize>]) {
    let (mut old, mut new) = (0, 0);
    let mut signed: Vec<Segment> = Vec::new();
    for segment in &clause.segments {
        let length = segment.text.chars().count();
        let (of, start) = match segment.op {
            Op::Del => (went, old),
            Op::Ins | Op::Same => (came, new),
        };
        old += if segment.op == Op::Ins { 0 } else { length };
        new += if segment.op == Op::Del { 0 } else { length };
        if segment.op == Op::Same {
            signed.push(segment.clone());
            continue;
        }
        let mut part: Option<Segment> = None;
        for (n, c) in segment.text.chars().enumerate() {
            let hand = of.get(start + n).copied().flatten();
            match &mut part {
                // Letters that stayed may be told as gone with the word that they were in.
                Some(part) if part.hand == hand || hand.is_none() => part.text.push(c),
                Some(part) if part.hand.is_none() => {
                    part.hand = hand;
                    part.text.push(c);
                }
                _ => signed.extend(part.replace(Segment {
                    text: c.to_string(),
                    hand,
                    ..segment.clone()
                })),
            }
        }
        signed.extend(part);
    }
    clause.segments = signed;
}
