//! The one place where a failure becomes an answer: a page in the reader's language, or problem+json for programs.
//!
//! Handlers return [`Error`]; the middleware [`pages`] writes the body, because only it sees the request and what the
//! framework itself refused. What one may not see answers exactly as what does not exist.

use std::borrow::Cow;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use dugri_app::FieldError;
use dugri_app::read_only::{self, ReadOnly};
use maud::html;
use serde_json::json;
use tracing_actix_web::RequestId;

use crate::cache::Policy;
use crate::forms::Typed;
use crate::reader::Reader;
use crate::views::{self, layout};
use crate::{attr, t, words};

/// A field that was filled in wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The name of the field.
    pub field: Cow<'static, str>,
    /// The key of the sentence.
    pub code: Cow<'static, str>,
    /// The values of the sentence.
    pub args: Vec<(Cow<'static, str>, String)>,
}

impl Wrong {
    /// A wrong field whose sentence has no values.
    pub fn new(field: &'static str, code: &'static str) -> Wrong {
        Wrong {
            field: field.into(),
            code: code.into(),
            args: Vec::new(),
        }
    }

    /// The sentence beside the field.
    pub fn sentence(&self, language: impl Into<dugri_core::Language>) -> String {
        let args = self
            .args
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().into()))
            .collect();
        words::text_with(language.into(), &self.code, args)
    }
}

/// Why a request fails, by what the caller can do about it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for this reader.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in. A browser is taken to the sign-in form and back.
    #[error("nobody is signed in")]
    SignIn,
    /// The request cannot be read.
    #[error("malformed request at {place:?}: {detail}")]
    Malformed {
        /// Where, as a path into the JSON or the name of a field.
        place: Option<String>,
        /// What the parser says.
        detail: String,
    },
    /// The request comes from a page of another site.
    #[error("request from another site")]
    Foreign,
    /// The API token lacks a scope.
    #[error("the token lacks the scope {needed}")]
    Scope {
        /// The scope that is needed.
        needed: &'static str,
    },
    /// The state does not allow it (any more). `body` is merged into problem+json.
    #[error("conflict: {code}")]
    Conflict {
        /// The key of the sentence.
        code: Cow<'static, str>,
        /// What a program needs to go on: the state, or the three texts.
        body: Option<serde_json::Value>,
    },
    /// `If-Match` names an older version.
    #[error("stale version")]
    Stale,
    /// The body is too large.
    #[error("body too large")]
    TooLarge,
    /// The content type is not the one taken here.
    #[error("content type is not {expected}")]
    Unsupported {
        /// The one that is.
        expected: &'static str,
    },
    /// Fields are wrong.
    #[error("{} wrong fields", .0.len())]
    Invalid(Vec<Wrong>),
    /// Too many tries.
    #[error("too often, wait {seconds} s")]
    TooOften {
        /// How long to wait.
        seconds: u64,
    },
    /// The database or the disk cannot be written just now.
    #[error("unavailable")]
    Unavailable,
    /// A bug.
    #[error("internal error")]
    Internal,
}

impl From<FieldError> for Wrong {
    fn from(error: FieldError) -> Wrong {
        let args = error
            .args
            .into_iter()
            .map(|(name, value)| (name.into(), value))
            .collect();
        Wrong {
            field: error.field.into(),
            code: error.code.into(),
            args,
        }
    }
}

/// One of the three texts of a conflict. A macro, because web does not name the types of the store.
macro_rules! content {
    ($content:expr) => {
        json!({
            "title": $content.title,
            "key_message": $content.key_message,
            "body": $content.body,
            "fields": $content.fields,
        })
    };
}

impl From<dugri_app::Error> for Error {
    fn from(error: dugri_app::Error) -> Error {
        use dugri_app::{Conflict, Error as App};
        match error {
            // What one may not do to a thing one may not see: the answer does not tell the two apart.
            App::NotFound | App::Forbidden => Error::NotFound,
            App::Invalid(fields) => Error::Invalid(fields.into_iter().map(Wrong::from).collect()),
            App::Conflict(Conflict::Text(texts)) => Error::Conflict {
                code: "error-409-text".into(),
                body: Some(json!({
                    "mine": content!(texts.mine),
                    "theirs": content!(texts.theirs),
                    "before": content!(texts.before),
                    "head_revision": texts.head,
                    "blocks": texts.blocks,
                })),
            },
            App::Conflict(Conflict::State { state }) => Error::Conflict {
                code: "error-state".into(),
                body: Some(json!({ "state": state })),
            },
            App::Conflict(Conflict::Stale { .. }) => Error::Stale,
            App::Conflict(Conflict::DraftMoved { version, saved_at }) => Error::Conflict {
                code: "error-draft-moved".into(),
                body: Some(json!({ "version": version, "saved_at": saved_at })),
            },
            App::Conflict(Conflict::DraftSaved) => Error::Conflict {
                code: "error-draft-saved".into(),
                body: None,
            },
            App::Conflict(Conflict::Duplicate { what }) => Error::Conflict {
                code: "error-duplicate".into(),
                body: Some(json!({ "field": what })),
            },
            App::Unavailable(why) => {
                tracing::warn!(why, "a use case is not available");
                Error::Unavailable
            }
            App::Internal(why) => {
                tracing::error!(why, "a use case failed");
                Error::Internal
            }
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::SignIn => StatusCode::UNAUTHORIZED,
            Error::Malformed { .. } => StatusCode::BAD_REQUEST,
            Error::Foreign | Error::Scope { .. } => StatusCode::FORBIDDEN,
            Error::Conflict { .. } => StatusCode::CONFLICT,
            Error::Stale => StatusCode::PRECONDITION_FAILED,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Unsupported { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Only the status and what happened; [`pages`] writes the rest.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}

/// Writes the body of every failed answer that has none yet.
pub async fn pages(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    let answered = next.call(req).await?;
    let failed = answered.status().is_client_error() || answered.status().is_server_error();
    let failure = answered.response().extensions().get::<Error>().cloned();
    let written = answered.response().extensions().get::<Written>().is_some();
    if !failed || written || (failure.is_none() && has_own_body(answered.response().headers())) {
        return Ok(answered.map_into_left_body());
    }
    let (request, response) = answered.into_parts();
    let mut page = answer(&request, response.status(), failure);
    for name in [header::SET_COOKIE, header::ALLOW] {
        for value in response.headers().get_all(&name) {
            page.headers_mut().append(name.clone(), value.clone());
        }
    }
    Ok(ServiceResponse::new(request, page).map_into_right_body())
}

/// Marks a failed answer whose few plain words are meant: for programs that look after this one.
pub(crate) struct Written;

/// Whether a handler wrote this answer itself: a form with its errors, or JSON. The framework's own are plain text.
fn has_own_body(headers: &header::HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    kind.starts_with("text/html") || kind.contains("json")
}

/// The answer to a failure.
fn answer(req: &HttpRequest, status: StatusCode, failure: Option<Error>) -> HttpResponse<BoxBody> {
    let for_program = wants_json(req);
    if matches!(failure, Some(Error::SignIn)) && !for_program {
        return to_sign_in(req);
    }
    let reader = Reader::of(req);
    let told = match (&failure, read_only_of(req)) {
        (Some(Error::Unavailable), Some(why)) => Told::read_only(reader, &why),
        _ => Told::new(reader, status, failure.as_ref()),
    };
    let id = req
        .extensions()
        .get::<RequestId>()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut builder = HttpResponse::build(told.status);
    match &failure {
        Some(Error::TooOften { seconds }) => {
            builder.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        Some(Error::Unavailable) => {
            builder.insert_header((header::RETRY_AFTER, "30"));
        }
        _ => {}
    }
    let mut response = if for_program {
        builder
            .content_type("application/problem+json")
            .body(problem(req, reader, &told, failure.as_ref(), &id).to_string())
    } else {
        builder
            .content_type("text/html; charset=utf-8")
            .body(page(req, reader, &told, failure.as_ref(), &id).into_string())
    };
    Policy::Never.set(response.headers_mut());
    response
}

/// Why nothing can be saved, as far as this node knows.
fn read_only_of(req: &HttpRequest) -> Option<ReadOnly> {
    read_only::last_known(req.app_data::<web::Data<dugri_app::App>>()?)
}

/// What the reader is told: status, title, text.
struct Told {
    status: StatusCode,
    title: String,
    text: String,
    /// Whether nothing can be saved by anybody.
    read_only: bool,
}

impl Told {
    fn new(reader: Reader, status: StatusCode, failure: Option<&Error>) -> Told {
        let code = match status.as_u16() {
            code @ (400 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 429 | 503) => code,
            // Programs are told 401 as such; the words are those of a page that is not there.
            401 => 404,
            408 | 411 | 414 | 431 => 400,
            400..500 => 400,
            _ => 500,
        };
        let title = t!(reader, &format!("error-{code}-title")).to_owned();
        let text = match failure {
            Some(Error::Malformed {
                place: Some(place), ..
            }) => {
                format!(
                    "{} {}",
                    t!(reader, "error-400-text"),
                    t!(reader, "error-400-place", place = place.as_str())
                )
            }
            Some(Error::Unsupported { expected }) => t!(reader, "error-415-text", expected = *expected),
            Some(Error::TooOften { seconds }) => t!(reader, "error-429-text", seconds = *seconds),
            Some(Error::Scope { needed }) => t!(reader, "error-scope", needed = *needed),
            Some(Error::Conflict { code, .. }) if words::knows(code) => t!(reader, code).to_owned(),
            None if code == 415 => t!(reader, "error-415-text", expected = "application/json"),
            None if code == 429 => t!(reader, "error-429-text", seconds = 60),
            _ => t!(reader, &format!("error-{code}-text")).to_owned(),
        };
        Told {
            status,
            title,
            text,
            read_only: false,
        }
    }

    fn read_only(reader: Reader, why: &ReadOnly) -> Told {
        let parts = [
            t!(reader, views::read_only::why_key(why)),
            views::read_only::reason(why),
            t!(reader, "read-only-again"),
        ];
        Told {
            status: StatusCode::SERVICE_UNAVAILABLE,
            title: t!(reader, "error-503-title").to_owned(),
            text: parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            read_only: true,
        }
    }
}

fn page(req: &HttpRequest, reader: Reader, told: &Told, failure: Option<&Error>, id: &str) -> maud::Markup {
    let wrong = match failure {
        Some(Error::Invalid(wrong)) => wrong.as_slice(),
        _ => &[],
    };
    let detail = html! {
        @if !wrong.is_empty() {
            ul { @for wrong in wrong { li.err { (wrong.sentence(reader)) } } }
        }
        @if told.status.is_server_error() && !id.is_empty() {
            p.m { (t!(reader, "error-reference", id = id)) }
        }
        @if matches!(failure, Some(Error::Unavailable)) { (typed(req, reader)) }
    };
    let again = matches!(told.status.as_u16(), 429 | 500..) && *req.method() == Method::GET;
    layout::error_page(
        req,
        reader,
        told.status.as_u16(),
        &told.title,
        &told.text,
        detail,
        again,
    )
}

/// What was typed into a form that was not saved.
fn typed(req: &HttpRequest, reader: Reader) -> maud::Markup {
    let fields = req
        .extensions()
        .get::<Typed>()
        .map(Typed::fields)
        .unwrap_or_default();
    if fields.is_empty() {
        return html! {};
    }
    views::read_only::typed(reader, req.path(), &fields)
}

fn problem(
    req: &HttpRequest,
    reader: Reader,
    told: &Told,
    failure: Option<&Error>,
    id: &str,
) -> serde_json::Value {
    let mut problem = json!({
        "type": "about:blank",
        "title": told.status.canonical_reason().unwrap_or("Error"),
        "status": told.status.as_u16(),
        "detail": strip_marks(&told.text),
        "instance": req.path(),
        "request_id": id,
    });
    if told.read_only {
        problem["code"] = json!("read-only");
    }
    match failure {
        Some(Error::Malformed { place, detail }) => {
            problem["place"] = json!(place);
            problem["detail"] = json!(detail);
        }
        Some(Error::Invalid(wrong)) => {
            problem["errors"] = wrong
                .iter()
                .map(|w| json!({"field": w.field, "code": w.code, "message": strip_marks(&w.sentence(reader))}))
                .collect();
        }
        Some(Error::Conflict { code, body }) => {
            problem["code"] = json!(code);
            if let Some(serde_json::Value::Object(body)) = body {
                for (name, value) in body {
                    problem[name] = value.clone();
                }
            }
        }
        _ => {}
    }
    problem
}

fn strip_marks(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// Whether a program asks: any address of the API, or a script that accepts JSON and no HTML.
pub fn wants_json(req: &HttpRequest) -> bool {
    let accept = req
        .headers()
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    req.path().starts_with("/api/") || (accept.contains("json") && !accept.contains("text/html"))
}

fn to_sign_in(req: &HttpRequest) -> HttpResponse {
    let here = req.uri().path_and_query().map_or("/", |p| p.as_str());
    let next = if *req.method() == Method::GET { here } else { "/" };
    let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
    let target = if next == "/" {
        "/signin".to_owned()
    } else {
        format!("/signin?{query}")
    };
    let mut response = HttpResponse::SeeOther()
        .insert_header((header::LOCATION, target))
        .finish();
    Policy::Never.set(response.headers_mut());
    response
}

/// The title of a failed page, for the tab.
pub(crate) fn tab_title(reader: Reader, status: u16) -> String {
    format!("{status} · {}", attr!(reader, "brand"))
}
