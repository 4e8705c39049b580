//! HTML: one complete page that needs nothing else, reads well aloud, and prints.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{Format, Item, Page, Show, annex, visible};
use crate::draft::Kind;
use crate::ids::Language;
use crate::import::inline;

/// HTML.
pub(super) struct Html;

pub(super) const STYLE: &str = "\
body{font:1.1rem/1.6 serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
h1,h2,h3,h4,h5,h6{line-height:1.25}.number{font-variant-numeric:tabular-nums}.status{font-weight:bold}\
.level-2{margin-inline-start:2rem}.level-3{margin-inline-start:4rem}.level-4{margin-inline-start:6rem}\
.other{margin-inline-start:1.5rem;border-inline-start:.2rem solid #767676;padding-inline-start:.8rem}\
.beside{width:100%;border-collapse:collapse}.beside td,.beside th{width:50%;vertical-align:top;padding:0 .8rem;\
border:1px solid #ccc;text-align:start}body:has(.beside){max-width:80rem}\
.deleted{text-decoration:line-through}footer{margin-top:3rem;font-size:.9rem}";

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }
    fn media_type(&self) -> &'static str {
        "text/html; charset=utf-8"
    }
    fn extension(&self) -> &'static str {
        "html"
    }
    fn write(&self, page: &Page<'_>) -> String {
        let language = page.primary();
        let tag = language.map_or_else(|| "und".to_owned(), |l| escape(l.as_str()));
        let direction = language.map_or("ltr", direction);
        let title = escape(page.draft.title.as_str());
        let items = page.items();
        let mut body: String = match &page.beside {
            Some(beside) => side_by_side(page, &items, beside),
            None => items.iter().map(|item| block(page, item)).collect(),
        };
        if !items.iter().any(|item| item.kind == Kind::Title) {
            body = format!("<h1>{title}</h1>\n{body}");
        }
        body += &annexed(page);
        let moment = escape(&page.moment);
        format!(
            "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n\
             <footer lang=\"en\" dir=\"ltr\"><p>{moment}</p></footer>\n</body>\n</html>\n"
        )
    }
}

/// The annex, if there is one.
fn annexed(page: &Page<'_>) -> String {
    let lines = annex::lines(page);
    if lines.is_empty() {
        return String::new();
    }
    let items: String = lines
        .iter()
        .map(|line| {
            let (who, text) = (escape(&line.who), words(&line.text));
            format!("<li><strong>{who}</strong>: <span dir=\"auto\">{text}</span></li>\n")
        })
        .collect();
    format!(
        "<section class=\"record\" lang=\"en\">\n<h2>{}</h2>\n<ul>\n{items}</ul>\n</section>\n",
        annex::HEADING
    )
}

/// A row for each clause, its words in the two languages.
fn side_by_side(page: &Page<'_>, items: &[Item], beside: &Language) -> String {
    let other = page.column(beside);
    let own = page.primary();
    let tongue = |language: &Language| {
        let tag = escape(language.as_str());
        format!(" lang=\"{tag}\" dir=\"{}\"", direction(language))
    };
    let heads: String = own
        .into_iter()
        .chain([beside])
        .map(|l| format!("<th scope=\"col\">{}</th>", escape(l.as_str())))
        .collect();
    let mut rows = String::new();
    for (item, clause) in items.iter().zip(&other) {
        let text: String = clause.segments.iter().map(|s| s.text.as_str()).collect();
        let words = match visible(&text) {
            text if text.is_empty() => "<span lang=\"en\">[no text yet]</span>".to_owned(),
            text => words(&text),
        };
        let tongue = tongue(beside);
        rows += &format!(
            "<tr><td>{}</td><td{tongue}><p class=\"level-{}\">{words}</p></td></tr>\n",
            block(page, item),
            item.level.clamp(1, 5)
        );
    }
    format!(
        "<table class=\"beside\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn block(page: &Page<'_>, item: &Item) -> String {
    let number = match page.show {
        Show::Clean | Show::Adopted => item.paper_number(),
        Show::Status | Show::Rolling => item.label.clone(),
    };
    let number = number.map_or_else(String::new, |number| {
        format!("<bdi class=\"number\">{}</bdi> ", escape(&number))
    });
    let mark = item.mark().map_or_else(String::new, |mark| {
        format!("<bdi class=\"status\" lang=\"en\">{mark}</bdi> ")
    });
    let level = item.level.clamp(1, 5);
    let element = match item.kind {
        Kind::Title => "h1".to_owned(),
        Kind::Heading | Kind::Annex => format!("h{}", level + 1),
        Kind::Preambular | Kind::Operative | Kind::Paragraph => "p".to_owned(),
    };
    let kind = item.kind.name();
    let mut out = String::new();
    for (n, (language, text)) in item.texts.iter().enumerate() {
        let id = match (&item.id, n) {
            (Some(id), 0) => format!(" id=\"{}\"", escape(id.as_str())),
            _ => String::new(),
        };
        let tongue = format!(
            " lang=\"{}\" dir=\"{}\"",
            escape(language.as_str()),
            direction(language)
        );
        let words = words(text);
        let words = if item.label.is_none() {
            format!("<s class=\"deleted\">{words}</s>")
        } else {
            words
        };
        out += &if n == 0 {
            format!(
                "<{element}{id} class=\"{kind} level-{level}\"{tongue}>{number}{mark}{words}</{element}>\n"
            )
        } else {
            format!("<p class=\"other level-{level}\"{tongue}>{words}</p>\n")
        };
    }
    out
}

/// A wording with its inline markup, as HTML: nothing of it becomes markup that is not emphasis, code or a link.
pub fn words(text: &str) -> String {
    let source = inline::escape(text).join("\n");
    let mut out = String::new();
    for event in Parser::new(&source) {
        match event {
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Start(Tag::Strong) => out.push_str("<strong>"),
            Event::End(TagEnd::Strong) => out.push_str("</strong>"),
            Event::Text(text) => out.push_str(&escape(&text)),
            Event::Code(text) => {
                out.push_str("<code>");
                out.push_str(&escape(&text));
                out.push_str("</code>");
            }
            Event::Html(text) | Event::InlineHtml(text) => out.push_str(&escape(&text)),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push_str("<br>\n"),
            Event::Start(Tag::Link { dest_url, .. }) if is_web(&dest_url) => {
                out.push_str(&format!("<a href=\"{}\">", escape(&dest_url)));
            }
            Event::Start(Tag::Link { .. }) => out.push_str("<a>"),
            Event::End(TagEnd::Link) => out.push_str("</a>"),
            _ => {}
        }
    }
    out
}

/// Whether a link leads to a page or a letter, and to nothing that runs.
fn is_web(url: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}

/// The text with what HTML would take for its own written as references.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// `rtl` for languages written from right to left.
pub fn direction(language: &Language) -> &'static str {
    let mut subtags = language.as_str().split('-');
    let first = subtags.next().unwrap_or_default().to_ascii_lowercase();
    let scripts = ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo"];
    let script = subtags.find(|s| s.len() == 4);
    let leftward = match script {
        Some(script) => scripts.iter().any(|s| s.eq_ignore_ascii_case(script)),
        None => [
            "ar", "he", "fa", "ur", "ps", "sd", "dv", "yi", "ug", "ckb", "syr",
        ]
        .contains(&first.as_str()),
    };
    if leftward { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_markup_of_their_own() {
        assert_eq!(
            words("*Decides* <b>x</b> & \"y\""),
            "<em>Decides</em> &lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot;"
        );
        assert_eq!(words("[x](javascript:alert)"), "<a>x</a>");
        assert_eq!(words("1. one\n# two"), "1. one<br>\n# two");
    }

    #[test]
    fn the_direction_follows_the_language_and_its_script() {
        let of = |tag: &str| direction(&tag.parse().unwrap());
        assert_eq!([of("ar"), of("fa-IR"), of("ur"), of("he")], ["rtl"; 4]);
        assert_eq!([of("fr"), of("zh-Hans"), of("ur-Latn")], ["ltr"; 3]);
    }
}
