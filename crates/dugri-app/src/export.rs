//! Everything that is published as Markdown with its head, and the files beside it: leave any day.
//!
//! For the operator: it reads whatever there is, whoever may. A page that came from a folder and that nobody edited
//! since comes back byte for byte, at its path. An import of what is exported makes the same pages.

mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use dugri_core::{PageId, PublicId, Time};
use dugri_store::files::FileRow;
use dugri_store::{BlobHash, Db, pages};

use crate::pages::in_read;
use crate::{App, Error};

/// How many pages are looked at in one snapshot.
const BATCH: i64 = 100;

/// What was exported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// Pages written.
    pub pages: usize,
    /// Of these, those that came back byte for byte as they were imported.
    pub as_imported: usize,
    /// Attachments written.
    pub files: usize,
    /// Pages that were never published and so have no text for readers.
    pub drafts_left_out: usize,
}

/// Why nothing, or not all, was exported. The sentences are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The folder has something in it already.
    #[error("{} is not empty; an export goes into a new or empty folder", .0.display())]
    NotEmpty(PathBuf),
    /// A file can't be written.
    #[error("{}: {error}", path.display())]
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Something else went wrong.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<dugri_store::Error> for Failure {
    fn from(error: dugri_store::Error) -> Failure {
        Failure::App(error.into())
    }
}

/// A page as it is written.
struct Written {
    path: String,
    text: String,
    as_imported: bool,
    /// Attachments by their path in the folder.
    files: BTreeMap<String, FileRow>,
}

/// Exports into a new or empty folder; `tell` hears of each page's path.
pub fn export(app: &App, dir: &Path, tell: &mut dyn FnMut(&str)) -> Result<Exported, Failure> {
    let writer = Folder::open(dir)?;
    let now = app.now();
    let plan = in_read(app, |db| plan(db, now))?;
    let mut exported = Exported {
        drafts_left_out: plan.drafts,
        ..Exported::default()
    };
    let mut written_files = BTreeSet::new();
    let places: Vec<(PageId, String)> = plan.places.iter().map(|(id, path)| (*id, path.clone())).collect();
    for batch in places.chunks(BATCH as usize) {
        let pages = in_read(app, |db| {
            batch
                .iter()
                .filter_map(|(id, path)| page::write(db, *id, path, &plan, now).transpose())
                .collect::<Result<Vec<Written>, Error>>()
        })?;
        for page in pages {
            writer.write(&page.path, page.text.as_bytes())?;
            exported.pages += 1;
            exported.as_imported += usize::from(page.as_imported);
            tell(&page.path);
            for (path, file) in page.files {
                if written_files.insert(path.clone()) {
                    writer.write(&path, &bytes(app, &file)?)?;
                    exported.files += 1;
                }
            }
        }
    }
    Ok(exported)
}

fn bytes(app: &App, file: &FileRow) -> Result<Vec<u8>, Failure> {
    let hash = BlobHash::parse(&file.hash).ok_or_else(|| Error::internal("a malformed hash"))?;
    let bytes = app
        .blobs()
        .get(&hash)?
        .ok_or_else(|| Error::internal(format!("the bytes of file {} are missing", file.public_id)))?;
    Ok(bytes.to_vec())
}

/// Where every page goes, so that links between them can be written.
struct Plan {
    places: BTreeMap<PageId, String>,
    by_public_id: BTreeMap<PublicId, String>,
    drafts: usize,
}

fn plan(db: &mut Db, now: Time) -> Result<Plan, Error> {
    let mut plan = Plan {
        places: BTreeMap::new(),
        by_public_id: BTreeMap::new(),
        drafts: 0,
    };
    let mut taken = BTreeSet::new();
    let mut last = PageId(0);
    loop {
        let keys = pages::keys_unfiltered(db, last, BATCH)?;
        let Some(newest) = keys.last() else { break };
        last = *newest;
        for id in keys {
            let Some(page) = pages::find_unfiltered(db, id, now)? else {
                continue;
            };
            if page.published.is_none() {
                plan.drafts += 1;
                continue;
            }
            let path = page::path(db, &page)?;
            // On systems that don't tell capitals apart two paths may be one.
            let path = if taken.insert(path.to_lowercase()) {
                path
            } else {
                let other = format!("{}/{}-{}.md", page.space.slug, page.row.slug, page.row.public_id);
                taken.insert(other.to_lowercase());
                other
            };
            plan.by_public_id.insert(page.row.public_id.clone(), path.clone());
            plan.places.insert(id, path);
        }
    }
    Ok(plan)
}

/// The folder that is written.
struct Folder {
    root: PathBuf,
}

impl Folder {
    fn open(root: &Path) -> Result<Folder, Failure> {
        let fail = |error| Failure::Write {
            path: root.to_owned(),
            error,
        };
        fs::create_dir_all(root).map_err(fail)?;
        if fs::read_dir(root).map_err(fail)?.next().is_some() {
            return Err(Failure::NotEmpty(root.to_owned()));
        }
        Ok(Folder {
            root: root.to_owned(),
        })
    }

    /// Writes a file below the folder, and only there.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let place = self.root.join(path);
        let write = || -> std::io::Result<()> {
            if !is_inside(path) {
                return Err(std::io::Error::other("the path leads out of the folder"));
            }
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&place, bytes)
        };
        write().map_err(|error| Failure::Write {
            path: place.clone(),
            error,
        })
    }
}

/// Whether a path with slashes stays below its folder.
fn is_inside(path: &str) -> bool {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    !path.is_empty() && Path::new(path).components().all(plain)
}
