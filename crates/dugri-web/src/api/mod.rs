//! The REST API, `/api/v1`: the same use cases as the screens, as JSON. Failures are problem+json, written by `errors`.
//!
//! Each feature's handlers stand beside the shapes that they read and write, and describe themselves for `openapi`.

pub mod aliases;
pub mod audit;
pub mod blame;
pub mod complete;
pub mod drafts;
pub mod files;
pub mod gaps;
pub mod homes;
pub mod intel;
pub mod openapi;
pub mod pages;
pub mod people;
pub mod publish;
pub mod redirects;
pub mod revisions;
pub mod search;
pub mod shapes;
pub mod steps;
pub mod topics;
pub mod watching;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use dugri_core::PublicId;
use serde::Serialize;

use crate::cache::Policy;
use crate::errors::Error;

/// An answer in JSON, made for one reader.
pub(crate) fn json<T: Serialize>(status: StatusCode, value: &T) -> Result<HttpResponse, Error> {
    let body = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer is no JSON");
        Error::Internal
    })?;
    let mut response = HttpResponse::build(status)
        .content_type("application/json")
        .body(body);
    Policy::Private.set(response.headers_mut());
    Ok(response)
}

/// An answer without a body.
pub(crate) fn done() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// The id in an address; what can't be one does not exist.
pub(crate) fn public_id(text: &str) -> Result<PublicId, Error> {
    PublicId::parse(text).ok_or(Error::NotFound)
}

/// The longest `Idempotency-Key`.
const KEY_CHARS_MAX: usize = 100;

/// The client's own id of a request: sent twice, it is done once.
pub(crate) fn idempotency_key(req: &HttpRequest) -> Result<Option<String>, Error> {
    let Some(value) = req.headers().get("Idempotency-Key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(key) if !key.is_empty() && key.len() <= KEY_CHARS_MAX => Ok(Some(key.to_owned())),
        _ => Err(Error::Malformed {
            place: Some("Idempotency-Key".into()),
            detail: format!("not a key of 1 to {KEY_CHARS_MAX} characters"),
        }),
    }
}
