//! Lists of pages: the row they share, the home of a space, wanted pages and orphans.

use chrono::{DateTime, Utc};
use dugri_core::currency::Badge;
use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::parts::{self, Rule, badge, empty, icon, icon_large, in_review, older};
use super::watching::{WatchView, watch_button};
use crate::shell::Shell;
use crate::{attr, t};

/// A page in a list: title, what changed, who and when.
#[derive(Clone, Debug)]
pub struct PageRow {
    /// Its address.
    pub href: String,
    /// The icon of its kind.
    pub icon: String,
    /// The title.
    pub title: String,
    /// The language of the title.
    pub language: dugri_core::Language,
    /// The badge.
    pub badge: Badge,
    /// Whether a change waits beside it, for those who may know.
    pub in_review: bool,
    /// The summary of its last change.
    pub summary: String,
    /// Who made it.
    pub author: String,
    /// The number of the revision, if it is published.
    pub number: Option<i64>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The workhorse list.
pub fn page_rows(shell: &Shell, rows: &[PageRow]) -> Markup {
    html! {
        ul.rows {
            @for row in rows {
                li {
                    (icon_large(&row.icon))
                    div {
                        a.t href=(row.href) lang=(row.language) { bdi { (row.title) } }
                        @if row.badge != Badge::Current { " " (badge(shell, row.badge)) }
                        @if row.in_review { " " (in_review(shell)) }
                        @if !row.summary.is_empty() { p dir=(parts::dir(&row.summary)) { (row.summary) } }
                        p.m {
                            bdi { (row.author) }
                            @if let Some(number) = row.number { " · " (t!(shell, "revision-n", number = number)) }
                        }
                    }
                    div.end { (shell.time_short(row.at)) }
                }
            }
        }
    }
}

/// A running clock.
#[derive(Clone, Copy, Debug)]
pub struct Sla {
    /// Minutes left; negative when late.
    pub minutes: i64,
    /// Less than four hours are left.
    pub soon: bool,
}

/// How much time is left, or how late it is.
pub fn sla(shell: &Shell, clock: Sla) -> Markup {
    let span = crate::dates::Clock::span(shell.language, clock.minutes);
    html! {
        @if clock.minutes < 0 { span.sla.late { (icon("timer-off")) (t!(shell, "sla-late", span = span)) } }
        @else { span.sla.soon[clock.soon] { (icon("timer")) (t!(shell, "sla-left", span = span)) } }
    }
}

/// `GET /changes`
pub fn changes(shell: &Shell, rows: &[PageRow]) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head {
                div { h1 { (t!(shell, "changes-title")) } p { (t!(shell, "changes-lead")) } }
                a.btn.quiet href="/me/feeds?list=changes" { (icon("rss")) (t!(shell, "feed")) }
            }
            @if rows.is_empty() { (empty(Rule::Begin, t!(shell, "home-empty-title"), t!(shell, "home-empty-text"), html! {})) }
            @else { (page_rows(shell, rows)) }
        }
    };
    screen(shell, Screen::new(t!(shell, "changes-title"), Here::Home, main))
}

/// The home of a space.
#[derive(Clone, Debug)]
pub struct SpaceHome {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether a publisher approves.
    pub reviewed: bool,
    /// How many pages the reader may read.
    pub pages: i64,
    /// The pages.
    pub rows: Vec<PageRow>,
    /// Drafts, for those who may see them.
    pub drafts: Vec<PageRow>,
    /// Kinds to filter by: address part, name, chosen.
    pub kinds: Vec<(String, String, bool)>,
    /// Where the next rows are.
    pub older: Option<String>,
    /// Whether the reader may begin a page.
    pub may_write: bool,
    /// How it is watched.
    pub watch: WatchView,
}

/// `GET /s/SPACE`.
pub fn space(shell: &Shell, view: &SpaceHome) -> Markup {
    let new_page = format!(
        "/new?{}",
        serde_urlencoded::to_string([("space", &view.slug)]).unwrap_or_default()
    );
    let main = html! {
        div.wrap {
            div.head {
                div {
                    h1 { bdi { (view.name) } }
                    p dir=(crate::views::parts::dir(&view.description)) { (view.description) }
                    p.m { (t!(shell, "space-pages", count = view.pages)) " · " @if view.reviewed { (t!(shell, "space-reviewed")) } @else { (t!(shell, "space-open")) } }
                }
                div.btns {
                    (watch_button(shell, &view.watch))
                    a.btn.quiet href={ "/me/feeds?list=space:" (view.slug) } { (icon("rss")) (t!(shell, "feed")) }
                    @if view.may_write { a.btn.primary href=(new_page) { (icon("file-plus")) (t!(shell, "new-page")) } }
                }
            }
            @if view.kinds.len() > 1 {
                nav.chips.mb aria-label=(attr!(shell, "filter")) {
                    a.chip.sm.on[!view.kinds.iter().any(|k| k.2)] href={ "/s/" (view.slug) } { (t!(shell, "all")) }
                    @for (slug, name, chosen) in &view.kinds {
                        a.chip.sm.on[*chosen] href={ "/s/" (view.slug) "?kind=" (slug) } aria-current=[chosen.then_some("true")] { (name) }
                    }
                }
            }
            @if view.rows.is_empty() && view.drafts.is_empty() {
                (empty(
                    Rule::Begin,
                    &t!(shell, "space-empty-title", name = view.name.as_str()),
                    t!(shell, "space-empty-text"),
                    html! { @if view.may_write { a.btn href=(new_page) { (icon("file-plus")) (t!(shell, "new-page")) } } },
                ))
            } @else {
                (page_rows(shell, &view.rows))
                (older(shell, view.older.as_deref()))
            }
            @if !view.drafts.is_empty() {
                section.mt aria-labelledby="h-drafts" {
                    div.sec { h2 #h-drafts { (t!(shell, "space-drafts")) } span.m { (t!(shell, "space-drafts-hint")) } }
                    (page_rows(shell, &view.drafts))
                }
            }
        }
    };
    screen(
        shell,
        Screen::new(&view.name, Here::Space(view.slug.clone()), main),
    )
}

/// A page that is linked to and does not exist.
#[derive(Clone, Debug)]
pub struct WantedRow {
    /// What the links call it.
    pub name: String,
    /// Where it can be made.
    pub create: String,
    /// The pages that link to it: address and title.
    pub from: Vec<(String, String)>,
}

/// `GET /wanted`.
pub fn wanted(shell: &Shell, rows: &[WantedRow], may_write: bool) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "wanted-title")) } p { (t!(shell, "wanted-lead")) } } }
            (gap_tabs(shell, true))
            @if rows.is_empty() { (empty(Rule::Done, t!(shell, "wanted-empty-title"), t!(shell, "wanted-empty-text"), html! {})) }
            @else {
                ul.rows { @for row in rows { li {
                    (icon_large("file-question-mark"))
                    div {
                        b dir=(crate::views::parts::dir(&row.name)) { (row.name) }
                        p.m {
                            (t!(shell, "wanted-from", count = row.from.len())) " "
                            @for (at, (href, title)) in row.from.iter().enumerate() { @if at > 0 { ", " } a href=(href) { bdi { (title) } } }
                        }
                    }
                    div.end { @if may_write { a.btn.sm href=(row.create) { (icon("file-plus")) (t!(shell, "wanted-write")) } } }
                } } }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "wanted-title"), Here::Wanted, main))
}

/// `GET /orphans`: pages that nothing links to.
pub fn orphans(shell: &Shell, rows: &[PageRow]) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "orphans-title")) } p { (t!(shell, "orphans-lead")) } } }
            (gap_tabs(shell, false))
            @if rows.is_empty() { (empty(Rule::Done, t!(shell, "orphans-empty-title"), t!(shell, "orphans-empty-text"), html! {})) }
            @else { (page_rows(shell, rows)) }
        }
    };
    screen(shell, Screen::new(t!(shell, "orphans-title"), Here::Wanted, main))
}

fn gap_tabs(shell: &Shell, wanted: bool) -> Markup {
    html! {
        nav.tabs.mb aria-label=(attr!(shell, "filter")) {
            a href="/wanted" aria-current=[wanted.then_some("page")] { (t!(shell, "wanted-title")) }
            a href="/orphans" aria-current=[(!wanted).then_some("page")] { (t!(shell, "orphans-title")) }
        }
    }
}
