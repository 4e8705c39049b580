//! The way from one page of a draft to the others. It stands above what the client takes over, and stays.

use maud::{Markup, html};
use plenary_shared::wire::view::{Me, Screen};

use super::words::Words;

/// For whom a page is of use.
type IsFor = fn(&Me) -> bool;

/// The pages. The first is the draft itself.
const PAGES: &[(&str, IsFor)] = &[
    ("draft", |_| true),
    ("matrix", |_| true),
    ("history", |_| true),
    ("projector", |_| true),
    ("papers", sits),
    ("seats", |_| true),
    ("rule", |_| true),
];

/// Papers are a delegation's own.
fn sits(me: &Me) -> bool {
    me.seat.is_some()
}

/// Links to the pages that are for the reader, who is on the one that is named.
pub(super) fn links(screen: &Screen, here: &str, words: &Words) -> Markup {
    let at = format!("/d/{}", screen.draft.id);
    let language = &screen.rolling.language;
    html! {
        nav .pages aria-label=(words.say("pages.choose")) {
            @for (page, _) in PAGES.iter().filter(|(_, is_for)| is_for(&screen.me)) {
                @let address = if *page == "draft" { at.clone() } else { format!("{at}/{page}") };
                a href={ (address) "?lang=" (language) } aria-current=[(*page == here).then_some("page")] {
                    (words.say(&format!("pages.{page}")))
                }
                " "
            }
        }
    }
}
