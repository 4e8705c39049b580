//! `plenary roster`: who sits in the draft.

use std::collections::BTreeMap;

use clap::Args;
use plenary_shared::signing::Registered;
use plenary_shared::wire::view;

use super::list;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Table;
use crate::plain;

/// List the delegations and groups of the draft
#[derive(Debug, Args)]
pub(crate) struct Roster {}

impl Roster {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let roster: view::Roster = api.of_draft(context.draft_id(&api)?, &["roster"], &[])?;
        context.out.value(&roster, |out| {
            let mut table = Table::new(&["Code", "Role", "Decides", "Weight", "Languages", "Name"]);
            for (code, d) in &roster.delegations {
                let decides = match (d.left, d.entitled) {
                    (true, _) => "has left",
                    (false, true) => "yes",
                    (false, false) => "no",
                };
                table.row([
                    code.to_string(),
                    d.role.to_string(),
                    decides.into(),
                    d.weight.to_string(),
                    list(&d.languages),
                    plain(d.name.as_str()),
                ]);
            }
            let mut text = table.text(out.width());
            if !roster.groups.is_empty() {
                let mut table = Table::new(&["Group", "Speaks", "Name", "Members"]);
                for (code, group) in &roster.groups {
                    table.row([
                        code.to_string(),
                        group
                            .spokesperson
                            .as_ref()
                            .map_or_else(String::new, ToString::to_string),
                        plain(group.name.as_str()),
                        plain(&list(&group.members)),
                    ]);
                }
                text.push('\n');
                text.push_str(&table.text(out.width()));
            }
            if !roster.dissociated.is_empty() {
                text.push_str(&format!(
                    "\nNo group speaks for {}.\n",
                    list(&roster.dissociated)
                ));
            }
            let signs = |keys: &BTreeMap<_, Registered>| keys.values().any(|k| k.revoked.is_none());
            let signing = roster.keys.iter().filter(|(_, keys)| signs(keys));
            let signing: Vec<_> = signing.map(|(code, _)| code.clone()).collect();
            if !signing.is_empty() {
                text.push_str(&format!(
                    "\nTheir acts are signed with keys of their own: {}. The others' are not.\n",
                    list(&signing)
                ));
            }
            text
        })
    }
}
