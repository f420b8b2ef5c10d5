//! Two people changed the same lines: the screen that loses nothing of either.

use dugri_text::merge::MergeBlock;
use maud::{Markup, html};

use super::edit::Edit;
use super::fields::Field;
use super::layout::{Here, Screen, screen};
use super::parts::{banner, icon};
use crate::shell::Shell;
use crate::{attr, t};

/// Two people changed the same block.
#[derive(Clone, Debug)]
pub struct ConflictView {
    /// The edit as it was sent: nothing of it is lost.
    pub edit: Edit,
    /// Who saved in between.
    pub their_author: String,
    /// When.
    pub their_at: chrono::DateTime<chrono::Utc>,
    /// Their title and the one both began from, where it differs.
    pub titles: Option<(String, String)>,
    /// The newest revision: the base of the next try.
    pub head: i64,
    /// The text by blocks.
    pub blocks: Vec<MergeBlock>,
}

/// The answer 409 to a save: mine, theirs, before, a choice for each block, and room to write what is right.
pub fn conflict(shell: &Shell, view: &ConflictView) -> Markup {
    let edit = &view.edit;
    let count = view
        .blocks
        .iter()
        .filter(|b| matches!(b, MergeBlock::Conflict { .. }))
        .count();
    let main = html! {
        form.wrap method="post" action={ "/p/" (edit.id) "/-/edit" } data-guard={ (edit.id) "-conflict" } {
            input type="hidden" name="base_revision" value=(view.head);
            @if let Some(change) = edit.change { input type="hidden" name="change" value=(change); }
            input type="hidden" name="client_id" value=(edit.client_id);
            input type="hidden" name="key_message" value=(edit.text.key_message);
            input type="hidden" name="topics" value=(edit.text.topics);
            input type="hidden" name="cites" value=(edit.text.cites);
            input type="hidden" name="blocks" value=(view.blocks.len());
            @if edit.text.minor { input type="hidden" name="minor" value="yes"; }
            @if edit.text.material { input type="hidden" name="material" value="yes"; }
            @for field in &edit.text.fields { input type="hidden" name={ "field." (field.name) } value=(field.value); }
            div.head { div {
                h1 { (t!(shell, "conflict-title")) }
                p { (t!(shell, "conflict-lead", name = view.their_author.as_str(), when = shell.moment(view.their_at), count = count)) }
            } }
            (banner("due", "git-merge", html! { b { (t!(shell, "conflict-safe")) } " " (t!(shell, "conflict-how")) }, None))
            div.stack.mt {
                div.field {
                    label for="f-title" { (t!(shell, "edit-name")) }
                    input.in-t #f-title name="title" value=(edit.text.title) dir="auto" required;
                    @if let Some((theirs, before)) = &view.titles { p.hint { (t!(shell, "conflict-titles", theirs = theirs.as_str(), before = before.as_str())) } }
                }
                @for (at, block) in view.blocks.iter().enumerate() {
                    @match block {
                        MergeBlock::Settled { text } => {
                            details.fold-block { summary.fold { (icon("unfold-vertical")) (t!(shell, "conflict-settled")) }
                                pre.mono.dir-line { (text) } }
                            input type="hidden" name={ "block." (at) } value=(text);
                        }
                        MergeBlock::Conflict { before, mine, theirs } => (hunk(shell, at, before, mine, theirs)),
                    }
                }
                (Field::new("summary", t!(shell, "edit-summary"), &edit.text.summary).optional(t!(shell, "edit-summary-hint")).show(shell, &edit.wrong))
            }
            div.btns.mt {
                button.btn.primary name="action" value="save" { (t!(shell, "conflict-save")) }
                a.btn href={ "/p/" (edit.id) "/-/history" } { (t!(shell, "history")) }
            }
        }
    };
    let crumbs = vec![
        (edit.href.clone(), edit.page_title.clone()),
        (String::new(), t!(shell, "conflict-title").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "conflict-title"), Here::Nowhere, main)
            .crumbs(&edit.href, crumbs)
            .without_search()
            .without_tabs(),
    )
}

fn hunk(shell: &Shell, at: usize, before: &str, mine: &str, theirs: &str) -> Markup {
    let part = |title: &str, text: &str| {
        html! {
            section.panel { header { h2 { (title) } button.btn.quiet.ico.sm.js-only type="button" data-copy=(text) aria-label=(attr!(shell, "copy")) { (icon("copy")) } } div.in { @if text.is_empty() { span.m { (t!(shell, "conflict-nothing")) } } @else { (text) } } }
        }
    };
    let choice = |value: &str, label: &str, chosen: bool| html! { label.chip { input type="radio" name={ "choice." (at) } value=(value) checked[chosen]; (label) } };
    html! {
        section.panel.hunk aria-label=(attr!(shell, "conflict-block", number = at + 1)) {
            div.three { (part(t!(shell, "conflict-mine"), mine)) (part(t!(shell, "conflict-theirs"), theirs)) (part(t!(shell, "conflict-before"), before)) }
            input type="hidden" name={ "mine." (at) } value=(mine);
            input type="hidden" name={ "theirs." (at) } value=(theirs);
            fieldset { legend.vh { (t!(shell, "conflict-choose")) }
                div.chips {
                    (choice("mine", t!(shell, "conflict-take-mine"), true))
                    (choice("theirs", t!(shell, "conflict-take-theirs"), false))
                    (choice("both", t!(shell, "conflict-take-both"), false))
                    (choice("own", t!(shell, "conflict-take-own"), false))
                } }
            div.field {
                label for={ "f-own-" (at) } { (t!(shell, "conflict-own")) }
                textarea.in-t id={ "f-own-" (at) } name={ "own." (at) } dir="auto" { "\n" (mine) }
            }
        }
    }
}
