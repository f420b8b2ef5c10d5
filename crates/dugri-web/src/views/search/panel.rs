//! The panel under the search field: what one may look for again before anything is typed, then what is found.

use maud::{Markup, html};

use super::{Hit, HitState, Marked, NamedLine, Results, pieces, standing};
use crate::shell::Shell;
use crate::views::parts::{self, badge, icon};
use crate::views::texts::in_file;
use crate::{attr, t};

/// What somebody may look for again.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The own searches of late.
    pub recent: Vec<String>,
    /// Pages opened last: address, icon, title.
    pub opened: Vec<(String, String, String)>,
}

/// `GET /search/panel` before anything is typed: where somebody was, and what they keep at hand.
pub fn before_typing(shell: &Shell, before: &Before) -> Markup {
    let searches = before
        .recent
        .iter()
        .map(|words| (parts::search_for(words), "search".to_owned(), words.clone()));
    let kept = shell
        .favourites
        .iter()
        .map(|page| (page.href.clone(), page.icon.clone(), page.title.clone()));
    let groups = [
        (
            "panel-searches",
            t!(shell, "panel-searches"),
            Vec::from_iter(searches),
        ),
        ("panel-opened", t!(shell, "panel-opened"), before.opened.clone()),
        ("panel-kept", t!(shell, "favourites"), Vec::from_iter(kept)),
    ];
    html! {
        @if groups.iter().any(|(.., lines)| !lines.is_empty()) {
            div role="listbox" aria-label=(attr!(shell, "search-suggestions")) {
                @for (id, title, lines) in groups.iter().filter(|(.., lines)| !lines.is_empty()) {
                    ul role="group" aria-labelledby=(id) {
                        li.gh id=(id) role="presentation" { (title) }
                        @for (href, icon_name, text) in lines {
                            li role="presentation" { a role="option" aria-selected="false" href=(href) { (icon(icon_name)) span dir=(parts::dir(text)) { (text) } } }
                        }
                    }
                }
            }
            (keys(shell))
        }
    }
}

fn keys(shell: &Shell) -> Markup {
    html! {
        div.foot.desk {
            span { kbd.kbd { "↑" } kbd.kbd { "↓" } (t!(shell, "keys-move")) }
            span { kbd.kbd { "Enter" } (t!(shell, "keys-open")) }
            span { kbd.kbd { "Ctrl" } kbd.kbd { "Enter" } (t!(shell, "keys-new-tab")) }
        }
    }
}

/// `GET /search/panel`: what stands under the field; no page around it.
pub fn panel(shell: &Shell, view: &Results) -> Markup {
    let pages: Vec<_> = view
        .hits
        .iter()
        .filter(|h| matches!(h.state, HitState::Page { .. }))
        .collect();
    let reports: Vec<_> = view
        .hits
        .iter()
        .filter(|h| matches!(h.state, HitState::Report { .. }))
        .collect();
    let all = parts::search_for(&view.words);
    html! {
        div role="listbox" aria-label=(attr!(shell, "search-suggestions")) {
            @if !pages.is_empty() { (panel_group(shell, "panel-pages", t!(shell, "search-pages"), &pages)) }
            @if !reports.is_empty() { (panel_group(shell, "panel-reports", t!(shell, "search-reports"), &reports)) }
            (named_group("panel-topics", t!(shell, "topics"), &view.topics))
            (named_group("panel-people", t!(shell, "search-people"), &view.people))
            ul role="group" aria-labelledby="panel-do" {
                li.gh #panel-do role="presentation" { (t!(shell, "search-do")) }
                li role="presentation" { a role="option" aria-selected="false" href=(all) { (icon("search")) span { (t!(shell, "search-all", words = view.words.as_str())) } } }
                li role="presentation" { a role="option" aria-selected="false" href="/intel/new" { (icon("plus")) span { (t!(shell, "report")) } } }
            }
        }
        (standing(shell, view.standing))
        (keys(shell))
    }
}

fn panel_group(shell: &Shell, id: &str, title: &str, hits: &[&Hit]) -> Markup {
    html! {
        ul role="group" aria-labelledby=(id) {
            li.gh id=(id) role="presentation" { (title) }
            @for hit in hits {
                li role="presentation" {
                    a role="option" aria-selected="false" href=(hit.href) {
                        (icon(&hit.icon))
                        span dir=(parts::dir(&hit.title.text)) { (bold(&hit.title)) @if let Some(file) = &hit.attachment { small { (in_file(shell, file)) } } @if !hit.snippet.text.is_empty() { small { (bold(&hit.snippet)) } } @else { small { (hit.place) } } }
                        @match &hit.state {
                            HitState::Page { badge: shown, .. } => (badge(shell, *shown)),
                            HitState::Report { .. } => span.m { bdi { (hit.place) } },
                        }
                    }
                }
            }
        }
    }
}

fn named_group(id: &str, title: &str, lines: &[NamedLine]) -> Markup {
    html! {
        @if !lines.is_empty() {
            ul role="group" aria-labelledby=(id) {
                li.gh id=(id) role="presentation" { (title) }
                @for line in lines {
                    li role="presentation" { a role="option" aria-selected="false" href=(line.href) { (icon(&line.icon)) span dir=(parts::dir(&line.name)) { (line.name) @if !line.detail.is_empty() { small { (line.detail) } } } } }
                }
            }
        }
    }
}

fn bold(text: &Marked) -> Markup {
    pieces(text, |piece| html! { b { (piece) } })
}
