//! The log of searches: what was asked, what came of it, how long it took to the page that answered. It is gathered in memory
//! and written about once a second, like the ledger; a lost second is all that a crash can cost.
//!
//! Persons stand in it so that the keystrokes and the opened page of one search can be told to belong together, and so that
//! they find their own searches again. Nobody else is shown them.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use chrono::Duration;
use dugri_core::searches::{ANSWERED_AFTER, SearchSource, TYPING, carries_on};
use dugri_core::{IntelId, PageId, PersonId, Time, TopicId};
use dugri_search::Vocabulary;
use dugri_store::searches;
pub use dugri_store::searches::SearchRow;
use dugri_store::{Chore, Error as StoreError};
use dugri_text::links::fold_title;

use crate::pages::in_read;
use crate::search::{self, Answer, Answers, Item, Question};
use crate::{Actor, App, Error};

/// An answer that is opened later than this after it was shown was found in another way.
const OPENED_WITHIN: Duration = Duration::minutes(30);
/// Who comes back to the same words within this time looks at the same search again.
const AGAIN: Duration = Duration::minutes(5);
/// So many searches of a person are remembered: several tabs, and the way back.
const PER_PERSON: usize = 6;
/// Answers that are remembered of a search.
const SHOWN_MAX: usize = 100;
/// The longest words that are written down, in characters.
const WORDS_CHARS_MAX: usize = 200;
/// People whose searches are remembered at a time. Beyond it those that are quiet go first.
const PEOPLE_MAX: usize = 20_000;
/// How long searches are kept one by one; then they are counts.
const KEPT: Duration = Duration::days(365);
/// So many searches of late are looked through for a word.
const LATE_MAX: i64 = 50_000;
/// How many own searches are offered again.
const RECENT: usize = 6;

/// What an answer leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A page.
    Page(PageId),
    /// A report.
    Intel(IntelId),
    /// A topic.
    Topic(TopicId),
    /// Somebody who can be asked.
    Person(PersonId),
}

/// A search whose answers somebody may still open.
struct Live {
    row: SearchRow,
    shown: Vec<Target>,
    is_written: bool,
}

/// What this node remembers of searches.
#[derive(Default)]
pub(crate) struct Searches(Mutex<HashMap<PersonId, VecDeque<Live>>>);

impl Searches {
    fn lock(&self) -> MutexGuard<'_, HashMap<PersonId, VecDeque<Live>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what is to be written; what nobody will come back to is forgotten.
    fn take(&self, now: Time) -> Vec<SearchRow> {
        let mut people = self.lock();
        let mut rows = Vec::new();
        for live in people.values_mut().flatten().filter(|live| !live.is_written) {
            live.is_written = true;
            rows.push(live.row.clone());
        }
        let quiet = if people.len() > PEOPLE_MAX {
            ANSWERED_AFTER
        } else {
            OPENED_WITHIN
        };
        people.retain(|_, lives| {
            lives.retain(|live| now - last_seen(&live.row) <= quiet);
            !lives.is_empty()
        });
        rows
    }

    /// Says that rows were not written after all.
    fn put_back(&self, rows: &[SearchRow]) {
        let mut people = self.lock();
        for row in rows {
            let mut lives = people.get_mut(&row.person_id).into_iter().flatten();
            if let Some(live) = lives.find(|live| live.row.at == row.at) {
                live.is_written = false;
            }
        }
    }
}

/// Answers a question of a person, and writes it down.
///
/// # Errors
/// When the index or the database is not available.
pub fn find(app: &App, actor: &Actor, question: &Question, source: SearchSource) -> Result<Answers, Error> {
    let began = Instant::now();
    let answers = search::find(app, actor, question)?;
    let answers = search::with_named(app, actor, question, answers)?;
    let took_us = i64::try_from(began.elapsed().as_micros()).unwrap_or(i64::MAX);
    asked(app, actor.person(), question, source, &answers, took_us);
    Ok(answers)
}

fn asked(
    app: &App,
    person: PersonId,
    question: &Question,
    source: SearchSource,
    answers: &Answers,
    took_us: i64,
) {
    let words = said(&question.text);
    if words.is_empty() {
        return;
    }
    let now = app.now();
    let row = SearchRow {
        person_id: person,
        at: now,
        began_at: now,
        last_at: now,
        source,
        words,
        hits: (answers.total + answers.topics.len() + answers.people.len()) as i64,
        took_us,
        opened_ms: None,
        opened_rank: None,
        opened_page_id: None,
        answer_ms: None,
    };
    let shown = answers.answers.iter().chain(&answers.nearest).map(target);
    let shown = shown
        .chain(answers.topics.iter().map(|topic| Target::Topic(topic.id)))
        .chain(answers.people.iter().map(|person| Target::Person(person.id)));
    let mut people = app.memory().searches.lock();
    note(
        people.entry(person).or_default(),
        row,
        shown.take(SHOWN_MAX).collect(),
    );
}

/// Puts a search where it belongs: into the one that it carries on, or beside it.
fn note(lives: &mut VecDeque<Live>, mut row: SearchRow, shown: Vec<Target>) {
    let now = row.last_at;
    let folded = fold_title(&row.words);
    let again = lives
        .iter_mut()
        .find(|live| fold_title(&live.row.words) == folded && now - last_seen(&live.row) <= AGAIN);
    let same = match again {
        Some(live) => Some(live),
        None => lives.back_mut().filter(|live| {
            live.row.opened_ms.is_none()
                && live.row.source == SearchSource::Panel
                && row.source != SearchSource::Api
                && now - live.row.last_at <= TYPING
                && carries_on(&fold_title(&live.row.words), &folded)
        }),
    };
    if let Some(live) = same {
        live.row.last_at = now;
        live.is_written = false;
        if live.row.opened_ms.is_none() {
            live.row.words = row.words;
            live.row.hits = row.hits;
            live.row.took_us = row.took_us;
        }
        if live.row.source == SearchSource::Panel {
            live.row.source = row.source;
        }
        for target in shown {
            if live.shown.len() < SHOWN_MAX && !live.shown.contains(&target) {
                live.shown.push(target);
            }
        }
        return;
    }
    if let Some(before) = lives.back_mut()
        && now - last_seen(&before.row) <= ANSWERED_AFTER
    {
        // Still on the same errand: what was opened was no answer.
        row.began_at = before.row.began_at;
        if before.row.answer_ms.take().is_some() {
            before.is_written = false;
        }
    }
    lives.push_back(Live {
        row,
        shown,
        is_written: false,
    });
    while lives.len() > PER_PERSON {
        // Written already, unless somebody searches six times a second.
        lives.pop_front();
    }
}

/// Takes note that somebody opened something: if it was an answer to a search of theirs, that search led there.
pub fn opened(app: &App, person: PersonId, target: Target) {
    let now = app.now();
    let mut people = app.memory().searches.lock();
    let Some(lives) = people.get_mut(&person) else {
        return;
    };
    let live = lives.iter_mut().rev().find(|live| {
        live.row.opened_ms.is_none()
            && now - live.row.last_at <= OPENED_WITHIN
            && live.shown.contains(&target)
    });
    let Some(live) = live else { return };
    let rank = live.shown.iter().position(|shown| *shown == target);
    live.row.opened_ms = Some((now - live.row.at).num_milliseconds().max(0));
    live.row.opened_rank = rank.map(|at| at as i64 + 1);
    live.row.opened_page_id = match target {
        Target::Page(page) => Some(page),
        Target::Intel(_) | Target::Topic(_) | Target::Person(_) => None,
    };
    live.row.answer_ms = Some((now - live.row.began_at).num_milliseconds().max(0));
    live.is_written = false;
}

/// Writes searches down, and what has become of them.
///
/// # Errors
/// When the database is not available; they wait.
pub fn flush(app: &App) -> Result<(), Error> {
    let rows = app.memory().searches.take(app.now());
    if rows.is_empty() {
        return Ok(());
    }
    let batch = rows.clone();
    let written = app
        .store()
        .housekeep(Chore::QueryLog, move |tx| searches::put(tx, &batch));
    written.map_err(|error: StoreError| {
        app.memory().searches.put_back(&rows);
        error.into()
    })
}

/// What is older than a year becomes counts. Now and then, by the timer.
pub fn tend(app: &App) -> Result<(), Error> {
    let before = app.now() - KEPT;
    app.store()
        .housekeep(Chore::QueryLog, move |tx| searches::aggregate(tx, before))?;
    Ok(())
}

/// The own searches of late, each once, the newest first; those that found something.
pub fn recent(app: &App, actor: &Actor) -> Result<Vec<String>, Error> {
    let rows = in_read(app, |db| Ok(searches::of_person(db, actor.person(), 50)?))?;
    let mut seen = Vec::new();
    let mut recent = Vec::new();
    for row in rows {
        let folded = fold_title(&row.words);
        // What was only begun to be typed is no search to come back to.
        let is_whole = row.opened_ms.is_some() || row.source == SearchSource::Page;
        if is_whole && row.hits > 0 && !seen.contains(&folded) {
            seen.push(folded);
            recent.push(row.words);
        }
    }
    recent.truncate(RECENT);
    Ok(recent)
}

/// What was searched for of late that has one of these words in it, by its folded form: as it was typed, and how often.
pub(crate) fn with_any(
    app: &App,
    words: &[String],
    within: Duration,
) -> Result<HashMap<String, (String, usize)>, Error> {
    let since = app.now() - within;
    let rows = in_read(app, |db| Ok(searches::since_unfiltered(db, since, LATE_MAX)?))?;
    let vocabulary = Vocabulary::new(words.iter().map(String::as_str));
    let stems = |text: &str| -> HashSet<String> {
        let key = vocabulary.key(text).unwrap_or_default();
        key.split(' ').map(str::to_owned).collect()
    };
    let wanted: Vec<HashSet<String>> = words.iter().map(|word| stems(word)).collect();
    let mut found: HashMap<String, (String, usize)> = HashMap::new();
    for row in rows {
        let has = stems(&row.words);
        if wanted.iter().any(|word| word.is_subset(&has)) {
            let entry = found.entry(fold_title(&row.words)).or_insert((row.words, 0));
            entry.1 += 1;
        }
    }
    Ok(found)
}

/// All that is kept of the own searches, the newest first.
pub fn mine(app: &App, actor: &Actor) -> Result<Vec<SearchRow>, Error> {
    flush(app)?;
    in_read(app, |db| Ok(searches::of_person(db, actor.person(), 200)?))
}

/// Takes the own searches out of the log.
pub fn forget(app: &App, actor: &Actor) -> Result<(), Error> {
    let person = actor.person();
    app.memory().searches.lock().remove(&person);
    app.store()
        .housekeep(Chore::QueryLog, move |tx| searches::forget(tx, person))?;
    Ok(())
}

fn last_seen(row: &SearchRow) -> Time {
    let opened = row.opened_ms.map(|ms| row.at + Duration::milliseconds(ms));
    opened.map_or(row.last_at, |at| at.max(row.last_at))
}

fn target(answer: &Answer) -> Target {
    match &answer.item {
        Item::Page(listed) => Target::Page(listed.line.page.id),
        Item::Draft(draft) => Target::Page(draft.page.id),
        Item::Intel(report) => Target::Intel(report.id),
    }
}

/// Words as they are written down: on one line, not too long.
pub(crate) fn said(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(WORDS_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    fn at(seconds: i64) -> Time {
        DateTime::<Utc>::from_timestamp(1_800_000_000 + seconds, 0).expect("a time")
    }

    fn row(words: &str, source: SearchSource, seconds: i64) -> SearchRow {
        SearchRow {
            person_id: PersonId(1),
            at: at(seconds),
            began_at: at(seconds),
            last_at: at(seconds),
            source,
            words: words.to_owned(),
            hits: 1,
            took_us: 1,
            opened_ms: None,
            opened_rank: None,
            opened_page_id: None,
            answer_ms: None,
        }
    }

    #[test]
    fn keystrokes_are_one_search_and_the_page_of_results_is_the_same() {
        let mut lives = VecDeque::new();
        for (words, source, seconds) in [
            ("ve", SearchSource::Panel, 0),
            ("vectra", SearchSource::Panel, 1),
            ("vectra prise", SearchSource::Panel, 3),
            ("vectra price", SearchSource::Panel, 5),
            ("vectra price", SearchSource::Page, 6),
            ("Vectra  price", SearchSource::Page, 90),
        ] {
            note(&mut lives, row(words, source, seconds), Vec::new());
        }
        assert_eq!(lives.len(), 1);
        assert_eq!(lives[0].row.source, SearchSource::Page);
        assert_eq!(lives[0].row.at, at(0));
        note(
            &mut lives,
            row("vectra price list", SearchSource::Page, 91),
            Vec::new(),
        );
        assert_eq!(lives.len(), 2, "what was sent off was a search of its own");
    }

    #[test]
    fn a_search_soon_after_an_opened_page_says_that_it_was_no_answer() {
        let mut lives = VecDeque::new();
        let mut first = row("price", SearchSource::Page, 0);
        first.opened_ms = Some(4_000);
        first.answer_ms = Some(4_000);
        note(&mut lives, first, Vec::new());
        note(&mut lives, row("price list", SearchSource::Page, 60), Vec::new());
        assert_eq!(lives[0].row.answer_ms, None);
        assert_eq!(lives[1].row.began_at, at(0), "the errand goes on");
        note(&mut lives, row("radar", SearchSource::Page, 600), Vec::new());
        assert_eq!(lives[2].row.began_at, at(600), "another one");
    }

    #[test]
    fn words_are_written_on_one_line() {
        assert_eq!(said("  a\tb\n c\u{0} "), "a b c");
        assert_eq!(said(&"x".repeat(10_000)).len(), WORDS_CHARS_MAX);
    }
}
