//! `plenary login`: take the seat that an invitation is for.

use clap::Args;
use plenary_shared::wire::view::Me;

use super::whoami;
use crate::api::Api;
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::profile::{Profile, Profiles, is_exposed, read_link};
use crate::words::from_stdin;

/// Log in with an invitation link, and remember it
#[derive(Debug, Args)]
pub(crate) struct Login {
    /// The invitation link, or a server's address; `-` reads it from standard input
    link: String,
}

impl Login {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let link = if self.link == "-" {
            from_stdin()?
        } else {
            self.link
        };
        let (server, in_link) = read_link(&link)?;
        let Some(token) = in_link.or_else(|| context.globals.token.clone()) else {
            return Err(Failure::usage(
                "The link holds no token.",
                "Give the whole invitation link in quotes, with everything after `#`, or `--token TOKEN`.",
            ));
        };
        if is_exposed(&server) {
            context.out.remark(&format!(
                "warning: {server} is not encrypted: others on the way can read your token."
            ));
        }
        let api = Api::new(server.clone(), token.clone(), context.patience);
        let me: Me = api.get(&["me"], &[])?;
        let mut profiles = Profiles::read()?;
        let name = context
            .globals
            .profile
            .clone()
            .unwrap_or_else(|| name_of(&server));
        let profile = Profile {
            server: server.to_string(),
            token,
            draft: None,
        };
        profiles.profiles.insert(name.clone(), profile);
        profiles.default = Some(name.clone());
        profiles.write()?;
        context.out.value(&me, |_| {
            format!(
                "{} Logged in as profile {name}.",
                whoami::sentence(&me, &server)
            )
        })
    }
}

/// A profile is called after its server.
fn name_of(server: &url::Url) -> String {
    let host = server.host_str().unwrap_or("server");
    let port = server.port().map(|p| format!(":{p}")).unwrap_or_default();
    format!("{host}{port}{}", server.path().trim_end_matches('/'))
}
