//! The steps of triage over the API.

use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::intel::{self};
use dugri_app::{Actor, App, Conflict, Error as AppError};
use dugri_core::{IntelId, PersonId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::shapes::Problem;
use crate::api::{done, idempotency_key};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::handlers::intel::report_id;
use crate::handlers::triage::conflict_key;
use crate::identity::Viewer;

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
