//! Saving: new pages and new revisions. A save names its base revision; what moved on meanwhile is merged by block, and
//! where that can't be done all three texts come back and nothing is written. The same content is never a conflict.

use std::collections::BTreeMap;

use dugri_core::pages::{
    Audience, BODY_BYTES_MAX, ChangeState, KEY_MESSAGE_CHARS_MAX, SUMMARY_CHARS_MAX, TITLE_CHARS_MAX,
    TOPICS_MAX,
};
use dugri_core::policy::{self, Object, Verb};
use dugri_core::spaces::Policy;
use dugri_core::{
    ChangeId, Event, IntelId, Language, PageId, PersonId, PublicId, RevisionId, Role, Time, TopicId,
};
use dugri_store::pages::{NewPage, Page};
use dugri_store::revisions::{Content, NewLink, NewRevision, RevisionRow};
use dugri_store::{Db, Tx, changes, files, intel, kinds, pages, revisions, spaces, topics};
use dugri_text::links::{fold_title, slug};
use dugri_text::merge::{self, Merge};
use dugri_text::{ReferenceKind, markdown};

use super::publish::{self, Publish};
use crate::render::page_key;
use crate::{Actor, App, Conflict, Error, FieldError, TextConflict};

/// The largest number of fields, and the longest value of one in characters.
const FIELDS_MAX: usize = 50;
const FIELD_CHARS_MAX: usize = 2_000;

/// What a writer wrote.
#[derive(Debug, Clone, Default)]
pub struct PageText {
    /// The title.
    pub title: String,
    /// The key message.
    pub key_message: String,
    /// The Markdown.
    pub body: String,
    /// The fields of the kind.
    pub fields: BTreeMap<String, String>,
    /// The topics by slug, name or alias.
    pub topics: Vec<String>,
    /// Why it changed.
    pub summary: String,
    /// Whether readers need not be told.
    pub minor: bool,
    /// The reports that caused it.
    pub cites: Vec<IntelId>,
    /// Whether it changes materially what older copies say.
    pub material: bool,
    /// Save only; don't publish even where a save would.
    pub keep_pending: bool,
    /// The client's own id of this request.
    pub client_id: Option<String>,
}

/// An edit of a page.
#[derive(Debug, Clone)]
pub struct PageEdit {
    /// What was written.
    pub text: PageText,
    /// The revision that the writer began from.
    pub base: RevisionId,
    /// The pending change that the edit goes on with.
    pub change: Option<ChangeId>,
    /// Refuse instead of merging when the base is not the newest (`If-Match`).
    pub exact_base: bool,
}

/// A page to begin.
#[derive(Debug, Clone)]
pub struct PageStart {
    /// The space by slug.
    pub space: String,
    /// The kind by slug.
    pub kind: String,
    /// The language; the space's where it is not said.
    pub language: Option<Language>,
    /// For whom it is cleared.
    pub audience: Audience,
    /// What was written.
    pub text: PageText,
}

/// What came of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The page's permanent id.
    pub page: PublicId,
    /// The readable end of its address.
    pub slug: String,
    /// The newest revision, saved now or before.
    pub revision: RevisionId,
    /// The pending change that it belongs to, unless it is published.
    pub change: Option<ChangeId>,
    /// The number, if it was published.
    pub number: Option<i64>,
    /// Whether somebody else's changes were merged in.
    pub merged: bool,
    /// Whether there was nothing to save.
    pub unchanged: bool,
}

/// Begins a page.
pub fn create(app: &App, actor: &Actor, start: PageStart) -> Result<Saved, Error> {
    let now = app.now();
    let actor = actor.clone();
    app.store().write(move |tx| {
        if let Some(client_id) = &start.text.client_id
            && let Some(page) = pages::by_client_id(tx, actor.person(), client_id)?
        {
            tx.unchanged();
            return repeat(tx, &actor, page, now);
        }
        let space = spaces::find(tx, &actor.access, &start.space)?
            .ok_or_else(|| Error::field("space", "error-unknown-space"))?;
        if !actor.access.has(space.id, Role::Contributor) {
            return Err(Error::Forbidden);
        }
        let kind = kinds::find(tx, &start.kind)?.ok_or_else(|| Error::field("kind", "error-unknown-kind"))?;
        let (content, mut errors) = parse(tx, &start.text, None)?;
        errors.retain(|error| error.field != "summary");
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let id = pages::add(
            tx,
            &NewPage {
                public_id: PublicId::random(),
                space: space.id,
                kind: kind.id,
                slug: slug(&content.title),
                language: start.language.unwrap_or(space.language),
                audience: start.audience,
                owner: Some(actor.person()),
                owner_group: None,
                views_baseline: 0,
                created_by: actor.person(),
                created_at: now,
                client_id: start.text.client_id.clone(),
            },
        )?;
        tx.record(
            Some(actor.person()),
            now,
            Event::PageAdded {
                page: id,
                space: space.id,
            },
        )?;
        let page =
            pages::find_unfiltered(tx, id, now)?.ok_or_else(|| Error::internal("no page after adding it"))?;
        let text = PageText {
            client_id: None,
            ..start.text
        };
        store_revision(tx, &actor, &page, None, None, content, &text, false, now)
    })
}

/// Saves an edit of a page.
pub fn save(app: &App, actor: &Actor, id: &PublicId, edit: PageEdit) -> Result<Saved, Error> {
    let now = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        if let Some(client_id) = &edit.text.client_id
            && let Some((page, _)) = revisions::by_client_id(tx, actor.person(), client_id)?
        {
            tx.unchanged();
            return repeat(tx, &actor, page, now);
        }
        let page = super::load(tx, &actor, &id, Verb::Propose, now)?;
        let base = revisions::find(tx, page.row.id, edit.base)?
            .ok_or_else(|| Error::field("base_revision", "error-unknown-revision"))?;
        let change = continued(tx, &page, &edit, &base)?;
        let head = head(tx, &page, change)?;
        let before = revisions::content(tx, &base)?;
        let (mine, errors) = parse(tx, &edit.text, Some(&before))?;
        let theirs = revisions::content(tx, &head)?;
        if mine.digest() == head.digest {
            return nothing_to_save(tx, &actor, &page, &head, &edit, now);
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let stale = head.id != base.id && head.digest != base.digest;
        if stale && edit.exact_base {
            return Err(Error::Conflict(Conflict::Stale { head: head.id.0 }));
        }
        let content = if stale {
            merged(before, mine, theirs, &head)?
        } else {
            mine
        };
        if content.digest() == head.digest {
            return nothing_to_save(tx, &actor, &page, &head, &edit, now);
        }
        store_revision(
            tx,
            &actor,
            &page,
            change,
            Some(&head),
            content,
            &edit.text,
            stale,
            now,
        )
    })
}

/// The pending change that an edit goes on with: the named one, or the open one that its base belongs to.
fn continued(
    db: &mut Db,
    page: &Page,
    edit: &PageEdit,
    base: &RevisionRow,
) -> Result<Option<ChangeId>, Error> {
    if edit.change.is_some() {
        return Ok(edit.change);
    }
    let open = changes::list_open(db, page.row.id)?;
    Ok(base
        .change_id
        .filter(|change| open.iter().any(|(row, _)| row.id == *change)))
}

/// The same answer to a repeated request.
fn repeat(tx: &mut Tx, actor: &Actor, page: PageId, now: Time) -> Result<Saved, Error> {
    let page = pages::find_by_key(tx, &actor.access, page, now)?.ok_or(Error::NotFound)?;
    let newest = revisions::newest(tx, page.row.id)?.ok_or(Error::NotFound)?;
    let published = page
        .published
        .as_ref()
        .filter(|published| published.revision_id == newest.id);
    Ok(Saved {
        slug: page.row.slug.clone(),
        revision: newest.id,
        change: newest.change_id.filter(|_| published.is_none()),
        number: published.map(|published| published.number),
        merged: false,
        unchanged: true,
        page: page.row.public_id,
    })
}

/// The revision that a save continues: the change's newest, else the published one, else the newest draft.
fn head(db: &mut Db, page: &Page, change: Option<ChangeId>) -> Result<RevisionRow, Error> {
    let head = match (change, &page.published) {
        (Some(change), _) => {
            let (row, _) = changes::find(db, page.row.id, change)?.ok_or(Error::NotFound)?;
            if row.state != ChangeState::Open {
                return Err(Error::state(row.state));
            }
            revisions::newest_of_change(db, page.row.id, change)?
        }
        (None, Some(publication)) => revisions::find(db, page.row.id, publication.revision_id)?,
        (None, None) => revisions::newest(db, page.row.id)?,
    };
    head.ok_or_else(|| Error::internal("a page without revisions"))
}

/// The newest text says the same already. Where it only waits for publication and this save would publish, it is published.
fn nothing_to_save(
    tx: &mut Tx,
    actor: &Actor,
    page: &Page,
    head: &RevisionRow,
    edit: &PageEdit,
    now: Time,
) -> Result<Saved, Error> {
    let published = page
        .published
        .as_ref()
        .filter(|publication| publication.revision_id == head.id);
    let change = head.change_id.filter(|_| published.is_none());
    let mut saved = Saved {
        page: page.row.public_id.clone(),
        slug: page.row.slug.clone(),
        revision: head.id,
        change,
        number: published.map(|publication| publication.number),
        merged: false,
        unchanged: true,
    };
    if change.is_some() && publishes(actor, page, &edit.text) {
        let done = publish::now(tx, actor, page, head, &how(&edit.text), now)?;
        saved.number = Some(done.number);
        saved.slug = done.slug;
        saved.change = None;
    } else {
        tx.unchanged();
    }
    Ok(saved)
}

/// Whether a save publishes: in `open` spaces, by those who may, unless the writer says otherwise.
fn publishes(actor: &Actor, page: &Page, text: &PageText) -> bool {
    page.space.policy == Policy::Open
        && !text.keep_pending
        && policy::may(&actor.access, Verb::Publish, super::object(page))
}

fn how(text: &PageText) -> Publish {
    Publish {
        reason: text.summary.trim().to_owned(),
        material: text.material,
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "the one place where all parts of a save meet"
)]
fn store_revision(
    tx: &mut Tx,
    actor: &Actor,
    page: &Page,
    change: Option<ChangeId>,
    head: Option<&RevisionRow>,
    content: Content,
    text: &PageText,
    merged: bool,
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
        merged,
        unchanged: false,
    };
    if publishes {
        let row = revisions::find(tx, page.row.id, revision)?
            .ok_or_else(|| Error::internal("no revision after adding it"))?;
        let done = publish::now(tx, actor, page, &row, &how(text), now)?;
        saved.number = Some(done.number);
        saved.slug = done.slug;
        saved.change = None;
    } else {
        intel::start_cited(tx, me, now, revision)?;
    }
    Ok(saved)
}

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
    let mut used: Vec<_> = files::usable(db, &actor.access, page.space.id, &file_ids)?
        .into_iter()
        .map(|(_, id)| id)
        .collect();
    if let Some(head) = head {
        // What the text used before it goes on using, whoever writes now; and what hung on the page without being
        // shown in its text hangs on.
        let shown_before = References::of(&revisions::content(db, head)?.body).files;
        for file in files::of_revision(db, head.id)? {
            if file_ids.contains(&file.public_id) || !shown_before.contains(&file.public_id) {
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
        cites: cites(db, actor, page, change, head, &content, &text.cites)?,
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
    head: Option<&RevisionRow>,
    content: &Content,
    named: &[IntelId],
) -> Result<Vec<IntelId>, Error> {
    let in_text = |body: &str| References::of(body).intel;
    let before = match &page.published {
        Some(publication) => match revisions::find(db, page.row.id, publication.revision_id)? {
            Some(row) => in_text(&revisions::content(db, &row)?.body),
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let mut wanted: Vec<IntelId> = in_text(&content.body)
        .into_iter()
        .filter(|id| !before.contains(id))
        .collect();
    wanted.extend(named);
    let mut cites = intel::readable(db, &actor.access, &wanted)?;
    if let (Some(head), Some(_)) = (head, change)
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
    pages::set_names(tx, page, &folded, &paths, now)?;
    dugri_store::links::adopt(tx, page, &[&[folded], &paths[..]].concat())?;
    Ok(())
}

/// Merges what the writer made of `before` with the newest content, part by part.
pub(super) fn merged(
    before: Content,
    mine: Content,
    theirs: Content,
    head: &RevisionRow,
) -> Result<Content, Error> {
    let pick = |before: &String, mine: &String, theirs: &String| -> Option<String> {
        if mine == theirs || theirs == before {
            Some(mine.clone())
        } else if mine == before {
            Some(theirs.clone())
        } else {
            None
        }
    };
    let title = pick(&before.title, &mine.title, &theirs.title);
    let key_message = pick(&before.key_message, &mine.key_message, &theirs.key_message);
    let names: std::collections::BTreeSet<&String> = [&before, &mine, &theirs]
        .into_iter()
        .flat_map(|content| content.fields.keys())
        .collect();
    let empty = String::new();
    let value = |content: &Content, name: &String| content.fields.get(name).unwrap_or(&empty).clone();
    let fields: Option<BTreeMap<String, String>> = names
        .into_iter()
        .map(|name| {
            let kept = pick(&value(&before, name), &value(&mine, name), &value(&theirs, name))?;
            Some((name.clone(), kept))
        })
        .filter(|field| field.as_ref().is_none_or(|(_, value)| !value.is_empty()))
        .collect();
    let body = merge::merge(&before.body, &mine.body, &theirs.body);
    // Topics are a set: what either added is in, what either removed is out.
    let mut topics: Vec<_> = mine
        .topics
        .iter()
        .chain(&theirs.topics)
        .filter(|topic| {
            !before.topics.contains(topic) || (mine.topics.contains(topic) && theirs.topics.contains(topic))
        })
        .copied()
        .collect();
    topics.sort();
    topics.dedup();
    match (title, key_message, fields, body) {
        (Some(title), Some(key_message), Some(fields), Merge::Clean { text, .. }) => Ok(Content {
            title,
            key_message,
            body: text,
            fields,
            topics,
        }),
        (_, _, _, body) => Err(Error::Conflict(Conflict::Text(Box::new(TextConflict {
            blocks: match body {
                Merge::Clean { text, .. } => vec![merge::MergeBlock::Settled { text }],
                Merge::Conflict { blocks } => blocks,
            },
            head: head.id,
            their_author: head.author_id,
            their_at: head.at,
            mine,
            theirs,
            before,
        })))),
    }
}

/// Checks what was written. Line ends follow the text before: a browser's form sends CRLF whatever it was given.
pub(super) fn parse(
    db: &mut Db,
    text: &PageText,
    before: Option<&Content>,
) -> Result<(Content, Vec<FieldError>), Error> {
    let mut errors = Vec::new();
    let title = one_line("title", &text.title, TITLE_CHARS_MAX, &mut errors);
    if title.is_empty() {
        errors.push(FieldError::new("title", "error-required"));
    }
    let key_message = one_line(
        "key_message",
        &text.key_message,
        KEY_MESSAGE_CHARS_MAX,
        &mut errors,
    );
    let summary = one_line("summary", &text.summary, SUMMARY_CHARS_MAX, &mut errors);
    if summary.is_empty() && !text.minor {
        errors.push(FieldError::new("summary", "error-summary-required"));
    }
    let body = if before.is_some_and(|before| before.body.contains('\r')) {
        text.body.clone()
    } else {
        text.body.replace("\r\n", "\n")
    };
    if body.len() > BODY_BYTES_MAX {
        errors.push(FieldError::new("body", "error-too-large").with("max", BODY_BYTES_MAX));
    }
    if body.contains('\0') {
        errors.push(FieldError::new("body", "error-control-characters"));
    }
    let (topics, unknown) = topics_of(db, &text.topics)?;
    if let Some(unknown) = unknown {
        errors.push(FieldError::new("topics", "error-unknown-topic").with("topic", unknown));
    }
    if topics.len() > TOPICS_MAX {
        errors.push(FieldError::new("topics", "error-too-many").with("max", TOPICS_MAX));
    }
    let fields = fields_of(text, before, &mut errors);
    Ok((
        Content {
            title,
            key_message,
            body,
            fields,
            topics,
        },
        errors,
    ))
}

fn one_line(name: &'static str, text: &str, chars_max: usize, errors: &mut Vec<FieldError>) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > chars_max {
        errors.push(FieldError::new(name, "error-too-long").with("max", chars_max));
    }
    if line.chars().any(char::is_control) {
        errors.push(FieldError::new(name, "error-control-characters"));
    }
    line
}

/// The topics of slugs, names or aliases; and the first that is none.
fn topics_of(db: &mut Db, written: &[String]) -> Result<(Vec<TopicId>, Option<String>), Error> {
    let by_slug: BTreeMap<String, TopicId> = topics::list(db)?
        .into_iter()
        .map(|topic| (topic.slug, topic.id))
        .collect();
    let by_name: BTreeMap<String, TopicId> = topics::names(db)?
        .into_iter()
        .map(|(id, _, folded)| (folded, id))
        .collect();
    let mut ids = Vec::new();
    for topic in written
        .iter()
        .map(|topic| topic.trim())
        .filter(|topic| !topic.is_empty())
    {
        match by_slug.get(topic).or_else(|| by_name.get(&fold_title(topic))) {
            Some(id) => ids.push(*id),
            None => return Ok((ids, Some(topic.to_owned()))),
        }
    }
    ids.sort();
    ids.dedup();
    Ok((ids, None))
}

/// The fields as written over those before: a form shows only the kind's own fields, and must not lose the others.
fn fields_of(
    text: &PageText,
    before: Option<&Content>,
    errors: &mut Vec<FieldError>,
) -> BTreeMap<String, String> {
    let mut fields = before.map(|before| before.fields.clone()).unwrap_or_default();
    for (name, value) in &text.fields {
        let value = value.trim().replace("\r\n", "\n");
        if value.chars().count() > FIELD_CHARS_MAX || name.chars().count() > 60 {
            errors.push(FieldError::new("fields", "error-too-long").with("max", FIELD_CHARS_MAX));
        }
        if value.contains('\0') || name.contains('\0') {
            errors.push(FieldError::new("fields", "error-control-characters"));
        }
        if value.is_empty() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value);
        }
    }
    if fields.len() > FIELDS_MAX {
        errors.push(FieldError::new("fields", "error-too-many").with("max", FIELDS_MAX));
    }
    fields
}

/// The object of a change, for policy.
pub(super) fn change_object(page: &Page, author: PersonId) -> Object {
    Object::Change {
        space: page.space.id,
        policy: page.space.policy,
        author,
    }
}
