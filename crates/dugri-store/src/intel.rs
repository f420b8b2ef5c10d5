//! Intel: the field's reports, as rows.
//!
//! Who may read a report is [`visible`]: its reporter, and the editors of the space in which it lies. The name
//! of a confidential reporter is joined in only for managers: no row that somebody else gets has it.

pub mod import;
pub mod lists;
pub mod parts;
pub mod published;
pub mod steps;
pub mod submit;

use diesel::dsl::{Eq, EqAny, Or};
use diesel::prelude::*;
use dugri_core::intel::{Certainty, IntelKind, IntelState, Subject};
use dugri_core::policy::Object;
use dugri_core::{Access, IntelId, PageId, PersonId, PublicationId, RevisionId, Role, SpaceId, Time};

use crate::schema::{intel, people};
use crate::visible::spaces;
use crate::{Db, Error};

pub use lists::{Counts, MineFilter, MineTotals, QueueFilter};
pub use parts::Message;
pub use published::{Citation, cited_by, publish_cited, start_cited};
pub use steps::Step;
pub use submit::{NewReport, Submitted, submit};

/// A report through somebody's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its number.
    pub id: IntelId,
    /// Who reported; `None` where the name is confidential and not for these eyes.
    pub reporter: Option<PersonId>,
    /// Whether the reader is the reporter.
    pub own: bool,
    /// Where it lies.
    pub space: SpaceId,
    /// Where it stands.
    pub state: IntelState,
    /// About whom it is.
    pub subject: Subject,
    /// How certain the reporter is.
    pub certainty: Certainty,
    /// What it is, where the reporter says so.
    pub kind: Option<IntelKind>,
    /// What happened.
    pub what: String,
    /// Where it was heard: a fair, a call.
    pub channel: String,
    /// The customer it was heard at.
    pub account: String,
    /// Words of somebody else.
    pub quote: String,
    /// Whether the reporter calls it urgent.
    pub urgent: bool,
    /// Whether only managers see the reporter's name.
    pub confidential: bool,
    /// The page it concerns.
    pub page: Option<PageId>,
    /// The revision of that page that the reporter saw.
    pub revision: Option<RevisionId>,
    /// The section of that page.
    pub section: String,
    /// The words of that page.
    pub passage: String,
    /// Who answers for it.
    pub assignee: Option<PersonId>,
    /// When it came in.
    pub at: Time,
    /// Until when a first response is promised.
    pub first_response_due: Time,
    /// Until when an outcome is promised.
    pub resolution_due: Time,
    /// When somebody of marketing first responded.
    pub acknowledged_at: Option<Time>,
    /// Who.
    pub acknowledged_by: Option<PersonId>,
    /// When it got its outcome; a merged report: the outcome of the one it became part of, once that has one.
    pub closed_at: Option<Time>,
    /// Who gave it.
    pub closed_by: Option<PersonId>,
    /// The answer or the reason.
    pub outcome: String,
    /// The publication that is its outcome.
    pub publication: Option<PublicationId>,
    /// The report it became part of.
    pub merged_into: Option<IntelId>,
    /// When the reporter last looked at it.
    pub seen_at: Option<Time>,
}

/// Which reports somebody may read: the own ones, and those of the spaces whose editor they are.
pub(crate) type Visible = Or<Eq<intel::reporter_id, i64>, EqAny<intel::space_id, Vec<i64>>>;

/// The one filter of every query on reports.
pub(crate) fn visible(access: &Access) -> Visible {
    intel::reporter_id
        .eq(access.person.0)
        .or(intel::space_id.eq_any(spaces(access, Role::Editor)))
}

/// Which reports somebody triages.
pub(crate) fn triaged(access: &Access) -> EqAny<intel::space_id, Vec<i64>> {
    intel::space_id.eq_any(spaces(access, Role::Editor))
}

/// `intel` with the reporter joined in where `access` may see the name; ready for `.filter(…)`.
macro_rules! reports {
    ($access:expr) => {
        intel::table
            .left_join(
                people::table.on(people::id.eq(intel::reporter_id).and(
                    intel::confidential
                        .eq(false)
                        .or(intel::reporter_id.eq($access.person.0))
                        .or(intel::space_id
                            .eq_any($crate::visible::spaces($access, dugri_core::Role::Manager))),
                )),
            )
            .select((
                $crate::intel::ReportRow::as_select(),
                people::id.nullable(),
                intel::reporter_id.eq($access.person.0),
            ))
    };
}
pub(crate) use reports;

/// What the queries made with `reports!` give.
pub(crate) type Loaded = (ReportRow, Option<i64>, bool);

/// A row of `intel` without the reporter.
#[derive(Queryable, Selectable)]
#[diesel(table_name = intel)]
pub(crate) struct ReportRow {
    id: i64,
    space_id: i64,
    state: String,
    subject: String,
    certainty: String,
    kind: Option<String>,
    what: String,
    channel: String,
    account: String,
    quote: String,
    urgent: bool,
    confidential: bool,
    page_id: Option<i64>,
    revision_id: Option<i64>,
    section: String,
    passage: String,
    assignee_id: Option<i64>,
    at: chrono::NaiveDateTime,
    first_response_due: chrono::NaiveDateTime,
    resolution_due: chrono::NaiveDateTime,
    acknowledged_at: Option<chrono::NaiveDateTime>,
    acknowledged_by: Option<i64>,
    closed_at: Option<chrono::NaiveDateTime>,
    closed_by: Option<i64>,
    outcome: String,
    publication_id: Option<i64>,
    merged_into: Option<i64>,
    seen_at: Option<chrono::NaiveDateTime>,
}

/// Turns what a query gave into a report.
pub(crate) fn report((row, reporter, own): Loaded) -> Result<Report, Error> {
    Ok(Report {
        id: IntelId(row.id),
        reporter: reporter.map(PersonId),
        own,
        space: SpaceId(row.space_id),
        state: word(&row.state)?,
        subject: word(&row.subject)?,
        certainty: word(&row.certainty)?,
        kind: row.kind.as_deref().map(word).transpose()?,
        what: row.what,
        channel: row.channel,
        account: row.account,
        quote: row.quote,
        urgent: row.urgent,
        confidential: row.confidential,
        page: row.page_id.map(PageId),
        revision: row.revision_id.map(RevisionId),
        section: row.section,
        passage: row.passage,
        assignee: row.assignee_id.map(PersonId),
        at: row.at.and_utc(),
        first_response_due: row.first_response_due.and_utc(),
        resolution_due: row.resolution_due.and_utc(),
        acknowledged_at: row.acknowledged_at.map(|at| at.and_utc()),
        acknowledged_by: row.acknowledged_by.map(PersonId),
        closed_at: row.closed_at.map(|at| at.and_utc()),
        closed_by: row.closed_by.map(PersonId),
        outcome: row.outcome,
        publication: row.publication_id.map(PublicationId),
        merged_into: row.merged_into.map(IntelId),
        seen_at: row.seen_at.map(|at| at.and_utc()),
    })
}

/// Reads a word of a closed vocabulary; the database holds only such words.
pub(crate) fn word<T: std::str::FromStr<Err = dugri_core::words::UnknownWord>>(
    text: &str,
) -> Result<T, Error> {
    text.parse()
        .map_err(|unknown: dugri_core::words::UnknownWord| Error::Database(unknown.to_string()))
}

/// One report.
pub fn get(db: &mut Db, access: &Access, id: IntelId) -> Result<Option<Report>, Error> {
    reports!(access)
        .filter(intel::id.eq(id.0))
        .filter(visible(access))
        .first::<Loaded>(db.conn())
        .optional()?
        .map(report)
        .transpose()
}

/// What a decision on rights needs to know of a report, if `access` may read it.
pub fn object(db: &mut Db, access: &Access, id: IntelId) -> Result<Option<Object>, Error> {
    let found: Option<(i64, i64, bool)> = intel::table
        .filter(intel::id.eq(id.0))
        .filter(visible(access))
        .select((intel::space_id, intel::reporter_id, intel::confidential))
        .first(db.conn())
        .optional()?;
    Ok(found.map(|(space, reporter, confidential)| Object::Intel {
        space: SpaceId(space),
        reporter: PersonId(reporter),
        confidential,
    }))
}

/// Which of these reports `access` may read; for whoever cites them.
pub fn readable(db: &mut Db, access: &Access, ids: &[IntelId]) -> Result<Vec<IntelId>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let found: Vec<i64> = intel::table
        .filter(intel::id.eq_any(ids))
        .filter(visible(access))
        .select(intel::id)
        .order(intel::id)
        .load(db.conn())?;
    Ok(found.into_iter().map(IntelId).collect())
}

/// Who reported, whoever asks: for the follower that tells them of an outcome.
pub fn reporter_unfiltered(db: &mut Db, id: IntelId) -> Result<Option<PersonId>, Error> {
    Ok(intel::table
        .find(id.0)
        .select(intel::reporter_id)
        .first::<i64>(db.conn())
        .optional()?
        .map(PersonId))
}

/// The page that a report is about, whoever asks: for the follower that tells its owner.
pub fn page_unfiltered(db: &mut Db, id: IntelId) -> Result<Option<PageId>, Error> {
    Ok(intel::table
        .find(id.0)
        .select(intel::page_id)
        .first::<Option<i64>>(db.conn())
        .optional()?
        .flatten()
        .map(PageId))
}

/// All reports, ascending, whoever may read them: for the indexer and the export.
pub fn list_unfiltered(db: &mut Db, after: IntelId, limit: i64) -> Result<Vec<Report>, Error> {
    intel::table
        .filter(intel::id.gt(after.0))
        .order(intel::id)
        .limit(limit)
        .select((
            ReportRow::as_select(),
            intel::reporter_id.nullable(),
            // Nobody's own: there is no reader here.
            intel::id.lt(0),
        ))
        .load::<Loaded>(db.conn())?
        .into_iter()
        .map(report)
        .collect()
}
