//! The YAML head of a Markdown file.
//!
//! What Dugri knows is typed, what it doesn't know is kept, and the bytes of the head are kept beside both: a page
//! that nobody edited is exported byte for byte.

use serde::de::DeserializeOwned;
use serde_yaml_ng::Mapping;
pub use serde_yaml_ng::Value;

use crate::Language;

/// The longest head, in bytes: a head is a handful of lines.
const HEAD_BYTES_MAX: usize = 64 << 10;

/// A file, taken apart. `head` and `body` together are the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'a> {
    /// What the head says; `None` when there is none.
    pub front_matter: Option<FrontMatter>,
    /// The head as it stands, with its fences and the empty lines after it.
    pub head: &'a str,
    /// The Markdown.
    pub body: &'a str,
}

/// What the head of a page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The id that the page has where it comes from.
    pub id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The space.
    pub space: Option<String>,
    /// The kind.
    pub kind: Option<String>,
    /// `topics` or `tags`.
    pub topics: Vec<String>,
    /// `language` or `lang`.
    pub language: Option<Language>,
    /// `state` or `status`.
    pub state: Option<String>,
    /// The id of the page that replaces it.
    pub superseded_by: Option<String>,
    /// Whether, or when, it was verified.
    pub verified: Option<Verified>,
    /// When it was last changed, as written.
    pub updated: Option<String>,
    /// Views in 90 days.
    pub views_90d: Option<i64>,
    /// Other titles and paths.
    pub aliases: Vec<String>,
    /// Everything else, in order.
    pub unknown: Vec<(String, Value)>,
}

/// What `verified` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// `true` or `false`.
    Flag(bool),
    /// A day, as written.
    Date(String),
}

/// Why a head can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Error {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// Takes a file apart and reads its head.
pub fn parse(file: &str) -> Result<Document<'_>, Error> {
    let Some(parts) = split(file)? else {
        return Ok(Document {
            front_matter: None,
            head: "",
            body: file,
        });
    };
    let mapping: Mapping = parts.read()?;
    let front_matter = Some(typed(mapping, parts.yaml)?);
    Ok(Document {
        front_matter,
        head: parts.head,
        body: parts.body,
    })
}

/// Takes a file apart and reads its head as a type of the caller's own.
pub fn read<T: DeserializeOwned>(file: &str) -> Result<(Option<T>, &str), Error> {
    match split(file)? {
        None => Ok((None, file)),
        Some(parts) => Ok((Some(parts.read()?), parts.body)),
    }
}

/// Writes a head for what was changed since it was read.
pub fn write(front_matter: &FrontMatter) -> String {
    let mut mapping = Mapping::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            mapping.insert(key.into(), value);
        }
    };
    let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::from);
    let list = |list: &[String]| {
        if list.is_empty() {
            Value::Null
        } else {
            list.iter().map(|s| Value::from(s.as_str())).collect()
        }
    };
    put("id", text(&front_matter.id));
    put("title", text(&front_matter.title));
    put("space", text(&front_matter.space));
    put("kind", text(&front_matter.kind));
    put("topics", list(&front_matter.topics));
    put(
        "language",
        front_matter
            .language
            .map_or(Value::Null, |language| language.as_str().into()),
    );
    put("state", text(&front_matter.state));
    put("superseded_by", text(&front_matter.superseded_by));
    put(
        "verified",
        match &front_matter.verified {
            None => Value::Null,
            Some(Verified::Flag(flag)) => (*flag).into(),
            Some(Verified::Date(date)) => date.as_str().into(),
        },
    );
    put("updated", text(&front_matter.updated));
    put(
        "views_90d",
        front_matter.views_90d.map_or(Value::Null, Value::from),
    );
    put("aliases", list(&front_matter.aliases));
    for (key, value) in &front_matter.unknown {
        mapping.insert(key.as_str().into(), value.clone());
    }
    let yaml = serde_yaml_ng::to_string(&mapping).expect("a mapping of plain values can be written");
    format!("---\n{yaml}---\n\n")
}

/// A file with a head.
struct Parts<'a> {
    head: &'a str,
    yaml: &'a str,
    body: &'a str,
}

impl Parts<'_> {
    fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_yaml_ng::from_str(self.yaml).map_err(|error| {
            // The first line of the file is the fence, so that YAML's line 1 is line 2 of the file.
            let line = error.location().map_or(1, |at| at.line()) + 1;
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
            Error { line, message }
        })
    }
}

/// Finds the head. `None` when the file has none; an error when one is opened and never closed.
fn split(file: &str) -> Result<Option<Parts<'_>>, Error> {
    let start = file.strip_prefix('\u{feff}').map_or(0, |_| '\u{feff}'.len_utf8());
    let Some(first) = file[start..]
        .split_inclusive('\n')
        .next()
        .filter(|line| is_fence(line))
    else {
        return Ok(None);
    };
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in file[yaml_start..].split_inclusive('\n') {
        if is_fence(line) || line.trim_end() == "..." {
            let yaml = &file[yaml_start..at];
            if !is_head(yaml) {
                return Ok(None);
            }
            let mut end = at + line.len();
            while let Some(empty) = file[end..]
                .split_inclusive('\n')
                .next()
                .filter(|line| line.trim().is_empty())
            {
                end += empty.len();
            }
            return Ok(Some(Parts {
                head: &file[..end],
                yaml,
                body: &file[end..],
            }));
        }
        at += line.len();
        if at - yaml_start > HEAD_BYTES_MAX {
            break;
        }
    }
    if is_head(&file[yaml_start..at]) && !file[yaml_start..at].trim().is_empty() {
        return Err(Error {
            line: 1,
            message: "the front matter that begins here is never closed by ---".into(),
        });
    }
    Ok(None)
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Whether what stands between two rules is a head and not prose: its first line is empty, a comment or `key: …`.
fn is_head(yaml: &str) -> bool {
    let Some(first) = yaml
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
    else {
        return true;
    };
    let key = first.split(':').next().unwrap_or_default();
    first.contains(':')
        && !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '"' | '.'))
}

/// Sorts the keys into those that Dugri knows and the others.
fn typed(mapping: Mapping, yaml: &str) -> Result<FrontMatter, Error> {
    let mut front_matter = FrontMatter::default();
    for (key, value) in mapping {
        let Some(key) = scalar(&key) else {
            return Err(Error {
                line: 2,
                message: "a key of the front matter must be a word".into(),
            });
        };
        if value.is_null() {
            continue;
        }
        let wrong = |wanted: &str| Error {
            line: line_of(yaml, &key),
            message: format!("{key} must be {wanted}"),
        };
        let text = |value: &Value| {
            scalar(value)
                .map(Some)
                .ok_or_else(|| wrong("one value, not a list"))
        };
        match key.as_str() {
            "id" => front_matter.id = text(&value)?,
            "title" => front_matter.title = text(&value)?,
            "space" => front_matter.space = text(&value)?,
            "kind" => front_matter.kind = text(&value)?,
            "topics" | "tags" => front_matter
                .topics
                .extend(list(&value).ok_or_else(|| wrong("a list of words"))?),
            "aliases" => front_matter
                .aliases
                .extend(list(&value).ok_or_else(|| wrong("a list of words"))?),
            "state" | "status" => front_matter.state = text(&value)?,
            "superseded_by" => front_matter.superseded_by = text(&value)?,
            "updated" => front_matter.updated = text(&value)?,
            "views_90d" => {
                front_matter.views_90d = Some(value.as_i64().ok_or_else(|| wrong("a whole number"))?)
            }
            "verified" => {
                front_matter.verified = Some(match value {
                    Value::Bool(flag) => Verified::Flag(flag),
                    other => Verified::Date(scalar(&other).ok_or_else(|| wrong("true, false or a day"))?),
                })
            }
            "language" | "lang" if language(&value).is_some() => front_matter.language = language(&value),
            _ => front_matter.unknown.push((key, value)),
        }
    }
    Ok(front_matter)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A list of words, or one line of them with commas.
fn list(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Sequence(items) => items.iter().map(scalar).collect(),
        other => scalar(other).map(|line| {
            line.split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect()
        }),
    }
}

fn language(value: &Value) -> Option<Language> {
    let tag = value.as_str()?.to_lowercase();
    match tag.split(['-', '_']).next()? {
        "he" | "iw" | "heb" | "hebrew" | "עברית" => Some(Language::He),
        "en" | "eng" | "english" | "אנגלית" => Some(Language::En),
        _ => None,
    }
}

/// The line of the file in which a key stands.
fn line_of(yaml: &str, key: &str) -> usize {
    let at = yaml.lines().position(|line| {
        line.trim_start_matches(['"', '\''])
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    });
    at.map_or(2, |at| at + 2)
}

#[cfg(test)]
mod tests;
