//! What was found: the page of results. The panel that is filled while somebody types is in `panel`.

mod panel;

use std::ops::Range;

use chrono::{DateTime, Utc};
use dugri_app::gaps::NOTE_CHARS_MAX;
use dugri_app::search::Standing;
use dugri_core::currency::Badge;
use dugri_core::gaps::GapState;
use dugri_core::intel::IntelState;
use maud::{Markup, html};

use super::fields::Field;
use super::gaps::state_key;
use super::layout::{Here, Lead, Screen, screen};
use super::parts::{self, Rule, badge, banner, empty, icon, icon_large, older};
use super::texts::{InFile, in_file_linked};
use super::watching::{WatchView, watch_button};
pub use panel::{Before, before_typing, panel};

use crate::shell::Shell;
use crate::{attr, t};

/// A text with what was found marked, as byte ranges. Escaped here, then marked: no HTML comes in.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The marked bytes, ascending.
    pub marks: Vec<Range<usize>>,
}

/// The text with `<mark>` around what was found.
pub fn marked(text: &Marked) -> Markup {
    pieces(text, |piece| html! { mark { (piece) } })
}

fn pieces(text: &Marked, shown: impl Fn(&str) -> Markup) -> Markup {
    let mut at = 0;
    let mut parts = Vec::new();
    for mark in &text.marks {
        // A range that does not fit the text marks nothing: better no mark than no page.
        let (Some(before), Some(inside)) = (text.text.get(at..mark.start), text.text.get(mark.clone()))
        else {
            continue;
        };
        parts.push(html! { (before) (shown(inside)) });
        at = mark.end;
    }
    html! { @for part in &parts { (part) } (text.text.get(at..).unwrap_or_default()) }
}

/// What a hit is.
#[derive(Clone, Debug)]
pub enum HitState {
    /// A page with its badge and the date that explains it.
    Page {
        /// The badge.
        badge: Badge,
        /// When it was published last.
        at: DateTime<Utc>,
        /// What replaced it: address and title.
        successor: Option<(String, String)>,
    },
    /// A report.
    Report {
        /// Where it stands.
        state: IntelState,
        /// When it was sent.
        at: DateTime<Utc>,
    },
}

/// A hit.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its address.
    pub href: String,
    /// The icon of its kind.
    pub icon: String,
    /// Where it lies: the space, or "Report #236".
    pub place: String,
    /// The title.
    pub title: Marked,
    /// The sentence that answers.
    pub snippet: Marked,
    /// The file that it stands in, where that is not the page itself.
    pub attachment: Option<InFile>,
    /// What it is.
    pub state: HitState,
    /// Under "Out of date".
    pub out_of_date: bool,
    /// The words that it does not have.
    pub missing: Vec<String>,
    /// Why it is there, where its words don't show it.
    pub why: Vec<String>,
    /// How its score came about: what, by how much, and the words.
    pub explanation: Vec<(&'static str, f32, String)>,
}

/// A value to narrow down by.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value in the address.
    pub value: String,
    /// The word.
    pub text: String,
    /// How many hits have it.
    pub count: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A group of choices.
#[derive(Clone, Debug)]
pub struct Facet {
    /// The name in the address.
    pub name: &'static str,
    /// The legend.
    pub legend: String,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// A topic or a person among the answers.
#[derive(Clone, Debug)]
pub struct NamedLine {
    /// Its address.
    pub href: String,
    /// Its icon.
    pub icon: String,
    /// Its name.
    pub name: String,
    /// What helps to tell it from others.
    pub detail: String,
}

/// A page of results.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// What was typed.
    pub words: String,
    /// How many there are.
    pub total: usize,
    /// The hits, the best first, those out of date last.
    pub hits: Vec<Hit>,
    /// What comes nearest where there is none.
    pub nearest: Vec<Hit>,
    /// Topics that are named.
    pub topics: Vec<NamedLine>,
    /// People who can be asked.
    pub people: Vec<NamedLine>,
    /// What was searched for instead.
    pub instead: Option<String>,
    /// A required word is nowhere.
    pub relaxed: bool,
    /// Whether something may be missing.
    pub standing: Standing,
    /// To narrow down.
    pub facets: Vec<Facet>,
    /// Where the next ones are.
    pub older: Option<String>,
    /// Spaces to go to where nothing was typed: address, name, icon.
    pub spaces: Vec<(String, String, String)>,
    /// When the reader asked marketing for it, where that stands, and why.
    pub asked: Option<(DateTime<Utc>, GapState, String)>,
    /// How this search is watched.
    pub watch: Option<WatchView>,
}

/// `GET /search`
pub fn results(shell: &Shell, view: &Results) -> Markup {
    let (old, good): (Vec<_>, Vec<_>) = view.hits.iter().partition(|hit| hit.out_of_date);
    let main = html! {
        div.wrap {
            h1.vh { (t!(shell, "search-results")) }
            form.sform role="search" action="/search" {
                div.search.xl {
                    (icon_large("search"))
                    label.vh for="q" { (t!(shell, "search")) }
                    input #q type="search" name="q" value=(view.words) dir="auto" autocomplete="off" data-panel="/search/panel" placeholder=(attr!(shell, "home-ask-hint"));
                    kbd.kbd { "/" }
                }
            }
            @if !view.words.trim().is_empty() { (standing(shell, view.standing)) }
            (named(shell, view))
            @if view.words.trim().is_empty() { (start(shell, view)) }
            @else if view.hits.is_empty() { (nothing(shell, view)) }
            @else {
                @if let Some(instead) = &view.instead { p.mute.said { (t!(shell, "search-instead", words = instead.as_str())) } }
                @if view.relaxed { p.mute.said { (t!(shell, "search-relaxed")) } }
                div.sr {
                    (narrow(shell, view))
                    section aria-labelledby="h-hits" {
                        p.mob.mb { a.chip href="#filters" { (icon("sliders-horizontal")) (t!(shell, "filter")) } }
                        div.sec { h2 #h-hits { span role="status" { (t!(shell, "search-count", count = view.total)) } } span.m { (t!(shell, "search-best-first")) } }
                        ol.hits { @for (at, hit) in good.iter().enumerate() { (hit_row(shell, hit, at == 0 && hit.missing.is_empty())) } }
                        @if !old.is_empty() {
                            div.sec.mt { h2 { (t!(shell, "search-old")) } span.m { (t!(shell, "search-old-hint")) } }
                            ol.hits { @for hit in &old { (hit_row(shell, hit, false)) } }
                        }
                        (older(shell, view.older.as_deref()))
                        @if let Some(watch) = &view.watch {
                            p.rowx.mt { (watch_button(shell, watch)) a.btn.quiet href=(feed_of(&view.words)) { (icon("rss")) (t!(shell, "feed")) } }
                        }
                        div.mt.w48 { (banner("", "message-circle-question-mark", html! { (t!(shell, "search-not-here")) }, Some(html! {
                            form.inline method="post" action="/gaps/ask" {
                                input type="hidden" name="words" value=(view.words);
                                button.btn { (t!(shell, "search-ask")) }
                            }
                        }))) }
                    }
                }
            }
        }
    };
    let mut frame = Screen::new(t!(shell, "search"), Here::Search, main).without_search();
    frame.lead = Lead::Line(t!(shell, "search").to_owned());
    screen(shell, frame)
}

/// Says so where the index is being built.
fn standing(shell: &Shell, standing: Standing) -> Markup {
    let said = match standing {
        Standing::Whole => return Markup::default(),
        Standing::Renewing => t!(shell, "search-renewing"),
        Standing::Building => t!(shell, "search-building"),
    };
    html! { p.mute.said role="status" { (said) } }
}

/// Topics and people above the answers.
fn named(shell: &Shell, view: &Results) -> Markup {
    html! {
        @if !view.topics.is_empty() || !view.people.is_empty() {
            nav.tags.said aria-label=(attr!(shell, "search-named")) {
                @for line in view.topics.iter().chain(&view.people) {
                    a.chip href=(line.href) { (icon(&line.icon)) bdi { (line.name) } @if !line.detail.is_empty() { span.m { bdi { (line.detail) } } } }
                }
            }
        }
    }
}

/// Where the feed of a search is made.
fn feed_of(words: &str) -> String {
    let list = serde_urlencoded::to_string([("list", format!("search:{words}"))]);
    format!("/me/feeds?{}", list.unwrap_or_default())
}

fn start(shell: &Shell, view: &Results) -> Markup {
    html! {
        div.mt { div.sec { h2 { (t!(shell, "spaces")) } }
            ul.cards { @for (href, name, icon_name) in &view.spaces { li.panel.card { span.rowx.m { (icon(icon_name)) (t!(shell, "space-word")) } a.t href=(href) { bdi { (name) } } } } }
        }
    }
}

fn nothing(shell: &Shell, view: &Results) -> Markup {
    html! {
        @if let Some((at, state, reason)) = &view.asked {
            (empty(Rule::Begin, &t!(shell, "search-nothing", words = view.words.as_str()), &t!(shell, "gap-you-asked", when = shell.ago(*at)), html! {
                @if *state != GapState::Open { p { (t!(shell, state_key(*state))) @if !reason.is_empty() { ": " bdi { (reason) } } } }
            }))
        } @else {
            (empty(Rule::Broken, &t!(shell, "search-nothing", words = view.words.as_str()), t!(shell, "search-nothing-text"), html! {
                form.stack.g-2 method="post" action="/gaps/ask" {
                    input type="hidden" name="words" value=(view.words);
                    (Field::new("note", t!(shell, "gap-note"), "").optional(t!(shell, "optional")).at_most(NOTE_CHARS_MAX).show(shell, &[]))
                    button.btn.primary { (icon("message-circle-question-mark")) (t!(shell, "search-ask-marketing")) }
                }
            }))
        }
        @if !view.nearest.is_empty() {
            section.w48.mt { div.sec { h2 { (t!(shell, "search-nearest")) } } ol.hits { @for hit in &view.nearest { (hit_row(shell, hit, false)) } } }
        }
    }
}

fn narrow(shell: &Shell, view: &Results) -> Markup {
    html! {
        form.facet #filters action="/search" aria-label=(attr!(shell, "search-narrow")) {
            input type="hidden" name="q" value=(view.words);
            @for facet in view.facets.iter().filter(|f| f.choices.len() > 1 || f.choices.iter().any(|c| c.chosen)) {
                fieldset {
                    legend { (facet.legend) }
                    @for choice in &facet.choices {
                        label.check { input type="checkbox" name=(facet.name) value=(choice.value) checked[choice.chosen] data-submit; bdi { (choice.text) } span.n.tn { (choice.count) } }
                    }
                }
            }
            div { button.btn.sm { (icon("sliders-horizontal")) (t!(shell, "filter")) } }
        }
    }
}

fn hit_row(shell: &Shell, hit: &Hit, best: bool) -> Markup {
    html! {
        li.best[best].old[hit.out_of_date] {
            p.m.rowx { (icon(&hit.icon)) bdi { (hit.place) } }
            h3 dir=(parts::dir(&hit.title.text)) { a href=(hit.href) { (marked(&hit.title)) } }
            @if !hit.snippet.text.is_empty() {
                p.snip dir=(parts::dir(&hit.snippet.text)) { (marked(&hit.snippet)) }
            }
            @if let Some(file) = &hit.attachment { p.m.rowx { (icon("paperclip")) (in_file_linked(shell, file)) } }
            p.m.rowx.wrapx {
                @match &hit.state {
                    HitState::Page { badge: shown, at, successor } => {
                        (badge(shell, *shown)) span { (t!(shell, "fact-published")) " " (shell.time_ago(*at)) }
                        @if let Some((href, title)) = successor { span { (t!(shell, "search-use")) " " a href=(href) { bdi { (title) } } } }
                    }
                    HitState::Report { state, at } => { span { (t!(shell, parts::intel_state_key(*state))) } span { (shell.time_ago(*at)) } }
                }
                @if !hit.missing.is_empty() { span { (t!(shell, "search-without")) " " @for (at, word) in hit.missing.iter().enumerate() { @if at > 0 { ", " } s { (word) } } } }
                @for why in &hit.why { span.why { (why) } }
                span.end { @if best && !hit.snippet.text.is_empty() { (parts::copy_button(t!(shell, "search-copy-answer"), &hit.snippet.text)) } button.btn.quiet.ico.js-only type="button" data-copy=(hit.href) aria-label=(attr!(shell, "copy-link")) { (icon("link")) } }
            }
            @if !hit.explanation.is_empty() { (arithmetic(shell, hit)) }
        }
    }
}

/// How the score of an answer came about, for those who keep topics.
fn arithmetic(shell: &Shell, hit: &Hit) -> Markup {
    let score: f32 = hit.explanation.iter().map(|(_, value, _)| value).product();
    html! {
        p.m.tn dir="ltr" {
            b { (t!(shell, "search-score")) " " (format!("{score:.2}")) } " ="
            @for (at, (what, value, words)) in hit.explanation.iter().enumerate() {
                @if at > 0 { " ×" } " " (what) " " (format!("{value:.2}"))
                @if !words.is_empty() { " [" bdi { (words) } "]" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_put_around_escaped_text() {
        let text = Marked {
            text: "a <b> vectra & co".to_owned(),
            marks: vec![6..12, 2..3, 90..95],
        };
        assert_eq!(
            marked(&text).into_string(),
            "a &lt;b&gt; <mark>vectra</mark> &amp; co"
        );
    }

    #[test]
    fn a_mark_inside_a_letter_marks_nothing() {
        let text = Marked {
            text: "מחיר".to_owned(),
            marks: vec![1..3, 2..4],
        };
        assert_eq!(marked(&text).into_string(), "מ<mark>ח</mark>יר");
    }
}
