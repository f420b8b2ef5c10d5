//! What answers can be narrowed down by.

use dugri_app::pages::Choices;
use dugri_app::search::{Answers, FacetCount};
use dugri_core::Language;
use dugri_core::currency::Badge;
use dugri_core::intel::IntelState;
use dugri_core::pages::State;
use dugri_core::topics::TopicKind;

use super::Asked;
use crate::shell::Shell;
use crate::t;
use crate::views::parts::{badge_key, intel_state_key};
use crate::views::search::{Choice, Facet};

/// Choices shown of one facet.
const CHOICES_MAX: usize = 8;

/// What the answers can be narrowed down by, with counts.
pub(super) fn facets(shell: &Shell, asked: &Asked, found: &Answers, choices: &Choices) -> Vec<Facet> {
    let language = shell.language;
    let facet = |name,
                 legend: &str,
                 counts: &[FacetCount],
                 chosen: &dyn Fn(&str) -> bool,
                 word: &dyn Fn(&str) -> Option<String>| Facet {
        name,
        legend: legend.to_owned(),
        choices: counts
            .iter()
            .filter_map(|count| {
                Some(Choice {
                    text: word(&count.value)?,
                    chosen: chosen(&count.value),
                    value: count.value.clone(),
                    count: count.count,
                })
            })
            .take(CHOICES_MAX)
            .collect(),
    };
    let kind = |slug: &str| {
        choices
            .kinds
            .iter()
            .find(|k| k.slug == slug)
            .map(|k| match language {
                Language::He => k.name_he.clone(),
                Language::En => k.name.clone(),
            })
    };
    let topic = |slug: &str, is_shown: &dyn Fn(TopicKind) -> bool| {
        let found = choices.topics.iter().find(|t| t.slug == slug && is_shown(t.kind));
        found.map(|t| t.name_in(language).to_owned())
    };
    let topics = |legend: &str, is_shown: &dyn Fn(TopicKind) -> bool| {
        facet(
            "topic",
            legend,
            &found.facets.topics,
            &|v| asked.topics.iter().any(|t| t == v),
            &|v| topic(v, is_shown),
        )
    };
    let counted = &found.facets;
    vec![
        facet(
            "kind",
            t!(shell, "facet-kind"),
            &counted.kinds,
            &|v| asked.kinds.iter().any(|k| k == v),
            &kind,
        ),
        facet(
            "state",
            t!(shell, "facet-state"),
            &counted.states,
            &|v| asked.states.iter().any(|s| s == v),
            &|v| Some(state_word(shell, v)),
        ),
        topics(t!(shell, "facet-product"), &|kind| kind == TopicKind::Product),
        topics(t!(shell, "facet-competitor"), &|kind| {
            kind == TopicKind::Competitor
        }),
        topics(t!(shell, "facet-topic"), &|kind| {
            !matches!(kind, TopicKind::Product | TopicKind::Competitor)
        }),
        facet(
            "language",
            t!(shell, "facet-language"),
            &counted.languages,
            &|v| asked.languages.iter().any(|l| l.as_str() == v),
            &|v| Some(if v == "he" { "עברית" } else { "English" }.to_owned()),
        ),
    ]
}

/// The word for a state of a page or of a report.
fn state_word(shell: &Shell, state: &str) -> String {
    let page = state.parse::<State>().ok().map(|state| match state {
        State::Draft => Badge::Draft,
        State::Current => Badge::Current,
        State::Superseded => Badge::Superseded,
        State::Archived => Badge::Archived,
    });
    match (page, state.parse::<IntelState>()) {
        (Some(badge), _) => t!(shell, badge_key(badge)).to_owned(),
        (None, Ok(state)) => t!(shell, intel_state_key(state)).to_owned(),
        (None, Err(_)) => state.to_owned(),
    }
}
