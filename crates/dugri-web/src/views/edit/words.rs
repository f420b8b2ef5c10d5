//! The sentences of the editor's script, handed over in an attribute: one place knows the words, and no script does.

use std::borrow::Cow;

use dugri_core::Language;
use serde_json::{Map, Value};

use crate::shell::Shell;
use crate::words::{Args, attribute_with, key};

/// The values that sentences may have; the script puts them where `{name}` stands.
const VALUES: [&str; 7] = ["time", "why", "names", "name", "number", "count", "percent"];

const KEYS: [&str; 54] = [
    key!("editor-saving"),
    key!("editor-saved"),
    key!("editor-not-saved"),
    key!("editor-kept-nowhere"),
    key!("editor-why-offline"),
    key!("editor-why-server"),
    key!("editor-why-signin"),
    key!("editor-why-large"),
    key!("editor-draft-moved"),
    key!("editor-go-on-here"),
    key!("editor-archived"),
    key!("editor-forbidden"),
    key!("editor-gone"),
    key!("editor-your-drafts"),
    key!("editor-is-editing"),
    key!("editor-are-editing"),
    key!("editor-elsewhere"),
    key!("editor-newer"),
    key!("editor-newer-number"),
    key!("editor-see-newer"),
    key!("editor-words"),
    key!("editor-word"),
    key!("editor-minutes"),
    key!("editor-uploading"),
    key!("editor-upload-cancel"),
    key!("editor-upload-failed"),
    key!("editor-close"),
    key!("editor-pasted-plain"),
    key!("editor-paste-refused"),
    key!("editor-notes"),
    key!("editor-no-notes"),
    key!("editor-dead-link"),
    key!("editor-no-alt"),
    key!("editor-no-owner"),
    key!("editor-show"),
    key!("editor-add-intel"),
    key!("editor-remove"),
    key!("editor-find-intel"),
    key!("editor-nothing-found"),
    key!("editor-about-page"),
    key!("editor-cites-mark"),
    key!("editor-find"),
    key!("editor-replace-with"),
    key!("editor-next"),
    key!("editor-previous"),
    key!("editor-all"),
    key!("editor-match-case"),
    key!("editor-regexp"),
    key!("editor-by-word"),
    key!("editor-replace"),
    key!("editor-replace-all"),
    key!("edit-body"),
    key!("edit-cites"),
    key!("editor-table"),
];

/// All of them as JSON, without the isolation marks: the script isolates what it puts in.
pub(super) fn json(shell: &Shell) -> String {
    let language: Language = shell.language;
    let words: Map<String, Value> = KEYS
        .iter()
        .map(|key| {
            let args = VALUES
                .iter()
                .map(|name| (Cow::Borrowed(*name), format!("{{{name}}}").into()));
            let short = key.trim_start_matches("editor-").to_owned();
            (short, attribute_with(language, key, Args::from_iter(args)).into())
        })
        .collect();
    Value::Object(words).to_string()
}
