//! Tokens: which runs of folded characters are words, acronyms, compounds and codes.
//!
//! The three signs that stand inside Hebrew and English words (`"`, `'`, `-`) mean different things by what is around
//! them; everything that decides so is here.

use std::ops::Range;

use super::chars::{Folded, fold, is_hebrew, is_latin};

/// A token longer than this is cut: nobody searches for it whole, and it would only fill the term dictionary.
const CHARS_MAX: usize = 64;

/// A compound of more parts than this (a path, a serial number) gets no joined form.
const JOINED_PARTS_MAX: usize = 4;

/// An acronym has at most this many letters after its gershayim; more means a quotation mark.
const LETTERS_AFTER_GERSHAYIM_MAX: usize = 3;

/// At most this many prefix letters stand before a foreign word or a number.
const PREFIX_LETTERS_MAX: usize = 3;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The folded word.
    pub(crate) text: String,
    /// Its bytes in the original text.
    pub(crate) bytes: Range<usize>,
    /// Its place among the words of the text, from 0.
    pub(crate) position: usize,
    /// The compound that begins with this token, and how many tokens it has.
    pub(crate) joined: Option<Joined>,
}

/// A compound or a code written with hyphens, as one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Joined {
    /// The parts without the hyphens.
    pub(crate) text: String,
    /// How many tokens it spans.
    pub(crate) parts: usize,
}

/// Whether a folded word is a code: it has letters and digits.
pub(crate) fn is_code(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a folded word is a number.
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_numeric() || c == '.')
}

/// The letters that can stand before a Hebrew word as prefixes.
pub(crate) fn is_prefix_letter(c: char) -> bool {
    matches!(c, 'ו' | 'ש' | 'ה' | 'כ' | 'ל' | 'ב' | 'מ')
}

/// The words of a text, in order.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    let folded = fold(text);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        if !folded[at].char.is_alphanumeric() {
            at += 1;
            continue;
        }
        let (words, next) = chunk(&folded, at);
        push_chunk(words, &mut tokens);
        at = next;
    }
    tokens
}

/// One part of a chunk: what lies between hyphens.
#[derive(Default)]
struct Part {
    chars: Vec<Folded>,
}

impl Part {
    fn text(&self) -> String {
        self.chars.iter().take(CHARS_MAX).map(|f| f.char).collect()
    }

    fn bytes(&self) -> Range<usize> {
        let first = self.chars.first().expect("a part has a character");
        let last = self.chars.last().expect("a part has a character");
        first.bytes().start..last.bytes().end
    }

    /// How many of the first letters are a Hebrew prefix written before something foreign.
    fn glued_prefix(&self) -> usize {
        let hebrew = self.chars.iter().take_while(|f| is_hebrew(f.char)).count();
        let foreign = self.chars.get(hebrew).is_some_and(|f| is_foreign(f.char));
        let all_prefix = self.chars[..hebrew].iter().all(|f| is_prefix_letter(f.char));
        if (1..=PREFIX_LETTERS_MAX).contains(&hebrew) && foreign && all_prefix {
            hebrew
        } else {
            0
        }
    }

    fn is_prefix(&self) -> bool {
        self.chars.len() <= PREFIX_LETTERS_MAX && self.chars.iter().all(|f| is_prefix_letter(f.char))
    }
}

fn is_foreign(c: char) -> bool {
    is_latin(c) || c.is_ascii_digit()
}

/// Reads one run of characters without a break, as parts between hyphens, and says where to go on.
fn chunk(folded: &[Folded], start: usize) -> (Vec<Part>, usize) {
    let char_at = |i: usize| folded.get(i).map_or(' ', |f| f.char);
    let mut parts = vec![Part::default()];
    let mut at = start;
    while at < folded.len() {
        let (before, here, after) = (char_at(at.wrapping_sub(1)), char_at(at), char_at(at + 1));
        let digits_around = before.is_ascii_digit() && after.is_ascii_digit();
        let part = parts.last_mut().expect("never empty");
        match here {
            _ if here.is_alphanumeric() => part.chars.push(folded[at]),
            '\'' if before.is_alphabetic() && after.is_alphabetic() => {}
            '"' if is_acronym(folded, at) => {}
            '"' if is_hebrew(before) && is_hebrew(after) => {
                // A quotation after a prefix: the prefix is no word of its own.
                if part.is_prefix() {
                    parts.pop();
                }
                return (parts, at + 1);
            }
            '.' if digits_around => part.chars.push(folded[at]),
            ',' if digits_around && is_thousands(folded, at) => {}
            '-' if before.is_alphanumeric() && after.is_alphanumeric() => {
                parts.push(Part::default());
            }
            _ => return (parts, at),
        }
        at += 1;
    }
    (parts, at)
}

/// Whether the `"` at a place stands inside an acronym.
fn is_acronym(folded: &[Folded], at: usize) -> bool {
    let hebrew_before = at > 0 && is_hebrew(folded[at - 1].char);
    let after = folded[at + 1..]
        .iter()
        .take(LETTERS_AFTER_GERSHAYIM_MAX + 1)
        .take_while(|f| is_hebrew(f.char))
        .count();
    hebrew_before && (1..=LETTERS_AFTER_GERSHAYIM_MAX).contains(&after)
}

/// Whether the comma at a place groups thousands: exactly three digits follow.
fn is_thousands(folded: &[Folded], at: usize) -> bool {
    let digits = folded[at + 1..]
        .iter()
        .take(4)
        .take_while(|f| f.char.is_ascii_digit())
        .count();
    digits == 3
}

fn push_chunk(mut parts: Vec<Part>, tokens: &mut Vec<Token>) {
    drop_prefixes(&mut parts);
    parts.retain(|part| !part.chars.is_empty());
    let first = tokens.len();
    let next = tokens.last().map_or(0, |last| last.position + 1);
    for (position, part) in (next..).zip(&parts) {
        tokens.push(Token {
            text: part.text(),
            bytes: part.bytes(),
            position,
            joined: None,
        });
    }
    if (2..=JOINED_PARTS_MAX).contains(&parts.len()) {
        let text: String = parts.iter().map(Part::text).collect();
        if text.chars().any(char::is_alphabetic) && text.chars().count() <= CHARS_MAX {
            let parts = parts.len();
            tokens[first].joined = Some(Joined { text, parts });
        }
    }
}

/// Drops a Hebrew prefix before a Latin word or a number, with a hyphen or without.
fn drop_prefixes(parts: &mut Vec<Part>) {
    if parts.len() > 1 && parts[0].is_prefix() && parts[1].chars.first().is_some_and(|f| is_foreign(f.char)) {
        parts.remove(0);
    }
    if let Some(first) = parts.first_mut() {
        first.chars.drain(..first.glued_prefix());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let words: Vec<String> = tokenize(text)
            .into_iter()
            .map(|t| match t.joined {
                Some(joined) => format!("{}[{}]", t.text, joined.text),
                None => t.text,
            })
            .collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    #[test]
    fn gershayim_join_and_quotes_split() {
        check("מע\"מ", "מעמ");
        check("סמנכ״ל הסחר", "סמנכל הסחר");
        check("הדו\"חות", "הדוחות");
        check("\"הדים\"", "הדימ");
        check("ב\"הצעת מחיר\"", "הצעת מחיר");
        check("אמר \"שלום\" והלך", "אמר שלומ והלכ");
        check("say \"hello\"", "say hello");
    }

    #[test]
    fn apostrophes_inside_words_are_dropped() {
        check("צ'אט don't אינץ'", "צאט dont אינצ");
    }

    #[test]
    fn hyphens_part_and_join() {
        check("MX-40", "mx[mx40] 40");
        check("ה-KN-22", "kn[kn22] 22");
        check("ב־CRM בCRM ל-50", "crm crm 50");
        check("נוף־ים", "נופ[נופימ] ימ");
        check("mx-", "mx");
        check("03-555-1234", "03 555 1234");
        check("a-b-c-d-e", "a b c d e");
    }

    #[test]
    fn numbers_keep_their_form() {
        check("10,000 v2.1 1,5 0.78", "10000 v2.1 1 5 0.78");
        check("a/b_c&d, e.g", "a b c d e g");
    }

    #[test]
    fn nothing_is_no_word() {
        for text in ["", "\"", "\"\"\"\"", "-", "'''", "\u{0}\u{7}", "₪ %"] {
            check(text, "");
        }
    }

    #[test]
    fn a_token_points_into_the_original() {
        let text = "על מע״מ ו-MX-40.";
        let marked: Vec<&str> = tokenize(text).into_iter().map(|t| &text[t.bytes]).collect();
        assert_eq!(marked, ["על", "מע״מ", "MX", "40"]);
    }
}
