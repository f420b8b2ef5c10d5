//! The description of the API, OpenAPI 3.1, made from the handlers themselves.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

use super::{
    audit, blame, complete, drafts, files, homes, intel, pages, people, redirects, revisions, search, steps,
    topics, watching,
};
use crate::answers::screen;
use crate::cache::Policy;
use crate::errors::Error;
use crate::shell::Shell;
use crate::views::api as views;

#[derive(OpenApi)]
#[openapi(
    info(title = "Dugri", description = "The wiki in which marketing and sales keep one truth."),
    security(("token" = [])),
)]
struct Doc;

/// The whole description.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Doc::openapi();
    for part in [
        pages::Doc::openapi(),
        revisions::Doc::openapi(),
        blame::Doc::openapi(),
        steps::Doc::openapi(),
        redirects::Doc::openapi(),
        files::Doc::openapi(),
        drafts::Doc::openapi(),
        complete::Doc::openapi(),
        homes::Doc::openapi(),
        intel::Doc::openapi(),
        search::Doc::openapi(),
        topics::Doc::openapi(),
        watching::Doc::openapi(),
        people::Doc::openapi(),
        audit::Doc::openapi(),
    ] {
        document.merge(part);
    }
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("token", SecurityScheme::Http(token));
    document
}

/// `/api/openapi.json`.
pub async fn serve() -> HttpResponse {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        serde_json::to_string_pretty(&document()).unwrap_or_else(|error| {
            tracing::error!(%error, "the description of the API is no JSON");
            "{}".to_owned()
        })
    });
    let mut response = HttpResponse::Ok()
        .content_type("application/json")
        .body(TEXT.as_str());
    Policy::Private.set(response.headers_mut());
    response
}

/// `GET /api`: the same for people.
pub async fn reference(shell: Shell) -> Result<HttpResponse, Error> {
    static DOCUMENT: LazyLock<serde_json::Value> =
        LazyLock::new(|| serde_json::to_value(document()).unwrap_or_default());
    Ok(screen(views::reference(&shell, &DOCUMENT)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes;

    #[test]
    fn every_address_of_the_api_is_described_and_no_other() {
        let document = document();
        let described: std::collections::BTreeSet<String> = document.paths.paths.keys().cloned().collect();
        let served: std::collections::BTreeSet<String> = routes::table()
            .iter()
            .filter(|route| route.path.starts_with("/api/v1/"))
            .map(|route| route.path.to_owned())
            .collect();
        assert_eq!(described, served);
    }
}
