//! The API of home: what is new to who asks, and what they keep at hand.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::homes::{self, News};
use dugri_app::texts::Trouble;
use dugri_app::{App, favourites as kept};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::shapes::{PageLine, Pages, Problem};
use super::{done, json, public_id};
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;

/// The part of the API about home.
#[derive(OpenApi)]
#[openapi(
    paths(home, catch_up, favourites, keep, drop),
    components(schemas(UnreadFile, HomeShape, NewsShape))
)]
pub struct Doc;

/// What is new to who asks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Home)]
pub struct HomeShape {
    /// `sales` or `marketing`.
    view: String,
    /// Since when changes are listed.
    since: DateTime<Utc>,
    /// Material publications that were not opened yet.
    must_know: Vec<NewsShape>,
    /// Other changes that were not opened yet, newest first.
    changed: Vec<NewsShape>,
    /// Pages kept at hand.
    favourites: Vec<PageLine>,
    /// Pages whose check is due or late, which who asks answers for or may verify.
    verify: Vec<PageLine>,
    /// Attached files whose words can't be found, on pages which who asks answers for or may publish.
    unread_files: Vec<UnreadFile>,
}

/// An attached file whose words can't be found.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadFile {
    /// Its name.
    name: String,
    /// Its address on this server.
    path: String,
    /// Why: `old-office`, `encrypted`, `damaged`, `too-large`, `scanned` or `too-slow`.
    reason: &'static str,
    /// The id of the page that shows it.
    page: String,
}

/// Something that happened to a page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = News)]
pub struct NewsShape {
    /// `published` or `superseded`.
    kind: &'static str,
    /// The page.
    page: PageLine,
    /// When.
    at: DateTime<Utc>,
    /// One's own report behind it.
    own_report: Option<i64>,
    /// How many reports are behind it.
    reports: usize,
    /// The id of the successor, where it may be read.
    successor: Option<String>,
}

impl From<&Trouble> for UnreadFile {
    fn from(trouble: &Trouble) -> UnreadFile {
        UnreadFile {
            name: trouble.file.name.clone(),
            path: format!("/f/{}", trouble.file.public_id),
            reason: trouble.state.as_str(),
            page: trouble.line.page.public_id.to_string(),
        }
    }
}

impl From<&News> for NewsShape {
    fn from(news: &News) -> NewsShape {
        match news {
            News::Published(listed, cited) => NewsShape {
                kind: "published",
                page: PageLine::from(&**listed),
                at: news.at(),
                own_report: cited.own.map(|id| id.0),
                reports: cited.reports,
                successor: None,
            },
            News::Replaced {
                listed,
                successor,
                at,
                ..
            } => NewsShape {
                kind: "superseded",
                page: PageLine::from(&**listed),
                at: *at,
                own_report: None,
                reports: 0,
                successor: successor.as_ref().map(|line| line.page.public_id.to_string()),
            },
        }
    }
}

/// What is new, at hand and to be checked.
#[utoipa::path(get, path = "/api/v1/home", tag = "home",
    responses((status = 200, body = HomeShape), (status = 401, body = Problem)))]
pub async fn home(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let home = block(move || homes::home(&app, &viewer.actor())).await?;
    json(
        StatusCode::OK,
        &HomeShape {
            view: home.view.to_string(),
            since: home.since,
            must_know: home.must_know.iter().map(NewsShape::from).collect(),
            changed: home.changed.iter().map(NewsShape::from).collect(),
            favourites: home.favourites.iter().map(PageLine::from).collect(),
            verify: home.verify.iter().map(PageLine::from).collect(),
            unread_files: home.troubles.iter().map(UnreadFile::from).collect(),
        },
    )
}

/// Marks all changes as read.
#[utoipa::path(post, path = "/api/v1/home/read", tag = "home",
    responses((status = 204), (status = 401, body = Problem)))]
pub async fn catch_up(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    block(move || homes::catch_up(&app, &viewer.actor())).await?;
    Ok(done())
}

/// The pages kept at hand.
#[utoipa::path(get, path = "/api/v1/favourites", tag = "home",
    responses((status = 200, body = Pages), (status = 401, body = Problem)))]
pub async fn favourites(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let found = block(move || kept::list(&app, &viewer.actor())).await?;
    json(
        StatusCode::OK,
        &Pages {
            results: found.iter().map(PageLine::from).collect(),
            next: None,
        },
    )
}

/// Keeps a page at hand.
#[utoipa::path(put, path = "/api/v1/favourites/{id}", tag = "home",
    params(("id" = String, Path, description = "The page's permanent id")),
    responses((status = 204), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub async fn keep(app: web::Data<App>, viewer: Viewer, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    block(move || kept::set(&app, &viewer.actor(), &id, true)).await?;
    Ok(done())
}

/// Keeps a page at hand no longer.
#[utoipa::path(delete, path = "/api/v1/favourites/{id}", tag = "home",
    params(("id" = String, Path, description = "The page's permanent id")),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn drop(app: web::Data<App>, viewer: Viewer, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    block(move || kept::set(&app, &viewer.actor(), &id, false)).await?;
    Ok(done())
}
