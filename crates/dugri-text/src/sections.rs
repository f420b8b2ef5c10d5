//! Sections of a text: taking one out to stand alone, and putting one text behind another.
//!
//! Every byte of the texts stays what it was, but for the labels of footnotes that would mean two things at once. What a
//! section needs from elsewhere (the footnotes that it refers to) goes along with it.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::markdown::{self, Heading};

/// A section: from its heading to the next one of the same level or above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: Heading,
    /// Where it stands in the source, its heading included.
    pub range: Range<usize>,
}

/// All sections of a text, in order; those inside others too.
pub fn sections(source: &str) -> Vec<Section> {
    let headings = markdown::headings(source);
    let start_of = |heading: &Heading| line_start(source, heading.range.start);
    headings
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            let next = headings[at + 1..].iter().find(|next| next.level <= heading.level);
            Section {
                heading: heading.clone(),
                range: start_of(heading)..next.map_or(source.len(), start_of),
            }
        })
        .collect()
}

/// The section of a heading's id.
pub fn section(source: &str, id: &str) -> Option<Section> {
    sections(source)
        .into_iter()
        .find(|section| section.heading.id == id)
}

/// What a section becomes: the text that stands alone, and what is left with `instead` under the heading.
pub fn take_out(source: &str, section: &Section, instead: &str) -> (String, String) {
    let whole = &source[section.range.clone()];
    let heading_end = section
        .heading
        .range
        .end
        .clamp(section.range.start, section.range.end);
    let (heading, under) = whole.split_at(heading_end - section.range.start);
    let end = line_end(source);
    let under = under.trim_start_matches(['\n', '\r']);
    let mut part = under.to_owned();
    let defined = footnotes(under)
        .into_iter()
        .map(|(label, _)| label)
        .collect::<BTreeSet<_>>();
    for (label, definition) in footnotes(source) {
        if !defined.contains(label) && part.contains(&format!("[^{label}]")) {
            part = format!("{}{end}{end}{}{end}", part.trim_end(), definition.trim_end());
        }
    }
    let heading = heading.trim_end_matches(['\n', '\r']);
    let after = &source[section.range.end..];
    let gap = if after.is_empty() {
        end.to_owned()
    } else {
        format!("{end}{end}")
    };
    let rest = format!(
        "{}{heading}{end}{end}{instead}{gap}{after}",
        &source[..section.range.start]
    );
    (part, rest)
}

/// A text with another one behind it, under a heading of its own.
pub fn append(source: &str, title: &str, other: &str) -> String {
    let end = line_end(source);
    let mut other = other.to_owned();
    let taken: BTreeSet<&str> = footnotes(source).into_iter().map(|(label, _)| label).collect();
    let clashing: Vec<String> = footnotes(&other)
        .into_iter()
        .map(|(label, _)| label.to_owned())
        .filter(|label| taken.contains(label.as_str()))
        .collect();
    for label in clashing {
        let free = (2..).map(|n| format!("{label}-{n}")).find(|free| {
            let marked = format!("[^{free}]");
            !source.contains(&marked) && !other.contains(&marked)
        });
        if let Some(free) = free {
            other = other.replace(&format!("[^{label}]"), &format!("[^{free}]"));
        }
    }
    let before = source.trim_end();
    let gap = if before.is_empty() {
        String::new()
    } else {
        format!("{end}{end}")
    };
    format!("{before}{gap}## {title}{end}{end}{}{end}", other.trim())
}

/// The footnotes that a text defines: the label, and the definition with the lines that go on with it.
fn footnotes(source: &str) -> Vec<(&str, &str)> {
    let mut found: Vec<(&str, Range<usize>)> = Vec::new();
    let mut at = 0;
    let mut inside = false;
    for line in source.split_inclusive('\n') {
        let label = line
            .strip_prefix("[^")
            .and_then(|rest| rest.split_once("]:"))
            .map(|(label, _)| label)
            .filter(|label| !label.is_empty() && !label.contains([']', '[', ' ']));
        let goes_on = inside && (line.starts_with("    ") || line.starts_with('\t'));
        if let Some(label) = label {
            found.push((label, at..at + line.len()));
            inside = true;
        } else if goes_on {
            if let Some((_, range)) = found.last_mut() {
                range.end = at + line.len();
            }
        } else {
            inside = inside && line.trim().is_empty();
        }
        at += line.len();
    }
    found
        .into_iter()
        .map(|(label, range)| (label, &source[range]))
        .collect()
}

fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(source: &str) -> &'static str {
    if source.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Before.\n\n## Range\n\nThirty.[^1]\n\n### Rain\n\nTwenty.\n\n## Price\n\nTen.\n\n[^1]: Measured\n    in May.\n";

    #[test]
    fn a_section_ends_where_the_next_of_its_level_begins() {
        let texts: Vec<&str> = sections(TEXT)
            .into_iter()
            .map(|section| &TEXT[section.range])
            .collect();
        assert_eq!(texts[0], "## Range\n\nThirty.[^1]\n\n### Rain\n\nTwenty.\n\n");
        assert_eq!(texts[1], "### Rain\n\nTwenty.\n\n");
        assert!(texts[2].starts_with("## Price"));
    }

    #[test]
    fn a_section_is_taken_out_with_its_footnotes_and_leaves_its_heading() {
        let range = &sections(TEXT)[0];
        let (part, rest) = take_out(TEXT, range, "See [[Range]].");
        assert_eq!(
            part,
            "Thirty.[^1]\n\n### Rain\n\nTwenty.\n\n[^1]: Measured\n    in May.\n"
        );
        assert_eq!(
            rest,
            "Before.\n\n## Range\n\nSee [[Range]].\n\n## Price\n\nTen.\n\n[^1]: Measured\n    in May.\n"
        );
    }

    #[test]
    fn the_last_section_can_be_taken_out_too() {
        let text = "## One\r\n\r\nA.\r\n\r\nTwo\r\n---\r\n\r\nB.\r\n";
        let last = sections(text).pop().expect("two");
        let (part, rest) = take_out(text, &last, "C.");
        assert_eq!(
            (part.as_str(), rest.as_str()),
            ("B.\r\n", "## One\r\n\r\nA.\r\n\r\nTwo\r\n---\r\n\r\nC.\r\n")
        );
    }

    #[test]
    fn a_text_is_put_behind_another_and_footnotes_keep_their_meaning() {
        let text = append(
            "One.[^1]\n\n[^1]: Uno\n",
            "Other",
            "Two.[^1] [^2]\n\n[^1]: Dos\n[^2]: Tres\n",
        );
        assert_eq!(
            text,
            "One.[^1]\n\n[^1]: Uno\n\n## Other\n\nTwo.[^1-2] [^2]\n\n[^1-2]: Dos\n[^2]: Tres\n"
        );
        assert_eq!(append("", "Other", "Two.\n"), "## Other\n\nTwo.\n");
    }
}
