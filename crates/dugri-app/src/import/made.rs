//! Spaces, kinds and topics that the files name and nobody has: they are made, and each is reported.

use std::collections::{BTreeMap, HashMap};

use dugri_core::spaces::Policy;
use dugri_core::topics::TopicKind;
use dugri_core::{Event, Language, PersonId, Time, TopicId};
use dugri_store::kinds::{self, NewKind};
use dugri_store::spaces::{self, SpaceEdit};
use dugri_store::topics::{self, NewTopic};
use dugri_store::{Db, Tx};
use dugri_text::links::{fold_title, slug};

use super::document::Document;
use super::prepare::Prepared;
use super::{Outcome, Report};
use crate::pages::in_read;
use crate::{Actor, App, Error};

/// What a tag is when nobody says: the type with the plain sign of a tag.
const TOPIC_KIND: TopicKind = TopicKind::Segment;

/// The place of the first new kind in lists: behind the seeded ones.
const POSITION: i32 = 100;

/// What is to be made.
#[derive(Default)]
struct Missing {
    /// By slug: the name and the language.
    spaces: BTreeMap<String, (String, Language)>,
    kinds: BTreeMap<String, String>,
    /// By folded name: the name.
    topics: BTreeMap<String, String>,
}

/// Makes what the documents name and nobody has.
pub(super) fn make(
    app: &App,
    actor: &Actor,
    prepared: &[Prepared],
    report: &mut Report<'_>,
) -> Result<(), Error> {
    if prepared.is_empty() {
        return Ok(());
    }
    let missing = in_read(app, |db| missing(db, prepared))?;
    for slug in missing.spaces.keys() {
        report.say(slug, Outcome::Made("space"));
    }
    for slug in missing.kinds.keys() {
        report.say(slug, Outcome::Made("kind"));
    }
    for name in missing.topics.values() {
        report.say(name, Outcome::Made("topic"));
    }
    let (me, now) = (actor.person(), app.now());
    app.store().write(move |tx| -> Result<(), Error> {
        let seeded = crate::kinds::seed(tx, now)?;
        let anything = add(tx, &missing, me, now)?;
        if seeded == 0 && !anything {
            tx.unchanged();
        }
        Ok(())
    })
}

fn missing(db: &mut Db, prepared: &[Prepared]) -> Result<Missing, Error> {
    let kinds = kinds::by_slug(db)?;
    let topics = TopicsHere::read(db)?;
    let mut missing = Missing::default();
    for Document {
        space,
        space_name,
        kind,
        kind_name,
        topics: tags,
        language,
        ..
    } in prepared.iter().map(|page| &page.document)
    {
        if !missing.spaces.contains_key(space) && spaces::find_unfiltered(db, space)?.is_none() {
            missing
                .spaces
                .insert(space.clone(), (space_name.clone(), *language));
        }
        if !kinds.contains_key(kind) && !crate::kinds::is_seeded(kind)? {
            missing.kinds.insert(kind.clone(), kind_name.clone());
        }
        for tag in tags.iter().filter(|tag| topics.find(tag).is_none()) {
            missing
                .topics
                .entry(fold_title(tag))
                .or_insert_with(|| tag.trim().to_owned());
        }
    }
    Ok(missing)
}

fn add(tx: &mut Tx, missing: &Missing, me: PersonId, now: Time) -> Result<bool, Error> {
    for (slug, (name, language)) in &missing.spaces {
        let edit = SpaceEdit {
            name: readable(name),
            name_he: None,
            description: String::new(),
            description_he: None,
            policy: Policy::Open,
            language: *language,
            icon: "folder".into(),
        };
        let space = spaces::add(tx, now, slug, &edit)?;
        tx.record(Some(me), now, Event::SpaceAdded { space })?;
    }
    for ((slug, name), position) in missing.kinds.iter().zip(POSITION..) {
        let kind = kinds::add(
            tx,
            &NewKind {
                slug: slug.clone(),
                name: readable(name),
                name_he: readable(name),
                icon: "file-text".into(),
                review_days: None,
                template: String::new(),
                template_he: String::new(),
                fields: "[]".into(),
                position,
            },
        )?;
        tx.record(Some(me), now, Event::KindAdded { kind })?;
    }
    for (folded, name) in &missing.topics {
        let slug = free_slug(tx, name)?;
        let topic = topics::add(
            tx,
            &NewTopic {
                slug,
                kind: TOPIC_KIND,
                name: name.clone(),
                name_he: None,
                names: vec![(name.clone(), folded.clone())],
                external_ids: "{}".into(),
                at: now,
            },
        )?;
        tx.record(Some(me), now, Event::TopicAdded { topic })?;
    }
    Ok(!(missing.spaces.is_empty() && missing.kinds.is_empty() && missing.topics.is_empty()))
}

/// Two names may have one slug (`C` and `C++`).
fn free_slug(db: &mut Db, name: &str) -> Result<String, Error> {
    let wanted = slug(name);
    let mut candidate = wanted.clone();
    for n in 2.. {
        if topics::find(db, &candidate)?.is_none() {
            break;
        }
        candidate = format!("{wanted}-{n}");
    }
    Ok(candidate)
}

/// `product-sheets` as `Product sheets`; what has capitals, spaces or other letters stays as it is.
fn readable(name: &str) -> String {
    if !name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
    {
        return name.to_owned();
    }
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The topics by everything that they are called.
pub(super) struct TopicsHere {
    by_name: HashMap<String, TopicId>,
}

impl TopicsHere {
    pub(super) fn read(db: &mut Db) -> Result<TopicsHere, Error> {
        let mut by_name = HashMap::new();
        for topic in topics::list(db)? {
            by_name.insert(fold_title(&topic.slug), topic.id);
        }
        for (id, _, folded) in topics::names(db)? {
            by_name.insert(folded, id);
        }
        Ok(TopicsHere { by_name })
    }

    /// The topic that a tag means.
    pub(super) fn find(&self, tag: &str) -> Option<TopicId> {
        self.by_name.get(&fold_title(tag)).copied()
    }
}
