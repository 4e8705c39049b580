//! A demonstration: a draft with a text, a roster, and invitations ready to be opened, on a server that has none yet.

use std::path::Path;

use anyhow::{Context as _, bail};
use plenary_shared::acts::Seat;
use plenary_shared::draft::Role;
use plenary_shared::ids::{DelegationId, DraftId};
use plenary_shared::roster::Roster;
use plenary_shared::wire::view::{NewDraft, NewSeat};

use crate::App;
use crate::http::drafts::{conference, fresh};
use crate::identity::Caller;

/// Convenes the draft and gives out some seats; what to print. On a server that has drafts, none.
///
/// # Errors
/// If a file cannot be read, or the rules do not allow what it asks for.
pub async fn demonstration(
    app: &App,
    text: &Path,
    roster: &Path,
) -> anyhow::Result<Option<String>> {
    if !app.rooms.drafts().await?.is_empty() {
        return Ok(None);
    }
    let markdown = read(text)?;
    let read = read(roster)?;
    let roster: Roster = toml::from_str(&read).with_context(|| {
        format!(
            "{} is no roster; see examples/roster.toml",
            roster.display()
        )
    })?;
    let Some(title) = roster.title.clone() else {
        bail!("the roster has no title: it is the draft's in the list of drafts");
    };
    let new = NewDraft {
        title,
        authentic: roster.authentic.clone(),
        working: roster.working.clone(),
        rule: roster.rule(),
        mode: roster.mode,
        markdown: Some(markdown),
        seats: roster.seats(),
        groups: roster.groups(),
    };
    let mut lines = format!("A demonstration draft is convened: {}\n", new.title);
    let draft = fresh()?;
    conference(app, &Caller::Secretariat, draft, new, None).await?;
    lines.push_str(&format!(
        "Its id is {draft}\n\nTake a seat in it: open a link in a browser.\n\n"
    ));
    let mut logins = String::from("\nOr on the command line:\n\n");
    for (delegation, role) in invited(&roster.seats()) {
        let profile = format!("{delegation}-{role}").to_lowercase();
        let link = invitation(app, draft, delegation, role).await?;
        lines.push_str(&format!("    {profile:<20} {link}\n"));
        logins.push_str(&format!("    plenary login '{link}' --profile {profile}\n"));
    }
    lines.push_str(&logins);
    Ok(Some(lines))
}

/// Who gets an invitation: a chair, two delegations, an observer and an archivist, as far as the roster has them. If
/// nobody is seated as observer, the first delegation brings one.
fn invited(seats: &[Seat]) -> Vec<(DelegationId, Role)> {
    let of = |role: Role| seats.iter().filter(move |s| s.role == role);
    let wanted = of(Role::Facilitator)
        .take(1)
        .chain(of(Role::Delegate).take(2))
        .map(|s| (s.delegation.clone(), s.role));
    let observer = of(Role::Observer).chain(of(Role::Delegate)).take(1);
    let observer = observer.map(|s| (s.delegation.clone(), Role::Observer));
    let archivist = of(Role::Archivist).take(1);
    let archivist = archivist.map(|s| (s.delegation.clone(), Role::Archivist));
    wanted.chain(observer).chain(archivist).collect()
}

async fn invitation(
    app: &App,
    draft: DraftId,
    delegation: DelegationId,
    role: Role,
) -> anyhow::Result<String> {
    let new = NewSeat {
        delegation,
        role,
        drafts: vec![draft],
        label: None,
        expires_in: None,
    };
    Ok(app.invite(new).await?.link)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_seat_that_the_roster_has_is_given_once_and_delegates_twice() {
        let roster = include_str!("../../examples/roster.toml");
        let roster: Roster = toml::from_str(roster).unwrap();
        let roles: Vec<Role> = invited(&roster.seats())
            .into_iter()
            .map(|(_, r)| r)
            .collect();
        assert_eq!(
            roles,
            [
                Role::Facilitator,
                Role::Delegate,
                Role::Delegate,
                Role::Observer,
                Role::Archivist
            ]
        );
    }
}
