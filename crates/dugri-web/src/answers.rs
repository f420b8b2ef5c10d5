//! The few shapes of an answer that a handler of screens gives: a screen, the same form again, elsewhere.
//!
//! A screen is made for one reader and is asked for again each time; what holds a secret or a form's mistakes is not kept.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use maud::Markup;

use crate::cache::Policy;

/// A screen.
pub fn screen(markup: Markup) -> HttpResponse {
    html(StatusCode::OK, markup, Policy::Private)
}

/// A screen that shows a secret, or stands at the door: never kept.
pub fn screen_once(markup: Markup) -> HttpResponse {
    html(StatusCode::OK, markup, Policy::Never)
}

/// The form that was sent, with what is wrong beside its fields.
pub fn form_again(markup: Markup) -> HttpResponse {
    html(StatusCode::UNPROCESSABLE_ENTITY, markup, Policy::Never)
}

/// A screen with another status.
pub fn html(status: StatusCode, markup: Markup, policy: Policy) -> HttpResponse {
    let mut response = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(markup.into_string());
    policy.set(response.headers_mut());
    response
}

/// What was asked for stands elsewhere for good. Not kept by the browser: what was renamed can be named back.
pub fn moved(path: &str) -> HttpResponse {
    let mut response = HttpResponse::MovedPermanently()
        .insert_header((LOCATION, path))
        .finish();
    Policy::Never.set(response.headers_mut());
    response
}

/// Done: elsewhere, by GET. `path` must be one of our own.
pub fn see_other(path: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther().insert_header((LOCATION, path)).finish();
    Policy::Never.set(response.headers_mut());
    response
}
