//! Drafts: what is offered when an edit begins, the list of the own ones, and one that can't be published any more.

use chrono::{DateTime, Utc};
use dugri_app::drafts::{Draft, KEPT_DAYS, Standing};
use dugri_app::pages::EditStart;
use dugri_text::diff::{self, LineDiff, Options, Run};
use maud::{Markup, html};

use super::history::{rows, runs};
use super::layout::{Here, Screen, screen};
use super::parts::{Rule, banner, copy_button, empty, icon, icon_large};
use crate::shell::Shell;
use crate::{attr, t};

/// Who edits a page now: asked by the script, so that the page itself can be kept.
pub fn editing_now(shell: &Shell, id: &str) -> Markup {
    let one = attr!(shell, "page-is-editing", names = "{names}");
    let many = attr!(shell, "page-are-editing", names = "{names}");
    html! { p.presence role="status" data-editing=(id) data-one=(one) data-many=(many) hidden { (icon("pencil-line")) span {} } }
}

/// The draft that the form goes on with.
#[derive(Clone, Debug)]
pub struct Going {
    /// Its key.
    pub key: String,
    /// Its version.
    pub version: i64,
    /// When it was last kept.
    pub saved_at: DateTime<Utc>,
}

impl Going {
    /// What the form needs of the draft.
    pub fn new(draft: &Draft) -> Going {
        Going {
            key: draft.key.clone(),
            version: draft.version,
            saved_at: draft.saved_at,
        }
    }
}

/// A draft that the writer may take up, with what differs.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its key.
    pub key: String,
    /// When it was last kept.
    pub saved_at: DateTime<Utc>,
    /// The title and key message, where they differ: the label and the words.
    pub parts: Vec<(&'static str, Vec<Run>)>,
    /// The text, line by line.
    pub lines: LineDiff,
}

impl Offer {
    /// The newest of these drafts that says something else than the text that the edit begins with.
    pub fn of(shell: &Shell, drafts: &[Draft], start: &EditStart) -> Option<Offer> {
        drafts.iter().find_map(|draft| Offer::one(shell, draft, start))
    }

    fn one(shell: &Shell, draft: &Draft, start: &EditStart) -> Option<Offer> {
        let content = &start.content;
        let body = |text: &str| text.replace("\r\n", "\n");
        let (before, after) = (body(&content.body), body(draft.field("body")));
        let parts = [
            (t!(shell, "edit-name"), &content.title, draft.field("title")),
            (
                t!(shell, "edit-key-message"),
                &content.key_message,
                draft.field("key_message"),
            ),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|(_, before, after)| before != after)
            .map(|(label, before, after)| (label, diff::words(before, after, Options::default())))
            .collect();
        let fields_differ = start.fields.iter().any(|field| {
            let now = content.fields.get(&field.name).map_or("", String::as_str);
            now != draft.field(&format!("field.{}", field.name))
        });
        let says_more = !draft.field("summary").is_empty() || !draft.field("cites").is_empty();
        (before != after || !parts.is_empty() || fields_differ || says_more).then(|| Offer {
            key: draft.key.clone(),
            saved_at: draft.saved_at,
            lines: diff::lines(&before, &after, Options::default()),
            parts,
        })
    }
}

/// The offer to take a draft up.
pub fn offer(shell: &Shell, id: &str, offer: &Offer) -> Markup {
    html! {
        section.banner.stacked data-st="due" aria-label=(attr!(shell, "drafts")) data-offer=(offer.key) {
            (icon_large("history"))
            div {
                b { (t!(shell, "draft-offer", when = shell.moment(offer.saved_at))) } " " (t!(shell, "draft-offer-lead"))
                details.mt-3 {
                    summary { (t!(shell, "draft-differs")) }
                    @if !offer.parts.is_empty() {
                        dl.panel.was { @for (label, words) in &offer.parts { dt { (label) } dd dir="auto" { (runs(words)) } } }
                    }
                    @if offer.lines.changes > 0 { (rows(shell, &offer.lines.rows, t!(shell, "draft-differs-caption"))) }
                    @else if offer.parts.is_empty() { p.m { (t!(shell, "draft-same")) } }
                }
            }
            div.btns {
                a.btn href={ "/p/" (id) "/-/edit?draft=" (offer.key) } { (t!(shell, "draft-take")) }
                (discard(shell, &offer.key))
            }
        }
    }
}

fn discard(shell: &Shell, key: &str) -> Markup {
    html! {
        form.inline method="post" action={ "/drafts/" (key) "/discard" } {
            button.btn.quiet { (icon("trash-2")) (t!(shell, "draft-discard")) }
        }
    }
}

/// A draft in a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// When it was last kept.
    pub saved_at: DateTime<Utc>,
    /// Whether its page does not exist yet.
    pub is_new: bool,
    /// Where it is gone on with, if that can be.
    pub href: Option<String>,
    /// What its page says to it.
    pub standing: Standing,
}

impl Line {
    /// The line of a draft.
    pub fn new(shell: &Shell, draft: &Draft) -> Line {
        let title = draft.field("title").trim();
        let href = match (&draft.page, draft.standing) {
            (_, Standing::Forbidden | Standing::Gone) => None,
            (Some(page), _) => Some(format!("/p/{}/-/edit?draft={}", page.row.public_id, draft.key)),
            (None, _) => Some(format!("/new?draft={}", draft.key)),
        };
        Line {
            key: draft.key.clone(),
            title: if title.is_empty() {
                t!(shell, "draft-untitled").to_owned()
            } else {
                title.to_owned()
            },
            saved_at: draft.saved_at,
            is_new: draft.is_new,
            href,
            standing: draft.standing,
        }
    }

    fn standing(&self, shell: &Shell) -> &'static str {
        match self.standing {
            Standing::Open if self.is_new => t!(shell, "draft-new-page"),
            Standing::Open => t!(shell, "draft-standing-open"),
            Standing::Archived => t!(shell, "draft-standing-archived"),
            Standing::Forbidden => t!(shell, "draft-standing-forbidden"),
            Standing::Gone => t!(shell, "draft-standing-gone"),
        }
    }
}

/// The own drafts.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Those that are written.
    pub open: Vec<Line>,
    /// Those that were given up.
    pub discarded: Vec<Line>,
}

/// `GET /drafts`
pub fn list(shell: &Shell, view: &Lists) -> Markup {
    let line = |line: &Line, end: Markup| {
        html! {
            li {
                (icon("file-pen"))
                div {
                    a href=(line.href.clone().unwrap_or_else(|| format!("/drafts/{}", line.key))) { bdi { (line.title) } }
                    p.m { (line.standing(shell)) " · " (shell.time_moment(line.saved_at)) }
                }
                div.end.btns { (end) }
            }
        }
    };
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "drafts")) } p { (t!(shell, "drafts-lead")) } } }
            @if view.open.is_empty() {
                (empty(Rule::Begin, t!(shell, "drafts-none"), t!(shell, "drafts-none-text"), html! {}))
            } @else {
                ul.rows { @for draft in &view.open { (line(draft, discard(shell, &draft.key))) } }
            }
            @if !view.discarded.is_empty() {
                div.sec.mt-12 { h2 { (t!(shell, "drafts-discarded")) } span.m { (t!(shell, "drafts-discarded-hint", days = KEPT_DAYS)) } }
                ul.rows { @for draft in &view.discarded { (line(draft, html! {
                    form.inline method="post" action={ "/drafts/" (draft.key) "/restore" } { button.btn { (icon("rotate-ccw")) (t!(shell, "draft-put-back")) } }
                })) } }
            }
        }
    };
    screen(shell, Screen::new(t!(shell, "drafts"), Here::Nowhere, main))
}

/// `GET /drafts/KEY`: what can still be done with it, and the text to copy.
pub fn show(shell: &Shell, line: &Line, body: &str) -> Markup {
    let what_now = match line.standing {
        Standing::Forbidden => Some(t!(shell, "draft-what-now-forbidden")),
        Standing::Gone => Some(t!(shell, "draft-what-now-gone")),
        Standing::Open | Standing::Archived => None,
    };
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { bdi { (line.title) } } p { (line.standing(shell)) ", " (shell.time_moment(line.saved_at)) } }
                div.btns {
                    @if let Some(href) = &line.href { a.btn.primary href=(href) { (icon("pencil")) (t!(shell, "draft-take")) } }
                    @else if line.standing == Standing::Gone && shell.may().writes { a.btn href={ "/new?draft=" (line.key) } { (icon("file-plus")) (t!(shell, "draft-begin-new")) } }
                    (discard(shell, &line.key))
                }
            }
            @if let Some(what_now) = what_now { (banner("due", "info", html! { (what_now) }, None)) }
            div.rowx.mt-4 { label for="f-text" { (t!(shell, "draft-text")) } (copy_button(attr!(shell, "copy"), body)) }
            textarea.in-t.mono #f-text readonly rows="24" dir="auto" { "\n" (body) }
        }
    };
    let crumbs = vec![
        ("/drafts".to_owned(), t!(shell, "drafts").to_owned()),
        (String::new(), line.title.clone()),
    ];
    screen(
        shell,
        Screen::new(line.title.clone(), Here::Nowhere, main).crumbs("/drafts", crumbs),
    )
}
