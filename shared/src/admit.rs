//! Who may speak, here and now: caller × draft × submission.

use crate::acts::Act;
use crate::draft::{Draft, Role};
use crate::entry::By;
use crate::ids::{DelegationId, GroupId, Seq};
use crate::refusal::Refusal;

/// Whether the caller may submit acts at all: the draft is not closed, the delegation sits in it, and its seat's role is
/// one that the roster gives it. What is special to an act is in the act's own rules.
///
/// # Errors
/// `not-convened`, `draft-closed`, `not-seated`, `role-not-covered`, `draft-adopted`.
pub fn act(draft: &Draft, by: &By, act: &Act) -> Result<(), Refusal> {
    if draft.seq == Seq(0) && !matches!(act, Act::Convene(_)) {
        return Err(Refusal::not_convened());
    }
    if matches!(act, Act::Convene(_)) {
        return if draft.closed {
            Err(Refusal::draft_closed())
        } else {
            Ok(())
        };
    }
    seated(draft, by)?;
    match act {
        // Of a translation, the act itself knows what may still be said.
        Act::Statement(_) | Act::Close(_) | Act::MarkTranslation(_) | Act::RevokeKey(_) => Ok(()),
        _ => not_adopted(draft),
    }
}

/// Whether the caller may type at all: as [`seated`], and once the text is adopted only who holds the pen. What that one
/// may then still correct, working translations, is the gate's question.
///
/// # Errors
/// `draft-closed`, `not-seated`, `role-not-covered`, `draft-adopted`.
pub fn typing(draft: &Draft, by: &By) -> Result<(), Refusal> {
    seated(draft, by)?;
    if by.role().is_some_and(Role::holds_the_pen) {
        Ok(())
    } else {
        not_adopted(draft)
    }
}

/// What is adopted is changed no more (R-A6).
fn not_adopted(draft: &Draft) -> Result<(), Refusal> {
    match &draft.adopted {
        None => Ok(()),
        Some(adoption) => Err(Refusal::draft_adopted(&adoption.name)),
    }
}

/// Whether the caller may enter anything, act or text: the draft is open, and whoever has a seat has it in this draft
/// and in a role that the roster gives the delegation.
///
/// # Errors
/// `draft-closed`, `not-seated`, `role-not-covered`.
pub fn seated(draft: &Draft, by: &By) -> Result<(), Refusal> {
    if draft.closed {
        return Err(Refusal::draft_closed());
    }
    if let By::Seat {
        delegation, role, ..
    } = by
    {
        let seated = draft
            .seats
            .sitting(delegation)
            .ok_or_else(|| Refusal::not_seated(delegation))?;
        if !seated.role.covers(*role) {
            return Err(Refusal::role_not_covered(delegation, seated.role, *role));
        }
    }
    Ok(())
}

/// Only the secretariat or the facilitator: who sits here and how the draft works.
pub(crate) fn conduct(by: &By, what: &str) -> Result<(), Refusal> {
    match by {
        By::Secretariat
        | By::Seat {
            role: Role::Facilitator,
            ..
        } => Ok(()),
        By::Seat { .. } | By::Server => Err(Refusal::not_entitled(
            what,
            "the secretariat or the facilitator",
        )),
    }
}

/// Only the facilitator: who presides declares what the room has decided (P6).
pub(crate) fn chair(by: &By, what: &str) -> Result<(), Refusal> {
    seat(by, what, "the facilitator", |r| r == Role::Facilitator).map(drop)
}

/// Only who holds the pen: a pen-holder or the facilitator.
pub(crate) fn pen(by: &By, what: &str) -> Result<(), Refusal> {
    seat(
        by,
        what,
        "a pen-holder or the facilitator",
        Role::holds_the_pen,
    )
    .map(drop)
}

/// Only who answers for translations: who holds the pen, or the secretariat, whose language services do.
pub(crate) fn translations(by: &By) -> Result<(), Refusal> {
    match by {
        By::Secretariat => Ok(()),
        By::Seat { role, .. } if role.holds_the_pen() => Ok(()),
        By::Seat { .. } | By::Server => Err(Refusal::not_entitled(
            "mark a translation",
            "a pen-holder, the facilitator or the secretariat",
        )),
    }
}

/// Whoever has the floor for a delegation: no observer (R-P3), no archivist.
pub(crate) fn floor<'a>(by: &'a By, what: &str) -> Result<&'a DelegationId, Refusal> {
    seat(by, what, "a delegate", |r| r >= Role::Delegate)
}

/// Whoever has the floor for a delegation whose positions count.
pub(crate) fn voice<'a>(
    draft: &Draft,
    by: &'a By,
    what: &str,
) -> Result<&'a DelegationId, Refusal> {
    let delegation = floor(by, what)?;
    if draft.seats.sitting(delegation).is_some_and(|d| d.entitled) {
        Ok(delegation)
    } else {
        Err(Refusal::new(
            "not-entitled",
            format!(
                "{delegation} takes no part in the decisions of this draft, so it may not {what}."
            ),
            "Make a statement for the record instead, or ask the secretariat to change the roster.",
        ))
    }
}

/// Whoever has the floor for the group: a delegate of its spokesperson.
pub(crate) fn group(draft: &Draft, by: &By, group: &GroupId, what: &str) -> Result<(), Refusal> {
    let delegation = floor(by, what)?;
    let formed = draft.seats.groups.get(group);
    let formed = formed.ok_or_else(|| Refusal::unknown_group(group))?;
    if formed.spokesperson.as_ref() == Some(delegation) {
        Ok(())
    } else {
        Err(Refusal::not_spokesperson(
            group,
            formed.spokesperson.as_ref(),
        ))
    }
}

/// Whoever has the floor for the group, if one is named, and else for a delegation whose positions count.
pub(crate) fn voice_or_group(
    draft: &Draft,
    by: &By,
    as_group: Option<&GroupId>,
    what: &str,
) -> Result<(), Refusal> {
    match as_group {
        Some(id) => group(draft, by, id, what),
        None => voice(draft, by, what).map(drop),
    }
}

/// Only seats with such a role; the delegation that acts.
pub(crate) fn seat<'a>(
    by: &'a By,
    what: &str,
    who_may: &str,
    may: impl Fn(Role) -> bool,
) -> Result<&'a DelegationId, Refusal> {
    match by {
        By::Seat {
            delegation, role, ..
        } if may(*role) => Ok(delegation),
        By::Seat { .. } | By::Secretariat | By::Server => Err(Refusal::not_entitled(what, who_may)),
    }
}
