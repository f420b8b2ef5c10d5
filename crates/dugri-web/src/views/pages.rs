//! A page as it is read: its truth in one line, the text, and beside it what belongs to it.

use chrono::{DateTime, Utc};
use dugri_core::Language;
use dugri_core::currency::Badge;
use dugri_core::intel::IntelState;
use dugri_core::pages::Audience;
use dugri_core::topics::TopicKind;
use dugri_text::markdown::Heading;
use maud::{Markup, PreEscaped, html};

use super::layout::{Here, Screen, screen};
pub use super::page_mine::{Mine, Since};
use super::page_mine::{since, star, watch};
use super::page_side::{aside, contents, field_says};
pub use super::page_source::source;
use super::parts::{self, Face, avatar, badge, banner, icon, tags};
use crate::shell::Shell;
use crate::{attr, key, t};

/// What the reader may do with the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    /// Save a change.
    pub edit: bool,
    /// Publish.
    pub publish: bool,
    /// Verify, supersede.
    pub verify: bool,
    /// Archive.
    pub manage: bool,
}

/// Which text is shown, where it is not simply the published one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What readers get.
    Published,
    /// An older revision; the number of the published one, if there is one.
    Old {
        /// What readers get now.
        newest: Option<i64>,
    },
    /// A pending change, or a page that was never published.
    Change {
        /// The address of the change.
        href: String,
        /// Who began it.
        author: String,
        /// The newest save.
        at: DateTime<Utc>,
    },
}

/// Something linked to, in the side column.
#[derive(Clone, Debug)]
pub struct Linked {
    /// Its address.
    pub href: String,
    /// Its icon.
    pub icon: String,
    /// Its name.
    pub name: String,
    /// What stands at the end: type and size of a file.
    pub end: String,
}

/// A change that waits beside a page.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its address.
    pub href: String,
    /// Who began it.
    pub author: String,
    /// What it changes.
    pub summary: String,
    /// The newest save.
    pub at: DateTime<Utc>,
}

/// A report about the page.
#[derive(Clone, Debug)]
pub struct FieldSays {
    /// Its number.
    pub number: i64,
    /// What it says.
    pub what: String,
    /// Who says so, where that may be known.
    pub reporter: Option<Face>,
    /// The account.
    pub account: String,
    /// Where it stands.
    pub state: IntelState,
    /// The number of the revision it became.
    pub became: Option<i64>,
}

/// A page with everything around it.
#[derive(Clone, Debug)]
pub struct PageView {
    /// The public id.
    pub id: String,
    /// The readable part of the address.
    pub slug: String,
    /// Where it lies: address and name.
    pub space: (String, String),
    /// The name of its kind.
    pub kind: String,
    /// The title.
    pub title: String,
    /// The language it is written in.
    pub language: Language,
    /// The short sentence at its head.
    pub key_message: String,
    /// The text, rendered: safe by construction.
    pub html: String,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Which text this is.
    pub shown: Shown,
    /// The number of the revision shown.
    pub number: Option<i64>,
    /// What its last change was.
    pub summary: String,
    /// When and by whom it was published.
    pub published: Option<(DateTime<Utc>, Face)>,
    /// The badge.
    pub badge: Badge,
    /// Who answers for it: name, role title, and where the profile is.
    pub owner: Option<(Face, String, String)>,
    /// The last verification: when and by whom.
    pub verified: Option<(DateTime<Utc>, Face)>,
    /// The next check.
    pub next_check: Option<DateTime<Utc>>,
    /// Its successor: address and title.
    pub successor: Option<(String, String)>,
    /// Topics: type, name, address.
    pub topics: Vec<(TopicKind, String, String)>,
    /// For whom it is cleared.
    pub audience: Audience,
    /// The fields of its kind: label and value.
    pub fields: Vec<(String, String)>,
    /// Files.
    pub files: Vec<Linked>,
    /// The pages that link here.
    pub backlinks: Vec<Linked>,
    /// Changes that wait, for those who may see them.
    pub pending: Vec<Pending>,
    /// What the field says about it.
    pub reports: Vec<FieldSays>,
    /// What the reader may do.
    pub may: May,
    /// What it is to the reader.
    pub mine: Mine,
}

impl PageView {
    /// Its permanent address with the readable part.
    pub fn href(&self) -> String {
        format!("/p/{}/{}", self.id, self.slug)
    }

    /// The address of something one does with it.
    pub fn verb(&self, verb: &str) -> String {
        format!("/p/{}/-/{verb}", self.id)
    }

    /// The form that reports about it, with what the reader has before them.
    pub fn report_href(&self) -> String {
        let number = self.number.map(|n| n.to_string()).unwrap_or_default();
        let query = serde_urlencoded::to_string([("page", self.id.as_str()), ("v", &number)]);
        format!("/intel/new?{}", query.unwrap_or_default())
    }
}

/// The word for an audience.
pub fn audience_key(audience: Audience) -> &'static str {
    match audience {
        Audience::Internal => key!("audience-internal"),
        Audience::Partners => key!("audience-partners"),
        Audience::Customers => key!("audience-customers"),
    }
}

/// `GET /p/ID/…`
pub fn page(shell: &Shell, view: &PageView) -> Markup {
    let old = !matches!(view.badge, Badge::Current | Badge::Due) || matches!(view.shown, Shown::Old { .. });
    let main = html! {
        div.wrap {
            div.doc {
                div {
                    (notice(shell, view))
                    @if !view.topics.is_empty() { div.first { (tags(view.topics.iter().map(|(k, n, s)| (*k, n.as_str(), s.as_str())))) } }
                    h1.h-xl lang=(view.language) dir=(view.language.dir()) { (view.title) }
                    div.acts { div.btns.desk { (actions(shell, view)) } }
                    @if view.may.edit { (super::drafts::editing_now(shell, &view.id)) }
                    (currency(shell, view))
                    (since(shell, view))
                    @if !view.key_message.is_empty() {
                        div.key-message lang=(view.language) {
                            p dir=(parts::dir(&view.key_message)) { (view.key_message) }
                            (parts::copy_button(t!(shell, "page-copy-message"), &view.key_message))
                        }
                    }
                    @if !view.headings.is_empty() {
                        details.more.mob { summary { (t!(shell, "page-contents")) (icon("chevron-down")) } (contents(view)) }
                    }
                    div.body {
                        // The one place where rendered Markdown enters: our renderer writes only a closed list of elements.
                        article.prose.old[old] lang=(view.language) dir=(view.language.dir()) { (PreEscaped(&view.html)) }
                    }
                    (field_says(shell, view))
                }
                (aside(shell, view))
            }
            div.cta.mob {
                a.btn.primary href=(view.report_href()) { (icon("radio-tower")) (t!(shell, "report-short")) }
                @if view.may.edit { a.btn href=(view.verb("edit")) { (icon("pencil")) (t!(shell, "edit")) } }
                a.btn.ico href=(view.verb("history")) aria-label=(attr!(shell, "history")) { (icon("history")) }
            }
        }
    };
    let space = format!("/s/{}", view.space.0);
    screen(
        shell,
        Screen::new(&view.title, Here::Space(view.space.0.clone()), main)
            .crumbs(
                &space,
                vec![
                    (space.clone(), view.space.1.clone()),
                    (String::new(), view.title.clone()),
                ],
            )
            .actions(top_actions(shell, view))
            .without_tabs(),
    )
}

fn top_actions(shell: &Shell, view: &PageView) -> Markup {
    html! {
        (star(shell, view))
        span.desk { (watch(shell, view)) }
        a.btn.quiet.desk href=(view.verb("history")) { (icon("history")) (t!(shell, "history")) }
        @if view.may.edit { a.btn.quiet.desk href=(view.verb("edit")) { (icon("pencil")) (t!(shell, "edit")) } }
        details.menu-box {
            summary.btn.quiet.ico aria-label=(attr!(shell, "more-actions")) { (icon("ellipsis")) }
            div.pop { ul.menu {
                li.mob { (watch(shell, view)) }
                li { a href=(view.verb("history")) { (icon("history")) span { (t!(shell, "history")) } } }
                li { a href=(view.verb("blame")) { (icon("git-commit-horizontal")) span { (t!(shell, "blame")) } } }
                li { a href=(view.verb("source")) { (icon("file-code")) span { (t!(shell, "page-source")) } } }
                @if view.may.edit { li { a href=(view.verb("files")) { (icon("paperclip")) span { (t!(shell, "page-files")) } } } }
                @if view.may.edit {
                    li { a href=(view.verb("rename")) { (icon("pencil-line")) span { (t!(shell, "rename")) } } }
                    li { a href=(view.verb("split")) { (icon("split")) span { (t!(shell, "split")) } } }
                }
                @if view.may.verify && view.published.is_some() { li { a href=(view.verb("merge")) { (icon("merge")) span { (t!(shell, "merge")) } } } }
                @if view.may.manage {
                    li { a href=(view.verb("move")) { (icon("folder")) span { (t!(shell, "move")) } } }
                    li { a href=(view.verb("archive")) { @if view.badge == Badge::Archived { (icon("archive-restore")) span { (t!(shell, "unarchive")) } } @else { (icon("archive")) span { (t!(shell, "archive")) } } } }
                }
                @if view.may.verify || view.may.manage {
                    li { a href=(view.verb("settings")) { (icon("settings")) span { (t!(shell, "page-settings")) } } }
                }
            } }
        }
    }
}

fn actions(shell: &Shell, view: &PageView) -> Markup {
    html! {
        a.btn.primary href=(view.report_href()) { (icon("radio-tower")) (t!(shell, "report")) }
        @if view.may.edit { a.btn href=(view.verb("edit")) { (icon("pencil")) (t!(shell, "edit")) } }
        button.btn.js-only type="button" data-copy=(view.href()) { (icon("link")) (t!(shell, "copy-link")) }
        @if view.may.verify && matches!(view.shown, Shown::Published) && matches!(view.badge, Badge::Due | Badge::Overdue | Badge::Current) {
            (verify_button(shell, view))
        }
    }
}

fn verify_button(shell: &Shell, view: &PageView) -> Markup {
    html! {
        form.inline method="post" action=(view.verb("verify")) {
            button.btn { (icon("badge-check")) (t!(shell, "page-verify")) }
        }
    }
}

/// The bar that nobody misses, where the text is not what one thinks it is.
fn notice(shell: &Shell, view: &PageView) -> Markup {
    let to_current = html! { a.btn.primary href=(view.href()) { (t!(shell, "page-open-current")) } };
    html! {
        @match &view.shown {
            Shown::Old { newest } => {
                div.mb { (banner("superseded", "history", html! {
                    b { (t!(shell, "notice-old", number = view.number.unwrap_or_default())) } " "
                    @match newest {
                        Some(newest) => (t!(shell, "notice-old-newest", number = *newest)),
                        None => (t!(shell, "notice-old-none")),
                    }
                }, Some(to_current))) }
            }
            Shown::Change { href, author, at } => {
                div.mb { (banner("review", "eye", html! {
                    b { @if view.number.is_some() || view.published.is_some() { (t!(shell, "notice-change")) } @else { (t!(shell, "notice-draft")) } } " "
                    (t!(shell, "notice-change-by", name = author.as_str(), when = shell.moment(*at)))
                }, Some(html! { a.btn href=(href) { (t!(shell, "change-open")) } }))) }
            }
            Shown::Published => (currency_notice(shell, view)),
        }
    }
}

fn currency_notice(shell: &Shell, view: &PageView) -> Markup {
    let ask = view.owner.as_ref().map(|(face, ..)| face.name.as_str());
    html! {
        @match view.badge {
            Badge::Superseded => {
                div.mb { (banner("superseded", "circle-slash", html! { b { (t!(shell, "badge-superseded")) "." } " " (t!(shell, "notice-superseded")) },
                    view.successor.as_ref().map(|(href, title)| html! { a.btn.primary href=(href) { (t!(shell, "page-open", title = title.as_str())) } }))) }
            }
            Badge::Archived => { div.mb { (banner("superseded", "archive", html! { b { (t!(shell, "badge-archived")) "." } " " (t!(shell, "notice-archived")) }, None)) } }
            Badge::Overdue => {
                @let days = view.next_check.map_or(0, |at| shell.clock.days_since(at));
                div.mb { (banner("due", "clock-alert", html! {
                    b { (t!(shell, "notice-overdue", days = days)) } " "
                    @match ask { Some(name) => (t!(shell, "notice-overdue-ask", name = name)), None => (t!(shell, "notice-overdue-text")) }
                }, view.may.verify.then(|| verify_button(shell, view)))) }
            }
            Badge::Disputed => { div.mb { (banner("due", "message-square-warning", html! { b { (t!(shell, "badge-disputed")) "." } " " (t!(shell, "notice-disputed")) }, None)) } }
            _ => {}
        }
        @if let Some(pending) = view.pending.first() {
            @if !matches!(view.badge, Badge::Superseded | Badge::Archived | Badge::Overdue | Badge::Disputed) {
                div.mb { (banner("review", "eye", html! {
                    b { (t!(shell, "notice-pending", count = view.pending.len())) } " "
                    (t!(shell, "notice-change-by", name = pending.author.as_str(), when = shell.moment(pending.at)))
                }, Some(html! { a.btn href=(pending.href) { (t!(shell, "change-open")) } }))) }
            }
        }
    }
}

/// The plain truth about the page, on one line.
fn currency(shell: &Shell, view: &PageView) -> Markup {
    html! {
        div.cur {
            (badge(shell, view.badge))
            @if !view.pending.is_empty() { (parts::in_review(shell)) }
            @if let Some(number) = view.number { span { (t!(shell, "cur-revision")) " " b { a href=(view.verb("history")) { (number) } } } }
            @match &view.verified {
                Some((at, by)) => {
                    span.who { (avatar(by, false)) span { (t!(shell, "cur-verified-by")) " " b { bdi { (by) } } " " (shell.time_ago(*at)) } }
                    (check_track(shell, view, *at))
                }
                None => {
                    @if let Some((at, by)) = &view.published {
                        span.who { (avatar(by, false)) span { (t!(shell, "cur-published-by")) " " b { bdi { (by) } } " " (shell.time_ago(*at)) } }
                        (check_track(shell, view, *at))
                    }
                }
            }
            @if let Some(next) = view.next_check {
                @if !matches!(view.badge, Badge::Superseded | Badge::Archived | Badge::Draft) {
                    span { @if view.badge == Badge::Overdue { (t!(shell, "cur-check-was")) } @else { (t!(shell, "cur-next-check")) } " " b { (shell.day(next)) } }
                }
            }
            @if let Some((owner, _, href)) = &view.owner { span { (t!(shell, "cur-owner")) " " a href=(href) { bdi { (owner) } } } }
            @if view.audience != Audience::Internal { span { (t!(shell, audience_key(view.audience))) } }
        }
    }
}

fn check_track(shell: &Shell, view: &PageView, from: DateTime<Utc>) -> Markup {
    let Some(next) = view.next_check else {
        return html! {};
    };
    let whole = (next - from).num_days().max(1);
    let used = (shell.clock.now - from).num_days();
    let label = if used > whole {
        attr!(shell, "track-late", days = used - whole)
    } else {
        attr!(shell, "track-day", day = used, days = whole)
    };
    parts::track(used * 100 / whole, parts::badge_tone(view.badge), &label)
}
