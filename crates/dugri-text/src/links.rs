//! References between texts: `[[page]]`, `![[page#section]]`, `[[intel:236]]`, `{{fact:name}}`, `/f/ID/name`.
//!
//! One parser and one printer, so that what the editor completes, what the store records and what the renderer links
//! are the same thing. Which of these stand in code, and so mean nothing, only the Markdown parser knows:
//! [`crate::markdown::references`] asks it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use crate::fold::{fold_title, slug};

/// What a reference points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReferenceKind {
    /// `[[page]]`, or an ordinary link to `/p/ID`: by title, readable path or id.
    Page,
    /// `![[page#section]]`: the section itself is to stand here.
    Embed,
    /// `[[intel:236]]`: a report from the field, cited by its number.
    Intel,
    /// `{{fact:name}}`: a value that is kept once.
    Fact,
    /// A link or an image with an address `/f/ID/name`.
    File,
}

/// One reference, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// What kind of thing is meant.
    pub kind: ReferenceKind,
    /// Title, path or id of a page; the digits of an intel number; the name of a fact; the id of a file.
    /// Empty in `[[#section]]`, which means this very page.
    pub target: String,
    /// The heading behind `#`.
    pub section: Option<String>,
    /// What to show instead of the target's own title.
    pub text: Option<String>,
    /// Where it stands in the source, in bytes.
    pub range: Range<usize>,
}

/// The longest `[[…]]` or `{{…}}`, in bytes: more is prose between brackets, and a bound keeps scanning linear.
const LENGTH_BYTES_MAX: usize = 600;

impl Reference {
    /// The number of a cited report.
    pub fn intel_number(&self) -> Option<i64> {
        (self.kind == ReferenceKind::Intel)
            .then(|| self.target.parse().ok())
            .flatten()
    }

    /// The id of the page, where the reference gives an address `/p/ID/…` and not a title.
    pub fn page_id(&self) -> Option<&str> {
        matches!(self.kind, ReferenceKind::Page | ReferenceKind::Embed)
            .then(|| id_in(&self.target, "/p/"))
            .flatten()
    }

    /// The words that stand for the target when nobody knows a better title.
    pub fn label(&self) -> &str {
        match (&self.text, &self.section) {
            (Some(text), _) => text,
            (None, Some(section)) if self.target.is_empty() => section,
            _ => &self.target,
        }
    }
}

/// Reads the inside of `[[…]]` (or `![[…]]` when `embed`). `None` when it names nothing.
pub fn parse(inside: &str, embed: bool) -> Option<Reference> {
    let (target, text) = match inside.split_once('|') {
        Some((target, text)) => (target.strip_suffix('\\').unwrap_or(target), non_empty(text)),
        None => (inside, None),
    };
    if let Some(number) = intel_number(target).filter(|_| !embed) {
        return Some(Reference {
            kind: ReferenceKind::Intel,
            target: number,
            section: None,
            text,
            range: 0..0,
        });
    }
    let (target, section) = split_section(target);
    if target.is_empty() && section.is_none() {
        return None;
    }
    let kind = if embed {
        ReferenceKind::Embed
    } else {
        ReferenceKind::Page
    };
    Some(Reference {
        kind,
        target,
        section,
        text,
        range: 0..0,
    })
}

/// Writes a reference the way it would be typed.
pub fn format(reference: &Reference) -> String {
    let Reference {
        kind,
        target,
        section,
        text,
        ..
    } = reference;
    match kind {
        ReferenceKind::Fact => format!("{{{{fact:{target}}}}}"),
        ReferenceKind::Intel => format!("[[intel:{target}]]"),
        ReferenceKind::File => format!("[{}](/f/{target})", text.as_deref().unwrap_or(target)),
        ReferenceKind::Page | ReferenceKind::Embed => {
            let bang = if *kind == ReferenceKind::Embed { "!" } else { "" };
            let section = section
                .as_ref()
                .map(|section| format!("#{section}"))
                .unwrap_or_default();
            let text = text.as_ref().map(|text| format!("|{text}")).unwrap_or_default();
            format!("{bang}[[{}{section}{text}]]", target.replace('#', "\\#"))
        }
    }
}

/// Reads an address of our own as a reference: `/f/ID/name` is a file, `/p/ID/…` a page.
pub fn parse_address(address: &str) -> Option<Reference> {
    let (path, section) = match address.split_once('#') {
        Some((path, section)) => (path, non_empty(section)),
        None => (address, None),
    };
    if let Some(id) = id_in(path, "/f/") {
        return Some(Reference {
            kind: ReferenceKind::File,
            target: id.into(),
            section: None,
            text: None,
            range: 0..0,
        });
    }
    let target = format!("/p/{}", id_in(path, "/p/")?);
    Some(Reference {
        kind: ReferenceKind::Page,
        target,
        section,
        text: None,
        range: 0..0,
    })
}

/// The id in an address that begins with `prefix`: up to the next slash or question mark.
fn id_in<'a>(address: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = address.strip_prefix(prefix)?;
    let id = rest.split(['/', '?']).next()?;
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(id)
}

/// Splits `page#section` at the first `#` that no backslash guards.
fn split_section(target: &str) -> (String, Option<String>) {
    let mut from = 0;
    while let Some(at) = target[from..].find('#').map(|at| from + at) {
        if !target[..at].ends_with('\\') {
            return (unescape(&target[..at]), non_empty(&target[at + 1..]));
        }
        from = at + 1;
    }
    (unescape(target), None)
}

fn unescape(target: &str) -> String {
    target.trim().replace("\\#", "#")
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The number in `intel:236` (or `intel:#236`), without leading zeros so that it has one form.
fn intel_number(target: &str) -> Option<String> {
    let (scheme, number) = target.split_once(':')?;
    let number = number.trim().trim_start_matches('#');
    let is_number = (1..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (scheme.trim().eq_ignore_ascii_case("intel") && is_number)
        .then(|| number.trim_start_matches('0').to_owned())
}

/// Every place that looks like a reference, in order, whether it stands in code or not.
pub(crate) fn candidates(source: &str) -> Vec<Reference> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..]
        .iter()
        .position(|b| matches!(b, b'[' | b'{'))
        .map(|n| at + n)
    {
        match candidate_at(source, next, at) {
            Some(reference) => {
                at = reference.range.end;
                found.push(reference);
            }
            None => at = next + 1,
        }
    }
    found
}

/// The reference whose first bracket stands at `open`; `floor` is where the one before it ended.
fn candidate_at(source: &str, open: usize, floor: usize) -> Option<Reference> {
    let bytes = source.as_bytes();
    let bracket = bytes[open];
    let doubled = bytes.get(open + 1) == Some(&bracket) && bytes.get(open + 2) != Some(&bracket);
    if !doubled || is_escaped(bytes, open, floor) {
        return None;
    }
    let close = if bracket == b'[' { b']' } else { b'}' };
    let inside = open + 2;
    let limit = bytes.len().min(inside + LENGTH_BYTES_MAX);
    let end = inside
        + bytes[inside..limit]
            .iter()
            .position(|b| matches!(b, b'[' | b']' | b'{' | b'}' | b'\n' | b'\r'))?;
    if bytes[end] != close || bytes.get(end + 1) != Some(&close) {
        return None;
    }
    if bracket == b'{' {
        let name = source[inside..end].trim().strip_prefix("fact:")?.trim();
        let target = non_empty(name)?;
        return Some(Reference {
            kind: ReferenceKind::Fact,
            target,
            section: None,
            text: None,
            range: open..end + 2,
        });
    }
    let embed = open > floor && bytes[open - 1] == b'!' && !is_escaped(bytes, open - 1, floor);
    let start = if embed { open - 1 } else { open };
    parse(&source[inside..end], embed).map(|reference| Reference {
        range: start..end + 2,
        ..reference
    })
}

/// Whether an odd number of backslashes stands before `at`.
fn is_escaped(bytes: &[u8], at: usize, floor: usize) -> bool {
    bytes[floor..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let found: Vec<String> = candidates(source).iter().map(format).collect();
        assert_eq!(found, expected, "{source}");
        for reference in candidates(source) {
            let written = &source[reference.range.clone()];
            assert!(
                written.starts_with(['[', '!', '{']) && written.ends_with([']', '}']),
                "{written}"
            );
        }
    }

    #[test]
    fn references_are_read_as_written() {
        check("", &[]);
        check("a [[Price list]] b", &["[[Price list]]"]);
        check("[[דף מוצר XR-200|המוצר]]", &["[[דף מוצר XR-200|המוצר]]"]);
        check("[[ Page # Section | text ]]", &["[[Page#Section|text]]"]);
        check("[[#section]]", &["[[#section]]"]);
        check("![[Page#Section]]", &["![[Page#Section]]"]);
        check("\\![[Page]]", &["[[Page]]"]);
        check(
            "[[intel:236]] [[Intel: #0236]]",
            &["[[intel:236]]", "[[intel:236]]"],
        );
        check("{{fact:xr200.price}}", &["{{fact:xr200.price}}"]);
        check("[[C\\# guide]]", &["[[C\\# guide]]"]);
        check("| [[a\\|b]] |", &["[[a|b]]"]);
    }

    #[test]
    fn what_only_looks_like_a_reference_is_none() {
        check("\\[[Page]]", &[]);
        check("[[]] [[ ]] [[|text]]", &[]);
        check("[[a\nb]]", &[]);
        check("[[a] b]]", &[]);
        check("[[[a]]]", &["[[a]]"]);
        check("{{name}} {{fact:}}", &[]);
        check(&format!("[[{}]]", "x".repeat(700)), &[]);
    }

    #[test]
    fn intel_is_cited_by_number() {
        let reference = parse("intel:236", false).expect("a reference");
        assert_eq!(
            (reference.kind, reference.intel_number()),
            (ReferenceKind::Intel, Some(236))
        );
        assert_eq!(
            parse("intel:soon", false).expect("a page of that name").kind,
            ReferenceKind::Page
        );
    }

    #[test]
    fn own_addresses_are_references_too() {
        let kind = |address| parse_address(address).map(|r| (r.kind, r.target, r.section));
        assert_eq!(
            kind("/f/7k2m9x4q/deck.pdf"),
            Some((ReferenceKind::File, "7k2m9x4q".into(), None))
        );
        assert_eq!(
            kind("/p/7k2m9x4q/xr-200#h-price"),
            Some((ReferenceKind::Page, "/p/7k2m9x4q".into(), Some("h-price".into())))
        );
        assert_eq!(kind("/search?q=x"), None);
        assert_eq!(kind("/f//x"), None);
        assert_eq!(
            parse_address("/p/7k2m9x4q").as_ref().and_then(Reference::page_id),
            Some("7k2m9x4q")
        );
    }
}
