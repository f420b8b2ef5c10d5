//! What the log says of every request: method, path, status, request id. No query and no secret: one-time links and
//! feed tokens stand in addresses (`security.md`, 37).

use std::borrow::Cow;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage};
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// The addresses whose next part is a secret.
const SECRET: [&str; 3] = ["/invite/", "/reset/", "/feeds/"];

/// The span around a request.
#[derive(Debug)]
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        // The fields are made only where the log wants them.
        tracing::info_span!(
            "request",
            method = %request.method(),
            path = %shown(request.path()),
            status = Empty,
            request_id = %request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default(),
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
    }
}

/// A path without its secret.
fn shown(path: &str) -> Cow<'_, str> {
    let secret = SECRET.iter().find(|known| path.starts_with(**known));
    secret.map_or(Cow::Borrowed(path), |known| Cow::Owned(format!("{known}…")))
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn one_time_links_are_not_logged() {
        assert_eq!(shown("/invite/abc"), "/invite/…");
        assert_eq!(shown("/reset/abc/more"), "/reset/…");
        assert_eq!(shown("/p/cbg2bv9j"), "/p/cbg2bv9j");
    }
}
