//! Importing a folder of Markdown: every file is answered for, what can't be taken is named with its reason, the rest
//! goes on, and a second import of the same folder changes nothing.
//!
//! Import publishes: a file becomes a page with number 1, a changed file its next number. A page that was edited in
//! Dugri since is left alone. Links to attachments and to other files of the folder become addresses of Dugri; the
//! file itself is kept to the byte, for the export.

mod document;
mod made;
mod prepare;
mod scan;
mod supersede;
mod write;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use dugri_core::{Event, Language};
use dugri_store::people;

use crate::{Actor, App, Error};
use document::Document;
use prepare::Prepared;

/// How many pages are written in one transaction: others who save wait no longer than that takes.
const BATCH: usize = 50;

/// What became of a file, or what was made because of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The file by its path in the folder; the name of what was made.
    pub path: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a file. The sentences are for the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A space, a kind or a topic that nobody had was made: which of them.
    Made(&'static str),
    /// A new page, by its public id.
    Added(String),
    /// A page's next revision.
    Updated(String),
    /// It is here already, as it is.
    Unchanged,
    /// It was taken, but something in it was not: what.
    Noted(String),
    /// It is nothing to import: why.
    Skipped(String),
    /// It can't be imported: why.
    Failed(String),
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = &self.path;
        match &self.outcome {
            Outcome::Made(what) => write!(f, "made       {what} {path}"),
            Outcome::Added(id) => write!(f, "added      {path}  /p/{id}"),
            Outcome::Updated(id) => write!(f, "updated    {path}  /p/{id}"),
            Outcome::Unchanged => write!(f, "unchanged  {path}"),
            Outcome::Noted(what) => write!(f, "note       {path}: {what}"),
            Outcome::Skipped(why) => write!(f, "skipped    {path}: {why}"),
            Outcome::Failed(why) => write!(f, "failed     {path}: {why}"),
        }
    }
}

/// How many files came to which end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// New pages.
    pub added: usize,
    /// New revisions.
    pub updated: usize,
    /// Known already.
    pub unchanged: usize,
    /// Not to be imported.
    pub skipped: usize,
    /// Not importable; an import with such files ends with an error for whoever scripts it.
    pub failed: usize,
}

/// Counts and passes on what is reported.
struct Report<'a> {
    tell: &'a mut dyn FnMut(Line),
    summary: Summary,
}

impl Report<'_> {
    fn say(&mut self, path: &str, outcome: Outcome) {
        match outcome {
            Outcome::Added(_) => self.summary.added += 1,
            Outcome::Updated(_) => self.summary.updated += 1,
            Outcome::Unchanged => self.summary.unchanged += 1,
            Outcome::Skipped(_) => self.summary.skipped += 1,
            Outcome::Failed(_) => self.summary.failed += 1,
            Outcome::Made(_) | Outcome::Noted(_) => {}
        }
        let path = path.to_owned();
        (self.tell)(Line { path, outcome });
    }
}

/// The site admin in whose name the command line imports when it is told nobody; `None` while there is none.
pub fn default_actor(app: &App) -> Result<Option<Actor>, Error> {
    crate::pages::in_read(app, |db| {
        let Some(person) = people::first_admin_unfiltered(db)? else {
            return Ok(None);
        };
        Ok(people::access(db, person)?.map(|access| Actor {
            access: Arc::new(access),
            language: Language::En,
        }))
    })
}

/// Imports a folder in the name of a site admin, and tells what became of every file.
///
/// # Errors
/// [`Error::Forbidden`] for anybody else; [`Error::Invalid`] when the folder can't be read at all.
pub fn import(app: &App, actor: &Actor, dir: &Path, report: &mut dyn FnMut(Line)) -> Result<Summary, Error> {
    if !actor.access.admin {
        return Err(Error::Forbidden);
    }
    let mut report = Report {
        tell: report,
        summary: Summary::default(),
    };
    let folder = scan::scan(dir, &mut report)?;
    let documents = document::read_all(&folder, app.now(), &mut report);
    let documents = prepare::prepare(app, &folder, documents, &mut report)?;
    made::make(app, actor, &documents, &mut report)?;
    let done = write_all(app, actor, documents, &mut report)?;
    let (added, revisions) = (report.summary.added, done.revisions);
    if revisions > 0 {
        let (me, now) = (actor.person(), app.now());
        app.store().write(move |tx| -> Result<(), Error> {
            let event = Event::Imported {
                pages: added as i64,
                revisions,
                intel: 0,
            };
            tx.record(Some(me), now, event)?;
            Ok(())
        })?;
    }
    Ok(report.summary)
}

#[derive(Default)]
struct Done {
    revisions: i64,
}

/// Writes what is new, some pages at a time; where one of them fails the others are tried alone.
fn write_all(
    app: &App,
    actor: &Actor,
    prepared: Vec<Prepared>,
    report: &mut Report<'_>,
) -> Result<Done, Error> {
    let mut done = Done::default();
    let prepared: Vec<Arc<Prepared>> = prepared.into_iter().map(Arc::new).collect();
    let mut written: HashMap<String, String> = HashMap::new();
    for batch in prepared.chunks(BATCH) {
        let together = write::write(app, actor, batch.to_vec());
        let results: Vec<(Arc<Prepared>, Result<(), Error>)> = match together {
            Ok(()) => batch.iter().map(|page| (page.clone(), Ok(()))).collect(),
            Err(Error::Unavailable(why)) => return Err(Error::Unavailable(why)),
            Err(_) => batch
                .iter()
                .map(|page| (page.clone(), write::write(app, actor, vec![page.clone()])))
                .collect(),
        };
        for (page, result) in results {
            let path = &page.document.path;
            match result {
                Ok(()) => {
                    let id = page.public_id.to_string();
                    done.revisions += 1;
                    written.insert(page.document.key(), id.clone());
                    for note in &page.document.notes {
                        report.say(path, Outcome::Noted(note.clone()));
                    }
                    report.say(
                        path,
                        if page.known.is_some() {
                            Outcome::Updated(id)
                        } else {
                            Outcome::Added(id)
                        },
                    );
                }
                Err(error) => report.say(path, Outcome::Failed(error.to_string())),
            }
        }
    }
    supersede_all(app, actor, &prepared, report)?;
    Ok(done)
}

/// Successors come last: they may stand later in the folder than what they replace.
fn supersede_all(
    app: &App,
    actor: &Actor,
    prepared: &[Arc<Prepared>],
    report: &mut Report<'_>,
) -> Result<(), Error> {
    let replaced: Vec<Arc<Prepared>> = prepared
        .iter()
        .filter(|page| page.document.state == document::State::Superseded)
        .cloned()
        .collect();
    for batch in replaced.chunks(BATCH) {
        let unknown = supersede::supersede(app, actor, batch.to_vec())?;
        for path in unknown {
            let why = "superseded_by names no page; archived instead, so that nobody takes it for current";
            report.say(&path, Outcome::Noted(why.into()));
        }
    }
    Ok(())
}

/// The key by which a document of this space with this id of its own is known.
fn key_of(space: &str, id: &str) -> String {
    format!("{space}/{id}")
}

impl Document {
    fn key(&self) -> String {
        key_of(&self.space, self.id.as_deref().unwrap_or(&self.path))
    }
}
