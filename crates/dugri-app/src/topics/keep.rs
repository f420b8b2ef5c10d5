//! Keeping topics: adding and changing them, making one of two, saying where ids of other systems lead.

use std::collections::{BTreeMap, HashMap};

use dugri_core::topics::TopicKind;
use dugri_core::{Event, TopicId};
use dugri_store::topics::{self, NewTopic, TopicEdit, TopicRow};
use dugri_store::{Db, settings};
use dugri_text::links::fold_title;

use super::{ADDRESSES, ID, TopicRights, addresses, aliases, external, find, rights};
use crate::fields::{optional, required, settle, word};
use crate::pages;
use crate::{Actor, App, By, Error, FieldError};

/// The longest name in characters.
pub const NAME_CHARS_MAX: usize = 80;
/// The most aliases of a topic.
pub const ALIASES_MAX: usize = 60;
/// The longest external id in characters.
const EXTERNAL_CHARS_MAX: usize = 200;

/// What is typed about a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicInput {
    /// The type.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: String,
    /// Other names, one a line.
    pub aliases: String,
    /// Ids in other systems: `system = id`, one a line.
    pub external: String,
}

/// What the form of a topic begins with.
#[derive(Debug, Clone)]
pub struct EditStart {
    /// The topic.
    pub topic: TopicRow,
    /// What is written about it now.
    pub input: TopicInput,
    /// The topics that it can become part of.
    pub others: Vec<TopicRow>,
    /// What the actor may do.
    pub rights: TopicRights,
}

/// Begins to change a topic.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Forbidden`] for who may only read it.
pub fn start_edit(app: &App, actor: &Actor, slug: &str) -> Result<EditStart, Error> {
    let now = app.now();
    let rights = rights(actor);
    pages::in_read(app, |db| {
        let topic = find(db, actor, slug, now)?;
        if !rights.keep {
            return Err(Error::Forbidden);
        }
        let external = external(db, &topic)?
            .iter()
            .map(|external| format!("{} = {}", external.system, external.id))
            .collect::<Vec<_>>();
        Ok(EditStart {
            input: TopicInput {
                kind: topic.kind.to_string(),
                name: topic.name.clone(),
                name_he: topic.name_he.clone().unwrap_or_default(),
                aliases: aliases(db, &topic)?.join("\n"),
                external: external.join("\n"),
            },
            others: topics::list(db)?
                .into_iter()
                .filter(|other| other.id != topic.id)
                .collect(),
            rights,
            topic,
        })
    })
}

/// What was typed, read.
fn checked(input: &TopicInput) -> Result<TopicEdit, Error> {
    let mut wrong = Vec::new();
    let kind: Option<TopicKind> = word(&mut wrong, "kind", &input.kind);
    let name = required(&mut wrong, "name", &input.name, NAME_CHARS_MAX);
    let name_he = optional(&mut wrong, "name_he", &input.name_he, NAME_CHARS_MAX);
    let mut names = vec![name.clone()];
    names.extend(name_he.clone());
    let written = input.aliases.lines().flat_map(|line| line.split(','));
    for alias in written.map(str::trim).filter(|alias| !alias.is_empty()) {
        names.extend(optional(&mut wrong, "aliases", alias, NAME_CHARS_MAX));
    }
    if names.len() > ALIASES_MAX {
        wrong.push(FieldError::new("aliases", "error-too-many").with("max", ALIASES_MAX));
    }
    let external = pairs(&mut wrong, "external", &input.external);
    settle(wrong)?;
    Ok(TopicEdit {
        kind: kind.ok_or_else(|| Error::internal("a kind that is neither wrong nor there"))?,
        name,
        name_he,
        names: names
            .into_iter()
            .map(|name| {
                let folded = fold_title(&name);
                (name, folded)
            })
            .collect(),
        external_ids: serde_json::to_string(&external).map_err(Error::internal)?,
    })
}

/// Lines of `name = value`.
fn pairs(wrong: &mut Vec<FieldError>, field: &'static str, text: &str) -> BTreeMap<String, String> {
    let mut pairs = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let pair = line
            .split_once('=')
            .map(|(name, value)| (name.trim().to_lowercase(), value.trim()));
        match pair {
            Some((name, value))
                if !name.is_empty() && !value.is_empty() && line.chars().count() <= EXTERNAL_CHARS_MAX =>
            {
                pairs.insert(name, value.to_owned());
            }
            _ => wrong.push(
                FieldError::new(field, "error-pairs").with("line", line.chars().take(40).collect::<String>()),
            ),
        }
    }
    pairs
}

/// A name that already is another topic's, if there is one: one name must mean one thing.
fn taken(db: &mut Db, edit: &TopicEdit, own: Option<TopicId>) -> Result<Option<FieldError>, Error> {
    let others: HashMap<String, TopicId> = topics::names(db)?
        .into_iter()
        .filter(|(id, ..)| Some(*id) != own)
        .map(|(id, _, folded)| (folded, id))
        .collect();
    let Some((name, folded)) = edit.names.iter().find(|(_, folded)| others.contains_key(folded)) else {
        return Ok(None);
    };
    let of = match others.get(folded) {
        Some(id) => topics::get(db, *id)?.map(|topic| topic.name),
        None => None,
    };
    let field = if *name == edit.name { "name" } else { "aliases" };
    let error = FieldError::new(field, "error-topic-taken");
    Ok(Some(
        error.with("name", name).with("topic", of.unwrap_or_default()),
    ))
}

/// Adds a topic and gives its slug.
pub fn add(app: &App, actor: &Actor, input: &TopicInput) -> Result<String, Error> {
    if !rights(actor).keep {
        return Err(Error::Forbidden);
    }
    let edit = checked(input)?;
    let (now, by) = (app.now(), actor.person());
    app.store().write(move |tx| {
        if let Some(error) = taken(tx, &edit, None)? {
            return Err(Error::Invalid(vec![error]));
        }
        let slug = free_slug(tx, &edit.name)?;
        let topic = topics::add(
            tx,
            &NewTopic {
                slug: slug.clone(),
                kind: edit.kind,
                name: edit.name,
                name_he: edit.name_he,
                names: edit.names,
                external_ids: edit.external_ids,
                at: now,
            },
        )?;
        tx.record(Some(by), now, Event::TopicAdded { topic })?;
        Ok(slug)
    })
}

fn free_slug(db: &mut Db, name: &str) -> Result<String, Error> {
    let wanted = dugri_text::links::slug(name);
    let wanted = if wanted.is_empty() {
        "topic".to_owned()
    } else {
        wanted
    };
    let mut candidate = wanted.clone();
    for n in 2.. {
        if topics::find(db, &candidate)?.is_none() {
            break;
        }
        candidate = format!("{wanted}-{n}");
    }
    Ok(candidate)
}

/// Changes a topic. Search follows: names of topics stand in every document.
pub fn change(app: &App, actor: &Actor, slug: &str, input: &TopicInput) -> Result<(), Error> {
    let now = app.now();
    if !rights(actor).keep {
        pages::in_read(app, |db| find(db, actor, slug, now).map(|_| ()))?;
        return Err(Error::Forbidden);
    }
    let edit = checked(input)?;
    let (actor, slug) = (actor.clone(), slug.to_owned());
    app.store().write(move |tx| {
        let topic = find(tx, &actor, &slug, now)?.id;
        if let Some(error) = taken(tx, &edit, Some(topic))? {
            return Err(Error::Invalid(vec![error]));
        }
        topics::change(tx, topic, &edit)?;
        tx.record(Some(actor.person()), now, Event::TopicChanged { topic })?;
        Ok(())
    })
}

/// Makes a topic part of another one, which gets its names, its reports and its watchers. Its address leads there from then on.
/// Gives the slug of the other one.
pub fn merge(app: &App, actor: &Actor, slug: &str, into: &str) -> Result<String, Error> {
    let now = app.now();
    let (actor, slug, into) = (actor.clone(), slug.to_owned(), into.trim().to_owned());
    app.store().write(move |tx| {
        let topic = find(tx, &actor, &slug, now)?;
        if !rights(&actor).merge {
            return Err(Error::Forbidden);
        }
        let target =
            topics::find(tx, &into)?.ok_or_else(|| Error::field("into", "error-unknown-topic-plain"))?;
        if target.id == topic.id {
            return Err(Error::field("into", "error-topic-itself"));
        }
        topics::merge(tx, topic.id, target.id)?;
        tx.record(
            Some(actor.person()),
            now,
            Event::TopicMerged {
                topic: topic.id,
                into: target.id,
            },
        )?;
        Ok(target.slug)
    })
}

/// The address pattern of each external system.
pub fn address_patterns(app: &App) -> Result<BTreeMap<String, String>, Error> {
    pages::in_read(app, addresses)
}

/// Says where ids of other systems lead: lines of `system = https://…{id}`.
pub fn set_address_patterns(app: &App, by: By<'_>, text: &str) -> Result<(), Error> {
    by.administers()?;
    let mut wrong = Vec::new();
    let patterns = pairs(&mut wrong, "addresses", text);
    for pattern in patterns.values() {
        let is_address = pattern.starts_with("https://") || pattern.starts_with("http://");
        if !is_address || !pattern.contains(ID) {
            wrong.push(FieldError::new("addresses", "error-pattern").with("line", pattern));
        }
    }
    settle(wrong)?;
    let text = serde_json::to_string(&patterns).map_err(Error::internal)?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        settings::set(tx, ADDRESSES, &text)?;
        let key = ADDRESSES.into();
        tx.record(by, now, Event::SettingChanged { key })?;
        Ok(())
    })
}
