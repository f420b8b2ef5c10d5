//! Watching: pages, topics, spaces, searches and people. What comes of it is made by the follower `notify`.

use dugri_core::policy::Verb;
use dugri_core::watching::WatchKind;
use dugri_core::{Event, PageId, PersonId, PublicId, SpaceId, Time, TopicId};
use dugri_store::watches::{self, Target, WatchRow};
use dugri_store::{Db, names, spaces, topics};

use crate::{Actor, App, Error, FieldError, pages, topics as kept_topics};

/// The most things that somebody can watch.
pub const WATCHES_MAX: usize = 500;
/// The most searches among them: each is asked at every publication.
pub const SEARCHES_MAX: usize = 20;
/// The longest watched search in characters.
pub const QUERY_CHARS_MAX: usize = 200;

/// How something is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Not at all.
    #[default]
    Off,
    /// One is told of it.
    On,
    /// One is not told of it, whatever else one watches; pages only.
    Muted,
}

impl State {
    /// The word in forms and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Off => "off",
            State::On => "on",
            State::Muted => "muted",
        }
    }

    /// Reads what a form or the API says.
    pub fn parse(text: &str) -> Option<State> {
        [State::Off, State::On, State::Muted]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// Something that somebody watches.
#[derive(Debug, Clone)]
pub struct Watched {
    /// What it is.
    pub kind: WatchKind,
    /// By what it is named in forms and in the API: id, slug, words, or the person's key.
    pub what: String,
    /// Its name for the reader.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// On or muted.
    pub state: State,
    /// Since when.
    pub at: Time,
}

/// What a form or the API names, through the actor's rights.
fn target(db: &mut Db, actor: &Actor, kind: WatchKind, what: &str, now: Time) -> Result<Target, Error> {
    let key = match kind {
        WatchKind::Page => {
            let id = PublicId::parse(what).ok_or(Error::NotFound)?;
            pages::load(db, actor, &id, Verb::Read, now)?.row.id.0
        }
        WatchKind::Topic => kept_topics::find(db, actor, what, now)?.id.0,
        WatchKind::Space => {
            spaces::find(db, &actor.access, what)?
                .ok_or(Error::NotFound)?
                .id
                .0
        }
        WatchKind::Person => {
            let id = PersonId(what.parse().map_err(|_| Error::NotFound)?);
            if actor.access.outsider || id == actor.person() {
                return Err(Error::NotFound);
            }
            names::people(db, &[id])?.remove(&id).ok_or(Error::NotFound)?.id.0
        }
        WatchKind::Search => {
            let query = what.split_whitespace().collect::<Vec<_>>().join(" ");
            if query.is_empty() {
                return Err(Error::field("what", "error-required"));
            }
            if query.chars().count() > QUERY_CHARS_MAX {
                return Err(Error::Invalid(vec![
                    FieldError::new("what", "error-too-long").with("max", QUERY_CHARS_MAX),
                ]));
            }
            return Ok(Target { kind, id: 0, query });
        }
    };
    Ok(Target::of(kind, key))
}

/// Watches something, watches it no longer, or mutes a page. Saying so twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for what the actor may not know of; [`Error::Invalid`] where too much is watched.
pub fn set(app: &App, actor: &Actor, kind: WatchKind, what: &str, state: State) -> Result<(), Error> {
    if state == State::Muted && kind != WatchKind::Page {
        return Err(Error::field("state", "error-unknown"));
    }
    let now = app.now();
    let (actor, what) = (actor.clone(), what.to_owned());
    app.store().write(move |tx| {
        let person = actor.person();
        let target = target(tx, &actor, kind, &what, now)?;
        let changed = if state == State::Off {
            let ended = watches::end(tx, person, &target)?;
            ended.map(|watch| Event::WatchEnded { person, watch })
        } else {
            let own = watches::list(tx, person)?;
            let searches = own.iter().filter(|watch| watch.kind == WatchKind::Search).count();
            let is_full = own.len() >= WATCHES_MAX || (kind == WatchKind::Search && searches >= SEARCHES_MAX);
            if is_full && watches::find(tx, person, &target)?.is_none() {
                let max = if kind == WatchKind::Search {
                    SEARCHES_MAX
                } else {
                    WATCHES_MAX
                };
                return Err(Error::Invalid(vec![
                    FieldError::new("what", "error-too-many").with("max", max),
                ]));
            }
            let set = watches::set(tx, person, &target, state == State::Muted, now)?;
            set.map(|watch| Event::WatchAdded { person, watch })
        };
        match changed {
            Some(event) => drop(tx.record(Some(person), now, event)?),
            None => tx.unchanged(),
        }
        Ok(())
    })
}

/// How the actor watches a page, topic, space or person that they have before them.
pub fn state(app: &App, actor: &Actor, kind: WatchKind, key: i64) -> Result<State, Error> {
    state_of(app, actor, &Target::of(kind, key))
}

/// Whether the actor watches a search.
pub fn search_state(app: &App, actor: &Actor, query: &str) -> Result<State, Error> {
    let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = WatchKind::Search;
    state_of(app, actor, &Target { kind, id: 0, query })
}

fn state_of(app: &App, actor: &Actor, target: &Target) -> Result<State, Error> {
    let found = app.store().read(|db| watches::find(db, actor.person(), target))?;
    Ok(found.map_or(State::Off, |watch| of(&watch)))
}

fn of(watch: &WatchRow) -> State {
    if watch.muted { State::Muted } else { State::On }
}

/// All that the actor watches and may still know of.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<Watched>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let mut watched = Vec::new();
        for watch in watches::list(db, actor.person())? {
            if let Some((what, name, href)) = name(db, actor, &watch, now)? {
                watched.push(Watched {
                    kind: watch.kind,
                    what,
                    name,
                    href,
                    state: of(&watch),
                    at: watch.at,
                });
            }
        }
        Ok(watched)
    })
}

/// How what is watched is named in forms, what it is called, and where it is.
fn name(
    db: &mut Db,
    actor: &Actor,
    watch: &WatchRow,
    now: Time,
) -> Result<Option<(String, String, String)>, Error> {
    let language = actor.language;
    Ok(match watch.kind {
        WatchKind::Page => {
            dugri_store::pages::line(db, &actor.access, PageId(watch.target_id), now)?.map(|line| {
                let id = line.page.public_id.to_string();
                let href = format!("/p/{id}/{}", line.page.slug);
                (id, line.title, href)
            })
        }
        WatchKind::Topic => topics::get(db, TopicId(watch.target_id))?.map(|topic| {
            let name = topic.name_in(language).to_owned();
            let href = format!("/t/{}", topic.slug);
            (topic.slug, name, href)
        }),
        WatchKind::Space => spaces::get(db, &actor.access, SpaceId(watch.target_id))?.map(|space| {
            let name = space.name_in(language).to_owned();
            let href = format!("/s/{}", space.slug);
            (space.slug, name, href)
        }),
        WatchKind::Person => {
            let id = PersonId(watch.target_id);
            names::people(db, &[id])?.remove(&id).map(|person| {
                (
                    id.to_string(),
                    person.name_in(language).to_owned(),
                    format!("/people/{id}"),
                )
            })
        }
        WatchKind::Search => {
            let href = format!("/search?q={}", crate::render::escape(&watch.query));
            Some((watch.query.clone(), watch.query.clone(), href))
        }
    })
}
