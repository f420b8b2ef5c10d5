//! What a page is to its reader: kept at hand, changed since the last visit.

use chrono::{DateTime, Utc};
use dugri_core::topics::TopicKind;
use maud::{Markup, html};

use super::pages::PageView;
use super::parts::{self, icon, tag};
use super::watching::{WatchView, watch_button};
use crate::shell::Shell;
use crate::{attr, t};

/// What a page is to its reader.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// Kept at hand.
    pub favourite: bool,
    /// How it is watched.
    pub watch: Option<WatchView>,
    /// Topics that its text names and that it does not have, for who may edit it: type, name, slug.
    pub suggested: Vec<(TopicKind, String, String)>,
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
                    form.inline method="post" action=(view.verb("seen")) { input type="hidden" name="number" value=(view.number.unwrap_or_default()); button.btn.quiet.sm { (t!(shell, "since-seen")) } }
                }
            }
        }
    }
}

/// The button that watches the page, in the menu of what one can do with it.
pub(super) fn watch(shell: &Shell, view: &PageView) -> Markup {
    html! { @if let Some(watch) = &view.mine.watch { (watch_button(shell, watch)) } }
}

/// Topics that the text names: suggested, never forced.
pub(super) fn suggested(shell: &Shell, view: &PageView) -> Markup {
    html! {
        @if !view.mine.suggested.is_empty() {
            section aria-labelledby="h-suggested" {
                h2 #h-suggested { (t!(shell, "topics-suggested")) }
                p.m { (t!(shell, "topics-suggested-text")) }
                form method="post" action=(view.verb("topics")) {
                    ul.mini { @for (kind, name, slug) in &view.mine.suggested { li {
                        (tag(*kind, name, Some(&format!("/t/{slug}"))))
                        button.btn.sm.quiet name="topic" value=(slug) aria-label=(format!("{}: {name}", t!(shell, "topics-suggested-add"))) { (icon("plus")) (t!(shell, "topics-suggested-add")) }
                    } } }
                }
            }
        }
    }
}
