//! The field's reports on screens: the form, the own reports, one in full, triage as queue and as board.

mod board;
mod detail;
mod form;
mod mine;
pub(crate) mod queue;
mod verbs;

use dugri_app::intel::{Card, Changed, Citation, PersonName};
use dugri_core::intel::{Certainty, Clock, IntelKind, IntelState, Subject};
use dugri_text::diff::{Change, RedlinePart, Run};
use maud::{Markup, PreEscaped, html};

use super::parts::{Face, avatar, icon, loop_line, loop_steps, tag};
use crate::dates;
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{key, t};

pub use board::board;
pub use detail::detail;
pub use form::form;
pub use mine::mine;
pub use queue::{Place, queue};

/// Blocks of a comparison that a report shows; the rest is behind the link.
const CHANGES_SHOWN: usize = 4;

/// An action whose fields were wrong: which one, what was typed, what is wrong.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The last part of the action's address.
    pub verb: &'static str,
    /// What was typed.
    pub text: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// The word for whom a report is about.
pub fn subject_key(subject: Subject) -> &'static str {
    match subject {
        Subject::Customer => key!("intel-subject-customer"),
        Subject::Competitor => key!("intel-subject-competitor"),
        Subject::Partner => key!("intel-subject-partner"),
        Subject::Material => key!("intel-subject-material"),
    }
}

fn subject_icon(subject: Subject) -> &'static str {
    match subject {
        Subject::Customer => "building-2",
        Subject::Competitor => "swords",
        Subject::Partner => "handshake",
        Subject::Material => "file-text",
    }
}

/// The word for how certain the reporter is.
pub fn certainty_key(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Heard => key!("intel-certainty-heard"),
        Certainty::Document => key!("intel-certainty-document"),
        Certainty::Rumour => key!("intel-certainty-rumour"),
    }
}

fn certainty_icon(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Heard => "ear",
        Certainty::Document => "file-check",
        Certainty::Rumour => "message-circle-question-mark",
    }
}

/// The word for what a report is.
pub fn kind_key(kind: IntelKind) -> &'static str {
    match kind {
        IntelKind::Price => key!("intel-kind-price"),
        IntelKind::Objection => key!("intel-kind-objection"),
        IntelKind::Won => key!("intel-kind-won"),
        IntelKind::Lost => key!("intel-kind-lost"),
        IntelKind::MissingFeature => key!("intel-kind-missing-feature"),
        IntelKind::Fault => key!("intel-kind-fault"),
        IntelKind::Question => key!("intel-kind-question"),
    }
}

fn kind_icon(kind: IntelKind) -> &'static str {
    match kind {
        IntelKind::Price => "receipt-text",
        IntelKind::Objection => "message-square-warning",
        IntelKind::Won => "trophy",
        IntelKind::Lost => "trending-down",
        IntelKind::MissingFeature => "puzzle",
        IntelKind::Fault => "bug",
        IntelKind::Question => "message-circle-question-mark",
    }
}

/// The icon of a report: what it is, or else about whom.
fn card_icon(card: &Card) -> &'static str {
    card.report
        .kind
        .map_or(subject_icon(card.report.subject), kind_icon)
}

/// `#236`.
fn hash(card: &Card) -> String {
    format!("#{}", card.report.id)
}

/// A section as it is read: links carry the words of the heading, older reports its anchor.
fn section(section: &str) -> String {
    match section.strip_prefix("h-") {
        Some(anchor) => anchor.replace('-', " "),
        None => section.to_owned(),
    }
}

/// `#236`, never turned around.
fn number(card: &Card) -> Markup {
    html! { bdi { "#" (card.report.id) } }
}

fn name<'a>(shell: &Shell, person: &'a PersonName) -> &'a str {
    person.name_in(shell.language)
}

/// The reporter's name, or that it is not told.
fn reporter(shell: &Shell, card: &Card) -> Markup {
    html! {
        @match &card.reporter {
            Some(person) => bdi { (name(shell, person)) },
            None => (t!(shell, "intel-reporter-hidden")),
        }
    }
}

fn reporter_avatar(shell: &Shell, card: &Card, large: bool) -> Markup {
    match &card.reporter {
        Some(person) => avatar(&Face::of(person, shell.language), large),
        None => html! { span.av.l[large] aria-hidden="true" { (icon("lock")) } },
    }
}

/// The running clock: how much is left, or how late it is.
fn sla(shell: &Shell, clock: Option<Clock>) -> Markup {
    html! {
        @if let Some(clock) = clock {
            @let minutes = (clock.due - shell.clock.now).num_minutes();
            @let span = dates::Clock::span(shell.language, minutes);
            @if clock.late { span.sla.late { (icon("timer-off")) (t!(shell, "intel-late", span = span)) } }
            @else { span.sla.soon[clock.soon] { (icon("timer")) (t!(shell, "intel-left", span = span)) } }
        }
    }
}

/// Who a report is with, if somebody has it.
fn with(shell: &Shell, card: &Card) -> Markup {
    html! {
        @match &card.assignee {
            Some(person) => span.m { (t!(shell, "intel-with", name = name(shell, person))) },
            None => (sla(shell, card.clock)),
        }
    }
}

fn topics(shell: &Shell, card: &Card, linked: bool) -> Markup {
    html! {
        @if !card.topics.is_empty() {
            div.tags {
                @for topic in &card.topics {
                    @let name = topic.name_in(shell.language);
                    @let href = linked.then(|| super::parts::search_for(&format!("topic:\"{name}\"")));
                    (tag(topic.kind, name, href.as_deref()))
                }
            }
        }
    }
}

/// What became of a report, as a line with three points.
fn life(shell: &Shell, card: &Card) -> Markup {
    let report = &card.report;
    // A merged report waits for the answer of the one it became part of.
    let state = match card.end {
        Some(end) => end,
        None if report.state == IntelState::Merged => IntelState::InWork,
        None => report.state,
    };
    let first = html! { (shell.time_moment(report.at)) };
    let second = html! {
        @match (report.acknowledged_at, &card.assignee) {
            (_, Some(person)) if card.end.is_none() && report.state != IntelState::New => {
                (t!(shell, "intel-is-on-it", name = name(shell, person)))
            }
            (Some(at), _) => (t!(shell, "intel-after", span = dates::Clock::span(shell.language, (at - report.at).num_minutes()))),
            (None, _) if report.state == IntelState::New => {
                (t!(shell, "intel-due-by", moment = shell.moment(report.first_response_due)))
            }
            (None, _) => {}
        }
    };
    let third = html! {
        @match (card.outcome(), report.closed_at) {
            (Some(citation), _) => {
                a href=(page_at(citation)) { (t!(shell, "revision-n", number = citation.number)) }
            }
            (None, Some(at)) => (shell.time_short(at)),
            (None, None) if report.state == IntelState::Merged => (t!(shell, "intel-part-of-another")),
            (None, None) if report.state != IntelState::New => {
                (t!(shell, "intel-expected-by", day = shell.day(report.resolution_due)))
            }
            (None, None) => {}
        }
    };
    loop_line(shell, &loop_steps(shell, state, [first, second, third]), false)
}

fn page_at(citation: &Citation) -> String {
    format!("/p/{}/v/{}", citation.public_id, citation.number)
}

fn compare_at(citation: &Citation, before: i64) -> String {
    format!(
        "/p/{}/-/compare?from={before}&to={}",
        citation.public_id, citation.number
    )
}

/// How a report ended: the words of the page that it changed, the answer or the reason; and by whom.
fn ending(shell: &Shell, card: &Card, changed: Option<&Changed>) -> Markup {
    let report = &card.report;
    let Some(end) = card.end else { return html! {} };
    let by = card
        .closed_by
        .as_ref()
        .map(|person| Face::of(person, shell.language));
    html! {
        @if end == IntelState::Published {
            div.reply {
                @if let Some(by) = &by { (avatar(by, false)) }
                div.grow {
                    p.mute {
                        @if let Some(by) = &by { b { bdi { (by) } } " " }
                        @match card.outcome() {
                            Some(citation) => {
                                (t!(shell, "intel-changed-page")) " "
                                a href={ "/p/" (citation.public_id) "/" (citation.slug) } { bdi { (citation.title) } }
                                @let said = if citation.reason.is_empty() { &citation.summary } else { &citation.reason };
                                @if !said.is_empty() { ": " span dir=(crate::views::parts::dir(said)) { (said) } }
                            }
                            None => (t!(shell, "intel-changed-unseen")),
                        }
                    }
                    @if let (Some(citation), Some(changed)) = (card.outcome(), changed) { (changes(shell, citation, changed)) }
                }
            }
        } @else if !report.outcome.is_empty() {
            div.reply {
                @if let Some(by) = &by { (avatar(by, false)) }
                p.mute.grow { @if let Some(by) = &by { b { bdi { (by) } } " " } span.said-line dir=(crate::views::parts::dir(&report.outcome)) { (report.outcome) } }
            }
        }
    }
}

/// The changed words of a page.
fn changes(shell: &Shell, citation: &Citation, changed: &Changed) -> Markup {
    let Some(before) = changed.before else {
        return html! { p.m { (t!(shell, "intel-new-page")) } };
    };
    let parts: Vec<&str> = changed
        .redline
        .parts
        .iter()
        .filter_map(|part| match part {
            RedlinePart::Changed { html } => Some(html.as_str()),
            RedlinePart::Same { .. } | RedlinePart::Folded { .. } => None,
        })
        .collect();
    let more = parts.len().saturating_sub(CHANGES_SHOWN);
    html! {
        h2.vh { (t!(shell, "page-what-changed")) }
        div.changed.prose lang=(citation.language) dir=(citation.language.dir()) {
            @if let Some(title) = &changed.title { p { (runs(title)) } }
            // Rendered by the one safe renderer of Markdown.
            @for part in parts.iter().take(CHANGES_SHOWN) { (PreEscaped(without_headings(part))) }
        }
        p.m {
            @if more > 0 { (t!(shell, "intel-more-changes", count = more)) " " }
            a href=(compare_at(citation, before)) { (t!(shell, "intel-see-changes")) }
        }
    }
}

/// Headings of a page are none of the report that shows a piece of it: they become paragraphs.
///
/// The renderer escapes all text, so `<h2` can only be a tag of its own.
fn without_headings(html: &str) -> String {
    let mut plain = html.to_owned();
    for level in 1..=6 {
        plain = plain
            .replace(&format!("<h{level}"), "<p")
            .replace(&format!("</h{level}>"), "</p>");
    }
    plain
}

fn runs(runs: &[Run]) -> Markup {
    html! {
        @for run in runs {
            @match run.change {
                Change::Equal => (run.text),
                Change::Deleted => del { (run.text) },
                Change::Inserted => ins { (run.text) },
            }
        }
    }
}

/// A name as the last part of an address.
fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_page_brings_no_headings() {
        let html = "<h2 dir=\"rtl\">a <ins>b</ins></h2><hr><p>&lt;h2&gt;</p>";
        assert_eq!(
            without_headings(html),
            "<p dir=\"rtl\">a <ins>b</ins></p><hr><p>&lt;h2&gt;</p>"
        );
    }

    #[test]
    fn a_section_is_read_as_words() {
        assert_eq!(section("h-cost-over-three-years"), "cost over three years");
        assert_eq!(section("Cost"), "Cost");
    }
}
