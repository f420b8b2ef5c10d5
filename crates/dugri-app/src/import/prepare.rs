//! Against what is here already: which files are new, which changed, and where their links lead.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dugri_core::{PublicId, SpaceId};
use dugri_store::files::FileRow;
use dugri_store::imports::ImportRow;
use dugri_store::{BlobHash, Db, changes, files, imports, pages, publications, revisions, spaces};
use dugri_text::markdown::{addresses, rewrite_addresses};

use super::document::Document;
use super::scan::{Folder, resolve};
use super::{Outcome, Report};
use crate::files::{address, label, media_type};
use crate::pages::in_read;
use crate::{App, Error};

/// A file that becomes a page or a page's next revision.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) document: Document,
    /// The page's id, also of one that is still to be added.
    pub(super) public_id: PublicId,
    /// How it came before.
    pub(super) known: Option<ImportRow>,
    /// The text with its links rewritten.
    pub(super) body: String,
    /// Attachments that are new.
    pub(super) uploads: Vec<Upload>,
    /// The file of each path that the text shows.
    pub(super) shown: BTreeMap<String, PublicId>,
}

/// An attachment whose bytes are durable already.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) public_id: PublicId,
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) hash: String,
    pub(super) size: i64,
}

/// What is known of a document before it is prepared.
struct Known {
    public_id: PublicId,
    row: Option<ImportRow>,
    /// The text as it was imported last.
    body: String,
    /// Whether somebody changed the page here since.
    edited: bool,
    files: Vec<FileRow>,
}

/// Leaves what is new or changed; reports the rest.
pub(super) fn prepare(
    app: &App,
    folder: &Folder,
    documents: Vec<Document>,
    report: &mut Report<'_>,
) -> Result<Vec<Prepared>, Error> {
    let now = app.now();
    let known: Vec<Known> = in_read(app, |db| {
        documents
            .iter()
            .map(|document| known(db, document, now))
            .collect()
    })?;
    // Links between files of the folder become links between their pages.
    let pages: HashMap<&str, String> = documents
        .iter()
        .zip(&known)
        .map(|(document, known)| {
            (
                document.path.as_str(),
                format!("/p/{}/{}", known.public_id, document.slug),
            )
        })
        .collect();
    let mut shown_somewhere = BTreeSet::new();
    let mut ready = Vec::new();
    for (document, known) in documents.iter().zip(known) {
        let mut page = attach(app, folder, &pages, document, known.files)?;
        shown_somewhere.extend(page.shown.keys().cloned());
        page.public_id = known.public_id;
        if let Some(row) = &known.row {
            let same_source = row.front_matter == document.head
                && row.original.as_deref().unwrap_or(&known.body) == document.body;
            if same_source && page.body == known.body {
                report.say(&document.path, Outcome::Unchanged);
                continue;
            }
            if known.edited {
                let why = "its page was edited in Dugri since; the file was not taken over that";
                report.say(&document.path, Outcome::Skipped(why.into()));
                continue;
            }
        }
        page.known = known.row;
        ready.push(page);
    }
    for path in folder
        .others
        .keys()
        .filter(|path| !shown_somewhere.contains(*path))
    {
        report.say(
            path,
            Outcome::Skipped("no imported text shows it or links to it".into()),
        );
    }
    Ok(ready)
}

fn known(db: &mut Db, document: &Document, now: dugri_core::Time) -> Result<Known, Error> {
    let Some(row) = imports::by_key(db, &document.key())? else {
        return Ok(Known {
            public_id: PublicId::random(),
            row: None,
            body: String::new(),
            edited: false,
            files: Vec::new(),
        });
    };
    let page = pages::find_unfiltered(db, row.page_id, now)?
        .ok_or_else(|| Error::internal("an import without its page"))?;
    let revision = revisions::find(db, row.page_id, row.revision_id)?
        .ok_or_else(|| Error::internal("an import without its revision"))?;
    let newest = match publications::list_unfiltered(db, row.page_id)?.last() {
        Some(publication) => Some(publication.revision_id),
        None => revisions::newest(db, row.page_id)?.map(|row| row.id),
    };
    let pending = changes::list_open(db, row.page_id)?
        .iter()
        .any(|(change, _)| Some(change.id) != revision.change_id);
    let ids: Vec<PublicId> = paths(&row).into_values().collect();
    Ok(Known {
        public_id: page.row.public_id,
        body: revisions::content(db, &revision)?.body,
        edited: newest != Some(row.revision_id) || pending,
        files: files::rows_unfiltered(db, &ids)?,
        row: Some(row),
    })
}

/// Which file each path of an imported text became.
pub(crate) fn paths(row: &ImportRow) -> BTreeMap<String, PublicId> {
    serde_json::from_str(&row.files).unwrap_or_default()
}

/// Finds the attachments of a document, stores the new ones and rewrites its links.
fn attach(
    app: &App,
    folder: &Folder,
    pages: &HashMap<&str, String>,
    document: &Document,
    files: Vec<FileRow>,
) -> Result<Prepared, Error> {
    let mut page = Prepared {
        document: document.clone(),
        public_id: PublicId::random(),
        known: None,
        body: String::new(),
        uploads: Vec::new(),
        shown: BTreeMap::new(),
    };
    let targets: BTreeSet<String> = addresses(&document.body)
        .iter()
        .map(|found| &found.text)
        .chain(&document.files)
        .filter_map(|address| resolve(&document.path, address))
        .collect();
    for path in targets {
        if pages.contains_key(path.as_str()) {
            continue;
        }
        match folder.others.get(&path) {
            Some(size) if *size > app.config().file_bytes_max => {
                page.document
                    .notes
                    .push(format!("{path} is too large and stays a link to nowhere"));
            }
            Some(0) => page
                .document
                .notes
                .push(format!("{path} is empty and stays a link to nowhere")),
            Some(_) => {
                let id = upload(app, folder, &path, &files, &mut page)?;
                page.shown.insert(path, id);
            }
            None => page.document.notes.push(format!("nothing lies at {path}")),
        }
    }
    page.body = rewrite_addresses(&document.body, |text| {
        let path = resolve(&document.path, text)?;
        let section = text.split_once('#').map(|(_, section)| section);
        match (pages.get(path.as_str()), page.shown.get(&path)) {
            (Some(page), _) => Some(match section {
                Some(section) => format!("{page}#{section}"),
                None => page.clone(),
            }),
            (None, Some(id)) => Some(address(id, &path)),
            (None, None) => None,
        }
    });
    Ok(page)
}

/// Makes the bytes durable, unless the page has this very file already.
fn upload(
    app: &App,
    folder: &Folder,
    path: &str,
    files: &[FileRow],
    page: &mut Prepared,
) -> Result<PublicId, Error> {
    let bytes = match std::fs::read(folder.root.join(path)) {
        Ok(bytes) => bytes,
        Err(error) => return Err(Error::Unavailable(format!("{path}: {error}"))),
    };
    let hash = BlobHash::of(&bytes).to_string();
    let name = label(path);
    if let Some(same) = files.iter().find(|file| file.hash == hash && file.name == name) {
        return Ok(same.public_id.clone());
    }
    let upload = Upload {
        public_id: PublicId::random(),
        name,
        media_type: media_type(&bytes),
        size: bytes.len() as i64,
        hash: app.blobs().put(bytes.into())?.to_string(),
    };
    let id = upload.public_id.clone();
    page.uploads.push(upload);
    Ok(id)
}

/// The key of a space that was made or was there.
pub(super) fn space_id(db: &mut Db, slug: &str) -> Result<SpaceId, Error> {
    spaces::find_unfiltered(db, slug)?
        .map(|space| space.id)
        .ok_or_else(|| Error::internal(format!("the space {slug} is missing")))
}
