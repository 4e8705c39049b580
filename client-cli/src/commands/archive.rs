//! `plenary archive`: the whole record as one file, and such a file opened.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::{Args, Subcommand};
use plenary_archive::Contents;
use plenary_shared::ids::DraftId;
use plenary_shared::wire::proof::Checkpoints;
use serde_json::json;

use crate::api::Api;
use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};
use crate::pins::{self, Pin};
use crate::plain;

/// Write the draft's whole record into one file, for decades; or open such a file
///
/// The file holds the log, the roster, every sealed text, the signed checkpoints and a README in plain words. `plenary verify
/// FILE` folds all of it again; docs/archive.md tells its form.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Archive {
    /// The file to write, for example rivers.plenary; it must not be there yet
    #[arg(value_name = "FILE", required = true)]
    file: Option<PathBuf>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Open an archive in the browser, to be read only, without a server elsewhere
    Open {
        /// The archive
        file: PathBuf,
        /// The address on this machine
        #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
        listen: String,
    },
}

impl Archive {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        match (self.what, self.file) {
            (Some(What::Open { file, listen }), _) => open(&file, &listen),
            (None, Some(file)) => write(&file, context),
            (None, None) => Err(Failure::usage(
                "The file is missing.",
                "Name it: `plenary archive rivers.plenary`.",
            )),
        }
    }
}

fn write(path: &Path, context: &Context) -> Outcome {
    let api = context.api()?;
    let draft = context.draft_id(&api)?;
    let pin = pins::now(&api, draft)?;
    let (entries, title, bytes) = write_to(path, &api, draft, &pin)?;
    let key = pin.key;
    let told =
        json!({"file": path, "draft": draft, "entries": entries, "bytes": bytes, "key": key});
    context.out.value(&told, |_| {
        format!(
            "Wrote {} ({bytes} bytes): {entries} entries of {}.\nVerify it anywhere: plenary verify {} --key '{key}'",
            path.display(),
            plain(&title),
            path.display()
        )
    })
}

/// Writes the archive of the record that was signed: how many entries it has, its title, and the file's bytes.
pub(super) fn write_to(
    path: &Path,
    api: &Api,
    draft: DraftId,
    pin: &Pin,
) -> Outcome<(u64, String, u64)> {
    let kept: Checkpoints = api.of_draft(draft, &["checkpoints"], &[])?;
    let contents = Contents {
        draft,
        keys: vec![pin.key()?],
        checkpoint: pin.signed()?,
        earlier: kept.items.iter().filter_map(|n| n.parse().ok()).collect(),
    };
    let fail = |e: std::io::Error| Failure::file(path, &e);
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(fail)?;
    let written = fill(&file, api, &contents);
    if written.is_err() {
        // A part of an archive is none.
        let _ = std::fs::remove_file(path);
    }
    let (entries, title) = written?;
    file.sync_all().map_err(fail)?;
    let bytes = file.metadata().map_err(fail)?.len();
    Ok((entries, title, bytes))
}

fn fill(file: &File, api: &Api, contents: &Contents) -> Outcome<(u64, String)> {
    let trouble = RefCell::new(None);
    let log = Log {
        api,
        draft: contents.draft,
        until: contents.checkpoint.checkpoint.size,
        read: 0,
        stream: None,
        trouble: &trouble,
    };
    let written = plenary_archive::write(BufWriter::new(file), log, contents);
    if let Some(failure) = trouble.take() {
        return Err(failure);
    }
    let record = written.map_err(|e| {
        Failure::new(
            Exit::Other,
            "not-archived",
            format!("No archive was written: {e}."),
            "Look after the disk; if the record is damaged, tell the operator.",
        )
    })?;
    if record.draft.seq.0 != contents.checkpoint.checkpoint.size {
        return Err(Failure::not_understood(
            api.base().as_str(),
            "its record is shorter than it has signed",
        ));
    }
    Ok((record.draft.seq.0, record.draft.title.to_string()))
}

/// The log as it comes from the server, line by line. Where the stream breaks, it is asked for once more from there.
struct Log<'a> {
    api: &'a Api,
    draft: DraftId,
    until: u64,
    read: u64,
    /// Since when the stream at hand goes; none if there is none.
    stream: Option<(u64, BufReader<Box<dyn Read>>)>,
    trouble: &'a RefCell<Option<Failure>>,
}

/// Bytes of a line; an entry has far fewer.
const LINE_BYTES: u64 = 32 << 20;

impl Log<'_> {
    fn line(&mut self) -> Outcome<Vec<u8>> {
        let mut line = Vec::new();
        loop {
            let (since, stream) = match &mut self.stream {
                Some(stream) => stream,
                None => {
                    let query = [
                        ("after", self.read.to_string()),
                        ("until", self.until.to_string()),
                    ];
                    let id = self.draft.to_string();
                    let stream = self.api.lines(&["drafts", &id, "log"], &query)?;
                    self.stream.insert((self.read, stream))
                }
            };
            line.clear();
            let read = stream.take(LINE_BYTES).read_until(b'\n', &mut line);
            if read.is_ok() && line.pop() == Some(b'\n') {
                return BASE64
                    .decode(&line)
                    .map_err(|e| Failure::not_understood(self.api.base().as_str(), e));
            }
            // A stream that brought nothing would bring nothing once more.
            if *since == self.read {
                let why = read
                    .err()
                    .map_or("it ends too early".into(), |e| e.to_string());
                return Err(Failure::unreachable(self.api.base().as_str(), why));
            }
            self.stream = None;
        }
    }
}

impl Iterator for Log<'_> {
    type Item = Vec<u8>;
    fn next(&mut self) -> Option<Vec<u8>> {
        if self.read >= self.until {
            return None;
        }
        match self.line() {
            Ok(entry) => {
                self.read += 1;
                Some(entry)
            }
            Err(failure) => {
                *self.trouble.borrow_mut() = Some(failure);
                None
            }
        }
    }
}

/// The server opens it: the same pages as ever, on this machine only.
fn open(file: &Path, listen: &str) -> Outcome {
    let beside = std::env::current_exe().ok();
    let beside = beside.and_then(|p| Some(p.parent()?.join("plenary-server")));
    let program = beside.filter(|p| p.is_file());
    let program = program.unwrap_or_else(|| PathBuf::from("plenary-server"));
    let mut server = Command::new(&program);
    server.arg("open").arg(file).args(["--listen", listen]);
    let status = server.status().map_err(|e| {
        Failure::new(
            Exit::NotFound,
            "no-server",
            format!("The program plenary-server, which shows archives, cannot be started: {e}."),
            "Put it beside `plenary`, or on the path.",
        )
    })?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(
            Exit::Other,
            "not-opened",
            "The archive was not opened.",
            "See above; `plenary verify FILE` says more.",
        ))
    }
}
