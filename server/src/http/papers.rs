//! Working papers: begun by a delegation for itself or for a group, and what is submitted from them.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use plenary_shared::acts::{Convene, Propose, Target};
use plenary_shared::draft::{Draft, Mode, Paper, Party};
use plenary_shared::entry::By;
use plenary_shared::ids::{DelegationId, Digest, Name};
use plenary_shared::refusal::Refusal;
use plenary_shared::status::text_view;
use plenary_shared::wire::view::{DraftSummary, NewPaper, TextView, target_in_words};

use crate::App;
use crate::http::Answer;
use crate::http::acts::{hashed, key};
use crate::http::drafts::{by_key, first_text, fresh, summary};
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::visit::Visit;
use crate::limits;
use crate::room::Live;

/// Begins a working paper for this draft: a draft of its own, that is there for the delegates of one delegation or of
/// one group, and for nobody else.
#[utoipa::path(post, path = "/drafts/{draft}/papers", tag = "drafts", request_body = NewPaper,
    params(("draft" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "At most 128 printable ASCII characters")),
    responses((status = 201, body = DraftSummary, description = "The paper's address is in Location")))]
pub(crate) async fn begin(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Json(new): Json<NewPaper>,
) -> Answer<impl IntoResponse> {
    let by = visit.caller.by();
    let By::Seat {
        delegation, seat, ..
    } = &by
    else {
        return Err(Refusal::not_entitled("begin a working paper", "a delegate").into());
    };
    let parent = visit.room.read(|live| live.draft.clone()).await?;
    let paper = paper(&parent, delegation, new.of)?;
    let key = key(&headers)?;
    let id = match &key {
        Some(key) => {
            let parent = parent.id.to_string();
            by_key(&["plenary paper by key", seat.as_str(), &parent, key])
        }
        None => fresh()?,
    };
    let text = first_text(new.markdown.as_deref(), &parent.authentic, &parent.working)?;
    let act = Convene {
        draft: id,
        title: new.title,
        authentic: parent.authentic,
        working: parent.working,
        rule: parent.rule,
        mode: Mode::Open,
        paper: Some(paper.clone()),
    };
    // Before it is there at all it is there for nobody else.
    let is_new = app.identity.paper(id).is_none();
    if is_new {
        app.identity.keep_paper(id, paper, limits::PAPERS).await?;
    }
    let convening = key.map(|key| hashed(id, &by, &key));
    visit.share.act().await;
    let room = match app.rooms.convene(by, id, act, text, convening).await {
        Ok((room, _)) => room,
        Err(e) => {
            if is_new {
                app.identity.forget_paper(id).await?;
            }
            return Err(e.into());
        }
    };
    let location = [(LOCATION, format!("/api/v1/drafts/{id}"))];
    Ok((StatusCode::CREATED, location, Json(summary(&room).await?)))
}

/// Whose paper it is to be, and who then sits in it: the delegations of that party as the draft's roster has them now.
fn paper(parent: &Draft, own: &DelegationId, of: Option<Party>) -> Answer<Paper> {
    if parent.paper.is_some() {
        return Err(Refusal::new(
            "paper-of-paper",
            "This is a working paper itself.",
            "Begin one for the draft that it is meant for.",
        )
        .into());
    }
    let of = of.unwrap_or_else(|| Party::Delegation(own.clone()));
    if let Party::Group(group) = &of
        && !parent.seats.groups.contains_key(group)
    {
        return Err(Refusal::unknown_group(group).into());
    }
    if parent.seats.sitting(own).is_none() {
        return Err(Refusal::not_seated(own).into());
    }
    let sitting = parent.seats.delegations.iter().filter(|(_, d)| !d.left);
    let members: BTreeMap<DelegationId, Name> = sitting
        .filter(|(id, _)| of.includes(id, &parent.seats))
        .map(|(id, d)| (id.clone(), d.name.clone()))
        .collect();
    Ok(Paper {
        of,
        parent: parent.id,
        members,
    })
}

/// A proposal that names a working paper, with what the server knows of that: whose it is, and the words.
///
/// Who does not sit in the paper hears that there is no such draft; and no words but the paper's own are said to be from it.
pub(crate) async fn sourced(app: &App, visit: &Visit, mut act: Propose) -> Answer<Propose> {
    let Some(mut from) = act.from.take() else {
        return Ok(act);
    };
    let is_member = app.identity.admitted(&visit.caller, from.paper).is_some();
    let paper = app.identity.paper(from.paper).filter(|_| is_member);
    let paper = paper.ok_or_else(Failure::unknown_draft)?;
    if paper.parent != visit.draft {
        return Err(Refusal::new(
            "not-for-this-draft",
            "This working paper is meant for another draft.",
            "Submit from a paper that was begun for this one.",
        )
        .into());
    }
    let room = app.rooms.room(from.paper).await?;
    let text = room.read(standing).await?;
    let clause = text.clauses.iter().find(|c| c.id == from.clause);
    let clause = clause.ok_or_else(|| Failure::from(Refusal::unknown_clause(&from.clause)))?;
    let negotiated = room.read(|live| live.draft.negotiated().cloned()).await?;
    let present = negotiated.and_then(|l| clause.digests.get(&l).copied());
    if from.digest.is_some() && from.digest != present {
        let what = target_in_words(&Target::Clause(from.clause));
        return Err(Refusal::stale_text(&format!("{what} of the paper")).into());
    }
    if act.text.is_empty() && !act.amendment.is_wordless() {
        for (language, words) in clause.text.iter().filter(|(_, words)| !words.is_empty()) {
            let words = words.parse().map_err(Failure::malformed_field)?;
            act.text.insert(language.clone(), words);
        }
    }
    let is_its_own = |(language, words): (&_, &plenary_shared::ids::Prose)| {
        clause.digests.get(language) == Some(&Digest::of(words.as_str()))
    };
    if !act.text.iter().all(is_its_own) {
        return Err(Refusal::new(
            "other-words",
            "These are not the words of that clause in the working paper.",
            "Leave the text out, and it is taken from the paper; or propose it without naming the paper.",
        )
        .into());
    }
    from.digest = Some(present.unwrap_or_else(|| Digest::of("")));
    from.of = Some(paper.of);
    act.from = Some(from);
    Ok(act)
}

fn standing(live: &Live) -> TextView {
    text_view(&live.draft, &live.manuscript, live.text.heads())
}
