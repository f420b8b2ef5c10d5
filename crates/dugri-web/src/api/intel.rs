//! The field's reports over the API: sending, reading, and every step of triage.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::intel::{self, Card, Detail, MineFilter, Submission};
use dugri_app::{Actor, App, Conflict, Error as AppError};
use dugri_core::intel::MessageKind;
use dugri_core::{IntelId, Language, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::Problem;
use super::{done, idempotency_key, json};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::handlers::intel::report_id;
use crate::handlers::triage::conflict_key;
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
        acknowledge,
        start,
        assign,
        link,
        reply,
        note,
        answer,
        decline,
        move_to,
        merge,
        unmerge,
        seen,
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
        Assign,
        Link,
        Text,
        Move,
        Merge
    ))
)]
pub struct Doc;

/// A report to send. `what`, `subject` and `certainty` are needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// What happened.
    #[serde(default)]
    what: String,
    /// `customer`, `competitor`, `partner` or `material`.
    #[serde(default)]
    subject: String,
    /// `heard`, `document` or `rumour`.
    #[serde(default)]
    certainty: String,
    /// `price`, `objection`, `won`, `lost`, `missing-feature`, `fault` or `question`.
    #[serde(default)]
    kind: Option<String>,
    /// Where it was heard.
    #[serde(default)]
    channel: Option<String>,
    /// The customer.
    #[serde(default)]
    account: Option<String>,
    /// Words of somebody else.
    #[serde(default)]
    quote: Option<String>,
    /// Whether it is urgent.
    #[serde(default)]
    urgent: bool,
    /// Whether only managers see who sent it.
    #[serde(default)]
    confidential: bool,
    /// The page it concerns, by its permanent id.
    #[serde(default)]
    page: Option<String>,
    /// The N of the `vN` that the reporter saw.
    #[serde(default)]
    revision: Option<i64>,
    /// The section of the page.
    #[serde(default)]
    section: Option<String>,
    /// The words of the page.
    #[serde(default)]
    passage: Option<String>,
    /// The client's own id, as in `Idempotency-Key`: sent twice, it is one report.
    #[serde(default)]
    client_id: Option<String>,
}

/// That a report is in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submitted {
    /// Its number.
    pub number: i64,
    /// Its address on this server.
    pub path: String,
}

/// A topic of a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Topic {
    /// Its slug.
    pub slug: String,
    /// `product`, `competitor`, `account`, `partner`, `segment` or `region`.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// A person of a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
}

/// A publication that a report led to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// The page's permanent id.
    pub page: String,
    /// The title of that revision.
    pub title: String,
    /// The N of `vN`.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The address of that revision.
    pub path: String,
}

/// A report as the reader may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    /// Its number.
    pub number: i64,
    /// Its address on this server.
    pub path: String,
    /// `new`, `acknowledged`, `in-work`, `published`, `answered`, `declined` or `merged`.
    pub state: String,
    /// What happened.
    pub what: String,
    /// About whom.
    pub subject: String,
    /// How certain.
    pub certainty: String,
    /// What it is.
    pub kind: Option<String>,
    /// Where it was heard.
    pub channel: String,
    /// The customer.
    pub account: String,
    /// Words of somebody else.
    pub quote: String,
    /// Whether it is urgent.
    pub urgent: bool,
    /// Whether only managers see who sent it.
    pub confidential: bool,
    /// Who reported; absent where that may not be known.
    pub reporter: Option<Person>,
    /// Who answers for it.
    pub assignee: Option<Person>,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// When it came in.
    pub at: DateTime<Utc>,
    /// Until when the next answer is promised, while it is open.
    pub due: Option<DateTime<Utc>>,
    /// When somebody first responded.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// When it got its outcome.
    pub closed_at: Option<DateTime<Utc>>,
    /// The answer or the reason.
    pub outcome: String,
    /// The report that it became part of.
    pub merged_into: Option<i64>,
    /// The publications it led to, as far as the reader may read them; the outcome first.
    pub published: Vec<Outcome>,
    /// Whether its reporter has not looked at something in it.
    pub unread: bool,
}

/// A line of the conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Line {
    /// `reply` or `note`.
    pub kind: String,
    /// Who; absent where that may not be known.
    pub author: Option<Person>,
    /// When.
    pub at: DateTime<Utc>,
    /// The text.
    pub text: String,
}

/// A file of a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportFile {
    /// The permanent id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address on this server.
    pub path: String,
    /// The type, by content.
    pub media_type: String,
    /// The size in bytes.
    pub size: i64,
}

/// A report in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportInFull {
    /// The report.
    #[serde(flatten)]
    pub report: Report,
    /// The page it concerns, by its permanent id, if the reader may read it.
    pub page: Option<String>,
    /// The section of the page.
    pub section: String,
    /// The words of the page.
    pub passage: String,
    /// The conversation.
    pub messages: Vec<Line>,
    /// Its files.
    pub files: Vec<ReportFile>,
    /// The reports that became part of it; for those who triage.
    pub merged: Vec<i64>,
    /// Reports that may tell the same; for those who triage.
    pub similar: Vec<i64>,
}

/// A list and where it goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reports {
    /// The reports.
    pub results: Vec<Report>,
    /// To be sent as `before` for the next ones; absent at the end.
    pub next: Option<i64>,
}

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

/// A step without a body.
macro_rules! steps {
    ($($(#[$meta:meta])* $path:literal $name:ident => $use_case:path;)+) => {$(
        $(#[$meta])*
        #[utoipa::path(post, path = $path, tag = "intel", params(("intel" = i64, Path)),
            responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
        pub async fn $name(app: web::Data<App>, viewer: Viewer, number: web::Path<String>) -> Result<HttpResponse, Error> {
            let id = report_id(&number)?;
            step(app, viewer, move |app, actor| $use_case(app, actor, id)).await
        }
    )+};
}

steps! {
    /// Says: seen.
    "/api/v1/intel/{intel}/acknowledge" acknowledge => intel::acknowledge;
    /// Says that work on it began.
    "/api/v1/intel/{intel}/start" start => intel::start_work;
    /// Undoes a merge.
    "/api/v1/intel/{intel}/unmerge" unmerge => intel::unmerge;
    /// The reporter looked at it.
    "/api/v1/intel/{intel}/seen" seen => intel::mark_seen;
}

/// To whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// The person's key; absent for nobody.
    #[serde(default)]
    assignee: Option<i64>,
}

/// Gives it to somebody who triages in its space, or to nobody.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/assign", tag = "intel", params(("intel" = i64, Path)), request_body = Assign,
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn assign(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    body: Json<Assign>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    let assignee = body.0.assignee.map(PersonId);
    step(app, viewer, move |app, actor| {
        intel::assign(app, actor, id, assignee)
    })
    .await
}

/// To which page.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The page's permanent id.
    page: String,
}

/// Links it to a page.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/link", tag = "intel", params(("intel" = i64, Path)), request_body = Link,
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn link(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    body: Json<Link>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    step(app, viewer, move |app, actor| {
        intel::link(app, actor, id, &body.0.page).map(|_| ())
    })
    .await
}

/// A reply, a note, an answer or a reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The text.
    #[serde(default)]
    text: String,
}

/// Writes to the reporter; or the reporter writes back. With `Idempotency-Key`, sent twice it stands once.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/reply", tag = "intel", params(("intel" = i64, Path)), request_body = Text,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn reply(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    req: HttpRequest,
    body: Json<Text>,
) -> Result<HttpResponse, Error> {
    let (id, key) = (report_id(&number)?, idempotency_key(&req)?);
    step(app, viewer, move |app, actor| {
        intel::reply(app, actor, id, &body.0.text, key.as_deref())
    })
    .await
}

/// Writes a note that the reporter does not see.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/note", tag = "intel", params(("intel" = i64, Path)), request_body = Text,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn note(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    req: HttpRequest,
    body: Json<Text>,
) -> Result<HttpResponse, Error> {
    let (id, key) = (report_id(&number)?, idempotency_key(&req)?);
    step(app, viewer, move |app, actor| {
        intel::note(app, actor, id, &body.0.text, key.as_deref())
    })
    .await
}

/// Closes it with an answer.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/answer", tag = "intel", params(("intel" = i64, Path)), request_body = Text,
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn answer(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    body: Json<Text>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    step(app, viewer, move |app, actor| {
        intel::answer(app, actor, id, &body.0.text)
    })
    .await
}

/// Closes it with a reason why nothing follows.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/decline", tag = "intel", params(("intel" = i64, Path)), request_body = Text,
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn decline(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    body: Json<Text>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    step(app, viewer, move |app, actor| {
        intel::decline(app, actor, id, &body.0.text)
    })
    .await
}

/// To which space.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The space, by slug.
    space: String,
}

/// Moves it to another space that one triages.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/move", tag = "intel", params(("intel" = i64, Path)), request_body = Move,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn move_to(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    body: Json<Move>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    step(app, viewer, move |app, actor| {
        let space = dugri_app::spaces::find(app, actor, &body.0.space)
            .map_err(|_| AppError::field("space", "intel-error-space"))?;
        intel::move_to(app, actor, id, space.id)
    })
    .await
}

/// Which reports.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The numbers of the reports that become part of this one.
    reports: Vec<i64>,
}

/// Makes other reports part of this one. All texts and reporters are kept.
#[utoipa::path(post, path = "/api/v1/intel/{intel}/merge", tag = "intel", params(("intel" = i64, Path)), request_body = Merge,
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn merge(
    app: web::Data<App>,
    viewer: Viewer,
    number: web::Path<String>,
    body: Json<Merge>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    let ids: Vec<IntelId> = body.0.reports.into_iter().map(IntelId).collect();
    step(app, viewer, move |app, actor| intel::merge(app, actor, ids, id)).await
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

/// Does a step. A wrong state is a conflict that names the state.
async fn step(
    app: web::Data<App>,
    viewer: Viewer,
    work: impl FnOnce(&App, &Actor) -> Result<(), AppError> + Send + 'static,
) -> Result<HttpResponse, Error> {
    block(move || {
        work(&app, &viewer.actor()).map_err(|error| match error {
            AppError::Conflict(Conflict::State { state }) => Error::Conflict {
                code: conflict_key(&state),
                body: Some(serde_json::json!({ "state": state })),
            },
            other => other.into(),
        })
    })
    .await?;
    Ok(done())
}

fn path(id: IntelId) -> String {
    format!("/intel/{id}")
}

fn person(language: Language, person: &intel::PersonName) -> Person {
    Person {
        id: person.id.0,
        name: person.name_in(language).to_owned(),
    }
}

fn reports(language: Language, cards: &[Card], next: Option<i64>) -> Reports {
    Reports {
        results: cards.iter().map(|card| report(language, card)).collect(),
        next,
    }
}

fn report(language: Language, card: &Card) -> Report {
    let row = &card.report;
    Report {
        number: row.id.0,
        path: path(row.id),
        state: row.state.to_string(),
        what: row.what.clone(),
        subject: row.subject.to_string(),
        certainty: row.certainty.to_string(),
        kind: row.kind.map(|kind| kind.to_string()),
        channel: row.channel.clone(),
        account: row.account.clone(),
        quote: row.quote.clone(),
        urgent: row.urgent,
        confidential: row.confidential,
        reporter: card.reporter.as_ref().map(|who| person(language, who)),
        assignee: card.assignee.as_ref().map(|who| person(language, who)),
        topics: card
            .topics
            .iter()
            .map(|topic| Topic {
                slug: topic.slug.clone(),
                kind: topic.kind.to_string(),
                name: topic.name_in(language).to_owned(),
            })
            .collect(),
        at: row.at,
        due: card.clock.map(|clock| clock.due),
        acknowledged_at: row.acknowledged_at,
        closed_at: row.closed_at,
        outcome: row.outcome.clone(),
        merged_into: row.merged_into.map(|id| id.0),
        published: card
            .citations
            .iter()
            .map(|citation| Outcome {
                page: citation.public_id.to_string(),
                title: citation.title.clone(),
                number: citation.number,
                at: citation.at,
                path: format!("/p/{}/v/{}", citation.public_id, citation.number),
            })
            .collect(),
        unread: card.unread,
    }
}

fn in_full(language: Language, detail: &Detail) -> ReportInFull {
    let card = &detail.card;
    ReportInFull {
        page: detail.page.as_ref().map(|line| line.page.public_id.to_string()),
        section: card.report.section.clone(),
        passage: card.report.passage.clone(),
        messages: card
            .messages
            .iter()
            .map(|said| Line {
                kind: match said.message.kind {
                    MessageKind::Reply => "reply".into(),
                    MessageKind::Note => "note".into(),
                },
                author: said.author.as_ref().map(|who| person(language, who)),
                at: said.message.at,
                text: said.message.text.clone(),
            })
            .collect(),
        files: detail.files.iter().map(file_of).collect(),
        merged: detail.merged.iter().map(|card| card.report.id.0).collect(),
        similar: detail.similar.iter().map(|one| one.card.report.id.0).collect(),
        report: report(language, card),
    }
}

fn file_of(file: &intel::FileRow) -> ReportFile {
    ReportFile {
        id: file.public_id.to_string(),
        name: file.name.clone(),
        path: format!("/f/{}", file.public_id),
        media_type: file.media_type.clone(),
        size: file.size,
    }
}
