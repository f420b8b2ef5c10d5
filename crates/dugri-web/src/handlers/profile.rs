//! A person as colleagues see them, and their photo.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, web};
use dugri_app::searches::Target;
use dugri_app::{App, Error as AppError, profile, searches, watching};
use dugri_core::PersonId;
use dugri_core::watching::WatchKind;

use crate::answers::screen;
use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::Error;
use crate::handlers::watching::watch_view;
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
    let is_me = viewer.access.person == person;
    let (profile, state) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let profile = profile::read(&app, &actor, person)?;
        searches::opened(&app, actor.person(), Target::Person(person));
        Ok((
            profile,
            watching::state(&app, &actor, WatchKind::Person, person.0)?,
        ))
    })
    .await?;
    let key = person.to_string();
    let watch = (!is_me).then(|| watch_view(&shell, WatchKind::Person, &key, state));
    Ok(screen(views::profile(&shell, &profile, watch.as_ref())))
}

/// `GET /people/{person}/photo/{hash}`
pub async fn photo(app: web::Data<App>, path: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (person, hash) = path.into_inner();
    let person = PersonId(person.parse().map_err(|_| Error::NotFound)?);
    let bytes = block(move || profile::photo(&app, person, &hash)).await?;
    let mut response = HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/jpeg"))
        .body(bytes);
    Policy::Own.set(response.headers_mut());
    Ok(response)
}
