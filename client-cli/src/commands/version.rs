//! `plenary version`: give the text of this moment a name.

use clap::{Args, Subcommand};
use plenary_shared::acts::{self, SealVersion};
use plenary_shared::ids::Name;
use plenary_shared::wire::view::Versions;

use super::when;
use crate::context::{Context, entered};
use crate::failure::Outcome;
use crate::output::Table;
use crate::plain;

/// Seal the present text as a named version, or list the versions
#[derive(Debug, Args)]
pub(crate) struct Version {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Seal the present text under a name, as in `plenary version seal Rev.1`
    Seal {
        /// The name
        name: Name,
    },
    /// List the sealed versions
    List,
}

impl Version {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_id(&api)?;
        match self.what {
            What::Seal { name } => {
                let act = acts::Act::SealVersion(SealVersion {
                    name: name.clone(),
                    heads: None,
                });
                let done = api.act(draft, &act)?;
                entered(&done, &context.out, |_| {
                    format!("Sealed the present text as {name}.")
                })
            }
            What::List => {
                let versions: Versions = api.of_draft(draft, &["versions"], &[])?;
                context.out.value(&versions, |out| {
                    if versions.items.is_empty() {
                        return "No version is sealed yet.".into();
                    }
                    let mut table = Table::new(&["Entry", "When", "By", "Name"]);
                    for v in &versions.items {
                        let by =
                            v.by.delegation()
                                .map_or_else(|| "secretariat".into(), ToString::to_string);
                        table.row([v.seq.to_string(), when(v.at), by, plain(v.name.as_str())]);
                    }
                    table.text(out.width())
                })
            }
        }
    }
}
