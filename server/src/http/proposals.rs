//! The proposals.

use plenary_shared::ids::ProposalId;
use plenary_shared::numbering;
use plenary_shared::status;
use plenary_shared::wire::view::{Page, ProposalView};
use serde::Deserialize;

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::page;
use crate::http::query::Query;
use crate::http::visit::Visit;

/// Which proposals.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    state: State,
    after: Option<ProposalId>,
    limit: Option<usize>,
}

/// Those on the floor, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    #[default]
    Made,
    All,
}

/// The proposals with their words and how they stand, in the order in which they were made.
#[utoipa::path(get, path = "/drafts/{draft}/proposals", operation_id = "proposals", tag = "text",
    params(("draft" = String, Path),
        ("state" = Option<String>, Query, description = "`made` (those on the floor, if left out) or `all`"),
        ("after" = Option<String>, Query, description = "The last proposal of the page before"),
        ("limit" = Option<usize>, Query, description = "At most 500, 100 if left out")),
    responses((status = 200, body = Page<ProposalView>)))]
pub(crate) async fn list(
    visit: Visit,
    Query(which): Query<Which>,
) -> Answer<Json<Page<ProposalView>>> {
    let (draft, manuscript) = visit.now().await?;
    let labels = numbering::labels(&draft, &manuscript);
    let limit = page::size(which.limit);
    let mut all: Vec<_> = draft
        .proposals
        .iter()
        .filter(|(_, p)| which.state == State::All || p.is_live())
        .map(|(id, p)| (p.seq, id))
        .collect();
    all.sort();
    let after = which.after.as_ref();
    // The proposal named by `after` may have left the floor meanwhile: what counts is when it was made.
    let after = after.and_then(|id| Some((draft.proposals.get(id)?.seq, id)));
    let views = all
        .into_iter()
        .filter(|made| after.is_none_or(|after| *made > after))
        .take(limit + 1)
        .filter_map(|(_, id)| status::proposal_view_labelled(&draft, &manuscript, &labels, id))
        .collect();
    let state = if which.state == State::All {
        "all"
    } else {
        "made"
    };
    Ok(Json(page::cut(views, limit, |last: &ProposalView| {
        let id = visit.draft;
        format!(
            "/api/v1/drafts/{id}/proposals?state={state}&after={}&limit={limit}",
            last.id
        )
    })))
}
