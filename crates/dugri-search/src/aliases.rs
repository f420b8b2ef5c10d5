//! Names that mean the same: products, competitors and customers in two scripts, and general synonyms.

use std::collections::HashMap;

use crate::analysis::{Forms, tokenize};

/// Groups of equivalent names, ready to be looked up. Make it once and share it; it changes when topics change.
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    groups: Vec<Vec<Name>>,
    /// From a stem of the first word of a name to the names that begin so.
    beginnings: HashMap<String, Vec<(usize, usize)>>,
}

/// A name as words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    words: Vec<String>,
    stems: Vec<String>,
}

impl Aliases {
    /// Aliases from groups of equivalent names. Groups of one name, and names without words, bring nothing.
    pub fn new<S: AsRef<str>>(groups: impl IntoIterator<Item = impl IntoIterator<Item = S>>) -> Aliases {
        let mut aliases = Aliases::default();
        for group in groups {
            let mut names: Vec<Name> = Vec::new();
            for name in group.into_iter().filter_map(|name| Name::parse(name.as_ref())) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if names.len() > 1 {
                aliases.add(names);
            }
        }
        aliases
    }

    fn add(&mut self, names: Vec<Name>) {
        let group = self.groups.len();
        for (at, name) in names.iter().enumerate() {
            let places = self.beginnings.entry(name.stems[0].clone()).or_default();
            places.push((group, at));
        }
        self.groups.push(names);
    }

    /// The names that stand for the one at the beginning of `words`, each as its words, with the number of words of
    /// the one that was met. The first word may have Hebrew prefixes.
    pub(crate) fn at<'a>(&'a self, words: &[(&str, &Forms)]) -> Vec<(usize, &'a [String])> {
        let mut others = Vec::new();
        let Some((_, first)) = words.first() else {
            return others;
        };
        for stem in &first.stems {
            for (group, at) in self.beginnings.get(&stem.text).into_iter().flatten() {
                let names = &self.groups[*group];
                if !names[*at].begins(words) {
                    continue;
                }
                let met = names[*at].words.len();
                let other = names.iter().enumerate().filter(|(i, _)| i != at);
                for (_, name) in other {
                    let entry = (met, name.words.as_slice());
                    if !others.contains(&entry) {
                        others.push(entry);
                    }
                }
            }
        }
        others
    }
}

impl Name {
    fn parse(name: &str) -> Option<Name> {
        let mut words: Vec<String> = Vec::new();
        let mut rest = 0;
        for token in tokenize(name) {
            if rest > 0 {
                rest -= 1;
                continue;
            }
            match token.joined {
                // A code is one word in a query too.
                Some(joined) if crate::analysis::tokens::is_code(&joined.text) => {
                    rest = joined.parts - 1;
                    words.push(joined.text);
                }
                _ => words.push(token.text),
            }
        }
        let stems = words.iter().map(|word| first_stem(word)).collect();
        (!words.is_empty()).then_some(Name { words, stems })
    }

    /// Whether the words begin with this name; the first may have prefixes, which the caller has looked up.
    fn begins(&self, words: &[(&str, &Forms)]) -> bool {
        words.len() >= self.words.len()
            && self
                .stems
                .iter()
                .zip(words)
                .skip(1)
                .all(|(stem, (_, forms))| forms.stems.first().is_some_and(|f| f.text == *stem))
    }
}

fn first_stem(word: &str) -> String {
    let stems = Forms::of(word).stems;
    stems
        .into_iter()
        .next()
        .map_or_else(|| word.to_owned(), |form| form.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[(usize, &str)]) {
        let aliases = Aliases::new([vec!["הדים", "Hedim"], vec!["זרם פלוס", "Zerem Plus", "ZP"]]);
        let tokens = tokenize(query);
        let forms: Vec<Forms> = tokens.iter().map(|t| Forms::of(&t.text)).collect();
        let words: Vec<(&str, &Forms)> = tokens.iter().map(|t| t.text.as_str()).zip(&forms).collect();
        let found: Vec<(usize, String)> = aliases
            .at(&words)
            .into_iter()
            .map(|(met, name)| (met, name.join(" ")))
            .collect();
        let expected: Vec<(usize, String)> = expected.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn names_meet_in_both_scripts_and_with_prefixes() {
        check("hedim price", &[(1, "הדימ")]);
        check("בהדים", &[(1, "hedim")]);
        check("zerem plus", &[(2, "זרמ פלוס"), (2, "zp")]);
        check("לזרם פלוס", &[(2, "zerem plus"), (2, "zp")]);
        check("zerem", &[]);
        check("", &[]);
    }
}
