//! Search over the API.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::search::{Answer, Answers, Factor, FactorOf, Filters, Item, Question, Standing};
use dugri_app::{App, searches};
use dugri_core::Language;
use dugri_core::searches::SearchSource;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::json;
use super::shapes::Problem;
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;

/// The part of the API about search.
#[derive(OpenApi)]
#[openapi(
    paths(find),
    components(schemas(Results, FoundTopic, FoundPerson, Hit, InFile, WhyShape, FactorShape))
)]
pub struct Doc;

/// How many hits an answer holds where the caller does not say.
const LIMIT_DEFAULT: usize = 20;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// What is looked for; any text.
    #[serde(default)]
    q: String,
    /// At most so many hits, up to 100.
    limit: Option<usize>,
    /// So many are skipped.
    offset: Option<usize>,
    /// Only of this kind, by slug.
    kind: Option<String>,
    /// Only with this topic, by slug.
    topic: Option<String>,
    /// Only in this language: `he` or `en`.
    language: Option<String>,
    /// Only in this state.
    state: Option<String>,
    /// Whether each hit says how its score came about; for those who keep topics.
    #[serde(default)]
    explain: bool,
}

impl SearchQuery {
    fn question(self) -> Question {
        Question {
            text: self.q,
            filters: Filters {
                kinds: self.kind.into_iter().collect(),
                topics: self.topic.into_iter().collect(),
                languages: self
                    .language
                    .and_then(|code| code.parse::<Language>().ok())
                    .into_iter()
                    .collect(),
                states: self.state.into_iter().collect(),
                ..Filters::default()
            },
            limit: self.limit.unwrap_or(LIMIT_DEFAULT),
            offset: self.offset.unwrap_or(0),
            typing: false,
            explain: self.explain,
        }
    }
}

/// The hits, the best first; what is out of date stands after all that is current.
#[derive(Debug, Serialize, ToSchema)]
pub struct Results {
    /// How many there are in all.
    pub total: usize,
    /// The hits.
    pub results: Vec<Hit>,
    /// Where there is none: what comes nearest.
    pub nearest: Vec<Hit>,
    /// Topics that are named; only without an offset and conditions.
    pub topics: Vec<FoundTopic>,
    /// People who can be asked, likewise.
    pub people: Vec<FoundPerson>,
    /// The query in the other keyboard layout, where that was searched for instead.
    pub layout: Option<String>,
    /// Typing mistakes put right: as typed, as searched for.
    pub corrections: Vec<(String, String)>,
    /// A required word or phrase is nowhere, so hits without it are shown.
    pub relaxed: bool,
    /// The index is being built, so hits may be missing.
    pub incomplete: bool,
}

/// A topic among the answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundTopic {
    /// The slug.
    pub slug: String,
    /// The type: `product`, `competitor` and so on.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew, where it has another one there.
    pub name_he: Option<String>,
    /// The address on this server.
    pub path: String,
}

/// Somebody who can be asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundPerson {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// What they do.
    pub title: String,
    /// The address on this server.
    pub path: String,
}

/// A place in an attached file.
#[derive(Debug, Serialize, ToSchema)]
pub struct InFile {
    /// The name of the file.
    pub name: String,
    /// The page or slide, where the file has such.
    pub page: Option<i64>,
    /// The address of the file on this server.
    pub path: String,
}

/// One hit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hit {
    /// `page` or `intel`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// A page's permanent id, a report's number.
    pub id: String,
    /// A page's readable end of the address; a report's number.
    pub slug: String,
    /// A page's title; the beginning of a report.
    pub title: String,
    /// The address on this server.
    pub path: String,
    /// The state of the page or the report.
    pub state: String,
    /// What the page's badge says.
    pub badge: Option<String>,
    /// The piece of the text that shows best what was found.
    pub snippet: String,
    /// The attached file that the piece stands in, where that has more of what was asked for than the page's own text.
    pub attachment: Option<InFile>,
    /// Superseded or archived.
    pub out_of_date: bool,
    /// The address of what replaced it, if the reader may read that.
    pub successor: Option<String>,
    /// Words of the query that it does not have.
    pub missing_words: Vec<String>,
    /// How the others were found.
    pub why: Vec<WhyShape>,
    /// How the score came about: the factors whose product it is. For those who keep topics, with `explain`.
    pub explanation: Vec<FactorShape>,
}

/// How a word of the query was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyShape {
    /// The word as typed.
    pub word: String,
    /// `exact`, `alias`, `inflected`, `meaning`, `beginning`, `spelling`, `sound` or `typo`.
    pub how: &'static str,
    /// Whether it stands in the title.
    pub in_title: bool,
}

/// A factor of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactorShape {
    /// What it stands for.
    pub what: &'static str,
    /// The factor.
    pub value: f32,
    /// Of `words`: each word, how it was found, how much it says times how well it was found.
    pub words: Vec<String>,
}

impl From<Factor> for FactorShape {
    fn from(factor: Factor) -> FactorShape {
        FactorShape {
            what: factor.what.as_str(),
            value: factor.value,
            words: match factor.what {
                FactorOf::Words(words) => words,
                _ => Vec::new(),
            },
        }
    }
}

impl From<Answer> for Hit {
    fn from(answer: Answer) -> Hit {
        let (kind, id, slug, path, state, badge) = match &answer.item {
            Item::Page(listed) => {
                let line = super::shapes::PageLine::from(&**listed);
                (
                    "page",
                    line.id,
                    line.slug,
                    line.path,
                    line.state,
                    Some(line.badge),
                )
            }
            Item::Draft(draft) => {
                let (id, slug) = (draft.page.public_id.to_string(), draft.page.slug.clone());
                let path = format!("/p/{id}/{slug}");
                (
                    "page",
                    id,
                    slug,
                    path,
                    "draft".to_owned(),
                    Some("draft".to_owned()),
                )
            }
            Item::Intel(report) => {
                let number = report.id.to_string();
                (
                    "intel",
                    number.clone(),
                    number,
                    format!("/intel/{}", report.id),
                    report.state.to_string(),
                    None,
                )
            }
        };
        Hit {
            kind,
            id,
            slug,
            title: answer.title.text,
            path,
            state,
            badge,
            snippet: answer.snippet.text,
            attachment: answer.attachment.map(|file| InFile {
                name: file.name,
                page: file.page,
                path: file.path,
            }),
            out_of_date: answer.out_of_date,
            successor: answer
                .successor
                .map(|line| format!("/p/{}/{}", line.page.public_id, line.page.slug)),
            missing_words: answer.missing_words,
            why: answer
                .why
                .into_iter()
                .map(|why| WhyShape {
                    word: why.word,
                    how: why.how.as_str(),
                    in_title: why.in_title,
                })
                .collect(),
            explanation: answer.explanation.into_iter().map(FactorShape::from).collect(),
        }
    }
}

impl From<Answers> for Results {
    fn from(found: Answers) -> Results {
        Results {
            total: found.total,
            results: found.answers.into_iter().map(Hit::from).collect(),
            nearest: found.nearest.into_iter().map(Hit::from).collect(),
            topics: found
                .topics
                .into_iter()
                .map(|topic| FoundTopic {
                    path: format!("/t/{}", topic.slug),
                    slug: topic.slug,
                    kind: topic.kind.to_string(),
                    name: topic.name,
                    name_he: topic.name_he,
                })
                .collect(),
            people: found
                .people
                .into_iter()
                .map(|person| FoundPerson {
                    path: format!("/people/{}", person.id),
                    id: person.id.0,
                    name: person.name,
                    title: person.title,
                })
                .collect(),
            layout: found.layout,
            corrections: found
                .corrections
                .into_iter()
                .map(|put_right| (put_right.typed, put_right.used))
                .collect(),
            relaxed: found.relaxed,
            incomplete: found.standing != Standing::Whole,
        }
    }
}

/// Searches pages and reports. Never fails on what was typed.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchQuery),
    responses((status = 200, body = Results), (status = 401, body = Problem)))]
pub async fn find(
    app: web::Data<App>,
    viewer: Viewer,
    query: web::Query<SearchQuery>,
) -> Result<HttpResponse, Error> {
    let question = query.into_inner().question();
    let found = block(move || searches::find(&app, &viewer.actor(), &question, SearchSource::Api)).await?;
    json(StatusCode::OK, &Results::from(found))
}
