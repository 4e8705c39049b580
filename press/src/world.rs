//! What Typst may see: our page, the data for it, and fonts. There is nothing else in its world.

use std::sync::OnceLock;

use plenary_shared::time::Timestamp;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::PrintError;
use crate::fonts::store;

const PAGE: &str = include_str!("sheet.typ");

struct Desk {
    data: Bytes,
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the name of our own file is one");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn page() -> &'static Source {
    static PAGE_SOURCE: OnceLock<Source> = OnceLock::new();
    PAGE_SOURCE.get_or_init(|| Source::new(file("sheet.typ"), PAGE.to_owned()))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(Library::default()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        store().book()
    }

    fn main(&self) -> FileId {
        page().id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == page().id() {
            Ok(page().clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == file("data.json") {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        store().font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets the page with this data.
pub(crate) fn print(data: &str, at: Timestamp) -> Result<Vec<u8>, PrintError> {
    let desk = Desk {
        data: Bytes::from_string(data.to_owned()),
    };
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(told);
    let options = PdfOptions {
        ident: Smart::Custom(format!("{at}")),
        creator: Smart::Custom(Some("Plenary".to_owned())),
        ..PdfOptions::default()
    };
    let pages = document.and_then(|document| typst_pdf::pdf(&document, &options).map_err(told));
    // What it remembers for the next time would be kept for good otherwise.
    typst::comemo::evict(0);
    pages
}

fn told(why: impl IntoIterator<Item = SourceDiagnostic>) -> PrintError {
    let why: Vec<String> = why.into_iter().map(|d| d.message.to_string()).collect();
    PrintError::Set(why.join("; "))
}
