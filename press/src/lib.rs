//! A text as pages: PDF with tags, text that can be selected, scripts from right to left and without spaces.
//!
//! Typst sets it, from one page of Typst of our own (`sheet.typ`). What delegates have written goes in as data, as JSON that
//! the page reads, and is put down as letters; nothing of it is ever read as Typst. The page can read that one file and
//! nothing else: no other files, no network, no clock.
//!
//! Fonts: a serif for Latin, Greek and Cyrillic letters is in the program, so that these always work. For other scripts the
//! fonts of the system are used, Debian's `fonts-noto-core` (Arabic and others) and `fonts-noto-cjk` (Chinese, Japanese,
//! Korean). A letter for which no font is there is told ([`PrintError::Letter`]); no page goes out with boxes on it.

mod content;
mod fonts;
mod words;
mod world;

use plenary_documents::docx::Sheet;

pub use fonts::missing;

/// What web servers call such a file.
pub const MEDIA_TYPE: &str = "application/pdf";
/// Characters of a text that is printed at most: it bounds time and memory. Some 600 pages.
pub const LETTERS: usize = 1_500_000;
/// Clauses, changes of how letters are set, and ended lines at most, together: each costs what many letters cost.
pub const PARTS: usize = 100_000;

/// Why a text is not printed; [`PrintError::hint`] says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// It is too long.
    #[error(
        "The text has more than {LETTERS} characters or {PARTS} parts: too long to be set in pages here."
    )]
    Long,
    /// The system has no font for one of its letters.
    #[error("This server has no font for {}.", fonts::named(*.0))]
    Letter(char),
    /// It cannot be set, which is a mistake of ours.
    #[error("The text could not be set in pages: {0}.")]
    Set(String),
}

impl PrintError {
    /// What to do instead, as a sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::Letter(letter) => match fonts::script(*letter) {
                Some((_, package)) => {
                    format!(
                        "Its operator can install {package} and start it anew; or export as docx."
                    )
                }
                None => "Write it in other signs, or export as docx.".into(),
            },
            Self::Long | Self::Set(_) => "Export it as docx.".into(),
        }
    }
}

/// Sets the text in pages. It takes a while, and a processor: not for a thread that others wait on.
///
/// # Errors
/// [`PrintError`], a sentence.
pub fn print(sheet: &Sheet<'_>, moment: &str) -> Result<Vec<u8>, PrintError> {
    let content = content::of(sheet, moment);
    let words = &content.words;
    if words.all.chars().count() > LETTERS || words.parts > PARTS {
        return Err(PrintError::Long);
    }
    if let Some(letter) = missing(&words.all) {
        return Err(PrintError::Letter(letter));
    }
    world::print(&content.json, sheet.at)
}

#[cfg(test)]
mod tests;
