//! The line-level part of the Markdown: escapes, line breaks, and the `{#id}` at the end of a clause.
//!
//! Emphasis, links and the like are the wording's own characters and stay as typed. Only what Markdown would take for
//! the structure of the text is escaped, and `unescape(escape(text)) = text` for every text.

use crate::draft::Kind;
use crate::ids::{ClauseId, Language};

/// The spaces that Markdown knows.
pub(crate) const SPACE: [char; 3] = [' ', '\t', '\n'];

/// What stands in braces at the end of a clause: `{#op-3}`, or where the place does not say it, `{#x .operative level=2}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Attributes {
    pub(crate) id: Option<ClauseId>,
    pub(crate) kind: Option<Kind>,
    pub(crate) level: Option<u8>,
}

impl Attributes {
    /// As they are written at the end of a clause.
    pub(crate) fn written(&self) -> String {
        let id = self.id.iter().map(|id| format!("#{id}"));
        let kind = self.kind.iter().map(|kind| format!(".{}", kind.name()));
        let level = self.level.iter().map(|level| format!("level={level}"));
        let all: Vec<_> = id.chain(kind).chain(level).collect();
        format!("{{{}}}", all.join(" "))
    }

    /// Splits them from the end of a clause's source.
    pub(crate) fn split(source: &str) -> Result<(&str, Self), String> {
        let none = Ok((source, Self::default()));
        let Some(inner) = source.trim_end_matches(SPACE).strip_suffix('}') else {
            return none;
        };
        let Some((text, inner)) = inner.rsplit_once("{#") else {
            return none;
        };
        if inner.contains(['{', '}']) || !(text.is_empty() || text.ends_with(SPACE)) {
            return none;
        }
        let mut words = inner.split_whitespace();
        let id = words.next().unwrap_or_default();
        let id = id.parse::<ClauseId>().map_err(|e| {
            format!("`{{#{id}}}` does not name the clause: {e}. Write an id such as `{{#op-3}}`.")
        })?;
        let mut attributes = Self {
            id: Some(id),
            ..Self::default()
        };
        for word in words {
            let level = |l: &str| l.parse().ok().filter(|l| (1..=9).contains(l));
            if let Some(kind) = word.strip_prefix('.').and_then(Kind::named) {
                attributes.kind = Some(kind);
            } else if let Some(level) = word.strip_prefix("level=").and_then(level) {
                attributes.level = Some(level);
            } else {
                return Err(format!(
                    "`{word}` is not known after an id. Only a kind such as `.operative` and a depth such as \
                     `level=2` may stand there."
                ));
            }
        }
        Ok((text, attributes))
    }
}

/// The lines of a block without what the blocks around it put before each of them.
pub(crate) fn lines(source: &str, quoted: bool) -> Vec<&str> {
    let strip = |(n, line): (usize, &'_ str)| -> (usize, usize) {
        let full = line.len();
        let mut rest = line.trim_start_matches([' ', '\t']);
        if quoted && n > 0 {
            rest = rest.strip_prefix('>').unwrap_or(rest);
            rest = rest.trim_start_matches([' ', '\t']);
        }
        (full - rest.len(), full)
    };
    source
        .split('\n')
        .enumerate()
        .map(|(n, line)| {
            let (from, to) = strip((n, line));
            line.get(from..to).unwrap_or_default()
        })
        .collect()
}

/// Splits `**fr** text` into the language and the text.
pub(crate) fn language_tag(line: &str) -> Option<(Language, &str)> {
    let (tag, rest) = line.strip_prefix("**")?.split_once("**")?;
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    let language = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let others =
        subtags.all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()));
    let apart = rest.is_empty() || rest.starts_with([' ', '\t']);
    let tag = (language && others && apart).then(|| tag.parse().ok())??;
    Some((tag, rest.trim_start_matches([' ', '\t'])))
}

/// The wording that the lines of a block spell: source lines are joined, except after a hard break.
pub(crate) fn unescape(lines: &[&str]) -> String {
    let mut out = String::new();
    let last = lines.len().saturating_sub(1);
    for (n, line) in lines.iter().enumerate() {
        let trimmed = line.trim_end_matches([' ', '\t']);
        let mut hard = line.ends_with("  ");
        let mut rest = trimmed;
        while let Some(c) = rest.chars().next() {
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = after;
            match c {
                '\\' => match after.chars().next() {
                    Some(next) if next.is_ascii_punctuation() => {
                        out.push(next);
                        rest = after.get(1..).unwrap_or_default();
                    }
                    None if n < last => hard = true,
                    _ => out.push('\\'),
                },
                '&' => match reference(after) {
                    Some((space, shorter)) => {
                        out.push(space);
                        rest = shorter;
                    }
                    None => out.push('&'),
                },
                _ => out.push(c),
            }
        }
        if n < last {
            let next = lines.get(n + 1).and_then(|l| l.chars().next());
            let written_without_spaces = out.chars().next_back().is_some_and(is_ideographic)
                && next.is_some_and(is_ideographic);
            match (hard, written_without_spaces) {
                (true, _) => out.push('\n'),
                (false, true) => {}
                (false, false) => out.push(' '),
            }
        }
    }
    out
}

/// The spaces that Markdown would drop, written as numbers.
fn reference(after: &str) -> Option<(char, &str)> {
    [("#32;", ' '), ("#9;", '\t'), ("#10;", '\n')]
        .into_iter()
        .find_map(|(code, space)| Some((space, after.strip_prefix(code)?)))
}

/// Scripts that put no space between words, so that a line break in the source means none either.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The wording as source: one line each, to be joined with what stands around the block. All lines but the last end in
/// a hard break.
pub(crate) fn escape(text: &str) -> Vec<String> {
    let inner = text.trim_end_matches('\n');
    let mut lines: Vec<_> = inner.split('\n').map(escape_line).collect();
    let last = lines.len().saturating_sub(1);
    for line in lines.iter_mut().take(last) {
        line.push('\\');
    }
    // A hard break at the very end would be none.
    if let Some(line) = lines.last_mut() {
        line.push_str(&"&#10;".repeat(text.len() - inner.len()));
    }
    lines
}

/// The wording on one line, as a heading needs it.
pub(crate) fn escape_heading(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(escape_line).collect();
    lines.join("&#10;")
}

fn escape_line(line: &str) -> String {
    let inner = line.trim_matches([' ', '\t']);
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let (before, after) = if inner.is_empty() {
        (line, "")
    } else {
        (
            line.get(..start).unwrap_or_default(),
            line.get(start + inner.len()..).unwrap_or_default(),
        )
    };
    let mut out: String = before.chars().map(space_reference).collect();
    if before.is_empty() {
        out.push_str(&escape_start(inner));
    } else {
        out.push_str(&escape_inside(inner));
    }
    out.extend(after.chars().map(space_reference));
    out
}

fn space_reference(c: char) -> &'static str {
    if c == '\t' { "&#9;" } else { "&#32;" }
}

/// Escapes what would begin another block at the start of a line.
fn escape_start(line: &str) -> String {
    let rest = escape_inside(line);
    let Some(first) = line.chars().next() else {
        return rest;
    };
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let past = |n: usize| line.get(n..).unwrap_or_default();
    let opens = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let rule = line.chars().all(|c| " \t-=_*:|+".contains(c));
    let structure = match first {
        '#' => opens(line.trim_start_matches('#')),
        '>' => true,
        '*' => rule || opens(past(1)) || language_tag(line).is_some(),
        '-' | '+' => rule || opens(past(1)),
        '=' | '_' | ':' => rule,
        '|' => true,
        '`' => line.starts_with("```"),
        '~' => line.starts_with("~~~"),
        '(' => super::marker::split(line).is_some(),
        '[' => line.contains("]:"),
        _ => false,
    };
    if structure {
        format!("\\{rest}")
    } else if number > 0 && past(number).starts_with(['.', ')']) && opens(past(number + 1)) {
        let (digits, after) = rest.split_at_checked(number).unwrap_or((&rest, ""));
        format!("{digits}\\{after}")
    } else {
        rest
    }
}

/// Escapes what would not be text inside a line.
fn escape_inside(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let escaped = match c {
            '\\' => true,
            '<' => next.is_some_and(|n| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')),
            '!' => next == Some('['),
            '&' => next == Some('#'),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_split_from_the_end() {
        let (text, attributes) = Attributes::split("Decides {1} {#op-3}").unwrap();
        assert_eq!(text, "Decides {1} ");
        assert_eq!(attributes.id, Some("op-3".parse().unwrap()));
        let (_, attributes) = Attributes::split("x {#a .annex level=2}").unwrap();
        assert_eq!(attributes.written(), "{#a .annex level=2}");
        assert_eq!(Attributes::split("x{#a}").unwrap().0, "x{#a}");
        assert!(Attributes::split("x {#a .poem}").is_err());
        assert!(Attributes::split("x {#-}").is_err());
    }

    #[test]
    fn only_language_tags_are_language_tags() {
        assert_eq!(language_tag("**zh-Hans** 文").unwrap().1, "文");
        assert!(language_tag("**Decides** to").is_none());
        assert!(language_tag("**fr**x").is_none());
    }

    #[test]
    fn lines_of_the_source_are_one_line_of_the_wording() {
        assert_eq!(
            unescape(&["one", "two\\", "three", "四", "五"]),
            "one two\nthree 四五"
        );
        assert_eq!(
            unescape(&["1990\\. *as typed* \\\\"]),
            "1990. *as typed* \\"
        );
    }
}
