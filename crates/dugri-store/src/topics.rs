//! Topics: typed tags with aliases in both languages. Visible to all colleagues; to outsiders through what they may read.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::topics::TopicKind;
use dugri_core::{Language, RevisionId, Time, TopicId};

use crate::columns::stamp;
use crate::schema::{revision_topics, topic_names, topics};
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
    let mut written = Vec::new();
    for (name, folded) in &new.names {
        if written.contains(&folded) {
            continue;
        }
        written.push(folded);
        diesel::insert_into(topic_names::table)
            .values((
                topic_names::topic_id.eq(id),
                topic_names::name.eq(name),
                topic_names::folded.eq(folded),
            ))
            .execute(tx.conn())?;
    }
    Ok(TopicId(id))
}

/// All topics by name.
pub fn list(db: &mut Db) -> Result<Vec<TopicRow>, Error> {
    Ok(topics::table
        .order((topics::name.asc(), topics::id.asc()))
        .select(TopicRow::as_select())
        .load(db.conn())?)
}

/// The topic of a slug.
pub fn find(db: &mut Db, slug: &str) -> Result<Option<TopicRow>, Error> {
    Ok(topics::table
        .filter(topics::slug.eq(slug))
        .select(TopicRow::as_select())
        .first(db.conn())
        .optional()?)
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
    let mut topics: HashMap<RevisionId, Vec<TopicRow>> = HashMap::new();
    for (revision, topic) in rows {
        topics.entry(RevisionId(revision)).or_default().push(topic);
    }
    Ok(topics)
}
