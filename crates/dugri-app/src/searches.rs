//! The log of searches: what was asked, what came of it, how long it took to the page that answered. It is gathered in memory
//! and written about once a second, like the ledger; a lost second is all that a crash can cost.
//!
//! Persons stand in it so that the keystrokes and the opened page of one search can be told to belong together, and so that
//! they find their own searches again. Nobody else is shown them.

mod live;

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use chrono::Duration;
use dugri_core::searches::SearchSource;
use dugri_core::{IntelId, PageId, PersonId, TopicId};
use dugri_search::Vocabulary;
use dugri_store::searches;
pub use dugri_store::searches::SearchRow;
use dugri_store::{Chore, Error as StoreError};
use dugri_text::links::fold_title;

pub(crate) use live::Searches;

use crate::pages::in_read;
use crate::search::{self, Answer, Answers, Item, Question};
use crate::{Actor, App, Error};

/// The longest words that are written down, in characters.
const WORDS_CHARS_MAX: usize = 200;
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
    app.memory().searches.note(row, shown.collect());
}

/// Takes note that somebody opened something: if it was an answer to a search of theirs, that search led there.
pub fn opened(app: &App, person: PersonId, target: Target) {
    app.memory().searches.opened(person, target, app.now());
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
    app.memory().searches.forget(person);
    app.store()
        .housekeep(Chore::QueryLog, move |tx| searches::forget(tx, person))?;
    Ok(())
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
    use super::*;

    #[test]
    fn words_are_written_on_one_line() {
        assert_eq!(said("  a\tb\n c\u{0} "), "a b c");
        assert_eq!(said(&"x".repeat(10_000)).len(), WORDS_CHARS_MAX);
    }
}
