//! The text in pages. They are set one text after the other: it takes memory, and a processor for a while.

use axum::http::StatusCode;
use axum::response::Response;
use plenary_press::{MEDIA_TYPE, PrintError};
use plenary_shared::refusal::Told;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Which;
use super::document::{Material, attached};
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::visit::Visit;
use crate::limits::PRINT_WAIT;
use crate::room::RoomError;

static PRESS: Semaphore = Semaphore::const_new(1);

/// The text as PDF.
pub(super) async fn write(visit: &Visit, which: Which) -> Answer<Response> {
    let material = Material::gather(visit, which).await?;
    let Ok(Ok(turn)) = timeout(PRINT_WAIT, PRESS.acquire()).await else {
        return Err(Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "press-busy",
            "Others are printing, and it takes long.",
            "Try again in a minute; or export as docx.",
        ));
    };
    let (id, seq) = (visit.draft, material.new.draft.seq);
    let printed = tokio::task::spawn_blocking(move || {
        let printed = material.make(|sheet, page| plenary_press::print(sheet, &page.moment));
        // Held until it is done, also if nobody waits for it any more.
        drop(turn);
        printed
    });
    let printed = printed.await.map_err(|_| RoomError::Gone)?;
    let pages = printed.map_err(|why| told(&why))?;
    Ok(attached(MEDIA_TYPE, &format!("{id}-{seq}.pdf"), pages))
}

fn told(why: &PrintError) -> Failure {
    let code = match why {
        PrintError::Long => "too-long",
        PrintError::Letter(_) => "no-font",
        PrintError::Set(why) => return Failure::internal(why),
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut failure = Failure::new(status, code, why.to_string(), why.hint());
    if let PrintError::Letter(letter) = why {
        let name = Told::One(letter.to_string());
        failure.about.insert("name".into(), name);
    }
    failure
}
