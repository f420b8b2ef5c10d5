//! What a text becomes, for the script beside the editor.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use dugri_app::{App, render};
use serde::Deserialize;

use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::Error;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;

/// The text to preview.
#[derive(Debug, Deserialize)]
pub struct PreviewForm {
    #[serde(default)]
    body: String,
    #[serde(default)]
    language: String,
}

/// `POST /preview`: the rendered text alone, for the script beside the editor.
pub async fn preview(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<PreviewForm>,
) -> Result<HttpResponse, Error> {
    let form = form.0;
    let language = form.language.parse().unwrap_or(shell.language);
    let rendered = block(move || render::preview(&app, &viewer.actor(), language, &form.body)).await?;
    let mut response = HttpResponse::Ok()
        .content_type(ContentType::html())
        .body(rendered.html);
    Policy::Never.set(response.headers_mut());
    Ok(response)
}
