//! What is found in a report's words: the topics it names, and how like another report it is.

use std::collections::{BTreeMap, BTreeSet};

use dugri_core::TopicId;

/// The letters that Hebrew writes in front of a word without a space: and, that, the, as, to, in, from.
const PREFIXES: [char; 7] = ['ו', 'ש', 'ה', 'כ', 'ל', 'ב', 'מ'];
/// How many of them may stand together.
const PREFIXES_MAX: usize = 3;
/// Shorter names than this are not looked for behind prefixes: too many words end in them.
const PREFIXED_CHARS_MIN: usize = 3;
/// Shorter words say nothing about likeness.
const WORD_CHARS_MIN: usize = 3;
/// How like two reports must be to be shown as 'the same thing'.
pub(super) const LIKENESS_MIN: f64 = 0.25;

/// The topics whose name or alias stands in a text, in order of their keys.
pub(crate) fn topics<'a>(text: &str, names: impl IntoIterator<Item = (TopicId, &'a str)>) -> Vec<TopicId> {
    let words = words(text);
    let found: BTreeSet<TopicId> = names
        .into_iter()
        .filter(|(_, name)| stands_in(&words, &self::words(name)))
        .map(|(id, _)| id)
        .collect();
    found.into_iter().collect()
}

/// The words of a text: lower case, without niqqud; whatever is neither letter nor digit parts them.
fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{591}'..='\u{5c7}'))
        .flat_map(char::to_lowercase)
        .collect();
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn stands_in(text: &[String], name: &[String]) -> bool {
    let Some(first) = name.first() else { return false };
    // A single character (an alias like `V`) would be found everywhere.
    if name.len() == 1 && first.chars().count() < 2 {
        return false;
    }
    text.windows(name.len())
        .any(|here| is_word(&here[0], first) && here[1..] == name[1..])
}

/// Whether a word of a text is this word, perhaps behind Hebrew prefixes.
fn is_word(here: &str, word: &str) -> bool {
    if here == word {
        return true;
    }
    let Some(prefix) = here.strip_suffix(word) else {
        return false;
    };
    word.chars().count() >= PREFIXED_CHARS_MIN
        && prefix.chars().count() <= PREFIXES_MAX
        && prefix.chars().all(|c| PREFIXES.contains(&c))
}

/// What a report is compared by.
pub(super) struct Profile(BTreeSet<String>);

/// The profile of a report: its longer words and its topics.
pub(super) fn profile<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    topics: impl IntoIterator<Item = TopicId>,
) -> Profile {
    let mut marks: BTreeSet<String> = texts
        .into_iter()
        .flat_map(words)
        .filter(|word| word.chars().count() >= WORD_CHARS_MIN)
        .collect();
    marks.extend(topics.into_iter().map(|topic| format!("#{topic}")));
    Profile(marks)
}

/// How like each of `others` is to `one`, from 0 to 1, by the words they share; a word that many have counts little.
pub(super) fn likeness(one: &Profile, others: &[Profile]) -> Vec<f64> {
    let mut having: BTreeMap<&str, f64> = BTreeMap::new();
    for profile in others.iter().chain([one]) {
        for mark in &profile.0 {
            *having.entry(mark).or_default() += 1.0;
        }
    }
    let all = others.len() as f64 + 1.0;
    let weight = |mark: &str| (1.0 + all / having.get(mark).copied().unwrap_or(1.0)).ln();
    let length = |profile: &Profile| {
        profile
            .0
            .iter()
            .map(|mark| weight(mark).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    let own = length(one);
    others
        .iter()
        .map(|other| {
            let shared: f64 = one
                .0
                .intersection(&other.0)
                .map(|mark| weight(mark).powi(2))
                .sum();
            let lengths = own * length(other);
            if lengths > 0.0 { shared / lengths } else { 0.0 }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(i64, &str); 7] = [
        (1, "LM-40"),
        (2, "Vectra"),
        (3, "Carmon Chemicals"),
        (3, "Carmon"),
        (3, "כרמון"),
        (4, "V"),
        (5, "מע״מ"),
    ];

    fn check(text: &str, expected: &[i64]) {
        let names = NAMES.iter().map(|(id, name)| (TopicId(*id), *name));
        let found: Vec<i64> = topics(text, names).into_iter().map(|id| id.0).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn topics_are_found_by_name_and_alias() {
        check(
            "Vectra gave Carmon the gateway for free with the lm 40.",
            &[1, 2, 3],
        );
        check("vectra's offer", &[2]);
        check("nothing here, not even Vectrans", &[]);
    }

    #[test]
    fn hebrew_prefixes_do_not_hide_a_name() {
        check("Vectra נתנו לכרמון את הרכזת", &[2, 3]);
        check("ההצעה שלVectra, ושבכרמון", &[2, 3]);
        check("המחיר לפני מע\"מ", &[5]);
    }

    #[test]
    fn one_letter_is_no_topic() {
        check("V for victory", &[]);
    }

    #[test]
    fn the_same_story_is_most_like() {
        let of = |text: &str| profile([text], []);
        let one = of("Vectra gave Carmon the gateway for free");
        let others = [
            of("Gateway for free in the Vectra offer to Negev Grain"),
            of("Asked for the IECEx certificate"),
            of("Vectra gave Carmon the gateway for free"),
        ];
        let like = likeness(&one, &others);
        assert!(
            like[2] > 0.99 && like[0] > LIKENESS_MIN && like[1] < LIKENESS_MIN,
            "{like:?}"
        );
    }

    #[test]
    fn nothing_is_like_nothing() {
        let empty = profile([], []);
        assert_eq!(likeness(&empty, &[profile([], [])]), [0.0]);
    }
}
