//! The API of topics.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::App;
use dugri_app::topics::{self, TopicHome, TopicInput, TopicRow};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::shapes::{PageLine, Problem};
use super::{done, json};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;

/// The part of the API about topics.
#[derive(OpenApi)]
#[openapi(
    paths(list, read, add, change, merge, suggest),
    components(schemas(
        TopicShape,
        Topics,
        TopicHomeShape,
        ExternalShape,
        TopicBody,
        MergeBody,
        SuggestBody,
        Added
    ))
)]
pub struct Doc;

/// A topic.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Topic)]
pub struct TopicShape {
    /// The readable name in addresses.
    slug: String,
    /// `product`, `competitor`, `account`, `partner`, `segment` or `region`.
    kind: String,
    /// The name.
    name: String,
    /// The name in Hebrew.
    name_he: Option<String>,
    /// How many pages about it who asks may read; absent where that is not counted.
    pages: Option<i64>,
}

impl TopicShape {
    fn of(topic: &TopicRow, pages: Option<i64>) -> TopicShape {
        TopicShape {
            slug: topic.slug.clone(),
            kind: topic.kind.to_string(),
            name: topic.name.clone(),
            name_he: topic.name_he.clone(),
            pages,
        }
    }
}

/// Topics.
#[derive(Debug, Serialize, ToSchema)]
pub struct Topics {
    /// By name.
    results: Vec<TopicShape>,
}

/// An id in another system.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExternalId)]
pub struct ExternalShape {
    /// The system.
    system: String,
    /// The id there.
    id: String,
    /// Where it leads.
    href: Option<String>,
}

/// All about a topic.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TopicHome)]
pub struct TopicHomeShape {
    /// The topic.
    topic: TopicShape,
    /// Its other names.
    aliases: Vec<String>,
    /// Its ids in other systems.
    external: Vec<ExternalShape>,
    /// Its published pages; a competitor's battlecard first.
    pages: Vec<PageLine>,
    /// Its latest reports, by number.
    intel: Vec<i64>,
}

impl From<&TopicHome> for TopicHomeShape {
    fn from(home: &TopicHome) -> TopicHomeShape {
        let pages: Vec<PageLine> = home
            .first
            .iter()
            .chain(home.kinds.iter().flat_map(|(_, pages)| pages))
            .map(PageLine::from)
            .collect();
        TopicHomeShape {
            topic: TopicShape::of(&home.topic, Some(pages.len() as i64)),
            aliases: home.aliases.clone(),
            external: home
                .external
                .iter()
                .map(|external| ExternalShape {
                    system: external.system.clone(),
                    id: external.id.clone(),
                    href: external.href.clone(),
                })
                .collect(),
            pages,
            intel: home.intel.iter().map(|card| card.report.id.0).collect(),
        }
    }
}

/// What is written about a topic.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TopicEdit)]
#[serde(deny_unknown_fields)]
pub struct TopicBody {
    /// `product`, `competitor`, `account`, `partner`, `segment` or `region`.
    #[serde(default)]
    kind: String,
    /// The name.
    #[serde(default)]
    name: String,
    /// The name in Hebrew.
    #[serde(default)]
    name_he: String,
    /// All other names: those that are not here are taken away.
    #[serde(default)]
    aliases: Vec<String>,
    /// Ids in other systems, by system.
    #[serde(default)]
    external: std::collections::BTreeMap<String, String>,
}

impl From<TopicBody> for TopicInput {
    fn from(body: TopicBody) -> TopicInput {
        TopicInput {
            kind: body.kind,
            name: body.name,
            name_he: body.name_he,
            aliases: body.aliases.join("\n"),
            external: body
                .external
                .iter()
                .map(|(system, id)| format!("{system} = {id}"))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

/// Where a topic is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TopicAdded)]
pub struct Added {
    /// Its readable name in addresses.
    slug: String,
}

/// What a topic becomes part of.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TopicMerge)]
#[serde(deny_unknown_fields)]
pub struct MergeBody {
    /// The other topic, by slug.
    #[serde(default)]
    into: String,
}

/// A text in which topics are looked for.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TopicSuggest)]
#[serde(deny_unknown_fields)]
pub struct SuggestBody {
    /// Markdown or any other text.
    #[serde(default)]
    text: String,
    /// Topics that it has already, by slug.
    #[serde(default)]
    topics: Vec<String>,
}

/// All topics.
#[utoipa::path(get, path = "/api/v1/topics", tag = "topics",
    responses((status = 200, body = Topics), (status = 401, body = Problem)))]
pub async fn list(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let found = block(move || topics::list(&app, &viewer.actor())).await?;
    let results = found
        .iter()
        .map(|(topic, pages)| TopicShape::of(topic, Some(*pages)))
        .collect();
    json(StatusCode::OK, &Topics { results })
}

/// All about a topic. One that became part of another answers as that one.
#[utoipa::path(get, path = "/api/v1/topics/{topic}", tag = "topics",
    params(("topic" = String, Path, description = "The topic's slug")),
    responses((status = 200, body = TopicHomeShape), (status = 404, body = Problem)))]
pub async fn read(
    app: web::Data<App>,
    viewer: Viewer,
    slug: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let home = block(move || topics::home(&app, &viewer.actor(), &slug)).await?;
    json(StatusCode::OK, &TopicHomeShape::from(&home))
}

/// Adds a topic.
#[utoipa::path(post, path = "/api/v1/topics", tag = "topics", request_body = TopicBody,
    responses((status = 201, body = Added), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
pub async fn add(app: web::Data<App>, viewer: Viewer, body: Json<TopicBody>) -> Result<HttpResponse, Error> {
    let input = TopicInput::from(body.0);
    let slug = block(move || topics::add(&app, &viewer.actor(), &input)).await?;
    json(StatusCode::CREATED, &Added { slug })
}

/// Changes a topic; names that are left out are taken away.
#[utoipa::path(put, path = "/api/v1/topics/{topic}", tag = "topics", request_body = TopicBody,
    params(("topic" = String, Path, description = "The topic's slug")),
    responses((status = 204), (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub async fn change(
    app: web::Data<App>,
    viewer: Viewer,
    slug: web::Path<String>,
    body: Json<TopicBody>,
) -> Result<HttpResponse, Error> {
    let input = TopicInput::from(body.0);
    block(move || topics::change(&app, &viewer.actor(), &slug, &input)).await?;
    Ok(done())
}

/// Makes a topic part of another one.
#[utoipa::path(post, path = "/api/v1/topics/{topic}/merge", tag = "topics", request_body = MergeBody,
    params(("topic" = String, Path, description = "The topic's slug")),
    responses((status = 200, body = Added), (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub async fn merge(
    app: web::Data<App>,
    viewer: Viewer,
    slug: web::Path<String>,
    body: Json<MergeBody>,
) -> Result<HttpResponse, Error> {
    let into = body.0.into;
    let slug = block(move || topics::merge(&app, &viewer.actor(), &slug, &into)).await?;
    json(StatusCode::OK, &Added { slug })
}

/// The topics whose names stand in a text. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/topics/suggest", tag = "topics", request_body = SuggestBody,
    responses((status = 200, body = Topics), (status = 401, body = Problem)))]
pub async fn suggest(
    app: web::Data<App>,
    viewer: Viewer,
    body: Json<SuggestBody>,
) -> Result<HttpResponse, Error> {
    let body = body.0;
    let found = block(move || topics::suggest(&app, &viewer.actor(), &body.text, &body.topics)).await?;
    let results = found.iter().map(|topic| TopicShape::of(topic, None)).collect();
    json(StatusCode::OK, &Topics { results })
}
