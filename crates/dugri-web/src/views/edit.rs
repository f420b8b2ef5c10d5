//! Writing: the form for a new page and for an edit, with its preview. The screen of a conflict is in `conflict`.

use dugri_core::pages::{KEY_MESSAGE_CHARS_MAX, SUMMARY_CHARS_MAX, TITLE_CHARS_MAX};
use maud::{Markup, PreEscaped, html};

pub use super::conflict::{ConflictView, conflict};
use super::fields::{Field, field_error, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::parts::{avatar, icon, icon_large};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, t};

/// A field of the kind: the name in the form, the label, the value.
#[derive(Clone, Debug, Default)]
pub struct KindValue {
    /// `field.NAME` in the form.
    pub name: String,
    /// The label in the reader's language.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// What a writer writes.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The title.
    pub title: String,
    /// The key message.
    pub key_message: String,
    /// The Markdown.
    pub body: String,
    /// The fields of the kind.
    pub fields: Vec<KindValue>,
    /// The topics, separated by commas.
    pub topics: String,
    /// What changed, in one line.
    pub summary: String,
    /// The reports that caused it: `236, 221`.
    pub cites: String,
    /// Readers need not be told.
    pub minor: bool,
    /// Holders of older copies must be told.
    pub material: bool,
}

/// What saving does, by the space's policy and the writer's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// A save publishes.
    Publishes,
    /// A save waits for a publisher.
    Proposes,
}

/// The edit of a page.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The public id.
    pub id: String,
    /// The readable address of the page.
    pub href: String,
    /// Where it lies: address and name.
    pub space: (String, String),
    /// The title as readers know it.
    pub page_title: String,
    /// The language it is written in.
    pub language: dugri_core::Language,
    /// The text.
    pub text: Text,
    /// The revision it began from.
    pub base: i64,
    /// The pending change it goes on with.
    pub change: Option<i64>,
    /// The id of this save, made with the form: sent twice, it is one.
    pub client_id: String,
    /// What saving does.
    pub saving: Saving,
    /// Slugs and names of the topics there are.
    pub topics: Vec<(String, String)>,
    /// Files that the text can use: the address and the name.
    pub files: Vec<(String, String)>,
    /// Reports about this page that are open: number and first words.
    pub reports: Vec<(i64, String)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// The rendered text, after "Preview".
    pub preview: Option<String>,
}

/// `GET /p/ID/-/edit`
pub fn edit(shell: &Shell, view: &Edit) -> Markup {
    let action = format!("/p/{}/-/edit", view.id);
    let title = attr!(shell, "edit-title", title = view.page_title.as_str());
    let main = html! {
        form.edit method="post" action=(action) data-guard=(view.id) {
            input type="hidden" name="base_revision" value=(view.base);
            @if let Some(change) = view.change { input type="hidden" name="change" value=(change); }
            input type="hidden" name="client_id" value=(view.client_id);
            (restore_bar(shell))
            div.stack.upper {
                (form_errors(shell, &view.wrong))
                h1.vh { (title) }
                (title_field(shell, &view.text, &view.wrong))
                details.more open {
                    summary { span { (t!(shell, "edit-details")) } (icon("chevron-down")) }
                    (details(shell, &view.text, &view.topics, &view.wrong))
                }
            }
            (editor(shell, &view.text, view.language, "/preview", view.preview.as_deref(), &view.wrong))
            (extras(shell, view))
            (publish_bar(shell, &view.text, view.saving, &view.reports, &view.wrong))
        }
    };
    let crumbs = vec![
        (format!("/s/{}", view.space.0), view.space.1.clone()),
        (String::new(), view.page_title.clone()),
    ];
    screen(
        shell,
        Screen::new(title, Here::Space(view.space.0.clone()), main)
            .crumbs(&view.href, crumbs)
            .without_search()
            .without_tabs()
            .actions(html! { a.btn.quiet href=(view.href) { (t!(shell, "edit-discard")) } }),
    )
}

/// The form for a page that does not exist yet.
#[derive(Clone, Debug, Default)]
pub struct NewPage {
    /// The chosen space, by its address.
    pub space: String,
    /// The spaces to choose from.
    pub spaces: Vec<(String, String)>,
    /// The chosen kind.
    pub kind: String,
    /// The kinds to choose from.
    pub kinds: Vec<(String, String)>,
    /// The chosen language.
    pub language: dugri_core::Language,
    /// The chosen audience.
    pub audience: String,
    /// The text.
    pub text: Text,
    /// The id of this page, made with the form.
    pub client_id: String,
    /// Slugs and names of the topics there are.
    pub topics: Vec<(String, String)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// The rendered text, after "Preview".
    pub preview: Option<String>,
}

/// `GET /new`: first space and kind, whose template comes into the text.
pub fn new_page(shell: &Shell, view: &NewPage) -> Markup {
    let languages = [
        ("he".to_owned(), "עברית".to_owned()),
        ("en".to_owned(), "English".to_owned()),
    ];
    let audiences = ["internal", "partners", "customers"]
        .map(|a| (a.to_owned(), t!(shell, &format!("audience-{a}")).to_owned()));
    let main = html! {
        div.edit {
            form.stack.upper method="get" action="/new" {
                h1 { (t!(shell, "new-page")) }
                input type="hidden" name="title" value=(view.text.title);
                div.meta {
                    (select("space", t!(shell, "edit-space"), &view.spaces, &view.space))
                    (select("kind", t!(shell, "fact-kind"), &view.kinds, &view.kind))
                    (select("language", t!(shell, "edit-language"), &languages, view.language.as_str()))
                    div.field { span.lbl { (t!(shell, "edit-template")) } button.btn { (icon("layout-template")) (t!(shell, "edit-template-take")) } }
                }
            }
            form.edit method="post" action="/new" data-guard="new" {
                input type="hidden" name="space" value=(view.space);
                input type="hidden" name="kind" value=(view.kind);
                input type="hidden" name="language" value=(view.language);
                input type="hidden" name="client_id" value=(view.client_id);
                (restore_bar(shell))
                div.stack.upper {
                    (form_errors(shell, &view.wrong))
                    (field_error(shell, "space", &view.wrong)) (field_error(shell, "kind", &view.wrong))
                    (title_field(shell, &view.text, &view.wrong))
                    (details(shell, &view.text, &view.topics, &view.wrong))
                    (select("audience", t!(shell, "fact-audience"), &audiences, &view.audience))
                }
                (editor(shell, &view.text, view.language, "/preview", view.preview.as_deref(), &view.wrong))
                (publish_bar(shell, &view.text, Saving::Proposes, &[], &view.wrong))
            }
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "new-page"), Here::Nowhere, main)
            .crumbs("/", vec![(String::new(), t!(shell, "new-page").to_owned())])
            .without_search()
            .without_tabs(),
    )
}

fn title_field(shell: &Shell, text: &Text, wrong: &[Wrong]) -> Markup {
    let invalid = wrong.iter().any(|w| w.field == "title").then_some("true");
    html! {
        div.field {
            label.vh for="f-title" { (t!(shell, "edit-name")) }
            input.in-t.title-in #f-title name="title" value=(text.title) dir="auto" required maxlength=(TITLE_CHARS_MAX)
                placeholder=(attr!(shell, "edit-name")) aria-invalid=[invalid] aria-describedby=[invalid.map(|_| "err-title")];
            (field_error(shell, "title", wrong))
        }
    }
}

fn details(shell: &Shell, text: &Text, topics: &[(String, String)], wrong: &[Wrong]) -> Markup {
    let optional = t!(shell, "optional");
    html! {
        div.stack.g-3 {
            (Field::new("key_message", t!(shell, "edit-key-message"), &text.key_message).optional(optional).at_most(KEY_MESSAGE_CHARS_MAX).hint(t!(shell, "edit-key-message-hint")).show(shell, wrong))
            div.meta {
                div.field {
                    label for="f-topics" { (t!(shell, "edit-topics")) " " span.opt { (optional) } }
                    input.in-t #f-topics name="topics" value=(text.topics) dir="auto" list="topic-list" aria-describedby="hint-topics";
                    p.hint #hint-topics { (t!(shell, "edit-topics-hint")) }
                    (field_error(shell, "topics", wrong))
                    datalist #topic-list { @for (slug, name) in topics { option value=(slug) { (name) } } }
                }
                @for field in &text.fields {
                    (Field::new(&format!("field.{}", field.name), &field.label, &field.value).optional("").show(shell, wrong))
                }
            }
            (field_error(shell, "fields", wrong))
        }
    }
}

fn editor(
    shell: &Shell,
    text: &Text,
    language: dugri_core::Language,
    preview_at: &str,
    preview: Option<&str>,
    wrong: &[Wrong],
) -> Markup {
    let tool = |icon_name: &str, label: &str, wrap: &str| html! { button.btn.quiet.ico type="button" data-wrap=(wrap) aria-label=(label) title=(label) { (icon(icon_name)) } };
    let invalid = wrong.iter().any(|w| w.field == "body").then_some("true");
    html! {
        div.tools.js-only role="toolbar" aria-label=(attr!(shell, "tools")) {
            (tool("heading-2", t!(shell, "tool-heading"), "\\n## |\\n"))
            (tool("bold", t!(shell, "tool-bold"), "**|**"))
            (tool("italic", t!(shell, "tool-italic"), "*|*"))
            span.gap {}
            (tool("list", t!(shell, "tool-list"), "\\n- |"))
            (tool("list-ordered", t!(shell, "tool-numbers"), "\\n1. |"))
            (tool("table", t!(shell, "tool-table"), "\\n| | |\\n| --- | --- |\\n| | |\\n"))
            (tool("quote", t!(shell, "tool-quote"), "\\n> |"))
            span.gap {}
            (tool("link", t!(shell, "tool-link"), "[[|]]"))
            (tool("message-square-warning", t!(shell, "tool-straight"), "\\n:::straight\\n|\\n:::\\n"))
            (tool("radio-tower", t!(shell, "tool-cite"), "[[intel:|]]"))
        }
        div.ed {
            div.pane {
                label.vh for="f-body" { (t!(shell, "edit-body")) }
                textarea.code #f-body name="body" dir=(language.dir()) lang=(language) spellcheck="true" data-preview=(preview_at)
                    aria-invalid=[invalid] aria-describedby=[invalid.map(|_| "err-body")] { "\n" (text.body) }
                (field_error(shell, "body", wrong))
            }
            section.prose.sm #preview tabindex="0" aria-label=(attr!(shell, "preview")) lang=(language) dir=(language.dir()) {
                @match preview {
                    Some(html) => (PreEscaped(html)),
                    None => { p.m.no-js-only { (t!(shell, "preview-hint")) } }
                }
            }
        }
    }
}

fn extras(shell: &Shell, view: &Edit) -> Markup {
    html! {
        @if !view.files.is_empty() {
            details.more.pad {
                summary { span { (t!(shell, "page-files")) " " span.count { (view.files.len()) } } (icon("chevron-down")) }
                ul.mini { @for (markdown, name) in &view.files { li { (icon("paperclip")) bdi { (name) } code { (markdown) } } } }
            }
        }
        p.pad.m { a href={ "/p/" (view.id) "/-/files" } { (icon("upload")) (t!(shell, "edit-add-file")) } }
    }
}

fn publish_bar(
    shell: &Shell,
    text: &Text,
    saving: Saving,
    reports: &[(i64, String)],
    wrong: &[Wrong],
) -> Markup {
    let optional = t!(shell, "optional");
    html! {
        div.pub {
            div.stack {
                (Field::new("summary", t!(shell, "edit-summary"), &text.summary).optional(t!(shell, "edit-summary-hint")).at_most(SUMMARY_CHARS_MAX).show(shell, wrong))
                div.meta {
                    div.field {
                        label for="f-cites" { (t!(shell, "edit-cites")) " " span.opt { (optional) } }
                        input.in-t #f-cites name="cites" value=(text.cites) dir="ltr" list="report-list" placeholder="236, 221" aria-describedby="hint-cites";
                        p.hint #hint-cites { (t!(shell, "edit-cites-hint")) }
                        (field_error(shell, "cites", wrong))
                        datalist #report-list { @for (number, what) in reports { option value=(number) { "#" (number) " " (what) } } }
                    }
                    div {
                        label.check { input type="checkbox" name="minor" value="yes" checked[text.minor]; span { (t!(shell, "edit-minor")) } }
                        label.check { input type="checkbox" name="material" value="yes" checked[text.material]; span { (t!(shell, "edit-material")) } }
                    }
                }
            }
            button.btn name="action" value="preview" { (icon("eye")) (t!(shell, "preview")) }
            div.btns {
                @if saving == Saving::Publishes { button.btn name="action" value="keep" { (t!(shell, "edit-keep")) } }
                button.btn.primary name="action" value="save" {
                    @match saving { Saving::Publishes => (t!(shell, "edit-publish")), Saving::Proposes => (t!(shell, "save")) }
                }
            }
        }
    }
}

/// Offered by the script when the tab still holds text that was never saved.
pub(super) fn restore_bar(shell: &Shell) -> Markup {
    html! {
        template data-restore {
            div.banner.mb data-st="due" role="status" {
                (icon_large("history"))
                div { (t!(shell, "restore-text")) }
                div.btns {
                    button.btn type="button" value="restore" { (t!(shell, "restore-do")) }
                    button.btn.quiet type="button" value="drop" { (t!(shell, "restore-drop")) }
                }
            }
        }
    }
}

/// Who wrote something, with the initials: used beside texts of several people.
pub fn writer(name: &str) -> Markup {
    html! { span.rowx { (avatar(name, false)) bdi { (name) } } }
}
