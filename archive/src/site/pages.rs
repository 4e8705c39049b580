//! The pages themselves. Whatever comes from a person is escaped: `maud` does so, and the exports do.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use plenary_shared::draft::Draft;
use plenary_shared::ids::{Language, Seq};
use plenary_shared::wire::view::EntryView;

use super::Moment;
use super::style::{STYLE, policy};
use super::words::{Tongues, Words};

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

/// A part of the record, without the ending.
pub(super) fn record_stem(number: usize) -> String {
    format!("record/{number:04}")
}

/// Back to the first page, from a folder below it.
pub(super) fn home(tongues: &Tongues, w: &Words) -> Markup {
    html! {
        nav lang=(w.tag) dir=(w.direction()) { (first_page(tongues, w)) }
    }
}

fn first_page(tongues: &Tongues, w: &Words) -> Markup {
    html! { a href={ "../" (tongues.path("index", w)) } { (w.say("home")) } }
}

/// The same page in the other languages; `up` leads from it to the folder of them all.
fn elsewhere(tongues: &Tongues, w: &Words, up: &str, stem: &str) -> Markup {
    html! {
        @for other in tongues.all().filter(|o| o.tag != w.tag) {
            a href={ (up) (tongues.path(stem, other)) } hreflang=(other.tag) { (called(&other.tag)) }
        }
    }
}

/// The same, and to the other languages of a moment.
pub(super) fn siblings(tongues: &Tongues, moment: &Moment, language: &Language) -> Markup {
    let w = tongues.beside(language);
    html! {
        nav lang=(w.tag) dir=(w.direction()) {
            (first_page(tongues, w))
            @for other in moment.languages.iter().filter(|l| *l != language) {
                a href={ "../" (text(moment.seq, other)) } hreflang=(other) { (called(other)) }
            }
            @if let Some((before, name)) = &moment.before {
                a href={ "../" (redline(*before, moment.seq, language)) } {
                    (w.fill("changes", &[("name", html! { bdi { (name) } })]))
                }
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

fn page(w: &Words, title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(w.tag) dir=(w.direction()) {
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

/// The first page of all.
pub(super) fn index(
    tongues: &Tongues,
    w: &Words,
    draft: &Draft,
    moments: &[Moment],
    acts: (usize, usize),
) -> String {
    let (acts, on_a_page) = acts;
    let title = draft.title.as_str();
    let entry = |seq: Seq, at: &str| [("seq", html! { (seq) }), ("when", moment_of(at))];
    let number = |n: usize| [("n", html! { (n) })];
    let merged = plenary_shared::status::ledger(draft);
    let body = html! {
        @if tongues.all().count() > 1 {
            nav aria-label=(w.say("languages")) { (elsewhere(tongues, w, "", "index")) }
        }
        main {
            h1 dir="auto" { (title) }
            p { (w.fill("about", &entry(draft.seq, &draft.at.to_string()))) }
            h2 { (w.say("texts")) }
            @for moment in moments.iter().rev() {
                section {
                    h3 { bdi { (moment.name(w)) } }
                    p class="note" { (w.fill("entry", &entry(moment.seq, &moment.at))) }
                    ul {
                        @for language in &moment.languages {
                            li {
                                a href=(text(moment.seq, language)) hreflang=(language) { (called(language)) }
                                @if let Some((before, name)) = &moment.before {
                                    " · " a href=(redline(*before, moment.seq, language)) {
                                        (w.fill("changed", &[("language", called(language)), ("name", html! { bdi { (name) } })]))
                                    }
                                }
                            }
                        }
                    }
                }
            }
            h2 { (w.say("record")) }
            p { (w.fill("record.about", &number(acts))) }
            ul {
                @for part in 1..=acts.div_ceil(on_a_page).max(1) {
                    li { a href=(tongues.path(&record_stem(part), w)) { (w.fill("part", &number(part))) } }
                }
            }
            @if !merged.is_empty() {
                h2 { (w.say("merged")) }
                ul lang="en" dir="ltr" { @for line in merged { li { bdi { (line.told) } } } }
            }
            h2 { (w.say("proof")) }
            p { a href=(tongues.path("proof/index", w)) { (w.say("proof.link")) } }
        }
    };
    page(w, title, &body)
}

/// A part of the record.
pub(super) fn record(
    tongues: &Tongues,
    w: &Words,
    draft: &Draft,
    rows: &[EntryView],
    (number, is_last): (usize, bool),
) -> String {
    let stem = record_stem(number);
    let other = |number: usize| format!("../{}", tongues.path(&record_stem(number), w));
    let title = w.plain(
        "record.title",
        &[("n", &number.to_string()), ("title", draft.title.as_str())],
    );
    let heading = [
        ("n", html! { (number) }),
        ("title", html! { bdi { (draft.title) } }),
    ];
    let some_sign = !draft.signing.keys.is_empty();
    let body = html! {
        nav {
            (first_page(tongues, w))
            @if number > 1 { a href=(other(number - 1)) { (w.say("earlier")) } }
            @if !is_last { a href=(other(number + 1)) { (w.say("later")) } }
            (elsewhere(tongues, w, "../", &stem))
        }
        main {
            h1 { (w.fill("record.title", &heading)) }
            @if w.tag.as_str() != "en" { p class="note" { (w.say("english")) } }
            @for entry in rows {
                article class="act" id={ "entry-" (entry.seq) } aria-labelledby={ "what-" (entry.seq) } {
                    p class="note" {
                        (w.fill("entry", &[("seq", html! { (entry.seq) }), ("when", moment_of(entry.at))]))
                    }
                    p id={ "what-" (entry.seq) } lang="en" dir="ltr" { bdi { (entry.sentence) } }
                    @if entry.signed.is_some() {
                        p class="note" { (w.say("signed")) }
                    } @else if some_sign && entry.by.delegation().is_some() {
                        p class="note" { (w.say("unsigned")) }
                    }
                    p { code dir="ltr" { (entry.hash) } }
                    details {
                        summary { (w.fill("full", &[("seq", html! { (entry.seq) })])) }
                        pre dir="ltr" { (act(entry)) }
                        @if let Some(signed) = &entry.signed {
                            p class="note" { (w.fill("with-key", &[("key", html! { code dir="ltr" { (signed.key) } })])) }
                            pre dir="ltr" { (signed.statement) }
                        }
                    }
                }
            }
        }
    };
    page(w, &title, &body)
}

fn act(entry: &EntryView) -> String {
    let act = entry.act.as_ref();
    act.and_then(|act| serde_json::to_string_pretty(act).ok())
        .unwrap_or_default()
}

/// The page of what proves the others.
pub(super) fn proof(
    tongues: &Tongues,
    w: &Words,
    draft: &Draft,
    archive: &str,
    keys: &str,
    checkpoint: &str,
) -> String {
    let code = |text: String| html! { code dir="ltr" { (text) } };
    let file = |name: &str| {
        [(
            "file",
            html! { a href=(name) download dir="ltr" { (name) } },
        )]
    };
    let link = html! { a href=(archive) download { (w.say("archive")) } };
    let title = w.plain("proof.title", &[("title", draft.title.as_str())]);
    let body = html! {
        nav { (first_page(tongues, w)) (elsewhere(tongues, w, "../", "proof/index")) }
        main {
            h1 { (w.fill("proof.title", &[("title", html! { bdi { (draft.title) } })])) }
            p { (w.say("proof.about")) }
            ul {
                li { (w.fill("archive.is", &[("archive", link)])) }
                li { a href="checkpoint.txt" { (w.say("checkpoint")) } }
                li { a href="key.txt" { (w.say("key")) } }
                li { (w.fill("verifier", &file("verify.py"))) }
                li { (w.fill("verifier.acts", &file("verify_acts.py"))) }
            }
            h2 { (w.say("server-signed")) }
            pre dir="ltr" { (checkpoint) }
            p { (w.say("with")) }
            pre dir="ltr" { (keys) }
            p { (w.say("caution")) }
            h2 { (w.say("verify")) }
            pre dir="ltr" { "python3 verify_acts.py " (archive) " 'KEY'\nplenary verify " (archive) " --key 'KEY'" }
            p { (w.say("verify.does")) }
            p { (w.fill("verify.again", &[("command", code(format!("plenary publish DIR --from {archive}")))])) }
            @if !draft.signing.keys.is_empty() {
                h2 { (w.say("signers")) }
                p { (w.fill("signers.ask", &[("command", code("--signer CODE=KEY".into()))])) }
                ul {
                    @for (delegation, keys) in &draft.signing.keys {
                        @for (key, known) in keys {
                            @let told = [
                                ("delegation", html! { (delegation) }),
                                ("key", code(key.to_string())),
                                ("seq", html! { (known.since) }),
                                ("revoked", html! { @if let Some(revoked) = known.revoked { (revoked) } }),
                            ];
                            li { (w.fill(if known.revoked.is_some() { "revoked" } else { "registered" }, &told)) }
                        }
                    }
                }
            }
        }
    };
    page(w, &title, &body)
}
