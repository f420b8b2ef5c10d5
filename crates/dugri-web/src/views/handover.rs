//! Closing an account: what hangs on the person, and to whom it goes.

use dugri_app::handover::Hanging;
use dugri_core::PublicId;
use maud::{Markup, html};

use super::fields::{field_error, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::parts::icon;
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, t};

/// `GET /people/PERSON/deactivate`
pub fn close(shell: &Shell, hanging: &Hanging, to: &str, wrong: &[Wrong]) -> Markup {
    let language = shell.language;
    let name = hanging.person.name_in(language);
    let nothing = hanging.pages.is_empty() && hanging.intel.is_empty();
    let nobody = (String::new(), t!(shell, "handover-nobody").to_owned());
    let takers: Vec<_> = std::iter::once(nobody)
        .chain(
            hanging
                .takers
                .iter()
                .map(|person| (person.id.to_string(), person.name_in(language).to_owned())),
        )
        .collect();
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "handover-title", name = name)) } p { (t!(shell, "handover-lead")) } } }
            (form_errors(shell, wrong))
            (pages(t!(shell, "handover-pages"), &hanging.pages))
            @if !hanging.intel.is_empty() {
                section.panel.mb { header { (icon("radio-tower")) h2 { (t!(shell, "handover-intel")) } span.count { (hanging.intel.len()) } }
                    ul.rows { @for id in &hanging.intel { li { a.t href={ "/intel/" (id) } { bdi { "#" (id) } } } } } }
            }
            (pages(t!(shell, "handover-changes"), &hanging.changes))
            @if nothing { p.mute { (t!(shell, "handover-nothing")) } }
            form.panel.pad.stack.mt method="post" action={ "/people/" (hanging.person.id) "/deactivate" } {
                @if !nothing { (select("to", t!(shell, "handover-to"), &takers, to)) (field_error(shell, "to", wrong)) }
                div.btns { button.btn.danger { (icon("circle-x")) (t!(shell, "people-deactivate")) } a.btn.quiet href="/people" { (t!(shell, "cancel")) } }
            }
        }
    };
    let crumbs = vec![
        ("/people".to_owned(), t!(shell, "people-and-spaces").to_owned()),
        (String::new(), name.to_owned()),
    ];
    let title = attr!(shell, "handover-title", name = name);
    screen(
        shell,
        Screen::new(title, Here::People, main).crumbs("/people", crumbs),
    )
}

fn pages(heading: &str, pages: &[(PublicId, String)]) -> Markup {
    html! {
        @if !pages.is_empty() {
            section.panel.mb { header { (icon("file-text")) h2 { (heading) } span.count { (pages.len()) } }
                ul.rows { @for (id, title) in pages { li { a.t href={ "/p/" (id) } { bdi { (title) } } } } } }
        }
    }
}
