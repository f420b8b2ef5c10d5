//! Deciding whether a word of a text answers a word of the query: the same forms as in the index.

use std::borrow::Cow;
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

/// How much of a query a text has.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Coverage {
    /// How many words of the query.
    pub words: usize,
    /// What they say: rare words say more.
    pub value: f32,
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
    sequences: Vec<Vec<String>>,
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

    /// How much of the query a text has.
    pub fn coverage(&self, text: &str) -> Coverage {
        let mut met = vec![false; self.words.len()];
        for mark in self.marks(text) {
            met[mark.word] = true;
        }
        let words = self.words.iter().zip(met).filter(|(_, met)| *met);
        words.fold(Coverage::default(), |sum, (word, _)| Coverage {
            words: sum.words + 1,
            value: sum.value + word.idf,
        })
    }

    /// The marks of a text. For each word of the query only its surest kind of match is marked: where the word itself
    /// stands, words that are merely spelled alike would be noise.
    pub(crate) fn marks(&self, text: &str) -> Vec<Mark> {
        let tokens = tokenize(text);
        let mut marks = Vec::new();
        let mut answers: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, token) in tokens.iter().enumerate() {
            for (word, count) in self.codes_at(&tokens[i..]) {
                marks.push(mark(&tokens[i..i + count], word));
            }
            let sure = answers
                .entry(&token.text)
                .or_insert_with(|| self.surely(&token.text));
            marks.extend(sure.iter().map(|word| mark(&tokens[i..=i], *word)));
        }
        self.add_faint(&tokens, &mut marks);
        without_overlap(marks)
    }

    /// The words of the query that are codes or compounds of several tokens and stand here, with their length.
    fn codes_at<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let words = self.words.iter().enumerate();
        words.filter_map(|(word, wanted)| Some((word, wanted.tokens_at(tokens)?)))
    }

    /// The words of the query that a word of the text surely answers.
    fn surely(&self, text: &str) -> Vec<usize> {
        let stems = stems(text);
        let words = self.words.iter().enumerate();
        words
            .filter(|(_, w)| w.exact.contains(text) || stems.iter().any(|s| w.stems.contains(&**s)))
            .map(|(word, _)| word)
            .collect()
    }

    fn add_faint(&self, tokens: &[Token], marks: &mut Vec<Mark>) {
        let mut forms: HashMap<&str, Forms> = HashMap::new();
        for (word, wanted) in self.words.iter().enumerate() {
            if !wanted.has_faint() || marks.iter().any(|mark| mark.word == word) {
                continue;
            }
            for token in tokens {
                let text = token.text.as_str();
                let forms = forms.entry(text).or_insert_with(|| Forms::of(text));
                if wanted.faintly(text, forms) {
                    marks.push(mark(std::slice::from_ref(token), word));
                }
            }
        }
    }
}

/// Whether tokens begin with words of these stems.
fn begins(tokens: &[Token], sequence: &[String]) -> bool {
    tokens.len() >= sequence.len()
        && sequence
            .iter()
            .zip(tokens)
            .all(|(stem, token)| stems(&token.text).iter().any(|s| s == stem))
}

/// The stems of a word and of its readings without prefixes.
fn stems(word: &str) -> Vec<Cow<'_, str>> {
    if !word.chars().all(is_hebrew) {
        let stems = Forms::of(word).stems.into_iter();
        return stems.map(|form| Cow::Owned(form.text)).collect();
    }
    let readings = hebrew::without_prefix(word).into_iter().map(|(_, rest)| rest);
    std::iter::once(word)
        .chain(readings)
        .map(|reading| Cow::Borrowed(hebrew::stem(reading)))
        .collect()
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
            sequences: found.sequences.clone(),
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

    /// Whether the word stands at the beginning of the tokens as several of them, and as how many.
    fn tokens_at(&self, tokens: &[Token]) -> Option<usize> {
        if let Some(joined) = &tokens.first()?.joined
            && self.exact.contains(&joined.text)
        {
            return Some(joined.parts);
        }
        let parts = self.parts.len();
        let stands =
            parts > 1 && tokens.len() >= parts && tokens.iter().zip(&self.parts).all(|(t, p)| t.text == *p);
        if stands {
            return Some(parts);
        }
        let sequence = self.sequences.iter().find(|stems| begins(tokens, stems))?;
        Some(sequence.len())
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
