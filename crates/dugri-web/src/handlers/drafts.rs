//! The own drafts: the list, one by itself, giving one up and taking that back.

use actix_web::{HttpResponse, web};
use dugri_app::App;
use dugri_app::drafts;

use crate::answers::screen;
use crate::bridge::block;
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::drafts::{self as views, Line, Lists};

/// `GET /drafts`
pub async fn list(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let found = block(move || drafts::list(&app, &viewer.actor())).await?;
    let (given_up, open): (Vec<_>, Vec<_>) = found.iter().partition(|draft| draft.discarded_at.is_some());
    let lines =
        |drafts: Vec<&drafts::Draft>| drafts.into_iter().map(|draft| Line::new(&shell, draft)).collect();
    let view = Lists {
        open: lines(open),
        discarded: lines(given_up),
    };
    Ok(screen(views::list(&shell, &view)))
}

/// `GET /drafts/{key}`: the text as it is kept, whatever became of its page.
pub async fn show(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    key: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let draft = block(move || drafts::read(&app, &viewer.actor(), &key)).await?;
    let line = Line::new(&shell, &draft);
    Ok(screen(views::show(&shell, &line, draft.field("body"))))
}

/// `POST /drafts/{key}/discard`: to the list, where it can be put back.
pub async fn discard(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    key: web::Path<String>,
) -> Result<HttpResponse, Error> {
    block(move || drafts::discard(&app, &viewer.actor(), &key)).await?;
    Ok(see_other_saying(
        &shell,
        "/drafts",
        t!(&shell, "said-draft-discarded"),
        false,
    ))
}

/// `POST /drafts/{key}/restore`
pub async fn put_back(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    key: web::Path<String>,
) -> Result<HttpResponse, Error> {
    block(move || drafts::put_back(&app, &viewer.actor(), &key)).await?;
    Ok(see_other_saying(
        &shell,
        "/drafts",
        t!(&shell, "said-draft-back"),
        false,
    ))
}
