//! In which language and theme somebody reads: the person's choice, else the cookie's, else what the browser asks for.

use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;
use dugri_core::Language;

/// Light, dark, or as the device has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`, absent where the device decides.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Theme::Auto => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }

    /// Reads what a cookie, a form or a person's row says; anything else is `Auto`.
    pub fn parse(text: &str) -> Theme {
        match text {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        }
    }

    /// The written form, as forms and rows hold it.
    pub fn as_str(self) -> &'static str {
        self.attribute().unwrap_or("auto")
    }
}

/// What a signed-in person chose; put into the request by whoever recognised the person.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// The language of the interface.
    pub language: Language,
    /// The theme.
    pub theme: Theme,
}

/// Language and theme of one request.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The language of the interface.
    pub language: Language,
    /// The theme.
    pub theme: Theme,
}

/// The cookie of those who are not signed in.
pub const LANGUAGE_COOKIE: &str = "lang";
/// The cookie of the theme.
pub const THEME_COOKIE: &str = "theme";

impl Reader {
    /// What holds for this request.
    pub fn of(req: &HttpRequest) -> Reader {
        if let Some(chosen) = req.extensions().get::<Chosen>() {
            return Reader {
                language: chosen.language,
                theme: chosen.theme,
            };
        }
        let language = req.cookie(LANGUAGE_COOKIE).and_then(|c| c.value().parse().ok());
        let asked = || {
            req.headers()
                .get(ACCEPT_LANGUAGE)
                .and_then(|v| v.to_str().ok())
                .and_then(accepted)
        };
        Reader {
            language: language.or_else(asked).unwrap_or_default(),
            theme: req
                .cookie(THEME_COOKIE)
                .map(|c| Theme::parse(c.value()))
                .unwrap_or_default(),
        }
    }
}

impl From<Reader> for Language {
    fn from(reader: Reader) -> Language {
        reader.language
    }
}

/// The first of our languages in an `Accept-Language` header, by its weights.
fn accepted(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for part in header.split(',') {
        let mut fields = part.split(';').map(str::trim);
        let tag = fields.next().unwrap_or_default().to_ascii_lowercase();
        let weight = fields
            .find_map(|f| f.strip_prefix("q=")?.parse().ok())
            .unwrap_or(1.0);
        let language = match tag.split('-').next() {
            // Old browsers still say `iw` for Hebrew.
            Some("he" | "iw") => Language::He,
            Some("en") => Language::En,
            _ => continue,
        };
        if weight > 0.0 && best.is_none_or(|(w, _)| weight > w) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::cookie::Cookie;
    use actix_web::test::TestRequest;

    #[test]
    fn the_browsers_weights_count() {
        assert_eq!(accepted("he-IL,he;q=0.9,en;q=0.8"), Some(Language::He));
        assert_eq!(accepted("fr,en;q=0.5,he;q=0.7"), Some(Language::He));
        assert_eq!(accepted("iw"), Some(Language::He));
        assert_eq!(accepted("fr, de"), None);
        assert_eq!(accepted("he;q=0"), None);
        assert_eq!(accepted(";;q=,"), None);
    }

    #[test]
    fn the_person_wins_over_the_cookie_and_the_cookie_over_the_browser() {
        let request = || TestRequest::default().insert_header((ACCEPT_LANGUAGE, "en"));
        assert_eq!(Reader::of(&request().to_http_request()).language, Language::En);
        let with_cookie = request()
            .cookie(Cookie::new(LANGUAGE_COOKIE, "he"))
            .to_http_request();
        assert_eq!(Reader::of(&with_cookie).language, Language::He);
        with_cookie.extensions_mut().insert(Chosen {
            language: Language::En,
            theme: Theme::Dark,
        });
        let reader = Reader::of(&with_cookie);
        assert_eq!((reader.language, reader.theme), (Language::En, Theme::Dark));
    }
}
