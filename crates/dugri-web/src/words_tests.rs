//! Both languages say the same, and every key that the source names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

type Messages = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files_below(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files_below(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
}

/// Keys with the names of their values, read line by line: our files use nothing fancier.
fn messages(language: &str) -> Messages {
    let mut files = Vec::new();
    files_below(&root().join("assets/locales").join(language), "ftl", &mut files);
    let mut found = Messages::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("utf-8");
        let mut current = None;
        for line in source.lines() {
            let starts_message = line.starts_with(|c: char| c.is_ascii_lowercase());
            if starts_message {
                let (key, _) = line
                    .split_once('=')
                    .unwrap_or_else(|| panic!("{}: {line}", file.display()));
                let key = key.trim().to_owned();
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} stands twice in {language}"
                );
                current = Some(key);
            }
            if let Some(key) = &current {
                let args = found.get_mut(key).expect("just put in");
                for part in line.split('$').skip(1) {
                    args.insert(
                        part.chars()
                            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                            .collect(),
                    );
                }
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let (en, he) = (messages("en"), messages("he"));
    let keys = |m: &Messages| m.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&en), keys(&he), "the keys differ");
    // A language may say a number with a word of its own ("one", "שניים") but may not need a value the other lacks.
    for (key, args) in &en {
        assert_eq!(args, &he[key], "the values of {key} differ");
    }
}

#[test]
fn every_message_is_well_formed_in_both_languages() {
    for key in messages("en").keys() {
        for &language in Language::ALL {
            let found = loaders::TEXT.lookup_single_language::<&str>(identifier(language), key, None);
            if let Err(error) = found {
                assert!(error.to_string().contains("ariable"), "{language} {key}: {error}");
            }
        }
    }
}

/// The calls `t!(…, "key", name = …)`, `attr!(…)` and `key!("key")` in a source file.
fn calls(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for marker in ["t!(", "attr!(", "key!(", "flash!("] {
        for (at, _) in source.match_indices(marker) {
            let before = source[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let body = balanced(&source[at + marker.len()..]);
            let parts = top_level(body);
            let literal = parts
                .iter()
                .take(2)
                .find_map(|p| p.trim().strip_prefix('"')?.strip_suffix('"'));
            if let Some(literal) = literal.filter(|l| !l.contains('"')) {
                let args = parts.iter().filter_map(|p| name_of(p)).collect();
                found.push((literal.to_owned(), args));
            }
        }
    }
    found
}

fn name_of(part: &str) -> Option<String> {
    let (name, rest) = part.trim().split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && !rest.starts_with('=')).then(|| name.to_owned())
}

fn balanced(source: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    for (at, c) in source.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return &source[..at];
                }
            }
            _ => {}
        }
    }
    source
}

fn top_level(body: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut start, mut parts) = (0, false, 0, Vec::new());
    for (at, c) in body.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(&body[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&body[start..]);
    parts
}

#[test]
fn every_key_in_the_source_exists_with_its_values() {
    let en = messages("en");
    let mut files = Vec::new();
    files_below(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        "rs",
        &mut files,
    );
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in files
        .iter()
        .filter(|f| !f.ends_with("words.rs") && !f.ends_with("words_tests.rs"))
    {
        let source = fs::read_to_string(file).expect("utf-8");
        for (key, given) in calls(&source) {
            seen += 1;
            match en.get(&key) {
                None => wrong.push(format!("{}: no message {key}", file.display())),
                Some(needed)
                    if !source.contains(&format!("key!(\"{key}\")")) && !needed.is_subset(&given) =>
                {
                    wrong.push(format!(
                        "{}: {key} needs {needed:?}, got {given:?}",
                        file.display()
                    ));
                }
                Some(_) => {}
            }
        }
    }
    assert!(seen > 20, "the scan found only {seen} calls: it looks broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes that lower floors give with a wrong field or a refusal.
#[test]
fn every_error_code_of_the_app_has_a_sentence() {
    let en = messages("en");
    let mut files = Vec::new();
    for floor in ["dugri-app", "dugri-core", "dugri-web"] {
        files_below(&root().join("crates").join(floor).join("src"), "rs", &mut files);
    }
    let mut wrong = Vec::new();
    for file in files.iter().filter(|f| !f.ends_with("words_tests.rs")) {
        let source = fs::read_to_string(file).expect("utf-8");
        for part in source.split("\"error-").skip(1) {
            let code: String = part.chars().take_while(|c| *c != '"').collect();
            let plain = code
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if plain && !en.contains_key(&format!("error-{code}")) {
                wrong.push(format!("{}: no sentence for error-{code}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_missing_key_is_no_message() {
    assert!(!knows("nobody-wrote-this"));
    assert!(knows("home"));
}

#[test]
fn values_are_isolated_in_text_and_bare_in_attributes() {
    assert_eq!(
        t!(Language::He, "page-ask", name = "Noa"),
        "שאלה ל\u{2068}Noa\u{2069}"
    );
    assert_eq!(attr!(Language::He, "page-ask", name = "Noa"), "שאלה לNoa");
}
