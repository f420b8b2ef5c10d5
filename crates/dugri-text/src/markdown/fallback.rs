//! The plain text, for what can't be rendered within the caps.

use super::{Audience, Fallback, RenderFor, Rendered, escape};
use crate::direction;

/// Renders a source as escaped paragraphs, marking why.
///
/// What may not leave the house stays inside here too: without a parser to ask, everything from a line that opens
/// `:::internal` to the line that closes it is left out, code or not.
pub(super) fn render(source: &str, how: &RenderFor<'_>, why: Fallback) -> Rendered {
    let shown = if how.audience == Audience::Internal {
        source.to_owned()
    } else {
        without_internal(source)
    };
    let mut html = String::with_capacity(shown.len() + shown.len() / 4);
    for paragraph in shown
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
    {
        let dir = direction::dominant(paragraph).unwrap_or(how.language.direction());
        html.push_str("<p dir=\"");
        html.push_str(dir.as_str());
        html.push_str("\">");
        for (n, line) in paragraph.lines().enumerate() {
            if n > 0 {
                html.push_str("<br>\n");
            }
            escape::text(&mut html, line);
        }
        html.push_str("</p>\n");
    }
    Rendered {
        html,
        headings: Vec::new(),
        fallback: Some(why),
    }
}

/// The source without what is internal, as far as that can be said without a parser: rather too little than too much.
pub(super) fn without_internal(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut open = 0_usize;
    for line in source.split_inclusive('\n') {
        let Some(name) = super::mask::marker_name(line) else {
            if open == 0 {
                kept.push_str(line);
            }
            continue;
        };
        match (open, name) {
            (0, "internal") => open = 1,
            (0, _) => kept.push_str(line),
            (_, "") => open -= 1,
            (_, _) => open += 1,
        }
    }
    kept
}
