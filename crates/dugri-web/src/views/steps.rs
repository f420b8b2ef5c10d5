//! What is done to a page as a whole: one form each, with what it touches told before it happens. Here is
//! what the forms share, and the archive.

use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::parts::{Rule, empty, icon, icon_flip};
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
    /// How many people watch it.
    pub watchers: i64,
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
        && touched.watchers == 0
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
                @if touched.watchers > 0 { li { (icon("bell")) div {
                    b { (t!(shell, "touches-watchers", count = touched.watchers)) } p.m { (t!(shell, "touches-watchers-stay")) }
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
