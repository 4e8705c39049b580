//! `plenary offline`: take a copy of the draft along.

use std::time::Duration;

use clap::Args;
use plenary_shared::ids::DraftId;
use serde_json::json;

use super::now;
use crate::api::Api;
use crate::connection::{self, Courier};
use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};
use crate::replica::{About, Access, Replica};

/// How long to try, where a person waits.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// Take a copy of the draft along, to read and edit without the network
#[derive(Debug, Args)]
pub(crate) struct Offline {}

impl Offline {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_id(&api)?;
        if let Some(copy) = Replica::open(draft, api.token(), Access::Read)?
            && !copy.about.edits.is_empty()
        {
            return Err(Failure::new(
                Exit::Other,
                "unsent-edits",
                "Your copy holds edits that were not sent yet.",
                "Send them with `plenary sync`, which brings the copy up to date too.",
            ));
        }
        let courier = connection::run(Courier::download(api.clone(), draft, PATIENCE))?;
        let about = about(&api, draft, &courier)?;
        let copy = Replica::new(about, courier.text, api.token())?;
        copy.keep()?;
        let said = json!({
            "draft": draft,
            "seq": copy.about.view.seq,
            "digest": copy.about.view.digest,
            "changes": copy.text.changes(),
        });
        context.out.value(&said, |_| {
            format!(
                "You have a copy of {} as of entry {}. Edit it with `plenary edit CLAUSE --offline`; send your edits with `plenary sync`.",
                copy.about.draft.title, copy.about.view.seq
            )
        })
    }
}

/// What a copy says of the draft besides its text.
pub(super) fn about(api: &Api, draft: DraftId, courier: &Courier) -> Outcome<About> {
    Ok(About::new(
        api.of_draft(draft, &[], &[])?,
        api.of_draft(draft, &["text"], &[])?,
        api.of_draft(draft, &["status"], &[])?,
        courier.text.heads(),
        now(),
    ))
}
