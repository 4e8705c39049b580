//! `plenary publish`: a draft's history as a folder of pages, for any web server or a memory stick.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use plenary_archive::{Bag, Trust, site, verify};
use serde_json::json;

use super::archive;
use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};
use crate::{pins, plain};

/// Write the draft's history into a folder: texts, redlines, record and proof, to be put on any web server
///
/// The pages need no script, no network and nothing beside them. They are made of the archive that lies among them: whoever
/// makes them again of it, gets the same files.
#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// The folder; it is made, and must not be there yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// An archive to make the pages of, instead of the draft at its server
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

impl Publish {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let folder = &self.folder;
        if folder.exists() {
            return Err(Failure::new(
                Exit::Refused,
                "folder-exists",
                format!("{} is there already.", folder.display()),
                "Name a folder that is not there yet: nothing is overwritten.",
            ));
        }
        let made = make(folder, self.from.as_deref(), context);
        if made.is_err() {
            // Made by us just now, and a part of a history is none.
            let _ = std::fs::remove_dir_all(folder);
        }
        made
    }
}

fn make(folder: &Path, from: Option<&Path>, context: &Context) -> Outcome {
    let proof = folder.join("proof");
    std::fs::create_dir_all(&proof).map_err(|e| Failure::file(&proof, &e))?;
    let name = match from {
        Some(file) => {
            let name = format!("{}.plenary", looked_through(file)?);
            let to = proof.join(&name);
            std::fs::copy(file, &to).map_err(|e| Failure::file(&to, &e))?;
            name
        }
        None => {
            let api = context.api()?;
            let draft = context.draft_id(&api)?;
            let name = format!("{draft}.plenary");
            archive::write_to(&proof.join(&name), &api, draft, &pins::now(&api, draft)?)?;
            name
        }
    };
    let mut bag = open(&proof.join(&name))?;
    let made = site(&mut bag, &name, |file, bytes| {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)
    });
    let made = made.map_err(|e| {
        Failure::new(
            Exit::Other,
            "not-published",
            format!("The pages were not made: {e}."),
            "Look after the disk; `plenary verify` says what is wrong with an archive.",
        )
    })?;
    let told = json!({"folder": folder, "texts": made.texts, "acts": made.acts});
    context.out.value(&told, |_| {
        format!(
            "Wrote {}: {} texts and {} acts of {}. Begin with index.html.",
            folder.display(),
            made.texts,
            made.acts,
            plain(&made.title)
        )
    })
}

fn open(path: &Path) -> Outcome<Bag<BufReader<File>>> {
    let file = File::open(path).map_err(|e| Failure::file(path, &e))?;
    Bag::open(BufReader::new(file)).map_err(|e| not_an_archive(path, &e))
}

fn not_an_archive(path: &Path, why: &impl std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Forked,
        "not-an-archive",
        format!("{}: {why}.", path.display()),
        "Get the file once more from whoever keeps it.",
    )
}

/// The name of the draft in an archive in which everything is as it should be. Another is not published.
fn looked_through(path: &Path) -> Outcome<String> {
    let mut bag = open(path)?;
    let report = verify(&mut bag, &Trust::default()).map_err(|e| not_an_archive(path, &e))?;
    match report.findings.first() {
        None => Ok(report.draft.to_string()),
        Some(first) => Err(Failure::new(
            Exit::Forked,
            "not-as-signed",
            format!("{} is not as it should be: {first}", path.display()),
            "`plenary verify` tells all of it.",
        )),
    }
}
