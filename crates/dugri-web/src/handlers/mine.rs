//! What a page is to its reader: kept at hand, watched, changed since the last visit. Each has one button.

use actix_web::{HttpResponse, web};
use dugri_app::homes::{self, Since};
use dugri_app::pages::{PageRead, Shown, TopicRow};
use dugri_app::watching::State;
use dugri_app::{Actor, App, Error as AppError, favourites, topics, watching};
use dugri_core::watching::WatchKind;
use serde::Deserialize;

use crate::answers::see_other;
use crate::api::public_id;
use crate::bridge::block;
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::handlers::preferences::own_path;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;

/// The most topics that are suggested.
const SUGGESTED_MAX: usize = 6;

/// What a page is to its reader.
pub struct Mine {
    /// Kept at hand.
    pub favourite: bool,
    /// How it is watched.
    pub watch: State,
    /// Topics that its text names and that it does not have, for who may edit it.
    pub suggested: Vec<TopicRow>,
    /// What changed since the last visit.
    pub since: Option<Since>,
}

/// What a page is to its reader.
pub fn of_page(app: &App, actor: &Actor, read: &PageRead) -> Result<Mine, AppError> {
    Ok(Mine {
        favourite: favourites::is_kept(app, actor, read.page.row.id)?,
        watch: watching::state(app, actor, WatchKind::Page, read.page.row.id.0)?,
        suggested: suggested(app, actor, read)?,
        since: homes::since_last_visit(app, actor, read)?,
    })
}

/// The topics that the text names, for who may give them to the page.
fn suggested(app: &App, actor: &Actor, read: &PageRead) -> Result<Vec<TopicRow>, AppError> {
    if !read.rights.propose || !matches!(read.shown, Shown::Published(_)) {
        return Ok(Vec::new());
    }
    let have: Vec<String> = read.topics.iter().map(|topic| topic.slug.clone()).collect();
    let text = format!("{}\n{}", read.content.title, read.content.body);
    let mut found = topics::suggest(app, actor, &text, &have)?;
    found.truncate(SUGGESTED_MAX);
    Ok(found)
}

/// A topic for a page.
#[derive(Debug, Deserialize)]
pub struct TopicChoice {
    #[serde(default)]
    topic: String,
}

/// `POST /p/{id}/-/topics`: gives the page one topic more, as a revision like any other.
pub async fn add_topic(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<TopicChoice>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let back = back("", &id);
    let summary = t!(&shell, "topics-suggested-summary", name = form.0.topic.as_str());
    let saved = block(move || topics::give(&app, &viewer.actor(), &id, &form.0.topic, &summary)).await?;
    let said = if saved.number.is_some() {
        t!(&shell, "topics-suggested-published")
    } else {
        t!(&shell, "topics-suggested-waiting")
    };
    Ok(see_other_saying(&shell, &back, said, false))
}

/// One button: on or off, and where it stood.
#[derive(Debug, Deserialize)]
pub struct Switch {
    #[serde(default)]
    on: String,
    #[serde(default)]
    next: String,
}

/// `POST /p/{id}/-/favourite`
pub async fn favourite(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Form<Switch>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let back = back(&form.next, &id);
    let kept = form.on == "yes";
    block(move || favourites::set(&app, &viewer.actor(), &id, kept)).await?;
    let said = if kept {
        t!(&shell, "favourite-kept")
    } else {
        t!(&shell, "favourite-gone")
    };
    Ok(see_other_saying(&shell, &back, said, false))
}

/// What somebody has seen of a page.
#[derive(Debug, Deserialize)]
pub struct Seen {
    /// The number that they were shown.
    number: i64,
}

/// `POST /p/{id}/-/seen`: takes the marks off.
pub async fn seen(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    form: Form<Seen>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let back = back("", &id);
    block(move || homes::seen(&app, &viewer.actor(), &id, form.number)).await?;
    Ok(see_other(&back))
}

fn back(next: &str, id: &dugri_core::PublicId) -> String {
    if next.is_empty() {
        format!("/p/{id}")
    } else {
        own_path(next).to_owned()
    }
}
