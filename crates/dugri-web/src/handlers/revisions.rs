//! The history of a page, the comparison of two of its texts, and restoring one.

use actix_web::{HttpResponse, web};
use dugri_app::pages::publish;
use dugri_app::revisions::{self, Comparison, Entry, History, Pick};
use dugri_app::{App, Error as AppError};
use dugri_core::RevisionId;
use serde::Deserialize;

use super::pages::escaped;
use crate::answers::{screen, see_other};
use crate::api::public_id;
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::history::{self as views, CompareView, HistoryView, Look, PartView};

/// `GET /p/{id}/-/history`
pub async fn history(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let found = block(move || revisions::history(&app, &viewer.actor(), &id)).await?;
    let view = HistoryView {
        id: found.page.row.public_id.to_string(),
        href: href(&found),
        title: found.title.clone(),
        may_restore: found.rights.propose,
        entries: entries(&shell, found, None),
    };
    Ok(screen(views::history(&shell, &view)))
}

fn href(history: &History) -> String {
    format!("/p/{}/{}", history.page.row.public_id, history.page.row.slug)
}

fn entries(shell: &Shell, history: History, selected: Option<i64>) -> Vec<views::Entry> {
    let id = history.page.row.public_id.to_string();
    let now = history
        .page
        .published
        .as_ref()
        .map(|publication| publication.number);
    let name = |person: &dugri_app::PersonName| person.name_in(shell.language).to_owned();
    history
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Published {
                publication,
                revision,
                author,
                publisher,
                cites,
            } => views::Entry::Published {
                number: publication.number,
                summary: publication.reason.clone(),
                author: name(author),
                publisher: (publisher.id != author.id).then(|| name(publisher)),
                at: publication.from_at,
                cites: cites.iter().map(|id| id.0).collect(),
                minor: revision.minor,
                current: now == Some(publication.number),
                selected: selected == Some(publication.number),
            },
            Entry::Pending {
                change,
                author,
                saves,
            } => views::Entry::Pending {
                href: format!("/p/{id}/-/change/{}", change.id),
                summary: saves
                    .first()
                    .map(|(row, _)| row.summary.clone())
                    .unwrap_or_default(),
                author: name(author),
                at: saves.first().map_or(change.created_at, |(row, _)| row.at),
            },
            Entry::Stepped(step) => {
                views::Entry::Stepped(super::steps::step_view(shell, &history.page.row.public_id, step))
            }
            Entry::Verified { row, by } => views::Entry::Verified {
                by: name(by),
                at: row.at,
                note: row.note.clone(),
            },
        })
        .collect()
}

/// Which two texts are compared, and how they are looked at.
#[derive(Debug, Deserialize)]
pub struct CompareQuery {
    from: String,
    to: String,
    #[serde(default)]
    view: String,
}

/// `GET /p/{id}/-/compare`
pub async fn compare(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    query: web::Query<CompareQuery>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let pick = |text: &str| text.parse::<Pick>().map_err(|()| Error::NotFound);
    let (mut from, mut to) = (pick(&query.from)?, pick(&query.to)?);
    // Whatever was picked first, the older text stands on the left.
    if let (Pick::Number(a), Pick::Number(b)) = (from, to)
        && a > b
    {
        (from, to) = (to, from);
    }
    let (compared, history) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let compared = revisions::compare(&app, &actor, &id, from, to)?;
        Ok((compared, revisions::history(&app, &actor, &id)?))
    })
    .await?;
    let look = if query.view == "source" {
        Look::Source
    } else {
        Look::Redline
    };
    Ok(screen(views::compare(
        &shell,
        &compare_view(&shell, compared, history, look),
    )))
}

fn compare_view(shell: &Shell, compared: Comparison, history: History, look: Look) -> CompareView {
    let named = |pick: Pick| {
        let word = match pick {
            Pick::Number(number) => number.to_string(),
            Pick::Change(_) | Pick::Revision(_) => t!(shell, "change-name").to_owned(),
        };
        (pick.to_string(), word)
    };
    let published = compared
        .page
        .published
        .as_ref()
        .map(|publication| publication.number);
    let restore = match compared.before.pick {
        Pick::Number(number) if compared.rights.propose && published != Some(number) => {
            Some((compared.before.revision.id.0, number))
        }
        _ => None,
    };
    let selected = match compared.after.pick {
        Pick::Number(number) => Some(number),
        _ => None,
    };
    let publication = compared.after.publication.as_ref();
    let names = |topics: &[dugri_app::pages::TopicRow]| {
        topics
            .iter()
            .map(|topic| topic.name_in(shell.language).to_owned())
            .collect()
    };
    CompareView {
        id: compared.page.row.public_id.to_string(),
        href: href(&history),
        title: compared.after.content.title.clone(),
        language: compared.page.row.language,
        from: named(compared.before.pick),
        to: named(compared.after.pick),
        author: compared.after.author.name_in(shell.language).to_owned(),
        at: publication.map_or(compared.after.revision.at, |publication| publication.from_at),
        summary: publication
            .map_or(&compared.after.revision.summary, |row| &row.reason)
            .clone(),
        cites: compared.after.cites.iter().map(|id| id.0).collect(),
        look,
        parts: compared
            .parts
            .iter()
            .map(|part| PartView {
                label: match part.name.as_str() {
                    "title" => t!(shell, "edit-name").to_owned(),
                    "key_message" => t!(shell, "edit-key-message").to_owned(),
                    field => field.to_owned(),
                },
                runs: part.runs.clone(),
            })
            .collect(),
        topics_added: names(&compared.topics_added),
        topics_removed: names(&compared.topics_removed),
        previous: compared.previous,
        next: compared.next,
        restore,
        entries: entries(shell, history, selected),
        redline: compared.redline,
        lines: compared.lines,
    }
}

/// The form that restores.
#[derive(Debug, Deserialize)]
pub struct RestoreForm {
    revision: i64,
    #[serde(default)]
    summary: String,
}

/// `POST /p/{id}/-/restore`
pub async fn restore(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<RestoreForm>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let summary = match form.summary.trim() {
        "" => t!(&shell, "restore-summary").to_owned(),
        given => given.to_owned(),
    };
    let revision = RevisionId(form.revision);
    let saved = block(move || publish::restore(&app, &viewer.actor(), &id, revision, &summary)).await?;
    Ok(see_other(&match saved.change {
        Some(change) => format!("/p/{}/-/change/{change}", saved.page),
        None => format!("/p/{}/{}", saved.page, escaped(&saved.slug)),
    }))
}
