//! Steps into HTML: the words of a block.
//!
//! The words of a block are looked at as one text, whatever marks stand between them: `**Vectra** V8` is one run from
//! left to right in a Hebrew sentence, and must be isolated as one.

use super::layout::{close_of, heading_id, plain};
use super::parse::{Event, Step, Tag};
use super::write::Writer;
use super::{Audience, Fallback, Resolved, escape, url};
use crate::direction::{self, Direction, Isolate};
use crate::links::{Reference, ReferenceKind};

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
            Event::Open(Tag::Image { href, title }) => {
                let close = close_of(steps, at);
                self.image(href, title, &plain(&steps[at + 1..close]));
                return Ok(close + 1);
            }
            Event::Open(tag) => self.open_mark(tag, span, line),
            Event::Close => self.close_mark(span.1, line),
            Event::Code(code) => self.code(code),
            Event::Reference(reference) => self.reference(reference, line),
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
            Tag::Link { href, title } if line.links == 0 => self.link(href, title),
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

    fn mark(&mut self, open: &str, close: &'static str) -> &'static str {
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

    fn footnote_reference(&mut self, label: &str) {
        let Some(number) = self.layout.footnotes.get(label).copied() else {
            return;
        };
        self.footnote_uses[number - 1] += 1;
        self.out.push_str("<sup>");
        if self.how.target.has_anchors() {
            let id = match self.footnote_uses[number - 1] {
                1 => format!("fnref-{number}"),
                n => format!("fnref-{number}-{n}"),
            };
            self.out.push_str("<a");
            self.attribute("id", &id);
            self.attribute("href", &format!("#fn-{number}"));
            self.out.push('>');
        }
        self.out.push_str(&number.to_string());
        self.out.push_str(if self.how.target.has_anchors() {
            "</a></sup>"
        } else {
            "</sup>"
        });
    }

    fn reference(&mut self, reference: &Reference, line: &Line) {
        if reference.kind == ReferenceKind::Intel {
            return self.cite(reference, line);
        }
        if reference.target.is_empty() {
            return self.own_section(reference, line);
        }
        let resolved = (self.how.resolve)(reference);
        let class = match (&resolved, reference.kind) {
            (Resolved::Wanted { .. }, _) => Some("wanted"),
            (Resolved::Gone | Resolved::Hidden, ReferenceKind::Fact) => Some("fact gone"),
            (Resolved::Gone | Resolved::Hidden, _) => Some("gone"),
            (_, ReferenceKind::Embed) => Some("embed"),
            (_, ReferenceKind::Fact) => Some("fact"),
            _ => None,
        };
        let (href, text) = match &resolved {
            Resolved::Link { href, title } => (Some(with_section(href, reference)), shown(reference, title)),
            Resolved::Wanted { href } => (Some(href.clone()), reference.label().to_owned()),
            Resolved::Gone | Resolved::Hidden => (None, reference.label().to_owned()),
        };
        let title = matches!(resolved, Resolved::Wanted { .. }).then_some(self.how.words.wanted.as_str());
        self.anchor(href.as_deref(), class, title, line, |writer, base| {
            writer.in_direction(&text, base)
        });
    }

    /// A cited report. It never leaves the house.
    fn cite(&mut self, reference: &Reference, line: &Line) {
        if self.how.audience != Audience::Internal {
            return;
        }
        let resolved = (self.how.resolve)(reference);
        let href = match &resolved {
            Resolved::Link { href, .. } | Resolved::Wanted { href } => Some(href.as_str()),
            Resolved::Gone | Resolved::Hidden => None,
        };
        let words = self.how.words;
        self.anchor(href, Some("cite"), None, line, |writer, _| {
            escape::text(&mut writer.out, &words.intel);
            writer.out.push_str(" <bdi>#");
            escape::text(&mut writer.out, &reference.target);
            writer.out.push_str("</bdi>");
        });
    }

    /// `[[#section]]`: a place on this page.
    fn own_section(&mut self, reference: &Reference, line: &Line) {
        let href = self.how.target.has_anchors().then(|| with_section("", reference));
        let text = reference.label().to_owned();
        self.anchor(href.as_deref(), None, None, line, |writer, base| {
            writer.in_direction(&text, base)
        });
    }

    /// Writes `<a>` with an address that may be linked, else `<span>` with the class, else the content alone.
    fn anchor(
        &mut self,
        href: Option<&str>,
        class: Option<&str>,
        title: Option<&str>,
        line: &Line,
        content: impl FnOnce(&mut Self, Direction),
    ) {
        let href = href.and_then(url::safe).filter(|_| line.links == 0);
        let close = match (&href, class) {
            (Some(_), _) => self.mark("<a", "</a>"),
            (None, Some(_)) => self.mark("<span", "</span>"),
            (None, None) => "",
        };
        if let Some(class) = class {
            self.attribute("class", class);
        }
        if let Some(href) = &href {
            self.attribute("href", href);
            if let Some(title) = title {
                self.attribute("title", title);
            }
        }
        if !close.is_empty() {
            self.out.push('>');
        }
        content(self, line.base);
        self.out.push_str(close);
    }

    /// Writes a text that comes from elsewhere, isolated where it runs the other way.
    fn in_direction(&mut self, text: &str, base: Direction) {
        let other = direction::dominant(text).filter(|direction| *direction != base);
        if let Some(direction) = other {
            self.out.push_str(bdi(direction));
        }
        let inner = other.unwrap_or(base);
        let mut at = 0;
        for isolate in direction::isolates(text, inner) {
            escape::text(&mut self.out, &text[at..isolate.range.start]);
            self.out.push_str(bdi(isolate.direction));
            escape::text(&mut self.out, &text[isolate.range.clone()]);
            self.out.push_str("</bdi>");
            at = isolate.range.end;
        }
        escape::text(&mut self.out, &text[at..]);
        if other.is_some() {
            self.out.push_str("</bdi>");
        }
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

fn bdi(direction: Direction) -> &'static str {
    match direction {
        Direction::Ltr => "<bdi dir=\"ltr\">",
        Direction::Rtl => "<bdi dir=\"rtl\">",
    }
}

/// The address of a page with the place on it.
fn with_section(href: &str, reference: &Reference) -> String {
    match &reference.section {
        Some(section) if !href.contains('#') => format!("{href}#{}", heading_id(section)),
        _ => href.to_owned(),
    }
}

/// What a reference shows: the writer's own words, else the present title.
fn shown(reference: &Reference, title: &str) -> String {
    match (&reference.text, &reference.section) {
        (Some(text), _) if reference.kind != ReferenceKind::Fact => text.clone(),
        (None, Some(section)) => format!("{title} › {section}"),
        _ => title.to_owned(),
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
                if matches!(tag, Tag::Image { .. }) && image.is_none() {
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
