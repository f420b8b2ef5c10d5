//! The button that watches something, and the screen of notices.

use chrono::{DateTime, Utc};
use dugri_app::watching::State;
use dugri_core::intel::IntelState;
use dugri_core::watching::{NoticeKind, Reason, WatchKind};
use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::parts::{self, Rule, empty, icon, icon_large};
use crate::shell::Shell;
use crate::{attr, key, t};

/// The button of something that can be watched.
#[derive(Clone, Debug)]
pub struct WatchView {
    /// What it is.
    pub kind: WatchKind,
    /// Its id, slug, words or key.
    pub what: String,
    /// How it is watched.
    pub state: State,
    /// Where the button stands.
    pub next: String,
}

/// One press watches, one more ends it; a muted page is heard again.
pub fn watch_button(shell: &Shell, view: &WatchView) -> Markup {
    let (next, icon_name, label) = match view.state {
        State::Off => (State::On, "bell-plus", t!(shell, "watch")),
        State::On => (State::Off, "bell", t!(shell, "watching")),
        State::Muted => (State::On, "bell-off", t!(shell, "muted")),
    };
    html! {
        form.inline method="post" action="/watch" {
            input type="hidden" name="kind" value=(view.kind);
            input type="hidden" name="what" value=(view.what);
            input type="hidden" name="state" value=(next.as_str());
            input type="hidden" name="next" value=(view.next);
            button.btn.quiet aria-pressed=(if view.state == State::On { "true" } else { "false" }) { (icon(icon_name)) (label) }
        }
    }
}

/// The same where there is room for an icon only, beside the name of what is watched.
pub fn watch_icon_button(shell: &Shell, view: &WatchView, name: &str) -> Markup {
    let (next, icon_name, label) = match view.state {
        State::On => (State::Off, "bell", attr!(shell, "watch-end-label", name = name)),
        State::Off | State::Muted => (State::On, "bell-plus", attr!(shell, "watch-label", name = name)),
    };
    html! {
        form.inline method="post" action="/watch" {
            input type="hidden" name="kind" value=(view.kind);
            input type="hidden" name="what" value=(view.what);
            input type="hidden" name="state" value=(next.as_str());
            input type="hidden" name="next" value=(view.next);
            button.btn.quiet.ico.sm aria-label=(label) title=(label) { (icon(icon_name)) }
        }
    }
}

/// The bell in the top bar.
pub fn bell(shell: &Shell) -> Markup {
    let count = shell.counts.notices;
    html! {
        a.btn.quiet.ico.bell href="/notifications" aria-label=(attr!(shell, "notices-bell", count = count)) {
            (icon("bell"))
            @if count > 0 { span.n.hot aria-hidden="true" { (count) } }
        }
    }
}

/// A notice.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Its key.
    pub id: i64,
    /// What it tells.
    pub kind: NoticeKind,
    /// Why.
    pub reason: Reason,
    /// The name of what is watched.
    pub because_of: String,
    /// Where it leads.
    pub href: String,
    /// The title of the page, or the first line of the report.
    pub title: String,
    /// Why it changed, in the publisher's words.
    pub text: String,
    /// Who did it, where that may be known.
    pub actor: Option<String>,
    /// Where a report stands.
    pub state: Option<IntelState>,
    /// How often it happened.
    pub events: i64,
    /// When it happened last.
    pub at: DateTime<Utc>,
}

/// Something that is watched.
#[derive(Clone, Debug)]
pub struct WatchedRow {
    /// What it is.
    pub kind: WatchKind,
    /// Its id, slug, words or key.
    pub what: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// On or muted.
    pub state: State,
}

/// The screen of notices.
#[derive(Clone, Debug)]
pub struct NoticesView {
    /// Not read yet.
    pub unread: Vec<NoticeRow>,
    /// Read.
    pub read: Vec<NoticeRow>,
    /// What is watched.
    pub watched: Vec<WatchedRow>,
}

/// `GET /notifications`
pub fn notices(shell: &Shell, view: &NoticesView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "notices")) } p { (t!(shell, "notices-lead")) } }
                div.btns {
                    a.btn.quiet href="/me/feeds?list=watched" { (icon("rss")) (t!(shell, "feed")) }
                    @if !view.unread.is_empty() { form.inline method="post" action="/notifications/read" { button.btn { (icon("copy-check")) (t!(shell, "home-mark-read")) } } }
                }
            }
            div.cols {
                div.stack.g-8 {
                    section aria-labelledby="h-new" {
                        div.sec { h2 #h-new { (t!(shell, "notices-new")) } span.count { (view.unread.len()) } }
                        @if view.unread.is_empty() { (empty(Rule::Done, t!(shell, "notices-none"), t!(shell, "notices-none-text"), html! {})) }
                        @else { (rows(shell, &view.unread, true)) }
                    }
                    @if !view.read.is_empty() {
                        section aria-labelledby="h-read" {
                            div.sec { h2 #h-read { (t!(shell, "notices-read")) } }
                            (rows(shell, &view.read, false))
                        }
                    }
                }
                div.stack.q.g-5 { (watched(shell, &view.watched)) }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "notices"), Here::Notices, main))
}

fn rows(shell: &Shell, rows: &[NoticeRow], unread: bool) -> Markup {
    html! {
        ul.rows.told { @for row in rows { li {
            (icon_large(kind_icon(row.kind)))
            div {
                p.m {
                    (t!(shell, kind_key(row.kind)))
                    @if row.events > 1 { " · " (t!(shell, "notice-times", count = row.events)) }
                }
                a.t href=(row.href) dir=(parts::dir(&row.title)) { (row.title) }
                @if matches!(row.kind, NoticeKind::Published | NoticeKind::Gap) && !row.text.is_empty() { p dir=(parts::dir(&row.text)) { (row.text) } }
                p.m {
                    @if let Some(actor) = &row.actor { bdi { (actor) } " · " }
                    @if let Some(state) = row.state { (t!(shell, parts::intel_state_key(state))) " · " }
                    span.why { (reason(shell, row)) }
                }
            }
            div.end {
                (shell.time_short(row.at))
                div.btns {
                    @if let Some(label) = mute_key(row.reason) {
                        form.inline method="post" action={ "/notifications/" (row.id) "/mute" } { button.btn.quiet.sm aria-label=(format!("{}: {}", t!(shell, label), row.title)) { (icon("bell-off")) (t!(shell, label)) } }
                    }
                    @if unread { form.inline method="post" action={ "/notifications/" (row.id) "/read" } { button.btn.quiet.ico.sm aria-label=(attr!(shell, "notice-read-label", title = row.title.as_str())) title=(attr!(shell, "notice-read")) { (icon("check")) } } }
                }
            }
        } } }
    }
}

fn reason(shell: &Shell, row: &NoticeRow) -> String {
    let name = row.because_of.as_str();
    match row.reason {
        Reason::Owner => t!(shell, "reason-owner").to_owned(),
        Reason::Assignee => t!(shell, "reason-assignee").to_owned(),
        Reason::Reporter => t!(shell, "reason-reporter").to_owned(),
        Reason::Page => t!(shell, "reason-page").to_owned(),
        Reason::Topic => t!(shell, "reason-topic", name = name),
        Reason::Space => t!(shell, "reason-space", name = name),
        Reason::Person => t!(shell, "reason-person", name = name),
        Reason::Search => t!(shell, "reason-search", name = name),
        Reason::Asker => t!(shell, "reason-asker", name = name),
    }
}

fn mute_key(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Owner | Reason::Page => Some(key!("notice-mute-page")),
        Reason::Topic | Reason::Space | Reason::Person | Reason::Search => Some(key!("notice-mute-watch")),
        Reason::Assignee | Reason::Reporter | Reason::Asker => None,
    }
}

fn kind_icon(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Published => "file-check",
        NoticeKind::Superseded => "circle-slash",
        NoticeKind::Archived => "archive",
        NoticeKind::Waiting => "eye",
        NoticeKind::Due => "calendar-check",
        NoticeKind::Overdue => "clock-alert",
        NoticeKind::Intel => "radio-tower",
        NoticeKind::Assigned => "user-check",
        NoticeKind::Outcome => "message-square-reply",
        NoticeKind::Gap => "scan-search",
    }
}

fn kind_key(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Published => key!("notice-published"),
        NoticeKind::Superseded => key!("notice-superseded-page"),
        NoticeKind::Archived => key!("notice-archived-page"),
        NoticeKind::Waiting => key!("notice-waiting"),
        NoticeKind::Due => key!("notice-due"),
        NoticeKind::Overdue => key!("notice-overdue-page"),
        NoticeKind::Intel => key!("notice-intel"),
        NoticeKind::Assigned => key!("notice-assigned"),
        NoticeKind::Outcome => key!("notice-outcome"),
        NoticeKind::Gap => key!("notice-gap"),
    }
}

fn watched(shell: &Shell, rows: &[WatchedRow]) -> Markup {
    html! {
        section.panel {
            header { (icon("bell")) h2 { (t!(shell, "watched")) } span.count { (rows.len()) } }
            @if rows.is_empty() { div.in.m { p { (t!(shell, "watched-none")) } } }
            @else { ul.rows { @for row in rows { li {
                (icon(watch_icon(row.kind)))
                div {
                    a.t href=(row.href) dir=(parts::dir(&row.name)) { (row.name) }
                    p.m { (t!(shell, watch_key(row.kind))) @if row.state == State::Muted { " · " (t!(shell, "muted")) } }
                }
                div.end { form.inline method="post" action="/watch" {
                    input type="hidden" name="kind" value=(row.kind);
                    input type="hidden" name="what" value=(row.what);
                    input type="hidden" name="state" value="off";
                    input type="hidden" name="next" value="/notifications";
                    button.btn.quiet.ico.sm aria-label=(attr!(shell, "watch-end-label", name = row.name.as_str())) { (icon("x")) }
                } }
            } } } }
        }
    }
}

fn watch_icon(kind: WatchKind) -> &'static str {
    match kind {
        WatchKind::Page => "file-text",
        WatchKind::Topic => "tag",
        WatchKind::Space => "folder",
        WatchKind::Search => "search",
        WatchKind::Person => "user",
    }
}

fn watch_key(kind: WatchKind) -> &'static str {
    match kind {
        WatchKind::Page => key!("watched-page"),
        WatchKind::Topic => key!("watched-topic"),
        WatchKind::Space => key!("watched-space"),
        WatchKind::Search => key!("watched-search"),
        WatchKind::Person => key!("watched-person"),
    }
}
