//! Gaps: how searches went, which led nowhere, and what becomes of them.

use chrono::{DateTime, Utc};
use dugri_app::gaps::{Answers, NOTE_CHARS_MAX};
use dugri_core::gaps::GapState;
use maud::{Markup, html};

use super::fields::{Field, form_errors};
use super::layout::{Here, Screen, screen};
use super::parts::{Face, Rule, avatar, dir, empty, icon, search_for, track};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, key, t};

/// Somebody who asked marketing.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who.
    pub face: Face,
    /// What for.
    pub note: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A page: id, address, title.
pub type PageLink = (String, String, String);

/// A gap.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its key, where it has one.
    pub id: Option<i64>,
    /// Where it stands.
    pub state: GapState,
    /// Why it was declined.
    pub reason: String,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// The words.
    pub words: String,
    /// Other ways in which they were typed.
    pub spellings: Vec<String>,
    /// Searches that found nothing.
    pub without_result: usize,
    /// Searches of whose answers none was opened.
    pub without_click: usize,
    /// How many people.
    pub people: usize,
    /// How many such searches there were in the period before.
    pub before: usize,
    /// When it was searched for last.
    pub last_at: DateTime<Utc>,
    /// It was decided, and searched for in vain again.
    pub again: bool,
    /// Who asked.
    pub askers: Vec<Asked>,
    /// What those opened who went on looking.
    pub then: Option<PageLink>,
    /// Where its words lead.
    pub page: Option<PageLink>,
}

/// What was typed into a form that could not be done.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Of which gap.
    pub words: String,
    /// A reason.
    pub reason: String,
    /// A page.
    pub page: String,
    /// Other words.
    pub meaning: String,
}

/// The screen of gaps.
#[derive(Clone, Debug)]
pub struct GapsView {
    /// How many days are looked at.
    pub days: i64,
    /// Between how many one can choose.
    pub choices: Vec<i64>,
    /// How searches went.
    pub answers: Answers,
    /// How many were answered within so many seconds; `None`: in more.
    pub steps: Vec<(Option<i64>, usize)>,
    /// How many gaps are open, and decided.
    pub counts: (usize, usize),
    /// Whether the decided ones are shown.
    pub shows_decided: bool,
    /// The gaps.
    pub rows: Vec<Row>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /gaps`
pub fn gaps(shell: &Shell, view: &GapsView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "gaps")) } p { (t!(shell, "gaps-lead")) } }
                nav.seg aria-label=(attr!(shell, "gaps-period")) {
                    @for days in &view.choices { a href=(address(*days, view.shows_decided)) aria-current=[(*days == view.days).then_some("true")] { (t!(shell, "gaps-days", days = *days)) } }
                }
            }
            (form_errors(shell, &view.wrong))
            div.stack.g-6 {
                (figures(shell, view))
                div.stack {
                    nav.tabs aria-label=(attr!(shell, "gaps")) {
                        a href=(address(view.days, false)) aria-current=[(!view.shows_decided).then_some("page")] { (t!(shell, "gaps-open")) span.count { (view.counts.0) } }
                        a href=(address(view.days, true)) aria-current=[view.shows_decided.then_some("page")] { (t!(shell, "gaps-decided")) span.count { (view.counts.1) } }
                    }
                    @if view.rows.is_empty() { (nothing(shell, view)) }
                    @else { ul.rows.gaps { @for (at, row) in view.rows.iter().enumerate() { (gap(shell, view, row, &format!("-{at}"))) } } }
                    p.m { (t!(shell, "gaps-privacy")) }
                }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "gaps"), Here::Gaps, main))
}

fn address(days: i64, decided: bool) -> String {
    let show = if decided { "&show=decided" } else { "" };
    format!("/gaps?days={days}{show}")
}

fn nothing(shell: &Shell, view: &GapsView) -> Markup {
    let (title, text) = match view.shows_decided {
        true => (
            t!(shell, "gaps-none-decided"),
            t!(shell, "gaps-none-decided-text"),
        ),
        false => (t!(shell, "gaps-none"), t!(shell, "gaps-none-text")),
    };
    empty(Rule::Done, title, text, html! {})
}

/// How searches went: four figures, and how long it took to the page that answered.
fn figures(shell: &Shell, view: &GapsView) -> Markup {
    let answers = &view.answers;
    let part = |count: usize| (count * 100).checked_div(answers.searches).unwrap_or(0);
    html! {
        section.kpis.tight aria-label=(attr!(shell, "gaps-figures")) {
            div.panel.kpi { h2 { (t!(shell, "gaps-searches")) } p.big { (answers.searches) } p { (t!(shell, "gaps-by-people", count = answers.people)) } }
            div.panel.kpi { h2 { (t!(shell, "gaps-without-result")) } p.big { (part(answers.without_result)) small { " %" } } p { (t!(shell, "gaps-of-searches", count = answers.without_result)) } }
            div.panel.kpi { h2 { (t!(shell, "gaps-without-click")) } p.big { (part(answers.without_click)) small { " %" } } p { (t!(shell, "gaps-of-searches", count = answers.without_click)) } }
            div.panel.kpi {
                h2 { (t!(shell, "gaps-to-answer")) }
                @match (answers.median_ms, answers.ninety_ms) {
                    (Some(median), Some(ninety)) => {
                        p.big { (seconds(median)) small { " " (t!(shell, "gaps-seconds")) } }
                        p { (t!(shell, "gaps-ninety", seconds = seconds(ninety), count = answers.answered)) }
                        (distribution(shell, view))
                    }
                    _ => { p.big { "–" } p { (t!(shell, "gaps-no-answer")) } }
                }
            }
        }
    }
}

fn distribution(shell: &Shell, view: &GapsView) -> Markup {
    let all = view.answers.answered.max(1);
    html! {
        details {
            summary.rowx.act { (t!(shell, "gaps-distribution")) (icon("chevron-down")) }
            table.tbl {
                tbody { @for (upto, count) in &view.steps { tr {
                    th scope="row" { @match upto { Some(seconds) => (t!(shell, "gaps-upto", seconds = *seconds)), None => (t!(shell, "gaps-beyond")) } }
                    td { (track((count * 100 / all) as i64, "current", &format!("{} %", count * 100 / all))) }
                    td.num.tn { (count) }
                } } }
            }
        }
    }
}

/// Milliseconds as seconds, with a tenth where there are few.
fn seconds(ms: i64) -> String {
    if ms < 10_000 {
        format!("{}.{}", ms / 1_000, ms % 1_000 / 100)
    } else {
        (ms / 1_000).to_string()
    }
}

fn gap(shell: &Shell, view: &GapsView, row: &Row, of: &str) -> Markup {
    html! {
        li {
            (icon(if row.askers.is_empty() { "scan-search" } else { "message-circle-question-mark" }))
            div.stack.g-2 {
                div {
                    a.t href=(search_for(&row.words)) dir=(dir(&row.words)) { (row.words) }
                    @if !row.spellings.is_empty() { p.m { (t!(shell, "gap-also")) " " @for (at, words) in row.spellings.iter().enumerate() { @if at > 0 { " · " } bdi { (words) } } } }
                    @if row.without_result + row.without_click > 0 { (counts(shell, row)) }
                }
                @if row.again { p.m.warn { (t!(shell, "gap-again", what = t!(shell, state_key(row.state)))) } }
                @for asked in &row.askers { (asker(shell, asked)) }
                (outcome(shell, row))
                @if let Some((id, href, title)) = &row.then && row.page.as_ref().is_none_or(|page| page.0 != *id) {
                    form.rowx.wrapx method="post" action="/gaps/redirect" {
                        input type="hidden" name="words" value=(row.words);
                        input type="hidden" name="page" value=(id);
                        span.m { (t!(shell, "gap-then")) " " a href=(href) { bdi { (title) } } }
                        button.btn.sm { (icon("corner-down-right")) (t!(shell, "gap-lead-there")) }
                    }
                }
                @if row.state == GapState::Open || row.again {
                    details open[is_typed(view, row)] {
                        summary.btn.sm { (t!(shell, "gap-decide")) (icon("chevron-down")) }
                        (decide(shell, view, row, of))
                    }
                } @else if let Some(id) = row.id {
                    form.inline method="post" action={ "/gaps/" (id) "/take-back" } { button.btn.sm { (icon("undo-2")) (t!(shell, "gap-take-back")) } }
                }
            }
            div.end { (shell.time_short(row.last_at)) }
        }
    }
}

fn counts(shell: &Shell, row: &Row) -> Markup {
    let times = row.without_result + row.without_click;
    html! {
        p.m {
            (t!(shell, "gap-times", count = times)) " · " (t!(shell, "gaps-by-people", count = row.people))
            @if row.without_result > 0 && row.without_click > 0 { " · " (t!(shell, "gap-split", nothing = row.without_result, unopened = row.without_click)) }
            @else if row.without_result > 0 { " · " (t!(shell, "gap-nothing")) }
            @else { " · " (t!(shell, "gap-unopened")) }
            " · "
            @if row.before == 0 { span.warn { (t!(shell, "gap-new")) } }
            @else if times > row.before { span.warn { (t!(shell, "gap-more", before = row.before)) } }
            @else if times < row.before { (t!(shell, "gap-fewer", before = row.before)) }
            @else { (t!(shell, "gap-as-before")) }
        }
    }
}

fn asker(shell: &Shell, asked: &Asked) -> Markup {
    html! {
        div.rowx.wrapx {
            (avatar(&asked.face, false))
            span { (t!(shell, "gap-asked-by", name = asked.face.to_string(), when = shell.ago(asked.at))) }
            @if !asked.note.is_empty() { span dir=(dir(&asked.note)) { (asked.note) } }
        }
    }
}

fn outcome(shell: &Shell, row: &Row) -> Markup {
    html! {
        @if row.state != GapState::Open {
            p.m {
                (t!(shell, state_key(row.state)))
                @if let Some(at) = row.decided_at { " · " (shell.time_ago(at)) }
                @if let Some((_, href, title)) = &row.page { " · " a href=(href) { bdi { (title) } } }
                @if !row.reason.is_empty() { " · " bdi { (row.reason) } }
            }
        }
    }
}

/// Whether something was typed for this gap that could not be done.
fn is_typed(view: &GapsView, row: &Row) -> bool {
    view.typed.words == row.words && !view.wrong.is_empty()
}

fn decide(shell: &Shell, view: &GapsView, row: &Row, of: &str) -> Markup {
    let is_typed = is_typed(view, row);
    let none = Typed::default();
    let typed = if is_typed { &view.typed } else { &none };
    let wrong: &[Wrong] = if is_typed { &view.wrong } else { &[] };
    let words = html! { input type="hidden" name="words" value=(row.words); };
    let write = serde_urlencoded::to_string([("title", &row.words), ("gap", &row.words)]).unwrap_or_default();
    html! {
        div.stack.pad {
            div.btns { a.btn href={ "/new?" (write) } { (icon("file-plus")) (t!(shell, "gap-write")) } }
            form.stack.g-2 method="post" action="/gaps/redirect" {
                (words)
                (Field::new("page", t!(shell, "gap-page"), &typed.page).of(of).hint(t!(shell, "gap-page-hint")).show(shell, wrong))
                div.btns { button.btn { (icon("corner-down-right")) (t!(shell, "gap-lead")) } }
            }
            form.stack.g-2 method="post" action="/gaps/alias" {
                (words)
                (Field::new("meaning", t!(shell, "gap-meaning"), &typed.meaning).of(of).hint(t!(shell, "gap-meaning-hint")).show(shell, wrong))
                div.btns { button.btn { (icon("link")) (t!(shell, "alias-keep")) } }
            }
            form.stack.g-2 method="post" action="/gaps/decline" {
                (words)
                (Field::new("reason", t!(shell, "gap-reason"), &typed.reason).of(of).hint(t!(shell, "gap-reason-hint")).at_most(NOTE_CHARS_MAX).show(shell, wrong))
                div.btns { button.btn { (icon("circle-slash")) (t!(shell, "gap-decline")) } }
            }
        }
    }
}

/// What became of a gap, in words.
pub fn state_key(state: GapState) -> &'static str {
    match state {
        GapState::Open => key!("gap-state-open"),
        GapState::Page => key!("gap-state-page"),
        GapState::Alias => key!("gap-state-alias"),
        GapState::Redirect => key!("gap-state-redirect"),
        GapState::Declined => key!("gap-state-declined"),
    }
}

/// The few most pressing gaps on marketing's home; nothing where there is none.
pub fn panel(shell: &Shell, rows: &[Row]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section.panel {
                header { (icon("scan-search")) h3 { (t!(shell, "gaps")) } a.end.m href="/gaps" { (t!(shell, "gaps-all")) } }
                ul.rows { @for row in rows { li {
                    (icon(if row.askers.is_empty() { "search" } else { "message-circle-question-mark" }))
                    div {
                        a.t href="/gaps" dir=(dir(&row.words)) { (row.words) }
                        p.m { (t!(shell, "gap-times", count = row.without_result + row.without_click)) " · " (t!(shell, "gaps-by-people", count = row.people)) }
                    }
                    div.end { (shell.time_short(row.last_at)) }
                } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_seconds_have_a_tenth() {
        assert_eq!(seconds(450), "0.4");
        assert_eq!(seconds(9_990), "9.9");
        assert_eq!(seconds(61_000), "61");
    }
}
