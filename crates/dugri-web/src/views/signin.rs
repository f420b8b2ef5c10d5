//! The doors: sign-in, the first set-up, and the one-time links of invitation and reset.

use maud::{Markup, html};

use super::fields::{Field, field_error, form_errors};
use super::layout::{door, logo};
use super::parts::icon_flip;
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;

/// The shortest password, as `security.md` 19 has it; said beside the field.
pub const PASSWORD_CHARS_MIN: usize = 12;

/// The sign-in form.
#[derive(Debug, Default)]
pub struct SignIn {
    /// What was typed as e-mail.
    pub email: String,
    /// Where to go afterwards: an own path.
    pub next: String,
    /// What is wrong. The same for unknown people and wrong passwords.
    pub wrong: Vec<Wrong>,
    /// Whom to ask, if somebody is known.
    pub helper: Option<String>,
}

/// `GET /signin`, and again with what was typed.
pub fn sign_in(shell: &Shell, form: &SignIn) -> Markup {
    let content = html! {
        form.stack.ifields method="post" action="/signin" {
            (head(t!(shell, "signin-title"), t!(shell, "signin-lead", company = shell.company.name.as_str())))
            (field_error(shell, "form", &form.wrong))
            input type="hidden" name="next" value=(form.next);
            (Field::new("email", t!(shell, "work-email"), &form.email).kind("email").autocomplete("username").placeholder("noa@orion.example").show(shell, &form.wrong))
            (Field::new("password", t!(shell, "password"), "").kind("password").autocomplete("current-password").show(shell, &form.wrong))
            button.btn.primary.big.full { (icon_flip("log-in")) (t!(shell, "sign-in")) }
        }
    };
    let foot = html! {
        @match &form.helper {
            Some(name) => (t!(shell, "signin-help-name", name = name.as_str())),
            None => (t!(shell, "signin-help")),
        }
    };
    door(shell, t!(shell, "sign-in"), false, content, foot)
}

/// The set-up form of the first admin.
#[derive(Debug, Default)]
pub struct Setup {
    /// The company's name.
    pub company: String,
    /// The admin's name.
    pub name: String,
    /// The admin's e-mail.
    pub email: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /setup`, while nobody exists.
pub fn setup(shell: &Shell, form: &Setup) -> Markup {
    let content = html! {
        form.stack.ifields method="post" action="/setup" {
            (head(t!(shell, "setup-title"), t!(shell, "setup-lead").to_owned()))
            (form_errors(shell, &form.wrong))
            (Field::new("company", t!(shell, "company"), &form.company).autocomplete("organization").show(shell, &form.wrong))
            (Field::new("name", t!(shell, "your-name"), &form.name).autocomplete("name").show(shell, &form.wrong))
            (Field::new("email", t!(shell, "work-email"), &form.email).kind("email").autocomplete("username").show(shell, &form.wrong))
            (new_password(shell, &form.wrong))
            button.btn.primary.big.full { (t!(shell, "setup-do")) }
        }
    };
    door(shell, t!(shell, "setup-title"), true, content, html! {})
}

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Somebody new chooses name and password.
    Invitation,
    /// Somebody known chooses a new password.
    Reset,
}

/// The form behind a one-time link.
#[derive(Debug)]
pub struct OneTime {
    /// What it is for.
    pub kind: LinkKind,
    /// Where the form is sent: the link itself.
    pub action: String,
    /// Whose it is.
    pub email: String,
    /// The name, as it was typed or is known.
    pub name: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /invite/TOKEN` and `GET /reset/TOKEN`.
pub fn one_time(shell: &Shell, form: &OneTime) -> Markup {
    let (title, lead) = match form.kind {
        LinkKind::Invitation => (
            t!(shell, "invite-title"),
            t!(shell, "invite-lead", company = shell.company.name.as_str()),
        ),
        LinkKind::Reset => (t!(shell, "reset-title"), t!(shell, "reset-lead").to_owned()),
    };
    let content = html! {
        form.stack.ifields method="post" action=(form.action) {
            (head(title, lead))
            (form_errors(shell, &form.wrong))
            div.field {
                label for="f-email" { (t!(shell, "work-email")) }
                input.in-t #f-email type="email" dir="ltr" name="email" autocomplete="username" value=(form.email) readonly;
            }
            @if form.kind == LinkKind::Invitation {
                (Field::new("name", t!(shell, "your-name"), &form.name).autocomplete("name").show(shell, &form.wrong))
            }
            (new_password(shell, &form.wrong))
            button.btn.primary.big.full { (t!(shell, "password-set")) }
        }
    };
    door(shell, title, true, content, html! {})
}

/// `GET` of a one-time link that was used, has ended or never was: all the same.
pub fn link_ended(shell: &Shell) -> Markup {
    let content = html! {
        (head(t!(shell, "link-ended-title"), t!(shell, "link-ended-text").to_owned()))
        a.btn.big.full href="/signin" { (t!(shell, "sign-in")) }
    };
    door(shell, t!(shell, "link-ended-title"), false, content, html! {})
}

fn head(title: &str, lead: String) -> Markup {
    html! { div { (logo()) h1 { (title) } p.mute { (lead) } } }
}

fn new_password(shell: &Shell, wrong: &[Wrong]) -> Markup {
    let hint = t!(shell, "password-hint", chars = PASSWORD_CHARS_MIN);
    Field::new("password", t!(shell, "password-new"), "")
        .kind("password")
        .autocomplete("new-password")
        .hint(&hint)
        .show(shell, wrong)
}
