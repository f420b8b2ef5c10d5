//! Spaces and who may do what in them. Admins make them, managers look after the rights.

use actix_web::{HttpResponse, web};
use dugri_app::spaces::{self, Holder, Named, SpaceInput};
use dugri_app::{Actor, App, By};
use dugri_core::{GroupId, PersonId, Role};
use serde::Deserialize;

use super::groups::at_the_name;
use super::people::view_of;
use crate::answers::{form_again, screen, see_other};
use crate::bridge::{block, run};
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::{Admin, Viewer};
use crate::shell::Shell;
use crate::t;
use crate::views::parts::Face;
use crate::views::people::{self as views, PeopleView, RightsView, SpaceForm};

/// A space to be added.
#[derive(Debug, Deserialize)]
pub struct NewSpaceForm {
    #[serde(default)]
    space_name: String,
    #[serde(default)]
    space_name_he: String,
    #[serde(default)]
    policy: String,
}

/// `POST /people/spaces`
pub async fn add_space(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    form: Form<NewSpaceForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let input = SpaceInput {
        name: form.space_name.clone(),
        name_he: form.space_name_he.clone(),
        policy: form.policy.clone(),
        language: shell.language.as_str().to_owned(),
        ..SpaceInput::default()
    };
    let (owned, actor) = (app.clone(), admin.actor());
    match run(move || spaces::add(&owned, By::Person(&actor), &input)).await? {
        Ok(_) => Ok(see_other_saying(
            &shell,
            "/people",
            t!(&shell, "space-added"),
            false,
        )),
        Err(wrong) => {
            let wrong = at_the_name(wrong).into_iter().map(to_space_field).collect();
            let space = SpaceForm {
                name: form.space_name,
                name_he: form.space_name_he,
                policy: form.policy,
            };
            let view = PeopleView {
                space,
                wrong,
                ..view_of(&app, &shell, &admin).await?
            };
            Ok(form_again(views::people(&shell, &view)))
        }
    }
}

/// The names of the fields in a form that stands beside another one with a name.
fn to_space_field(mut wrong: Wrong) -> Wrong {
    if wrong.field == "name" || wrong.field == "name_he" {
        wrong.field = format!("space_{}", wrong.field).into();
    }
    wrong
}

/// `GET /people/spaces/{space}`: for those who manage it.
pub async fn rights(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    path: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let view = rights_of(&app, &shell, &viewer, path.into_inner()).await?;
    Ok(screen(views::rights(&shell, &view)))
}

/// A role that is given, or (empty) taken.
#[derive(Debug, Deserialize)]
pub struct RoleForm {
    #[serde(default)]
    holder: String,
    #[serde(default)]
    role: String,
}

/// `POST /people/spaces/{space}`
pub async fn set_role(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    path: web::Path<String>,
    form: Form<RoleForm>,
) -> Result<HttpResponse, Error> {
    let slug = path.into_inner();
    let mut wrong = Vec::new();
    let holder = holder(&form.holder);
    if holder.is_none() {
        wrong.push(Wrong::new("holder", "error-unknown"));
    }
    let role: Option<Role> = form.role.parse().ok();
    if role.is_none() && !form.role.is_empty() {
        wrong.push(Wrong::new("role", "error-unknown"));
    }
    let Some(holder) = holder.filter(|_| wrong.is_empty()) else {
        let view = RightsView {
            wrong,
            ..rights_of(&app, &shell, &viewer, slug).await?
        };
        return Ok(form_again(views::rights(&shell, &view)));
    };
    let (actor, space) = (viewer.actor(), slug.clone());
    block(move || spaces::set_role(&app, By::Person(&actor), &space, holder, role)).await?;
    Ok(see_other(&rights_path(&slug)))
}

/// What a manager says of a space.
#[derive(Debug, Deserialize)]
pub struct SpaceSettings {
    #[serde(default)]
    name: String,
    #[serde(default)]
    name_he: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    description_he: String,
    #[serde(default)]
    policy: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    icon: String,
}

/// `POST /people/spaces/{space}/settings`
pub async fn change_space(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    path: web::Path<String>,
    form: Form<SpaceSettings>,
) -> Result<HttpResponse, Error> {
    let slug = path.into_inner();
    let Form(form) = form;
    let input = SpaceInput {
        slug: String::new(),
        name: form.name,
        name_he: form.name_he,
        description: form.description,
        description_he: form.description_he,
        policy: form.policy,
        language: form.language,
        icon: form.icon,
    };
    let (owned, actor, space, sent) = (app.clone(), viewer.actor(), slug.clone(), input.clone());
    match run(move || spaces::change(&owned, By::Person(&actor), &space, &sent)).await? {
        Ok(()) => Ok(see_other_saying(
            &shell,
            &rights_path(&slug),
            t!(&shell, "me-saved"),
            false,
        )),
        Err(wrong) => {
            let view = RightsView {
                settings: input,
                wrong,
                ..rights_of(&app, &shell, &viewer, slug).await?
            };
            Ok(form_again(views::rights(&shell, &view)))
        }
    }
}

/// The address of a space's rights; its readable name may be in Hebrew.
fn rights_path(slug: &str) -> String {
    let slug = percent_encoding::utf8_percent_encode(slug, percent_encoding::NON_ALPHANUMERIC);
    // A hyphen needs no escape and reads better.
    format!("/people/spaces/{}", slug.to_string().replace("%2D", "-"))
}

fn holder(text: &str) -> Option<Holder> {
    let (kind, key) = text.split_once(':')?;
    let key = key.parse().ok()?;
    match kind {
        "person" => Some(Holder::Person(PersonId(key))),
        "group" => Some(Holder::Group(GroupId(key))),
        _ => None,
    }
}

async fn rights_of(
    app: &web::Data<App>,
    shell: &Shell,
    viewer: &Viewer,
    slug: String,
) -> Result<RightsView, Error> {
    let (owned, actor, language) = (app.clone(), Actor::from(viewer), shell.language);
    let rights = block(move || spaces::rights(&owned, &actor, &slug)).await?;
    let line = |line: spaces::RoleLine| match line.holder {
        Named::Person(person) => (
            format!("person:{}", person.id),
            person.name_in(language).to_owned(),
            Some(Face::of_row(&person, language)),
            line.role,
        ),
        Named::Group(group) => (
            format!("group:{}", group.id),
            group.name_in(language).to_owned(),
            None,
            line.role,
        ),
    };
    let groups = rights.groups.iter().map(|group| {
        let name = format!("{} · {}", t!(shell, "rights-group"), group.name_in(language));
        (format!("group:{}", group.id), name)
    });
    let people = rights.people.iter().filter(|person| person.active).map(|person| {
        (
            format!("person:{}", person.id),
            person.name_in(language).to_owned(),
        )
    });
    let space = &rights.space;
    Ok(RightsView {
        slug: space.slug.clone(),
        name: space.name_in(language).to_owned(),
        settings: SpaceInput {
            slug: space.slug.clone(),
            name: space.name.clone(),
            name_he: space.name_he.clone().unwrap_or_default(),
            description: space.description.clone(),
            description_he: space.description_he.clone().unwrap_or_default(),
            policy: space.policy.as_str().to_owned(),
            language: space.language.as_str().to_owned(),
            icon: space.icon.clone(),
        },
        holders: groups.chain(people).collect(),
        roles: rights.roles.into_iter().map(line).collect(),
        admin: viewer.access.admin,
        wrong: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_a_person_or_a_group() {
        assert!(matches!(holder("person:7"), Some(Holder::Person(PersonId(7)))));
        assert!(matches!(holder("group:3"), Some(Holder::Group(GroupId(3)))));
        for wrong in ["", "7", "person:", "person:x", "space:1"] {
            assert!(holder(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_hebrew_address_is_escaped() {
        assert_eq!(rights_path("my-space"), "/people/spaces/my-space");
        assert_eq!(rights_path("א"), "/people/spaces/%D7%90");
    }
}
