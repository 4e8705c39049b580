//! Where a new wording comes from: the command line, standard input, or the person's own editor.

use std::io::{IsTerminal as _, Read as _};
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Exit, Failure, Outcome};
use crate::profile::{places, write_privately};

/// A wording somebody wrote, and where it is kept until it has arrived.
#[derive(Debug)]
pub(crate) struct Words {
    /// The wording.
    pub(crate) text: String,
    file: Option<PathBuf>,
}

impl Words {
    /// Takes the wording from `given` (`-` is standard input), else from standard input if that is no terminal, else
    /// from the editor, which begins with `present`.
    pub(crate) fn get(given: Option<&str>, name: &str, present: &str) -> Outcome<Self> {
        let words = match given {
            Some("-") => Self {
                text: from_stdin()?,
                file: None,
            },
            Some(text) => Self {
                text: text.to_owned(),
                file: None,
            },
            None if !std::io::stdin().is_terminal() => Self {
                text: from_stdin()?,
                file: None,
            },
            None => Self::from_editor(name, present)?,
        };
        let text = words.text.replace("\r\n", "\n");
        Ok(Self {
            text: text.trim_end_matches('\n').to_owned(),
            file: words.file,
        })
    }

    fn from_editor(name: &str, present: &str) -> Outcome<Self> {
        let safe: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let nonce = hex::encode(crate::api::random_bytes::<3>()?);
        let path = places()?
            .data_dir()
            .join("editing")
            .join(format!("{safe}-{nonce}.txt"));
        write_privately(&path, format!("{present}\n").as_bytes())?;
        let editor = std::env::var("VISUAL")
            .or_else(|_| std::env::var("EDITOR"))
            .unwrap_or_else(|_| "vi".into());
        // Through a shell, as everybody expects: EDITOR may hold arguments.
        let status = if cfg!(unix) {
            Command::new("sh")
                .arg("-c")
                .arg(format!("{editor} \"$1\""))
                .arg("sh")
                .arg(&path)
                .status()
        } else {
            Command::new(&editor).arg(&path).status()
        };
        let failed = |why: String| {
            Failure::new(
                Exit::Other,
                "editor",
                format!("The editor `{editor}` did not end well: {why}."),
                format!(
                    "Set EDITOR, or give the words with `--text`. What you wrote is in {}.",
                    path.display()
                ),
            )
        };
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(failed(status.to_string())),
            Err(e) => return Err(failed(e.to_string())),
        }
        let text = std::fs::read_to_string(&path).map_err(|e| Failure::file(&path, &e))?;
        Ok(Self {
            text,
            file: Some(path),
        })
    }

    /// Removes the file once the words have arrived; if they have not, says where they are kept.
    pub(crate) fn settle<T>(self, arrived: Outcome<T>) -> Outcome<T> {
        let Some(file) = self.file else {
            return arrived;
        };
        match arrived {
            Ok(value) => {
                let _ = std::fs::remove_file(file);
                Ok(value)
            }
            Err(mut failure) => {
                failure.hint = format!(
                    "{} Your words are kept in {}.",
                    failure.hint,
                    file.display()
                );
                Err(failure)
            }
        }
    }
}

/// All of standard input as text.
pub(crate) fn from_stdin() -> Outcome<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|e| {
        Failure::usage(
            format!("Standard input cannot be read as text: {e}."),
            "Give it as UTF-8.",
        )
    })?;
    Ok(text)
}

/// The words with the one place where `old` stands replaced by `new`.
pub(crate) fn replace_once(present: &str, old: &str, new: &str) -> Outcome<String> {
    match present.matches(old).count() {
        1 if !old.is_empty() => Ok(present.replacen(old, new, 1)),
        0 => Err(Failure::new(
            Exit::Stale,
            "words-not-there",
            format!("The words \"{old}\" are not in the present text."),
            "Read the clause with `plenary show CLAUSE` and copy the words from there.",
        )),
        _ => Err(Failure::usage(
            format!("The words \"{old}\" stand in the text more than once."),
            "Give some words around them too, so that one place is meant.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_replaced_where_they_stand_once() {
        assert_eq!(
            replace_once("meet annually", "annually", "every year").unwrap(),
            "meet every year"
        );
        assert_eq!(
            replace_once("a b a", "a", "c").unwrap_err().exit,
            Exit::Usage
        );
        assert_eq!(replace_once("a b", "x", "c").unwrap_err().exit, Exit::Stale);
        assert_eq!(replace_once("a b", "", "c").unwrap_err().exit, Exit::Usage);
    }
}
