//! The own settings: language, theme, keys, password, open sessions, API tokens.

use actix_web::{HttpResponse, web};
use dugri_app::people::{PreferencesInput, set_preferences};
use dugri_app::tokens::{self, Scopes, TokenInput};
use dugri_app::{App, By, Error as AppError, sessions};
use dugri_core::people::Scope;
use dugri_core::{SessionId, TokenId};
use serde::Deserialize;

use crate::answers::{form_again, screen_once};
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::me::{self as views, MeView, SessionLine, TokenLine};

/// `GET /me`
pub async fn show(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let view = view(app, &viewer, &shell).await?;
    Ok(screen_once(views::me(&shell, &view)))
}

/// The form of language and look.
#[derive(Debug, Deserialize)]
pub struct PreferencesForm {
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
    shortcuts: Option<String>,
}

/// `POST /me`
pub async fn preferences(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<PreferencesForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let input = PreferencesInput {
        language: form.language,
        theme: form.theme,
        shortcuts: form.shortcuts.is_some(),
    };
    let actor = viewer.actor();
    let kept = app.clone();
    match done(block(move || Ok::<_, Error>(set_preferences(&kept, &actor, &input))).await?)? {
        Ok(()) => Ok(see_other_saying(&shell, "/me", t!(&shell, "me-saved"), false)),
        Err(wrong) => again(app, &viewer, &shell, wrong, String::new()).await,
    }
}

/// The form of a new password.
#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    new_password: String,
}

/// `POST /me/password`: ends all other sessions.
pub async fn password(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<PasswordForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let (actor, keep, used) = (viewer.actor(), viewer.session(), app.clone());
    let changed = block(move || {
        Ok::<_, Error>(sessions::change_password(
            &used,
            &actor,
            keep,
            &form.current_password,
            &form.new_password,
        ))
    })
    .await?;
    match done(changed)? {
        Ok(()) => Ok(see_other_saying(
            &shell,
            "/me",
            t!(&shell, "me-password-changed"),
            false,
        )),
        Err(wrong) => again(app, &viewer, &shell, wrong, String::new()).await,
    }
}

/// `POST /me/sessions/{id}/end`
pub async fn end_session(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let session = SessionId(id.into_inner());
    block(move || sessions::end(&app, &viewer.actor(), session)).await?;
    Ok(see_other_saying(
        &shell,
        "/me",
        t!(&shell, "me-session-ended"),
        false,
    ))
}

/// The form of a new token.
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

/// `POST /me/tokens`: the answer is the only screen that ever shows the token.
pub async fn make_token(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<TokenForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let days = match form.days.trim() {
        "" => None,
        days => match days.parse() {
            Ok(days) => Some(days),
            Err(_) => {
                return again(
                    app,
                    &viewer,
                    &shell,
                    vec![Wrong::new("days", "error-days")],
                    form.name,
                )
                .await;
            }
        },
    };
    let chosen = [
        (Scope::Read, form.read),
        (Scope::Write, form.write),
        (Scope::Intel, form.intel),
    ];
    let scopes = Scopes::new(
        chosen
            .into_iter()
            .filter(|(_, chosen)| chosen.is_some())
            .map(|(scope, _)| scope),
    );
    let input = TokenInput {
        name: form.name.clone(),
        scopes,
        days,
    };
    let (actor, used) = (viewer.actor(), app.clone());
    let made =
        block(move || Ok::<_, Error>(tokens::make(&used, By::Person(&actor), actor.person(), input))).await?;
    match done(made)? {
        Ok(secret) => {
            let view = MeView {
                made: Some(secret.reveal().to_owned()),
                ..view(app, &viewer, &shell).await?
            };
            Ok(screen_once(views::me(&shell, &view)))
        }
        Err(wrong) => again(app, &viewer, &shell, wrong, form.name).await,
    }
}

/// `POST /me/tokens/{id}/end`
pub async fn end_token(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let token = TokenId(id.into_inner());
    block(move || tokens::end(&app, &viewer.actor(), token)).await?;
    Ok(see_other_saying(
        &shell,
        "/me",
        t!(&shell, "me-token-ended"),
        false,
    ))
}

/// Wrong fields apart from all other failures.
pub(super) fn done<T>(result: Result<T, AppError>) -> Result<Result<T, Vec<Wrong>>, Error> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(AppError::Invalid(fields)) => Ok(Err(fields.into_iter().map(Wrong::from).collect())),
        Err(other) => Err(other.into()),
    }
}

async fn again(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    wrong: Vec<Wrong>,
    token_name: String,
) -> Result<HttpResponse, Error> {
    let view = MeView {
        wrong,
        token_name,
        ..view(app, viewer, shell).await?
    };
    Ok(form_again(views::me(shell, &view)))
}

async fn view(app: web::Data<App>, viewer: &Viewer, shell: &Shell) -> Result<MeView, Error> {
    let actor = viewer.actor();
    let (open, made) = block(move || -> Result<_, AppError> {
        Ok((sessions::list(&app, &actor)?, tokens::list(&app, &actor)?))
    })
    .await?;
    let person = &viewer.person;
    Ok(MeView {
        name: person.name_in(shell.language).to_owned(),
        title: person.title_in(shell.language).to_owned(),
        email: person.email.clone(),
        language: person.language,
        theme: person.theme.to_string(),
        shortcuts: person.shortcuts,
        sessions: open
            .into_iter()
            .map(|row| SessionLine {
                id: row.id.0,
                agent: browser(&row.agent),
                address: row.address,
                seen: row.seen_at,
                this: viewer.session() == Some(row.id),
            })
            .collect(),
        tokens: made
            .into_iter()
            .map(|row| TokenLine {
                id: row.id.0,
                name: row.name,
                scopes: row.scopes.to_string(),
                seen: row.seen_at,
                expires: row.expires_at,
            })
            .collect(),
        ..MeView::default()
    })
}

/// The browser and the system in what a browser calls itself; all of it where neither is known.
fn browser(agent: &str) -> String {
    let first = |names: &[&'static str]| names.iter().find(|name| agent.contains(**name)).copied();
    let name = first(&["Edg", "OPR", "Firefox", "Chrome", "Safari"]).map(|name| match name {
        "Edg" => "Edge",
        "OPR" => "Opera",
        name => name,
    });
    let system = first(&["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_named_in_two_words() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36";
        assert_eq!(browser(chrome), "Chrome, Linux");
        assert_eq!(
            browser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"),
            "Safari, iPhone"
        );
        assert_eq!(browser("curl/8"), "curl/8");
    }
}
