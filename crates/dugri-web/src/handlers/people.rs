//! People and spaces: who is here, one-time links, who may do what where. Admins look after people and groups, managers
//! after the rights in their spaces.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use dugri_app::chrome;
use dugri_app::groups::{self, GroupInput};
use dugri_app::people::{self, PersonInput};
use dugri_app::spaces::{self, Holder, Named, SpaceInput};
use dugri_app::{Actor, App, By, Error as AppError, invitations};
use dugri_core::spaces::{GroupKind, Policy};
use dugri_core::{GroupId, Language, PersonId, Role, SpaceId};
use serde::Deserialize;

use crate::answers::{form_again, screen, screen_once, see_other};
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::{Admin, Viewer};
use crate::shell::Shell;
use crate::t;
use crate::views::groups::{self as group_views, GroupLine, GroupsView};
use crate::views::people::{
    self as views, InviteForm, PeopleView, PersonLine, RightsView, SpaceForm, SpaceLine, role_key,
};

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
            "deactivate" => people::set_active(&owned, by, person, false),
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

async fn view_of(app: &web::Data<App>, shell: &Shell, admin: &Admin) -> Result<PeopleView, Error> {
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
        name: line.person.name_in(language).to_owned(),
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

/// `GET /people/groups`
pub async fn groups(app: web::Data<App>, shell: Shell, admin: Admin) -> Result<HttpResponse, Error> {
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
                    .map(|person| (person.id.0, person.name_in(language).to_owned()))
                    .collect(),
            })
            .collect(),
        people: everybody,
        kind: GroupKind::Team.as_str().to_owned(),
        ..GroupsView::default()
    })
}

/// A readable name is made from the name: what is wrong with it is said there.
fn at_the_name(wrong: Vec<Wrong>) -> Vec<Wrong> {
    let to_name = |mut wrong: Wrong| {
        if wrong.field == "slug" {
            wrong.field = "name".into();
        }
        wrong
    };
    wrong.into_iter().map(to_name).collect()
}

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
            false,
            line.role,
        ),
        Named::Group(group) => (
            format!("group:{}", group.id),
            group.name_in(language).to_owned(),
            true,
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

/// Runs a use case whose complaints about fields belong into the form.
async fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<Result<T, Vec<Wrong>>, Error> {
    match block(move || Ok::<_, Error>(work())).await? {
        Ok(done) => Ok(Ok(done)),
        Err(AppError::Invalid(fields)) => Ok(Err(fields.into_iter().map(Wrong::from).collect())),
        Err(error) => Err(error.into()),
    }
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
