//! What a table looks like: numbers, alignment, and whether its first column names its rows.

use super::layout::{close_of, plain};
use super::parse::{Alignment, Event, Step, Tag};

/// The columns of a table that is being written.
pub(super) struct Columns {
    centered: Vec<bool>,
    has_row_heads: bool,
    row: Option<usize>,
    column: usize,
}

impl Columns {
    /// Looks a table over; `at` is the step that opens it.
    pub(super) fn of(steps: &[Step<'_>], at: usize, alignments: &[Alignment]) -> Columns {
        let centered = alignments
            .iter()
            .map(|alignment| *alignment == Alignment::Center)
            .collect();
        let has_row_heads = alignments.len() > 1 && first_cells_are_names(steps, at);
        Columns {
            centered,
            has_row_heads,
            row: None,
            column: 0,
        }
    }

    /// Goes on to the next cell, of the row that was opened at `row`.
    /// Gives its column, whether it is centred, and whether the table has headings of rows.
    pub(super) fn next(&mut self, row: Option<usize>) -> (usize, bool, bool) {
        self.column = if self.row == row { self.column + 1 } else { 0 };
        self.row = row;
        (
            self.column,
            self.centered.get(self.column).copied().unwrap_or(false),
            self.has_row_heads,
        )
    }
}

/// Whether each row begins with a name that can stand for it: letters, and no number.
fn first_cells_are_names(steps: &[Step<'_>], at: usize) -> bool {
    let end = close_of(steps, at);
    let mut rows = 0;
    for row in at..end {
        if steps[row].event != Event::Open(Tag::TableRow) {
            continue;
        }
        let Some(Event::Open(Tag::Cell)) = steps.get(row + 1).map(|step| &step.event) else {
            return false;
        };
        let text = plain(&steps[row + 2..close_of(steps, row + 1)]);
        if is_number(&text) || !text.chars().any(char::is_alphabetic) {
            return false;
        }
        rows += 1;
    }
    rows > 0
}

/// Whether a cell holds a number: digits with signs, currency, and at most a short unit.
pub(super) fn is_number(text: &str) -> bool {
    let mut digits = 0;
    let mut letters = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            c if c.is_alphabetic() => letters += 1,
            ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ':' | '+' | '-' | '−' | '–' | '±' | '~' | '≈' | '<'
            | '>' | '≤' | '≥' | '(' | ')' | '/' | '%' | '°' | '₪' | '$' | '€' | '£' | '×' | '״' | '׳'
            | '"' | '\'' | '\u{200e}' | '\u{200f}' => {}
            _ => return false,
        }
    }
    let starts_with_letter = text.chars().next().is_some_and(char::is_alphabetic);
    digits > 0 && letters <= 3 && !starts_with_letter
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn numbers_are_told_from_words() {
        for number in [
            "₪69,000",
            "12.5%",
            "-40",
            "15 cm",
            "15 ס״מ",
            "10–20",
            "≈ 3",
            "12.11.2026",
            "(4)",
        ] {
            assert!(is_number(number), "{number}");
        }
        for word in [
            "",
            "–",
            "XR-200",
            "V8",
            "Free up to 10",
            "ללא תשלום עד 10",
            "3 years",
        ] {
            assert!(!is_number(word), "{word}");
        }
    }
}
