//! Loading a Dugri archive: a company with its people, spaces, pages, their whole history, and the field's reports.
//!
//! An archive is read and checked whole, then written in one transaction through the ordinary door, step by step in the
//! order in which it happened: either all of it is there afterwards, with an event log that tells the story, or nothing.
//! The format is described in `docs/archive.md`.

mod desks;
mod format;
mod life;
mod pages;
mod people;
mod read;
mod reports;
mod searches;
mod source;
mod steps;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Duration;
use dugri_core::{Event, GroupId, PersonId, Time, TopicId, time};
use dugri_store::kinds::KindRow;
use dugri_store::{Tx, kinds, settings};

pub use source::Source;

use crate::settings::COMPANY;
use crate::{App, Error, files};
use read::Archive;

/// The version of the format that this program reads.
const VERSION: u32 = 1;

/// Why an archive was not loaded. The sentences are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file can't be read, or says something that can't be.
    #[error("{path}: {why}")]
    File {
        /// The file by its path in the archive.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// What the archive brings is there already.
    #[error(
        "{0} is there already; an archive is loaded into a database that has nothing of it, such as a new one"
    )]
    Taken(String),
    /// Something else went wrong.
    #[error(transparent)]
    App(#[from] Error),
}

impl Failure {
    fn file(path: &str, why: impl std::fmt::Display) -> Failure {
        Failure::File {
            path: path.to_owned(),
            why: why.to_string(),
        }
    }
}

impl From<dugri_store::Error> for Failure {
    fn from(error: dugri_store::Error) -> Failure {
        Failure::App(error.into())
    }
}

/// What an archive brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Whose archive it is.
    pub company: String,
    /// People.
    pub people: usize,
    /// Spaces.
    pub spaces: usize,
    /// Topics.
    pub topics: usize,
    /// Pages.
    pub pages: usize,
    /// Revisions.
    pub revisions: usize,
    /// Reports from the field.
    pub reports: usize,
    /// Attachments.
    pub files: usize,
}

/// Whether a folder is an archive and not a folder of Markdown.
pub fn is_archive(folder: &std::path::Path) -> bool {
    folder.join("archive.toml").is_file()
}

/// What is done besides loading.
#[derive(Debug, Clone, Default)]
pub struct How {
    /// All times move so that the moment which the archive shows becomes this one.
    pub shift_to: Option<Time>,
    /// Everybody gets the password of this hash. Without it nobody can sign in until an admin makes a link for them.
    pub password_hash: Option<String>,
}

/// Loads an archive.
pub fn load(app: &App, source: &Source, how: &How) -> Result<Loaded, Failure> {
    let archive = read::read(source)?;
    let shift = how
        .shift_to
        .map_or_else(Duration::zero, |to| time::cut(to) - archive.manifest.as_of);
    let stored = store_files(app, source, &archive)?;
    let now = app.now();
    let password_hash = how.password_hash.clone();
    app.store().write(move |tx| {
        let mut loader = Loader::begin(tx, archive, shift, stored, now)?;
        loader.run(tx)?;
        loader.add_desks(tx)?;
        loader.add_searches(tx)?;
        if let Some(hash) = &password_hash {
            loader.set_passwords(tx, hash)?;
        }
        let loaded = loader.loaded;
        if settings::get(tx, COMPANY)?.is_none() {
            settings::set(tx, COMPANY, &loaded.company)?;
            let key = COMPANY.into();
            tx.record(None, now, Event::SettingChanged { key })?;
        }
        tx.record(
            None,
            now,
            Event::Imported {
                pages: loaded.pages as i64,
                revisions: loaded.revisions as i64,
                intel: loaded.reports as i64,
            },
        )?;
        Ok(loaded)
    })
}

/// The bytes of an attachment, durable already.
struct StoredFile {
    hash: String,
    size: i64,
    media_type: &'static str,
}

/// Stores the bytes of all attachments: they must be durable before a row names them.
fn store_files(
    app: &App,
    source: &Source,
    archive: &Archive,
) -> Result<HashMap<String, StoredFile>, Failure> {
    let mut stored = HashMap::new();
    for folder in &archive.pages {
        for file in &folder.page.files {
            if stored.contains_key(&file.path) {
                continue;
            }
            let bytes = source.bytes(&file.path)?.ok_or_else(|| {
                Failure::file(&folder.path, format!("the attachment {} is missing", file.path))
            })?;
            let media_type = files::media_type(&bytes);
            let size = bytes.len() as i64;
            let hash = app
                .blobs()
                .put(bytes.into_owned().into())
                .map_err(Error::from)?
                .to_string();
            let file_stored = StoredFile {
                hash,
                size,
                media_type,
            };
            stored.insert(file.path.clone(), file_stored);
        }
    }
    Ok(stored)
}

/// Writes an archive; knows the keys of what was written.
struct Loader {
    archive: Arc<Archive>,
    shift: Duration,
    stored: HashMap<String, StoredFile>,
    groups: HashMap<String, GroupId>,
    people: HashMap<String, PersonId>,
    spaces: HashMap<String, people::SpaceHere>,
    kinds: HashMap<String, KindRow>,
    topics: HashMap<String, TopicId>,
    pages: Vec<pages::PageHere>,
    loaded: Loaded,
}

impl Loader {
    /// Checks that nothing of the archive is there, and writes what everything else refers to.
    fn begin(
        tx: &mut Tx,
        archive: Archive,
        shift: Duration,
        stored: HashMap<String, StoredFile>,
        now: Time,
    ) -> Result<Loader, Failure> {
        crate::kinds::seed(tx, now)?;
        let mut loader = Loader {
            loaded: Loaded {
                company: archive.manifest.company.clone(),
                ..Loaded::default()
            },
            pages: archive.pages.iter().map(|_| pages::PageHere::default()).collect(),
            kinds: kinds::by_slug(tx)?,
            archive: Arc::new(archive),
            shift,
            stored,
            groups: HashMap::new(),
            people: HashMap::new(),
            spaces: HashMap::new(),
            topics: HashMap::new(),
        };
        loader.refuse_what_is_there(tx)?;
        loader.add_groups(tx)?;
        loader.add_people(tx)?;
        loader.add_spaces(tx)?;
        loader.add_topics(tx)?;
        Ok(loader)
    }

    /// A time of the archive as it is written.
    fn at(&self, time: Time) -> Time {
        time::cut(time) + self.shift
    }

    fn person(&self, file: &str, email: &str) -> Result<PersonId, Failure> {
        find(&self.people, file, email, "a person", "people.toml")
    }
}

/// The key of something that another file of the archive brought.
fn find<T: Copy>(
    known: &HashMap<String, T>,
    file: &str,
    name: &str,
    what: &str,
    other_file: &str,
) -> Result<T, Failure> {
    known
        .get(name)
        .copied()
        .ok_or_else(|| Failure::file(file, format!("{name} is not {what} of {other_file}")))
}
