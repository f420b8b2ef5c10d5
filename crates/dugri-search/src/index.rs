//! The index on disk: opening, changing, and the cursor that says how far it has followed the event log.
//!
//! Analyzer version and cursor lie in the payload of each commit, so a kill at any moment leaves an index that agrees
//! with its cursor. What can't be read, or was made by other rules, is emptied when it is opened.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::schema::Schema;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term};

use crate::analysis::ANALYZER_VERSION;
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use crate::stream::{Decoder, TOKENIZER};
use crate::write::{Lexicon, write};
use crate::{Change, Error};

/// Memory of the one indexing thread before it writes a segment. Pages are small; more brings nothing.
const WRITER_MEMORY_BYTES: usize = 32_000_000;

/// A process that is ending may hold the index for a moment longer: a restart waits for it so often, so long.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// What a commit says about itself.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Payload {
    analyzer: u32,
    cursor: Option<i64>,
}

/// The search index. Share it in an `Arc`; reading needs no lock, changes wait for one another.
pub struct Index {
    dir: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    writer: Mutex<Writer>,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// The writer, and the cursor of the last commit.
struct Writer {
    /// `None` after a failure, until the next change opens it again.
    writer: Option<IndexWriter>,
    cursor: Option<i64>,
}

impl Index {
    /// Opens the index in a folder of its own, or makes it.
    ///
    /// A corrupt one, or one made by other rules of analysis, is emptied: then [`Index::needs_rebuild`] is true.
    pub fn open(dir: &Path) -> Result<Index, Error> {
        std::fs::create_dir_all(dir)?;
        let (schema, fields) = Fields::build();
        match Index::open_existing(dir, &schema, &fields) {
            Ok(Some(index)) => return Ok(index),
            Ok(None) => {}
            Err(Error::Locked(dir)) => return Err(Error::Locked(dir)),
            Err(error) => tracing::warn!(%error, "the search index can't be read and is built again"),
        }
        remove_files(dir)?;
        let index = tantivy::Index::create_in_dir(dir, schema)?;
        Index::start(dir, index, fields, None)
    }

    /// Opens what is there if it is whole and of this version.
    fn open_existing(dir: &Path, schema: &Schema, fields: &Fields) -> Result<Option<Index>, Error> {
        if !dir.join("meta.json").exists() {
            return Ok(None);
        }
        let index = tantivy::Index::open_in_dir(dir)?;
        let payload = index.load_metas()?.payload.unwrap_or_default();
        let payload: Payload = serde_json::from_str(&payload).unwrap_or_default();
        if payload.analyzer != ANALYZER_VERSION || index.schema() != *schema {
            tracing::info!("the search index is of another version and is built again");
            return Ok(None);
        }
        let damaged = index.validate_checksum()?;
        if !damaged.is_empty() {
            tracing::warn!(?damaged, "the search index is damaged and is built again");
            return Ok(None);
        }
        Index::start(dir, index, fields.clone(), payload.cursor).map(Some)
    }

    fn start(dir: &Path, index: tantivy::Index, fields: Fields, cursor: Option<i64>) -> Result<Index, Error> {
        index.tokenizers().register(TOKENIZER, Decoder);
        let writer = open_writer(dir, &index)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let snapshot = Snapshot::open(&reader.searcher(), &fields, None)?;
        Ok(Index {
            dir: dir.to_owned(),
            index,
            reader,
            fields,
            writer: Mutex::new(Writer {
                writer: Some(writer),
                cursor,
            }),
            snapshot: RwLock::new(Arc::new(snapshot)),
        })
    }

    /// Whether the index has followed nothing yet: everything must be put into it.
    pub fn needs_rebuild(&self) -> bool {
        self.cursor().is_none()
    }

    /// How far the index has followed the event log; `None` for one that must be built.
    pub fn cursor(&self) -> Option<i64> {
        self.lock().cursor
    }

    /// Applies changes and commits them together with the cursor. When it returns, they are on disk and can be found.
    pub fn apply(&self, changes: Vec<Change>, cursor: i64) -> Result<(), Error> {
        self.commit(Some(cursor), |writer, fields| apply_all(writer, fields, changes))
    }

    /// Applies changes and commits them without a cursor: a part of a rebuild, which is not done until an
    /// [`Index::apply`] says up to where. Until then the index still needs a rebuild.
    pub fn load(&self, changes: Vec<Change>) -> Result<(), Error> {
        self.commit(None, |writer, fields| apply_all(writer, fields, changes))
    }

    /// Says that everything must be put in again, because names changed that stand in many documents. What is there
    /// stays findable until then.
    pub fn start_over(&self) -> Result<(), Error> {
        self.load(Vec::new())
    }

    /// Empties the index; it needs a rebuild then.
    pub fn clear(&self) -> Result<(), Error> {
        self.commit(None, |writer, _| writer.delete_all_documents().map(drop))
    }

    /// How many documents there are.
    pub fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    fn commit(
        &self,
        cursor: Option<i64>,
        change: impl FnOnce(&IndexWriter, &Fields) -> Result<(), TantivyError>,
    ) -> Result<(), Error> {
        let mut state = self.lock();
        let mut writer = match state.writer.take() {
            Some(writer) => writer,
            None => open_writer(&self.dir, &self.index)?,
        };
        let payload = serde_json::to_string(&Payload {
            analyzer: ANALYZER_VERSION,
            cursor,
        })
        .expect("two numbers are JSON");
        // On an error the writer is dropped with what it had gathered; the next change opens a new one.
        change(&writer, &self.fields)?;
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        state.writer = Some(writer);
        state.cursor = cursor;
        self.reload()
    }

    fn reload(&self) -> Result<(), Error> {
        self.reader.reload()?;
        let before = self.snapshot();
        let snapshot = Snapshot::open(&self.reader.searcher(), &self.fields, Some(&before))?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

fn open_writer(dir: &Path, index: &tantivy::Index) -> Result<IndexWriter, Error> {
    let mut tries = 1;
    loop {
        match index.writer_with_num_threads(1, WRITER_MEMORY_BYTES) {
            Ok(writer) => return Ok(writer),
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) if tries < LOCK_TRIES => {
                tries += 1;
                std::thread::sleep(LOCK_PAUSE);
            }
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Err(Error::Locked(dir.to_owned()));
            }
            Err(other) => return Err(other.into()),
        }
    }
}

fn apply_all(writer: &IndexWriter, fields: &Fields, changes: Vec<Change>) -> Result<(), TantivyError> {
    let mut lexicon = Lexicon::default();
    let mut changes = changes.into_iter();
    changes.try_for_each(|change| apply_one(writer, fields, &mut lexicon, change))
}

fn apply_one(
    writer: &IndexWriter,
    fields: &Fields,
    lexicon: &mut Lexicon,
    change: Change,
) -> Result<(), TantivyError> {
    match change {
        Change::Put(document) => {
            writer.delete_term(Term::from_field_text(fields.key, &document.key()));
            writer.add_document(write(&document, fields, lexicon))?;
        }
        Change::RemovePage(page) => {
            writer.delete_term(Term::from_field_text(fields.subject, &format!("p{page}")));
        }
        Change::RemoveIntel(number) => {
            writer.delete_term(Term::from_field_text(fields.subject, &format!("i{number}")));
        }
    }
    Ok(())
}

/// Removes the files of an index and nothing else: a wrong folder in the configuration must cost nobody a file.
fn remove_files(dir: &Path) -> Result<(), Error> {
    const ENDINGS: [&str; 9] = [
        "idx",
        "pos",
        "term",
        "store",
        "fast",
        "fieldnorm",
        "del",
        "temp",
        "spacer",
    ];
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let ours = ENDINGS.contains(&ending) || matches!(name, "meta.json" | ".managed.json");
        if ours && path.is_file() {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
