//! Office files are zip archives of XML parts: packing them, and unpacking what comes from outside.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Bytes of a document from outside.
pub(crate) const PACKED: usize = 16 << 20;
/// Bytes of all its parts that are read, unpacked.
pub(crate) const UNPACKED: u64 = 64 << 20;
/// Parts of a document.
pub(crate) const PARTS: usize = 2_000;

/// The parts of a document from outside that were asked for.
pub(crate) type Unpacked = BTreeMap<String, Vec<u8>>;

/// Packs parts into an archive. The same parts give the same bytes: there is no time in it.
pub(crate) fn pack<'a>(parts: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in parts {
        let written = zip
            .start_file(name, options)
            .and_then(|()| Ok(zip.write_all(&bytes)?));
        written.expect("a part of less than 4 GiB is written to memory");
    }
    let packed = zip.finish().expect("an archive in memory is finished");
    packed.into_inner()
}

/// The parts that are wanted; or why the archive is not opened, as a sentence.
pub(crate) fn unpack(
    bytes: &[u8],
    mut wanted: impl FnMut(&str) -> bool,
) -> Result<Unpacked, String> {
    if bytes.len() > PACKED {
        return Err(format!(
            "The file has more than {} MiB. Save the text without pictures.",
            PACKED >> 20
        ));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
        "This is no .docx file: it is not a zip archive. Save it as .docx first.".to_owned()
    })?;
    if zip.len() > PARTS {
        return Err(format!(
            "The file has more than {PARTS} parts. Save the text in a new document."
        ));
    }
    let mut left = UNPACKED;
    let mut parts = Unpacked::new();
    for n in 0..zip.len() {
        let entry = zip.by_index(n);
        let mut entry = entry
            .map_err(|e| format!("A part of the file cannot be read ({e}). Save it again."))?;
        let name = entry.name().map_err(|_| {
            "A part of the file has a name that is no text. Save it again.".to_owned()
        })?;
        let name = name.into_owned();
        // Nothing is ever written by these names, but a file with such a one was made to do harm.
        if name.starts_with(['/', '\\'])
            || name.contains("..")
            || name.contains('\\')
            || name.contains(':')
        {
            return Err(format!(
                "A part of the file is named `{}`, which leads out of it. Do not trust this file.",
                name.escape_debug()
            ));
        }
        if entry.encrypted() {
            return Err("The file is protected by a password. Save it without one.".to_owned());
        }
        if entry.is_dir() || !wanted(&name) {
            continue;
        }
        let mut part = Vec::new();
        // What the archive says of sizes is not believed.
        let read = entry.by_ref().take(left + 1).read_to_end(&mut part);
        let read = read
            .map_err(|e| format!("The part `{name}` cannot be read ({e}). Save the file again."))?;
        left = left.checked_sub(read as u64).ok_or_else(|| {
            format!(
                "The file has more than {} MiB when unpacked. Do not trust this file.",
                UNPACKED >> 20
            )
        })?;
        if parts.insert(name.clone(), part).is_some() {
            return Err(format!(
                "The file has two parts named `{name}`. Do not trust this file."
            ));
        }
    }
    Ok(parts)
}
