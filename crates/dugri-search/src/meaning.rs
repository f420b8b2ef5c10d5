//! Which searches mean the same: those whose words have the same stems, in whatever order and with whatever prefixes.

use std::collections::BTreeSet;

use crate::Query;
use crate::query::words::{Typing, Word, Words};

/// The words of many searches. A Hebrew word is read without its prefix where others wrote it so.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    stems: BTreeSet<String>,
}

impl Vocabulary {
    /// The words of these searches.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vocabulary {
        let words = texts.into_iter().flat_map(words);
        Vocabulary {
            stems: words.filter_map(|word| own_stem(&word)).collect(),
        }
    }

    /// Searches with the same key mean the same. Text without words has no key.
    pub fn key(&self, text: &str) -> Option<String> {
        let stems: BTreeSet<String> = words(text).iter().filter_map(|word| self.stem(word)).collect();
        (!stems.is_empty()).then(|| Vec::from_iter(stems).join(" "))
    }

    fn stem(&self, word: &Word) -> Option<String> {
        let bare = word
            .forms
            .stems
            .iter()
            .find(|form| form.prefix > 0 && self.stems.contains(&form.text));
        bare.map(|form| form.text.clone()).or_else(|| own_stem(word))
    }
}

fn own_stem(word: &Word) -> Option<String> {
    let own = word.forms.stems.iter().find(|form| form.prefix == 0);
    own.map(|form| form.text.clone())
}

fn words(text: &str) -> Vec<Word> {
    let query = Query::parse(text);
    Words::parse(&query.clauses, Typing::Done, &|_| false).words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_order_and_prefixes_make_no_difference() {
        let texts = [
            "מחיר הגלאי",
            "המחיר של גלאי",
            "detector prices",
            "Price detector",
            "\"price\" list",
        ];
        let vocabulary = Vocabulary::new(texts);
        let key = |text| vocabulary.key(text);
        assert_eq!(key(texts[0]), key(texts[1]));
        assert_eq!(key(texts[2]), key(texts[3]));
        assert_ne!(key(texts[3]), key(texts[4]));
        assert_eq!(key("?!"), None);
        assert_eq!(key(""), None);
    }

    #[test]
    fn a_first_letter_is_a_prefix_only_where_the_bare_word_was_written() {
        let alone = Vocabulary::new(["שמירה"]);
        assert_eq!(
            alone.key("שמירה"),
            Some(crate::analysis::Forms::of("שמירה").stems[0].text.clone())
        );
    }
}
