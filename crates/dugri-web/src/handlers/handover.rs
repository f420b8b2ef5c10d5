//! Closing an account, for site admins: first what hangs on the person, then to whom it goes.

use actix_web::{HttpResponse, web};
use dugri_app::{App, Error as AppError, handover};
use dugri_core::PersonId;
use serde::Deserialize;

use crate::answers::{form_again, screen};
use crate::bridge::{block, run};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::t;
use crate::views::handover as views;

/// `GET /people/{person}/deactivate`
pub async fn show(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    person: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(*person);
    let hanging = block(move || handover::hanging(&app, &admin.actor(), person)).await?;
    Ok(screen(views::close(&shell, &hanging, "", &[])))
}

/// To whom it goes.
#[derive(Debug, Deserialize)]
pub struct HandoverForm {
    /// The key of a person; nothing for nobody.
    #[serde(default)]
    to: String,
}

/// `POST /people/{person}/deactivate`
pub async fn close(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    person: web::Path<i64>,
    form: Form<HandoverForm>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(*person);
    let (owned, actor) = (app.clone(), admin.actor());
    let to = match form.to.trim() {
        "" => Ok(None),
        key => key.parse().map(|key| Some(PersonId(key))),
    };
    let done = run(move || match to {
        Ok(to) => handover::close(&owned, &actor, person, to),
        Err(_) => Err(AppError::field("to", "error-unknown-person")),
    })
    .await;
    match done {
        Ok(Ok(())) => Ok(see_other_saying(
            &shell,
            "/people",
            t!(&shell, "people-done"),
            false,
        )),
        Ok(Err(wrong)) => {
            let hanging = block(move || handover::hanging(&app, &admin.actor(), person)).await?;
            Ok(form_again(views::close(&shell, &hanging, &form.to, &wrong)))
        }
        Err(Error::Conflict { .. }) => Ok(see_other_saying(
            &shell,
            "/people",
            t!(&shell, "error-last-admin"),
            true,
        )),
        Err(error) => Err(error),
    }
}
