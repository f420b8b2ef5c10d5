//! A source as a flat, balanced list of events: the parser's, with Dugri's own syntax put back in.
//!
//! Everything that is read out of a text starts here, so that the renderer, the search and the links of a page can't
//! disagree on what is code, a reference or an internal note.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{self as cmark, CowStr, Options, Parser};

use super::mask::{Masked, REFERENCE, outermost};
use super::{Fallback, limits::Limits};
use crate::Reference;

pub(super) use cmark::{Alignment, BlockQuoteKind as Callout};

/// What a step of the text is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event<'a> {
    Open(Tag<'a>),
    Close,
    /// Text, soft line breaks included.
    Text(Cow<'a, str>),
    Code(Cow<'a, str>),
    Reference(&'a Reference),
    FootnoteReference(Cow<'a, str>),
    HardBreak,
    Rule,
    Task(bool),
}

/// What is opened.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tag<'a> {
    Paragraph,
    Heading(u8),
    Quote,
    Note(Note<'a>),
    CodeBlock,
    List(Option<u64>),
    Item,
    Table(Vec<Alignment>),
    TableHead,
    TableRow,
    Cell,
    Footnote(Cow<'a, str>),
    Emphasis,
    Strong,
    Strikethrough,
    Link(Box<Link<'a>>),
    Image(Box<Link<'a>>),
    /// `<ins>` or `<del>`: never in a source, put in by the redline.
    Changed {
        inserted: bool,
        block: bool,
    },
}

/// Where a link or an image leads. In a box: steps are many, and links few.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link<'a> {
    pub href: Cow<'a, str>,
    pub title: Cow<'a, str>,
}

/// A callout or a `:::` block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Note<'a> {
    Callout(Callout),
    Internal(&'a str),
    Straight(&'a str),
    Never(&'a str),
    /// A name that Dugri does not know.
    Plain(&'a str),
}

impl Tag<'_> {
    /// Whether it stands among the words of a block.
    pub(super) fn is_inline(&self) -> bool {
        use Tag::*;
        matches!(
            self,
            Emphasis | Strong | Strikethrough | Link(_) | Image(_) | Changed { block: false, .. }
        )
    }
}

/// An event and where it stands in the source; a `Close` has the place of its `Open`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step<'a> {
    pub event: Event<'a>,
    pub range: Range<usize>,
}

/// A parsed source.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub steps: Vec<Step<'a>>,
    /// What stands in `:::internal`, from its first mark to its last; in order and apart.
    pub internal: Vec<Range<usize>>,
}

/// What is Markdown for us.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Parses a covered source.
pub(super) fn parse<'a>(masked: &'a Masked<'a>, limits: &mut Limits) -> Result<Document<'a>, Fallback> {
    let mut builder = Builder::new(masked);
    for (event, range) in Parser::new_ext(&masked.copy, options()).into_offset_iter() {
        limits.step(0)?;
        builder.take(event, range);
    }
    Ok(builder.finish())
}

struct Builder<'a> {
    masked: &'a Masked<'a>,
    document: Document<'a>,
    /// What is open: the place of its `Open`, and whether it is a `:::` block.
    open: Vec<(Range<usize>, bool)>,
    /// The `:::` lines that are not closed yet, whatever the blocks around them do.
    unclosed: Vec<(usize, bool)>,
    in_code: bool,
    /// Where the source goes on behind the last text, if that was a piece of it.
    text_end: Option<usize>,
}

impl<'a> Builder<'a> {
    fn new(masked: &'a Masked<'a>) -> Builder<'a> {
        let steps = Vec::with_capacity(masked.source.len() / 12);
        let document = Document {
            steps,
            internal: Vec::new(),
        };
        Builder {
            masked,
            document,
            open: Vec::new(),
            unclosed: Vec::new(),
            in_code: false,
            text_end: None,
        }
    }

    fn take(&mut self, event: cmark::Event<'a>, range: Range<usize>) {
        match event {
            cmark::Event::Start(tag) => self.start(tag, range),
            cmark::Event::End(_) => self.end(),
            cmark::Event::Text(text) | cmark::Event::Html(text) | cmark::Event::InlineHtml(text) => {
                self.text(text, range)
            }
            cmark::Event::SoftBreak => self.soft_break(range),
            cmark::Event::HardBreak => self.push(Event::HardBreak, range),
            cmark::Event::Code(text) => {
                let code = self.masked.uncover(into_cow(text), range.clone());
                self.push(Event::Code(code), range);
            }
            cmark::Event::FootnoteReference(label) => {
                self.push(Event::FootnoteReference(into_cow(label)), range)
            }
            cmark::Event::Rule => match self.masked.marker_in(range.clone()) {
                Some(marker) => self.marker(marker),
                None => self.push(Event::Rule, range),
            },
            cmark::Event::TaskListMarker(done) => self.push(Event::Task(done), range),
            cmark::Event::InlineMath(text) | cmark::Event::DisplayMath(text) => self.text(text, range),
        }
    }

    fn push(&mut self, event: Event<'a>, range: Range<usize>) {
        self.text_end = None;
        self.document.steps.push(Step { event, range });
    }

    fn start(&mut self, tag: cmark::Tag<'a>, range: Range<usize>) {
        let tag = match tag {
            cmark::Tag::Heading { level, .. } => Tag::Heading(level as u8),
            cmark::Tag::BlockQuote(None) => Tag::Quote,
            cmark::Tag::BlockQuote(Some(kind)) => Tag::Note(Note::Callout(kind)),
            cmark::Tag::CodeBlock(_) => {
                self.in_code = true;
                Tag::CodeBlock
            }
            cmark::Tag::List(start) => Tag::List(start),
            cmark::Tag::Item => Tag::Item,
            cmark::Tag::FootnoteDefinition(label) => Tag::Footnote(into_cow(label)),
            cmark::Tag::Table(alignments) => Tag::Table(alignments),
            cmark::Tag::TableHead => Tag::TableHead,
            cmark::Tag::TableRow => Tag::TableRow,
            cmark::Tag::TableCell => Tag::Cell,
            cmark::Tag::Emphasis => Tag::Emphasis,
            cmark::Tag::Strong => Tag::Strong,
            cmark::Tag::Strikethrough => Tag::Strikethrough,
            cmark::Tag::Link {
                link_type: cmark::LinkType::Email,
                dest_url,
                title,
                ..
            } => {
                let href = Cow::Owned(format!("mailto:{dest_url}"));
                Tag::Link(Box::new(Link {
                    href,
                    title: self.attribute(title, &range),
                }))
            }
            cmark::Tag::Link { dest_url, title, .. } => Tag::Link(self.link(dest_url, title, &range)),
            cmark::Tag::Image { dest_url, title, .. } => Tag::Image(self.link(dest_url, title, &range)),
            // Of the others only paragraphs come with the options that we set, and HTML, which is text.
            _ => Tag::Paragraph,
        };
        self.open.push((range.clone(), false));
        self.push(Event::Open(tag), range);
    }

    fn link(&self, href: CowStr<'a>, title: CowStr<'a>, range: &Range<usize>) -> Box<Link<'a>> {
        Box::new(Link {
            href: self.attribute(href, range),
            title: self.attribute(title, range),
        })
    }

    fn attribute(&self, value: CowStr<'a>, range: &Range<usize>) -> Cow<'a, str> {
        self.masked.uncover(into_cow(value), range.clone())
    }

    /// Closes what the parser closes, and before it the `:::` blocks that were left open inside.
    fn end(&mut self) {
        self.in_code = false;
        while let Some((range, is_note)) = self.open.pop() {
            self.push(Event::Close, range);
            if !is_note {
                return;
            }
        }
    }

    fn marker(&mut self, at: usize) {
        let marker = &self.masked.markers[at];
        let source: &'a str = &self.masked.source;
        let range = marker.start..marker.label.end;
        if marker.name.is_empty() {
            return self.close_marker(range);
        }
        let label = &source[marker.label.clone()];
        let note = match source[marker.name.clone()].to_ascii_lowercase().as_str() {
            "internal" => Note::Internal(label),
            "straight" => Note::Straight(label),
            "never" => Note::Never(label),
            _ => Note::Plain(label),
        };
        self.unclosed
            .push((range.start, matches!(note, Note::Internal(_))));
        self.open.push((range.clone(), true));
        self.push(Event::Open(Tag::Note(note)), range);
    }

    fn close_marker(&mut self, range: Range<usize>) {
        match self.unclosed.pop() {
            Some((start, true)) => self.document.internal.push(start..range.end),
            Some(_) => {}
            None => {
                // Nothing to close: the colons are text.
                self.push(Event::Open(Tag::Paragraph), range.clone());
                self.push(
                    Event::Text(Cow::Borrowed(&self.masked.source[range.clone()])),
                    range.clone(),
                );
                return self.push(Event::Close, range);
            }
        }
        if self.open.last().is_some_and(|(_, is_note)| *is_note) {
            self.open.pop();
            self.push(Event::Close, range);
        }
    }

    fn soft_break(&mut self, range: Range<usize>) {
        match self.masked.source.get(range.clone()) {
            Some("\n") => self.source_text(range),
            _ => self.owned_text("\n", range),
        }
    }

    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        let text = into_cow(text);
        let start = match text {
            Cow::Borrowed(borrowed) => self.masked.position(borrowed),
            Cow::Owned(_) => None,
        };
        match start {
            Some(start) if self.in_code => self.source_text(start..start + text.len()),
            Some(start) => self.covered_text(start..start + text.len()),
            None if self.in_code => {
                let text = self.masked.uncover(text, range.clone());
                self.owned_text(&text, range);
            }
            None => self.owned_text(&text, range),
        }
    }

    /// A piece of the copy: text as it stands in the source, and the references that were covered.
    fn covered_text(&mut self, range: Range<usize>) {
        let bytes = self.masked.copy.as_bytes();
        let mut at = range.start;
        for reference in self.masked.references_in(range.clone()) {
            // The parser may have taken the first bytes of the cover for something else; then it is no reference.
            if bytes[reference.range.start] != REFERENCE || reference.range.end > range.end {
                continue;
            }
            self.source_text(at..reference.range.start);
            self.push(Event::Reference(reference), reference.range.clone());
            at = reference.range.end;
        }
        self.source_text(at..range.end);
    }

    fn source_text(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let source: &'a str = &self.masked.source;
        let joined = self.text_end == Some(range.start);
        self.text_end = Some(range.end);
        if joined
            && let Some(Step {
                event: Event::Text(text),
                range: place,
            }) = self.document.steps.last_mut()
        {
            match text {
                Cow::Borrowed(_) => *text = Cow::Borrowed(&source[place.start..range.end]),
                Cow::Owned(owned) => owned.push_str(&source[range.clone()]),
            }
            place.end = range.end;
            return;
        }
        if let Some(Step {
            event: Event::Text(text),
            range: place,
        }) = self.document.steps.last_mut()
        {
            text.to_mut().push_str(&source[range.clone()]);
            place.end = place.end.max(range.end);
            return;
        }
        self.document.steps.push(Step {
            event: Event::Text(Cow::Borrowed(&source[range.clone()])),
            range,
        });
    }

    /// Text that does not stand in the source as it is: an entity, a line end behind a mark.
    fn owned_text(&mut self, text: &str, range: Range<usize>) {
        self.text_end = None;
        if let Some(Step {
            event: Event::Text(before),
            range: place,
        }) = self.document.steps.last_mut()
        {
            before.to_mut().push_str(text);
            place.end = place.end.max(range.end);
            return;
        }
        self.document.steps.push(Step {
            event: Event::Text(Cow::Owned(text.to_owned())),
            range,
        });
    }

    fn finish(mut self) -> Document<'a> {
        while let Some((range, _)) = self.open.pop() {
            self.push(Event::Close, range);
        }
        let end = self.masked.source.len();
        for (start, _) in self.unclosed.iter().filter(|(_, internal)| *internal) {
            self.document.internal.push(*start..end);
        }
        self.document.internal = outermost(std::mem::take(&mut self.document.internal));
        self.document
    }
}

fn into_cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        CowStr::Boxed(text) => Cow::Owned(text.into()),
        CowStr::Inlined(text) => Cow::Owned(text.to_string()),
    }
}
