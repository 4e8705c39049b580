//! `plenary completions`: let the shell complete commands.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::context::Context;
use crate::failure::Outcome;

/// Print completions for a shell, as in `plenary completions bash > ~/.local/share/bash-completion/completions/plenary`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "plenary", &mut script);
        context.out.raw(&String::from_utf8_lossy(&script))
    }
}
