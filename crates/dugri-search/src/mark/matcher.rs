//! Deciding whether a word of a text answers a word of the query: the same forms as in the index.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::chars::is_hebrew;
use crate::analysis::tokens::Token;
use crate::analysis::{Forms, hebrew, tokenize};
use crate::query::words::{Word, WordKind, Words};
use crate::rank::found::WordFound;

/// Sound keys of fewer consonants fit too many words.
const CONSONANTS_MIN: usize = 3;

/// Finds in a text what a query found. It comes with the answer to the query.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    words: Vec<Wanted>,
}

/// One marked word of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    pub(crate) bytes: Range<usize>,
    /// Which word of the query it answers.
    pub(crate) word: usize,
}

/// A word of the query with the forms that answer it.
#[derive(Debug, Clone, Default)]
struct Wanted {
    exact: HashSet<String>,
    stems: HashSet<String>,
    parts: Vec<String>,
    beginning: Option<String>,
    faint_stems: HashSet<String>,
    skeletons: HashSet<String>,
    sounds: HashSet<String>,
    idf: f32,
}

impl Matcher {
    pub(crate) fn new(words: &Words, found: &[WordFound]) -> Matcher {
        let words = words.words.iter().zip(found);
        Matcher {
            words: words.map(|(word, found)| Wanted::new(word, found)).collect(),
        }
    }

    /// How much a word of the query says.
    pub(crate) fn weight(&self, word: usize) -> f32 {
        self.words[word].idf
    }

    /// The marks of a text. For each word of the query only its surest kind of match is marked: where the word itself
    /// stands, words that are merely spelled alike would be noise.
    pub(crate) fn marks(&self, text: &str) -> Vec<Mark> {
        let tokens = tokenize(text);
        let mut seen: HashMap<&str, Forms> = HashMap::new();
        let mut marks = Vec::new();
        for (at, wanted) in self.words.iter().enumerate() {
            let before = marks.len();
            for (i, _) in tokens.iter().enumerate() {
                if let Some(count) = wanted.surely_at(&tokens[i..]) {
                    marks.push(mark(&tokens[i..i + count], at));
                }
            }
            if marks.len() > before || !wanted.has_faint() {
                continue;
            }
            for token in &tokens {
                let forms = seen.entry(&token.text).or_insert_with(|| Forms::of(&token.text));
                if wanted.faintly(&token.text, forms) {
                    marks.push(mark(std::slice::from_ref(token), at));
                }
            }
        }
        without_overlap(marks)
    }
}

fn mark(tokens: &[Token], word: usize) -> Mark {
    let first = tokens.first().expect("a mark has a token");
    let last = tokens.last().expect("a mark has a token");
    Mark {
        bytes: first.bytes.start..last.bytes.end,
        word,
    }
}

fn without_overlap(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|m| (m.bytes.start, std::cmp::Reverse(m.bytes.end)));
    let mut end = 0;
    marks.retain(|mark| {
        let free = mark.bytes.start >= end;
        if free {
            end = mark.bytes.end;
        }
        free
    });
    marks
}

impl Wanted {
    fn new(word: &Word, found: &WordFound) -> Wanted {
        let mut wanted = Wanted {
            idf: found.idf,
            ..Wanted::default()
        };
        wanted.exact.insert(word.text.clone());
        wanted.exact.extend(word.joined.clone());
        wanted.exact.extend(found.corrected.iter().cloned());
        if word.unfinished {
            wanted.beginning = Some(word.text.clone());
        }
        if let WordKind::Code(parts) = &word.kind {
            wanted.parts = parts.clone();
        }
        if word.is_literal() {
            return wanted;
        }
        let faint: HashSet<String> = word.forms.stems.iter().skip(1).map(|f| f.text.clone()).collect();
        let sure = found.stems.iter().filter(|s| !faint.contains(*s));
        wanted.stems = sure.cloned().collect();
        wanted.faint_stems = faint;
        wanted.skeletons = word.forms.skeletons.iter().map(|(f, _)| f.text.clone()).collect();
        wanted.sounds = word
            .forms
            .sounds_of_other_script(CONSONANTS_MIN)
            .into_iter()
            .collect();
        wanted
    }

    /// Whether the word stands at the beginning of the tokens, and how many of them it takes.
    fn surely_at(&self, tokens: &[Token]) -> Option<usize> {
        let first = tokens.first()?;
        if let Some(joined) = &first.joined
            && self.exact.contains(&joined.text)
        {
            return Some(joined.parts);
        }
        let parts = self.parts.len();
        if parts > 1 && tokens.len() >= parts && tokens.iter().zip(&self.parts).all(|(t, p)| t.text == *p) {
            return Some(parts);
        }
        (self.exact.contains(&first.text) || self.has_stem_of(&first.text)).then_some(1)
    }

    fn has_stem_of(&self, word: &str) -> bool {
        if self.stems.is_empty() {
            return false;
        }
        if !word.chars().all(is_hebrew) {
            return Forms::of(word).stems.iter().any(|f| self.stems.contains(&f.text));
        }
        let readings = hebrew::without_prefix(word).into_iter().map(|(_, rest)| rest);
        std::iter::once(word)
            .chain(readings)
            .any(|reading| self.stems.contains(hebrew::stem(reading)))
    }

    fn has_faint(&self) -> bool {
        self.beginning.is_some()
            || !self.faint_stems.is_empty()
            || !self.skeletons.is_empty()
            || !self.sounds.is_empty()
    }

    fn faintly(&self, word: &str, forms: &Forms) -> bool {
        self.beginning
            .as_ref()
            .is_some_and(|b| word.starts_with(b.as_str()))
            || forms.stems.iter().any(|f| self.faint_stems.contains(&f.text))
            || forms
                .skeletons
                .iter()
                .any(|(f, _)| self.skeletons.contains(&f.text))
            || (!self.sounds.is_empty()
                && forms
                    .sounds(CONSONANTS_MIN)
                    .iter()
                    .any(|key| self.sounds.contains(key)))
    }
}
