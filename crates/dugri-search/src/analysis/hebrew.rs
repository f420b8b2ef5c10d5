//! Hebrew: prefixes, stems and spelling skeletons, by plain grammar and without a dictionary.
//!
//! Nothing here decides which reading of a word is right: all possible ones are given, and the weights of the
//! ranking decide. All words are folded (no final letters).

use super::tokens::is_prefix_letter;

/// So many letters must remain of a word when a prefix or a suffix is taken away.
const LETTERS_REMAIN: usize = 3;

/// At most so many suffixes are taken away, one after another.
const SUFFIXES_MAX: usize = 2;

/// Plural, possessive and feminine suffixes, the longest first, in folded letters.
const SUFFIXES: [&str; 20] = [
    "ותיהמ",
    "ותיהנ",
    "ותיכמ",
    "ותינו",
    "יותיו",
    "ויות",
    "ותיו",
    "ותיה",
    "יהמ",
    "יהנ",
    "יכמ",
    "ינו",
    "יות",
    "ית",
    "ימ",
    "ות",
    "יו",
    "יה",
    "נו",
    "כמ",
];

/// Suffixes that stand after the others in the order of length.
const SUFFIXES_LAST: [&str; 2] = ["הנ", "המ"];

/// Stacks of prefix letters that occur in writing; a single letter stands alone.
const PREFIX_STACKS: [&str; 26] = [
    "וה", "וב", "ול", "וכ", "ומ", "וש", "שה", "שב", "של", "שכ", "שמ", "כש", "מה", "בה", "לה", "מש", "כשה",
    "ושה", "ושב", "ושל", "וכש", "לכש", "כשב", "כשל", "ומה", "שמה",
];

/// The readings of a word with a prefix taken away: how many letters went, and what remains.
pub(crate) fn without_prefix(word: &str) -> Vec<(usize, &str)> {
    let mut readings = Vec::new();
    let mut chars = word.char_indices();
    let (Some((_, first)), Some((second_at, _))) = (chars.next(), chars.next()) else {
        return readings;
    };
    if is_prefix_letter(first) && long_enough(&word[second_at..]) {
        readings.push((1, &word[second_at..]));
    }
    for stack in PREFIX_STACKS {
        if let Some(rest) = word.strip_prefix(stack)
            && long_enough(rest)
        {
            readings.push((stack.chars().count(), rest));
        }
    }
    readings
}

/// The stem of a word: without plural, possessive and feminine endings.
pub(crate) fn stem(word: &str) -> &str {
    let mut stem = word;
    for _ in 0..SUFFIXES_MAX {
        match without_suffix(stem) {
            Some(shorter) => stem = shorter,
            None => break,
        }
    }
    without_final_vowels(stem)
}

/// A word without one suffix: the form between the word and its stem.
pub(crate) fn without_suffix(word: &str) -> Option<&str> {
    SUFFIXES
        .iter()
        .chain(&SUFFIXES_LAST)
        .filter_map(|suffix| word.strip_suffix(suffix))
        .find(|rest| long_enough(rest))
}

/// The skeleton of a word: what full and defective spelling have in common. `None` where too little would remain.
pub(crate) fn skeleton(word: &str) -> Option<String> {
    let single = single_vowels(word);
    let mut chars = single.chars();
    let first = chars.next()?;
    let mut skeleton = String::from(first);
    skeleton.extend(chars.filter(|c| !matches!(c, 'ו' | 'י' | 'א')));
    let letters = word.chars().count();
    let enough = if letters >= 4 { 2 } else { 3 };
    (skeleton.chars().count() >= enough).then_some(skeleton)
}

/// Double vav and double yod are a way to spell the single one.
fn single_vowels(word: &str) -> String {
    let mut single = String::with_capacity(word.len());
    let mut last = None;
    for c in word.chars() {
        if !(matches!(c, 'ו' | 'י') && last == Some(c)) {
            single.push(c);
        }
        last = Some(c);
    }
    single
}

/// Takes up to two of the letters that end feminine forms and alef spellings.
fn without_final_vowels(word: &str) -> &str {
    let mut stem = word;
    for _ in 0..2 {
        match stem.strip_suffix(['ה', 'י', 'ת', 'א']) {
            Some(rest) if long_enough(rest) => stem = rest,
            _ => break,
        }
    }
    stem
}

fn long_enough(word: &str) -> bool {
    word.chars().nth(LETTERS_REMAIN - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_meet() {
        for (one, other) in [
            ("שלוחה", "שלוחות"),
            ("נציגה", "נציגימ"),
            ("חוזה", "חוזימ"),
            ("לקוח", "לקוחותיהמ"),
            ("דוגמא", "דוגמה"),
            ("חשמלאימ", "חשמלאית"),
            ("מרכזיה", "מרכזייה"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn prefixes_leave_three_letters() {
        assert_eq!(without_prefix("בשלוחות"), [(1, "שלוחות")]);
        assert_eq!(without_prefix("ולהקלטות"), [(1, "להקלטות"), (2, "הקלטות")]);
        assert_eq!(without_prefix("בית"), []);
        assert_eq!(without_prefix(""), []);
    }

    #[test]
    fn suffixes_are_listed_longest_first() {
        let lengths: Vec<usize> = SUFFIXES.iter().map(|s| s.chars().count()).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn skeletons_fold_spelling_but_not_short_words() {
        assert_eq!(skeleton("תכנית"), skeleton("תוכנית"));
        assert_eq!(skeleton("טיפול"), skeleton("טפול"));
        assert_eq!(skeleton("ועד"), skeleton("וועד"));
        assert_eq!(skeleton("תור"), None);
        assert_eq!(skeleton("בית"), None);
    }
}
