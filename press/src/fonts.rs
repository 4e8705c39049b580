//! The fonts: one in the program, and those of the system for the scripts that it has not.

use std::sync::OnceLock;

use typst::text::{Font, FontInfo};
use typst_kit::fonts::{FontPath, FontStore, embedded, system};
use unicode_script::{Script, UnicodeScript as _};

/// The serif that is in the program.
pub(crate) const OURS: &str = "Libertinus Serif";
/// What the names of the system's fonts begin with that are looked at: of one hand, and for nearly every script.
const THEIRS: &str = "Noto ";

/// The families that are asked in turn for each letter, and after them any other that has it.
const FAMILIES: [&str; 7] = [
    OURS,
    "Noto Naskh Arabic",
    "Noto Serif CJK SC",
    "Noto Serif",
    "Noto Serif Hebrew",
    "Noto Serif Devanagari",
    "Noto Sans CJK SC",
];

/// For Chinese in traditional characters, Japanese and Korean: the same letters as they are written there.
const REGIONAL: [(&str, &str); 6] = [
    ("Hant", "Noto Serif CJK TC"),
    ("TW", "Noto Serif CJK TC"),
    ("HK", "Noto Serif CJK HK"),
    ("MO", "Noto Serif CJK HK"),
    ("ja", "Noto Serif CJK JP"),
    ("ko", "Noto Serif CJK KR"),
];

/// The fonts, and which letters are in any of them.
struct Case {
    store: FontStore,
    /// A bit for each code point.
    letters: Vec<u64>,
}

/// Found once; what is installed later is seen after a new start.
fn case() -> &'static Case {
    static CASE: OnceLock<Case> = OnceLock::new();
    CASE.get_or_init(|| {
        let mut store = FontStore::new();
        store.extend(embedded().filter(|(_, info): &(Font, FontInfo)| info.family == OURS));
        // Pictures in colour are no letters.
        let theirs =
            |info: &FontInfo| info.family.starts_with(THEIRS) && !info.family.contains("Emoji");
        store.extend(system().filter(|(_, info): &(FontPath, FontInfo)| theirs(info)));
        let mut letters = vec![0; (char::MAX as usize).div_ceil(64)];
        let infos = (0..).map_while(|n| store.book().info(n));
        for letter in infos.flat_map(|info| info.coverage.iter()) {
            if let Some(bits) = letters.get_mut(letter as usize / 64) {
                *bits |= 1 << (letter % 64);
            }
        }
        Case { store, letters }
    })
}

/// All of them.
pub(crate) fn store() -> &'static FontStore {
    &case().store
}

/// The families for a language, best first: its script's own before all, so that words and what stands between them are
/// of one hand.
pub(crate) fn families(tag: &str) -> Vec<&'static str> {
    let subtags: Vec<_> = tag.split('-').collect();
    let regional = REGIONAL.iter().find(|(sub, _)| subtags.contains(sub));
    let own = match subtags.first() {
        Some(&("ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "ckb")) => Some("Noto Naskh Arabic"),
        Some(&("he" | "yi")) => Some("Noto Serif Hebrew"),
        Some(&"hi") => Some("Noto Serif Devanagari"),
        Some(&"zh") => Some("Noto Serif CJK SC"),
        _ => None,
    };
    let first = regional.map(|(_, family)| *family).into_iter().chain(own);
    first.chain(FAMILIES).collect()
}

/// The first letter for which no font is there; none if all can be set.
pub fn missing(text: &str) -> Option<char> {
    let has = |c: char| {
        let bits = case().letters.get(c as usize / 64);
        bits.is_some_and(|bits| bits >> (c as u32 % 64) & 1 == 1)
    };
    let sets = |c: &char| c.is_whitespace() || is_silent(*c) || has(*c);
    text.chars().find(|c| !sets(c))
}

/// The script of a letter as it is called, and Debian's package with fonts for it; neither for signs of no script.
pub(crate) fn script(letter: char) -> Option<(&'static str, &'static str)> {
    let script = letter.script();
    let package = match script {
        Script::Common | Script::Inherited | Script::Unknown => return None,
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
            "fonts-noto-cjk"
        }
        _ => "fonts-noto-core",
    };
    let name = match script {
        Script::Han => "Chinese",
        other => other.full_name(),
    };
    Some((name, package))
}

/// A letter in words: "Arabic letters such as `ب`".
pub(crate) fn named(letter: char) -> String {
    match script(letter) {
        Some((script, _)) => format!("{script} letters such as `{letter}`"),
        None => format!("the sign `{}`", letter.escape_default()),
    }
}

/// Letters that join others, turn them, or say where a line may end: they have no shape.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{61C}')
}
