//! A pending change: what it is, what it changes, and the form that publishes it; files and settings of a page.

use chrono::{DateTime, Utc};
use dugri_core::pages::SUMMARY_CHARS_MAX;
use dugri_text::diff::Redline;
use maud::{Markup, PreEscaped, html};

use super::fields::{Field, field_error, form_errors, select};
use super::history::redline;
use super::layout::{Here, Screen, screen};
use super::parts::{Face, avatar, badge, icon, in_review};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, t};

/// A pending change.
#[derive(Clone, Debug)]
pub struct ChangeView {
    /// The public id of the page.
    pub id: String,
    /// Its readable address.
    pub href: String,
    /// The title the change gives it.
    pub title: String,
    /// The language of the page.
    pub language: dugri_core::Language,
    /// The key of the change.
    pub change: i64,
    /// Who began it.
    pub author: String,
    /// The newest save: its key and when.
    pub newest: (i64, DateTime<Utc>),
    /// What it changes, in the writer's words.
    pub summary: String,
    /// The reports that it answers.
    pub cites: Vec<i64>,
    /// Against what is published; `None` for a page that never was.
    pub against: Option<(i64, Redline)>,
    /// The whole text, rendered.
    pub html: String,
    /// Which number it would get.
    pub next_number: i64,
    /// May go on with it.
    pub may_edit: bool,
    /// May publish it.
    pub may_publish: bool,
    /// Whether publishing may count as a check.
    pub may_verify: bool,
    /// May give it up.
    pub may_withdraw: bool,
    /// What was typed into the form that publishes.
    pub reason: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /p/ID/-/change/C`
pub fn change(shell: &Shell, view: &ChangeView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div {
                    h1 lang=(view.language) dir=(crate::views::parts::dir(&view.title)) { (view.title) }
                    p { @if view.against.is_some() { (in_review(shell)) } @else { (badge(shell, dugri_core::currency::Badge::Draft)) } " " (t!(shell, "notice-change-by", name = view.author.as_str(), when = shell.moment(view.newest.1))) }
                    @if !view.summary.is_empty() { p dir=(crate::views::parts::dir(&view.summary)) { (view.summary) } }
                    @if !view.cites.is_empty() { p.m { (cites(shell, &view.cites)) } }
                }
                div.btns {
                    @if view.may_edit { a.btn href={ "/p/" (view.id) "/-/edit?change=" (view.change) } { (icon("pencil")) (t!(shell, "change-go-on")) } }
                }
            }
            div.cols {
                section.stack {
                    @match &view.against {
                        Some((number, diff)) => {
                            h2 { (t!(shell, "change-against", number = *number)) }
                            (redline(shell, diff, view.language))
                        }
                        None => { h2.vh { (t!(shell, "change-text")) } article.prose lang=(view.language) dir=(view.language.dir()) { (PreEscaped(&view.html)) } }
                    }
                    @if view.against.is_some() {
                        details.more { summary { span { (t!(shell, "change-text")) } (icon("chevron-down")) }
                            article.prose lang=(view.language) dir=(view.language.dir()) { (PreEscaped(&view.html)) } }
                    }
                }
                div.stack {
                    @if view.may_publish { (publish_form(shell, view)) }
                    @else { section.panel { header { h2 { (t!(shell, "change-waits")) } } div.in.mute { (t!(shell, "change-waits-text")) } } }
                    @if view.may_withdraw {
                        form method="post" action={ "/p/" (view.id) "/-/change/" (view.change) "/withdraw" } {
                            button.btn.danger.full { (icon("trash-2")) (t!(shell, "change-withdraw")) }
                        }
                    }
                }
            }
        }
    };
    let crumbs = vec![
        (view.href.clone(), view.title.clone()),
        (String::new(), t!(shell, "change-name").to_owned()),
    ];
    screen(
        shell,
        Screen::new(&view.title, Here::Nowhere, main).crumbs(&view.href, crumbs),
    )
}

/// The form that publishes: why, how much it matters, and what exactly.
fn publish_form(shell: &Shell, view: &ChangeView) -> Markup {
    html! {
        section.panel {
            header { h2 { (t!(shell, "publish-title", number = view.next_number)) } }
            form.in.stack method="post" action={ "/p/" (view.id) "/-/publish" } {
                input type="hidden" name="change" value=(view.change);
                // What is published is what is seen here: a save in between is refused.
                input type="hidden" name="revision" value=(view.newest.0);
                (form_errors(shell, &view.wrong))
                (field_error(shell, "revision", &view.wrong))
                (Field::new("reason", t!(shell, "publish-reason"), &view.reason).hint(t!(shell, "edit-summary-hint")).at_most(SUMMARY_CHARS_MAX).show(shell, &view.wrong))
                label.check { input type="checkbox" name="material" value="yes"; span { (t!(shell, "edit-material")) } }
                @if view.may_verify { label.check { input type="checkbox" name="verify" value="yes"; span { (t!(shell, "edit-verify")) } } }
                button.btn.primary.full { (icon("check")) (t!(shell, "publish-do", number = view.next_number)) }
            }
        }
    }
}

/// The reports that caused something, as links.
pub fn cites(shell: &Shell, numbers: &[i64]) -> Markup {
    html! {
        (t!(shell, "caused-by")) " "
        @for (at, number) in numbers.iter().enumerate() { @if at > 0 { ", " } a href={ "/intel/" (number) } { bdi { "#" (number) } } }
    }
}

/// A file of a page.
#[derive(Clone, Debug)]
pub struct FileLine {
    /// Where it is read.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Type and size: `PDF 180 KB`.
    pub size: String,
    /// Who uploaded it.
    pub by: Face,
    /// When.
    pub at: DateTime<Utc>,
    /// How the text names it.
    pub markdown: String,
    /// What is to be said of finding its words, and whether something should be done, for who may change the page.
    pub text: Option<(&'static str, bool)>,
}

/// The files of a page.
#[derive(Clone, Debug)]
pub struct FilesView {
    /// The public id of the page.
    pub id: String,
    /// Its readable address.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The files.
    pub rows: Vec<FileLine>,
    /// Whether the reader may add one.
    pub may_add: bool,
    /// The largest file, for people.
    pub limit: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /p/ID/-/files`
pub fn files(shell: &Shell, view: &FilesView) -> Markup {
    let FilesView {
        id,
        href,
        title,
        rows,
        may_add,
        limit,
        wrong,
    } = view;
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "page-files")) } p { bdi { (title) } } } }
            @if *may_add {
                form.stack.mb method="post" action={ "/p/" (id) "/-/files" } enctype="multipart/form-data" {
                    (form_errors(shell, wrong))
                    div.field {
                        label for="f-file" { (t!(shell, "file-add")) }
                        input.in-t #f-file type="file" name="file" required aria-describedby="hint-file";
                        p.hint #hint-file { (t!(shell, "file-hint", limit = limit.as_str())) }
                        (field_error(shell, "file", wrong))
                    }
                    div { button.btn.primary { (icon("upload")) (t!(shell, "file-upload")) } }
                }
            }
            @if rows.is_empty() { p.mute { (t!(shell, "file-none")) } }
            @else {
                ul.rows { @for row in rows { li {
                    (icon("paperclip"))
                    div {
                        a.t href=(row.href) { bdi { (row.name) } }
                        p.m { bdi dir="ltr" { (row.size) } " · " span.rowx { (avatar(&row.by, false)) bdi { (row.by) } } }
                        @if let Some((key, is_trouble)) = row.text { p.m.warn[is_trouble] { (t!(shell, key)) } }
                        @if *may_add { p.rowx.act { code { (row.markdown) } (super::parts::copy_button(t!(shell, "copy"), &row.markdown)) } }
                    }
                    div.end { (shell.time_short(row.at)) }
                } } }
            }
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "page-files"), Here::Nowhere, main).crumbs(
            href,
            vec![
                (href.to_owned(), title.to_owned()),
                (String::new(), t!(shell, "page-files").to_owned()),
            ],
        ),
    )
}

/// The settings of a page, apart from its text.
#[derive(Clone, Debug)]
pub struct SettingsView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// May verify and supersede.
    pub may_verify: bool,
    /// May change the rest.
    pub may_manage: bool,
    /// The kind, and those to choose from.
    pub kind: String,
    /// Kinds to choose from.
    pub kinds: Vec<(String, String)>,
    /// The language.
    pub language: String,
    /// The audience.
    pub audience: String,
    /// The owner's e-mail.
    pub owner: String,
    /// The successor's id.
    pub successor: String,
    /// Whether it is archived.
    pub archived: bool,
    /// Until when a verification would hold, as `2027-02-01`.
    pub until: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /p/ID/-/settings`
pub fn settings(shell: &Shell, view: &SettingsView) -> Markup {
    let languages = [
        ("he".to_owned(), "עברית".to_owned()),
        ("en".to_owned(), "English".to_owned()),
    ];
    let audiences = ["internal", "partners", "customers"]
        .map(|a| (a.to_owned(), t!(shell, &format!("audience-{a}")).to_owned()));
    let at = |verb: &str| format!("/p/{}/-/{verb}", view.id);
    let optional = t!(shell, "optional");
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "page-settings")) } p { bdi { (view.title) } } } }
            (form_errors(shell, &view.wrong))
            div.stack.g-6 {
                @if view.may_verify {
                    section.panel { header { (icon("badge-check")) h2 { (t!(shell, "page-verify")) } }
                        form.in.stack method="post" action=(at("verify")) {
                            (Field::new("until", t!(shell, "verify-until"), &view.until).kind("date").show(shell, &view.wrong))
                            (Field::new("note", t!(shell, "verify-note"), "").optional(optional).at_most(SUMMARY_CHARS_MAX).show(shell, &view.wrong))
                            div { button.btn { (t!(shell, "page-verify")) } }
                        } }
                    section.panel { header { (icon("circle-slash")) h2 { (t!(shell, "supersede")) } }
                        form.in.stack method="post" action=(at("supersede")) {
                            (Field::new("successor", t!(shell, "supersede-by"), &view.successor).optional(optional).hint(t!(shell, "supersede-hint")).show(shell, &view.wrong))
                            div { button.btn { (t!(shell, "save")) } }
                        } }
                }
                @if view.may_manage {
                    section.panel { header { (icon("settings")) h2 { (t!(shell, "page-about")) } }
                        form.in.stack method="post" action=(at("settings")) {
                            (select("kind", t!(shell, "fact-kind"), &view.kinds, &view.kind))
                            (select("language", t!(shell, "edit-language"), &languages, &view.language))
                            (select("audience", t!(shell, "fact-audience"), &audiences, &view.audience))
                            (Field::new("owner", t!(shell, "owner-email"), &view.owner).kind("email").optional(optional).show(shell, &view.wrong))
                            div { button.btn.primary { (t!(shell, "save")) } }
                        } }
                    div {
                        a.btn.danger[!view.archived] href=(at("archive")) aria-describedby="hint-archive" {
                            @if view.archived { (icon("archive-restore")) (t!(shell, "unarchive")) } @else { (icon("archive")) (t!(shell, "archive")) }
                        }
                        p.m #hint-archive { (t!(shell, "archive-hint")) }
                    }
                }
            }
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "page-settings"), Here::Nowhere, main).crumbs(
            &view.href,
            vec![
                (view.href.clone(), view.title.clone()),
                (String::new(), attr!(shell, "page-settings").to_owned()),
            ],
        ),
    )
}
