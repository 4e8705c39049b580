//! The parts of a Word file that hardly depend on the text: styles, numbering, settings.

use std::fmt::Write as _;

use plenary_shared::draft::Kind;
use plenary_shared::export::direction;
use plenary_shared::ids::Language;

use super::Sheet;
use crate::xml::escape;

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/>\
<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>";

pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

pub(super) const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/>\
<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>\
<Relationship Id=\"rId6\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
</Relationships>";

pub(super) const FOOTER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>\
</w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>";

/// The style of the last paragraph, which is none of the text.
pub(super) const END: &str = "PlenaryEnd";
/// Twentieths of a point of half a line.
pub(super) const HALF: usize = 4536;
/// The rule at the end of a document.
pub(super) const RULE: &str = "____________";
/// The style of words that are none of the text: that there are none yet.
pub(super) const NOTE: &str = "PlenaryNote";

/// The levels that are numbered: `1.`, `(a)`, `(i)`, and so on.
const LEVELS: [(&str, &str); 6] = [
    ("decimal", "%1."),
    ("lowerLetter", "(%2)"),
    ("lowerRoman", "(%3)"),
    ("decimal", "(%4)"),
    ("lowerLetter", "%5."),
    ("lowerRoman", "%6."),
];

/// Twentieths of a point by which a level is indented.
pub(super) const INDENT: usize = 567;

/// The name of the style for a kind of clause.
pub(super) fn style(kind: Kind, level: u8) -> String {
    match kind {
        Kind::Title => "Title".to_owned(),
        Kind::Heading => format!("Heading{}", level.clamp(1, 6)),
        Kind::Annex => "Annex".to_owned(),
        Kind::Preambular => "Preambular".to_owned(),
        Kind::Operative => "Operative".to_owned(),
        Kind::Paragraph => "BodyText".to_owned(),
    }
}

/// What besides the style says how deep a clause is.
pub(super) fn depth(kind: Kind, level: u8) -> String {
    let deeper = usize::from(level.saturating_sub(1)).min(LEVELS.len() - 1);
    match kind {
        Kind::Operative => {
            format!("<w:numPr><w:ilvl w:val=\"{deeper}\"/><w:numId w:val=\"1\"/></w:numPr>")
        }
        Kind::Preambular | Kind::Paragraph if deeper > 0 => {
            format!("<w:ind w:left=\"{}\"/>", INDENT * deeper)
        }
        _ => String::new(),
    }
}

/// The language in the attribute that its script goes by.
fn lang(language: &Language) -> String {
    let tag = escape(language.as_str());
    match language.as_str().split('-').next() {
        _ if direction(language) == "rtl" => format!("w:bidi=\"{tag}\""),
        Some("zh") => format!(
            "w:eastAsia=\"{}\"",
            if tag == "zh" { "zh-CN" } else { &tag }
        ),
        Some("ja" | "ko") => format!("w:eastAsia=\"{tag}\""),
        _ => format!("w:val=\"{tag}\""),
    }
}

pub(super) fn styles(language: &Language) -> String {
    let mut out = format!(
        "{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"SimSun\" w:cs=\"Traditional Arabic\"/>\
         <w:sz w:val=\"22\"/><w:szCs w:val=\"26\"/><w:lang {}/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
        lang(language)
    );
    let mut style = |id: &str, name: &str, paragraph: &str, run: &str| {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        );
    };
    let heading = |size: usize| {
        format!(
            "<w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{}\"/>",
            size + 4
        )
    };
    let title =
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/>";
    style("Title", "Title", title, &heading(30));
    for level in 1..=6 {
        let above = "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>";
        let outline = format!("{above}<w:outlineLvl w:val=\"{}\"/>", level - 1);
        style(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &outline,
            &heading(28 - 2 * level.min(3)),
        );
    }
    let annex = "<w:keepNext/><w:pageBreakBefore/><w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>";
    style("Annex", "Plenary Annex", annex, &heading(28));
    style(
        "Preambular",
        "Plenary Preambular",
        "<w:ind w:firstLine=\"567\"/>",
        "",
    );
    style("Operative", "Plenary Operative", "", "");
    style("BodyText", "Body Text", "", "");
    style(
        "Symbol",
        "Plenary Symbol",
        "<w:jc w:val=\"right\"/>",
        &heading(26),
    );
    style("Cover", "Plenary Cover", "<w:spacing w:after=\"60\"/>", "");
    style(
        "Header",
        "header",
        "<w:jc w:val=\"right\"/>",
        "<w:sz w:val=\"18\"/>",
    );
    style(
        "Footer",
        "footer",
        "<w:jc w:val=\"center\"/>",
        "<w:sz w:val=\"18\"/>",
    );
    style("Beside", "Plenary Beside", "", "");
    style(
        "RecordHeading",
        "Plenary Record Heading",
        annex,
        &heading(26),
    );
    style("Record", "Plenary Record", "", "");
    style(
        END,
        "Plenary End",
        "<w:spacing w:before=\"240\" w:after=\"0\"/><w:jc w:val=\"center\"/>",
        "",
    );
    style("CommentText", "annotation text", "", "<w:sz w:val=\"20\"/>");
    let _ = write!(
        out,
        "<w:style w:type=\"character\" w:styleId=\"{NOTE}\"><w:name w:val=\"Plenary Note\"/>\
         <w:rPr><w:color w:val=\"767676\"/></w:rPr></w:style>"
    );
    out + "</w:styles>"
}

pub(super) fn numbering() -> String {
    let mut out = format!(
        "{HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>"
    );
    for (n, (format, text)) in LEVELS.into_iter().enumerate() {
        let start = INDENT * (n + 1);
        let _ = write!(
            out,
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
             <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{start}\" w:hanging=\"{INDENT}\"/></w:pPr></w:lvl>"
        );
    }
    out + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
}

/// Changes made to a document with tracked ones are tracked too: it is to come back.
pub(super) fn settings(sheet: &Sheet<'_>) -> String {
    let tracked = if sheet.redline.counts.unchanged == sheet.redline.clauses.len() {
        ""
    } else {
        "<w:trackRevisions/>"
    };
    format!(
        "{HEAD}<w:settings {NAMESPACES}>{tracked}<w:defaultTabStop w:val=\"567\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang {}/></w:settings>",
        lang(&sheet.redline.language)
    )
}

pub(super) fn core(sheet: &Sheet<'_>) -> String {
    let title = escape(sheet.draft.title.as_str());
    let subject = sheet.cover.symbol.as_deref().unwrap_or_default();
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:subject>{}</dc:subject>\
         <dc:language>{}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created></cp:coreProperties>",
        escape(subject),
        escape(sheet.redline.language.as_str()),
        sheet.at
    )
}

pub(super) fn header(sheet: &Sheet<'_>) -> String {
    let symbol = sheet.cover.symbol.as_deref().unwrap_or_default();
    format!(
        "{HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>\
         </w:p></w:hdr>",
        escape(symbol)
    )
}
