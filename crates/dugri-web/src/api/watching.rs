//! The API of watches and notices.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::App;
use dugri_app::notices::{self, Notice};
use dugri_app::watching::{self, State};
use dugri_core::NoticeId;
use dugri_core::watching::WatchKind;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::shapes::Problem;
use super::{done, json};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;

/// The part of the API about watches and notices.
#[derive(OpenApi)]
#[openapi(
    paths(list, watch, notices, read_all, read, mute),
    components(schemas(WatchShape, Watches, WatchBody, NoticeShape, NoticesShape))
)]
pub struct Doc;

/// Something that is watched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Watch)]
pub struct WatchShape {
    /// `page`, `topic`, `space`, `search` or `person`.
    kind: String,
    /// The page's id, the slug, the words, or the person's key.
    what: String,
    /// What it is called.
    name: String,
    /// `on` or `muted`.
    state: String,
    /// Since when.
    at: DateTime<Utc>,
}

/// All that is watched.
#[derive(Debug, Serialize, ToSchema)]
pub struct Watches {
    /// By kind.
    results: Vec<WatchShape>,
}

/// What is to be watched, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WatchEdit)]
#[serde(deny_unknown_fields)]
pub struct WatchBody {
    /// `page`, `topic`, `space`, `search` or `person`.
    kind: String,
    /// The page's id, the slug, the words, or the person's key.
    what: String,
    /// `on`, `off`, or for a page `muted`.
    state: String,
}

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
pub struct NoticeShape {
    /// Its key.
    id: i64,
    /// `published`, `superseded`, `archived`, `waiting`, `due`, `overdue`, `intel`, `assigned` or `outcome`.
    kind: String,
    /// Why: `owner`, `assignee`, `reporter`, `page`, `topic`, `person`, `search` or `space`.
    reason: String,
    /// The name of what is watched.
    because_of: Option<String>,
    /// The page's id.
    page: Option<String>,
    /// The page's title.
    title: Option<String>,
    /// The report's number.
    intel: Option<i64>,
    /// The change that waits.
    change: Option<i64>,
    /// Who did it, where that may be known.
    actor: Option<String>,
    /// How often it happened since it was last read.
    events: i64,
    /// When it happened last.
    at: DateTime<Utc>,
    /// When it was read.
    read_at: Option<DateTime<Utc>>,
}

impl From<&Notice> for NoticeShape {
    fn from(notice: &Notice) -> NoticeShape {
        NoticeShape {
            id: notice.row.id.0,
            kind: notice.row.kind.to_string(),
            reason: notice.row.reason.to_string(),
            because_of: notice.because_of.clone(),
            page: notice.page.as_ref().map(|subject| subject.public_id.to_string()),
            title: notice.page.as_ref().map(|subject| subject.title.clone()),
            intel: notice.report.as_ref().map(|report| report.id.0),
            change: notice.row.change_id.map(|id| id.0),
            actor: notice.actor.as_ref().map(|person| person.name.clone()),
            events: notice.row.events,
            at: notice.row.at,
            read_at: notice.row.read_at,
        }
    }
}

/// Notices.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notices)]
pub struct NoticesShape {
    /// Not read yet, newest first.
    unread: Vec<NoticeShape>,
    /// Read, newest first.
    read: Vec<NoticeShape>,
}

/// All that who asks watches.
#[utoipa::path(get, path = "/api/v1/watches", tag = "watching",
    responses((status = 200, body = Watches), (status = 401, body = Problem)))]
pub async fn list(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let found = block(move || watching::list(&app, &viewer.actor())).await?;
    let results = found
        .into_iter()
        .map(|watched| WatchShape {
            kind: watched.kind.to_string(),
            what: watched.what,
            name: watched.name,
            state: watched.state.as_str().to_owned(),
            at: watched.at,
        })
        .collect();
    json(StatusCode::OK, &Watches { results })
}

/// Watches something, ends a watch, or mutes a page.
#[utoipa::path(put, path = "/api/v1/watches", tag = "watching", request_body = WatchBody,
    responses((status = 204), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub async fn watch(
    app: web::Data<App>,
    viewer: Viewer,
    body: Json<WatchBody>,
) -> Result<HttpResponse, Error> {
    let body = body.0;
    let unknown = |field| dugri_app::Error::field(field, "error-unknown");
    let kind: WatchKind = body.kind.parse().map_err(|_| unknown("kind"))?;
    let state = State::parse(&body.state).ok_or_else(|| unknown("state"))?;
    block(move || watching::set(&app, &viewer.actor(), kind, &body.what, state)).await?;
    Ok(done())
}

/// What who asks is told.
#[utoipa::path(get, path = "/api/v1/notifications", tag = "watching",
    responses((status = 200, body = NoticesShape), (status = 401, body = Problem)))]
pub async fn notices(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let told = block(move || notices::list(&app, &viewer.actor())).await?;
    json(
        StatusCode::OK,
        &NoticesShape {
            unread: told.unread.iter().map(NoticeShape::from).collect(),
            read: told.read.iter().map(NoticeShape::from).collect(),
        },
    )
}

/// Marks all notices as read.
#[utoipa::path(post, path = "/api/v1/notifications/read", tag = "watching",
    responses((status = 204), (status = 401, body = Problem)))]
pub async fn read_all(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    block(move || notices::mark_read(&app, &viewer.actor(), None)).await?;
    Ok(done())
}

/// Marks a notice as read.
#[utoipa::path(post, path = "/api/v1/notifications/{notice}/read", tag = "watching",
    params(("notice" = i64, Path, description = "The notice's key")),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn read(app: web::Data<App>, viewer: Viewer, id: web::Path<i64>) -> Result<HttpResponse, Error> {
    let id = NoticeId(id.into_inner());
    block(move || notices::mark_read(&app, &viewer.actor(), Some(id))).await?;
    Ok(done())
}

/// Ends the watch that a notice comes from, or mutes its page.
#[utoipa::path(post, path = "/api/v1/notifications/{notice}/mute", tag = "watching",
    params(("notice" = i64, Path, description = "The notice's key")),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn mute(app: web::Data<App>, viewer: Viewer, id: web::Path<i64>) -> Result<HttpResponse, Error> {
    let id = NoticeId(id.into_inner());
    block(move || notices::mute(&app, &viewer.actor(), id)).await?;
    Ok(done())
}
