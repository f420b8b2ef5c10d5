//! Writing: the forms of a new page and of an edit, their preview, and the screen of a conflict.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use dugri_app::pages::save::{self, PageEdit, PageStart, PageText, Saved};
use dugri_app::pages::{self, Choices, EditStart};
use dugri_app::{App, Conflict, Error as AppError, TextConflict, intel, people, render};
use dugri_core::pages::Audience;
use dugri_core::spaces::Policy as SpacePolicy;
use dugri_core::{ChangeId, IntelId, Language, PublicId, RevisionId};
use serde::Deserialize;
use uuid::Uuid;

use crate::answers::{form_again, html, screen, see_other};
use crate::api::public_id;
use crate::bridge::block;
use crate::cache::Policy;
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::edit::{self as views, ConflictView, Edit, KindValue, NewPage, Saving, Text};

/// A form's fields as they came, the last of a name winning.
type Fields = HashMap<String, String>;

/// The most blocks that a conflict's form may send.
const BLOCKS_MAX: usize = 5_000;

/// Where an edit begins.
#[derive(Debug, Deserialize)]
pub struct EditQuery {
    /// The pending change to go on with.
    change: Option<i64>,
    /// A report that the edit answers.
    cite: Option<String>,
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
    let change = query.change.map(ChangeId);
    let around = around(app, &viewer, &id, change).await?;
    let mut view = around.view(&shell, text_of(&shell, &around.start));
    if let Some(cite) = &query.cite {
        view.text.cites = cite.clone();
    }
    Ok(screen(views::edit(&shell, &view)))
}

/// What stands around the text of an edit.
struct Around {
    start: EditStart,
    choices: Choices,
    reports: Vec<(i64, String)>,
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
                Saving::Publishes
            } else {
                Saving::Proposes
            },
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
            wrong: Vec::new(),
            preview: None,
        }
    }
}

fn topic_choices(shell: &Shell, choices: &Choices) -> Vec<(String, String)> {
    choices
        .topics
        .iter()
        .map(|topic| (topic.name_in(shell.language).to_owned(), topic.slug.clone()))
        .collect()
}

fn text_of(shell: &Shell, start: &EditStart) -> Text {
    Text {
        title: start.content.title.clone(),
        key_message: start.content.key_message.clone(),
        body: start.content.body.clone(),
        fields: start
            .fields
            .iter()
            .map(|field| KindValue {
                label: label(shell, field),
                value: start.content.fields.get(&field.name).cloned().unwrap_or_default(),
                name: field.name.clone(),
            })
            .collect(),
        topics: start
            .topics
            .iter()
            .map(|topic| topic.name_in(shell.language).to_owned())
            .collect::<Vec<_>>()
            .join(", "),
        ..Text::default()
    }
}

fn label(shell: &Shell, field: &pages::KindField) -> String {
    match shell.language {
        Language::He => field.label_he.clone(),
        Language::En => field.label.clone(),
    }
}

/// The text as it was typed, for the form that comes back.
fn typed(form: &Fields, kept: &Text) -> Text {
    let get = |name: &str| form.get(name).cloned().unwrap_or_default();
    Text {
        title: get("title"),
        key_message: get("key_message"),
        body: body_of(form),
        fields: kept
            .fields
            .iter()
            .map(|field| KindValue {
                value: get(&format!("field.{}", field.name)),
                ..field.clone()
            })
            .collect(),
        topics: get("topics"),
        summary: get("summary"),
        cites: get("cites"),
        minor: form.contains_key("minor"),
        material: form.contains_key("material"),
    }
}

/// The Markdown of a form; of a conflict's form, put together from its blocks and choices.
fn body_of(form: &Fields) -> String {
    let blocks = form
        .get("blocks")
        .and_then(|count| count.parse::<usize>().ok())
        .unwrap_or(0);
    if blocks == 0 {
        return form.get("body").cloned().unwrap_or_default();
    }
    let get = |name: &str, at: usize| form.get(&format!("{name}.{at}")).map_or("", String::as_str);
    let mut body = String::new();
    for at in 0..blocks.min(BLOCKS_MAX) {
        if form.contains_key(&format!("block.{at}")) {
            body.push_str(get("block", at));
            continue;
        }
        match get("choice", at) {
            "theirs" => body.push_str(get("theirs", at)),
            "both" => {
                body.push_str(get("theirs", at));
                body.push_str(get("mine", at));
            }
            "own" => body.push_str(get("own", at)),
            _ => body.push_str(get("mine", at)),
        }
    }
    body
}

fn page_text(form: &Fields) -> Result<PageText, Wrong> {
    let get = |name: &str| form.get(name).cloned().unwrap_or_default();
    let fields = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("field.")?.to_owned(), value.clone())))
        .collect();
    Ok(PageText {
        title: get("title"),
        key_message: get("key_message"),
        body: body_of(form),
        fields,
        topics: get("topics")
            .split([',', '\n'])
            .map(|topic| topic.trim().to_owned())
            .collect(),
        summary: get("summary"),
        minor: form.contains_key("minor"),
        material: form.contains_key("material"),
        cites: numbers(&get("cites"))?,
        keep_pending: form.get("action").is_some_and(|action| action == "keep"),
        client_id: form
            .get("client_id")
            .filter(|id| !id.is_empty() && id.len() <= 100)
            .cloned(),
    })
}

/// `236, #221` as numbers of reports.
fn numbers(text: &str) -> Result<Vec<IntelId>, Wrong> {
    text.split([',', ' '])
        .map(|part| part.trim().trim_start_matches('#'))
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse()
                .map(IntelId)
                .map_err(|_| Wrong::new("cites", "error-not-a-number"))
        })
        .collect()
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
    let around = match around(app.clone(), viewer, id, change).await {
        // The change was closed meanwhile: what was typed is kept all the same.
        Err(Error::NotFound) if change.is_some() => around(app.clone(), viewer, id, None).await?,
        other => other?,
    };
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
}

/// `GET /new`
pub async fn new_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    query: web::Query<NewQuery>,
) -> Result<HttpResponse, Error> {
    let actor = viewer.actor();
    let choices = block(move || pages::choices(&app, &actor)).await?;
    if choices.spaces.is_empty() {
        return Err(Error::NotFound);
    }
    let query = query.into_inner();
    let mut view = new_view(&shell, &choices, &query);
    view.text.title = query.title;
    let kind = choices.kinds.iter().find(|kind| kind.slug == view.kind);
    view.text.body = kind.map_or(String::new(), |kind| match view.language {
        Language::He => kind.template_he.clone(),
        Language::En => kind.template.clone(),
    });
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
        client_id: Uuid::new_v4().to_string(),
        topics: topic_choices(shell, choices),
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
    let outcome = block(move || Ok::<_, Error>(save::create(&use_app, &actor, start))).await?;
    match outcome {
        Ok(saved) => Ok(see_other(&after(&saved))),
        Err(AppError::Invalid(errors)) => {
            let wrong = errors.into_iter().map(Wrong::from).collect();
            new_again(app, &viewer, &shell, &form, &query, wrong, false).await
        }
        Err(error) => Err(error.into()),
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

/// The text to preview.
#[derive(Debug, Deserialize)]
pub struct PreviewForm {
    #[serde(default)]
    body: String,
    #[serde(default)]
    language: String,
}

/// `POST /preview`: the rendered text alone, for the script beside the editor.
pub async fn preview(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<PreviewForm>,
) -> Result<HttpResponse, Error> {
    let form = form.0;
    let language = form.language.parse().unwrap_or(shell.language);
    let rendered = block(move || render::preview(&app, &viewer.actor(), language, &form.body)).await?;
    let mut response = HttpResponse::Ok()
        .content_type(ContentType::html())
        .body(rendered.html);
    Policy::Never.set(response.headers_mut());
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Fields {
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_conflicts_choices_make_one_text() {
        let mut fields = vec![
            ("blocks", "3"),
            ("block.0", "# Title\n\n"),
            ("mine.1", "mine\n\n"),
            ("theirs.1", "theirs\n\n"),
            ("own.1", "own\n\n"),
            ("block.2", "end\n"),
        ];
        let mut check = |choice, expected: &str| {
            fields.retain(|(name, _)| *name != "choice.1");
            fields.push(("choice.1", choice));
            assert_eq!(body_of(&form(&fields)), format!("# Title\n\n{expected}end\n"));
        };
        check("mine", "mine\n\n");
        check("theirs", "theirs\n\n");
        check("both", "theirs\n\nmine\n\n");
        check("own", "own\n\n");
    }

    #[test]
    fn numbers_of_reports_are_read_as_people_write_them() {
        assert_eq!(
            numbers("236, #221 7"),
            Ok(vec![IntelId(236), IntelId(221), IntelId(7)])
        );
        assert_eq!(numbers(""), Ok(vec![]));
        assert!(numbers("236, x").is_err());
    }
}
