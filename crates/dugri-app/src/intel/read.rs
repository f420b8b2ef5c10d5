//! Reports as screens and the API list them: the own ones, the queue, the board. One in full is in `detail`.
//!
//! A [`Card`] is a report with the names that its reader may know. The queries give no more than that; nothing is
//! filtered here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use dugri_core::intel::{Clock, IntelState, MessageKind, clock};
use dugri_core::{IntelId, PersonId, Role, Time};
use dugri_store::intel::published::{ends_of_merged, previous_revision};
use dugri_store::intel::{Citation, Message, MineFilter, MineTotals, QueueFilter, Report, lists, parts};
use dugri_store::names::PersonName;
use dugri_store::spaces::SpaceRow;
use dugri_store::topics::TopicRow;
use dugri_store::{Db, intel as store, revisions, spaces};
use dugri_text::diff::{self, Options, Redline, Run};
use dugri_text::{RenderFor, Target};

pub use dugri_store::intel::Counts;

use crate::pages::in_read;
use crate::render::{self, Links};
use crate::{Actor, App, Error, words};

/// Reports on a screen of a list.
const LIST_MAX: i64 = 20;
/// Reports in a column of the board or a part of the queue.
const QUEUE_MAX: i64 = 100;

/// A report with what a line of a list shows of it.
#[derive(Debug, Clone)]
pub struct Card {
    /// The report.
    pub report: Report,
    /// Its topics.
    pub topics: Vec<TopicRow>,
    /// Who reported, where that may be known.
    pub reporter: Option<PersonName>,
    /// Who answers for it.
    pub assignee: Option<PersonName>,
    /// Who first responded.
    pub acknowledged_by: Option<PersonName>,
    /// Who gave the outcome.
    pub closed_by: Option<PersonName>,
    /// The clock it is measured by, while it is open.
    pub clock: Option<Clock>,
    /// How it ended; for a merged report, how the one that it became part of ended, once it has.
    pub end: Option<IntelState>,
    /// The publications it led to, as far as the reader may read them; the outcome first.
    pub citations: Vec<Citation>,
    /// The conversation, as far as the reader may read it.
    pub messages: Vec<Said>,
    /// Whether there is something in it that its reporter has not looked at.
    pub unread: bool,
}

/// A line of the conversation with its author.
#[derive(Debug, Clone)]
pub struct Said {
    /// The line.
    pub message: Message,
    /// Who wrote it, where that may be known.
    pub author: Option<PersonName>,
}

/// What a publication changed.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The number of the publication before; `None` if the page is new.
    pub before: Option<i64>,
    /// The title with what changed in it, where it did.
    pub title: Option<Vec<Run>>,
    /// The changed blocks of the text, nothing around them.
    pub redline: Redline,
}

/// The own reports.
#[derive(Debug, Clone)]
pub struct Mine {
    /// Those with something new, on the first page of the list.
    pub unread: Vec<Card>,
    /// The others, newest first.
    pub others: Vec<Card>,
    /// How many there are.
    pub totals: MineTotals,
    /// What the published ones changed.
    pub changed: BTreeMap<IntelId, Changed>,
    /// Where the next page of the list begins.
    pub next: Option<IntelId>,
}

/// The triage queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// New, acknowledged, in work: the state, how many there are, the first of them.
    pub parts: Vec<(IntelState, i64, Vec<Card>)>,
    /// The numbers of the sidebar.
    pub counts: Counts,
    /// The spaces that the actor triages.
    pub spaces: Vec<SpaceRow>,
}

/// A column of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Nobody has looked at it.
    New,
    /// Acknowledged or in work.
    Acknowledged,
    /// A page was changed.
    ActedOn,
    /// Answered, declined, merged.
    Closed,
}

/// The board.
#[derive(Debug, Clone)]
pub struct Board {
    /// The columns with how many there are and the first of them.
    pub columns: Vec<(Column, i64, Vec<Card>)>,
    /// The numbers of the sidebar.
    pub counts: Counts,
    /// The spaces that the actor triages.
    pub spaces: Vec<SpaceRow>,
}

/// The numbers of the sidebar.
pub fn counts(app: &App, actor: &Actor) -> Result<Counts, Error> {
    let now = app.now();
    in_read(app, |db| Ok(lists::counts(db, &actor.access, now)?))
}

/// The own reports: those with something new first, then the others below `before`.
pub fn mine(app: &App, actor: &Actor, filter: MineFilter, before: Option<IntelId>) -> Result<Mine, Error> {
    let now = app.now();
    in_read(app, |db| {
        let access = &actor.access;
        let unread = match before {
            None => lists::list_unread(db, access, filter, LIST_MAX)?,
            Some(_) => Vec::new(),
        };
        let mut others = lists::list_mine(db, access, filter, before, LIST_MAX + 1)?;
        let next = (others.len() as i64 > LIST_MAX)
            .then(|| {
                others.pop();
                others.last().map(|report| report.id)
            })
            .flatten();
        let (unread, others) = (cards(db, actor, now, unread)?, cards(db, actor, now, others)?);
        let mut changed = BTreeMap::new();
        for card in unread.iter().chain(&others) {
            if let Some(change) = changed_by(db, actor, now, card)? {
                changed.insert(card.report.id, change);
            }
        }
        Ok(Mine {
            unread,
            others,
            totals: lists::mine_totals(db, access)?,
            changed,
            next,
        })
    })
}

/// What the actor may read, newest first, below `before`: own reports and those of the spaces that the actor triages.
pub fn list(
    app: &App,
    actor: &Actor,
    state: Option<IntelState>,
    before: Option<IntelId>,
    limit: i64,
) -> Result<Vec<Card>, Error> {
    let now = app.now();
    in_read(app, |db| {
        let reports = lists::list(db, &actor.access, state, before, limit)?;
        cards(db, actor, now, reports)
    })
}

/// The triage queue. For whom nothing is to be triaged anywhere, it does not exist.
pub fn queue(app: &App, actor: &Actor, filter: &QueueFilter) -> Result<Queue, Error> {
    triages_somewhere(actor)?;
    let now = app.now();
    in_read(app, |db| {
        let access = &actor.access;
        let totals = lists::count_queue(db, access, filter, now)?;
        let mut parts = Vec::new();
        for state in [IntelState::New, IntelState::Acknowledged, IntelState::InWork] {
            let reports = lists::list_queue(db, access, state, filter, QUEUE_MAX)?;
            let total = total(&totals, &[state]);
            parts.push((state, total, cards(db, actor, now, reports)?));
        }
        Ok(Queue {
            parts,
            counts: lists::counts(db, access, now)?,
            spaces: spaces::list_with(db, access, Role::Editor)?,
        })
    })
}

/// The board: what is open, and what was closed lately.
pub fn board(app: &App, actor: &Actor, filter: &QueueFilter) -> Result<Board, Error> {
    triages_somewhere(actor)?;
    let now = app.now();
    let since = now - Duration::days(super::BOARD_DAYS);
    in_read(app, |db| {
        let access = &actor.access;
        let totals = lists::count_queue(db, access, filter, since)?;
        let mut columns = Vec::new();
        for (column, states) in COLUMNS {
            let reports = match column {
                Column::New | Column::Acknowledged => {
                    let mut reports = Vec::new();
                    for state in states {
                        reports.extend(lists::list_queue(db, access, *state, filter, QUEUE_MAX)?);
                    }
                    reports
                }
                Column::ActedOn | Column::Closed => {
                    lists::list_closed(db, access, states, since, filter, QUEUE_MAX)?
                }
            };
            columns.push((column, total(&totals, states), cards(db, actor, now, reports)?));
        }
        Ok(Board {
            columns,
            counts: lists::counts(db, access, now)?,
            spaces: spaces::list_with(db, access, Role::Editor)?,
        })
    })
}

const COLUMNS: [(Column, &[IntelState]); 4] = [
    (Column::New, &[IntelState::New]),
    (
        Column::Acknowledged,
        &[IntelState::Acknowledged, IntelState::InWork],
    ),
    (Column::ActedOn, &[IntelState::Published]),
    (
        Column::Closed,
        &[IntelState::Answered, IntelState::Declined, IntelState::Merged],
    ),
];

fn total(totals: &[(IntelState, i64)], states: &[IntelState]) -> i64 {
    totals
        .iter()
        .filter(|(state, _)| states.contains(state))
        .map(|(_, n)| n)
        .sum()
}

pub(super) fn triages_somewhere(actor: &Actor) -> Result<(), Error> {
    if actor.access.anywhere(Role::Editor) {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Dresses reports: a fixed number of queries for any number of them.
pub(crate) fn cards(db: &mut Db, actor: &Actor, now: Time, reports: Vec<Report>) -> Result<Vec<Card>, Error> {
    let access = &actor.access;
    let ids: Vec<IntelId> = reports.iter().map(|report| report.id).collect();
    let mut topics = parts::topics_of(db, &ids)?;
    let mut messages = parts::messages_of(db, access, &ids)?;
    let citations = store::cited_by(db, access, now, &ids)?;
    let ends: BTreeMap<_, _> = ends_of_merged(db, access, &ids)?.into_iter().collect();
    let unread: BTreeSet<_> = lists::unread_of(db, access, &ids)?.into_iter().collect();
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    for report in &reports {
        people.extend(
            [
                report.reporter,
                report.assignee,
                report.acknowledged_by,
                report.closed_by,
            ]
            .into_iter()
            .flatten(),
        );
    }
    people.extend(messages.values().flatten().filter_map(|message| message.author));
    people.extend(citations.iter().map(|citation| citation.by));
    let names = parts::names_of(db, &people.into_iter().collect::<Vec<_>>())?;
    let name = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned());
    Ok(reports
        .into_iter()
        .map(|report| unmerged_for_reporter(actor, report))
        .map(|report| Card {
            topics: topics.remove(&report.id).unwrap_or_default(),
            reporter: name(report.reporter),
            assignee: name(report.assignee),
            acknowledged_by: name(report.acknowledged_by),
            closed_by: name(report.closed_by),
            clock: clock(
                report.state,
                report.first_response_due,
                report.resolution_due,
                now,
            ),
            end: match report.state {
                IntelState::Merged => ends.get(&report.id).copied().filter(|state| state.is_closed()),
                state => state.is_closed().then_some(state),
            },
            citations: citations
                .iter()
                .filter(|c| c.intel == report.id)
                .cloned()
                .collect(),
            messages: messages
                .remove(&report.id)
                .unwrap_or_default()
                .into_iter()
                .map(|message| Said {
                    author: name(message.author),
                    message,
                })
                .collect(),
            unread: unread.contains(&report.id),
            report,
        })
        .collect())
}

/// Which other report it became part of is told only to those who may read that one.
fn unmerged_for_reporter(actor: &Actor, report: Report) -> Report {
    let merged_into = report
        .merged_into
        .filter(|_| actor.access.has(report.space, Role::Editor));
    Report {
        merged_into,
        ..report
    }
}

pub(super) fn named(db: &mut Db, ids: &[PersonId]) -> Result<Vec<PersonName>, Error> {
    let mut names = parts::names_of(db, ids)?;
    Ok(ids.iter().filter_map(|id| names.remove(id)).collect())
}

/// What the publication that is a report's outcome changed. Only pages that the reader may read are among the citations,
/// so whoever may not read the page sees none of its words.
pub(super) fn changed_by(
    db: &mut Db,
    actor: &Actor,
    now: Time,
    card: &Card,
) -> Result<Option<Changed>, Error> {
    let Some(citation) = card.outcome() else {
        return Ok(None);
    };
    let Some(after) = revisions::find(db, citation.page, citation.revision)? else {
        return Ok(None);
    };
    let Some((number, before)) = previous_revision(db, citation.page, citation.number)? else {
        return Ok(Some(Changed {
            before: None,
            title: None,
            redline: Redline::default(),
        }));
    };
    let before = revisions::find(db, citation.page, before)?
        .ok_or_else(|| Error::internal("a publication without its revision"))?;
    let (before, after) = (revisions::content(db, &before)?, revisions::content(db, &after)?);
    let links = Links::of_texts(db, actor, &[&before.body, &after.body], now)?;
    let how = RenderFor {
        audience: render::audience(actor),
        target: Target::Redline,
        language: render::text_language(citation.language),
        resolve: &|reference| links.resolve(reference),
        words: words::markdown(citation.language),
        heading_tail: None,
    };
    let options = Options {
        context: 0,
        ..Options::default()
    };
    let titles_differ = before.title != after.title;
    Ok(Some(Changed {
        before: Some(number),
        title: titles_differ.then(|| diff::words(&before.title, &after.title, options)),
        redline: diff::redline(&before.body, &after.body, &how, options),
    }))
}

impl Card {
    /// The publication that is its outcome, if the reader may read the page.
    pub fn outcome(&self) -> Option<&Citation> {
        let outcome = self.report.publication?;
        self.citations
            .iter()
            .find(|citation| citation.publication == outcome)
    }

    /// What marketing last said to the reporter.
    pub fn last_reply(&self) -> Option<&Said> {
        self.messages
            .iter()
            .rev()
            .find(|said| said.message.kind == MessageKind::Reply && !said.message.by_reporter)
    }
}
