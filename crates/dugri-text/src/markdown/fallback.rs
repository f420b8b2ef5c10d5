//! The plain text, for what can't be rendered within the caps.

use super::{Audience, Fallback, RenderFor, Rendered, escape};
use crate::diff::{self, Change, Line, Options, Redline, RedlinePart, Row, Run};
use crate::{Language, direction};

/// Renders a source as escaped paragraphs, marking why.
///
/// What may not leave the house stays inside here too: without a parser to ask, everything from a line that opens
/// `:::internal` to the line that closes it is left out, code or not.
pub(super) fn render(source: &str, how: &RenderFor<'_>, why: Fallback) -> Rendered {
    let shown = for_audience(source, how.audience);
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

/// Compares two sources line by line and shows them plain.
pub(super) fn redline(
    before: &str,
    after: &str,
    how: &RenderFor<'_>,
    options: Options,
    why: Fallback,
) -> Redline {
    let (before, after) = (
        for_audience(before, how.audience),
        for_audience(after, how.audience),
    );
    let diff = diff::lines(&before, &after, options);
    let lines: Vec<&str> = after.lines().collect();
    let mut parts: Vec<RedlinePart> = Vec::new();
    for row in &diff.rows {
        let mut html = String::new();
        match row {
            Row::Same { text, .. } => line(
                &mut html,
                &[Run {
                    change: Change::Equal,
                    text: text.clone(),
                }],
                how.language,
            ),
            Row::Changed { before, after } => {
                for Line { runs, .. } in before.iter().chain(after) {
                    line(&mut html, runs, how.language);
                }
            }
            Row::Fold { after, .. } => {
                for text in &lines[after.start - 1..after.end - 1] {
                    line(
                        &mut html,
                        &[Run {
                            change: Change::Equal,
                            text: (*text).to_owned(),
                        }],
                        how.language,
                    );
                }
            }
        }
        match (row, parts.last_mut()) {
            (Row::Same { .. }, Some(RedlinePart::Same { html: before }))
            | (Row::Changed { .. }, Some(RedlinePart::Changed { html: before })) => before.push_str(&html),
            (Row::Same { .. }, _) => parts.push(RedlinePart::Same { html }),
            (Row::Changed { .. }, _) => parts.push(RedlinePart::Changed { html }),
            (Row::Fold { lines, .. }, _) => parts.push(RedlinePart::Folded {
                html,
                sections: 1,
                blocks: *lines,
            }),
        }
    }
    Redline {
        parts,
        words: diff.words,
        changes: diff.changes,
        exact: false,
        fallback: Some(why),
    }
}

fn line(html: &mut String, runs: &[Run], language: Language) {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let dir = direction::dominant(&text).unwrap_or(language.direction());
    html.push_str("<p dir=\"");
    html.push_str(dir.as_str());
    html.push_str("\">");
    for run in runs {
        let (open, close) = match run.change {
            Change::Equal => ("", ""),
            Change::Deleted => ("<del>", "</del>"),
            Change::Inserted => ("<ins>", "</ins>"),
        };
        html.push_str(open);
        escape::text(html, &run.text);
        html.push_str(close);
    }
    html.push_str("</p>\n");
}

fn for_audience(source: &str, audience: Audience) -> String {
    match audience {
        Audience::Internal => source.to_owned(),
        Audience::Partners | Audience::Customers => without_internal(source),
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
