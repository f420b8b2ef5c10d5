//! Feeds: every list that changes, for a reader of feeds. The token in the address reads feeds and nothing else, is worth what
//! its person may read at that moment, and is withdrawn like any other.

use std::str::FromStr;

use dugri_core::people::Scope;
use dugri_core::watching::WatchKind;
use dugri_core::{IntelId, Language, PersonId, Time};
use dugri_store::names;
use dugri_store::pages::{InSpace, PageLine};

use crate::intel::{Card, MineFilter, QueueFilter};
use crate::pages::in_read;
use crate::search::{Item, Question};
use crate::tokens::{Scopes, TokenInput, TokenRow};
use crate::watching::{self, State};
use crate::{Actor, App, By, Error, Secret, Viewer, Way, intel, search, spaces, tokens, topics};

/// The most entries of a feed.
const ENTRIES_MAX: i64 = 40;

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// What was published last.
    Changes,
    /// What is published of all that one watches.
    Watched,
    /// One's own reports.
    Mine,
    /// Reports that wait, for those who triage.
    Triage,
    /// What is published in a space.
    Space(String),
    /// What is published about a topic.
    Topic(String),
    /// What a search finds, the newest first.
    Search(String),
}

impl FromStr for Source {
    type Err = Error;

    fn from_str(text: &str) -> Result<Source, Error> {
        Ok(match text.split_once(':') {
            Some(("space", slug)) if !slug.is_empty() => Source::Space(slug.to_owned()),
            Some(("topic", slug)) if !slug.is_empty() => Source::Topic(slug.to_owned()),
            Some(("search", words)) if !words.trim().is_empty() => Source::Search(words.trim().to_owned()),
            None if text == "changes" => Source::Changes,
            None if text == "watched" => Source::Watched,
            None if text == "mine" => Source::Mine,
            None if text == "triage" => Source::Triage,
            _ => return Err(Error::NotFound),
        })
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Changes => f.write_str("changes"),
            Source::Watched => f.write_str("watched"),
            Source::Mine => f.write_str("mine"),
            Source::Triage => f.write_str("triage"),
            Source::Space(slug) => write!(f, "space:{slug}"),
            Source::Topic(slug) => write!(f, "topic:{slug}"),
            Source::Search(words) => write!(f, "search:{words}"),
        }
    }
}

/// An entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What names it for ever, below the base address.
    pub id: String,
    /// Where it is, below the base address.
    pub href: String,
    /// The title.
    pub title: String,
    /// Why it changed, or what was reported.
    pub text: String,
    /// The language of title and text, where it is known.
    pub language: Option<Language>,
    /// Who did it, where that may be known.
    pub by: Option<String>,
    /// When.
    pub at: Time,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The name of the space, the topic or the search; the other lists are named by the reader's language.
    pub name: Option<String>,
    /// Where the list is, below the base address.
    pub href: String,
    /// The entries, newest first.
    pub entries: Vec<Entry>,
}

/// Makes a token for feeds.
pub fn make(app: &App, actor: &Actor, name: &str) -> Result<Secret, Error> {
    let input = TokenInput {
        name: name.chars().take(80).collect(),
        scopes: Scopes::new([Scope::Feeds]),
        days: None,
    };
    tokens::make(app, By::Person(actor), actor.person(), input)
}

/// The tokens for feeds of the actor that were not withdrawn.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<TokenRow>, Error> {
    let mut all = tokens::list(app, actor)?;
    all.retain(|token| token.scopes.contains(Scope::Feeds));
    Ok(all)
}

/// Who reads feeds with a token, if anybody.
pub fn reader(app: &App, token: &str) -> Result<Option<std::sync::Arc<Viewer>>, Error> {
    let viewer = tokens::viewer(app, token)?;
    Ok(viewer.filter(|viewer| match &viewer.way {
        Way::Token(_, scopes) => scopes.contains(Scope::Feeds),
        Way::Session(_) => false,
    }))
}

/// A list as a feed, as far as the actor may read it.
///
/// # Errors
/// [`Error::NotFound`] for a list that the actor may not know of.
pub fn feed(app: &App, actor: &Actor, source: &Source) -> Result<Feed, Error> {
    if actor.access.submit_only() && *source != Source::Mine {
        return Err(Error::NotFound);
    }
    let now = app.now();
    match source {
        Source::Changes => {
            let lines = in_read(app, |db| {
                Ok(dugri_store::pages::list_changed(
                    db,
                    &actor.access,
                    now,
                    ENTRIES_MAX,
                )?)
            })?;
            of_pages(app, actor, None, "/changes", lines)
        }
        Source::Watched => {
            let mut lines = in_read(app, |db| {
                Ok(dugri_store::homes::list_watched(
                    db,
                    &actor.access,
                    now,
                    ENTRIES_MAX,
                )?)
            })?;
            for watched in watching::list(app, actor)? {
                if watched.kind == WatchKind::Search && watched.state == State::On {
                    let found = found(app, actor, &watched.what)?;
                    lines.extend(
                        found
                            .into_iter()
                            .filter(|line| line.publication.published_by != actor.person()),
                    );
                }
            }
            of_pages(app, actor, None, "/notifications", lines)
        }
        Source::Space(slug) => {
            let space = spaces::find(app, actor, slug)?;
            let name = space.name_in(actor.language).to_owned();
            let lines = in_read(app, |db| {
                let which = InSpace {
                    newest: true,
                    limit: ENTRIES_MAX,
                    ..InSpace::default()
                };
                Ok(dugri_store::pages::list_in_space(
                    db,
                    &actor.access,
                    Some(space.id),
                    &which,
                    now,
                )?)
            })?;
            of_pages(app, actor, Some(name), &format!("/s/{slug}"), lines)
        }
        Source::Topic(slug) => {
            let (topic, lines) = in_read(app, |db| {
                let topic = topics::find(db, actor, slug, now)?;
                let which = InSpace {
                    topic: Some(topic.id),
                    newest: true,
                    limit: ENTRIES_MAX,
                    ..InSpace::default()
                };
                let lines = dugri_store::pages::list_in_space(db, &actor.access, None, &which, now)?;
                Ok((topic, lines))
            })?;
            let name = topic.name_in(actor.language).to_owned();
            of_pages(app, actor, Some(name), &format!("/t/{}", topic.slug), lines)
        }
        Source::Search(words) => {
            let lines = found(app, actor, words)?;
            let href = format!("/search?q={}", crate::render::escape(words));
            of_pages(app, actor, Some(words.clone()), &href, lines)
        }
        Source::Mine => {
            let mine = intel::mine(app, actor, MineFilter::All, None)?;
            let cards: Vec<Card> = mine.unread.into_iter().chain(mine.others).collect();
            Ok(of_reports(actor, "/intel/mine", &cards))
        }
        Source::Triage => {
            let queue = intel::queue(app, actor, &QueueFilter::default())?;
            let cards: Vec<Card> = queue.parts.into_iter().flat_map(|(.., cards)| cards).collect();
            Ok(of_reports(actor, "/intel/triage", &cards))
        }
    }
}

fn found(app: &App, actor: &Actor, words: &str) -> Result<Vec<PageLine>, Error> {
    let question = Question {
        text: words.to_owned(),
        limit: search::LIMIT_MAX,
        ..Question::default()
    };
    let answers = search::find(app, actor, &question)?;
    Ok(answers
        .answers
        .into_iter()
        .filter(|answer| answer.missing_words.is_empty())
        .filter_map(|answer| match answer.item {
            Item::Page(listed) => Some(listed.line),
            _ => None,
        })
        .collect())
}

/// Each publication is an entry: the page that changes again comes again.
fn of_pages(
    app: &App,
    actor: &Actor,
    name: Option<String>,
    href: &str,
    mut lines: Vec<PageLine>,
) -> Result<Feed, Error> {
    lines.sort_by_key(|line| std::cmp::Reverse((line.publication.from_at, line.publication.id)));
    lines.dedup_by_key(|line| line.publication.id);
    lines.truncate(ENTRIES_MAX as usize);
    let by: Vec<PersonId> = lines.iter().map(|line| line.publication.published_by).collect();
    let people = app.store().read(|db| names::people(db, &by))?;
    let entries = lines
        .into_iter()
        .map(|line| Entry {
            id: format!("/p/{}/v/{}", line.page.public_id, line.publication.number),
            href: format!("/p/{}", line.page.public_id),
            text: if line.publication.reason.is_empty() {
                line.key_message
            } else {
                line.publication.reason
            },
            title: line.title,
            language: Some(line.page.language),
            by: people
                .get(&line.publication.published_by)
                .map(|person| person.name_in(actor.language).to_owned()),
            at: line.publication.from_at,
        })
        .collect();
    Ok(Feed {
        name,
        href: href.to_owned(),
        entries,
    })
}

fn of_reports(actor: &Actor, href: &str, cards: &[Card]) -> Feed {
    let mut entries: Vec<Entry> = cards
        .iter()
        .map(|card| {
            let report = &card.report;
            let IntelId(number) = report.id;
            Entry {
                id: format!("/intel/{number}"),
                href: format!("/intel/{number}"),
                title: format!("#{number}"),
                text: report.what.clone(),
                language: None,
                by: card
                    .reporter
                    .as_ref()
                    .map(|person| person.name_in(actor.language).to_owned()),
                at: report.closed_at.or(report.acknowledged_at).unwrap_or(report.at),
            }
        })
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries.truncate(ENTRIES_MAX as usize);
    Feed {
        name: None,
        href: href.to_owned(),
        entries,
    }
}
