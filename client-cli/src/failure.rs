//! What went wrong, what to do next, and the exit code that says so to scripts.

use std::fmt;

use plenary_shared::refusal::Refusal;
use plenary_shared::wire::view::Problem;
use serde_json::json;

/// The kinds of failure, as exit codes. They are a promise: see `docs/cli.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Anything without a code of its own.
    Other = 1,
    /// The command was not written as it must be.
    Usage = 2,
    /// The rules of procedure do not allow it.
    Refused = 3,
    /// Nobody is logged in, or not somebody who may do this.
    NotAllowed = 4,
    /// No such draft, clause, proposal, version, file.
    NotFound = 5,
    /// The server does not answer.
    Unreachable = 6,
    /// The text has changed since it was seen.
    Stale = 7,
    /// The record is not the one that was signed.
    Forked = 8,
}

/// A failure, told to a person: a sentence, and a hint at what to do next.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// What kind it is.
    pub(crate) exit: Exit,
    /// A stable code for programs.
    pub(crate) code: String,
    /// What is the matter, as a sentence.
    pub(crate) what: String,
    /// What to do next, as a sentence.
    pub(crate) hint: String,
    /// The HTTP status and its title, if a server said so.
    status: Option<(u16, String)>,
}

/// What every command answers.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure in full.
    pub(crate) fn new(
        exit: Exit,
        code: &str,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            exit,
            code: code.to_owned(),
            what: what.into(),
            hint: hint.into(),
            status: None,
        }
    }

    /// The command cannot be meant as it was written.
    pub(crate) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", what, hint)
    }

    /// There is no such thing.
    pub(crate) fn not_found(code: &str, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Exit::NotFound, code, what, hint)
    }

    /// The server does not answer.
    pub(crate) fn unreachable(server: &str, why: impl fmt::Display) -> Self {
        Self::new(
            Exit::Unreachable,
            "unreachable",
            format!("The server {server} does not answer: {why}."),
            "Check the address and your connection, then try again.",
        )
    }

    /// The server's answer cannot be understood.
    pub(crate) fn not_understood(server: &str, why: impl fmt::Display) -> Self {
        Self::new(
            Exit::Other,
            "not-understood",
            format!("The answer of {server} is not one that this program knows: {why}."),
            "Check that the address is that of a Plenary server, and that `plenary --version` is as new as the server.",
        )
    }

    /// A file cannot be read or written.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        let exit = match error.kind() {
            std::io::ErrorKind::NotFound => Exit::NotFound,
            _ => Exit::Other,
        };
        Self::new(
            exit,
            "file",
            format!("{}: {error}.", path.display()),
            "Check the path and who may read and write there.",
        )
    }

    /// What the server said no to.
    pub(crate) fn of_problem(problem: Problem) -> Self {
        let exit = match (problem.status, problem.code.as_str()) {
            (_, "stale-text") | (412, _) => Exit::Stale,
            (401 | 403, _) => Exit::NotAllowed,
            (404 | 410, _) => Exit::NotFound,
            (409 | 422, _) => Exit::Refused,
            (502..=504, _) => Exit::Unreachable,
            _ => Exit::Other,
        };
        Self {
            exit,
            code: problem.code,
            what: problem.detail,
            hint: problem.hint,
            status: Some((problem.status, problem.title)),
        }
    }

    /// The failure as a problem document, for `--json`.
    pub(crate) fn problem(&self) -> serde_json::Value {
        let (status, title) = match &self.status {
            Some((status, title)) => (json!(status), title.as_str()),
            None => (json!(null), self.exit.title()),
        };
        json!({
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": self.what,
            "code": self.code,
            "hint": self.hint,
            "exit": self.exit as u8,
        })
    }
}

impl Exit {
    fn title(self) -> &'static str {
        match self {
            Self::Other => "Failed",
            Self::Usage => "Not a command",
            Self::Refused => "Refused",
            Self::NotAllowed => "Not allowed",
            Self::NotFound => "Not found",
            Self::Unreachable => "Server unreachable",
            Self::Stale => "Text has changed",
            Self::Forked => "Record not as signed",
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::new(Exit::Refused, refusal.code, refusal.sentence, refusal.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, code: &str, exit: Exit) {
        let problem = Problem {
            r#type: "about:blank".into(),
            title: String::new(),
            status,
            detail: "No.".into(),
            code: code.into(),
            hint: "Yes.".into(),
            about: Default::default(),
        };
        assert_eq!(Failure::of_problem(problem).exit, exit, "{status} {code}");
    }

    #[test]
    fn a_problem_becomes_the_exit_code_that_is_promised() {
        check(409, "stale-text", Exit::Stale);
        check(409, "not-ripe", Exit::Refused);
        check(422, "key-reused", Exit::Refused);
        check(401, "no-token", Exit::NotAllowed);
        check(403, "not-entitled", Exit::NotAllowed);
        check(404, "unknown-draft", Exit::NotFound);
        check(503, "not-ready", Exit::Unreachable);
        check(500, "broken", Exit::Other);
    }
}
