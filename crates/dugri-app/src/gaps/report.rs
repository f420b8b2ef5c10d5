//! What marketing sees of searches: how they went, and which led nowhere. It names nobody but those who asked marketing.

use std::collections::{BTreeSet, HashMap};

use chrono::Duration;
use dugri_core::gaps::GapState;
use dugri_core::{GapId, PageId, PersonId, Time};
use dugri_search::Vocabulary;
use dugri_store::Db;
use dugri_store::gaps::{self, AskerRow, GapRow};
use dugri_store::names::{self, PersonName};
use dugri_store::pages as page_rows;
use dugri_store::searches::{self, SearchRow};
use dugri_text::links::fold_title;

use super::figures::{Answers, answers, is_without_click};
use crate::pages::in_read;
use crate::pages::steps::Named;
use crate::{Actor, App, Error};

/// So many searches are looked at, the newest.
const ROWS_MAX: i64 = 100_000;
/// So many for the few gaps that home shows.
const ROWS_MAX_HOME: i64 = 5_000;
/// One search without a click says little: somebody was called away.
const WITHOUT_CLICK_MIN: usize = 2;
/// Other ways in which a gap was typed that are shown.
const SPELLINGS_MAX: usize = 4;

/// What is looked at: so many days until now, and as many before them for the trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How many days.
    pub days: i64,
}

impl Period {
    /// The periods that one can choose from, in days.
    pub const DAYS: [i64; 3] = [7, 30, 90];
}

impl Default for Period {
    fn default() -> Period {
        Period { days: 30 }
    }
}

/// Somebody who asked marketing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub person: Option<PersonName>,
    /// What for.
    pub note: String,
    /// When.
    pub at: Time,
}

/// Searches that mean the same and lead nowhere.
#[derive(Debug, Clone)]
pub struct Gap {
    /// What was asked or decided of it.
    pub row: Option<GapRow>,
    /// The words, as they were typed most often.
    pub words: String,
    /// Other ways in which they were typed.
    pub spellings: Vec<String>,
    /// Searches that found nothing.
    pub without_result: usize,
    /// Searches that found something of which nothing was opened.
    pub without_click: usize,
    /// How many different people.
    pub people: usize,
    /// How many such searches there were in the period before.
    pub before: usize,
    /// When it was last searched for, or asked.
    pub last_at: Time,
    /// Who asked marketing.
    pub askers: Vec<Asker>,
    /// The page that was opened most often later on the same errand.
    pub then: Option<Named>,
    /// The page that its words lead to.
    pub page: Option<Named>,
    /// It was decided, and was searched for in vain again since.
    pub again: bool,
}

impl Gap {
    /// How many searches led nowhere.
    pub fn times(&self) -> usize {
        self.without_result + self.without_click
    }
}

/// What marketing sees.
#[derive(Debug, Clone)]
pub struct Report {
    /// How searches went.
    pub answers: Answers,
    /// Gaps that nobody has decided, those of most people first.
    pub open: Vec<Gap>,
    /// Gaps that were decided, the newest first.
    pub decided: Vec<Gap>,
}

/// Gaps and figures, for those who keep topics; for others they do not exist.
///
/// # Errors
/// [`Error::NotFound`].
pub fn report(app: &App, actor: &Actor, period: Period) -> Result<Report, Error> {
    super::keeps(actor)?;
    crate::searches::flush(app)?;
    let now = app.now();
    in_read(app, |db| {
        let length = Duration::days(period.days);
        let rows = searches::since_unfiltered(db, now - length - length, ROWS_MAX)?;
        let start = now - length;
        let answers = answers(rows.iter().filter(|row| row.last_at >= start), now);
        let (open, decided) = gather(db, actor, &rows, start, now)?;
        Ok(Report {
            answers,
            open,
            decided,
        })
    })
}

/// The few most pressing gaps, for home; nothing for those who don't keep topics.
pub(crate) fn top(db: &mut Db, actor: &Actor, count: usize, now: Time) -> Result<Vec<Gap>, Error> {
    if super::keeps(actor).is_err() {
        return Ok(Vec::new());
    }
    let start = now - Duration::days(Period::default().days);
    let rows = searches::since_unfiltered(db, start, ROWS_MAX_HOME)?;
    let (mut open, _) = gather(db, actor, &rows, start, now)?;
    open.truncate(count);
    Ok(open)
}

/// Whether a search led nowhere: it found nothing, or somebody saw what it found and opened none of it.
fn in_vain(row: &SearchRow, now: Time) -> bool {
    row.hits == 0 || is_without_click(row, now)
}

/// What was gathered of searches that mean the same.
#[derive(Default)]
struct Group<'a> {
    gap: Option<GapRow>,
    rows: Vec<&'a SearchRow>,
    before: usize,
}

type Split = (Vec<Gap>, Vec<Gap>);

fn gather(db: &mut Db, actor: &Actor, rows: &[SearchRow], start: Time, now: Time) -> Result<Split, Error> {
    let known = gaps::list(db)?;
    let vain: Vec<&SearchRow> = rows.iter().filter(|row| in_vain(row, now)).collect();
    let texts = vain.iter().map(|row| row.words.as_str());
    let vocabulary = Vocabulary::new(texts.chain(known.iter().map(|gap| gap.words.as_str())));
    let key = |words: &str| vocabulary.key(words).unwrap_or_else(|| fold_title(words));
    let mut groups: HashMap<String, Group<'_>> = HashMap::new();
    for gap in known {
        let group = groups.entry(key(&gap.words)).or_default();
        // The newest comes first; an open one that somebody asked for is not hidden by a decided one.
        let is_better = group
            .gap
            .as_ref()
            .is_none_or(|kept| kept.state != GapState::Open && gap.state == GapState::Open);
        if is_better {
            group.gap = Some(gap);
        }
    }
    for row in vain {
        let group = groups.entry(key(&row.words)).or_default();
        if row.last_at >= start {
            group.rows.push(row);
        } else {
            group.before += 1;
        }
    }
    complete(db, actor, rows, Vec::from_iter(groups.into_values()), now)
}

fn complete(
    db: &mut Db,
    actor: &Actor,
    all: &[SearchRow],
    groups: Vec<Group<'_>>,
    now: Time,
) -> Result<Split, Error> {
    let ids: Vec<GapId> = groups.iter().filter_map(|g| Some(g.gap.as_ref()?.id)).collect();
    let askers = gaps::askers(db, &ids)?;
    let people: Vec<PersonId> = askers.iter().map(|asker| asker.person_id).collect();
    let people = names::people(db, &people)?;
    let later = later_opened(all);
    let thens: Vec<Option<PageId>> = groups.iter().map(|group| then_opened(group, &later)).collect();
    let leads = groups.iter().filter_map(|group| group.gap.as_ref()?.page_id);
    let pages: Vec<PageId> = thens.iter().flatten().copied().chain(leads).collect();
    let lines: HashMap<PageId, Named> = page_rows::lines(db, &actor.access, &pages, now)?
        .into_iter()
        .map(|line| {
            let named = Named {
                id: line.page.public_id,
                slug: line.page.slug,
                title: line.title,
            };
            (line.page.id, named)
        })
        .collect();

    let (mut open, mut decided) = (Vec::new(), Vec::new());
    for (group, then) in groups.into_iter().zip(thens) {
        let asked = |row: &AskerRow| group.gap.as_ref().is_some_and(|gap| gap.id == row.gap_id);
        let askers = askers.iter().filter(|row| asked(row)).map(|row| Asker {
            person: people.get(&row.person_id).cloned(),
            note: row.note.clone(),
            at: row.at,
        });
        let gap = Gap {
            askers: askers.collect(),
            then: then.and_then(|page| lines.get(&page).cloned()),
            page: group
                .gap
                .as_ref()
                .and_then(|gap| lines.get(&gap.page_id?).cloned()),
            ..summed(&group)
        };
        let is_decided = gap.row.as_ref().is_some_and(|row| row.state != GapState::Open);
        if is_decided && !gap.again {
            decided.push(gap);
        } else if gap.row.is_some() || gap.without_result > 0 || gap.without_click >= WITHOUT_CLICK_MIN {
            open.push(gap);
        }
    }
    open.sort_by(|a, b| {
        let weight = |gap: &Gap| (gap.askers.len(), gap.people, gap.times());
        weight(b)
            .cmp(&weight(a))
            .then_with(|| b.last_at.cmp(&a.last_at))
            .then_with(|| a.words.cmp(&b.words))
    });
    decided.sort_by_key(|gap| std::cmp::Reverse(gap.row.as_ref().map(|row| row.at)));
    Ok((open, decided))
}

/// The counts of a group, without what others are asked for.
fn summed(group: &Group<'_>) -> Gap {
    let decided_at = group
        .gap
        .as_ref()
        .filter(|gap| gap.state != GapState::Open)
        .map(|gap| gap.at);
    // What was searched for before it was decided is answered by that.
    let since: Vec<&SearchRow> = group
        .rows
        .iter()
        .copied()
        .filter(|row| decided_at.is_none_or(|at| row.at > at))
        .collect();
    let counted = if since.is_empty() { &group.rows } else { &since };
    let people: BTreeSet<PersonId> = counted.iter().map(|row| row.person_id).collect();
    let without_result = counted.iter().filter(|row| row.hits == 0).count();
    let mut spellings = spellings(counted);
    let words = match (&group.gap, spellings.is_empty()) {
        (Some(gap), _) => gap.words.clone(),
        (None, false) => spellings[0].clone(),
        (None, true) => String::new(),
    };
    spellings.retain(|spelling| fold_title(spelling) != fold_title(&words));
    spellings.truncate(SPELLINGS_MAX);
    let last = counted.iter().map(|row| row.last_at).max();
    Gap {
        again: decided_at.is_some() && !since.is_empty(),
        last_at: last.or(group.gap.as_ref().map(|gap| gap.at)).unwrap_or_default(),
        row: group.gap.clone(),
        words,
        spellings,
        without_result,
        without_click: counted.len() - without_result,
        people: people.len(),
        before: group.before,
        askers: Vec::new(),
        then: None,
        page: None,
    }
}

/// The different ways in which it was typed, the commonest first.
fn spellings(rows: &[&SearchRow]) -> Vec<String> {
    let mut counts: HashMap<String, (usize, &str)> = HashMap::new();
    for row in rows {
        let count = counts.entry(fold_title(&row.words)).or_insert((0, &row.words));
        count.0 += 1;
    }
    let mut spellings: Vec<(usize, &str)> = counts.into_values().collect();
    spellings.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    spellings.into_iter().map(|(_, words)| words.to_owned()).collect()
}

/// By errand, what was opened and when.
type Errands = HashMap<(PersonId, Time), Vec<(Time, PageId)>>;

fn later_opened(rows: &[SearchRow]) -> Errands {
    let mut errands = Errands::new();
    for row in rows {
        if let Some(page) = row.opened_page_id {
            let errand = (row.person_id, row.began_at);
            errands.entry(errand).or_default().push((row.at, page));
        }
    }
    errands
}

/// The page that was opened most often by those who went on looking.
fn then_opened(group: &Group<'_>, later: &Errands) -> Option<PageId> {
    let mut counts: HashMap<PageId, usize> = HashMap::new();
    for row in &group.rows {
        let errand = later.get(&(row.person_id, row.began_at)).into_iter().flatten();
        for (_, page) in errand.filter(|(at, _)| *at > row.at) {
            *counts.entry(*page).or_default() += 1;
        }
    }
    let best = counts.into_iter().max_by_key(|(page, count)| (*count, *page));
    best.map(|(page, _)| page)
}
