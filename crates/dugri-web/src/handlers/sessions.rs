//! Signing in and out, and the set-up of the first admin.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::people::{self, SetUpInput};
use dugri_app::sessions::{self, Begun, SignIn};
use dugri_app::{App, Error as AppError};
use serde::Deserialize;

use crate::answers::{form_again, html, screen_once, see_other};
use crate::bridge::block;
use crate::cache::Policy;
use crate::cookies::Keys;
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::handlers::preferences::own_path;
use crate::identity::{Caller, Viewer};
use crate::shell::Shell;
use crate::views::signin as views;

/// Where somebody wants to go after signing in.
#[derive(Debug, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// The sign-in form.
#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /signin`
pub async fn form(
    app: web::Data<App>,
    shell: Shell,
    viewer: Option<Viewer>,
    query: web::Query<Next>,
) -> Result<HttpResponse, Error> {
    let next = own_path(&query.next).to_owned();
    if viewer.is_some() {
        return Ok(see_other(&next));
    }
    if block(move || people::needs_set_up(&app)).await? {
        return Ok(see_other("/setup"));
    }
    Ok(screen_once(views::sign_in(
        &shell,
        &views::SignIn {
            next,
            ..views::SignIn::default()
        },
    )))
}

/// `POST /signin`
pub async fn sign_in(
    app: web::Data<App>,
    keys: web::Data<Keys>,
    shell: Shell,
    caller: Caller,
    form: Form<SignInForm>,
) -> Result<HttpResponse, Error> {
    let next = own_path(&form.next).to_owned();
    let Form(form) = form;
    let email = form.email.clone();
    let now = app.now();
    let outcome = block(move || sessions::sign_in(&app, &form.email, &form.password, &caller.0)).await?;
    let again = |wrong| views::SignIn {
        email,
        next: next.clone(),
        wrong: vec![wrong],
        helper: None,
    };
    match outcome {
        SignIn::Done(begun) => let_in(&keys, now, begun, &next),
        SignIn::Wrong => Ok(form_again(views::sign_in(
            &shell,
            &again(Wrong::new("form", "error-signin")),
        ))),
        SignIn::Wait(seconds) => {
            let mut wrong = Wrong::new("form", "error-429-text");
            wrong.args.push(("seconds".into(), seconds.to_string()));
            let page = views::sign_in(&shell, &again(wrong));
            let mut response = html(StatusCode::TOO_MANY_REQUESTS, page, Policy::Never);
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(response)
        }
    }
}

/// Gives a browser the cookie of its session and sends it on.
pub fn let_in(
    keys: &Keys,
    now: chrono::DateTime<chrono::Utc>,
    begun: Begun,
    next: &str,
) -> Result<HttpResponse, Error> {
    let cookie = keys
        .cookie(begun.session, now, begun.expires_at)
        .map_err(|error| {
            tracing::error!(%error, "a session cookie can't be made");
            Error::Internal
        })?;
    let mut response = see_other(next);
    response.add_cookie(&cookie).map_err(|_| Error::Internal)?;
    Ok(response)
}

/// `POST /signout`: whoever has no session any more gets out all the same.
pub async fn sign_out(
    app: web::Data<App>,
    keys: web::Data<Keys>,
    req: HttpRequest,
    viewer: Option<Viewer>,
) -> Result<HttpResponse, Error> {
    if let Some(viewer) = viewer
        && let Some(session) = viewer.session()
    {
        match block(move || sessions::end(&app, &viewer.actor(), session)).await {
            // Ended meanwhile from elsewhere: that is what was wanted.
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let mut response = see_other("/signin");
    if keys.is_sent(&req) {
        response
            .add_cookie(&keys.removal())
            .map_err(|_| Error::Internal)?;
    }
    Ok(response)
}

/// The set-up form.
#[derive(Deserialize)]
pub struct SetUpForm {
    #[serde(default)]
    company: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// `GET /setup`: only while nobody exists.
pub async fn set_up_form(app: web::Data<App>, shell: Shell) -> Result<HttpResponse, Error> {
    if !block(move || people::needs_set_up(&app)).await? {
        return Err(Error::NotFound);
    }
    Ok(screen_once(views::setup(&shell, &views::Setup::default())))
}

/// `POST /setup`
pub async fn set_up(
    app: web::Data<App>,
    keys: web::Data<Keys>,
    shell: Shell,
    caller: Caller,
    form: Form<SetUpForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let again = views::Setup {
        company: form.company.clone(),
        name: form.name.clone(),
        email: form.email.clone(),
        wrong: Vec::new(),
    };
    let input = SetUpInput {
        company: form.company,
        email: form.email,
        name: form.name,
        password: form.password,
        language: shell.language.as_str().to_owned(),
    };
    let now = app.now();
    let done = web::block(move || people::set_up(&app, &input, &caller.0)).await;
    match done.map_err(|_| Error::Internal)? {
        Ok(begun) => let_in(&keys, now, begun, "/people"),
        Err(AppError::Invalid(fields)) => {
            let wrong = fields.into_iter().map(Wrong::from).collect();
            Ok(form_again(views::setup(&shell, &views::Setup { wrong, ..again })))
        }
        Err(error) => Err(error.into()),
    }
}
