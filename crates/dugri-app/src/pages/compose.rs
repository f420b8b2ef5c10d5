//! Putting a revision together and storing it: what its text refers to, which reports it brings in, what its page is
//! called, and whether readers get it at once.

use dugri_core::policy::{self, Verb};
use dugri_core::spaces::Policy;
use dugri_core::{ChangeId, Event, IntelId, PageId, PublicId, Time};
use dugri_store::pages::Page;
use dugri_store::revisions::{Content, NewLink, NewRevision, RevisionRow};
use dugri_store::{Db, Tx, changes, files, intel, pages, revisions};
use dugri_text::links::{fold_title, slug};
use dugri_text::{ReferenceKind, markdown};

use super::life;
use super::publish::{self, Publish};
use super::save::{PageText, Saved};
use crate::render::page_key;
use crate::{Actor, Error};

/// What a text refers to.
#[derive(Debug, Clone, Default)]
pub(crate) struct References {
    /// Pages, each way of naming one once.
    pub(crate) links: Vec<NewLink>,
    /// Files.
    pub(crate) files: Vec<PublicId>,
    /// Cited reports.
    pub(crate) intel: Vec<IntelId>,
}

impl References {
    /// Reads them out of a text.
    pub(crate) fn of(body: &str) -> References {
        let mut found = References::default();
        for reference in markdown::references(body) {
            if reference.kind == ReferenceKind::File {
                found.files.extend(PublicId::parse(&reference.target));
            }
            found.intel.extend(reference.intel_number().map(IntelId));
            if let Some(folded) = page_key(&reference) {
                let link = NewLink {
                    folded,
                    embed: reference.kind == ReferenceKind::Embed,
                    target: reference.target,
                };
                if !found.links.contains(&link) {
                    found.links.push(link);
                }
            }
        }
        found
    }
}

/// Puts a revision together: links, files and citations follow from the text.
#[expect(clippy::too_many_arguments, reason = "see store_revision")]
pub(super) fn compose(
    db: &mut Db,
    actor: &Actor,
    page: &Page,
    change: Option<ChangeId>,
    head: Option<&RevisionRow>,
    content: Content,
    text: &PageText,
    now: Time,
) -> Result<NewRevision, Error> {
    let References {
        links,
        files: file_ids,
        ..
    } = References::of(&content.body);
    let before = match head {
        Some(head) => References::of(&revisions::content(db, head)?.body),
        None => References::default(),
    };
    let mut used: Vec<_> = files::usable(db, &actor.access, page.space.id, &file_ids)?
        .into_iter()
        .map(|(_, id)| id)
        .collect();
    if let Some(head) = head {
        // What the text used before it goes on using, whoever writes now; and what hung on the page without being
        // shown in its text hangs on.
        for file in files::of_revision(db, head.id)? {
            if file_ids.contains(&file.public_id) || !before.files.contains(&file.public_id) {
                used.push(file.id);
            }
        }
    }
    used.sort();
    used.dedup();
    Ok(NewRevision {
        page: page.row.id,
        parent: head.map(|head| head.id),
        change,
        cites: cites(
            db,
            actor,
            page,
            change,
            head.map(|head| (head, &before)),
            &content,
            &text.cites,
        )?,
        content,
        author: actor.person(),
        at: now,
        summary: text.summary.trim().to_owned(),
        minor: text.minor,
        client_id: text.client_id.clone(),
        links,
        files: used,
    })
}

/// The reports that a revision brings in: named by the writer or cited in the text, and not cited by the published text
/// before. What earlier saves of the same change brought in stays.
fn cites(
    db: &mut Db,
    actor: &Actor,
    page: &Page,
    change: Option<ChangeId>,
    head: Option<(&RevisionRow, &References)>,
    content: &Content,
    named: &[IntelId],
) -> Result<Vec<IntelId>, Error> {
    let in_text = |body: &str| References::of(body).intel;
    let before = match (&page.published, head) {
        (None, _) => Vec::new(),
        (Some(publication), Some((head, shown))) if head.id == publication.revision_id => shown.intel.clone(),
        (Some(publication), _) => match revisions::find(db, page.row.id, publication.revision_id)? {
            Some(row) => in_text(&revisions::content(db, &row)?.body),
            None => Vec::new(),
        },
    };
    let mut wanted: Vec<IntelId> = in_text(&content.body)
        .into_iter()
        .filter(|id| !before.contains(id))
        .collect();
    wanted.extend(named);
    let mut cites = intel::readable(db, &actor.access, &wanted)?;
    if let (Some((head, _)), Some(_)) = (head, change)
        && head.change_id == change
    {
        cites.extend(
            revisions::cites(db, &[head.id])?
                .remove(&head.id)
                .unwrap_or_default(),
        );
    }
    cites.sort();
    cites.dedup();
    Ok(cites)
}

/// Stores a revision, in a change or for readers at once.
#[expect(
    clippy::too_many_arguments,
    reason = "the one place where all parts of a save meet"
)]
pub(super) fn store_revision(
    tx: &mut Tx,
    actor: &Actor,
    page: &Page,
    change: Option<ChangeId>,
    head: Option<&RevisionRow>,
    content: Content,
    text: &PageText,
    now: Time,
) -> Result<Saved, Error> {
    let me = actor.person();
    let publishes = publishes(actor, page, text);
    // A pending change goes on; a new one is begun unless this very save publishes.
    let continued = change.or_else(|| {
        head.filter(|_| page.published.is_none())
            .and_then(|head| head.change_id)
    });
    let change = match continued {
        Some(change) => Some(change),
        None if publishes => None,
        None => {
            let base = page.published.as_ref().map(|publication| publication.revision_id);
            let change = changes::open(tx, page.row.id, base, me, now)?;
            tx.record(
                Some(me),
                now,
                Event::ChangeOpened {
                    page: page.row.id,
                    change,
                },
            )?;
            Some(change)
        }
    };
    let new = compose(tx, actor, page, change, head, content, text, now)?;
    let revision = revisions::add(tx, &new)?;
    tx.record(
        Some(me),
        now,
        Event::RevisionAdded {
            page: page.row.id,
            revision,
            change,
        },
    )?;
    if page.published.is_none() {
        name_page(tx, page, &new.content.title, now)?;
    }
    let mut saved = Saved {
        page: page.row.public_id.clone(),
        slug: page.row.slug.clone(),
        revision,
        change,
        number: None,
        merged: false,
        unchanged: false,
    };
    if publishes {
        let row = revisions::find(tx, page.row.id, revision)?
            .ok_or_else(|| Error::internal("no revision after adding it"))?;
        let done = publish::now(tx, actor, page, &row, &how(text), now)?;
        life::count_as_check(tx, actor, page, revision, &how(text), now)?;
        saved.number = Some(done.number);
        saved.slug = done.slug;
        saved.change = None;
    } else {
        intel::start_cited(tx, me, now, revision)?;
    }
    Ok(saved)
}

/// Whether a save publishes: in `open` spaces, by those who may, unless the writer says otherwise.
pub(super) fn publishes(actor: &Actor, page: &Page, text: &PageText) -> bool {
    page.space.policy == Policy::Open
        && !text.keep_pending
        && policy::may(&actor.access, Verb::Publish, super::object(page))
}

pub(super) fn how(text: &PageText) -> Publish {
    Publish {
        reason: text.summary.trim().to_owned(),
        material: text.material,
        verify: text.verify,
    }
}

/// Gives a page the names of its present title, and the links that wanted them.
pub(crate) fn name_page(tx: &mut Tx, page: &Page, title: &str, now: Time) -> Result<String, Error> {
    let wanted = slug(title);
    let stem = page
        .row
        .slug
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches('-');
    // A slug that an import gave, or that is the title's with a number, stays.
    let known = pages::title_is_named(tx, page.row.id, &fold_title(title))?;
    let slug = if known || wanted == page.row.slug || wanted == stem {
        page.row.slug.clone()
    } else {
        pages::set_slug(tx, page.row.id, page.space.id, &wanted)?
    };
    call_page(tx, page.row.id, &page.space.slug, &slug, title, now)?;
    Ok(slug)
}

/// Says what a page is called from now on, and gives it the links that wanted one of its names.
pub(crate) fn call_page(
    tx: &mut Tx,
    page: PageId,
    space_slug: &str,
    slug: &str,
    title: &str,
    now: Time,
) -> Result<(), Error> {
    let folded = fold_title(title);
    let paths = [fold_title(&format!("{space_slug}/{slug}")), fold_title(slug)];
    if pages::set_names(tx, page, &folded, &paths, now)? {
        dugri_store::links::adopt(tx, page, &[&[folded], &paths[..]].concat())?;
    }
    Ok(())
}
