//! Words that mean the same to search, over the API.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::{App, aliases};
use dugri_core::AliasId;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::shapes::Problem;
use super::{done, json};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;

/// The part of the API about words that mean the same.
#[derive(OpenApi)]
#[openapi(
    paths(list, add, change, remove),
    components(schemas(Aliases, Alias, AliasBody, AliasAdded))
)]
pub struct Doc;

/// The general groups; names of topics stand with the topics.
#[derive(Debug, Serialize, ToSchema)]
pub struct Aliases {
    /// The groups, the newest first.
    items: Vec<Alias>,
}

/// A group of words that mean the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct Alias {
    /// The key.
    id: i64,
    /// The words.
    words: Vec<String>,
}

/// The words of a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AliasBody {
    /// Two or more, of at most 80 characters each.
    words: Vec<String>,
}

/// A group that was added, or was there already.
#[derive(Debug, Serialize, ToSchema)]
pub struct AliasAdded {
    /// The key.
    id: i64,
}

/// The groups, for those who keep topics.
#[utoipa::path(get, path = "/api/v1/aliases", tag = "search",
    responses((status = 200, body = Aliases), (status = 404, body = Problem)))]
pub async fn list(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let table = block(move || aliases::table(&app, &viewer.actor())).await?;
    let items = table
        .groups
        .into_iter()
        .map(|row| Alias {
            id: row.id.0,
            words: row.words,
        })
        .collect();
    json(StatusCode::OK, &Aliases { items })
}

/// Adds a group.
#[utoipa::path(post, path = "/api/v1/aliases", tag = "search", request_body = AliasBody,
    responses((status = 201, body = AliasAdded), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn add(app: web::Data<App>, viewer: Viewer, body: Json<AliasBody>) -> Result<HttpResponse, Error> {
    let id = block(move || aliases::add(&app, &viewer.actor(), &body.0.words)).await?;
    json(StatusCode::CREATED, &AliasAdded { id: id.0 })
}

/// Puts other words in place of a group's.
#[utoipa::path(put, path = "/api/v1/aliases/{alias}", tag = "search", params(("alias" = i64, Path)), request_body = AliasBody,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn change(
    app: web::Data<App>,
    viewer: Viewer,
    alias: web::Path<String>,
    body: Json<AliasBody>,
) -> Result<HttpResponse, Error> {
    let alias = key(&alias)?;
    block(move || aliases::change(&app, &viewer.actor(), alias, &body.0.words)).await?;
    Ok(done())
}

/// Takes a group away.
#[utoipa::path(delete, path = "/api/v1/aliases/{alias}", tag = "search", params(("alias" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn remove(
    app: web::Data<App>,
    viewer: Viewer,
    alias: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let alias = key(&alias)?;
    block(move || aliases::remove(&app, &viewer.actor(), alias)).await?;
    Ok(done())
}

fn key(text: &str) -> Result<AliasId, Error> {
    Ok(AliasId(text.parse().map_err(|_| Error::NotFound)?))
}
