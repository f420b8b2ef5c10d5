//! Lists of reports: the reporter's own, the triage queue and board, those about a page; and the counts of the sidebar.

use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use dugri_core::intel::{IntelKind, IntelState, MessageKind, Subject};
use dugri_core::{Access, IntelId, PageId, PersonId, Role, SpaceId, Time, TopicId};

use super::{Loaded, Report, report, reports, triaged, visible};
use crate::schema::{intel, intel_messages, intel_topics, people};
use crate::visible::spaces;
use crate::{Db, Error};

/// The numbers of the sidebar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New reports in the spaces that one triages.
    pub new: i64,
    /// Those of them whose first response is late.
    pub late: i64,
    /// Own reports with an answer that one has not looked at.
    pub unread: i64,
}

/// Which of the own reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MineFilter {
    /// All.
    #[default]
    All,
    /// Those without an outcome.
    Waiting,
    /// Those that changed a page.
    Published,
}

/// How many own reports there are of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MineTotals {
    /// All.
    pub all: i64,
    /// Those without an outcome.
    pub waiting: i64,
    /// Those that changed a page.
    pub published: i64,
}

/// What to show of the triage queue. Empty shows all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Of one space.
    pub space: Option<SpaceId>,
    /// About one kind of party.
    pub subject: Option<Subject>,
    /// Of one kind.
    pub kind: Option<IntelKind>,
    /// With one topic.
    pub topic: Option<TopicId>,
    /// Given to one person.
    pub assignee: Option<PersonId>,
}

/// The states of reports without an outcome.
pub(super) const OPEN: [&str; 3] = [
    IntelState::New.as_str(),
    IntelState::Acknowledged.as_str(),
    IntelState::InWork.as_str(),
];

/// An own report with something that its reporter has not looked at: an outcome, or a reply by somebody else.
macro_rules! unread {
    ($person:expr) => {
        intel::reporter_id.eq($person.0).and(
            intel::closed_at
                .is_not_null()
                .and(
                    intel::closed_by
                        .is_null()
                        .or(intel::closed_by.assume_not_null().ne($person.0)),
                )
                .and(intel::seen_at.is_null().or(intel::seen_at.lt(intel::closed_at)))
                .assume_not_null()
                .or(exists(
                    intel_messages::table
                        .filter(intel_messages::intel_id.eq(intel::id))
                        .filter(intel_messages::kind.eq(MessageKind::Reply.as_str()))
                        .filter(intel_messages::author_id.ne($person.0))
                        .filter(
                            intel::seen_at
                                .is_null()
                                .or(intel::seen_at.lt(intel_messages::at.nullable()).assume_not_null()),
                        ),
                )),
        )
    };
}

/// The numbers of the sidebar.
pub fn counts(db: &mut Db, access: &Access, now: Time) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    if access.anywhere(Role::Editor) {
        let new = || {
            intel::table
                .filter(triaged(access))
                .filter(intel::state.eq(IntelState::New.as_str()))
        };
        counts.new = new().count().get_result(db.conn())?;
        counts.late = new()
            .filter(intel::first_response_due.le(now.naive_utc()))
            .count()
            .get_result(db.conn())?;
    }
    counts.unread = intel::table
        .filter(unread!(access.person))
        .count()
        .get_result(db.conn())?;
    Ok(counts)
}

/// Which of these own reports have something new for their reporter.
pub fn unread_of(db: &mut Db, access: &Access, ids: &[IntelId]) -> Result<Vec<IntelId>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let found: Vec<i64> = intel::table
        .filter(intel::id.eq_any(ids))
        .filter(unread!(access.person))
        .select(intel::id)
        .load(db.conn())?;
    Ok(found.into_iter().map(IntelId).collect())
}

/// How many own reports there are.
pub fn mine_totals(db: &mut Db, access: &Access) -> Result<MineTotals, Error> {
    let rows: Vec<(String, i64)> = intel::table
        .filter(intel::reporter_id.eq(access.person.0))
        .group_by(intel::state)
        .select((intel::state, count_star()))
        .load(db.conn())?;
    let sum = |states: &[&str]| {
        rows.iter()
            .filter(|(state, _)| states.contains(&state.as_str()))
            .map(|(_, n)| n)
            .sum()
    };
    Ok(MineTotals {
        all: rows.iter().map(|(_, n)| n).sum(),
        waiting: sum(&OPEN),
        published: sum(&[IntelState::Published.as_str()]),
    })
}

/// Own reports that wait to be looked at, newest first.
pub fn list_unread(
    db: &mut Db,
    access: &Access,
    filter: MineFilter,
    limit: i64,
) -> Result<Vec<Report>, Error> {
    let mut query = reports!(access).filter(unread!(access.person)).into_boxed();
    query = match filter {
        MineFilter::All => query,
        MineFilter::Waiting => query.filter(intel::state.eq_any(OPEN)),
        MineFilter::Published => query.filter(intel::state.eq(IntelState::Published.as_str())),
    };
    let rows: Vec<Loaded> = query.order(intel::id.desc()).limit(limit).load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// The other own reports, newest first, below `before`.
pub fn list_mine(
    db: &mut Db,
    access: &Access,
    filter: MineFilter,
    before: Option<IntelId>,
    limit: i64,
) -> Result<Vec<Report>, Error> {
    let mut query = reports!(access)
        .filter(intel::reporter_id.eq(access.person.0))
        .filter(not(unread!(access.person)))
        .into_boxed();
    query = match filter {
        MineFilter::All => query,
        MineFilter::Waiting => query.filter(intel::state.eq_any(OPEN)),
        MineFilter::Published => query.filter(intel::state.eq(IntelState::Published.as_str())),
    };
    if let Some(before) = before {
        query = query.filter(intel::id.lt(before.0));
    }
    let rows: Vec<Loaded> = query.order(intel::id.desc()).limit(limit).load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// Everything that one may read, newest first, below `before`: the list of the API.
pub fn list(
    db: &mut Db,
    access: &Access,
    state: Option<IntelState>,
    before: Option<IntelId>,
    limit: i64,
) -> Result<Vec<Report>, Error> {
    let mut query = reports!(access).filter(visible(access)).into_boxed();
    if let Some(state) = state {
        query = query.filter(intel::state.eq(state.as_str()));
    }
    if let Some(before) = before {
        query = query.filter(intel::id.lt(before.0));
    }
    let rows: Vec<Loaded> = query.order(intel::id.desc()).limit(limit).load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// The latest reports with a topic that one may read, without those that became part of another one.
pub fn list_of_topic(db: &mut Db, access: &Access, topic: TopicId, limit: i64) -> Result<Vec<Report>, Error> {
    let rows: Vec<Loaded> = reports!(access)
        .filter(visible(access))
        .filter(intel::merged_into.is_null())
        .filter(exists(
            intel_topics::table
                .filter(intel_topics::intel_id.eq(intel::id))
                .filter(intel_topics::topic_id.eq(topic.0)),
        ))
        .order(intel::id.desc())
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// Narrows a boxed query of reports by a filter of the queue.
macro_rules! narrowed {
    ($query:expr, $filter:expr) => {{
        let (mut query, filter) = ($query, $filter);
        if let Some(space) = filter.space {
            query = query.filter(intel::space_id.eq(space.0));
        }
        if let Some(subject) = filter.subject {
            query = query.filter(intel::subject.eq(subject.as_str()));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(intel::kind.eq(kind.as_str()));
        }
        if let Some(person) = filter.assignee {
            query = query.filter(intel::assignee_id.eq(person.0));
        }
        if let Some(topic) = filter.topic {
            query = query.filter(exists(
                intel_topics::table
                    .filter(intel_topics::intel_id.eq(intel::id))
                    .filter(intel_topics::topic_id.eq(topic.0)),
            ));
        }
        query
    }};
}

/// The reports to triage in one state. New ones: soonest first response first; others without an outcome: soonest outcome first.
pub fn list_queue(
    db: &mut Db,
    access: &Access,
    state: IntelState,
    filter: &QueueFilter,
    limit: i64,
) -> Result<Vec<Report>, Error> {
    let query = reports!(access)
        .filter(triaged(access))
        .filter(intel::state.eq(state.as_str()))
        .into_boxed();
    let query = narrowed!(query, filter);
    let rows: Vec<Loaded> = match state {
        IntelState::New => query.order((intel::first_response_due, intel::id)),
        _ => query.order((intel::resolution_due, intel::id)),
    }
    .limit(limit)
    .load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// The reports that got one of these outcomes since a time, newest outcome first.
pub fn list_closed(
    db: &mut Db,
    access: &Access,
    states: &[IntelState],
    since: Time,
    filter: &QueueFilter,
    limit: i64,
) -> Result<Vec<Report>, Error> {
    let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let query = reports!(access)
        .filter(triaged(access))
        .filter(intel::state.eq_any(states))
        .filter(intel::closed_at.gt(since.naive_utc()))
        .into_boxed();
    let rows: Vec<Loaded> = narrowed!(query, filter)
        .order((intel::closed_at.desc(), intel::id.desc()))
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// How many reports to triage there are in each state; closed ones since a time.
pub fn count_queue(
    db: &mut Db,
    access: &Access,
    filter: &QueueFilter,
    since: Time,
) -> Result<Vec<(IntelState, i64)>, Error> {
    let mut counts = Vec::new();
    for state in IntelState::ALL {
        let mut query = intel::table
            .filter(triaged(access))
            .filter(intel::state.eq(state.as_str()))
            .into_boxed();
        if state.is_closed() {
            query = query.filter(intel::closed_at.gt(since.naive_utc()));
        }
        let count = narrowed!(query, filter).count().get_result(db.conn())?;
        counts.push((*state, count));
    }
    Ok(counts)
}

/// How many reports about a page wait for an outcome, of those that one may read.
pub fn count_open_about(db: &mut Db, access: &Access, page: PageId) -> Result<i64, Error> {
    Ok(intel::table
        .filter(visible(access))
        .filter(intel::page_id.eq(page.0))
        .filter(intel::closed_at.is_null())
        .count()
        .get_result(db.conn())?)
}

/// The reports about a page that one may read, newest first.
pub fn list_about(db: &mut Db, access: &Access, page: PageId, limit: i64) -> Result<Vec<Report>, Error> {
    let rows: Vec<Loaded> = reports!(access)
        .filter(visible(access))
        .filter(intel::page_id.eq(page.0))
        .filter(intel::state.ne(IntelState::Merged.as_str()))
        .order(intel::id.desc())
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// The reports that became part of this one.
pub fn list_merged(db: &mut Db, access: &Access, into: IntelId) -> Result<Vec<Report>, Error> {
    let rows: Vec<Loaded> = reports!(access)
        .filter(triaged(access))
        .filter(intel::merged_into.eq(into.0))
        .order(intel::id)
        .load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// What a comparison of texts needs of the reports that came in since a time, newest first, without the merged ones.
pub fn list_recent(db: &mut Db, access: &Access, since: Time, limit: i64) -> Result<Vec<Report>, Error> {
    let rows: Vec<Loaded> = reports!(access)
        .filter(triaged(access))
        .filter(intel::at.gt(since.naive_utc()))
        .filter(intel::state.ne(IntelState::Merged.as_str()))
        .order(intel::id.desc())
        .limit(limit)
        .load(db.conn())?;
    rows.into_iter().map(report).collect()
}

/// Who may be given a report of a space: whoever triages there by an own role or a group's, and is active.
pub fn list_assignable(db: &mut Db, access: &Access, space: SpaceId) -> Result<Vec<PersonId>, Error> {
    use crate::schema::{members, roles};
    if !spaces(access, Role::Editor).contains(&space.0) {
        return Ok(Vec::new());
    }
    let roles = roles::table
        .filter(roles::space_id.eq(space.0))
        .filter(roles::rank.ge(Role::Editor.rank()));
    let mut ids: Vec<i64> = roles
        .filter(roles::person_id.is_not_null())
        .select(roles::person_id.assume_not_null())
        .load(db.conn())?;
    let groups: Vec<i64> = roles
        .filter(roles::group_id.is_not_null())
        .select(roles::group_id.assume_not_null())
        .load(db.conn())?;
    ids.extend(
        members::table
            .filter(members::group_id.eq_any(groups))
            .select(members::person_id)
            .load::<i64>(db.conn())?,
    );
    let active: Vec<i64> = people::table
        .filter(people::active.eq(true))
        .filter(people::id.eq_any(ids).or(people::admin.eq(true)))
        .order((people::name, people::id))
        .select(people::id)
        .load(db.conn())?;
    Ok(active.into_iter().map(PersonId).collect())
}
