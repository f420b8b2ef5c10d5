//! Reading the texts of forms: trimmed, bounded, and every complaint collected before anything is refused.

use dugri_core::Language;

use crate::error::{Error, FieldError};

/// A text that must be there.
pub(crate) fn required(
    wrong: &mut Vec<FieldError>,
    field: &'static str,
    text: &str,
    chars_max: usize,
) -> String {
    let text = bounded(wrong, field, text, chars_max);
    if text.is_empty() {
        wrong.push(FieldError::new(field, "error-required"));
    }
    text
}

/// A text that may be missing.
pub(crate) fn optional(
    wrong: &mut Vec<FieldError>,
    field: &'static str,
    text: &str,
    chars_max: usize,
) -> Option<String> {
    Some(bounded(wrong, field, text, chars_max)).filter(|text| !text.is_empty())
}

/// A text of at most `chars_max` characters on one line.
fn bounded(wrong: &mut Vec<FieldError>, field: &'static str, text: &str, chars_max: usize) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let text = text.trim();
    if text.chars().count() > chars_max {
        wrong.push(FieldError::new(field, "error-too-long"));
    }
    text.to_owned()
}

/// A word of a closed vocabulary.
pub(crate) fn word<T: std::str::FromStr>(
    wrong: &mut Vec<FieldError>,
    field: &'static str,
    text: &str,
) -> Option<T> {
    let word = text.trim().parse().ok();
    if word.is_none() {
        wrong.push(FieldError::new(field, "error-unknown"));
    }
    word
}

/// A language, English where nothing was chosen.
pub(crate) fn language(wrong: &mut Vec<FieldError>, field: &'static str, text: &str) -> Language {
    if text.trim().is_empty() {
        return Language::default();
    }
    word(wrong, field, text).unwrap_or_default()
}

/// Passes when nothing is wrong.
pub(crate) fn settle(wrong: Vec<FieldError>) -> Result<(), Error> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(wrong))
    }
}
