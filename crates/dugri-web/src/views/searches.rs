//! The own searches that are kept.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::parts::{Rule, dir, empty, icon, search_for};
use crate::shell::Shell;
use crate::t;

/// A search.
#[derive(Clone, Debug)]
pub struct SearchLine {
    /// The words.
    pub words: String,
    /// How many answers it had.
    pub hits: i64,
    /// After how many milliseconds one was opened.
    pub opened_ms: Option<i64>,
    /// When it began.
    pub at: DateTime<Utc>,
}

/// `GET /me/searches`
pub fn searches(shell: &Shell, lines: &[SearchLine]) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head {
                div { h1 { (t!(shell, "searches-mine")) } p { (t!(shell, "searches-mine-lead")) } }
                @if !lines.is_empty() { form.inline method="post" action="/me/searches/forget" { button.btn { (icon("trash-2")) (t!(shell, "searches-forget")) } } }
            }
            @if lines.is_empty() { (empty(Rule::Begin, t!(shell, "searches-none"), "", html! {})) }
            @else { ul.rows { @for line in lines { li {
                (icon("search"))
                div {
                    a.t href=(search_for(&line.words)) dir=(dir(&line.words)) { (line.words) }
                    p.m {
                        (t!(shell, "searches-hits", count = line.hits))
                        @if let Some(ms) = line.opened_ms { " · " (t!(shell, "searches-opened", seconds = ms / 1_000)) }
                    }
                }
                div.end { (shell.time_moment(line.at)) }
            } } } }
        }
    };
    let crumbs = vec![
        ("/me".to_owned(), t!(shell, "my-settings").to_owned()),
        (String::new(), t!(shell, "searches-mine").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "searches-mine"), Here::Me, main).crumbs("/me", crumbs),
    )
}
