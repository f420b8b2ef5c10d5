//! What hangs on reports: topics, the conversation, files; and the people and pages that they name.

use std::collections::BTreeMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use dugri_core::intel::MessageKind;
use dugri_core::{Access, IntelId, PageId, PersonId, PublicId, RevisionId, Role, Time, TopicId};

use super::{visible, word};
use crate::files::FileRow;
use crate::names::PersonName;
use crate::pages::{self, PageLine};
use crate::schema::{
    files, intel, intel_messages, intel_topics, people, publications, revision_topics, revisions, topics,
};
use crate::topics::TopicRow;
use crate::visible::spaces;
use crate::{Db, Error};

/// A line of the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who wrote it; `None` where that would name a confidential reporter.
    pub author: Option<PersonId>,
    /// Whether the reporter wrote it.
    pub by_reporter: bool,
    /// To the reporter, or among those who triage.
    pub kind: MessageKind,
    /// The text.
    pub text: String,
    /// When.
    pub at: Time,
}

/// The topics of these reports.
pub fn topics_of(db: &mut Db, ids: &[IntelId]) -> Result<BTreeMap<IntelId, Vec<TopicRow>>, Error> {
    let rows: Vec<(i64, TopicRow)> = intel_topics::table
        .inner_join(topics::table)
        .filter(intel_topics::intel_id.eq_any(keys(ids)))
        .order((topics::kind, topics::name))
        .select((intel_topics::intel_id, TopicRow::as_select()))
        .load(db.conn())?;
    let mut found: BTreeMap<IntelId, Vec<TopicRow>> = BTreeMap::new();
    for (intel, topic) in rows {
        found.entry(IntelId(intel)).or_default().push(topic);
    }
    Ok(found)
}

/// The conversation about a report, oldest first: all of it for those who triage, the replies for the reporter.
pub fn messages_of(
    db: &mut Db,
    access: &Access,
    ids: &[IntelId],
) -> Result<BTreeMap<IntelId, Vec<Message>>, Error> {
    // The author's name is joined in as a reporter's name is: not where it would name a confidential reporter.
    let rows: Vec<(i64, Option<i64>, bool, String, String, chrono::NaiveDateTime)> = intel_messages::table
        .inner_join(intel::table)
        .left_join(
            people::table.on(people::id.eq(intel_messages::author_id).and(
                intel::confidential
                    .eq(false)
                    .or(intel_messages::author_id.ne(intel::reporter_id))
                    .or(intel::reporter_id.eq(access.person.0))
                    .or(intel::space_id.eq_any(spaces(access, Role::Manager))),
            )),
        )
        .filter(intel_messages::intel_id.eq_any(keys(ids)))
        .filter(visible(access))
        .filter(
            intel_messages::kind
                .eq(MessageKind::Reply.as_str())
                .or(intel::space_id.eq_any(spaces(access, Role::Editor))),
        )
        .order(intel_messages::id)
        .select((
            intel_messages::intel_id,
            people::id.nullable(),
            intel_messages::author_id.eq(intel::reporter_id),
            intel_messages::kind,
            intel_messages::text,
            intel_messages::at,
        ))
        .load(db.conn())?;
    let mut found: BTreeMap<IntelId, Vec<Message>> = BTreeMap::new();
    for (intel, author, by_reporter, kind, text, at) in rows {
        found.entry(IntelId(intel)).or_default().push(Message {
            author: author.map(PersonId),
            by_reporter,
            kind: word(&kind)?,
            text,
            at: at.and_utc(),
        });
    }
    Ok(found)
}

/// The files of these reports, as far as `access` may read the reports.
pub fn files_of(
    db: &mut Db,
    access: &Access,
    ids: &[IntelId],
) -> Result<BTreeMap<IntelId, Vec<FileRow>>, Error> {
    let rows: Vec<(i64, FileRow)> = files::table
        .inner_join(intel::table.on(files::intel_id.eq(intel::id.nullable())))
        .filter(intel::id.eq_any(keys(ids)))
        .filter(visible(access))
        .order(files::id)
        .select((intel::id, FileRow::as_select()))
        .load(db.conn())?;
    let mut found: BTreeMap<IntelId, Vec<FileRow>> = BTreeMap::new();
    for (intel, file) in rows {
        found.entry(IntelId(intel)).or_default().push(file);
    }
    Ok(found)
}

/// People by key. Names are visible to all colleagues; what may not be known is not asked for.
pub fn names_of(db: &mut Db, ids: &[PersonId]) -> Result<BTreeMap<PersonId, PersonName>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<PersonName> = people::table
        .filter(people::id.eq_any(ids))
        .select(PersonName::as_select())
        .load(db.conn())?;
    Ok(rows.into_iter().map(|name| (name.id, name)).collect())
}

/// Pages in force that carry at least one of these topics and that `access` may read, most common topics first.
pub fn pages_with_topics(
    db: &mut Db,
    access: &Access,
    now: Time,
    topics: &[TopicId],
    limit: usize,
) -> Result<Vec<PageLine>, Error> {
    use crate::schema::pages as page;
    let topics: Vec<i64> = topics.iter().map(|topic| topic.0).collect();
    let rows: Vec<(i64, i64)> = revision_topics::table
        .inner_join(revisions::table.inner_join(page::table))
        .filter(revision_topics::topic_id.eq_any(topics))
        .filter(page::space_id.eq_any(spaces(access, Role::Reader)))
        .filter(page::archived_at.is_null())
        .filter(page::successor_id.is_null())
        .filter(exists(
            publications::table.filter(publications::revision_id.eq(revisions::id)),
        ))
        .select((revisions::page_id, revisions::id))
        .load(db.conn())?;
    let mut common: BTreeMap<(PageId, RevisionId), usize> = BTreeMap::new();
    for (page, revision) in rows {
        *common.entry((PageId(page), RevisionId(revision))).or_default() += 1;
    }
    let ids: Vec<PageId> = common.keys().map(|(page, _)| *page).collect();
    let mut ranked: Vec<(usize, PageLine)> = pages::lines(db, access, &ids, now)?
        .into_iter()
        .filter_map(|line| {
            let n = common.get(&(line.page.id, line.publication.revision_id))?;
            Some((*n, line))
        })
        .collect();
    ranked.sort_by_key(|(n, line)| (std::cmp::Reverse(*n), line.page.id));
    Ok(ranked.into_iter().take(limit).map(|(_, line)| line).collect())
}

fn keys(ids: &[IntelId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}

/// Reads a public id; the database holds only such.
pub(super) fn public_id_of(text: &str) -> Result<PublicId, Error> {
    PublicId::parse(text).ok_or_else(|| Error::Database(format!("`{text}` is not a public id")))
}
