//! Topics: their list, their homes, keeping their names, and finding them in a text.
//!
//! All colleagues see all topics; people from outside see those of pages that they may read.

mod keep;

use std::collections::{BTreeMap, HashMap};

use dugri_core::policy::{Object, Verb, may};
use dugri_core::topics::TopicKind;
use dugri_core::{PersonId, PublicId, TopicId};
use dugri_store::intel::lists;
use dugri_store::names::{self, KindName, PersonName};
use dugri_store::pages::InSpace;
use dugri_store::topics;
pub use dugri_store::topics::TopicRow;
use dugri_store::{Db, settings};
use dugri_text::links::fold_title;

pub use keep::{
    ALIASES_MAX, EditStart, NAME_CHARS_MAX, TopicInput, add, address_patterns, change, merge,
    set_address_patterns, start_edit,
};

use crate::intel::{Card, found, read};
use crate::pages::save::{PageEdit, PageText, Saved, save};
use crate::pages::{self, Listed};
use crate::{Actor, App, Error};

/// The most pages on the home of a topic.
const PAGES_MAX: i64 = 200;
/// The most reports there.
const REPORTS_MAX: i64 = 8;
/// The most people there.
const PEOPLE_MAX: usize = 8;
/// The setting that holds the address pattern of each external system, as JSON.
const ADDRESSES: &str = "topics.addresses";
/// What a pattern holds in place of the id.
const ID: &str = "{id}";

/// What the actor may do with topics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TopicRights {
    /// Add and change them.
    pub keep: bool,
    /// Make one of two.
    pub merge: bool,
    /// Say where external ids lead.
    pub addresses: bool,
}

/// What the actor may do with topics.
pub fn rights(actor: &Actor) -> TopicRights {
    let may = |verb| may(&actor.access, verb, Object::Site);
    TopicRights {
        keep: may(Verb::KeepTopics),
        merge: may(Verb::MergeTopics),
        addresses: may(Verb::Administer),
    }
}

/// All topics that the actor may know of, by name, with the number of pages that the actor may read about each.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<(TopicRow, i64)>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let counts = topics::count_pages(db, &actor.access, now)?;
        Ok(topics::list(db)?
            .into_iter()
            .map(|topic| {
                let pages = counts.get(&topic.id).copied().unwrap_or(0);
                (topic, pages)
            })
            .filter(|(_, pages)| !actor.access.outsider || *pages > 0)
            .collect())
    })
}

/// An id of a topic in another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// The system, such as `crm`.
    pub system: String,
    /// The id there.
    pub id: String,
    /// Where it leads, if the pattern of that system is known.
    pub href: Option<String>,
}

/// The home of a topic: all that is known about it, as far as the reader may read it.
#[derive(Debug, Clone)]
pub struct TopicHome {
    /// The topic.
    pub topic: TopicRow,
    /// Its aliases, without the names themselves.
    pub aliases: Vec<String>,
    /// Its ids in other systems.
    pub external: Vec<External>,
    /// For a competitor, its battlecard.
    pub first: Option<Listed>,
    /// The other pages by kind.
    pub kinds: Vec<(KindName, Vec<Listed>)>,
    /// The latest reports.
    pub intel: Vec<Card>,
    /// Who answers for the most of its pages, with how many.
    pub people: Vec<(PersonName, usize)>,
    /// Names of those who published.
    pub names: HashMap<PersonId, PersonName>,
    /// What the reader may do.
    pub rights: TopicRights,
}

/// The topic of a slug, if the actor may know of it.
pub(crate) fn find(db: &mut Db, actor: &Actor, slug: &str, now: dugri_core::Time) -> Result<TopicRow, Error> {
    let topic = topics::find(db, slug)?.ok_or(Error::NotFound)?;
    if actor.access.outsider && !topics::count_pages(db, &actor.access, now)?.contains_key(&topic.id) {
        return Err(Error::NotFound);
    }
    Ok(topic)
}

/// The home of a topic.
pub fn home(app: &App, actor: &Actor, slug: &str) -> Result<TopicHome, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let topic = find(db, actor, slug, now)?;
        let which = InSpace {
            topic: Some(topic.id),
            limit: PAGES_MAX,
            ..InSpace::default()
        };
        let lines = dugri_store::pages::list_in_space(db, &actor.access, None, &which, now)?;
        let by: Vec<PersonId> = lines
            .iter()
            .flat_map(|line| [Some(line.publication.published_by), line.page.owner_id])
            .flatten()
            .collect();
        let names = names::people(db, &by)?;
        let listed = pages::listed(db, lines, now)?;
        let people = owners(&listed, &names);
        let (first, kinds) = by_kind(topic.kind, listed);
        let reports = lists::list_of_topic(db, &actor.access, topic.id, REPORTS_MAX)?;
        Ok(TopicHome {
            aliases: aliases(db, &topic)?,
            external: external(db, &topic)?,
            first,
            kinds,
            intel: read::cards(db, actor, now, reports)?,
            people,
            names,
            rights: rights(actor),
            topic,
        })
    })
}

fn aliases(db: &mut Db, topic: &TopicRow) -> Result<Vec<String>, Error> {
    let own = [
        fold_title(&topic.name),
        topic.name_he.as_deref().map(fold_title).unwrap_or_default(),
    ];
    Ok(topics::names_of(db, topic.id)?
        .into_iter()
        .filter(|name| !own.contains(&fold_title(name)))
        .collect())
}

fn external(db: &mut Db, topic: &TopicRow) -> Result<Vec<External>, Error> {
    let ids: BTreeMap<String, String> =
        serde_json::from_str(&topics::external_ids(db, topic.id)?).map_err(Error::internal)?;
    let patterns = addresses(db)?;
    Ok(ids
        .into_iter()
        .map(|(system, id)| External {
            href: patterns.get(&system).map(|pattern| filled(pattern, &id)),
            system,
            id,
        })
        .collect())
}

/// A pattern with an id in it. The id is escaped: it must not become another part of the address.
fn filled(pattern: &str, id: &str) -> String {
    pattern.replace(ID, &crate::render::escape(id))
}

fn by_kind(kind: TopicKind, listed: Vec<Listed>) -> (Option<Listed>, Vec<(KindName, Vec<Listed>)>) {
    let mut first = None;
    let mut kinds: Vec<(KindName, Vec<Listed>)> = Vec::new();
    for page in listed {
        if kind == TopicKind::Competitor && first.is_none() && page.line.kind.slug == "battlecard" {
            first = Some(page);
            continue;
        }
        match kinds.iter_mut().find(|(known, _)| known.id == page.line.kind.id) {
            Some((_, pages)) => pages.push(page),
            None => kinds.push((page.line.kind.clone(), vec![page])),
        }
    }
    kinds.sort_by(|(a, some), (b, more)| more.len().cmp(&some.len()).then(a.slug.cmp(&b.slug)));
    (first, kinds)
}

fn owners(listed: &[Listed], names: &HashMap<PersonId, PersonName>) -> Vec<(PersonName, usize)> {
    let mut counts: BTreeMap<PersonId, usize> = BTreeMap::new();
    for owner in listed.iter().filter_map(|page| page.line.page.owner_id) {
        *counts.entry(owner).or_default() += 1;
    }
    let mut owners: Vec<(PersonName, usize)> = counts
        .into_iter()
        .filter_map(|(id, pages)| Some((names.get(&id)?.clone(), pages)))
        .collect();
    owners.sort_by_key(|(name, pages)| (std::cmp::Reverse(*pages), name.id));
    owners.truncate(PEOPLE_MAX);
    owners
}

fn addresses(db: &mut Db) -> Result<BTreeMap<String, String>, Error> {
    match settings::get(db, ADDRESSES)? {
        Some(text) => serde_json::from_str(&text).map_err(Error::internal),
        None => Ok(BTreeMap::new()),
    }
}

/// The topics whose names stand in a text, without those that it has. Suggested, never forced.
pub fn suggest(app: &App, actor: &Actor, text: &str, have: &[String]) -> Result<Vec<TopicRow>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let has: Vec<TopicId> = topics::list(db)?
            .into_iter()
            .filter(|topic| have.contains(&topic.slug))
            .map(|topic| topic.id)
            .collect();
        named_in(db, actor, text, &has, now)
    })
}

/// The topics whose names stand in a text, without those of these keys.
pub(crate) fn named_in(
    db: &mut Db,
    actor: &Actor,
    text: &str,
    has: &[TopicId],
    now: dugri_core::Time,
) -> Result<Vec<TopicRow>, Error> {
    let names = topics::names(db)?;
    let found = found::topics(text, names.iter().map(|(id, name, _)| (*id, name.as_str())));
    let known = if actor.access.outsider {
        Some(topics::count_pages(db, &actor.access, now)?)
    } else {
        None
    };
    Ok(topics::list(db)?
        .into_iter()
        .filter(|topic| found.contains(&topic.id) && !has.contains(&topic.id))
        .filter(|topic| known.as_ref().is_none_or(|known| known.contains_key(&topic.id)))
        .collect())
}

/// Gives a page one topic more: a revision like any other, minor, published where a save of the actor publishes.
pub fn give(app: &App, actor: &Actor, id: &PublicId, slug: &str, summary: &str) -> Result<Saved, Error> {
    let start = pages::start_edit(app, actor, id, None)?;
    let mut slugs: Vec<String> = start.topics.iter().map(|topic| topic.slug.clone()).collect();
    slugs.push(slug.to_owned());
    let text = PageText {
        title: start.content.title,
        key_message: start.content.key_message,
        body: start.content.body,
        fields: start.content.fields,
        topics: slugs,
        summary: summary.to_owned(),
        minor: true,
        ..PageText::default()
    };
    let edit = PageEdit {
        text,
        base: start.base,
        change: start.change,
        exact_base: false,
    };
    save(app, actor, id, edit)
}
