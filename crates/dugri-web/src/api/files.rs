//! Files over the API.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::App;
use dugri_app::files::{self, FileRow, Upload};
use futures_util::StreamExt as _;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::Problem;
use super::{idempotency_key, json, public_id};
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;

/// The part of the API about files.
#[derive(OpenApi)]
#[openapi(paths(add, add_to_space), components(schemas(File)))]
pub struct Doc;

/// The name of a file that comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AddQuery {
    /// Its name, a label.
    name: String,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
pub struct File {
    /// The permanent id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address on this server, for links in Markdown.
    pub path: String,
    /// The type, by content.
    pub media_type: String,
    /// The size in bytes.
    pub size: i64,
    /// When it was uploaded.
    pub at: DateTime<Utc>,
}

impl From<FileRow> for File {
    fn from(file: FileRow) -> File {
        File {
            path: format!("/f/{}", file.public_id),
            id: file.public_id.to_string(),
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            at: file.at,
        }
    }
}

/// Adds a file to a page; the body is the file. With `Idempotency-Key`, sent twice it is stored once.
#[utoipa::path(post, path = "/api/v1/pages/{id}/files", tag = "files", params(AddQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn add(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    query: web::Query<AddQuery>,
    payload: web::Payload,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let upload = upload(&app, query.into_inner(), payload, &req).await?;
    let file = block(move || files::add_to_page(&app, &viewer.actor(), &id, upload)).await?;
    json(StatusCode::CREATED, &File::from(file))
}

/// Adds a file to a space, for a page that is still written there.
#[utoipa::path(post, path = "/api/v1/spaces/{space}/files", tag = "files", params(AddQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), (status = 404, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn add_to_space(
    app: web::Data<App>,
    viewer: Viewer,
    space: web::Path<String>,
    query: web::Query<AddQuery>,
    payload: web::Payload,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let upload = upload(&app, query.into_inner(), payload, &req).await?;
    let file = block(move || files::add_to_space(&app, &viewer.actor(), &space, upload)).await?;
    json(StatusCode::CREATED, &File::from(file))
}

async fn upload(
    app: &App,
    query: AddQuery,
    payload: web::Payload,
    req: &HttpRequest,
) -> Result<Upload, Error> {
    Ok(Upload {
        name: query.name,
        bytes: read(payload, app.config().file_bytes_max).await?,
        client_id: idempotency_key(req)?,
    })
}

/// Reads a body of at most `max` bytes.
pub(crate) async fn read(mut payload: web::Payload, max: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Error::Malformed {
            place: None,
            detail: error.to_string(),
        })?;
        if (bytes.len() + chunk.len()) as u64 > max {
            return Err(Error::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
