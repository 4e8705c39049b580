//! `plenary help`: what a command does; `plenary help procedure`: the rules in force.

use clap::{Args, CommandFactory as _};

use super::Procedure;
use crate::cli::Cli;
use crate::context::Context;
use crate::failure::{Failure, Outcome};

/// Explain a command, or with `procedure` the rules in force in the draft
#[derive(Debug, Args)]
pub(crate) struct Help {
    /// A command, in as many words as it has; or `procedure`
    #[arg(value_name = "COMMAND")]
    topic: Vec<String>,
}

impl Help {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        if self.topic == ["procedure"] {
            return Procedure {}.run(context);
        }
        let mut command = Cli::command();
        command.build();
        let mut found = &mut command;
        for word in &self.topic {
            found = found.find_subcommand_mut(word).ok_or_else(|| {
                Failure::usage(
                    format!("There is no command {}.", self.topic.join(" ")),
                    "List the commands with `plenary help`.",
                )
            })?;
        }
        let help = found.render_long_help();
        if context.out.paint.is_on() {
            context.out.raw(&help.ansi().to_string())
        } else {
            context.out.raw(&help.to_string())
        }
    }
}
