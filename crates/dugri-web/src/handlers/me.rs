//! One's own settings: profile, language and look, password, open sessions, API tokens. Each form stands for itself; one that is
//! wrong comes back with what was typed, the others as they are.

use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::people::{self, PreferencesInput};
use dugri_app::profile::{self, Photo, ProfileInput};
use dugri_app::tokens::{self, Scopes, TokenInput};
use dugri_app::{Actor, App, By, Error as AppError, sessions};
use dugri_core::people::Scope;
use dugri_core::{SessionId, TokenId};
use serde::Deserialize;

use crate::answers::{form_again, screen_once};
use crate::bridge::{block, run};
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::me::{self as views, MeView, ProfileForm, SessionLine, TokenLine};
use crate::views::parts::Face;
use crate::{t, uploads};

/// `GET /me`
pub async fn show(app: web::Data<App>, shell: Shell, viewer: Viewer) -> Result<HttpResponse, Error> {
    let view = view_of(&app, &shell, &viewer).await?;
    Ok(screen_once(views::me(&shell, &view)))
}

/// How one wants the interface.
#[derive(Debug, Deserialize)]
pub struct PreferencesForm {
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
    shortcuts: Option<String>,
}

/// `POST /me`
pub async fn set_preferences(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    form: Form<PreferencesForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let language = form.language.parse().unwrap_or(shell.language);
    let input = PreferencesInput {
        language: form.language,
        theme: form.theme,
        shortcuts: form.shortcuts.is_some(),
    };
    let (owned, actor) = (app.clone(), viewer.actor());
    match run(move || people::set_preferences(&owned, &actor, &input)).await? {
        // In the language that was just chosen.
        Ok(()) => Ok(see_other_saying(&shell, "/me", t!(language, "me-saved"), false)),
        Err(wrong) => again(&app, &shell, &viewer, wrong, |_| {}).await,
    }
}

/// `POST /me/profile`
pub async fn set_profile(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let (pairs, file) = uploads::read(&req, payload, app.config().file_bytes_max).await?;
    let text = |name: &str| pairs.get(name).to_owned();
    let (phone, expertise, home) = (text("phone"), text("expertise"), text("home"));
    let input = ProfileInput {
        phone: Some(phone.clone()),
        expertise: Some(expertise.clone()),
        home: Some(home.clone()).filter(|home| !home.is_empty()),
        photo: match file {
            Some(file) => Photo::Is(file.bytes),
            None if pairs.is_on("no_photo") => Photo::Gone,
            None => Photo::Stays,
        },
    };
    let (owned, actor) = (app.clone(), viewer.actor());
    match run(move || profile::set(&owned, &actor, input)).await? {
        Ok(()) => Ok(see_other_saying(&shell, "/me", t!(&shell, "me-saved"), false)),
        Err(wrong) => {
            again(&app, &shell, &viewer, wrong, |view| {
                (view.profile.phone, view.profile.expertise) = (phone, expertise);
                view.profile.home = home;
            })
            .await
        }
    }
}

/// A new password.
#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    new_password: String,
}

/// `POST /me/password`: every other session ends.
pub async fn change_password(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    form: Form<PasswordForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let (owned, actor, keep) = (app.clone(), viewer.actor(), viewer.session());
    let change =
        move || sessions::change_password(&owned, &actor, keep, &form.current_password, &form.new_password);
    match run(change).await? {
        Ok(()) => Ok(see_other_saying(
            &shell,
            "/me",
            t!(&shell, "me-password-changed"),
            false,
        )),
        Err(wrong) => again(&app, &shell, &viewer, wrong, |_| {}).await,
    }
}

/// `POST /me/sessions/{session}/end`
pub async fn end_session(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    path: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let session = SessionId(path.into_inner());
    let actor = viewer.actor();
    block(move || sessions::end(&app, &actor, session)).await?;
    Ok(see_other_saying(
        &shell,
        "/me",
        t!(&shell, "me-session-ended"),
        false,
    ))
}

/// A token to be made. Scopes are boxes: those that are ticked come along.
#[derive(Debug, Deserialize)]
pub struct TokenForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    days: String,
    #[serde(rename = "scope.read")]
    read: Option<String>,
    #[serde(rename = "scope.write")]
    write: Option<String>,
    #[serde(rename = "scope.intel")]
    intel: Option<String>,
}

impl TokenForm {
    fn input(&self) -> Result<TokenInput, AppError> {
        let days = match self.days.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| AppError::field("days", "error-days"))?),
        };
        let ticked = [
            (Scope::Read, &self.read),
            (Scope::Write, &self.write),
            (Scope::Intel, &self.intel),
        ];
        let scopes = ticked
            .into_iter()
            .filter(|(_, box_)| box_.is_some())
            .map(|(scope, _)| scope);
        Ok(TokenInput {
            name: self.name.clone(),
            scopes: Scopes::new(scopes),
            days,
        })
    }
}

/// `POST /me/tokens`: the answer shows the token, this once.
pub async fn make_token(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    form: Form<TokenForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let name = form.name.clone();
    let (owned, actor) = (app.clone(), viewer.actor());
    let make = move || tokens::make(&owned, By::Person(&actor), actor.person(), form.input()?);
    match run(make).await? {
        Ok(secret) => {
            let made = Some(secret.reveal().to_owned());
            let view = MeView {
                made,
                ..view_of(&app, &shell, &viewer).await?
            };
            Ok(screen_once(views::me(&shell, &view)))
        }
        Err(wrong) => again(&app, &shell, &viewer, wrong, |view| view.token_name = name).await,
    }
}

/// `POST /me/tokens/{token}/end`
pub async fn end_token(
    app: web::Data<App>,
    shell: Shell,
    viewer: Viewer,
    path: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let token = TokenId(path.into_inner());
    let actor = viewer.actor();
    block(move || tokens::end(&app, &actor, token)).await?;
    Ok(see_other_saying(
        &shell,
        "/me",
        t!(&shell, "me-token-ended"),
        false,
    ))
}

async fn again(
    app: &web::Data<App>,
    shell: &Shell,
    viewer: &Viewer,
    wrong: Vec<Wrong>,
    keep: impl FnOnce(&mut MeView),
) -> Result<HttpResponse, Error> {
    let mut view = view_of(app, shell, viewer).await?;
    view.wrong = wrong;
    keep(&mut view);
    Ok(form_again(views::me(shell, &view)))
}

async fn view_of(app: &web::Data<App>, shell: &Shell, viewer: &Viewer) -> Result<MeView, Error> {
    let (owned, actor) = (app.clone(), viewer.actor());
    let (rows, tokens, groups) = block(move || lists(&owned, &actor)).await?;
    let this = viewer.session();
    let person = &viewer.person;
    Ok(MeView {
        face: Face::of_row(person, shell.language),
        title: person.title_in(shell.language).to_owned(),
        email: person.email.clone(),
        profile: ProfileForm {
            person: person.id.0,
            phone: person.phone.clone().unwrap_or_default(),
            expertise: person.expertise.clone().unwrap_or_default(),
            home: groups
                .iter()
                .find(|group| Some(group.id) == person.home_group_id)
                .map(|group| group.slug.clone())
                .unwrap_or_default(),
            groups: groups
                .iter()
                .map(|group| (group.slug.clone(), group.name_in(shell.language).to_owned()))
                .collect(),
            photo: person.photo.is_some(),
        },
        language: person.language,
        theme: person.theme.as_str().to_owned(),
        shortcuts: person.shortcuts,
        sessions: rows
            .into_iter()
            .map(|row| SessionLine {
                id: row.id.0,
                this: this == Some(row.id),
                agent: row.agent,
                address: row.address,
                seen: row.seen_at,
            })
            .collect(),
        tokens: tokens
            .into_iter()
            .map(|row| TokenLine {
                id: row.id.0,
                scopes: row.scopes.to_string(),
                name: row.name,
                seen: row.seen_at,
                expires: row.expires_at,
            })
            .collect(),
        ..MeView::default()
    })
}

type Lists = (
    Vec<sessions::SessionRow>,
    Vec<tokens::TokenRow>,
    Vec<profile::GroupRow>,
);

fn lists(app: &App, actor: &Actor) -> Result<Lists, AppError> {
    Ok((
        sessions::list(app, actor)?,
        tokens::list(app, actor)?,
        profile::groups(app, actor)?,
    ))
}
