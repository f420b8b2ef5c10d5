//! Writing: the form for a new page and for an edit, with its preview. The screen of a conflict is in `conflict`.
//!
//! The form works as it stands. Where scripts run, the editor (`assets/editor`) takes the place of the text field, which
//! stays the field of the form, and brings the toolbar to life.

mod publish;
mod toolbar;
mod words;

use dugri_core::pages::{KEY_MESSAGE_CHARS_MAX, TITLE_CHARS_MAX};
use maud::{Markup, PreEscaped, html};

pub use super::conflict::{ConflictView, conflict};
use super::drafts::{Going, Line, Offer, offer};
use super::fields::{Field, field_error, form_errors, select};
use super::layout::{Here, Screen, screen};
use super::parts::{banner, icon, icon_large};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{assets, attr, t};
use publish::publish_bar;
use toolbar::toolbar;

/// How many begun pages the form of a new one names.
const BEGUN_MAX: usize = 5;

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
    /// The writer checked the whole page.
    pub verify: bool,
}

/// What saving does, by the space's policy and the writer's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// A save publishes, as the revision of this number.
    Publishes(i64),
    /// A save waits for a publisher.
    Proposes,
}

/// Who will see what is published.
#[derive(Clone, Debug, Default)]
pub struct SeenBy {
    /// The name of the space.
    pub space: String,
    /// How many people read it.
    pub all: i64,
    /// How many of them are from outside.
    pub outsiders: i64,
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
    /// Whether publishing may count as a check.
    pub may_verify: bool,
    /// Who will see it.
    pub seen_by: SeenBy,
    /// Who else writes on it now.
    pub others: Vec<String>,
    /// Whether it is in the archive.
    pub is_archived: bool,
    /// Whether somebody answers for it.
    pub has_owner: bool,
    /// A draft that may be taken up.
    pub offer: Option<Offer>,
    /// The draft that the form goes on with.
    pub going: Option<Going>,
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
    let script = Script {
        page: Some(&view.id),
        upload: format!("/api/v1/pages/{}/files", view.id),
        key: &view.client_id,
        going: view.going.as_ref(),
        has_owner: view.has_owner,
    };
    let main = html! {
        div.notices {
            @if let Some(found) = &view.offer { (offer(shell, &view.id, found)) }
            @if let Some(going) = &view.going { p.m.pad0 { (icon("file-pen")) " " (t!(shell, "draft-going-on", when = shell.moment(going.saved_at))) } }
            @if view.is_archived { (banner("archived", "archive", html! { (t!(shell, "edit-archived")) }, None)) }
            (presence(shell, &view.others))
        }
        form.edit method="post" action=(action) data-editor[true] data-page=[script.page] data-version=(script.version())
            data-upload=(script.upload) data-owner=(if script.has_owner { "yes" } else { "no" }) data-words=(words::json(shell)) {
            input type="hidden" name="base_revision" value=(view.base);
            @if let Some(change) = view.change { input type="hidden" name="change" value=(change); }
            input type="hidden" name="client_id" value=(view.client_id);
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
            (publish_bar(shell, view))
        }
        (script.discard_form())
        (script.tag())
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
            .actions(actions(shell, view.going.is_some(), Some(&view.href))),
    )
}

/// What the script of the editor needs to know.
struct Script<'a> {
    page: Option<&'a str>,
    upload: String,
    key: &'a str,
    going: Option<&'a Going>,
    has_owner: bool,
}

impl Script<'_> {
    fn version(&self) -> i64 {
        self.going.map_or(0, |going| going.version)
    }

    fn discard_form(&self) -> Markup {
        html! { form #f-discard method="post" action={ "/drafts/" (self.key) "/discard" } hidden {} }
    }

    fn tag(&self) -> Markup {
        html! { script type="module" src=(assets::url("editor.js")) {} }
    }
}

/// The right end of the top bar: what became of the draft, how one looks at the text, and the ways out.
fn actions(shell: &Shell, has_draft: bool, leave: Option<&str>) -> Markup {
    let look = |name: &str, class: &str, label: &str| html! { button class=(class) type="button" data-look=(name) aria-pressed="false" { (label) } };
    html! {
        span.save role="status" data-save {}
        span.seg.desk.js-only role="group" aria-label=(attr!(shell, "view-as")) data-looks {
            (look("write", "", t!(shell, "edit-view-write")))
            (look("both", "wide-only", t!(shell, "edit-view-both")))
            (look("preview", "", t!(shell, "edit-view-preview")))
        }
        button.btn.quiet.ico.mob.js-only type="button" data-look="preview" aria-pressed="false" aria-label=(attr!(shell, "edit-view-preview")) { (icon("eye")) }
        @if let Some(href) = leave { a.btn.quiet href=(href) { (t!(shell, "edit-discard")) } }
        button.btn.quiet form="f-discard" data-discard hidden[!has_draft] { (t!(shell, "edit-discard-draft")) }
    }
}

/// Who else writes here; kept fresh by the script.
fn presence(shell: &Shell, others: &[String]) -> Markup {
    let names = others.join(", ");
    html! {
        p.presence role="status" data-presence hidden[others.is_empty()] {
            (icon("pencil-line"))
            span {
                @if others.len() == 1 { (t!(shell, "editor-is-editing", names = names)) }
                @else if !others.is_empty() { (t!(shell, "editor-are-editing", names = names)) }
            }
        }
    }
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
    /// The words that were searched for in vain, which it is to answer.
    pub gap: String,
    /// The id of this page, made with the form.
    pub client_id: String,
    /// Slugs and names of the topics there are.
    pub topics: Vec<(String, String)>,
    /// Own drafts of pages that were begun and not saved.
    pub begun: Vec<Line>,
    /// The draft that the form goes on with.
    pub going: Option<Going>,
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
    let script = Script {
        page: None,
        upload: format!("/api/v1/spaces/{}/files", view.space),
        key: &view.client_id,
        going: view.going.as_ref(),
        // The writer becomes the owner.
        has_owner: true,
    };
    let gap = html! { @if !view.gap.is_empty() { input type="hidden" name="gap" value=(view.gap); } };
    let main = html! {
        div.notices {
            @if let Some(going) = &view.going { p.m.pad0 { (icon("file-pen")) " " (t!(shell, "draft-going-on", when = shell.moment(going.saved_at))) } }
            (begun(shell, &view.begun))
        }
        div.edit {
            form.stack.upper method="get" action="/new" {
                h1 { (t!(shell, "new-page")) }
                input type="hidden" name="title" value=(view.text.title);
                (gap)
                div.meta {
                    (select("space", t!(shell, "edit-space"), &view.spaces, &view.space))
                    (select("kind", t!(shell, "fact-kind"), &view.kinds, &view.kind))
                    (select("language", t!(shell, "edit-language"), &languages, view.language.as_str()))
                    div.field { span.lbl { (t!(shell, "edit-template")) } button.btn { (icon("layout-template")) (t!(shell, "edit-template-take")) } }
                }
            }
            form.edit method="post" action="/new" data-editor[true] data-version=(script.version()) data-upload=(script.upload)
                data-owner="yes" data-words=(words::json(shell)) {
                input type="hidden" name="space" value=(view.space);
                input type="hidden" name="kind" value=(view.kind);
                input type="hidden" name="language" value=(view.language);
                (gap)
                input type="hidden" name="client_id" value=(view.client_id);
                div.stack.upper {
                    (form_errors(shell, &view.wrong))
                    (field_error(shell, "space", &view.wrong)) (field_error(shell, "kind", &view.wrong))
                    (title_field(shell, &view.text, &view.wrong))
                    (details(shell, &view.text, &view.topics, &view.wrong))
                    (select("audience", t!(shell, "fact-audience"), &audiences, &view.audience))
                }
                (editor(shell, &view.text, view.language, "/preview", view.preview.as_deref(), &view.wrong))
                (publish::save_bar(shell, &view.text, &view.wrong))
            }
        }
        (script.discard_form())
        (script.tag())
    };
    screen(
        shell,
        Screen::new(t!(shell, "new-page"), Here::Nowhere, main)
            .crumbs("/", vec![(String::new(), t!(shell, "new-page").to_owned())])
            .without_search()
            .without_tabs()
            .actions(actions(shell, view.going.is_some(), None)),
    )
}

/// The pages that were begun and not saved.
fn begun(shell: &Shell, lines: &[Line]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section.banner data-st="due" aria-label=(attr!(shell, "drafts")) {
                (icon_large("history"))
                div {
                    b { (t!(shell, "draft-offer-new")) } " "
                    @for line in lines.iter().take(BEGUN_MAX) { a href={ "/new?draft=" (line.key) } { bdi { (line.title) } } " · " }
                }
                div.btns { a.btn href="/drafts" { (t!(shell, "drafts")) } }
            }
        }
    }
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
    let invalid = wrong.iter().any(|w| w.field == "body").then_some("true");
    html! {
        (toolbar(shell))
        div.ed data-ed {
            div.pane data-pane {
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
