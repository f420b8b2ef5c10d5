//! Which way text runs: the one table of scripts and the one rule that page, editor and PDF share.
//!
//! A block takes the direction of its dominant script, not of its first letter: a Hebrew sentence that opens with a
//! product's Latin name is still Hebrew. Runs of the other script, and numbers that would be torn apart, are found by
//! [`isolates()`] so that the writer can wrap them.

mod isolates;
#[cfg(test)]
mod shared;

use serde::{Deserialize, Serialize};

pub use isolates::{Isolate, isolates};

/// The way a block or a run is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of an HTML `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// The language that a page is stored with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Hebrew.
    He,
    /// English.
    En,
}

impl Language {
    /// The direction that text of this language has when it holds no letters at all.
    pub fn direction(self) -> Direction {
        match self {
            Language::He => Direction::Rtl,
            Language::En => Direction::Ltr,
        }
    }

    /// The value of an HTML `lang` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::He => "he",
            Language::En => "en",
        }
    }
}

/// The direction of the dominant script of `text`, or `None` when it holds no letters.
///
/// Addresses (`https://…`, `name@example.com`) do not count: a long link does not turn a Hebrew sentence around.
pub fn dominant(text: &str) -> Option<Direction> {
    let mut tally = Tally::default();
    tally.add(text);
    tally.decide()
}

/// The strong direction of a character: letters have one; digits, spaces and punctuation have none.
pub fn of_char(c: char) -> Option<Direction> {
    // What most texts are made of comes first; the tables behind are slow.
    match c {
        '\0'..='\x7f' => return c.is_ascii_alphabetic().then_some(Direction::Ltr),
        'א'..='ת' => return Some(Direction::Rtl),
        // General punctuation and signs of currency.
        '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20cf}' => return None,
        _ => {}
    }
    if is_rtl(c) {
        return Some(Direction::Rtl);
    }
    (c.is_alphabetic() && !is_mark(c)).then_some(Direction::Ltr)
}

/// Points, accents and other marks, which have the direction of the letter that they stand on.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x0300..=0x036F | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC
        | 0x06DF..=0x06E4 | 0x06E7..=0x06E8 | 0x06EA..=0x06ED | 0x200E..=0x200F)
}

/// Letters of the scripts that run from right to left. Points, accents and cantillation marks are not letters.
fn is_rtl(c: char) -> bool {
    matches!(c as u32,
        0x05BE | 0x05D0..=0x05EA | 0x05EF..=0x05F4       // Hebrew
        | 0x0608 | 0x060B | 0x060D | 0x061B..=0x064A     // Arabic
        | 0x066D..=0x066F | 0x0671..=0x06D5 | 0x06E5..=0x06E6 | 0x06EE..=0x06EF | 0x06FA..=0x070D
        | 0x070F..=0x0710 | 0x0712..=0x072F | 0x074D..=0x07A5 | 0x07B1 | 0x07C0..=0x07EA
        | 0x0800..=0x0815 | 0x0840..=0x0858 | 0x0860..=0x086A | 0x0870..=0x088E | 0x08A0..=0x08C9
        | 0xFB1D | 0xFB1F..=0xFB4F | 0xFB50..=0xFD3D | 0xFD50..=0xFDFC | 0xFE70..=0xFEFC
        | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// A running weight of the scripts, so that a block can be judged over several pieces of text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    rtl: usize,
    ltr: usize,
}

impl Tally {
    /// Weighs the words of `text`, addresses left out.
    pub(crate) fn add(&mut self, text: &str) {
        for word in text.split_ascii_whitespace().filter(|word| !is_address(word)) {
            let (rtl, ltr) = letters(word);
            self.rtl += rtl;
            self.ltr += if ltr == 0 { 0 } else { latin_weight(word, ltr) };
        }
    }

    /// The sum of two weights.
    pub(crate) fn merge(&mut self, other: Tally) {
        self.rtl += other.rtl;
        self.ltr += other.ltr;
    }

    /// Which script dominates.
    ///
    /// Two Hebrew letters weigh as much as three Latin ones: Hebrew writes few vowels.
    pub(crate) fn decide(self) -> Option<Direction> {
        match (self.rtl, self.ltr) {
            (0, 0) => None,
            (rtl, ltr) if rtl * 3 > ltr * 2 => Some(Direction::Rtl),
            _ => Some(Direction::Ltr),
        }
    }
}

/// How many letters of each direction a word has.
fn letters(word: &str) -> (usize, usize) {
    if word.is_ascii() {
        return (0, word.bytes().filter(u8::is_ascii_alphabetic).count());
    }
    let mut count = (0, 0);
    for c in word.chars() {
        match of_char(c) {
            Some(Direction::Rtl) => count.0 += 1,
            Some(Direction::Ltr) => count.1 += 1,
            None => {}
        }
    }
    count
}

/// What a word in Latin letters says about the language of its block: ordinary words as much as they have letters,
/// names little, codes and acronyms least. Hebrew is full of them: `XR-200 מול Vectra V8` is a Hebrew title.
fn latin_weight(word: &str, letters: usize) -> usize {
    let mut upper = 0;
    for byte in word.bytes() {
        if byte.is_ascii_digit() {
            return 1;
        }
        upper += usize::from(byte.is_ascii_uppercase());
    }
    match upper {
        0 => letters,
        _ if upper == letters => 1,
        _ => 2,
    }
}

/// Whether a word is an address rather than language: it is read from left to right in every text.
fn is_address(word: &str) -> bool {
    // Most words have none of these, and looking for single bytes is quick.
    if !word.bytes().any(|b| matches!(b, b':' | b'@' | b'.')) {
        return false;
    }
    let word = word.trim_start_matches(['(', '<', '[', '"']);
    let is_mail = || word.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    word.starts_with("www.") || word.contains("://") || is_mail()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Direction>) {
        assert_eq!(dominant(text), expected, "{text}");
    }

    #[test]
    fn the_dominant_script_decides_not_the_first_letter() {
        let (ltr, rtl) = (Some(Direction::Ltr), Some(Direction::Rtl));
        check("", None);
        check("₪15,800 – 42%", None);
        check("Plain English.", ltr);
        check("Vectra מנצחים במחיר הראשון.", rtl);
        check("XR-200 מול Vectra V8", rtl);
        check("API של CRM", rtl);
        check("Price List For הדים", ltr);
        check("Hedim against VoxLine: מחירון", ltr);
        check("The customer said שלום לכולם today", ltr);
        check("ראו https://example.com/a/very/long/address/that/goes/on", rtl);
        check("לפנות אל noa.barak.marketing@orion-sensors.example", rtl);
        check("مرحبا بالعالم", rtl);
        check("שָׁלוֹם", rtl);
    }
}
