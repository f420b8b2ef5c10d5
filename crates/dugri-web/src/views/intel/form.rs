//! The form for a report: on a phone, in under 45 seconds. Three things are needed, the rest is one tap away.

use dugri_app::intel::{PageLine, Submission};
use dugri_core::intel::{
    Certainty, IntelKind, LINE_CHARS_MAX, QUOTE_CHARS_MAX, Subject, WHAT_CHARS_MAX, promise,
};
use maud::{Markup, html};

use super::super::fields::{Field, chips, form_errors};
use super::super::layout::{Here, Screen, screen};
use super::super::parts::{icon, icon_flip};
use super::{certainty_icon, certainty_key, kind_icon, kind_key, subject_icon, subject_key};
use crate::dates::Clock;
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::t;

/// `GET /intel/new`, and the same form again when fields are wrong.
pub fn form(shell: &Shell, typed: &Submission, page: Option<&PageLine>, wrong: &[Wrong]) -> Markup {
    let title = t!(shell, "report");
    let first = promise(None, false).first_response;
    let promised = t!(
        shell,
        "intel-promised",
        span = Clock::span(shell.language, first.num_minutes())
    );
    let main = html! {
        div.wrap.narrow.fill {
            form.stack.ifields method="post" action="/intel" enctype="multipart/form-data" data-intel-form {
                h1.vh { (title) }
                (form_errors(shell, wrong))
                (hidden(typed))
                @if let Some(page) = page { (about_page(shell, typed, page)) }
                (needed(shell, typed, wrong))
                (optional(shell, typed, wrong))
                label.check { input type="checkbox" name="confidential" value="true" checked[typed.confidential]; span { (t!(shell, "intel-confidential")) } }
                div.cta { button.btn.primary.big { (icon_flip("send")) (t!(shell, "intel-send")) } }
            }
        }
    };
    let back = if page.is_some() {
        format!("/p/{}", typed.page)
    } else {
        "/intel/mine".to_owned()
    };
    screen(
        shell,
        Screen::new(title, Here::MyIntel, main)
            .crumbs(back, vec![(String::new(), title.to_owned())])
            .actions(html! { span.m { (promised) } })
            .without_search()
            .without_tabs(),
    )
}

fn hidden(typed: &Submission) -> Markup {
    let revision = typed.revision.map(|number| number.to_string());
    html! {
        input type="hidden" name="client_id" value=(typed.client_id.as_deref().unwrap_or_default());
        input type="hidden" name="page" value=(typed.page);
        input type="hidden" name="revision" value=(revision.unwrap_or_default());
        input type="hidden" name="section" value=(typed.section);
        input type="hidden" name="passage" value=(typed.passage);
    }
}

/// The page from which the form was opened goes along.
fn about_page(shell: &Shell, typed: &Submission, page: &PageLine) -> Markup {
    html! {
        div.panel { div.in.stack.g-2 {
            p { (icon(&page.kind.icon)) " " a href={ "/p/" (page.page.public_id) "/" (page.page.slug) } { bdi { (page.title) } } }
            p.m {
                @if let Some(number) = typed.revision { (t!(shell, "revision-n", number = number)) }
                @if !typed.section.is_empty() { " · " bdi { (super::section(&typed.section)) } }
            }
            @if !typed.passage.is_empty() { blockquote.quote dir=(crate::views::parts::dir(&typed.passage)) { (typed.passage) } }
        } }
    }
}

fn needed(shell: &Shell, typed: &Submission, wrong: &[Wrong]) -> Markup {
    let subjects: Vec<_> = Subject::ALL
        .iter()
        .map(|s| (s.as_str(), subject_icon(*s), t!(shell, subject_key(*s))))
        .collect();
    let certainties: Vec<_> = Certainty::ALL
        .iter()
        .map(|c| (c.as_str(), certainty_icon(*c), t!(shell, certainty_key(*c))))
        .collect();
    html! {
        (chips(shell, "subject", t!(shell, "intel-subject"), &subjects, &typed.subject, true, wrong))
        (Field::new("what", t!(shell, "intel-what"), &typed.what)
            .rows(4)
            .placeholder(t!(shell, "intel-what-placeholder"))
            .at_most(WHAT_CHARS_MAX)
            .show(shell, wrong))
        (chips(shell, "certainty", t!(shell, "intel-certainty"), &certainties, &typed.certainty, true, wrong))
    }
}

fn optional(shell: &Shell, typed: &Submission, wrong: &[Wrong]) -> Markup {
    let kinds: Vec<_> = IntelKind::ALL
        .iter()
        .map(|k| (k.as_str(), kind_icon(*k), t!(shell, kind_key(*k))))
        .collect();
    let word = t!(shell, "optional");
    let typed_more = [&typed.kind, &typed.account, &typed.channel, &typed.quote]
        .iter()
        .any(|text| !text.is_empty());
    html! {
        (Field::new("account", t!(shell, "intel-account"), &typed.account).optional(word).at_most(LINE_CHARS_MAX).show(shell, wrong))
        div.field {
            label for="f-file" { (t!(shell, "intel-photo")) " " span.opt { (word) } }
            input.in-t #f-file type="file" name="file" accept="image/*,application/pdf" data-photo;
            (super::super::fields::field_error(shell, "file", wrong))
        }
        details.more open[typed_more || typed.urgent] {
            summary { (t!(shell, "intel-more")) (icon("chevron-down")) }
            div.stack {
                (chips(shell, "kind", t!(shell, "intel-kind"), &kinds, &typed.kind, false, wrong))
                (Field::new("quote", t!(shell, "intel-quote"), &typed.quote).optional(word).rows(2).at_most(QUOTE_CHARS_MAX).show(shell, wrong))
                (Field::new("channel", t!(shell, "intel-channel"), &typed.channel).optional(word).placeholder(t!(shell, "intel-channel-placeholder")).at_most(LINE_CHARS_MAX).show(shell, wrong))
                label.check { input type="checkbox" name="urgent" value="true" checked[typed.urgent]; span { (t!(shell, "intel-urgent")) } }
            }
        }
    }
}
