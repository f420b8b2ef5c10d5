//! Making a section of a page a page of its own. A link stays where it stood, and the history of both says where it went
//! and came from.

use dugri_core::pages::{SUMMARY_CHARS_MAX, TITLE_CHARS_MAX};
use dugri_core::policy::Verb;
use dugri_core::{Event, PublicId, RevisionId};
use dugri_store::pages::{self, NewPage, Page};
use dugri_store::revisions::{self, Content};
use dugri_store::{Db, files, links};
use dugri_text::links::{fold_title, slug};
use dugri_text::sections::{self, Section};

use super::check::one_line;
use super::compose::{References, publishes, store_revision};
use super::save::{self, PageText};
use super::steps::{self, Before, Made, Named, Stepped};
use crate::{Actor, App, Conflict, Error, FieldError};

/// How a section becomes a page.
#[derive(Debug, Clone)]
pub struct Split {
    /// The id of its heading.
    pub section: String,
    /// The title of the new page.
    pub title: String,
    /// Why.
    pub summary: String,
    /// The revision that the actor saw.
    pub seen: Option<RevisionId>,
}

/// What splitting would do.
#[derive(Debug, Clone)]
pub struct SplitPlan {
    /// The page.
    pub page: Page,
    /// Its title.
    pub title: String,
    /// What `seen` names.
    pub seen: RevisionId,
    /// Its sections.
    pub sections: Vec<Section>,
    /// The text of the new page, where a section was chosen.
    pub part: Option<String>,
    /// Whether both are published at once.
    pub at_once: bool,
}

/// The sections of a page, and what splitting one off would do.
pub fn plan(app: &App, actor: &Actor, id: &PublicId, section: Option<&str>) -> Result<SplitPlan, Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Propose, now)?;
        let head = save::head(db, &page, None)?;
        let body = revisions::body(db, &head)?;
        let part = match section {
            Some(id) => {
                let found = sections::section(&body, id);
                let found = found.ok_or_else(|| Error::field("section", "error-split-section"))?;
                Some(sections::take_out(&body, &found, "").0)
            }
            None => None,
        };
        Ok(SplitPlan {
            at_once: publishes(actor, &page, &PageText::default()),
            title: head.title,
            seen: head.id,
            sections: sections::sections(&body),
            part,
            page,
        })
    })
}

/// Makes a section a page of its own, in the same space.
pub fn split(app: &App, actor: &Actor, id: &PublicId, split: Split) -> Result<Stepped, Error> {
    let now = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Propose, now)?;
        let head = save::head(tx, &page, None)?;
        if split.seen.is_some_and(|seen| seen != head.id) {
            return Err(Error::Conflict(Conflict::Stale { head: head.id.0 }));
        }
        let content = revisions::content(tx, &head)?;
        let asked = check(tx, &split, &content)?;
        let (part, rest) = sections::take_out(&content.body, &asked.section, &format!("[[{}]]", asked.title));
        if part.trim().is_empty() {
            return Err(Error::field("section", "error-split-empty"));
        }
        let text = PageText {
            summary: asked.summary,
            ..PageText::default()
        };
        let new = NewPage {
            public_id: PublicId::random(),
            space: page.space.id,
            kind: page.kind.id,
            slug: slug(&asked.title),
            language: page.row.language,
            audience: page.row.audience,
            owner: page.row.owner_id,
            owner_group: page.row.owner_group_id,
            views_baseline: 0,
            created_by: actor.person(),
            created_at: now,
            client_id: None,
        };
        let me = Some(actor.person());
        let key = pages::add(tx, &new)?;
        tx.record(
            me,
            now,
            Event::PageAdded {
                page: key,
                space: page.space.id,
            },
        )?;
        let named = References::of(&part).files;
        let part_page = pages::find_unfiltered(tx, key, now)?
            .ok_or_else(|| Error::internal("no page after adding it"))?;
        let part_content = Content {
            title: asked.title.clone(),
            body: part,
            topics: content.topics.clone(),
            ..Content::default()
        };
        let made_part = store_revision(tx, &actor, &part_page, None, None, part_content, &text, now)?;
        files::carry(tx, head.id, made_part.revision, &named)?;
        let rest = Content {
            body: rest,
            ..content
        };
        let made = store_revision(tx, &actor, &page, None, Some(&head), rest, &text, now)?;
        tx.record(
            me,
            now,
            Event::PageSplit {
                page: page.row.id,
                part: key,
            },
        )?;
        let before = Before::Split {
            made: Made {
                revision: made.revision,
                before: head.id,
                change: made.change,
            },
            part_revision: made_part.revision,
        };
        let step = steps::note(tx, &actor, page.row.id, Some(key), &before, now)?;
        Ok(Stepped {
            page: page.row.public_id.clone(),
            slug: made.slug,
            step: Some(step),
            change: made.change,
            other: Some(Named {
                id: made_part.page,
                slug: made_part.slug,
                title: asked.title,
            }),
        })
    })
}

struct Asked {
    section: Section,
    title: String,
    summary: String,
}

fn check(db: &mut Db, split: &Split, content: &Content) -> Result<Asked, Error> {
    let mut errors = Vec::new();
    let title = one_line("title", &split.title, TITLE_CHARS_MAX, &mut errors);
    let summary = one_line("summary", &split.summary, SUMMARY_CHARS_MAX, &mut errors);
    if title.is_empty() {
        errors.push(FieldError::new("title", "error-required"));
    } else if title.contains(['[', ']', '|', '#']) {
        // The link that stays behind could not be written.
        errors.push(FieldError::new("title", "error-split-title"));
    } else if links::named_unfiltered(db, &fold_title(&title))?.is_some() {
        errors.push(FieldError::new("title", "error-split-taken"));
    }
    if summary.is_empty() {
        errors.push(FieldError::new("summary", "error-summary-required"));
    }
    let section = sections::section(&content.body, &split.section);
    if section.is_none() {
        errors.push(FieldError::new("section", "error-split-section"));
    }
    match section {
        Some(section) if errors.is_empty() => Ok(Asked {
            section,
            title,
            summary,
        }),
        _ => Err(Error::Invalid(errors)),
    }
}
