//! What a page says, in the reader's language: the messages of the web client (`web/messages`), one file a language.
//!
//! A message for this side has no plurals and no choices: names in braces are filled in, and that is all.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use plenary_shared::export::direction;
use plenary_shared::ids::Language;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../web/messages"]
struct Files;

/// The language in which every message is there.
const WHOLE: &str = "en";

/// The messages in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Its tag, for example `zh-Hant`.
    pub(super) language: String,
    messages: BTreeMap<String, String>,
}

static ALL: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    let read = Files::iter().filter_map(|name| {
        // What is in a folder is for scripts only.
        let language = name.strip_suffix(".json").filter(|l| !l.contains('/'))?;
        let language = language.to_owned();
        let messages = serde_json::from_slice(&Files::get(&name)?.data).ok()?;
        Some((language.clone(), Words { language, messages }))
    });
    read.collect()
});

impl Words {
    /// All languages that the pages speak, in the order of their tags.
    pub(super) fn all() -> impl Iterator<Item = &'static Self> {
        ALL.values()
    }

    /// A language by its own name, if the pages know it; else by its tag.
    pub(super) fn name_of(language: &Language) -> &str {
        let known = ALL.get(language.as_str());
        known.map_or(language.as_str(), |words| words.say("language.name"))
    }

    /// The best of what the reader asked for, most wanted first; else English.
    pub(super) fn best<'a>(wanted: impl IntoIterator<Item = &'a str>) -> &'static Self {
        let mut found = wanted.into_iter().filter_map(Self::matching);
        found
            .next()
            .or_else(|| ALL.get(WHOLE))
            .expect("the messages in English are part of the program")
    }

    /// The language itself, or the one it is a kind of: `fr-CA` is read in `fr`.
    fn matching(tag: &str) -> Option<&'static Self> {
        let tag = tag.trim();
        let traditional = ["zh-tw", "zh-hk", "zh-mo", "zh-hant"];
        let lower = tag.to_ascii_lowercase();
        let tag = if traditional.iter().any(|t| lower.starts_with(t)) {
            "zh-Hant"
        } else {
            tag
        };
        let own = ALL.values().find(|w| w.language.eq_ignore_ascii_case(tag));
        own.or_else(|| {
            let (kind, _) = tag.split_once('-')?;
            ALL.get(&kind.to_ascii_lowercase())
        })
    }

    /// `rtl` or `ltr`.
    pub(super) fn direction(&self) -> &'static str {
        let tag: Result<Language, _> = self.language.parse();
        tag.as_ref().map_or("ltr", direction)
    }

    /// A message. One that is missing in this language is said in English, and one that is nowhere by its name.
    pub(super) fn say<'a>(&'a self, key: &'a str) -> &'a str {
        let whole = || ALL.get(WHOLE).and_then(|w| w.messages.get(key));
        let message = self.messages.get(key).or_else(whole);
        message.map_or(key, String::as_str)
    }

    /// A message with what stands in braces filled in.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut message = self.say(key).to_owned();
        for (name, value) in values {
            message = message.replace(&format!("{{{name}}}"), value);
        }
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: &[&str], language: &str) {
        assert_eq!(Words::best(wanted.iter().copied()).language, language);
    }

    #[test]
    fn the_first_language_that_there_is_is_spoken() {
        check(&["ar"], "ar");
        check(&["AR-eg"], "ar");
        check(&["xx", "zh-CN"], "zh");
        check(&["zh-Hans-SG"], "zh");
        for tag in ["zh-TW", "zh-HK", "zh-mo", "zh-Hant", "zh-Hant-TW"] {
            check(&[tag, "zh"], "zh-Hant");
        }
        check(&["es-419"], "es");
        check(&["fr-CA", "en"], "fr");
        check(&["ru"], "ru");
        check(&["xx"], "en");
        check(&[], "en");
    }

    #[test]
    fn a_message_is_filled_and_a_missing_one_is_said_in_english() {
        let ar = Words::best(["ar"]);
        assert_eq!(ar.direction(), "rtl");
        assert_ne!(ar.say("status.agreed"), "agreed");
        assert_eq!(ar.say("no such message"), "no such message");
        let en = Words::best(["en"]);
        assert_eq!(en.fill("draft.entry", &[("seq", "33")]), "Entry 33");
    }
}
