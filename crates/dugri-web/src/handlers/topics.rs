//! Topics: their list, their homes, the form of one, and those that a page's text names.

use actix_web::{HttpResponse, web};
use dugri_app::searches::{self, Target};
use dugri_app::topics::{self, TopicHome, TopicInput};
use dugri_app::watching::{self, State};
use dugri_app::{App, By, Error as AppError};
use dugri_core::PersonId;
use dugri_core::topics::TopicKind;
use dugri_core::watching::WatchKind;
use serde::Deserialize;

use super::lists::page_row;
use super::watching::watch_view;
use crate::answers::{form_again, screen, see_other};
use crate::bridge::{block, run};
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::{Admin, Viewer};
use crate::shell::Shell;
use crate::t;
use crate::views::parts::Face;
use crate::views::topics::{self as views, IntelRow, Knower, TopicForm, TopicLine, TopicView, TopicsView};
use crate::views::watching::WatchView;

/// `GET /topics`
pub async fn list(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let view = list_view(app, viewer, &shell, Vec::new()).await?;
    Ok(screen(views::list(&shell, &view)))
}

async fn list_view(
    app: web::Data<App>,
    viewer: Viewer,
    shell: &Shell,
    wrong: Vec<Wrong>,
) -> Result<TopicsView, Error> {
    let (found, patterns, rights) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let rights = topics::rights(&actor);
        let patterns = if rights.addresses {
            topics::address_patterns(&app)?
        } else {
            Default::default()
        };
        Ok((topics::list(&app, &actor)?, patterns, rights))
    })
    .await?;
    let kinds = TopicKind::ALL
        .iter()
        .map(|kind| {
            let lines = found
                .iter()
                .filter(|(topic, _)| topic.kind == *kind)
                .map(|(topic, pages)| TopicLine {
                    slug: topic.slug.clone(),
                    name: topic.name_in(shell.language).to_owned(),
                    pages: *pages,
                })
                .collect::<Vec<_>>();
            (*kind, lines)
        })
        .filter(|(_, lines)| !lines.is_empty())
        .collect();
    Ok(TopicsView {
        kinds,
        keeps: rights.keep,
        addresses: rights.addresses.then(|| {
            let lines = patterns
                .iter()
                .map(|(system, pattern)| format!("{system} = {pattern}"));
            lines.collect::<Vec<_>>().join("\n")
        }),
        wrong,
    })
}

/// `GET /t/{slug}`
pub async fn home(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    slug: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let asked = slug.into_inner();
    let wanted = asked.clone();
    let me = viewer.access.person;
    let (home, state, people) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let home = topics::home(&app, &actor, &wanted)?;
        searches::opened(&app, me, Target::Topic(home.topic.id));
        let state = watching::state(&app, &actor, WatchKind::Topic, home.topic.id.0)?;
        let people: Vec<String> = watching::list(&app, &actor)?
            .into_iter()
            .filter(|watched| watched.kind == WatchKind::Person)
            .map(|watched| watched.what)
            .collect();
        Ok((home, state, people))
    })
    .await?;
    if home.topic.slug != asked {
        // It became part of another one.
        return Ok(see_other(&format!(
            "/t/{}",
            super::pages::escaped(&home.topic.slug)
        )));
    }
    let watch = watch_view(&shell, WatchKind::Topic, &home.topic.slug, state);
    Ok(screen(views::home(
        &shell,
        &view(&shell, &home, watch, me, &people),
    )))
}

fn view(shell: &Shell, home: &TopicHome, watch: WatchView, me: PersonId, watched: &[String]) -> TopicView {
    let row = |listed: &dugri_app::pages::Listed| page_row(shell, listed, &home.names);
    TopicView {
        slug: home.topic.slug.clone(),
        kind: home.topic.kind,
        name: home.topic.name_in(shell.language).to_owned(),
        aliases: home.aliases.clone(),
        external: home
            .external
            .iter()
            .map(|external| {
                (
                    external.system.clone(),
                    external.id.clone(),
                    external.href.clone(),
                )
            })
            .collect(),
        first: home
            .first
            .as_ref()
            .map(|listed| (row(listed), listed.line.key_message.clone())),
        kinds: home
            .kinds
            .iter()
            .map(|(kind, pages)| {
                let name = kind.name_in(shell.language).to_owned();
                (kind.icon.clone(), name, pages.iter().map(row).collect())
            })
            .collect(),
        intel: home
            .intel
            .iter()
            .map(|card| IntelRow {
                number: card.report.id.0,
                what: card.report.what.lines().next().unwrap_or_default().to_owned(),
                reporter: card
                    .reporter
                    .as_ref()
                    .map(|person| Face::of(person, shell.language)),
                at: card.report.at,
                state: card.report.state,
            })
            .collect(),
        people: home
            .people
            .iter()
            .map(|(person, pages)| {
                let state = if watched.contains(&person.id.to_string()) {
                    State::On
                } else {
                    State::Off
                };
                let key = person.id.to_string();
                Knower {
                    href: format!("/people/{key}"),
                    face: Face::of(person, shell.language),
                    title: person.title_in(shell.language).to_owned(),
                    pages: *pages,
                    watch: (person.id != me).then(|| watch_view(shell, WatchKind::Person, &key, state)),
                }
            })
            .collect(),
        keeps: home.rights.keep,
        watch,
    }
}

/// What is typed about a topic.
#[derive(Debug, Default, Deserialize)]
pub struct TopicFields {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    name_he: String,
    #[serde(default)]
    aliases: String,
    #[serde(default)]
    external: String,
}

impl From<TopicFields> for TopicInput {
    fn from(fields: TopicFields) -> TopicInput {
        TopicInput {
            kind: fields.kind,
            name: fields.name,
            name_he: fields.name_he,
            aliases: fields.aliases,
            external: fields.external,
        }
    }
}

/// `GET /topics/new`
pub async fn new(viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    if !topics::rights(&viewer.actor()).keep {
        return Err(Error::NotFound);
    }
    let form = TopicForm::new(TopicInput {
        kind: TopicKind::Product.to_string(),
        ..TopicInput::default()
    });
    Ok(screen(views::form(&shell, &form)))
}

/// `POST /topics`
pub async fn add(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<TopicFields>,
) -> Result<HttpResponse, Error> {
    let input = TopicInput::from(form.0);
    let typed = input.clone();
    match run(move || topics::add(&app, &viewer.actor(), &input)).await? {
        Ok(slug) => Ok(see_other_saying(
            &shell,
            &format!("/t/{}", super::pages::escaped(&slug)),
            t!(&shell, "topic-added"),
            false,
        )),
        Err(wrong) => {
            let form = TopicForm {
                wrong,
                ..TopicForm::new(typed)
            };
            Ok(form_again(views::form(&shell, &form)))
        }
    }
}

/// `GET /t/{slug}/-/edit`
pub async fn edit(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    slug: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let form = edit_form(app, viewer, &shell, slug.into_inner()).await?;
    Ok(screen(views::form(&shell, &form)))
}

async fn edit_form(
    app: web::Data<App>,
    viewer: Viewer,
    shell: &Shell,
    slug: String,
) -> Result<TopicForm, Error> {
    let start = block(move || topics::start_edit(&app, &viewer.actor(), &slug)).await?;
    Ok(TopicForm {
        slug: Some(start.topic.slug.clone()),
        title: start.topic.name_in(shell.language).to_owned(),
        others: if start.rights.merge {
            let named =
                |topic: &topics::TopicRow| (topic.slug.clone(), topic.name_in(shell.language).to_owned());
            start.others.iter().map(named).collect()
        } else {
            Vec::new()
        },
        ..TopicForm::new(start.input)
    })
}

/// `POST /t/{slug}/-/edit`
pub async fn change(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    slug: web::Path<String>,
    form: Form<TopicFields>,
) -> Result<HttpResponse, Error> {
    let slug = slug.into_inner();
    let input = TopicInput::from(form.0);
    let (typed, owned, actor, wanted) = (input.clone(), app.clone(), viewer.actor(), slug.clone());
    match run(move || topics::change(&owned, &actor, &wanted, &input)).await? {
        Ok(()) => Ok(see_other_saying(
            &shell,
            &format!("/t/{}", super::pages::escaped(&slug)),
            t!(&shell, "topic-changed"),
            false,
        )),
        Err(wrong) => {
            let form = TopicForm {
                input: typed,
                wrong,
                ..edit_form(app, viewer, &shell, slug).await?
            };
            Ok(form_again(views::form(&shell, &form)))
        }
    }
}

/// What a topic becomes part of.
#[derive(Debug, Deserialize)]
pub struct Into {
    #[serde(default)]
    into: String,
}

/// `POST /t/{slug}/-/merge`
pub async fn merge(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    slug: web::Path<String>,
    form: Form<Into>,
) -> Result<HttpResponse, Error> {
    let slug = slug.into_inner();
    let (owned, actor, wanted, into) = (app.clone(), viewer.actor(), slug.clone(), form.0.into);
    match run(move || topics::merge(&owned, &actor, &wanted, &into)).await? {
        Ok(target) => Ok(see_other_saying(
            &shell,
            &format!("/t/{}", super::pages::escaped(&target)),
            t!(&shell, "topic-merged"),
            false,
        )),
        Err(wrong) => {
            let form = TopicForm {
                wrong,
                ..edit_form(app, viewer, &shell, slug).await?
            };
            Ok(form_again(views::form(&shell, &form)))
        }
    }
}

/// Where ids of other systems lead.
#[derive(Debug, Deserialize)]
pub struct Addresses {
    #[serde(default)]
    addresses: String,
}

/// `POST /topics/addresses`
pub async fn set_addresses(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    form: Form<Addresses>,
) -> Result<HttpResponse, Error> {
    let typed = form.0.addresses;
    let (owned, actor, text) = (app.clone(), admin.actor(), typed.clone());
    let set = run(move || topics::set_address_patterns(&owned, By::Person(&actor), &text)).await?;
    match set {
        Ok(()) => Ok(see_other_saying(
            &shell,
            "/topics",
            t!(&shell, "topic-addresses-saved"),
            false,
        )),
        Err(wrong) => {
            let mut view = list_view(app, admin.0, &shell, wrong).await?;
            view.addresses = Some(typed);
            Ok(form_again(views::list(&shell, &view)))
        }
    }
}
