//! What happened to a page, and any two of its texts compared: as a redline, or as sources side by side.

use chrono::{DateTime, Utc};
use dugri_core::Language;
use dugri_text::diff::{Change, Line, LineDiff, Redline, RedlinePart, Row, Run};
use maud::{Markup, PreEscaped, html};

use super::changes::cites;
use super::layout::{Here, Screen, screen};
use super::parts::{badge, dir, icon, icon_flip, in_review};
use crate::shell::Shell;
use crate::{attr, t};

/// An entry of a history.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A published revision.
    Published {
        /// Its number.
        number: i64,
        /// What changed.
        summary: String,
        /// Who wrote it.
        author: String,
        /// Who published it, if that was somebody else.
        publisher: Option<String>,
        /// When.
        at: DateTime<Utc>,
        /// The reports that caused it.
        cites: Vec<i64>,
        /// Readers need not be told.
        minor: bool,
        /// What readers get now.
        current: bool,
        /// What is shown beside the list.
        selected: bool,
    },
    /// A change that waits.
    Pending {
        /// Its address.
        href: String,
        /// What it changes.
        summary: String,
        /// Who began it.
        author: String,
        /// The newest save.
        at: DateTime<Utc>,
    },
    /// Something was done to the page as a whole: a line between revisions.
    Stepped(StepView),
    /// Somebody checked it: no revision, a line between revisions.
    Verified {
        /// Who.
        by: String,
        /// When.
        at: DateTime<Utc>,
        /// What they noted.
        note: String,
    },
}

/// Something that was done to a page as a whole.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Its icon.
    pub icon: &'static str,
    /// What it was.
    pub text: String,
    /// The other page of it: address and title.
    pub other: Option<(String, String)>,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it is undone, if it can be.
    pub undo: Option<String>,
}

/// The history of a page.
#[derive(Clone, Debug)]
pub struct HistoryView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// The entries, newest first.
    pub entries: Vec<Entry>,
    /// May restore.
    pub may_restore: bool,
}

/// `GET /p/ID/-/history`
pub fn history(shell: &Shell, view: &HistoryView) -> Markup {
    let numbers: Vec<i64> = view
        .entries
        .iter()
        .filter_map(|e| {
            if let Entry::Published { number, .. } = e {
                Some(*number)
            } else {
                None
            }
        })
        .collect();
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "history")) } p { bdi { (view.title) } } p.m { (t!(shell, "history-count", count = numbers.len())) } }
                div.btns { a.btn href={ "/p/" (view.id) "/-/blame" } { (icon("git-commit-horizontal")) (t!(shell, "blame")) } } }
            @if numbers.len() > 1 { (compare_form(shell, &view.id, &numbers)) }
            (entries(shell, &view.id, &view.entries))
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "history"), Here::Nowhere, main)
            .crumbs(&view.href, crumbs(shell, &view.href, &view.title)),
    )
}

fn crumbs(shell: &Shell, href: &str, title: &str) -> Vec<(String, String)> {
    vec![
        (href.to_owned(), title.to_owned()),
        (String::new(), t!(shell, "history").to_owned()),
    ]
}

fn compare_form(shell: &Shell, id: &str, numbers: &[i64]) -> Markup {
    let options = |chosen: usize| html! { @for (at, n) in numbers.iter().enumerate() { option value=(n) selected[at == chosen] { (n) } } };
    html! {
        form.btns.mb method="get" action={ "/p/" (id) "/-/compare" } {
            label for="f-from" { (t!(shell, "compare-from")) }
            select.in-t.sm-select #f-from name="from" { (options(1)) }
            label for="f-to" { (t!(shell, "compare-to")) }
            select.in-t.sm-select #f-to name="to" { (options(0)) }
            button.btn { (icon("git-compare")) (t!(shell, "compare")) }
        }
    }
}

fn entries(shell: &Shell, id: &str, rows: &[Entry]) -> Markup {
    html! {
        ol.revs {
            @for row in rows { li { @match row {
                Entry::Published { number, summary, author, publisher, at, cites, minor, current, selected } => {
                    @let href = if *number > 1 { format!("/p/{id}/-/compare?from={}&to={number}", number - 1) } else { format!("/p/{id}/v/{number}") };
                    a.live[*current] href=(href) aria-current=[selected.then_some("true")] {
                        span.rowx {
                            b { (t!(shell, "revision-title", number = *number)) }
                            @if *current { (badge(shell, dugri_core::currency::Badge::Current)) }
                            @if *minor { span.m { (t!(shell, "revision-minor")) } }
                            span.end.m.tn { (shell.time_short(*at)) }
                        }
                        @if !summary.is_empty() { p dir=(dir(summary)) { (summary) } }
                        p.m {
                            bdi { (author) }
                            @if let Some(publisher) = publisher { " · " (t!(shell, "revision-published-by", name = publisher.as_str())) }
                            @if !cites.is_empty() { " · " (t!(shell, "caused-by")) " " bdi { @for (at, n) in cites.iter().enumerate() { @if at > 0 { ", " } "#" (n) } } }
                        }
                    }
                }
                Entry::Pending { href, summary, author, at } => {
                    a href=(href) {
                        span.rowx { b { (t!(shell, "change-name")) } (in_review(shell)) span.end.m.tn { (shell.time_short(*at)) } }
                        @if !summary.is_empty() { p dir=(dir(summary)) { (summary) } }
                        p.m { bdi { (author) } }
                    }
                }
                Entry::Stepped(step) => {
                    div.between.step {
                        (icon(step.icon)) " " (step.text)
                        @if let Some((href, title)) = &step.other { " " a href=(href) { bdi { (title) } } } " "
                        span.m { bdi { (step.by) } " " (shell.time_short(step.at)) }
                        @if let Some(undo) = &step.undo { " " form method="post" action=(undo) { button { (t!(shell, "undo")) } } }
                    }
                }
                Entry::Verified { by, at, note } => {
                    div.between {
                        (icon("badge-check")) " " (t!(shell, "history-verified", name = by.as_str()))
                        @if !note.is_empty() { ": " bdi { (note) } } " "
                        span.m { (shell.time_short(*at)) }
                    }
                }
            } } }
        }
    }
}

/// A part besides the text that differs: its label and its words.
#[derive(Clone, Debug)]
pub struct PartView {
    /// The label.
    pub label: String,
    /// The words with their fates.
    pub runs: Vec<Run>,
}

/// How a comparison is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Rendered, with what came and went marked.
    Redline,
    /// The Markdown of both, side by side.
    Source,
}

/// Two texts compared.
#[derive(Clone, Debug)]
pub struct CompareView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// The language of the page.
    pub language: Language,
    /// The older one, as the address names it and as people do.
    pub from: (String, String),
    /// The newer one.
    pub to: (String, String),
    /// Who wrote the newer one.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What changed, in the writer's words.
    pub summary: String,
    /// The reports that it answers.
    pub cites: Vec<i64>,
    /// How it is looked at.
    pub look: Look,
    /// The redline.
    pub redline: Redline,
    /// The sources.
    pub lines: LineDiff,
    /// What else differs.
    pub parts: Vec<PartView>,
    /// Topics that came.
    pub topics_added: Vec<String>,
    /// Topics that went.
    pub topics_removed: Vec<String>,
    /// The pair before and after.
    pub previous: Option<(i64, i64)>,
    /// The pair after this one.
    pub next: Option<(i64, i64)>,
    /// The key of the older revision, where it can be restored.
    pub restore: Option<(i64, i64)>,
    /// The history beside it.
    pub entries: Vec<Entry>,
}

/// `GET /p/ID/-/compare`
pub fn compare(shell: &Shell, view: &CompareView) -> Markup {
    let here = |look: &str| {
        format!(
            "/p/{}/-/compare?from={}&to={}{look}",
            view.id, view.from.0, view.to.0
        )
    };
    let pair = |pair: (i64, i64)| {
        let look = if view.look == Look::Source {
            "&view=source"
        } else {
            ""
        };
        format!("/p/{}/-/compare?from={}&to={}{look}", view.id, pair.0, pair.1)
    };
    let words = if view.look == Look::Source {
        (view.lines.words, view.lines.exact)
    } else {
        (view.redline.words, view.redline.exact)
    };
    let main = html! {
        div.wrap {
            div.head {
                div {
                    h1 { (t!(shell, "compare-title", from = side(shell, &view.from.1), to = side(shell, &view.to.1))) }
                    p { bdi { (view.author) } ", " (shell.clock.day_in_full(shell.language, view.at)) @if !view.summary.is_empty() { ". " bdi { (view.summary) } } }
                    @if !view.cites.is_empty() { p.m { (cites(shell, &view.cites)) } }
                }
                div.btns {
                    nav.seg aria-label=(attr!(shell, "view-as")) {
                        a href=(here("")) aria-current=[(view.look == Look::Redline).then_some("true")] { (t!(shell, "compare-redline")) }
                        a href=(here("&view=source")) aria-current=[(view.look == Look::Source).then_some("true")] { (t!(shell, "compare-source")) }
                    }
                    a.btn href={ "/p/" (view.id) "/-/blame?of=" (view.to.0) } { (icon("git-commit-horizontal")) (t!(shell, "blame")) }
                    @if let Some((revision, number)) = view.restore {
                        form.inline method="post" action={ "/p/" (view.id) "/-/restore" } {
                            input type="hidden" name="revision" value=(revision);
                            button.btn { (icon_flip("undo-2")) (t!(shell, "restore-number", number = number)) }
                        }
                    }
                }
            }
            div.cols {
                section.stack aria-label=(attr!(shell, "compare-what")) {
                    div.rowx.m {
                        span.ok { (icon("plus")) } span { (t!(shell, "words-added", count = words.0.added)) }
                        span.bad { (icon("minus")) } span { (t!(shell, "words-removed", count = words.0.removed)) }
                        span.end.btns {
                            @if let Some(previous) = view.previous { a.btn.quiet.ico href=(pair(previous)) aria-label=(attr!(shell, "compare-previous")) { (icon_flip("chevron-left")) } }
                            @if let Some(next) = view.next { a.btn.quiet.ico href=(pair(next)) aria-label=(attr!(shell, "compare-next")) { (icon_flip("chevron-right")) } }
                        }
                    }
                    @if !words.1 { p.m.warn { (t!(shell, "compare-coarse")) } }
                    (parts_changed(shell, view))
                    @match view.look { Look::Redline => (redline(shell, &view.redline, view.language)), Look::Source => (side_by_side(shell, view)) }
                }
                section aria-label=(attr!(shell, "history")) {
                    div.sec { h2 { (t!(shell, "revisions")) } a href={ "/p/" (view.id) "/-/history" } { (t!(shell, "history")) } }
                    (entries(shell, &view.id, &view.entries))
                }
            }
        }
    };
    let title = attr!(
        shell,
        "compare-title",
        from = view.from.1.as_str(),
        to = view.to.1.as_str()
    );
    screen(
        shell,
        Screen::new(title, Here::Nowhere, main).crumbs(&view.href, crumbs(shell, &view.href, &view.title)),
    )
}

/// A bare number is a revision; a pending change comes with its words.
fn side(shell: &Shell, name: &str) -> String {
    match name.parse::<i64>() {
        Ok(number) => attr!(shell, "revision-n", number = number),
        Err(_) => name.to_owned(),
    }
}

fn parts_changed(shell: &Shell, view: &CompareView) -> Markup {
    let any = !view.parts.is_empty() || !view.topics_added.is_empty() || !view.topics_removed.is_empty();
    html! {
        @if any {
            dl.panel.was {
                @for part in &view.parts { dt { (part.label) } dd dir="auto" { (runs(&part.runs)) } }
                @if !view.topics_added.is_empty() || !view.topics_removed.is_empty() {
                    dt { (t!(shell, "edit-topics")) }
                    dd { @for name in &view.topics_removed { del { bdi { (name) } } " " } @for name in &view.topics_added { ins { bdi { (name) } } " " } }
                }
            }
        }
    }
}

/// A rendered comparison; what did not change is folded.
pub fn redline(shell: &Shell, diff: &Redline, language: Language) -> Markup {
    html! {
        h2.vh { (t!(shell, "compare-what")) }
        @if diff.changes == 0 { p.mute { (t!(shell, "compare-same")) } }
        article.prose lang=(language) dir=(language.dir()) {
            @for part in &diff.parts { @match part {
                RedlinePart::Same { html } | RedlinePart::Changed { html } => (PreEscaped(html)),
                RedlinePart::Folded { html, sections, .. } => {
                    details.folded { summary.fold lang=(shell.language) dir=(shell.language.dir()) { (icon("unfold-vertical")) @if *sections > 0 { (t!(shell, "compare-folded", count = *sections)) } @else { (t!(shell, "compare-folded-text")) } } (PreEscaped(html)) }
                }
            } }
        }
    }
}

/// Words with their fates.
pub fn runs(runs: &[Run]) -> Markup {
    html! { @for run in runs { @match run.change {
        Change::Equal => (run.text),
        Change::Deleted => del { (run.text) },
        Change::Inserted => ins { (run.text) },
    } } }
}

fn side_by_side(shell: &Shell, view: &CompareView) -> Markup {
    let caption = t!(
        shell,
        "compare-caption",
        from = side(shell, &view.from.1),
        to = side(shell, &view.to.1)
    );
    rows(shell, &view.lines.rows, &caption)
}

/// Two sources side by side; `caption` says which.
pub fn rows(shell: &Shell, rows: &[Row], caption: &str) -> Markup {
    let cell = |line: &Option<Line>, class: &str| match line {
        Some(line) => html! { td.ln { (line.number) } td class=(class) dir="auto" { (runs(&line.runs)) } },
        None => html! { td.ln {} td.none {} },
    };
    html! {
        div.panel.tw tabindex="0" role="region" aria-label=(attr!(shell, "compare-source")) {
            table.src.w {
                caption.vh { (caption) }
                colgroup { col.c1; col; col.c1; col; }
                tbody { @for row in rows { @match row {
                    Row::Fold { lines, .. } => { tr { td.ln {} td.none colspan="3" { (t!(shell, "compare-fold-lines", count = *lines)) } } }
                    Row::Same { before, after, text } => { tr { td.ln { (before) } td dir=(crate::views::parts::dir(text)) { (text) } td.ln { (after) } td dir=(crate::views::parts::dir(text)) { (text) } } }
                    Row::Changed { before, after } => { tr { (cell(before, "minus")) (cell(after, "plus")) } }
                } } }
            }
        }
    }
}
