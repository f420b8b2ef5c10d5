//! One report in full, with what is near it; and the reports about a page.

use chrono::Duration;
use dugri_core::policy::{Object, Verb, may};
use dugri_core::{IntelId, PageId, Role, Time};
use dugri_store::files::FileRow;
use dugri_store::intel::{Report, lists, parts};
use dugri_store::names::PersonName;
use dugri_store::pages::PageLine;
use dugri_store::spaces::SpaceRow;
use dugri_store::topics::TopicRow;
use dugri_store::{Db, intel as store, pages, spaces};

use super::found;
use super::read::{Card, Changed, cards, changed_by, named};
use crate::pages::in_read;
use crate::{Actor, App, Error};

/// Reports that a new one is compared with.
const COMPARED_MAX: i64 = 500;
/// How far back they may lie.
const COMPARED_DAYS: i64 = 180;
/// Similar reports shown.
const SIMILAR_MAX: usize = 5;
/// Pages proposed.
const PAGES_MAX: usize = 4;

/// A report that may tell the same.
#[derive(Debug, Clone)]
pub struct Similar {
    /// The report.
    pub card: Card,
    /// How like, in percent.
    pub percent: u8,
}

/// A report in full.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The report.
    pub card: Card,
    /// Whether the actor triages it.
    pub triages: bool,
    /// Its files.
    pub files: Vec<FileRow>,
    /// The page it is linked to, if the actor may read it.
    pub page: Option<PageLine>,
    /// The reports that became part of it; for those who triage.
    pub merged: Vec<Card>,
    /// Reports that may tell the same; for those who triage, while it is open.
    pub similar: Vec<Similar>,
    /// Pages that it could change; for those who triage.
    pub pages: Vec<PageLine>,
    /// Whom it can be given to; for those who triage.
    pub assignable: Vec<PersonName>,
    /// The spaces it can be moved to; for those who triage.
    pub spaces: Vec<SpaceRow>,
    /// What its publication changed, if the actor may read the page.
    pub changed: Option<Changed>,
}

/// What the empty form knows beforehand.
#[derive(Debug, Clone, Default)]
pub struct Prefill {
    /// The page, if it is there and the actor may read it.
    pub page: Option<PageLine>,
}

/// A report in full.
pub fn detail(app: &App, actor: &Actor, id: IntelId) -> Result<Detail, Error> {
    let now = app.now();
    in_read(app, |db| {
        let report = store::get(db, &actor.access, id)?.ok_or(Error::NotFound)?;
        in_full(db, actor, now, report)
    })
}

fn in_full(db: &mut Db, actor: &Actor, now: Time, report: Report) -> Result<Detail, Error> {
    let access = &actor.access;
    let space = report.space;
    let triages = may(
        access,
        Verb::Triage,
        Object::Space(space, dugri_core::spaces::Policy::Open),
    );
    let Some(card) = cards(db, actor, now, vec![report])?.pop() else {
        return Err(Error::internal("a report without its card"));
    };
    let id = card.report.id;
    let mut detail = Detail {
        files: parts::files_of(db, access, &[id])?
            .remove(&id)
            .unwrap_or_default(),
        page: match card.report.page {
            Some(page) => pages::line(db, access, page, now)?,
            None => None,
        },
        changed: changed_by(db, actor, now, &card)?,
        triages,
        card,
        merged: Vec::new(),
        similar: Vec::new(),
        pages: Vec::new(),
        assignable: Vec::new(),
        spaces: Vec::new(),
    };
    if triages {
        let merged = lists::list_merged(db, access, id)?;
        detail.merged = cards(db, actor, now, merged)?;
        if !detail.card.report.state.is_closed() {
            detail.similar = similar(db, actor, now, &detail.card)?;
        }
        detail.pages = proposed(db, actor, now, &detail)?;
        let assignable = lists::list_assignable(db, access, space)?;
        detail.assignable = named(db, &assignable)?;
        detail.spaces = spaces::list_with(db, access, Role::Editor)?;
    }
    Ok(detail)
}

/// Pages with the report's topics, without the one it is linked to.
fn proposed(db: &mut Db, actor: &Actor, now: Time, detail: &Detail) -> Result<Vec<PageLine>, Error> {
    let topics: Vec<_> = detail.card.topics.iter().map(|topic| topic.id).collect();
    let mut pages = parts::pages_with_topics(db, &actor.access, now, &topics, PAGES_MAX + 1)?;
    pages.retain(|line| Some(line.page.id) != detail.card.report.page);
    pages.truncate(PAGES_MAX);
    Ok(pages)
}

/// Reports of the last months that share words with this one, the likest first.
fn similar(db: &mut Db, actor: &Actor, now: Time, card: &Card) -> Result<Vec<Similar>, Error> {
    let since = now - Duration::days(COMPARED_DAYS);
    let mut reports = lists::list_recent(db, &actor.access, since, COMPARED_MAX)?;
    reports.retain(|report| report.id != card.report.id);
    let ids: Vec<IntelId> = reports.iter().map(|report| report.id).collect();
    let topics = parts::topics_of(db, &ids)?;
    let profile = |report: &Report, topics: &[TopicRow]| {
        let texts = [report.what.as_str(), &report.quote, &report.account];
        found::profile(texts, topics.iter().map(|topic| topic.id))
    };
    let profiles: Vec<_> = reports
        .iter()
        .map(|report| profile(report, topics.get(&report.id).map_or(&[], Vec::as_slice)))
        .collect();
    let likeness = found::likeness(&profile(&card.report, &card.topics), &profiles);
    let mut ranked: Vec<(f64, Report)> = likeness
        .into_iter()
        .zip(reports)
        .filter(|(like, _)| *like >= found::LIKENESS_MIN)
        .collect();
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    ranked.truncate(SIMILAR_MAX);
    let percents: Vec<u8> = ranked
        .iter()
        .map(|(like, _)| (like * 100.0).round() as u8)
        .collect();
    let cards = cards(
        db,
        actor,
        now,
        ranked.into_iter().map(|(_, report)| report).collect(),
    )?;
    Ok(cards
        .into_iter()
        .zip(percents)
        .map(|(card, percent)| Similar { card, percent })
        .collect())
}

/// The reports about a page that the actor may read.
pub type About = Vec<Card>;

/// The reports about a page that the actor may read, newest first: 'from the field' beside the page.
pub fn about_page(app: &App, actor: &Actor, page: PageId, limit: i64) -> Result<About, Error> {
    let now = app.now();
    in_read(app, |db| {
        let reports = lists::list_about(db, &actor.access, page, limit)?;
        cards(db, actor, now, reports)
    })
}

/// What the empty form knows beforehand: the page it was opened from.
pub fn prefill(app: &App, actor: &Actor, page: &str) -> Result<Prefill, Error> {
    let Some(id) = dugri_core::PublicId::parse(page.trim()) else {
        return Ok(Prefill::default());
    };
    let now = app.now();
    in_read(app, |db| {
        let page = match pages::find(db, &actor.access, &id, now)? {
            Some(page) => pages::line(db, &actor.access, page.row.id, now)?,
            None => None,
        };
        Ok(Prefill { page })
    })
}
