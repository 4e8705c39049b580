//! The `plenary` command: parse, run, print, and an exit code that says what came of it.

mod api;
mod cli;
mod commands;
mod connection;
mod context;
mod failure;
mod output;
mod pins;
mod profile;
mod reference;
mod replica;
mod ruling;
mod seen;
mod signer;
mod words;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use crate::cli::Cli;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::output::{ColorChoice, Output};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error),
    };
    let (globals, command) = (cli.globals, cli.command);
    let context = Context {
        out: Output::new(globals.json, globals.color),
        globals,
        patience: command.patience(),
    };
    match command.run(&context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            context.out.failure(&failure);
            ExitCode::from(failure.exit as u8)
        }
    }
}

/// Help and versions go to stdout; what cannot be parsed is a failure like any other.
fn unparsed(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|a| a == "--json");
    let asked_for = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    if !json || asked_for {
        let _ = error.print();
        return ExitCode::from(if asked_for { 0 } else { Exit::Usage as u8 });
    }
    let what = error.to_string();
    let sentence = what.lines().next().unwrap_or_default();
    let sentence = sentence.strip_prefix("error: ").unwrap_or(sentence);
    let failure = Failure::usage(sentence, "See `plenary --help`.");
    Output::new(true, ColorChoice::Never).failure(&failure);
    ExitCode::from(Exit::Usage as u8)
}

/// Text from elsewhere as it is safe to print: a terminal obeys control characters, so they are left out.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .filter(|&c| c == '\n' || c == '\t' || !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_elsewhere_cannot_command_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\u{7}\nc"), "a[2Jb\nc");
    }
}
