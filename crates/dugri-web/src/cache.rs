//! The one place that says how long anything may be kept, and the one that answers 304.

use actix_web::HttpRequest;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};

/// How an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The name says the content: for ever, by anybody.
    Immutable,
    /// The name says the content, which is not everybody's: for ever, by that browser alone.
    Own,
    /// Made for one reader: kept by that browser alone, asked for again each time.
    Private,
    /// Never kept: secrets, forms that were just sent, errors.
    Never,
}

impl Policy {
    fn value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Policy::Immutable => "public, max-age=31536000, immutable",
            Policy::Own => "private, max-age=31536000, immutable",
            Policy::Private => "private, no-cache",
            Policy::Never => "no-store",
        })
    }

    /// Writes the header, whatever stood there.
    pub fn set(self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, self.value());
    }

    /// Writes the header unless the handler decided.
    pub fn set_default(self, headers: &mut HeaderMap) {
        if !headers.contains_key(CACHE_CONTROL) {
            self.set(headers);
        }
    }
}

/// A strong tag of `text`, quoted.
pub fn etag(text: &str) -> String {
    format!("\"{text}\"")
}

/// Writes the tag.
pub fn set_etag(headers: &mut HeaderMap, etag: &str) {
    if let Ok(value) = HeaderValue::from_str(etag) {
        headers.insert(ETAG, value);
    }
}

/// Whether the client already holds what `etag` names. Compares weakly, since compression weakens tags.
pub fn is_known(req: &HttpRequest, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    req.headers()
        .get_all(IF_NONE_MATCH)
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn a_tag_is_known_weak_or_in_a_list() {
        for held in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            let req = TestRequest::default()
                .insert_header((IF_NONE_MATCH, held))
                .to_http_request();
            assert!(is_known(&req, "\"a\""), "{held}");
        }
        let req = TestRequest::default()
            .insert_header((IF_NONE_MATCH, "\"b\""))
            .to_http_request();
        assert!(!is_known(&req, "\"a\""));
    }
}
