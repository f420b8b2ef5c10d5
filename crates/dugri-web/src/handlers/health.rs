//! Is the process alive, and can it do its work?

use std::time::Duration;

use actix_web::rt::time::timeout;
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use dugri_app::{App, health};

use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::Error;

/// A node that takes longer to say that it is ready, is not.
const PATIENCE: Duration = Duration::from_secs(3);

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok\n")
}

/// `GET /readyz`: the database takes writes.
pub async fn ready(app: web::Data<App>) -> Result<HttpResponse, Error> {
    match timeout(PATIENCE, block(move || health::ready(&app))).await {
        Ok(ready) => ready.map(|()| plain(HttpResponse::Ok(), "ready\n")),
        Err(_) => Err(Error::Unavailable),
    }
}

fn plain(mut builder: HttpResponseBuilder, text: &'static str) -> HttpResponse {
    let mut response = builder.content_type("text/plain; charset=utf-8").body(text);
    Policy::Never.set(response.headers_mut());
    response
}
