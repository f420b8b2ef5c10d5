//! Atom feeds of every list, and the screen that makes their addresses.
//!
//! Links begin with the configured address, never with what the request calls this server.

use actix_web::http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use actix_web::{HttpRequest, HttpResponse, web};
use atom_syndication::{Content, Entry, Link, Person, Text};
use chrono::{DateTime, SubsecRound as _, Utc};
use dugri_app::feeds::{self, Feed, Source};
use dugri_app::{App, Error as AppError, tokens};
use dugri_core::{Language, TokenId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::answers::{screen, screen_once};
use crate::bridge::block;
use crate::cache::{self, Policy};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::feeds::{self as views, FeedsView, TokenLine};
use crate::{attr, t};

/// `GET /feeds/{token}/{list}`
pub async fn read(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (token, list) = path.into_inner();
    let list = list.strip_suffix(".atom").unwrap_or(&list).to_owned();
    let base = app.config().base_url.clone();
    let (feed, source, language) = block(move || -> Result<_, AppError> {
        // A token that is not one and a list that is not to be read are the same: nothing is there.
        let viewer = feeds::reader(&app, &token)?.ok_or(AppError::NotFound)?;
        let source: Source = list.parse()?;
        let actor = viewer.actor();
        Ok((feeds::feed(&app, &actor, &source)?, source, actor.language))
    })
    .await?;
    let updated = feed.entries.iter().map(|entry| entry.at).max();
    let body = atom(&base, &feed, &source, language, updated);
    let etag = cache::etag(&hex::encode(&Sha256::digest(&body)[..12]));
    let mut response = if is_known(&req, &etag, updated) {
        HttpResponse::NotModified().finish()
    } else {
        HttpResponse::Ok()
            .content_type("application/atom+xml; charset=utf-8")
            .body(body)
    };
    let headers = response.headers_mut();
    cache::set_etag(headers, &etag);
    if let Some(Ok(value)) = updated.map(|at| http_date(at).parse()) {
        headers.insert(LAST_MODIFIED, value);
    }
    Policy::Private.set(headers);
    Ok(response)
}

fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The tag decides; a reader that knows no tags is believed its date.
fn is_known(req: &HttpRequest, etag: &str, updated: Option<DateTime<Utc>>) -> bool {
    if req.headers().contains_key(IF_NONE_MATCH) {
        return cache::is_known(req, etag);
    }
    let since = req.headers().get(IF_MODIFIED_SINCE).and_then(|value| {
        let text = value.to_str().ok()?;
        DateTime::parse_from_rfc2822(text).ok()
    });
    match (since, updated) {
        (Some(since), Some(updated)) => updated.trunc_subsecs(0) <= since,
        _ => false,
    }
}

/// The name of a list.
fn title(language: Language, source: &Source, name: Option<&str>) -> String {
    let name = name.unwrap_or_default();
    match source {
        Source::Changes => attr!(language, "feed-changes").to_owned(),
        Source::Watched => attr!(language, "feed-watched").to_owned(),
        Source::Mine => attr!(language, "feed-mine").to_owned(),
        Source::Triage => attr!(language, "feed-triage").to_owned(),
        Source::Space(_) => attr!(language, "feed-space", name = name),
        Source::Topic(_) => attr!(language, "feed-topic", name = name),
        Source::Search(_) => attr!(language, "feed-search", name = name),
    }
}

fn atom(
    base: &str,
    feed: &Feed,
    source: &Source,
    language: Language,
    updated: Option<DateTime<Utc>>,
) -> String {
    let name = format!(
        "{} · {}",
        title(language, source, feed.name.as_deref()),
        attr!(language, "brand")
    );
    let link = |href: &str, rel: &str| Link {
        href: format!("{base}{href}"),
        rel: rel.to_owned(),
        ..Link::default()
    };
    let entries = feed
        .entries
        .iter()
        .map(|entry| Entry {
            title: Text::plain(&entry.title),
            id: format!("{base}{}", entry.id),
            updated: entry.at.fixed_offset(),
            published: Some(entry.at.fixed_offset()),
            authors: vec![Person {
                name: entry
                    .by
                    .clone()
                    .unwrap_or_else(|| attr!(language, "feed-somebody").to_owned()),
                ..Person::default()
            }],
            links: vec![link(&entry.href, "alternate")],
            content: Some(Content {
                value: Some(entry.text.clone()),
                content_type: Some("text".to_owned()),
                lang: entry.language.map(|language| language.to_string()),
                ..Content::default()
            }),
            ..Entry::default()
        })
        .collect();
    let atom = atom_syndication::Feed {
        title: Text::plain(name),
        id: format!("{base}/feeds/{source}"),
        updated: updated.unwrap_or(DateTime::UNIX_EPOCH).fixed_offset(),
        links: vec![link(&feed.href, "alternate")],
        lang: Some(language.to_string()),
        entries,
        ..atom_syndication::Feed::default()
    };
    atom.to_string()
}

/// Which list the address is for.
#[derive(Debug, Default, Deserialize)]
pub struct FeedsQuery {
    #[serde(default)]
    list: String,
}

/// What a list is called that the actor may read.
fn named(app: &App, viewer: &Viewer, list: &str) -> Result<(Source, String), AppError> {
    let source: Source = if list.is_empty() {
        Source::Changes
    } else {
        list.parse()?
    };
    let actor = viewer.actor();
    let feed = feeds::feed(app, &actor, &source)?;
    let title = title(actor.language, &source, feed.name.as_deref());
    Ok((source, title))
}

async fn view(app: web::Data<App>, viewer: Viewer, list: String) -> Result<FeedsView, Error> {
    let (source, title, tokens) = block(move || -> Result<_, AppError> {
        let (source, title) = named(&app, &viewer, &list)?;
        Ok((source, title, feeds::list(&app, &viewer.actor())?))
    })
    .await?;
    Ok(FeedsView {
        list: source.to_string(),
        title,
        made: None,
        tokens: tokens
            .into_iter()
            .map(|token| TokenLine {
                id: token.id.0,
                name: token.name,
                seen: token.seen_at,
            })
            .collect(),
    })
}

/// `GET /me/feeds?list=`
pub async fn show(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    query: web::Query<FeedsQuery>,
) -> Result<HttpResponse, Error> {
    let list = default_list(&viewer, query.into_inner().list);
    let view = view(app, viewer, list).await?;
    Ok(screen(views::feeds(&shell, &view)))
}

/// Who may only report has one list.
fn default_list(viewer: &Viewer, list: String) -> String {
    if list.is_empty() && viewer.access.submit_only() {
        "mine".to_owned()
    } else {
        list
    }
}

/// `POST /me/feeds`: the answer shows the address, this once.
pub async fn make(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<FeedsQuery>,
) -> Result<HttpResponse, Error> {
    let list = default_list(&viewer, form.0.list);
    let base = app.config().base_url.clone();
    let (owned, maker, wanted) = (app.clone(), viewer.clone(), list.clone());
    let secret = block(move || -> Result<_, AppError> {
        let (_, title) = named(&owned, &maker, &wanted)?;
        feeds::make(&owned, &maker.actor(), &title)
    })
    .await?;
    let mut view = view(app, viewer, list).await?;
    let list = utf8_percent_encode(&view.list, NON_ALPHANUMERIC).to_string();
    view.made = Some(format!(
        "{base}/feeds/{}/{}.atom",
        secret.reveal(),
        list.replace("%3A", ":").replace("%2D", "-")
    ));
    Ok(screen_once(views::feeds(&shell, &view)))
}

/// `POST /me/feeds/{token}/end`
pub async fn end(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    path: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let token = TokenId(path.into_inner());
    block(move || tokens::end(&app, &viewer.actor(), token)).await?;
    Ok(see_other_saying(
        &shell,
        "/me/feeds",
        t!(&shell, "feed-ended"),
        false,
    ))
}
