//! The audit over the API, for site admins.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::App;
use dugri_app::audit::{self, About, AuditFilter};
use dugri_core::{EventId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::json;
use super::shapes::Problem;
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::identity::Admin;

/// How many events a list gives where the caller does not say, and at most.
const LIMIT_DEFAULT: i64 = 100;
const LIMIT_MAX: i64 = 1_000;

/// The part of the API about the audit.
#[derive(OpenApi)]
#[openapi(paths(list), components(schemas(Events, Event)))]
pub struct Doc;

/// What is asked of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// The key of a person: what they did.
    actor: Option<i64>,
    /// `sign-ins`, `people`, `rights`, `tokens`, `pages`, `files`, `topics`, `intel` or `site`.
    about: Option<String>,
    /// At this moment or later.
    from: Option<DateTime<Utc>>,
    /// Before this moment.
    until: Option<DateTime<Utc>>,
    /// `next` of the answer before.
    before: Option<i64>,
    /// At most so many.
    limit: Option<i64>,
}

/// Events, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    results: Vec<Event>,
    /// For `before`, where there are older ones.
    next: Option<i64>,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    /// Its place in the log.
    id: i64,
    /// When.
    at: DateTime<Utc>,
    /// The key of who did it; absent for what Dugri does by itself.
    actor: Option<i64>,
    /// What happened.
    kind: String,
    /// What sort of thing it is about.
    subject: String,
    /// The key of the thing.
    subject_id: i64,
    /// What else the event says.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

/// Lists what happened. For site admins; for others it does not exist.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditQuery),
    responses((status = 200, body = Events), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn list(
    app: web::Data<App>,
    admin: Admin,
    query: web::Query<AuditQuery>,
) -> Result<HttpResponse, Error> {
    let about = match &query.about {
        Some(text) => Some(
            text.parse::<About>()
                .map_err(|_| Error::Invalid(vec![Wrong::new("about", "error-unknown")]))?,
        ),
        None => None,
    };
    let filter = AuditFilter {
        actor: query.actor.map(PersonId),
        about,
        from: query.from,
        until: query.until,
        before: query.before.map(EventId),
    };
    let limit = query.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX);
    let found = block(move || audit::list(&app, &admin.actor(), &filter, limit)).await?;
    let next = found
        .entries
        .last()
        .filter(|_| found.more)
        .map(|entry| entry.id.0);
    let results = found.entries.iter().map(|entry| {
        let (kind, data) = entry.event.to_row();
        let (subject, subject_id) = entry.event.subject();
        Event {
            id: entry.id.0,
            at: entry.at,
            actor: entry.actor.map(|id| id.0),
            kind,
            subject: subject.to_owned(),
            subject_id,
            data: serde_json::from_str(&data).unwrap_or_default(),
        }
    });
    json(
        StatusCode::OK,
        &Events {
            results: results.collect(),
            next,
        },
    )
}
