//! The pages themselves. Whatever comes from a person is escaped: `maud` does so, and the exports do.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use plenary_shared::draft::Draft;
use plenary_shared::export::direction;
use plenary_shared::ids::{Language, Seq};
use plenary_shared::wire::view::EntryView;

use super::Moment;
use super::style::{STYLE, policy};

/// The programs in another language that check what lies beside them.
pub(super) const VERIFIERS: [(&str, &str); 2] = [
    (
        "proof/verify.py",
        include_str!("../../../examples/verify.py"),
    ),
    (
        "proof/verify_acts.py",
        include_str!("../../../examples/verify_acts.py"),
    ),
];

pub(super) fn text(seq: Seq, language: &Language) -> String {
    format!("text/{:08}.{language}.html", seq.0)
}

pub(super) fn redline(from: Seq, to: Seq, language: &Language) -> String {
    format!("redline/{:08}-{:08}.{language}.html", from.0, to.0)
}

pub(super) fn record_path(number: usize) -> String {
    format!("record/{number:04}.html")
}

/// Back to the first page, from a folder below it.
pub(super) fn home() -> Markup {
    html! { nav lang="en" dir="ltr" { a href="../index.html" { "All texts, the record, and the proof" } } }
}

/// The same, and to the other languages of a moment.
pub(super) fn siblings(moment: &Moment, language: &Language) -> Markup {
    html! {
        nav lang="en" dir="ltr" {
            a href="../index.html" { "All texts, the record, and the proof" }
            @for other in moment.languages.iter().filter(|l| *l != language) {
                a href={ "../" (text(moment.seq, other)) } hreflang=(other) { (called(other)) }
            }
            @if let Some((before, name)) = &moment.before {
                a href={ "../" (redline(*before, moment.seq, language)) } { "Changes since " bdi { (name) } }
            }
        }
    }
}

/// A language as those who speak it call it; others by their tag.
fn called(language: &Language) -> Markup {
    let name = match language.as_str() {
        "ar" => "العربية",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "ru" => "Русский",
        "zh" => "中文",
        "zh-Hant" => "繁體中文",
        tag => tag,
    };
    html! { bdi lang=(language) { (name) } }
}

/// A moment as people write it, to the second.
fn moment_of(at: impl std::fmt::Display) -> Markup {
    let at = at.to_string();
    let (day, time) = at.split_once('T').unwrap_or((&at, ""));
    let time = time.split(['.', 'Z']).next().unwrap_or_default();
    html! { time datetime=(at) { (day) " " (time) " UTC" } }
}

fn head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta http-equiv="Content-Security-Policy" content=(policy());
        meta name="referrer" content="no-referrer";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (title) }
        style { (PreEscaped(STYLE)) }
    }
}

fn page(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head { (head(title)) }
            body { (body) }
        }
    };
    page.into_string() + "\n"
}

/// A page of the exports with the head and the way back of these pages. What is looked for stands before anything that a
/// person has written, or where a person's words are escaped.
pub(super) fn dressed(page: &str, title: &str, nav: &Markup) -> String {
    let (before, rest) = page.split_once("<head>").unwrap_or(("", page));
    let (_, rest) = rest.split_once("</head>").unwrap_or(("", rest));
    let (between, body) = rest.split_once("<body>").unwrap_or(("", rest));
    let (head, nav) = (head(title).into_string(), nav.clone().into_string());
    format!("{before}<head>{head}</head>{between}<body>\n{nav}{body}")
}

pub(super) fn index(draft: &Draft, moments: &[Moment], acts: usize, on_a_page: usize) -> String {
    let title = draft.title.as_str();
    let way = draft.negotiated().map_or("auto", direction);
    let body = html! {
        main {
            h1 dir=(way) { (title) }
            p { "The published history of this text, up to entry " (draft.seq) " of " (moment_of(draft.at)) ". It needs no network." }
            h2 { "Texts" }
            @for moment in moments.iter().rev() {
                section {
                    h3 { bdi { (moment.name()) } }
                    p class="note" { "Entry " (moment.seq) ", " (moment_of(&moment.at)) }
                    ul {
                        @for language in &moment.languages {
                            li {
                                a href=(text(moment.seq, language)) hreflang=(language) { (called(language)) }
                                @if let Some((before, name)) = &moment.before {
                                    ", " a href=(redline(*before, moment.seq, language)) {
                                        "what changed in " (called(language)) " since " bdi { (name) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            h2 { "Record" }
            p { "Every formal act, with its hash: " (acts) " of them." }
            ul {
                @for number in 1..=acts.div_ceil(on_a_page).max(1) {
                    li { a href=(record_path(number)) { "Part " (number) } }
                }
            }
            @let merged = plenary_shared::status::ledger(draft);
            @if !merged.is_empty() {
                h2 { "Merged proposals" }
                ul { @for line in merged { li { bdi { (line.told) } } } }
            }
            h2 { "Proof" }
            p { a href="proof/index.html" { "The whole record to download, and how to verify it" } "." }
        }
    };
    page(title, &body)
}

pub(super) fn record(draft: &Draft, rows: &[EntryView], number: usize, is_last: bool) -> String {
    let title = format!("Record, part {number}: {}", draft.title);
    let some_sign = !draft.signing.keys.is_empty();
    let body = html! {
        nav {
            a href="../index.html" { "All texts, the record, and the proof" }
            @if number > 1 { a href={ "../" (record_path(number - 1)) } { "Earlier acts" } }
            @if !is_last { a href={ "../" (record_path(number + 1)) } { "Later acts" } }
        }
        main {
            h1 { "Record, part " (number) ": " bdi { (draft.title) } }
            @for entry in rows {
                article class="act" id={ "entry-" (entry.seq) } aria-labelledby={ "what-" (entry.seq) } {
                    p class="note" { "Entry " (entry.seq) ", " (moment_of(entry.at)) }
                    p id={ "what-" (entry.seq) } { bdi { (entry.sentence) } }
                    @if entry.signed.is_some() {
                        p class="note" { "Signed by the delegation" }
                    } @else if some_sign && entry.by.delegation().is_some() {
                        p class="note" { "Not signed by the delegation" }
                    }
                    p { code { (entry.hash) } }
                    details {
                        summary { "Entry " (entry.seq) " in full" }
                        pre { (act(entry)) }
                        @if let Some(signed) = &entry.signed {
                            p class="note" { "What was signed, with the key " code { (signed.key) } }
                            pre { (signed.statement) }
                        }
                    }
                }
            }
        }
    };
    page(&title, &body)
}

fn act(entry: &EntryView) -> String {
    let act = entry.act.as_ref();
    act.and_then(|act| serde_json::to_string_pretty(act).ok())
        .unwrap_or_default()
}

pub(super) fn proof(draft: &Draft, archive: &str, keys: &str, checkpoint: &str) -> String {
    let signers = draft.signing.keys.iter();
    let body = html! {
        (home())
        main {
            h1 { "Proof: " bdi { (draft.title) } }
            p { "The archive holds every entry of the record, from which all these pages can be made anew." }
            ul {
                li { a href=(archive) download { "The archive" } ", a zip file and a BagIt bag" }
                li { a href="checkpoint.txt" { "The signed checkpoint" } " and " a href="key.txt" { "the key" } }
                li { a href="verify.py" download { "verify.py" } ", a program that checks the archive and needs only Python" }
                li { a href="verify_acts.py" download { "verify_acts.py" } ", which with that one also checks who has signed their acts" }
            }
            h2 { "What the server signed" }
            pre { (checkpoint) }
            p { "With the key:" }
            pre { (keys) }
            p {
                "A key that lies beside what it proves, proves nothing: compare it with where the conference published it, and \
                 give that one to the program."
            }
            h2 { "To verify it" }
            pre { "python3 verify_acts.py " (archive) " 'KEY'\nplenary verify " (archive) " --key 'KEY'" }
            p {
                "The first checks the files, the hash over all entries and all signatures; the second also folds the record again, \
                 and says of each thing that is not as it should be which it is. That these pages show what is in the archive, \
                 whoever makes them anew sees: " code { "plenary publish DIR --from " (archive) }
                " writes the same files, byte for byte, with the same version of the program."
            }
            @if !draft.signing.keys.is_empty() {
                h2 { "Who signed their acts themselves" }
                p { "Ask the delegation itself for its key, and verify with " code { "--signer CODE=KEY" } "." }
                ul {
                    @for (delegation, keys) in signers {
                        @for (key, known) in keys {
                            li {
                                (delegation) ": " code { (key) } ", registered by entry " (known.since)
                                @if let Some(revoked) = known.revoked { ", revoked by entry " (revoked) }
                            }
                        }
                    }
                }
            }
        }
    };
    page(&format!("Proof: {}", draft.title), &body)
}
