//! One page as a file: as it came, or with a head that says what Dugri knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::SecondsFormat;
use dugri_core::pages::{Audience, State};
use dugri_core::{PageId, PublicId, Time};
use dugri_store::files::FileRow;
use dugri_store::imports::ImportRow;
use dugri_store::pages::{self, Page};
use dugri_store::publications::PublicationRow;
use dugri_store::revisions::{self, Content};
use dugri_store::{Db, files, imports, people, publications, topics};
use dugri_text::ReferenceKind;
use dugri_text::front_matter::{self, FrontMatter, Value, Verified};
use dugri_text::links::parse_address;
use dugri_text::markdown::rewrite_addresses;

use super::{Plan, Written, is_inside};
use crate::Error;
use crate::files::{encoded, label};

/// Keys of the head that Dugri writes anew each time; others are kept as they came.
const OWN_KEYS: [&str; 6] = ["key_message", "fields", "audience", "owner", "version", "files"];

/// Where a page goes: its path in the folder that it came from, else its space and slug.
pub(super) fn path(db: &mut Db, page: &Page) -> Result<String, Error> {
    let came_from = imports::of_page(db, page.row.id)?.map(|row| row.path);
    Ok(came_from
        .filter(|path| is_inside(path))
        .unwrap_or_else(|| format!("{}/{}.md", page.space.slug, page.row.slug)))
}

/// The page as it is published now; `None` where it is not, any more.
pub(super) fn write(
    db: &mut Db,
    id: PageId,
    path: &str,
    plan: &Plan,
    now: Time,
) -> Result<Option<Written>, Error> {
    let Some(page) = pages::find_unfiltered(db, id, now)? else {
        return Ok(None);
    };
    let Some(publication) = page.published.clone() else {
        return Ok(None);
    };
    let revision = revisions::find(db, id, publication.revision_id)?
        .ok_or_else(|| Error::internal("a publication without its revision"))?;
    let content = revisions::content(db, &revision)?;
    let used = files::of_revision(db, revision.id)?;
    let imported = imports::of_page(db, id)?;
    if let Some(row) = &imported
        && row.revision_id == revision.id
        && row.path == path
        && says_the_same(row, &page)
    {
        return Ok(Some(as_it_came(row, content, used)));
    }
    let mut said = head(db, &page, &publication, &content, imported.as_ref(), plan)?;
    let Beside { body, files, unshown } = with_files(path, &content.body, used, plan);
    if !unshown.is_empty() {
        said.unknown
            .push(("files".into(), unshown.into_iter().map(Value::from).collect()));
    }
    Ok(Some(Written {
        path: path.to_owned(),
        text: front_matter::write(&said) + &body,
        as_imported: false,
        files,
    }))
}

/// Whether the page still is what its head says of its life.
fn says_the_same(row: &ImportRow, page: &Page) -> bool {
    let said = said(row);
    let state = said.state.as_deref().unwrap_or("current");
    match page.state() {
        State::Superseded => matches!(state, "superseded" | "replaced") || said.superseded_by.is_some(),
        // What was superseded by nobody known was archived.
        State::Archived => matches!(state, "archived" | "retired" | "superseded" | "replaced"),
        _ => !matches!(state, "superseded" | "replaced" | "archived" | "retired"),
    }
}

fn said(row: &ImportRow) -> FrontMatter {
    front_matter::parse(&row.front_matter)
        .ok()
        .and_then(|document| document.front_matter)
        .unwrap_or_default()
}

fn as_it_came(row: &ImportRow, content: Content, used: Vec<FileRow>) -> Written {
    let paths: BTreeMap<String, PublicId> = serde_json::from_str(&row.files).unwrap_or_default();
    let files = paths
        .into_iter()
        .filter(|(path, _)| is_inside(path))
        .filter_map(|(path, id)| Some((path, used.iter().find(|file| file.public_id == id)?.clone())))
        .collect();
    let body = row.original.clone().unwrap_or(content.body);
    Written {
        path: row.path.clone(),
        text: format!("{}{body}", row.front_matter),
        as_imported: true,
        files,
    }
}

fn head(
    db: &mut Db,
    page: &Page,
    publication: &PublicationRow,
    content: &Content,
    imported: Option<&ImportRow>,
    plan: &Plan,
) -> Result<FrontMatter, Error> {
    let came = imported.map(said).unwrap_or_default();
    let topics = topics::of_revisions(db, &[publication.revision_id])?
        .remove(&publication.revision_id)
        .unwrap_or_default();
    let owner = match page.row.owner_id {
        Some(owner) => people::get_unfiltered(db, owner)?.map(|person| person.email),
        None => None,
    };
    let verified = publications::verifications(db, &[page.row.id])?
        .pop()
        .map(|(row, _)| Verified::Date(row.at.to_rfc3339_opts(SecondsFormat::Secs, true)));
    let mut unknown = own_keys(page, publication, content, owner);
    unknown.extend(
        came.unknown
            .into_iter()
            .filter(|(key, _)| !OWN_KEYS.contains(&key.as_str())),
    );
    Ok(FrontMatter {
        id: Some(came.id.unwrap_or_else(|| page.row.slug.clone())),
        title: Some(content.title.clone()),
        space: Some(page.space.slug.clone()),
        kind: Some(page.kind.slug.clone()),
        topics: topics.into_iter().map(|topic| topic.slug).collect(),
        language: Some(language(page.row.language)),
        state: Some(page.state().as_str().to_owned()),
        superseded_by: successor(db, page, plan)?,
        verified,
        updated: Some(publication.from_at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        views_90d: Some(page.row.views_baseline).filter(|views| *views > 0),
        aliases: came.aliases,
        unknown,
    })
}

fn language(language: dugri_core::Language) -> dugri_text::Language {
    match language {
        dugri_core::Language::He => dugri_text::Language::He,
        dugri_core::Language::En => dugri_text::Language::En,
    }
}

fn own_keys(
    page: &Page,
    publication: &PublicationRow,
    content: &Content,
    owner: Option<String>,
) -> Vec<(String, Value)> {
    let mut keys = Vec::new();
    let mut put = |key: &str, value: Value| keys.push((key.to_owned(), value));
    put("version", publication.number.into());
    if let Some(owner) = owner {
        put("owner", owner.into());
    }
    if page.row.audience != Audience::Internal {
        put("audience", page.row.audience.as_str().into());
    }
    if !content.key_message.is_empty() {
        put("key_message", content.key_message.as_str().into());
    }
    if !content.fields.is_empty() {
        let fields = content
            .fields
            .iter()
            .map(|(name, value)| (Value::from(name.as_str()), Value::from(value.as_str())))
            .collect();
        put("fields", Value::Mapping(fields));
    }
    keys
}

/// The id of the successor as its own file says it.
fn successor(db: &mut Db, page: &Page, plan: &Plan) -> Result<Option<String>, Error> {
    let Some(id) = page.row.successor_id.filter(|id| plan.places.contains_key(id)) else {
        return Ok(None);
    };
    if let Some(id) = imports::of_page(db, id)?.and_then(|row| said(&row).id) {
        return Ok(Some(id));
    }
    let now = page
        .published
        .as_ref()
        .map_or(page.row.created_at, |publication| publication.from_at);
    Ok(pages::find_unfiltered(db, id, now)?.map(|page| page.row.slug))
}

/// A text and the files that go beside it.
struct Beside {
    body: String,
    files: BTreeMap<String, FileRow>,
    /// The addresses of those that the text does not show.
    unshown: Vec<String>,
}

/// The text with links to our own addresses made links between files.
fn with_files(path: &str, body: &str, used: Vec<FileRow>, plan: &Plan) -> Beside {
    let mut shown = BTreeSet::new();
    let up = "../".repeat(path.matches('/').count());
    let place = |file: &FileRow| format!("files/{}-{}", file.public_id, label(&file.name).replace(' ', "-"));
    let body = rewrite_addresses(body, |address| {
        let reference = parse_address(address)?;
        match reference.kind {
            ReferenceKind::File => {
                let file = used
                    .iter()
                    .find(|file| file.public_id.as_str() == reference.target)?;
                shown.insert(file.id);
                Some(format!("{up}{}", encoded(&place(file))))
            }
            ReferenceKind::Page => {
                let id = PublicId::parse(reference.page_id()?)?;
                let section = address.split_once('#').map(|(_, section)| format!("#{section}"));
                let target = plan.by_public_id.get(&id)?;
                Some(format!("{up}{}{}", encoded(target), section.unwrap_or_default()))
            }
            _ => None,
        }
    });
    let unshown = used
        .iter()
        .filter(|file| !shown.contains(&file.id))
        .map(|file| format!("{up}{}", encoded(&place(file))))
        .collect();
    Beside {
        body,
        unshown,
        files: used.into_iter().map(|file| (place(&file), file)).collect(),
    }
}
