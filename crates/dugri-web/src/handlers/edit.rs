//! Writing: the form of an edit, saving it, and the screen of a conflict. New pages are in `new`, what was typed in `typed`.

mod new;
mod preview;
mod typed;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::complete::{self, Readers};
use dugri_app::drafts::{self, Draft, Presence};
use dugri_app::pages::save::{self, PageEdit, Saved};
use dugri_app::pages::{self, Choices, EditStart};
use dugri_app::{App, Conflict, Error as AppError, TextConflict, intel, people, render};
use dugri_core::spaces::Policy as SpacePolicy;
use dugri_core::{ChangeId, PublicId, RevisionId};
use serde::Deserialize;
use uuid::Uuid;

pub use new::{create, new_form};
pub use preview::preview;
use typed::{Fields, page_text, text_of, topic_choices, typed};

use crate::answers::{form_again, html, screen, see_other};
use crate::api::public_id;
use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::drafts::{Going, Offer};
use crate::views::edit::{self as views, ConflictView, Edit, Saving, SeenBy, Text};

/// Where an edit begins.
#[derive(Debug, Deserialize)]
pub struct EditQuery {
    /// The pending change to go on with.
    change: Option<i64>,
    /// A report that the edit answers.
    cite: Option<String>,
    /// The own draft to go on with, by its key.
    draft: Option<String>,
}

/// `GET /p/{id}/-/edit`
pub async fn edit_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    query: web::Query<EditQuery>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let draft = match query.draft.clone() {
        Some(key) => Some(own_draft(app.clone(), &viewer, &id, key).await?),
        None => None,
    };
    let of_draft = draft.as_ref().and_then(|draft| draft.change);
    let change = query.change.map(ChangeId).or(of_draft);
    let around = around_or_anew(app, &viewer, &id, change, of_draft.is_some()).await?;
    let kept = text_of(&shell, &around.start);
    let mut view = match &draft {
        Some(draft) => {
            let fields: Fields = draft.form.clone().into_iter().collect();
            around.view(&shell, typed(&fields, &kept))
        }
        None => around.view(&shell, kept),
    };
    match &draft {
        Some(draft) => {
            view.base = draft.base.map_or(view.base, |base| base.0);
            view.client_id = draft.key.clone();
            view.going = Some(Going::new(draft));
        }
        None => view.offer = Offer::of(&shell, &around.drafts, &around.start),
    }
    if let Some(cite) = &query.cite {
        view.text.cites = cite.clone();
    }
    Ok(screen(views::edit(&shell, &view)))
}

/// An own draft of this page.
async fn own_draft(app: web::Data<App>, viewer: &Viewer, id: &PublicId, key: String) -> Result<Draft, Error> {
    let actor = viewer.actor();
    let draft = block(move || drafts::read(&app, &actor, &key)).await?;
    match &draft.page {
        Some(page) if page.row.public_id == *id => Ok(draft),
        _ => Err(Error::NotFound),
    }
}

/// What stands around the text of an edit.
struct Around {
    start: EditStart,
    choices: Choices,
    reports: Vec<(i64, String)>,
    drafts: Vec<Draft>,
    presence: Presence,
    readers: Readers,
    next_number: i64,
}

/// The same; where the change was closed meanwhile, as from the published text: what was typed is kept all the same.
async fn around_or_anew(
    app: web::Data<App>,
    viewer: &Viewer,
    id: &PublicId,
    change: Option<ChangeId>,
    lenient: bool,
) -> Result<Around, Error> {
    match around(app.clone(), viewer, id, change).await {
        Err(Error::NotFound) if lenient => around(app, viewer, id, None).await,
        other => other,
    }
}

async fn around(
    app: web::Data<App>,
    viewer: &Viewer,
    id: &PublicId,
    change: Option<ChangeId>,
) -> Result<Around, Error> {
    let (actor, id) = (viewer.actor(), id.clone());
    block(move || -> Result<_, AppError> {
        let start = pages::start_edit(&app, &actor, &id, change)?;
        let about = intel::about_page(&app, &actor, start.page.row.id, 30)?;
        let open = about.iter().filter(|card| !card.report.state.is_closed());
        let reports = open
            .map(|card| (card.report.id.0, first_words(&card.report.what)))
            .collect();
        Ok(Around {
            choices: pages::choices(&app, &actor)?,
            drafts: drafts::of_page(&app, &actor, start.page.row.id)?,
            presence: drafts::beat(&app, &actor, &id, None, None)?,
            readers: complete::readers(&app, start.page.space.id)?,
            next_number: complete::next_number(&app, start.page.row.id)?,
            start,
            reports,
        })
    })
    .await
}

fn first_words(text: &str) -> String {
    text.chars().take(60).collect()
}

impl Around {
    fn view(&self, shell: &Shell, text: Text) -> Edit {
        let page = &self.start.page;
        let publishes = page.space.policy == SpacePolicy::Open && self.start.rights.publish;
        let others = &self.presence.others;
        Edit {
            id: page.row.public_id.to_string(),
            href: format!("/p/{}/{}", page.row.public_id, page.row.slug),
            space: (
                page.space.slug.clone(),
                page.space.name_in(shell.language).to_owned(),
            ),
            page_title: self.start.content.title.clone(),
            language: page.row.language,
            text,
            base: self.start.base.0,
            change: self.start.change.map(|change| change.0),
            client_id: Uuid::new_v4().to_string(),
            saving: if publishes {
                Saving::Publishes(self.next_number)
            } else {
                Saving::Proposes
            },
            may_verify: publishes && self.start.rights.verify,
            topics: topic_choices(shell, &self.choices),
            files: self
                .start
                .files
                .iter()
                .map(|file| {
                    (
                        super::files::markdown(&file.public_id, &file.name, &file.media_type),
                        file.name.clone(),
                    )
                })
                .collect(),
            reports: self.reports.clone(),
            seen_by: SeenBy {
                space: page.space.name_in(shell.language).to_owned(),
                all: self.readers.all,
                outsiders: self.readers.outsiders,
            },
            others: others
                .iter()
                .map(|person| person.name_in(shell.language).to_owned())
                .collect(),
            is_archived: page.row.archived_at.is_some(),
            has_owner: page.row.owner_id.is_some() || page.row.owner_group_id.is_some(),
            offer: None,
            going: None,
            wrong: Vec::new(),
            preview: None,
        }
    }
}

/// `POST /p/{id}/-/edit`
pub async fn save(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<Fields>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let form = form.0;
    let change = form.get("change").and_then(|key| key.parse().ok()).map(ChangeId);
    let base = form
        .get("base_revision")
        .and_then(|key| key.parse().ok())
        .map(RevisionId);
    if form.get("action").is_some_and(|action| action == "preview") {
        return again(app, &viewer, &shell, &id, &form, Vec::new(), true).await;
    }
    let text = match page_text(&form) {
        Ok(text) => text,
        Err(wrong) => return again(app, &viewer, &shell, &id, &form, vec![wrong], false).await,
    };
    let Some(base) = base else {
        let wrong = Wrong::new("base_revision", "error-unknown-revision");
        return again(app, &viewer, &shell, &id, &form, vec![wrong], false).await;
    };
    let edit = PageEdit {
        text,
        base,
        change,
        exact_base: false,
    };
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    // The outcome itself crosses the bridge: a conflict is a screen here, not a failure.
    let outcome = block(move || Ok::<_, Error>(save::save(&use_app, &actor, &page, edit))).await?;
    match outcome {
        Ok(saved) => Ok(see_other(&after(&saved))),
        Err(AppError::Invalid(errors)) => {
            let wrong = errors.into_iter().map(Wrong::from).collect();
            again(app, &viewer, &shell, &id, &form, wrong, false).await
        }
        Err(AppError::Conflict(Conflict::Text(texts))) => {
            conflict(app, &viewer, &shell, &id, &form, *texts).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a save leads, with what it did said there.
fn after(saved: &Saved) -> String {
    match saved.change {
        Some(change) => format!("/p/{}/-/change/{change}", saved.page),
        None if saved.merged => format!(
            "/p/{}/{}?done=merged",
            saved.page,
            super::pages::escaped(&saved.slug)
        ),
        None => format!("/p/{}/{}", saved.page, super::pages::escaped(&saved.slug)),
    }
}

/// The form again, with what was typed.
async fn again(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
    form: &Fields,
    wrong: Vec<Wrong>,
    preview: bool,
) -> Result<HttpResponse, Error> {
    let change = form.get("change").and_then(|key| key.parse().ok()).map(ChangeId);
    let around = around_or_anew(app.clone(), viewer, id, change, true).await?;
    let mut view = around.view(shell, typed(form, &text_of(shell, &around.start)));
    view.base = form
        .get("base_revision")
        .and_then(|key| key.parse().ok())
        .unwrap_or(view.base);
    if let Some(client_id) = form.get("client_id") {
        view.client_id = client_id.clone();
    }
    view.wrong = wrong;
    if preview {
        let (actor, language, body) = (viewer.actor(), view.language, view.text.body.clone());
        view.preview = Some(
            block(move || render::preview(&app, &actor, language, &body))
                .await?
                .html,
        );
        return Ok(html(StatusCode::OK, views::edit(shell, &view), Policy::Never));
    }
    Ok(form_again(views::edit(shell, &view)))
}

async fn conflict(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
    form: &Fields,
    texts: TextConflict,
) -> Result<HttpResponse, Error> {
    let change = form.get("change").and_then(|key| key.parse().ok()).map(ChangeId);
    let around = around(app.clone(), viewer, id, change).await?;
    let mut edit = around.view(shell, typed(form, &text_of(shell, &around.start)));
    edit.change = change.map(|change| change.0);
    // Nothing was written, so the key still waits for its save, and the draft lies under it.
    if let Some(client_id) = form.get("client_id") {
        edit.client_id = client_id.clone();
    }
    let author = texts.their_author;
    let names = block(move || people::names(&app, &[author])).await?;
    let differ = texts.theirs.title != texts.mine.title;
    let view = ConflictView {
        their_author: names
            .get(&author)
            .map(|person| person.name_in(shell.language).to_owned())
            .unwrap_or_default(),
        their_at: texts.their_at,
        titles: differ.then(|| (texts.theirs.title.clone(), texts.before.title.clone())),
        head: texts.head.0,
        blocks: texts.blocks,
        edit,
    };
    Ok(html(
        StatusCode::CONFLICT,
        views::conflict(shell, &view),
        Policy::Never,
    ))
}
