//! The texts of files: read outside of any request and any transaction, by a follower; shown and searched behind the
//! rights of the pages that show the files.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use dugri_core::texts::TextState;
use dugri_core::{FileId, PublicId, RevisionId};
use dugri_store::Db;
use dugri_store::files::{self, FileRow};
use dugri_store::pages::PageLine;
pub use dugri_store::texts::FileTextRow;
use dugri_store::texts::{self, FilePageRow, Reading};
use dugri_text::extract::{FileText, Limits, NoText, extract};
use dugri_text::links::ReferenceKind;
use dugri_text::markdown;

use crate::{Actor, App, Error};

/// The version of the rules by which files are read. When it is raised, all files are read again.
pub(crate) const RULES: i64 = 1;

/// A larger file is not read at all.
const FILE_BYTES_MAX: usize = 64 << 20;

/// What is kept of a text: a thick book.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// What a file may unpack to.
const UNPACKED_BYTES_MAX: u64 = 256 << 20;

/// How long reading a file may take, and how long after that its thread is waited for.
const TIME_MAX: Duration = Duration::from_secs(20);
const GRACE: Duration = Duration::from_secs(10);

/// The stack of a thread that reads a file: files may nest deeper than anybody writes by hand.
const STACK_BYTES: usize = 16 << 20;

/// A file that was begun so often without an end takes the whole process with it, and is let be.
pub(crate) const TRIES_MAX: i64 = 3;

/// So many threads may run on that were given up. Beyond that no file is read until one of them ends.
const RUNAWAYS_MAX: usize = 2;

/// Threads that were given up and still run.
static RUNAWAYS: AtomicUsize = AtomicUsize::new(0);

/// Whether files can be read now.
pub(crate) fn is_free() -> bool {
    RUNAWAYS.load(Ordering::Relaxed) < RUNAWAYS_MAX
}

/// What is kept of a file that can't be read.
pub(crate) fn without(state: TextState) -> Reading {
    Reading {
        state,
        pages: Vec::new(),
        is_cut: false,
        rules: RULES,
    }
}

/// Reads a file on a thread of its own, whose end or panic harms nobody; past its time it is given up.
pub(crate) fn read(name: &str, bytes: Vec<u8>) -> Reading {
    if bytes.len() > FILE_BYTES_MAX {
        return without(TextState::TooLarge);
    }
    within(TIME_MAX, GRACE, {
        let name = name.to_owned();
        move |is_over| {
            let limits = Limits {
                text_bytes_max: TEXT_BYTES_MAX,
                unpacked_bytes_max: UNPACKED_BYTES_MAX,
                is_over,
            };
            extract(&name, &bytes, &limits)
        }
    })
}

fn within(
    time: Duration,
    grace: Duration,
    work: impl FnOnce(&dyn Fn() -> bool) -> Result<FileText, NoText> + Send + 'static,
) -> Reading {
    let given_up = Arc::new(AtomicBool::new(false));
    // Without a buffer: an answer is taken, or whoever gives it learns that nobody waits.
    let (reply, answer) = sync_channel(0);
    let until = Instant::now() + time;
    let flag = given_up.clone();
    let thread = std::thread::Builder::new()
        .name("dugri-file".into())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let done =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&|| Instant::now() > until)));
            // Nobody waits for it any more: then it only has to be counted out.
            if reply.send(done.unwrap_or(Err(NoText::Damaged))).is_err() && flag.load(Ordering::Relaxed) {
                RUNAWAYS.fetch_sub(1, Ordering::Relaxed);
            }
        });
    if let Err(error) = thread {
        tracing::error!(%error, "no thread to read a file");
        return without(TextState::TooSlow);
    }
    match answer.recv_timeout(time + grace) {
        Ok(Ok(text)) => Reading {
            state: TextState::Read,
            pages: text
                .pages
                .into_iter()
                .map(|page| FilePageRow {
                    number: page.number.map(i64::from),
                    text: page.text,
                })
                .collect(),
            is_cut: text.is_cut,
            rules: RULES,
        },
        Ok(Err(reason)) => without(state_of(reason)),
        Err(RecvTimeoutError::Disconnected) => without(TextState::Damaged),
        Err(RecvTimeoutError::Timeout) => {
            RUNAWAYS.fetch_add(1, Ordering::Relaxed);
            given_up.store(true, Ordering::Relaxed);
            without(TextState::TooSlow)
        }
    }
}

fn state_of(reason: NoText) -> TextState {
    match reason {
        NoText::OtherKind => TextState::None,
        NoText::OldOffice => TextState::OldOffice,
        NoText::Encrypted => TextState::Encrypted,
        NoText::Damaged => TextState::Damaged,
        NoText::TooLarge => TextState::TooLarge,
        NoText::Scanned => TextState::Scanned,
        NoText::TooSlow => TextState::TooSlow,
    }
}

/// The files of a text that somebody may find: people from outside none that stands in `:::internal` alone. The text must
/// have been loaded under the reader's rights.
pub(crate) fn shown(
    db: &mut Db,
    revision: RevisionId,
    body: &str,
    outsider: bool,
) -> Result<Vec<FileRow>, Error> {
    let mut used = files::of_revision(db, revision)?;
    if outsider && !used.is_empty() {
        let inside = internal(body);
        used.retain(|file| !inside.contains(&file.public_id));
    }
    Ok(used)
}

/// The files that a text names in `:::internal` and nowhere else.
pub(crate) fn internal(body: &str) -> Vec<PublicId> {
    let named = |references: Vec<dugri_text::Reference>| -> Vec<PublicId> {
        let files = references.into_iter().filter(|r| r.kind == ReferenceKind::File);
        files.filter_map(|r| PublicId::parse(&r.target)).collect()
    };
    let open = named(markdown::open_references(body));
    let mut inside = named(markdown::references(body));
    inside.retain(|id| !open.contains(id));
    inside
}

/// A file whose words can't be found, on a page that the reader answers for or may publish.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The page.
    pub line: PageLine,
    /// The file.
    pub file: FileRow,
    /// Why.
    pub state: TextState,
}

/// The files whose words can't be found, on pages that the reader answers for or may publish.
pub(crate) fn troubles(
    db: &mut Db,
    actor: &Actor,
    now: dugri_core::Time,
    limit: i64,
) -> Result<Vec<Trouble>, Error> {
    let found = texts::list_trouble(db, &actor.access, now, limit)?;
    let trouble = |(line, file, state)| Trouble { line, file, state };
    Ok(found.into_iter().map(trouble).collect())
}

/// What became of reading these files, which the reader has been given already.
pub fn of_files(app: &App, ids: &[FileId]) -> Result<std::collections::HashMap<FileId, FileTextRow>, Error> {
    Ok(app.store().read(|db| texts::of_files(db, ids))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(50);

    #[test]
    fn a_panic_is_a_damaged_file() {
        let reading = within(TIME_MAX, GRACE, |_| panic!("on bytes that nobody has thought of"));
        assert_eq!(reading.state, TextState::Damaged);
    }

    #[test]
    fn what_never_ends_is_given_up_and_counted() {
        let (go_on, wait) = sync_channel::<()>(0);
        let reading = within(SOON, SOON, move |_| {
            let _ = wait.recv();
            Err(NoText::Damaged)
        });
        assert_eq!(reading.state, TextState::TooSlow);
        assert_eq!(RUNAWAYS.load(Ordering::Relaxed), 1);
        assert!(is_free());
        drop(go_on);
        while RUNAWAYS.load(Ordering::Relaxed) > 0 {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_large_file_is_not_looked_into() {
        assert_eq!(
            read("a.txt", vec![b'a'; FILE_BYTES_MAX + 1]).state,
            TextState::TooLarge
        );
    }

    #[test]
    fn files_that_stand_in_internal_parts_alone_are_known() {
        let body = "[a](/f/7k2m9x4q)\n\n:::internal\n[a](/f/7k2m9x4q) ![](/f/8c3d5f6g)\n:::\n";
        assert_eq!(internal(body), [PublicId::parse("8c3d5f6g").expect("an id")]);
    }
}
