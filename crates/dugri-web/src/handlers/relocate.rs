//! Bringing a page into another space.

use actix_web::{HttpResponse, web};
use dugri_app::App;
use dugri_app::pages::relocate;
use dugri_core::PublicId;
use serde::Deserialize;

use super::steps::{address, done, touches_view};
use crate::answers::{form_again, screen};
use crate::api::public_id;
use crate::bridge::{asked, block, run};
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::relocate::{self as views, MoveView};

/// Where a page is to go.
#[derive(Debug, Default, Deserialize)]
pub struct MoveForm {
    #[serde(default)]
    space: String,
}

/// `GET /p/{id}/-/move`
pub async fn move_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: web::Query<MoveForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let view = move_view(app, &viewer, &shell, &id, &form.space, Vec::new()).await?;
    if view.wrong.is_empty() {
        Ok(screen(views::relocate(&shell, &view)))
    } else {
        Ok(form_again(views::relocate(&shell, &view)))
    }
}

async fn move_view(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
    to: &str,
    mut wrong: Vec<Wrong>,
) -> Result<MoveView, Error> {
    let (actor, page, wanted) = (viewer.actor(), id.clone(), to.to_owned());
    let (choices, plan) = block(move || -> Result<_, Error> {
        let choices = relocate::choices(&app, &actor, &page)?;
        let plan = if wanted.is_empty() {
            None
        } else {
            Some(asked(relocate::plan(&app, &actor, &page, &wanted))?)
        };
        Ok((choices, plan))
    })
    .await?;
    let plan = match plan {
        Some(Err(why)) => {
            wrong.extend(
                why.into_iter()
                    .filter(|why| !wrong.contains(why))
                    .collect::<Vec<_>>(),
            );
            None
        }
        Some(Ok(plan)) => Some(plan),
        None => None,
    };
    let name = |space: &relocate::Space| (space.slug.clone(), space.name_in(shell.language).to_owned());
    Ok(MoveView {
        id: id.to_string(),
        href: format!("/p/{id}/{}", choices.page.row.slug),
        title: choices.title,
        from: choices.page.space.name_in(shell.language).to_owned(),
        spaces: choices.spaces.iter().map(name).collect(),
        to: plan.as_ref().map(|plan| name(&plan.to)),
        asked: to.to_owned(),
        policy: plan.as_ref().and_then(|plan| plan.new_policy),
        address: plan.as_ref().map(|plan| format!("/p/{id}/{}", plan.slug)),
        touches: plan.as_ref().map(|plan| touches_view(shell, &plan.touches)),
        wrong,
    })
}

/// `POST /p/{id}/-/move`
pub async fn relocate(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<MoveForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (use_app, actor, page, to) = (app.clone(), viewer.actor(), id.clone(), form.space.clone());
    match run(move || relocate::relocate(&use_app, &actor, &page, &to)).await? {
        Ok(stepped) => {
            let said = t!(&shell, "move-done");
            Ok(done(&shell, &address(&stepped), said, &id, stepped.step))
        }
        Err(wrong) => {
            let view = move_view(app, &viewer, &shell, &id, &form.space, wrong).await?;
            Ok(form_again(views::relocate(&shell, &view)))
        }
    }
}
