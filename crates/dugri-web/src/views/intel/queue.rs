//! Triage as a queue: what is due first on top, the chosen report beside it, everything by keyboard.

use dugri_app::intel::{Card, Counts, Detail, Queue, QueueFilter, SpaceRow};
use dugri_core::intel::{IntelKind, IntelState, Subject};
use maud::{Markup, html};

use super::super::fields::select;
use super::super::layout::{Here, Lead, Screen, screen};
use super::super::parts::{Rule, empty, icon, icon_flip, intel_state_key};
use super::detail::pane;
use super::{Attempt, card_icon, hash, kind_key, number, reporter, sla, subject_key, with};
use crate::shell::Shell;
use crate::{attr, t};

/// Where in triage one is: the filter as it stands in the address, and the chosen report.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The filter.
    pub filter: QueueFilter,
    /// The filter as a query, without the view and the report.
    pub query: String,
    /// Whether a report was chosen, so that the phone shows it and not the list.
    pub chosen: bool,
}

impl Place {
    /// The address of triage with this filter and more.
    pub(super) fn href(&self, more: &str) -> String {
        let parts: Vec<&str> = [self.query.as_str(), more]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() {
            "/intel/triage".to_owned()
        } else {
            format!("/intel/triage?{}", parts.join("&"))
        }
    }
}

/// `GET /intel/triage`
pub fn queue(
    shell: &Shell,
    queue: &Queue,
    place: &Place,
    open: Option<&Detail>,
    attempt: Option<&Attempt>,
) -> Markup {
    let title = t!(shell, "triage");
    let at = open.map(|detail| detail.card.report.id);
    let empty_queue = queue.parts.iter().all(|(_, total, _)| *total == 0);
    let main = html! {
        div.split.full.one[place.chosen] {
            div.queue {
                div.rowx.qhead { h1 { (title) } span.end { (filter(shell, &queue.spaces, place)) (views(shell, place, false)) } }
                @if empty_queue { (nothing(shell)) }
                div data-keys-list {
                    @for (state, total, cards) in &queue.parts {
                        @if *total > 0 || *state == IntelState::New {
                            h2 {
                                (t!(shell, intel_state_key(*state))) " " span.count { (total) }
                                @if *state == IntelState::New { span.end { (t!(shell, "intel-soonest-first")) } }
                            }
                            ol { @for card in cards { li { (line(shell, card, place, at == Some(card.report.id))) } } }
                        }
                    }
                }
            }
            @if let Some(detail) = open {
                section.detail aria-label=(attr!(shell, "intel-number", number = hash(&detail.card))) {
                    div.in {
                        a.btn.quiet.narrow-only href=(place.href("")) { (icon_flip("arrow-left")) (t!(shell, "intel-to-queue")) }
                        (pane(shell, detail, attempt, true))
                    }
                    (keys(shell))
                }
            }
        }
        (all_keys(shell))
    };
    screen(
        shell,
        Screen {
            lead: Lead::Line(counts(shell, queue.counts)),
            ..Screen::new(title, Here::Triage, main)
        },
    )
}

/// `7 new, 1 late`.
pub(super) fn counts(shell: &Shell, counts: Counts) -> String {
    let new = t!(shell, "intel-new-count", count = counts.new);
    if counts.late > 0 {
        format!("{new}, {}", t!(shell, "intel-late-count", count = counts.late))
    } else {
        new
    }
}

/// The two views of triage.
pub(super) fn views(shell: &Shell, place: &Place, board: bool) -> Markup {
    html! {
        span.seg {
            a href=(place.href("")) aria-current=[(!board).then_some("true")] { (icon("rows-3")) (t!(shell, "intel-queue")) }
            a href=(place.href("view=board")) aria-current=[board.then_some("true")] { (icon("columns-3")) (t!(shell, "intel-board")) }
        }
    }
}

fn nothing(shell: &Shell) -> Markup {
    empty(
        Rule::Done,
        t!(shell, "intel-queue-empty"),
        t!(shell, "intel-queue-empty-text"),
        html! {},
    )
}

fn line(shell: &Shell, card: &Card, place: &Place, current: bool) -> Markup {
    let report = &card.report;
    html! {
        a href=(place.href(&format!("at={}", report.id))) aria-current=[current.then_some("true")] {
            span.rowx.m {
                (icon(card_icon(card)))
                span { (number(card)) " · " (reporter(shell, card)) }
                span.end { @if report.state == IntelState::New { (sla(shell, card.clock)) } @else { (with(shell, card)) } }
            }
            span.q dir=(crate::views::parts::dir(&report.what)) { (report.what) }
            @if !report.account.is_empty() { span.m { bdi { (report.account) } } }
        }
    }
}

/// The filter, a form behind a button.
pub(super) fn filter(shell: &Shell, spaces: &[SpaceRow], place: &Place) -> Markup {
    let all = || (String::new(), t!(shell, "intel-all").to_owned());
    let chosen_space = place
        .filter
        .space
        .and_then(|id| spaces.iter().find(|space| space.id == id))
        .map_or("", |space| &space.slug);
    let mut space_options = vec![all()];
    space_options.extend(
        spaces
            .iter()
            .map(|s| (s.slug.clone(), s.name_in(shell.language).to_owned())),
    );
    let mut subjects = vec![all()];
    subjects.extend(
        Subject::ALL
            .iter()
            .map(|s| (s.to_string(), t!(shell, subject_key(*s)).to_owned())),
    );
    let mut kinds = vec![all()];
    kinds.extend(
        IntelKind::ALL
            .iter()
            .map(|k| (k.to_string(), t!(shell, kind_key(*k)).to_owned())),
    );
    let on = !place.query.is_empty();
    html! {
        details.menu-box {
            summary.btn.ico.quiet[!on] aria-label=(attr!(shell, "intel-filter")) { (icon("sliders-horizontal")) }
            form.pop.pad.stack.g-3 method="get" action="/intel/triage" {
                (select("space", t!(shell, "intel-space"), &space_options, chosen_space))
                (select("subject", t!(shell, "intel-subject"), &subjects, place.filter.subject.map_or("", |s| s.as_str())))
                (select("kind", t!(shell, "intel-kind"), &kinds, place.filter.kind.map_or("", |k| k.as_str())))
                label.check { input type="checkbox" name="mine" value="true" checked[place.filter.assignee.is_some()]; span { (t!(shell, "intel-only-mine")) } }
                div.btns {
                    button.btn.primary { (t!(shell, "intel-filter-do")) }
                    @if on { a.btn.quiet href="/intel/triage" { (t!(shell, "intel-filter-clear")) } }
                }
            }
        }
    }
}

/// The keys of triage and the words for what they do.
pub(crate) const KEYS: [(&[&str], &str); 7] = [
    (&["J", "K"], crate::key!("keys-move")),
    (&["A"], crate::key!("intel-key-acknowledge")),
    (&["L"], crate::key!("intel-key-link")),
    (&["M"], crate::key!("intel-key-merge")),
    (&["S"], crate::key!("intel-key-assign")),
    (&["R"], crate::key!("intel-key-reply")),
    (&["Z"], crate::key!("intel-key-undo")),
];

fn keys(shell: &Shell) -> Markup {
    html! {
        @if shell.may().keys {
            div.keys {
                @for (letters, word) in KEYS { span { @for letter in letters { kbd.kbd { (letter) } } (t!(shell, word)) } }
                span { kbd.kbd { "?" } (t!(shell, "intel-key-all")) }
            }
        }
    }
}

fn all_keys(shell: &Shell) -> Markup {
    html! {
        dialog.scrim #keys aria-labelledby="keys-title" {
            div.pop.dlg {
                header { h2 #keys-title { (t!(shell, "keys-title")) } button.btn.quiet.ico type="button" data-close aria-label=(attr!(shell, "close")) { (icon("x")) } }
                div.in {
                    dl.was {
                        @for (letters, word) in KEYS { dt { @for letter in letters { kbd.kbd { (letter) } " " } } dd { (t!(shell, word)) } }
                        dt { kbd.kbd { "/" } } dd { (t!(shell, "keys-search")) }
                    }
                    p.m { (t!(shell, "keys-off")) }
                }
            }
        }
    }
}
