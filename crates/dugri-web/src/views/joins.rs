//! Making a page part of another one, and a section a page of its own: the two forms.

use dugri_core::Language;
use dugri_core::pages::{SUMMARY_CHARS_MAX, TITLE_CHARS_MAX};
use maud::{Markup, html};

use super::fields::{Field, field_error, form_errors, select};
use super::parts::{Rule, dir, empty, icon, icon_flip};
use super::steps::{Effects, TouchesView, confirm, step, touches};
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;

/// A page that is to become part of another.
#[derive(Clone, Debug)]
pub struct MergeView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// Titles to choose from.
    pub titles: Vec<String>,
    /// What was typed.
    pub asked: String,
    /// The other page: address, title, public id.
    pub into: Option<(String, String, String)>,
    /// The revisions that are seen here.
    pub seen: Option<(i64, i64)>,
    /// May put the text there.
    pub may_text: bool,
    /// May publish it there at once.
    pub may_publish: bool,
    /// What is chosen for the text.
    pub text: String,
    /// Why.
    pub summary: String,
    /// What it touches.
    pub touches: Option<TouchesView>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /p/ID/-/merge`
pub fn merge(shell: &Shell, view: &MergeView) -> Markup {
    let at = format!("/p/{}/-/merge", view.id);
    let content = html! {
        (form_errors(shell, &view.wrong))
        @match (&view.into, &view.touches) {
            (Some((href, title, id)), Some(touched)) => {
                section.panel {
                    header { (icon("merge")) h2 { (t!(shell, "step-then")) } }
                    div.in.stack.g-2 {
                        p.rowx { bdi { (view.title) } (icon_flip("arrow-right")) a href=(href) { bdi { (title) } } }
                        p.m { (t!(shell, "merge-then")) }
                    }
                }
                (touches(shell, touched, &Effects { links: "merge-links", reports: "merge-reports", waiting: "merge-changes" }))
                form.stack method="post" action=(at) {
                    (field_error(shell, "into", &view.wrong))
                    input type="hidden" name="into" value=(id);
                    @if let Some((own, other)) = view.seen {
                        input type="hidden" name="seen_own" value=(own);
                        input type="hidden" name="seen_other" value=(other);
                    }
                    fieldset.stack.g-2 {
                        legend { (t!(shell, "merge-text")) }
                        @if view.may_text { (choice(shell, view, "pending", true)) }
                        @if view.may_publish { (choice(shell, view, "publish", false)) }
                        (choice(shell, view, "leave", !view.may_text))
                        (field_error(shell, "text", &view.wrong))
                    }
                    (Field::new("summary", t!(shell, "rename-why"), &view.summary).at_most(SUMMARY_CHARS_MAX).show(shell, &view.wrong))
                    (confirm(shell, &view.href, "merge", t!(shell, "merge-do"), false))
                }
            }
            _ => {
                form.stack method="get" action=(at) {
                    p.m { (t!(shell, "merge-about")) }
                    (Field::new("into", t!(shell, "merge-into"), &view.asked).hint(t!(shell, "merge-into-hint")).choices("titles").show(shell, &view.wrong))
                    datalist #titles { @for title in &view.titles { option value=(title) {} } }
                    div.btns { button.btn.primary { (t!(shell, "step-preview")) } a.btn href=(view.href) { (t!(shell, "cancel")) } }
                }
            }
        }
    };
    step(shell, &view.href, &view.title, t!(shell, "merge"), content)
}

fn choice(shell: &Shell, view: &MergeView, value: &str, by_default: bool) -> Markup {
    let chosen = view.text == value || (view.text.is_empty() && by_default);
    html! { label.check { input type="radio" name="text" value=(value) checked[chosen]; span { (t!(shell, &format!("merge-text-{value}"))) } } }
}

/// A page whose section is to become a page.
#[derive(Clone, Debug)]
pub struct SplitView {
    /// The public id.
    pub id: String,
    /// The readable address.
    pub href: String,
    /// The title.
    pub title: String,
    /// The language of the page.
    pub language: Language,
    /// The revision that is seen here.
    pub seen: i64,
    /// The title of the new page.
    pub new_title: String,
    /// The chosen section.
    pub section: String,
    /// The sections: id, heading, level.
    pub sections: Vec<(String, String, u8)>,
    /// The text of the new page.
    pub part: Option<String>,
    /// Why.
    pub summary: String,
    /// Whether both are published at once.
    pub at_once: bool,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /p/ID/-/split`
pub fn split(shell: &Shell, view: &SplitView) -> Markup {
    let at = format!("/p/{}/-/split", view.id);
    let sections: Vec<(String, String)> = view
        .sections
        .iter()
        .map(|(id, text, level)| {
            let indent = "\u{2003}".repeat(usize::from(level.saturating_sub(2)));
            (id.clone(), format!("{indent}{text}"))
        })
        .collect();
    let content = html! {
        (form_errors(shell, &view.wrong))
        @if view.sections.is_empty() {
            (empty(Rule::Broken, t!(shell, "split-none"), t!(shell, "split-none-text"), html! { a.btn href=(view.href) { (t!(shell, "back-to-page")) } }))
        } @else if let Some(part) = &view.part {
            section.panel {
                header { (icon("split")) h2 { (t!(shell, "step-then")) } }
                div.in.stack.g-2 {
                    p { (t!(shell, "split-then", title = view.new_title.as_str())) }
                    @if !view.at_once { p.warn { (t!(shell, "split-will-wait")) } }
                    details.more { summary { span { (t!(shell, "split-text")) } (icon("chevron-down")) }
                        table.src { tbody { @for line in part.trim().lines() { tr { td dir=(dir(line)) lang=(view.language) { (line) } } } } }
                    }
                }
            }
            form.stack method="post" action=(at) {
                (field_error(shell, "section", &view.wrong))
                input type="hidden" name="section" value=(view.section);
                input type="hidden" name="seen" value=(view.seen);
                (Field::new("title", t!(shell, "split-title"), &view.new_title).at_most(TITLE_CHARS_MAX).show(shell, &view.wrong))
                (Field::new("summary", t!(shell, "rename-why"), &view.summary).at_most(SUMMARY_CHARS_MAX).show(shell, &view.wrong))
                (confirm(shell, &view.href, "split", t!(shell, "split-do"), false))
            }
        } @else {
            form.stack method="get" action=(at) {
                p.m { (t!(shell, "split-about")) }
                (select("section", t!(shell, "split-section"), &sections, &view.section))
                (field_error(shell, "section", &view.wrong))
                div.btns { button.btn.primary { (t!(shell, "step-preview")) } a.btn href=(view.href) { (t!(shell, "cancel")) } }
            }
        }
    };
    step(shell, &view.href, &view.title, t!(shell, "split"), content)
}
