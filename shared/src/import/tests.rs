//! What import reads, and what it refuses.

use proptest::prelude::*;

use super::*;

fn en() -> Language {
    "en".parse().unwrap()
}

/// Each clause as `kind level id: words | fr: mots`.
#[track_caller]
fn read(source: &str) -> Vec<String> {
    let clauses = markdown(source, &en()).unwrap();
    clauses
        .iter()
        .map(|c| {
            let id = c.id.as_ref().map_or("-", |id| id.as_str());
            let texts: Vec<_> = c.text.iter().map(|(l, t)| format!("{l}: {t}")).collect();
            format!("{} {} {id} | {}", c.kind.name(), c.level, texts.join(" | "))
        })
        .collect()
}

#[track_caller]
fn refuses(source: &str, line: usize, sentence: &str) {
    let error = markdown(source, &en()).unwrap_err();
    assert_eq!(error.line, line, "{error}");
    assert!(error.sentence.starts_with(sentence), "{error}");
}

#[test]
fn a_declaration_is_read_into_its_clauses() {
    let source = "\
# Declaration on lakes {#title}

> **fr** Déclaration sur les lacs

## Preamble {#h-1}

*Recalling* its
resolution of 1990, {#pp-1}

> **fr** *Rappelant* sa
> résolution,
>
> **zh-Hans** 回顾其
> 决议，

## Measures

1. *Decides* to meet:

   > **fr** *Décide* :

   (a) annually; {#op-1-a}

   > **fr** chaque année ;

   (i) in spring;

   (ii) or autumn;

   (b) anywhere.

2. *Requests* a report. {#op-2}

Done at the lake.

## Annex: Lakes {#annex}

First lake.

1. Second lake.
";
    assert_eq!(
        read(source),
        [
            "title 1 title | en: Declaration on lakes | fr: Déclaration sur les lacs",
            "heading 1 h-1 | en: Preamble",
            "preambular 1 pp-1 | en: *Recalling* its resolution of 1990, | fr: *Rappelant* sa résolution, | zh-Hans: 回顾其决议，",
            "heading 1 - | en: Measures",
            "operative 1 - | en: *Decides* to meet: | fr: *Décide* :",
            "operative 2 op-1-a | en: annually; | fr: chaque année ;",
            "operative 3 - | en: in spring;",
            "operative 3 - | en: or autumn;",
            "operative 2 - | en: anywhere.",
            "operative 1 op-2 | en: *Requests* a report.",
            "paragraph 1 - | en: Done at the lake.",
            "annex 1 annex | en: Annex: Lakes",
            "paragraph 1 - | en: First lake.",
            "paragraph 1 - | en: Second lake.",
        ]
    );
}

#[test]
fn lists_without_blank_lines_are_read_too() {
    assert_eq!(
        read("1. \\(a) one {#a}\n   > **fr** un\n2. *two*\nand more\n3.\n"),
        [
            "operative 1 a | en: (a) one | fr: un",
            "operative 1 - | en: *two* and more",
            "operative 1 - | en: ",
        ]
    );
}

#[test]
fn a_sub_paragraph_need_not_be_indented_and_marks_in_the_preamble_are_words() {
    assert_eq!(
        read("(a) Recalling,\n\n10. Decides:\n\n(a) one;\n\n(b) two."),
        [
            "preambular 1 - | en: (a) Recalling,",
            "operative 1 - | en: Decides:",
            "operative 2 - | en: one;",
            "operative 2 - | en: two.",
        ]
    );
}

#[test]
fn attributes_say_what_the_place_does_not() {
    assert_eq!(
        read("1. One.\n\nNoting, {#n .preambular}\n\n## Anexo {#x .annex}\n\nDeep {#d level=3}"),
        [
            "operative 1 - | en: One.",
            "preambular 1 n | en: Noting,",
            "annex 1 x | en: Anexo",
            "paragraph 3 d | en: Deep",
        ]
    );
}

#[test]
fn headings_are_read_in_all_their_spellings() {
    assert_eq!(
        read("Title {#t}\n=====\n\n## Closed ##\n\n### C# {#c}\n\n#"),
        [
            "title 1 t | en: Title",
            "heading 1 - | en: Closed",
            "heading 2 c | en: C#",
            "title 1 - | en: ",
        ]
    );
}

#[test]
fn a_language_without_words_is_no_translation() {
    assert_eq!(
        read("1. One.\n\n> **fr**\n> **ar** نص\n"),
        ["operative 1 - | ar: نص | en: One."]
    );
}

#[test]
fn what_has_no_place_in_the_text_is_refused_with_its_line() {
    refuses("One.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", 3, "A table");
    refuses("One.\n\n```\ncode\n```\n", 3, "A code block");
    refuses("One.\n\n    code\n", 3, "A code block");
    refuses("One.\n\n<div>x</div>\n", 3, "HTML");
    refuses("One\ntwo <b>x</b>\n", 2, "HTML");
    refuses("One\n\n![x](y)\n", 3, "An image");
    refuses("One\n\n- two\n", 3, "Lists with bullets");
    refuses("1. One\n\n   1. two\n", 3, "A numbered list");
    refuses("One\n\n***\n", 3, "A line across");
    refuses("One\n\n[a]: b\n", 3, "A link definition");
    refuses("> **fr** un\n", 1, "A translation stands before");
    refuses("One\n\n> un\n", 3, "A block quote holds");
    refuses(
        "One\n\n> **fr** un\n>\n> **fr** une\n",
        5,
        "This clause has a wording in `fr`",
    );
    refuses("One\n\n> > **fr** un\n", 3, "A block quote cannot");
    refuses(
        "One {#a}\n\nTwo\n\nThree {#a}\n",
        5,
        "The id `a` is given on line 1",
    );
    refuses("One\r\n\r\ntw\u{202E}o", 3, "The control character U+202E");
    refuses("One {#a .song}", 1, "`.song` is not known");
}

#[test]
fn a_text_larger_than_a_draft_takes_is_refused() {
    let long = "x".repeat(limits::WORDING_UNITS + 1);
    refuses(&format!("One\n\n{long}"), 3, "This wording is longer");
    let many = "x\n\n".repeat(limits::CLAUSES + 1);
    refuses(&many, 2 * limits::CLAUSES + 1, "A draft has at most");
}

#[test]
fn clauses_without_an_id_get_a_free_one() {
    let edits = edits(markdown("one\n\ntwo {#c1}\n\nthree", &en()).unwrap());
    let places: Vec<_> = edits
        .iter()
        .map(|edit| match edit {
            TextEdit::InsertClause { clause, after, .. } => {
                (clause.as_str(), after.as_ref().map(|a| a.as_str()))
            }
            _ => panic!("an import only inserts"),
        })
        .collect();
    assert_eq!(
        places,
        [("c2", None), ("c1", Some("c2")), ("c3", Some("c1"))]
    );
}

proptest! {
    #[test]
    fn no_source_makes_import_panic(source in "(?s)[#>*\\-0-9.()\\\\a-c \n\t{}`~|<!\\[\\]:&;é一=_+]{0,80}|.{0,60}") {
        if let Ok(clauses) = markdown(&source, &en()) {
            edits(clauses);
        }
    }
}
