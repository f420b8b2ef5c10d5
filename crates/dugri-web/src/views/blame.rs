//! A page's text with the origin of its lines: which revision, who, when, why, and which reports.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::changes::cites;
use super::layout::{Here, Screen, screen};
use super::parts::{dir, icon, icon_flip};
use crate::shell::Shell;
use crate::{attr, t};

/// A revision that brought lines in.
#[derive(Clone, Debug)]
pub struct CauseView {
    /// Its name.
    pub name: String,
    /// What it changed.
    pub href: String,
    /// The text before it, with the origin of its lines.
    pub before: Option<String>,
    /// Who wrote it.
    pub author: String,
    /// Who published it, if that was somebody else.
    pub publisher: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// The reports that caused it.
    pub cites: Vec<i64>,
}

/// Lines that stand together and came in together.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// What brought them in; `None` where that is further back than was looked.
    pub cause: Option<CauseView>,
    /// The number of the first line.
    pub first: usize,
    /// The lines, and whether a block begins there.
    pub lines: Vec<(String, bool)>,
}

/// A text with the origin of its lines.
#[derive(Clone, Debug)]
pub struct BlameView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// Which text it is.
    pub of: String,
    /// Whether that is what readers get.
    pub is_current: bool,
    /// The text from top to bottom.
    pub stretches: Vec<Stretch>,
    /// Lines without a cause are of this revision, or older.
    pub or_older: Option<i64>,
}

/// `GET /p/ID/-/blame`
pub fn blame(shell: &Shell, view: &BlameView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "blame")) } p { bdi { (view.title) } } p.m { (view.of) } }
                div.btns {
                    @if !view.is_current { a.btn href={ "/p/" (view.id) "/-/blame" } { (t!(shell, "blame-current")) } }
                    a.btn href={ "/p/" (view.id) "/-/history" } { (icon("history")) (t!(shell, "history")) }
                    a.btn href=(view.href) { (icon_flip("arrow-left")) (t!(shell, "back-to-page")) }
                }
            }
            @if let Some(number) = view.or_older { p.m.warn.mb { (t!(shell, "blame-older-note", number = number)) } }
            @if view.stretches.is_empty() { p.mute { (t!(shell, "blame-empty")) } }
            @else { ol.blame.panel { @for stretch in &view.stretches { li {
                div.by { (by(shell, view, stretch)) }
                table.src { tbody { @for (at, (line, begins)) in stretch.lines.iter().enumerate() {
                    tr.begins[*begins && at > 0] { td.ln { (stretch.first + at) } td dir=(dir(line)) { (line) } }
                } } }
            } } } }
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "blame"), Here::Nowhere, main).crumbs(
            &view.href,
            vec![
                (view.href.clone(), view.title.clone()),
                (String::new(), t!(shell, "blame").to_owned()),
            ],
        ),
    )
}

fn by(shell: &Shell, view: &BlameView, stretch: &Stretch) -> Markup {
    let Some(cause) = &stretch.cause else {
        return html! { p.m { (t!(shell, "blame-older", number = view.or_older.unwrap_or(1))) } };
    };
    html! {
        p.rowx {
            b { a href=(cause.href) { (cause.name) } }
            span.end.m { (shell.time_short(cause.at)) }
        }
        @if !cause.reason.is_empty() { p dir=(dir(&cause.reason)) { (cause.reason) } }
        p.m {
            bdi { (cause.author) }
            @if let Some(publisher) = &cause.publisher { " · " (t!(shell, "revision-published-by", name = publisher.as_str())) }
        }
        @if !cause.cites.is_empty() { p.m { (cites(shell, &cause.cites)) } }
        @if let Some(before) = &cause.before {
            p.m { a href=(before) aria-label=(attr!(shell, "blame-before-of", name = cause.name.as_str())) { (t!(shell, "blame-before")) } }
        }
    }
}
