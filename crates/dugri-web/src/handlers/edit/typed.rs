//! Forms into texts and texts into forms: what a writer typed is never lost on the way.

use std::collections::HashMap;

use dugri_app::pages::save::PageText;
use dugri_app::pages::{self, Choices, EditStart};
use dugri_core::{IntelId, Language};

use crate::errors::Wrong;
use crate::shell::Shell;
use crate::views::edit::{KindValue, Text};

/// A form's fields as they came, the last of a name winning.
pub type Fields = HashMap<String, String>;

/// The most blocks that a conflict's form may send.
const BLOCKS_MAX: usize = 5_000;

pub(super) fn topic_choices(shell: &Shell, choices: &Choices) -> Vec<(String, String)> {
    choices
        .topics
        .iter()
        .map(|topic| (topic.name_in(shell.language).to_owned(), topic.slug.clone()))
        .collect()
}

pub(super) fn text_of(shell: &Shell, start: &EditStart) -> Text {
    Text {
        title: start.content.title.clone(),
        key_message: start.content.key_message.clone(),
        body: start.content.body.clone(),
        fields: start
            .fields
            .iter()
            .map(|field| KindValue {
                label: label(shell, field),
                value: start.content.fields.get(&field.name).cloned().unwrap_or_default(),
                name: field.name.clone(),
            })
            .collect(),
        topics: start
            .topics
            .iter()
            .map(|topic| topic.name_in(shell.language).to_owned())
            .collect::<Vec<_>>()
            .join(", "),
        ..Text::default()
    }
}

pub(super) fn label(shell: &Shell, field: &pages::KindField) -> String {
    match shell.language {
        Language::He => field.label_he.clone(),
        Language::En => field.label.clone(),
    }
}

/// The text as it was typed, for the form that comes back.
pub(super) fn typed(form: &Fields, kept: &Text) -> Text {
    let get = |name: &str| form.get(name).cloned().unwrap_or_default();
    Text {
        title: get("title"),
        key_message: get("key_message"),
        body: body_of(form),
        fields: kept
            .fields
            .iter()
            .map(|field| KindValue {
                value: get(&format!("field.{}", field.name)),
                ..field.clone()
            })
            .collect(),
        topics: get("topics"),
        summary: get("summary"),
        cites: get("cites"),
        minor: form.contains_key("minor"),
        material: form.contains_key("material"),
        verify: form.contains_key("verify"),
    }
}

/// The Markdown of a form; of a conflict's form, put together from its blocks and choices.
pub(super) fn body_of(form: &Fields) -> String {
    let blocks = form
        .get("blocks")
        .and_then(|count| count.parse::<usize>().ok())
        .unwrap_or(0);
    if blocks == 0 {
        return form.get("body").cloned().unwrap_or_default();
    }
    let get = |name: &str, at: usize| form.get(&format!("{name}.{at}")).map_or("", String::as_str);
    let mut body = String::new();
    for at in 0..blocks.min(BLOCKS_MAX) {
        if form.contains_key(&format!("block.{at}")) {
            body.push_str(get("block", at));
            continue;
        }
        match get("choice", at) {
            "theirs" => body.push_str(get("theirs", at)),
            "both" => {
                body.push_str(get("theirs", at));
                body.push_str(get("mine", at));
            }
            "own" => body.push_str(get("own", at)),
            _ => body.push_str(get("mine", at)),
        }
    }
    body
}

pub(super) fn page_text(form: &Fields) -> Result<PageText, Wrong> {
    let get = |name: &str| form.get(name).cloned().unwrap_or_default();
    let fields = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("field.")?.to_owned(), value.clone())))
        .collect();
    Ok(PageText {
        title: get("title"),
        key_message: get("key_message"),
        body: body_of(form),
        fields,
        topics: get("topics")
            .split([',', '\n'])
            .map(|topic| topic.trim().to_owned())
            .collect(),
        summary: get("summary"),
        minor: form.contains_key("minor"),
        material: form.contains_key("material"),
        verify: form.contains_key("verify"),
        typed: true,
        cites: numbers(&get("cites"))?,
        keep_pending: form.get("action").is_some_and(|action| action == "keep"),
        client_id: form
            .get("client_id")
            .filter(|id| !id.is_empty() && id.len() <= 100)
            .cloned(),
    })
}

/// `236, #221` as numbers of reports.
pub(super) fn numbers(text: &str) -> Result<Vec<IntelId>, Wrong> {
    text.split([',', ' '])
        .map(|part| part.trim().trim_start_matches('#'))
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse()
                .map(IntelId)
                .map_err(|_| Wrong::new("cites", "error-not-a-number"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Fields {
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_conflicts_choices_make_one_text() {
        let mut fields = vec![
            ("blocks", "3"),
            ("block.0", "# Title\n\n"),
            ("mine.1", "mine\n\n"),
            ("theirs.1", "theirs\n\n"),
            ("own.1", "own\n\n"),
            ("block.2", "end\n"),
        ];
        let mut check = |choice, expected: &str| {
            fields.retain(|(name, _)| *name != "choice.1");
            fields.push(("choice.1", choice));
            assert_eq!(body_of(&form(&fields)), format!("# Title\n\n{expected}end\n"));
        };
        check("mine", "mine\n\n");
        check("theirs", "theirs\n\n");
        check("both", "theirs\n\nmine\n\n");
        check("own", "own\n\n");
    }

    #[test]
    fn numbers_of_reports_are_read_as_people_write_them() {
        assert_eq!(
            numbers("236, #221 7"),
            Ok(vec![IntelId(236), IntelId(221), IntelId(7)])
        );
        assert_eq!(numbers(""), Ok(vec![]));
        assert!(numbers("236, x").is_err());
    }
}
