//! Words that mean the same to search: names in the other script, abbreviations, what people say for it. Names of topics
//! are kept with their topic; here stands everything else, and both can be looked through together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use dugri_core::{AliasId, Event, PersonId, Time, TopicId};
use dugri_search::Aliases;
use dugri_store::aliases::{self as store, AliasRow};
use dugri_store::topics::{self, TopicRow};
use dugri_store::{Db, Tx};
use dugri_text::links::fold_title;

use crate::fields::{optional, settle};
use crate::search::{self, Question};
use crate::searches;
use crate::topics::rights;
use crate::{Actor, App, By, Error, FieldError, pages};

/// The longest word or name in characters.
const WORD_CHARS_MAX: usize = 80;
/// The most words of a group.
const WORDS_MAX: usize = 60;
/// The most words that a preview tries, and titles that it shows of each.
const TRIED_MAX: usize = 6;
/// So far back searches are looked at for what a group would change, in days.
const SEARCHED_DAYS: i64 = 30;
/// The most of them that are tried.
const SEARCHED_MAX: usize = 20;
/// The most groups.
const GROUPS_MAX: usize = 5_000;

/// Everything that means the same: general groups, and topics with more than one name.
#[derive(Debug, Clone)]
pub struct Table {
    /// The groups, the newest first.
    pub groups: Vec<AliasRow>,
    /// Topics by name, each with what else it is called.
    pub topics: Vec<(TopicRow, Vec<String>)>,
}

/// The table, for those who keep topics; for others it does not exist.
///
/// # Errors
/// [`Error::NotFound`].
pub fn table(app: &App, actor: &Actor) -> Result<Table, Error> {
    keeps(actor)?;
    pages::in_read(app, |db| {
        let mut groups = store::list(db)?;
        groups.reverse();
        let mut names = topic_names(db)?;
        let topics = topics::list(db)?
            .into_iter()
            .map(|topic| {
                let names = names.remove(&topic.id).unwrap_or_default();
                (topic, names)
            })
            .filter(|(_, names)| names.len() > 1)
            .collect();
        Ok(Table { groups, topics })
    })
}

/// The general groups, for the command line, the first added first.
///
/// # Errors
/// When the database is not available.
pub fn list(app: &App) -> Result<Vec<Vec<String>>, Error> {
    pages::in_read(app, |db| {
        Ok(store::list(db)?.into_iter().map(|row| row.words).collect())
    })
}

/// Everything that means the same, group by group, as search takes it.
pub(crate) fn groups(db: &mut Db) -> Result<Vec<Vec<String>>, Error> {
    let mut groups: Vec<Vec<String>> = topic_names(db)?.into_values().collect();
    groups.extend(store::list(db)?.into_iter().map(|row| row.words));
    Ok(groups)
}

fn topic_names(db: &mut Db) -> Result<BTreeMap<TopicId, Vec<String>>, Error> {
    let mut names: BTreeMap<TopicId, Vec<String>> = BTreeMap::new();
    for (topic, name, _) in topics::names(db)? {
        names.entry(topic).or_default().push(name);
    }
    Ok(names)
}

/// Adds a group; the same words again are the group that is there. One that shares a word with another stands beside it:
/// a word may mean two things.
///
/// # Errors
/// [`Error::Invalid`] for fewer than two words, or too many; [`Error::NotFound`] for whoever may not.
pub fn add(app: &App, actor: &Actor, words: &[String]) -> Result<AliasId, Error> {
    keeps(actor)?;
    let words = checked(words)?;
    let (now, by) = (app.now(), Some(actor.person()));
    app.store().write(move |tx| {
        let known = store::list(tx)?;
        room(known.len())?;
        if let Some(row) = known.iter().find(|row| means_the_same(&row.words, &words)) {
            tx.unchanged();
            return Ok(row.id);
        }
        let alias = store::add(tx, &words, by, now)?;
        tx.record(by, now, Event::AliasAdded { alias })?;
        Ok(alias)
    })
}

/// Puts other words in place of a group's.
///
/// # Errors
/// As [`add`].
pub fn change(app: &App, actor: &Actor, alias: AliasId, words: &[String]) -> Result<(), Error> {
    keeps(actor)?;
    let words = checked(words)?;
    let (now, by) = (app.now(), Some(actor.person()));
    app.store().write(move |tx| {
        let before = store::get(tx, alias)?.ok_or(Error::NotFound)?;
        if before.words == words {
            tx.unchanged();
            return Ok(());
        }
        store::change(tx, alias, &words, by, now)?;
        tx.record(by, now, Event::AliasChanged { alias })?;
        Ok(())
    })
}

/// Takes a group away.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove(app: &App, actor: &Actor, alias: AliasId) -> Result<(), Error> {
    keeps(actor)?;
    let (now, by) = (app.now(), Some(actor.person()));
    app.store().write(move |tx| {
        if !store::remove(tx, alias)? {
            return Err(Error::NotFound);
        }
        tx.record(by, now, Event::AliasRemoved { alias })?;
        Ok(())
    })
}

/// What became of a line of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A new group.
    Added,
    /// Its words joined a group that has one of them already.
    Joined,
    /// All of it was known.
    Known,
}

/// Reads a file: a group a line, tabs between its words; lines that begin with `#` say nothing. All of it or nothing.
/// Words of a group that has one of them already join it. Says of each group what became of it.
///
/// # Errors
/// [`Error::Invalid`] with the number of the first line that is no group.
pub fn import(app: &App, by: By<'_>, text: &str) -> Result<Vec<(Vec<String>, Line)>, Error> {
    match by {
        By::Person(actor) => keeps(actor)?,
        By::Operator => {}
    }
    let mut lines = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let words: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let group = checked(&words);
        lines.push(group.map_err(|_| {
            Error::Invalid(vec![
                FieldError::new("file", "error-alias-line").with("line", at + 1),
            ])
        })?);
    }
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        let mut known = Known::read(tx)?;
        let mut done = Vec::new();
        for words in lines {
            let became = known.take(tx, &words, by, now)?;
            done.push((words, became));
        }
        if done.iter().all(|(_, became)| *became == Line::Known) {
            tx.unchanged();
        }
        Ok(done)
    })
}

/// The groups that are there, and which of them has a word.
struct Known {
    groups: Vec<(AliasId, Vec<String>)>,
    of_word: BTreeMap<String, usize>,
}

impl Known {
    fn read(db: &mut Db) -> Result<Known, Error> {
        let mut known = Known {
            groups: Vec::new(),
            of_word: BTreeMap::new(),
        };
        for row in store::list(db)? {
            known.keep(row.id, row.words);
        }
        Ok(known)
    }

    fn keep(&mut self, id: AliasId, words: Vec<String>) {
        for word in &words {
            self.of_word.entry(fold_title(word)).or_insert(self.groups.len());
        }
        self.groups.push((id, words));
    }

    /// Takes a line in: into the group that has a word of it, else as a group of its own.
    fn take(
        &mut self,
        tx: &mut Tx,
        words: &[String],
        by: Option<PersonId>,
        now: Time,
    ) -> Result<Line, Error> {
        let at = words.iter().find_map(|word| self.of_word.get(&fold_title(word)));
        let Some(at) = at.copied() else {
            room(self.groups.len())?;
            let alias = store::add(tx, words, by, now)?;
            tx.record(by, now, Event::AliasAdded { alias })?;
            self.keep(alias, words.to_vec());
            return Ok(Line::Added);
        };
        let (alias, group) = &mut self.groups[at];
        let before = group.len();
        for word in words {
            let folded = fold_title(word);
            if !group.iter().any(|known| fold_title(known) == folded) {
                group.push(word.clone());
                self.of_word.entry(folded).or_insert(at);
            }
        }
        if group.len() == before {
            return Ok(Line::Known);
        }
        if group.len() > WORDS_MAX {
            return Err(too_many("file", WORDS_MAX));
        }
        store::change(tx, *alias, group, by, now)?;
        tx.record(by, now, Event::AliasChanged { alias: *alias })?;
        Ok(Line::Joined)
    }
}

/// What a group of words would change for a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What is searched for: a word of the group, or what somebody searched for of late.
    pub word: String,
    /// How often that was searched for of late.
    pub times: usize,
    /// How many answers it has now.
    pub before: usize,
    /// How many it would have.
    pub after: usize,
    /// What would stand first and does not now: titles, the best first.
    pub new: Vec<String>,
}

/// What a group would change before it is kept: for searches of its words, and for those of the last 30 days that have one
/// of them, where it changes anything.
///
/// # Errors
/// As [`add`].
pub fn preview(app: &App, actor: &Actor, words: &[String]) -> Result<Vec<Tried>, Error> {
    keeps(actor)?;
    let words = checked(words)?;
    let trial = pages::in_read(app, |db| {
        let groups = groups(db)?;
        let would = groups.iter().chain([&words]);
        Ok(Trial {
            now: Aliases::new(&groups),
            then: Aliases::new(would),
        })
    })?;
    let searched = searches::with_any(app, &words, Duration::days(SEARCHED_DAYS))?;
    let mut tried = Vec::new();
    for word in words.iter().take(TRIED_MAX) {
        let times = searched.get(&fold_title(word)).map_or(0, |(_, times)| *times);
        tried.push(trial.of(app, actor, word, times)?);
    }
    let mut others: Vec<&(String, usize)> = searched.values().collect();
    others.retain(|(text, _)| !words.iter().any(|word| fold_title(word) == fold_title(text)));
    others.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (text, times) in others.into_iter().take(SEARCHED_MAX) {
        let one = trial.of(app, actor, text, *times)?;
        tried.extend((one.before != one.after || !one.new.is_empty()).then_some(one));
    }
    Ok(tried)
}

/// What means the same now, and what would.
struct Trial {
    now: Aliases,
    then: Aliases,
}

impl Trial {
    fn of(&self, app: &App, actor: &Actor, text: &str, times: usize) -> Result<Tried, Error> {
        let question = Question {
            text: text.to_owned(),
            limit: TRIED_MAX,
            ..Question::default()
        };
        let titles = |aliases: &Aliases| -> Result<(usize, Vec<String>), Error> {
            let found = search::find_with(app, actor, &question, aliases)?;
            let titles = found.answers.into_iter().map(|answer| answer.title.text);
            Ok((found.total, titles.collect()))
        };
        let (before, first) = titles(&self.now)?;
        let (after, then) = titles(&self.then)?;
        Ok(Tried {
            word: text.to_owned(),
            times,
            before,
            after,
            new: then.into_iter().filter(|title| !first.contains(title)).collect(),
        })
    }
}

/// The words or names, each once, by its folded form.
fn checked(written: &[String]) -> Result<Vec<String>, Error> {
    let mut wrong = Vec::new();
    let (mut words, mut seen) = (Vec::new(), BTreeSet::new());
    for word in written {
        let word = optional(&mut wrong, "words", word, WORD_CHARS_MAX);
        words.extend(word.filter(|word| seen.insert(fold_title(word))));
    }
    if wrong.is_empty() && words.len() < 2 {
        wrong.push(FieldError::new("words", "error-alias-one"));
    }
    settle(wrong)?;
    if words.len() > WORDS_MAX {
        return Err(too_many("words", WORDS_MAX));
    }
    Ok(words)
}

fn means_the_same(some: &[String], others: &[String]) -> bool {
    let folded = |words: &[String]| words.iter().map(|word| fold_title(word)).collect::<BTreeSet<_>>();
    folded(some) == folded(others)
}

fn room(groups: usize) -> Result<(), Error> {
    if groups >= GROUPS_MAX {
        return Err(too_many("words", GROUPS_MAX));
    }
    Ok(())
}

fn too_many(field: &'static str, max: usize) -> Error {
    Error::Invalid(vec![FieldError::new(field, "error-too-many").with("max", max)])
}

fn keeps(actor: &Actor) -> Result<(), Error> {
    rights(actor).keep.then_some(()).ok_or(Error::NotFound)
}
