//! The log of searches. Like the exposure ledger it is written in batches through `housekeep(Chore::QueryLog, …)`, beside the
//! writer on PostgreSQL; persons in it are shown to themselves alone.

use diesel::prelude::*;
use dugri_core::searches::SearchSource;
use dugri_core::{PageId, PersonId, Time};

use crate::columns::{OptId, Stamp, stamp};
use crate::schema::{search_months, searches};
use crate::{Db, Error, Tx};

/// A search of somebody, from the first key to the page that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = searches)]
pub struct SearchRow {
    /// Who.
    #[diesel(deserialize_as = i64)]
    pub person_id: PersonId,
    /// When it began; with the person, its key.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
    /// When the errand began that it is part of.
    #[diesel(deserialize_as = Stamp)]
    pub began_at: Time,
    /// When it was last typed or looked at.
    #[diesel(deserialize_as = Stamp)]
    pub last_at: Time,
    /// From where.
    #[diesel(deserialize_as = String)]
    pub source: SearchSource,
    /// The words as they stood last.
    pub words: String,
    /// How many answers those had.
    pub hits: i64,
    /// How long the server took for the last of them, in microseconds.
    pub took_us: i64,
    /// How long after its beginning an answer was opened, in milliseconds.
    pub opened_ms: Option<i64>,
    /// Where that stood in the list, from 1.
    pub opened_rank: Option<i64>,
    /// the page that was opened; none for anything else.
    #[diesel(deserialize_as = OptId)]
    pub opened_page_id: Option<PageId>,
    /// From the beginning of the errand to the page that ended it, in milliseconds.
    pub answer_ms: Option<i64>,
}

/// Writes searches down: new ones, and what has become of those that are there.
pub fn put(tx: &mut Tx, batch: &[SearchRow]) -> Result<(), Error> {
    for row in batch {
        let values = (
            searches::last_at.eq(stamp(row.last_at)),
            searches::began_at.eq(stamp(row.began_at)),
            searches::source.eq(row.source.as_str()),
            searches::words.eq(&row.words),
            searches::hits.eq(row.hits),
            searches::took_us.eq(row.took_us),
            searches::opened_ms.eq(row.opened_ms),
            searches::opened_rank.eq(row.opened_rank),
            searches::opened_page_id.eq(row.opened_page_id.map(|id| id.0)),
            searches::answer_ms.eq(row.answer_ms),
        );
        let same = searches::table
            .filter(searches::person_id.eq(row.person_id.0))
            .filter(searches::at.eq(stamp(row.at)));
        let known = diesel::update(same).set(values).execute(tx.conn())?;
        if known == 0 {
            let key = (
                searches::person_id.eq(row.person_id.0),
                searches::at.eq(stamp(row.at)),
            );
            diesel::insert_into(searches::table)
                .values((key, values))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// What a person searched for last, the newest first: for themselves alone.
pub fn of_person(db: &mut Db, person: PersonId, limit: i64) -> Result<Vec<SearchRow>, Error> {
    Ok(searches::table
        .filter(searches::person_id.eq(person.0))
        .order(searches::last_at.desc())
        .limit(limit)
        .select(SearchRow::as_select())
        .load(db.conn())?)
}

/// Takes a person's name out of the log, by taking out their searches.
pub fn forget(tx: &mut Tx, person: PersonId) -> Result<usize, Error> {
    Ok(diesel::delete(searches::table.filter(searches::person_id.eq(person.0))).execute(tx.conn())?)
}

/// All searches since a moment, whoever asked, the newest first: for reports that name nobody.
pub fn since_unfiltered(db: &mut Db, since: Time, limit: i64) -> Result<Vec<SearchRow>, Error> {
    Ok(searches::table
        .filter(searches::last_at.ge(stamp(since)))
        .order((searches::last_at.desc(), searches::id.desc()))
        .limit(limit)
        .select(SearchRow::as_select())
        .load(db.conn())?)
}

/// What is left of old searches: counts of a month by words.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = search_months)]
pub struct MonthRow {
    /// The month, as `2026-11`.
    pub month: String,
    /// The words, in small letters.
    pub words: String,
    /// How often.
    pub searches: i64,
    /// How often nothing was found.
    pub without_result: i64,
    /// How often nothing of it was opened.
    pub without_click: i64,
    /// How often a page answered it.
    pub answered: i64,
}

/// All counts of months, the first month first.
pub fn months_unfiltered(db: &mut Db) -> Result<Vec<MonthRow>, Error> {
    Ok(search_months::table
        .order((search_months::month.asc(), search_months::words.asc()))
        .select(MonthRow::as_select())
        .load(db.conn())?)
}

/// Makes counts by month and words of all searches before a moment, and forgets them. Gives how many there were.
pub fn aggregate(tx: &mut Tx, before: Time) -> Result<usize, Error> {
    let old: Vec<SearchRow> = searches::table
        .filter(searches::last_at.lt(stamp(before)))
        .select(SearchRow::as_select())
        .load(tx.conn())?;
    let mut counts: std::collections::BTreeMap<(String, String), [i64; 4]> = Default::default();
    for row in &old {
        let month = row.at.format("%Y-%m").to_string();
        let count = counts.entry((month, row.words.to_lowercase())).or_default();
        count[0] += 1;
        count[1] += i64::from(row.hits == 0);
        count[2] += i64::from(row.hits > 0 && row.opened_ms.is_none());
        count[3] += i64::from(row.answer_ms.is_some());
    }
    for ((month, words), [all, without_result, without_click, answered]) in counts {
        let same = search_months::table
            .filter(search_months::month.eq(&month))
            .filter(search_months::words.eq(&words));
        let known = diesel::update(same)
            .set((
                search_months::searches.eq(search_months::searches + all),
                search_months::without_result.eq(search_months::without_result + without_result),
                search_months::without_click.eq(search_months::without_click + without_click),
                search_months::answered.eq(search_months::answered + answered),
            ))
            .execute(tx.conn())?;
        if known == 0 {
            diesel::insert_into(search_months::table)
                .values((
                    search_months::month.eq(&month),
                    search_months::words.eq(&words),
                    search_months::searches.eq(all),
                    search_months::without_result.eq(without_result),
                    search_months::without_click.eq(without_click),
                    search_months::answered.eq(answered),
                ))
                .execute(tx.conn())?;
        }
    }
    diesel::delete(searches::table.filter(searches::last_at.lt(stamp(before)))).execute(tx.conn())?;
    Ok(old.len())
}
