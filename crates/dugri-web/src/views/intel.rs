//! Reports from the field as their reporter sees them: the form, the own reports, one report with what became of it.

use chrono::{DateTime, Utc};
use dugri_core::intel::{Certainty, IntelKind, IntelState, Subject};
use dugri_core::topics::TopicKind;
use dugri_text::diff::Run;
use maud::{Markup, html};

use super::fields::{Field, chips, form_errors};
use super::history::runs;
use super::layout::{Here, Lead, Screen, screen};
use super::parts::{
    self, Rule, avatar, empty, icon, icon_flip, icon_large, loop_line, loop_steps, older, tag,
};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, key, t};

/// The form of a report, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct ReportForm {
    /// The id made with the form: sent twice, it is one report.
    pub client_id: String,
    /// What happened.
    pub what: String,
    /// About whom.
    pub subject: String,
    /// How certain.
    pub certainty: String,
    /// What it is.
    pub kind: String,
    /// Where it was heard.
    pub channel: String,
    /// The account.
    pub account: String,
    /// Words of somebody else.
    pub quote: String,
    /// Urgent.
    pub urgent: bool,
    /// Only managers see who sent it.
    pub confidential: bool,
    /// The page: its public id and its title.
    pub page: Option<(String, String)>,
    /// The number of the revision that was seen.
    pub revision: String,
    /// The section.
    pub section: String,
    /// The words of the page.
    pub passage: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// The word and the icon of a subject.
pub fn subject(subject: Subject) -> (&'static str, &'static str) {
    match subject {
        Subject::Customer => ("building-2", key!("subject-customer")),
        Subject::Competitor => ("swords", key!("subject-competitor")),
        Subject::Partner => ("handshake", key!("subject-partner")),
        Subject::Material => ("file-text", key!("subject-material")),
    }
}

/// The word and the icon of a certainty.
pub fn certainty(certainty: Certainty) -> (&'static str, &'static str) {
    match certainty {
        Certainty::Heard => ("ear", key!("certainty-heard")),
        Certainty::Document => ("file-check", key!("certainty-document")),
        Certainty::Rumour => ("circle-help", key!("certainty-rumour")),
    }
}

/// The word and the icon of a kind.
pub fn kind(kind: IntelKind) -> (&'static str, &'static str) {
    match kind {
        IntelKind::Price => ("receipt-text", key!("ikind-price")),
        IntelKind::Objection => ("message-square-warning", key!("ikind-objection")),
        IntelKind::Won => ("trophy", key!("ikind-won")),
        IntelKind::Lost => ("circle-x", key!("ikind-lost")),
        IntelKind::MissingFeature => ("puzzle", key!("ikind-missing-feature")),
        IntelKind::Fault => ("bug", key!("ikind-fault")),
        IntelKind::Question => ("message-circle-question-mark", key!("ikind-question")),
    }
}

/// The icon of a report: its kind's, else its subject's.
pub fn report_icon(of: Option<IntelKind>, about: Subject) -> &'static str {
    of.map_or_else(|| subject(about).0, |k| kind(k).0)
}

/// `GET /intel/new`: three required things, the rest behind one line.
pub fn report_form(shell: &Shell, form: &ReportForm) -> Markup {
    let optional = t!(shell, "optional");
    let option =
        |value: &'static str, (icon, key): (&'static str, &'static str)| (value, icon, t!(shell, key));
    let subjects: Vec<_> = Subject::ALL
        .iter()
        .map(|s| option(s.as_str(), subject(*s)))
        .collect();
    let certainties: Vec<_> = Certainty::ALL
        .iter()
        .map(|c| option(c.as_str(), certainty(*c)))
        .collect();
    let kinds: Vec<_> = IntelKind::ALL
        .iter()
        .map(|k| option(k.as_str(), kind(*k)))
        .collect();
    let more = !form.kind.is_empty()
        || !form.account.is_empty()
        || !form.quote.is_empty()
        || !form.channel.is_empty()
        || form.urgent;
    let main = html! {
        div.wrap.narrow.fill {
            form.stack.ifields method="post" action="/intel" data-guard="intel" {
                h1.vh { (t!(shell, "report")) }
                input type="hidden" name="client_id" value=(form.client_id);
                (super::edit::restore_bar(shell))
                (form_errors(shell, &form.wrong))
                @if let Some((id, title)) = &form.page {
                    input type="hidden" name="page" value=(id);
                    input type="hidden" name="revision" value=(form.revision);
                    input type="hidden" name="section" value=(form.section);
                    p.m { (icon("file-text")) " " (t!(shell, "report-about", title = title.as_str())) @if !form.section.is_empty() { " › " bdi { (form.section) } } }
                }
                (Field::new("what", t!(shell, "report-what"), &form.what).rows(4).placeholder(t!(shell, "report-what-hint")).at_most(dugri_core::intel::WHAT_CHARS_MAX).show(shell, &form.wrong))
                (chips(shell, "subject", t!(shell, "report-subject"), &subjects, &form.subject, true, &form.wrong))
                (chips(shell, "certainty", t!(shell, "report-certainty"), &certainties, &form.certainty, true, &form.wrong))
                details.more open[more] {
                    summary { span { (t!(shell, "report-more")) } (icon("chevron-down")) }
                    div.stack.ifields {
                        (chips(shell, "kind", t!(shell, "report-kind"), &kinds, &form.kind, false, &form.wrong))
                        (Field::new("account", t!(shell, "report-account"), &form.account).optional(optional).show(shell, &form.wrong))
                        (Field::new("quote", t!(shell, "report-quote"), &form.quote).rows(2).optional(optional).show(shell, &form.wrong))
                        @if form.page.is_some() { (Field::new("passage", t!(shell, "report-passage"), &form.passage).rows(2).optional(optional).show(shell, &form.wrong)) }
                        (Field::new("channel", t!(shell, "report-channel"), &form.channel).optional(optional).placeholder(t!(shell, "report-channel-hint")).show(shell, &form.wrong))
                        label.check { input type="checkbox" name="urgent" value="yes" checked[form.urgent]; span { (t!(shell, "report-urgent")) } }
                    }
                }
                label.check { input type="checkbox" name="confidential" value="yes" checked[form.confidential]; span { (t!(shell, "report-confidential")) } }
                div.cta { button.btn.primary.big { (icon_flip("send")) (t!(shell, "report-send")) } }
            }
        }
    };
    let mut frame = Screen::new(t!(shell, "report"), Here::Nowhere, main)
        .without_search()
        .without_tabs();
    let back = form
        .page
        .as_ref()
        .map_or_else(|| "/".to_owned(), |(id, _)| format!("/p/{id}"));
    frame.lead = Lead::Crumbs {
        back,
        steps: vec![(String::new(), t!(shell, "report").to_owned())],
    };
    screen(shell, frame)
}

/// What changed in a page because of a report, in words.
#[derive(Clone, Debug)]
pub struct Became {
    /// Where the change is shown.
    pub href: String,
    /// The title of the page.
    pub title: String,
    /// The number of the revision.
    pub number: i64,
    /// The words that came and went, with a little around them.
    pub runs: Vec<Run>,
}

/// A line of the conversation.
#[derive(Clone, Debug)]
pub struct Said {
    /// Who, where that may be known.
    pub author: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
    /// A note among those who triage.
    pub note: bool,
}

/// A report with what became of it.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// Its number.
    pub number: i64,
    /// What happened.
    pub what: String,
    /// Words of somebody else.
    pub quote: String,
    /// Who wrote it, with the role title, where that may be known.
    pub reporter: Option<(String, String)>,
    /// When.
    pub at: DateTime<Utc>,
    /// About whom.
    pub subject: Subject,
    /// How certain.
    pub certainty: Certainty,
    /// What it is.
    pub kind: Option<IntelKind>,
    /// The account.
    pub account: String,
    /// Where it was heard.
    pub channel: String,
    /// Urgent.
    pub urgent: bool,
    /// Only managers see who sent it.
    pub confidential: bool,
    /// Topics found in it.
    pub topics: Vec<(TopicKind, String)>,
    /// Where it stands.
    pub state: IntelState,
    /// When and by whom it was acknowledged.
    pub acknowledged: Option<(DateTime<Utc>, String)>,
    /// Who answers for it.
    pub assignee: Option<String>,
    /// The running clock.
    pub clock: Option<super::lists::Sla>,
    /// When that clock ends.
    pub due: Option<DateTime<Utc>>,
    /// When and by whom it was closed.
    pub closed: Option<(DateTime<Utc>, String)>,
    /// The answer or the reason.
    pub outcome: String,
    /// The report that it became part of.
    pub merged_into: Option<i64>,
    /// What it changed.
    pub became: Vec<Became>,
    /// The conversation.
    pub said: Vec<Said>,
    /// The page it is about: address and title.
    pub page: Option<(String, String)>,
    /// The words of that page.
    pub passage: String,
    /// Something the reporter has not looked at.
    pub unread: bool,
    /// Files: address and name.
    pub files: Vec<(String, String)>,
}

/// The loop line of a report with what is known under each point.
pub fn report_loop(shell: &Shell, view: &ReportView) -> Markup {
    let first = html! { (shell.time_moment(view.at)) };
    let second = html! {
        @match (&view.acknowledged, view.state) {
            (_, IntelState::New) => { @if let Some(due) = view.due { (t!(shell, "loop-due", when = shell.moment(due))) } }
            (_, IntelState::Acknowledged | IntelState::InWork) if view.assignee.is_some() => (t!(shell, "loop-with", name = view.assignee.as_deref().unwrap_or_default())),
            (Some((at, _)), _) => (shell.time_moment(*at)),
            _ => {}
        }
    };
    let third = html! {
        @match (view.became.first(), &view.closed) {
            (Some(became), _) => a href=(became.href) { (t!(shell, "revision-n", number = became.number)) },
            (None, Some((at, _))) => (shell.time_short(*at)),
            _ => { @if view.state != IntelState::New { @if let Some(due) = view.due { (t!(shell, "loop-due", when = shell.moment(due))) } } }
        }
    };
    loop_line(
        shell,
        &loop_steps(shell, view.state, [first, second, third]),
        false,
    )
}

/// What became of a report: the changed words, the answer, the conversation.
pub fn outcome(shell: &Shell, view: &ReportView) -> Markup {
    html! {
        @for became in &view.became {
            div.reply {
                (icon("git-commit-horizontal"))
                div.grow {
                    p { a href=(became.href) { (t!(shell, "became-page", title = became.title.as_str(), number = became.number)) } }
                    @if !became.runs.is_empty() { p.mute dir="auto" { (runs(&became.runs)) } }
                }
            }
        }
        @if let Some(number) = view.merged_into { div.reply { (icon("merge")) p.grow { (t!(shell, "merged-into")) " " a href={ "/intel/" (number) } { bdi { "#" (number) } } } } }
        @if !view.outcome.is_empty() {
            @let by = view.closed.as_ref().map_or("", |(_, by)| by.as_str());
            div.reply { (avatar(by, false)) p.mute.grow { b { bdi { (by) } } " " span.said-line dir="auto" { (view.outcome) } } }
        }
        @for said in &view.said {
            div.reply {
                @match &said.author { Some(name) => (avatar(name, false)), None => (icon("eye")) }
                p.mute.grow {
                    @if let Some(name) = &said.author { b { bdi { (name) } } " " }
                    @if said.note { span.st data-st="draft" { (icon("lock")) (t!(shell, "said-note")) } " " }
                    span.said-line dir="auto" { (said.text) } " " span.m { (shell.time_moment(said.at)) }
                }
            }
        }
    }
}

/// Which of the own reports are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MineFilter {
    /// All.
    All,
    /// Those that wait.
    Waiting,
    /// Those that changed a page.
    ActedOn,
}

/// The own reports.
#[derive(Clone, Debug)]
pub struct MineView {
    /// Which are shown.
    pub filter: MineFilter,
    /// How many there are: all, waiting, acted on.
    pub totals: (i64, i64, i64),
    /// The reports, those with news first.
    pub reports: Vec<ReportView>,
    /// Where the next ones are.
    pub older: Option<String>,
}

/// `GET /intel/mine`
pub fn mine(shell: &Shell, view: &MineView) -> Markup {
    let (all, waiting, acted) = view.totals;
    let tab = |href: &str, filter: MineFilter, text: &str, count: i64| {
        html! {
            a href=(href) aria-current=[(view.filter == filter).then_some("page")] { (text) " " span.count { (count) } }
        }
    };
    let main = html! {
        div.wrap.narrow {
            div.head {
                div { h1 { (t!(shell, "my-intel")) } p { (t!(shell, "mine-lead", count = all, acted = acted)) } }
                a.btn.primary.desk href="/intel/new" { (icon("radio-tower")) (t!(shell, "report")) }
            }
            nav.tabs.mb aria-label=(attr!(shell, "filter")) {
                (tab("/intel/mine", MineFilter::All, t!(shell, "all"), all))
                (tab("/intel/mine?show=waiting", MineFilter::Waiting, t!(shell, "mine-waiting"), waiting))
                (tab("/intel/mine?show=acted-on", MineFilter::ActedOn, t!(shell, "mine-acted"), acted))
            }
            @if view.reports.is_empty() {
                (empty(Rule::Begin, t!(shell, "mine-empty-title"), t!(shell, "mine-empty-text"), html! { a.btn href="/intel/new" { (icon("radio-tower")) (t!(shell, "report")) } }))
            } @else {
                ol.stack.g-3 { @for report in &view.reports { li.panel.report {
                    div.rowx.m {
                        a href={ "/intel/" (report.number) } { bdi { "#" (report.number) } } span { "· " (shell.time_short(report.at)) }
                        @if report.unread { span.st data-st="review" { (icon("circle-dot")) (t!(shell, "mine-new-reply")) } }
                    }
                    p.what dir="auto" { (report.what) }
                    (report_tags(report))
                    (report_loop(shell, report))
                    (outcome(shell, report))
                } } }
                (older(shell, view.older.as_deref()))
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "my-intel"), Here::MyIntel, main))
}

/// Topics and account of a report.
pub fn report_tags(report: &ReportView) -> Markup {
    html! {
        @if !report.topics.is_empty() || !report.account.is_empty() {
            div.tags {
                @for (kind, name) in &report.topics { (tag(*kind, name, Some(&parts::search_for(name)))) }
                @if !report.account.is_empty() && !report.topics.iter().any(|(_, n)| *n == report.account) { (tag(TopicKind::Account, &report.account, None)) }
            }
        }
    }
}

/// `GET /intel/N` for its reporter: without what only triage may do.
pub fn report(shell: &Shell, view: &ReportView) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "report-number", number = view.number)) } p.m { (shell.time_moment(view.at)) } } }
            div.panel.report { (facts(shell, view)) (report_loop(shell, view)) (outcome(shell, view)) }
        }
    };
    screen(
        shell,
        Screen::new(
            attr!(shell, "report-number", number = view.number),
            Here::MyIntel,
            main,
        )
        .crumbs(
            "/intel/mine",
            vec![
                ("/intel/mine".to_owned(), t!(shell, "my-intel").to_owned()),
                (String::new(), format!("#{}", view.number)),
            ],
        ),
    )
}

/// What a report says.
pub fn facts(shell: &Shell, view: &ReportView) -> Markup {
    let (kind_icon, kind_word) = view.kind.map_or_else(|| subject(view.subject), kind);
    html! {
        p.quote.said-line dir="auto" { (view.what) }
        @if !view.quote.is_empty() { blockquote.mute.mt-3 dir="auto" { (view.quote) } }
        p.m.rowx.wrapx.mt-3 {
            span { (icon(kind_icon)) " " (t!(shell, kind_word)) }
            span { (icon(certainty(view.certainty).0)) " " (t!(shell, certainty(view.certainty).1)) }
            @if view.urgent { span.warn { (icon("flag")) " " (t!(shell, "report-is-urgent")) } }
            @if view.confidential { span { (icon("lock")) " " (t!(shell, "report-is-confidential")) } }
            @if !view.channel.is_empty() { bdi { (view.channel) } }
        }
        @if let Some((href, title)) = &view.page {
            p.m.mt-3 { (icon("file-text")) " " a href=(href) { bdi { (title) } } @if !view.passage.is_empty() { ": " q dir="auto" { (view.passage) } } }
        }
        @for (href, name) in &view.files { p.m { (icon("paperclip")) " " a href=(href) { bdi { (name) } } } }
        div.mt-3 { (report_tags(view)) }
    }
}

/// `GET` after sending: it is in, and by when somebody answers.
pub fn sent(shell: &Shell, number: i64, due: DateTime<Utc>) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.empty.page {
                (parts::rule(Rule::Done))
                h1 { (t!(shell, "sent-title", number = number)) }
                p { (t!(shell, "sent-text", when = shell.moment(due))) }
                div.btns { a.btn.primary href="/intel/mine" { (t!(shell, "my-intel")) } a.btn href="/intel/new" { (icon_large("plus")) (t!(shell, "sent-another")) } }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "report"), Here::MyIntel, main))
}
