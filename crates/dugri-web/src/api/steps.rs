//! What is done to a page as a whole, over the API: told beforehand, done, listed and undone.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::App;
use dugri_app::pages::join::{self, Join, JoinText};
use dugri_app::pages::rename::{self, Rename};
use dugri_app::pages::split::{self, Split};
use dugri_app::pages::steps::{self, Named, Step, Stepped};
use dugri_app::pages::{relocate, touches as touched, undo};
use dugri_core::{RevisionId, StepId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::Problem;
use super::{json, public_id};
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::forms::Json;
use crate::identity::Viewer;
use crate::t;

/// The part of the API about what is done to a page as a whole.
#[derive(OpenApi)]
#[openapi(
    paths(rename, relocate, merge, split, touches, list, undo),
    components(schemas(
        RenamePage, MovePage, MergePage, SplitPage, StepDone, Touches, Crowd, PageSteps, PageStep, PageName
    ))
)]
pub struct Doc;

/// A page by what people call it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageName {
    /// The permanent id.
    id: String,
    /// The address on this server.
    path: String,
    /// The title.
    title: String,
}

impl From<&Named> for PageName {
    fn from(named: &Named) -> PageName {
        PageName {
            id: named.id.to_string(),
            path: format!("/p/{}/{}", named.id, named.slug),
            title: named.title.clone(),
        }
    }
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepDone {
    /// The page's permanent id.
    id: String,
    /// Its address now.
    path: String,
    /// What can be undone; absent where nothing changed or it waits as a change.
    step: Option<i64>,
    /// The change that waits for a publisher.
    change: Option<i64>,
    /// The page that it became part of, or that was split off.
    other: Option<PageName>,
}

impl From<Stepped> for StepDone {
    fn from(stepped: Stepped) -> StepDone {
        StepDone {
            id: stepped.page.to_string(),
            path: format!("/p/{}/{}", stepped.page, stepped.slug),
            step: stepped.step.map(|step| step.0),
            change: stepped.change.map(|change| change.0),
            other: stepped.other.as_ref().map(PageName::from),
        }
    }
}

/// Another name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenamePage {
    /// The title.
    title: String,
    /// The readable end of the address; follows the title where it is absent.
    #[serde(default)]
    slug: String,
    /// Why.
    #[serde(default)]
    summary: String,
}

/// Renames a page. A new title is a revision, and waits as a change where revisions do.
#[utoipa::path(post, path = "/api/v1/pages/{id}/rename", tag = "steps", request_body = RenamePage,
    responses((status = 200, body = StepDone), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn rename(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<RenamePage>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let wanted = Rename {
        title: body.0.title,
        slug: body.0.slug,
        summary: body.0.summary,
    };
    let done = block(move || rename::rename(&app, &viewer.actor(), &id, wanted)).await?;
    json(StatusCode::OK, &StepDone::from(done))
}

/// Another space.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MovePage {
    /// The space by slug.
    space: String,
}

/// Moves a page to another space, with history, changes and files.
#[utoipa::path(post, path = "/api/v1/pages/{id}/move", tag = "steps", request_body = MovePage,
    responses((status = 200, body = StepDone), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn relocate(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<MovePage>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let done = block(move || relocate::relocate(&app, &viewer.actor(), &id, &body.0.space)).await?;
    json(StatusCode::OK, &StepDone::from(done))
}

/// A page that another one becomes part of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergePage {
    /// The other page: its id, its address or its title.
    into: String,
    /// What becomes of the text: `pending` (behind the other's text, as a change that waits), `publish` (at once), `leave`.
    text: String,
    /// Why.
    summary: String,
}

/// Makes a page part of another one, which replaces it and gets its names and links.
#[utoipa::path(post, path = "/api/v1/pages/{id}/merge", tag = "steps", request_body = MergePage,
    responses((status = 200, body = StepDone), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn merge(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<MergePage>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let text: JoinText = body
        .0
        .text
        .parse()
        .map_err(|_| Error::Invalid(vec![Wrong::new("text", "error-unknown")]))?;
    let wanted = Join {
        into: body.0.into,
        text,
        summary: body.0.summary,
        seen: None,
    };
    let done = block(move || join::join(&app, &viewer.actor(), &id, wanted)).await?;
    json(StatusCode::OK, &StepDone::from(done))
}

/// A section that becomes a page.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitPage {
    /// The id of its heading, `h-…`.
    section: String,
    /// The title of the new page.
    title: String,
    /// Why.
    summary: String,
    /// The revision that was read; 412 where the page moved on.
    #[serde(default)]
    revision: Option<i64>,
}

/// Makes a section a page of its own and leaves a link in its place.
#[utoipa::path(post, path = "/api/v1/pages/{id}/split", tag = "steps", request_body = SplitPage,
    responses((status = 200, body = StepDone), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn split(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<SplitPage>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let wanted = Split {
        section: body.0.section,
        title: body.0.title,
        summary: body.0.summary,
        seen: body.0.revision.map(RevisionId),
    };
    let done = block(move || split::split(&app, &viewer.actor(), &id, wanted)).await?;
    json(StatusCode::OK, &StepDone::from(done))
}

/// What is asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TouchesQuery {
    /// A space, by slug: what moving there touches.
    space: Option<String>,
    /// A page: what becoming part of it touches.
    into: Option<String>,
}

/// People, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Crowd {
    /// How many.
    count: usize,
    /// How many of them are from outside.
    outsiders: usize,
    /// Some of them by name.
    some: Vec<String>,
}

impl From<touched::Crowd> for Crowd {
    fn from(crowd: touched::Crowd) -> Crowd {
        Crowd {
            count: crowd.count,
            outsiders: crowd.outsiders,
            some: crowd.some.into_iter().map(|person| person.name).collect(),
        }
    }
}

/// What a step touches.
#[derive(Debug, Serialize, ToSchema)]
pub struct Touches {
    /// The pages that link here, as far as the reader may read them.
    backlinks: Vec<PageName>,
    /// Foreign paths that lead here.
    redirects: Vec<String>,
    /// Pages that name this one as their successor.
    predecessors: i64,
    /// How many people watch it.
    watchers: i64,
    /// Whose changes wait.
    waiting: Vec<String>,
    /// Reports that wait for an outcome, as far as the reader may read them.
    reports: i64,
    /// Files.
    files: usize,
    /// Who gains sight.
    gain: Crowd,
    /// Who loses sight.
    lose: Crowd,
}

impl From<touched::Touches> for Touches {
    fn from(touched: touched::Touches) -> Touches {
        Touches {
            backlinks: touched
                .backlinks
                .into_iter()
                .map(|line| PageName {
                    path: format!("/p/{}/{}", line.page.public_id, line.page.slug),
                    id: line.page.public_id.to_string(),
                    title: line.title,
                })
                .collect(),
            redirects: touched.redirects,
            predecessors: touched.predecessors,
            watchers: touched.watchers,
            waiting: touched.waiting.into_iter().map(|person| person.name).collect(),
            reports: touched.reports,
            files: touched.files,
            gain: touched.gain.into(),
            lose: touched.lose.into(),
        }
    }
}

/// What archiving a page touches; with `space`, moving it; with `into`, making it part of another page. Nothing is done.
#[utoipa::path(get, path = "/api/v1/pages/{id}/touches", tag = "steps", params(TouchesQuery),
    responses((status = 200, body = Touches), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn touches(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    query: web::Query<TouchesQuery>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let TouchesQuery { space, into } = query.into_inner();
    let found = block(move || {
        let actor = viewer.actor();
        match (space, into) {
            (Some(space), _) => relocate::plan(&app, &actor, &id, &space).map(|plan| plan.touches),
            (None, Some(into)) => join::plan(&app, &actor, &id, &into).map(|plan| plan.touches),
            (None, None) => touched::of_archiving(&app, &actor, &id).map(|(_, _, touches)| touches),
        }
    })
    .await?;
    json(StatusCode::OK, &Touches::from(found))
}

/// What was done to a page, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageSteps {
    /// The steps.
    results: Vec<PageStep>,
}

/// Something that was done to a page as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageStep {
    /// Its key.
    step: i64,
    /// `renamed`, `moved`, `archived`, `unarchived`, `merged` or `split`.
    kind: String,
    /// The page it was done to.
    page: PageName,
    /// The page that this became part of, or that was split off, as far as the reader may know of it.
    other: Option<PageName>,
    /// Who did it.
    by: String,
    /// When.
    at: DateTime<Utc>,
    /// When it was undone.
    undone_at: Option<DateTime<Utc>>,
    /// Whether the reader may undo it now.
    may_undo: bool,
}

impl From<Step> for PageStep {
    fn from(step: Step) -> PageStep {
        PageStep {
            step: step.row.id.0,
            kind: step.row.kind.to_string(),
            page: PageName::from(&step.page),
            other: step.other.as_ref().map(PageName::from),
            by: step.by.name,
            at: step.row.at,
            undone_at: step.row.undone_at,
            may_undo: step.may_undo,
        }
    }
}

/// What was done to a page as a whole.
#[utoipa::path(get, path = "/api/v1/pages/{id}/steps", tag = "steps",
    responses((status = 200, body = PageSteps), (status = 404, body = Problem)))]
pub async fn list(app: web::Data<App>, viewer: Viewer, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let found = block(move || steps::list(&app, &viewer.actor(), &id)).await?;
    json(
        StatusCode::OK,
        &PageSteps {
            results: found.into_iter().map(PageStep::from).collect(),
        },
    )
}

/// Undoes a step, as long as nothing that happened since contradicts it. That is a step forward: nothing leaves the history.
#[utoipa::path(post, path = "/api/v1/pages/{id}/steps/{step}/undo", tag = "steps",
    responses((status = 200, body = StepDone), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn undo(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<(String, i64)>,
) -> Result<HttpResponse, Error> {
    let (id, step) = path.into_inner();
    let id = public_id(&id)?;
    let summary = t!(viewer.person.language, "undo-summary");
    let done = block(move || undo::undo(&app, &viewer.actor(), &id, StepId(step), summary)).await?;
    json(StatusCode::OK, &StepDone::from(done))
}
