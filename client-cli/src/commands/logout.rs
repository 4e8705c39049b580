//! `plenary logout`: forget a seat's token on this machine.

use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::profile::Profiles;

/// Forget the token on this machine; the seat itself stays until it is revoked
#[derive(Debug, Args)]
pub(crate) struct Logout {}

impl Logout {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut profiles = Profiles::read()?;
        let globals = &context.globals;
        let found = profiles.find(globals.profile.as_deref(), globals.server.as_deref());
        let Some(name) = found.map(|(name, _)| name.to_owned()) else {
            return Err(Failure::not_found(
                "unknown-profile",
                "You are not logged in.",
                "There is nothing to do.",
            ));
        };
        profiles.profiles.remove(&name);
        if profiles.default.as_ref() == Some(&name) {
            profiles.default = profiles.profiles.keys().next().cloned();
        }
        profiles.write()?;
        context.out.value(&json!({ "forgotten": name }), |_| {
            format!("Forgot the token of {name}.")
        })
    }
}
