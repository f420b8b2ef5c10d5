//! What stands beside and below a page: contents, facts, files, links, what the field says.

use maud::{Markup, html};

use super::page_mine::suggested;
use super::pages::{Linked, PageView, audience_key};
use super::parts::{self, avatar, icon, loop_line, loop_steps};
use crate::shell::Shell;
use crate::{attr, t};

pub(super) fn contents(view: &PageView) -> Markup {
    html! {
        ul.toc lang=(view.language) {
            @for heading in view.headings.iter().filter(|h| h.level <= 3) {
                li { a.sub[heading.level > 2] href={ "#" (heading.id) } dir=(crate::views::parts::dir(&heading.text)) { (heading.text) } }
            }
        }
    }
}

pub(super) fn aside(shell: &Shell, view: &PageView) -> Markup {
    html! {
        aside.aside aria-label=(attr!(shell, "page-about")) {
            @if !view.headings.is_empty() { nav.desk aria-labelledby="toc" { h2 #toc { (t!(shell, "page-contents")) } (contents(view)) } }
            section {
                h2 { (t!(shell, "page-facts")) }
                dl.facts {
                    dt { (t!(shell, "fact-kind")) } dd { (view.kind) }
                    @if let Some((face, title, href)) = &view.owner { dt { (t!(shell, "cur-owner")) } dd.rowx { (avatar(face, false)) span { a href=(href) { bdi { (face) } } @if !title.is_empty() { br; span.m { (title) } } } } }
                    @if let Some(number) = view.number { dt { (t!(shell, "cur-revision")) } dd { a href=(view.verb("history")) { (number) } } }
                    @if let Some((at, by)) = &view.published { dt { (t!(shell, "fact-published")) } dd { (shell.time_short(*at)) ", " bdi { (by) } } }
                    dt { (t!(shell, "fact-audience")) } dd { (t!(shell, audience_key(view.audience))) }
                    dt { (t!(shell, "fact-id")) } dd { code { (view.id) } }
                    @for (label, value) in &view.fields { dt { (label) } dd dir=(crate::views::parts::dir(value)) { (value) } }
                }
            }
            @if !view.summary.is_empty() { section { h2 { (t!(shell, "page-what-changed")) } p dir=(parts::dir(&view.summary)) { (view.summary) } } }
            (suggested(shell, view))
            (linked(shell, t!(shell, "page-files"), &view.files))
            (linked(shell, t!(shell, "page-backlinks"), &view.backlinks))
            @if view.pending.len() > 1 {
                section {
                    h2 { (t!(shell, "page-pending")) " " span.count { (view.pending.len()) } }
                    ul.mini { @for pending in &view.pending { li { (icon("eye")) a href=(pending.href) dir=(crate::views::parts::dir(&pending.summary)) { (pending.summary) } span.m { (shell.time_short(pending.at)) } } } }
                }
            }
        }
    }
}

fn linked(shell: &Shell, title: &str, rows: &[Linked]) -> Markup {
    let _ = shell;
    html! {
        @if !rows.is_empty() {
            section {
                h2 { (title) " " span.count { (rows.len()) } }
                ul.mini { @for row in rows { li {
                    (icon(&row.icon)) a href=(row.href) { bdi { (row.name) } }
                    @if !row.end.is_empty() { span.m.tn dir="ltr" { (row.end) } }
                } } }
            }
        }
    }
}

pub(super) fn field_says(shell: &Shell, view: &PageView) -> Markup {
    html! {
        section.mt-12.field-says aria-labelledby="h-field" {
            div.sec {
                h2 #h-field { (t!(shell, "field-says")) }
                span.m { (t!(shell, "field-says-count", count = view.reports.len())) }
                a href=(view.report_href()) { (t!(shell, "field-says-add")) }
            }
            @if !view.reports.is_empty() { ul.rows.strip { @for report in &view.reports { li {
                @match &report.reporter { Some(face) => (avatar(face, false)), None => (icon("eye")) }
                div {
                    p.say dir=(parts::dir(&report.what)) { (report.what) }
                    p.m {
                        @if let Some(name) = &report.reporter { bdi { (name) } " · " }
                        @if !report.account.is_empty() { bdi { (report.account) } " · " }
                        a.act href={ "/intel/" (report.number) } { bdi { "#" (report.number) } }
                    }
                }
                div.end {
                    (loop_line(shell, &loop_steps(shell, report.state, [html! {}, html! {}, html! {}]), true))
                    @match report.became {
                        Some(number) => span.ok { (t!(shell, "became-revision", number = number)) },
                        None => span { (t!(shell, parts::intel_state_key(report.state))) },
                    }
                }
            } } } }
        }
    }
}
