//! What is done to a page as a whole: one form each, with what it touches told before it happens.

use dugri_core::pages::{SUMMARY_CHARS_MAX, TITLE_CHARS_MAX};
use dugri_core::spaces::Policy;
use maud::{Markup, html};

use super::fields::{Field, field_error, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::parts::{Rule, empty, icon, icon_flip};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;

/// People, counted.
#[derive(Clone, Debug, Default)]
pub struct CrowdView {
    /// How many.
    pub count: usize,
    /// How many of them are from outside.
    pub outsiders: usize,
    /// Some by name, and whether they are from outside.
    pub some: Vec<(String, bool)>,
}

/// What a step touches.
#[derive(Clone, Debug, Default)]
pub struct TouchesView {
    /// Pages that link here: address and title.
    pub backlinks: Vec<(String, String)>,
    /// Foreign paths that lead here.
    pub redirects: Vec<String>,
    /// Pages that name this one as their successor.
    pub predecessors: i64,
    /// Whose changes wait.
    pub waiting: Vec<String>,
    /// Reports that wait.
    pub reports: i64,
    /// Files.
    pub files: usize,
    /// Who gains sight.
    pub gain: CrowdView,
    /// Who loses sight.
    pub lose: CrowdView,
}

/// What the links, reports and changes that are touched will do, each as a sentence's key.
pub(super) struct Effects {
    /// Of the links.
    pub(super) links: &'static str,
    /// Of the reports.
    pub(super) reports: &'static str,
    /// Of the changes that wait.
    pub(super) waiting: &'static str,
}

/// The list of what is touched. What is not there is not named.
pub(super) fn touches(shell: &Shell, touched: &TouchesView, effects: &Effects) -> Markup {
    let nothing = touched.backlinks.is_empty()
        && touched.redirects.is_empty()
        && touched.predecessors == 0
        && touched.waiting.is_empty()
        && touched.reports == 0
        && touched.gain.count == 0
        && touched.lose.count == 0;
    html! {
        section.panel aria-labelledby="touches" {
            header { (icon("scan-search")) h2 #touches { (t!(shell, "touches")) } }
            @if nothing { p.in.mute { (t!(shell, "touches-nothing")) } }
            @else { ul.rows {
                @if touched.lose.count > 0 { (crowd(shell, "eye", "touches-lose", &touched.lose)) }
                @if touched.gain.count > 0 { (crowd(shell, "user-plus", "touches-gain", &touched.gain)) }
                @if !touched.backlinks.is_empty() {
                    li { (icon("link")) div {
                        b { (t!(shell, "touches-backlinks", count = touched.backlinks.len())) }
                        p.m { (t!(shell, effects.links)) }
                        ul.plain-list { @for (href, title) in touched.backlinks.iter().take(20) { li { a href=(href) { bdi { (title) } } } } }
                        @if touched.backlinks.len() > 20 { p.m { (t!(shell, "touches-more", count = touched.backlinks.len() - 20)) } }
                    } }
                }
                @if !touched.redirects.is_empty() { li { (icon("globe")) div {
                    b { (t!(shell, "touches-redirects", count = touched.redirects.len())) } p.m { (t!(shell, "touches-redirects-stay")) }
                } } }
                @if touched.predecessors > 0 { li { (icon("circle-slash")) div {
                    b { (t!(shell, "touches-predecessors", count = touched.predecessors)) } p.m { (t!(shell, "touches-predecessors-stay")) }
                } } }
                @if !touched.waiting.is_empty() { li { (icon("pencil")) div {
                    b { (t!(shell, "touches-waiting", count = touched.waiting.len())) } " " bdi { (touched.waiting.join(", ")) }
                    p.m { (t!(shell, effects.waiting)) }
                } } }
                @if touched.reports > 0 { li { (icon("radio-tower")) div {
                    b { (t!(shell, "touches-reports", count = touched.reports)) } p.m { (t!(shell, effects.reports)) }
                } } }
            } }
        }
    }
}

fn crowd(shell: &Shell, icon_name: &str, key: &'static str, crowd: &CrowdView) -> Markup {
    html! {
        li { (icon(icon_name)) div {
            b { (t!(shell, key, count = crowd.count)) }
            @if crowd.outsiders > 0 { " " b.warn { (t!(shell, "touches-outsiders", count = crowd.outsiders)) } }
            p.m {
                @for (at, (name, outsider)) in crowd.some.iter().enumerate() {
                    @if at > 0 { ", " } bdi { (name) } @if *outsider { " (" (t!(shell, "people-outsider")) ")" }
                }
                @if crowd.count > crowd.some.len() { " " (t!(shell, "touches-more", count = crowd.count - crowd.some.len())) }
            }
        } }
    }
}

/// A screen of one step: head, form, what it touches.
pub(super) fn step(shell: &Shell, href: &str, title: &str, name: &str, content: Markup) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (name) } p { bdi { (title) } } } }
            div.stack.g-6 { (content) }
        }
    };
    screen(
        shell,
        Screen::new(name, Here::Nowhere, main).crumbs(
            href,
            vec![
                (href.to_owned(), title.to_owned()),
                (String::new(), name.to_owned()),
            ],
        ),
    )
}

/// The last row of a step's form: what does it, and the way out.
pub(super) fn confirm(shell: &Shell, href: &str, icon_name: &str, label: &str, danger: bool) -> Markup {
    html! {
        div.btns {
            button.btn.primary[!danger].danger[danger] { (icon(icon_name)) (label) }
            a.btn href=(href) { (t!(shell, "cancel")) }
        }
        p.m.rowx { (icon_flip("undo-2")) span { (t!(shell, "step-undoable")) } }
    }
}

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
                    input type="hidden" name="to" value=(slug);
                    (confirm(shell, &view.href, "check", &t!(shell, "move-do", space = name.as_str()), false))
                }
            }
            _ => {
                @if view.spaces.is_empty() {
                    (empty(Rule::Broken, t!(shell, "move-nowhere"), t!(shell, "move-nowhere-text"), html! { a.btn href=(view.href) { (t!(shell, "back-to-page")) } }))
                } @else {
                    form.stack method="get" action=(at) {
                        p.m { (t!(shell, "move-from", space = view.from.as_str())) }
                        (select("to", t!(shell, "move-to"), &view.spaces, &view.asked))
                        (field_error(shell, "to", &view.wrong))
                        div.btns { button.btn.primary { (t!(shell, "step-preview")) } a.btn href=(view.href) { (t!(shell, "cancel")) } }
                    }
                }
            }
        }
    };
    step(shell, &view.href, &view.title, t!(shell, "move"), content)
}

/// A page to put into the archive, or to take back.
#[derive(Clone, Debug)]
pub struct ArchiveView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// Whether it is in the archive.
    pub archived: bool,
    /// What it touches.
    pub touches: TouchesView,
}

/// `GET /p/ID/-/archive`
pub fn archive(shell: &Shell, view: &ArchiveView) -> Markup {
    let (name, text, icon_name) = if view.archived {
        (
            t!(shell, "unarchive"),
            t!(shell, "unarchive-text"),
            "archive-restore",
        )
    } else {
        (t!(shell, "archive"), t!(shell, "archive-text"), "archive")
    };
    let effects = if view.archived {
        Effects {
            links: "unarchive-links",
            reports: "touches-reports-stay",
            waiting: "archive-changes",
        }
    } else {
        Effects {
            links: "archive-links",
            reports: "archive-reports",
            waiting: "archive-changes",
        }
    };
    let content = html! {
        p { (text) }
        (touches(shell, &view.touches, &effects))
        form.stack method="post" action={ "/p/" (view.id) "/-/archive" } {
            input type="hidden" name="archived" value=(if view.archived { "no" } else { "yes" });
            (confirm(shell, &view.href, icon_name, name, !view.archived))
        }
    };
    step(shell, &view.href, &view.title, name, content)
}

/// What could not be undone, and why.
pub fn refused(shell: &Shell, back: &str, why: &str) -> Markup {
    let actions = html! { a.btn.primary href=(back) { (icon("history")) (t!(shell, "history")) } };
    let main = html! { div.wrap.narrow { (empty(Rule::Broken, t!(shell, "undo-refused"), why, actions)) } };
    screen(shell, Screen::new(t!(shell, "undo"), Here::Nowhere, main))
}
