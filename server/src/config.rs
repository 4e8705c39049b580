//! Every setting, declared once: flag, environment variable, key in the file, default and what it is for.
//!
//! A flag wins over the environment, the environment over the file (`--config`), the file over the default. The file's
//! values become the defaults of this same declaration, so that they are read and checked by the same code.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Command, CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};

mod base_url;
mod units;

pub use base_url::BaseUrl;
pub use units::{Size, Span};

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The Plenary server: multilateral drafting, self-hosted.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "plenary-server",
    version,
    max_term_width = 100,
    after_help = "Besides serving:\n  plenary-server check DIR       says whether every draft's record is whole\n  \
                  plenary-server backup DIR TO   copies the data while the server goes on\n  \
                  plenary-server restore FILE --data DIR   puts an archive's draft back\n  \
                  plenary-server open FILE       shows an archive, to be read only"
)]
pub struct Config {
    /// Where the record is kept: a directory, made if it is missing; `memory` forgets everything at the end
    #[arg(long, env = "PLENARY_DATA", value_name = "DIR")]
    pub data: PathBuf,

    /// The address to listen on; port 0 takes a free one and prints it
    #[arg(
        long,
        env = "PLENARY_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:4117"
    )]
    pub listen: SocketAddr,

    /// The address that people reach the server by, for links; http and the listening address if left out
    #[arg(long, env = "PLENARY_BASE_URL", value_name = "URL")]
    pub base_url: Option<BaseUrl>,

    /// A reverse proxy stands before the server and speaks TLS
    #[arg(long, env = "PLENARY_BEHIND_PROXY", value_name = "BOOL", default_value = "false",
          num_args = 0..=1, default_missing_value = "true", require_equals = true,
          action = ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub behind_proxy: bool,

    /// What is logged: error, warn, info, debug or trace; or a filter such as `warn,plenary_server=debug`
    #[arg(long, env = "RUST_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,

    /// How log lines are written
    #[arg(
        long,
        env = "PLENARY_LOG_FORMAT",
        value_name = "FORMAT",
        default_value = "text"
    )]
    pub log_format: LogFormat,

    /// The largest body of a request
    #[arg(
        long,
        env = "PLENARY_MAX_BODY",
        value_name = "SIZE",
        default_value = "2MiB"
    )]
    pub max_body: Size,

    /// Connections held at once; more wait until one ends
    #[arg(
        long,
        env = "PLENARY_MAX_CONNECTIONS",
        value_name = "NUMBER",
        default_value = "10000"
    )]
    pub max_connections: usize,

    /// Live connections of one seat at once, event streams and websockets together
    #[arg(
        long,
        env = "PLENARY_MAX_STREAMS_PER_SEAT",
        value_name = "NUMBER",
        default_value = "64"
    )]
    pub max_streams_per_seat: usize,

    /// Connections of one address at once; more are turned away. Behind a proxy, where all come from its address, this is
    /// the proxy's to limit
    #[arg(
        long,
        env = "PLENARY_MAX_CONNECTIONS_PER_ADDRESS",
        value_name = "NUMBER",
        default_value = "2500"
    )]
    pub max_connections_per_address: usize,

    /// Hundredths of one processor that one seat may use over time before its next message waits; 100 lets nobody wait
    #[arg(
        long,
        env = "PLENARY_SEAT_SHARE",
        value_name = "PERCENT",
        default_value = "20",
        value_parser = clap::value_parser!(u32).range(1..=100)
    )]
    pub seat_share: u32,

    /// How long a client may take over the head of a request
    #[arg(
        long,
        env = "PLENARY_HEADER_TIMEOUT",
        value_name = "SPAN",
        default_value = "15s"
    )]
    pub header_timeout: Span,

    /// How long a request may take from its head to the head of the answer
    #[arg(
        long,
        env = "PLENARY_REQUEST_TIMEOUT",
        value_name = "SPAN",
        default_value = "1min"
    )]
    pub request_timeout: Span,

    /// How often a live draft is put aside for a quick start, in entries
    #[arg(
        long,
        env = "PLENARY_SNAPSHOT_EVERY",
        value_name = "ENTRIES",
        default_value = "1000"
    )]
    pub snapshot_every: u64,

    /// A TOML file with any of the settings above, by the names of their flags
    #[arg(long, env = "PLENARY_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// For a demonstration: convene a draft with this Markdown text, if the server is new and empty
    #[arg(long, value_name = "FILE.md", requires = "roster")]
    pub seed: Option<PathBuf>,

    /// The delegations and groups of that draft
    #[arg(long, value_name = "FILE.toml", requires = "seed")]
    pub roster: Option<PathBuf>,

    /// Print the settings in force as a TOML file, and stop
    #[arg(long)]
    pub show_settings: bool,
}

/// Flags that say what to do once, and so have no place in the file.
const NOT_IN_THE_FILE: &[&str] = &[
    "config",
    "seed",
    "roster",
    "show-settings",
    "help",
    "version",
];

impl Config {
    /// Reads the settings from the command line, the environment and the file that they name.
    ///
    /// # Errors
    /// A sentence that names the setting. Help, version and wrong flags are [`clap::Error`]s inside.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> anyhow::Result<Self> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let mut command = Self::command();
        if let Some(file) = file_named(&arguments) {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("the settings in {} cannot be read", file.display()))?;
            command = with_defaults_from(command, &text, &file)?;
        }
        let matches = command.try_get_matches_from(arguments)?;
        Ok(Self::from_arg_matches(&matches)?)
    }

    /// The settings that nothing but the data directory is given for.
    pub fn for_data(data: impl Into<PathBuf>) -> Self {
        let name = OsString::from("plenary-server");
        let data = data.into().into_os_string();
        // Not `read`: a test must not see the environment of whoever runs it.
        let command = Self::command().mut_args(|a| a.env(None::<&str>));
        let matches = command.try_get_matches_from([name, "--data".into(), data]);
        let matches = matches.expect("the defaults are themselves settings");
        Self::from_arg_matches(&matches).expect("the defaults are themselves settings")
    }

    /// The settings in force as a file: what `--show-settings` prints.
    pub fn to_toml(&self) -> String {
        let quoted = |text: String| toml::Value::String(text).to_string();
        let value = |key: &str| -> Option<String> {
            Some(match key {
                "data" => quoted(self.data.display().to_string()),
                "listen" => quoted(self.listen.to_string()),
                "base-url" => quoted(self.base_url.as_ref()?.to_string()),
                "behind-proxy" => self.behind_proxy.to_string(),
                "log" => quoted(self.log.clone()),
                "log-format" => quoted(self.log_format.to_possible_value()?.get_name().to_owned()),
                "max-body" => quoted(self.max_body.to_string()),
                "max-connections" => self.max_connections.to_string(),
                "max-streams-per-seat" => self.max_streams_per_seat.to_string(),
                "max-connections-per-address" => self.max_connections_per_address.to_string(),
                "seat-share" => self.seat_share.to_string(),
                "header-timeout" => quoted(self.header_timeout.to_string()),
                "request-timeout" => quoted(self.request_timeout.to_string()),
                "snapshot-every" => self.snapshot_every.to_string(),
                _ => return None,
            })
        };
        let mut file = String::from(
            "# Settings of plenary-server. A flag (--listen) or an environment variable (PLENARY_LISTEN) wins over this file.\n",
        );
        for argument in Self::command().get_arguments() {
            let Some(key) = argument.get_long().filter(|k| !NOT_IN_THE_FILE.contains(k)) else {
                continue;
            };
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let line = value(key).map_or(format!("# {key} ="), |v| format!("{key} = {v}"));
            file.push_str(&format!("\n# {help}\n{line}\n"));
        }
        file
    }

    /// What the operator should know about these settings before anybody connects.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if !self.listen.ip().is_loopback() && !self.behind_proxy {
            warnings.push(format!(
                "listening on {}, where others can reach it, without TLS: tokens and texts travel in the open. Put a \
                 reverse proxy with TLS before it and start with --behind-proxy, or listen on 127.0.0.1",
                self.listen
            ));
        }
        if self.behind_proxy && self.base_url.is_none() {
            warnings.push(
                "behind a proxy without --base-url: invitation links will name the listening address. Start with \
                 --base-url https://your.name"
                    .into(),
            );
        }
        if self.data.as_os_str() == "memory" {
            warnings.push(
                "keeping everything in memory: all drafts are gone when the server stops. For real work start with \
                 --data DIR"
                    .into(),
            );
        }
        warnings
    }
}

/// The settings file that flags or environment name. Everything else that may be wrong with them is found later.
fn file_named(arguments: &[OsString]) -> Option<PathBuf> {
    let command = Config::command().ignore_errors(true);
    let matches = command.try_get_matches_from(arguments).ok()?;
    matches.get_one::<PathBuf>("config").cloned()
}

fn with_defaults_from(mut command: Command, text: &str, file: &Path) -> anyhow::Result<Command> {
    let file = file.display();
    let settings: toml::Table = text
        .parse()
        .with_context(|| format!("the settings in {file} are no TOML"))?;
    let known: Vec<(String, clap::Id)> = command
        .get_arguments()
        .filter_map(|a| Some((a.get_long()?.to_owned(), a.get_id().clone())))
        .filter(|(long, _)| !NOT_IN_THE_FILE.contains(&long.as_str()))
        .collect();
    for (key, value) in settings {
        let Some((_, id)) = known.iter().find(|(long, _)| *long == key) else {
            let names: Vec<&str> = known.iter().map(|(long, _)| long.as_str()).collect();
            bail!(
                "{file} has the unknown setting `{key}`: the settings are {}",
                names.join(", ")
            );
        };
        let value = match value {
            toml::Value::String(s) => s,
            toml::Value::Integer(n) => n.to_string(),
            toml::Value::Boolean(b) => b.to_string(),
            other => bail!(
                "{file} gives `{key}` as {}: it is a text, a whole number, true or false",
                other.type_str()
            ),
        };
        command = command.mut_arg(id, |a| a.default_value(value).required(false));
    }
    Ok(command)
}

#[cfg(test)]
mod tests;
