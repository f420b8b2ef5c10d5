//! One sentence about what was just done, carried over a redirect in a short-lived cookie and shown once.
//!
//! The cookie holds the sentence itself, in the reader's language; it is shown as text like any other, so whoever
//! forges it fools only their own browser.

use actix_web::HttpMessage;
use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::answers::see_other;
use crate::shell::{Flash, Shell};

/// The cookie's name.
const COOKIE: &str = "flash";
/// The longest sentence in characters; in Hebrew each is six bytes once encoded.
const CHARS_MAX: usize = 300;

/// Done: elsewhere, by GET, with a sentence there.
pub fn see_other_saying(_: &Shell, path: &str, said: &str, bad: bool) -> HttpResponse {
    let mut response = see_other(path);
    let said: String = said.chars().take(CHARS_MAX).collect();
    let value = format!(
        "{}{}",
        if bad { '!' } else { '.' },
        utf8_percent_encode(&said, NON_ALPHANUMERIC)
    );
    set(&mut response, value, Duration::minutes(1));
    response
}

/// Reads the sentence for the screen that is made now, and forgets it once a screen was made.
pub async fn once(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let flash = req.cookie(COOKIE).and_then(|cookie| read(cookie.value()));
    let had = flash.is_some();
    if let Some(flash) = flash {
        req.extensions_mut().insert(flash);
    }
    let mut answered = next.call(req).await?;
    let html = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    let shown = answered.headers().get(CONTENT_TYPE).is_some_and(html);
    if had && shown {
        let gone = cookie(String::new(), Duration::ZERO);
        if let Ok(value) = HeaderValue::from_str(&gone.to_string()) {
            answered.headers_mut().append(SET_COOKIE, value);
        }
    }
    Ok(answered)
}

fn read(value: &str) -> Option<Flash> {
    let (bad, said) = match value.split_at_checked(1)? {
        ("!", said) => (true, said),
        (".", said) => (false, said),
        _ => return None,
    };
    let text: String = percent_decode_str(said)
        .decode_utf8()
        .ok()?
        .chars()
        .take(CHARS_MAX)
        .collect();
    (!text.is_empty()).then_some(Flash { text, bad })
}

fn set(response: &mut HttpResponse, value: String, age: Duration) {
    if let Ok(value) = HeaderValue::from_str(&cookie(value, age).to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

fn cookie(value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Zone;
    use crate::reader::{Reader, Theme};
    use dugri_core::Language;

    #[test]
    fn a_sentence_comes_through_the_cookie() {
        let reader = Reader {
            language: Language::He,
            theme: Theme::Auto,
        };
        let shell = Shell::bare(reader, chrono::Utc::now(), Zone::Utc, "x");
        let response = see_other_saying(&shell, "/intel/7", "נשלח; \"7\"", false);
        let cookie = response
            .headers()
            .get(SET_COOKIE)
            .expect("a cookie")
            .to_str()
            .expect("ASCII");
        let value = cookie.split(['=', ';']).nth(1).expect("a value");
        let expected = Flash {
            text: "נשלח; \"7\"".into(),
            bad: false,
        };
        assert_eq!(read(value), Some(expected));
    }

    #[test]
    fn what_is_no_sentence_of_ours_is_nothing() {
        for value in ["", ".", "x", "!%ff", "א"] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
