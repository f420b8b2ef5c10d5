//! What the index is told of pages and reports: always their present, looked up whoever may read them.

use std::collections::HashMap;

use dugri_core::pages::State;
use dugri_core::{Event, IntelId, PageId, Role, Time, TopicId};
use dugri_search::{Change, Document, Eyes, IntelDocument, PageDocument, TopicNames};
use dugri_store::files::FileRow;
use dugri_store::pages::Page;
use dugri_store::revisions::RevisionRow;
use dugri_store::{Db, intel, names, pages, publications, revisions, texts, topics};
use dugri_text::markdown::{self, Block, BlockKind};

use crate::{App, Error};

/// What a document takes of the texts of its files. A page with more of them is a folder.
const FILE_TEXTS_BYTES_MAX: usize = 1 << 20;

/// Whether an event changes a name that stands in many documents.
pub(crate) fn renames(event: &Event) -> bool {
    matches!(
        event,
        Event::TopicChanged { .. } | Event::TopicMerged { .. } | Event::SpaceChanged { .. }
    )
}

/// The documents of these pages, each in place of all that the index had of the page.
pub(crate) fn of_pages(app: &App, ids: &[PageId]) -> Result<Vec<Change>, Error> {
    let now = app.now();
    crate::pages::in_read(app, |db| {
        let topic_names = topic_names(db)?;
        let mut changes = Vec::new();
        for id in ids {
            changes.push(Change::RemovePage(*id));
            if let Some(page) = pages::find_unfiltered(db, *id, now)? {
                changes.extend(of_page(db, &page, &topic_names, now)?);
            }
        }
        Ok(changes)
    })
}

/// A document for what is published and for each publication to come; of a never published page, one for its newest save.
fn of_page(
    db: &mut Db,
    page: &Page,
    topic_names: &HashMap<TopicId, TopicNames>,
    now: Time,
) -> Result<Vec<Change>, Error> {
    let all = publications::list_unfiltered(db, page.row.id)?;
    let mut changes = Vec::new();
    if all.is_empty() {
        if let Some(newest) = revisions::newest(db, page.row.id)? {
            for mut document in documents(db, page, &newest, topic_names, now)? {
                document.key = format!("{}:draft{}", page.row.id, document.key);
                document.min_role = Role::Contributor;
                document.from = page.row.created_at;
                document.updated = newest.at;
                document.state = State::Draft;
                changes.push(Change::Put(Document::Page(Box::new(document))));
            }
        }
        return Ok(changes);
    }
    for publication in &all {
        // Readable until its own end, or until a later one begins.
        let later = all
            .iter()
            .filter(|other| (other.from_at, other.id) > (publication.from_at, publication.id))
            .map(|other| other.from_at)
            .min();
        let until = [publication.until_at, later].into_iter().flatten().min();
        if until.is_some_and(|until| until <= now) {
            continue;
        }
        let Some(revision) = revisions::find(db, page.row.id, publication.revision_id)? else {
            continue;
        };
        for mut document in documents(db, page, &revision, topic_names, now)? {
            document.key = format!("{}:{}{}", page.row.id, publication.id, document.key);
            document.from = publication.from_at;
            document.until = until;
            document.updated = publication.from_at;
            changes.push(Change::Put(Document::Page(Box::new(document))));
        }
    }
    Ok(changes)
}

/// The documents of a text, told apart by the end of their key: one for everybody, or where it has `:::internal` parts,
/// one for colleagues and one without them for people from outside, whom a hit would tell what they say.
fn documents(
    db: &mut Db,
    page: &Page,
    revision: &RevisionRow,
    topic_names: &HashMap<TopicId, TopicNames>,
    now: Time,
) -> Result<Vec<PageDocument>, Error> {
    let content = revisions::content(db, revision)?;
    let owner = match page.row.owner_id {
        Some(id) => names::people(db, &[id])?.remove(&id),
        None => None,
    };
    let verified = publications::verifications(db, &[page.row.id])?.pop();
    let blocks = markdown::plain_text(&content.body);
    let shown = crate::texts::shown(db, revision.id, &content.body, false)?;
    let hidden = crate::texts::internal(&content.body);
    let has_internal = blocks.iter().any(|block| block.internal) || !hidden.is_empty();
    let whole = PageDocument {
        key: String::new(),
        eyes: if has_internal { Eyes::Colleagues } else { Eyes::All },
        page: page.row.id,
        space: page.space.id,
        min_role: Role::Reader,
        from: page.row.created_at,
        until: None,
        headings: headings(&blocks),
        blocks: plain(&blocks),
        fields: content.fields.into_values().collect(),
        files: in_files(db, &shown)?,
        topics: content
            .topics
            .iter()
            .filter_map(|id| topic_names.get(id).cloned())
            .collect(),
        asked: crate::gaps::of_page(db, page.row.id)?,
        title: content.title,
        key_message: content.key_message,
        kind: page.kind.slug.clone(),
        kind_labels: vec![page.kind.name.clone(), page.kind.name_he.clone()],
        space_names: [Some(page.space.name.clone()), page.space.name_he.clone()]
            .into_iter()
            .flatten()
            .collect(),
        language: page.row.language,
        state: State::of(
            true,
            page.row.successor_id.is_some(),
            page.row.archived_at.is_some(),
        ),
        owner: owner
            .map(|owner| {
                [Some(owner.name), owner.name_he]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .unwrap_or_default(),
        verified: verified.is_some_and(|(row, _)| row.until > now),
        views: page.row.views_baseline.max(0) as u64,
        updated: revision.at,
        slug: page.row.slug.clone(),
        public_id: page.row.public_id.to_string(),
    };
    if !has_internal {
        return Ok(vec![whole]);
    }
    let open_files: Vec<FileRow> = shown
        .into_iter()
        .filter(|file| !hidden.contains(&file.public_id))
        .collect();
    let open: Vec<Block> = blocks.into_iter().filter(|block| !block.internal).collect();
    let outside = PageDocument {
        key: ":outside".to_owned(),
        eyes: Eyes::Outsiders,
        headings: headings(&open),
        blocks: plain(&open),
        files: in_files(db, &open_files)?,
        ..whole.clone()
    };
    Ok(vec![whole, outside])
}

fn headings(blocks: &[Block]) -> Vec<String> {
    let headings = blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    headings.map(|block| block.text.clone()).collect()
}

fn plain(blocks: &[Block]) -> Vec<String> {
    blocks.iter().map(|block| block.text.clone()).collect()
}

/// The names of files and what stands in them.
fn in_files(db: &mut Db, files: &[FileRow]) -> Result<Vec<String>, Error> {
    let mut found: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let mut room = FILE_TEXTS_BYTES_MAX;
    for file in files {
        for page in texts::pages(db, file.id)? {
            let Some(rest) = room.checked_sub(page.text.len()) else {
                return Ok(found);
            };
            room = rest;
            found.push(page.text);
        }
    }
    Ok(found)
}

/// The blocks of a text that search may show to somebody: to people from outside none that stay in the house.
pub(crate) fn searchable(body: &str, outsider: bool) -> Vec<String> {
    markdown::plain_text(body)
        .into_iter()
        .filter(|block| !(block.internal && outsider))
        .map(|block| block.text)
        .collect()
}

fn topic_names(db: &mut Db) -> Result<HashMap<TopicId, TopicNames>, Error> {
    let mut known: HashMap<TopicId, TopicNames> = topics::list(db)?
        .into_iter()
        .map(|topic| {
            (
                topic.id,
                TopicNames {
                    slug: topic.slug,
                    names: Vec::new(),
                },
            )
        })
        .collect();
    for (id, name, _) in topics::names(db)? {
        if let Some(topic) = known.get_mut(&id) {
            topic.names.push(name);
        }
    }
    // Revisions name for ever what became part of another topic: it is found under the names of that one.
    for (part, whole) in topics::merged(db)? {
        if let Some(whole) = known.get(&whole).cloned() {
            known.insert(part, whole);
        }
    }
    Ok(known)
}

/// The documents of these reports.
pub(crate) fn of_intel(app: &App, ids: &[IntelId]) -> Result<Vec<Change>, Error> {
    crate::pages::in_read(app, |db| {
        let topic_names = topic_names(db)?;
        let topics = intel::parts::topics_of(db, ids)?;
        let mut changes = Vec::new();
        for id in ids {
            // One by one: a batch of changed reports is small, and building asks in chunks.
            let Some(report) = intel::list_unfiltered(db, IntelId(id.0 - 1), 1)?
                .pop()
                .filter(|r| r.id == *id)
            else {
                changes.push(Change::RemoveIntel(*id));
                continue;
            };
            let Some(reporter) = report.reporter else { continue };
            changes.push(Change::Put(Document::Intel(Box::new(IntelDocument {
                number: report.id,
                space: report.space,
                min_role: Role::Editor,
                reporter,
                what: report.what,
                quote: report.quote,
                account: report.account,
                topics: topics
                    .get(id)
                    .into_iter()
                    .flatten()
                    .filter_map(|topic| topic_names.get(&topic.id).cloned())
                    .collect(),
                state: report.state,
                at: report.at,
            }))));
        }
        Ok(changes)
    })
}
