//! What to do next, in words that cite facts of the record and nothing else.
//!
//! First what runs against the clock, then what only waits for the gavel, then what is close, then what is far. It is a
//! list, not a plan: the facilitator decides.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Audience, Awaited, Opposition, Picture, mergeable};
use crate::draft::{Draft, Manuscript};
use crate::ids::{ClauseId, DelegationId, DraftId, Language, Name, ProposalId, Seq, VoteId};
use crate::time::Timestamp;
use crate::wire::view::ClauseStatus;

mod chair;
mod own;
mod shared;

/// What to do next, and what it follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Next {
    /// The draft.
    pub draft: DraftId,
    /// The last entry that counts in it.
    pub seq: Seq,
    /// The moment at which it was asked for: deadlines are told from there.
    pub now: Timestamp,
    /// The steps, best first.
    pub steps: Vec<Step>,
    /// The clauses that may be declared agreed, in order.
    pub ripe: Vec<ClauseId>,
    /// Who is awaited.
    pub awaited: Awaited,
    /// Where opposition concentrates.
    pub opposition: Opposition,
}

/// One thing that can be done, or is to be waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// What kind of step.
    pub kind: StepKind,
    /// The clauses that it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<ClauseId>,
    /// The proposals that it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<ProposalId>,
    /// The delegations that it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<DelegationId>,
    /// Its deadline, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The step in words.
    pub sentence: String,
    /// Which of the sentences that there are for this kind: what it says is then told by the other fields.
    pub case: StepCase,
    /// How many: those who may vote and have not, or who are in favour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// The name of the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The recorded vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteId>,
    /// The languages that do not render the present words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
}

/// What exactly a step says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepCase {
    /// The draft is closed.
    Closed,
    /// The text is adopted.
    Adopted,
    /// A silence runs until then.
    Running,
    /// A silence has run out, and the server enters what came of it.
    RunOut,
    /// A vote is open, and `count` of those who may vote have not.
    VoteOpen,
    /// A vote is open, and the reader has voted.
    Voted,
    /// A vote is open, and the reader has not voted yet.
    Unvoted,
    /// The chair may declare clauses agreed.
    Ripe,
    /// A ripe clause that `languages` do not render.
    Unrendered,
    /// Everything is settled, and the chair may declare the text adopted.
    Adoptable,
    /// Everything is settled, and the adoption needs a vote.
    AdoptionVote,
    /// Delegations objected late.
    Late,
    /// The reader objected late.
    LateOwn,
    /// Delegations are to confirm a clause.
    Confirm,
    /// The reader is to confirm clauses.
    ConfirmOwn,
    /// A package lacks clauses.
    Lacking,
    /// Nobody objects to a proposal, and `count` are in favour.
    Unopposed,
    /// A proposal is objected to.
    Opposed,
    /// Several proposals are on the floor for one place.
    Rivals,
    /// The clause has changed since the reader proposed these.
    Outdated,
    /// Two proposals ask for the same.
    Identical,
    /// Two proposals are nearly the same.
    Alike,
    /// Delegations stand between a clause and agreement.
    Blocked,
    /// The reader objects.
    Objecting,
    /// The reader objected to an earlier text.
    ObjectedBefore,
    /// Nobody objects: the question may be put.
    Question,
    /// Delegations are awaited on a clause.
    Silent,
    /// Most delegations have not spoken.
    MostSilent,
    /// The reader is awaited on clauses.
    AwaitedOwn,
}

/// The kinds of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Nothing is left to do: the draft is adopted or closed.
    Over,
    /// A silence runs.
    Silence,
    /// A vote is open.
    Vote,
    /// Clauses may be declared agreed.
    Ripe,
    /// An authentic translation is to be marked before a clause can be agreed.
    Translate,
    /// Everything is settled: the text may be adopted.
    Adopt,
    /// Somebody objected after a silence had agreed a clause: the chair grants it or leaves it at that.
    LateObjection,
    /// A confirmation is awaited.
    Confirm,
    /// A package lacks clauses.
    Package,
    /// A proposal to which nobody objects.
    TakeIn,
    /// Proposals that could be one.
    Merge,
    /// An objection stands in the way.
    Objection,
    /// The question may be put.
    Question,
    /// Proposals are to be decided between.
    Proposals,
    /// Somebody has not spoken yet.
    Await,
}

impl Next {
    /// What that reader can do next, or waits for, as the draft stands at this moment.
    pub fn of(draft: &Draft, manuscript: &Manuscript, audience: &Audience, now: Timestamp) -> Self {
        let picture = Picture::of(draft, manuscript);
        let awaited = Awaited::of(&picture, audience);
        let opposition = Opposition::of(&picture, audience);
        let ripe: Vec<ClauseId> = ripe(&picture);
        let mut steps = Vec::new();
        if let Some(over) = shared::over(draft) {
            steps.push(over);
        } else {
            steps.extend(shared::silences(&picture, now));
            match audience {
                Audience::Chair => {
                    let pairs = mergeable(draft, manuscript);
                    steps.extend(chair::steps(&picture, &ripe, &awaited, &pairs));
                }
                Audience::Delegation(own) => {
                    steps.extend(own::steps(&picture, &ripe, &awaited, &opposition, own));
                }
                Audience::Reader => {
                    steps.extend(shared::votes(&picture, None));
                    steps.extend(shared::ripe(&picture, &ripe, false));
                }
            }
        }
        Self {
            draft: draft.id,
            seq: draft.seq,
            now,
            steps,
            ripe,
            awaited,
            opposition,
        }
    }
}

/// The clauses that may be declared agreed.
fn ripe(picture: &Picture<'_>) -> Vec<ClauseId> {
    let ripe = picture.clauses.iter();
    let ripe = ripe.filter(|c| c.status == ClauseStatus::Ripe);
    ripe.map(|c| c.id.clone()).collect()
}

impl Step {
    fn new(kind: StepKind, case: StepCase, sentence: impl Into<String>) -> Self {
        Self {
            kind,
            case,
            count: None,
            name: None,
            vote: None,
            languages: Vec::new(),
            clauses: Vec::new(),
            proposals: Vec::new(),
            delegations: Vec::new(),
            until: None,
            sentence: sentence.into(),
        }
    }

    fn on<'a>(mut self, clauses: impl IntoIterator<Item = &'a ClauseId>) -> Self {
        self.clauses = clauses.into_iter().cloned().collect();
        self
    }

    fn about<'a>(mut self, proposals: impl IntoIterator<Item = &'a ProposalId>) -> Self {
        self.proposals = proposals.into_iter().cloned().collect();
        self
    }

    fn with<'a>(mut self, delegations: impl IntoIterator<Item = &'a DelegationId>) -> Self {
        self.delegations = delegations.into_iter().cloned().collect();
        self
    }
}

#[cfg(test)]
mod tests;
