//! Late objections: made after a silence had agreed a clause, on record and without effect unless the chair grants them.
//!
//! They stand with the agreement that they came too late for, and end with it (R-S6).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::Target;
use crate::draft::{Clause, Draft, How, Position, Silence, Stance};
use crate::ids::{ClauseId, DelegationId, Digest, GroupId, Prose, Seq, SilenceId};
use crate::time::Timestamp;

/// An objection that came after the deadline of a silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LateObjection {
    /// The delegation that made it.
    pub by: DelegationId,
    /// The group that it was made for; none if the delegation spoke for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_group: Option<GroupId>,
    /// The exact text, by its digest in the language negotiated in.
    pub digest: Digest,
    /// Why.
    pub reason: Prose,
    /// The entry that says so.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// Whether the delegation has signed it itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
}

impl LateObjection {
    /// Whose it is: `NRM`, `Group ISL`.
    pub fn whose(&self) -> String {
        match &self.as_group {
            Some(group) => format!("Group {group}"),
            None => self.by.to_string(),
        }
    }

    /// Whether it is the word of that delegation, or of that group.
    pub fn is_of(&self, by: &DelegationId, as_group: Option<&GroupId>) -> bool {
        self.as_group.as_ref() == as_group && (as_group.is_some() || self.by == *by)
    }

    /// The objection that it becomes when the chair grants it.
    pub(crate) fn granted(self) -> Position {
        Position {
            stance: Stance::Object,
            digest: self.digest,
            seq: self.seq,
            at: self.at,
            note: Some(self.reason),
            alternative: None,
            set_aside: None,
            signed: self.signed,
        }
    }
}

impl Clause {
    /// The late objections to it, in the order in which they were made.
    pub fn late(&self) -> &[LateObjection] {
        self.agreement.as_ref().map_or(&[], |a| &a.late)
    }

    /// The silence that agreed it, while that agreement is in force.
    pub fn agreed_by_silence(&self) -> Option<&SilenceId> {
        match &self.agreement.as_ref()?.how {
            How::Silence(id) => Some(id),
            How::Declared | How::Vote(_) => None,
        }
    }
}

impl Draft {
    /// The silence for which an objection to the target would come too late now: its deadline has passed, whether the
    /// server has entered so already or not.
    pub(crate) fn is_too_late(&self, target: &Target, at: Timestamp) -> Option<&Silence> {
        let Target::Clause(id) = target else {
            return None;
        };
        if let Some((_, running)) = self.silence_on(id) {
            return (running.until < at).then_some(running);
        }
        let lapsed = self.clauses.get(id)?.agreed_by_silence()?;
        self.silences.get(lapsed)
    }

    /// Whether the delegation, or the group, may still decide: a late objection of one that has left brings nothing back.
    pub(crate) fn still_counts(&self, late: &LateObjection) -> bool {
        let entitled = |d: &DelegationId| self.seats.sitting(d).is_some_and(|d| d.entitled);
        match &late.as_group {
            Some(group) => self.seats.members(group).iter().any(entitled),
            None => entitled(&late.by),
        }
    }

    /// What a late objection to the clause brings down if it is granted: the clause, and with it all that was circulated
    /// as a whole and is still agreed by that silence.
    pub(crate) fn brought_down_with(&self, id: &ClauseId) -> Vec<ClauseId> {
        let silence = self.clauses.get(id).and_then(Clause::agreed_by_silence);
        let Some((lapsed, silence)) = silence.and_then(|s| self.silences.get_key_value(s)) else {
            return Vec::new();
        };
        if !silence.whole {
            return vec![id.clone()];
        }
        let by_it = |c: &&ClauseId| {
            let clause = self.clauses.get(*c);
            clause.and_then(Clause::agreed_by_silence) == Some(lapsed)
        };
        silence.clauses.keys().filter(by_it).cloned().collect()
    }
}
