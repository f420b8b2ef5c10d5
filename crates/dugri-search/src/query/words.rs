//! The words of a query: which tokens are words, codes and stop words, and which stand in phrases.

use std::ops::Range;

use super::{Clause, TextField};
use crate::analysis::chars::{fold, is_latin};
use crate::analysis::stop::is_stop_word;
use crate::analysis::tokens::{Token, is_code, is_number};
use crate::analysis::{Forms, tokenize};

/// More words than this are not looked at: nobody asks so, but somebody pastes a page into the box.
const WORDS_MAX: usize = 24;

/// As many characters of a query are read; the rest can't hold one of the words that count.
const CHARS_MAX: usize = 2_000;

/// A code in two words (`MX 40`) begins with at most so many letters.
const CODE_LETTERS_MAX: usize = 5;

/// Whether the user is still typing. A code or a number may be the beginning of another only while that goes on: the
/// answer to a whole code must not be another product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typing {
    GoesOn,
    Done,
}

/// What a word of a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WordKind {
    /// A word of a language.
    Plain,
    /// A number.
    Number,
    /// Letters and digits, with its parts where it was or can be written in parts.
    Code(Vec<String>),
}

/// A word of a query.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// As typed.
    pub(crate) typed: String,
    /// Folded.
    pub(crate) text: String,
    pub(crate) kind: WordKind,
    pub(crate) forms: Forms,
    /// The compound that it is a part of, as one word.
    pub(crate) joined: Option<String>,
    /// Its place in the query, stop words counted.
    pub(crate) position: usize,
    /// How many places it takes.
    pub(crate) places: usize,
    /// Whether it may be the beginning of the word that is meant.
    pub(crate) unfinished: bool,
    pub(crate) required: bool,
    pub(crate) field: Option<TextField>,
}

impl Word {
    /// Whether only the word itself may be looked for: no stem, no spelling, no typing mistake.
    pub(crate) fn is_literal(&self) -> bool {
        self.kind != WordKind::Plain
    }
}

/// A query as words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) words: Vec<Word>,
    /// Quoted phrases, as ranges of words.
    pub(crate) phrases: Vec<Range<usize>>,
    /// What must not be there: the words of each excluded clause.
    pub(crate) excluded: Vec<Vec<Word>>,
}

impl Words {
    /// The words of the clauses. `is_known_code` says whether a code in two words exists in one.
    pub(crate) fn parse(clauses: &[Clause], typing: Typing, is_known_code: &dyn Fn(&str) -> bool) -> Words {
        let mut all = Words::default();
        let mut position = 0;
        for clause in clauses {
            let words = clause_words(clause, &mut position, is_known_code);
            if words.is_empty() {
                continue;
            }
            if clause.excluded {
                all.excluded.push(words);
                continue;
            }
            let first = all.words.len();
            all.words.extend(words);
            if clause.phrase && all.words.len() - first > 1 {
                all.phrases.push(first..all.words.len());
            }
        }
        all.drop_stop_words();
        all.phrases.retain(|p| p.end <= WORDS_MAX);
        all.words.truncate(WORDS_MAX);
        all.excluded.truncate(WORDS_MAX);
        all.mark_unfinished(clauses, typing);
        all
    }

    /// Drops stop words outside phrases when something else remains.
    fn drop_stop_words(&mut self) {
        let phrases = self.phrases.clone();
        let in_phrase = |i: usize| phrases.iter().any(|p| p.contains(&i));
        let goes =
            |i: usize, w: &Word| is_stop_word(&w.text) && !in_phrase(i) && !w.required && w.field.is_none();
        if self.words.iter().enumerate().all(|(i, w)| goes(i, w)) {
            return;
        }
        let mut kept = Vec::with_capacity(self.words.len());
        let mut moved_to = Vec::with_capacity(self.words.len() + 1);
        for (i, word) in std::mem::take(&mut self.words).into_iter().enumerate() {
            moved_to.push(kept.len());
            if !goes(i, &word) {
                kept.push(word);
            }
        }
        moved_to.push(kept.len());
        for phrase in &mut self.phrases {
            *phrase = moved_to[phrase.start]..moved_to[phrase.end];
        }
        self.words = kept;
    }

    /// The last word may be unfinished unless something was typed after it.
    fn mark_unfinished(&mut self, clauses: &[Clause], typing: Typing) {
        let open = clauses
            .last()
            .is_some_and(|c| !c.phrase && !c.excluded && !c.text.ends_with(char::is_whitespace));
        if let Some(last) = self.words.last_mut() {
            let may_go_on = !last.is_literal() || typing == Typing::GoesOn;
            last.unfinished = open && may_go_on && last.text.chars().count() >= 2;
        }
    }
}

fn clause_words(clause: &Clause, position: &mut usize, is_known_code: &dyn Fn(&str) -> bool) -> Vec<Word> {
    let text = cut(&clause.text);
    let tokens = tokenize(text);
    let mut words = Vec::new();
    let mut at = 0;
    while at < tokens.len() && words.len() <= WORDS_MAX {
        let (mut word, used) = word_at(text, &tokens, at, is_known_code);
        word.position = *position + tokens[at].position;
        word.required = clause.required || clause.field.is_some();
        word.field = clause.field;
        words.push(word);
        at += used;
    }
    if let Some(last) = tokens.last() {
        *position += last.position + 1;
    }
    share_joined(&tokens, &mut words);
    words
}

/// The beginning of a text that is looked at.
pub(super) fn cut(text: &str) -> &str {
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Reads a word at a token; says how many tokens it took.
fn word_at(text: &str, tokens: &[Token], at: usize, is_known_code: &dyn Fn(&str) -> bool) -> (Word, usize) {
    let token = &tokens[at];
    let parts_text =
        |n: usize| -> Vec<String> { tokens[at..at + n].iter().map(|t| t.text.clone()).collect() };
    if let Some(joined) = &token.joined
        && is_code(&joined.text)
    {
        let code = new_word(text, &tokens[at..at + joined.parts], &joined.text);
        return (
            with_kind(code, WordKind::Code(parts_text(joined.parts))),
            joined.parts,
        );
    }
    if let Some(next) = tokens.get(at + 1)
        && is_code_in_two(token, next)
    {
        let both = format!("{}{}", token.text, next.text);
        if is_known_code(&both) {
            let code = new_word(text, &tokens[at..at + 2], &both);
            return (with_kind(code, WordKind::Code(parts_text(2))), 2);
        }
    }
    let word = new_word(text, &tokens[at..=at], &token.text);
    let kind = if is_code(&token.text) {
        WordKind::Code(split_code(&token.text))
    } else if is_number(&token.text) {
        WordKind::Number
    } else {
        WordKind::Plain
    };
    (with_kind(word, kind), 1)
}

fn is_code_in_two(letters: &Token, digits: &Token) -> bool {
    letters.text.chars().count() <= CODE_LETTERS_MAX
        && letters.text.chars().all(is_latin)
        && digits.text.chars().all(|c| c.is_ascii_digit())
}

fn new_word(text: &str, tokens: &[Token], folded: &str) -> Word {
    let first = tokens.first().expect("a word has a token");
    let last = tokens.last().expect("a word has a token");
    Word {
        typed: text[first.bytes.start..last.bytes.end].to_owned(),
        text: folded.to_owned(),
        kind: WordKind::Plain,
        forms: Forms::of(folded),
        joined: None,
        position: 0,
        places: tokens.len(),
        unfinished: false,
        required: false,
        field: None,
    }
}

fn with_kind(mut word: Word, kind: WordKind) -> Word {
    word.kind = kind;
    word
}

/// `mx40` as `mx` and `40`, where a page may have written it apart.
fn split_code(code: &str) -> Vec<String> {
    let digits_at = code.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (letters, digits) = code.split_at(digits_at);
    if !letters.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
        vec![letters.to_owned(), digits.to_owned()]
    } else {
        Vec::new()
    }
}

/// Gives the words of a compound its joined form.
fn share_joined(tokens: &[Token], words: &mut [Word]) {
    for token in tokens {
        let Some(joined) = token.joined.as_ref().filter(|j| !is_code(&j.text)) else {
            continue;
        };
        let first = token.position;
        let base = words.first().map_or(0, |w| w.position) - tokens[0].position;
        for word in words.iter_mut() {
            let at = word.position - base;
            if (first..first + joined.parts).contains(&at) {
                word.joined = Some(joined.text.clone());
            }
        }
    }
}

/// The whole query as one folded string, to compare with addresses and numbers.
pub(crate) fn folded(raw: &str) -> String {
    let folded: String = fold(cut(raw)).iter().map(|f| f.char).collect();
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Query;

    fn check(query: &str, expected: &str) {
        let words = Words::parse(&Query::parse(query).clauses, Typing::Done, &|code| code == "mx40");
        let shown: Vec<String> = words.words.iter().map(|w| w.text.clone()).collect();
        assert_eq!(shown.join(" "), expected, "{query}");
    }

    #[test]
    fn codes_are_one_word() {
        check("MX-40 phone", "mx40 phone");
        check("MX 40 phone", "mx40 phone");
        check("MX 99", "mx 99");
        check("ה-KN-22", "kn22");
    }

    #[test]
    fn stop_words_go_when_something_remains() {
        check("what is the price", "price");
        check("what is the", "what is the");
        check("כמה עולה מע״מ", "עולה מעמ");
        check("\"out of office\" for", "out of office");
    }

    #[test]
    fn phrases_keep_their_words() {
        let query = Query::parse("the price \"load sharing\" -old");
        let words = Words::parse(&query.clauses, Typing::Done, &|_| false);
        assert_eq!(words.phrases.first(), Some(&(1..3)));
        assert_eq!(words.excluded.len(), 1);
    }

    #[test]
    fn an_endless_query_is_cut_whatever_it_is_made_of() {
        for piece in [
            "\"a\" ",
            "-b ",
            "title:c ",
            "+\"",
            "ו ",
            "XR-200 ",
            "(",
            "d",
            "\u{1f4a9}",
        ] {
            let query = Query::parse(&piece.repeat(10_000));
            assert!(query.plain.chars().count() <= CHARS_MAX, "{piece}");
            assert!(query.clauses.len() <= CHARS_MAX, "{piece}");
            let words = Words::parse(&query.clauses, Typing::GoesOn, &|_| false);
            assert!(words.words.len() <= WORDS_MAX, "{piece}");
            assert!(words.excluded.len() <= WORDS_MAX, "{piece}");
        }
    }

    #[test]
    fn an_endless_query_is_cut() {
        let words = Words::parse(
            &Query::parse(&"word ".repeat(5_000)).clauses,
            Typing::Done,
            &|_| false,
        );
        assert!(words.words.len() <= WORDS_MAX);
    }
}
