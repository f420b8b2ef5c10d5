//! A file of Markdown, read and checked: what its head says in Dugri's terms, and its bytes as they are.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use chrono::{NaiveDate, NaiveDateTime};
use dugri_core::pages::{Audience, BODY_BYTES_MAX, KEY_MESSAGE_CHARS_MAX, TITLE_CHARS_MAX, TOPICS_MAX};
use dugri_core::people::{is_slug, slug_of};
use dugri_core::{Language, Time, time};
use dugri_text::front_matter::{self, FrontMatter, Value, Verified};
use dugri_text::links::slug;
use dugri_text::markdown;

use super::scan::Folder;
use super::{Outcome, Report};

/// The kind of a page whose file names none.
const KIND_DEFAULT: &str = "article";

/// Where a page stands in its life, as its file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Current,
    Draft,
    Superseded,
    Archived,
}

/// A file that can be imported.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) path: String,
    /// The head with all bytes, and the body: together the file.
    pub(super) head: String,
    pub(super) body: String,
    /// Its id where it comes from.
    pub(super) id: Option<String>,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) key_message: String,
    pub(super) fields: BTreeMap<String, String>,
    pub(super) space: String,
    /// The space as it was written.
    pub(super) space_name: String,
    pub(super) kind: String,
    pub(super) kind_name: String,
    pub(super) topics: Vec<String>,
    pub(super) language: Language,
    pub(super) audience: Audience,
    pub(super) owner: Option<String>,
    pub(super) state: State,
    pub(super) superseded_by: Option<String>,
    /// When it was checked, if it says so.
    pub(super) verified_at: Option<Time>,
    pub(super) updated: Time,
    pub(super) views: i64,
    pub(super) aliases: Vec<String>,
    /// Attachments that its text does not show, by their address beside it.
    pub(super) files: Vec<String>,
    /// What was not understood.
    pub(super) notes: Vec<String>,
}

/// Reads all files of Markdown; those that can't be are reported.
pub(super) fn read_all(folder: &Folder, now: Time, report: &mut Report<'_>) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut known: HashMap<String, String> = HashMap::new();
    for path in &folder.texts {
        match read(folder, path, now) {
            Ok(document) => match known.insert(document.key(), path.clone()) {
                None => documents.push(document),
                Some(other) => {
                    known.insert(document.key(), other.clone());
                    report.say(path, Outcome::Failed(format!("{other} has the same id")));
                }
            },
            Err(why) => report.say(path, Outcome::Failed(why)),
        }
    }
    documents
}

fn read(folder: &Folder, path: &str, now: Time) -> Result<Document, String> {
    let file = folder.root.join(path);
    // A head may stand before the longest body.
    let size_max = BODY_BYTES_MAX as u64 + (64 << 10);
    let size = fs::metadata(&file).map_err(|error| error.to_string())?.len();
    if size > size_max {
        return Err(format!("it has {size} bytes, more than a page may have"));
    }
    let bytes = fs::read(&file).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        format!("line {line} is not UTF-8")
    })?;
    if text.contains('\0') {
        return Err("it contains a NUL character".into());
    }
    let parsed = front_matter::parse(&text).map_err(|error| error.to_string())?;
    if parsed.body.len() > BODY_BYTES_MAX {
        return Err(format!("its text has more than {BODY_BYTES_MAX} bytes"));
    }
    let (head, body) = (parsed.head.to_owned(), parsed.body.to_owned());
    Document::of(
        folder,
        path,
        parsed.front_matter.unwrap_or_default(),
        head,
        body,
        now,
    )
}

impl Document {
    fn of(
        folder: &Folder,
        path: &str,
        said: FrontMatter,
        head: String,
        body: String,
        now: Time,
    ) -> Result<Document, String> {
        let mut notes = Vec::new();
        let title = title(path, &said, &body)?;
        let (space, space_name) = space(folder, path, said.space.as_deref())?;
        let named = said.kind.clone().filter(|kind| !slug_of(kind).is_empty());
        let kind_name = named.unwrap_or_else(|| KIND_DEFAULT.into());
        let updated = match &said.updated {
            None => now,
            Some(text) => moment(text).unwrap_or_else(|| {
                notes.push(format!("updated: {text} is no day; today is taken"));
                now
            }),
        };
        let updated = if updated > now {
            notes.push("updated lies in the future; now is taken".into());
            now
        } else {
            updated
        };
        let verified_at = match &said.verified {
            None | Some(Verified::Flag(false)) => None,
            // It says that it holds, not when it was looked at: the import vouches for it from now on.
            Some(Verified::Flag(true)) => Some(now),
            Some(Verified::Date(text)) => {
                let at = moment(text).filter(|at| *at <= now);
                if at.is_none() {
                    notes.push(format!("verified: {text} is no day in the past; left out"));
                }
                at
            }
        };
        let mut topics = said.topics.clone();
        topics.retain(|topic| !topic.trim().is_empty());
        if topics.len() > TOPICS_MAX {
            notes.push(format!(
                "it has more than {TOPICS_MAX} topics; the first ones are taken"
            ));
            topics.truncate(TOPICS_MAX);
        }
        let more = More::of(&said, &mut notes);
        Ok(Document {
            slug: slug(said.id.as_deref().unwrap_or_else(|| stem(path))),
            key_message: more.key_message,
            fields: more.fields,
            files: more.files,
            audience: more.audience.unwrap_or(Audience::Internal),
            owner: more.owner,
            state: state(&said, &mut notes),
            language: language(&said, &title, &body),
            kind: slug_of(&kind_name),
            kind_name,
            path: path.to_owned(),
            head,
            body,
            id: said.id,
            title,
            space,
            space_name,
            topics,
            superseded_by: said.superseded_by,
            verified_at,
            updated: time::cut(updated),
            views: said.views_90d.unwrap_or(0).max(0),
            aliases: said.aliases,
            notes,
        })
    }
}

/// What Dugri's own export says besides.
#[derive(Default)]
struct More {
    key_message: String,
    fields: BTreeMap<String, String>,
    audience: Option<Audience>,
    owner: Option<String>,
    files: Vec<String>,
}

impl More {
    fn of(said: &FrontMatter, notes: &mut Vec<String>) -> More {
        let mut more = More::default();
        for (key, value) in &said.unknown {
            match (key.as_str(), value) {
                ("key_message", Value::String(text)) => {
                    let line = one_line(text);
                    if line.chars().count() <= KEY_MESSAGE_CHARS_MAX {
                        more.key_message = line;
                    } else {
                        notes.push(format!(
                            "key_message has more than {KEY_MESSAGE_CHARS_MAX} characters; left out"
                        ));
                    }
                }
                ("fields", Value::Mapping(fields)) => {
                    more.fields = fields
                        .iter()
                        .filter_map(|(key, value)| {
                            Some((key.as_str()?.to_owned(), value.as_str()?.to_owned()))
                        })
                        .collect();
                }
                ("audience", Value::String(word)) => match word.parse() {
                    Ok(audience) => more.audience = Some(audience),
                    Err(_) => notes.push(format!("audience: {word} is not known; internal is taken")),
                },
                ("files", Value::Sequence(files)) => {
                    more.files = files
                        .iter()
                        .filter_map(|file| Some(file.as_str()?.to_owned()))
                        .collect();
                }
                ("owner", Value::String(email)) => more.owner = Some(email.clone()),
                _ => {}
            }
        }
        more
    }
}

fn title(path: &str, said: &FrontMatter, body: &str) -> Result<String, String> {
    let title = said
        .title
        .clone()
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| {
            let headings = markdown::headings(body);
            match headings.into_iter().next() {
                Some(heading) if !heading.text.trim().is_empty() => heading.text,
                _ => stem(path).replace(['-', '_'], " "),
            }
        });
    let title = one_line(&title);
    if title.chars().count() > TITLE_CHARS_MAX {
        return Err(format!("its title has more than {TITLE_CHARS_MAX} characters"));
    }
    Ok(title)
}

/// The space that the head names, else the folder that the file lies in, else the whole folder's name.
fn space(folder: &Folder, path: &str, said: Option<&str>) -> Result<(String, String), String> {
    let name = said
        .or_else(|| path.split_once('/').map(|(first, _)| first))
        .unwrap_or(&folder.name)
        .trim();
    let slug = if is_slug(name) {
        name.to_owned()
    } else {
        slug_of(name)
    };
    if slug.is_empty() {
        return Err(format!(
            "{name:?} can't be the name of a space; say space: in its head"
        ));
    }
    Ok((slug, name.to_owned()))
}

fn state(said: &FrontMatter, notes: &mut Vec<String>) -> State {
    match said.state.as_deref().map(str::trim) {
        None if said.superseded_by.is_some() => State::Superseded,
        None | Some("current" | "published" | "active" | "") => State::Current,
        Some("draft") => State::Draft,
        Some("superseded" | "replaced") => State::Superseded,
        Some("archived" | "retired") => State::Archived,
        Some(other) => {
            notes.push(format!("state: {other} is not known; taken as current"));
            State::Current
        }
    }
}

fn language(said: &FrontMatter, title: &str, body: &str) -> Language {
    match said.language {
        Some(dugri_text::Language::He) => return Language::He,
        Some(dugri_text::Language::En) => return Language::En,
        None => {}
    }
    let letters = |of: fn(&char) -> bool| title.chars().chain(body.chars()).filter(of).count();
    let hebrew = letters(|c| ('\u{05d0}'..='\u{05ea}').contains(c));
    if hebrew > letters(|c| c.is_ascii_alphabetic()) {
        Language::He
    } else {
        Language::En
    }
}

/// A day, or a moment, as people write them.
fn moment(text: &str) -> Option<Time> {
    let text = text.trim();
    if let Ok(time) = chrono::DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    let forms = [
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M",
    ];
    forms
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()?
                .and_hms_opt(0, 0, 0)
        })
        .map(|time| time.and_utc())
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).collect()
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
