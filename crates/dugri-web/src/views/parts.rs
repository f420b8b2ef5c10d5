//! The parts that screens are made of, each as `assets/css/dugri.css` styles it.

use std::fmt;

use chrono::{DateTime, Utc};
use dugri_app::PersonName;
use dugri_app::people::PersonRow;
use dugri_core::currency::Badge;
use dugri_core::intel::IntelState;
use dugri_core::topics::TopicKind;
use dugri_core::{Language, PersonId};
use maud::{Markup, html};

use crate::shell::{Flash, Shell};
use crate::{assets, attr, key, t};

/// An icon beside text, 16 px.
pub fn icon(name: &str) -> Markup {
    icon_with("i", name)
}

/// A larger icon, 20 px.
pub fn icon_large(name: &str) -> Markup {
    icon_with("i l", name)
}

/// An arrow or another icon with a direction: turned around in Hebrew.
pub fn icon_flip(name: &str) -> Markup {
    icon_with("i flip", name)
}

fn icon_with(class: &str, name: &str) -> Markup {
    // Names also come from data (spaces, kinds): an unknown one must not leave a hole.
    let name = if assets::has_icon(name) { name } else { "file-text" };
    html! { svg class=(class) aria-hidden="true" { use href={ (assets::url("icons.svg")) "#" (name) } {} } }
}

/// The direction of somebody's text by its dominant script: the first letter often is that of a product's name.
pub fn dir(text: &str) -> &'static str {
    match dugri_text::direction::dominant(text) {
        Some(dugri_text::Direction::Rtl) => "rtl",
        Some(dugri_text::Direction::Ltr) => "ltr",
        None => "auto",
    }
}

/// The word of a badge.
pub fn badge_key(badge: Badge) -> &'static str {
    match badge {
        Badge::Current => key!("badge-current"),
        Badge::Due => key!("badge-due"),
        Badge::Overdue => key!("badge-overdue"),
        Badge::Disputed => key!("badge-disputed"),
        Badge::Superseded => key!("badge-superseded"),
        Badge::Archived => key!("badge-archived"),
        Badge::Draft => key!("badge-draft"),
    }
}

/// The value of `data-st`, which sets the colour.
pub fn badge_tone(badge: Badge) -> &'static str {
    match badge {
        Badge::Current => "current",
        Badge::Due | Badge::Overdue | Badge::Disputed => "due",
        Badge::Superseded => "superseded",
        Badge::Archived => "archived",
        Badge::Draft => "draft",
    }
}

/// The icon of a badge.
pub fn badge_icon(badge: Badge) -> &'static str {
    match badge {
        Badge::Current => "badge-check",
        Badge::Due => "calendar-check",
        Badge::Overdue => "clock-alert",
        Badge::Disputed => "message-square-warning",
        Badge::Superseded => "circle-slash",
        Badge::Archived => "archive",
        Badge::Draft => "pencil-line",
    }
}

/// The state of a page: icon and word, never colour alone.
pub fn badge(language: impl Into<Language>, badge: Badge) -> Markup {
    html! { span.st data-st=(badge_tone(badge)) { (icon(badge_icon(badge))) (t!(language.into(), badge_key(badge))) } }
}

/// The state with the date that explains it.
pub fn badge_with_date(shell: &Shell, shown: Badge, at: Option<DateTime<Utc>>) -> Markup {
    html! { (badge(shell, shown)) @if let Some(at) = at { " " span.m { (shell.time_short(at)) } } }
}

/// The mark beside a badge: somebody is to approve a change.
pub fn in_review(language: impl Into<Language>) -> Markup {
    html! { span.st data-st="review" { (icon("eye")) (t!(language.into(), "badge-review")) } }
}

/// A topic, always with its icon; a link where `href` says so.
pub fn tag(kind: TopicKind, name: &str, href: Option<&str>) -> Markup {
    html! {
        @if let Some(href) = href { a.tag href=(href) { (icon(kind.icon())) bdi { (name) } } }
        @else { span.tag { (icon(kind.icon())) bdi { (name) } } }
    }
}

/// Topics in a row, each with its slug and leading to its home.
pub fn tags<'a>(topics: impl IntoIterator<Item = (TopicKind, &'a str, &'a str)>) -> Markup {
    html! { div.tags { @for (kind, name, slug) in topics { (tag(kind, name, Some(&format!("/t/{slug}")))) } } }
}

/// The address of a search.
pub fn search_for(words: &str) -> String {
    format!(
        "/search?{}",
        serde_urlencoded::to_string([("q", words)]).unwrap_or_default()
    )
}

/// Words of somebody else, between quotation marks: ours in place of those that were typed.
pub fn quoted(words: &str) -> String {
    let bare = words
        .trim()
        .trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '„' | '״' | '«' | '»'));
    format!("“{bare}”")
}

/// The first letters of the first two words of a name.
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// Who somebody is at a glance: the name in the reader's language, and where the photo is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// The name.
    pub name: String,
    pub(super) photo: Option<String>,
}

impl Face {
    /// A person's face.
    pub fn of(person: &PersonName, language: Language) -> Face {
        Face::new(person.name_in(language), person.id, person.photo.as_deref())
    }

    /// The face of a person who is known in full.
    pub fn of_row(person: &PersonRow, language: Language) -> Face {
        Face::new(person.name_in(language), person.id, person.photo.as_deref())
    }

    fn new(name: &str, person: PersonId, photo: Option<&str>) -> Face {
        Face {
            name: name.to_owned(),
            photo: photo.map(|hash| photo_address(person, hash)),
        }
    }
}

impl fmt::Display for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Where a person's photo is. The hash is part of it, so it never changes.
pub fn photo_address(person: PersonId, hash: &str) -> String {
    format!("/people/{person}/photo/{hash}")
}

/// A round with the photo, or the initials. Their colour follows from the name, so that a person has the same one
/// everywhere.
pub fn avatar(face: &Face, large: bool) -> Markup {
    if let Some(photo) = &face.photo {
        return html! { img.av.l[large] src=(photo) alt="" loading="lazy" decoding="async"; };
    }
    let tone = ["", "b", "c", "d", "e"][face
        .name
        .bytes()
        .fold(0_usize, |sum, b| (sum * 31 + usize::from(b)) % 9973)
        % 5];
    let class = ["av", tone, if large { "l" } else { "" }]
        .iter()
        .filter(|c| !c.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    html! { span class=(class) aria-hidden="true" { (initials(&face.name)) } }
}

/// How a point of the loop line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// Done.
    On,
    /// The last one done.
    At,
    /// Where it is now.
    Wait,
    /// Closed without a change.
    No,
    /// To come.
    Open,
}

/// A step of the loop line.
#[derive(Clone, Debug)]
pub struct Step {
    /// How it stands.
    pub point: Point,
    /// Its word.
    pub word: String,
    /// What stands under it.
    pub note: Markup,
}

/// The life of a report. `bare` for tight lists: the words are heard, not seen.
pub fn loop_line(language: impl Into<Language>, steps: &[Step], bare: bool) -> Markup {
    html! {
        ol.loop.bare[bare] aria-label=(attr!(language.into(), "loop-label")) {
            @for step in steps {
                li class=[match step.point { Point::On => Some("on"), Point::At => Some("on at"), Point::Wait => Some("on wait"), Point::No => Some("no"), Point::Open => None }] {
                    b { @if bare { span.vh { (step.word) } } @else { (step.word) } }
                    @if !bare { (step.note) }
                }
            }
        }
    }
}

/// The steps of a report in `state`, with what stands under each.
pub fn loop_steps(language: impl Into<Language>, state: IntelState, notes: [Markup; 3]) -> Vec<Step> {
    let language = language.into();
    let (points, last) = match state {
        IntelState::New => ([Point::Wait, Point::Open, Point::Open], IntelState::Published),
        IntelState::Acknowledged | IntelState::InWork => {
            ([Point::On, Point::Wait, Point::Open], IntelState::Published)
        }
        IntelState::Published => ([Point::On, Point::On, Point::At], state),
        IntelState::Answered | IntelState::Declined | IntelState::Merged => {
            ([Point::On, Point::On, Point::No], state)
        }
    };
    let middle = if state == IntelState::InWork {
        IntelState::InWork
    } else {
        IntelState::Acknowledged
    };
    let words = [IntelState::New, middle, last].map(|s| t!(language, intel_state_key(s)).to_owned());
    points
        .into_iter()
        .zip(words)
        .zip(notes)
        .map(|((point, word), note)| Step { point, word, note })
        .collect()
}

/// The word of a report's state.
pub fn intel_state_key(state: IntelState) -> &'static str {
    match state {
        IntelState::New => key!("intel-state-new"),
        IntelState::Acknowledged => key!("intel-state-acknowledged"),
        IntelState::InWork => key!("intel-state-in-work"),
        IntelState::Published => key!("intel-state-published"),
        IntelState::Answered => key!("intel-state-answered"),
        IntelState::Declined => key!("intel-state-declined"),
        IntelState::Merged => key!("intel-state-merged"),
    }
}

/// How much of a check interval is used, in percent; `label` says it in words.
pub fn track(percent: i64, tone: &str, label: &str) -> Markup {
    let step = (percent.clamp(0, 100) + 2) / 5 * 5;
    html! { span class={ "track p-" (step) } data-st=(tone) role="img" aria-label=(label) {} }
}

/// A state the reader must not miss, with the way out as buttons.
pub fn banner(tone: &str, icon_name: &str, text: Markup, actions: Option<Markup>) -> Markup {
    html! {
        div.banner data-st=(tone) role=(if tone == "superseded" { "alert" } else { "status" }) {
            (icon_large(icon_name))
            div { (text) }
            @if let Some(actions) = actions { div.btns { (actions) } }
        }
    }
}

/// The line above nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Something is missing or broken.
    Broken,
    /// All is done.
    Done,
    /// Nothing has begun.
    Begin,
}

/// The drawing of a [`Rule`].
pub fn rule(rule: Rule) -> Markup {
    html! {
        svg.rule viewBox="0 0 148 18" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true" {
            @match rule {
                Rule::Broken => {
                    path d="M2 9h54M88 9h54" {}
                    circle cx="56" cy="9" r="5" fill="var(--paper)" {}
                    circle cx="88" cy="9" r="5" fill="var(--paper)" {}
                }
                Rule::Done => {
                    path d="M2 9h140" stroke="var(--ok)" {}
                    circle cx="142" cy="9" r="6" fill="var(--ok)" stroke="none" {}
                }
                Rule::Begin => {
                    path d="M2 9h140" stroke-dasharray="2 5" {}
                    circle cx="72" cy="9" r="6" fill="var(--paper)" {}
                }
            }
        }
    }
}

/// An empty state: what belongs here, why it is empty, the one next step.
pub fn empty(shown: Rule, title: &str, text: &str, actions: Markup) -> Markup {
    html! { div.empty { (rule(shown)) h2 { (title) } p { (text) } div.btns { (actions) } } }
}

/// A confirmation that goes away by itself where scripts run; one with a way back stays until it is left alone.
pub fn toast(flash: &Flash) -> Markup {
    html! {
        div.toast role=(if flash.bad { "alert" } else { "status" }) data-toast=[flash.action.is_some().then_some("long")] {
            (icon(if flash.bad { "circle-alert" } else { "check" })) span { (flash.text) }
            @if let Some(action) = &flash.action {
                @if action.path.ends_with("/undo") { form.inline method="post" action=(action.path) { button { (action.label) } } }
                @else { a href=(action.path) { (action.label) } }
            }
        }
    }
}

/// The link to the rows that follow, by the cursor of the last one.
pub fn older(language: impl Into<Language>, href: Option<&str>) -> Markup {
    html! { @if let Some(href) = href { p.center.mt { a.btn.quiet rel="next" href=(href) { (t!(language.into(), "older")) } } } }
}

/// A button that copies `text`; seen only where scripts run.
pub fn copy_button(label: &str, text: &str) -> Markup {
    html! { button.btn.quiet.ico.js-only type="button" data-copy=(text) aria-label=(label) title=(label) { (icon("copy")) } }
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
