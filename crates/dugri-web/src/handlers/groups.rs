//! Groups: who belongs together. Admins look after them.

use actix_web::{HttpResponse, web};
use dugri_app::groups::{self, GroupInput};
use dugri_app::people::{self};
use dugri_app::{App, By, Error as AppError};
use dugri_core::spaces::GroupKind;
use dugri_core::{GroupId, PersonId};
use serde::Deserialize;

use crate::answers::{form_again, screen, see_other};
use crate::bridge::{block, run};
use crate::errors::{Error, Wrong};
use crate::forms::Form;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::views::groups::{self as group_views, GroupLine, GroupsView};
use crate::views::parts::Face;

/// `GET /people/groups`
pub async fn list(app: web::Data<App>, shell: Shell, admin: Admin) -> Result<HttpResponse, Error> {
    let view = groups_of(&app, &shell, &admin).await?;
    Ok(screen(group_views::groups(&shell, &view)))
}

/// A group to be added.
#[derive(Debug, Deserialize)]
pub struct GroupForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    name_he: String,
    #[serde(default)]
    kind: String,
}

/// `POST /people/groups`
pub async fn add_group(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    form: Form<GroupForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let input = GroupInput {
        slug: String::new(),
        name: form.name.clone(),
        name_he: form.name_he.clone(),
        kind: form.kind.clone(),
    };
    let (owned, actor) = (app.clone(), admin.actor());
    match run(move || groups::add(&owned, By::Person(&actor), &input)).await? {
        Ok(_) => Ok(see_other("/people/groups")),
        Err(wrong) => {
            let view = GroupsView {
                name: form.name,
                name_he: form.name_he,
                kind: form.kind,
                wrong: at_the_name(wrong),
                ..groups_of(&app, &shell, &admin).await?
            };
            Ok(form_again(group_views::groups(&shell, &view)))
        }
    }
}

/// Who joins or leaves a group.
#[derive(Debug, Deserialize)]
pub struct MemberForm {
    person: i64,
    #[serde(default)]
    leave: String,
}

/// `POST /people/groups/{group}`
pub async fn set_member(
    app: web::Data<App>,
    admin: Admin,
    path: web::Path<i64>,
    form: Form<MemberForm>,
) -> Result<HttpResponse, Error> {
    let (group, person) = (GroupId(path.into_inner()), PersonId(form.person));
    let (leaves, actor) = (!form.leave.is_empty(), admin.actor());
    block(move || {
        let by = By::Person(&actor);
        if leaves {
            groups::leave(&app, by, group, person)
        } else {
            groups::join(&app, by, group, person)
        }
    })
    .await?;
    Ok(see_other("/people/groups"))
}

async fn groups_of(app: &web::Data<App>, shell: &Shell, admin: &Admin) -> Result<GroupsView, Error> {
    let (owned, actor, language) = (app.clone(), admin.actor(), shell.language);
    let (lines, people) =
        block(move || Ok::<_, AppError>((groups::list(&owned, &actor)?, people::list(&owned, &actor)?)))
            .await?;
    let everybody: Vec<(i64, String)> = people
        .into_iter()
        .filter(|line| line.person.active)
        .map(|line| (line.person.id.0, line.person.name_in(language).to_owned()))
        .collect();
    Ok(GroupsView {
        groups: lines
            .into_iter()
            .map(|line| GroupLine {
                id: line.group.id.0,
                name: line.group.name_in(language).to_owned(),
                kind: line.group.kind,
                members: line
                    .members
                    .iter()
                    .map(|person| (person.id.0, Face::of_row(person, language)))
                    .collect(),
            })
            .collect(),
        people: everybody,
        kind: GroupKind::Team.as_str().to_owned(),
        ..GroupsView::default()
    })
}

/// A readable name is made from the name: what is wrong with it is said there.
pub(super) fn at_the_name(wrong: Vec<Wrong>) -> Vec<Wrong> {
    let to_name = |mut wrong: Wrong| {
        if wrong.field == "slug" {
            wrong.field = "name".into();
        }
        wrong
    };
    wrong.into_iter().map(to_name).collect()
}
