//! The bar below the text: why it changed, what caused it, who will see it, and the buttons that save.

use dugri_core::pages::SUMMARY_CHARS_MAX;
use maud::{Markup, html};

use super::{Edit, Saving, Text};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;
use crate::views::fields::{Field, field_error};
use crate::views::parts::icon;

/// The bar of an edit.
pub(super) fn publish_bar(shell: &Shell, view: &Edit) -> Markup {
    let seen = &view.seen_by;
    let seen_by = match view.saving {
        Saving::Publishes(_) => t!(
            shell,
            "edit-seen-by",
            count = seen.all,
            space = seen.space.as_str()
        ),
        Saving::Proposes => t!(
            shell,
            "edit-seen-after",
            count = seen.all,
            space = seen.space.as_str()
        ),
    };
    html! {
        div.pub {
            div.stack {
                (summary(shell, &view.text, &view.wrong))
                div.rowx.wrapx {
                    (cites(shell, &view.text, &view.reports, &view.wrong))
                    (check("minor", t!(shell, "edit-minor"), view.text.minor))
                    (check("material", t!(shell, "edit-material"), view.text.material))
                    @if view.may_verify { (check("verify", t!(shell, "edit-verify"), view.text.verify)) }
                }
                div.rowx.m { (icon("users")) span { (seen_by) @if seen.outsiders > 0 { " · " (t!(shell, "edit-seen-outsiders", count = seen.outsiders)) } } }
            }
            (preview_button(shell))
            div.btns {
                @match view.saving {
                    Saving::Publishes(number) => {
                        button.btn name="action" value="keep" { (t!(shell, "edit-keep")) }
                        button.btn.primary name="action" value="save" { (t!(shell, "edit-publish-number", number = number)) }
                    }
                    Saving::Proposes => { (save_button(shell)) }
                }
            }
        }
    }
}

/// The bar of a page that does not exist yet.
pub(super) fn save_bar(shell: &Shell, text: &Text, wrong: &[Wrong]) -> Markup {
    html! {
        div.pub {
            div.stack {
                (summary(shell, text, wrong))
                (cites(shell, text, &[], wrong))
            }
            (preview_button(shell))
            div.btns { (save_button(shell)) }
        }
    }
}

fn summary(shell: &Shell, text: &Text, wrong: &[Wrong]) -> Markup {
    Field::new("summary", t!(shell, "edit-summary"), &text.summary)
        .optional(t!(shell, "edit-summary-hint"))
        .at_most(SUMMARY_CHARS_MAX)
        .show(shell, wrong)
}

/// The numbers of reports; the script makes marks of them, and a list to choose from.
fn cites(shell: &Shell, text: &Text, reports: &[(i64, String)], wrong: &[Wrong]) -> Markup {
    html! {
        div.field data-cites {
            label for="f-cites" { (t!(shell, "edit-cites")) " " span.opt { (t!(shell, "optional")) } }
            input.in-t #f-cites name="cites" value=(text.cites) dir="ltr" list="report-list" placeholder="236, 221" aria-describedby="hint-cites";
            p.hint #hint-cites { (t!(shell, "edit-cites-hint")) }
            (field_error(shell, "cites", wrong))
            datalist #report-list { @for (number, what) in reports { option value=(number) { "#" (number) " " (what) } } }
        }
    }
}

fn check(name: &str, label: &str, is_on: bool) -> Markup {
    html! { label.check { input type="checkbox" name=(name) value="yes" checked[is_on]; span { (label) } } }
}

/// Needed where no script renders beside the text.
fn preview_button(shell: &Shell) -> Markup {
    html! { span.no-js-only { button.btn name="action" value="preview" { (icon("eye")) (t!(shell, "preview")) } } }
}

fn save_button(shell: &Shell) -> Markup {
    html! { button.btn.primary name="action" value="save" { (t!(shell, "save")) } }
}
