//! Foreign paths that lead to a page, over the API.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::{App, redirects};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::shapes::Problem;
use super::{done, json, public_id};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;

/// The part of the API about foreign paths.
#[derive(OpenApi)]
#[openapi(paths(list, add, remove), components(schemas(Redirects, Redirect)))]
pub struct Doc;

/// The foreign paths that lead to a page.
#[derive(Debug, Serialize, ToSchema)]
pub struct Redirects {
    /// The paths.
    results: Vec<String>,
}

/// A foreign path.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// The path, beginning with a slash, or an address with one.
    path: String,
}

/// The foreign paths that lead to a page.
#[utoipa::path(get, path = "/api/v1/pages/{id}/redirects", tag = "steps",
    responses((status = 200, body = Redirects), (status = 404, body = Problem)))]
pub async fn list(app: web::Data<App>, viewer: Viewer, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let results = block(move || redirects::of_page(&app, &viewer.actor(), &id)).await?;
    json(StatusCode::OK, &Redirects { results })
}

/// Lets a foreign path lead to a page, for ever: 301 to wherever the page is.
#[utoipa::path(post, path = "/api/v1/pages/{id}/redirects", tag = "steps", request_body = Redirect,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn add(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<Redirect>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    block(move || redirects::add(&app, &viewer.actor(), &id, &body.0.path)).await?;
    Ok(done())
}

/// Lets a foreign path lead nowhere.
#[utoipa::path(delete, path = "/api/v1/pages/{id}/redirects", tag = "steps", request_body = Redirect,
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn remove(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<Redirect>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    block(move || redirects::remove(&app, &viewer.actor(), &id, &body.0.path)).await?;
    Ok(done())
}
