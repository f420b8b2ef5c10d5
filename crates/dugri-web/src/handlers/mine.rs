//! What a page is to its reader: kept at hand, watched, changed since the last visit. Each has one button.

use actix_web::{HttpResponse, web};
use dugri_app::homes::{self, Since};
use dugri_app::pages::PageRead;
use dugri_app::{Actor, App, Error as AppError, favourites};
use serde::Deserialize;

use crate::answers::see_other;
use crate::api::public_id;
use crate::bridge::block;
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::handlers::preferences::own_path;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;

/// What a page is to its reader.
pub struct Mine {
    /// Kept at hand.
    pub favourite: bool,
    /// What changed since the last visit.
    pub since: Option<Since>,
}

/// What a page is to its reader.
pub fn of_page(app: &App, actor: &Actor, read: &PageRead) -> Result<Mine, AppError> {
    Ok(Mine {
        favourite: favourites::is_kept(app, actor, read.page.row.id)?,
        since: homes::since_last_visit(app, actor, read)?,
    })
}

/// One button: on or off, and where it stood.
#[derive(Debug, Deserialize)]
pub struct Switch {
    #[serde(default)]
    on: String,
    #[serde(default)]
    next: String,
}

/// `POST /p/{id}/-/favourite`
pub async fn favourite(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: web::Form<Switch>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let back = back(&form.next, &id);
    let kept = form.on == "yes";
    block(move || favourites::set(&app, &viewer.actor(), &id, kept)).await?;
    let said = if kept {
        t!(&shell, "favourite-kept")
    } else {
        t!(&shell, "favourite-gone")
    };
    Ok(see_other_saying(&shell, &back, said, false))
}

/// `POST /p/{id}/-/seen`: takes the marks off.
pub async fn seen(app: web::Data<App>, viewer: Viewer, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let back = back("", &id);
    block(move || homes::seen(&app, &viewer.actor(), &id)).await?;
    Ok(see_other(&back))
}

fn back(next: &str, id: &dugri_core::PublicId) -> String {
    if next.is_empty() {
        format!("/p/{id}")
    } else {
        own_path(next).to_owned()
    }
}
