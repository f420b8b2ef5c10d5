//! What a node remembers of searches: which keystrokes belong together, what was shown, and what was opened of it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::Duration;
use dugri_core::searches::{ANSWERED_AFTER, SearchSource, TYPING, carries_on};
use dugri_core::{PersonId, Time};
use dugri_store::searches::SearchRow;
use dugri_text::links::fold_title;

use super::Target;

/// An answer that is opened later than this after it was shown was found in another way.
const OPENED_WITHIN: Duration = Duration::minutes(30);
/// Who comes back to the same words within this time looks at the same search again.
const AGAIN: Duration = Duration::minutes(5);
/// So many searches of a person are remembered: several tabs, and the way back.
const PER_PERSON: usize = 6;
/// Answers that are remembered of a search.
const SHOWN_MAX: usize = 100;
/// People whose searches are remembered at a time. Beyond it those that are quiet go first.
const PEOPLE_MAX: usize = 20_000;

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

    /// Notes a search and what it was answered with.
    pub(super) fn note(&self, row: SearchRow, mut shown: Vec<Target>) {
        shown.truncate(SHOWN_MAX);
        note(self.lock().entry(row.person_id).or_default(), row, shown);
    }

    /// Notes that somebody opened something: if a search of theirs showed it, that search led there.
    pub(super) fn opened(&self, person: PersonId, target: Target, now: Time) {
        let mut people = self.lock();
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

    /// Forgets the searches of a person.
    pub(super) fn forget(&self, person: PersonId) {
        self.lock().remove(&person);
    }

    /// Takes what is to be written; what nobody will come back to is forgotten.
    pub(super) fn take(&self, now: Time) -> Vec<SearchRow> {
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
    pub(super) fn put_back(&self, rows: &[SearchRow]) {
        let mut people = self.lock();
        for row in rows {
            let mut lives = people.get_mut(&row.person_id).into_iter().flatten();
            if let Some(live) = lives.find(|live| live.row.at == row.at) {
                live.is_written = false;
            }
        }
    }
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

fn last_seen(row: &SearchRow) -> Time {
    let opened = row.opened_ms.map(|ms| row.at + Duration::milliseconds(ms));
    opened.map_or(row.last_at, |at| at.max(row.last_at))
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
}
