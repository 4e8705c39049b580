//! What is handed in with a draft proposal, as the General Assembly's guidelines ask: the Word file with every change against
//! the text that was issued before as a tracked change, a clean copy in each language, the list of sponsors with when each
//! joined, and a covering note. One zip file.

use std::fmt::Write as _;

use plenary_shared::export::{Sponsor, visible};
use plenary_shared::ids::Language;

use crate::docx::Cover;
use crate::package::pack;

/// What web servers call such a file.
pub const MEDIA_TYPE: &str = "application/zip";

/// What is handed in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The title of the draft.
    pub title: String,
    /// What stands above its text.
    pub cover: Cover,
    /// The moment that the text is of, and the one it is compared with, in words; none if nothing was issued before.
    pub moments: (String, Option<String>),
    /// The Word file with the changes; none if nothing was issued before.
    pub tracked: Option<(Language, Vec<u8>)>,
    /// A clean Word file in each language, that negotiated in first, with how many clauses have no words in it yet.
    pub clean: Vec<(Language, Vec<u8>, usize)>,
    /// The sponsors, in the order in which they joined.
    pub sponsors: Vec<Sponsor>,
    /// How much of the text is not agreed: brackets.
    pub brackets: usize,
}

/// Packs it.
pub fn write(submission: &Submission) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    if let Some((language, bytes)) = &submission.tracked {
        parts.push((format!("changes-{language}.docx"), bytes.clone()));
    }
    for (language, bytes, _) in &submission.clean {
        parts.push((format!("clean-{language}.docx"), bytes.clone()));
    }
    parts.push(("sponsors.csv".to_owned(), list(&submission.sponsors).into()));
    let names: Vec<_> = parts.iter().map(|(name, _)| name.clone()).collect();
    parts.push(("note.txt".to_owned(), note(submission, &names).into()));
    pack(
        parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.clone())),
    )
}

/// The list of sponsors as RFC 4180 has tables.
fn list(sponsors: &[Sponsor]) -> String {
    let mut out = "delegation,name,as,proposal,state,since\r\n".to_owned();
    for s in sponsors {
        let role = if s.main { "sponsor" } else { "co-sponsor" };
        let state = if s.incorporated {
            "in the text"
        } else {
            "on the floor"
        };
        let since = s.since.to_string();
        let fields = [
            s.delegation.as_str(),
            &s.name,
            role,
            s.proposal.as_str(),
            state,
            &since,
        ];
        let fields = fields.map(|f| {
            format!(
                "\"{}\"",
                plenary_shared::aids::harmless(f).replace('"', "\"\"")
            )
        });
        out += &fields.join(",");
        out += "\r\n";
    }
    out
}

fn note(submission: &Submission, names: &[String]) -> String {
    let cover = &submission.cover;
    let mut out = String::new();
    let mut say = |what: &str, words: &str| {
        let _ = write!(out, "{what:<12}{}\r\n", visible(words));
    };
    say("Title", &submission.title);
    let lines = [
        ("Symbol", &cover.symbol),
        ("Body", &cover.body),
        ("Agenda item", &cover.agenda),
        ("Date", &cover.date),
    ];
    for (what, words) in lines {
        if let Some(words) = words {
            say(what, words);
        }
    }
    say("Text of", &submission.moments.0);
    say(
        "Against",
        submission
            .moments
            .1
            .as_deref()
            .unwrap_or("nothing: no text was issued before"),
    );
    say("Not agreed", &format!("brackets: {}", submission.brackets));
    out += "\r\nSponsors, in the order in which they joined\r\n";
    if submission.sponsors.is_empty() {
        out += "  none: nothing that a delegation has proposed is in the text or on the floor\r\n";
    }
    for s in &submission.sponsors {
        let role = if s.main { "made" } else { "joined" };
        let state = if s.incorporated {
            "in the text"
        } else {
            "on the floor"
        };
        let _ = write!(
            out,
            "  {}  {} ({}) {role} proposal {}, which is {state}\r\n",
            s.since,
            visible(&s.name),
            s.delegation,
            s.proposal
        );
    }
    out += "\r\nIn this pack\r\n";
    for name in names {
        let _ = write!(out, "  {name}\r\n");
    }
    for (language, _, missing) in submission.clean.iter().filter(|(_, _, n)| *n > 0) {
        let _ = write!(
            out,
            "  In {language} there are no words yet in clauses: {missing}\r\n"
        );
    }
    out
}
