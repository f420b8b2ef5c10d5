//! A report in full, for its reporter and for those who triage; the same pane stands beside the queue.

use dugri_app::intel::{Card, Detail, FileRow, Said};
use dugri_core::intel::{MESSAGE_CHARS_MAX, MessageKind};
use maud::{Markup, html};

use super::super::fields::{Field, form_errors};
use super::super::layout::{Here, Screen, screen};
use super::super::parts::{Face, avatar, icon, icon_flip, quoted};
use super::{
    Attempt, certainty_icon, certainty_key, ending, hash, kind_icon, kind_key, life, name, number, reporter,
    reporter_avatar, sla, subject_icon, subject_key, topics, verbs,
};
use crate::shell::Shell;
use crate::{attr, t};

/// `GET /intel/N`
pub fn detail(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>) -> Markup {
    let title = attr!(shell, "intel-number", number = hash(&detail.card));
    let (here, back, word) = if detail.card.report.own {
        (Here::MyIntel, "/intel/mine", t!(shell, "my-intel"))
    } else {
        (Here::Triage, "/intel/triage", t!(shell, "triage"))
    };
    let main = html! {
        div.wrap.narrow {
            h1.vh { (title) }
            (pane(shell, detail, attempt, false))
        }
    };
    let steps = vec![(back.to_owned(), word.to_owned()), (String::new(), title.clone())];
    screen(shell, Screen::new(title, here, main).crumbs(back, steps))
}

/// The report with all that can be done to it. `in_queue`: it stands beside the queue and goes back there.
pub(super) fn pane(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let card = &detail.card;
    html! {
        div.stack {
            @if let Some(attempt) = attempt { (form_errors(shell, &attempt.wrong)) }
            (head(shell, card))
            @if card.unread { (mark_seen(shell, card)) }
            (said(shell, detail))
            (life(shell, card))
            (ending(shell, card, detail.changed.as_ref()))
            @if detail.triages { (verbs::verbs(shell, detail, attempt, in_queue)) }
            @if let Some(line) = &detail.page { (about(shell, card, line)) }
            @if detail.triages {
                (verbs::merged(shell, detail, in_queue))
                (verbs::similar(shell, detail, in_queue))
                (verbs::pages(shell, detail))
            }
            (conversation(shell, detail, attempt, in_queue))
            (files(shell, detail))
        }
    }
}

/// Its reporter has it before their eyes now: a script says so by itself, a button otherwise.
fn mark_seen(shell: &Shell, card: &Card) -> Markup {
    html! {
        form.rowx method="post" action={ "/intel/" (card.report.id) "/-/seen" } data-seen {
            span.st data-st="review" { (icon("circle-dot")) (t!(shell, "intel-new-reply")) }
            button.btn.quiet.sm { (icon("check")) (t!(shell, "intel-seen")) }
        }
    }
}

fn head(shell: &Shell, card: &Card) -> Markup {
    let report = &card.report;
    html! {
        div.rowx.wrapx {
            (reporter_avatar(shell, card, true))
            span {
                b { (reporter(shell, card)) }
                @if let Some(person) = &card.reporter { @if person.outsider { " " span.tag { (t!(shell, "intel-outsider")) } } }
                br;
                span.m {
                    (number(card)) " · "
                    @if let Some(person) = &card.reporter { @let title = person.title_in(shell.language); @if !title.is_empty() { (title) " · " } }
                    (shell.time_moment(report.at))
                    @if !report.channel.is_empty() { " · " bdi { (report.channel) } }
                }
            }
            span.end {
                @if report.urgent { span.st data-st="superseded" { (icon("octagon-alert")) (t!(shell, "intel-is-urgent")) } }
                @if report.confidential { span.st { (icon("lock")) (t!(shell, "intel-is-confidential")) } }
                (sla(shell, card.clock))
            }
        }
    }
}

fn said(shell: &Shell, detail: &Detail) -> Markup {
    let report = &detail.card.report;
    html! {
        div.stack.g-3 {
            p.quote.said-line dir=(crate::views::parts::dir(&report.what)) { (report.what) }
            @if !report.quote.is_empty() { blockquote.mute.said-line dir=(crate::views::parts::dir(&report.quote)) { (quoted(&report.quote)) } }
            div.tags {
                span.tag { (icon(subject_icon(report.subject))) (t!(shell, subject_key(report.subject))) }
                span.tag { (icon(certainty_icon(report.certainty))) (t!(shell, certainty_key(report.certainty))) }
                @if let Some(kind) = report.kind { span.tag { (icon(kind_icon(kind))) (t!(shell, kind_key(kind))) } }
                @if !report.account.is_empty() { span.tag { (icon("building-2")) bdi { (report.account) } } }
            }
            (topics(shell, &detail.card, !shell.may().submit_only))
        }
    }
}

/// The page that the report is about, with the words that it means.
fn about(shell: &Shell, card: &Card, line: &dugri_app::intel::PageLine) -> Markup {
    let report = &card.report;
    html! {
        section.panel aria-label=(attr!(shell, "intel-about-page")) {
            header { (icon(&line.kind.icon)) h2 { (t!(shell, "intel-about-page")) } }
            div.in.stack.g-2 {
                p {
                    a href={ "/p/" (line.page.public_id) "/" (line.page.slug) } { bdi { (line.title) } }
                    @if !report.section.is_empty() { " · " bdi { (super::section(&report.section)) } }
                }
                @if !report.passage.is_empty() { blockquote.mute.said-line dir=(crate::views::parts::dir(&report.passage)) { (quoted(&report.passage)) } }
            }
        }
    }
}

fn conversation(shell: &Shell, detail: &Detail, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let card = &detail.card;
    html! {
        @if !card.messages.is_empty() || (card.report.own && !detail.triages) {
            section.panel #conversation aria-label=(attr!(shell, "intel-conversation")) {
                header { (icon("message-square-text")) h2 { (t!(shell, "intel-conversation")) } }
                div.in.stack {
                    @for said in &card.messages { (line(shell, card, said)) }
                    @if card.report.own && !detail.triages { (write_back(shell, card, attempt, in_queue)) }
                }
            }
        }
    }
}

fn line(shell: &Shell, card: &Card, said: &Said) -> Markup {
    let message = &said.message;
    html! {
        div.rowx.topx {
            @match &said.author {
                Some(author) => (avatar(&Face::of(author, shell.language), false)),
                None => (reporter_avatar(shell, card, false)),
            }
            div.grow {
                p.m {
                    b.ink { @match &said.author { Some(author) => bdi { (name(shell, author)) }, None => (t!(shell, "intel-reporter-hidden")) } }
                    " · " (shell.time_moment(message.at))
                    @if message.kind == MessageKind::Note { " · " span.tag { (icon("lock")) (t!(shell, "intel-note-mark")) } }
                }
                p.said-line dir=(crate::views::parts::dir(&message.text)) { (message.text) }
            }
        }
    }
}

/// The reporter writes back.
fn write_back(shell: &Shell, card: &Card, attempt: Option<&Attempt>, in_queue: bool) -> Markup {
    let attempt = attempt.filter(|attempt| attempt.verb == "reply");
    html! {
        form.stack.g-2 method="post" action={ "/intel/" (card.report.id) "/-/reply" } {
            (verbs::origin(in_queue))
            (Field::new("text", t!(shell, "intel-write-back"), attempt.map_or("", |a| &a.text))
                .rows(2)
                .at_most(MESSAGE_CHARS_MAX)
                .show(shell, attempt.map_or(&[], |a| &a.wrong)))
            div.btns { button.btn { (icon_flip("send")) (t!(shell, "intel-write-back-send")) } }
        }
    }
}

fn files(shell: &Shell, detail: &Detail) -> Markup {
    html! {
        @if !detail.files.is_empty() || detail.card.report.own {
            section.panel aria-label=(attr!(shell, "intel-files")) {
                header { (icon("paperclip")) h2 { (t!(shell, "intel-files")) } }
                div.in.stack {
                    @for file in &detail.files { (one_file(shell, file)) }
                    @if detail.card.report.own {
                        form.rowx.wrapx method="post" action={ "/intel/" (detail.card.report.id) "/-/files" } enctype="multipart/form-data" {
                            label.vh for="f-file" { (t!(shell, "intel-photo")) }
                            input.in-t.grow #f-file type="file" name="file" required data-photo;
                            button.btn { (icon("camera")) (t!(shell, "intel-photo-add")) }
                        }
                    }
                }
            }
        }
    }
}

fn one_file(shell: &Shell, file: &FileRow) -> Markup {
    let href = format!(
        "/f/{}/{}",
        file.public_id,
        crate::views::intel::encoded(&file.name)
    );
    html! {
        @if matches!(file.media_type.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp") {
            a.photo.sm href=(href) { img src=(href) alt=(attr!(shell, "intel-photo-alt", name = file.name.as_str())) loading="lazy"; }
        } @else {
            p { (icon("paperclip")) " " a href=(href) { bdi { (file.name) } } }
        }
    }
}
