//! An archive opened for reading. It may come from anybody: names, numbers and sizes are looked at before anything is read,
//! files are read as streams, and nothing is ever unpacked to a disk.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::Digest as _;
use zip::ZipArchive;

use crate::names;

/// Files in an archive.
const FILES: usize = 20_000;
/// Bytes of a file that is read whole; the log is not.
const FILE_BYTES: u64 = 64 << 20;
/// Bytes of all files, unpacked.
const ALL_BYTES: u64 = 16 << 30;
/// Bytes of one line of the log.
const LINE_BYTES: u64 = 32 << 20;

/// Why a file is no archive that can be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is no zip file, or a damaged one.
    #[error("it is no archive, or damaged: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The disk.
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is not made as an archive of Plenary.
    #[error("it is no archive of Plenary: {0}")]
    Other(String),
}

/// An open archive.
pub struct Bag<R> {
    zip: ZipArchive<R>,
    top: String,
    files: BTreeMap<String, usize>,
}

impl<R: Read + Seek> Bag<R> {
    /// Opens it; reads only what is at its end, the list of files.
    ///
    /// # Errors
    /// [`Unreadable`]: it is none, or it is made to do harm.
    pub fn open(file: R) -> Result<Self, Unreadable> {
        let other = |why: String| Unreadable::Other(why);
        let mut zip = ZipArchive::new(file)?;
        if zip.len() > FILES {
            return Err(other(format!("it has more than {FILES} files")));
        }
        let (mut files, mut top, mut bytes) = (BTreeMap::new(), None, 0u64);
        for n in 0..zip.len() {
            let file = zip.by_index_raw(n)?;
            let name = file.name()?.into_owned();
            if file.encrypted() || file.is_symlink() {
                return Err(other(format!("{name} is encrypted, or a link")));
            }
            bytes = bytes.saturating_add(file.size());
            let Some((folder, path)) = name.split_once('/').filter(|(_, p)| is_plain(p)) else {
                return Err(other(format!("{name:?} is no name of a file in it")));
            };
            if top.get_or_insert_with(|| folder.to_owned()) != folder || !is_plain(folder) {
                return Err(other("its files are not in one folder".into()));
            }
            if files.insert(path.to_owned(), n).is_some() {
                return Err(other(format!("{path} is there twice")));
            }
        }
        if bytes > ALL_BYTES {
            return Err(other(format!("unpacked it would have {bytes} bytes")));
        }
        let bag = Self {
            zip,
            top: top.unwrap_or_default(),
            files,
        };
        match bag.has(names::BAGIT) && bag.has(names::LOG) {
            true => Ok(bag),
            false => Err(other("it has no bagit.txt or no data/log.txt".into())),
        }
    }

    /// The name of its folder: the draft's id.
    pub fn top(&self) -> &str {
        &self.top
    }

    /// The files in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn stream(&mut self, path: &str) -> Result<impl Read + '_, Unreadable> {
        let n = self.files.get(path).copied();
        let n = n.ok_or_else(|| Unreadable::Other(format!("{path} is missing")))?;
        Ok(self.zip.by_index(n)?)
    }

    /// A small file, whole.
    pub(crate) fn text(&mut self, path: &str) -> Result<String, Unreadable> {
        let mut bytes = Vec::new();
        let mut stream = self.stream(path)?.take(FILE_BYTES + 1);
        stream.read_to_end(&mut bytes)?;
        if bytes.len() as u64 > FILE_BYTES {
            return Err(Unreadable::Other(format!("{path} is too long")));
        }
        String::from_utf8(bytes).map_err(|_| Unreadable::Other(format!("{path} is not UTF-8")))
    }

    /// The SHA-256 of a file.
    pub(crate) fn digest(&mut self, path: &str) -> Result<String, Unreadable> {
        let mut stream = self.stream(path)?.take(ALL_BYTES);
        let (mut hash, mut part) = (sha2::Sha256::new(), vec![0; 64 << 10]);
        loop {
            match stream.read(&mut part)? {
                0 => return Ok(hex::encode(hash.finalize())),
                n => hash.update(part.get(..n).unwrap_or_default()),
            }
        }
    }

    /// Reads the log entry by entry. `each` is given the bytes, or none for a line that is no base64, and says whether to go
    /// on.
    ///
    /// # Errors
    /// [`Unreadable`] if the file ends in the middle, or a line is longer than any entry.
    pub fn entries(
        &mut self,
        mut each: impl FnMut(Option<Vec<u8>>) -> bool,
    ) -> Result<(), Unreadable> {
        let mut log = BufReader::with_capacity(64 << 10, self.stream(names::LOG)?.take(ALL_BYTES));
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut log).take(LINE_BYTES).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(());
            }
            if line.pop() != Some(b'\n') {
                let why = format!("a line of {} does not end", names::LOG);
                return Err(Unreadable::Other(why));
            }
            if !each(BASE64.decode(&line).ok()) {
                return Ok(());
            }
        }
    }
}

/// A name that stays where it is: no way up, no root, no drive, nothing that is not seen.
fn is_plain(path: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p != "." && p != "..";
    path.split('/').all(part)
        && path.len() <= 255
        && path
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_archive() {
        for good in ["data/log.txt", "data/text/entry-00000001.md"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in [
            "",
            "../x",
            "data/../x",
            "/etc/passwd",
            "C:\\x",
            "a//b",
            "a/",
            "a\0b",
            "data/\u{202e}txt",
        ] {
            assert!(!is_plain(bad), "{bad:?}");
        }
    }
}
