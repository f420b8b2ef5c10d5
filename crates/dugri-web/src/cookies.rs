//! The cookie of a signed-in browser: a JWT that names a session, which is looked up each time.
//!
//! One algorithm, one issuer, one audience, one purpose; whatever else a token says is refused. The token by itself is
//! worth nothing: signing out, a new password, a demotion end the session behind it.
//!
//! A token whose signature was checked is remembered: checking it is the dearest step of a page read from memory.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use chrono::{DateTime, Utc};
use dugri_core::SessionId;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

/// The name by https: browsers take it only with `Secure`, for this host alone.
const NAME_SECURE: &str = "__Host-dugri";
/// The name by plain http, where browsers would refuse the prefix.
const NAME_PLAIN: &str = "dugri";
/// Who issues the tokens and for whom.
const PARTY: &str = "dugri";
/// What they are for: a token of another purpose, signed by the same key, signs nobody in.
const PURPOSE: &str = "session";
/// The shortest key in bytes: 256 bits.
pub const KEY_BYTES_MIN: usize = 32;

/// How many checked tokens are remembered.
const CHECKED_MAX: u64 = 10_000;

/// The keys by which session cookies are signed and checked.
#[derive(Clone)]
pub struct Keys {
    sign: EncodingKey,
    check: DecodingKey,
    rules: Validation,
    https: bool,
    checked: moka::sync::Cache<String, Checked>,
}

/// What a good token says.
#[derive(Debug, Clone, Copy)]
struct Checked {
    session: SessionId,
    /// When it ends, in seconds since 1970.
    exp: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    purpose: String,
    sid: i64,
    iat: i64,
    exp: i64,
}

impl Keys {
    /// Keys from a secret of at least [`KEY_BYTES_MIN`] bytes; `None` for a shorter one.
    pub fn new(secret: &[u8], https: bool) -> Option<Keys> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.leeway = 0;
        rules.set_issuer(&[PARTY]);
        rules.set_audience(&[PARTY]);
        rules.set_required_spec_claims(&["exp", "iss", "aud"]);
        (secret.len() >= KEY_BYTES_MIN).then(|| Keys {
            sign: EncodingKey::from_secret(secret),
            check: DecodingKey::from_secret(secret),
            rules,
            https,
            checked: moka::sync::Cache::new(CHECKED_MAX),
        })
    }

    /// The cookie for a session that was begun.
    ///
    /// # Errors
    /// When the token can't be made, which is a bug.
    pub fn cookie(
        &self,
        session: SessionId,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<Cookie<'static>, jsonwebtoken::errors::Error> {
        let claims = Claims {
            iss: PARTY.to_owned(),
            aud: PARTY.to_owned(),
            purpose: PURPOSE.to_owned(),
            sid: session.0,
            iat: now.timestamp(),
            exp: expires_at.timestamp(),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign)?;
        Ok(self.shaped(token, Duration::seconds((expires_at - now).num_seconds())))
    }

    /// The cookie that takes the cookie away.
    pub fn removal(&self) -> Cookie<'static> {
        self.shaped(String::new(), Duration::ZERO)
    }

    /// The session that a request's cookie names, if the cookie is ours and in time.
    pub fn session(&self, req: &HttpRequest) -> Option<SessionId> {
        self.read(req.cookie(self.name())?.value())
    }

    /// Whether a request carries our cookie at all, good or not.
    pub fn is_sent(&self, req: &HttpRequest) -> bool {
        req.cookie(self.name()).is_some()
    }

    fn read(&self, token: &str) -> Option<SessionId> {
        let now = Utc::now().timestamp();
        if let Some(known) = self.checked.get(token) {
            return (now < known.exp).then_some(known.session);
        }
        let claims = jsonwebtoken::decode::<Claims>(token, &self.check, &self.rules)
            .ok()?
            .claims;
        if claims.purpose != PURPOSE || claims.iat > now + 60 {
            return None;
        }
        let session = SessionId(claims.sid);
        let checked = Checked {
            session,
            exp: claims.exp,
        };
        self.checked.insert(token.to_owned(), checked);
        Some(session)
    }

    fn name(&self) -> &'static str {
        if self.https { NAME_SECURE } else { NAME_PLAIN }
    }

    fn shaped(&self, value: String, max_age: Duration) -> Cookie<'static> {
        Cookie::build(self.name(), value)
            .path("/")
            .http_only(true)
            .secure(self.https)
            .same_site(SameSite::Lax)
            .max_age(max_age)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    const SECRET: [u8; 32] = [7; 32];

    fn keys() -> Keys {
        Keys::new(&SECRET, true).expect("long enough")
    }

    fn token_for(claims: &serde_json::Value, algorithm: Algorithm, secret: &[u8]) -> String {
        jsonwebtoken::encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret))
            .expect("encoded")
    }

    #[test]
    fn a_cookie_names_its_session_and_hides_from_scripts() {
        let now = Utc::now();
        let cookie = keys()
            .cookie(SessionId(42), now, now + TimeDelta::days(90))
            .expect("made");
        assert_eq!(keys().read(cookie.value()), Some(SessionId(42)));
        assert_eq!(cookie.name(), "__Host-dugri");
        assert_eq!((cookie.secure(), cookie.http_only()), (Some(true), Some(true)));
        assert_eq!(
            (cookie.same_site(), cookie.path()),
            (Some(SameSite::Lax), Some("/"))
        );
    }

    #[test]
    fn nothing_but_our_own_tokens_in_time_counts() {
        let now = Utc::now().timestamp();
        let good = serde_json::json!({
            "iss": "dugri", "aud": "dugri", "purpose": "session", "sid": 1, "iat": now, "exp": now + 60,
        });
        assert!(
            keys()
                .read(&token_for(&good, Algorithm::HS256, &SECRET))
                .is_some()
        );
        for (name, value) in [
            ("iss", "other".into()),
            ("aud", "other".into()),
            ("purpose", "share".into()),
            ("exp", (now - 1).into()),
            ("iat", (now + 3_600).into()),
            ("admin", true.into()),
        ] {
            let mut wrong = good.clone();
            wrong[name] = value;
            assert!(
                keys()
                    .read(&token_for(&wrong, Algorithm::HS256, &SECRET))
                    .is_none(),
                "{name}"
            );
        }
        for name in ["iss", "aud", "purpose", "exp", "sid"] {
            let mut missing = good.clone();
            missing.as_object_mut().expect("an object").remove(name);
            assert!(
                keys()
                    .read(&token_for(&missing, Algorithm::HS256, &SECRET))
                    .is_none(),
                "{name}"
            );
        }
        assert!(
            keys()
                .read(&token_for(&good, Algorithm::HS512, &SECRET))
                .is_none(),
            "another algorithm"
        );
        assert!(
            keys()
                .read(&token_for(&good, Algorithm::HS256, &[8; 32]))
                .is_none(),
            "another key"
        );
        // {"alg":"none"} with good claims and no signature.
        let token = token_for(&good, Algorithm::HS256, &SECRET);
        let claims = token.split('.').nth(1).expect("three parts");
        assert!(keys().read(&format!("eyJhbGciOiJub25lIn0.{claims}.")).is_none());
        assert!(keys().read("").is_none() && keys().read("a.b.c").is_none());
    }

    #[test]
    fn a_remembered_token_ends_in_time_and_lends_nothing_to_another() {
        let keys = keys();
        let now = Utc::now();
        let cookie = keys
            .cookie(SessionId(42), now, now + TimeDelta::seconds(60))
            .expect("made");
        let token = cookie.value();
        assert_eq!(keys.read(token), Some(SessionId(42)));
        assert_eq!(keys.read(token), Some(SessionId(42)), "from memory");
        let mut forged = token.to_owned();
        forged.replace_range(forged.len() - 4.., "AAAA");
        assert_eq!(keys.read(&forged), None);
        let ended = Checked {
            session: SessionId(42),
            exp: now.timestamp(),
        };
        keys.checked.insert(token.to_owned(), ended);
        assert_eq!(keys.read(token), None);
    }

    #[test]
    fn a_short_key_is_refused() {
        assert!(Keys::new(&[1; 31], true).is_none());
    }
}
