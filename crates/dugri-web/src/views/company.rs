//! The company's name, colour and logo.

use maud::{Markup, html};

use super::fields::{Field, field_error, form_errors};
use super::layout::{Here, Screen, screen};
use super::people::{Section, sections};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;

/// Our own colour, where none was chosen.
const OURS: &str = "#1f4fc6";

/// What is said of the company, as it is or as it was typed.
#[derive(Clone, Debug, Default)]
pub struct CompanyForm {
    /// The name.
    pub name: String,
    /// The colour; empty for ours.
    pub colour: String,
}

/// `GET /people/company`
pub fn company(shell: &Shell, form: &CompanyForm, wrong: &[Wrong]) -> Markup {
    let colour = if form.colour.is_empty() {
        OURS
    } else {
        &form.colour
    };
    let main = html! {
        div.wrap {
            div.head { div { h1 { (t!(shell, "company-title")) } p { (t!(shell, "company-lead")) } } }
            (sections(shell, Section::Company))
            (form_errors(shell, wrong))
            form.panel.pad.stack.narrow method="post" action="/people/company" enctype="multipart/form-data" {
                (Field::new("company", t!(shell, "company"), &form.name).autocomplete("organization").show(shell, wrong))
                div.field {
                    label.check { input type="checkbox" name="own_colour" value="yes" checked[!form.colour.is_empty()]; span { (t!(shell, "company-own-colour")) } }
                    label for="f-colour" { (t!(shell, "company-colour")) }
                    input.in-t.swatch #f-colour type="color" name="colour" value=(colour) aria-describedby="h-colour";
                    p.hint #h-colour { (t!(shell, "company-colour-hint")) }
                    (field_error(shell, "colour", wrong))
                }
                div.field {
                    label for="f-logo" { (t!(shell, "company-logo")) }
                    @if let Some(logo) = &shell.company.logo { p { img.company-logo src={ "/company/logo?v=" (logo) } alt=(shell.company.name); } label.check { input type="checkbox" name="no_logo" value="yes"; span { (t!(shell, "company-no-logo")) } } }
                    input.in-t #f-logo type="file" name="logo" accept="image/png,image/jpeg,image/webp" aria-describedby="h-logo";
                    p.hint #h-logo { (t!(shell, "company-logo-hint")) }
                    (field_error(shell, "logo", wrong))
                }
                div { button.btn.primary { (t!(shell, "save")) } }
            }
        }
    };
    let crumbs = vec![
        ("/people".to_owned(), t!(shell, "people-and-spaces").to_owned()),
        (String::new(), t!(shell, "company-title").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "company-title"), Here::People, main).crumbs("/people", crumbs),
    )
}
