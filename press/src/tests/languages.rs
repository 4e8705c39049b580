//! The words of each language come back from its pages as they were written.

use super::bounds::edges;
use super::*;

#[test]
fn the_words_of_the_example_come_back() {
    let example = include_str!("../../../examples/declaration-ai-governance.md");
    let job = Job::of("en", example);
    let pages = job.pages("example.pdf").unwrap();
    let Some(read) = pages.words() else { return };
    // A page may end within a clause, and its number stands between the words: it is told by the halves.
    let clauses = job.new.in_order();
    assert!(clauses.len() > 100, "{}", clauses.len());
    for (id, paragraph) in clauses {
        let words = plenary_documents::docx::as_read(&paragraph.text[&job.language]);
        let words: Vec<&str> = words.split_whitespace().collect();
        let (begin, end) = words.split_at(words.len() / 2);
        let found = |half: &[&str]| read.contains(&half.join(" "));
        assert!(
            found(begin) || found(end),
            "{id}: {words:?} is not in {read}"
        );
    }
    assert!(read.contains("A/CONF.1/L.2/Rev.1"));
}

#[track_caller]
fn check(language: &str, source: &str, words: &[&str]) {
    let job = Job::of(language, source);
    if let Some(pages) = job.pages(&format!("{language}.pdf")) {
        // Of a language it has the code; the letters of the script are in the font.
        let code = language.split('-').next().unwrap();
        assert!(pages.has(&format!("/Lang({code}")), "{language}");
        pages.say(words);
    }
}

#[test]
fn latin_and_cyrillic_letters_are_in_the_program() {
    check(
        "fr",
        "# Déclaration {#t}\n\n1. *Décide* d’œuvrer « à l’été » ; {#a}\n",
        &["Déclaration", "1. Décide d’œuvrer « à l’été » ;"],
    );
    check(
        "es",
        "# Declaración {#t}\n\n1. *Decide* reunirse cada año; ¿acaso no?; {#a}\n",
        &["Declaración", "1. Decide reunirse cada año; ¿acaso no?;"],
    );
    check(
        "ru",
        "# Декларация {#t}\n\n1. *Постановляет* собираться ежегодно – съезд № 5; {#a}\n",
        &[
            "Декларация",
            "1. Постановляет собираться ежегодно – съезд № 5;",
        ],
    );
    assert_eq!(missing("Ωμέγα, кириллица, ﬁn – “ok” №§ \u{FFFD}"), None);
}

#[test]
fn chinese_comes_back_in_both_kinds_of_characters() {
    check(
        "zh",
        "# 湖泊宣言 {#t}\n\n*回顾*其第70/1号决议， {#pp}\n\n1. *决定*每两年召开一次会议； {#a}\n\n   (a) 春季； {#b}\n",
        &[
            "湖泊宣言",
            "回顾其第70/1号决议，",
            "1. 决定每两年召开一次会议；",
            "(a) 春季；",
        ],
    );
    check(
        "zh-Hant",
        "# 湖泊宣言 {#t}\n\n1. *決定*每兩年召開一次會議； {#a}\n",
        &["湖泊宣言", "1. 決定每兩年召開一次會議；"],
    );
}

#[test]
fn arabic_comes_back_in_the_order_in_which_it_is_read() {
    check(
        "ar",
        "# إعلان البحيرات {#t}\n\n*إذ تشير* إلى قرارها ٧٠/١، {#pp}\n\n1. *يقرر* أن يجتمع سنويا في الشتاء؛ {#a}\n",
        &["إعلان البحيرات", "تشير", "يقرر", "أن يجتمع سنويا في الشتاء؛"],
    );
    // The page itself is turned: its lines begin at the right.
    let job = Job::of("ar", "1. *يقرر* أن يجتمع؛ {#a}\n");
    if let Some(pages) = job.pages("right.pdf")
        && let Some(boxes) = pages.told("pdftotext", &["-bbox"])
    {
        let edges = edges(&boxes);
        let right = edges.iter().map(|(_, right)| *right).fold(0., f64::max);
        assert!(right > 595. / 2. + 150., "{boxes}");
    }
}

#[test]
fn two_languages_stand_side_by_side() {
    let mut job = Job::of(
        "en",
        "# Lakes {#t}\n\n1. *Decides* to meet; {#a}\n\n1. Thanks; {#b}\n\n# Annex {#x .annex}\n",
    );
    let words = [("t", "بحيرات"), ("a", "*يقرر* أن يجتمع؛")];
    let words = words.map(|(id, words)| (id.parse().unwrap(), words.to_owned()));
    job.beside = Some(("ar".parse().unwrap(), words.into()));
    if let Some(pages) = job.pages("beside.pdf") {
        pages.say(&["Decides to meet;", "بحيرات", "أن يجتمع؛", "لا يوجد نص بعد"]);
        // The second column is told to be of another language.
        assert!(pages.has("/Lang(en)") && pages.has("/Lang(ar)"));
    }
}

#[test]
fn a_letter_without_a_font_is_told_with_its_script_and_who_has_fonts() {
    // Of private use: it has no shape anywhere.
    let why = Job::raw("a \u{F8FE}").print().unwrap_err();
    assert_eq!(
        (why.to_string().as_str(), why.hint().as_str()),
        (
            "This server has no font for the sign `\\u{f8fe}`.",
            "Write it in other signs, or export as docx."
        )
    );
    for (letter, what, package) in [
        ('ب', "Arabic letters such as `ب`", "fonts-noto-core"),
        ('会', "Chinese letters such as `会`", "fonts-noto-cjk"),
        ('한', "Hangul letters such as `한`", "fonts-noto-cjk"),
        ('ก', "Thai letters such as `ก`", "fonts-noto-core"),
    ] {
        let why = PrintError::Letter(letter);
        assert!(why.to_string().contains(what), "{why}");
        assert!(why.hint().contains(package), "{}", why.hint());
    }
}
