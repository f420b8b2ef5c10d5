//! `GET /people/{person}`: a person as colleagues see them.

use actix_web::{HttpResponse, web};
use dugri_app::{App, profile};
use dugri_core::PersonId;

use crate::answers::screen;
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::profile as views;

/// `GET /people/{person}`
pub async fn show(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    person: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(person.parse().map_err(|_| Error::NotFound)?);
    let profile = block(move || profile::read(&app, &viewer.actor(), person)).await?;
    Ok(screen(views::profile(&shell, &profile)))
}
