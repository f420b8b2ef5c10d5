//! Is the process alive, and can it do its work?

use std::time::Duration;

use actix_web::rt::time::timeout;
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use dugri_app::{App, health, read_only};

use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::{Error, Written};

/// A node that takes longer to say that it is ready, is not.
const PATIENCE: Duration = Duration::from_secs(3);

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok\n")
}

/// `GET /readyz`: the database takes writes, or is kept from it on purpose.
pub async fn ready(app: web::Data<App>) -> Result<HttpResponse, Error> {
    let known = app.clone();
    match timeout(PATIENCE, block(move || health::ready(&app))).await {
        Ok(Ok(None)) => Ok(plain(HttpResponse::Ok(), "ready\n")),
        Ok(Ok(Some(_))) => Ok(plain(
            HttpResponse::Ok(),
            "ready to read; kept read-only by the operator\n",
        )),
        // No page: whoever asks is a program, and the reason is for the operator.
        Ok(Err(_)) if read_only::last_known(&known).is_some() => Ok(plain(
            HttpResponse::ServiceUnavailable(),
            "read-only: the disk takes no writes\n",
        )),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(Error::Unavailable),
    }
}

fn plain(mut builder: HttpResponseBuilder, text: &'static str) -> HttpResponse {
    let mut response = builder.content_type("text/plain; charset=utf-8").body(text);
    Policy::Never.set(response.headers_mut());
    response.extensions_mut().insert(Written);
    response
}
