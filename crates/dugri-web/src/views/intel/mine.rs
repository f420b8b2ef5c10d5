//! The own reports: what became of each, with the words beside the change that they caused.

use dugri_app::intel::{Card, Mine, MineFilter};
use maud::{Markup, html};

use super::super::layout::{Here, Screen, screen};
use super::super::parts::{Face, Rule, avatar, empty, icon, older};
use super::{ending, life, name, number, topics};
use crate::shell::Shell;
use crate::{attr, t};

/// `GET /intel/mine`
pub fn mine(shell: &Shell, mine: &Mine, filter: MineFilter) -> Markup {
    let title = t!(shell, "my-intel");
    let totals = mine.totals;
    let next = mine
        .next
        .map(|before| format!("{}before={before}", href(filter, true)));
    let main = html! {
        div.wrap.narrow {
            div.head {
                div {
                    h1 { (title) }
                    @if totals.all > 0 {
                        p { (t!(shell, "intel-mine-count", count = totals.all)) " " (t!(shell, "intel-mine-changed", count = totals.published)) }
                    }
                }
                a.btn.primary.desk href="/intel/new" { (icon("radio-tower")) (t!(shell, "report")) }
            }
            @if totals.all == 0 { (nothing(shell)) }
            @else {
                nav.tabs.mb aria-label=(attr!(shell, "intel-filter")) {
                    (tab(shell, filter, MineFilter::All, "intel-tab-all", totals.all))
                    (tab(shell, filter, MineFilter::Waiting, "intel-tab-waiting", totals.waiting))
                    (tab(shell, filter, MineFilter::Published, "intel-tab-published", totals.published))
                }
                @if mine.unread.is_empty() && mine.others.is_empty() { p.mute { (t!(shell, "intel-none-here")) } }
                ol.stack.g-3 {
                    @for card in mine.unread.iter().chain(&mine.others) { li { (one(shell, mine, card)) } }
                }
                (older(shell, next.as_deref()))
            }
        }
    };
    screen(shell, Screen::new(title, Here::MyIntel, main))
}

fn nothing(shell: &Shell) -> Markup {
    empty(
        Rule::Begin,
        t!(shell, "intel-mine-empty"),
        t!(shell, "intel-mine-empty-text"),
        html! { a.btn.primary href="/intel/new" { (icon("radio-tower")) (t!(shell, "report")) } },
    )
}

fn href(filter: MineFilter, more: bool) -> String {
    let query = match filter {
        MineFilter::All => "",
        MineFilter::Waiting => "show=waiting",
        MineFilter::Published => "show=published",
    };
    match (query, more) {
        ("", false) => "/intel/mine".to_owned(),
        ("", true) => "/intel/mine?".to_owned(),
        (query, false) => format!("/intel/mine?{query}"),
        (query, true) => format!("/intel/mine?{query}&"),
    }
}

fn tab(shell: &Shell, chosen: MineFilter, filter: MineFilter, word: &'static str, count: i64) -> Markup {
    html! {
        a href=(href(filter, false)) aria-current=[(chosen == filter).then_some("true")] { (t!(shell, word)) " " span.count { (count) } }
    }
}

fn one(shell: &Shell, mine: &Mine, card: &Card) -> Markup {
    let report = &card.report;
    html! {
        article.panel.report {
            div.rowx.m {
                a href={ "/intel/" (report.id) } { (number(card)) } span { "·" } (shell.time_short(report.at))
                @if card.unread { span.st data-st="review" { (icon("circle-dot")) (t!(shell, "intel-new-reply")) } }
                @if report.confidential { span.m { (icon("lock")) span.vh { (t!(shell, "intel-is-confidential")) } } }
            }
            p.what.said-line dir=(crate::views::parts::dir(&report.what)) { (report.what) }
            (topics(shell, card, !shell.may().submit_only))
            (life(shell, card))
            (ending(shell, card, mine.changed.get(&report.id)))
            @if let Some(said) = card.last_reply() {
                div.reply {
                    @if let Some(author) = &said.author { (avatar(&Face::of(author, shell.language), false)) }
                    p.mute.grow {
                        @if let Some(author) = &said.author { b { bdi { (name(shell, author)) } } " " }
                        span.said-line dir=(crate::views::parts::dir(&said.message.text)) { (said.message.text) }
                    }
                }
            }
            @if card.unread {
                form.rowx action={ "/intel/" (report.id) "/-/seen" } method="post" {
                    input type="hidden" name="from" value="mine";
                    span.end { button.btn.quiet.sm { (icon("check")) (t!(shell, "intel-seen")) } }
                }
            }
        }
    }
}
