//! Words that mean the same to search: the table, a new group, and what it would change.

use dugri_app::aliases::Tried;
use dugri_core::topics::TopicKind;
use maud::{Markup, html};

use super::fields::{Field, form_errors};
use super::layout::{Here, Screen, screen};
use super::parts::{dir, icon};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, t};

/// A topic with its names.
#[derive(Clone, Debug)]
pub struct TopicLine {
    /// Its address.
    pub slug: String,
    /// Its type.
    pub kind: TopicKind,
    /// Its name.
    pub name: String,
    /// All that it is called.
    pub names: Vec<String>,
}

/// All that means the same.
#[derive(Clone, Debug, Default)]
pub struct AliasesView {
    /// The general groups: key and words.
    pub groups: Vec<(i64, Vec<String>)>,
    /// Topics with other names.
    pub topics: Vec<TopicLine>,
    /// What is looked for in the table.
    pub find: String,
    /// The words of a new group as they were typed.
    pub words: String,
    /// What they would change.
    pub tried: Option<Vec<Tried>>,
    /// The group whose change is wrong, with what was typed.
    pub changed: Option<(i64, String)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /aliases`
pub fn aliases(shell: &Shell, view: &AliasesView) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "aliases")) } p { (t!(shell, "aliases-lead")) } } }
            (form_errors(shell, &view.wrong))
            div.stack.g-6 {
                (new_group(shell, view))
                @if !view.groups.is_empty() || !view.topics.is_empty() || !view.find.is_empty() {
                    form role="search" action="/aliases" aria-label=(attr!(shell, "aliases-find")) {
                        div.search { (icon("search")) label.vh for="aq" { (t!(shell, "aliases-find")) }
                            input #aq type="search" name="find" value=(view.find) dir="auto" placeholder=(attr!(shell, "aliases-find")); }
                    }
                }
                (general(shell, view))
                (of_topics(shell, view))
            }
        }
    };
    let crumbs = vec![
        ("/topics".to_owned(), t!(shell, "topics").to_owned()),
        (String::new(), t!(shell, "aliases").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "aliases"), Here::Topics, main).crumbs("/topics", crumbs),
    )
}

fn new_group(shell: &Shell, view: &AliasesView) -> Markup {
    let own: &[Wrong] = if view.changed.is_none() { &view.wrong } else { &[] };
    html! {
        section.panel aria-labelledby="h-alias-new" {
            header { (icon("plus")) h2 #h-alias-new { (t!(shell, "alias-new")) } }
            form.in.stack method="post" action="/aliases" {
                (Field::new("words", t!(shell, "alias-words"), &view.words).hint(t!(shell, "alias-words-hint")).rows(3).show(shell, own))
                div.btns { button.btn.primary { (t!(shell, "alias-keep")) } button.btn formaction="/aliases/preview" { (icon("eye")) (t!(shell, "alias-preview")) } }
            }
            @if let Some(tried) = &view.tried { (preview(shell, tried)) }
        }
    }
}

fn preview(shell: &Shell, tried: &[Tried]) -> Markup {
    html! {
        div.in role="status" {
            h3 { (t!(shell, "alias-would")) }
            ul.rows { @for one in tried { li {
                (icon("search"))
                div {
                    b { bdi { (one.word) } } @if one.times > 0 { " " span.m { (t!(shell, "alias-searched", count = one.times)) } }
                    @if one.new.is_empty() { p.m { (t!(shell, "alias-same")) } }
                    @else { p.m { (t!(shell, "alias-more")) " " @for (at, title) in one.new.iter().enumerate() { @if at > 0 { " · " } bdi { (title) } } } }
                }
                div.end.m.tn { (t!(shell, "alias-answers", before = one.before, after = one.after)) }
            } } }
        }
    }
}

fn general(shell: &Shell, view: &AliasesView) -> Markup {
    html! {
        section aria-labelledby="h-alias-general" {
            div.sec { h2 #h-alias-general { (t!(shell, "aliases-general")) } span.count { (view.groups.len()) } }
            @if view.groups.is_empty() { p.mute { (t!(shell, "aliases-none")) } }
            ul.rows { @for (id, words) in &view.groups { li {
                (icon("link"))
                details open[view.changed.as_ref().is_some_and(|(changed, _)| changed == id)] {
                    summary { (line(words)) }
                    (edit(shell, view, *id, words))
                }
            } } }
        }
    }
}

fn edit(shell: &Shell, view: &AliasesView, id: i64, words: &[String]) -> Markup {
    let typed = view.changed.as_ref().filter(|(changed, _)| *changed == id);
    let value = typed.map_or_else(|| words.join("\n"), |(_, typed)| typed.clone());
    let wrong: &[Wrong] = if typed.is_some() { &view.wrong } else { &[] };
    let field = format!("f-alias-{id}");
    html! {
        form.stack.pad method="post" action={ "/aliases/" (id) } {
            div.field {
                label for=(field) { (t!(shell, "alias-words")) }
                textarea.in-t id=(field) name="words" rows=(words.len().clamp(2, 8)) dir="auto" { "\n" (value) }
                (super::fields::field_error(shell, "words", wrong))
            }
            div.btns { button.btn { (t!(shell, "save")) } button.btn.danger formaction={ "/aliases/" (id) "/remove" } formnovalidate { (icon("trash-2")) (t!(shell, "alias-remove")) } }
        }
    }
}

fn of_topics(shell: &Shell, view: &AliasesView) -> Markup {
    html! {
        @if !view.topics.is_empty() {
            section aria-labelledby="h-alias-topics" {
                div.sec { h2 #h-alias-topics { (t!(shell, "aliases-topics")) } span.count { (view.topics.len()) } }
                ul.rows { @for topic in &view.topics { li {
                    (icon(topic.kind.icon()))
                    div { a.t href={ "/t/" (topic.slug) "/-/edit" } { bdi { (topic.name) } } p.m { (line(&topic.names)) } }
                } } }
            }
        }
    }
}

fn line(words: &[String]) -> Markup {
    html! { @for (at, word) in words.iter().enumerate() { @if at > 0 { span.m { " = " } } bdi dir=(dir(word)) { (word) } } }
}
