//! The switch by which an admin keeps Dugri read-only.

use actix_web::{HttpResponse, web};
use dugri_app::read_only::{self, ReadOnly};
use dugri_app::{App, By};
use serde::Deserialize;

use crate::answers::{form_again, screen};
use crate::bridge::{block, run};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::t;
use crate::views::read_only::{self as views, SwitchView};

/// `GET /people/read-only`
pub async fn show(app: web::Data<App>, shell: Shell, _: Admin) -> Result<HttpResponse, Error> {
    let state = block(move || read_only::state(&app)).await?;
    let view = match state {
        Some(ReadOnly::Kept(kept)) => SwitchView {
            since: Some(shell.moment(kept.since)),
            reason: kept.reason,
            wrong: Vec::new(),
        },
        _ => SwitchView::default(),
    };
    Ok(screen(views::switch(&shell, &view)))
}

/// The form of the switch.
#[derive(Debug, Deserialize)]
pub struct SwitchForm {
    keep: String,
    #[serde(default)]
    reason: String,
}

/// `POST /people/read-only`
pub async fn keep(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    form: Form<SwitchForm>,
) -> Result<HttpResponse, Error> {
    let on = form.keep == "yes";
    let reason = form.reason.clone();
    let work = move || read_only::keep(&app, By::Person(&admin.actor()), on.then_some(reason.as_str()));
    match run(work).await? {
        Ok(_) => {
            let said = if on {
                t!(&shell, "read-only-is-on")
            } else {
                t!(&shell, "read-only-is-off")
            };
            Ok(see_other_saying(&shell, "/people/read-only", said, false))
        }
        Err(wrong) => {
            let view = SwitchView {
                since: None,
                reason: form.0.reason,
                wrong,
            };
            Ok(form_again(views::switch(&shell, &view)))
        }
    }
}
