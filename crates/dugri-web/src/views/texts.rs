//! The words of files: where they were found, or why they can't be and what to do about it.

use dugri_core::texts::TextState;
use maud::{Markup, html};

use super::parts::icon;
use crate::shell::Shell;
use crate::{key, t};

/// A place in a file of a page.
#[derive(Clone, Debug)]
pub struct InFile {
    /// The address of the file.
    pub href: String,
    /// Its name.
    pub name: String,
    /// The page or slide.
    pub page: Option<i64>,
}

/// Where it was found, as a sentence.
pub fn in_file(shell: &Shell, file: &InFile) -> Markup {
    said(shell, file, &html! { bdi { (file.name) } })
}

/// Where it was found, with the way to it.
pub fn in_file_linked(shell: &Shell, file: &InFile) -> Markup {
    said(shell, file, &html! { a href=(file.href) { bdi { (file.name) } } })
}

fn said(shell: &Shell, file: &InFile, name: &Markup) -> Markup {
    html! { span { (t!(shell, "search-in-attachment")) " " (name) @if let Some(page) = file.page { ", " (t!(shell, "search-attachment-page", page = page)) } } }
}

/// A file whose words can't be found.
#[derive(Clone, Debug)]
pub struct TroubleRow {
    /// The list of the files of its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// The title of the page.
    pub page: String,
    /// What is wrong and what to do, as the key of a sentence.
    pub key: &'static str,
}

/// What is to be said of finding the words of a file: the key of a sentence.
pub fn text_key(state: TextState, is_cut: bool) -> Option<&'static str> {
    match state {
        TextState::Read if is_cut => Some(key!("file-text-cut")),
        TextState::Read | TextState::None => None,
        TextState::Waiting => Some(key!("file-text-waiting")),
        TextState::OldOffice => Some(key!("file-text-old-office")),
        TextState::Encrypted => Some(key!("file-text-encrypted")),
        TextState::Damaged => Some(key!("file-text-damaged")),
        TextState::TooLarge => Some(key!("file-text-too-large")),
        TextState::Scanned => Some(key!("file-text-scanned")),
        TextState::TooSlow => Some(key!("file-text-too-slow")),
    }
}

/// Files whose words can't be found; nothing where there is none.
pub fn trouble_panel(shell: &Shell, rows: &[TroubleRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section.panel {
                header { (icon("scan-search")) h3 { (t!(shell, "home-troubles")) } span.count { (rows.len()) } }
                ul.rows { @for row in rows { li {
                    (icon("paperclip"))
                    div {
                        a.t href=(row.href) { bdi { (row.name) } }
                        p.m { bdi { (row.page) } }
                        p.m.warn { (t!(shell, row.key)) }
                    }
                } } }
            }
        }
    }
}
