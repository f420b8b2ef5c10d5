//! Pages over the API: lists, reading, saving with a named base, and the steps of a page's life.

use std::collections::BTreeMap;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::pages::InSpace;
use dugri_app::pages::save::{self, PageEdit, PageStart, PageText};
use dugri_app::{App, links, pages, spaces};
use dugri_core::pages::Audience;
use dugri_core::{ChangeId, IntelId, Language, PageId, RevisionId};
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::{Page, PageLine, Pages, Problem, SavedPage};
use super::{idempotency_key, json, public_id};
use crate::bridge::block;
use crate::cache;
use crate::errors::{Error, Wrong};
use crate::forms::Json;
use crate::identity::Viewer;

/// How many pages a list gives where the caller does not say, and at most.
const LIMIT_DEFAULT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// The part of the API about pages.
#[derive(OpenApi)]
#[openapi(
    paths(
        list,
        read,
        read_version,
        create,
        save,
        backlinks,
        read_change,
        super::publish::publish,
        super::publish::withdraw,
        super::publish::restore,
        super::publish::verify,
        super::publish::supersede,
        super::publish::archive
    ),
    components(schemas(
        Page,
        PageLine,
        Pages,
        SavedPage,
        Problem,
        NewPage,
        EditPage,
        super::publish::PublishChange,
        super::publish::Restore,
        super::publish::Verify,
        super::publish::Supersede,
        super::publish::Archive
    ))
)]
pub struct Doc;

/// Which pages are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only of this space, by slug.
    space: Option<String>,
    /// Only of this kind, by slug.
    kind: Option<String>,
    /// Superseded and archived ones too.
    #[serde(default)]
    retired: bool,
    /// At most so many, up to 200.
    limit: Option<i64>,
    /// Where the list before ended: its `next`.
    cursor: Option<String>,
}

/// Published pages by title.
#[utoipa::path(get, path = "/api/v1/pages", tag = "pages", params(ListQuery),
    responses((status = 200, body = Pages), (status = 404, body = Problem)))]
pub async fn list(
    app: web::Data<App>,
    viewer: Viewer,
    query: web::Query<ListQuery>,
) -> Result<HttpResponse, Error> {
    let query = query.into_inner();
    let after = query.cursor.as_deref().map(parse_cursor).transpose()?;
    let limit = query.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX);
    let found = block(move || -> Result<_, dugri_app::Error> {
        let actor = viewer.actor();
        let space = match &query.space {
            Some(slug) => Some(spaces::find(&app, &actor, slug)?.id),
            None => None,
        };
        let which = InSpace {
            kind: query.kind,
            retired: query.retired,
            after,
            limit,
            ..InSpace::default()
        };
        pages::list(&app, &actor, space, &which)
    })
    .await?;
    let next = match found.last() {
        Some(last) if found.len() as i64 == limit => {
            Some(format!("{}.{}", last.line.page.id, hex::encode(&last.line.title)))
        }
        _ => None,
    };
    json(
        StatusCode::OK,
        &Pages {
            results: found.iter().map(PageLine::from).collect(),
            next,
        },
    )
}

fn parse_cursor(cursor: &str) -> Result<(String, PageId), Error> {
    let parse = || {
        let (id, title) = cursor.split_once('.')?;
        Some((
            String::from_utf8(hex::decode(title).ok()?).ok()?,
            PageId(id.parse().ok()?),
        ))
    };
    parse().ok_or_else(|| Error::Malformed {
        place: Some("cursor".into()),
        detail: "not a cursor of ours".into(),
    })
}

/// A page as readers get it; of a page that was never published, its newest save for contributors.
#[utoipa::path(get, path = "/api/v1/pages/{id}", tag = "pages",
    responses((status = 200, body = Page, headers(("ETag" = String))), (status = 404, body = Problem)))]
pub async fn read(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let outsider = viewer.access.outsider;
    let read = block(move || pages::read(&app, &viewer.actor(), &id)).await?;
    page(&req, Page::new(read, outsider))
}

/// `vN` of a page.
#[utoipa::path(get, path = "/api/v1/pages/{id}/versions/{number}", tag = "pages",
    responses((status = 200, body = Page), (status = 404, body = Problem)))]
pub async fn read_version(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<(String, i64)>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, number) = path.into_inner();
    let id = public_id(&id)?;
    let outsider = viewer.access.outsider;
    let read = block(move || pages::read_version(&app, &viewer.actor(), &id, number)).await?;
    page(&req, Page::new(read, outsider))
}

/// The newest save of a pending change, for contributors.
#[utoipa::path(get, path = "/api/v1/pages/{id}/changes/{change}", tag = "pages",
    responses((status = 200, body = Page), (status = 404, body = Problem)))]
pub async fn read_change(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<(String, i64)>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, change) = path.into_inner();
    let id = public_id(&id)?;
    let outsider = viewer.access.outsider;
    let read = block(move || pages::read_change(&app, &viewer.actor(), &id, ChangeId(change))).await?;
    page(&req, Page::new(read, outsider))
}

/// A page under the tag of its revision: what `If-Match` of a save names.
fn page(req: &HttpRequest, page: Page) -> Result<HttpResponse, Error> {
    let etag = cache::etag(&format!("r{}", page.revision));
    let mut response = json(StatusCode::OK, &page)?;
    if cache::is_known(req, &etag) {
        response = HttpResponse::NotModified().finish();
        cache::Policy::Private.set(response.headers_mut());
    }
    cache::set_etag(response.headers_mut(), &etag);
    Ok(response)
}

/// What a writer wrote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPage {
    /// The space, by slug.
    space: String,
    /// The kind, by slug.
    kind: String,
    /// `he` or `en`; the space's where it is absent.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
    /// `internal` where it is absent.
    #[schema(value_type = Option<String>)]
    audience: Option<Audience>,
    /// The title.
    title: String,
    /// The key message, up to 140 characters.
    #[serde(default)]
    key_message: String,
    /// The Markdown.
    #[serde(default)]
    body: String,
    /// The fields of the kind, by name.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// The topics, by slug.
    #[serde(default)]
    topics: Vec<String>,
    /// Why, in a sentence.
    #[serde(default)]
    summary: String,
    /// The numbers of the reports that caused it.
    #[serde(default)]
    cites: Vec<i64>,
    /// Save only, don't publish.
    #[serde(default)]
    keep_pending: bool,
}

/// Begins a page. With `Idempotency-Key`, sent twice it is made once.
#[utoipa::path(post, path = "/api/v1/pages", tag = "pages", request_body = NewPage,
    responses((status = 201, body = SavedPage), (status = 422, body = Problem)))]
pub async fn create(
    app: web::Data<App>,
    viewer: Viewer,
    body: Json<NewPage>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let new = body.0;
    let start = PageStart {
        space: new.space,
        kind: new.kind,
        language: new.language,
        audience: new.audience.unwrap_or(Audience::Internal),
        text: PageText {
            title: new.title,
            key_message: new.key_message,
            body: new.body,
            fields: new.fields,
            topics: new.topics,
            summary: new.summary,
            cites: new.cites.into_iter().map(IntelId).collect(),
            keep_pending: new.keep_pending,
            client_id: idempotency_key(&req)?,
            ..PageText::default()
        },
    };
    let saved = SavedPage::from(block(move || save::create(&app, &viewer.actor(), start)).await?);
    let mut response = json(StatusCode::CREATED, &saved)?;
    if let Ok(location) = header::HeaderValue::from_str(&format!("/api/v1/pages/{}", saved.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// An edit. What is absent stays as it was in `base_revision`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPage {
    /// The revision that the writer began from; may be left out where `If-Match` names it.
    base_revision: Option<i64>,
    /// The pending change to go on with.
    change: Option<i64>,
    /// The title.
    title: String,
    /// The key message.
    #[serde(default)]
    key_message: String,
    /// The Markdown.
    body: String,
    /// Fields to set; an empty value takes one away.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// The topics, by slug.
    #[serde(default)]
    topics: Vec<String>,
    /// Why it changed, in a sentence.
    #[serde(default)]
    summary: String,
    /// Readers need not be told.
    #[serde(default)]
    minor: bool,
    /// Holders of older copies must be told.
    #[serde(default)]
    material: bool,
    /// The numbers of the reports that caused it.
    #[serde(default)]
    cites: Vec<i64>,
    /// Save only, don't publish.
    #[serde(default)]
    keep_pending: bool,
    /// Where the save publishes: the whole page was checked, and this counts as its verification.
    #[serde(default)]
    verify: bool,
}

/// Saves an edit. A base that is not the newest any more is merged by block, or answered 409 with all three texts;
/// with `If-Match` it is answered 412 and nothing is merged.
#[utoipa::path(put, path = "/api/v1/pages/{id}", tag = "pages", request_body = EditPage,
    responses((status = 200, body = SavedPage), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn save(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    body: Json<EditPage>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let edit = body.0;
    let matched = if_match(&req)?;
    let base = matched
        .or(edit.base_revision)
        .ok_or_else(|| Error::Invalid(vec![Wrong::new("base_revision", "error-required")]))?;
    let edit = PageEdit {
        base: RevisionId(base),
        change: edit.change.map(ChangeId),
        exact_base: matched.is_some(),
        text: PageText {
            title: edit.title,
            key_message: edit.key_message,
            body: edit.body,
            fields: edit.fields,
            topics: edit.topics,
            summary: edit.summary,
            minor: edit.minor,
            material: edit.material,
            cites: edit.cites.into_iter().map(IntelId).collect(),
            keep_pending: edit.keep_pending,
            client_id: idempotency_key(&req)?,
            verify: edit.verify,
            typed: false,
        },
    };
    let saved = block(move || save::save(&app, &viewer.actor(), &id, edit)).await?;
    json(StatusCode::OK, &SavedPage::from(saved))
}

/// The revision in `If-Match: "r123"`.
fn if_match(req: &HttpRequest) -> Result<Option<i64>, Error> {
    let Some(value) = req.headers().get(header::IF_MATCH) else {
        return Ok(None);
    };
    let tag = value
        .to_str()
        .unwrap_or_default()
        .trim()
        .trim_start_matches("W/")
        .trim_matches('"');
    match tag.strip_prefix('r').and_then(|key| key.parse().ok()) {
        Some(key) => Ok(Some(key)),
        None => Err(Error::Malformed {
            place: Some("If-Match".into()),
            detail: "not a tag of ours".into(),
        }),
    }
}

/// The published pages that link to this one.
#[utoipa::path(get, path = "/api/v1/pages/{id}/backlinks", tag = "pages",
    responses((status = 200, body = Pages), (status = 404, body = Problem)))]
pub async fn backlinks(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let found = block(move || links::backlinks(&app, &viewer.actor(), &id)).await?;
    json(
        StatusCode::OK,
        &Pages {
            results: found.iter().map(PageLine::from).collect(),
            next: None,
        },
    )
}
