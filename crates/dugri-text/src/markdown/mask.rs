//! A copy of the source for the Markdown parser, in which Dugri's own syntax is covered up, byte for byte.
//!
//! The parser knows neither `[[page|text]]` (it would cut it at a table's `|`) nor `:::name`, and it knows HTML, which
//! it should not. So each reference becomes as many bytes [`REFERENCE`], each `:::name` line a rule (`___`, which
//! ends whatever paragraph, list or table it interrupts), and each `<` that could open HTML a [`LESS_THAN`]. Offsets
//! stay what they are: where the parser says that a covered place is code, the source itself stands there again.

use std::borrow::Cow;
use std::ops::Range;

use crate::links::{self, Reference};

/// Stands for each byte of a reference.
pub(super) const REFERENCE: u8 = 1;
/// Stands for a `<` that must not open HTML.
pub(super) const LESS_THAN: u8 = 2;

/// A `:::` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// Where its colons begin.
    pub start: usize,
    /// The name behind them; empty for a line that closes.
    pub name: Range<usize>,
    /// What stands behind the name.
    pub label: Range<usize>,
}

/// The covered copy and what is under the covers.
pub(super) struct Masked<'a> {
    pub source: Cow<'a, str>,
    pub copy: Cow<'a, str>,
    pub references: Vec<Reference>,
    pub markers: Vec<Marker>,
}

impl<'a> Masked<'a> {
    /// Covers a source.
    pub(super) fn new(source: &'a str) -> Masked<'a> {
        let markers = markers(source);
        let mut references = links::candidates(source);
        references.retain(|reference| {
            !markers
                .iter()
                .any(|m| (m.start..m.label.end).contains(&reference.range.start))
        });
        let copy = covered(source, &references, &markers);
        Masked {
            source: Cow::Borrowed(source),
            copy,
            references,
            markers,
        }
    }

    /// Takes stretches out of the text for good: what stands there is never parsed, so it can't come out anywhere.
    /// They are given in order and apart. The source goes with the copy: what is under the covers must be gone, too.
    pub(super) fn blank(&mut self, ranges: &[Range<usize>]) {
        self.source = blanked(&self.source, ranges);
        self.copy = blanked(&self.copy, ranges);
        self.references
            .retain(|reference| !is_within(ranges, reference.range.start));
        self.markers.retain(|marker| !is_within(ranges, marker.start));
    }

    /// The references that begin in a range.
    pub(super) fn references_in(&self, range: Range<usize>) -> &[Reference] {
        let from = self
            .references
            .partition_point(|reference| reference.range.start < range.start);
        let to = self
            .references
            .partition_point(|reference| reference.range.start < range.end);
        &self.references[from..to.max(from)]
    }

    /// The marker whose colons stand in a range.
    pub(super) fn marker_in(&self, range: Range<usize>) -> Option<usize> {
        let at = self.markers.partition_point(|marker| marker.start < range.start);
        self.markers
            .get(at)
            .filter(|marker| marker.start < range.end)
            .map(|_| at)
    }

    /// What the source says where the parser returned `text` from `range` of the copy.
    pub(super) fn uncover<'t>(&'t self, text: Cow<'t, str>, range: Range<usize>) -> Cow<'t, str> {
        if !text.bytes().any(|b| matches!(b, REFERENCE | LESS_THAN | b'_')) {
            return text;
        }
        match self.position(&text) {
            Some(start) => Cow::Borrowed(&self.source[start..start + text.len()]),
            None => Cow::Owned(self.uncover_owned(&text, range)),
        }
    }

    /// Where a slice of the copy begins, if `text` is one and not a string that the parser made.
    pub(super) fn position(&self, text: &str) -> Option<usize> {
        let start = (text.as_ptr() as usize).checked_sub(self.copy.as_ptr() as usize)?;
        (start + text.len() <= self.copy.len()).then_some(start)
    }

    /// For text that the parser put together: covers are lifted in their order.
    fn uncover_owned(&self, text: &str, range: Range<usize>) -> String {
        let mut references = self.references_in(range).iter();
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|b| matches!(b, REFERENCE | LESS_THAN)) {
            out.push_str(&rest[..at]);
            let width = match rest.as_bytes()[at] {
                LESS_THAN => {
                    out.push('<');
                    1
                }
                _ => match references.next() {
                    Some(reference) => {
                        out.push_str(&self.source[reference.range.clone()]);
                        reference.range.len()
                    }
                    None => 1,
                },
            };
            rest = rest.get(at + width..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }
}

/// Whether a place lies in one of the ranges, which are in order and apart.
pub(super) fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && at < ranges[after - 1].end
}

/// Ranges in order and apart, without those that lie in others.
pub(super) fn outermost(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let is_outer = range.start >= end;
        end = end.max(range.end);
        is_outer
    });
    ranges
}

fn blanked(text: &str, ranges: &[Range<usize>]) -> Cow<'static, str> {
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        // With the marks of a quotation before it, lest an empty one stay behind.
        let before = bytes[..range.start].iter().rev();
        let marks = before.take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
        let is_first = bytes[..range.start - marks].last().is_none_or(|b| *b == b'\n');
        let start = if is_first {
            range.start - marks
        } else {
            range.start
        };
        for byte in bytes[start..range.end]
            .iter_mut()
            .filter(|byte| !matches!(byte, b'\n' | b'\r'))
        {
            *byte = b' ';
        }
    }
    Cow::Owned(String::from_utf8(bytes).expect("whole characters became spaces"))
}

fn covered<'a>(source: &'a str, references: &[Reference], markers: &[Marker]) -> Cow<'a, str> {
    let is_plain = references.is_empty()
        && markers.is_empty()
        && !source.bytes().any(|b| matches!(b, b'<' | REFERENCE | LESS_THAN));
    if is_plain {
        return Cow::Borrowed(source);
    }
    let mut copy = source.as_bytes().to_vec();
    for byte in copy
        .iter_mut()
        .filter(|byte| matches!(**byte, REFERENCE | LESS_THAN))
    {
        *byte = b' ';
    }
    for at in 0..copy.len() {
        if copy[at] == b'<' && may_open_html(&copy, at) {
            copy[at] = LESS_THAN;
        }
    }
    for reference in references {
        copy[reference.range.clone()].fill(REFERENCE);
    }
    for marker in markers {
        copy[marker.start..marker.label.end].fill(b' ');
        copy[marker.start..marker.start + 3].fill(b'_');
    }
    Cow::Owned(String::from_utf8(copy).expect("whole characters were covered by ASCII"))
}

/// Whether the `<` at `at` could be taken for HTML: it begins neither `<https://…>` nor the address in `](<…>)`.
///
/// Also what can't be HTML is covered: the parser looks far behind each `<`, so that many of them take it long.
fn may_open_html(bytes: &[u8], at: usize) -> bool {
    !opens_address(&bytes[..at]) && !is_autolink(&bytes[at + 1..])
}

fn opens_address(before: &[u8]) -> bool {
    let spaces = before
        .iter()
        .rev()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    let before = &before[..before.len() - spaces];
    before.ends_with(b"](") || before.ends_with(b"]:")
}

fn is_autolink(after: &[u8]) -> bool {
    let Some(end) = after
        .iter()
        .position(|b| matches!(b, b'>' | b'<' | b' ' | 0..=31))
    else {
        return false;
    };
    if after[end] != b'>' {
        return false;
    }
    let inside = &after[..end];
    let scheme = inside
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        .count();
    let has_scheme = (2..=32).contains(&scheme) && inside.get(scheme) == Some(&b':');
    has_scheme || inside.iter().filter(|b| **b == b'@').count() == 1
}

fn markers(source: &str) -> Vec<Marker> {
    let mut markers = Vec::new();
    if !source.contains(":::") {
        return markers;
    }
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        markers.extend(marker(line).map(|marker| Marker {
            start: marker.start + at,
            name: marker.name.start + at..marker.name.end + at,
            label: marker.label.start + at..marker.label.end + at,
        }));
        at += line.len();
    }
    markers
}

/// Reads a line as a `:::` line, behind the `>` and list marks that may precede it.
fn marker(line: &str) -> Option<Marker> {
    let line = line.trim_end();
    let start = block_prefix(line.as_bytes());
    let colons = line[start..].bytes().take_while(|b| *b == b':').count();
    if colons < 3 {
        return None;
    }
    let rest = start + colons;
    let name_start = rest + (line[rest..].len() - line[rest..].trim_start().len());
    let name_len = line[name_start..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(line.len() - name_start);
    let name = name_start..name_start + name_len;
    let tail = &line[name.end..];
    if (name.is_empty() && !tail.is_empty()) || !(tail.is_empty() || tail.starts_with(char::is_whitespace)) {
        return None;
    }
    let label_start = line.len() - tail.trim_start().len();
    Some(Marker {
        start,
        name,
        label: label_start..line.len(),
    })
}

/// The name on a `:::` line (empty where it closes), lower case for the names that Dugri knows.
pub(super) fn marker_name(line: &str) -> Option<&str> {
    let name = &line[marker(line)?.name];
    Some(if name.eq_ignore_ascii_case("internal") {
        "internal"
    } else {
        name
    })
}

/// How many bytes of indentation, `>` and list marks stand before the text of a line.
fn block_prefix(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let digits = line[at..]
            .iter()
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let mark = if (1..=9).contains(&digits) { digits } else { 0 };
        match line.get(at + mark) {
            Some(b' ' | b'\t' | b'>') if mark == 0 => at += 1,
            Some(b'-' | b'+' | b'*') if mark == 0 && is_blank(line.get(at + 1)) => at += 2,
            Some(b'.' | b')') if mark > 0 && is_blank(line.get(at + mark + 1)) => at += mark + 2,
            _ => return at,
        }
    }
}

fn is_blank(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let masked = Masked::new(source);
        assert_eq!(masked.copy.len(), source.len());
        assert_eq!(masked.copy.replace('\u{1}', "R").replace('\u{2}', "L"), expected);
    }

    #[test]
    fn own_syntax_and_html_are_covered() {
        check("plain", "plain");
        check("a [[ב|c]] d", "a RRRRRRRR d");
        check(
            "<b>x</b> 1 < 2 <https://a.example> <a@b.c>",
            "Lb>xL/b> 1 L 2 <https://a.example> <a@b.c>",
        );
        check("[a](<b c>) <!-- x -->", "[a](<b c>) L!-- x -->");
        check(":::internal\nx\n:::", "___        \nx\n___");
        check("> - :::never שם", "> - ___          ");
        check("::: {x}\n:::x:y", "::: {x}\n:::x:y");
        check("a\u{1}b", "a b");
    }

    #[test]
    fn markers_say_name_and_label() {
        let source = "::: Straight  Where they win \n";
        let marker = &Masked::new(source).markers[0];
        assert_eq!(
            (&source[marker.name.clone()], &source[marker.label.clone()]),
            ("Straight", "Where they win")
        );
        assert_eq!(marker_name("1. :::INTERNAL"), Some("internal"));
        assert_eq!(marker_name("::::"), Some(""));
        assert_eq!(marker_name("text :::"), None);
    }
}
