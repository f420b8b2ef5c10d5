//! `GET /people/spaces/{space}/reach`: who can come into a space, and why.

use actix_web::{HttpResponse, web};
use dugri_app::{App, reach};
use serde::Deserialize;

use crate::answers::screen;
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::reach as views;

/// Whom one asks for.
#[derive(Debug, Deserialize)]
pub struct ReachQuery {
    #[serde(default)]
    q: String,
}

/// `GET /people/spaces/{space}/reach`
pub async fn list(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    slug: web::Path<String>,
    query: web::Query<ReachQuery>,
) -> Result<HttpResponse, Error> {
    let actor = viewer.actor();
    let (space, reaching) = block(move || reach::list(&app, &actor, &slug)).await?;
    Ok(screen(views::list(&shell, &space, &reaching, query.q.trim())))
}
