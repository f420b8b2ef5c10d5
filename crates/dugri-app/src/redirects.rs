//! Foreign paths: the addresses of a wiki that was imported go on leading to its pages, for ever.
//!
//! Dugri's own addresses need none: they hold the page's id. A path leads to a page and never to a path, so that no
//! circle can be made of them.

use dugri_core::policy::Verb;
use dugri_core::{Event, PublicId};
use dugri_store::links::LinkTarget;
use dugri_store::{pages, redirects};

use crate::{Actor, App, By, Error, FieldError, pages as use_cases};

/// The longest path in bytes.
const PATH_BYTES_MAX: usize = 1_000;

/// The first parts of Dugri's own addresses: nothing else may be put in their stead. A test walks the route table along it.
const OWN: [&str; 38] = [
    "",
    "aliases",
    "api",
    "assets",
    "changes",
    "company",
    "company.css",
    "drafts",
    "f",
    "favicon.ico",
    "feeds",
    "gaps",
    "healthz",
    "home",
    "intel",
    "invite",
    "keys",
    "language",
    "me",
    "menu",
    "new",
    "notifications",
    "orphans",
    "p",
    "people",
    "preview",
    "readyz",
    "reset",
    "s",
    "search",
    "setup",
    "signin",
    "signout",
    "t",
    "theme",
    "topics",
    "wanted",
    "watch",
];

/// A path as it is kept: decoded, without its host and the slash at its end.
pub fn normal(path: &str) -> Option<String> {
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => path,
    };
    let path = path.split('#').next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let path = decoded.trim().trim_end_matches('/');
    let fits = path.starts_with('/') && path.len() <= PATH_BYTES_MAX && !path.chars().any(char::is_control);
    fits.then(|| path.to_owned())
}

/// Whether a path is one of Dugri's own.
pub fn is_own(path: &str) -> bool {
    let first = path
        .trim_start_matches('/')
        .split(['/', '?'])
        .next()
        .unwrap_or_default();
    OWN.contains(&first)
}

/// Where a foreign path leads, if the reader may know of the page: with its query, else without.
pub fn target(app: &App, actor: &Actor, path: &str) -> Result<Option<LinkTarget>, Error> {
    let now = app.now();
    let Some(path) = normal(path) else {
        return Ok(None);
    };
    Ok(app.store().read(|db| {
        if let Some(found) = redirects::target(db, &actor.access, &path, now)? {
            return Ok(Some(found));
        }
        match path.split_once('?') {
            Some((bare, _)) => redirects::target(db, &actor.access, bare.trim_end_matches('/'), now),
            None => Ok(None),
        }
    })?)
}

fn check(path: &str) -> Result<String, Error> {
    let path = normal(path).ok_or_else(|| Error::field("path", "error-redirect-path"))?;
    if is_own(&path) {
        return Err(Error::field("path", "error-redirect-own"));
    }
    Ok(path)
}

/// Lets a foreign path lead to a page, in the name of a manager of its space.
pub fn add(app: &App, actor: &Actor, id: &PublicId, path: &str) -> Result<(), Error> {
    let now = app.now();
    let path = check(path)?;
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = use_cases::load(tx, &actor, &id, Verb::Manage, now)?;
        // A path that leads to a page of somebody else's space is not taken away from it.
        if let Some(other) = redirects::page_unfiltered(tx, &path)?
            && other != page.row.id
        {
            let title = use_cases::steps::named(tx, &actor, other, now)?.map(|named| named.title);
            return Err(Error::Invalid(vec![
                FieldError::new("path", "error-redirect-taken").with("page", title.unwrap_or_default()),
            ]));
        }
        redirects::put(tx, &path, page.row.id, Some(actor.person()), now)?;
        tx.record(
            Some(actor.person()),
            now,
            Event::RedirectMade { page: page.row.id },
        )?;
        Ok(())
    })
}

/// The same in the operator's name, who may also lead a path elsewhere than before.
pub fn put(app: &App, by: By<'_>, id: &PublicId, path: &str) -> Result<(), Error> {
    by.administers()?;
    let (now, by) = (app.now(), by.person());
    let path = check(path)?;
    let id = id.clone();
    app.store().write(move |tx| {
        let page = pages::key_unfiltered(tx, &id)?.ok_or(Error::NotFound)?;
        redirects::put(tx, &path, page, by, now)?;
        tx.record(by, now, Event::RedirectMade { page })?;
        Ok(())
    })
}

/// Lets a foreign path lead nowhere.
pub fn remove(app: &App, actor: &Actor, id: &PublicId, path: &str) -> Result<(), Error> {
    let now = app.now();
    let path = normal(path).ok_or_else(|| Error::field("path", "error-redirect-path"))?;
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = use_cases::load(tx, &actor, &id, Verb::Manage, now)?;
        if !redirects::remove(tx, &path, page.row.id)? {
            return Err(Error::NotFound);
        }
        tx.record(
            Some(actor.person()),
            now,
            Event::RedirectRemoved { page: page.row.id },
        )?;
        Ok(())
    })
}

/// The foreign paths that lead to a page.
pub fn of_page(app: &App, actor: &Actor, id: &PublicId) -> Result<Vec<String>, Error> {
    let now = app.now();
    use_cases::in_read(app, |db| {
        let page = use_cases::load(db, actor, id, Verb::Read, now)?;
        Ok(redirects::of_page(db, page.row.id)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_kept_in_one_form() {
        for (written, kept) in [
            ("/wiki/XR-200/", Some("/wiki/XR-200")),
            ("https://old.example/wiki/%D7%9E", Some("/wiki/מ")),
            ("/index.php?title=XR#top", Some("/index.php?title=XR")),
            ("wiki/x", None),
            ("/a\nb", None),
            ("/%ff", None),
        ] {
            assert_eq!(normal(written).as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn own_addresses_are_known() {
        for path in [
            "/p/cbg2bv9j",
            "/p",
            "/s/x",
            "/api/v1/pages",
            "/signin",
            "/?x",
            "/search?q=1",
        ] {
            assert!(is_own(path), "{path}");
        }
        assert!(!is_own("/wiki/p") && !is_own("/pages/x"));
    }
}
