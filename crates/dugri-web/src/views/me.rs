//! The own settings: language, theme, keyboard, password, open sessions, API tokens.

use chrono::{DateTime, Utc};
use dugri_core::people::{EXPERTISE_CHARS_MAX, Scope, Theme};
use maud::{Markup, html};

use super::fields::{Field, field_error, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::parts::{Face, avatar, icon, icon_flip};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, key, t};

/// An open session.
#[derive(Clone, Debug)]
pub struct SessionLine {
    /// Its key.
    pub id: i64,
    /// The browser, as it says.
    pub agent: String,
    /// From where.
    pub address: String,
    /// When it was used last.
    pub seen: DateTime<Utc>,
    /// The one that asks.
    pub this: bool,
}

/// An API token.
#[derive(Clone, Debug)]
pub struct TokenLine {
    /// Its key.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: String,
    /// When it was used last.
    pub seen: Option<DateTime<Utc>>,
    /// When it ends.
    pub expires: Option<DateTime<Utc>>,
}

/// What somebody says of themselves.
#[derive(Clone, Debug, Default)]
pub struct ProfileForm {
    /// The key: where the profile is.
    pub person: i64,
    /// The telephone number.
    pub phone: String,
    /// What colleagues can ask them about.
    pub expertise: String,
    /// The home team, by slug.
    pub home: String,
    /// Their groups: slug and name.
    pub groups: Vec<(String, String)>,
    /// Whether there is a photo.
    pub photo: bool,
}

/// The own settings.
#[derive(Clone, Debug, Default)]
pub struct MeView {
    /// The name and the photo.
    pub face: Face,
    /// The role title.
    pub title: String,
    /// The address.
    pub email: String,
    /// The language of the interface.
    pub language: dugri_core::Language,
    /// The theme, in its written form.
    pub theme: String,
    /// What is said of oneself, as it is or as it was typed.
    pub profile: ProfileForm,
    /// Keys without a modifier act.
    pub shortcuts: bool,
    /// Open sessions.
    pub sessions: Vec<SessionLine>,
    /// API tokens.
    pub tokens: Vec<TokenLine>,
    /// A token that was just made: shown once.
    pub made: Option<String>,
    /// What was typed as the name of a token.
    pub token_name: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

fn theme_key(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => key!("theme-auto"),
        Theme::Light => key!("theme-light"),
        Theme::Dark => key!("theme-dark"),
    }
}

fn scope_key(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => key!("scope-read"),
        Scope::Write => key!("scope-write"),
        Scope::Intel => key!("scope-intel"),
        Scope::Feeds => key!("scope-feeds"),
    }
}

/// `GET /me`
pub fn me(shell: &Shell, view: &MeView) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div.rowx { (avatar(&view.face, true)) div { h1 { bdi { (view.face) } } p.m { bdi { (view.title) } " · " bdi dir="ltr" { (view.email) } } } }
                @if shell.may().writes { div.btns { a.btn href="/drafts" { (icon("file-pen")) (t!(shell, "drafts")) } } } }
            (form_errors(shell, &view.wrong))
            div.stack.g-6 {
                (profile(shell, view))
                (preferences(shell, view))
                (password(shell, &view.wrong))
                (sessions(shell, view))
                (tokens(shell, view))
                form method="post" action="/signout" { button.btn { (icon_flip("log-out")) (t!(shell, "sign-out")) } }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "my-settings"), Here::Me, main))
}

fn profile(shell: &Shell, view: &MeView) -> Markup {
    let form = &view.profile;
    html! {
        section.panel aria-labelledby="h-profile" {
            header { (icon("user")) h2 #h-profile { (t!(shell, "me-profile")) }
                @if !shell.may().submit_only { a href={ "/people/" (form.person) } { (t!(shell, "me-profile-see")) } } }
            form.in.stack method="post" action="/me/profile" enctype="multipart/form-data" {
                div.field {
                    label for="f-photo" { (t!(shell, "profile-photo")) }
                    @if form.photo { label.check { input type="checkbox" name="no_photo" value="yes"; span { (t!(shell, "profile-no-photo")) } } }
                    input.in-t #f-photo type="file" name="photo" accept="image/png,image/jpeg,image/webp" aria-describedby="h-photo";
                    p.hint #h-photo { (t!(shell, "profile-photo-hint")) }
                    (field_error(shell, "photo", &view.wrong))
                }
                (Field::new("phone", t!(shell, "profile-phone"), &form.phone).kind("tel").ltr().autocomplete("tel").optional(t!(shell, "optional")).show(shell, &view.wrong))
                (Field::new("expertise", t!(shell, "profile-expertise"), &form.expertise).rows(2).at_most(EXPERTISE_CHARS_MAX).hint(t!(shell, "profile-expertise-hint")).optional(t!(shell, "optional")).show(shell, &view.wrong))
                @if form.groups.len() > 1 { (select("home", t!(shell, "profile-home"), &form.groups, &form.home)) (field_error(shell, "home", &view.wrong)) }
                div { button.btn { (t!(shell, "save")) } }
            }
        }
    }
}

fn preferences(shell: &Shell, view: &MeView) -> Markup {
    let languages = [
        ("he".to_owned(), "עברית".to_owned()),
        ("en".to_owned(), "English".to_owned()),
    ];
    let themes: Vec<_> = Theme::ALL
        .iter()
        .map(|theme| (theme.as_str().to_owned(), t!(shell, theme_key(*theme)).to_owned()))
        .collect();
    html! {
        section.panel aria-labelledby="h-pref" {
            header { (icon("sliders-horizontal")) h2 #h-pref { (t!(shell, "me-preferences")) } }
            form.in.stack method="post" action="/me" {
                (select("language", t!(shell, "edit-language"), &languages, view.language.as_str()))
                (select("theme", t!(shell, "me-theme"), &themes, &view.theme))
                label.check { input type="checkbox" name="shortcuts" value="yes" checked[view.shortcuts]; span { (t!(shell, "me-shortcuts")) } }
                div { button.btn { (t!(shell, "save")) } }
            }
            @if !shell.may().submit_only { p.in.m { a href="/me/searches" { (t!(shell, "searches-mine")) } } }
        }
    }
}

fn password(shell: &Shell, wrong: &[Wrong]) -> Markup {
    let hint = t!(shell, "password-hint", chars = super::signin::PASSWORD_CHARS_MIN);
    html! {
        section.panel aria-labelledby="h-pass" {
            header { (icon("key-round")) h2 #h-pass { (t!(shell, "password")) } }
            form.in.stack method="post" action="/me/password" {
                (Field::new("current_password", t!(shell, "me-password-now"), "").kind("password").autocomplete("current-password").show(shell, wrong))
                (Field::new("new_password", t!(shell, "password-new"), "").kind("password").autocomplete("new-password").hint(&hint).show(shell, wrong))
                p.m { (t!(shell, "reset-lead")) }
                div { button.btn { (t!(shell, "me-password-change")) } }
            }
        }
    }
}

fn sessions(shell: &Shell, view: &MeView) -> Markup {
    html! {
        section.panel aria-labelledby="h-sess" {
            header { (icon("monitor-smartphone")) h2 #h-sess { (t!(shell, "me-sessions")) } span.count { (view.sessions.len()) } }
            ul.rows { @for session in &view.sessions { li {
                (icon("globe"))
                div { b { bdi { (session.agent) } } p.m { bdi dir="ltr" { (session.address) } " · " (shell.time_moment(session.seen)) } }
                div.end {
                    @if session.this { span.m { (t!(shell, "me-session-this")) } }
                    @else { form.inline method="post" action={ "/me/sessions/" (session.id) "/end" } { button.btn.sm { (t!(shell, "me-session-end")) } } }
                }
            } } }
        }
    }
}

fn tokens(shell: &Shell, view: &MeView) -> Markup {
    html! {
        section.panel aria-labelledby="h-tok" {
            header { (icon("file-code")) h2 #h-tok { (t!(shell, "me-tokens")) } span.count { (view.tokens.len()) } }
            @if let Some(secret) = &view.made {
                div.in { p { (t!(shell, "me-token-once")) } (one_time_secret(shell, secret)) }
            }
            @if !view.tokens.is_empty() {
                ul.rows { @for token in &view.tokens { li {
                    (icon("key-round"))
                    div { b { bdi { (token.name) } } p.m { bdi dir="ltr" { (token.scopes) } " · "
                        @match token.seen { Some(at) => { (t!(shell, "me-token-used")) " " (shell.time_ago(at)) } None => (t!(shell, "me-token-unused")) }
                        @if let Some(at) = token.expires { " · " (t!(shell, "me-token-until")) " " (shell.time_short(at)) } } }
                    div.end { form.inline method="post" action={ "/me/tokens/" (token.id) "/end" } { button.btn.sm { (t!(shell, "me-token-end")) } } }
                } } }
            }
            form.in.stack method="post" action="/me/tokens" {
                (Field::new("name", t!(shell, "me-token-name"), &view.token_name).show(shell, &view.wrong))
                fieldset { legend { (t!(shell, "me-token-scopes")) }
                    @for scope in Scope::ALL.iter().filter(|scope| **scope != Scope::Feeds) { label.check { input type="checkbox" name={ "scope." (scope) } value="yes" checked[*scope == Scope::Read]; span { (t!(shell, scope_key(*scope))) } } }
                    (field_error(shell, "scopes", &view.wrong))
                }
                (Field::new("days", t!(shell, "me-token-days"), "").optional(t!(shell, "optional")).show(shell, &view.wrong))
                div { button.btn { (t!(shell, "me-token-make")) } }
            }
        }
    }
}

/// A secret that is shown once: a token, the link of an invitation.
pub fn one_time_secret(shell: &Shell, secret: &str) -> Markup {
    html! { p.secret { code dir="ltr" { (secret) } button.btn.quiet.ico.js-only type="button" data-copy=(secret) aria-label=(attr!(shell, "copy")) { (icon("copy")) } } }
}
