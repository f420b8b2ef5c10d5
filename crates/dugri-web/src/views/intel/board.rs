//! Triage as a board, for the weekly meeting: every report ends in one of the two columns at the end.

use dugri_app::intel::{BOARD_DAYS, Board, Card, Column};
use dugri_core::intel::IntelState;
use maud::{Markup, html};

use super::super::layout::{Here, Lead, Screen, screen};
use super::super::parts::{icon, intel_state_key};
use super::queue::{Place, counts, filter, views};
use super::{card_icon, number, reporter, reporter_avatar, with};
use crate::shell::Shell;
use crate::{key, t};

/// `GET /intel/triage?view=board`
pub fn board(shell: &Shell, board: &Board, place: &Place) -> Markup {
    let title = t!(shell, "triage");
    let main = html! {
        div.wrap.wide {
            div.head {
                div { h1 { (title) } p { (t!(shell, "intel-board-text", days = BOARD_DAYS)) } }
                div.btns { (views(shell, place, true)) (filter(shell, &board.spaces, place)) }
            }
            // Scrolls by itself on narrow screens, so it must be reachable by keyboard.
            div.board tabindex="0" role="group" aria-label=(title) {
                @for (column, total, cards) in &board.columns {
                    section.col {
                        h2 { (t!(shell, column_key(*column))) span.count { (total) } }
                        ol { @for card in cards { li.ticket { (ticket(shell, card)) } } }
                    }
                }
            }
        }
    };
    screen(
        shell,
        Screen {
            lead: Lead::Line(counts(shell, board.counts)),
            ..Screen::new(title, Here::Triage, main)
        },
    )
}

fn column_key(column: Column) -> &'static str {
    match column {
        Column::New => key!("intel-state-new"),
        Column::Acknowledged => key!("intel-state-acknowledged"),
        Column::ActedOn => key!("intel-state-published"),
        Column::Closed => key!("intel-state-closed"),
    }
}

fn ticket(shell: &Shell, card: &Card) -> Markup {
    let report = &card.report;
    html! {
        span.rowx.m {
            (icon(card_icon(card))) (number(card))
            span.end {
                @match report.state {
                    IntelState::Published => {
                        span.st data-st="current" {
                            (icon("git-commit-horizontal"))
                            @match card.outcome() {
                                Some(citation) => (t!(shell, "revision-n", number = citation.number)),
                                None => (t!(shell, intel_state_key(report.state))),
                            }
                        }
                    }
                    state if state.is_closed() => span.m { (t!(shell, intel_state_key(state))) },
                    IntelState::New => (super::sla(shell, card.clock)),
                    _ => (with(shell, card)),
                }
            }
        }
        p dir=(crate::views::parts::dir(&report.what)) { a.t href={ "/intel/triage?at=" (report.id) } { (report.what) } }
        span.rowx.m {
            (reporter_avatar(shell, card, false)) (reporter(shell, card))
            @if !report.account.is_empty() { span.end { bdi { (report.account) } } }
        }
    }
}
