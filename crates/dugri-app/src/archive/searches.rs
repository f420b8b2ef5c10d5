//! What people searched for, and what they asked marketing for: so that a company that is loaded has gaps to decide.

use chrono::Duration;
use dugri_core::Event;
use dugri_core::searches::SearchSource;
use dugri_store::searches::{self, SearchRow};
use dugri_store::{Tx, gaps};
use dugri_text::links::fold_title;

use super::{Failure, Loader};

const FILE: &str = "searches.toml";

impl Loader {
    /// After the pages: a search names the one that was opened.
    pub(super) fn add_searches(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let mut rows = Vec::new();
        for search in &archive.searches.search {
            let at = self.at(search.at);
            let page = match &search.opened {
                Some(id) => Some(self.key(FILE, id)?),
                None => None,
            };
            let after = page.map(|_| search.after_s * 1_000);
            let before = Duration::seconds(search.before_s);
            rows.push(SearchRow {
                person_id: self.person(FILE, &search.person)?,
                at,
                began_at: at - before,
                last_at: at,
                source: SearchSource::Page,
                words: search.words.clone(),
                hits: search.hits,
                took_us: 1_000,
                opened_ms: after,
                opened_rank: page.map(|_| 1),
                opened_page_id: page,
                answer_ms: after.map(|ms| ms + before.num_milliseconds()),
            });
        }
        searches::put(tx, &rows)?;
        for asked in &archive.searches.asked {
            let (person, at) = (self.person(FILE, &asked.person)?, self.at(asked.at));
            let folded = fold_title(&asked.words);
            let gap = match gaps::of_words(tx, &folded)? {
                Some(gap) => gap.id,
                None => gaps::add(tx, &asked.words, &folded, at)?,
            };
            gaps::add_asker(tx, gap, person, &asked.note, at)?;
            tx.record(Some(person), at, Event::GapAsked { gap })?;
        }
        Ok(())
    }
}
