//! People and spaces for site admins: inviting, one-time links, closing accounts, new spaces, roles.

use actix_web::{HttpResponse, web};
use dugri_app::people::{self, PersonInput};
use dugri_app::spaces::{self, Holder, Named, SpaceInput};
use dugri_app::{App, By, Error as AppError, invitations};
use dugri_core::{GroupId, PersonId, Role, spaces::Policy};
use serde::Deserialize;

use super::me::done;
use crate::answers::{form_again, screen_once};
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::views::people::{self as views, InviteForm, PeopleView, PersonLine, RightsView, SpaceLine};
use crate::{attr, t};

/// `GET /people`
pub async fn show(app: web::Data<App>, admin: Admin, shell: Shell) -> Result<HttpResponse, Error> {
    let view = view(app, &admin, &shell).await?;
    Ok(screen_once(views::people(&shell, &view)))
}

/// The form of an invitation.
#[derive(Debug, Deserialize)]
pub struct Invitation {
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

/// `POST /people`: the answer is the only screen that ever shows the link.
pub async fn invite(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    form: Form<Invitation>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let typed = InviteForm {
        email: form.email.clone(),
        name: form.name.clone(),
        name_he: form.name_he.clone(),
        title: form.title.clone(),
        language: form.language.clone(),
        admin: form.admin.is_some(),
        outsider: form.outsider.is_some(),
    };
    let input = PersonInput {
        email: form.email,
        name: form.name.clone(),
        name_he: form.name_he,
        title: form.title,
        language: form.language,
        admin: form.admin.is_some(),
        outsider: form.outsider.is_some(),
        ..PersonInput::default()
    };
    let (actor, used) = (admin.actor(), app.clone());
    let made = block(move || Ok::<_, Error>(people::invite(&used, By::Person(&actor), &input))).await?;
    match done(made)? {
        Ok((_, link)) => {
            let view = PeopleView {
                made: Some((form.name, link.address)),
                ..view(app, &admin, &shell).await?
            };
            Ok(screen_once(views::people(&shell, &view)))
        }
        Err(wrong) => {
            let view = PeopleView {
                invite: typed,
                wrong,
                ..view(app, &admin, &shell).await?
            };
            Ok(form_again(views::people(&shell, &view)))
        }
    }
}

/// `POST /people/{id}/link`: an invitation for who has no password yet, a reset for the others.
pub async fn link(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(id.into_inner());
    let (actor, used) = (admin.actor(), app.clone());
    let (row, link) = block(move || -> Result<_, AppError> {
        Ok((
            people::get(&used, &actor, person)?,
            invitations::make(&used, By::Person(&actor), person)?,
        ))
    })
    .await?;
    let made = Some((row.name_in(shell.language).to_owned(), link.address));
    let view = PeopleView {
        made,
        ..view(app, &admin, &shell).await?
    };
    Ok(screen_once(views::people(&shell, &view)))
}

/// `POST /people/{id}/activate`
pub async fn activate(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(id.into_inner());
    block(move || people::set_active(&app, By::Person(&admin.actor()), person, true)).await?;
    Ok(saved(&shell))
}

/// `POST /people/{id}/deactivate`: ends all sessions at once.
pub async fn deactivate(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(id.into_inner());
    block(move || people::set_active(&app, By::Person(&admin.actor()), person, false)).await?;
    Ok(saved(&shell))
}

/// `POST /people/{id}/promote`
pub async fn promote(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(id.into_inner());
    block(move || people::set_admin(&app, By::Person(&admin.actor()), person, true)).await?;
    Ok(saved(&shell))
}

/// `POST /people/{id}/demote`
pub async fn demote(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(id.into_inner());
    block(move || people::set_admin(&app, By::Person(&admin.actor()), person, false)).await?;
    Ok(saved(&shell))
}

fn saved(shell: &Shell) -> HttpResponse {
    see_other_saying(shell, "/people", t!(shell, "me-saved"), false)
}

/// The form of a new space.
#[derive(Debug, Deserialize)]
pub struct SpaceForm {
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
    admin: Admin,
    shell: Shell,
    form: Form<SpaceForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let input = SpaceInput {
        name: form.space_name,
        name_he: form.space_name_he,
        policy: form.policy,
        ..SpaceInput::default()
    };
    let (actor, used) = (admin.actor(), app.clone());
    let added = block(move || Ok::<_, Error>(spaces::add(&used, By::Person(&actor), &input))).await?;
    match done(added)? {
        Ok(_) => Ok(saved(&shell)),
        Err(mut wrong) => {
            for field in &mut wrong {
                field.field = format!("space_{}", field.field).into();
            }
            let view = PeopleView {
                wrong,
                ..view(app, &admin, &shell).await?
            };
            Ok(form_again(views::people(&shell, &view)))
        }
    }
}

/// `GET /people/spaces/{slug}`
pub async fn rights(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    slug: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let view = rights_view(app, &admin, &shell, slug.into_inner(), Vec::new()).await?;
    Ok(screen_once(views::rights(&shell, &view)))
}

/// The form of a role: an empty role takes it away.
#[derive(Debug, Deserialize)]
pub struct RoleForm {
    #[serde(default)]
    holder: String,
    #[serde(default)]
    role: String,
}

/// `POST /people/spaces/{slug}`
pub async fn set_role(
    app: web::Data<App>,
    admin: Admin,
    shell: Shell,
    slug: web::Path<String>,
    form: Form<RoleForm>,
) -> Result<HttpResponse, Error> {
    let slug = slug.into_inner();
    let role = match form.role.as_str() {
        "" => Ok(None),
        word => word.parse::<Role>().map(Some),
    };
    let (Some(holder), Ok(role)) = (holder(&form.holder), role) else {
        let wrong = vec![Wrong::new("holder", "error-unknown-choice")];
        let view = rights_view(app, &admin, &shell, slug, wrong).await?;
        return Ok(form_again(views::rights(&shell, &view)));
    };
    let at = slug.clone();
    block(move || spaces::set_role(&app, By::Person(&admin.actor()), &at, holder, role)).await?;
    Ok(see_other_saying(
        &shell,
        &format!("/people/spaces/{slug}"),
        t!(&shell, "me-saved"),
        false,
    ))
}

/// `person:7` or `group:3`.
fn holder(text: &str) -> Option<Holder> {
    let (kind, id) = text.split_once(':')?;
    let id = id.parse().ok()?;
    match kind {
        "person" => Some(Holder::Person(PersonId(id))),
        "group" => Some(Holder::Group(GroupId(id))),
        _ => None,
    }
}

async fn rights_view(
    app: web::Data<App>,
    admin: &Admin,
    shell: &Shell,
    slug: String,
    wrong: Vec<Wrong>,
) -> Result<RightsView, Error> {
    let actor = admin.actor();
    let found = block(move || spaces::rights(&app, &actor, &slug)).await?;
    let language = shell.language;
    let people = found
        .people
        .iter()
        .map(|p| (format!("person:{}", p.id), p.name_in(language).to_owned()));
    let groups = found.groups.iter().map(|g| {
        (
            format!("group:{}", g.id),
            format!("{} · {}", t!(shell, "rights-group"), g.name_in(language)),
        )
    });
    Ok(RightsView {
        roles: found
            .roles
            .iter()
            .map(|line| match &line.holder {
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
            })
            .collect(),
        holders: groups.chain(people).collect(),
        name: found.space.name_in(language).to_owned(),
        slug: found.space.slug,
        wrong,
    })
}

async fn view(app: web::Data<App>, admin: &Admin, shell: &Shell) -> Result<PeopleView, Error> {
    let actor = admin.actor();
    let (lines, all) = block(move || -> Result<_, AppError> {
        Ok((people::list(&app, &actor)?, spaces::list(&app, &actor)?))
    })
    .await?;
    let language = shell.language;
    let people = lines
        .iter()
        .map(|line| {
            let groups = line.groups.iter().map(|group| group.name_in(language).to_owned());
            let roles = line.roles.iter().filter_map(|(space, role)| {
                let space = all.iter().find(|row| row.id == *space)?;
                Some(format!(
                    "{}: {}",
                    space.name_in(language),
                    attr!(shell, views::role_key(*role))
                ))
            });
            PersonLine {
                id: line.person.id.0,
                name: line.person.name_in(language).to_owned(),
                title: line.person.title_in(language).to_owned(),
                email: line.person.email.clone(),
                admin: line.person.admin,
                outsider: line.person.outsider,
                active: line.person.active,
                invited: line.invited,
                rights: groups.chain(roles).collect::<Vec<_>>().join(" · "),
                seen: line.seen_at,
                me: line.person.id == admin.person.id,
            }
        })
        .collect();
    let spaces = all
        .iter()
        .map(|space| SpaceLine {
            slug: space.slug.clone(),
            name: space.name_in(language).to_owned(),
            icon: space.icon.clone(),
            pages: shell
                .spaces
                .iter()
                .find(|menu| menu.slug == space.slug)
                .map_or(0, |menu| menu.pages),
            reviewed: space.policy == Policy::Reviewed,
        })
        .collect();
    Ok(PeopleView {
        people,
        spaces,
        invite: InviteForm {
            language: language.to_string(),
            ..InviteForm::default()
        },
        ..PeopleView::default()
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
}
