//! The index on disk: opening, changing, and the cursor that says how far it has followed the event log.
//!
//! Rules and cursor lie in the payload of each commit, so a kill at any moment leaves an index that agrees with its
//! cursor. While an index is built anew, what was there before answers; where nothing was, the answers say so.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tantivy::directory::error::LockError;
use tantivy::indexer::LogMergePolicy;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term};

use crate::analysis::ANALYZER_VERSION;
use crate::folder::{self, Payload};
use crate::schema::{self, Fields, RIGHTS_VERSION};
use crate::snapshot::Snapshot;
use crate::stream::{Decoder, TOKENIZER};
use crate::write::{Lexicon, write};
use crate::{Change, Error};

/// Memory of the one indexing thread before it writes a segment. Pages are small; more brings nothing.
const WRITER_MEMORY_BYTES: usize = 32_000_000;

/// A process that is ending may hold the index for a moment longer: a restart waits for it so often, so long.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// So many segments of about one size become one. Every publication makes one, and every segment costs each question
/// a little; putting them together costs the machine.
const SEGMENTS_TO_MERGE: usize = 5;
/// Segments of fewer documents are of one size. Tantivy's own value would write a wiki of some thousands of pages
/// anew with every few publications.
const SMALL_SEGMENT_DOCS: u32 = 100;
/// From here on sizes are told apart by this power of two: about ten times.
const SIZES_APART_LOG2: f64 = 3.3;
/// A segment of which this share was replaced is written anew.
const REPLACED_SHARE_MAX: f32 = 0.3;

/// How far the answers of an index can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It has everything up to its cursor.
    #[default]
    Whole,
    /// It is built anew; what was there before answers, so that the newest may be missing.
    Renewing,
    /// It is built from nothing: anything may be missing.
    Building,
}

/// The search index. Share it in an `Arc`; reading needs no lock, changes wait for one another.
pub struct Index {
    folder: PathBuf,
    state: Mutex<State>,
    snapshot: RwLock<Arc<Snapshot>>,
    /// Files were seen that can't be read.
    ailing: AtomicBool,
    /// How often it began anew since it was opened.
    beginnings: AtomicU64,
}

/// The index of the present rules.
struct State {
    dir: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    /// `None` after a failure, until the next change opens it again.
    writer: Option<IndexWriter>,
    /// The cursor of the last commit.
    cursor: Option<i64>,
    whole: bool,
    /// Whether what was there before answers.
    serves_older: bool,
}

impl Index {
    /// Opens the index in a folder of its own, or makes it.
    ///
    /// One that is corrupt is begun anew; one that other rules made answers until the new one is whole. In both cases
    /// [`Index::needs_rebuild`] is true.
    pub fn open(folder: &Path) -> Result<Index, Error> {
        std::fs::create_dir_all(folder)?;
        let mut state = State::open(folder)?;
        let older = match state.whole {
            true => None,
            false => folder::open_older(folder),
        };
        let snapshot = match &older {
            Some(older) => {
                tracing::info!("the search index is built by new rules; the older one answers until then");
                state.serves_older = true;
                Snapshot::open(&older.searcher(), Standing::Renewing, None)?
            }
            None => state.snapshot(None)?,
        };
        if state.whole {
            folder::remove_older(folder)?;
        }
        Ok(Index {
            folder: folder.to_owned(),
            state: Mutex::new(state),
            snapshot: RwLock::new(Arc::new(snapshot)),
            ailing: AtomicBool::new(false),
            beginnings: AtomicU64::new(0),
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

    /// How far its answers can be trusted.
    pub fn standing(&self) -> Standing {
        self.snapshot().standing
    }

    /// How often it began anew since it was opened: who follows it to its end must look again.
    pub fn beginnings(&self) -> u64 {
        self.beginnings.load(Ordering::Relaxed)
    }

    /// Applies changes and commits them together with the cursor. When it returns, they are on disk and can be found.
    pub fn apply(&self, changes: Vec<Change>, cursor: i64) -> Result<(), Error> {
        let mut state = self.lock();
        let was_building = state.cursor.is_none();
        state
            .commit(Some(cursor), |writer| apply_all(writer, changes))
            .inspect_err(|error| self.note(error))?;
        if was_building {
            state.settle()?;
            folder::remove_older(&self.folder)?;
        }
        self.show(&state)
    }

    /// Applies changes and commits them without a cursor: a part of a rebuild, which is not done until an
    /// [`Index::apply`] says up to where. Until then the index still needs a rebuild.
    pub fn load(&self, changes: Vec<Change>) -> Result<(), Error> {
        let mut state = self.lock();
        state
            .commit(None, |writer| apply_all(writer, changes))
            .inspect_err(|error| self.note(error))?;
        self.show(&state)
    }

    /// Says that everything must be put in again, because names changed that stand in many documents. What is there
    /// stays findable until then.
    pub fn start_over(&self) -> Result<(), Error> {
        self.load(Vec::new())
    }

    /// Empties the index; it needs a rebuild then.
    pub fn clear(&self) -> Result<(), Error> {
        let mut state = self.lock();
        state.empty()?;
        state.serves_older = false;
        self.begun_anew();
        self.show(&state)
    }

    /// Begins anew; what was there answers until everything was put in again.
    pub fn renew(&self) -> Result<(), Error> {
        let mut state = self.lock();
        state.serves_older |= state.whole;
        state.empty()?;
        if state.serves_older {
            let mut older = Snapshot::clone(&self.snapshot());
            older.standing = Standing::Renewing;
            self.replace(older);
        }
        self.begun_anew();
        self.show(&state)
    }

    /// Looks whether the files are there and readable, and begins anew where they are not; says whether it did.
    ///
    /// Cheap while nothing is suspected, so that it can be called often. `suspected` looks at all files.
    pub fn mend(&self, suspected: bool) -> Result<bool, Error> {
        let mut state = self.lock();
        let suspected = self.ailing.swap(false, Ordering::Relaxed) || suspected;
        let is_there = state.dir.join("meta.json").exists();
        if is_there && (!suspected || folder::is_sound(&state.dir)?) {
            return Ok(false);
        }
        tracing::warn!("the search index is lost or damaged and is built again");
        // The lock of the writer goes first.
        state.writer = None;
        std::fs::create_dir_all(&state.dir)?;
        folder::remove_files(&state.dir)?;
        *state = State::open(&self.folder)?;
        self.begun_anew();
        self.show(&state)?;
        Ok(true)
    }

    /// How many documents there are.
    pub fn count(&self) -> u64 {
        let segments = &self.snapshot().segments;
        segments.iter().map(|s| u64::from(s.reader.num_docs())).sum()
    }

    /// In how many parts the index lies. Each costs every question a little; merging keeps them few.
    pub fn segments(&self) -> usize {
        self.snapshot().segments.len()
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Notes what a question met: files that can't be read are looked at by [`Index::mend`].
    pub(crate) fn note(&self, error: &Error) {
        if matches!(error, Error::Index(_) | Error::Io(_)) {
            self.ailing.store(true, Ordering::Relaxed);
        }
    }

    /// Lets questions see the last commit, unless what was there before answers.
    fn show(&self, state: &State) -> Result<(), Error> {
        if !state.serves_older {
            self.replace(state.snapshot(Some(&self.snapshot()))?);
        }
        Ok(())
    }

    fn replace(&self, snapshot: Snapshot) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    fn begun_anew(&self) {
        self.beginnings.fetch_add(1, Ordering::Relaxed);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl State {
    /// The index of the present rules in its folder; one that can't be read or was made by others is emptied.
    fn open(folder: &Path) -> Result<State, Error> {
        let dir = folder::own(folder);
        std::fs::create_dir_all(&dir)?;
        let (schema, _) = schema::present();
        let opened = folder::open_own(&dir, schema);
        if let Err(error) = &opened {
            tracing::warn!(%error, "the search index can't be read and is built again");
        }
        let (index, payload) = match opened.ok().flatten() {
            Some(opened) => opened,
            None => {
                folder::remove_files(&dir)?;
                (
                    tantivy::Index::create_in_dir(&dir, schema.clone())?,
                    Payload::default(),
                )
            }
        };
        index.tokenizers().register(TOKENIZER, Decoder);
        let writer = open_writer(&dir, &index)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        Ok(State {
            reader: reader.try_into()?,
            writer: Some(writer),
            cursor: payload.cursor,
            whole: payload.whole,
            serves_older: false,
            dir,
            index,
        })
    }

    fn snapshot(&self, before: Option<&Snapshot>) -> Result<Snapshot, Error> {
        let standing = match self.whole {
            true => Standing::Whole,
            false => Standing::Building,
        };
        Snapshot::open(&self.reader.searcher(), standing, before)
    }

    fn commit(
        &mut self,
        cursor: Option<i64>,
        change: impl FnOnce(&IndexWriter) -> Result<(), TantivyError>,
    ) -> Result<(), Error> {
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => open_writer(&self.dir, &self.index)?,
        };
        let whole = self.whole || cursor.is_some();
        let payload = serde_json::to_string(&Payload {
            analyzer: ANALYZER_VERSION,
            rights: RIGHTS_VERSION,
            cursor,
            whole,
        })
        .expect("numbers are JSON");
        // On an error the writer is dropped with what it had gathered; the next change opens a new one.
        change(&writer)?;
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.writer = Some(writer);
        self.cursor = cursor;
        self.whole = whole;
        self.serves_older &= !whole;
        self.reader.reload()?;
        Ok(())
    }

    fn empty(&mut self) -> Result<(), Error> {
        self.whole = false;
        self.commit(None, |writer| writer.delete_all_documents().map(drop))
    }

    /// Waits until the segments of a long build are put together.
    fn settle(&mut self) -> Result<(), Error> {
        if let Some(writer) = self.writer.take() {
            writer.wait_merging_threads()?;
        }
        self.writer = Some(open_writer(&self.dir, &self.index)?);
        self.reader.reload()?;
        Ok(())
    }
}

fn open_writer(dir: &Path, index: &tantivy::Index) -> Result<IndexWriter, Error> {
    let mut tries = 1;
    loop {
        match index.writer_with_num_threads(1, WRITER_MEMORY_BYTES) {
            Ok(writer) => {
                writer.set_merge_policy(Box::new(merge_policy()));
                return Ok(writer);
            }
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

fn merge_policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(SEGMENTS_TO_MERGE);
    policy.set_min_layer_size(SMALL_SEGMENT_DOCS);
    policy.set_level_log_size(SIZES_APART_LOG2);
    policy.set_del_docs_ratio_before_merge(REPLACED_SHARE_MAX);
    policy
}

fn apply_all(writer: &IndexWriter, changes: Vec<Change>) -> Result<(), TantivyError> {
    let (_, fields) = schema::present();
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
