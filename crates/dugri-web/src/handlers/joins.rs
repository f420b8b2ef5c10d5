//! Making a page part of another one, and a section a page of its own.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::pages::join::{self, Join, JoinText};
use dugri_app::pages::split::{self, Split};
use dugri_app::{App, Conflict, Error as AppError};
use dugri_core::{PublicId, RevisionId};
use serde::Deserialize;

use super::pages::escaped;
use super::steps::{address, done, touches_view};
use crate::answers::{form_again, html, screen};
use crate::api::public_id;
use crate::bridge::{asked, block};
use crate::cache::Policy;
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::joins::{self as views, MergeView, SplitView};

/// What is asked of a merge.
#[derive(Debug, Default, Deserialize)]
pub struct MergeForm {
    #[serde(default)]
    into: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    summary: String,
    seen_own: Option<i64>,
    seen_other: Option<i64>,
}

/// `GET /p/{id}/-/merge`
pub async fn merge_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: web::Query<MergeForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let view = merge_view(app, &viewer, &shell, &id, &form, Vec::new()).await?;
    if view.wrong.is_empty() {
        Ok(screen(views::merge(&shell, &view)))
    } else {
        Ok(form_again(views::merge(&shell, &view)))
    }
}

async fn merge_view(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
    form: &MergeForm,
    mut wrong: Vec<Wrong>,
) -> Result<MergeView, Error> {
    let (actor, page, into) = (viewer.actor(), id.clone(), form.into.clone());
    let (choices, plan) = block(move || -> Result<_, Error> {
        let choices = join::choices(&app, &actor, &page)?;
        let plan = if into.trim().is_empty() {
            None
        } else {
            Some(asked(join::plan(&app, &actor, &page, &into))?)
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
    Ok(MergeView {
        id: id.to_string(),
        href: format!("/p/{id}/{}", choices.page.row.slug),
        title: choices.title,
        titles: choices.titles,
        asked: form.into.clone(),
        into: plan.as_ref().map(|plan| {
            (
                format!("/p/{}/{}", plan.into.id, plan.into.slug),
                plan.into.title.clone(),
                plan.into.id.to_string(),
            )
        }),
        seen: plan.as_ref().map(|plan| (plan.seen.0.0, plan.seen.1.0)),
        may_text: plan.as_ref().is_some_and(|plan| plan.may_text),
        may_publish: plan.as_ref().is_some_and(|plan| plan.may_publish),
        text: form.text.clone(),
        summary: form.summary.clone(),
        touches: plan.as_ref().map(|plan| touches_view(shell, &plan.touches)),
        wrong,
    })
}

/// `POST /p/{id}/-/merge`
pub async fn merge(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<MergeForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let join = Join {
        into: form.into.clone(),
        text: form.text.parse().unwrap_or(JoinText::Leave),
        summary: form.summary.clone(),
        seen: form
            .seen_own
            .zip(form.seen_other)
            .map(|(own, other)| (RevisionId(own), RevisionId(other))),
    };
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    let outcome = block(move || Ok::<_, Error>(join::join(&use_app, &actor, &page, join))).await?;
    if let Err(AppError::Conflict(Conflict::Stale { .. })) = outcome {
        let moved = vec![Wrong::new("into", "error-step-stale")];
        let view = merge_view(app, &viewer, &shell, &id, &form, moved).await?;
        return Ok(html(
            StatusCode::CONFLICT,
            views::merge(&shell, &view),
            Policy::Never,
        ));
    }
    match asked(outcome)? {
        Ok(stepped) => {
            let other = stepped.other.clone();
            let (at, title) = match (&other, stepped.change) {
                (Some(other), Some(change)) => {
                    (format!("/p/{}/-/change/{change}", other.id), other.title.clone())
                }
                (Some(other), None) => (
                    format!("/p/{}/{}", other.id, escaped(&other.slug)),
                    other.title.clone(),
                ),
                (None, _) => (address(&stepped), String::new()),
            };
            let said = t!(&shell, "merge-done", title = title);
            Ok(done(&shell, &at, &said, &id, stepped.step))
        }
        Err(wrong) => {
            let view = merge_view(app, &viewer, &shell, &id, &form, wrong).await?;
            Ok(form_again(views::merge(&shell, &view)))
        }
    }
}

/// What is asked of a split.
#[derive(Debug, Default, Deserialize)]
pub struct SplitForm {
    #[serde(default)]
    section: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    summary: String,
    seen: Option<i64>,
}

/// `GET /p/{id}/-/split`
pub async fn split_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: web::Query<SplitForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let view = split_view(app, &viewer, &id, &form, Vec::new()).await?;
    if view.wrong.is_empty() {
        Ok(screen(views::split(&shell, &view)))
    } else {
        Ok(form_again(views::split(&shell, &view)))
    }
}

async fn split_view(
    app: web::Data<App>,
    viewer: &Viewer,
    id: &PublicId,
    form: &SplitForm,
    mut wrong: Vec<Wrong>,
) -> Result<SplitView, Error> {
    let (actor, page, section) = (viewer.actor(), id.clone(), form.section.clone());
    let (plan, refused) = block(move || -> Result<_, Error> {
        let section = (!section.is_empty()).then_some(section.as_str());
        Ok(match asked(split::plan(&app, &actor, &page, section))? {
            Ok(plan) => (plan, Vec::new()),
            Err(why) => (split::plan(&app, &actor, &page, None)?, why),
        })
    })
    .await?;
    wrong.extend(
        refused
            .into_iter()
            .filter(|why| !wrong.contains(why))
            .collect::<Vec<_>>(),
    );
    let chosen = plan
        .sections
        .iter()
        .find(|section| section.heading.id == form.section);
    Ok(SplitView {
        id: id.to_string(),
        href: format!("/p/{id}/{}", plan.page.row.slug),
        title: plan.title,
        language: plan.page.row.language,
        seen: plan.seen.0,
        new_title: match (form.title.trim(), chosen) {
            ("", Some(section)) => section.heading.text.clone(),
            _ => form.title.clone(),
        },
        section: form.section.clone(),
        sections: plan
            .sections
            .iter()
            .map(|section| {
                (
                    section.heading.id.clone(),
                    section.heading.text.clone(),
                    section.heading.level,
                )
            })
            .collect(),
        part: plan.part,
        summary: form.summary.clone(),
        at_once: plan.at_once,
        wrong,
    })
}

/// `POST /p/{id}/-/split`
pub async fn split(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<SplitForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let asked_for = Split {
        section: form.section.clone(),
        title: form.title.clone(),
        summary: form.summary.clone(),
        seen: form.seen.map(RevisionId),
    };
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    let outcome = block(move || Ok::<_, Error>(split::split(&use_app, &actor, &page, asked_for))).await?;
    if let Err(AppError::Conflict(Conflict::Stale { .. })) = outcome {
        let moved = vec![Wrong::new("section", "error-step-stale")];
        let view = split_view(app, &viewer, &id, &form, moved).await?;
        return Ok(html(
            StatusCode::CONFLICT,
            views::split(&shell, &view),
            Policy::Never,
        ));
    }
    match asked(outcome)? {
        Ok(stepped) => {
            let at = match &stepped.other {
                Some(part) => format!("/p/{}/{}", part.id, escaped(&part.slug)),
                None => address(&stepped),
            };
            let said = if stepped.change.is_some() {
                t!(&shell, "split-waits")
            } else {
                t!(&shell, "split-done")
            };
            Ok(done(&shell, &at, said, &id, stepped.step))
        }
        Err(wrong) => {
            let view = split_view(app, &viewer, &id, &form, wrong).await?;
            Ok(form_again(views::split(&shell, &view)))
        }
    }
}
