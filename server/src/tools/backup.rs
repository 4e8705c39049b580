//! A copy of the data as of one moment, made by SQLite while the server goes on writing.

use std::fs::{DirBuilder, File};
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::storage::Sqlite;

/// Copies the database in `data` into the directory `to`, from which a server can then serve.
pub(super) fn run(data: &Path, to: &Path) -> anyhow::Result<()> {
    let (part, done) = (to.join("plenary.db.part"), to.join("plenary.db"));
    if done.exists() {
        bail!(
            "there is a copy in {} already: name another directory, for example one with today's date",
            to.display()
        );
    }
    let mut directory = DirBuilder::new();
    directory.recursive(true);
    // As secret as the original: whoever reads it, reads every draft.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut directory, 0o700);
    let made = directory.create(to);
    made.with_context(|| format!("{} cannot be made", to.display()))?;
    if part.exists() {
        // Left by a backup that was interrupted.
        std::fs::remove_file(&part)?;
    }
    Sqlite::copy(data, &part)?;
    // The copy counts once all of it is on the disk, and only then has its name.
    let file = File::open(&part)?;
    file.sync_all()?;
    std::fs::rename(&part, &done)?;
    File::open(to)?.sync_all()?;
    let bytes = done.metadata()?.len();
    println!("Copied {bytes} bytes to {}.", done.display());
    println!(
        "Look through it with: plenary-server check {}",
        to.display()
    );
    println!(
        "To serve from it:     plenary-server --data {}",
        to.display()
    );
    Ok(())
}
