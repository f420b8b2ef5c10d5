//! What those who triage can do: each a form that works without scripts, opened by a key where scripts run.

use dugri_app::intel::{Card, Detail, PageLine};
use dugri_core::intel::{IntelState, MESSAGE_CHARS_MAX};
use maud::{Markup, html};

use super::super::fields::{Field, field_error, select};
use super::super::parts::{icon, icon_flip, intel_state_key};
use super::{Attempt, hash, name, number, reporter};
use crate::shell::Shell;
use crate::{attr, t};

/// Where an action goes back to.
pub(super) fn origin(in_queue: bool) -> Markup {
    html! { @if in_queue { input type="hidden" name="from" value="triage"; } }
}

fn key(letter: &str) -> Markup {
    html! { " " kbd.kbd aria-hidden="true" { (letter) } }
}

/// The row of actions.
pub(super) fn verbs(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let state = detail.card.report.state;
    html! {
        div.btns {
            @if state == IntelState::New {
                form method="post" action=(at(&detail.card, "acknowledge")) {
                    (origin(in_queue))
                    button.btn.primary data-key="KeyA" { (icon("check")) (t!(shell, "intel-acknowledge")) (key("A")) }
                }
            }
            @if !state.is_closed() {
                (link(shell, detail, attempt, in_queue))
                (assign(shell, detail, attempt, in_queue))
            }
            (reply(shell, detail, attempt, in_queue))
            @if !state.is_closed() { (close(shell, detail, attempt, in_queue)) }
            (others(shell, detail, attempt, in_queue))
        }
    }
}

fn at(card: &Card, verb: &str) -> String {
    format!("/intel/{}/-/{verb}", card.report.id)
}

/// The attempt at one of these verbs.
fn tried<'a>(attempt: Option<&'a Attempt>, verbs: &[&str]) -> Option<&'a Attempt> {
    attempt.filter(|attempt| verbs.contains(&attempt.verb))
}

fn link(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let tried = tried(attempt, &["link"]);
    html! {
        details.verb open[tried.is_some()] {
            summary.btn data-key="KeyL" { (icon("link")) (t!(shell, "intel-link")) (key("L")) }
            form.in.stack.g-3 method="post" action=(at(&detail.card, "link")) {
                (origin(in_queue))
                (Field::new("page", t!(shell, "intel-link-page"), tried.map_or("", |a| &a.text))
                    .hint(t!(shell, "intel-link-hint"))
                    .show(shell, tried.map_or(&[], |a| &a.wrong)))
                div.btns { button.btn.primary { (t!(shell, "intel-link-do")) } }
                @if !detail.pages.is_empty() {
                    p.m { (t!(shell, "intel-link-or")) }
                    div.btns {
                        @for line in &detail.pages {
                            button.btn.sm name="choose" value=(line.page.public_id) formnovalidate { (icon(&line.kind.icon)) bdi { (line.title) } }
                        }
                    }
                }
            }
        }
    }
}

fn assign(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let tried = tried(attempt, &["assign"]);
    let mut options = vec![(String::new(), t!(shell, "intel-nobody").to_owned())];
    options.extend(
        detail
            .assignable
            .iter()
            .map(|person| (person.id.to_string(), name(shell, person).to_owned())),
    );
    let chosen = detail
        .card
        .report
        .assignee
        .map(|person| person.to_string())
        .unwrap_or_default();
    html! {
        details.verb open[tried.is_some()] {
            summary.btn data-key="KeyS" { (icon("user-plus")) (t!(shell, "intel-assign")) (key("S")) }
            form.in.stack.g-3 method="post" action=(at(&detail.card, "assign")) {
                (origin(in_queue))
                (select("assignee", t!(shell, "intel-assign-to"), &options, &chosen))
                (field_error(shell, "assignee", tried.map_or(&[], |a| &a.wrong)))
                div.btns {
                    button.btn.primary { (t!(shell, "intel-assign")) }
                    button.btn name="me" value="true" { (t!(shell, "intel-assign-me")) }
                }
            }
        }
    }
}

fn reply(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let tried = tried(attempt, &["reply", "note"]);
    html! {
        details.verb open[tried.is_some()] {
            summary.btn data-key="KeyR" { (icon_flip("reply")) (t!(shell, "intel-reply")) (key("R")) }
            form.in.stack.g-3 method="post" action=(at(&detail.card, "reply")) {
                (origin(in_queue))
                (Field::new("text", t!(shell, "intel-reply-text"), tried.map_or("", |a| &a.text))
                    .rows(3)
                    .hint(t!(shell, "intel-reply-hint"))
                    .at_most(MESSAGE_CHARS_MAX)
                    .show(shell, tried.map_or(&[], |a| &a.wrong)))
                div.btns {
                    button.btn.primary { (icon_flip("send")) (t!(shell, "intel-reply-send")) }
                    button.btn formaction=(at(&detail.card, "note")) { (icon("lock")) (t!(shell, "intel-note-send")) }
                }
            }
        }
    }
}

fn close(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let tried = tried(attempt, &["answer", "decline"]);
    html! {
        details.verb open[tried.is_some()] {
            summary.btn.quiet { (t!(shell, "intel-close")) }
            form.in.stack.g-3 method="post" action=(at(&detail.card, "answer")) {
                (origin(in_queue))
                // A second field of this name on the screen needs an id of its own.
                div.field {
                    label for="f-outcome" { (t!(shell, "intel-close-text")) }
                    textarea.in-t #f-outcome name="text" rows="3" dir="auto" required maxlength=(MESSAGE_CHARS_MAX)
                        aria-invalid=[tried.map(|_| "true")] { (tried.map_or("", |a| &a.text)) }
                    p.hint { (t!(shell, "intel-close-hint")) }
                    @if let Some(tried) = tried { (field_error(shell, "text", &tried.wrong)) }
                }
                div.btns {
                    button.btn.primary { (icon("message-square-reply")) (t!(shell, "intel-answer")) }
                    button.btn formaction=(at(&detail.card, "decline")) { (icon("circle-slash")) (t!(shell, "intel-decline")) }
                }
            }
        }
    }
}

/// What is needed seldom: another space.
fn others(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let tried = tried(attempt, &["move"]);
    let options: Vec<_> = detail
        .spaces
        .iter()
        .map(|space| (space.slug.clone(), space.name_in(shell.language).to_owned()))
        .collect();
    let chosen = detail
        .spaces
        .iter()
        .find(|space| space.id == detail.card.report.space)
        .map_or("", |space| &space.slug);
    html! {
        @if options.len() > 1 {
            details.verb open[tried.is_some()] {
                summary.btn.quiet { (t!(shell, "intel-move")) }
                form.in.stack.g-3 method="post" action=(at(&detail.card, "move")) {
                    (origin(in_queue))
                    (select("space", t!(shell, "intel-move-to"), &options, chosen))
                    (field_error(shell, "space", tried.map_or(&[], |a| &a.wrong)))
                    div.btns { button.btn.primary { (t!(shell, "intel-move-do")) } }
                }
            }
        }
    }
}

/// The reports that became part of this one, each with the way back.
pub(super) fn merged(shell: &Shell, detail: &Detail, in_queue: bool) -> Markup {
    let card = &detail.card;
    html! {
        @if let (IntelState::Merged, Some(into)) = (card.report.state, card.report.merged_into) {
            div.banner data-st="review" role="status" {
                (icon("merge"))
                div { (t!(shell, "intel-merged-into")) " " a href={ "/intel/" (into) } { bdi { "#" (into) } } }
                (undo(shell, card, in_queue, true))
            }
        }
        @if !detail.merged.is_empty() {
            section.panel aria-label=(attr!(shell, "intel-merged")) {
                header { (icon("merge")) h2 { (t!(shell, "intel-merged")) } span.count { (detail.merged.len()) } }
                ul.rows {
                    @for (i, card) in detail.merged.iter().enumerate() {
                        li {
                            (icon(super::card_icon(card)))
                            div { p.ink.said-line dir=(crate::views::parts::dir(&card.report.what)) { (card.report.what) } p.m { (number(card)) " · " (reporter(shell, card)) " · " (shell.time_short(card.report.at)) } }
                            div.end { (undo(shell, card, in_queue, i + 1 == detail.merged.len())) }
                        }
                    }
                }
            }
        }
    }
}

/// The button that undoes a merge; the key is on the last one.
fn undo(shell: &Shell, card: &Card, in_queue: bool, keyed: bool) -> Markup {
    html! {
        form method="post" action=(at(card, "unmerge")) {
            (origin(in_queue))
            button.btn.sm data-key=[keyed.then_some("KeyZ")] {
                (icon_flip("undo-2")) (t!(shell, "intel-unmerge")) span.vh { " " (hash(card)) } @if keyed { (key("Z")) }
            }
        }
    }
}

/// Reports that may tell the same.
pub(super) fn similar(shell: &Shell, detail: &Detail, in_queue: bool) -> Markup {
    html! {
        @if !detail.similar.is_empty() {
            form.panel method="post" action=(at(&detail.card, "merge")) {
                (origin(in_queue))
                header {
                    (icon("copy")) h2 { (t!(shell, "intel-similar")) } span.count { (detail.similar.len()) }
                    @if detail.similar.iter().any(|one| !one.card.report.state.is_closed()) {
                        button.btn data-key="KeyM" { (icon("merge")) (t!(shell, "intel-merge")) (key("M")) }
                    }
                }
                ul.rows {
                    @for one in &detail.similar {
                        @let report = &one.card.report;
                        li {
                            @if report.state.is_closed() { (icon(super::card_icon(&one.card))) }
                            @else { input.cb type="checkbox" name="reports" value=(report.id) checked[one.percent >= 60] aria-label=(attr!(shell, "intel-number", number = hash(&one.card))); }
                            div {
                                p.ink.said-line dir=(crate::views::parts::dir(&report.what)) { (report.what) }
                                p.m {
                                    a href={ "/intel/" (report.id) } { (number(&one.card)) } " · " (reporter(shell, &one.card)) " · " (shell.time_short(report.at)) " · "
                                    (t!(shell, intel_state_key(report.state)))
                                    @if let Some(citation) = one.card.outcome() { ", " (t!(shell, "revision-n", number = citation.number)) }
                                }
                            }
                            div.end {
                                @if report.state.is_closed() && report.state != IntelState::Merged {
                                    button.btn.sm name="into" value=(report.id) { (t!(shell, "intel-merge-into", number = hash(&one.card))) }
                                }
                                span.tn { (one.percent) "%" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Pages that the report could change, each with the way into an edit that cites it.
pub(super) fn pages(shell: &Shell, detail: &Detail) -> Markup {
    let lines: Vec<&PageLine> = detail.page.iter().chain(&detail.pages).collect();
    html! {
        @if !lines.is_empty() && detail.card.report.state != IntelState::Merged {
            section.panel aria-label=(attr!(shell, "intel-pages")) {
                header { (icon("file-pen")) h2 { (t!(shell, "intel-pages")) } }
                ul.rows {
                    @for line in lines {
                        li {
                            (icon(&line.kind.icon))
                            div { a.t href={ "/p/" (line.page.public_id) "/" (line.page.slug) } { bdi { (line.title) } } p.m { (line.space.name_in(shell.language)) } }
                            div.end {
                                form method="post" action=(at(&detail.card, "edit")) {
                                    input type="hidden" name="page" value=(line.page.public_id);
                                    button.btn aria-label=(attr!(shell, "intel-edit-of", title = line.title.as_str())) { (t!(shell, "intel-edit")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
