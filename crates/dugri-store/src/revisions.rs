//! Revisions: immutable saves of a page's text, title, key message, fields and topics, and what each cites and links to.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use dugri_core::{ChangeId, FileId, IntelId, PageId, PersonId, RevisionId, Time, TopicId};
use sha2::{Digest as _, Sha256};

use crate::bodies::{self, BodyHash};
use crate::columns::{OptId, Stamp, stamp};
use crate::names::PersonName;
use crate::schema::{people, revision_files, revision_intel, revision_topics, revisions};
use crate::{Db, Error, Tx};

/// Everything of a page that a revision keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The title.
    pub title: String,
    /// The short sentence at the head of the page.
    pub key_message: String,
    /// The Markdown.
    pub body: String,
    /// The fields of the kind, by name.
    pub fields: BTreeMap<String, String>,
    /// The topics, in the order of their keys.
    pub topics: Vec<TopicId>,
}

impl Content {
    /// SHA-256 over all parts, in hex: what an approval binds to, and how 'the same content' is known.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let fields = serde_json::to_string(&self.fields).expect("strings are JSON");
        let topics = self
            .topics
            .iter()
            .map(|topic| topic.to_string())
            .collect::<Vec<_>>()
            .join(",");
        for part in [&self.title, &self.key_message, &self.body, &fields, &topics] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hex::encode(hash.finalize())
    }
}

/// A revision's own columns; the text is fetched by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = revisions)]
pub struct RevisionRow {
    /// The key; later saves have greater ones.
    #[diesel(deserialize_as = i64)]
    pub id: RevisionId,
    /// The page.
    #[diesel(deserialize_as = i64)]
    pub page_id: PageId,
    /// The revision that it was made from.
    #[diesel(deserialize_as = OptId)]
    pub parent_id: Option<RevisionId>,
    /// The pending change that it belongs, or belonged, to.
    #[diesel(deserialize_as = OptId)]
    pub change_id: Option<ChangeId>,
    /// The title.
    pub title: String,
    /// The key message.
    pub key_message: String,
    /// Where the text lies.
    pub body_hash: String,
    /// The fields as JSON.
    pub fields: String,
    /// Who saved it.
    #[diesel(deserialize_as = i64)]
    pub author_id: PersonId,
    /// When.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
    /// Why it changed.
    pub summary: String,
    /// Whether the author called it minor.
    pub minor: bool,
    /// The digest of the content.
    pub digest: String,
}

/// A link of a text: the target as written, and folded for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// As written.
    pub target: String,
    /// Folded by the rule of titles.
    pub folded: String,
    /// Whether it embeds.
    pub embed: bool,
}

/// A revision to add.
#[derive(Debug, Clone)]
pub struct NewRevision {
    /// The page.
    pub page: PageId,
    /// What it was made from.
    pub parent: Option<RevisionId>,
    /// The pending change that it belongs to.
    pub change: Option<ChangeId>,
    /// What it says.
    pub content: Content,
    /// Who saved it.
    pub author: PersonId,
    /// When.
    pub at: Time,
    /// Why.
    pub summary: String,
    /// Whether it is minor.
    pub minor: bool,
    /// The client's own id of this request, unique per person.
    pub client_id: Option<String>,
    /// The links of the text.
    pub links: Vec<NewLink>,
    /// The reports that it cites; unknown numbers are left out by the caller.
    pub cites: Vec<IntelId>,
    /// The files that the text uses.
    pub files: Vec<FileId>,
}

/// Adds a revision with its text, topics, citations, files and links. The event is the caller's.
pub fn add(tx: &mut Tx, new: &NewRevision) -> Result<RevisionId, Error> {
    let body = bodies::put(tx, &new.content.body)?;
    let fields = serde_json::to_string(&new.content.fields).expect("strings are JSON");
    let id = diesel::insert_into(revisions::table)
        .values((
            revisions::page_id.eq(new.page.0),
            revisions::parent_id.eq(new.parent.map(|id| id.0)),
            revisions::change_id.eq(new.change.map(|id| id.0)),
            revisions::title.eq(&new.content.title),
            revisions::key_message.eq(&new.content.key_message),
            revisions::body_hash.eq(body.as_str()),
            revisions::fields.eq(fields),
            revisions::author_id.eq(new.author.0),
            revisions::at.eq(stamp(new.at)),
            revisions::summary.eq(&new.summary),
            revisions::minor.eq(new.minor),
            revisions::digest.eq(new.content.digest()),
            revisions::client_id.eq(new.client_id.as_deref()),
        ))
        .returning(revisions::id)
        .get_result::<i64>(tx.conn())?;
    for topic in &new.content.topics {
        diesel::insert_into(revision_topics::table)
            .values((
                revision_topics::revision_id.eq(id),
                revision_topics::topic_id.eq(topic.0),
            ))
            .execute(tx.conn())?;
    }
    for intel in &new.cites {
        diesel::insert_into(revision_intel::table)
            .values((
                revision_intel::revision_id.eq(id),
                revision_intel::intel_id.eq(intel.0),
            ))
            .execute(tx.conn())?;
    }
    for file in &new.files {
        diesel::insert_into(revision_files::table)
            .values((
                revision_files::revision_id.eq(id),
                revision_files::file_id.eq(file.0),
            ))
            .execute(tx.conn())?;
    }
    crate::links::add(tx, new.page, RevisionId(id), &new.links)?;
    Ok(RevisionId(id))
}

/// A revision of a page that was loaded under the reader's rights.
pub fn find(db: &mut Db, page: PageId, id: RevisionId) -> Result<Option<RevisionRow>, Error> {
    Ok(revisions::table
        .filter(revisions::page_id.eq(page.0))
        .filter(revisions::id.eq(id.0))
        .select(RevisionRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The save that a page began with.
pub fn first(db: &mut Db, page: PageId) -> Result<Option<RevisionRow>, Error> {
    Ok(revisions::table
        .filter(revisions::page_id.eq(page.0))
        .order(revisions::id.asc())
        .select(RevisionRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The newest save of a page, published or not: what an edit of a never published page begins from.
pub fn newest(db: &mut Db, page: PageId) -> Result<Option<RevisionRow>, Error> {
    Ok(revisions::table
        .filter(revisions::page_id.eq(page.0))
        .order(revisions::id.desc())
        .select(RevisionRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The newest save of a pending change.
pub fn newest_of_change(db: &mut Db, page: PageId, change: ChangeId) -> Result<Option<RevisionRow>, Error> {
    Ok(revisions::table
        .filter(revisions::page_id.eq(page.0))
        .filter(revisions::change_id.eq(change.0))
        .order(revisions::id.desc())
        .select(RevisionRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The revision that this person already saved under this client id.
pub fn by_client_id(
    db: &mut Db,
    person: PersonId,
    client_id: &str,
) -> Result<Option<(PageId, RevisionId)>, Error> {
    Ok(revisions::table
        .filter(revisions::author_id.eq(person.0))
        .filter(revisions::client_id.eq(client_id))
        .select((revisions::page_id, revisions::id))
        .first::<(i64, i64)>(db.conn())
        .optional()?
        .map(|(page, id)| (PageId(page), RevisionId(id))))
}

/// The Markdown of a revision.
pub fn body(db: &mut Db, row: &RevisionRow) -> Result<String, Error> {
    bodies::get(db, &BodyHash::from_row(row.body_hash.clone()))
}

/// Everything that a revision says.
pub fn content(db: &mut Db, row: &RevisionRow) -> Result<Content, Error> {
    let body = body(db, row)?;
    let topics = revision_topics::table
        .filter(revision_topics::revision_id.eq(row.id.0))
        .order(revision_topics::topic_id.asc())
        .select(revision_topics::topic_id)
        .load::<i64>(db.conn())?;
    Ok(Content {
        title: row.title.clone(),
        key_message: row.key_message.clone(),
        body,
        fields: fields(row)?,
        topics: topics.into_iter().map(TopicId).collect(),
    })
}

/// The fields of a revision.
pub fn fields(row: &RevisionRow) -> Result<BTreeMap<String, String>, Error> {
    serde_json::from_str(&row.fields).map_err(|error| Error::Database(error.to_string()))
}

/// The reports that each of the revisions cites.
pub fn cites(db: &mut Db, ids: &[RevisionId]) -> Result<HashMap<RevisionId, Vec<IntelId>>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = revision_intel::table
        .filter(revision_intel::revision_id.eq_any(keys))
        .order(revision_intel::intel_id.asc())
        .select((revision_intel::revision_id, revision_intel::intel_id))
        .load::<(i64, i64)>(db.conn())?;
    let mut cites: HashMap<RevisionId, Vec<IntelId>> = HashMap::new();
    for (revision, intel) in rows {
        cites
            .entry(RevisionId(revision))
            .or_default()
            .push(IntelId(intel));
    }
    Ok(cites)
}

/// All saves of a page with their authors, oldest first: for history, export and recompression.
pub fn list(db: &mut Db, page: PageId) -> Result<Vec<(RevisionRow, PersonName)>, Error> {
    Ok(revisions::table
        .inner_join(people::table.on(people::id.eq(revisions::author_id)))
        .filter(revisions::page_id.eq(page.0))
        .order(revisions::id.asc())
        .select((RevisionRow::as_select(), PersonName::as_select()))
        .load(db.conn())?)
}

/// How many saves a page has.
pub fn count(db: &mut Db, page: PageId) -> Result<i64, Error> {
    Ok(revisions::table
        .filter(revisions::page_id.eq(page.0))
        .count()
        .get_result(db.conn())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_tells_parts_apart() {
        let content = |title: &str, key_message: &str| Content {
            title: title.into(),
            key_message: key_message.into(),
            ..Content::default()
        };
        assert_eq!(content("a", "b").digest(), content("a", "b").digest());
        assert_ne!(content("ab", "").digest(), content("a", "b").digest());
        assert_ne!(content("", "ab").digest(), content("ab", "").digest());
    }
}
