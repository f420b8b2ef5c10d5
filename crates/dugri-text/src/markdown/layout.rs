//! What must be known of a text before its first tag is written: directions, headings, the order of footnotes.

use std::collections::HashMap;
use std::ops::Range;

use super::limits::Limits;
use super::parse::{Event, Step, Tag};
use super::{Fallback, Heading};
use crate::direction::{Direction, Tally};
use crate::links;

/// A text, looked over.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// For each step that opens a block: the direction of its dominant script, if it has letters.
    pub directions: Vec<Option<Direction>>,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The step that opens each of them.
    heading_steps: Vec<usize>,
    /// The number of each footnote that is defined, by its label.
    pub footnotes: HashMap<String, usize>,
    /// The steps inside each footnote, by number.
    pub footnote_bodies: Vec<Range<usize>>,
}

impl Layout {
    /// Looks a text over, as long as there is time.
    pub(super) fn of(steps: &[Step<'_>], limits: &mut Limits) -> Result<Layout, Fallback> {
        let mut layout = Layout {
            directions: vec![None; steps.len()],
            ..Layout::default()
        };
        layout.read_directions(steps);
        layout.read_headings(steps, limits)?;
        layout.read_footnotes(steps);
        Ok(layout)
    }

    /// The heading that is opened at a step.
    pub(super) fn heading_at(&self, step: usize) -> Option<&Heading> {
        self.heading_steps
            .binary_search(&step)
            .ok()
            .and_then(|n| self.headings.get(n))
    }

    fn read_directions(&mut self, steps: &[Step<'_>]) {
        // What is open: the step of a block, or `None` for what stands among words.
        let mut open: Vec<(Option<usize>, Tally)> = vec![(None, Tally::default())];
        for (at, step) in steps.iter().enumerate() {
            match &step.event {
                Event::Open(tag) => {
                    open.push(((!tag.is_inline()).then_some(at), Tally::default()));
                }
                Event::Close => {
                    let Some((block, tally)) = open.pop() else {
                        continue;
                    };
                    if let Some(block) = block {
                        self.directions[block] = tally.decide();
                    }
                    let is_code =
                        block.is_some_and(|block| steps[block].event == Event::Open(Tag::CodeBlock));
                    if let Some((_, outer)) = open.last_mut().filter(|_| !is_code) {
                        outer.merge(tally);
                    }
                }
                Event::Text(text) => {
                    if let Some((_, tally)) = open.last_mut() {
                        tally.add(text);
                    }
                }
                Event::Reference(reference) => {
                    if let Some((_, tally)) = open.last_mut() {
                        tally.add(reference.label());
                    }
                }
                _ => {}
            }
        }
    }

    fn read_headings(&mut self, steps: &[Step<'_>], limits: &mut Limits) -> Result<(), Fallback> {
        let levels = steps.iter().filter_map(|step| match step.event {
            Event::Open(Tag::Heading(level)) => Some(level),
            _ => None,
        });
        // Level 1 is the title of the page: a text that uses it moves down by one.
        let shift = u8::from(levels.min() == Some(1));
        let mut ids = Ids::default();
        for (at, step) in steps.iter().enumerate() {
            let Event::Open(Tag::Heading(level)) = step.event else {
                continue;
            };
            limits.step(0)?;
            let text = plain(&steps[at + 1..close_of(steps, at)]);
            let level = (level + shift).min(6);
            self.heading_steps.push(at);
            self.headings.push(Heading {
                level,
                id: ids.unique(&text),
                text,
                range: step.range.clone(),
            });
        }
        Ok(())
    }

    fn read_footnotes(&mut self, steps: &[Step<'_>]) {
        let mut bodies: HashMap<&str, Range<usize>> = HashMap::new();
        for (at, step) in steps.iter().enumerate() {
            if let Event::Open(Tag::Footnote(label)) = &step.event {
                bodies.entry(label).or_insert(at + 1..close_of(steps, at));
            }
        }
        if bodies.is_empty() {
            return;
        }
        // Numbered in the order in which they are referred to; those that nobody refers to come last.
        let referred = steps.iter().filter_map(|step| match &step.event {
            Event::FootnoteReference(label) => Some(label.as_ref()),
            _ => None,
        });
        let defined = steps.iter().filter_map(|step| match &step.event {
            Event::Open(Tag::Footnote(label)) => Some(label.as_ref()),
            _ => None,
        });
        for label in referred.chain(defined) {
            if let Some(body) = bodies.remove(label) {
                self.footnote_bodies.push(body);
                self.footnotes
                    .insert(label.to_owned(), self.footnote_bodies.len());
            }
        }
    }
}

/// The step that closes what is opened at `at`.
pub(super) fn close_of(steps: &[Step<'_>], at: usize) -> usize {
    let mut depth = 0_usize;
    for (n, step) in steps.iter().enumerate().skip(at) {
        match step.event {
            Event::Open(_) => depth += 1,
            Event::Close if depth <= 1 => return n,
            Event::Close => depth -= 1,
            _ => {}
        }
    }
    steps.len()
}

/// The words of some steps, without marks.
pub(super) fn plain(steps: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in steps {
        match &step.event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::Reference(reference) => text.push_str(reference.label()),
            Event::HardBreak => text.push('\n'),
            Event::Open(tag) if !tag.is_inline() && !text.is_empty() => text.push('\n'),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The id of the first heading of that text: what `[[page#section]]` points at.
pub fn heading_id(text: &str) -> String {
    format!("h-{}", links::slug(text))
}

/// Ids in use on one page.
#[derive(Default)]
struct Ids(HashMap<String, usize>);

impl Ids {
    fn unique(&mut self, text: &str) -> String {
        let id = heading_id(text);
        let mut count = self.0.get(&id).copied().unwrap_or(0);
        let unique = loop {
            count += 1;
            let candidate = if count == 1 {
                id.clone()
            } else {
                format!("{id}-{count}")
            };
            if !self.0.contains_key(&candidate) {
                break candidate;
            }
        };
        self.0.insert(id, count);
        self.0.entry(unique.clone()).or_insert(1);
        unique
    }
}
