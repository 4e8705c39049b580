//! The text as a document of a word processor.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use plenary_documents::akn;
use plenary_documents::docx::{self, Cover, Sheet};
use plenary_shared::export::Page;
use plenary_shared::ids::{ClauseId, Language};
use plenary_shared::redline::{Chronicle, Moment, Redline, between, sign};
use plenary_shared::refusal::Refusal;
use serde::Deserialize;

use super::Which;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::visit::Visit;
use crate::room::{Past, RoomError};

/// Letters of a line of the cover.
const LINE: usize = 200;

/// What stands above the text.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CoverQuery {
    symbol: Option<String>,
    body: Option<String>,
    agenda: Option<String>,
}

impl CoverQuery {
    fn read(self) -> Answer<Cover> {
        let lines = [&self.symbol, &self.body, &self.agenda];
        if lines
            .into_iter()
            .flatten()
            .any(|l| l.chars().count() > LINE)
        {
            return Err(Failure::new(
                StatusCode::BAD_REQUEST,
                "too-long",
                format!("A line of the cover is longer than {LINE} characters."),
                "Give the symbol, the body and the item of the agenda in short.",
            ));
        }
        Ok(Cover {
            symbol: self.symbol,
            body: self.body,
            agenda: self.agenda,
            ..Cover::default()
        })
    }
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Word file.
    Docx,
    /// Akoma Ntoso.
    Akn,
}

impl Kind {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "docx" => Some(Self::Docx),
            "akn" => Some(Self::Akn),
            _ => None,
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Docx => docx::MEDIA_TYPE,
            Self::Akn => akn::MEDIA_TYPE,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Akn => "xml",
        }
    }
}

/// All that a document is made of, so that nothing has to be waited for while it is.
pub(super) struct Material {
    pub(super) new: Past,
    pub(super) old: Option<Past>,
    pub(super) language: Language,
    pub(super) cover: Cover,
    chronicle: Option<Chronicle>,
    which: Which,
}

impl Material {
    pub(super) async fn gather(visit: &Visit, which: Which) -> Answer<Self> {
        let new = visit.past(which.at.as_deref()).await?;
        Self::of(visit, new, which).await
    }

    /// The same, where the later moment is at hand.
    pub(super) async fn of(visit: &Visit, new: Past, which: Which) -> Answer<Self> {
        let old = match which.from.as_deref() {
            Some(from) => Some(visit.past(Some(from)).await?),
            None => None,
        };
        which.fits(&new)?;
        let language = which.language.clone();
        let language = language.or_else(|| new.draft.negotiated().cloned());
        let language = language.ok_or_else(|| Failure::from(Refusal::not_convened()))?;
        // Tracked changes are of the words that stand.
        if old.is_some() && (which.rolled().is_some() || which.beside.is_some()) {
            return Err(Failure::new(
                StatusCode::BAD_REQUEST,
                "changes-of-one-text",
                "Tracked changes are of the words that stand, in one language.",
                "Leave `from` out, or ask for the clean text without a second language.",
            ));
        }
        let chronicle = match &old {
            Some(old) => {
                let after = Chronicle::after(old.draft.seq);
                let read = visit.room.read_log(new.draft.seq, after, Chronicle::read);
                Some(read.await?)
            }
            None => None,
        };
        let cover = which.cover.clone().read()?;
        Ok(Self {
            new,
            old,
            language,
            cover,
            chronicle,
            which,
        })
    }

    /// Makes something of the text in its language, with the changes if there are any.
    pub(super) fn make<R>(&self, of: impl FnOnce(&Sheet<'_>, &Page<'_>) -> R) -> R {
        match (&self.old, &self.chronicle) {
            (Some(old), Some(chronicle)) => {
                let redline = changes(old, &self.new, &self.language, chronicle);
                let before = docx::order(&Moment::of(&old.draft, &old.manuscript));
                let page = super::page(&self.new, &self.which);
                self.sheet(&page, &redline, before, of)
            }
            _ => self.clean(&self.language, of),
        }
    }

    /// Makes something of the text in a language as it is.
    pub(super) fn clean<R>(
        &self,
        language: &Language,
        of: impl FnOnce(&Sheet<'_>, &Page<'_>) -> R,
    ) -> R {
        let page = super::page(&self.new, &self.which);
        let redline = page.as_redline(language);
        let before = redline.clauses.iter().map(|c| c.id.clone()).collect();
        self.sheet(&page, &redline, before, of)
    }

    fn sheet<R>(
        &self,
        page: &Page<'_>,
        redline: &Redline,
        before: Vec<ClauseId>,
        of: impl FnOnce(&Sheet<'_>, &Page<'_>) -> R,
    ) -> R {
        let beside = self.which.beside.clone();
        let sheet = Sheet {
            draft: &self.new.draft,
            redline,
            before,
            cover: self.cover.clone(),
            comments: docx::comments(&self.new.draft),
            beside: beside.map(|language| (language.clone(), page.words_in(&language))),
            annex: page.annex(),
            at: self.new.draft.at,
        };
        of(&sheet, page)
    }
}

/// The text as such a document, with every change since the earlier moment as a tracked change.
pub(super) async fn write(visit: &Visit, which: Which, kind: Kind) -> Answer<Response> {
    let material = Material::gather(visit, which).await?;
    let file = format!(
        "{}-{}.{}",
        visit.draft,
        material.new.draft.seq,
        kind.extension()
    );
    let written = tokio::task::spawn_blocking(move || {
        material.make(|sheet, _| match kind {
            Kind::Docx => docx::write(sheet),
            Kind::Akn => akn::write(sheet).into_bytes(),
        })
    });
    let written = written.await.map_err(|_| RoomError::Gone)?;
    Ok(attached(kind.media_type(), &file, written))
}

/// A file to be kept.
pub(super) fn attached(media_type: &str, file: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, media_type.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{file}\""),
        ),
    ];
    (headers, bytes).into_response()
}

/// What changed from one moment to the other, with whose hand it was.
fn changes(old: &Past, new: &Past, language: &Language, chronicle: &Chronicle) -> Redline {
    let before = Moment::of(&old.draft, &old.manuscript);
    let after = Moment::of(&new.draft, &new.manuscript);
    let mut redline = between(&before, &after, language);
    let heads = (&old.heads, &new.heads);
    sign(&mut redline, &new.draft, &new.text, heads, chronicle);
    redline
}
