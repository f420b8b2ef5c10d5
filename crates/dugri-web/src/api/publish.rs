//! Publishing and the rest of a page's life over the API.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::App;
use dugri_app::pages::life;
use dugri_app::pages::publish::{self, Publish};
use dugri_core::{ChangeId, RevisionId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shapes::{Problem, SavedPage};
use super::{done, json, public_id};
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::forms::Json;
use crate::identity::Viewer;

/// What a publisher says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishChange {
    /// The revision that was read: an approval binds to its text.
    revision: i64,
    /// Why it changed.
    reason: String,
    /// Holders of older copies must be told.
    #[serde(default)]
    material: bool,
    /// The whole page was checked: this counts as its verification.
    #[serde(default)]
    verify: bool,
}

/// Publishes a pending change.
#[utoipa::path(post, path = "/api/v1/pages/{id}/changes/{change}/publish", tag = "pages", request_body = PublishChange,
    responses((status = 200, body = SavedPage), (status = 409, body = Problem), (status = 412, body = Problem)))]
pub async fn publish(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<(String, i64)>,
    body: Json<PublishChange>,
) -> Result<HttpResponse, Error> {
    let (id, change) = path.into_inner();
    let id = public_id(&id)?;
    let how = Publish {
        reason: body.0.reason,
        material: body.0.material,
        verify: body.0.verify,
    };
    let expected = RevisionId(body.0.revision);
    let saved =
        block(move || publish::publish_change(&app, &viewer.actor(), &id, ChangeId(change), expected, how))
            .await?;
    json(StatusCode::OK, &SavedPage::from(saved))
}

/// Gives up a pending change.
#[utoipa::path(post, path = "/api/v1/pages/{id}/changes/{change}/withdraw", tag = "pages",
    responses((status = 204), (status = 409, body = Problem)))]
pub async fn withdraw(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<(String, i64)>,
) -> Result<HttpResponse, Error> {
    let (id, change) = path.into_inner();
    let id = public_id(&id)?;
    block(move || publish::withdraw_change(&app, &viewer.actor(), &id, ChangeId(change))).await?;
    Ok(done())
}

/// Which text comes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// The revision whose content becomes a new revision.
    revision: i64,
    /// Why.
    summary: String,
}

/// Makes an old revision's content a new revision.
#[utoipa::path(post, path = "/api/v1/pages/{id}/restore", tag = "pages", request_body = Restore,
    responses((status = 200, body = SavedPage), (status = 422, body = Problem)))]
pub async fn restore(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<Restore>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let saved = block(move || {
        publish::restore(
            &app,
            &viewer.actor(),
            &id,
            RevisionId(body.0.revision),
            &body.0.summary,
        )
    })
    .await?;
    json(StatusCode::OK, &SavedPage::from(saved))
}

/// A verification.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Verify {
    /// Until when it holds; the kind's review period where it is absent.
    until: Option<DateTime<Utc>>,
    /// What was checked.
    #[serde(default)]
    note: String,
}

/// Says that the published revision was checked.
#[utoipa::path(post, path = "/api/v1/pages/{id}/verify", tag = "pages", request_body = Verify,
    responses((status = 204), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn verify(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<Verify>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    block(move || life::verify(&app, &viewer.actor(), &id, body.0.until, &body.0.note)).await?;
    Ok(done())
}

/// A successor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supersede {
    /// The id of the page that replaces this one; `null` takes the name away.
    successor: Option<String>,
}

/// Names the page that replaces this one.
#[utoipa::path(post, path = "/api/v1/pages/{id}/supersede", tag = "pages", request_body = Supersede,
    responses((status = 204), (status = 422, body = Problem)))]
pub async fn supersede(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<Supersede>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let unknown = || Error::Invalid(vec![Wrong::new("successor", "error-unknown-page")]);
    let successor = match &body.0.successor {
        Some(successor) => Some(public_id(successor).map_err(|_| unknown())?),
        None => None,
    };
    block(move || life::supersede(&app, &viewer.actor(), &id, successor)).await?;
    Ok(done())
}

/// Whether a page is retired.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// `true` retires it, `false` takes it back.
    archived: bool,
}

/// Retires a page, or takes it back.
#[utoipa::path(post, path = "/api/v1/pages/{id}/archive", tag = "pages", request_body = Archive,
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn archive(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<Archive>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    block(move || life::archive(&app, &viewer.actor(), &id, body.0.archived)).await?;
    Ok(done())
}
