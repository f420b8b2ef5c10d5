//! Is the process alive, and can it do its work?

use actix_web::HttpResponse;

use crate::cache::Policy;

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    plain(HttpResponse::Ok(), "ok\n")
}

fn plain(mut builder: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    let mut response = builder.content_type("text/plain; charset=utf-8").body(text);
    Policy::Never.set(response.headers_mut());
    response
}
