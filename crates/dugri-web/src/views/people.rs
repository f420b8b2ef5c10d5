//! People and spaces, for site admins: who is here, who may do what where, one-time links.

use chrono::{DateTime, Utc};
use dugri_app::spaces::SpaceInput;
use dugri_core::Role;
use maud::{Markup, html};

use super::fields::{Field, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::me::one_time_secret;
use super::parts::{Face, avatar, icon};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, key, t};

/// The word of a role.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::SubmitOnly => key!("role-submit-only"),
        Role::Reader => key!("role-reader"),
        Role::Contributor => key!("role-contributor"),
        Role::Editor => key!("role-editor"),
        Role::Publisher => key!("role-publisher"),
        Role::Manager => key!("role-manager"),
    }
}

/// Somebody in the list.
#[derive(Clone, Debug)]
pub struct PersonLine {
    /// The key.
    pub id: i64,
    /// The name and the photo.
    pub face: Face,
    /// The role title.
    pub title: String,
    /// The address.
    pub email: String,
    /// A site admin.
    pub admin: bool,
    /// From outside.
    pub outsider: bool,
    /// May sign in.
    pub active: bool,
    /// An invitation is open.
    pub invited: bool,
    /// Groups and spaces with roles, in words.
    pub rights: String,
    /// When the person was seen last.
    pub seen: Option<DateTime<Utc>>,
    /// The one who looks.
    pub me: bool,
}

/// A space in the list.
#[derive(Clone, Debug)]
pub struct SpaceLine {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its icon.
    pub icon: String,
    /// How many pages.
    pub pages: i64,
    /// A publisher approves.
    pub reviewed: bool,
}

/// What was typed into the invitation.
#[derive(Clone, Debug, Default)]
pub struct InviteForm {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: String,
    /// The role title.
    pub title: String,
    /// The language.
    pub language: String,
    /// A site admin.
    pub admin: bool,
    /// From outside.
    pub outsider: bool,
}

/// What was typed as a new space.
#[derive(Clone, Debug, Default)]
pub struct SpaceForm {
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: String,
    /// The policy, as a word.
    pub policy: String,
}

/// People and spaces.
#[derive(Clone, Debug, Default)]
pub struct PeopleView {
    /// Everybody, by name.
    pub people: Vec<PersonLine>,
    /// All spaces.
    pub spaces: Vec<SpaceLine>,
    /// The invitation as it was typed.
    pub invite: InviteForm,
    /// The new space as it was typed.
    pub space: SpaceForm,
    /// A link that was just made: for whom, and the link. Shown once.
    pub made: Option<(String, String)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /people`
pub fn people(shell: &Shell, view: &PeopleView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "people-and-spaces")) } p { (t!(shell, "people-count", people = view.people.len(), spaces = view.spaces.len())) } }
                div.btns { a.btn href="/people/table" { (icon("table")) (t!(shell, "table-title")) } }
            }
            (sections(shell, Section::People))
            (form_errors(shell, &view.wrong))
            @if let Some((name, link)) = &view.made {
                section.panel.mb { header { (icon("mail-plus")) h2 { (t!(shell, "people-link-for", name = name.as_str())) } } div.in { p { (t!(shell, "people-link-once")) } (one_time_secret(shell, link)) } }
            }
            (table(shell, &view.people))
            (invite(shell, view))
            div.sec.mt { h2 { (t!(shell, "spaces")) } }
            div.panel.tw tabindex="0" role="region" aria-label=(attr!(shell, "spaces")) { table.tbl {
                thead { tr { th scope="col" { (t!(shell, "space-word")) } th.num scope="col" { (t!(shell, "search-pages")) } th scope="col" { (t!(shell, "people-policy")) } th scope="col" { span.vh { (t!(shell, "more-actions")) } } } }
                tbody { @for space in &view.spaces { tr {
                    td { span.rowx { (icon(&space.icon)) a.t href={ "/s/" (space.slug) } { bdi { (space.name) } } } }
                    td.num { (space.pages) }
                    td { @if space.reviewed { (t!(shell, "space-reviewed")) } @else { (t!(shell, "space-open")) } }
                    td { a href={ "/people/spaces/" (space.slug) } { (t!(shell, "people-rights")) } }
                } } }
            } }
            (new_space(shell, &view.space, &view.wrong))
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "people-and-spaces"), Here::People, main),
    )
}

/// The parts of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// People and spaces.
    People,
    /// Groups.
    Groups,
    /// The company.
    Company,
    /// The audit.
    Audit,
    /// Read-only.
    ReadOnly,
}

/// The way from one part of administration to another.
pub fn sections(shell: &Shell, here: Section) -> Markup {
    let tab = |section: Section, href: &str, text: &str| {
        let current = (section == here).then_some("page");
        html! { a href=(href) aria-current=[current] { (text) } }
    };
    html! {
        nav.tabs.mb aria-label=(attr!(shell, "people-sections")) {
            (tab(Section::People, "/people", t!(shell, "people-and-spaces")))
            (tab(Section::Groups, "/people/groups", t!(shell, "groups")))
            (tab(Section::Company, "/people/company", t!(shell, "company-title")))
            (tab(Section::Audit, "/people/audit", t!(shell, "audit")))
            (tab(Section::ReadOnly, "/people/read-only", t!(shell, "read-only")))
        }
    }
}

fn table(shell: &Shell, people: &[PersonLine]) -> Markup {
    html! {
        div.panel.tw tabindex="0" role="region" aria-label=(attr!(shell, "people")) { table.tbl {
            caption.vh { (t!(shell, "people")) }
            thead { tr {
                th scope="col" { (t!(shell, "people-name")) } th scope="col" { (t!(shell, "people-rights")) }
                th scope="col" { (t!(shell, "people-seen")) } th scope="col" { (t!(shell, "facet-state")) } th scope="col" { span.vh { (t!(shell, "more-actions")) } }
            } }
            tbody { @for person in people { tr {
                td { span.rowx { (avatar(&person.face, true)) span { a.t href={ "/people/" (person.id) } { bdi { (person.face) } } @if person.outsider { " " span.st data-st="due" { (icon("globe")) (t!(shell, "people-outsider")) } } br; span.m dir="ltr" { (person.email) } } } }
                td { @if person.admin { b { (t!(shell, "people-admin")) } " " } bdi { (person.rights) } }
                td.nw { @match person.seen { Some(at) => (shell.time_ago(at)), None => (t!(shell, "people-never")) } }
                td.nw { (state(shell, person)) }
                td { (person_menu(shell, person)) }
            } } }
        } }
    }
}

fn state(shell: &Shell, person: &PersonLine) -> Markup {
    html! {
        @if !person.active { span.st data-st="archived" { (icon("circle-x")) (t!(shell, "people-inactive")) } }
        @else if person.invited { span.st data-st="review" { (icon("eye")) (t!(shell, "people-invited")) } }
        @else { span.st data-st="current" { (icon("badge-check")) (t!(shell, "people-active")) } }
    }
}

fn person_menu(shell: &Shell, person: &PersonLine) -> Markup {
    let at = |verb: &str| format!("/people/{}/{verb}", person.id);
    let post = |verb: &str, icon_name: &str, text: &str| html! { li { form.inline method="post" action=(at(verb)) { button { (icon(icon_name)) span { (text) } } } } };
    html! {
        details.menu-box {
            summary.btn.quiet.ico aria-label=(attr!(shell, "people-actions", name = person.face.name.as_str())) { (icon("ellipsis")) }
            div.pop { ul.menu {
                @if person.active { (post("link", "key-round", t!(shell, "people-new-link"))) }
                @if !person.me {
                    @if person.active { li { a href=(at("deactivate")) { (icon("circle-x")) span { (t!(shell, "people-deactivate")) } } } } @else { (post("activate", "user-check", t!(shell, "people-activate"))) }
                    @if person.admin { (post("demote", "user", t!(shell, "people-demote"))) } @else { (post("promote", "shield-alert", t!(shell, "people-promote"))) }
                }
            } }
        }
    }
}

fn invite(shell: &Shell, view: &PeopleView) -> Markup {
    let optional = t!(shell, "optional");
    let form = &view.invite;
    let languages = [
        ("he".to_owned(), "עברית".to_owned()),
        ("en".to_owned(), "English".to_owned()),
    ];
    html! {
        details.panel.mt open[!view.wrong.is_empty() && !form.email.is_empty()] {
            summary.pad { span.rowx { (icon("user-plus")) b { (t!(shell, "people-invite")) } } }
            form.in.stack.pad method="post" action="/people" {
                (Field::new("email", t!(shell, "work-email"), &form.email).kind("email").show(shell, &view.wrong))
                div.meta {
                    (Field::new("name", t!(shell, "people-name"), &form.name).show(shell, &view.wrong))
                    (Field::new("name_he", t!(shell, "people-name-he"), &form.name_he).optional(optional).show(shell, &view.wrong))
                    (Field::new("title", t!(shell, "people-title"), &form.title).optional(optional).show(shell, &view.wrong))
                    (select("language", t!(shell, "edit-language"), &languages, &form.language))
                }
                label.check { input type="checkbox" name="outsider" value="yes" checked[form.outsider]; span { (t!(shell, "people-outsider-check")) } }
                label.check { input type="checkbox" name="admin" value="yes" checked[form.admin]; span { (t!(shell, "people-admin-check")) } }
                div { button.btn.primary { (t!(shell, "people-invite-do")) } }
            }
        }
    }
}

fn new_space(shell: &Shell, form: &SpaceForm, wrong: &[Wrong]) -> Markup {
    let open = wrong.iter().any(|wrong| wrong.field.starts_with("space_"));
    html! {
        details.panel.mt open[open] {
            summary.pad { span.rowx { (icon("plus")) b { (t!(shell, "space-new")) } } }
            form.in.stack.pad method="post" action="/people/spaces" {
                div.meta {
                    (Field::new("space_name", t!(shell, "people-name"), &form.name).show(shell, wrong))
                    (Field::new("space_name_he", t!(shell, "people-name-he"), &form.name_he).optional(t!(shell, "optional")).show(shell, wrong))
                    (select("policy", t!(shell, "people-policy"), &policies(shell), if form.policy.is_empty() { "open" } else { &form.policy }))
                }
                div { button.btn { (t!(shell, "space-new")) } }
            }
        }
    }
}

fn policies(shell: &Shell) -> [(String, String); 2] {
    [
        ("open".to_owned(), t!(shell, "space-open").to_owned()),
        ("reviewed".to_owned(), t!(shell, "space-reviewed").to_owned()),
    ]
}

/// Who has which role in a space.
#[derive(Clone, Debug)]
pub struct RightsView {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The holders: `person:7` or `group:3`, the name, the face unless it is a group, the role.
    pub roles: Vec<(String, String, Option<Face>, Role)>,
    /// Who can be given one: value and name.
    pub holders: Vec<(String, String)>,
    /// What is said of the space, as it is or as it was typed.
    pub settings: SpaceInput,
    /// Whether the list of people and spaces is open to who looks.
    pub admin: bool,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /people/spaces/SPACE`
pub fn rights(shell: &Shell, view: &RightsView) -> Markup {
    let roles: Vec<_> = Role::ALL
        .iter()
        .map(|role| (role.as_str().to_owned(), t!(shell, role_key(*role)).to_owned()))
        .collect();
    let action = format!("/people/spaces/{}", view.slug);
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "rights-title", name = view.name.as_str())) } p { (t!(shell, "rights-lead")) } } }
            p.mb { a.btn href={ "/people/spaces/" (view.slug) "/reach" } { (icon("eye")) (t!(shell, "reach-short")) } }
            (form_errors(shell, &view.wrong))
            ul.rows { @for (holder, name, face, role) in &view.roles { li {
                @match face { Some(face) => (avatar(face, false)), None => (icon("users")) }
                div { b { bdi { (name) } } p.m { (t!(shell, role_key(*role))) } }
                div.end { form.inline method="post" action=(action) { input type="hidden" name="holder" value=(holder); input type="hidden" name="role" value=""; button.btn.sm { (t!(shell, "rights-take")) } } }
            } } }
            form.panel.stack.pad.mt method="post" action=(action) {
                div.meta { (select("holder", t!(shell, "rights-who"), &view.holders, "")) (select("role", t!(shell, "rights-role"), &roles, "reader")) }
                div { button.btn.primary { (t!(shell, "rights-give")) } }
            }
            (space_settings(shell, view))
        }
    };
    let (back, first) = if view.admin {
        (
            "/people".to_owned(),
            ("/people".to_owned(), t!(shell, "people-and-spaces").to_owned()),
        )
    } else {
        (
            format!("/s/{}", view.slug),
            (format!("/s/{}", view.slug), view.name.clone()),
        )
    };
    let last = if view.admin {
        view.name.clone()
    } else {
        t!(shell, "people-rights").to_owned()
    };
    screen(
        shell,
        Screen::new(
            attr!(shell, "rights-title", name = view.name.as_str()),
            Here::People,
            main,
        )
        .crumbs(back, vec![first, (String::new(), last)]),
    )
}

fn space_settings(shell: &Shell, view: &RightsView) -> Markup {
    let (form, wrong, optional) = (&view.settings, &view.wrong, t!(shell, "optional"));
    let languages = [
        ("he".to_owned(), "עברית".to_owned()),
        ("en".to_owned(), "English".to_owned()),
    ];
    html! {
        section.panel.mt aria-labelledby="h-space" {
            header { (icon("sliders-horizontal")) h2 #h-space { (t!(shell, "space-settings")) } }
            form.in.stack method="post" action={ "/people/spaces/" (view.slug) "/settings" } {
                div.meta {
                    (Field::new("name", t!(shell, "people-name"), &form.name).show(shell, wrong))
                    (Field::new("name_he", t!(shell, "people-name-he"), &form.name_he).optional(optional).show(shell, wrong))
                }
                (Field::new("description", t!(shell, "space-about"), &form.description).optional(optional).show(shell, wrong))
                (Field::new("description_he", t!(shell, "space-about-he"), &form.description_he).optional(optional).show(shell, wrong))
                div.meta {
                    (select("policy", t!(shell, "people-policy"), &policies(shell), &form.policy))
                    (select("language", t!(shell, "space-language"), &languages, &form.language))
                }
                input type="hidden" name="icon" value=(form.icon);
                div { button.btn { (t!(shell, "save")) } }
            }
        }
    }
}
