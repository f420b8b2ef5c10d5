//! Renaming: another title is another revision; another readable address is none. What a page was called stays known, so
//! links and addresses go on leading to it.

use dugri_core::pages::{SUMMARY_CHARS_MAX, TITLE_CHARS_MAX};
use dugri_core::policy::{self, Verb};
use dugri_core::{Event, PublicId};
use dugri_store::pages::{self, Page, PageLine};
use dugri_store::revisions::{self, Content};
use dugri_store::{Db, links};
use dugri_text::links::{fold_title, slug};

use super::check::one_line;
use super::compose::{call_page, store_revision};
use super::save::{self, PageText};
use super::steps::{self, Before, Stepped};
use super::touches::{self, Touches};
use crate::{Actor, App, Error};

/// What a page is to be called.
#[derive(Debug, Clone, Default)]
pub struct Rename {
    /// The title.
    pub title: String,
    /// The readable end of its address; empty to follow the title.
    pub slug: String,
    /// Why.
    pub summary: String,
}

/// What renaming would do.
#[derive(Debug, Clone)]
pub struct RenamePlan {
    /// The page.
    pub page: Page,
    /// Its title now.
    pub title: String,
    /// The title asked for.
    pub new_title: String,
    /// The readable end of its address then.
    pub slug: String,
    /// Whether it is done at once, and does not wait as a change.
    pub at_once: bool,
    /// Whether the actor may choose the address.
    pub may_slug: bool,
    /// Whether the actor may let foreign paths lead here.
    pub may_manage: bool,
    /// Another page that is, or was, called so: links that are written so lead there.
    pub namesake: Option<PageLine>,
    /// What it touches.
    pub touches: Touches,
}

/// What renaming would do; with an empty title, what can be renamed.
pub fn plan(app: &App, actor: &Actor, id: &PublicId, rename: &Rename) -> Result<RenamePlan, Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Propose, now)?;
        let title = steps::name_of(db, &page)?.title;
        let mut errors = Vec::new();
        let wanted = one_line("title", &rename.title, TITLE_CHARS_MAX, &mut errors);
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let new_title = if wanted.is_empty() { title.clone() } else { wanted };
        let at_once = at_once(actor, &page);
        let may_slug = policy::may(&actor.access, Verb::Publish, super::object(&page));
        let slug = wanted_slug(&page, &title, &new_title, &rename.slug);
        Ok(RenamePlan {
            slug: pages::slug_in(db, page.row.id, page.space.id, &slug)?,
            namesake: namesake(db, actor, &page, &title, &new_title, now)?,
            touches: touches::of(db, actor, &page, now)?,
            title,
            new_title,
            may_manage: policy::may(&actor.access, Verb::Manage, super::object(&page)),
            at_once,
            may_slug,
            page,
        })
    })
}

/// Whether a new title is published by saving it.
fn at_once(actor: &Actor, page: &Page) -> bool {
    page.space.policy == dugri_core::spaces::Policy::Open
        && policy::may(&actor.access, Verb::Publish, super::object(page))
}

fn wanted_slug(page: &Page, title: &str, new_title: &str, wanted: &str) -> String {
    match wanted.trim() {
        "" if title == new_title => page.row.slug.clone(),
        "" => slug(new_title),
        wanted => slug(wanted),
    }
}

fn namesake(
    db: &mut Db,
    actor: &Actor,
    page: &Page,
    title: &str,
    new_title: &str,
    now: dugri_core::Time,
) -> Result<Option<PageLine>, Error> {
    if title == new_title {
        return Ok(None);
    }
    match links::named_unfiltered(db, &fold_title(new_title))? {
        Some(other) if other != page.row.id => Ok(pages::line(db, &actor.access, other, now)?),
        _ => Ok(None),
    }
}

/// Renames a page. In a reviewed space a new title waits as a change.
pub fn rename(app: &App, actor: &Actor, id: &PublicId, rename: Rename) -> Result<Stepped, Error> {
    let now = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Propose, now)?;
        let head = save::head(tx, &page, None)?;
        let before = revisions::content(tx, &head)?;
        let mut errors = Vec::new();
        let title = one_line("title", &rename.title, TITLE_CHARS_MAX, &mut errors);
        let summary = one_line("summary", &rename.summary, SUMMARY_CHARS_MAX, &mut errors);
        if title.is_empty() {
            errors.push(crate::FieldError::new("title", "error-required"));
        }
        let new_title = title != before.title;
        if new_title && summary.is_empty() {
            errors.push(crate::FieldError::new("summary", "error-summary-required"));
        }
        let choose = !rename.slug.trim().is_empty() && slug(&rename.slug) != page.row.slug;
        if choose && !policy::may(&actor.access, Verb::Publish, super::object(&page)) {
            errors.push(crate::FieldError::new("slug", "error-rename-slug-right"));
        } else if choose && new_title && !at_once(&actor, &page) {
            errors.push(crate::FieldError::new("slug", "error-rename-slug-waits"));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let mut stepped = Stepped {
            page: page.row.public_id.clone(),
            slug: page.row.slug.clone(),
            step: None,
            change: None,
            other: None,
        };
        let mut number = None;
        if new_title {
            let text = PageText {
                summary,
                ..PageText::default()
            };
            let content = Content {
                title: title.clone(),
                ..before.clone()
            };
            let saved = store_revision(tx, &actor, &page, None, Some(&head), content, &text, now)?;
            (stepped.change, stepped.slug, number) = (saved.change, saved.slug, saved.number);
        }
        if choose {
            stepped.slug = pages::set_slug(tx, page.row.id, page.space.id, &slug(&rename.slug))?;
            call_page(tx, page.row.id, &page.space.slug, &stepped.slug, &title, now)?;
            tx.record(
                Some(actor.person()),
                now,
                Event::PageRenamed { page: page.row.id },
            )?;
        }
        if number.is_none() && !choose {
            if !new_title {
                tx.unchanged();
            }
            return Ok(stepped);
        }
        let before = Before::Renamed {
            title: before.title,
            slug: page.row.slug.clone(),
            now_title: title,
            now_slug: stepped.slug.clone(),
        };
        stepped.step = Some(steps::note(tx, &actor, page.row.id, None, &before, now)?);
        Ok(stepped)
    })
}
