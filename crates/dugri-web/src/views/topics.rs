//! Topics: the list by type, the home of one, its form.

use chrono::{DateTime, Utc};
use dugri_app::topics::TopicInput;
use dugri_core::intel::IntelState;
use dugri_core::topics::TopicKind;
use maud::{Markup, html};

use super::fields::{Field, field_error, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::lists::{PageRow, page_rows};
use super::parts::{self, Face, Rule, avatar, badge, empty, icon, icon_large};
use super::watching::{WatchView, watch_button, watch_icon_button};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, key, t};

/// A topic in the list.
#[derive(Clone, Debug)]
pub struct TopicLine {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// How many pages the reader may read about it.
    pub pages: i64,
}

/// All topics.
#[derive(Clone, Debug)]
pub struct TopicsView {
    /// By type.
    pub kinds: Vec<(TopicKind, Vec<TopicLine>)>,
    /// Whether the reader may add one.
    pub keeps: bool,
    /// Where ids of other systems lead, for admins.
    pub addresses: Option<String>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// The word for a type, of several.
fn kinds_key(kind: TopicKind) -> &'static str {
    match kind {
        TopicKind::Product => key!("topics-product"),
        TopicKind::Competitor => key!("topics-competitor"),
        TopicKind::Account => key!("topics-account"),
        TopicKind::Partner => key!("topics-partner"),
        TopicKind::Segment => key!("topics-segment"),
        TopicKind::Region => key!("topics-region"),
    }
}

/// The word for a type.
pub fn kind_key(kind: TopicKind) -> &'static str {
    match kind {
        TopicKind::Product => key!("topic-product"),
        TopicKind::Competitor => key!("topic-competitor"),
        TopicKind::Account => key!("topic-account"),
        TopicKind::Partner => key!("topic-partner"),
        TopicKind::Segment => key!("topic-segment"),
        TopicKind::Region => key!("topic-region"),
    }
}

/// `GET /topics`
pub fn list(shell: &Shell, view: &TopicsView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "topics")) } p { (t!(shell, "topics-lead")) } }
                @if view.keeps { div.btns { a.btn.quiet href="/aliases" { (icon("link")) (t!(shell, "aliases")) } a.btn.primary href="/topics/new" { (icon("plus")) (t!(shell, "topic-new")) } } }
            }
            (form_errors(shell, &view.wrong))
            @if view.kinds.is_empty() { (empty(Rule::Begin, t!(shell, "topics-empty-title"), t!(shell, "topics-empty-text"), html! {})) }
            div.stack.g-8 {
                @for (kind, lines) in &view.kinds {
                    section aria-labelledby={ "h-" (kind) } {
                        div.sec { h2 #{ "h-" (kind) } { (t!(shell, kinds_key(*kind))) } span.count { (lines.len()) } }
                        ul.topics { @for line in lines { li {
                            a.tag href={ "/t/" (line.slug) } { (icon(kind.icon())) bdi { (line.name) } @if line.pages > 0 { span.m { (line.pages) } } }
                        } } }
                    }
                }
                @if let Some(addresses) = &view.addresses {
                    section.panel aria-labelledby="h-addresses" {
                        header { (icon("link")) h2 #h-addresses { (t!(shell, "topic-addresses")) } }
                        form.in.stack method="post" action="/topics/addresses" {
                            (Field::new("addresses", t!(shell, "topic-addresses-label"), addresses).hint(t!(shell, "topic-addresses-hint")).optional("").rows(3).show(shell, &view.wrong))
                            div { button.btn { (t!(shell, "save")) } }
                        }
                    }
                }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "topics"), Here::Topics, main))
}

/// A report in the list of a topic.
#[derive(Clone, Debug)]
pub struct IntelRow {
    /// Its number.
    pub number: i64,
    /// Its first line.
    pub what: String,
    /// Who wrote it, where that may be known.
    pub reporter: Option<Face>,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it stands.
    pub state: IntelState,
}

/// Somebody who answers for pages about a topic.
#[derive(Clone, Debug)]
pub struct Knower {
    /// Where they are.
    pub href: String,
    /// The name and the photo.
    pub face: Face,
    /// The role title.
    pub title: String,
    /// How many pages.
    pub pages: usize,
    /// How they are watched; not by themselves.
    pub watch: Option<WatchView>,
}

/// The home of a topic.
#[derive(Clone, Debug)]
pub struct TopicView {
    /// Its address.
    pub slug: String,
    /// Its type.
    pub kind: TopicKind,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Ids in other systems: system, id, address.
    pub external: Vec<(String, String, Option<String>)>,
    /// A competitor's battlecard, with its key message.
    pub first: Option<(PageRow, String)>,
    /// The other pages: icon and name of the kind, the pages.
    pub kinds: Vec<(String, String, Vec<PageRow>)>,
    /// The latest reports.
    pub intel: Vec<IntelRow>,
    /// Who knows.
    pub people: Vec<Knower>,
    /// Whether the reader may change it.
    pub keeps: bool,
    /// How it is watched.
    pub watch: WatchView,
}

/// `GET /t/SLUG`
pub fn home(shell: &Shell, view: &TopicView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div {
                    p.m.rowx { (icon(view.kind.icon())) (t!(shell, kind_key(view.kind))) }
                    h1 { bdi { (view.name) } }
                    @if !view.aliases.is_empty() { p.m { (t!(shell, "topic-also")) " " @for (at, alias) in view.aliases.iter().enumerate() { @if at > 0 { " · " } bdi { (alias) } } } }
                    @if !view.external.is_empty() { p.m { @for (at, (system, id, href)) in view.external.iter().enumerate() {
                        @if at > 0 { " · " }
                        (system) ": " @match href { Some(href) => a href=(href) rel="noopener noreferrer" { bdi { (id) } (icon("external-link")) }, None => bdi { (id) } }
                    } } }
                }
                div.btns {
                    (watch_button(shell, &view.watch))
                    a.btn.quiet href={ "/me/feeds?list=topic:" (view.slug) } { (icon("rss")) (t!(shell, "feed")) }
                    @if view.keeps { a.btn href={ "/t/" (view.slug) "/-/edit" } { (icon("pencil")) (t!(shell, "edit")) } }
                }
            }
            div.cols {
                div.stack.g-8 {
                    @if let Some((row, message)) = &view.first { (first(shell, row, message)) }
                    @for (icon_name, name, rows) in &view.kinds {
                        section { div.sec { (icon(icon_name)) h2 { (name) } span.count { (rows.len()) } } (page_rows(shell, rows)) }
                    }
                    @if view.first.is_none() && view.kinds.is_empty() {
                        (empty(Rule::Begin, t!(shell, "topic-empty-title"), t!(shell, "topic-empty-text"), html! {}))
                    }
                }
                div.stack.q.g-5 {
                    section.panel {
                        header { (icon("radio-tower")) h3 { (t!(shell, "topic-intel")) } a href="/intel/new" { (t!(shell, "report-short")) } }
                        @if view.intel.is_empty() { div.in.m { p { (t!(shell, "topic-no-intel")) } } }
                        @else { ul.rows { @for row in &view.intel { li {
                            @match &row.reporter { Some(face) => (avatar(face, false)), None => (icon("eye")) }
                            div {
                                a.t href={ "/intel/" (row.number) } dir=(parts::dir(&row.what)) { (row.what) }
                                p.m { bdi { "#" (row.number) } " · " (shell.time_ago(row.at)) }
                            }
                            div.end { (t!(shell, parts::intel_state_key(row.state))) }
                        } } } }
                    }
                    @if !view.people.is_empty() {
                        section.panel {
                            header { (icon("users")) h3 { (t!(shell, "topic-people")) } }
                            ul.rows { @for person in &view.people { li {
                                (avatar(&person.face, false))
                                div { a.act href=(person.href) { bdi { (person.face) } } p.m { (person.title) } p.m { (t!(shell, "topic-owns", count = person.pages)) } }
                                div.end { @if let Some(watch) = &person.watch { (watch_icon_button(shell, watch, &person.face.name)) } }
                            } } }
                        }
                    }
                }
            }
        }
    };
    let title = view.name.clone();
    screen(
        shell,
        Screen::new(&view.name, Here::Topics, main).crumbs(
            "/topics",
            vec![
                ("/topics".to_owned(), t!(shell, "topics").to_owned()),
                (String::new(), title),
            ],
        ),
    )
}

fn first(shell: &Shell, row: &PageRow, message: &str) -> Markup {
    html! {
        section.panel.first-page {
            header { (icon_large(&row.icon)) h2 { a href=(row.href) lang=(row.language) { bdi { (row.title) } } } span.end { (badge(shell, row.badge)) } }
            div.in {
                @if !message.is_empty() { p.say lang=(row.language) dir=(parts::dir(message)) { (message) } }
                p.m dir=(parts::dir(&row.summary)) { (row.summary) }
                p.m { bdi { (row.author) } @if let Some(number) = row.number { " · " (t!(shell, "revision-n", number = number)) } " · " (shell.time_short(row.at)) }
            }
        }
    }
}

/// The form of a topic.
#[derive(Clone, Debug)]
pub struct TopicForm {
    /// Its address; a new one has none.
    pub slug: Option<String>,
    /// Its name, for the head of the form.
    pub title: String,
    /// What is typed.
    pub input: TopicInput,
    /// What it can become part of, for those who may: address and name.
    pub others: Vec<(String, String)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

impl TopicForm {
    /// The form of a new topic.
    pub fn new(input: TopicInput) -> TopicForm {
        TopicForm {
            slug: None,
            title: String::new(),
            input,
            others: Vec::new(),
            wrong: Vec::new(),
        }
    }
}

/// `GET /topics/new`, `GET /t/SLUG/-/edit`
pub fn form(shell: &Shell, form: &TopicForm) -> Markup {
    let title = if form.slug.is_some() {
        t!(shell, "topic-edit-title", name = form.title.as_str())
    } else {
        t!(shell, "topic-new").to_owned()
    };
    let action = match &form.slug {
        Some(slug) => format!("/t/{slug}/-/edit"),
        None => "/topics".to_owned(),
    };
    let kinds: Vec<(String, String)> = TopicKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), t!(shell, kind_key(*kind)).to_owned()))
        .collect();
    let optional = t!(shell, "optional");
    let back = match &form.slug {
        Some(slug) => format!("/t/{slug}"),
        None => "/topics".to_owned(),
    };
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (title) } p.m { (t!(shell, "topic-form-lead")) } } }
            (form_errors(shell, &form.wrong))
            div.stack.g-6 {
                form.panel method="post" action=(action) { div.in.stack {
                    (select("kind", t!(shell, "topic-kind"), &kinds, &form.input.kind))
                    (Field::new("name", t!(shell, "topic-name"), &form.input.name).at_most(dugri_app::topics::NAME_CHARS_MAX).show(shell, &form.wrong))
                    (Field::new("name_he", t!(shell, "topic-name-he"), &form.input.name_he).optional(optional).show(shell, &form.wrong))
                    (Field::new("aliases", t!(shell, "topic-aliases"), &form.input.aliases).hint(t!(shell, "topic-aliases-hint")).optional(optional).rows(6).show(shell, &form.wrong))
                    (Field::new("external", t!(shell, "topic-external"), &form.input.external).hint(t!(shell, "topic-external-hint")).optional(optional).rows(2).show(shell, &form.wrong))
                    div.btns { button.btn.primary { (t!(shell, "save")) } a.btn.quiet href=(back) { (t!(shell, "cancel")) } }
                } }
                @if let (Some(slug), false) = (&form.slug, form.others.is_empty()) {
                    section.panel aria-labelledby="h-merge" {
                        header { (icon("merge")) h2 #h-merge { (t!(shell, "topic-merge")) } }
                        form.in.stack method="post" action={ "/t/" (slug) "/-/merge" } {
                            p.m { (t!(shell, "topic-merge-text")) }
                            (select("into", t!(shell, "topic-merge-into"), &form.others, ""))
                            (field_error(shell, "into", &form.wrong))
                            div { button.btn.danger { (t!(shell, "topic-merge-do")) } }
                        }
                    }
                }
            }
        }
    };
    screen(
        shell,
        Screen::new(&title, Here::Topics, main).crumbs(
            &back,
            vec![
                ("/topics".to_owned(), t!(shell, "topics").to_owned()),
                (String::new(), attr!(shell, "edit").to_owned()),
            ],
        ),
    )
}
