//! The paragraphs of a Word file, with what came, went and moved.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use plenary_shared::export::{ANNEX, direction};
use plenary_shared::ids::{ClauseId, Language};
use plenary_shared::redline::{Change, ClauseChange, Op, Segment};

use super::Sheet;
use super::parts::{END, HALF, HEAD, NAMESPACES, NOTE, RULE, depth, style};
use crate::emphasis::{Setting, of_segments, settings};
use crate::missing;
use crate::xml::escape;

/// Letters of the name of a bookmark.
const BOOKMARK: usize = 40;
/// Before the id of a clause, the name of its bookmark: hidden where bookmarks are listed.
pub(super) const MARK: &str = "_plenary_";
/// The same where a clause was that is elsewhere now.
pub(super) const FROM: &str = "_plefrom_";

/// The main part.
pub(super) fn write(sheet: &Sheet<'_>) -> String {
    let mut writer = Writer {
        sheet,
        rtl: direction(&sheet.redline.language) == "rtl",
        out: format!("{HEAD}<w:document {NAMESPACES}><w:body>"),
        marks: sheet.comments.len(),
        whole: None,
    };
    writer.cover();
    let places = places(sheet);
    let stays = places.iter().rposition(|(_, place)| *place == Place::Kept);
    if let Some((language, words)) = &sheet.beside {
        writer.side_by_side(places, language, words);
        writer.annex();
        return writer.end();
    }
    for (n, (clause, place)) in places.into_iter().enumerate() {
        // At the end of a document office programs take a paragraph away with its end only if it is one change.
        writer.whole = (Some(n) > stays).then(|| hand_of(clause, place));
        writer.paragraph(clause, place);
    }
    writer.annex();
    writer.end()
}

/// What became of a paragraph as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is where it was.
    Kept,
    Added,
    Removed,
    /// It was here, and is elsewhere now.
    MovedFrom,
    /// It is here, and was elsewhere.
    MovedTo,
}

/// By whose hand a paragraph came or went: that of its words stands for the whole.
fn hand_of(clause: &ClauseChange, place: Place) -> Option<usize> {
    let op = match place {
        Place::Kept | Place::Added | Place::MovedTo => Op::Ins,
        Place::Removed | Place::MovedFrom => Op::Del,
    };
    let segment = clause.segments.iter().find(|s| s.op == op);
    segment.and_then(|s| s.hand).or(clause.hand)
}

/// All paragraphs: without those that came, in the earlier order; without those that went, in the later one.
fn places<'a>(sheet: &'a Sheet<'_>) -> Vec<(&'a ClauseChange, Place)> {
    let clauses = &sheet.redline.clauses;
    let by_id: BTreeMap<&ClauseId, &ClauseChange> = clauses.iter().map(|c| (&c.id, c)).collect();
    let kept = |c: &ClauseChange| !c.moved && !matches!(c.change, Change::Added | Change::Removed);
    // What is no longer where it was, behind the last one that is.
    let mut gone: BTreeMap<Option<&ClauseId>, Vec<(&ClauseChange, Place)>> = BTreeMap::new();
    let mut told: BTreeSet<&ClauseId> = BTreeSet::new();
    let mut after = None;
    for id in &sheet.before {
        match by_id.get(id) {
            Some(clause) if kept(clause) => after = Some(&clause.id),
            Some(clause) => {
                let place = match clause.change {
                    Change::Removed => Place::Removed,
                    _ => Place::MovedFrom,
                };
                told.insert(&clause.id);
                gone.entry(after).or_default().push((clause, place));
            }
            None => {}
        }
    }
    let mut places = gone.remove(&None).unwrap_or_default();
    for clause in clauses {
        match clause.change {
            Change::Removed if told.contains(&clause.id) => {}
            Change::Removed => places.push((clause, Place::Removed)),
            Change::Added => places.push((clause, Place::Added)),
            _ if clause.moved && told.contains(&clause.id) => places.push((clause, Place::MovedTo)),
            _ => {
                places.push((clause, Place::Kept));
                places.extend(gone.remove(&Some(&clause.id)).unwrap_or_default());
            }
        }
    }
    places
}

struct Writer<'a> {
    sheet: &'a Sheet<'a>,
    rtl: bool,
    out: String,
    /// Comments, changes and bookmarks are numbered.
    marks: usize,
    /// Whose all of a paragraph is told to be, where it came or went as one.
    whole: Option<Option<usize>>,
}

impl Writer<'_> {
    fn number(&mut self) -> usize {
        self.marks += 1;
        self.marks
    }

    fn bidi(&self) -> &'static str {
        if self.rtl { "<w:bidi/>" } else { "" }
    }

    fn cover(&mut self) {
        let cover = self.sheet.cover.clone();
        let lines = [
            ("Symbol", cover.symbol),
            ("Cover", cover.date),
            ("Cover", cover.body),
            ("Cover", cover.agenda),
        ];
        let sponsors = (!cover.sponsors.is_empty()).then(|| cover.sponsors.join(", "));
        for (style, text) in lines.into_iter().chain([("Cover", sponsors)]) {
            if let Some(text) = text {
                let _ = write!(
                    self.out,
                    "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{}</w:pPr>",
                    self.bidi()
                );
                self.run(&text, &[], None);
                self.out += "</w:p>";
            }
        }
    }

    /// The end of the document.
    fn end(mut self) -> String {
        let bidi = self.bidi();
        // A document cannot end without a paragraph: were it that of a clause, one that came or went would leave its line. And
        // it is not empty: office programs join an empty one to the clause before it, and give it that one's style.
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"{END}\"/>{bidi}</w:pPr><w:r><w:t>{RULE}</w:t></w:r></w:p><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId5\"/><w:footerReference w:type=\"default\" r:id=\"rId6\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" w:left=\"1417\" \
         w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/>{bidi}</w:sectPr></w:body></w:document>"
        );
        self.out
    }

    /// A paragraph that is none of the text.
    fn apart(&mut self, style: &str, text: &str, bidi: &str) {
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{bidi}</w:pPr>"
        );
        self.run(text, &settings(text), None);
        self.out += "</w:p>";
    }

    /// What delegations have put on record.
    fn annex(&mut self) {
        let sheet = self.sheet;
        if sheet.annex.is_empty() {
            return;
        }
        let rtl = std::mem::replace(&mut self.rtl, false);
        self.apart("RecordHeading", ANNEX, "");
        for line in &sheet.annex {
            let text = format!("**{}**: {}", line.who, line.text);
            self.apart("Record", &text, "");
        }
        self.rtl = rtl;
    }

    /// A row for each clause, its words in the two languages.
    fn side_by_side(
        &mut self,
        places: Vec<(&ClauseChange, Place)>,
        language: &Language,
        words: &BTreeMap<ClauseId, String>,
    ) {
        let own = self.rtl;
        let beside = direction(language) == "rtl";
        let turned = if own { "<w:bidiVisual/>" } else { "" };
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr>{turned}<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
             <w:tblGrid><w:gridCol w:w=\"{HALF}\"/><w:gridCol w:w=\"{HALF}\"/></w:tblGrid>"
        );
        let cell = format!("<w:tc><w:tcPr><w:tcW w:w=\"{HALF}\" w:type=\"dxa\"/></w:tcPr>");
        for (clause, place) in places {
            let _ = write!(self.out, "<w:tr>{cell}");
            self.paragraph(clause, place);
            let _ = write!(self.out, "</w:tc>{cell}");
            self.rtl = beside;
            let text = words.get(&clause.id).map_or("", String::as_str);
            let text = if text.is_empty() {
                missing::note(language)
            } else {
                text
            };
            let bidi = self.bidi();
            self.apart("Beside", text, bidi);
            self.rtl = own;
            self.out += "</w:tc></w:tr>";
        }
        self.out += "</w:tbl>";
    }

    /// `w:ins` and its like, with author and date.
    fn change(&mut self, tag: &str, hand: Option<usize>) -> String {
        let (author, at) = self.sheet.author(hand);
        format!(
            "<w:{tag} w:id=\"{}\" w:author=\"{}\" w:date=\"{at}\"",
            self.number(),
            escape(&author)
        )
    }

    fn paragraph(&mut self, clause: &ClauseChange, place: Place) {
        let hand = hand_of(clause, place);
        let mark = match place {
            Place::Kept => String::new(),
            Place::Added => self.change("ins", hand) + "/>",
            Place::MovedTo => self.change("moveTo", hand) + "/>",
            Place::Removed => self.change("del", hand) + "/>",
            Place::MovedFrom => self.change("moveFrom", hand) + "/>",
        };
        let (kind, level) = match place {
            Place::MovedFrom => clause.form_before(),
            _ => (clause.kind, clause.level),
        };
        let form = |(kind, level), bidi: &str| {
            let (numbered, indented) = match depth(kind, level) {
                d if d.starts_with("<w:ind") => (String::new(), d),
                d => (d, String::new()),
            };
            format!(
                "<w:pStyle w:val=\"{}\"/>{numbered}{bidi}{indented}",
                style(kind, level)
            )
        };
        let was = match place {
            Place::Kept | Place::MovedTo if clause.form_before() != (kind, level) => {
                let begun = self.change("pPrChange", hand);
                format!(
                    "{begun}><w:pPr>{}</w:pPr></w:pPrChange>",
                    form(clause.form_before(), self.bidi())
                )
            }
            _ => String::new(),
        };
        let mark = if mark.is_empty() {
            mark
        } else {
            format!("<w:rPr>{mark}</w:rPr>")
        };
        let _ = write!(
            self.out,
            "<w:p><w:pPr>{}{mark}{was}</w:pPr>",
            form((kind, level), self.bidi())
        );
        let range = self.range(clause, place);
        self.bookmark(
            &clause.id,
            if place == Place::MovedFrom {
                FROM
            } else {
                MARK
            },
        );
        self.comments(clause, place, true);
        self.words(clause, place);
        self.comments(clause, place, false);
        self.out += &range;
        self.out += "</w:p>";
    }

    /// Names what moved, so that its two places are known to be of one move. What comes back ends it.
    fn range(&mut self, clause: &ClauseChange, place: Place) -> String {
        let tag = match place {
            Place::MovedFrom => "moveFrom",
            Place::MovedTo => "moveTo",
            Place::Kept | Place::Added | Place::Removed => return String::new(),
        };
        let begun = self.change(&format!("{tag}RangeStart"), clause.hand);
        let _ = write!(
            self.out,
            "{begun} w:name=\"{}\"/>",
            escape(clause.id.as_str())
        );
        format!("<w:{tag}RangeEnd w:id=\"{}\"/>", self.marks)
    }

    /// The id of the clause, so that it is known again when the document comes back.
    fn bookmark(&mut self, id: &ClauseId, mark: &str) {
        let name = marked(id);
        if mark.len() + name.len() <= BOOKMARK {
            let n = self.number();
            let _ = write!(
                self.out,
                "<w:bookmarkStart w:id=\"{n}\" w:name=\"{mark}{name}\"/><w:bookmarkEnd w:id=\"{n}\"/>"
            );
        }
    }

    fn comments(&mut self, clause: &ClauseChange, place: Place, begin: bool) {
        if matches!(place, Place::Removed | Place::MovedFrom) {
            return;
        }
        let sheet = self.sheet;
        let own = sheet.comments.iter().enumerate();
        for (n, _) in own.filter(|(_, c)| c.clause == clause.id) {
            let _ = if begin {
                write!(self.out, "<w:commentRangeStart w:id=\"{n}\"/>")
            } else {
                write!(
                    self.out,
                    "<w:commentRangeEnd w:id=\"{n}\"/><w:r><w:commentReference w:id=\"{n}\"/></w:r>"
                )
            };
        }
    }

    fn words(&mut self, clause: &ClauseChange, place: Place) {
        let set = of_segments(&clause.segments);
        let empty = |op| {
            clause
                .segments
                .iter()
                .all(|s| s.op == op || s.text.is_empty())
        };
        self.notes(clause, place, empty(Op::Ins), empty(Op::Del));
        for (segment, old, new) in set {
            self.segment(segment, place, &old, &new);
        }
    }

    /// Says that there are no words, before the changes or after them.
    fn notes(&mut self, clause: &ClauseChange, place: Place, before: bool, after: bool) {
        let hand = |op| {
            let segment = clause.segments.iter().find(|s| s.op == op);
            segment.and_then(|s| s.hand).or(clause.hand)
        };
        match place {
            Place::Kept if before && after => self.note(None, None),
            Place::Kept if before => self.note(Some("del"), hand(Op::Ins)),
            Place::Kept if after => self.note(Some("ins"), hand(Op::Del)),
            Place::Added if after => self.note(Some("ins"), clause.hand),
            Place::Removed if before => self.note(Some("del"), clause.hand),
            Place::MovedFrom if before => self.note(Some("moveFrom"), clause.hand),
            Place::MovedTo if after => self.note(Some("moveTo"), clause.hand),
            Place::Kept | Place::Added | Place::Removed | Place::MovedFrom | Place::MovedTo => {}
        }
    }

    fn note(&mut self, tag: Option<&str>, hand: Option<usize>) {
        let (begun, ended) = match tag {
            Some(tag) => (self.change(tag, hand) + ">", format!("</w:{tag}>")),
            None => Default::default(),
        };
        let rtl = if self.rtl { "<w:rtl/>" } else { "" };
        let _ = write!(
            self.out,
            "{begun}<w:r><w:rPr><w:rStyle w:val=\"{NOTE}\"/>{rtl}</w:rPr>"
        );
        let words = missing::note(&self.sheet.redline.language);
        self.letters(words, letters_of(tag));
        let _ = write!(self.out, "</w:r>{ended}");
    }

    fn segment(&mut self, segment: &Segment, place: Place, old: &[Setting], new: &[Setting]) {
        let same_setting = old == new;
        match (segment.op, place) {
            (Op::Ins, Place::MovedFrom) | (Op::Del, Place::MovedTo) => {}
            (Op::Same, Place::Kept) if same_setting => self.run(&segment.text, new, None),
            // The words stayed, and how they are set did not.
            (Op::Same, Place::Kept) => {
                self.changed("del", segment, old);
                self.changed("ins", segment, new);
            }
            (Op::Same, Place::MovedTo) => self.changed("moveTo", segment, new),
            (Op::Same, Place::MovedFrom) => self.changed("moveFrom", segment, old),
            (Op::Ins, Place::MovedTo) if self.whole.is_some() => {
                self.changed("moveTo", segment, new);
            }
            (Op::Del, Place::MovedFrom) if self.whole.is_some() => {
                self.changed("moveFrom", segment, old);
            }
            (Op::Same | Op::Ins, _) => self.changed("ins", segment, new),
            (Op::Del, _) => self.changed("del", segment, old),
        }
    }

    fn changed(&mut self, tag: &str, segment: &Segment, settings: &[Setting]) {
        let begun = self.change(tag, self.whole.unwrap_or(segment.hand));
        let _ = write!(self.out, "{begun}>");
        self.run(&segment.text, settings, Some(tag));
        let _ = write!(self.out, "</w:{tag}>");
    }

    /// The words, in as many runs as they are set in different ways.
    fn run(&mut self, text: &str, settings: &[Setting], tag: Option<&str>) {
        let mut letters = text
            .chars()
            .zip(
                settings
                    .iter()
                    .copied()
                    .chain(std::iter::repeat(Setting::default())),
            )
            .filter(|(_, s)| !s.hidden)
            .peekable();
        while let Some((first, setting)) = letters.next() {
            let mut words = String::from(first);
            while let Some((c, _)) = letters.next_if(|(_, s)| *s == setting) {
                words.push(c);
            }
            let italic = if setting.italic { "<w:i/><w:iCs/>" } else { "" };
            let bold = if setting.bold { "<w:b/><w:bCs/>" } else { "" };
            let rtl = if self.rtl { "<w:rtl/>" } else { "" };
            let _ = write!(self.out, "<w:r><w:rPr>{bold}{italic}{rtl}</w:rPr>");
            self.letters(&words, letters_of(tag));
            self.out += "</w:r>";
        }
    }

    fn letters(&mut self, words: &str, tag: &str) {
        for (n, line) in words.split('\n').enumerate() {
            if n > 0 {
                self.out += "<w:br/>";
            }
            for (m, part) in line.split('\t').enumerate() {
                if m > 0 {
                    self.out += "<w:tab/>";
                }
                if !part.is_empty() {
                    let _ = write!(
                        self.out,
                        "<w:{tag} xml:space=\"preserve\">{}</w:{tag}>",
                        escape(part)
                    );
                }
            }
        }
    }
}

/// The element of letters in such a change.
fn letters_of(change: Option<&str>) -> &'static str {
    if change == Some("del") {
        "delText"
    } else {
        "t"
    }
}

/// An id in the letters that the name of a bookmark may have.
fn marked(id: &ClauseId) -> String {
    let mut name = String::new();
    for c in id.as_str().chars() {
        match c {
            '-' => name.push_str("__"),
            '.' => name.push_str("_d"),
            '_' => name.push_str("_u"),
            c => name.push(c),
        }
    }
    name
}

/// The id that [`marked`] wrote so.
pub(super) fn unmarked(name: &str) -> Option<ClauseId> {
    let mut id = String::new();
    let mut letters = name.chars();
    while let Some(c) = letters.next() {
        id.push(match c {
            '_' => match letters.next()? {
                '_' => '-',
                'd' => '.',
                'u' => '_',
                _ => return None,
            },
            c => c,
        });
    }
    id.parse().ok()
}
