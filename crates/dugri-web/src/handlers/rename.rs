//! Giving a page another title, another address, and foreign paths that lead to it.

use actix_web::{HttpResponse, web};
use dugri_app::pages::rename::{self, Rename};
use dugri_app::{App, Error as AppError, redirects};
use dugri_core::PublicId;
use serde::Deserialize;

use super::steps::{address, done, touches_view};
use crate::answers::{form_again, screen, see_other};
use crate::api::public_id;
use crate::bridge::{block, run};
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::rename::{self as views, RenameView};

/// What is asked of a rename, in the address of its form and in the form itself.
#[derive(Debug, Default, Deserialize)]
pub struct RenameForm {
    #[serde(default)]
    title: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    summary: String,
}

impl RenameForm {
    fn rename(&self) -> Rename {
        Rename {
            title: self.title.clone(),
            slug: self.slug.clone(),
            summary: self.summary.clone(),
        }
    }
}

/// `GET /p/{id}/-/rename`
pub async fn rename_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: web::Query<RenameForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let view = rename_view(app, &viewer, &shell, &id, &form, Vec::new()).await?;
    if view.wrong.is_empty() {
        Ok(screen(views::rename(&shell, &view)))
    } else {
        Ok(form_again(views::rename(&shell, &view)))
    }
}

async fn rename_view(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
    form: &RenameForm,
    mut wrong: Vec<Wrong>,
) -> Result<RenameView, Error> {
    let (actor, page, rename) = (viewer.actor(), id.clone(), form.rename());
    let (plan, refused, paths) = block(move || -> Result<_, AppError> {
        let paths = redirects::of_page(&app, &actor, &page)?;
        match rename::plan(&app, &actor, &page, &rename) {
            Err(AppError::Invalid(errors)) => {
                let now = rename::plan(&app, &actor, &page, &Rename::default())?;
                Ok((now, errors, paths))
            }
            plan => Ok((plan?, Vec::new(), paths)),
        }
    })
    .await?;
    wrong.extend(refused.into_iter().map(Wrong::from));
    let is_asked = !form.title.trim().is_empty();
    Ok(RenameView {
        id: id.to_string(),
        href: format!("/p/{id}/{}", plan.page.row.slug),
        title: plan.title.clone(),
        new_title: if is_asked {
            form.title.clone()
        } else {
            plan.title.clone()
        },
        slug: plan.page.row.slug.clone(),
        new_slug: plan.slug.clone(),
        asked_slug: form.slug.clone(),
        summary: form.summary.clone(),
        is_asked: is_asked
            && wrong.is_empty()
            && (plan.new_title != plan.title || plan.slug != plan.page.row.slug),
        renames: plan.new_title != plan.title,
        at_once: plan.at_once,
        may_slug: plan.may_slug,
        may_manage: plan.may_manage,
        asked_path: None,
        namesake: plan.namesake.as_ref().map(|line| {
            (
                format!("/p/{}/{}", line.page.public_id, line.page.slug),
                line.title.clone(),
            )
        }),
        paths,
        touches: touches_view(shell, &plan.touches),
        wrong,
    })
}

/// `POST /p/{id}/-/rename`
pub async fn rename(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<RenameForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (use_app, actor, page, wanted) = (app.clone(), viewer.actor(), id.clone(), form.rename());
    match run(move || rename::rename(&use_app, &actor, &page, wanted)).await? {
        Ok(stepped) => {
            let said = match (stepped.step, stepped.change) {
                (Some(_), _) => t!(&shell, "rename-done", title = form.title.trim()),
                (None, Some(_)) => t!(&shell, "rename-waits").to_owned(),
                (None, None) => t!(&shell, "rename-nothing").to_owned(),
            };
            Ok(done(&shell, &address(&stepped), &said, &id, stepped.step))
        }
        Err(wrong) => {
            let view = rename_view(app, &viewer, &shell, &id, &form, wrong).await?;
            Ok(form_again(views::rename(&shell, &view)))
        }
    }
}

/// A foreign path.
#[derive(Debug, Deserialize)]
pub struct RedirectForm {
    path: String,
    #[serde(default)]
    remove: String,
}

/// `POST /p/{id}/-/redirects`
pub async fn redirect(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<RedirectForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    let (path, remove) = (form.path.clone(), !form.remove.is_empty());
    let done = run(move || {
        if remove {
            redirects::remove(&use_app, &actor, &page, &path)
        } else {
            redirects::add(&use_app, &actor, &page, &path)
        }
    });
    match done.await? {
        Ok(()) => Ok(see_other(&format!("/p/{id}/-/rename"))),
        Err(wrong) => {
            let mut view = rename_view(app, &viewer, &shell, &id, &RenameForm::default(), wrong).await?;
            view.asked_path = Some(form.0.path);
            Ok(form_again(views::rename(&shell, &view)))
        }
    }
}
