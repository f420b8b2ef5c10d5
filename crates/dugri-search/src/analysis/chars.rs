//! Characters: one folded sequence for every way of writing the same letters, with the way back to the original.
//!
//! Niqqud, accents, compatibility forms, capitals, invisible controls and final letters are folded; the many dashes,
//! quotes and apostrophes become three. Each folded character keeps the byte range it came from, so that a mark in a
//! text can point into the original.

use std::ops::Range;

use unicode_normalization::char::decompose_compatible;

/// A folded character and the bytes of the original that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Folded {
    /// The folded character.
    pub(crate) char: char,
    start: usize,
    end: usize,
}

impl Folded {
    /// The bytes of the original.
    pub(crate) fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// What separates words whatever stands beside it: dashes between parts of a sentence, and sentence marks.
const SEPARATOR: char = ' ';

/// Folds a text.
pub(crate) fn fold(text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len());
    for (start, original) in text.char_indices() {
        let end = start + original.len_utf8();
        if is_dropped(original) {
            // A mark belongs to its letter: marking the word must mark its niqqud too.
            if let Some(last) = folded.last_mut() {
                let last: &mut Folded = last;
                if is_mark(original) && last.end == start {
                    last.end = end;
                }
            }
            continue;
        }
        decompose_compatible(original, |part| {
            if is_dropped(part) {
                return;
            }
            for lower in part.to_lowercase().filter(|c| !is_dropped(*c)) {
                folded.push(Folded {
                    char: replace(lower),
                    start,
                    end,
                });
            }
        });
    }
    join_double_geresh(folded)
}

/// Folds a text to plain characters, where no way back is needed.
#[cfg(test)]
pub(crate) fn fold_to_string(text: &str) -> String {
    fold(text).iter().map(|f| f.char).collect()
}

/// Whether a character is a Hebrew letter.
pub(crate) fn is_hebrew(c: char) -> bool {
    ('\u{05D0}'..='\u{05EA}').contains(&c)
}

/// Whether a folded character is a Latin letter.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_lowercase() || matches!(c, 'æ' | 'ø' | 'œ' | 'ß' | 'đ' | 'ł' | 'þ' | 'ð')
}

/// `''` between Hebrew letters is a way to type gershayim.
fn join_double_geresh(mut folded: Vec<Folded>) -> Vec<Folded> {
    let mut i = 1;
    while i + 2 < folded.len() {
        let pair = folded[i].char == '\'' && folded[i + 1].char == '\'';
        if pair && is_hebrew(folded[i - 1].char) && is_hebrew(folded[i + 2].char) {
            folded[i].char = '"';
            folded[i].end = folded[i + 1].end;
            folded.remove(i + 1);
        }
        i += 1;
    }
    folded
}

/// Hebrew points and accents, and the combining accents of Latin, Greek and Cyrillic.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        | '\u{0300}'..='\u{036F}')
}

fn is_dropped(c: char) -> bool {
    is_mark(c)
        || matches!(c,
            '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn replace(c: char) -> char {
    match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        '\u{05BE}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{05F4}' | '\u{201C}'..='\u{201F}' => '"',
        '\u{05F3}' | '\u{2018}'..='\u{201B}' | '`' | '\u{00B4}' | '\u{2032}' => '\'',
        '\u{2012}'..='\u{2015}' | '\u{2212}' => SEPARATOR,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_every_way_of_writing() {
        for (text, expected) in [
            ("קֶשֶׁב", "קשב"),
            ("Café", "cafe"),
            ("ﬁle", "file"),
            ("שלום", "שלומ"),
            ("נוף־ים", "נופ-ימ"),
            ("מע״מ", "מע\"מ"),
            ("חו''ל", "חו\"ל"),
            ("צ׳אט", "צ'אט"),
            ("it’s", "it's"),
            ("a–b", "a b"),
            ("\u{200F}a\u{00AD}b\u{2067}", "ab"),
            ("İzmir", "izmir"),
            ("x''y", "x''y"),
        ] {
            assert_eq!(fold_to_string(text), expected, "{text}");
        }
    }

    #[test]
    fn every_character_knows_its_original() {
        let text = "קֶשֶׁב, MX";
        let folded = fold(text);
        let last_letter = folded.iter().find(|f| f.char == 'ב').expect("there");
        assert_eq!(&text[last_letter.bytes()], "ב");
        let with_marks = folded.iter().find(|f| f.char == 'ש').expect("there");
        assert_eq!(&text[with_marks.bytes()], "שֶׁ");
    }
}
