//! One-time links: whoever opens one chooses a password and is signed in. A link that can't be used looks the same
//! whether it was used, has ended, or never was.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::invitations::{self, Chosen};
use dugri_app::{App, Error as AppError};
use dugri_core::people::LinkPurpose;
use serde::Deserialize;

use crate::answers::{form_again, html, screen_once};
use crate::cache::Policy;
use crate::cookies::Keys;
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::handlers::sessions::let_in;
use crate::identity::Caller;
use crate::shell::Shell;
use crate::views::signin::{self as views, LinkKind, OneTime};

/// The form behind a link.
#[derive(Deserialize)]
pub struct ChosenForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

/// `GET /invite/{token}`
pub async fn invitation(
    app: web::Data<App>,
    shell: Shell,
    path: web::Path<String>,
) -> Result<HttpResponse, Error> {
    show(app, shell, LinkPurpose::Invitation, path.into_inner()).await
}

/// `POST /invite/{token}`
pub async fn accept_invitation(
    app: web::Data<App>,
    keys: web::Data<Keys>,
    shell: Shell,
    caller: Caller,
    path: web::Path<String>,
    form: Form<ChosenForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let chosen = Chosen {
        name: Some(form.name),
        password: form.password,
    };
    accept(
        app,
        keys,
        shell,
        caller,
        LinkPurpose::Invitation,
        path.into_inner(),
        chosen,
    )
    .await
}

/// `GET /reset/{token}`
pub async fn reset(
    app: web::Data<App>,
    shell: Shell,
    path: web::Path<String>,
) -> Result<HttpResponse, Error> {
    show(app, shell, LinkPurpose::Reset, path.into_inner()).await
}

/// `POST /reset/{token}`
pub async fn accept_reset(
    app: web::Data<App>,
    keys: web::Data<Keys>,
    shell: Shell,
    caller: Caller,
    path: web::Path<String>,
    form: Form<ChosenForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let chosen = Chosen {
        name: None,
        password: form.password,
    };
    accept(
        app,
        keys,
        shell,
        caller,
        LinkPurpose::Reset,
        path.into_inner(),
        chosen,
    )
    .await
}

async fn show(
    app: web::Data<App>,
    shell: Shell,
    purpose: LinkPurpose,
    secret: String,
) -> Result<HttpResponse, Error> {
    let action = action(purpose, &secret);
    let person = web::block(move || invitations::open(&app, purpose, &secret)).await;
    match person.map_err(|_| Error::Internal)? {
        Ok(person) => {
            let form = OneTime {
                kind: kind(purpose),
                action,
                email: person.email,
                name: person.name,
                wrong: Vec::new(),
            };
            Ok(screen_once(views::one_time(&shell, &form)))
        }
        Err(AppError::NotFound) => Ok(ended(&shell)),
        Err(error) => Err(error.into()),
    }
}

async fn accept(
    app: web::Data<App>,
    keys: web::Data<Keys>,
    shell: Shell,
    caller: Caller,
    purpose: LinkPurpose,
    secret: String,
    chosen: Chosen,
) -> Result<HttpResponse, Error> {
    let action = action(purpose, &secret);
    let typed = chosen.name.clone();
    let now = app.now();
    let done = web::block(move || {
        let result = invitations::accept(&app, purpose, &secret, &chosen, &caller.0);
        // For the form, should it be shown again.
        let person =
            matches!(result, Err(AppError::Invalid(_))).then(|| invitations::open(&app, purpose, &secret));
        (result, person)
    })
    .await
    .map_err(|_| Error::Internal)?;
    match done {
        (Ok(begun), _) => let_in(&keys, now, begun, "/"),
        (Err(AppError::Invalid(fields)), Some(Ok(person))) => {
            let form = OneTime {
                kind: kind(purpose),
                action,
                email: person.email,
                name: typed.unwrap_or(person.name),
                wrong: fields.into_iter().map(Wrong::from).collect(),
            };
            Ok(form_again(views::one_time(&shell, &form)))
        }
        (Err(AppError::NotFound | AppError::Invalid(_)), _) => Ok(ended(&shell)),
        (Err(error), _) => Err(error.into()),
    }
}

fn ended(shell: &Shell) -> HttpResponse {
    html(StatusCode::NOT_FOUND, views::link_ended(shell), Policy::Never)
}

fn kind(purpose: LinkPurpose) -> LinkKind {
    match purpose {
        LinkPurpose::Invitation => LinkKind::Invitation,
        LinkPurpose::Reset => LinkKind::Reset,
    }
}

/// The secret came in by the path; only letters and digits of it go back into the page.
fn action(purpose: LinkPurpose, secret: &str) -> String {
    let secret: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    match purpose {
        LinkPurpose::Invitation => format!("/invite/{secret}"),
        LinkPurpose::Reset => format!("/reset/{secret}"),
    }
}
