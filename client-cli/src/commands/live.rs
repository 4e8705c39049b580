//! `plenary live`: write a clause together with others, each seeing the others type.

use std::path::PathBuf;

use clap::Args;
use plenary_shared::ids::Language;

use super::edit::{Spot, spot};
use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};

mod buffer;
mod screen;
mod typist;

/// Write a clause together with others, letter by letter
///
/// In a terminal: type; what others type appears as they do. Everything is sent at once. Esc leaves.
#[derive(Debug, Args)]
pub(crate) struct Live {
    /// The clause, or a proposal that you sponsor
    #[arg(value_name = "TARGET")]
    target: String,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
    /// Type this file's characters one by one, as a person would, and stop; `-` is standard input
    #[arg(long = "type", value_name = "FILE")]
    script: Option<PathBuf>,
    /// Characters a second; 0 types as fast as it goes
    #[arg(long, default_value_t = 10, requires = "script", value_name = "N")]
    rate: u32,
    /// Where to begin typing: `start`, `end`, or after so many UTF-16 code units
    #[arg(long, default_value = "end", requires = "script", value_name = "WHERE")]
    at: Begin,
}

/// Where typing begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    End,
    After(usize),
}

impl std::str::FromStr for Begin {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s {
            "start" => Ok(Self::After(0)),
            "end" => Ok(Self::End),
            n => n
                .parse()
                .map(Self::After)
                .map_err(|_| "give start, end, or a number".into()),
        }
    }
}

impl Live {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let spot = spot(&floor, &self.target, self.lang.as_ref())?;
        match &self.script {
            Some(path) => {
                let script = if path.as_os_str() == "-" {
                    crate::words::from_stdin()?
                } else {
                    std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?
                };
                typist::run(context, &floor, &spot, &script, self.rate, self.at)
            }
            None if context.out.width().is_none() || context.out.json => Err(Failure::new(
                Exit::Usage,
                "no-terminal",
                "Writing together needs a terminal.",
                "Without one, use `plenary edit`, or `plenary live CLAUSE --type FILE`.",
            )),
            None => screen::run(&floor, &spot, context.out.paint),
        }
    }
}
