//! What is sent to do harm prints as letters, within the page, or is refused.

use super::*;

#[test]
fn letters_that_act_are_put_down_as_ones_that_cannot() {
    let job = Job::raw("a\u{0}b \u{1B}[31mred \u{202E}evil\u{202C} x\ty \u{85}z\r\nnext");
    let Some(pages) = job.pages("acting.pdf") else {
        return;
    };
    pages.say(&["a\u{FFFD}b \u{FFFD}[31mred \u{FFFD}evil\u{FFFD} x y \u{FFFD}z\u{FFFD} next"]);
}

#[test]
fn a_word_without_end_stays_on_its_page() {
    for (name, letter) in [
        ("long.pdf", "a"),
        ("dots.pdf", "."),
        ("marks.pdf", "e\u{301}"),
    ] {
        let Some(pages) = Job::raw(&letter.repeat(20_000 / letter.chars().count())).pages(name)
        else {
            continue;
        };
        let Some(boxes) = pages.told("pdftotext", &["-bbox"]) else {
            continue;
        };
        let edges = edges(&boxes);
        assert!(edges.len() > 100, "{name}: {}", edges.len());
        for (left, right) in edges {
            assert!(
                left > 50. && right < 595. - 50.,
                "{name}: {left} to {right}"
            );
        }
        let read: String = pages.told("pdftotext", &[]).unwrap();
        let first = letter.chars().next().unwrap();
        let count = read.chars().filter(|c| *c == first).count();
        // In its accented form a letter may come back as one.
        let composed = read.chars().filter(|c| *c == 'é').count();
        assert!(
            count + composed >= 20_000 / letter.chars().count(),
            "{name}: {count}"
        );
    }
}

/// Where words begin and end on their page, in points.
pub(super) fn edges(boxes: &str) -> Vec<(f64, f64)> {
    let number = |line: &str, name: &str| -> f64 {
        let rest = &line[line.find(name).unwrap() + name.len()..];
        rest[..rest.find('"').unwrap()].parse().unwrap()
    };
    let words = boxes.lines().filter(|l| l.contains("<word "));
    words
        .map(|l| (number(l, "xMin=\""), number(l, "xMax=\"")))
        .collect()
}

#[test]
fn what_is_too_long_is_refused() {
    let long = Job::raw(&"a ".repeat(LETTERS));
    assert_eq!(long.print(), Err(PrintError::Long));
    let lines = Job::raw(&"\n".repeat(PARTS));
    assert_eq!(lines.print(), Err(PrintError::Long));
    let settings = Job::raw(&"*a* ".repeat(PARTS / 2 + 1));
    assert_eq!(settings.print(), Err(PrintError::Long));
}
