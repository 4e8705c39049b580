//! What an operator does with a data directory besides serving it: `plenary-server check DIR`, `plenary-server backup DIR
//! TO`, which only read, and may run beside the server that has the directory, and `plenary-server restore`. And what needs
//! no data: `plenary-server open ARCHIVE`, `plenary-server openapi`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory as _, Parser};

mod archive;
mod backup;
mod check;

pub use check::{Checked, Finding};

/// Commands beside serving.
#[derive(Debug, Clone, PartialEq, Eq, Parser)]
#[command(
    name = "plenary-server",
    version,
    max_term_width = 100,
    bin_name = "plenary-server"
)]
pub enum Tool {
    /// Reads every draft's whole record, and says whether it is whole: the chain of hashes, the rules' state, the words
    Check {
        /// The data directory
        #[arg(value_name = "DIR")]
        data: PathBuf,
        /// One JSON object a draft
        #[arg(long)]
        json: bool,
    },
    /// Copies the data into a new directory, as of one moment, while the server goes on
    Backup {
        /// The data directory
        #[arg(value_name = "DIR")]
        data: PathBuf,
        /// The directory of the copy; it is made, and must not hold one yet
        #[arg(value_name = "TO")]
        to: PathBuf,
    },
    /// Puts the draft of an archive into a data directory that does not have it; its server must be stopped
    Restore {
        /// The archive
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The data directory
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
    },
    /// Shows an archive on this machine, with every page, and takes nothing in
    Open {
        /// The archive
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The address to listen on
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
        listen: std::net::SocketAddr,
    },
    /// Prints the description of the HTTP API (OpenAPI 3.1), as it is served at `/api/v1/openapi.json`
    Openapi,
}

impl Tool {
    /// The command, if the first argument names one; else these are settings for serving.
    ///
    /// # Errors
    /// [`clap::Error`], if what follows is not as the command has it.
    pub fn named(arguments: &[OsString]) -> Result<Option<Self>, clap::Error> {
        let first = arguments.get(1).and_then(|a| a.to_str());
        let known = |name: &str| {
            Self::command()
                .get_subcommands()
                .any(|c| c.get_name() == name)
        };
        if first.is_some_and(known) {
            Self::try_parse_from(arguments).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Does it, and prints what came of it. False if something was found that should not be.
    ///
    /// # Errors
    /// A sentence for the operator, if it could not be done.
    pub async fn run(self) -> anyhow::Result<bool> {
        match self {
            Self::Check { data, json } => check::run(&data, json).await,
            Self::Backup { data, to } => backup::run(&data, &to).map(|()| true),
            Self::Restore { file, data } => archive::restore(&file, &data).await.map(|()| true),
            Self::Open { file, listen } => archive::open(&file, listen).await.map(|()| true),
            Self::Openapi => {
                println!("{}", crate::router::openapi().to_pretty_json()?);
                Ok(true)
            }
        }
    }
}
