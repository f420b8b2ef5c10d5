//! What a page is to its reader: kept at hand, changed since the last visit.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::pages::PageView;
use super::parts::{self, icon};
use crate::shell::Shell;
use crate::{attr, t};

/// What a page is to its reader.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// Kept at hand.
    pub favourite: bool,
    /// What changed since the last visit.
    pub since: Option<Since>,
}

/// What changed since the reader's last visit.
#[derive(Clone, Debug)]
pub struct Since {
    /// The number that they saw.
    pub number: i64,
    /// When that was.
    pub at: DateTime<Utc>,
    /// Why it changed since, by number, newest first.
    pub reasons: Vec<(i64, String)>,
}

/// The star.
pub(super) fn star(shell: &Shell, view: &PageView) -> Markup {
    let (on, label) = if view.mine.favourite {
        ("no", t!(shell, "favourite-remove"))
    } else {
        ("yes", t!(shell, "favourite-add"))
    };
    html! {
        form.inline method="post" action=(view.verb("favourite")) {
            input type="hidden" name="on" value=(on);
            button.btn.quiet.ico.starred[view.mine.favourite] aria-pressed=(if view.mine.favourite { "true" } else { "false" }) aria-label=(label) title=(label) { (icon("star")) }
        }
    }
}

/// What changed since the last visit: why, where the marks are, and the whole comparison.
pub(super) fn since(shell: &Shell, view: &PageView) -> Markup {
    html! {
        @if let Some(since) = &view.mine.since {
            section.since-box aria-label=(attr!(shell, "since-title")) {
                (icon("git-compare"))
                div {
                    b { (t!(shell, "since-title")) } " "
                    span.m { (t!(shell, "since-when", number = since.number, when = shell.ago(since.at))) }
                    ul { @for (number, reason) in &since.reasons { li dir=(parts::dir(reason)) { span.m { bdi { "v" (number) } } " " (reason) } } }
                }
                div.btns {
                    a.btn.sm href={ (view.verb("compare")) "?from=" (since.number) "&to=" (view.number.unwrap_or_default()) } { (t!(shell, "since-compare")) }
                    form.inline method="post" action=(view.verb("seen")) { button.btn.quiet.sm { (t!(shell, "since-seen")) } }
                }
            }
        }
    }
}
