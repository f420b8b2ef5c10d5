//! Watching things, and the notices that come of it.

use actix_web::{HttpResponse, web};
use dugri_app::notices::{self, Notice};
use dugri_app::watching::{self, State};
use dugri_app::{App, Error as AppError};
use dugri_core::NoticeId;
use dugri_core::gaps::GapState;
use dugri_core::watching::WatchKind;
use serde::Deserialize;

use super::preferences::own_path;
use crate::answers::{screen, see_other};
use crate::bridge::{block, run};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::gaps::state_key;
use crate::views::parts::search_for;
use crate::views::watching::{self as views, NoticeRow, NoticesView, WatchView, WatchedRow};

/// What is watched, how, and where the button stood.
#[derive(Debug, Deserialize)]
pub struct WatchForm {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    next: String,
}

/// The button of something that can be watched.
pub fn watch_view(shell: &Shell, kind: WatchKind, what: &str, state: State) -> WatchView {
    WatchView {
        kind,
        what: what.to_owned(),
        state,
        next: shell.here.clone(),
    }
}

/// `POST /watch`
pub async fn watch(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<WatchForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let (Ok(kind), Some(state)) = (form.kind.parse::<WatchKind>(), State::parse(&form.state)) else {
        return Err(Error::NotFound);
    };
    let back = own_path(&form.next).to_owned();
    let set = run(move || watching::set(&app, &viewer.actor(), kind, &form.what, state)).await?;
    let said = match (&set, state) {
        (Err(wrong), _) => {
            let said = wrong.first().map(|wrong| wrong.sentence(shell.language));
            return Ok(see_other_saying(&shell, &back, &said.unwrap_or_default(), true));
        }
        (Ok(()), State::On) => t!(&shell, "watch-begun"),
        (Ok(()), State::Muted) => t!(&shell, "watch-muted"),
        (Ok(()), State::Off) => t!(&shell, "watch-ended"),
    };
    Ok(see_other_saying(&shell, &back, said, false))
}

/// `GET /notifications`
pub async fn list(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let (told, watched) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        Ok((notices::list(&app, &actor)?, watching::list(&app, &actor)?))
    })
    .await?;
    let rows = |all: &[Notice]| all.iter().map(|one| row(&shell, one)).collect();
    let view = NoticesView {
        unread: rows(&told.unread),
        read: rows(&told.read),
        watched: watched
            .into_iter()
            .map(|watched| WatchedRow {
                kind: watched.kind,
                what: watched.what,
                name: watched.name,
                href: watched.href,
                state: watched.state,
            })
            .collect(),
    };
    Ok(screen(views::notices(&shell, &view)))
}

fn row(shell: &Shell, notice: &Notice) -> NoticeRow {
    let language = shell.language;
    let change = notice.row.change_id;
    let (href, title, text) = match (&notice.report, &notice.page) {
        (Some(report), _) => {
            let what = report.what.lines().next().unwrap_or_default().to_owned();
            (format!("/intel/{}", report.id), what, String::new())
        }
        (None, Some(subject)) => {
            let page = format!("/p/{}", subject.public_id);
            let href = match change {
                Some(change) => format!("{page}/-/change/{change}"),
                None => format!("{page}/{}", subject.slug),
            };
            (href, subject.title.clone(), subject.reason.clone())
        }
        // Words were put right, or it was declined: what is found by them now says more than this can.
        (None, None) => {
            let words = notice.because_of.clone().unwrap_or_default();
            (search_for(&words), words, gap_text(shell, notice))
        }
    };
    NoticeRow {
        id: notice.row.id.0,
        kind: notice.row.kind,
        reason: notice.row.reason,
        because_of: notice.because_of.clone().unwrap_or_default(),
        href,
        title,
        text,
        actor: notice
            .actor
            .as_ref()
            .map(|name| name.name_in(language).to_owned()),
        state: notice.report.as_ref().map(|report| report.state),
        events: notice.row.events,
        at: notice.row.at,
    }
}

/// What was decided of words that were searched for in vain.
fn gap_text(shell: &Shell, notice: &Notice) -> String {
    match &notice.gap {
        Some((GapState::Declined, reason)) => reason.clone(),
        Some((state, _)) => t!(shell, state_key(*state)).to_owned(),
        None => String::new(),
    }
}

/// `POST /notifications/read`: all of them.
pub async fn read_all(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    block(move || notices::mark_read(&app, &viewer.actor(), None)).await?;
    Ok(see_other("/notifications"))
}

/// `POST /notifications/{notice}/read`
pub async fn read(app: web::Data<App>, viewer: Viewer, id: web::Path<i64>) -> Result<HttpResponse, Error> {
    let id = NoticeId(id.into_inner());
    block(move || notices::mark_read(&app, &viewer.actor(), Some(id))).await?;
    Ok(see_other("/notifications"))
}

/// `POST /notifications/{notice}/mute`: no more of what it comes from.
pub async fn mute(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let id = NoticeId(id.into_inner());
    block(move || notices::mute(&app, &viewer.actor(), id)).await?;
    Ok(see_other_saying(
        &shell,
        "/notifications",
        t!(&shell, "notice-muted"),
        false,
    ))
}
