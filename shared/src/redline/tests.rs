//! Redlines of small texts, and the law that they lose no word.

use proptest::prelude::*;

use super::render::{Colour, ansi, html, markdown};
use super::*;
use crate::export::tests::draft;
use crate::ids::Seq;
use crate::import;

fn text(source: &str, language: &str) -> (Draft, Manuscript) {
    let clauses = import::markdown(source, &language.parse().unwrap()).unwrap();
    draft(&[language], clauses)
}

fn redline(old: &str, new: &str, language: &str) -> Redline {
    let (old, new) = (text(old, language), text(new, language));
    between(
        &Moment::of(&old.0, &old.1),
        &Moment::of(&new.0, &new.1),
        &language.parse().unwrap(),
    )
}

/// Texts of few words, so that they have much in common.
const WORDS: &str = "(the |a |lakes, |\\*fish\\* |of 1 000 |and |每年|و ){0,14}";

#[track_caller]
fn shows(old: &str, new: &str, language: &str, expected: &str) {
    assert_eq!(ansi(&redline(old, new, language), Colour::Hidden), expected);
}

#[test]
fn a_changed_number_is_one_change() {
    shows(
        "1. Reports within 72 hours. {#a}",
        "1. Reports within 24 hours. {#a}",
        "en",
        "OP1\nReports within [-72-]{+24+} hours.\n\nClauses: 1 changed, 0 added, 0 deleted, 0 moved, 0 with the same words.\n",
    );
}

#[test]
fn a_clause_can_be_moved_and_changed() {
    let redline = redline(
        "1. One. {#a}\n\n1. Two. {#b}\n\n1. Three annually. {#c}",
        "1. Three monthly. {#c}\n\n1. One. {#a}\n\n1. Two. {#b}",
        "en",
    );
    let counts = Counts {
        unchanged: 2,
        changed: 1,
        added: 0,
        removed: 0,
        moved: 1,
        renumbered: 3,
        ..Counts::default()
    };
    assert_eq!(redline.counts, counts);
    assert_eq!(
        ansi(&redline, Colour::Hidden),
        "OP3 → OP1 (moved)\nThree [-annually-]{+monthly+}.\n\n… 2 clauses as before\n\n\
         Clauses: 1 changed, 0 added, 0 deleted, 1 moved, 3 renumbered, 2 with the same words.\n"
    );
}

#[test]
fn a_clause_added_and_one_gone_are_told_as_a_whole() {
    let redline = redline(
        "1. One. {#a}\n\n1. Two. {#b}",
        "1. One. {#a}\n\n1. New. {#n}",
        "en",
    );
    let told: Vec<_> = redline
        .clauses
        .iter()
        .map(|c| (c.id.as_str(), c.change, c.segments.first().map(|s| s.op)))
        .collect();
    assert_eq!(
        told,
        [
            ("a", Change::Unchanged, Some(Op::Same)),
            ("b", Change::Removed, Some(Op::Del)),
            ("n", Change::Added, Some(Op::Ins)),
        ]
    );
}

#[test]
fn a_clause_agreed_to_be_deleted_is_gone() {
    let old = text("1. One. {#a}\n\n1. Two. {#b}", "en");
    let mut new = old.clone();
    let a: ClauseId = "a".parse().unwrap();
    new.0.clauses.get_mut(&a).unwrap().deleted = Some(Seq(9));
    let en = "en".parse().unwrap();
    let redline = between(
        &Moment::of(&old.0, &old.1),
        &Moment::of(&new.0, &new.1),
        &en,
    );
    assert_eq!(redline.counts.removed, 1);
    assert_eq!(
        redline.clauses.first().map(|c| c.change),
        Some(Change::Removed)
    );
    assert_eq!(
        redline.clauses.last().and_then(|c| c.new_label.as_deref()),
        Some("OP1")
    );
}

#[test]
fn chinese_and_arabic_are_compared_word_by_word() {
    let zh = redline(
        "1. 决定每年提交报告。 {#a}",
        "1. 决定每两年提交报告。 {#a}",
        "zh",
    );
    assert!(ansi(&zh, Colour::Hidden).contains("决定[-每年-]{+每两年+}提交报告。"));
    let ar = redline(
        "1. يقرر أن يجتمع سنويا في الشتاء. {#a}",
        "1. يقرر أن يجتمع شهريا في الشتاء. {#a}",
        "ar",
    );
    assert!(ansi(&ar, Colour::Hidden).contains("يقرر أن يجتمع [-سنويا-]{+شهريا+} في الشتاء."));
    assert!(html(&ar).contains("<span lang=\"ar\" dir=\"rtl\">يقرر"));
}

#[test]
fn a_page_says_in_words_what_went_and_what_came() {
    let redline = redline(
        "1. Meets \\<annually>. {#a}",
        "1. Meets monthly. {#a}",
        "en",
    );
    let page = html(&redline);
    assert!(
        page.contains("[deleted] </span>&lt;annually&gt;<span"),
        "{page}"
    );
    assert!(page.contains("[inserted] </span>monthly<span"), "{page}");
    let markdown = markdown(&redline);
    assert!(
        markdown.contains("### OP1\n\nMeets ~~\\<annually>~~**monthly**.\n"),
        "{markdown}"
    );
    let painted = ansi(&redline, Colour::Shown);
    assert!(
        painted.contains("\u{1b}[31;9m[-<annually>-]\u{1b}[0m"),
        "{painted}"
    );
}

#[test]
fn a_redline_is_read_back_from_json() {
    let redline = redline("1. One. {#a}", "1. Two. {#b}", "en");
    let json = serde_json::to_string(&redline).unwrap();
    assert!(
        json.contains(r#""change":"removed""#) && json.contains(r#""op":"ins""#),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Redline>(&json).unwrap(), redline);
}

fn three_texts(base: &str, mine: &str, theirs: &str) -> Redline {
    let [base, mine, theirs] = [base, mine, theirs].map(|source| text(source, "en").1);
    let [base, mine, theirs] = [&base, &mine, &theirs].map(Moment::of_outside);
    three(&base, &mine, &theirs, &"en".parse().unwrap())
}

#[test]
fn of_three_texts_each_change_says_whose_it_is() {
    let redline = three_texts(
        "1. Reports within 72 hours to the Council. {#a}",
        "1. Reports within 24 hours to the Council. {#a}",
        "1. Reports within 72 hours to the Board. {#a}\n\n1. New. {#n}",
    );
    assert_eq!(
        ansi(&redline, Colour::Hidden),
        "OP1\nReports within [-(mine) 72-]{+(mine) 24+} hours to the [-(theirs) Council-]{+(theirs) Board+}.\n\n\
         OP2 (added)\n{+(theirs) New.+}\n\n\
         Clauses: 1 changed, 1 added, 0 deleted, 0 moved, 0 with the same words.\n"
    );
}

#[test]
fn of_three_texts_both_ways_stand_where_two_changed_the_same_words() {
    let redline = three_texts(
        "1. Within 72 hours. {#a}\n\n1. Meets yearly. {#b}",
        "1. Within 24 hours. {#a}",
        "1. Within 48 hours. {#a}\n\n1. Meets monthly. {#b}",
    );
    assert_eq!(
        ansi(&redline, Colour::Hidden),
        "OP1 (in conflict)\nWithin [-(both) 72-]{+(mine) 24+}{+(theirs) 48+} hours.\n\n\
         OP2 (deleted) (in conflict)\n[-(both) Meets yearly.-]{+(theirs) Meets monthly.+}\n\n\
         Clauses: 1 changed, 0 added, 1 deleted, 0 moved, 2 in conflict, 0 with the same words.\n"
    );
}

proptest! {
    #[test]
    fn of_three_texts_each_can_be_read_again(base in WORDS, mine in WORDS, theirs in WORDS) {
        let (segments, _) = three::segments(&base, &mine, &theirs);
        // Hands are mine, theirs, both.
        let read = |without: &[(Op, usize)]| segments.iter().filter(|s| !without.contains(&(s.op, s.hand.unwrap_or(9)))).map(|s| s.text.as_str()).collect::<String>();
        prop_assert_eq!(read(&[(Op::Ins, 0), (Op::Ins, 1), (Op::Ins, 2)]), base);
        prop_assert_eq!(read(&[(Op::Del, 0), (Op::Del, 2), (Op::Ins, 1)]), mine);
        prop_assert_eq!(read(&[(Op::Del, 1), (Op::Del, 2), (Op::Ins, 0)]), theirs);
    }

    #[test]
    fn words_told_as_exchanged_are_lost_nowhere(old in prop::collection::vec(WORDS, 1..4), new in prop::collection::vec(WORDS, 1..4)) {
        let source = |texts: &[String]| texts.iter().enumerate().map(|(n, t)| import::ImportedClause {
            id: Some(format!("c{n}").parse().unwrap()), kind: Kind::Operative, level: 1, line: 1,
            text: [("en".parse().unwrap(), t.clone())].into(),
        }).collect::<Vec<_>>();
        let (before, after) = (import::manuscript(source(&old)), import::manuscript(source(&new)));
        let redline = between(&Moment::of_outside(&before), &Moment::of_outside(&after), &"en".parse().unwrap());
        let read = |gone: Change, without: Op| redline.clauses.iter().filter(|c| c.change != gone)
            .map(|c| c.segments.iter().filter(|s| s.op != without).map(|s| s.text.as_str()).collect::<String>()).collect::<Vec<_>>();
        prop_assert_eq!(read(Change::Added, Op::Ins), old);
        prop_assert_eq!(read(Change::Removed, Op::Del), new);
    }

    #[test]
    fn the_segments_are_the_old_and_the_new_wording(old in "([a-c ]|[0-9]| %|每年|و|\\. |\n|\u{301}){0,40}|.{0,30}", new in "([a-c ]|[0-9]| %|每年|و|\\. |\n|\u{301}){0,40}|.{0,30}") {
        let segments = segments(&old, &new);
        let without = |op| segments.iter().filter(|s| s.op != op).map(|s| s.text.as_str()).collect::<String>();
        prop_assert_eq!(without(Op::Ins), old);
        prop_assert_eq!(without(Op::Del), new);
    }

    #[test]
    fn every_clause_of_both_moments_is_told_once(old in prop::collection::btree_set(0_u8..12, 0..12), new in Just((0_u8..12).collect::<Vec<_>>()).prop_shuffle(), keep in 0_usize..12) {
        let source = |ids: &[u8]| ids.iter().map(|n| format!("1. Clause {n}. {{#c{n}}}\n\n")).collect::<String>();
        let old: Vec<_> = old.into_iter().collect();
        let new = &new[..keep];
        let redline = redline(&source(&old), &source(new), "en");
        let told = |gone: Change| redline.clauses.iter().filter(|c| c.change != gone).map(|c| c.id.to_string()).collect::<Vec<_>>();
        let after: Vec<_> = new.iter().map(|n| format!("c{n}")).collect();
        prop_assert_eq!(told(Change::Removed), after);
        let mut before = told(Change::Added);
        before.sort();
        let mut expected: Vec<_> = old.iter().map(|n| format!("c{n}")).collect();
        expected.sort();
        prop_assert_eq!(before, expected);
    }
}
