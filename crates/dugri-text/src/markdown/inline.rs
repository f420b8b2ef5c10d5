//! Steps into HTML: the words of a block.
//!
//! The words of a block are looked at as one text, whatever marks stand between them: `**Vectra** V8` is one run from
//! left to right in a Hebrew sentence, and must be isolated as one.

use super::layout::{close_of, plain};
use super::parse::{Event, Step, Tag};
use super::references::Place;
use super::write::Writer;
use super::{Fallback, escape, url};
use crate::direction::{self, Direction, Isolate};

/// Stands in the joined text for what is not text: code, a reference, an image.
const ATOM: char = '\u{fffc}';

/// The words that are being written.
struct Line {
    /// For each step, where it begins and ends in the joined text.
    spans: Vec<(usize, usize)>,
    isolates: Vec<Isolate>,
    /// The next isolate to open.
    next: usize,
    /// The open isolate: where it ends, and how deep in marks it was opened.
    open: Option<(usize, usize)>,
    base: Direction,
    /// What is open among the words: its end.
    marks: Vec<&'static str>,
    links: usize,
}

impl<'w> Writer<'w> {
    /// Writes the words that begin at step `at`. Gives back the first step that is none of them.
    pub(super) fn words(
        &mut self,
        at: usize,
        end: usize,
        base: Direction,
        own: bool,
    ) -> Result<usize, Fallback> {
        let end = end_of_words(self.steps, at, end);
        let (text, spans) = joined(&self.steps[at..end]);
        let dominant = if own {
            None
        } else {
            direction::dominant(&text).filter(|d| *d != base)
        };
        if let Some(direction) = dominant {
            self.out.push_str(bdi(direction));
        }
        let base = dominant.unwrap_or(base);
        let isolates = direction::isolates(&text, base);
        let mut line = Line {
            spans,
            isolates,
            next: 0,
            open: None,
            base,
            marks: Vec::new(),
            links: 0,
        };
        let mut step = at;
        while step < end {
            self.limits.step(self.out.len())?;
            let span = line.spans[step - at];
            step = self.word(step, span, &mut line)?;
        }
        self.close_isolate(&mut line);
        while let Some(mark) = line.marks.pop() {
            self.out.push_str(mark);
        }
        if dominant.is_some() {
            self.out.push_str("</bdi>");
        }
        Ok(end)
    }

    fn word(&mut self, at: usize, span: (usize, usize), line: &mut Line) -> Result<usize, Fallback> {
        let steps = self.steps;
        match &steps[at].event {
            Event::Text(text) => self.isolated(text, span.0, line),
            Event::Open(Tag::Image(image)) => {
                let close = close_of(steps, at);
                self.image(&image.href, &image.title, &plain(&steps[at + 1..close]));
                return Ok(close + 1);
            }
            Event::Open(tag) => self.open_mark(tag, span, line),
            Event::Close => self.close_mark(span.1, line),
            Event::Code(code) => self.code(code),
            Event::Reference(reference) => {
                self.reference(
                    reference,
                    Place {
                        base: line.base,
                        in_link: line.links > 0,
                    },
                );
            }
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Task(done) => self.task(*done),
            Event::Rule => {}
        }
        Ok(at + 1)
    }

    /// Writes text that begins at `start` of the joined text, opening and closing isolates on the way.
    fn isolated(&mut self, text: &str, start: usize, line: &mut Line) {
        let end = start + text.len();
        let mut at = start;
        while at < end {
            let stop = match line.open {
                Some((close, _)) => close.min(end),
                None => match line.upcoming(at) {
                    Some(isolate) if isolate.range.start <= at => {
                        self.open_isolate(line);
                        continue;
                    }
                    Some(isolate) => isolate.range.start.min(end),
                    None => end,
                },
            };
            escape::text(&mut self.out, &text[at - start..stop - start]);
            at = stop;
            if line
                .open
                .is_some_and(|(close, depth)| close <= at && depth == line.marks.len())
            {
                self.close_isolate(line);
            } else if line.open.is_some_and(|(close, _)| close <= at) {
                break;
            }
        }
        if at < end {
            escape::text(&mut self.out, &text[at - start..]);
        }
    }

    fn open_isolate(&mut self, line: &mut Line) {
        let isolate = &line.isolates[line.next];
        self.out.push_str(bdi(isolate.direction));
        line.open = Some((isolate.range.end, line.marks.len()));
    }

    fn close_isolate(&mut self, line: &mut Line) {
        if line.open.take().is_some() {
            self.out.push_str("</bdi>");
        }
    }

    fn open_mark(&mut self, tag: &Tag<'w>, span: (usize, usize), line: &mut Line) {
        // An isolate must hold an element whole, or end before it and go on inside.
        match line.open {
            Some((close, _)) if close < span.1 => self.close_isolate(line),
            Some(_) => {}
            None => {
                let covers = line
                    .upcoming(span.0)
                    .is_some_and(|i| i.range.start <= span.0 && i.range.end >= span.1);
                if covers && span.0 < span.1 {
                    self.open_isolate(line);
                }
            }
        }
        let close = match tag {
            _ if !Self::may_nest(line.marks.len()) => "",
            Tag::Emphasis => self.mark("<em>", "</em>"),
            Tag::Strong => self.mark("<strong>", "</strong>"),
            Tag::Strikethrough => self.mark("<s>", "</s>"),
            Tag::Changed { inserted: true, .. } => self.mark("<ins>", "</ins>"),
            Tag::Changed { inserted: false, .. } => self.mark("<del>", "</del>"),
            Tag::Link(link) if line.links == 0 => self.link(&link.href, &link.title),
            _ => "",
        };
        line.links += usize::from(close == "</a>");
        line.marks.push(close);
    }

    fn close_mark(&mut self, at: usize, line: &mut Line) {
        if line.open.is_some_and(|(_, depth)| depth >= line.marks.len()) {
            self.close_isolate(line);
        }
        let close = line.marks.pop().unwrap_or("");
        line.links -= usize::from(close == "</a>");
        self.out.push_str(close);
        if line
            .open
            .is_some_and(|(end, depth)| end <= at && depth == line.marks.len())
        {
            self.close_isolate(line);
        }
    }

    /// Writes the start of an element and gives back its end.
    pub(super) fn mark(&mut self, open: &str, close: &'static str) -> &'static str {
        self.out.push_str(open);
        close
    }

    fn link(&mut self, href: &str, title: &str) -> &'static str {
        let Some(href) = url::safe(href) else { return "" };
        self.out.push_str("<a");
        self.attribute("href", &href);
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out.push('>');
        "</a>"
    }

    /// Only pictures of our own are shown: one from elsewhere would tell its owner who reads what. It becomes a link.
    fn image(&mut self, href: &str, title: &str, alt: &str) {
        match url::safe(href) {
            Some(href) if href.starts_with('/') => {
                self.out.push_str("<img");
                self.attribute("src", &href);
                self.attribute("alt", alt);
                if !title.is_empty() {
                    self.attribute("title", title);
                }
                self.out.push_str(" loading=\"lazy\">");
            }
            _ => {
                let close = self.link(href, title);
                escape::text(&mut self.out, if alt.is_empty() { href } else { alt });
                self.out.push_str(close);
            }
        }
    }

    fn code(&mut self, code: &str) {
        let direction = direction::dominant(code).unwrap_or(Direction::Ltr);
        self.out.push_str("<code");
        self.attribute("dir", direction.as_str());
        self.out.push('>');
        escape::text(&mut self.out, code);
        self.out.push_str("</code>");
    }

    fn task(&mut self, done: bool) {
        let words = self.how.words;
        self.out.push_str("<span class=\"box\" role=\"img\"");
        self.attribute("aria-label", if done { &words.done } else { &words.open });
        self.out.push_str(if done { ">☑</span> " } else { ">☐</span> " });
    }
}

impl Line {
    /// The isolate that is next at a place of the joined text, or goes on there.
    fn upcoming(&mut self, at: usize) -> Option<&Isolate> {
        while self
            .isolates
            .get(self.next)
            .is_some_and(|isolate| isolate.range.end <= at)
        {
            self.next += 1;
        }
        self.isolates.get(self.next)
    }
}

/// The start of an isolated run.
pub(super) fn bdi(direction: Direction) -> &'static str {
    match direction {
        Direction::Ltr => "<bdi dir=\"ltr\">",
        Direction::Rtl => "<bdi dir=\"rtl\">",
    }
}

/// Where the words that begin at `at` end: at the next step that opens or closes a block.
fn end_of_words(steps: &[Step<'_>], at: usize, end: usize) -> usize {
    let mut depth = 0_usize;
    for (n, step) in steps.iter().enumerate().take(end).skip(at) {
        match &step.event {
            Event::Open(tag) if tag.is_inline() => depth += 1,
            Event::Open(_) | Event::Rule => return n,
            Event::Close if depth == 0 => return n,
            Event::Close => depth -= 1,
            _ => {}
        }
    }
    end
}

/// The words as one text, and where each step stands in it.
fn joined(steps: &[Step<'_>]) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut spans = vec![(0, 0); steps.len()];
    let mut open = Vec::new();
    let mut image: Option<usize> = None;
    for (n, step) in steps.iter().enumerate() {
        let start = text.len();
        spans[n] = (start, start);
        match &step.event {
            Event::Open(tag) => {
                open.push(n);
                if matches!(tag, Tag::Image(_)) && image.is_none() {
                    image = Some(open.len());
                    text.push(ATOM);
                }
            }
            Event::Close => {
                if image == Some(open.len()) {
                    image = None;
                }
                if let Some(opened) = open.pop() {
                    spans[opened].1 = start;
                }
            }
            _ if image.is_some() => {}
            Event::Text(piece) => text.push_str(piece),
            Event::HardBreak => text.push('\n'),
            _ => text.push(ATOM),
        }
        if !matches!(step.event, Event::Open(_)) {
            spans[n].1 = text.len();
        }
    }
    (text, spans)
}
