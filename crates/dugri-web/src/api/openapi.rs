//! The description of the API, OpenAPI 3.1, made from the handlers themselves.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, Response};

use super::{
    aliases, audit, blame, complete, drafts, files, gaps, homes, intel, pages, people, redirects, revisions,
    search, steps, topics, watching,
};
use crate::answers::screen;
use crate::cache::Policy;
use crate::errors::Error;
use crate::shell::Shell;
use crate::views::api as views;

/// The type of a problem (RFC 9457).
const PROBLEM_JSON: &str = "application/problem+json";

#[derive(OpenApi)]
#[openapi(
    info(title = "Dugri", description = "The wiki in which marketing and sales keep one truth."),
    security(("token" = [])),
)]
struct Doc;

/// The whole description.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Doc::openapi();
    for part in parts() {
        document.merge(part);
    }
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("token", SecurityScheme::Http(token));
    tell_errors(&mut document);
    document
}

fn parts() -> [utoipa::openapi::OpenApi; 17] {
    [
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
        aliases::Doc::openapi(),
        gaps::Doc::openapi(),
        topics::Doc::openapi(),
        watching::Doc::openapi(),
        people::Doc::openapi(),
        audit::Doc::openapi(),
    ]
}

/// Every error is told in the same shape, those included that hold for all operations and that none of them names: a
/// token that is not known, a malformed body, too many requests, read-only.
fn tell_errors(document: &mut utoipa::openapi::OpenApi) {
    let shape = Content::builder()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let any = Response::builder()
        .description("Any other error")
        .content(PROBLEM_JSON, shape)
        .build();
    for item in document.paths.paths.values_mut() {
        let verbs = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
        for operation in verbs.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with('4')) {
                if let RefOr::T(response) = response {
                    let shapes = std::mem::take(&mut response.content).into_values();
                    response.content = shapes.map(|shape| (PROBLEM_JSON.to_owned(), shape)).collect();
                }
            }
            responses.insert("default".to_owned(), RefOr::T(any.clone()));
        }
    }
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
    use std::collections::BTreeSet;

    use utoipa::openapi::PathItem;

    use super::*;
    use crate::routes;

    #[test]
    fn no_two_shapes_have_one_name() {
        let mut shapes = std::collections::BTreeMap::new();
        for part in parts() {
            for (name, shape) in part.components.into_iter().flat_map(|all| all.schemas) {
                let shape = serde_json::to_value(shape).unwrap();
                let known = shapes.entry(name.clone()).or_insert_with(|| shape.clone());
                assert_eq!(*known, shape, "{name}");
            }
        }
    }

    #[test]
    fn every_address_of_the_api_is_described_and_no_other() {
        let document = document();
        let verbs = |(path, item): (&String, &PathItem)| {
            let told = [
                ("GET", &item.get),
                ("PUT", &item.put),
                ("POST", &item.post),
                ("DELETE", &item.delete),
            ];
            let told = told.into_iter().filter(|(_, operation)| operation.is_some());
            told.map(|(verb, _)| format!("{verb} {path}")).collect::<Vec<_>>()
        };
        let described: BTreeSet<String> = document.paths.paths.iter().flat_map(verbs).collect();
        let served: BTreeSet<String> = routes::table()
            .iter()
            .filter(|route| route.path.starts_with("/api/v1/"))
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        assert_eq!(described, served);
    }
}
