//! What the editor asks while somebody writes: names to complete, links that lead nowhere, and who will read it.

use dugri_core::{PublicId, SpaceId, Time};
use dugri_store::intel::Report;
use dugri_store::pages::PageLine;
use dugri_store::people::PersonRow;
use dugri_store::{Db, complete, links, people, publications, revisions, spaces};
use dugri_text::links::fold_title;
use dugri_text::markdown;
use dugri_text::{Heading, Reference};

use crate::pages::in_read;
use crate::render::page_key;
use crate::{Actor, App, Error};

/// How many answers a list gives.
const LIMIT: i64 = 8;
/// How many reports are looked through for words.
const REPORTS_MAX: i64 = 200;
/// How many links one question may name.
pub const LINKS_MAX: usize = 2_000;

/// The published pages whose title holds what was typed, those that begin with it first.
pub fn pages(app: &App, actor: &Actor, typed: &str) -> Result<Vec<PageLine>, Error> {
    let now = app.now();
    in_read(app, |db| {
        Ok(complete::pages(
            db,
            &actor.access,
            &fold_title(typed),
            now,
            LIMIT,
        )?)
    })
}

/// The headings of the page that a link's target names, as its reader gets it.
pub fn sections(app: &App, actor: &Actor, target: &str) -> Result<Vec<Heading>, Error> {
    let now = app.now();
    in_read(app, |db| {
        let body = published_body(db, actor, target, now)?;
        Ok(body.map(|body| markdown::headings(&body)).unwrap_or_default())
    })
}

fn published_body(db: &mut Db, actor: &Actor, target: &str, now: Time) -> Result<Option<String>, Error> {
    let Some(key) = markdown::references(&format!("[[{target}]]"))
        .iter()
        .find_map(page_key)
    else {
        return Ok(None);
    };
    let Some(found) = links::resolve(db, &actor.access, std::slice::from_ref(&key), now)?.remove(&key) else {
        return Ok(None);
    };
    let Some(page) = dugri_store::pages::find(db, &actor.access, &found.public_id, now)? else {
        return Ok(None);
    };
    let Some(publication) = page.published else {
        return Ok(None);
    };
    match revisions::find(db, page.row.id, publication.revision_id)? {
        Some(revision) => Ok(Some(revisions::content(db, &revision)?.body)),
        None => Ok(None),
    }
}

/// The active people whose name, in either language, has a word that begins with what was typed.
pub fn people(app: &App, actor: &Actor, typed: &str) -> Result<Vec<PersonRow>, Error> {
    let wanted = fold_title(typed);
    let begins = |name: &str| {
        let folded = fold_title(name);
        folded.starts_with(&wanted) || folded.split(' ').any(|word| word.starts_with(&wanted))
    };
    in_read(app, |db| {
        let mut rows = people::list(db, &actor.access)?;
        rows.retain(|row| row.active && (begins(&row.name) || row.name_he.as_deref().is_some_and(begins)));
        rows.truncate(LIMIT as usize);
        Ok(rows)
    })
}

/// The reports that the writer may read and that have the number or the words, those about the page first.
pub fn reports(app: &App, actor: &Actor, page: Option<&PublicId>, typed: &str) -> Result<Vec<Report>, Error> {
    let now = app.now();
    let typed = typed.trim().trim_start_matches('#');
    let words = fold_title(typed);
    in_read(app, |db| {
        let about = match page {
            Some(id) => dugri_store::pages::find(db, &actor.access, id, now)?.map(|page| page.row.id),
            None => None,
        };
        let mut found = complete::reports(db, &actor.access, about, REPORTS_MAX)?;
        found.retain(|report| {
            report.id.to_string().starts_with(typed)
                || fold_title(&report.what).contains(&words)
                || fold_title(&report.account).contains(&words)
        });
        found.truncate(LIMIT as usize);
        Ok(found)
    })
}

/// Which of the links of a text lead nowhere for this reader: their targets, each once.
pub fn dead_links(app: &App, actor: &Actor, body: &str) -> Result<Vec<String>, Error> {
    let now = app.now();
    let mut references: Vec<Reference> = markdown::references(body);
    references.truncate(LINKS_MAX);
    let keys: Vec<String> = references.iter().filter_map(page_key).collect();
    in_read(app, |db| {
        let known = links::resolve(db, &actor.access, &keys, now)?;
        let mut dead: Vec<String> = Vec::new();
        for reference in &references {
            let missing = page_key(reference).is_some_and(|key| !known.contains_key(&key));
            if missing && !dead.contains(&reference.target) {
                dead.push(reference.target.clone());
            }
        }
        Ok(dead)
    })
}

/// How many people read a space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readers {
    /// All of them.
    pub all: i64,
    /// Those from outside.
    pub outsiders: i64,
}

/// How many active people may read what is published in a space.
pub fn readers(app: &App, space: SpaceId) -> Result<Readers, Error> {
    in_read(app, |db| {
        let (all, outsiders) = spaces::count_readers(db, space)?;
        Ok(Readers { all, outsiders })
    })
}

/// The number that the next publication of a page will have.
pub fn next_number(app: &App, page: dugri_core::PageId) -> Result<i64, Error> {
    in_read(app, |db| {
        let rows = publications::list_unfiltered(db, page)?;
        Ok(rows.iter().map(|row| row.number).max().unwrap_or(0) + 1)
    })
}
