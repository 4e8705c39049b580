//! Who is awaited: clause by clause, and delegation by delegation.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Audience, Picture, words};
use crate::draft::Draft;
use crate::ids::{ClauseId, DelegationId};

/// Who is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Awaited {
    /// The clauses on which somebody is, in order.
    pub clauses: Vec<AwaitedOn>,
    /// The delegations that are, in the order of their codes; only those that the reader may see sums of.
    pub delegations: Vec<AwaitedFrom>,
}

/// A clause that awaits somebody's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AwaitedOn {
    /// The clause.
    pub clause: ClauseId,
    /// Its number.
    pub label: String,
    /// Who has said nothing on it.
    pub silent: Vec<DelegationId>,
    /// Who has spoken on an earlier text.
    pub stale: Vec<DelegationId>,
    /// Who is to confirm what was agreed ad referendum.
    pub confirmations: Vec<DelegationId>,
    /// The same as a sentence: "OP3 awaits Averland and Group ISL."
    pub sentence: String,
}

/// What awaits a delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AwaitedFrom {
    /// The delegation.
    pub delegation: DelegationId,
    /// The clauses on which it has said nothing yet, or spoken on an earlier text.
    pub clauses: Vec<ClauseId>,
    /// The clauses whose agreement ad referendum it is to confirm.
    pub confirmations: Vec<ClauseId>,
    /// The same, said to it: "7 clauses await you: OP1, …"
    pub sentence: String,
}

impl Awaited {
    /// Who is awaited as the draft stands. On clauses that are settled nobody is, but for confirmations; in a draft that is
    /// adopted or closed, nobody at all.
    pub(super) fn of(picture: &Picture<'_>, audience: &Audience) -> Self {
        let draft = picture.draft;
        if draft.closed || draft.adopted.is_some() {
            return Self::default();
        }
        let clauses: Vec<_> = picture
            .clauses
            .iter()
            .filter_map(|standing| {
                let agreement = draft
                    .clauses
                    .get(standing.id)
                    .and_then(|c| c.agreement.as_ref());
                let confirmations: Vec<_> = agreement
                    .iter()
                    .flat_map(|a| a.awaiting.iter().cloned())
                    .collect();
                let (silent, stale) = match agreement {
                    Some(_) => (Vec::new(), Vec::new()),
                    None => (standing.tally.silent.clone(), standing.tally.stale.clone()),
                };
                let sentence = sentence(draft, &standing.label, &silent, &stale, &confirmations)?;
                Some(AwaitedOn {
                    clause: standing.id.clone(),
                    label: standing.label.clone(),
                    silent,
                    stale,
                    confirmations,
                    sentence,
                })
            })
            .collect();
        let seen = draft.seats.delegations.keys();
        let delegations = seen
            .filter(|d| audience.sees(d))
            .filter_map(|d| from(picture, &clauses, d))
            .collect();
        Self {
            clauses,
            delegations,
        }
    }
}

/// None if nobody is awaited.
fn sentence(
    draft: &Draft,
    label: &str,
    silent: &[DelegationId],
    stale: &[DelegationId],
    confirmations: &[DelegationId],
) -> Option<String> {
    let name = |who| words::delegations(&draft.seats, who);
    if !confirmations.is_empty() {
        return Some(format!(
            "{label} is agreed ad referendum and awaits the confirmation of {}.",
            name(confirmations)
        ));
    }
    match (silent, stale) {
        ([], []) => None,
        (silent, []) => Some(format!("{label} awaits {}.", name(silent))),
        ([], stale) => Some(format!(
            "{label} awaits {}, who spoke on an earlier text.",
            name(stale)
        )),
        (silent, stale) => Some(format!(
            "{label} awaits {}, and {}, who spoke on an earlier text.",
            name(silent),
            name(stale)
        )),
    }
}

fn from(
    picture: &Picture<'_>,
    clauses: &[AwaitedOn],
    delegation: &DelegationId,
) -> Option<AwaitedFrom> {
    let on = |told: fn(&AwaitedOn) -> [&[DelegationId]; 2]| -> Vec<ClauseId> {
        let awaiting = clauses.iter();
        let awaiting = awaiting.filter(|c| told(c).iter().any(|who| who.contains(delegation)));
        awaiting.map(|c| c.clause.clone()).collect()
    };
    let spoken = on(|c| [&c.silent, &c.stale]);
    let confirmations = on(|c| [&c.confirmations, &[]]);
    let mut parts = Vec::new();
    if !confirmations.is_empty() {
        parts.push(format!(
            "Your confirmation is awaited on {}.",
            words::list(&picture.label_all(&confirmations))
        ));
    }
    if !spoken.is_empty() {
        let (n, await_you) = match spoken.len() {
            1 => ("1 clause".to_owned(), "awaits you"),
            n => (format!("{n} clauses"), "await you"),
        };
        parts.push(format!(
            "{n} {await_you}: {}.",
            words::list(&picture.label_all(&spoken))
        ));
    }
    (!parts.is_empty()).then(|| AwaitedFrom {
        delegation: delegation.clone(),
        clauses: spoken,
        confirmations,
        sentence: parts.join(" "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, agree_ad_ref, call, delegation, en, supports};
    use serde_json::json;

    fn awaited(room: &Room, audience: &Audience) -> Awaited {
        Awaited::of(&Picture::of(&room.draft, &room.manuscript), audience)
    }

    fn on(room: &Room) -> Vec<String> {
        let awaited = awaited(room, &Audience::Reader).clauses.into_iter();
        awaited.map(|c| c.sentence).collect()
    }

    #[test]
    fn who_has_not_spoken_is_awaited_by_name_or_through_a_whole_group() {
        let mut room = Room::sitting();
        let group =
            json!({"form_group": {"group": "ISL", "name": "Islands", "members": ["MRD", "TSL"]}});
        room.does("SEC", &group);
        room.does("PEN", &supports("op-1"));
        assert_eq!(
            on(&room),
            [
                "Title awaits all 4 delegations.",
                "OP1 awaits AVR and Group ISL.",
                "OP2 awaits all 4 delegations.",
            ]
        );
        room.types("op-1", en(), "Decides to meet monthly;");
        room.does("AVR", &supports("op-1"));
        assert_eq!(
            on(&room)[1],
            "OP1 awaits Group ISL, and PEN, who spoke on an earlier text."
        );
        for who in ["MRD", "TSL"] {
            room.does(who, &supports("op-1"));
        }
        assert_eq!(
            on(&room)[1],
            "OP1 awaits PEN, who spoke on an earlier text."
        );
        room.does("PEN", &supports("op-1"));
        assert_eq!(on(&room).len(), 2);
    }

    #[test]
    fn an_agreement_awaits_only_confirmations() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree_ad_ref("op-1", &["AVR"]));
        assert_eq!(
            on(&room)[1],
            "OP1 is agreed ad referendum and awaits the confirmation of AVR."
        );
        let avr = awaited(&room, &Audience::Delegation(delegation("AVR")));
        assert_eq!(
            avr.delegations[0].sentence,
            "Your confirmation is awaited on OP1. 2 clauses await you: Title and OP2."
        );
    }

    #[test]
    fn a_delegation_is_told_what_awaits_it_and_not_what_awaits_others() {
        let room = Room::sitting();
        let of = |audience: &Audience| -> Vec<String> {
            let awaited = awaited(&room, audience).delegations.into_iter();
            awaited.map(|d| d.delegation.to_string()).collect()
        };
        assert_eq!(of(&Audience::Chair), ["AVR", "MRD", "PEN", "TSL"]);
        assert_eq!(of(&Audience::Delegation(delegation("MRD"))), ["MRD"]);
        assert!(of(&Audience::Reader).is_empty());
        // Who does not decide is not awaited.
        assert!(of(&Audience::Delegation(delegation("OBS"))).is_empty());
    }
}
