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
pub use crate::shell::FlashAction as Action;
use crate::shell::{Flash, Shell};

/// The cookie's name.
const COOKIE: &str = "flash";
/// The longest sentence in characters; in Hebrew each is six bytes once encoded.
const CHARS_MAX: usize = 300;

/// Done: elsewhere, by GET, with a sentence there.
pub fn see_other_saying(_: &Shell, path: &str, said: &str, bad: bool) -> HttpResponse {
    see_other_with(path, said, bad, None)
}

/// The same, with something that can be done about it.
pub fn see_other_with(path: &str, said: &str, bad: bool, action: Option<Action>) -> HttpResponse {
    let mut response = see_other(path);
    say(&mut response, said, bad, action);
    response
}

/// Puts a sentence into an answer, for the screen that it leads to.
pub fn say(response: &mut HttpResponse, said: &str, bad: bool, action: Option<Action>) {
    let said: String = said.chars().take(CHARS_MAX).collect();
    let mut value = format!(
        "{}{}",
        if bad { '!' } else { '.' },
        utf8_percent_encode(&said, NON_ALPHANUMERIC)
    );
    for part in action.iter().flat_map(|action| [&action.label, &action.path]) {
        value.push('~');
        value.extend(utf8_percent_encode(part, NON_ALPHANUMERIC));
    }
    set(response, value, Duration::minutes(1));
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
    let mut parts = said.split('~').map(|part| {
        let part = percent_decode_str(part).decode_utf8().ok()?;
        Some(part.chars().take(CHARS_MAX).collect::<String>())
    });
    let text = parts.next().flatten()?;
    // Only one of our own addresses: what the cookie says is not to be believed.
    let action = parts.next().flatten().zip(parts.next().flatten());
    let action = action
        .filter(|(_, path)| path.starts_with("/p/") && !path.contains(['\\', '\n']))
        .map(|(label, path)| Action { label, path });
    (!text.is_empty()).then_some(Flash { text, bad, action })
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
            action: None,
        };
        assert_eq!(read(value), Some(expected));
    }

    #[test]
    fn a_way_back_comes_along_and_leads_nowhere_else() {
        let read_back = |path: &str| {
            let action = Action {
                label: "בטל ~".into(),
                path: path.into(),
            };
            let response = see_other_with("/", "Done", false, Some(action));
            let cookie = response.headers().get(SET_COOKIE).expect("a cookie");
            let value = cookie
                .to_str()
                .expect("ASCII")
                .split(['=', ';'])
                .nth(1)
                .expect("a value");
            read(value).expect("a sentence").action
        };
        let own = read_back("/p/cbg2bv9j/-/steps/7/undo").expect("an action");
        assert_eq!(
            (own.label.as_str(), own.path.as_str()),
            ("בטל ~", "/p/cbg2bv9j/-/steps/7/undo")
        );
        for path in ["https://evil.example/p/", "//evil.example", "/signout"] {
            assert_eq!(read_back(path), None, "{path}");
        }
    }

    #[test]
    fn what_is_no_sentence_of_ours_is_nothing() {
        for value in ["", ".", "x", "!%ff", "א"] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
