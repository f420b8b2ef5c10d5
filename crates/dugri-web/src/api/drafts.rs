//! Drafts over the API, and who has a page open for writing: what the editor in the browser uses, and others may.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::drafts::{self, DraftSave, Form};
use dugri_app::{App, PersonName};
use dugri_core::{ChangeId, Language, RevisionId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::Problem;
use super::{done, json, public_id};
use crate::bridge::block;
use crate::dates::Clock;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;

/// The part of the API about drafts.
#[derive(OpenApi)]
#[openapi(
    paths(list, read, put, discard, restore, editing, beat),
    components(schemas(Drafts, Draft, PutDraft, KeptDraft, Beat, Editing, Newer))
)]
pub struct Doc;

/// An own draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Draft {
    /// Its key: the `Idempotency-Key` of the save that will come of it.
    pub key: String,
    /// Counts its saves: to be named by the next one.
    pub version: i64,
    /// The page that it belongs to; absent for a page that does not exist yet, and where it may not be read any more.
    pub page: Option<String>,
    /// `open`, `archived`, `forbidden` (the page may no longer be edited) or `gone`.
    pub standing: String,
    /// The revision that it began from.
    pub base_revision: Option<i64>,
    /// The pending change that it goes on with.
    pub change: Option<i64>,
    /// When it was last kept.
    pub saved_at: DateTime<Utc>,
    /// When it was given up; it can be put back for 30 days.
    pub discarded_at: Option<DateTime<Utc>>,
    /// The fields of the form: `title`, `body`, `key_message`, `summary`, `field.NAME` and so on.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub form: Form,
}

impl From<drafts::Draft> for Draft {
    fn from(draft: drafts::Draft) -> Draft {
        Draft {
            key: draft.key,
            version: draft.version,
            page: draft.page.map(|page| page.row.public_id.to_string()),
            standing: draft.standing.as_str().to_owned(),
            base_revision: draft.base.map(|id| id.0),
            change: draft.change.map(|id| id.0),
            saved_at: draft.saved_at,
            discarded_at: draft.discarded_at,
            form: draft.form,
        }
    }
}

/// The own drafts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Drafts {
    /// The last kept first, those given up too.
    pub results: Vec<Draft>,
}

/// The own drafts, those given up too.
#[utoipa::path(get, path = "/api/v1/drafts", tag = "drafts", responses((status = 200, body = Drafts)))]
pub async fn list(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let found = block(move || drafts::list(&app, &viewer.actor())).await?;
    let results = found.into_iter().map(Draft::from).collect();
    json(StatusCode::OK, &Drafts { results })
}

/// An own draft.
#[utoipa::path(get, path = "/api/v1/drafts/{key}", tag = "drafts",
    responses((status = 200, body = Draft), (status = 404, body = Problem)))]
pub async fn read(
    app: web::Data<App>,
    viewer: Viewer,
    key: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let found = block(move || drafts::read(&app, &viewer.actor(), &key)).await?;
    json(StatusCode::OK, &Draft::from(found))
}

/// A draft to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutDraft {
    /// The page; absent for one that does not exist yet. Counts when the draft is begun.
    page: Option<String>,
    /// The revision that the writer began from.
    base_revision: Option<i64>,
    /// The pending change that it goes on with.
    change: Option<i64>,
    /// The version that the writer knows; 0 for a new draft.
    #[serde(default)]
    version: i64,
    /// A name for the tab or program that writes: the same one may repeat itself.
    tab: String,
    /// The fields of the form.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    form: Form,
}

/// What came of keeping a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptDraft {
    /// Its version now.
    pub version: i64,
    /// When it was kept: it is on the disk.
    pub saved_at: DateTime<Utc>,
    /// The hour of that for people, in the time zone of the installation.
    pub clock: String,
    /// `open`, `archived`, `forbidden` or `gone`: whether its page can still be saved.
    pub standing: String,
}

/// Keeps a draft. 409 `error-draft-moved` where another tab has written it meanwhile, 409 `error-draft-saved` where its
/// save is done; then nothing is kept.
#[utoipa::path(put, path = "/api/v1/drafts/{key}", tag = "drafts", request_body = PutDraft,
    responses((status = 200, body = KeptDraft), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn put(
    app: web::Data<App>,
    site: web::Data<crate::Site>,
    viewer: Viewer,
    key: web::Path<String>,
    body: Json<PutDraft>,
) -> Result<HttpResponse, Error> {
    let body = body.0;
    let draft = DraftSave {
        key: key.into_inner(),
        page: body.page.as_deref().map(public_id).transpose()?,
        base: body.base_revision.map(RevisionId),
        change: body.change.map(ChangeId),
        version: body.version,
        tab: body.tab,
        form: body.form,
    };
    let kept = block(move || drafts::save(&app, &viewer.actor(), draft)).await?;
    json(
        StatusCode::OK,
        &KeptDraft {
            version: kept.version,
            saved_at: kept.saved_at,
            clock: Clock {
                now: kept.saved_at,
                zone: site.zone,
            }
            .time(kept.saved_at),
            standing: kept.standing.as_str().to_owned(),
        },
    )
}

/// Gives a draft up; it can be put back for 30 days.
#[utoipa::path(post, path = "/api/v1/drafts/{key}/discard", tag = "drafts",
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn discard(
    app: web::Data<App>,
    viewer: Viewer,
    key: web::Path<String>,
) -> Result<HttpResponse, Error> {
    block(move || drafts::discard(&app, &viewer.actor(), &key)).await?;
    Ok(done())
}

/// Puts a draft back that was given up.
#[utoipa::path(post, path = "/api/v1/drafts/{key}/restore", tag = "drafts",
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn restore(
    app: web::Data<App>,
    viewer: Viewer,
    key: web::Path<String>,
) -> Result<HttpResponse, Error> {
    block(move || drafts::put_back(&app, &viewer.actor(), &key)).await?;
    Ok(done())
}

/// A newer text of the page.
#[derive(Debug, Serialize, ToSchema)]
pub struct Newer {
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The N of `vN`, if it is published.
    pub number: Option<i64>,
}

/// Who writes on a page.
#[derive(Debug, Serialize, ToSchema)]
pub struct Editing {
    /// The names of the others who have it open for writing.
    pub others: Vec<String>,
    /// Whether you have it open elsewhere, too.
    pub elsewhere: bool,
    /// What was saved since `base_revision`.
    pub newer: Option<Newer>,
    /// `open` or `archived`.
    pub standing: String,
}

impl Editing {
    fn new(presence: drafts::Presence, language: Language) -> Editing {
        let name = |person: &PersonName| person.name_in(language).to_owned();
        Editing {
            others: presence.others.iter().map(name).collect(),
            elsewhere: presence.elsewhere,
            newer: presence.moved.map(|moved| Newer {
                author: name(&moved.author),
                at: moved.at,
                number: moved.number,
            }),
            standing: presence.standing.as_str().to_owned(),
        }
    }
}

/// From which revision one writes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EditingQuery {
    /// To be told what was saved since.
    base_revision: Option<i64>,
}

/// Who writes on a page, for those who may write there themselves.
#[utoipa::path(get, path = "/api/v1/pages/{id}/editing", tag = "drafts", params(EditingQuery),
    responses((status = 200, body = Editing), (status = 404, body = Problem)))]
pub async fn editing(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    query: web::Query<EditingQuery>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (actor, base) = (viewer.actor(), query.base_revision.map(RevisionId));
    let language = actor.language;
    let presence = block(move || drafts::beat(&app, &actor, &id, None, base)).await?;
    json(StatusCode::OK, &Editing::new(presence, language))
}

/// A sign of life.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    /// A name for the tab or program.
    tab: String,
    /// The revision that the writer began from.
    base_revision: Option<i64>,
    /// The tab goes away.
    #[serde(default)]
    leaves: bool,
}

/// Says that one has a page open for writing; to be repeated each 20 seconds. It locks nothing.
#[utoipa::path(post, path = "/api/v1/pages/{id}/editing", tag = "drafts", request_body = Beat,
    responses((status = 200, body = Editing), (status = 204, description = "left"), (status = 404, body = Problem)))]
pub async fn beat(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<Beat>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (actor, body) = (viewer.actor(), body.0);
    if body.leaves {
        block(move || drafts::leave(&app, &actor, &id, &body.tab)).await?;
        return Ok(done());
    }
    let language = actor.language;
    let base = body.base_revision.map(RevisionId);
    let presence = block(move || drafts::beat(&app, &actor, &id, Some(&body.tab), base)).await?;
    json(StatusCode::OK, &Editing::new(presence, language))
}
