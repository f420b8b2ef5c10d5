//! Is the process alive, and can it do its work?

use std::time::Duration;

use actix_web::rt::time::timeout;
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use dugri_app::search::Standing;
use dugri_app::{App, health, read_only};

use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::{Error, Written};

/// A node that takes longer to say that it is ready, is not.
const PATIENCE: Duration = Duration::from_secs(3);

/// `GET /healthz`: the process answers.
pub async fn alive(app: web::Data<App>) -> HttpResponse {
    plain(HttpResponse::Ok(), with_search("ok\n", &app))
}

/// `GET /readyz`: the database takes writes, or is kept from it on purpose.
pub async fn ready(app: web::Data<App>) -> Result<HttpResponse, Error> {
    let known = app.clone();
    match timeout(PATIENCE, block(move || health::ready(&app))).await {
        Ok(Ok(None)) => Ok(plain(HttpResponse::Ok(), with_search("ready\n", &known))),
        Ok(Ok(Some(_))) => Ok(plain(
            HttpResponse::Ok(),
            with_search("ready to read; kept read-only by the operator\n", &known),
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

/// Adds what the operator should know of the search index. Pages can be read without it, so it makes no node unready.
fn with_search(text: &str, app: &App) -> String {
    let search = match app.index().standing() {
        Standing::Whole => return text.to_owned(),
        Standing::Renewing => "search: the index is being renewed; the one before answers until then\n",
        Standing::Building => {
            "search: the index was missing or damaged and is being built; answers may lack something\n"
        }
    };
    format!("{text}{search}")
}

fn plain(mut builder: HttpResponseBuilder, text: impl Into<String>) -> HttpResponse {
    let mut response = builder
        .content_type("text/plain; charset=utf-8")
        .body(text.into());
    Policy::Never.set(response.headers_mut());
    response.extensions_mut().insert(Written);
    response
}
