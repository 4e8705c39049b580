//! What one reader may do.

use crate::aids::words;
use crate::draft::{Draft, Mode, Role};
use crate::entry::By;
use crate::ids::DelegationId;

/// What the reader may do, as the roster stands.
pub(super) fn rights(draft: &Draft, by: &By) -> Vec<String> {
    if draft.closed {
        return vec![
            "The draft is closed: you may read it, and nothing more is entered.".to_owned(),
        ];
    }
    if draft.adopted.is_some() {
        return vec![
            "The text is adopted: only statements are still entered, and the close.".to_owned(),
        ];
    }
    match by {
        By::Server => vec!["You are the server's clock.".to_owned()],
        By::Secretariat => vec![
            "You are the secretariat: you convene drafts, seat and unseat delegations, form groups, set the rule and the \
             mode, and close the draft."
                .to_owned(),
            "You take no position and say nothing on the substance.".to_owned(),
        ],
        By::Seat {
            delegation, role, ..
        } => seated(draft, delegation, *role),
    }
}

fn seated(draft: &Draft, delegation: &DelegationId, role: Role) -> Vec<String> {
    let Some(sitting) = draft.seats.sitting(delegation) else {
        return vec![format!(
            "{delegation} does not sit in this draft (any more): you may read it."
        )];
    };
    if !sitting.role.covers(role) {
        return vec![format!(
            "{delegation} sits here as {}, and your seat is that of a {role}: you may read, and nothing you submit is \
             taken in.",
            sitting.role
        )];
    }
    let mut told = vec![format!("You act for {delegation}, as {role}.")];
    told.push(
        match role {
            Role::Observer => "You read.",
            Role::Archivist => "You read, compare, and seal versions.",
            Role::Delegate => {
                "You make, join and withdraw proposals, take positions, object and lift objections, confirm what awaits \
                 you, dissociate your delegation from its groups, and make statements."
            }
            Role::PenHolder => {
                "You do what a delegate does, and write the text: you type into clauses, take proposals into the text, \
                 and seal versions."
            }
            Role::Facilitator => {
                "You preside: you put the question, open and extend silences, open and close votes, declare agreement, \
                 form packages, reopen, decline and take in proposals, set the rule and the mode, seal versions, and \
                 adopt the text."
            }
        }
        .to_owned(),
    );
    if matches!(role, Role::Observer | Role::Archivist) {
        return told;
    }
    if draft.mode == Mode::Open && role == Role::Delegate {
        told.push("You also type into clauses that are not agreed.".to_owned());
    }
    if sitting.entitled {
        told.push(format!(
            "{delegation} may decide: its positions count, with a weight of {} where weights do.",
            sitting.weight
        ));
    } else {
        told.push(format!(
            "{delegation} may not decide: what it says is on record, and counted nowhere."
        ));
    }
    let groups = draft.seats.groups.iter();
    let spoken = groups.filter(|(_, g)| g.spokesperson.as_ref() == Some(delegation));
    let spoken: Vec<_> = spoken.map(|(id, _)| id.to_string()).collect();
    if !spoken.is_empty() {
        told.push(format!("You speak for {}.", words::list(&spoken)));
    }
    let groups = draft.seats.groups.keys();
    let in_groups = groups.filter(|g| draft.seats.members(g).contains(delegation));
    let in_groups: Vec<_> = in_groups.map(ToString::to_string).collect();
    if draft.seats.dissociated.contains(delegation) {
        told.push("No group speaks for you: you have dissociated your delegation.".to_owned());
    } else if !in_groups.is_empty() {
        told.push(format!(
            "Where you say nothing yourself, you are heard through {}.",
            words::list(&in_groups)
        ));
    }
    told
}
