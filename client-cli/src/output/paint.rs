//! Colour: never the only sign of anything, and none at all where it was not asked for.

use clap::ValueEnum;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The few colours in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tint {
    /// Errors, objections, words taken out.
    Red,
    /// Agreement, words put in.
    Green,
    /// What waits for somebody.
    Yellow,
    /// Hints and names.
    Cyan,
    /// What stands in the background.
    Dim,
    /// What stands out.
    Bold,
}

/// Puts text in colour, or leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paint(bool);

impl Paint {
    /// Whether there are colours.
    pub(crate) fn is_on(self) -> bool {
        self.0
    }

    /// As chosen; `terminal` says whether there is one to show it.
    pub(crate) fn new(choice: ColorChoice, terminal: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Self(match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && !unwanted,
        })
    }

    /// The text in that colour.
    pub(crate) fn tint(self, tint: Tint, text: &str) -> String {
        if !self.0 || text.is_empty() {
            return text.to_owned();
        }
        let (on, off) = match tint {
            Tint::Red => (31, 39),
            Tint::Green => (32, 39),
            Tint::Yellow => (33, 39),
            Tint::Cyan => (36, 39),
            Tint::Dim => (2, 22),
            Tint::Bold => (1, 22),
        };
        format!("\u{1b}[{on}m{text}\u{1b}[{off}m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_there_only_where_it_was_asked_for() {
        assert_eq!(
            Paint::new(ColorChoice::Never, true).tint(Tint::Red, "no"),
            "no"
        );
        assert_eq!(
            Paint::new(ColorChoice::Always, false).tint(Tint::Red, "no"),
            "\u{1b}[31mno\u{1b}[39m"
        );
        assert_eq!(
            Paint::new(ColorChoice::Auto, false).tint(Tint::Red, "no"),
            "no"
        );
    }
}
