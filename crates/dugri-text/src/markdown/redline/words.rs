//! Words with the marks around them, taken apart to be compared and put together again.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::fingerprint;
use crate::diff::{Change, hash, tokens};
use crate::markdown::layout::close_of;
use crate::markdown::parse::{Event, Step, Tag};

/// Writes words with their marks, and what happened to them around the marks.
pub(super) struct Line<'o, 's> {
    out: &'o mut Vec<Step<'s>>,
    /// The marks that are open: the step that opens each, and on which side.
    open: Vec<(usize, bool)>,
    change: Change,
}

impl<'o, 's> Line<'o, 's> {
    pub(super) fn new(out: &'o mut Vec<Step<'s>>) -> Line<'o, 's> {
        Line {
            out,
            open: Vec::new(),
            change: Change::Equal,
        }
    }

    /// Goes over to words with another fate; `has_gap` tells whether the words before end with white space.
    pub(super) fn turn(&mut self, change: Change, has_gap: bool) {
        if change == self.change {
            return;
        }
        self.close_to(0);
        if self.change != Change::Equal {
            self.push(Event::Close);
        }
        if (self.change, change, has_gap) == (Change::Deleted, Change::Inserted, false) {
            self.push(Event::Text(" ".into()));
        }
        if change != Change::Equal {
            self.push(Event::Open(Tag::Changed {
                inserted: change == Change::Inserted,
                block: false,
            }));
        }
        self.change = change;
    }

    /// Writes a token of one side.
    pub(super) fn token(&mut self, side: &'s [Step<'s>], token: &Token<'s>, is_old: bool) {
        let common = self
            .open
            .iter()
            .zip(&token.path)
            .take_while(|(open, at)| **open == (**at, is_old))
            .count();
        self.close_to(common);
        for at in &token.path[common..] {
            self.out.push(side[*at].clone());
            self.open.push((*at, is_old));
        }
        match (token.text, self.out.last_mut()) {
            (
                Some(text),
                Some(Step {
                    event: Event::Text(before),
                    ..
                }),
            ) => before.to_mut().push_str(text),
            (Some(text), _) => self.push(Event::Text(text.into())),
            (None, _) => self.out.extend_from_slice(&side[token.steps.clone()]),
        }
    }

    /// Closes marks until so many are open.
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.open.pop();
            self.push(Event::Close);
        }
    }

    fn push(&mut self, event: Event<'s>) {
        let range = self.out.last().map_or(0..0, |step| step.range.clone());
        self.out.push(Step { event, range });
    }
}

/// A word with the marks around it, or something that is no text.
pub(super) struct Token<'s> {
    key: u64,
    pub(super) text: Option<&'s str>,
    steps: Range<usize>,
    /// The steps that open the marks around it.
    path: Vec<usize>,
}

impl Token<'_> {
    /// Whether it is white space.
    pub(super) fn is_gap(&self) -> bool {
        self.text.is_some_and(|text| text.trim().is_empty())
    }
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Token<'_> {}

impl Hash for Token<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// The words between two steps.
pub(super) fn tokens_of<'s>(steps: &'s [Step<'s>], range: Range<usize>) -> Vec<Token<'s>> {
    let mut found = Vec::new();
    let mut path: Vec<usize> = Vec::new();
    let mut marks: Vec<u64> = vec![0];
    let mut at = range.start;
    while at < range.end {
        let around = marks.last().copied().unwrap_or(0);
        let atom = |end: usize, path: &[usize]| {
            let key = hash((fingerprint(&steps[at..end]), around));
            Token {
                key,
                text: None,
                steps: at..end,
                path: path.to_vec(),
            }
        };
        match &steps[at].event {
            Event::Text(text) => found.extend(tokens(text).map(|text| {
                let key = if text.trim().is_empty() {
                    hash((" ", around))
                } else {
                    hash((text, around))
                };
                Token {
                    key,
                    text: Some(text),
                    steps: at..at + 1,
                    path: path.clone(),
                }
            })),
            Event::Open(Tag::Image(_)) => {
                let end = close_of(steps, at) + 1;
                found.push(atom(end, &path));
                at = end;
                continue;
            }
            Event::Open(_) => {
                marks.push(hash((fingerprint(&steps[at..at + 1]), around)));
                path.push(at);
            }
            Event::Close => {
                marks.pop();
                path.pop();
            }
            _ => found.push(atom(at + 1, &path)),
        }
        at += 1;
    }
    found
}
