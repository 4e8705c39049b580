//! Writing an archive. Of one record there is one archive: no time, no machine and no user stands in it.

use std::collections::BTreeMap;
use std::io::{Seek, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use plenary_shared::acts::Act;
use plenary_shared::entry::Entry;
use plenary_shared::fold::Corrupt;
use plenary_shared::ids::{DraftId, Seq};
use plenary_shared::proof::{Key, Signed};
use plenary_shared::record::Record;
use sha2::Digest as _;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::bag::Unreadable;
use crate::{PAGE, PAGE_BYTES, names, render};

/// What goes into an archive besides the log.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The draft.
    pub draft: DraftId,
    /// The server's key, and those of witnesses.
    pub keys: Vec<Key>,
    /// The checkpoint of the whole log.
    pub checkpoint: Signed,
    /// Earlier ones.
    pub earlier: Vec<Signed>,
}

/// Why no archive was made.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The log is damaged.
    #[error(transparent)]
    Corrupt(#[from] Corrupt),
    /// The disk.
    #[error(transparent)]
    Disk(#[from] Unreadable),
}

impl From<zip::result::ZipError> for NotWritten {
    fn from(e: zip::result::ZipError) -> Self {
        Self::Disk(e.into())
    }
}

impl From<std::io::Error> for NotWritten {
    fn from(e: std::io::Error) -> Self {
        Self::Disk(e.into())
    }
}

/// The files as they are written, with their digests.
struct Writer<W: Write + Seek> {
    zip: ZipWriter<W>,
    top: String,
    digests: BTreeMap<String, String>,
    bytes: u64,
    open: Option<(String, sha2::Sha256)>,
}

/// Writes the archive of a log: its entries, in order. The log is folded on the way: a damaged one gives no archive.
///
/// # Errors
/// [`NotWritten`].
pub fn write<W: Write + Seek>(
    out: W,
    log: impl Iterator<Item = Vec<u8>>,
    contents: &Contents,
) -> Result<Record, NotWritten> {
    let mut writer = Writer {
        zip: ZipWriter::new(out),
        top: contents.draft.to_string(),
        digests: BTreeMap::new(),
        bytes: 0,
        open: None,
    };
    writer.begin(names::LOG)?;
    let mut texts: Vec<(String, String)> = Vec::new();
    let (mut record, mut page, mut bytes) = (Record::unborn(contents.draft), Vec::new(), 0);
    for entry in log {
        writer.put(BASE64.encode(&entry).as_bytes())?;
        writer.put(b"\n")?;
        bytes += entry.len();
        let seals = is_sealing(&entry);
        page.push(entry);
        if seals || page.len() >= PAGE || bytes >= PAGE_BYTES {
            record.replay_together(&page)?;
            page.clear();
            bytes = 0;
        }
        if seals {
            texts.extend(render::texts(&record));
        }
    }
    record.replay_together(&page)?;
    if texts
        .last()
        .is_none_or(|(last, _)| !render::texts(&record).iter().any(|(n, _)| n == last))
    {
        texts.extend(render::texts(&record));
    }
    writer.end();
    writer.file(names::README, &readme(&record, contents))?;
    writer.file(names::ROSTER, &render::roster_json(&record))?;
    let keys: String = contents.keys.iter().map(|k| format!("{k}\n")).collect();
    writer.file(names::KEYS, &keys)?;
    writer.file(names::CHECKPOINT, &contents.checkpoint.note.to_string())?;
    let earlier = contents.earlier.iter();
    for signed in earlier.filter(|s| s.checkpoint.size < record.draft.seq.0) {
        let name = format!("{}{:08}.txt", names::EARLIER, signed.checkpoint.size);
        if !writer.digests.contains_key(&name) {
            writer.file(&name, &signed.note.to_string())?;
        }
    }
    for (name, text) in &texts {
        writer.file(name, text)?;
    }
    writer.finish(&record)?;
    Ok(record)
}

/// Whether the text as this entry leaves it is kept by itself.
pub(crate) fn is_sealing(entry: &[u8]) -> bool {
    let act = Entry::decode(entry).ok().and_then(|e| e.act);
    matches!(act, Some(Act::SealVersion(_) | Act::Adopt(_)))
}

impl<W: Write + Seek> Writer<W> {
    fn begin(&mut self, path: &str) -> Result<(), NotWritten> {
        self.end();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(zip::DateTime::default())
            // Of nothing else is it possible that it has more than 4 GiB.
            .large_file(path == names::LOG)
            .unix_permissions(0o644);
        self.zip
            .start_file(format!("{}/{path}", self.top), options)?;
        self.open = Some((path.to_owned(), sha2::Sha256::new()));
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), NotWritten> {
        self.zip.write_all(bytes)?;
        if let Some((path, hash)) = &mut self.open {
            hash.update(bytes);
            if path.starts_with("data/") {
                self.bytes += bytes.len() as u64;
            }
        }
        Ok(())
    }

    fn end(&mut self) {
        if let Some((path, hash)) = self.open.take() {
            self.digests.insert(path, hex::encode(hash.finalize()));
        }
    }

    fn file(&mut self, path: &str, text: &str) -> Result<(), NotWritten> {
        self.begin(path)?;
        self.put(text.as_bytes())?;
        self.end();
        Ok(())
    }

    fn manifest(&self, of: impl Fn(&str) -> bool) -> String {
        let files = self.digests.iter().filter(|(path, _)| of(path));
        files
            .map(|(path, hash)| format!("{hash}  {path}\n"))
            .collect()
    }

    fn finish(mut self, record: &Record) -> Result<(), NotWritten> {
        let manifest = self.manifest(|path| path.starts_with("data/"));
        let files = manifest.lines().count();
        self.file(
            names::BAGIT,
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        )?;
        let at = record.draft.at.to_string();
        let day = at.split('T').next().unwrap_or_default();
        let info = format!(
            "Bag-Software-Agent: {}\nBagging-Date: {day}\nExternal-Identifier: {}\nExternal-Description: {}\nPayload-Oxum: {}.{files}\n",
            agent(),
            record.draft.id,
            record.draft.title,
            self.bytes
        );
        self.file(names::INFO, &info)?;
        self.file(names::MANIFEST, &manifest)?;
        let tags = self.manifest(|path| !path.starts_with("data/"));
        self.file(names::TAGS, &tags)?;
        self.zip.finish()?.flush()?;
        Ok(())
    }
}

/// By which program texts were rendered.
pub(crate) fn agent() -> String {
    format!("Plenary {}", env!("CARGO_PKG_VERSION"))
}

fn readme(record: &Record, contents: &Contents) -> String {
    let (draft, checkpoint) = (&record.draft, &contents.checkpoint.checkpoint);
    let mut versions = String::new();
    for v in &draft.versions {
        versions += &format!("  {}entry-{:08}   {}\n", names::TEXT, v.seq.0, v.name);
    }
    let Seq(last) = draft.seq;
    format!(
        "{title}\n\nThis is the whole record of a negotiated text: every edit and every formal act, {last} entries, the last on\n\
         {at}. Nothing was ever deleted from it. It was kept by {origin}.\n\n\
         WHAT IS HERE\n\n\
         data/text/       the text as it stood, to be read with a browser (.html) or an editor (.md):\n{versions}  \
         {text}entry-{last:08}   at the end\n\
         data/log.txt     the record itself: one entry a line, each in base64 (RFC 4648). An entry is CBOR (RFC 8949)\n\
         data/roster.json who sat there\n\
         data/checkpoint.txt   the number of entries and a hash over all of them, signed by the server (c2sp.org/tlog-checkpoint)\n\
         data/checkpoints/     the same of earlier moments\n\
         data/keys.txt    the public keys with which these were signed\n\n\
         WHETHER IT IS GENUINE\n\n\
         manifest-sha256.txt says whether a file was damaged: `sha256sum -c manifest-sha256.txt`, after unpacking, here.\n\
         That nobody has changed the record and made a new manifest, the signature says: with the key as the conference\n\
         published it (a key in this archive proves nothing), `plenary verify FILE --key KEY`; or, with nothing but Python,\n\
         the programs verify.py and verify_acts.py that come with Plenary. By hand: the hash of an entry is SHA-256 of a\n\
         zero byte and its bytes, and these are the leaves of a Merkle tree as in RFC 6962, section 2.1, whose root is in the\n\
         checkpoint.\n\n\
         HOW TO READ AN ENTRY WITHOUT PLENARY\n\n\
         It is a map: `seq` its number, `at` milliseconds since 1970 (UTC), `by` who, `previous` the hash of the entry\n\
         before, `act` the formal act with its fields, `changes` edits of the text in the binary format of Automerge\n\
         (automerge.org), `touched` the SHA-256 of the wordings that it left. The document \"The log, byte by byte\" tells all.\n\n\
         Checkpoint: {size} entries, root {root}\n",
        title = draft.title,
        at = draft.at,
        origin = checkpoint.origin,
        text = names::TEXT,
        size = checkpoint.size,
        root = checkpoint.root,
    )
}
