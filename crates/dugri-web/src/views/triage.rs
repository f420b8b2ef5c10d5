//! Triage: the queue with one report beside it, by keyboard; the board for the weekly meeting.

use maud::{Markup, html};

use super::fields::field_error;
use super::intel::{ReportView, facts, outcome, report_icon, report_loop};
use super::layout::{Here, Lead, Screen, screen};
use super::lists::sla;
use super::parts::{self, Rule, avatar, empty, icon, icon_flip};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, t};

/// A part of the queue or a column of the board.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its title.
    pub title: String,
    /// How many there are.
    pub count: i64,
    /// The first of them.
    pub reports: Vec<ReportView>,
}

/// A report that may tell the same.
#[derive(Clone, Debug)]
pub struct Similar {
    /// Its number.
    pub number: i64,
    /// What it says.
    pub what: String,
    /// Who, when, state, in one line.
    pub meta: String,
    /// How like, in percent.
    pub percent: u8,
}

/// A page that a report could change.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The icon of its kind.
    pub icon: String,
    /// The title.
    pub title: String,
}

/// One report with all that triage may do to it.
#[derive(Clone, Debug)]
pub struct TriageDetail {
    /// The report.
    pub report: ReportView,
    /// Reports that may tell the same.
    pub similar: Vec<Similar>,
    /// Pages that it could change.
    pub pages: Vec<Candidate>,
    /// Reports that became part of it: number and words.
    pub merged: Vec<(i64, String)>,
    /// Whom it can be given to: key and name.
    pub people: Vec<(i64, String)>,
    /// The spaces it can be moved to: address and name.
    pub spaces: Vec<(String, String)>,
    /// Which form was sent and is wrong.
    pub failed_verb: String,
    /// What was typed there.
    pub typed: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// The queue.
#[derive(Clone, Debug)]
pub struct QueueView {
    /// New, acknowledged, in work.
    pub groups: Vec<Group>,
    /// How many are new and how many late.
    pub new: i64,
    /// Past their promised time.
    pub late: i64,
    /// The one beside the list.
    pub detail: Option<TriageDetail>,
    /// Whether that one was chosen: on a narrow screen it then stands alone.
    pub chosen: bool,
}

/// `GET /intel/triage`, `GET /intel/N` for whoever triages.
pub fn queue(shell: &Shell, view: &QueueView) -> Markup {
    let at = view.detail.as_ref().map(|d| d.report.number);
    let nothing = view.groups.iter().all(|g| g.reports.is_empty());
    let main = html! {
        div.split.full.one[view.chosen] {
            div.queue {
                div.rowx.qhead {
                    @if view.chosen { h2.qtitle { (t!(shell, "triage")) } } @else { h1 { (t!(shell, "triage")) } }
                    span.end { (switch(shell, false)) }
                }
                @if nothing { (empty(Rule::Done, t!(shell, "triage-empty-title"), t!(shell, "triage-empty-text"), html! {})) }
                div data-keys-list {
                    @for group in view.groups.iter().filter(|g| !g.reports.is_empty()) {
                        h2 { (group.title) " " span.count { (group.count) } }
                        ol { @for report in &group.reports { li { (queue_line(shell, report, at == Some(report.number))) } } }
                    }
                }
            }
            @if let Some(detail) = &view.detail { (detail_pane(shell, detail, view.chosen)) }
            @else { section.detail { div.in { (empty(Rule::Done, t!(shell, "triage-pick-title"), t!(shell, "triage-pick-text"), html! {})) } } }
        }
        (keys_dialog(shell))
    };
    let mut frame = Screen::new(t!(shell, "triage"), Here::Triage, main);
    frame.lead = if view.chosen {
        Lead::Crumbs {
            back: "/intel/triage".to_owned(),
            steps: vec![
                ("/intel/triage".to_owned(), t!(shell, "triage").to_owned()),
                (String::new(), at.map(|n| format!("#{n}")).unwrap_or_default()),
            ],
        }
    } else {
        Lead::Line(t!(shell, "triage-lead", new = view.new, late = view.late))
    };
    screen(shell, frame)
}

fn switch(shell: &Shell, board: bool) -> Markup {
    html! {
        nav.seg aria-label=(attr!(shell, "view-as")) {
            a href="/intel/triage" aria-current=[(!board).then_some("true")] { (icon("rows-3")) (t!(shell, "triage-queue")) }
            a href="/intel/triage?view=board" aria-current=[board.then_some("true")] { (icon("columns-3")) (t!(shell, "triage-board")) }
        }
    }
}

fn queue_line(shell: &Shell, report: &ReportView, current: bool) -> Markup {
    html! {
        a href={ "/intel/triage?at=" (report.number) } aria-current=[current.then_some("true")] {
            span.rowx.m {
                (icon(report_icon(report.kind, report.subject)))
                span { bdi { "#" (report.number) } @if let Some((name, _)) = &report.reporter { " · " bdi { (name) } } }
                span.end {
                    @if let Some(clock) = report.clock { (sla(shell, clock)) }
                    @else if let Some(name) = &report.assignee { span.m { (t!(shell, "loop-with", name = name.as_str())) } }
                }
            }
            span.q dir="auto" { (report.what) }
            @if !report.account.is_empty() { span.m { bdi { (report.account) } } }
        }
    }
}

fn detail_pane(shell: &Shell, detail: &TriageDetail, chosen: bool) -> Markup {
    let report = &detail.report;
    let label = attr!(shell, "report-number", number = report.number);
    html! {
        section.detail aria-label=(label) {
            div.stack.in {
                @if chosen { h1.vh { (label) } } @else { h2.vh { (label) } }
                div.rowx.wrapx {
                    @match &report.reporter {
                        Some((name, title)) => { (avatar(name, true)) span { b { bdi { (name) } } br; span.m { @if !title.is_empty() { bdi { (title) } " · " } (shell.time_moment(report.at)) } } }
                        None => { (icon("eye")) span { b { (t!(shell, "report-is-confidential")) } br; span.m { (shell.time_moment(report.at)) } } }
                    }
                    span.end { @if let Some(clock) = report.clock { (sla(shell, clock)) } }
                }
                div { (facts(shell, report)) }
                (report_loop(shell, report))
                (verbs(shell, detail))
                (outcome(shell, report))
                @if !detail.similar.is_empty() { (similar(shell, detail)) }
                @if !detail.merged.is_empty() { (merged(shell, detail)) }
                @if !detail.pages.is_empty() { (candidates(shell, detail)) }
            }
            @if shell.may().keys { (keys_bar(shell)) }
        }
    }
}

/// Everything that can be done to a report. A verb that needs words is a small form behind its button.
fn verbs(shell: &Shell, detail: &TriageDetail) -> Markup {
    use dugri_core::intel::IntelState::{Merged, New};
    let report = &detail.report;
    let at = |verb: &str| format!("/intel/{}/-/{verb}", report.number);
    let kbd = |key: &str| html! { @if shell.may().keys { kbd.kbd { (key) } } };
    let open = !report.state.is_closed();
    let options =
        |rows: &[(String, String)]| html! { @for (value, text) in rows { option value=(value) { (text) } } };
    let people: Vec<_> = detail
        .people
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    html! {
        div.btns {
            @if report.state == New {
                form.inline method="post" action=(at("acknowledge")) { button.btn.primary data-key="KeyA" { (icon("check")) (t!(shell, "verb-acknowledge")) " " (kbd("A")) } }
            }
            @if open {
                (verb(shell, detail, "link", "KeyL", html! { (icon("link")) (t!(shell, "verb-link")) " " (kbd("L")) }, html! {
                    div.field { label for="v-page" { (t!(shell, "verb-link-page")) } input.in-t #v-page name="page" list="pages" required dir="auto"; p.hint { (t!(shell, "verb-link-hint")) }
                        datalist #pages { @for page in &detail.pages { option value=(page.id) { (page.title) } } } }
                }))
                (verb(shell, detail, "assign", "KeyS", html! { (icon("user-plus")) (t!(shell, "verb-assign")) " " (kbd("S")) }, html! {
                    div.field { label for="v-who" { (t!(shell, "verb-assign-to")) } select.in-t #v-who name="assignee" { (options(&people)) } }
                }))
            }
            (verb(shell, detail, "reply", "KeyR", html! { (icon_flip("reply")) (t!(shell, "verb-reply")) " " (kbd("R")) }, (words(shell, detail, "reply", t!(shell, "verb-reply-text")))))
            (verb(shell, detail, "note", "", html! { (icon("lock")) (t!(shell, "verb-note")) }, (words(shell, detail, "note", t!(shell, "verb-note-text")))))
            @if open {
                (verb(shell, detail, "answer", "", html! { (icon("circle-check")) (t!(shell, "verb-answer")) }, (words(shell, detail, "answer", t!(shell, "verb-answer-text")))))
                (verb(shell, detail, "decline", "", html! { (icon("circle-slash")) (t!(shell, "verb-decline")) }, (words(shell, detail, "decline", t!(shell, "verb-decline-text")))))
                (verb(shell, detail, "merge", if detail.similar.is_empty() { "KeyM" } else { "" }, html! { (icon("merge")) (t!(shell, "verb-merge")) @if detail.similar.is_empty() { " " (kbd("M")) } }, html! {
                    div.field { label for="v-into" { (t!(shell, "verb-merge-with")) } input.in-t #v-into name="reports" required dir="ltr" inputmode="numeric" placeholder="229"; }
                }))
                @if detail.spaces.len() > 1 {
                    (verb(shell, detail, "move", "", html! { (icon("folder")) (t!(shell, "verb-move")) }, html! {
                        div.field { label for="v-space" { (t!(shell, "edit-space")) } select.in-t #v-space name="space" { (options(&detail.spaces)) } }
                    }))
                }
            }
            @if report.state == Merged {
                form.inline method="post" action=(at("unmerge")) { button.btn data-key="KeyZ" { (icon_flip("undo-2")) (t!(shell, "verb-unmerge")) " " (kbd("Z")) } }
            }
        }
    }
}

fn verb(
    shell: &Shell,
    detail: &TriageDetail,
    name: &str,
    key: &str,
    label: Markup,
    fields: Markup,
) -> Markup {
    let failed = detail.failed_verb == name;
    html! {
        details.verb open[failed] {
            summary.btn data-key=[(!key.is_empty()).then_some(key)] { (label) }
            form.in.stack.g-3 method="post" action={ "/intel/" (detail.report.number) "/-/" (name) } {
                (fields)
                @if failed { @for wrong in &detail.wrong { @if wrong.field != "text" { (field_error(shell, &wrong.field, std::slice::from_ref(wrong))) } } }
                div { button.btn.primary { (t!(shell, "verb-do")) } }
            }
        }
    }
}

fn words(shell: &Shell, detail: &TriageDetail, verb: &str, label: &str) -> Markup {
    let failed = detail.failed_verb == verb;
    let invalid = (failed && detail.wrong.iter().any(|w| w.field == "text")).then_some("true");
    html! {
        div.field {
            label for={ "v-" (verb) } { (label) }
            textarea.in-t id={ "v-" (verb) } name="text" rows="3" required dir="auto" aria-invalid=[invalid] { @if failed { "\n" (detail.typed) } }
            @if failed { (field_error(shell, "text", &detail.wrong)) }
        }
    }
}

fn similar(shell: &Shell, detail: &TriageDetail) -> Markup {
    html! {
        section.panel {
            form method="post" action={ "/intel/" (detail.report.number) "/-/merge" } {
                header.phead { (icon("copy")) h2 { (t!(shell, "similar-title")) } span.count { (detail.similar.len()) }
                    span.end { button.btn data-key="KeyM" { (icon("merge")) (t!(shell, "similar-merge")) @if shell.may().keys { " " kbd.kbd { "M" } } } } }
                ul.rows { @for other in &detail.similar { li {
                    input.cb type="checkbox" name="reports" value=(other.number) aria-label={ "#" (other.number) };
                    div { p.ink dir="auto" { (other.what) } p.m { a.act href={ "/intel/" (other.number) } { bdi { "#" (other.number) } } " · " (other.meta) } }
                    div.end { span.tn dir="ltr" { (other.percent) "%" } }
                } } }
            }
        }
    }
}

fn merged(shell: &Shell, detail: &TriageDetail) -> Markup {
    html! {
        section.panel {
            header { (icon("merge")) h2 { (t!(shell, "merged-title")) } span.count { (detail.merged.len()) } }
            ul.rows { @for (number, what) in &detail.merged { li {
                (icon("radio-tower")) div { p.ink dir="auto" { (what) } p.m { a.act href={ "/intel/" (number) } { bdi { "#" (number) } } } } div.end {}
            } } }
        }
    }
}

fn candidates(shell: &Shell, detail: &TriageDetail) -> Markup {
    html! {
        section.panel {
            header { (icon("file-pen")) h2 { (t!(shell, "candidates-title")) } }
            ul.rows { @for page in &detail.pages { li {
                (icon(&page.icon)) div { a.t href=(page.href) { bdi { (page.title) } } }
                div.end { form.inline method="post" action={ "/intel/" (detail.report.number) "/-/edit" } {
                    input type="hidden" name="page" value=(page.id);
                    button.btn.act { (t!(shell, "candidates-edit")) } } }
            } } }
        }
    }
}

/// `GET /intel/triage?view=board`
pub fn board(shell: &Shell, groups: &[Group]) -> Markup {
    let main = html! {
        div.wrap.wide {
            div.head { div { h1 { (t!(shell, "triage")) } p { (t!(shell, "board-lead")) } } div.btns { (switch(shell, true)) } }
            div.board tabindex="0" role="region" aria-label=(attr!(shell, "triage-board")) {
                @for group in groups {
                    section.col {
                        h2 { (group.title) span.count { (group.count) } }
                        ol { @for report in &group.reports { (ticket(shell, report)) } }
                    }
                }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "triage"), Here::Triage, main))
}

fn ticket(shell: &Shell, report: &ReportView) -> Markup {
    html! {
        li.ticket {
            span.rowx.m {
                (icon(report_icon(report.kind, report.subject))) bdi { "#" (report.number) }
                span.end {
                    @if let Some(clock) = report.clock { (sla(shell, clock)) }
                    @else if let Some(became) = report.became.first() { span.st data-st="current" { (icon("git-commit-horizontal")) (t!(shell, "revision-n", number = became.number)) } }
                    @else { span.m { (t!(shell, parts::intel_state_key(report.state))) } }
                }
            }
            p { a.t href={ "/intel/triage?at=" (report.number) } dir="auto" { (report.what) } }
            span.rowx.m {
                @match &report.reporter { Some((name, _)) => { (avatar(name, false)) bdi { (name) } } None => (icon("eye")) }
                span.end { bdi { (report.account) } }
            }
        }
    }
}

const KEYS: [(&str, &str); 9] = [
    ("J", crate::key!("key-next")),
    ("K", crate::key!("key-previous")),
    ("A", crate::key!("key-acknowledge")),
    ("L", crate::key!("key-link")),
    ("M", crate::key!("key-merge")),
    ("S", crate::key!("key-assign")),
    ("R", crate::key!("key-reply")),
    ("Z", crate::key!("key-undo")),
    ("?", crate::key!("key-all")),
];

fn keys_bar(shell: &Shell) -> Markup {
    html! { div.keys { @for (key, word) in KEYS { span { kbd.kbd { (key) } (t!(shell, word)) } } } }
}

fn keys_dialog(shell: &Shell) -> Markup {
    html! {
        dialog.pop.dlg #keys aria-labelledby="keys-title" {
            header { h2 #keys-title { (t!(shell, "keys-title")) } button.btn.quiet.ico type="button" data-close aria-label=(attr!(shell, "close")) { (icon("x")) } }
            div.in {
                dl.facts { dt { kbd.kbd { "/" } } dd { (t!(shell, "keys-search")) } @for (key, word) in KEYS { dt { kbd.kbd { (key) } } dd { (t!(shell, word)) } } }
                p.m { (t!(shell, "keys-off")) }
            }
        }
    }
}
