//! What changed is told by more than colour, and the pages have a structure for who hears them.

use super::*;

#[test]
fn changes_are_underlined_and_struck_through() {
    let job = Job::between(
        "en",
        "# T {#t}\n\n1. *Decides also* to meet often. {#a}\n\n1. Goes. {#b}",
        "# T {#t}\n\n1. *Decides* to meet seldom. {#a}\n\n1. Comes. {#c}",
    );
    let pages = job.pages("changes.pdf").unwrap();
    // No asterisk is left of an emphasis that ends in other words than it began in.
    pages.say(&[
        "1. Decides alsoDecides to meet oftenseldom.",
        "Goes.",
        "Comes.",
    ]);
    let same = Job::of("en", "# T {#t}\n\n1. *Decides* to meet seldom. {#a}");
    let (marked, clean) = (lines(&pages), lines(&same.pages("clean.pdf").unwrap()));
    // Under or through: "Decides also", "Decides", "often", "seldom", "Goes." and "Comes.".
    assert_eq!(marked.saturating_sub(clean), 6);
}

/// How many lines are drawn on the pages.
fn lines(pages: &Pages) -> usize {
    let mut count = 0;
    let mut rest = pages.bytes.as_slice();
    while let Some(at) = rest.windows(7).position(|w| w == b"stream\n") {
        rest = &rest[at + 7..];
        let mut page = Vec::new();
        let mut inflate = flate2::read::ZlibDecoder::new(rest);
        if std::io::Read::read_to_end(&mut inflate, &mut page).is_ok() {
            let page = String::from_utf8_lossy(&page);
            count += page.lines().filter(|l| l.ends_with(" l")).count();
        }
    }
    count
}

#[test]
fn the_pages_have_a_title_a_language_and_a_structure() {
    let mut job = Job::of(
        "en",
        "# Lakes {#t}\n\n## Part {#h}\n\n*Recalling* it, {#p}\n\n1. *Decides* so; {#a}\n\n   (a) Thus; {#b}\n",
    );
    job.annex = vec![Line {
        who: "AVR, reservation".into(),
        text: "We reserve.".into(),
    }];
    let pages = job.pages("tags.pdf").unwrap();
    assert!(pages.has("/StructTreeRoot") && pages.has("/MarkInfo<</Marked true"));
    assert!(pages.has("/Lang(en)"));
    let Some(told) = pages.told("pdfinfo", &[]) else {
        return;
    };
    for line in ["(not convened)", "Plenary", "A4"] {
        assert!(told.contains(line), "{told}");
    }
    let tagged = told.lines().find(|l| l.starts_with("Tagged:")).unwrap();
    assert!(tagged.ends_with("yes"), "{tagged}");
    let tree = pages.told("pdfinfo", &["-struct-text"]).unwrap();
    for tag in [
        "H1",
        "H2",
        "P (block)",
        "L (block)",
        "LI (block)",
        "Lbl",
        "LBody",
    ] {
        assert!(tree.contains(tag), "{tag} is not in {tree}");
    }
    pages.say(&["(a) Thus;", "AVR, reservation: We reserve."]);
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    let job = Job::of("en", "# Lakes {#t}\n\n1. *Decides* so; {#a}\n");
    assert_eq!(job.print(), job.print());
}
