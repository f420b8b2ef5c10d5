//! From letters with their places to lines of text.

use super::super::visual;

/// What one glyph stands for, and where it stands: in points, from the top left corner.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The line that it stands on.
    pub(super) base: f64,
    pub(super) size: f64,
    /// Whether it is written across the page, not up or down.
    pub(super) is_level: bool,
}

/// Letters whose lines are further apart than this share of their size stand on different ones.
const SAME_LINE: f64 = 0.4;

/// A gap of this many times the size of the letters divides columns.
const COLUMN_GAP: f64 = 2.0;

/// A gap of this share of the size of the letters is a space.
const SPACE_GAP: f64 = 0.18;

/// The same letter at the same place within this share of its size is one, drawn twice to look bold.
const TWICE: f64 = 0.12;

/// So many lines back may a letter belong that was drawn late: numbers in a Hebrew line often are.
const LINES_BACK: usize = 12;

/// The lines of a page, in the order in which they were begun: writers go column by column.
#[derive(Default)]
pub(super) struct Lines {
    lines: Vec<Line>,
}

#[derive(Default)]
struct Line {
    pieces: Vec<Piece>,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    is_level: bool,
}

impl Lines {
    pub(super) fn of(pieces: Vec<Piece>) -> Lines {
        let mut lines = Lines::default();
        for piece in pieces {
            let near = lines.lines.iter_mut().rev().take(LINES_BACK);
            match near.into_iter().find(|line| line.takes(&piece)) {
                Some(line) => line.add(piece),
                None => lines.lines.push(Line::begin(piece)),
            }
        }
        lines
    }

    pub(super) fn into_text(self) -> String {
        let mut text = String::new();
        for line in self.lines {
            text.push_str(&line.into_text());
            text.push('\n');
        }
        // Where a font lies about its letters, the order of the places does not help; their look does.
        visual::in_reading_order(&text)
    }
}

impl Line {
    fn begin(piece: Piece) -> Line {
        Line {
            left: piece.left,
            right: piece.right,
            base: piece.base,
            size: piece.size,
            is_level: piece.is_level,
            pieces: vec![piece],
        }
    }

    fn takes(&self, piece: &Piece) -> bool {
        let size = self.size.max(piece.size);
        if !self.is_level || !piece.is_level {
            return self.is_level == piece.is_level && (self.left - piece.left).abs() < size * SAME_LINE;
        }
        (self.base - piece.base).abs() < size * SAME_LINE
            && piece.left < self.right + size * COLUMN_GAP
            && piece.right > self.left - size * COLUMN_GAP
    }

    fn add(&mut self, piece: Piece) {
        self.left = self.left.min(piece.left);
        self.right = self.right.max(piece.right);
        self.size = self.size.max(piece.size);
        self.pieces.push(piece);
    }

    fn into_text(mut self) -> String {
        if !self.is_level {
            return self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        }
        self.pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut texts: Vec<String> = Vec::with_capacity(self.pieces.len());
        let mut before: Option<&Piece> = None;
        for piece in &self.pieces {
            if let Some(before) = before {
                let is_twice =
                    before.text == piece.text && (piece.left - before.left).abs() < piece.size * TWICE;
                if is_twice && !piece.text.trim().is_empty() {
                    continue;
                }
                if piece.left - before.right > piece.size * SPACE_GAP {
                    texts.push(" ".into());
                }
            }
            texts.push(piece.text.clone());
            before = Some(piece);
        }
        visual::from_left_to_right(&texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of ten points, each half as wide, drawn one after another from a place.
    fn drawn(text: &str, left: f64, base: f64) -> Vec<Piece> {
        let places = text.chars().enumerate();
        places
            .map(|(n, c)| Piece {
                text: c.to_string(),
                left: left + 5.0 * n as f64,
                right: left + 5.0 * (n + 1) as f64,
                base,
                size: 10.0,
                is_level: true,
            })
            .collect()
    }

    fn text_of(pieces: Vec<Piece>) -> String {
        Lines::of(pieces).into_text().trim_end().to_owned()
    }

    #[test]
    fn hebrew_is_right_in_whichever_order_it_was_drawn() {
        let seen = drawn("200 XR םלוע םולש", 0.0, 0.0);
        let mut reversed = seen.clone();
        reversed.reverse();
        assert_eq!(text_of(seen), "שלום עולם 200 XR");
        assert_eq!(text_of(reversed), "שלום עולם 200 XR");
    }

    #[test]
    fn gaps_are_spaces_and_wide_ones_columns() {
        let mut pieces = drawn("one", 0.0, 0.0);
        pieces.extend(drawn("two", 18.0, 0.0));
        pieces.extend(drawn("far", 300.0, 0.0));
        pieces.extend(drawn("next", 0.0, 12.0));
        assert_eq!(text_of(pieces), "one two\nfar\nnext");
    }

    #[test]
    fn what_is_drawn_twice_to_look_bold_is_read_once() {
        let mut pieces = drawn("bold", 0.0, 0.0);
        pieces.extend(drawn("bold", 0.3, 0.0));
        assert_eq!(text_of(pieces), "bold");
    }
}
