//! What is done to a page as a whole: each verb has a form that tells what it would touch, and one button that does it.
//! The forms of the bigger verbs have files of their own; here are the archive, undoing, and what all of them share.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::App;
use dugri_app::pages::steps::{Named, Step, Stepped};
use dugri_app::pages::{life, touches, undo as use_cases};
use dugri_core::pages::StepKind;
use dugri_core::{PublicId, StepId};
use serde::Deserialize;

use super::pages::escaped;
use crate::answers::{html, screen};
use crate::api::public_id;
use crate::bridge::{block, run};
use crate::cache::Policy;
use crate::errors::Error;
use crate::flash::{self, see_other_with};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::steps::{self as views, ArchiveView, TouchesView};

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
    let undone = run(move || use_cases::undo(&app, &viewer.actor(), &page, StepId(step), summary)).await?;
    match undone {
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
        watchers: touched.watchers,
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
    let link = |named: &Named| (format!("/p/{}/{}", named.id, named.slug), named.title.clone());
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
