//! The own searches that are kept: to see, and to delete.

use actix_web::{HttpResponse, web};
use dugri_app::{App, searches};

use crate::answers::screen;
use crate::bridge::block;
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::searches::{self as views, SearchLine};

/// `GET /me/searches`
pub async fn mine(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let rows = block(move || searches::mine(&app, &viewer.actor())).await?;
    let lines: Vec<SearchLine> = rows
        .into_iter()
        .map(|row| SearchLine {
            words: row.words,
            hits: row.hits,
            opened_ms: row.opened_ms,
            at: row.at,
        })
        .collect();
    Ok(screen(views::searches(&shell, &lines)))
}

/// `POST /me/searches/forget`
pub async fn forget(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    block(move || searches::forget(&app, &viewer.actor())).await?;
    Ok(see_other_saying(
        &shell,
        "/me/searches",
        t!(&shell, "searches-forgotten"),
        false,
    ))
}
