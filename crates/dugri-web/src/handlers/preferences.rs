//! Language and theme for who is not signed in: kept in cookies that hold nothing else.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use dugri_core::Language;
use serde::Deserialize;

use crate::Site;
use crate::cache::Policy;
use crate::errors::Error;
use crate::forms::Form;
use crate::reader::{LANGUAGE_COOKIE, THEME_COOKIE, Theme};

/// The form of the language switch.
#[derive(Debug, Deserialize)]
pub struct LanguageForm {
    language: String,
    #[serde(default)]
    next: String,
}

/// The form of the theme switch.
#[derive(Debug, Deserialize)]
pub struct ThemeForm {
    theme: String,
    #[serde(default)]
    next: String,
}

/// `POST /language`
pub async fn language(site: web::Data<Site>, form: Form<LanguageForm>) -> Result<HttpResponse, Error> {
    let language: Language = form.language.parse().map_err(|_| Error::Malformed {
        place: Some("language".to_owned()),
        detail: "expected he or en".to_owned(),
    })?;
    Ok(remember(&site, LANGUAGE_COOKIE, language.as_str(), &form.next))
}

/// `POST /theme`
pub async fn theme(site: web::Data<Site>, form: Form<ThemeForm>) -> HttpResponse {
    remember(
        &site,
        THEME_COOKIE,
        Theme::parse(&form.theme).as_str(),
        &form.next,
    )
}

fn remember(site: &Site, name: &'static str, value: &'static str, next: &str) -> HttpResponse {
    let cookie = Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(site.https)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(400))
        .finish();
    let mut response = HttpResponse::SeeOther()
        .insert_header((LOCATION, own_path(next)))
        .cookie(cookie)
        .finish();
    Policy::Never.set(response.headers_mut());
    response
}

/// `next` if it is an absolute path of our own, else the home page. Browsers read `\` as `/` and drop controls.
pub fn own_path(next: &str) -> &str {
    let rest = next.strip_prefix('/');
    let ours = rest.is_some_and(|rest| !rest.starts_with(['/', '\\']))
        && !next.contains(|c: char| c == '\\' || c.is_control());
    if ours { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_own_absolute_paths_are_followed() {
        for own in ["/", "/p/4k7x/a?b=c#d", "/search?q=a//b"] {
            assert_eq!(own_path(own), own);
        }
        for foreign in [
            "",
            "//evil",
            "https://evil",
            "/\\evil",
            "\\\\evil",
            "/a\\b",
            "javascript:x",
            "/\t/evil",
            "a",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }
}
