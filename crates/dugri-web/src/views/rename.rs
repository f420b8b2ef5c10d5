//! Giving a page another title, another address, and foreign paths that lead to it.

use dugri_core::pages::{SUMMARY_CHARS_MAX, TITLE_CHARS_MAX};
use maud::{Markup, html};

use super::fields::{Field, form_errors};
use super::parts::icon;
use super::steps::{Effects, TouchesView, confirm, step, touches};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;

/// A page to rename.
#[derive(Clone, Debug, Default)]
pub struct RenameView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title now.
    pub title: String,
    /// The title asked for.
    pub new_title: String,
    /// The readable end of the address now.
    pub slug: String,
    /// The same then.
    pub new_slug: String,
    /// What was typed for it.
    pub asked_slug: String,
    /// Why.
    pub summary: String,
    /// Whether something was asked that can be done.
    pub is_asked: bool,
    /// Whether the title changes.
    pub renames: bool,
    /// Whether it is published at once.
    pub at_once: bool,
    /// May choose the address.
    pub may_slug: bool,
    /// Another page of that name.
    pub namesake: Option<(String, String)>,
    /// May let foreign paths lead here.
    pub may_manage: bool,
    /// Foreign paths that lead here.
    pub paths: Vec<String>,
    /// A foreign path that was typed and refused.
    pub asked_path: Option<String>,
    /// What it touches.
    pub touches: TouchesView,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /p/ID/-/rename`
pub fn rename(shell: &Shell, view: &RenameView) -> Markup {
    let at = format!("/p/{}/-/rename", view.id);
    let optional = t!(shell, "optional");
    let fields = html! {
        (Field::new("title", t!(shell, "edit-name"), &view.new_title).at_most(TITLE_CHARS_MAX).show(shell, &view.wrong))
        @if view.may_slug { (Field::new("slug", t!(shell, "rename-slug"), &view.asked_slug).optional(optional).hint(t!(shell, "rename-slug-hint")).show(shell, &view.wrong)) }
        (Field::new("summary", t!(shell, "rename-why"), &view.summary).at_most(SUMMARY_CHARS_MAX).show(shell, &view.wrong))
    };
    let content = html! {
        (form_errors(shell, &view.wrong))
        @if view.is_asked {
            section.panel {
                header { (icon("pencil-line")) h2 { (t!(shell, "step-then")) } }
                div.in.stack.g-2 {
                    @if view.renames { p { del { bdi { (view.title) } } " " ins { bdi { (view.new_title.trim()) } } } }
                    @if view.slug != view.new_slug {
                        p { bdi dir="ltr" { code { "/p/" (view.id) "/" (view.new_slug) } } }
                        p.m { (t!(shell, "rename-old-address")) " " bdi dir="ltr" { code { "/p/" (view.id) "/" (view.slug) } } }
                    }
                    @if view.renames && !view.at_once { p.warn { (t!(shell, "rename-will-wait")) } }
                    @if let Some((href, title)) = &view.namesake { p.warn { (t!(shell, "rename-namesake")) " " a href=(href) { bdi { (title) } } } }
                }
            }
            (touches(shell, &view.touches, &Effects { links: "rename-links", reports: "touches-reports-stay", waiting: "rename-changes" }))
            form.stack method="post" action=(at) {
                (fields)
                (confirm(shell, &view.href, "check", t!(shell, "rename-do"), false))
            }
        } @else {
            form.stack method="get" action=(at) {
                (fields)
                div.btns { button.btn.primary { (t!(shell, "step-preview")) } a.btn href=(view.href) { (t!(shell, "cancel")) } }
            }
        }
        (foreign(shell, view))
    };
    step(shell, &view.href, &view.title, t!(shell, "rename"), content)
}

/// The foreign paths that lead to a page.
fn foreign(shell: &Shell, view: &RenameView) -> Markup {
    let at = format!("/p/{}/-/redirects", view.id);
    html! {
        @if view.may_manage || !view.paths.is_empty() {
            details.panel open[view.asked_path.is_some()] {
                summary.in { (t!(shell, "redirects")) " " span.m { (view.paths.len()) } }
                div.in.stack {
                    p.m { (t!(shell, "redirects-text")) }
                    @if !view.paths.is_empty() { ul.rows { @for path in &view.paths { li {
                        (icon("globe")) code dir="ltr" { (path) }
                        @if view.may_manage { form.inline.end method="post" action=(at) {
                            input type="hidden" name="path" value=(path); input type="hidden" name="remove" value="yes";
                            button.btn.quiet.sm { (t!(shell, "remove")) }
                        } }
                    } } } }
                    @if view.may_manage { form.stack method="post" action=(at) {
                        (Field::new("path", t!(shell, "redirect-path"), view.asked_path.as_deref().unwrap_or_default()).ltr().hint(t!(shell, "redirect-hint")).show(shell, &view.wrong))
                        div { button.btn { (icon("plus")) (t!(shell, "redirect-add")) } }
                    } }
                }
            }
        }
    }
}
