//! Hebrew and English say the same things: the same files, the same messages, the same attributes and arguments.

use std::collections::{BTreeMap, BTreeSet};

use crate::project::{files, read, root};

/// The messages of one Fluent file: its name, and what its text refers to (`$arguments` and `.attributes`).
fn messages(language: &str, file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in read(&root().join("assets/locales").join(language).join(file)).lines() {
        if line.starts_with('#') {
            continue;
        }
        if let Some(name) = message_name(line) {
            assert!(
                found.insert(name.to_owned(), BTreeSet::new()).is_none(),
                "{language}/{file}: {name} stands there twice"
            );
            current = Some(name.to_owned());
        }
        let Some(message) = current.as_ref().and_then(|name| found.get_mut(name)) else {
            continue;
        };
        message.extend(arguments(line));
        let inner = line.trim_start();
        if line.starts_with(' ') && inner.starts_with('.') {
            message.extend(inner.split([' ', '=']).next().map(str::to_owned));
        }
    }
    found
}

/// `save-button = …` or `-brand = …` at the start of a line.
fn message_name(line: &str) -> Option<&str> {
    if !line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
        return None;
    }
    let (name, _) = line.split_once('=')?;
    Some(name.trim_end())
}

fn arguments(line: &str) -> Vec<String> {
    line.split('$')
        .skip(1)
        .map(|rest| {
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
                .unwrap_or(rest.len());
            format!("${}", &rest[..end])
        })
        .collect()
}

#[test]
fn both_languages_have_the_same_files() {
    let locales = root().join("assets/locales");
    assert_eq!(files(&locales.join("en")), files(&locales.join("he")));
}

#[test]
fn both_languages_have_the_same_messages() {
    let mut problems = Vec::new();
    for file in files(&root().join("assets/locales/en")) {
        if !root().join("assets/locales/he").join(&file).is_file() {
            continue; // said by the test above
        }
        let (en, he) = (messages("en", &file), messages("he", &file));
        problems.extend(missing(&en, &he).map(|name| format!("he/{file} lacks {name}")));
        problems.extend(missing(&he, &en).map(|name| format!("en/{file} lacks {name}")));
        for (name, refers) in &en {
            let theirs = he.get(name);
            problems.extend(
                theirs
                    .into_iter()
                    .flat_map(|theirs| theirs.difference(refers))
                    .map(|what| format!("he/{file}: {name} uses {what}, which en does not have")),
            );
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

fn missing<'a>(
    from: &'a BTreeMap<String, BTreeSet<String>>,
    inside: &'a BTreeMap<String, BTreeSet<String>>,
) -> impl Iterator<Item = &'a String> {
    from.keys().filter(|name| !inside.contains_key(*name))
}

#[test]
fn a_message_name_and_its_arguments_are_read() {
    assert_eq!(message_name("save-button = Save"), Some("save-button"));
    assert_eq!(message_name("    .title = x"), None);
    assert_eq!(
        arguments("{ $count } of { $total-pages }"),
        ["$count", "$total-pages"]
    );
}
