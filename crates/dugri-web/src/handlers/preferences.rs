//! The switches of language and theme on every screen. For who is signed in they are kept with the person, and always in
//! cookies that hold nothing else, so that the door knows them too.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use dugri_app::App;
use dugri_app::people::{PreferencesInput, set_preferences};
use dugri_core::Language;
use serde::Deserialize;

use crate::Site;
use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::Error;
use crate::forms::Form;
use crate::identity::Viewer;
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
pub async fn language(
    app: web::Data<App>,
    site: web::Data<Site>,
    viewer: Option<Viewer>,
    form: Form<LanguageForm>,
) -> Result<HttpResponse, Error> {
    let language: Language = form.language.parse().map_err(|_| Error::Malformed {
        place: Some("language".to_owned()),
        detail: "expected he or en".to_owned(),
    })?;
    if let Some(viewer) = viewer {
        let theme = viewer.person.theme.to_string();
        keep(app, viewer, language.to_string(), theme).await?;
    }
    Ok(remember(&site, LANGUAGE_COOKIE, language.as_str(), &form.next))
}

/// `POST /theme`
pub async fn theme(
    app: web::Data<App>,
    site: web::Data<Site>,
    viewer: Option<Viewer>,
    form: Form<ThemeForm>,
) -> Result<HttpResponse, Error> {
    let theme = Theme::parse(&form.theme).as_str();
    if let Some(viewer) = viewer {
        let language = viewer.person.language.to_string();
        keep(app, viewer, language, theme.to_owned()).await?;
    }
    Ok(remember(&site, THEME_COOKIE, theme, &form.next))
}

async fn keep(app: web::Data<App>, viewer: Viewer, language: String, theme: String) -> Result<(), Error> {
    let input = PreferencesInput {
        language,
        theme,
        shortcuts: viewer.person.shortcuts,
    };
    block(move || set_preferences(&app, &viewer.actor(), &input)).await
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
