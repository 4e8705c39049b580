//! `plenary package`: clauses that are agreed together or not at all.

use clap::{Args, Subcommand};
use plenary_shared::acts;
use plenary_shared::ids::Name;
use plenary_shared::wire::view::StatusView;

use super::list;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Table;
use crate::plain;

/// Tie clauses into a package, dissolve one, or list them
#[derive(Debug, Args)]
pub(crate) struct Package {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Tie clauses together, as in `plenary package form Finance OP3 OP7` (facilitator)
    Form {
        /// What it is called
        name: Name,
        /// Its clauses
        #[arg(required = true, num_args = 2..)]
        clauses: Vec<String>,
    },
    /// Let each of its clauses stand by itself again (facilitator)
    Dissolve {
        /// The package
        name: Name,
    },
    /// List the packages
    List,
}

impl Package {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        match self.what {
            What::Form { name, clauses } => {
                let clauses = clauses.iter().map(|c| floor.clause(c));
                let clauses = clauses.collect::<Outcome<Vec<_>>>()?;
                let sentence = format!("{} stand together as {name}.", list(&clauses));
                let act = acts::Act::Package(acts::Package { name, clauses });
                floor.enter(&act, &context.out, |_| sentence)
            }
            What::Dissolve { name } => {
                let sentence = format!("The package {name} is dissolved.");
                let act = acts::Act::DissolvePackage(acts::DissolvePackage { name });
                floor.enter(&act, &context.out, |_| sentence)
            }
            What::List => {
                let status: StatusView = floor.api.of_draft(floor.draft.id, &["status"], &[])?;
                context.out.value(&status.packages, |out| {
                    if status.packages.is_empty() {
                        return "There is no package.".into();
                    }
                    let mut table = Table::new(&["Entry", "Package", "Clauses", "Agreed"]);
                    for p in &status.packages {
                        let agreed = if p.open { "not yet" } else { "as a whole" };
                        table.row([
                            p.seq.to_string(),
                            plain(p.name.as_str()),
                            list(&p.clauses),
                            agreed.to_owned(),
                        ]);
                    }
                    table.text(out.width())
                })
            }
        }
    }
}
