//! The API of gaps: what is searched for in vain.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::gaps::{self, Answers, Gap, Period, STEPS};
use dugri_app::searches::SearchRow;
use dugri_app::{App, searches};
use dugri_core::GapId;
use dugri_core::gaps::GapState;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::Problem;
use super::{done, json};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;

/// The part of the API about gaps and the log of searches.
#[derive(OpenApi)]
#[openapi(
    paths(list, ask, decide, take_back, searches_mine, searches_forget),
    components(schemas(
        Gaps,
        GapShape,
        SearchFigures,
        Within,
        GapAsk,
        GapDecision,
        GapKey,
        OwnSearches,
        OwnSearch
    ))
)]
pub struct Doc;

/// Which gaps.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GapsQuery {
    /// How many days are looked at: 7, 30 or 90. 30 where nothing else is said.
    days: Option<i64>,
}

/// Searches that lead nowhere, and how searches went.
#[derive(Debug, Serialize, ToSchema)]
pub struct Gaps {
    /// How searches went.
    figures: SearchFigures,
    /// Those that nobody has decided, of most people first.
    open: Vec<GapShape>,
    /// Those that were decided, the newest first.
    decided: Vec<GapShape>,
}

/// How searches in the browser went.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchFigures {
    /// How many there were.
    searches: usize,
    /// By how many people.
    people: usize,
    /// How many found nothing.
    without_result: usize,
    /// Of how many nothing was opened.
    without_click: usize,
    /// How many led to a page after which nothing more was looked for within a minute.
    answered: usize,
    /// Half of those took no longer from the box to the page, in milliseconds.
    median_ms: Option<i64>,
    /// Nine of ten of those took no longer.
    ninety_ms: Option<i64>,
    /// How long they took, in steps.
    within: Vec<Within>,
    /// Half of all searches took the server no longer, in microseconds.
    took_us: Option<i64>,
}

/// How many were answered within a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Within {
    /// In so many seconds, and in more than the step before; `null`: in more.
    seconds: Option<i64>,
    /// How many.
    count: usize,
}

/// Searches that mean the same and lead nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapShape {
    /// The key, once somebody asked or decided.
    id: Option<i64>,
    /// The words.
    words: String,
    /// Other ways in which they were typed.
    spellings: Vec<String>,
    /// `open`, `page`, `alias`, `redirect` or `declined`.
    state: String,
    /// Why it was declined.
    reason: String,
    /// How many searches found nothing.
    without_result: usize,
    /// Of how many nothing was opened.
    without_click: usize,
    /// How many people searched.
    people: usize,
    /// How many such searches there were in as many days before.
    before: usize,
    /// How many people asked marketing.
    askers: usize,
    /// The id of the page that its words lead to.
    page: Option<String>,
    /// The id of the page that those opened who went on looking.
    then: Option<String>,
    /// Searched for in vain again after it was decided.
    again: bool,
    /// When it was last searched for, or asked.
    last_at: DateTime<Utc>,
}

impl From<&Gap> for GapShape {
    fn from(gap: &Gap) -> GapShape {
        let row = gap.row.as_ref();
        GapShape {
            id: row.map(|row| row.id.0),
            words: gap.words.clone(),
            spellings: gap.spellings.clone(),
            state: row.map_or(GapState::Open, |row| row.state).to_string(),
            reason: row.map(|row| row.reason.clone()).unwrap_or_default(),
            without_result: gap.without_result,
            without_click: gap.without_click,
            people: gap.people,
            before: gap.before,
            askers: gap.askers.len(),
            page: gap.page.as_ref().map(|page| page.id.to_string()),
            then: gap.then.as_ref().map(|page| page.id.to_string()),
            again: gap.again,
            last_at: gap.last_at,
        }
    }
}

impl From<&Answers> for SearchFigures {
    fn from(answers: &Answers) -> SearchFigures {
        SearchFigures {
            searches: answers.searches,
            people: answers.people,
            without_result: answers.without_result,
            without_click: answers.without_click,
            answered: answers.answered,
            median_ms: answers.median_ms,
            ninety_ms: answers.ninety_ms,
            within: STEPS
                .iter()
                .map(|seconds| Some(*seconds))
                .chain([None])
                .zip(&answers.steps)
                .map(|(seconds, count)| Within {
                    seconds,
                    count: *count,
                })
                .collect(),
            took_us: answers.took_us,
        }
    }
}

/// What is searched for in vain, for those who keep topics. Names nobody.
#[utoipa::path(get, path = "/api/v1/gaps", tag = "search", params(GapsQuery),
    responses((status = 200, body = Gaps), (status = 404, body = Problem)))]
pub async fn list(
    app: web::Data<App>,
    viewer: Viewer,
    query: web::Query<GapsQuery>,
) -> Result<HttpResponse, Error> {
    let days = query.days.filter(|days| Period::DAYS.contains(days));
    let period = days.map_or_else(Period::default, |days| Period { days });
    let report = block(move || gaps::report(&app, &viewer.actor(), period)).await?;
    let shapes = |gaps: &[Gap]| gaps.iter().map(GapShape::from).collect();
    json(
        StatusCode::OK,
        &Gaps {
            figures: SearchFigures::from(&report.answers),
            open: shapes(&report.open),
            decided: shapes(&report.decided),
        },
    )
}

/// What marketing is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GapAsk {
    /// The words that were searched for.
    words: String,
    /// What for.
    #[serde(default)]
    note: String,
}

/// A gap.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapKey {
    /// The key.
    id: i64,
}

/// Asks marketing for what search did not find. The asker is told when it is answered.
#[utoipa::path(post, path = "/api/v1/gaps", tag = "search", request_body = GapAsk,
    responses((status = 201, body = GapKey), (status = 422, body = Problem)))]
pub async fn ask(app: web::Data<App>, viewer: Viewer, body: Json<GapAsk>) -> Result<HttpResponse, Error> {
    let id = block(move || gaps::ask(&app, &viewer.actor(), &body.0.words, &body.0.note)).await?;
    json(StatusCode::CREATED, &GapKey { id: id.0 })
}

/// What becomes of a gap: one of `page`, `meaning` and `reason` is said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GapDecision {
    /// The words of the gap.
    words: String,
    /// The page that they lead to: its id, address or title.
    #[serde(default)]
    page: String,
    /// Words that mean the same.
    #[serde(default)]
    meaning: String,
    /// Why it is declined.
    #[serde(default)]
    reason: String,
}

/// Decides a gap. Those who asked are told.
#[utoipa::path(post, path = "/api/v1/gaps/decide", tag = "search", request_body = GapDecision,
    responses((status = 201, body = GapKey), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn decide(
    app: web::Data<App>,
    viewer: Viewer,
    body: Json<GapDecision>,
) -> Result<HttpResponse, Error> {
    let id = block(move || {
        let (actor, said) = (viewer.actor(), &body.0);
        if !said.page.is_empty() {
            gaps::redirect(&app, &actor, &said.words, &said.page)
        } else if !said.meaning.is_empty() {
            gaps::alias(&app, &actor, &said.words, &said.meaning)
        } else {
            gaps::decline(&app, &actor, &said.words, &said.reason)
        }
    })
    .await?;
    json(StatusCode::CREATED, &GapKey { id: id.0 })
}

/// Takes a decision back: the gap is open again.
#[utoipa::path(post, path = "/api/v1/gaps/{gap}/take-back", tag = "search", params(("gap" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn take_back(
    app: web::Data<App>,
    viewer: Viewer,
    gap: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let gap = GapId(gap.parse().map_err(|_| Error::NotFound)?);
    block(move || gaps::take_back(&app, &viewer.actor(), gap)).await?;
    Ok(done())
}

/// The own searches.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSearches {
    /// The newest first.
    items: Vec<OwnSearch>,
}

/// A search of one's own. Nobody else is shown whose it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSearch {
    /// The words as they stood last.
    words: String,
    /// When it began.
    at: DateTime<Utc>,
    /// `panel`, `page` or `api`.
    source: String,
    /// How many answers it had.
    hits: i64,
    /// After how many milliseconds one of them was opened.
    opened_ms: Option<i64>,
}

impl From<SearchRow> for OwnSearch {
    fn from(row: SearchRow) -> OwnSearch {
        OwnSearch {
            words: row.words,
            at: row.at,
            source: row.source.to_string(),
            hits: row.hits,
            opened_ms: row.opened_ms,
        }
    }
}

/// What is kept of the own searches, the newest first, 200 at most.
#[utoipa::path(get, path = "/api/v1/searches", tag = "search", responses((status = 200, body = OwnSearches)))]
pub async fn searches_mine(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let rows = block(move || searches::mine(&app, &viewer.actor())).await?;
    let items = rows.into_iter().map(OwnSearch::from).collect();
    json(StatusCode::OK, &OwnSearches { items })
}

/// Takes the own searches out of the log.
#[utoipa::path(delete, path = "/api/v1/searches", tag = "search", responses((status = 204)))]
pub async fn searches_forget(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    block(move || searches::forget(&app, &viewer.actor())).await?;
    Ok(done())
}
