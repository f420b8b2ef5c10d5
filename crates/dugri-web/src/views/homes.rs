//! The two homes. Sales: find, must-know, what changed, favourites. Marketing: what to check, to review, to answer.

use chrono::{DateTime, Utc};
use dugri_core::currency::Badge;
use dugri_core::homes::HomeView;
use dugri_core::intel::IntelState;
use maud::{Markup, html};

use super::gaps::Row as Gap;
use super::layout::{Here, Lead, Screen, screen};
use super::lists::{PageRow, Sla, sla};
use super::parts::{self, Face, Rule, avatar, badge, empty, icon, icon_large};
use super::texts::{TroubleRow, trouble_panel};
use crate::shell::Shell;
use crate::{attr, key, t};

/// A report in a short list.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Its number.
    pub number: i64,
    /// Its first line.
    pub what: String,
    /// Who wrote it; `None` where that is confidential.
    pub reporter: Option<Face>,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it stands.
    pub state: IntelState,
    /// The clock, where one runs.
    pub clock: Option<Sla>,
}

/// Something that happened to a page.
#[derive(Clone, Debug)]
pub struct NewsRow {
    /// The page.
    pub page: PageRow,
    /// One of the reader's own reports that it came from.
    pub own_report: Option<i64>,
    /// From how many reports it came.
    pub reports: usize,
}

/// A page kept at hand.
#[derive(Clone, Debug)]
pub struct Card {
    /// The page.
    pub page: PageRow,
    /// The name of its kind.
    pub kind: String,
}

/// A page to check.
#[derive(Clone, Debug)]
pub struct VerifyRow {
    /// The page; its time is that of the check.
    pub page: PageRow,
    /// The address that verifies it, for who may.
    pub verify: Option<String>,
}

/// What home shows.
#[derive(Clone, Debug)]
pub struct Home {
    /// Which one it is.
    pub view: HomeView,
    /// Whether there is another one to switch to.
    pub switch: bool,
    /// Since when changes are listed.
    pub since: DateTime<Utc>,
    /// What the reader must know.
    pub must_know: Vec<NewsRow>,
    /// What else changed since.
    pub changed: Vec<NewsRow>,
    /// Whether more changed than is shown.
    pub more: bool,
    /// What was published last, where nothing is new.
    pub latest: Vec<PageRow>,
    /// Pages kept at hand.
    pub favourites: Vec<Card>,
    /// The own reports, newest first.
    pub mine: Vec<ReportRow>,
    /// Reports that wait, where the reader triages.
    pub triage: Vec<ReportRow>,
    /// Pages to check.
    pub verify: Vec<VerifyRow>,
    /// How many pages are to be checked in all.
    pub verify_total: usize,
    /// Changes that wait for a publisher.
    pub reviews: Vec<PageRow>,
    /// Files whose words can't be found, on pages that the reader answers for or may publish.
    pub troubles: Vec<TroubleRow>,
    /// Own drafts.
    pub drafts: Vec<PageRow>,
    /// What is searched for in vain.
    pub gaps: Vec<Gap>,
}

/// `GET /`
pub fn home(shell: &Shell, view: &Home) -> Markup {
    let may = shell.may();
    let main = html! {
        div.wrap {
            h1.vh { (t!(shell, "home")) }
            (ask(shell, view))
            @match view.view {
                HomeView::Sales => (sales(shell, view)),
                HomeView::Marketing => (marketing(shell, view)),
            }
        }
    };
    let actions = html! {
        @if may.writes { a.btn.desk href="/new" { (icon("file-plus")) (t!(shell, "new-page")) } }
        a.btn.desk href="/intel/new" { (icon("radio-tower")) (t!(shell, "report")) }
    };
    let mut frame = Screen::new(t!(shell, "home"), Here::Home, main)
        .without_search()
        .actions(actions);
    frame.lead = Lead::Line(shell.clock.weekday(shell.language));
    screen(shell, frame)
}

fn ask(shell: &Shell, view: &Home) -> Markup {
    html! {
        div.stack.ask {
            form.stack role="search" action="/search" {
                label.h-xl for="q" { (t!(shell, "home-ask")) }
                div.search.xl {
                    (icon_large("search"))
                    input #q type="search" name="q" autocomplete="off" placeholder=(attr!(shell, "home-ask-hint")) data-panel="/search/panel";
                    kbd.kbd { "/" }
                }
            }
            @if view.switch {
                form.rowx method="post" action="/home" {
                    span.m #home-view { (t!(shell, "home-view")) }
                    div.seg role="group" aria-labelledby="home-view" {
                        @for choice in HomeView::ALL {
                            button name="view" value=(choice) aria-pressed=(if *choice == view.view { "true" } else { "false" }) { (t!(shell, view_key(*choice))) }
                        }
                    }
                }
            }
        }
    }
}

fn view_key(view: HomeView) -> &'static str {
    match view {
        HomeView::Sales => key!("home-view-sales"),
        HomeView::Marketing => key!("home-view-marketing"),
    }
}

fn sales(shell: &Shell, view: &Home) -> Markup {
    html! {
        div.cols {
            div.stack.g-8 {
                (must_know(shell, view))
                (changed(shell, view))
            }
            div.stack.q.g-5 {
                h2.vh { (t!(shell, "home-queue")) }
                (report_panel(shell, "message-square-reply", t!(shell, "my-intel"), shell.counts.replies, "/intel/mine", &view.mine, false))
                @if !view.triage.is_empty() { (triage_panel(shell, view)) }
                @if !view.verify.is_empty() { (verify_panel(shell, view)) }
                (trouble_panel(shell, &view.troubles))
                (page_panel(shell, "pencil-line", t!(shell, "home-drafts"), &view.drafts))
            }
            (favourites(shell, view))
        }
    }
}

fn marketing(shell: &Shell, view: &Home) -> Markup {
    html! {
        div.cols {
            div.stack.g-8 {
                (must_know(shell, view))
                (to_verify(shell, view))
                (changed(shell, view))
            }
            div.stack.q.g-5 {
                h2.vh { (t!(shell, "home-queue")) }
                (page_panel(shell, "eye", t!(shell, "home-reviews"), &view.reviews))
                (triage_panel(shell, view))
                (super::gaps::panel(shell, &view.gaps))
                (trouble_panel(shell, &view.troubles))
                (page_panel(shell, "pencil-line", t!(shell, "home-drafts"), &view.drafts))
                @if !view.mine.is_empty() {
                    (report_panel(shell, "message-square-reply", t!(shell, "my-intel"), shell.counts.replies, "/intel/mine", &view.mine, false))
                }
            }
            (favourites(shell, view))
        }
    }
}

fn must_know(shell: &Shell, view: &Home) -> Markup {
    html! {
        @if !view.must_know.is_empty() {
            section.must aria-labelledby="h-must" {
                div.sec { h2 #h-must { (t!(shell, "home-must-know")) } span.m { (t!(shell, "home-must-know-hint")) } }
                (news_rows(shell, &view.must_know))
            }
        }
    }
}

fn changed(shell: &Shell, view: &Home) -> Markup {
    html! {
        section aria-labelledby="h-changed" {
            div.sec {
                h2 #h-changed { (t!(shell, "home-changed")) }
                @if !view.changed.is_empty() || !view.must_know.is_empty() {
                    span.m { (t!(shell, "home-changed-since", count = view.changed.len() + view.must_know.len(), day = shell.day(view.since))) }
                    form.inline method="post" action="/home/read" { button.linkish { (t!(shell, "home-mark-read")) } }
                }
            }
            @if !view.changed.is_empty() {
                (news_rows(shell, &view.changed))
                @if view.more { p.center.mt { a.btn.quiet href="/changes" { (t!(shell, "home-all-changes")) } } }
            } @else if !view.latest.is_empty() {
                p.m.mb { (t!(shell, "home-up-to-date")) " " a href="/changes" { (t!(shell, "home-all-changes")) } }
                (super::lists::page_rows(shell, &view.latest))
            } @else if view.must_know.is_empty() {
                (empty(Rule::Begin, t!(shell, "home-empty-title"), t!(shell, "home-empty-text"), html! {}))
            } @else {
                p.m { a href="/changes" { (t!(shell, "home-all-changes")) } }
            }
        }
    }
}

fn news_rows(shell: &Shell, rows: &[NewsRow]) -> Markup {
    html! {
        ul.rows { @for row in rows { li {
            (icon_large(&row.page.icon))
            div {
                a.t href=(row.page.href) lang=(row.page.language) { bdi { (row.page.title) } }
                @if row.page.badge != Badge::Current { " " (badge(shell, row.page.badge)) }
                @if !row.page.summary.is_empty() { p dir=(parts::dir(&row.page.summary)) { (row.page.summary) } }
                p.m {
                    bdi { (row.page.author) }
                    @if let Some(number) = row.page.number { " · " (t!(shell, "revision-n", number = number)) }
                    @if let Some(report) = row.own_report { " · " a.act href={ "/intel/" (report) } { (t!(shell, "home-from-own", number = report)) } }
                    @else if row.reports > 0 { " · " (t!(shell, "home-from-reports", count = row.reports)) }
                }
            }
            div.end { (shell.time_short(row.page.at)) }
        } } }
    }
}

fn favourites(shell: &Shell, view: &Home) -> Markup {
    html! {
        section.fav aria-labelledby="h-fav" {
            div.sec { h2 #h-fav { (t!(shell, "favourites")) } }
            @if view.favourites.is_empty() {
                p.m { (t!(shell, "favourites-empty")) }
            } @else {
                ul.cards { @for card in &view.favourites { li.panel.card {
                    span.rowx.m { (icon(&card.page.icon)) (card.kind) span.end { span.st.bare data-st=(parts::badge_tone(card.page.badge)) { (icon(parts::badge_icon(card.page.badge))) (t!(shell, parts::badge_key(card.page.badge))) } } }
                    a.t href=(card.page.href) lang=(card.page.language) { bdi { (card.page.title) } }
                } } }
            }
        }
    }
}

fn to_verify(shell: &Shell, view: &Home) -> Markup {
    html! {
        section aria-labelledby="h-verify" {
            div.sec { h2 #h-verify { (t!(shell, "home-verify")) } @if view.verify_total > 0 { span.count { (view.verify_total) } } }
            @if view.verify.is_empty() { (empty(Rule::Done, t!(shell, "home-verify-none"), t!(shell, "home-verify-none-text"), html! {})) }
            @else { (verify_rows(shell, &view.verify)) }
        }
    }
}

fn verify_panel(shell: &Shell, view: &Home) -> Markup {
    html! {
        section.panel {
            header { (icon("badge-check")) h3 { (t!(shell, "home-verify")) } span.count { (view.verify_total) } }
            (verify_rows(shell, &view.verify))
        }
    }
}

fn verify_rows(shell: &Shell, rows: &[VerifyRow]) -> Markup {
    html! {
        ul.rows { @for row in rows { li {
            (icon(parts::badge_icon(row.page.badge)))
            div {
                a.t href=(row.page.href) lang=(row.page.language) { bdi { (row.page.title) } }
                @if row.page.badge == Badge::Overdue { p.m.warn { (t!(shell, "home-overdue", days = shell.clock.days_since(row.page.at))) } }
                @else { p.m { (t!(shell, "home-due", day = shell.day(row.page.at))) } }
            }
            div.end { @if let Some(verify) = &row.verify {
                form.inline method="post" action=(verify) { button.btn aria-label=(format!("{}: {}", t!(shell, "page-verify"), row.page.title)) { (t!(shell, "page-verify")) } }
            } }
        } } }
    }
}

/// A panel of a few pages; nothing where there is none.
fn page_panel(shell: &Shell, icon_name: &str, title: &str, rows: &[PageRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section.panel {
                header { (icon(icon_name)) h3 { (title) } span.count { (rows.len()) } }
                ul.rows { @for row in rows { li {
                    (icon(&row.icon))
                    div {
                        a.t href=(row.href) lang=(row.language) { bdi { (row.title) } }
                        @if !row.summary.is_empty() { p.m dir=(parts::dir(&row.summary)) { (row.summary) } }
                        @if !row.author.is_empty() { p.m { bdi { (row.author) } } }
                    }
                    div.end { (shell.time_short(row.at)) }
                } } }
            }
        }
    }
}

fn triage_panel(shell: &Shell, view: &Home) -> Markup {
    report_panel(
        shell,
        "inbox",
        t!(shell, "home-triage"),
        shell.counts.triage,
        "/intel/triage",
        &view.triage,
        true,
    )
}

fn report_panel(
    shell: &Shell,
    icon_name: &str,
    title: &str,
    count: i64,
    href: &str,
    rows: &[ReportRow],
    waiting: bool,
) -> Markup {
    html! {
        section.panel {
            header {
                (icon(icon_name)) h3 { (title) }
                @if count > 0 { span.count { (count) } }
                a href=(href) { (t!(shell, "open-list")) }
            }
            @if rows.is_empty() {
                div.in.m { p {
                    @if waiting { (t!(shell, "home-no-triage")) }
                    @else { (t!(shell, "home-no-reports")) " " a href="/intel/new" { (t!(shell, "report")) } }
                } }
            } @else {
                ul.rows { @for row in rows { li {
                    @match &row.reporter { Some(face) => (avatar(face, false)), None => (icon("eye")) }
                    div {
                        a.t href={ "/intel/" (row.number) } dir=(parts::dir(&row.what)) { (row.what) }
                        p.m { bdi { "#" (row.number) } " · " (shell.time_moment(row.at)) }
                    }
                    div.end {
                        @if let (true, Some(clock)) = (waiting, row.clock) { (sla(shell, clock)) }
                        @else { (t!(shell, parts::intel_state_key(row.state))) }
                    }
                } } }
            }
        }
    }
}
