//! What an editor asks while somebody writes: names to complete, and links that lead nowhere.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::{App, complete};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::Problem;
use super::{json, public_id};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;

/// The part of the API about writing.
#[derive(OpenApi)]
#[openapi(
    paths(names, dead_links),
    components(schemas(Completions, Completion, LinkedText, DeadLinks))
)]
pub struct Doc;

/// What is completed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// Titles of pages.
    Pages,
    /// Headings of the page `page`.
    Sections,
    /// Names of people.
    People,
    /// Numbers of reports.
    Intel,
}

/// What was typed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NamesQuery {
    /// `pages`, `sections`, `people` or `intel`.
    #[param(inline)]
    of: Of,
    /// The beginning of the name.
    #[serde(default)]
    q: String,
    /// For `sections` what a link to the page names it by, for `intel` the id of the page that is written.
    page: Option<String>,
}

/// A name that may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Completion {
    /// What the text gets.
    pub text: String,
    /// What helps to tell it from others: the space, the role, the first words.
    pub detail: String,
    /// The permanent id, for pages.
    pub id: Option<String>,
}

/// Names that may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Completions {
    /// The best first.
    pub results: Vec<Completion>,
}

/// How much of a report is shown.
const WORDS_CHARS_MAX: usize = 80;

/// Completes a name within the reader's rights.
#[utoipa::path(get, path = "/api/v1/complete", tag = "writing", params(NamesQuery),
    responses((status = 200, body = Completions)))]
pub async fn names(
    app: web::Data<App>,
    viewer: Viewer,
    query: web::Query<NamesQuery>,
) -> Result<HttpResponse, Error> {
    let query = query.into_inner();
    let results = block(move || find(&app, &viewer, &query)).await?;
    json(StatusCode::OK, &Completions { results })
}

fn find(app: &App, viewer: &Viewer, query: &NamesQuery) -> Result<Vec<Completion>, Error> {
    let actor = viewer.actor();
    let language = actor.language;
    let page = query.page.as_deref();
    Ok(match query.of {
        Of::Pages => complete::pages(app, &actor, &query.q)?
            .into_iter()
            .map(|line| Completion {
                detail: line.space.name_in(language).to_owned(),
                id: Some(line.page.public_id.to_string()),
                text: line.title,
            })
            .collect(),
        Of::Sections => complete::sections(app, &actor, page.unwrap_or_default())?
            .into_iter()
            .map(|heading| Completion {
                detail: "#".repeat(heading.level.into()),
                text: heading.text,
                id: None,
            })
            .collect(),
        Of::People => complete::people(app, &actor, &query.q)?
            .into_iter()
            .map(|person| Completion {
                detail: person.title_in(language).to_owned(),
                text: person.name_in(language).to_owned(),
                id: None,
            })
            .collect(),
        Of::Intel => {
            let about = page.map(public_id).transpose()?;
            complete::reports(app, &actor, about.as_ref(), &query.q)?
                .into_iter()
                .map(|report| Completion {
                    detail: report.what.chars().take(WORDS_CHARS_MAX).collect(),
                    text: report.id.to_string(),
                    id: None,
                })
                .collect()
        }
    })
}

/// A text whose links are looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkedText {
    /// The Markdown.
    body: String,
}

/// Links that lead nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadLinks {
    /// What they name, each once.
    pub targets: Vec<String>,
}

/// Which links to pages of a text lead nowhere for you. A page that you may not read looks like one that is not there.
#[utoipa::path(post, path = "/api/v1/links", tag = "writing", request_body = LinkedText,
    responses((status = 200, body = DeadLinks), (status = 413, body = Problem)))]
pub async fn dead_links(
    app: web::Data<App>,
    viewer: Viewer,
    body: Json<LinkedText>,
) -> Result<HttpResponse, Error> {
    let targets = block(move || complete::dead_links(&app, &viewer.actor(), &body.0.body)).await?;
    json(StatusCode::OK, &DeadLinks { targets })
}
