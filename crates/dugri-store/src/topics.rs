//! Topics: typed tags with aliases in both languages. Visible to all colleagues; to outsiders through what they may read.
//!
//! A topic that became part of another one keeps its row: revisions are immutable and name it for ever. Whoever reads the
//! topics of a revision gets the one it became part of.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::topics::TopicKind;
use dugri_core::{Access, Language, RevisionId, Role, Time, TopicId};

use crate::columns::{OptId, stamp};
use crate::schema::{intel_topics, pages, publications, revision_topics, topic_names, topics};
use crate::visible::{self, published_at};
use crate::{Db, Error, Tx};

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = topics)]
pub struct TopicRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: TopicId,
    /// The name in addresses and files.
    pub slug: String,
    /// The type.
    #[diesel(deserialize_as = String)]
    pub kind: TopicKind,
    /// The name.
    pub name: String,
    /// The name in Hebrew, where it is kept.
    pub name_he: Option<String>,
    /// The topic that it became part of.
    #[diesel(deserialize_as = OptId)]
    pub merged_into: Option<TopicId>,
}

impl TopicRow {
    /// The name for a reader of `language`.
    pub fn name_in(&self, language: Language) -> &str {
        match language {
            Language::He => self.name_he.as_deref().unwrap_or(&self.name),
            Language::En => &self.name,
        }
    }
}

/// A topic to add.
#[derive(Debug, Clone)]
pub struct NewTopic {
    /// The name in addresses and files.
    pub slug: String,
    /// The type.
    pub kind: TopicKind,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: Option<String>,
    /// Every name and alias with its folded form.
    pub names: Vec<(String, String)>,
    /// External ids as JSON, such as the account's key in the company's CRM.
    pub external_ids: String,
    /// When it is added.
    pub at: Time,
}

/// Adds a topic with its names. The event is the caller's.
pub fn add(tx: &mut Tx, new: &NewTopic) -> Result<TopicId, Error> {
    let id = diesel::insert_into(topics::table)
        .values((
            topics::slug.eq(&new.slug),
            topics::kind.eq(new.kind.as_str()),
            topics::name.eq(&new.name),
            topics::name_he.eq(new.name_he.as_deref()),
            topics::external_ids.eq(&new.external_ids),
            topics::created_at.eq(stamp(new.at)),
        ))
        .returning(topics::id)
        .get_result::<i64>(tx.conn())?;
    add_names(tx, TopicId(id), &new.names)?;
    Ok(TopicId(id))
}

fn add_names(tx: &mut Tx, topic: TopicId, names: &[(String, String)]) -> Result<(), Error> {
    let mut written: Vec<String> = topic_names::table
        .filter(topic_names::topic_id.eq(topic.0))
        .select(topic_names::folded)
        .load(tx.conn())?;
    for (name, folded) in names {
        if written.contains(folded) {
            continue;
        }
        written.push(folded.clone());
        diesel::insert_into(topic_names::table)
            .values((
                topic_names::topic_id.eq(topic.0),
                topic_names::name.eq(name),
                topic_names::folded.eq(folded),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// What may be changed of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicEdit {
    /// The type.
    pub kind: TopicKind,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: Option<String>,
    /// Every name and alias with its folded form.
    pub names: Vec<(String, String)>,
    /// External ids as JSON.
    pub external_ids: String,
}

/// Changes a topic and puts these names in place of those that it had. The event is the caller's.
pub fn change(tx: &mut Tx, topic: TopicId, edit: &TopicEdit) -> Result<(), Error> {
    diesel::update(topics::table.find(topic.0))
        .set((
            topics::kind.eq(edit.kind.as_str()),
            topics::name.eq(&edit.name),
            topics::name_he.eq(edit.name_he.as_deref()),
            topics::external_ids.eq(&edit.external_ids),
        ))
        .execute(tx.conn())?;
    diesel::delete(topic_names::table.filter(topic_names::topic_id.eq(topic.0))).execute(tx.conn())?;
    add_names(tx, topic, &edit.names)
}

/// Makes `from` part of `into`: its names, its reports, and whatever was part of it. The event is the caller's.
pub fn merge(tx: &mut Tx, from: TopicId, into: TopicId) -> Result<(), Error> {
    let names: Vec<(String, String)> = topic_names::table
        .filter(topic_names::topic_id.eq(from.0))
        .order(topic_names::id.asc())
        .select((topic_names::name, topic_names::folded))
        .load(tx.conn())?;
    diesel::delete(topic_names::table.filter(topic_names::topic_id.eq(from.0))).execute(tx.conn())?;
    add_names(tx, into, &names)?;
    let both = intel_topics::table
        .filter(intel_topics::topic_id.eq(into.0))
        .select(intel_topics::intel_id)
        .load::<i64>(tx.conn())?;
    diesel::delete(
        intel_topics::table
            .filter(intel_topics::topic_id.eq(from.0))
            .filter(intel_topics::intel_id.eq_any(both)),
    )
    .execute(tx.conn())?;
    diesel::update(intel_topics::table.filter(intel_topics::topic_id.eq(from.0)))
        .set(intel_topics::topic_id.eq(into.0))
        .execute(tx.conn())?;
    diesel::update(
        topics::table.filter(
            topics::merged_into
                .eq(from.0)
                .or(topics::id.eq(from.0).nullable()),
        ),
    )
    .set(topics::merged_into.eq(into.0))
    .execute(tx.conn())?;
    crate::watches::move_topic(tx, from.0, into.0)
}

/// The topics that became part of another one, each with that.
pub fn merged(db: &mut Db) -> Result<Vec<(TopicId, TopicId)>, Error> {
    Ok(topics::table
        .filter(topics::merged_into.is_not_null())
        .select((topics::id, topics::merged_into.assume_not_null()))
        .load::<(i64, i64)>(db.conn())?
        .into_iter()
        .map(|(part, whole)| (TopicId(part), TopicId(whole)))
        .collect())
}

/// The keys under which revisions name a topic: its own, and those of the topics that became part of it.
pub fn family(db: &mut Db, topic: TopicId) -> Result<Vec<i64>, Error> {
    let mut keys: Vec<i64> = topics::table
        .filter(topics::merged_into.eq(topic.0))
        .select(topics::id)
        .load(db.conn())?;
    keys.push(topic.0);
    Ok(keys)
}

/// How many published, living pages that the reader may read name each topic.
pub fn count_pages(db: &mut Db, access: &Access, now: Time) -> Result<HashMap<TopicId, i64>, Error> {
    let rows: Vec<(i64, i64, Option<i64>)> = publications::table
        .inner_join(pages::table)
        .inner_join(
            revision_topics::table
                .inner_join(topics::table)
                .on(revision_topics::revision_id.eq(publications::revision_id)),
        )
        .filter(pages::space_id.eq_any(visible::spaces(access, Role::Reader)))
        .filter(pages::successor_id.is_null())
        .filter(pages::archived_at.is_null())
        .filter(published_at!(now))
        .select((pages::id, topics::id, topics::merged_into))
        .load(db.conn())?;
    let pairs: std::collections::BTreeSet<(i64, i64)> = rows
        .into_iter()
        .map(|(page, topic, merged)| (page, merged.unwrap_or(topic)))
        .collect();
    let mut counts = HashMap::new();
    for (_, topic) in pairs {
        *counts.entry(TopicId(topic)).or_insert(0) += 1;
    }
    Ok(counts)
}

/// All topics by name, without those that became part of another one.
pub fn list(db: &mut Db) -> Result<Vec<TopicRow>, Error> {
    Ok(topics::table
        .filter(topics::merged_into.is_null())
        .order((topics::name.asc(), topics::id.asc()))
        .select(TopicRow::as_select())
        .load(db.conn())?)
}

/// The topic of a slug; for the slug of one that became part of another, that other one.
pub fn find(db: &mut Db, slug: &str) -> Result<Option<TopicRow>, Error> {
    let found = topics::table
        .filter(topics::slug.eq(slug))
        .select(TopicRow::as_select())
        .first(db.conn())
        .optional()?;
    match found {
        Some(TopicRow {
            merged_into: Some(target),
            ..
        }) => get(db, target),
        found => Ok(found),
    }
}

/// The topic of a key.
pub fn get(db: &mut Db, id: TopicId) -> Result<Option<TopicRow>, Error> {
    Ok(topics::table
        .find(id.0)
        .select(TopicRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The external ids of a topic as JSON.
pub fn external_ids(db: &mut Db, id: TopicId) -> Result<String, Error> {
    Ok(topics::table
        .find(id.0)
        .select(topics::external_ids)
        .first(db.conn())?)
}

/// The names and aliases of a topic, in the order in which they were given.
pub fn names_of(db: &mut Db, id: TopicId) -> Result<Vec<String>, Error> {
    Ok(topic_names::table
        .filter(topic_names::topic_id.eq(id.0))
        .order(topic_names::id.asc())
        .select(topic_names::name)
        .load(db.conn())?)
}

/// Every name and alias: topic, name as written, folded name. For recognising topics in a text and for search.
pub fn names(db: &mut Db) -> Result<Vec<(TopicId, String, String)>, Error> {
    Ok(topic_names::table
        .order(topic_names::id.asc())
        .select((topic_names::topic_id, topic_names::name, topic_names::folded))
        .load::<(i64, String, String)>(db.conn())?
        .into_iter()
        .map(|(id, name, folded)| (TopicId(id), name, folded))
        .collect())
}

/// The topics of each of the revisions, by name.
pub fn of_revisions(db: &mut Db, ids: &[RevisionId]) -> Result<HashMap<RevisionId, Vec<TopicRow>>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = revision_topics::table
        .inner_join(topics::table)
        .filter(revision_topics::revision_id.eq_any(keys))
        .order((topics::kind.asc(), topics::name.asc()))
        .select((revision_topics::revision_id, TopicRow::as_select()))
        .load::<(i64, TopicRow)>(db.conn())?;
    let merged: Vec<i64> = rows
        .iter()
        .filter_map(|(_, topic)| topic.merged_into.map(|id| id.0))
        .collect();
    let targets: HashMap<TopicId, TopicRow> = if merged.is_empty() {
        HashMap::new()
    } else {
        topics::table
            .filter(topics::id.eq_any(merged))
            .select(TopicRow::as_select())
            .load::<TopicRow>(db.conn())?
            .into_iter()
            .map(|topic| (topic.id, topic))
            .collect()
    };
    let mut found: HashMap<RevisionId, Vec<TopicRow>> = HashMap::new();
    for (revision, topic) in rows {
        let topic = topic
            .merged_into
            .and_then(|id| targets.get(&id).cloned())
            .unwrap_or(topic);
        let of_revision = found.entry(RevisionId(revision)).or_default();
        if !of_revision.iter().any(|known| known.id == topic.id) {
            of_revision.push(topic);
        }
    }
    Ok(found)
}
