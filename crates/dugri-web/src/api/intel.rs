//! The field's reports over the API: sending and reading. The steps of triage are in `steps`, their JSON in `shapes`.

mod shapes;
pub mod steps;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::App;
use dugri_app::intel::{self, Card, MineFilter, Submission};
use dugri_core::IntelId;
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};

use self::shapes::{
    Line, NewReport, Outcome, Person, Report, ReportFile, ReportInFull, Reports, Submitted, Topic, file_of,
    in_full, path, reports,
};
use super::shapes::Problem;
use super::{idempotency_key, json};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::handlers::intel::report_id;
use crate::identity::Viewer;

/// How many reports a list gives where the caller does not say, and at most.
const LIMIT_DEFAULT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// The part of the API about the field's reports.
#[derive(OpenApi)]
#[openapi(
    paths(
        submit,
        list,
        mine,
        read,
        steps::acknowledge,
        steps::start,
        steps::assign,
        steps::link,
        steps::reply,
        steps::note,
        steps::answer,
        steps::decline,
        steps::move_to,
        steps::merge,
        steps::unmerge,
        steps::seen,
        add_file
    ),
    components(schemas(
        NewReport,
        Submitted,
        Report,
        ReportInFull,
        Reports,
        Topic,
        Person,
        Outcome,
        Line,
        ReportFile,
        steps::Assign,
        steps::Link,
        steps::Text,
        steps::Move,
        steps::Merge
    ))
)]
pub struct Doc;

/// Which reports are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only in this state.
    state: Option<String>,
    /// Only with smaller numbers: the `next` of the list before.
    before: Option<i64>,
    /// At most so many, up to 200.
    limit: Option<i64>,
}

/// Sends a report. With `Idempotency-Key` (or `client_id`), sent twice it is one report with one answer.
#[utoipa::path(post, path = "/api/v1/intel", tag = "intel", request_body = NewReport,
    responses((status = 201, body = Submitted), (status = 400, body = Problem), (status = 422, body = Problem)))]
pub async fn submit(
    app: web::Data<App>,
    viewer: Viewer,
    req: HttpRequest,
    body: Json<NewReport>,
) -> Result<HttpResponse, Error> {
    let Json(new) = body;
    let submission = Submission {
        client_id: idempotency_key(&req)?.or(new.client_id),
        what: new.what,
        subject: new.subject,
        certainty: new.certainty,
        kind: new.kind.unwrap_or_default(),
        channel: new.channel.unwrap_or_default(),
        account: new.account.unwrap_or_default(),
        quote: new.quote.unwrap_or_default(),
        urgent: new.urgent,
        confidential: new.confidential,
        page: new.page.unwrap_or_default(),
        revision: new.revision,
        section: new.section.unwrap_or_default(),
        passage: new.passage.unwrap_or_default(),
    };
    let sent = block(move || intel::submit(&app, &viewer.actor(), submission)).await?;
    json(
        StatusCode::CREATED,
        &Submitted {
            number: sent.id.0,
            path: path(sent.id),
        },
    )
}

/// Everything that one may read: own reports and those of the spaces that one triages, newest first.
#[utoipa::path(get, path = "/api/v1/intel", tag = "intel", params(ListQuery),
    responses((status = 200, body = Reports), (status = 400, body = Problem)))]
pub async fn list(
    app: web::Data<App>,
    viewer: Viewer,
    query: web::Query<ListQuery>,
) -> Result<HttpResponse, Error> {
    let state = match query.state.as_deref().map(str::parse) {
        Some(Ok(state)) => Some(state),
        None => None,
        Some(Err(_)) => {
            return Err(Error::Malformed {
                place: Some("state".into()),
                detail: "not a state of a report".into(),
            });
        }
    };
    let limit = query.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX);
    let before = query.before.map(IntelId);
    let actor = viewer.actor();
    let language = actor.language;
    let cards = block(move || intel::list(&app, &actor, state, before, limit)).await?;
    let next = match cards.last() {
        Some(last) if cards.len() as i64 == limit => Some(last.report.id.0),
        _ => None,
    };
    json(StatusCode::OK, &reports(language, &cards, next))
}

/// The own reports: those with something new first.
#[utoipa::path(get, path = "/api/v1/intel/mine", tag = "intel", params(("before" = Option<i64>, Query)),
    responses((status = 200, body = Reports)))]
pub async fn mine(
    app: web::Data<App>,
    viewer: Viewer,
    query: web::Query<MineQuery>,
) -> Result<HttpResponse, Error> {
    let before = query.before.map(IntelId);
    let actor = viewer.actor();
    let language = actor.language;
    let mine = block(move || intel::mine(&app, &actor, MineFilter::All, before)).await?;
    let cards: Vec<Card> = mine.unread.into_iter().chain(mine.others).collect();
    json(
        StatusCode::OK,
        &reports(language, &cards, mine.next.map(|id| id.0)),
    )
}

/// Where a list of own reports goes on.
#[derive(Debug, Deserialize)]
pub struct MineQuery {
    before: Option<i64>,
}

/// A report in full.
#[utoipa::path(get, path = "/api/v1/intel/{intel}", tag = "intel", params(("intel" = i64, Path)),
    responses((status = 200, body = ReportInFull), (status = 404, body = Problem)))]
pub async fn read(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    let actor = viewer.actor();
    let language = actor.language;
    let detail = block(move || intel::detail(&app, &actor, id)).await?;
    json(StatusCode::OK, &in_full(language, &detail))
}

/// The name of a file that comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// Its name, a label.
    name: String,
}

/// Adds a file; the body is the file. With `Idempotency-Key`, sent twice it is stored once.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/files", tag = "intel", params(("intel" = i64, Path), FileQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = ReportFile), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn add_file(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    query: web::Query<FileQuery>,
    payload: web::Payload,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    let upload = dugri_app::files::Upload {
        name: query.into_inner().name,
        bytes: super::files::read(payload, app.config().file_bytes_max).await?,
        client_id: idempotency_key(&req)?,
    };
    let file = block(move || intel::attach(&app, &viewer.actor(), id, upload)).await?;
    json(StatusCode::CREATED, &file_of(&file))
}
