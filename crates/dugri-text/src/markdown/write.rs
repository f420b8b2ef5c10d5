//! Steps into HTML: blocks. (What stands inside them is written by [`super::inline`].)
//!
//! The closed list: `p h2–h6 blockquote pre code ul ol li hr br table thead tbody tr th td div section em strong s
//! ins del a img sup span b bdi`, with `dir lang id class href title src alt start scope role tabindex aria-label
//! loading`. No other element or attribute can be written, and no value reaches one unescaped.

use std::ops::Range;

use super::layout::{Layout, close_of, plain};
use super::limits::Limits;
use super::parse::{Alignment, Callout, Event, Note, Step, Tag};
use super::{Fallback, RenderFor, escape, table, url};
use crate::direction::Direction;

/// Deeper than this, emphasis is not written any more: nobody sees it, and elements cost.
const INLINE_DEPTH_MAX: usize = 32;

/// Writes one text.
pub(super) struct Writer<'w> {
    pub(super) steps: &'w [Step<'w>],
    pub(super) layout: &'w Layout,
    pub(super) how: &'w RenderFor<'w>,
    pub(super) limits: &'w mut Limits,
    pub(super) out: String,
    /// What is open.
    frames: Vec<Frame>,
    /// How often each footnote was referred to so far.
    pub(super) footnote_uses: Vec<usize>,
    tables: Vec<table::Columns>,
}

/// An open block.
struct Frame {
    close: &'static str,
    direction: Direction,
    /// Whether words directly in it take its direction: not in items and cells, which keep that of list and table.
    is_own_direction: bool,
    /// The step that opened it.
    at: usize,
}

impl<'w> Writer<'w> {
    pub(super) fn new(
        steps: &'w [Step<'w>],
        layout: &'w Layout,
        how: &'w RenderFor<'w>,
        limits: &'w mut Limits,
    ) -> Writer<'w> {
        let footnote_uses = vec![0; layout.footnote_bodies.len()];
        Writer {
            steps,
            layout,
            how,
            limits,
            out: String::new(),
            frames: Vec::new(),
            footnote_uses,
            tables: Vec::new(),
        }
    }

    /// Writes everything: the text, then its footnotes.
    pub(super) fn run(mut self) -> Result<String, Fallback> {
        self.out.reserve(self.steps.len() * 24);
        self.blocks(0, self.steps.len())?;
        self.footnotes()?;
        Ok(self.out)
    }

    /// Writes the steps from `at` to `end`, which hold whole blocks.
    pub(super) fn blocks(&mut self, mut at: usize, end: usize) -> Result<(), Fallback> {
        while at < end {
            self.limits.step(self.out.len())?;
            at = self.block(at, end)?;
        }
        Ok(())
    }

    /// Writes the blocks of something that was opened by the step before them and has a direction of its own.
    pub(super) fn blocks_within(
        &mut self,
        direction: Direction,
        steps: Range<usize>,
    ) -> Result<(), Fallback> {
        let at = steps.start.saturating_sub(1);
        self.frames.push(Frame {
            close: "",
            direction,
            is_own_direction: false,
            at,
        });
        self.blocks(steps.start, steps.end)?;
        self.frames.pop();
        Ok(())
    }

    fn block(&mut self, at: usize, end: usize) -> Result<usize, Fallback> {
        let steps = self.steps;
        match &steps[at].event {
            Event::Open(Tag::Footnote(_)) => return Ok(close_of(steps, at) + 1),
            Event::Open(tag) if !tag.is_inline() => self.open(at, tag),
            Event::Close => self.close(),
            Event::Rule => self.out.push_str("<hr>\n"),
            _ => {
                let (base, own) = self.base();
                return self.words(at, end, base, own);
            }
        }
        Ok(at + 1)
    }

    /// The direction around the place where we are, and whether words here take it as their own.
    fn base(&self) -> (Direction, bool) {
        match self.frames.last() {
            Some(frame) => (frame.direction, frame.is_own_direction),
            None => (self.how.language.direction(), false),
        }
    }

    fn open(&mut self, at: usize, tag: &Tag<'w>) {
        let outer = self.base().0;
        let direction = self.layout.directions[at].unwrap_or(outer);
        let mut frame = Frame {
            close: "",
            direction,
            is_own_direction: true,
            at,
        };
        match tag {
            Tag::Paragraph => frame.close = self.element("p", "</p>\n", &frame),
            Tag::Heading(_) => frame.close = self.heading(&frame),
            Tag::Quote => frame.close = self.element("blockquote", "</blockquote>\n", &frame),
            Tag::Note(note) => frame.close = self.note(note, &frame),
            Tag::CodeBlock => {
                // Code runs from left to right; the box can be scrolled by keyboard.
                self.out.push_str("<pre dir=\"ltr\" tabindex=\"0\"><code>");
                frame.close = "</code></pre>\n";
                frame.direction = Direction::Ltr;
            }
            Tag::List(start) => frame.close = self.list(*start, &frame),
            Tag::Item => {
                let is_task = matches!(
                    self.steps.get(at + 1).map(|step| &step.event),
                    Some(Event::Task(_))
                );
                let is_loose_task = matches!(
                    self.steps.get(at + 2).map(|step| &step.event),
                    Some(Event::Task(_))
                );
                self.out.push_str(if is_task || is_loose_task {
                    "<li class=\"task\">"
                } else {
                    "<li>"
                });
                frame = Frame {
                    close: "</li>\n",
                    direction: outer,
                    is_own_direction: false,
                    at,
                };
            }
            Tag::Table(alignments) => frame.close = self.table(alignments, &frame),
            Tag::TableHead => {
                self.out.push_str("<thead><tr>");
                frame = Frame {
                    close: "</tr></thead><tbody>\n",
                    direction: outer,
                    is_own_direction: false,
                    at,
                };
            }
            Tag::TableRow => {
                self.out.push_str("<tr>");
                frame = Frame {
                    close: "</tr>\n",
                    direction: outer,
                    is_own_direction: false,
                    at,
                };
            }
            Tag::Cell => {
                frame = Frame {
                    close: self.cell(at),
                    direction: outer,
                    is_own_direction: false,
                    at,
                }
            }
            Tag::Changed { inserted, .. } => {
                self.out.push_str(if *inserted { "<ins>" } else { "<del>" });
                frame = Frame {
                    close: if *inserted { "</ins>\n" } else { "</del>\n" },
                    direction: outer,
                    is_own_direction: false,
                    at,
                };
            }
            Tag::Footnote(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link(_)
            | Tag::Image(_) => {}
        }
        self.frames.push(frame);
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match &self.steps[frame.at].event {
            Event::Open(Tag::Heading(_)) => self.heading_tail(frame.at),
            Event::Open(Tag::Table(_)) => {
                self.tables.pop();
            }
            _ => {}
        }
        self.out.push_str(frame.close);
    }

    /// Writes the start of a block with its direction, and gives back its end.
    fn element(&mut self, name: &str, close: &'static str, frame: &Frame) -> &'static str {
        self.out.push('<');
        self.out.push_str(name);
        self.directed(frame);
        self.out.push('>');
        close
    }

    /// The direction of a block, where it is the outermost or differs; its language, where that is not the page's.
    fn directed(&mut self, frame: &Frame) {
        let is_block =
            |frame: &&Frame| !matches!(self.steps[frame.at].event, Event::Open(Tag::Changed { .. }));
        let outer = self
            .frames
            .iter()
            .rev()
            .find(is_block)
            .map(|outer| outer.direction);
        if outer == Some(frame.direction) {
            return;
        }
        self.out.push_str(match frame.direction {
            Direction::Ltr => " dir=\"ltr\"",
            Direction::Rtl => " dir=\"rtl\"",
        });
        let around = outer.unwrap_or(self.how.language.direction());
        if frame.direction != around {
            self.out.push_str(match frame.direction {
                Direction::Ltr => " lang=\"en\"",
                Direction::Rtl => " lang=\"he\"",
            });
        }
    }

    fn heading(&mut self, frame: &Frame) -> &'static str {
        const OPEN: [&str; 5] = ["<h2", "<h3", "<h4", "<h5", "<h6"];
        const CLOSE: [&str; 5] = ["</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];
        let Some(heading) = self.layout.heading_at(frame.at) else {
            return self.element("p", "</p>\n", frame);
        };
        let level = usize::from(heading.level.clamp(2, 6)) - 2;
        self.out.push_str(OPEN[level]);
        if self.how.target.has_anchors() {
            self.attribute("id", &heading.id);
        }
        self.directed(frame);
        self.out.push('>');
        CLOSE[level]
    }

    fn heading_tail(&mut self, at: usize) {
        let Some((tail, heading)) = self.how.heading_tail.zip(self.layout.heading_at(at)) else {
            return;
        };
        let Some(link) = tail(heading) else { return };
        let Some(href) = url::safe(&link.href) else { return };
        self.out.push_str(" <a");
        self.attribute("class", link.class);
        self.attribute("href", &href);
        self.attribute("aria-label", &link.label);
        self.out.push('>');
        escape::text(&mut self.out, &link.text);
        self.out.push_str("</a>");
    }

    fn note(&mut self, note: &Note<'_>, frame: &Frame) -> &'static str {
        let words = self.how.words;
        let (class, own, label) = match note {
            Note::Callout(Callout::Note) => ("note", &words.note, ""),
            Note::Callout(Callout::Tip) => ("note tip", &words.tip, ""),
            Note::Callout(Callout::Important) => ("note important", &words.important, ""),
            Note::Callout(Callout::Warning) => ("note warning", &words.warning, ""),
            Note::Callout(Callout::Caution) => ("note caution", &words.caution, ""),
            Note::Internal(label) => ("note internal", &words.internal, *label),
            Note::Straight(label) => ("note straight", &words.straight, *label),
            Note::Never(label) => ("note never", &words.never, *label),
            Note::Plain(label) => {
                self.out.push_str("<div class=\"note\"");
                self.directed(frame);
                self.out.push('>');
                return self.note_label(label);
            }
        };
        self.out.push_str("<div");
        self.attribute("class", class);
        self.directed(frame);
        self.out.push('>');
        self.note_label(if label.is_empty() { own } else { label })
    }

    fn note_label(&mut self, label: &str) -> &'static str {
        if !label.is_empty() {
            self.out.push_str("<b>");
            escape::text(&mut self.out, label);
            self.out.push_str("</b>");
        }
        "</div>\n"
    }

    fn list(&mut self, start: Option<u64>, frame: &Frame) -> &'static str {
        let Some(start) = start else {
            return self.element("ul", "</ul>\n", frame);
        };
        self.out.push_str("<ol");
        if start != 1 {
            self.attribute("start", &start.to_string());
        }
        self.directed(frame);
        self.out.push('>');
        "</ol>\n"
    }

    fn table(&mut self, alignments: &[Alignment], frame: &Frame) -> &'static str {
        let words = self.how.words;
        self.out
            .push_str("<div class=\"tw\" tabindex=\"0\" role=\"group\"");
        self.attribute("aria-label", &words.table);
        self.out.push_str("><table");
        self.directed(frame);
        self.out.push('>');
        self.tables
            .push(table::Columns::of(self.steps, frame.at, alignments));
        "</tbody></table></div>\n"
    }

    /// Writes the start of a cell: a heading of its column or row, a number, or neither.
    fn cell(&mut self, at: usize) -> &'static str {
        let text = plain(&self.steps[at + 1..close_of(self.steps, at)]);
        let row = self.frames.last().map(|frame| frame.at);
        let is_head = row.is_some_and(|row| self.steps[row].event == Event::Open(Tag::TableHead));
        let Some(columns) = self.tables.last_mut() else {
            return "";
        };
        let (column, center, is_row_head) = columns.next(row);
        let kind = match (is_head, &text) {
            (true, text) if !text.is_empty() => "<th scope=\"col\"",
            (false, _) if column == 0 && is_row_head => "<th scope=\"row\"",
            _ => "<td",
        };
        self.out.push_str(kind);
        if !is_head && table::is_number(&text) {
            self.out.push_str(" class=\"num\"");
        } else if center {
            self.out.push_str(" class=\"center\"");
        }
        self.out.push('>');
        if kind == "<td" { "</td>" } else { "</th>" }
    }

    /// Writes ` name="value"`.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::attribute(&mut self.out, value);
        self.out.push('"');
    }

    /// Whether one more element among words is worth writing.
    pub(super) fn may_nest(depth: usize) -> bool {
        depth < INLINE_DEPTH_MAX
    }
}
