//! Whether a request that changes something comes from our own pages (`security.md`, 22).
//!
//! Browsers say where a request comes from (`Sec-Fetch-Site`, older ones `Origin`); a foreign page cannot forge either.
//! What says neither is no browser and carries no cookie of somebody else. `SameSite=Lax` stands behind it.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, ResponseError, web};

use crate::Site;
use crate::errors::Error;

/// Stops foreign writes, and JSON routes that are given something else.
pub async fn check(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, ActixError> {
    match admit(&req) {
        // As an answer and not as an error: only answers get a body and headers on the way out.
        Err(error) => Ok(req.into_response(error.error_response()).map_into_right_body()),
        Ok(()) => next.call(req).await.map(ServiceResponse::map_into_left_body),
    }
}

fn admit(req: &ServiceRequest) -> Result<(), Error> {
    if req.method().is_safe() {
        return Ok(());
    }
    let base = req
        .app_data::<web::Data<Site>>()
        .and_then(|site| site.base_url.clone());
    if !is_ours(req.headers(), base.as_deref()) {
        return Err(Error::Foreign);
    }
    if req.path().starts_with("/api/") && !is_api_content(req) {
        return Err(Error::Unsupported {
            expected: "application/json",
        });
    }
    Ok(())
}

fn is_ours(headers: &HeaderMap, base_url: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return true };
    let host_of = |url: &str| {
        url.split_once("://")
            .map(|(_, rest)| rest.trim_end_matches('/').to_ascii_lowercase())
    };
    let Some(origin) = host_of(origin) else {
        return false;
    };
    let host = text("host").map(str::to_ascii_lowercase);
    host.as_deref() == Some(origin.as_str()) || base_url.and_then(host_of).is_some_and(|base| base == origin)
}

/// JSON, or nothing at all. Uploads of files are the one exception: their content is the file.
fn is_api_content(req: &ServiceRequest) -> bool {
    let headers = req.headers();
    let is_upload = ["/files", "/photo"].iter().any(|end| req.path().ends_with(end))
        && matches!(*req.method(), Method::POST | Method::PUT);
    match headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()) {
        Some(kind) => is_upload || kind.split(';').next().map(str::trim) == Some("application/json"),
        None => {
            let has_body = headers.contains_key(header::TRANSFER_ENCODING)
                || headers
                    .get(header::CONTENT_LENGTH)
                    .is_some_and(|length| length != "0");
            !has_body || is_upload
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderName;
    use actix_web::http::header::HeaderValue;

    fn ours(pairs: &[(&'static str, &'static str)], base: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        is_ours(&headers, base)
    }

    #[test]
    fn only_our_own_pages_may_write() {
        assert!(ours(&[("sec-fetch-site", "same-origin")], None));
        assert!(ours(&[("sec-fetch-site", "none")], None));
        assert!(!ours(&[("sec-fetch-site", "cross-site")], None));
        assert!(!ours(&[("sec-fetch-site", "same-site")], None));
        assert!(ours(
            &[("origin", "http://wiki:8080"), ("host", "wiki:8080")],
            None
        ));
        assert!(!ours(&[("origin", "http://evil"), ("host", "wiki:8080")], None));
        assert!(!ours(&[("origin", "null"), ("host", "wiki:8080")], None));
        assert!(ours(
            &[("origin", "https://wiki.example"), ("host", "10.0.0.1")],
            Some("https://wiki.example/")
        ));
        assert!(ours(&[], None), "no browser: nobody else's cookie");
    }

    #[test]
    fn the_fetch_header_wins_over_the_origin() {
        assert!(!ours(
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://wiki"),
                ("host", "wiki")
            ],
            None
        ));
    }
}
