//! A redline as an HTML page: `<del>` and `<ins>`, which most screen readers pass over in silence, so that words that
//! are only heard stand around them.

use super::super::{ClauseChange, Op, Redline, Segment};
use super::{heading, is_news, note, summary};
use crate::draft::Kind;
use crate::export::{direction, escape_html, visible};

const STYLE: &str = "\
body{font:1.1rem/1.6 serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
del{color:#8b0000;text-decoration:line-through}ins{color:#00490a;text-decoration:underline}\
.elsewhere{color:#0b3d91;text-decoration-style:double}\
.label{display:block;font-size:.85rem}.news .label{font-weight:bold}.level-2{margin-inline-start:2rem}\
.level-3{margin-inline-start:4rem}.heard{position:absolute;width:1px;height:1px;overflow:hidden;\
clip-path:inset(50%);white-space:nowrap}";

/// The whole text with its differences, as one page.
pub fn html(redline: &Redline) -> String {
    let language = escape_html(redline.language.as_str());
    let direction = direction(&redline.language);
    let tongue = format!("lang=\"{language}\" dir=\"{direction}\"");
    let mut body = String::new();
    for clause in &redline.clauses {
        let news = if is_news(clause) { " news" } else { "" };
        let level = clause.level.clamp(1, 5);
        let element = match clause.kind {
            Kind::Title | Kind::Heading | Kind::Annex => "h2",
            Kind::Preambular | Kind::Operative | Kind::Paragraph => "p",
        };
        let words = clause.segments.iter();
        let words: String = words.map(|s| segment(redline, clause, s)).collect();
        body += &format!(
            "<{element} id=\"{id}\" class=\"level-{level}{news}\"><span class=\"label\" lang=\"en\" dir=\"ltr\">{label}\
             </span> <span {tongue}>{words}</span></{element}>\n",
            id = escape_html(clause.id.as_str()),
            label = escape_html(&heading(redline, clause)),
        );
    }
    let summary = escape_html(&summary(&redline.counts));
    format!(
        "<!doctype html>\n<html lang=\"en\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Redline</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Redline</h1>\n<p dir=\"ltr\">{summary}</p>\n{body}</main>\n\
         </body>\n</html>\n"
    )
}

fn segment(redline: &Redline, clause: &ClauseChange, segment: &Segment) -> String {
    let text = escape_html(&visible(&segment.text)).replace('\n', "<br>\n");
    let heard = |words: &str| format!("<span class=\"heard\" lang=\"en\"> [{words}] </span>");
    let place = note(redline, clause, segment);
    let seen = place.as_ref().map_or_else(String::new, |place| {
        format!(
            "<small lang=\"en\" dir=\"ltr\">({})</small> ",
            escape_html(place)
        )
    });
    let class = segment.with.as_ref().map_or("", |_| " class=\"elsewhere\"");
    match segment.op {
        Op::Same => text,
        Op::Del => format!(
            "<del{class}>{}{seen}{text}{}</del>",
            heard("deleted"),
            heard("end of deletion")
        ),
        Op::Ins => format!(
            "<ins{class}>{}{seen}{text}{}</ins>",
            heard("inserted"),
            heard("end of insertion")
        ),
    }
}
