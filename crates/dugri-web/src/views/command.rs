//! The command menu, and the list of the keys.

use maud::{Markup, html};

use super::intel::queue::KEYS as TRIAGE;
use super::layout::{Here, Screen, screen};
use super::parts::{icon, search_for};
use crate::shell::{Shell, ShellPerson};
use crate::{attr, key, t};

/// A line of the menu.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it leads.
    pub href: String,
    /// The icon's name.
    pub icon: String,
    /// What it is called.
    pub text: String,
    /// What helps to tell it from others.
    pub detail: String,
}

/// What the menu shows.
#[derive(Clone, Debug, Default)]
pub struct Menu {
    /// What was typed.
    pub words: String,
    /// Pages.
    pub pages: Vec<Line>,
    /// People.
    pub people: Vec<Line>,
}

/// Something that can be done from anywhere: address, icon, words, and who may.
type Action = (&'static str, &'static str, &'static str, fn(&ShellPerson) -> bool);

/// What can be done from anywhere.
const ACTIONS: [Action; 15] = [
    ("/intel/new", "radio-tower", key!("report"), |_| true),
    ("/", "house", key!("home"), |may| !may.submit_only),
    ("/search", "search", key!("search"), |may| !may.submit_only),
    ("/new", "plus", key!("command-new"), |may| may.writes),
    ("/intel/mine", "message-square-text", key!("my-intel"), |_| true),
    ("/intel/triage", "inbox", key!("triage"), |may| may.triages),
    ("/gaps", "scan-search", key!("gaps"), |may| may.triages),
    (
        "/wanted",
        "file-question-mark",
        key!("wanted-and-orphans"),
        |may| may.writes,
    ),
    ("/me", "settings", key!("my-settings"), |_| true),
    ("/api", "file-code", key!("api-title"), |_| true),
    ("/keys", "keyboard", key!("keys-list"), |_| true),
    ("/people", "users", key!("people-and-spaces"), |may| may.admin),
    ("/people/table", "table", key!("table-title"), |may| may.admin),
    ("/people/company", "building-2", key!("company-title"), |may| {
        may.admin
    }),
    ("/people/audit", "history", key!("audit"), |may| may.admin),
];

/// The dialog that the key opens. Its field is filled by `GET /menu`; Enter alone searches.
pub(super) fn dialog(shell: &Shell) -> Markup {
    html! {
        dialog.dlg.command #command aria-label=(attr!(shell, "command")) {
            form role="search" action="/search" {
                div.search.xl {
                    (icon("search"))
                    label.vh for="command-q" { (t!(shell, "command")) }
                    input #command-q type="search" name="q" dir="auto" autocomplete="off" data-panel="/menu" data-panel-min="0" placeholder=(attr!(shell, "command-hint"));
                }
            }
        }
    }
}

/// `GET /menu`
pub fn menu(shell: &Shell, menu: &Menu) -> Markup {
    let folded = menu.words.to_lowercase();
    let may = shell.may();
    let actions: Vec<Line> = ACTIONS
        .iter()
        .filter(|(.., who)| who(may))
        .map(|(href, icon, text, _)| Line {
            href: (*href).to_owned(),
            icon: (*icon).to_owned(),
            text: t!(shell, text).to_owned(),
            detail: String::new(),
        })
        .chain(shell.spaces.iter().map(|space| Line {
            href: format!("/s/{}", space.slug),
            icon: space.icon.clone(),
            text: space.name.clone(),
            detail: t!(shell, "space-word").to_owned(),
        }))
        .filter(|line| line.text.to_lowercase().contains(&folded))
        .collect();
    html! {
        div role="listbox" aria-label=(attr!(shell, "command")) {
            (group("command-pages", t!(shell, if menu.words.is_empty() { "favourites" } else { "search-pages" }), &menu.pages))
            (group("command-do", t!(shell, "search-do"), &actions))
            (group("command-people", t!(shell, "people"), &menu.people))
            @if !menu.words.is_empty() && !may.submit_only {
                ul { li role="presentation" { a role="option" aria-selected="false" href=(search_for(&menu.words)) { (icon("search")) span { (t!(shell, "search-all", words = menu.words.as_str())) } } } }
            }
        }
    }
}

fn group(id: &str, heading: &str, lines: &[Line]) -> Markup {
    html! {
        @if !lines.is_empty() {
            ul role="group" aria-labelledby=(id) {
                li.gh id=(id) role="presentation" { (heading) }
                @for line in lines { li role="presentation" { a role="option" aria-selected="false" href=(line.href) {
                    (icon(&line.icon)) span { bdi { (line.text) } @if !line.detail.is_empty() { small { bdi { (line.detail) } } } }
                } } }
            }
        }
    }
}

/// Keys, and the word for what they do.
type Key = (&'static [&'static str], &'static str);

/// The keys: where they act, the keys, what they do.
const KEYS: [(&str, &[Key]); 3] = [
    (
        key!("keys-everywhere"),
        &[
            (&["/"], key!("keys-search")),
            (&["Ctrl", "K"], key!("command")),
            (&["?"], key!("keys-list")),
            (&["Esc"], key!("keys-close")),
        ],
    ),
    (
        key!("keys-lists"),
        &[(&["↑", "↓"], key!("keys-move")), (&["Enter"], key!("keys-open"))],
    ),
    (key!("triage"), &TRIAGE),
];

/// `GET /keys`
pub fn keys(shell: &Shell) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "keys-list")) } p { (t!(shell, "keys-lead")) } } }
            @for (place, keys) in &KEYS {
                section.panel.mb {
                    header { h2 { (t!(shell, place)) } }
                    dl.keys-list.in { @for (keys, does) in *keys { div { dt dir="ltr" { @for key in *keys { kbd.kbd { (key) } " " } } dd { (t!(shell, does)) } } } }
                }
            }
            p.mute { (t!(shell, "keys-switch")) " " a href="/me" { (t!(shell, "my-settings")) } }
        }
    };
    screen(shell, Screen::new(t!(shell, "keys-list"), Here::Nowhere, main))
}
