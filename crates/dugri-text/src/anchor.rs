//! Where a passage stands, and where it went: for reports, comments and claims about a piece of a page.
//!
//! An anchor is lost rather than guessed: a wrong passage under somebody's name is worse than none. What is compared
//! are words; white space counts as one space, so that a paragraph may be wrapped anew.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diff::{self, BlockChange, Options};
use crate::markdown;

/// How much of the text around a passage is kept, in characters.
const CONTEXT_CHARS: usize = 32;
/// From this length on, in characters, a passage that stands once in a text is it, wherever it went.
const TELLING_CHARS: usize = 24;
/// How many characters of the text around must agree, where there are as many.
const AGREEING_CHARS: usize = 12;

/// A passage of one revision (which one is the caller's to know).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The headings above it, from the outside in.
    pub heading_path: Vec<String>,
    /// The passage itself, as in the source.
    pub quote: String,
    /// Up to 32 characters before it.
    pub before: String,
    /// Up to 32 characters after it.
    pub after: String,
    /// A digest of the block that holds its beginning.
    pub block_digest: String,
}

/// The anchor of `range` in `text`. `None` when the range holds no words, lies outside or cuts a character.
pub fn anchor(text: &str, range: Range<usize>) -> Option<Anchor> {
    let quote = text.get(range.clone())?;
    if quote.trim().is_empty() {
        return None;
    }
    let before: Vec<char> = text[..range.start].chars().rev().take(CONTEXT_CHARS).collect();
    Some(Anchor {
        heading_path: heading_path(text, range.start),
        quote: quote.to_owned(),
        before: before.into_iter().rev().collect(),
        after: text[range.end..].chars().take(CONTEXT_CHARS).collect(),
        block_digest: digest(&text[block_at(text, range.start)]),
    })
}

/// The anchor of a passage given by its words alone, as a form sends it: only where they stand exactly once.
///
/// Words copied from the page may lack the marks of the source; then the block that says them is the passage.
pub fn anchor_of_quote(text: &str, quote: &str) -> Option<Anchor> {
    if let [range] = &occurrences(text, quote)[..] {
        return anchor(text, range.clone());
    }
    let blocks = markdown::plain_text(text);
    let mut says = blocks
        .iter()
        .filter(|block| !occurrences(&block.text, quote).is_empty());
    match (says.next(), says.next()) {
        (Some(block), None) => anchor(text, trimmed(text, block.range.clone())),
        _ => None,
    }
}

/// Where the passage stands in this text. `None` when it is gone or could be several.
pub fn locate(anchor: &Anchor, text: &str) -> Option<Range<usize>> {
    let found: Vec<Place<'_>> = occurrences(text, &anchor.quote)
        .into_iter()
        .map(|range| Place { anchor, text, range })
        .collect();
    // From the surest sign to the weakest; each must leave exactly one.
    let signs: [fn(&Place<'_>) -> bool; 4] = [
        |place| place.is_in_same_block() && place.is_under_same_heading() && place.has_same_context(),
        |place| place.is_in_same_block() && place.has_same_context(),
        |place| place.is_under_same_heading() && place.has_same_context(),
        |place| place.has_same_context(),
    ];
    for sign in signs {
        let mut agreeing = found.iter().filter(|place| sign(place));
        match (agreeing.next(), agreeing.next()) {
            (Some(place), None) => return Some(place.range.clone()),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
    }
    match &found[..] {
        [only] if anchor.quote.chars().count() >= TELLING_CHARS || only.is_in_same_block() => {
            Some(only.range.clone())
        }
        _ => None,
    }
}

/// Carries an anchor from one text to the next by what the comparison of their blocks says.
pub fn carry(anchor: &Anchor, before: &str, after: &str) -> Option<Anchor> {
    let range = locate(anchor, before)?;
    let moved = match fate(before, after, &range) {
        Fate::Same(old, new) => {
            let start =
                new.start + leading(&after[new.clone()]) + (range.start - old.start) - leading(&before[old]);
            Some(start..start + range.len())
        }
        Fate::Changed(new) => match &occurrences(&after[new.clone()], &anchor.quote)[..] {
            [only] => Some(new.start + only.start..new.start + only.end),
            _ => None,
        },
        Fate::Elsewhere => locate(anchor, after),
    };
    self::anchor(after, moved?)
}

/// What became of the block that holds a passage.
enum Fate {
    Same(Range<usize>, Range<usize>),
    Changed(Range<usize>),
    /// Deleted, perhaps to stand elsewhere; or the passage reaches over several blocks.
    Elsewhere,
}

fn fate(before: &str, after: &str, range: &Range<usize>) -> Fate {
    for block in diff::blocks(before, after, Options::default()).blocks {
        match block {
            BlockChange::Same { before, after } if holds(&before, range) => return Fate::Same(before, after),
            BlockChange::Changed { before, after, .. } if holds(&before, range) => {
                return Fate::Changed(after);
            }
            _ => {}
        }
    }
    Fate::Elsewhere
}

fn holds(block: &Range<usize>, range: &Range<usize>) -> bool {
    block.start <= range.start && range.end <= block.end
}

fn leading(block: &str) -> usize {
    block.len() - block.trim_start_matches(['\n', '\r']).len()
}

/// A place where the words of an anchor stand.
struct Place<'p> {
    anchor: &'p Anchor,
    text: &'p str,
    range: Range<usize>,
}

impl Place<'_> {
    fn is_in_same_block(&self) -> bool {
        digest(&self.text[block_at(self.text, self.range.start)]) == self.anchor.block_digest
    }

    fn is_under_same_heading(&self) -> bool {
        heading_path(self.text, self.range.start) == self.anchor.heading_path
    }

    /// Whether the words before and those after agree.
    fn has_same_context(&self) -> bool {
        let before = folded(&self.text[..self.range.start])
            .chars()
            .rev()
            .eq_for(folded(&self.anchor.before).chars().rev());
        let after = folded(&self.text[self.range.end..])
            .chars()
            .eq_for(folded(&self.anchor.after).chars());
        before && after
    }
}

/// Whether the first characters of two texts agree.
trait AgreeingStart: Iterator<Item = char> + Sized {
    fn eq_for(self, other: impl Iterator<Item = char>) -> bool {
        self.take(AGREEING_CHARS).eq(other.take(AGREEING_CHARS))
    }
}

impl<I: Iterator<Item = char>> AgreeingStart for I {}

/// The headings above a place, from the outside in.
fn heading_path(text: &str, at: usize) -> Vec<String> {
    let mut path: Vec<(u8, String)> = Vec::new();
    for heading in markdown::headings(text)
        .into_iter()
        .take_while(|heading| heading.range.end <= at)
    {
        path.retain(|(level, _)| *level < heading.level);
        path.push((heading.level, heading.text));
    }
    path.into_iter().map(|(_, text)| text).collect()
}

fn block_at(text: &str, at: usize) -> Range<usize> {
    markdown::blocks(text)
        .into_iter()
        .find(|block| block.contains(&at))
        .unwrap_or(0..text.len())
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

/// White space made one space.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if !c.is_whitespace() => folded.push(c),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded
}

/// Where the words of `quote` stand in `text`, apart from each other.
fn occurrences(text: &str, quote: &str) -> Vec<Range<usize>> {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let Some(first) = words.first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(first).map(|n| at + n) {
        match end_of_words(&text[start..], &words) {
            Some(len) => {
                found.push(start..start + len);
                at = start + len;
            }
            None => at = start + text[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// How long the words are at the beginning of `text`, with whatever white space between them.
fn end_of_words(text: &str, words: &[&str]) -> Option<usize> {
    let mut rest = text;
    for (n, word) in words.iter().enumerate() {
        let after_gap = rest.trim_start();
        if n > 0 && after_gap.len() == rest.len() {
            return None;
        }
        rest = after_gap.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

/// A digest of the words of a block: FNV-1a, 64 bits. It is kept in databases, so that it must never change; it guards
/// nothing, so that it need not be more.
fn digest(block: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in folded(block.trim()).bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Price\n\nThe gateway is included for the first ten sensors. Ask for it in writing.\n\n# Proof\n\n- Forty tanks, 26 months.\n- Ask for it in writing.\n";

    fn at(text: &str, quote: &str) -> Range<usize> {
        let start = text.find(quote).expect("the quote");
        start..start + quote.len()
    }

    #[track_caller]
    fn check(quote: &str, changed: &str, expected: Option<&str>) {
        let anchor = anchor(TEXT, at(TEXT, quote)).expect("an anchor");
        let carried = carry(&anchor, TEXT, changed);
        assert_eq!(carried.as_ref().map(|anchor| anchor.quote.as_str()), expected);
        if let Some(carried) = carried {
            assert!(
                locate(&carried, changed).is_some(),
                "a carried anchor is found again"
            );
        }
    }

    #[test]
    fn an_anchor_knows_its_surroundings() {
        let anchor = anchor(TEXT, at(TEXT, "included")).expect("an anchor");
        assert_eq!(anchor.heading_path, ["Price"]);
        assert_eq!(
            (anchor.before.as_str(), anchor.after.as_str()),
            ("# Price\n\nThe gateway is ", " for the first ten sensors. Ask ")
        );
        assert_eq!(locate(&anchor, TEXT), Some(at(TEXT, "included")));
        assert_eq!(super::anchor(TEXT, 3..3), None);
        assert_eq!(super::anchor("ש", 0..1), None);
    }

    #[test]
    fn an_anchor_goes_with_its_block() {
        check(
            "included",
            &TEXT.replace("# Price", "# Cost\n\nNew first.\n\n## Price"),
            Some("included"),
        );
        check(
            "included",
            &TEXT.replace("Ask for it in writing.\n\n", "Get it signed.\n\n"),
            Some("included"),
        );
        check(
            "for the first ten sensors",
            &TEXT.replace("first ten", "first\nten"),
            Some("for the first\nten sensors"),
        );
        check(
            "Forty tanks, 26 months.",
            &TEXT.replace("- Forty tanks, 26 months.\n", ""),
            None,
        );
        check("included", &TEXT.replace("included", "extra"), None);
        check(
            "included",
            &TEXT.replace("is included", "is included and included"),
            None,
        );
    }

    #[test]
    fn what_stands_twice_is_told_by_its_surroundings() {
        let second = TEXT.rfind("Ask").expect("the second");
        let anchor = anchor(TEXT, second..second + 22).expect("an anchor");
        assert_eq!(locate(&anchor, TEXT), Some(second..second + 22));
        assert_eq!(
            locate(
                &anchor,
                "Other.\n\nAsk for it in writing. Then ask for it. Ask for it in writing.\n"
            ),
            None
        );
        assert_eq!(anchor_of_quote(TEXT, "Ask for it in writing."), None);
    }

    #[test]
    fn words_from_the_page_find_the_block_that_says_them() {
        let text = "# A\n\nThe **gateway** is [included](/x).\n\nMore.\n";
        let anchor = anchor_of_quote(text, "The gateway is included").expect("the block");
        assert_eq!(anchor.quote, "The **gateway** is [included](/x).");
        assert_eq!(
            anchor_of_quote(text, "gateway").map(|a| a.quote).as_deref(),
            Some("gateway")
        );
        assert_eq!(anchor_of_quote(text, "nowhere"), None);
    }

    /// Anchors are kept: this value must never change.
    #[test]
    fn digests_are_forever() {
        assert_eq!(digest("a  b\n"), digest("a b"));
        assert_eq!(digest("שלום"), "abc315c8030023c6");
    }
}
