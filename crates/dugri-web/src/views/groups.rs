//! Groups: who is in them, for site admins.

use dugri_core::spaces::GroupKind;
use maud::{Markup, html};

use super::fields::{Field, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::parts::{Face, avatar, icon};
use super::people::{Section, sections};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, key, t};

/// A group in the list.
#[derive(Clone, Debug)]
pub struct GroupLine {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// What sort of group it is.
    pub kind: GroupKind,
    /// Who is in it: keys and names.
    pub members: Vec<(i64, Face)>,
}

/// All groups.
#[derive(Clone, Debug, Default)]
pub struct GroupsView {
    /// The groups, by name.
    pub groups: Vec<GroupLine>,
    /// Who can be put into one: keys and names.
    pub people: Vec<(i64, String)>,
    /// The name of a new one, as it was typed.
    pub name: String,
    /// Its name in Hebrew.
    pub name_he: String,
    /// Its sort, as a word.
    pub kind: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

fn kind_key(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Team => key!("group-team"),
        GroupKind::Department => key!("group-department"),
        GroupKind::Branch => key!("group-branch"),
        GroupKind::Region => key!("group-region"),
        GroupKind::Other => key!("group-other"),
    }
}

/// `GET /people/groups`
pub fn groups(shell: &Shell, view: &GroupsView) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "groups")) } p { (t!(shell, "groups-lead")) } } }
            (sections(shell, Section::Groups))
            (form_errors(shell, &view.wrong))
            div.stack.g-5 { @for group in &view.groups { (panel(shell, group, &view.people)) } }
            (new_group(shell, view))
        }
    };
    let crumbs = vec![
        ("/people".to_owned(), t!(shell, "people-and-spaces").to_owned()),
        (String::new(), t!(shell, "groups").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "groups"), Here::People, main).crumbs("/people", crumbs),
    )
}

fn panel(shell: &Shell, group: &GroupLine, people: &[(i64, String)]) -> Markup {
    let action = format!("/people/groups/{}", group.id);
    let heading = format!("h-group-{}", group.id);
    let field = format!("f-group-{}", group.id);
    html! {
        section.panel aria-labelledby=(heading) {
            header { (icon("users")) h2 id=(heading) { bdi { (group.name) } } span.m { (t!(shell, kind_key(group.kind))) } span.count { (group.members.len()) } }
            @if !group.members.is_empty() {
                ul.rows { @for (person, face) in &group.members { li {
                    (avatar(face, false))
                    div { bdi { (face) } }
                    div.end { form.inline method="post" action=(action) {
                        input type="hidden" name="person" value=(person);
                        input type="hidden" name="leave" value="yes";
                        button.btn.sm aria-label=(attr!(shell, "group-leave-who", name = face.name.as_str())) { (t!(shell, "group-leave")) }
                    } }
                } } }
            }
            form.in.rowx method="post" action=(action) {
                label.vh for=(field) { (t!(shell, "group-join-who", name = group.name.as_str())) }
                select.in-t id=(field) name="person" {
                    @for (person, name) in people.iter().filter(|(id, _)| !group.members.iter().any(|(own, _)| own == id)) {
                        option value=(person) { (name) }
                    }
                }
                button.btn { (t!(shell, "group-join")) }
            }
        }
    }
}

fn new_group(shell: &Shell, view: &GroupsView) -> Markup {
    let kinds: Vec<_> = GroupKind::ALL
        .iter()
        .map(|kind| (kind.as_str().to_owned(), t!(shell, kind_key(*kind)).to_owned()))
        .collect();
    html! {
        details.panel.mt open[!view.wrong.is_empty()] {
            summary.pad { span.rowx { (icon("plus")) b { (t!(shell, "group-new")) } } }
            form.in.stack.pad method="post" action="/people/groups" {
                (Field::new("name", t!(shell, "people-name"), &view.name).show(shell, &view.wrong))
                (Field::new("name_he", t!(shell, "people-name-he"), &view.name_he).optional(t!(shell, "optional")).show(shell, &view.wrong))
                (select("kind", t!(shell, "group-kind"), &kinds, &view.kind))
                div { button.btn { (t!(shell, "group-new")) } }
            }
        }
    }
}
