//! People and spaces: who is here, one-time links, who may do what where. Admins look after people and groups, managers
//! after the rights in their spaces.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use dugri_app::chrome;
use dugri_app::people::{self, PersonInput};
use dugri_app::{App, By, Error as AppError, invitations};
use dugri_core::spaces::Policy;
use dugri_core::{Language, PersonId, Role, SpaceId};
use serde::Deserialize;

use crate::answers::{form_again, screen, screen_once};
use crate::bridge::{block, run};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::t;
use crate::views::parts::Face;
use crate::views::people::{self as views, InviteForm, PeopleView, PersonLine, SpaceLine, role_key};

/// `GET /people`
pub async fn list(app: web::Data<App>, shell: Shell, admin: Admin) -> Result<HttpResponse, Error> {
    let view = view_of(&app, &shell, &admin).await?;
    Ok(screen(views::people(&shell, &view)))
}

/// Somebody to be invited.
#[derive(Debug, Deserialize)]
pub struct InviteInput {
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    name_he: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    language: String,
    outsider: Option<String>,
    admin: Option<String>,
}

/// `POST /people`: adds a person and shows their link, this once.
pub async fn invite(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    form: Form<InviteInput>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let input = PersonInput {
        email: form.email.clone(),
        name: form.name.clone(),
        name_he: form.name_he.clone(),
        title: form.title.clone(),
        language: form.language.clone(),
        outsider: form.outsider.is_some(),
        admin: form.admin.is_some(),
        ..PersonInput::default()
    };
    let (owned, actor) = (app.clone(), admin.actor());
    match run(move || people::invite(&owned, By::Person(&actor), &input)).await? {
        Ok((_, link)) => {
            let made = Some((form.name.trim().to_owned(), link.address));
            let view = PeopleView {
                made,
                ..view_of(&app, &shell, &admin).await?
            };
            Ok(screen_once(views::people(&shell, &view)))
        }
        Err(wrong) => {
            let invite = InviteForm {
                email: form.email,
                name: form.name,
                name_he: form.name_he,
                title: form.title,
                language: form.language,
                outsider: form.outsider.is_some(),
                admin: form.admin.is_some(),
            };
            let view = PeopleView {
                invite,
                wrong,
                ..view_of(&app, &shell, &admin).await?
            };
            Ok(form_again(views::people(&shell, &view)))
        }
    }
}

/// `POST /people/{person}/{verb}`
pub async fn act(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    path: web::Path<(i64, String)>,
) -> Result<HttpResponse, Error> {
    let (person, verb) = path.into_inner();
    let person = PersonId(person);
    if verb == "link" {
        return link(app, shell, admin, person).await;
    }
    let (owned, actor) = (app.clone(), admin.actor());
    let work = move || {
        let by = By::Person(&actor);
        match verb.as_str() {
            "activate" => people::set_active(&owned, by, person, true),
            "promote" => people::set_admin(&owned, by, person, true),
            "demote" => people::set_admin(&owned, by, person, false),
            _ => Err(AppError::NotFound),
        }
    };
    match block(move || Ok::<_, Error>(work())).await? {
        Ok(()) => Ok(see_other_saying(
            &shell,
            "/people",
            t!(&shell, "people-done"),
            false,
        )),
        Err(AppError::Conflict(_)) => Ok(see_other_saying(
            &shell,
            "/people",
            t!(&shell, "error-last-admin"),
            true,
        )),
        Err(error) => Err(error.into()),
    }
}

async fn link(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    person: PersonId,
) -> Result<HttpResponse, Error> {
    let (owned, actor) = (app.clone(), admin.actor());
    let (row, link) = block(move || {
        let row = people::get(&owned, &actor, person)?;
        Ok::<_, AppError>((row, invitations::make(&owned, By::Person(&actor), person)?))
    })
    .await?;
    let made = Some((row.name_in(shell.language).to_owned(), link.address));
    let view = PeopleView {
        made,
        ..view_of(&app, &shell, &admin).await?
    };
    Ok(screen_once(views::people(&shell, &view)))
}

pub(super) async fn view_of(app: &web::Data<App>, shell: &Shell, admin: &Admin) -> Result<PeopleView, Error> {
    let (owned, actor, language) = (app.clone(), admin.actor(), shell.language);
    let (lines, chrome) =
        block(move || Ok::<_, AppError>((people::list(&owned, &actor)?, chrome::of(&owned, &actor)?)))
            .await?;
    let names: BTreeMap<SpaceId, String> = chrome
        .spaces
        .iter()
        .map(|counted| (counted.space.id, counted.space.name_in(language).to_owned()))
        .collect();
    let me = admin.person.id;
    let person = |line: people::PersonLine| PersonLine {
        id: line.person.id.0,
        face: Face::of_row(&line.person, language),
        title: line.person.title_in(language).to_owned(),
        email: line.person.email.clone(),
        admin: line.person.admin,
        outsider: line.person.outsider,
        active: line.person.active,
        invited: line.invited,
        rights: in_words(&line, &names, language),
        seen: line.seen_at,
        me: line.person.id == me,
    };
    Ok(PeopleView {
        people: lines.into_iter().map(person).collect(),
        spaces: chrome
            .spaces
            .iter()
            .map(|counted| SpaceLine {
                slug: counted.space.slug.clone(),
                name: counted.space.name_in(language).to_owned(),
                icon: counted.space.icon.clone(),
                pages: counted.pages,
                reviewed: counted.space.policy == Policy::Reviewed,
            })
            .collect(),
        invite: InviteForm {
            language: language.to_string(),
            ..InviteForm::default()
        },
        ..PeopleView::default()
    })
}

/// The groups of a person, then each role with its spaces, the highest first: `Sales · Publishes: Pricing, Cases`.
fn in_words(line: &people::PersonLine, names: &BTreeMap<SpaceId, String>, language: Language) -> String {
    if line.person.admin {
        return String::new();
    }
    let mut parts: Vec<String> = line
        .groups
        .iter()
        .map(|group| group.name_in(language).to_owned())
        .collect();
    for role in Role::ALL.iter().rev() {
        let spaces: Vec<&str> = line
            .roles
            .iter()
            .filter(|(_, own)| *own == role)
            .filter_map(|(space, _)| names.get(space).map(String::as_str))
            .collect();
        if !spaces.is_empty() {
            parts.push(format!(
                "{}: {}",
                t!(language, role_key(*role)),
                spaces.join(", ")
            ));
        }
    }
    parts.join(" · ")
}
