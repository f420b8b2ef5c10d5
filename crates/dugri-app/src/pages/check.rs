//! Checking what a writer wrote, field by field.

use std::collections::BTreeMap;

use dugri_core::TopicId;
use dugri_core::pages::{
    BODY_BYTES_MAX, KEY_MESSAGE_CHARS_MAX, SUMMARY_CHARS_MAX, TITLE_CHARS_MAX, TOPICS_MAX,
};
use dugri_store::revisions::Content;
use dugri_store::{Db, topics};
use dugri_text::line_ends;
use dugri_text::links::fold_title;

use super::save::PageText;
use crate::{Error, FieldError};

/// The largest number of fields, and the longest value of one in characters.
const FIELDS_MAX: usize = 50;
const FIELD_CHARS_MAX: usize = 2_000;

/// Checks what was written. Line ends follow the text before: a browser's form sends CRLF whatever it was given.
pub(super) fn check(
    db: &mut Db,
    text: &PageText,
    before: Option<&Content>,
) -> Result<(Content, Vec<FieldError>), Error> {
    let mut errors = Vec::new();
    let title = one_line("title", &text.title, TITLE_CHARS_MAX, &mut errors);
    if title.is_empty() {
        errors.push(FieldError::new("title", "error-required"));
    }
    let key_message = one_line(
        "key_message",
        &text.key_message,
        KEY_MESSAGE_CHARS_MAX,
        &mut errors,
    );
    let summary = one_line("summary", &text.summary, SUMMARY_CHARS_MAX, &mut errors);
    if summary.is_empty() && !text.minor {
        errors.push(FieldError::new("summary", "error-summary-required"));
    }
    let body = match before.filter(|before| before.body.contains('\r')) {
        _ if !text.typed => text.body.clone(),
        Some(before) => line_ends::restored(&before.body, &text.body),
        None => text.body.replace("\r\n", "\n"),
    };
    if body.len() > BODY_BYTES_MAX {
        errors.push(FieldError::new("body", "error-too-large").with("max", BODY_BYTES_MAX));
    }
    if body.contains('\0') {
        errors.push(FieldError::new("body", "error-control-characters"));
    }
    let (topics, unknown) = topics_of(db, &text.topics)?;
    if let Some(unknown) = unknown {
        errors.push(FieldError::new("topics", "error-unknown-topic").with("topic", unknown));
    }
    if topics.len() > TOPICS_MAX {
        errors.push(FieldError::new("topics", "error-too-many").with("max", TOPICS_MAX));
    }
    let fields = fields_of(text, before, &mut errors);
    Ok((
        Content {
            title,
            key_message,
            body,
            fields,
            topics,
        },
        errors,
    ))
}

pub(super) fn one_line(
    name: &'static str,
    text: &str,
    chars_max: usize,
    errors: &mut Vec<FieldError>,
) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > chars_max {
        errors.push(FieldError::new(name, "error-too-long").with("max", chars_max));
    }
    if line.chars().any(char::is_control) {
        errors.push(FieldError::new(name, "error-control-characters"));
    }
    line
}

/// The topics of slugs, names or aliases; and the first that is none.
fn topics_of(db: &mut Db, written: &[String]) -> Result<(Vec<TopicId>, Option<String>), Error> {
    if written.iter().all(|topic| topic.trim().is_empty()) {
        return Ok((Vec::new(), None));
    }
    let by_slug: BTreeMap<String, TopicId> = topics::list(db)?
        .into_iter()
        .map(|topic| (topic.slug, topic.id))
        .collect();
    let by_name: BTreeMap<String, TopicId> = topics::names(db)?
        .into_iter()
        .map(|(id, _, folded)| (folded, id))
        .collect();
    let mut ids = Vec::new();
    for topic in written
        .iter()
        .map(|topic| topic.trim())
        .filter(|topic| !topic.is_empty())
    {
        match by_slug.get(topic).or_else(|| by_name.get(&fold_title(topic))) {
            Some(id) => ids.push(*id),
            None => return Ok((ids, Some(topic.to_owned()))),
        }
    }
    ids.sort();
    ids.dedup();
    Ok((ids, None))
}

/// The fields as written over those before: a form shows only the kind's own fields, and must not lose the others.
fn fields_of(
    text: &PageText,
    before: Option<&Content>,
    errors: &mut Vec<FieldError>,
) -> BTreeMap<String, String> {
    let mut fields = before.map(|before| before.fields.clone()).unwrap_or_default();
    for (name, value) in &text.fields {
        let value = value.trim().replace("\r\n", "\n");
        if value.chars().count() > FIELD_CHARS_MAX || name.chars().count() > 60 {
            errors.push(FieldError::new("fields", "error-too-long").with("max", FIELD_CHARS_MAX));
        }
        if value.contains('\0') || name.contains('\0') {
            errors.push(FieldError::new("fields", "error-control-characters"));
        }
        if value.is_empty() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value);
        }
    }
    if fields.len() > FIELDS_MAX {
        errors.push(FieldError::new("fields", "error-too-many").with("max", FIELDS_MAX));
    }
    fields
}
