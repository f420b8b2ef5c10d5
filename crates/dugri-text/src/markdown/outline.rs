//! What others read out of a text: its references, its headings, its plain text by block, where its blocks stand.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use super::layout::{Layout, close_of, plain};
use super::limits::Limits;
use super::mask::{Masked, is_within};
use super::parse::{self, Document, Event, Note, Step, Tag};
use super::{Heading, fallback};
use crate::Reference;
use crate::links;

/// A top-level block, or an item of a top-level list, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The headings above it, from the outside in. A heading's own text is not in its path.
    pub heading_path: Vec<String>,
    /// Its plain text: no marks, references by their text.
    pub text: String,
    /// Where it stands in the source, in bytes.
    pub range: Range<usize>,
    /// Whether it stands in `:::internal`, and so is for colleagues only.
    pub internal: bool,
}

/// The kinds of blocks that matter to search and comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A quotation.
    Quote,
    /// A callout or a `:::` block.
    Note,
    /// Code.
    Code,
    /// A footnote.
    Footnote,
}

/// Every reference outside code, in order, those in `:::internal` included: `[[…]]`, `{{fact:…}}`, and ordinary links
/// and images whose address is a page (`/p/ID`) or a file (`/f/ID/name`) of our own.
pub fn references(source: &str) -> Vec<Reference> {
    with_document(source, |document, _| read_references(&document.steps))
        .unwrap_or_else(|| links::candidates(source))
}

/// The references of [`references`] that do not stand in `:::internal`.
pub fn open_references(source: &str) -> Vec<Reference> {
    with_document(source, |document, _| {
        let mut found = read_references(&document.steps);
        found.retain(|reference| !is_within(&document.internal, reference.range.start));
        found
    })
    .unwrap_or_else(|| links::candidates(&fallback::without_internal(source)))
}

/// Every heading, with the ids that [`super::render`] gives them for colleagues.
pub fn headings(source: &str) -> Vec<Heading> {
    with_document(source, |document, limits| {
        Layout::of(&document.steps, limits)
            .ok()
            .map(|layout| layout.headings)
    })
    .flatten()
    .unwrap_or_default()
}

/// The text by block without marks: for search and for excerpts.
pub fn plain_text(source: &str) -> Vec<Block> {
    with_document(source, |document, _| Outline::of(document).blocks).unwrap_or_else(|| {
        let text = fallback::without_internal(source)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let range = 0..source.len();
        vec![Block {
            kind: BlockKind::Paragraph,
            heading_path: Vec::new(),
            text,
            range,
            internal: false,
        }]
    })
}

/// Where the blocks stand that can be changed apart from each other: paragraphs, headings, items of lists, rows of
/// tables, the lines of `:::`. Together they are the source, byte for byte; each holds the empty lines after it.
pub fn blocks(source: &str) -> Vec<Range<usize>> {
    let starts =
        with_document(source, |document, _| starts(&document.steps)).unwrap_or_else(|| paragraphs(source));
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(starts.len() + 1);
    for start in starts {
        let start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        match ranges.last_mut() {
            Some(before) if before.start < start => {
                before.end = start;
                ranges.push(start..source.len());
            }
            Some(_) => {}
            None => ranges.push(0..source.len()),
        }
    }
    if ranges.is_empty() && !source.is_empty() {
        ranges.push(0..source.len());
    }
    ranges
}

/// Reads something out of a parsed source; `None` when it can't be parsed within the caps.
fn with_document<T>(source: &str, read: impl FnOnce(&Document<'_>, &mut Limits) -> T) -> Option<T> {
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let mut limits = Limits::start(source).ok()?;
        let masked = Masked::new(source);
        let document = parse::parse(&masked, &mut limits).ok()?;
        Some(read(&document, &mut limits))
    }));
    parsed.ok().flatten()
}

fn read_references(steps: &[Step<'_>]) -> Vec<Reference> {
    let mut found = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        match &step.event {
            Event::Reference(reference) => found.push((*reference).clone()),
            Event::Open(Tag::Link(link) | Tag::Image(link)) => {
                let Some(reference) = links::parse_address(&link.href) else {
                    continue;
                };
                let text = Some(plain(&steps[at + 1..close_of(steps, at)])).filter(|text| !text.is_empty());
                found.push(Reference {
                    text,
                    range: step.range.clone(),
                    ..reference
                });
            }
            _ => {}
        }
    }
    found.sort_by_key(|reference| reference.range.start);
    found
}

/// The blocks of a text, and the headings above the place where we are.
struct Outline<'d> {
    document: &'d Document<'d>,
    blocks: Vec<Block>,
    path: Vec<(u8, String)>,
}

impl<'d> Outline<'d> {
    fn of(document: &'d Document<'d>) -> Outline<'d> {
        let mut outline = Outline {
            document,
            blocks: Vec::new(),
            path: Vec::new(),
        };
        outline.read(0, document.steps.len());
        outline
    }

    fn read(&mut self, mut at: usize, end: usize) {
        let steps = &self.document.steps;
        while at < end {
            let Event::Open(tag) = &steps[at].event else {
                at += 1;
                continue;
            };
            let close = close_of(steps, at);
            match tag {
                Tag::Heading(level) => {
                    self.path.retain(|(above, _)| above < level);
                    self.block(BlockKind::Heading, at, close);
                    self.path.push((*level, plain(&steps[at..close])));
                }
                Tag::List(_) | Tag::Table(_) => self.read(at + 1, close),
                Tag::Item => self.block(BlockKind::Item, at, close),
                Tag::TableHead | Tag::TableRow => self.block(BlockKind::Row, at, close),
                Tag::Quote => self.block(BlockKind::Quote, at, close),
                Tag::Note(_) => self.block(BlockKind::Note, at, close),
                Tag::CodeBlock => self.block(BlockKind::Code, at, close),
                Tag::Footnote(_) => self.block(BlockKind::Footnote, at, close),
                _ => self.block(BlockKind::Paragraph, at, close),
            }
            at = close + 1;
        }
    }

    /// Adds a block; what is internal in it becomes a block of its own.
    fn block(&mut self, kind: BlockKind, at: usize, close: usize) {
        let steps = &self.document.steps[at..close];
        let (internal, open): (Vec<_>, Vec<_>) = match &steps[0].event {
            Event::Open(Tag::Note(Note::Internal(_))) => (steps.to_vec(), Vec::new()),
            _ if self.document.internal.is_empty() => (Vec::new(), Vec::new()),
            _ => steps
                .iter()
                .cloned()
                .partition(|step| self.is_internal(step.range.start)),
        };
        let open_text = if internal.is_empty() {
            plain(steps)
        } else {
            plain(&open)
        };
        self.push(kind, open_text, steps, false);
        self.push(kind, plain(&internal), steps, true);
    }

    fn push(&mut self, kind: BlockKind, text: String, steps: &[Step<'_>], internal: bool) {
        if text.is_empty() {
            return;
        }
        let start = steps[0].range.start;
        let end = steps.iter().map(|step| step.range.end).max().unwrap_or(start);
        let heading_path = self.path.iter().map(|(_, text)| text.clone()).collect();
        self.blocks.push(Block {
            kind,
            heading_path,
            text,
            range: start..end,
            internal,
        });
    }

    fn is_internal(&self, at: usize) -> bool {
        is_within(&self.document.internal, at)
    }
}

/// Where blocks begin that can be changed apart.
fn starts(steps: &[Step<'_>]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at < steps.len() {
        let start = steps[at].range.start;
        match &steps[at].event {
            Event::Open(Tag::List(_) | Tag::Table(_)) => at += 1,
            Event::Open(Tag::Note(
                Note::Internal(_) | Note::Straight(_) | Note::Never(_) | Note::Plain(_),
            )) => {
                starts.push(start);
                at += 1;
            }
            Event::Open(_) => {
                starts.push(start);
                at = close_of(steps, at) + 1;
            }
            // A `:::` line of its own; what is closed otherwise begins before, and does not count again.
            Event::Close | Event::Rule => {
                starts.push(start);
                at += 1;
            }
            _ => at += 1,
        }
    }
    starts
}

/// Where paragraphs begin, for what can't be parsed.
fn paragraphs(source: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    let mut after_gap = true;
    for line in source.split_inclusive('\n') {
        let is_gap = line.trim().is_empty();
        if after_gap && !is_gap {
            starts.push(at);
        }
        after_gap = is_gap;
        at += line.len();
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links;

    #[test]
    fn references_outside_code_are_found_where_they_stand() {
        let source = "# [[A]]\n\n`[[code]]` [[B|b]] ![[C#d]] [[intel:7]] {{fact:f}} [doc](/f/7k2m9x4q/a.pdf) ![p](/f/8c3d5f6g/p.png)\n\n    [[code]]\n\n| [[D|d]] | [x](/p/7k2m9x4q/slug#h-y) |\n|-|-|\n\n:::internal\n[[E]]\n:::\n";
        let shown: Vec<_> = references(source)
            .iter()
            .map(|r| (links::format(r), &source[r.range.clone()]))
            .collect();
        let written: Vec<_> = shown.iter().map(|(_, written)| *written).collect();
        let expected = [
            "[[A]]",
            "[[B|b]]",
            "![[C#d]]",
            "[[intel:7]]",
            "{{fact:f}}",
            "[doc](/f/7k2m9x4q/a.pdf)",
            "![p](/f/8c3d5f6g/p.png)",
            "[[D|d]]",
            "[x](/p/7k2m9x4q/slug#h-y)",
            "[[E]]",
        ];
        assert_eq!(written, expected);
        assert_eq!(shown[5].0, "[doc](/f/7k2m9x4q)");
    }

    #[test]
    fn plain_text_comes_by_block_with_its_headings() {
        let source = "intro **bold** [[Page|text]]\n\n# A\n\n## B\n\n- one\n  - two\n- three\n\n| h | i |\n|---|---|\n| 1 | `2` |\n\n# C\n\n> [!NOTE]\n> q\n\n:::internal\nsecret\n:::\n\n- open\n  :::internal\n  hidden\n  :::\n";
        let shown = plain_text(source)
            .iter()
            .map(|b| {
                let secret = if b.internal { " (internal)" } else { "" };
                format!("{:?} {} | {}{secret}\n", b.kind, b.heading_path.join("/"), b.text)
            })
            .collect::<String>();
        insta::assert_snapshot!(shown, @r#"
        Paragraph  | intro bold text
        Heading  | A
        Heading A | B
        Item A/B | one two
        Item A/B | three
        Row A/B | h i
        Row A/B | 1 2
        Heading  | C
        Note C | q
        Note C | secret (internal)
        Item C | open
        Item C | hidden (internal)
        "#);
    }

    #[track_caller]
    fn check_blocks(source: &str, expected: &[&str]) {
        let found: Vec<_> = blocks(source).into_iter().map(|range| &source[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks_are_the_source_byte_for_byte() {
        check_blocks("", &[]);
        check_blocks("\n\n", &["\n\n"]);
        check_blocks("a\nb\n\n\nc", &["a\nb\n\n\n", "c"]);
        check_blocks("\n# a\nb\n", &["\n# a\n", "b\n"]);
        check_blocks("- a\n  - b\n- c\n\nd\n", &["- a\n  - b\n", "- c\n\n", "d\n"]);
        check_blocks(
            "| a |\n|---|\n| b |\n| c |\n",
            &["| a |\n|---|\n", "| b |\n", "| c |\n"],
        );
        check_blocks("```\na\n\nb\n```\n> c\n", &["```\na\n\nb\n```\n", "> c\n"]);
        check_blocks(
            ":::never\na\n\nb\n:::\nc\n",
            &[":::never\n", "a\n\n", "b\n", ":::\n", "c\n"],
        );
        check_blocks("a\n***\nb\n\n[r]: /x\n", &["a\n", "***\n", "b\n\n[r]: /x\n"]);
    }
}
