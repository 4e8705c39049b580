//! The blocks of the Markdown source: headings, numbered items, paragraphs, and the translations under them.
//!
//! The parser finds where blocks begin and end; their words are taken from the source itself, so that inline markup
//! stays as typed.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::ImportError;

/// A block of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block<'a> {
    pub(super) form: BlockForm,
    /// Its words as they stand in the source, marks and attributes among them.
    pub(super) source: &'a str,
    /// Where it begins, as an offset into the source.
    pub(super) at: usize,
}

/// What the parser tells of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockForm {
    /// A heading with so many marks.
    Heading(u8),
    /// The first paragraph of a numbered item.
    Item,
    /// Another paragraph.
    Paragraph,
    /// A paragraph in a block quote.
    Translation,
}

/// Where the walk stands.
struct Walk<'a> {
    source: &'a str,
    blocks: Vec<Block<'a>>,
    quoted: bool,
    /// Inside a numbered item: where its words begin, until they have been taken.
    item: Option<usize>,
    in_list: bool,
    /// Words that stand in an item without a paragraph of their own, as in lists without blank lines.
    loose: Option<Range<usize>>,
    /// Inside a heading or a paragraph.
    inside: bool,
}

/// All blocks in the order of the source.
pub(super) fn blocks(source: &str) -> Result<Vec<Block<'_>>, ImportError> {
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES);
    if let Some((_, definition)) = parser.reference_definitions().iter().next() {
        let why = "A link definition has no place in the text. Write the link where it is used, or put `\\` before \
                   the bracket.";
        return Err(ImportError::at(source, definition.span.start, why));
    }
    let mut walk = Walk {
        source,
        blocks: Vec::new(),
        quoted: false,
        item: None,
        in_list: false,
        loose: None,
        inside: false,
    };
    for (event, range) in parser.into_offset_iter() {
        walk.take(&event, range)?;
    }
    Ok(walk.blocks)
}

impl<'a> Walk<'a> {
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) -> Result<(), ImportError> {
        let refuse = |why: &str| Err(ImportError::at(self.source, range.start, why));
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) if self.quoted || !self.in_list => {
                self.inside = true;
            }
            Event::Start(Tag::Heading { .. }) => {
                return refuse(
                    "A heading cannot stand inside a numbered paragraph. Begin it at the start of the line.",
                );
            }
            Event::Start(Tag::Paragraph) => {
                self.flush(range.start);
                self.inside = true;
            }
            Event::End(TagEnd::Heading(level)) => {
                self.inside = false;
                if self.quoted {
                    return refuse(
                        "A block quote holds translations only. Begin each with its language: `> **fr** …`.",
                    );
                }
                let marks = u8::try_from(*level as usize).unwrap_or(6);
                self.push(BlockForm::Heading(marks), range);
            }
            Event::End(TagEnd::Paragraph) => {
                self.inside = false;
                self.paragraph(range);
            }
            Event::Start(Tag::BlockQuote(_)) => {
                if self.quoted {
                    return refuse(
                        "A block quote cannot stand in another. Put `>` once before each translation.",
                    );
                }
                self.flush(range.start);
                self.quoted = true;
            }
            Event::End(TagEnd::BlockQuote(_)) => self.quoted = false,
            Event::Start(Tag::List(first)) => {
                if first.is_none() {
                    return refuse(
                        "Lists with bullets have no place in the text. Number the paragraphs (`1. …`) and mark \
                         sub-paragraphs with `(a)`; to begin with a dash, write `\\-`.",
                    );
                }
                if self.quoted || self.in_list {
                    return refuse(
                        "A numbered list cannot stand inside another block. Write sub-paragraphs as paragraphs that \
                         begin with `(a)`.",
                    );
                }
                self.in_list = true;
            }
            Event::End(TagEnd::List(_)) => self.in_list = false,
            Event::Start(Tag::Item) => {
                let item = self.source.get(range.clone()).unwrap_or_default();
                let number = |c: char| c.is_ascii_digit() || c.is_ascii_whitespace();
                let rest = item.trim_start_matches(number);
                let rest = rest
                    .get(1..)
                    .unwrap_or_default()
                    .trim_start_matches(super::inline::SPACE);
                self.item = Some(range.end - rest.len());
            }
            Event::End(TagEnd::Item) => {
                self.flush(range.end);
                if let Some(start) = self.item.take() {
                    self.push(BlockForm::Item, start..range.end.max(start));
                }
            }
            Event::Start(Tag::CodeBlock(_)) => {
                return refuse(
                    "A code block has no place in the text. Remove the four spaces or the fence before it.",
                );
            }
            Event::Start(Tag::Table(_)) => {
                return refuse(
                    "A table has no place in the text. Write its rows as numbered paragraphs.",
                );
            }
            Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => {
                return refuse(
                    "HTML has no place in the text. Remove the tag, or write `\\<` for the sign itself.",
                );
            }
            Event::Start(Tag::Image { .. }) => {
                return refuse(
                    "An image has no place in the text. Remove it, or write `\\!` for the sign itself.",
                );
            }
            Event::Rule => {
                return refuse(
                    "A line across the page has no place in the text. Remove it, or put `\\` before it.",
                );
            }
            Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. },
            )
            | Event::Text(_)
            | Event::Code(_)
            | Event::SoftBreak
            | Event::HardBreak => self.words(range),
            Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell,
            ) => {}
            _ => {
                return refuse(
                    "This structure has no place in the text. Write it as plain paragraphs.",
                );
            }
        }
        Ok(())
    }

    /// Words directly inside an item.
    fn words(&mut self, range: Range<usize>) {
        if self.inside || self.quoted {
            return;
        }
        let escaped = self
            .source
            .get(..range.start)
            .is_some_and(|s| s.ends_with('\\'));
        let start = self.item.unwrap_or(range.start - usize::from(escaped));
        let run = self.loose.get_or_insert(start..range.end);
        run.end = run.end.max(range.end);
    }

    /// Ends the words directly inside an item, at the latest where the next block begins.
    fn flush(&mut self, end: usize) {
        if let Some(run) = self.loose.take() {
            let end = end.max(run.end);
            let run = run.start..end;
            self.paragraph(run);
        }
    }

    fn paragraph(&mut self, range: Range<usize>) {
        let form = match (self.quoted, self.item.take()) {
            (true, item) => {
                // A translation under an item that has no words of its own: the item comes first.
                if let Some(start) = item {
                    self.push(BlockForm::Item, start..start);
                }
                BlockForm::Translation
            }
            (false, Some(_)) => BlockForm::Item,
            (false, None) => BlockForm::Paragraph,
        };
        self.push(form, range);
    }

    fn push(&mut self, form: BlockForm, range: Range<usize>) {
        self.blocks.push(Block {
            form,
            at: range.start,
            source: self.source.get(range).unwrap_or_default(),
        });
    }
}
