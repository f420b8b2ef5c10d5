//! That nothing can be saved just now: the bar on every screen, the page of a refused save with what was typed, the switch.

use dugri_app::read_only::{ReadOnly, Trouble};
use dugri_core::pages::SUMMARY_CHARS_MAX;
use maud::{Markup, html};

use super::fields::{Field, form_errors};
use super::layout::{Here, Screen, screen};
use super::parts::{banner, dir, icon};
use super::people::{Section, sections};
use crate::errors::Wrong;
use crate::reader::Reader;
use crate::shell::Shell;
use crate::{key, t};

/// The key of the sentence that says why.
pub(crate) fn why_key(why: &ReadOnly) -> &'static str {
    match why {
        ReadOnly::Kept(_) => key!("read-only-kept"),
        ReadOnly::Disk(Trouble::Full) => key!("read-only-full"),
        ReadOnly::Disk(Trouble::ReadOnly) => key!("read-only-disk"),
        ReadOnly::Disk(Trouble::Failing) => key!("read-only-failing"),
    }
}

/// What the operator said about it.
pub(crate) fn reason(why: &ReadOnly) -> &str {
    match why {
        ReadOnly::Kept(kept) => &kept.reason,
        ReadOnly::Disk(_) => "",
    }
}

/// The bar on every screen while nothing can be saved.
pub(super) fn bar(shell: &Shell) -> Markup {
    let Some(why) = &shell.read_only else {
        return html! {};
    };
    let text = html! {
        b { (t!(shell, why_key(why))) } " " (t!(shell, "read-only-reading"))
        @if !reason(why).is_empty() { " " bdi dir=(dir(reason(why))) { (reason(why)) } }
    };
    let admin = shell.may().admin;
    let actions = admin.then(|| html! { a.btn href="/people/read-only" { (t!(shell, "read-only-open")) } });
    html! { div.site-bar { (banner("due", "lock", text, actions)) } }
}

/// What was typed into a form that could not be saved, to be sent again: nothing of it is lost.
pub(crate) fn typed(reader: Reader, action: &str, fields: &[(String, String)]) -> Markup {
    html! {
        form.stack.typed method="post" action=(action) data-guard {
            h2 { (t!(reader, "typed-title")) }
            p.m { (t!(reader, "typed-text")) }
            @for (at, (name, value)) in fields.iter().enumerate() {
                @match label(name) {
                    Some(label) if value.contains('\n') || value.chars().count() > 80 => {
                        div.field { label for={ "typed-" (at) } { (t!(reader, label)) }
                            textarea.in-t id={ "typed-" (at) } name=(name) rows="10" dir=(dir(value)) { "\n" (value) } }
                    }
                    Some(label) if !value.is_empty() => {
                        div.field { label for={ "typed-" (at) } { (t!(reader, label)) }
                            input.in-t id={ "typed-" (at) } name=(name) value=(value) dir=(dir(value)); }
                    }
                    _ => input type="hidden" name=(name) value=(value);
                }
            }
            div { button.btn.primary { (icon("rotate-ccw")) (t!(reader, "typed-again")) } }
        }
    }
}

/// What a field is called, if it holds words that somebody typed.
fn label(name: &str) -> Option<&'static str> {
    Some(match name {
        "title" => key!("edit-name"),
        "key_message" => key!("edit-key-message"),
        "body" | "text" | "what" | "quote" => key!("typed-words"),
        "summary" | "reason" => key!("typed-why"),
        "note" | "answer" | "message" | "comment" => key!("typed-note"),
        "account" | "channel" | "topics" | "name" | "space_name" => key!("typed-word"),
        name if name.starts_with("own.") || name.starts_with("field.") || name.starts_with("field-") => {
            key!("typed-words")
        }
        _ => return None,
    })
}

/// The switch.
#[derive(Clone, Debug, Default)]
pub struct SwitchView {
    /// Since when it is kept read-only, in words.
    pub since: Option<String>,
    /// The reason.
    pub reason: String,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// `GET /people/read-only`
pub fn switch(shell: &Shell, view: &SwitchView) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "read-only")) } p { (t!(shell, "read-only-about")) } } }
            (sections(shell, Section::ReadOnly))
            (form_errors(shell, &view.wrong))
            form.stack method="post" action="/people/read-only" {
                @if let Some(since) = &view.since {
                    p { (t!(shell, "read-only-since", when = since.as_str())) }
                    input type="hidden" name="keep" value="no";
                    div { button.btn.primary { (icon("check")) (t!(shell, "read-only-off")) } }
                } @else {
                    input type="hidden" name="keep" value="yes";
                    (Field::new("reason", t!(shell, "read-only-reason"), &view.reason).optional(t!(shell, "optional")).hint(t!(shell, "read-only-reason-hint")).at_most(SUMMARY_CHARS_MAX).show(shell, &view.wrong))
                    div { button.btn.danger { (icon("lock")) (t!(shell, "read-only-on")) } }
                }
            }
        }
    };
    let crumbs = vec![
        ("/people".to_owned(), t!(shell, "people-and-spaces").to_owned()),
        (String::new(), t!(shell, "read-only").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "read-only"), Here::People, main).crumbs("/people", crumbs),
    )
}
