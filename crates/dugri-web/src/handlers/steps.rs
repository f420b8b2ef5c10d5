//! What is done to a page as a whole: each verb has a form that tells what it would touch, and one button that does it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::pages::rename::{self, Rename};
use dugri_app::pages::steps::{self as use_cases, Step, Stepped};
use dugri_app::pages::{life, relocate, touches};
use dugri_app::{App, Error as AppError, redirects};
use dugri_core::pages::StepKind;
use dugri_core::{PublicId, StepId};
use serde::Deserialize;

use super::pages::escaped;
use crate::answers::{form_again, html, screen, see_other};
use crate::api::public_id;
use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::{Error, Wrong};
use crate::flash::{self, see_other_with};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::steps::{self as views, ArchiveView, MoveView, RenameView, TouchesView};

/// What was asked for, or why not; the rest of the failures is no form's business.
pub(super) fn asked<T>(outcome: Result<T, AppError>) -> Result<Result<T, Vec<Wrong>>, Error> {
    match outcome {
        Ok(found) => Ok(Ok(found)),
        Err(AppError::Invalid(errors)) => Ok(Err(errors.into_iter().map(Wrong::from).collect())),
        Err(error) => Err(error.into()),
    }
}

/// Done: to the page, with a sentence and a way back.
pub(super) fn done(
    shell: &Shell,
    at: &str,
    said: &str,
    page: &PublicId,
    step: Option<StepId>,
) -> HttpResponse {
    let undo = step.map(|step| flash::Action {
        label: t!(shell, "undo").to_owned(),
        path: format!("/p/{page}/-/steps/{step}/undo"),
    });
    see_other_with(at, said, false, undo)
}

/// The address of a page after a step.
pub(super) fn address(stepped: &Stepped) -> String {
    match stepped.change {
        Some(change) => format!("/p/{}/-/change/{change}", stepped.page),
        None => format!("/p/{}/{}", stepped.page, escaped(&stepped.slug)),
    }
}

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
    let outcome = block(move || Ok::<_, Error>(rename::rename(&use_app, &actor, &page, wanted))).await?;
    match asked(outcome)? {
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

/// Where a page is to go.
#[derive(Debug, Default, Deserialize)]
pub struct MoveForm {
    #[serde(default)]
    to: String,
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
    let view = move_view(app, &viewer, &shell, &id, &form.to, Vec::new()).await?;
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
    let (use_app, actor, page, to) = (app.clone(), viewer.actor(), id.clone(), form.to.clone());
    let outcome = block(move || Ok::<_, Error>(relocate::relocate(&use_app, &actor, &page, &to))).await?;
    match asked(outcome)? {
        Ok(stepped) => {
            let said = t!(&shell, "move-done");
            Ok(done(&shell, &address(&stepped), said, &id, stepped.step))
        }
        Err(wrong) => {
            let view = move_view(app, &viewer, &shell, &id, &form.to, wrong).await?;
            Ok(form_again(views::relocate(&shell, &view)))
        }
    }
}

/// `GET /p/{id}/-/archive`
pub async fn archive_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (page, title, touched) = block(move || touches::of_archiving(&app, &viewer.actor(), &id)).await?;
    let view = ArchiveView {
        id: page.row.public_id.to_string(),
        href: format!("/p/{}/{}", page.row.public_id, page.row.slug),
        title,
        archived: page.row.archived_at.is_some(),
        touches: touches_view(&shell, &touched),
    };
    Ok(screen(views::archive(&shell, &view)))
}

/// The form that retires a page.
#[derive(Debug, Deserialize)]
pub struct ArchiveForm {
    archived: String,
}

/// `POST /p/{id}/-/archive`
pub async fn archive(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<ArchiveForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (page, archived) = (id.clone(), form.archived == "yes");
    let step = block(move || life::archive(&app, &viewer.actor(), &page, archived)).await?;
    let said = if archived {
        t!(&shell, "archive-done")
    } else {
        t!(&shell, "unarchive-done")
    };
    Ok(done(&shell, &format!("/p/{id}"), said, &id, step))
}

/// `POST /p/{id}/-/steps/{step}/undo`
pub async fn undo(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    path: web::Path<(String, i64)>,
) -> Result<HttpResponse, Error> {
    let (id, step) = path.into_inner();
    let id = public_id(&id)?;
    let summary = t!(&shell, "undo-summary");
    let page = id.clone();
    let outcome = block(move || {
        Ok::<_, Error>(use_cases::undo(
            &app,
            &viewer.actor(),
            &page,
            StepId(step),
            summary,
        ))
    })
    .await?;
    match asked(outcome)? {
        Ok(stepped) => Ok(see_other_with(
            &address(&stepped),
            t!(&shell, "undo-done"),
            false,
            None,
        )),
        Err(wrong) => {
            let why = wrong
                .first()
                .map(|wrong| wrong.sentence(&shell))
                .unwrap_or_default();
            let view = views::refused(&shell, &format!("/p/{id}/-/history"), &why);
            Ok(html(StatusCode::CONFLICT, view, Policy::Never))
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
    let outcome = block(move || {
        Ok::<_, Error>(if remove {
            redirects::remove(&use_app, &actor, &page, &path)
        } else {
            redirects::add(&use_app, &actor, &page, &path)
        })
    })
    .await?;
    match asked(outcome)? {
        Ok(()) => Ok(see_other(&format!("/p/{id}/-/rename"))),
        Err(wrong) => {
            let mut view = rename_view(app, &viewer, &shell, &id, &RenameForm::default(), wrong).await?;
            view.asked_path = Some(form.0.path);
            Ok(form_again(views::rename(&shell, &view)))
        }
    }
}

/// What a step touches, as the screens show it.
pub(super) fn touches_view(shell: &Shell, touched: &touches::Touches) -> TouchesView {
    let crowd = |crowd: &touches::Crowd| views::CrowdView {
        count: crowd.count,
        outsiders: crowd.outsiders,
        some: crowd
            .some
            .iter()
            .map(|person| (person.name_in(shell.language).to_owned(), person.outsider))
            .collect(),
    };
    TouchesView {
        backlinks: touched
            .backlinks
            .iter()
            .map(|line| {
                (
                    format!("/p/{}/{}", line.page.public_id, line.page.slug),
                    line.title.clone(),
                )
            })
            .collect(),
        redirects: touched.redirects.clone(),
        predecessors: touched.predecessors,
        waiting: touched
            .waiting
            .iter()
            .map(|person| person.name_in(shell.language).to_owned())
            .collect(),
        reports: touched.reports,
        files: touched.files,
        gain: crowd(&touched.gain),
        lose: crowd(&touched.lose),
    }
}

/// A step as the history shows it.
pub(super) fn step_view(shell: &Shell, page: &PublicId, step: &Step) -> crate::views::history::StepView {
    let link = |named: &use_cases::Named| (format!("/p/{}/{}", named.id, named.slug), named.title.clone());
    let own = step.page.id == *page;
    let other = if own {
        step.other.as_ref()
    } else {
        Some(&step.page)
    };
    let mut text = match (step.row.kind, own) {
        (StepKind::Renamed, _) => t!(
            shell,
            "step-renamed",
            from = step.formerly.clone().unwrap_or_default()
        ),
        (StepKind::Moved, _) => match &step.spaces {
            Some((from, to)) => t!(
                shell,
                "step-moved-between",
                from = from.as_str(),
                to = to.as_str()
            ),
            None => t!(shell, "step-moved").to_owned(),
        },
        (StepKind::Archived, _) => t!(shell, "step-archived").to_owned(),
        (StepKind::Unarchived, _) => t!(shell, "step-unarchived").to_owned(),
        (StepKind::Merged, true) => t!(shell, "step-merged").to_owned(),
        (StepKind::Merged, false) => t!(shell, "step-merged-here").to_owned(),
        (StepKind::Split, true) => t!(shell, "step-split").to_owned(),
        (StepKind::Split, false) => t!(shell, "step-split-here").to_owned(),
    };
    if step.row.undone_at.is_some() {
        text = format!("{text} · {}", t!(shell, "step-undone"));
    }
    crate::views::history::StepView {
        icon: match step.row.kind {
            StepKind::Renamed => "pencil-line",
            StepKind::Moved => "folder",
            StepKind::Archived => "archive",
            StepKind::Unarchived => "archive-restore",
            StepKind::Merged => "merge",
            StepKind::Split => "split",
        },
        text,
        other: other.map(link),
        by: step.by.name_in(shell.language).to_owned(),
        at: step.row.at,
        undo: step
            .may_undo
            .then(|| format!("/p/{}/-/steps/{}/undo", step.page.id, step.row.id)),
    }
}
