//! All that a screen shows of a draft, in one answer: what the page of a draft begins with, and what a client that lacks
//! too much loads anew.

use std::collections::BTreeSet;

use plenary_shared::draft::{Draft, Manuscript, Text};
use plenary_shared::ids::Language;
use plenary_shared::rolling::{self, Outcomes, RollingClause};
use plenary_shared::status;
use plenary_shared::wire::view::{RollingView, Screen};
use serde::Deserialize;

use crate::http::Answer;
use crate::http::drafts::summary;
use crate::http::json::Json;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// In which language.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    language: Option<Language>,
    beside: Option<Language>,
}

/// Everything that a screen shows of the draft at this moment. Events go on after `text.seq`.
#[utoipa::path(get, path = "/drafts/{draft}/screen", tag = "text",
    params(("draft" = String, Path),
        ("language" = Option<String>, Query, description = "The language to read in; the one negotiated in if left out"),
        ("beside" = Option<String>, Query, description = "Another language to have at hand")),
    responses((status = 200, body = Screen)))]
pub(crate) async fn screen(visit: Visit, Query(which): Query<Which>) -> Answer<Json<Screen>> {
    let language = which.language.as_ref();
    Ok(Json(of(&visit, language, which.beside.as_ref()).await?))
}

/// In which language, and of what.
#[derive(Debug, Deserialize)]
pub(crate) struct WhichClauses {
    language: Option<Language>,
    only: Option<String>,
}

/// The rolling text of the clauses on which something is proposed; of those that are asked for, if any are.
#[utoipa::path(get, path = "/drafts/{draft}/rolling", tag = "text",
    params(("draft" = String, Path),
        ("language" = Option<String>, Query, description = "The language; the one negotiated in if left out"),
        ("only" = Option<String>, Query, description = "Ids of clauses and of proposed clauses, with commas between: what an event has told of. One that is not in the answer has nothing proposed on it any more")),
    responses((status = 200, body = RollingView)))]
pub(crate) async fn rolling(
    visit: Visit,
    Query(which): Query<WhichClauses>,
) -> Answer<Json<RollingView>> {
    let past = visit.past(None).await?;
    let language = language_of(&past.draft, which.language.as_ref());
    let only = which
        .only
        .map(|only| only.split(',').map(str::to_owned).collect());
    let view = contested(past.draft, past.manuscript, past.text, language, only).await?;
    Ok(Json(view))
}

/// What the visitor's screen shows, in that language and, if wanted, with the words of another.
pub(crate) async fn of(
    visit: &Visit,
    language: Option<&Language>,
    beside: Option<&Language>,
) -> Answer<Screen> {
    // The board first: what is entered meanwhile is in the text too, and events tell of it again, which does no harm.
    let board = visit.board().await?;
    let past = visit.past(None).await?;
    let language = language_of(&past.draft, language);
    let mut status = board.view();
    let mut text = status::text_view(&past.draft, &past.manuscript, past.heads);
    text.seq = text.seq.min(status.seq);
    status.seq = text.seq;
    let wanted =
        |l: &Language| *l == language || Some(l) == beside || Some(l) == past.draft.negotiated();
    for clause in &mut text.clauses {
        clause.text.retain(|l, _| wanted(l));
        clause.digests.retain(|l, _| wanted(l));
    }
    Ok(Screen {
        now: visit.server_time(),
        me: visit.caller.me(),
        draft: summary(&visit.room).await?,
        roster: status::roster(&past.draft),
        text,
        status,
        rolling: contested(past.draft, past.manuscript, past.text, language, None).await?,
    })
}

/// The language to read in: the one asked for, if the draft is written in it, or else one of its kind: who reads
/// `zh-Hant` reads `zh`.
fn language_of(draft: &Draft, asked: Option<&Language>) -> Language {
    let kind = |l: &Language| l.as_str().split('-').next().map(str::to_ascii_lowercase);
    let found = asked.and_then(|asked| {
        let own = draft.languages().find(|l| *l == asked);
        own.or_else(|| draft.languages().find(|l| kind(l) == kind(asked)))
    });
    found.or(draft.negotiated()).cloned().unwrap_or_else(|| {
        "und"
            .parse()
            .expect("`und` is the tag of an undetermined language")
    })
}

/// Whether the clause itself has words in the language.
fn has_words(manuscript: &Manuscript, rolled: &RollingClause, language: &Language) -> bool {
    let clause = rolled
        .clause
        .as_ref()
        .and_then(|id| manuscript.clauses.get(id));
    clause.is_none_or(|c| c.text.get(language).is_some_and(|t| !t.is_empty()))
}

/// What is contested; of the clauses and proposed clauses that are named, if any are. Nothing else is woven.
///
/// Weaving is work that grows with the proposals; not on the network's threads.
async fn contested(
    draft: Draft,
    manuscript: Manuscript,
    text: Text,
    language: Language,
    only: Option<BTreeSet<String>>,
) -> Answer<RollingView> {
    let woven = tokio::task::spawn_blocking(move || {
        let asked = |id: &str| only.as_ref().is_none_or(|only| only.contains(id));
        let wanted = |which: rolling::Which<'_>| match which {
            rolling::Which::Clause(id) => asked(id.as_str()) && draft.live_on(id).next().is_some(),
            rolling::Which::Proposed(id) => asked(id.as_str()),
        };
        let outcomes = Outcomes::on(&draft, &manuscript, &text, &|id| asked(id.as_str()));
        let in_language = |l: &Language| rolling::some(&draft, &manuscript, &outcomes, l, &wanted);
        let mut clauses = in_language(&language);
        if let Some(negotiated) = draft.negotiated().filter(|l| **l != language) {
            // Where there are no words yet, those negotiated in stand; the clauses of all languages lie side by side.
            for (clause, stands) in clauses.iter_mut().zip(in_language(negotiated)) {
                if clause.spans.is_empty() || !has_words(&manuscript, clause, &language) {
                    *clause = stands;
                }
            }
        }
        clauses.retain(RollingClause::is_contested);
        RollingView {
            seq: draft.seq,
            language,
            clauses,
        }
    });
    Ok(woven.await.map_err(|_| RoomError::Gone)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_a_kind_of_a_language_reads_that_language() {
        let tag = |tag: &str| tag.parse::<Language>().unwrap();
        let mut draft = Draft::unborn(plenary_shared::ids::DraftId([1; 16]));
        draft.authentic = ["en", "zh", "fr"].map(tag).to_vec();
        let read = |asked: &str| language_of(&draft, Some(&tag(asked)));
        assert_eq!(read("fr"), tag("fr"));
        assert_eq!(read("zh-Hant"), tag("zh"));
        assert_eq!(read("fr-CA"), tag("fr"));
        assert_eq!(read("ru"), tag("en"));
        assert_eq!(language_of(&draft, None), tag("en"));
    }
}
