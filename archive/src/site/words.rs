//! What the pages say themselves, in each language that they speak: one file a language in `archive/messages`.
//!
//! A message has no plurals: what is counted stands after a colon, which is right in all of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use maud::{Markup, html};
use plenary_shared::draft::Draft;
use plenary_shared::export::direction;
use plenary_shared::ids::Language;

/// The messages in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Its tag.
    pub(super) tag: Language,
    messages: BTreeMap<String, String>,
}

/// English first: what is not spoken is said in it.
static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let files = [
        ("en", include_str!("../../messages/en.json")),
        ("ar", include_str!("../../messages/ar.json")),
        ("es", include_str!("../../messages/es.json")),
        ("fr", include_str!("../../messages/fr.json")),
        ("ru", include_str!("../../messages/ru.json")),
        ("zh", include_str!("../../messages/zh.json")),
        ("zh-Hant", include_str!("../../messages/zh-Hant.json")),
    ];
    let read = |(tag, text): (&str, &str)| Words {
        tag: tag.parse().expect("the pages speak languages with a tag"),
        messages: serde_json::from_str(text).expect("the messages are part of the program"),
    };
    files.into_iter().map(read).collect()
});

impl Words {
    /// `rtl` or `ltr`.
    pub(super) fn direction(&self) -> &'static str {
        direction(&self.tag)
    }

    /// A message; by its name if there is none.
    pub(super) fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages.get(key).map_or(key, String::as_str)
    }

    /// A message with what stands in braces filled in. What is filled in is not looked through again.
    pub(super) fn fill(&self, key: &str, values: &[(&str, Markup)]) -> Markup {
        let mut parts = self.say(key).split('{');
        let first = parts.next().unwrap_or_default();
        html! {
            (first)
            @for part in parts {
                @let (name, rest) = part.split_once('}').unwrap_or((part, ""));
                @if let Some((_, value)) = values.iter().find(|(n, _)| *n == name) { (value) }
                (rest)
            }
        }
    }

    /// The same as text, for a title.
    pub(super) fn plain(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut message = String::new();
        for (n, part) in self.say(key).split('{').enumerate() {
            let (name, rest) = match part.split_once('}') {
                Some((name, rest)) if n > 0 => (name, rest),
                _ => ("", part),
            };
            let value = values.iter().find(|(known, _)| *known == name);
            message += value.map_or("", |(_, value)| value);
            message += rest;
        }
        message
    }
}

/// The languages of a draft that the pages speak. English, if it has none of them.
pub(super) struct Tongues(Vec<&'static Words>);

impl Tongues {
    /// That in which the draft is negotiated comes first, if it is spoken.
    pub(super) fn of(draft: &Draft) -> Self {
        let spoken = |l: &Language| ALL.iter().find(|w| w.tag == *l);
        let mut all: Vec<&Words> = draft.languages().filter_map(spoken).collect();
        if all.is_empty() {
            all.extend(ALL.first());
        }
        Self(all)
    }

    /// All of them, that of the pages without a language in their name first.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static Words> {
        self.0.iter().copied()
    }

    /// What is said beside a text in that language.
    pub(super) fn beside(&self, language: &Language) -> &'static Words {
        let own = self.0.iter().copied().find(|w| w.tag == *language);
        own.or(self.0.first().copied())
            .expect("there is one at least")
    }

    /// The file of a page in that language; `stem` is its name without the ending.
    pub(super) fn path(&self, stem: &str, words: &Words) -> String {
        match self.0.first() {
            Some(first) if first.tag != words.tag => format!("{stem}.{}.html", words.tag),
            _ => format!("{stem}.html"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn blanks(message: &str) -> BTreeSet<&str> {
        let parts = message.split('{').skip(1);
        parts.filter_map(|p| p.split('}').next()).collect()
    }

    #[test]
    fn every_language_says_everything_and_names_the_same_things() {
        let english = &ALL[0];
        for words in ALL.iter() {
            let tag = &words.tag;
            assert_eq!(words.messages.len(), english.messages.len(), "{tag}");
            for (key, message) in &words.messages {
                let same = english.messages.get(key).map(|m| blanks(m));
                assert_eq!(Some(blanks(message)), same, "{tag} {key}");
                assert!(
                    words.tag == english.tag || *message != english.messages[key],
                    "{tag} {key}"
                );
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_escaped_and_not_looked_through_again() {
        let name = html! { bdi { "<b>{seq}" } };
        let told = ALL[0].fill("changes", &[("name", name), ("seq", html! { "7" })]);
        assert_eq!(
            told.into_string(),
            "Changes since <bdi>&lt;b&gt;{seq}</bdi>"
        );
        let told = ALL[0].plain("changes", &[("name", "{name}")]);
        assert_eq!(told, "Changes since {name}");
    }
}
