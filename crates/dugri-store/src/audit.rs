//! The event log as admins read it: the newest first, filtered by who, what and when.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::{EventId, PageId, PersonId, PublicId, Time};

use crate::events::{Entry, EventRow};
use crate::schema::{events, pages, revisions};
use crate::{Db, Error};

dugri_core::words! {
    /// What events are about.
    About {
        /// Signing in and out, passwords.
        SignIns = "sign-ins",
        /// People, and what they are.
        People = "people",
        /// Groups, spaces and who may do what in them.
        Rights = "rights",
        /// API tokens.
        Tokens = "tokens",
        /// Pages.
        Pages = "pages",
        /// Files.
        Files = "files",
        /// Topics and kinds.
        Topics = "topics",
        /// Reports from the field.
        Intel = "intel",
        /// The installation.
        Site = "site",
    }
}

/// The kinds of events about signing in; others about a person are about people.
const SIGN_INS: [&str; 6] = [
    "signed_in",
    "sign_in_failed",
    "session_ended",
    "password_changed",
    "invitation_made",
    "invitation_used",
];
/// The kinds of events about tokens.
const TOKENS: [&str; 2] = ["token_made", "token_ended"];

/// What is asked of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Done by this person.
    pub actor: Option<PersonId>,
    /// About this.
    pub about: Option<About>,
    /// At this moment or later.
    pub from: Option<Time>,
    /// Before this moment.
    pub until: Option<Time>,
    /// Before this event.
    pub before: Option<EventId>,
}

/// Events of the log, the newest first. For admins alone: nothing here asks whose eyes.
pub fn list_unfiltered(db: &mut Db, filter: &AuditFilter, limit: i64) -> Result<Vec<Entry>, Error> {
    let mut query = events::table
        .select((
            events::id,
            events::at,
            events::actor_id,
            events::kind,
            events::data,
        ))
        .order(events::id.desc())
        .limit(limit)
        .into_boxed();
    if let Some(actor) = filter.actor {
        query = query.filter(events::actor_id.eq(actor.0));
    }
    if let Some(from) = filter.from {
        query = query.filter(events::at.ge(from.naive_utc()));
    }
    if let Some(until) = filter.until {
        query = query.filter(events::at.lt(until.naive_utc()));
    }
    if let Some(before) = filter.before {
        query = query.filter(events::id.lt(before.0));
    }
    query = match filter.about {
        None => query,
        Some(About::SignIns) => query.filter(events::kind.eq_any(SIGN_INS)),
        Some(About::Tokens) => query.filter(events::kind.eq_any(TOKENS)),
        Some(About::People) => query
            .filter(events::subject_kind.eq("person"))
            .filter(events::kind.ne_all([&SIGN_INS[..], &TOKENS[..]].concat())),
        Some(About::Rights) => query.filter(events::subject_kind.eq_any(["group", "space"])),
        Some(About::Pages) => query.filter(events::subject_kind.eq("page")),
        Some(About::Files) => query.filter(events::subject_kind.eq("file")),
        Some(About::Topics) => query.filter(events::subject_kind.eq_any(["topic", "alias", "kind"])),
        Some(About::Intel) => query.filter(events::subject_kind.eq("intel")),
        Some(About::Site) => query.filter(events::subject_kind.eq("site")),
    };
    let rows: Vec<EventRow> = query.load(db.conn())?;
    rows.into_iter().map(EventRow::read).collect()
}

/// What pages are called: the permanent id and the newest title, whatever became of the page.
pub fn page_titles_unfiltered(
    db: &mut Db,
    ids: &[PageId],
) -> Result<HashMap<PageId, (PublicId, String)>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let newest = diesel::alias!(revisions as newest);
    let rows: Vec<(i64, String, String)> = pages::table
        .inner_join(revisions::table.on(revisions::page_id.eq(pages::id)))
        .filter(pages::id.eq_any(keys))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            newest
                .filter(newest.field(revisions::page_id).eq(pages::id))
                .filter(newest.field(revisions::id).gt(revisions::id))
                .select(newest.field(revisions::id)),
        )))
        .select((pages::id, pages::public_id, revisions::title))
        .load(db.conn())?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, public, title)| Some((PageId(id), (PublicId::parse(&public)?, title))))
        .collect())
}
