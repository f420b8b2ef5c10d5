//! Pending changes: reading, publishing and giving up; and the settings of a page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{Duration, NaiveDate, NaiveTime};
use dugri_app::pages::life::{self, Settings};
use dugri_app::pages::publish::{self, Publish};
use dugri_app::pages::{self, PageRead, Shown};
use dugri_app::revisions::{self, Pick};
use dugri_app::{App, Error as AppError};
use dugri_core::{ChangeId, PublicId, RevisionId};
use serde::Deserialize;

use super::pages::{escaped, href};
use crate::answers::{form_again, html, screen, see_other};
use crate::api::public_id;
use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::changes::{self as views, ChangeView, SettingsView};

/// `GET /p/{id}/-/change/{change}`
pub async fn change(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    path: web::Path<(String, i64)>,
) -> Result<HttpResponse, Error> {
    let (id, change) = path.into_inner();
    let id = public_id(&id)?;
    let view = change_view(app, &viewer, &shell, &id, ChangeId(change)).await?;
    Ok(screen(views::change(&shell, &view)))
}

async fn change_view(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
    change: ChangeId,
) -> Result<ChangeView, Error> {
    let (actor, id) = (viewer.actor(), id.clone());
    let (read, against, number, cites) = block(move || -> Result<_, AppError> {
        let read = pages::read_change(&app, &actor, &id, change)?;
        let number = read.page.published.as_ref().map(|publication| publication.number);
        let cites = revisions::cites(&app, &actor, &id, read.revision.id)?;
        let against = match number {
            Some(number) => {
                let pick = Pick::Change(change);
                let compared = revisions::compare(&app, &actor, &id, Pick::Number(number), pick)?;
                Some((number, compared.redline))
            }
            None => None,
        };
        Ok((read, against, number, cites))
    })
    .await?;
    let (author, author_id, open) = match &read.shown {
        Shown::Change { change, author } => (
            author.name_in(shell.language).to_owned(),
            Some(change.author_id),
            change.state == dugri_core::pages::ChangeState::Open,
        ),
        _ => (String::new(), None, false),
    };
    let own = author_id == Some(viewer.access.person);
    Ok(ChangeView {
        id: read.page.row.public_id.to_string(),
        href: href(&read),
        title: read.content.title.clone(),
        language: read.page.row.language,
        change: change.0,
        author,
        newest: (read.revision.id.0, read.revision.at),
        summary: read.revision.summary.clone(),
        cites: cites.into_iter().map(|id| id.0).collect(),
        against,
        next_number: number.unwrap_or(0) + 1,
        may_edit: open && read.rights.propose,
        may_publish: open && read.rights.publish,
        may_verify: read.rights.verify,
        may_withdraw: open && read.page.published.is_some() && (own || read.rights.triage),
        reason: read.revision.summary.clone(),
        wrong: Vec::new(),
        html: read.rendered.html,
    })
}

/// The form that publishes.
#[derive(Debug, Deserialize)]
pub struct PublishForm {
    change: i64,
    revision: i64,
    #[serde(default)]
    reason: String,
    material: Option<String>,
    verify: Option<String>,
}

/// `POST /p/{id}/-/publish`
pub async fn publish(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<PublishForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let form = form.0;
    let how = Publish {
        reason: form.reason.clone(),
        material: form.material.is_some(),
        verify: form.verify.is_some(),
    };
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    let (change, expected) = (ChangeId(form.change), RevisionId(form.revision));
    let outcome = block(move || {
        Ok::<_, Error>(publish::publish_change(
            &use_app, &actor, &page, change, expected, how,
        ))
    })
    .await?;
    match outcome {
        Ok(saved) => Ok(see_other(&format!("/p/{}/{}", saved.page, escaped(&saved.slug)))),
        Err(AppError::Invalid(errors)) => {
            let mut view = change_view(app, &viewer, &shell, &id, change).await?;
            view.reason = form.reason;
            view.wrong = errors.into_iter().map(Wrong::from).collect();
            Ok(form_again(views::change(&shell, &view)))
        }
        Err(AppError::Conflict(dugri_app::Conflict::Stale { .. })) => {
            // Somebody saved in between: the newest text is shown, to be read before it is published.
            let mut view = change_view(app, &viewer, &shell, &id, change).await?;
            view.reason = form.reason;
            view.wrong = vec![Wrong::new("revision", "error-change-moved")];
            Ok(html(
                StatusCode::CONFLICT,
                views::change(&shell, &view),
                Policy::Never,
            ))
        }
        Err(AppError::Conflict(dugri_app::Conflict::Text(_))) => {
            let mut view = change_view(app, &viewer, &shell, &id, change).await?;
            view.reason = form.reason;
            view.wrong = vec![Wrong::new("revision", "error-change-conflict")];
            Ok(html(
                StatusCode::CONFLICT,
                views::change(&shell, &view),
                Policy::Never,
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /p/{id}/-/change/{change}/withdraw`
pub async fn withdraw(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<(String, i64)>,
) -> Result<HttpResponse, Error> {
    let (id, change) = path.into_inner();
    let id = public_id(&id)?;
    let page = id.clone();
    block(move || publish::withdraw_change(&app, &viewer.actor(), &page, ChangeId(change))).await?;
    Ok(see_other(&format!("/p/{id}")))
}

/// `GET /p/{id}/-/settings`
pub async fn settings(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let view = settings_view(app, &viewer, &shell, &id).await?;
    Ok(screen(views::settings(&shell, &view)))
}

async fn settings_view(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
) -> Result<SettingsView, Error> {
    let (actor, id) = (viewer.actor(), id.clone());
    let (read, choices, owner) = block(move || -> Result<_, AppError> {
        let read: PageRead = pages::read(&app, &actor, &id)?;
        if !read.rights.verify && !read.rights.manage {
            return Err(AppError::NotFound);
        }
        let owner = if read.rights.manage {
            pages::owner_email(&app, &actor, &id)?
        } else {
            None
        };
        Ok((read, pages::choices(&app, &actor)?, owner))
    })
    .await?;
    let days = i64::from(read.page.kind.review_days.unwrap_or(180));
    Ok(SettingsView {
        id: read.page.row.public_id.to_string(),
        href: href(&read),
        title: read.content.title.clone(),
        may_verify: read.rights.verify && read.page.published.is_some(),
        may_manage: read.rights.manage,
        kind: read.page.kind.slug.clone(),
        kinds: choices
            .kinds
            .iter()
            .map(|kind| {
                let name = match shell.language {
                    dugri_core::Language::He => &kind.name_he,
                    dugri_core::Language::En => &kind.name,
                };
                (kind.slug.clone(), name.clone())
            })
            .collect(),
        language: read.page.row.language.to_string(),
        audience: read.page.row.audience.to_string(),
        owner: owner.unwrap_or_default(),
        successor: read
            .successor
            .as_ref()
            .map(|line| line.page.public_id.to_string())
            .unwrap_or_default(),
        archived: read.page.row.archived_at.is_some(),
        until: (shell.clock.now + Duration::days(days))
            .format("%Y-%m-%d")
            .to_string(),
        wrong: Vec::new(),
    })
}

/// Shows the settings again with what is wrong, or goes to the page.
async fn settled(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: PublicId,
    outcome: Result<(), AppError>,
    typed: impl FnOnce(&mut SettingsView),
) -> Result<HttpResponse, Error> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/p/{id}"))),
        Err(AppError::Invalid(errors)) => {
            let mut view = settings_view(app, &viewer, &shell, &id).await?;
            typed(&mut view);
            view.wrong = errors.into_iter().map(Wrong::from).collect();
            Ok(form_again(views::settings(&shell, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form that verifies.
#[derive(Debug, Deserialize)]
pub struct VerifyForm {
    #[serde(default)]
    until: String,
    #[serde(default)]
    note: String,
}

/// `POST /p/{id}/-/verify`: with one press where no day is given.
pub async fn verify(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<VerifyForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let form = form.0;
    let until = match form.until.trim() {
        "" => None,
        day => match day.parse::<NaiveDate>() {
            Ok(day) => Some(day.and_time(NaiveTime::MIN).and_utc()),
            Err(_) => {
                let error = AppError::field("until", "error-verify-until");
                return settled(app, viewer, shell, id, Err(error), |view| view.until = form.until).await;
            }
        },
    };
    let (use_app, actor, page, note) = (app.clone(), viewer.actor(), id.clone(), form.note);
    let outcome = block(move || Ok::<_, Error>(life::verify(&use_app, &actor, &page, until, &note))).await?;
    settled(app, viewer, shell, id, outcome, |view| view.until = form.until).await
}

/// The form that names a successor.
#[derive(Debug, Deserialize)]
pub struct SupersedeForm {
    #[serde(default)]
    successor: String,
}

/// `POST /p/{id}/-/supersede`: an id or an address of a page; empty takes the name away.
pub async fn supersede(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<SupersedeForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let typed = form.0.successor;
    let named = match typed.trim() {
        "" => Ok(None),
        text => page_in(text)
            .map(Some)
            .ok_or_else(|| AppError::field("successor", "error-unknown-page")),
    };
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    let outcome = block(move || {
        Ok::<_, Error>(named.and_then(|named| life::supersede(&use_app, &actor, &page, named)))
    })
    .await?;
    settled(app, viewer, shell, id, outcome, |view| view.successor = typed).await
}

/// The page id in what somebody pasted: the id alone, or an address that holds it.
fn page_in(text: &str) -> Option<PublicId> {
    let text = text.trim();
    let after = text.split_once("/p/").map_or(text, |(_, rest)| rest);
    PublicId::parse(after.split(['/', '?', '#']).next()?)
}

/// The form of a page's settings.
#[derive(Debug, Deserialize)]
pub struct SettingsForm {
    kind: String,
    language: String,
    audience: String,
    #[serde(default)]
    owner: String,
}

/// `POST /p/{id}/-/settings`
pub async fn set_settings(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<SettingsForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let form = form.0;
    let settings = (|| {
        Some(Settings {
            kind: form.kind.clone(),
            language: form.language.parse().ok()?,
            audience: form.audience.parse().ok()?,
            owner: form.owner.clone(),
        })
    })()
    .ok_or_else(|| AppError::field("form", "error-unknown-choice"));
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    let outcome = block(move || {
        Ok::<_, Error>(settings.and_then(|settings| life::set_settings(&use_app, &actor, &page, settings)))
    })
    .await?;
    settled(app, viewer, shell, id, outcome, |view| {
        view.kind = form.kind;
        view.language = form.language;
        view.audience = form.audience;
        view.owner = form.owner;
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_id_or_address() {
        let id = PublicId::parse("7k2m9x4q").expect("an id");
        for text in [
            "7k2m9x4q",
            " 7K2M9X4Q ",
            "https://wiki.example/p/7k2m9x4q/xr-200?x=1",
            "/p/7k2m9x4q#a",
        ] {
            assert_eq!(page_in(text), Some(id.clone()), "{text}");
        }
        assert_eq!(page_in("XR-200"), None);
    }
}
