//! Two texts as one, with `<ins>` and `<del>`, as a reader would mark it up.
//!
//! The two lists of steps are merged into one (blocks by likeness, then items, rows and cells, then words), in which
//! [`Tag::Changed`] marks what differs; the writer that writes pages writes it. So a redline is as safe as a page.

mod words;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use self::words::{Line, Token, tokens_of};
use super::layout::{Layout, close_of, plain};
use super::limits::Limits;
use super::mask::Masked;
use super::parse::{self, Event, Step, Tag};
use super::write::Writer;
use super::{Fallback, RenderFor, Target, fallback, leave_out_internal};
use crate::diff::{
    Aligned, Change, Clock, Counts, Looks, Options, Redline, RedlinePart, Sides, align, pieces,
};

/// Compares two sources and renders the comparison.
pub(crate) fn redline(before: &str, after: &str, how: &RenderFor<'_>, options: Options) -> Redline {
    let how = RenderFor {
        target: Target::Redline,
        heading_tail: None,
        ..*how
    };
    let result = catch_unwind(AssertUnwindSafe(|| within_caps(before, after, &how, options)));
    result
        .unwrap_or(Err(Fallback::Failed))
        .unwrap_or_else(|why| fallback::redline(before, after, &how, options, why))
}

fn within_caps(
    before: &str,
    after: &str,
    how: &RenderFor<'_>,
    options: Options,
) -> Result<Redline, Fallback> {
    let mut limits = Limits::start(before)?;
    let mut old_masked = Masked::new(before);
    leave_out_internal(&mut old_masked, how.audience, &mut limits)?;
    let old = parse::parse(&old_masked, &mut limits)?;

    let mut limits = Limits::start_beside(after, before.len())?;
    let mut new_masked = Masked::new(after);
    leave_out_internal(&mut new_masked, how.audience, &mut limits)?;
    let new = parse::parse(&new_masked, &mut limits)?;

    let clock = Clock::start(options.deadline);
    let mut merged = Merger {
        old: &old.steps,
        new: &new.steps,
        out: Vec::new(),
        words: Counts::default(),
        clock,
    };
    let sections = merged.top();
    let Merger {
        out: steps,
        words,
        clock,
        ..
    } = merged;
    let layout = Layout::of(&steps, &mut limits)?;
    let writer = Writer::new(&steps, &layout, how, &mut limits);
    let parts = parts(writer, &steps, &sections, options.context)?;
    let changes = parts
        .iter()
        .filter(|part| matches!(part, RedlinePart::Changed { .. }))
        .count();
    Ok(Redline {
        parts,
        words,
        changes,
        exact: clock.exact,
        fallback: None,
    })
}

/// A top-level block of the merged text: its steps, and whether it differs.
struct Section {
    steps: Range<usize>,
    is_changed: bool,
}

/// Cuts the merged text into what is shown and what is folded, and writes it.
fn parts(
    mut writer: Writer<'_>,
    steps: &[Step<'_>],
    sections: &[Section],
    context: usize,
) -> Result<Vec<RedlinePart>, Fallback> {
    let heading =
        |section: &Section| matches!(steps[section.steps.start].event, Event::Open(Tag::Heading(_)));
    let shown = shown(sections, context, heading);
    let mut parts = Vec::new();
    let mut at = 0;
    while at < sections.len() {
        let class = |n: usize| (sections[n].is_changed, shown[n]);
        let end = (at..sections.len())
            .find(|n| class(*n) != class(at))
            .unwrap_or(sections.len());
        writer.blocks(sections[at].steps.start, sections[end - 1].steps.end)?;
        let html = std::mem::take(&mut writer.out);
        let group = &sections[at..end];
        parts.push(match class(at) {
            (true, _) => RedlinePart::Changed { html },
            (false, true) => RedlinePart::Same { html },
            (false, false) => {
                let sections = group.iter().filter(|section| heading(section)).count().max(1);
                RedlinePart::Folded {
                    html,
                    sections,
                    blocks: group.len(),
                }
            }
        });
        at = end;
    }
    writer.footnotes()?;
    if !writer.out.is_empty() {
        parts.push(RedlinePart::Same { html: writer.out });
    }
    Ok(parts)
}

/// Which blocks are shown: those near a change, and the heading above each of them. A single block is not folded.
fn shown(sections: &[Section], context: usize, heading: impl Fn(&Section) -> bool) -> Vec<bool> {
    let mut shown = vec![false; sections.len()];
    for at in (0..sections.len()).filter(|at| sections[*at].is_changed) {
        let near = at.saturating_sub(context)..sections.len().min(at + context + 1);
        shown[near].fill(true);
    }
    let mut above = None;
    for at in 0..sections.len() {
        if heading(&sections[at]) {
            above = Some(at);
        }
        if let Some(above) = above.filter(|_| shown[at]) {
            shown[above] = true;
        }
    }
    for at in 0..shown.len() {
        let alone = (at == 0 || shown[at - 1]) && shown.get(at + 1).copied().unwrap_or(true);
        shown[at] |= alone;
    }
    shown
}

/// Merges two lists of steps.
struct Merger<'s> {
    old: &'s [Step<'s>],
    new: &'s [Step<'s>],
    out: Vec<Step<'s>>,
    words: Counts,
    clock: Clock,
}

impl<'s> Merger<'s> {
    fn top(&mut self) -> Vec<Section> {
        let (old, new) = (
            split(self.old, 0..self.old.len()),
            split(self.new, 0..self.new.len()),
        );
        let mut sections = Vec::new();
        for aligned in self.align(&old, &new) {
            let start = self.out.len();
            let is_changed = !matches!(aligned, Aligned::Same(..));
            self.one(aligned, &old, &new);
            sections.push(Section {
                steps: start..self.out.len(),
                is_changed,
            });
        }
        sections
    }

    fn align(&mut self, old: &[Range<usize>], new: &[Range<usize>]) -> Vec<Aligned> {
        let (old_steps, new_steps) = (self.old, self.new);
        let sides = Sides {
            old: &old
                .iter()
                .map(|range| fingerprint(&old_steps[range.clone()]))
                .collect::<Vec<_>>(),
            new: &new
                .iter()
                .map(|range| fingerprint(&new_steps[range.clone()]))
                .collect::<Vec<_>>(),
            look_old: &|n| looks(&old_steps[old[n].clone()]),
            look_new: &|n| looks(&new_steps[new[n].clone()]),
        };
        align(&sides, &mut self.clock)
    }

    fn children(&mut self, old: Range<usize>, new: Range<usize>) {
        let (old, new) = (split(self.old, old), split(self.new, new));
        for aligned in self.align(&old, &new) {
            self.one(aligned, &old, &new);
        }
    }

    fn one(&mut self, aligned: Aligned, old: &[Range<usize>], new: &[Range<usize>]) {
        match aligned {
            Aligned::Same(_, n) => self.out.extend_from_slice(&self.new[new[n].clone()]),
            Aligned::Deleted(o) => self.whole(self.old, old[o].clone(), false),
            Aligned::Inserted(n) => self.whole(self.new, new[n].clone(), true),
            Aligned::Changed(o, n) => self.changed(old[o].clone(), new[n].clone()),
        }
    }

    /// A block, an item, a row … that became another.
    fn changed(&mut self, old: Range<usize>, new: Range<usize>) {
        let (first_old, first_new) = (&self.old[old.start], &self.new[new.start]);
        let inner = |range: &Range<usize>| range.start + 1..range.end - 1;
        match (&first_old.event, &first_new.event) {
            (Event::Open(a), Event::Open(b)) if !a.is_inline() && !b.is_inline() && is_same_shape(a, b) => {
                let body = match b {
                    Tag::Paragraph | Tag::Heading(_) | Tag::Cell | Tag::CodeBlock => Merger::inline,
                    Tag::TableHead | Tag::TableRow if self.has_as_many(&old, &new) => Merger::cells,
                    Tag::TableHead | Tag::TableRow => return self.replaced(old, new),
                    _ => Merger::children,
                };
                self.out.push(first_new.clone());
                body(self, inner(&old), inner(&new));
                self.close(first_new.range.clone());
            }
            (Event::Open(a), Event::Open(b)) if a.is_inline() && b.is_inline() => self.inline(old, new),
            (Event::Open(a), _) if !a.is_inline() => self.replaced(old, new),
            (_, Event::Open(b)) if !b.is_inline() => self.replaced(old, new),
            _ => self.inline(old, new),
        }
    }

    fn replaced(&mut self, old: Range<usize>, new: Range<usize>) {
        self.whole(self.old, old, false);
        self.whole(self.new, new, true);
    }

    fn has_as_many(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        let cells = |steps: &[Step<'_>]| {
            steps
                .iter()
                .filter(|step| step.event == Event::Open(Tag::Cell))
                .count()
        };
        cells(&self.old[old.clone()]) == cells(&self.new[new.clone()])
    }

    /// The cells of a row, each with the one above it in the old row.
    fn cells(&mut self, old: Range<usize>, new: Range<usize>) {
        let (old, new) = (split(self.old, old), split(self.new, new));
        for (old, new) in old.into_iter().zip(new) {
            if fingerprint(&self.old[old.clone()]) == fingerprint(&self.new[new.clone()]) {
                self.out.extend_from_slice(&self.new[new]);
            } else {
                self.changed(old, new);
            }
        }
    }

    /// Something that is on one side only. Items, rows and cells hold the mark, the others are held by it.
    fn whole(&mut self, side: &'s [Step<'s>], range: Range<usize>, inserted: bool) {
        let steps = &side[range.clone()];
        let mark = |block| Tag::Changed { inserted, block };
        let Some(first) = steps.first() else { return };
        match &first.event {
            Event::Open(Tag::TableHead | Tag::TableRow) => {
                self.out.push(first.clone());
                for cell in split(side, range.start + 1..range.end - 1) {
                    self.whole(side, cell, inserted);
                }
                return self.close(first.range.clone());
            }
            Event::Open(tag @ (Tag::Item | Tag::Footnote(_) | Tag::Cell)) => {
                let block = *tag != Tag::Cell;
                self.out.push(first.clone());
                self.marked(&steps[1..steps.len() - 1], mark(block));
                self.close(first.range.clone());
            }
            Event::Open(tag) if !tag.is_inline() => self.marked(steps, mark(true)),
            Event::Rule => self.marked(steps, mark(true)),
            _ => self.marked(steps, mark(false)),
        }
        let change = if inserted {
            Change::Inserted
        } else {
            Change::Deleted
        };
        self.words.add(change, &plain(steps));
    }

    fn marked(&mut self, steps: &'s [Step<'s>], mark: Tag<'s>) {
        let Some(range) = steps.first().map(|first| first.range.clone()) else {
            return;
        };
        self.out.push(Step {
            event: Event::Open(mark),
            range: range.clone(),
        });
        self.out.extend_from_slice(steps);
        self.close(range);
    }

    fn close(&mut self, range: Range<usize>) {
        self.out.push(Step {
            event: Event::Close,
            range,
        });
    }

    /// Words that became others.
    fn inline(&mut self, old: Range<usize>, new: Range<usize>) {
        // In code a space would be more code.
        let is_code = new.start > 0 && self.new[new.start - 1].event == Event::Open(Tag::CodeBlock);
        let (old, new) = (tokens_of(self.old, old), tokens_of(self.new, new));
        let pieces = pieces(&old, &new, &mut self.clock, |token| token.is_gap());
        let mut line = Line::new(&mut self.out);
        let mut ends_with_gap = true;
        for (change, old, new) in pieces {
            let (side, tokens) = if change == Change::Deleted {
                (self.old, old)
            } else {
                (self.new, new)
            };
            line.turn(change, ends_with_gap);
            for token in tokens {
                line.token(side, token, change == Change::Deleted);
                if let Some(text) = token.text {
                    self.words.add(change, text);
                }
            }
            ends_with_gap = is_code || tokens.last().is_none_or(Token::is_gap);
        }
        line.turn(Change::Equal, true);
        line.close_to(0);
    }
}

/// The blocks, items, rows or cells between two steps; words that stand bare between them count as one.
pub(super) fn split(steps: &[Step<'_>], range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let start = at;
        at = match &steps[at].event {
            Event::Open(tag) if !tag.is_inline() => close_of(steps, at) + 1,
            Event::Rule => at + 1,
            _ => {
                while at < range.end {
                    at = match &steps[at].event {
                        Event::Open(tag) if tag.is_inline() => close_of(steps, at) + 1,
                        Event::Open(_) | Event::Rule => break,
                        _ => at + 1,
                    };
                }
                at
            }
        };
        found.push(start..at);
    }
    found
}

pub(super) fn looks(steps: &[Step<'_>]) -> Looks {
    let looks = Looks::of(&plain(steps));
    match steps.first().map(|step| &step.event) {
        // A row is known by its first cell.
        Some(Event::Open(Tag::TableRow)) => looks.named(&plain(&steps[1..=close_of(steps, 1)])),
        _ => looks,
    }
}

/// What steps say, wherever they stand.
pub(super) fn fingerprint(steps: &[Step<'_>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for step in steps {
        match &step.event {
            Event::Text(text) | Event::Code(text) | Event::FootnoteReference(text) => text.hash(&mut hasher),
            Event::Reference(r) => (&r.kind, &r.target, &r.section, &r.text).hash(&mut hasher),
            Event::Open(tag) => format!("{tag:?}").hash(&mut hasher),
            Event::Task(done) => done.hash(&mut hasher),
            Event::Close | Event::HardBreak | Event::Rule => {}
        }
        std::mem::discriminant(&step.event).hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether one of these can turn into the other without being another thing.
fn is_same_shape(old: &Tag<'_>, new: &Tag<'_>) -> bool {
    match (old, new) {
        (Tag::List(a), Tag::List(b)) => a.is_some() == b.is_some(),
        (Tag::Table(a), Tag::Table(b)) => a.len() == b.len(),
        _ => old == new,
    }
}
