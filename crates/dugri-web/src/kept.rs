//! Pages kept in memory as they were sent, so that reading one again runs no query and renders nothing.
//!
//! What is kept belongs to one person and holds while nothing happened (the epoch), within one minute (badges and ages
//! depend on the time), until this node changed what they see of their own (marks, notices), not beyond the moment at which a schedule changes the page, and not while the database is silent:
//! another node may have taken a right away meanwhile.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use dugri_app::App;
use dugri_app::ledger::Opened;
use dugri_core::{Language, PersonId, PublicId};
use maud::Markup;
use sha2::{Digest as _, Sha256};

use crate::cache::{self, Policy};
use crate::reader::Theme;
use crate::shell::Shell;

/// The memory for kept pages, in bytes.
const BYTES_MAX: u64 = 64 << 20;
/// Rights act within five seconds everywhere (`model.md`); nothing older than this is trusted unheard.
const SILENCE_MAX: Duration = Duration::from_secs(4);

/// The pages that this node keeps.
pub struct Kept(moka::sync::Cache<Key, Page>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    person: PersonId,
    page: PublicId,
    slug: String,
    language: Language,
    theme: &'static str,
}

#[derive(Clone)]
struct Page {
    epoch: i64,
    turns: u64,
    minute: DateTime<Utc>,
    valid_until: Option<DateTime<Utc>>,
    etag: String,
    body: Bytes,
    opened: Opened,
}

/// Under what a page may be kept; taken before it is read.
pub struct Place {
    key: Key,
    epoch: i64,
    turns: u64,
    minute: DateTime<Utc>,
}

impl Default for Kept {
    fn default() -> Kept {
        let weigh = |_: &Key, page: &Page| page.body.len().try_into().unwrap_or(u32::MAX);
        Kept(
            moka::sync::Cache::builder()
                .weigher(weigh)
                .max_capacity(BYTES_MAX)
                .build(),
        )
    }
}

impl Kept {
    /// Where a page of this reader is kept. `None` for one that is shown once only: with a message, a query, or the bar that says that
    /// nothing can be saved.
    pub fn place(
        &self,
        app: &App,
        shell: &Shell,
        person: PersonId,
        page: &PublicId,
        slug: &str,
    ) -> Option<Place> {
        if shell.flash.is_some()
            || shell.read_only.is_some()
            || shell.here.contains('?')
            || app.store().silence() > SILENCE_MAX
        {
            return None;
        }
        let minute = app.now().duration_trunc(TimeDelta::minutes(1)).ok()?;
        let theme = match shell.theme {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let key = Key {
            person,
            page: page.clone(),
            slug: slug.to_owned(),
            language: shell.language,
            theme,
        };
        Some(Place {
            key,
            epoch: app.store().epoch().0,
            turns: app.turns(),
            minute,
        })
    }

    /// The kept page, if it still holds, and what its reader opens with it.
    pub fn answer(
        &self,
        req: &HttpRequest,
        place: &Place,
        now: DateTime<Utc>,
    ) -> Option<(HttpResponse, Opened)> {
        let page = self.0.get(&place.key)?;
        let holds = page.epoch == place.epoch
            && page.turns == place.turns
            && page.minute == place.minute
            && page.valid_until.is_none_or(|until| now < until);
        holds.then(|| {
            let opened = Opened {
                at: now,
                ..page.opened.clone()
            };
            (send(req, &page), opened)
        })
    }

    /// Keeps a page and sends it.
    pub fn keep(
        &self,
        req: &HttpRequest,
        place: Place,
        valid_until: Option<DateTime<Utc>>,
        opened: Opened,
        markup: Markup,
    ) -> HttpResponse {
        let body = Bytes::from(markup.into_string());
        let etag = cache::etag(&hex::encode(&Sha256::digest(&body)[..12]));
        let page = Page {
            epoch: place.epoch,
            turns: place.turns,
            minute: place.minute,
            valid_until,
            etag,
            body,
            opened,
        };
        let response = send(req, &page);
        self.0.insert(place.key, page);
        response
    }
}

fn send(req: &HttpRequest, page: &Page) -> HttpResponse {
    let mut response = if cache::is_known(req, &page.etag) {
        HttpResponse::NotModified().finish()
    } else {
        HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(page.body.clone())
    };
    cache::set_etag(response.headers_mut(), &page.etag);
    Policy::Private.set(response.headers_mut());
    response
}
