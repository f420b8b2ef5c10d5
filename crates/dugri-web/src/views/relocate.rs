//! Bringing a page into another space.

use dugri_core::spaces::Policy;
use maud::{Markup, html};

use super::fields::{field_error, form_errors, select};
use super::parts::{Rule, empty, icon};
use super::steps::{Effects, TouchesView, confirm, step, touches};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;

/// A page to move.
#[derive(Clone, Debug)]
pub struct MoveView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// The name of the space where it lies.
    pub from: String,
    /// Where it can go: address and name.
    pub spaces: Vec<(String, String)>,
    /// Where it is to go.
    pub to: Option<(String, String)>,
    /// What was asked for.
    pub asked: String,
    /// The policy there, where it is another one.
    pub policy: Option<Policy>,
    /// The address then.
    pub address: Option<String>,
    /// What it touches.
    pub touches: Option<TouchesView>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /p/ID/-/move`
pub fn relocate(shell: &Shell, view: &MoveView) -> Markup {
    let at = format!("/p/{}/-/move", view.id);
    let content = html! {
        (form_errors(shell, &view.wrong))
        @match (&view.to, &view.touches) {
            (Some((slug, name)), Some(touched)) => {
                section.panel {
                    header { (icon("folder")) h2 { (t!(shell, "step-then")) } }
                    div.in.stack.g-2 {
                        p { del { bdi { (view.from) } } " " ins { bdi { (name) } } }
                        @if let Some(address) = &view.address { @if *address != view.href { p { bdi dir="ltr" { code { (address) } } } } }
                        @match view.policy {
                            Some(Policy::Reviewed) => { p { (t!(shell, "move-reviewed")) } }
                            Some(Policy::Open) => { p { (t!(shell, "move-open")) } }
                            None => {}
                        }
                        @if touched.files > 0 { p.m { (t!(shell, "move-files", count = touched.files)) } }
                    }
                }
                (touches(shell, touched, &Effects { links: "move-links", reports: "touches-reports-stay", waiting: "move-changes" }))
                form.stack method="post" action=(at) {
                    input type="hidden" name="space" value=(slug);
                    (confirm(shell, &view.href, "check", &t!(shell, "move-do", space = name.as_str()), false))
                }
            }
            _ => {
                @if view.spaces.is_empty() {
                    (empty(Rule::Broken, t!(shell, "move-nowhere"), t!(shell, "move-nowhere-text"), html! { a.btn href=(view.href) { (t!(shell, "back-to-page")) } }))
                } @else {
                    form.stack method="get" action=(at) {
                        p.m { (t!(shell, "move-from", space = view.from.as_str())) }
                        (select("space", t!(shell, "move-to"), &view.spaces, &view.asked))
                        (field_error(shell, "space", &view.wrong))
                        div.btns { button.btn.primary { (t!(shell, "step-preview")) } a.btn href=(view.href) { (t!(shell, "cancel")) } }
                    }
                }
            }
        }
    };
    step(shell, &view.href, &view.title, t!(shell, "move"), content)
}
