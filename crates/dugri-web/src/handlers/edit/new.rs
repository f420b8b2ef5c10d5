//! The form of a page that does not exist yet.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::drafts::{self, Draft};
use dugri_app::pages::save::{self, PageStart};
use dugri_app::pages::{self, Choices};
use dugri_app::{App, Error as AppError, gaps, render};
use dugri_core::Language;
use dugri_core::pages::Audience;
use serde::Deserialize;
use uuid::Uuid;

use super::after;
use super::typed::{Fields, label, page_text, topic_choices, typed};
use crate::answers::{form_again, html, screen, see_other};
use crate::bridge::{block, run};
use crate::cache::Policy;
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::drafts::{Going, Line};
use crate::views::edit::{self as views, KindValue, NewPage, Text};

/// What a new page begins with.
#[derive(Debug, Default, Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    space: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    title: String,
    /// The words that were searched for in vain, which the page is to answer.
    #[serde(default)]
    gap: String,
    /// The own draft to go on with, by its key.
    draft: Option<String>,
}

/// `GET /new`
pub async fn new_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    query: web::Query<NewQuery>,
) -> Result<HttpResponse, Error> {
    let mut query = query.into_inner();
    let (actor, wanted) = (viewer.actor(), query.draft.take());
    let (choices, begun, draft) = block(move || -> Result<_, AppError> {
        let choices = pages::choices(&app, &actor)?;
        let draft = wanted.map(|key| drafts::read(&app, &actor, &key)).transpose()?;
        let all = drafts::list(&app, &actor)?;
        let begun: Vec<Draft> = all
            .into_iter()
            .filter(|draft| draft.is_new && draft.discarded_at.is_none())
            .collect();
        Ok((choices, begun, draft))
    })
    .await?;
    if choices.spaces.is_empty() {
        return Err(Error::NotFound);
    }
    if let Some(draft) = &draft {
        for (field, value) in [
            ("space", &mut query.space),
            ("kind", &mut query.kind),
            ("language", &mut query.language),
            ("gap", &mut query.gap),
        ] {
            if !draft.field(field).is_empty() {
                *value = draft.field(field).to_owned();
            }
        }
    }
    let mut view = new_view(&shell, &choices, &query);
    match draft {
        Some(draft) => {
            let fields: Fields = draft.form.clone().into_iter().collect();
            view.text = typed(&fields, &view.text);
            if let Some(audience) = fields.get("audience") {
                view.audience = audience.clone();
            }
            // Of a page that is there, or not for this writer any more, a new one begins: with a key of its own.
            if draft.is_new {
                view.going = Some(Going::new(&draft));
                view.client_id = draft.key;
            }
        }
        None => {
            view.text.title = query.title;
            let kind = choices.kinds.iter().find(|kind| kind.slug == view.kind);
            view.text.body = kind.map_or(String::new(), |kind| match view.language {
                Language::He => kind.template_he.clone(),
                Language::En => kind.template.clone(),
            });
            view.begun = begun.iter().map(|draft| Line::new(&shell, draft)).collect();
        }
    }
    Ok(screen(views::new_page(&shell, &view)))
}

fn new_view(shell: &Shell, choices: &Choices, query: &NewQuery) -> NewPage {
    let space = choices
        .spaces
        .iter()
        .find(|space| space.slug == query.space)
        .or(choices.spaces.first());
    let kind = choices
        .kinds
        .iter()
        .find(|kind| kind.slug == query.kind)
        .or(choices.kinds.first());
    let named = |own: &str, hebrew: &str| match shell.language {
        Language::He if !hebrew.is_empty() => hebrew.to_owned(),
        _ => own.to_owned(),
    };
    let fields = kind.and_then(|kind| kind.field_list().ok()).unwrap_or_default();
    NewPage {
        space: space.map(|space| space.slug.clone()).unwrap_or_default(),
        spaces: choices
            .spaces
            .iter()
            .map(|space| (space.slug.clone(), space.name_in(shell.language).to_owned()))
            .collect(),
        kind: kind.map(|kind| kind.slug.clone()).unwrap_or_default(),
        kinds: choices
            .kinds
            .iter()
            .map(|kind| (kind.slug.clone(), named(&kind.name, &kind.name_he)))
            .collect(),
        language: query
            .language
            .parse()
            .ok()
            .or(space.map(|space| space.language))
            .unwrap_or_default(),
        audience: Audience::Internal.to_string(),
        text: Text {
            fields: fields
                .iter()
                .map(|field| KindValue {
                    name: field.name.clone(),
                    label: label(shell, field),
                    value: String::new(),
                })
                .collect(),
            ..Text::default()
        },
        gap: query.gap.clone(),
        client_id: Uuid::new_v4().to_string(),
        topics: topic_choices(shell, choices),
        begun: Vec::new(),
        going: None,
        wrong: Vec::new(),
        preview: None,
    }
}

/// `POST /new`
pub async fn create(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<Fields>,
) -> Result<HttpResponse, Error> {
    let form = form.0;
    let get = |name: &str| form.get(name).cloned().unwrap_or_default();
    let query = NewQuery {
        space: get("space"),
        kind: get("kind"),
        language: get("language"),
        title: String::new(),
        gap: get("gap"),
        draft: None,
    };
    if get("action") == "preview" {
        return new_again(app, &viewer, &shell, &form, &query, Vec::new(), true).await;
    }
    let text = match page_text(&form) {
        Ok(text) => text,
        Err(wrong) => return new_again(app, &viewer, &shell, &form, &query, vec![wrong], false).await,
    };
    let start = PageStart {
        space: query.space.clone(),
        kind: query.kind.clone(),
        language: query.language.parse().ok(),
        audience: get("audience").parse().unwrap_or(Audience::Internal),
        text,
    };
    let (use_app, actor) = (app.clone(), viewer.actor());
    let gap = query.gap.clone();
    let create = move || {
        let saved = save::create(&use_app, &actor, start)?;
        if !gap.is_empty() {
            match gaps::page(&use_app, &actor, &gap, &saved.page) {
                // Who doesn't keep topics writes pages all the same: the gap stays for those who do.
                Ok(_) | Err(AppError::NotFound | AppError::Invalid(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(saved)
    };
    match run(create).await? {
        Ok(saved) => Ok(see_other(&after(&saved))),
        Err(wrong) => new_again(app, &viewer, &shell, &form, &query, wrong, false).await,
    }
}

async fn new_again(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    form: &Fields,
    query: &NewQuery,
    wrong: Vec<Wrong>,
    preview: bool,
) -> Result<HttpResponse, Error> {
    let (use_app, actor) = (app.clone(), viewer.actor());
    let choices = block(move || pages::choices(&use_app, &actor)).await?;
    let mut view = new_view(shell, &choices, query);
    view.text = typed(form, &view.text);
    view.audience = form.get("audience").cloned().unwrap_or(view.audience);
    view.client_id = form.get("client_id").cloned().unwrap_or(view.client_id);
    view.wrong = wrong;
    if preview {
        let (actor, language, body) = (viewer.actor(), view.language, view.text.body.clone());
        view.preview = Some(
            block(move || render::preview(&app, &actor, language, &body))
                .await?
                .html,
        );
        return Ok(html(StatusCode::OK, views::new_page(shell, &view), Policy::Never));
    }
    Ok(form_again(views::new_page(shell, &view)))
}
