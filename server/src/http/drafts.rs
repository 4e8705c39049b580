//! Drafts: convened, listed, and who sits in them.

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use plenary_shared::acts::{Act, Convene};
use plenary_shared::draft::TextEdit;
use plenary_shared::ids::{DraftId, Language};
use plenary_shared::import;
use plenary_shared::status;
use plenary_shared::wire::view::{DraftSummary, NewDraft, Page, Roster};
use serde::Deserialize;
use sha2::Digest as _;

use crate::App;
use crate::http::Answer;
use crate::http::acts::{hashed, key};
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::page;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::identity::Caller;
use crate::room::{Live, Room};

/// Convenes a draft: with its first text, its delegations and its groups.
///
/// With an `Idempotency-Key`, a retry finds the draft that it already convened, and goes on where the first try ended.
#[utoipa::path(post, path = "/drafts", tag = "drafts", request_body = NewDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "At most 128 printable ASCII characters")),
    responses((status = 201, body = DraftSummary, description = "The draft's address is in Location")))]
pub(crate) async fn convene(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Json(new): Json<NewDraft>,
) -> Answer<impl IntoResponse> {
    if !caller.is_secretariat() {
        return Err(Failure::secretariat_only("convene drafts"));
    }
    let key = key(&headers)?;
    let id = match &key {
        Some(key) => by_key(&["plenary draft by key", key]),
        None => fresh()?,
    };
    let room = conference(&app, &caller, id, new, key.as_deref()).await?;
    let location = [(LOCATION, format!("/api/v1/drafts/{id}"))];
    Ok((StatusCode::CREATED, location, Json(summary(&room).await?)))
}

/// Convenes the draft, then seats its delegations and forms its groups, each an entry of its own.
pub(crate) async fn conference(
    app: &App,
    caller: &Caller,
    id: DraftId,
    new: NewDraft,
    key: Option<&str>,
) -> Answer<Room> {
    let by = caller.by();
    let text = first_text(new.markdown.as_deref(), &new.authentic, &new.working)?;
    let act = Convene {
        draft: id,
        title: new.title,
        authentic: new.authentic,
        working: new.working,
        rule: new.rule,
        mode: new.mode,
        paper: None,
    };
    let convening = key.map(|key| hashed(id, &by, key));
    let (room, _) = app
        .rooms
        .convene(by.clone(), id, act, text, convening)
        .await?;
    let seats = new.seats.into_iter().map(Act::Seat);
    let groups = new.groups.into_iter().map(Act::FormGroup);
    for (n, act) in seats.chain(groups).enumerate() {
        let key = key.map(|key| hashed(id, &by, &format!("{key} {n}")));
        room.act(by.clone(), act, key).await.map_err(|e| {
            let failure = Failure::from(e);
            let detail = format!(
                "The draft {id} is convened, but not all are seated. {}",
                failure.detail
            );
            Failure { detail, ..failure }
        })?;
    }
    Ok(room)
}

/// The edits that make the first text.
pub(crate) fn first_text(
    markdown: Option<&str>,
    authentic: &[Language],
    working: &[Language],
) -> Answer<Vec<TextEdit>> {
    let Some(markdown) = markdown else {
        return Ok(Vec::new());
    };
    let negotiated = authentic
        .first()
        .ok_or_else(|| Failure::malformed_field("a draft has at least one authentic language"))?;
    let wrong = |why: String| {
        let to_do = "Mend the Markdown; the examples show how a text is written.";
        Failure::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "malformed-markdown",
            why,
            to_do,
        )
    };
    let clauses = import::markdown(markdown, negotiated).map_err(|e| wrong(e.to_string()))?;
    let speaks = |l: &Language| authentic.contains(l) || working.contains(l);
    for clause in &clauses {
        if let Some(foreign) = clause.text.keys().find(|l| !speaks(l)) {
            return Err(wrong(format!(
                "Line {}: the draft is not to be written in {foreign}.",
                clause.line
            )));
        }
    }
    Ok(import::edits(clauses))
}

/// An id like no other.
pub(crate) fn fresh() -> Answer<DraftId> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(Failure::internal)?;
    Ok(DraftId(id))
}

/// The id that goes with a key, so that a retry meets the draft of the first try. What stands before the key keeps
/// those of one caller apart from those of another.
pub(crate) fn by_key(parts: &[&str]) -> DraftId {
    let mut hash = sha2::Sha256::new();
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            hash.update([0]);
        }
        hash.update(part);
    }
    let mut id = [0; 16];
    id.iter_mut()
        .zip(hash.finalize())
        .for_each(|(to, from)| *to = from);
    DraftId(id)
}

/// Which drafts.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    after: Option<DraftId>,
    limit: Option<usize>,
}

/// The drafts that the caller sits in; for the secretariat, all but working papers.
#[utoipa::path(get, path = "/drafts", operation_id = "drafts", tag = "drafts",
    params(("after" = Option<String>, Query, description = "The last draft of the page before"),
        ("limit" = Option<usize>, Query, description = "At most 500, 100 if left out")),
    responses((status = 200, body = Page<DraftSummary>)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<Which>,
) -> Answer<Json<Page<DraftSummary>>> {
    Ok(Json(page_of(&app, &caller, &which).await?))
}

/// The drafts that the caller sits in, as far as one page shows them.
pub(crate) async fn summaries(app: &App, caller: &Caller) -> Answer<Vec<DraftSummary>> {
    Ok(page_of(app, caller, &Which::default()).await?.items)
}

async fn page_of(app: &App, caller: &Caller, which: &Which) -> Answer<Page<DraftSummary>> {
    let mut drafts = app.rooms.drafts().await?;
    drafts.sort();
    drafts.retain(|id| app.identity.admitted(caller, *id).is_some());
    drafts.retain(|id| which.after.is_none_or(|after| *id > after));
    let limit = page::size(which.limit);
    let page = page::cut(drafts, limit, |last| {
        format!("/api/v1/drafts?after={last}&limit={limit}")
    });
    let mut items = Vec::new();
    for id in page.items {
        items.push(summary(&app.rooms.room(id).await?).await?);
    }
    let next = page.next;
    Ok(Page { items, next })
}

/// One draft: its title, languages, rule, and how far it is.
#[utoipa::path(get, path = "/drafts/{draft}", tag = "drafts", params(("draft" = String, Path)),
    responses((status = 200, body = DraftSummary)))]
pub(crate) async fn one(visit: Visit) -> Answer<Json<DraftSummary>> {
    Ok(Json(summary(&visit.room).await?))
}

/// Who sits in the draft, and the groups they form.
#[utoipa::path(get, path = "/drafts/{draft}/roster", tag = "drafts", params(("draft" = String, Path)),
    responses((status = 200, body = Roster)))]
pub(crate) async fn roster(visit: Visit) -> Answer<Json<Roster>> {
    let draft = visit.room.read(|live| live.draft.clone()).await?;
    Ok(Json(status::roster(&draft)))
}

pub(crate) async fn summary(room: &Room) -> Answer<DraftSummary> {
    let parts = |live: &Live| {
        let (draft, manuscript) = (live.draft.clone(), live.manuscript.clone());
        (draft, manuscript, live.text.heads(), live.damaged.clone())
    };
    let (draft, manuscript, heads, damaged) = room.read(parts).await?;
    let mut summary = status::summary(&draft, &manuscript, heads);
    summary.damaged = damaged.map(|corrupt| corrupt.to_string());
    Ok(summary)
}
