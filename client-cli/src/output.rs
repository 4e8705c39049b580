//! What people and programs read: plain text or JSON on stdout, remarks and errors on stderr.

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;

use crate::failure::{Exit, Failure, Outcome};
use crate::plain;

mod columns;
mod paint;

pub(crate) use columns::{Table, wrap};
pub(crate) use paint::{ColorChoice, Paint, Tint};

/// Where a command writes.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    /// Whether programs read along.
    pub(crate) json: bool,
    /// Colours on stdout, if any.
    pub(crate) paint: Paint,
    choice: ColorChoice,
}

impl Output {
    /// As the person at the terminal asked for it.
    pub(crate) fn new(json: bool, choice: ColorChoice) -> Self {
        let paint = Paint::new(choice, std::io::stdout().is_terminal());
        Self {
            json,
            paint,
            choice,
        }
    }

    /// Prints a value: as JSON for programs, else as `text` has it for people.
    pub(crate) fn value<T: Serialize>(
        &self,
        value: &T,
        text: impl FnOnce(&Self) -> String,
    ) -> Outcome {
        if self.json {
            let mut line = serde_json::to_string_pretty(value).map_err(|e| {
                Failure::new(Exit::Other, "json", format!("{e}."), "Leave out `--json`.")
            })?;
            line.push('\n');
            self.raw(&line)
        } else {
            self.raw(&text(self))
        }
    }

    /// Prints a value on one line, as in a stream of them.
    pub(crate) fn line<T: Serialize>(
        &self,
        value: &T,
        text: impl FnOnce(&Self) -> String,
    ) -> Outcome {
        let mut line = if self.json {
            serde_json::to_string(value).map_err(|e| {
                Failure::new(Exit::Other, "json", format!("{e}."), "Leave out `--json`.")
            })?
        } else {
            text(self)
        };
        line.push('\n');
        self.raw(&line)
    }

    /// Prints exactly this, ending with a line break.
    pub(crate) fn raw(&self, text: &str) -> Outcome {
        let mut out = std::io::stdout().lock();
        let mut written = out.write_all(text.as_bytes());
        if written.is_ok() && !text.is_empty() && !text.ends_with('\n') {
            written = out.write_all(b"\n");
        }
        match written.and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            // Whoever read along, as `head` does, has read enough.
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
            Err(e) => Err(Failure::file(std::path::Path::new("standard output"), &e)),
        }
    }

    /// Tells a person something that is no part of the answer.
    pub(crate) fn remark(&self, text: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// Tells of a failure.
    pub(crate) fn failure(&self, failure: &Failure) {
        let mut err = std::io::stderr();
        if self.json {
            let _ = writeln!(err, "{}", failure.problem());
            return;
        }
        let paint = Paint::new(self.choice, err.is_terminal());
        let _ = writeln!(
            err,
            "{} {}",
            paint.tint(Tint::Red, "error:"),
            plain(&failure.what)
        );
        if !failure.hint.is_empty() {
            let _ = writeln!(
                err,
                "{} {}",
                paint.tint(Tint::Cyan, "hint:"),
                plain(&failure.hint)
            );
        }
    }

    /// How wide the terminal is; none if stdout is no terminal, and lines are then never broken.
    pub(crate) fn width(&self) -> Option<usize> {
        if !std::io::stdout().is_terminal() {
            return None;
        }
        let (columns, _) = crossterm::terminal::size().ok()?;
        Some(usize::from(columns).clamp(40, 120))
    }
}
