//! A draft's history as a folder of pages: made of the log alone, the same byte by byte whoever makes it, for any web server
//! or a memory stick. The pages have no script, and ask nobody for anything.

mod pages;
mod style;
mod words;

use std::io::{Read, Seek};

use plenary_shared::acts::Act;
use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::entry::Entry;
use plenary_shared::export::{self, Page, Rolled, Show};
use plenary_shared::fold::Corrupt;
use plenary_shared::ids::{Heads, Language, Name, Seq};
use plenary_shared::record::Record;
use plenary_shared::redline::{self, Chronicle, render};
use plenary_shared::status;
use plenary_shared::wire::view::EntryView;

use crate::bag::{Bag, Unreadable};
use crate::write::is_sealing;
use crate::{PAGE, PAGE_BYTES, names};
use words::{Tongues, Words};

/// Acts on one page of the record.
const ACTS: usize = 500;

/// Why no pages could be made.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    /// The archive.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Its record.
    #[error("the record is damaged: {0}")]
    Corrupt(#[from] Corrupt),
    /// Where the pages go.
    #[error("a page could not be written: {0}")]
    Io(#[from] std::io::Error),
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The title.
    pub title: String,
    /// Texts: moments in languages.
    pub texts: usize,
    /// Acts in the record.
    pub acts: usize,
}

/// A moment whose text has pages.
struct Moment {
    seq: Seq,
    at: String,
    /// The version's name; none for the end of the record.
    name: Option<Name>,
    languages: Vec<Language>,
    /// The moment before that it is compared with.
    before: Option<(Seq, String)>,
}

impl Moment {
    fn name<'a>(&'a self, words: &'a Words) -> &'a str {
        let name = self.name.as_ref();
        name.map_or_else(|| words.say("latest"), |n| n.as_str())
    }
}

/// Makes the pages of an archive. `put` is given each file's name, with slashes, and its contents; `archive` is the name that
/// the archive itself has beside them.
///
/// # Errors
/// [`NotPublished`].
pub fn site<R: Read + Seek>(
    bag: &mut Bag<R>,
    archive: &str,
    put: impl FnMut(&str, &[u8]) -> std::io::Result<()>,
) -> Result<Published, NotPublished> {
    let draft = bag.top().parse();
    let draft =
        draft.map_err(|_| Unreadable::Other("its folder is not named after a draft".into()))?;
    let mut site = Site {
        put,
        record: Record::unborn(draft),
        page: Vec::new(),
        bytes: 0,
        moments: Vec::new(),
        last: None,
        chronicle: Chronicle::default(),
        rows: Vec::new(),
        acts: 0,
        texts: 0,
    };
    let mut outcome = Ok(());
    bag.entries(|bytes| {
        outcome = site.take(bytes.unwrap_or_default());
        outcome.is_ok()
    })?;
    outcome?;
    site.settle()?;
    if site
        .moments
        .last()
        .is_none_or(|m| m.seq < site.record.draft.seq)
    {
        site.moment(None)?;
    }
    site.record_page(true)?;
    let keys = bag.text(names::KEYS)?;
    let checkpoint = bag.text(names::CHECKPOINT)?;
    site.finish(archive, &keys, &checkpoint)
}

struct Site<P> {
    put: P,
    record: Record,
    /// Entries that are to be folded, and their bytes.
    page: Vec<Vec<u8>>,
    bytes: usize,
    moments: Vec<Moment>,
    /// The moment before, to be compared with.
    last: Option<(Draft, Manuscript, Heads)>,
    /// By whose hand the text has changed since then.
    chronicle: Chronicle,
    /// Acts that are on no page yet.
    rows: Vec<EntryView>,
    acts: usize,
    texts: usize,
}

impl<P: FnMut(&str, &[u8]) -> std::io::Result<()>> Site<P> {
    fn take(&mut self, bytes: Vec<u8>) -> Result<(), NotPublished> {
        let hash = Entry::hash_of(&bytes);
        let entry = Entry::decode(&bytes);
        let seals = is_sealing(&bytes);
        if let Ok(entry) = &entry {
            self.chronicle.read(entry.seq, &bytes)?;
        }
        self.bytes += bytes.len();
        self.page.push(bytes);
        if seals || self.page.len() >= PAGE || self.bytes >= PAGE_BYTES {
            self.settle()?;
        }
        // One that cannot be read is told by the fold.
        let Ok(entry) = entry else { return Ok(()) };
        if entry.act.is_some() {
            if self.rows.len() == ACTS {
                self.record_page(false)?;
            }
            self.acts += 1;
            self.rows.push(status::entry_view(&entry, hash));
        }
        match entry.act {
            Some(Act::SealVersion(seal)) => self.moment(Some(seal.name)),
            Some(Act::Adopt(adopt)) => self.moment(Some(adopt.name)),
            _ => Ok(()),
        }
    }

    fn settle(&mut self) -> Result<(), Corrupt> {
        self.bytes = 0;
        let page = std::mem::take(&mut self.page);
        self.record.replay_together(&page)
    }

    /// The text as it stands, in each of its languages, and what changed since the moment before.
    fn moment(&mut self, name: Option<Name>) -> Result<(), NotPublished> {
        let (draft, manuscript) = (self.record.draft.clone(), self.record.manuscript.clone());
        let written = |l: &&Language| {
            let mut clauses = manuscript.clauses.values();
            clauses.any(|c| c.text.get(*l).is_some_and(|t| !t.is_empty()))
        };
        let before = self.moments.last();
        let now = self.record.text.heads();
        let moment = Moment {
            seq: draft.seq,
            at: draft.at.to_string(),
            name,
            languages: draft.languages().filter(written).cloned().collect(),
            before: before.and_then(|m| Some((m.seq, m.name.as_ref()?.to_string()))),
        };
        let html = export::format("html");
        let tongues = Tongues::of(&draft);
        for language in &moment.languages {
            let words = tongues.beside(language);
            let named = moment.name(words);
            let page = Page {
                draft: &draft,
                manuscript: &manuscript,
                language: Some(language.clone()),
                beside: None,
                show: Show::Status,
                rolled: Rolled::default(),
                moment: format!("{named}, entry {}, {}", moment.seq, moment.at),
            };
            let written = html.map(|format| format.write(&page)).unwrap_or_default();
            let title = format!("{named}: {}", draft.title);
            let nav = pages::siblings(&tongues, &moment, language);
            let dressed = pages::dressed(&written, &title, &nav);
            (self.put)(&pages::text(moment.seq, language), dressed.as_bytes())?;
            self.texts += 1;
            if let (Some((old, old_text, then)), Some((seq, before))) = (&self.last, &moment.before)
            {
                let old = redline::Moment::of(old, old_text);
                let new = redline::Moment::of(&draft, &manuscript);
                let mut redline = redline::between(&old, &new, language);
                let (text, span) = (&self.record.text, (then, &now));
                redline::sign(&mut redline, &draft, text, span, &self.chronicle);
                let written = render::html(&redline);
                let title = [
                    ("from", before.as_str()),
                    ("to", named),
                    ("title", draft.title.as_str()),
                ];
                let title = words.plain("redline", &title);
                let dressed = pages::dressed(&written, &title, &pages::home(&tongues, words));
                let path = pages::redline(*seq, moment.seq, language);
                (self.put)(&path, dressed.as_bytes())?;
            }
        }
        self.chronicle.begin_after(moment.seq);
        self.moments.push(moment);
        self.last = Some((draft, manuscript, now));
        Ok(())
    }

    fn record_page(&mut self, is_last: bool) -> Result<(), NotPublished> {
        // The draft has its title and its languages from entries that may not be folded yet.
        self.settle()?;
        let part = (self.acts.div_ceil(ACTS).max(1), is_last);
        let tongues = Tongues::of(&self.record.draft);
        for words in tongues.all() {
            let page = pages::record(&tongues, words, &self.record.draft, &self.rows, part);
            let path = tongues.path(&pages::record_stem(part.0), words);
            (self.put)(&path, page.as_bytes())?;
        }
        self.rows.clear();
        Ok(())
    }

    fn finish(
        mut self,
        archive: &str,
        keys: &str,
        checkpoint: &str,
    ) -> Result<Published, NotPublished> {
        let draft = &self.record.draft;
        let tongues = Tongues::of(draft);
        for words in tongues.all() {
            let index = pages::index(&tongues, words, draft, &self.moments, (self.acts, ACTS));
            (self.put)(&tongues.path("index", words), index.as_bytes())?;
            let proof = pages::proof(&tongues, words, draft, archive, keys, checkpoint);
            (self.put)(&tongues.path("proof/index", words), proof.as_bytes())?;
        }
        (self.put)("proof/key.txt", keys.as_bytes())?;
        (self.put)("proof/checkpoint.txt", checkpoint.as_bytes())?;
        for (path, program) in pages::VERIFIERS {
            (self.put)(path, program.as_bytes())?;
        }
        Ok(Published {
            title: draft.title.to_string(),
            texts: self.texts,
            acts: self.acts,
        })
    }
}
