//! The piece of a text that shows best what was found.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::matcher::{Mark, Matcher};

/// A piece of a text with its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The piece; it begins or ends with `…` where the text goes on.
    pub text: String,
    /// The marked bytes of the piece, ascending.
    pub marks: Vec<Range<usize>>,
}

/// A further occurrence of a word that is in the piece already counts so much of the first.
const REPEATED: f32 = 0.1;

/// This share of the piece stands before the first mark.
const BEFORE_FIRST_MARK: f32 = 0.25;

const ELLIPSIS: &str = "…";

/// The piece of at most `max_chars` characters (besides the dots) that shows the most of the query; the beginning of
/// the text where it shows nothing.
pub fn snippet<S: AsRef<str>>(blocks: &[S], matcher: &Matcher, max_chars: usize) -> Snippet {
    let blocks: Vec<&str> = blocks
        .iter()
        .map(|b| b.as_ref().trim())
        .filter(|b| !b.is_empty())
        .collect();
    let text = blocks.join(" ").replace(['\n', '\r', '\t'], " ");
    let marks = matcher.marks(&text);
    let chars = Chars::of(&text);
    let window = match best_start(&marks, &chars, matcher, max_chars) {
        Some(first) => chars.window(first, max_chars),
        None => chars.window(0, max_chars),
    };
    cut(&text, window, &marks)
}

/// A sentence of fewer words is a heading or a label: it names the answer and does not give it.
const SENTENCE_WORDS_MIN: usize = 4;

/// What such a sentence counts.
const LABEL: f32 = 0.5;

/// The sentence that shows the most of the query, whole; the piece of [`snippet`] where none shows any of it, or where it
/// is longer than `max_chars`.
pub fn sentence<S: AsRef<str>>(blocks: &[S], matcher: &Matcher, max_chars: usize) -> Snippet {
    let mut best: Option<(f32, &str, Vec<Mark>)> = None;
    for text in blocks.iter().flat_map(|block| block.as_ref().unicode_sentences()) {
        let text = text.trim();
        let marks = matcher.marks(text);
        let mut words: Vec<usize> = marks.iter().map(|mark| mark.word).collect();
        words.sort_unstable();
        words.dedup();
        let mut value: f32 = words.iter().map(|word| matcher.weight(*word)).sum();
        if text.unicode_words().take(SENTENCE_WORDS_MIN).count() < SENTENCE_WORDS_MIN {
            value *= LABEL;
        }
        let fits = text.chars().count() <= max_chars;
        if fits && value > 0.0 && best.as_ref().is_none_or(|(most, ..)| value > *most) {
            best = Some((value, text, marks));
        }
    }
    match best {
        Some((_, text, marks)) => Snippet {
            text: text.to_owned(),
            marks: marks.into_iter().map(|mark| mark.bytes).collect(),
        },
        None => snippet(blocks, matcher, max_chars),
    }
}

/// The character at which the best run of marks begins.
fn best_start(marks: &[Mark], chars: &Chars, matcher: &Matcher, max_chars: usize) -> Option<usize> {
    let room = max_chars - (max_chars as f32 * BEFORE_FIRST_MARK) as usize;
    let mut best: Option<(f32, usize)> = None;
    for (i, first) in marks.iter().enumerate() {
        let start = chars.index(first.bytes.start);
        let mut seen = Vec::new();
        let mut value = 0.0;
        for mark in &marks[i..] {
            if chars.index(mark.bytes.end) > start + room {
                break;
            }
            let weight = matcher.weight(mark.word);
            if seen.contains(&mark.word) {
                value += weight * REPEATED;
            } else {
                value += weight;
                seen.push(mark.word);
            }
        }
        if best.is_none_or(|(most, _)| value > most) {
            best = Some((value, start));
        }
    }
    best.map(|(_, start)| start.saturating_sub(max_chars - room))
}

/// The places of characters, to count in characters and cut at bytes.
struct Chars {
    starts: Vec<usize>,
    is_space: Vec<bool>,
    bytes: usize,
}

impl Chars {
    fn of(text: &str) -> Chars {
        Chars {
            starts: text.char_indices().map(|(at, _)| at).collect(),
            is_space: text.chars().map(char::is_whitespace).collect(),
            bytes: text.len(),
        }
    }

    fn index(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    fn byte(&self, index: usize) -> usize {
        self.starts.get(index).copied().unwrap_or(self.bytes)
    }

    /// So many characters from about there, moved to the edges of words.
    fn window(&self, first: usize, max_chars: usize) -> Range<usize> {
        let all = self.starts.len();
        let first = first.min(all.saturating_sub(max_chars));
        let is_edge = |i: usize| i == 0 || i >= all || self.is_space[i - 1] || self.is_space[i];
        let last = (first + max_chars).min(all);
        // A word longer than the whole piece is cut where it must be.
        let start = (first..last).find(|i| is_edge(*i)).unwrap_or(first);
        let end = (start + 1..=last).rev().find(|i| is_edge(*i)).unwrap_or(last);
        self.byte(start)..self.byte(end)
    }
}

fn cut(text: &str, window: Range<usize>, marks: &[Mark]) -> Snippet {
    let piece = &text[window.clone()];
    let start = window.start + (piece.len() - piece.trim_start().len());
    let piece = piece.trim();
    let end = start + piece.len();
    let mut snippet = Snippet::default();
    if start > 0 && !piece.is_empty() {
        snippet.text.push_str(ELLIPSIS);
    }
    let shift = snippet.text.len();
    snippet.text.push_str(piece);
    if end < text.len() && !piece.is_empty() {
        snippet.text.push_str(ELLIPSIS);
    }
    let within = marks
        .iter()
        .filter(|m| m.bytes.start >= start && m.bytes.end <= end);
    snippet.marks = within
        .map(|m| m.bytes.start - start + shift..m.bytes.end - start + shift)
        .collect();
    snippet
}
