//! The way of our own tokens into Tantivy: as one text in which each word stands with its distance from the one
//! before, and a tokenizer that only takes that apart.
//!
//! Tantivy has pre-tokenized values for this, but it turns each into JSON and back on its way through the indexer.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::analysis::chars::is_hebrew;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name of the tokenizer in the schema.
pub(crate) const TOKENIZER: &str = "dugri-tokens";

/// Words with their places, as a text for [`Decoder`]. Places must ascend.
#[derive(Debug, Default)]
pub(crate) struct Encoded {
    text: String,
    position: usize,
}

impl Encoded {
    /// Adds a word, which has no white space.
    pub(crate) fn push(&mut self, word: &str, position: usize) {
        let ahead = position - self.position;
        self.position = position;
        // Writing to a string can't fail.
        let _ = writeln!(self.text, "{ahead} {}", packed(word));
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// A folded word as it lies in the index: Hebrew letters as the first Latin capitals, which folded words don't have. One
/// byte for a letter instead of two makes the dictionaries of Hebrew words much smaller, and order and distance of
/// words stay as they were.
pub(crate) fn packed(word: &str) -> Cow<'_, str> {
    if !word.contains(is_hebrew) {
        return Cow::Borrowed(word);
    }
    let pack = |c: char| match is_hebrew(c) {
        true => char::from(b'A' + (c as u32 - 'א' as u32) as u8),
        false => c,
    };
    Cow::Owned(word.chars().map(pack).collect())
}

/// The word that lies so in the index.
pub(crate) fn unpacked(packed: &str) -> String {
    let unpack = |c: char| match c {
        // Twenty-two letters and five final ones.
        'A'..='[' => char::from_u32('א' as u32 + c as u32 - 'A' as u32).unwrap_or(c),
        _ => c,
    };
    packed.chars().map(unpack).collect()
}

/// Takes such a text apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Decoder;

impl Tokenizer for Decoder {
    type TokenStream<'a> = Decoded<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Decoded<'a> {
        let token = Token {
            position: 0,
            ..Token::default()
        };
        Decoded {
            lines: text.lines(),
            token,
        }
    }
}

/// The words of an encoded text.
pub(crate) struct Decoded<'a> {
    lines: std::str::Lines<'a>,
    token: Token,
}

impl TokenStream for Decoded<'_> {
    fn advance(&mut self) -> bool {
        let Some((ahead, word)) = self.lines.next().and_then(|line| line.split_once(' ')) else {
            return false;
        };
        self.token.position += ahead.parse::<usize>().unwrap_or_default();
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let mut encoded = Encoded::default();
        for (word, position) in [("mx", 0), ("mx40", 0), ("40", 1), ("טלפונ", 17)] {
            encoded.push(word, position);
        }
        let text = encoded.into_text();
        let mut decoder = Decoder;
        let mut stream = decoder.token_stream(&text);
        let mut words = Vec::new();
        while let Some(token) = stream.next() {
            words.push((unpacked(&token.text), token.position));
        }
        let expected = [("mx", 0), ("mx40", 0), ("40", 1), ("טלפונ", 17)];
        assert_eq!(words, expected.map(|(w, p)| (w.to_owned(), p)));
    }

    #[test]
    fn packed_words_keep_their_order() {
        let mut words = ["אב", "אבא", "בית", "מחירונ", "תקנ", "mx40", "נס9"];
        words.sort_unstable();
        let mut by_packed = words;
        by_packed.sort_by_key(|word| packed(word).into_owned());
        let hebrew = |list: [&'static str; 7]| -> Vec<&str> {
            let hebrew = list.into_iter().filter(|w| w.contains(is_hebrew));
            hebrew.collect()
        };
        assert_eq!(hebrew(words), hebrew(by_packed));
        for letter in 'א'..='ת' {
            let word = letter.to_string();
            assert_eq!((packed(&word).len(), unpacked(&packed(&word))), (1, word));
        }
    }
}
