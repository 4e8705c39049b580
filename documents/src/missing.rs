//! What stands where a clause has no words in the language of the document yet.

use plenary_shared::ids::Language;

/// It, in that language, or else in English. It is never read as words of the clause.
pub fn note(language: &Language) -> &'static str {
    match language.as_str().split('-').next() {
        Some("ar") => "[لا يوجد نص بعد]",
        Some("es") => "[aún sin texto]",
        Some("fr") => "[pas encore de texte]",
        Some("ru") => "[текста пока нет]",
        Some("zh") => "[尚无案文]",
        _ => "[no text yet]",
    }
}
