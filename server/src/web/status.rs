//! A status as it is shown: a sign and a word, never a colour alone.

use maud::{Markup, html};
use plenary_shared::wire::view::ClauseStatus;

use super::words::Words;

/// Its name in messages and style.
pub(super) fn key(status: ClauseStatus) -> &'static str {
    match status {
        ClauseStatus::Open => "open",
        ClauseStatus::Bracketed => "bracketed",
        ClauseStatus::InSilence => "in-silence",
        ClauseStatus::Ripe => "ripe",
        ClauseStatus::AgreedAdRef => "agreed-ad-ref",
        ClauseStatus::Agreed => "agreed",
        ClauseStatus::Adopted => "adopted",
        ClauseStatus::Deleted => "deleted",
    }
}

/// Its sign; `web/src/lib/status.ts` has the same.
fn sign(status: ClauseStatus) -> &'static str {
    match status {
        ClauseStatus::Open => "○",
        ClauseStatus::Bracketed => "[ ]",
        ClauseStatus::InSilence => "…",
        ClauseStatus::Ripe => "●",
        ClauseStatus::AgreedAdRef => "✓?",
        ClauseStatus::Agreed => "✓",
        ClauseStatus::Adopted => "✓✓",
        ClauseStatus::Deleted => "✕",
    }
}

/// The status in words and with its sign.
pub(super) fn shown(status: ClauseStatus, words: &Words) -> Markup {
    html! {
        span .status {
            span .sign aria-hidden="true" { (sign(status)) }
            " " (words.say(&format!("status.{}", key(status))))
        }
    }
}
