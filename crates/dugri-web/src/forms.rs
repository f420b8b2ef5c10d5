//! Bodies of requests as values: forms and JSON, with a limit and the place of what is malformed.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use serde::de::DeserializeOwned;

use crate::errors::Error;

/// The largest form or JSON body: the largest page text (1 MiB), percent-encoded at worst threefold, and its fields.
pub const BODY_BYTES_MAX: usize = 4 << 20;

/// The deepest nesting of a JSON body (`security.md`, 33).
const JSON_DEPTH_MAX: usize = 64;

/// A form that was posted. Fields that are missing have to be optional or have a default in `T`.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// What was typed into the form that a request brought: a page that says why it can't be saved gives it back.
#[derive(Clone, Debug)]
pub struct Typed(web::Bytes);

impl Typed {
    /// The fields in their order; none where one of them is a secret.
    pub fn fields(&self) -> Vec<(String, String)> {
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&self.0).unwrap_or_default();
        let is_secret = |name: &str| {
            ["password", "secret", "token"]
                .iter()
                .any(|word| name.contains(word))
        };
        if fields.iter().any(|(name, _)| is_secret(name)) {
            return Vec::new();
        }
        fields
    }
}

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = Pending<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = has_type(req, "application/x-www-form-urlencoded");
        let body = web::Bytes::from_request(req, payload);
        let asked = req.clone();
        Box::pin(async move {
            if !is_form {
                return Err(Error::Unsupported {
                    expected: "application/x-www-form-urlencoded",
                });
            }
            let body = body.await.map_err(|error| too_large_or_malformed(&error))?;
            asked.extensions_mut().insert(Typed(body.clone()));
            serde_urlencoded::from_bytes(&body)
                .map(Form)
                .map_err(|error| Error::Malformed {
                    place: None,
                    detail: error.to_string(),
                })
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Pending<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = has_type(req, "application/json");
        let body = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            if !is_json {
                return Err(Error::Unsupported {
                    expected: "application/json",
                });
            }
            let body = body.await.map_err(|error| too_large_or_malformed(&error))?;
            parse_json(&body).map(Json)
        })
    }
}

impl<T> Deref for Form<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Deref for Json<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Parses a JSON body; says where it is malformed.
pub fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    if depth(body) > JSON_DEPTH_MAX {
        return Err(Error::Malformed {
            place: None,
            detail: format!("nested deeper than {JSON_DEPTH_MAX}"),
        });
    }
    let mut parser = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut parser).map_err(|error| {
        let place = named(&error.path().to_string());
        let inner = error.into_inner();
        let line = format!("line {}, column {}", inner.line(), inner.column());
        Error::Malformed {
            place: Some(place.map_or(line.clone(), |p| format!("{p} ({line})"))),
            detail: inner.to_string(),
        }
    })?;
    parser.end().map_err(|error| Error::Malformed {
        place: Some(format!("line {}, column {}", error.line(), error.column())),
        detail: error.to_string(),
    })?;
    Ok(value)
}

fn depth(body: &[u8]) -> usize {
    let (mut deepest, mut now, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                now += 1;
                deepest = deepest.max(now);
            }
            b']' | b'}' if !quoted => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn named(path: &str) -> Option<String> {
    (!path.is_empty() && path != "." && path != "?").then(|| path.to_owned())
}

fn has_type(req: &HttpRequest, expected: &str) -> bool {
    req.content_type().eq_ignore_ascii_case(expected)
}

fn too_large_or_malformed(error: &actix_web::Error) -> Error {
    match error.as_response_error().status_code().as_u16() {
        413 => Error::TooLarge,
        _ => Error::Malformed {
            place: None,
            detail: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        #[expect(dead_code, reason = "only parsed")]
        pages: Vec<Page>,
    }

    #[derive(Debug, Deserialize)]
    struct Page {
        #[expect(dead_code, reason = "only parsed")]
        number: i64,
    }

    fn place(body: &str) -> String {
        match parse_json::<Body>(body.as_bytes()) {
            Err(Error::Malformed { place, .. }) => place.unwrap_or_default(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn malformed_json_names_the_place() {
        assert!(place(r#"{"pages":[{"number":1},{"number":"x"}]}"#).starts_with("pages[1].number (line 1"));
        assert!(place(r#"{"pages":[{"number":1}"#).contains("line 1"));
        assert!(place(r#"{"pages":[]} x"#).contains("column"));
        assert!(place(r#"{"pages":[],"owner":1}"#).starts_with("owner"));
    }

    #[test]
    fn deep_nesting_is_refused_before_it_is_parsed() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(matches!(
            parse_json::<serde_json::Value>(deep.as_bytes()),
            Err(Error::Malformed { .. })
        ));
        assert_eq!(depth(br#"{"a":"[[[\"[["}"#), 1);
    }
}
