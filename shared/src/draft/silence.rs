//! The silence procedure: exact texts circulated with a deadline, and what has become of each.
//!
//! At the deadline the question counts as put to everybody (P5). Until then an objection breaks the silence, and a change
//! of the text voids it; an objection made before it was opened is still there when the deadline comes (R-S2 to R-S4).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::draft::{Clause, Draft, Question};
use crate::entry::{Entry, Place};
use crate::ids::{ClauseId, DelegationId, Digest, Language, Seq, SilenceId};
use crate::tally::{Outcome, Tally};
use crate::time::Timestamp;

/// Texts under silence, or once under silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The entry that opened it.
    pub opened: Seq,
    /// When.
    pub at: Timestamp,
    /// The deadline: an objection at exactly this moment is in time.
    pub until: Timestamp,
    /// Whether its clauses stand and fall together.
    pub whole: bool,
    /// Whose confirmation is awaited for what it agrees.
    pub awaiting: BTreeSet<DelegationId>,
    /// The clauses in it.
    pub clauses: BTreeMap<ClauseId, Scoped>,
    /// The last entry that changed anything of it.
    pub changed: Seq,
}

/// A clause under silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Scoped {
    /// The exact text in every authentic language that had one.
    pub digests: BTreeMap<Language, Digest>,
    /// What has become of it.
    pub fate: Fate,
}

/// What has become of a clause under silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Fate {
    /// Nobody has objected yet, and the text is as it was.
    Running,
    /// A delegation objected in time.
    Broken {
        /// Which.
        by: DelegationId,
        /// To which clause: another one, if they were circulated as a whole.
        on: ClauseId,
        /// The entry.
        seq: Seq,
    },
    /// What was circulated is no longer what stands there.
    Voided {
        /// Why.
        why: Voided,
        /// Through which clause: another one, if they were circulated as a whole.
        on: ClauseId,
        /// The entry.
        seq: Seq,
    },
    /// The deadline passed, and it is agreed.
    Agreed {
        /// The entry.
        seq: Seq,
    },
    /// The deadline passed, and the rule was not satisfied: an earlier objection stood.
    NotAgreed {
        /// The entry.
        seq: Seq,
    },
    /// It was agreed at the deadline, and the chair granted an objection that came after it.
    Revoked {
        /// To which clause: another one, if they were circulated as a whole.
        on: ClauseId,
        /// The entry.
        seq: Seq,
    },
}

impl Fate {
    /// The fate as a word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Broken { .. } => "broken",
            Self::Voided { .. } => "voided",
            Self::Agreed { .. } => "agreed",
            Self::NotAgreed { .. } => "not-agreed",
            Self::Revoked { .. } => "revoked",
        }
    }
}

/// Why a silence is void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Voided {
    /// The text was changed.
    TextChanged,
    /// A proposal was made on the clause.
    ProposalMade,
    /// The clause was settled without it.
    Settled,
    /// The draft was closed.
    DraftClosed,
}

impl Silence {
    /// Whether anything of it still waits for the deadline.
    pub fn is_running(&self) -> bool {
        self.clauses.values().any(|c| c.fate == Fate::Running)
    }

    /// The clauses that still wait.
    pub fn running(&self) -> impl Iterator<Item = (&ClauseId, &Scoped)> {
        self.clauses.iter().filter(|(_, c)| c.fate == Fate::Running)
    }

    /// Ends it for one clause, or for all that are circulated as a whole with it.
    fn end(&mut self, clause: &ClauseId, seq: Seq, fate: &Fate) {
        for (id, scoped) in &mut self.clauses {
            if scoped.fate == Fate::Running && (self.whole || id == clause) {
                scoped.fate = fate.clone();
                self.changed = seq;
            }
        }
    }
}

impl Draft {
    /// The silence that the clause is under.
    pub fn silence_on(&self, clause: &ClauseId) -> Option<(&SilenceId, &Silence)> {
        self.silences.iter().find(|(_, s)| {
            s.clauses
                .get(clause)
                .is_some_and(|c| c.fate == Fate::Running)
        })
    }

    /// The silences that wait for their deadline, in the order of the deadlines.
    pub fn running_silences(&self) -> Vec<(&SilenceId, &Silence)> {
        let running = self.silences.iter().filter(|(_, s)| s.is_running());
        let mut running: Vec<_> = running.collect();
        running.sort_by_key(|(_, s)| (s.until, s.opened));
        running
    }

    /// The present text of a clause in each authentic language that has one.
    pub fn texts(&self, clause: &Clause) -> BTreeMap<Language, Digest> {
        let nothing = Digest::of("");
        self.authentic
            .iter()
            .filter_map(|l| clause.digests.get_key_value(l))
            .filter(|(_, digest)| **digest != nothing)
            .map(|(language, digest)| (language.clone(), *digest))
            .collect()
    }

    /// The question as a silence puts it: to every delegation that may decide, in the room or not.
    pub(crate) fn question_to_all(&self, digest: Digest, seq: Seq, at: Timestamp) -> Question {
        Question {
            digest,
            present: self.seats.entitled().map(|(id, _)| id.clone()).collect(),
            seq,
            at,
        }
    }

    /// The clauses that an expiry of the silence would agree now, with their texts. Circulated as a whole: all or none.
    pub(crate) fn agreed_by(
        &self,
        silence: &Silence,
    ) -> BTreeMap<ClauseId, BTreeMap<Language, Digest>> {
        let reached = |id: &ClauseId, scoped: &Scoped| {
            let mut clause = self.clauses.get(id)?.clone();
            let negotiated = clause.digest(self.negotiated()?);
            clause.question = Some(self.question_to_all(negotiated, self.seq, self.at));
            let standing = self.texts(&clause) == scoped.digests && !clause.is_deleted();
            let reached = Tally::of_clause(self, &clause).outcome == Outcome::Reached;
            (standing && reached).then(|| (id.clone(), scoped.digests.clone()))
        };
        let running = silence.running().count();
        let agreed: BTreeMap<_, _> = silence
            .running()
            .filter_map(|(id, scoped)| reached(id, scoped))
            .collect();
        if silence.whole && agreed.len() < running {
            BTreeMap::new()
        } else {
            agreed
        }
    }

    /// An objection in time breaks the silence on its clause (R-S3).
    pub(crate) fn break_silence(&mut self, clause: &ClauseId, by: &DelegationId, seq: Seq) {
        let fate = Fate::Broken {
            by: by.clone(),
            on: clause.clone(),
            seq,
        };
        self.end_silence(clause, seq, &fate);
    }

    /// After an entry: what was circulated and no longer stands there is void (R-S2).
    pub(crate) fn void_silences(&mut self, entry: &Entry) {
        if !self.silences.values().any(Silence::is_running) {
            return;
        }
        let suspects: Vec<ClauseId> = if entry.act.is_some() {
            let all = self.silences.values().flat_map(Silence::running);
            all.map(|(id, _)| id.clone()).collect()
        } else {
            let touched = entry.touched.iter().filter_map(|t| match &t.place {
                Place::Clause(id) => Some(id.clone()),
                Place::Proposal(_) => None,
            });
            touched.collect()
        };
        for id in suspects {
            if let Some(why) = self.void(&id) {
                let fate = Fate::Voided {
                    why,
                    on: id.clone(),
                    seq: entry.seq,
                };
                self.end_silence(&id, entry.seq, &fate);
            }
        }
    }

    /// Why a silence on the clause cannot go on, if it cannot.
    fn void(&self, id: &ClauseId) -> Option<Voided> {
        let (_, silence) = self.silence_on(id)?;
        let (scoped, clause) = (silence.clauses.get(id)?, self.clauses.get(id)?);
        if self.closed {
            Some(Voided::DraftClosed)
        } else if clause.is_agreed() || clause.is_deleted() {
            Some(Voided::Settled)
        } else if self.texts(clause) != scoped.digests {
            Some(Voided::TextChanged)
        } else if self.live_on(id).next().is_some() {
            Some(Voided::ProposalMade)
        } else {
            None
        }
    }

    fn end_silence(&mut self, clause: &ClauseId, seq: Seq, fate: &Fate) {
        let Some((id, _)) = self.silence_on(clause) else {
            return;
        };
        let id = id.clone();
        if let Some(silence) = self.silences.get_mut(&id) {
            silence.end(clause, seq, fate);
        }
    }
}
