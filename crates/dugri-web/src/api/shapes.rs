//! The shapes that several features of the API write.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use dugri_app::pages::save::Saved;
use dugri_app::pages::{Listed, PageRead, Shown};
use serde::Serialize;
use utoipa::ToSchema;

/// A page in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageLine {
    /// The permanent id.
    pub id: String,
    /// The readable end of the address.
    pub slug: String,
    /// The address on this server.
    pub path: String,
    /// The title.
    pub title: String,
    /// The key message.
    pub key_message: String,
    /// The space, by slug.
    pub space: String,
    /// The kind, by slug.
    pub kind: String,
    /// `he` or `en`.
    pub language: String,
    /// `draft`, `current`, `superseded` or `archived`.
    pub state: String,
    /// What the badge says: `current`, `due`, `overdue`, `disputed`, `superseded`, `archived` or `draft`.
    pub badge: String,
    /// The N of `vN`.
    pub number: i64,
    /// When this text was published.
    pub published_at: DateTime<Utc>,
    /// Why it changed.
    pub reason: String,
    /// The next check.
    pub next_check: Option<DateTime<Utc>>,
}

impl From<&Listed> for PageLine {
    fn from(listed: &Listed) -> PageLine {
        let line = &listed.line;
        let state = dugri_core::pages::State::of(
            true,
            line.page.successor_id.is_some(),
            line.page.archived_at.is_some(),
        );
        PageLine {
            id: line.page.public_id.to_string(),
            slug: line.page.slug.clone(),
            path: format!("/p/{}/{}", line.page.public_id, line.page.slug),
            title: line.title.clone(),
            key_message: line.key_message.clone(),
            space: line.space.slug.clone(),
            kind: line.kind.slug.clone(),
            language: line.page.language.to_string(),
            state: state.to_string(),
            badge: listed.badge.to_string(),
            number: line.publication.number,
            published_at: line.publication.from_at,
            reason: line.publication.reason.clone(),
            next_check: listed.next_check,
        }
    }
}

/// A list and where it goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pages {
    /// The pages.
    pub results: Vec<PageLine>,
    /// To be sent as `cursor` for the next ones; absent at the end.
    pub next: Option<String>,
}

/// A page with its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page {
    /// The permanent id.
    pub id: String,
    /// The readable end of the address.
    pub slug: String,
    /// The address on this server.
    pub path: String,
    /// The title.
    pub title: String,
    /// The key message.
    pub key_message: String,
    /// The Markdown. Absent for people from outside, who get what is cleared for them as `html`.
    pub body: Option<String>,
    /// The text as HTML for this reader.
    pub html: String,
    /// The fields of the kind, by name.
    pub fields: BTreeMap<String, String>,
    /// The topics, by slug.
    pub topics: Vec<String>,
    /// The space, by slug.
    pub space: String,
    /// The kind, by slug.
    pub kind: String,
    /// `he` or `en`.
    pub language: String,
    /// `internal`, `partners` or `customers`.
    pub audience: String,
    /// `draft`, `current`, `superseded` or `archived`.
    pub state: String,
    /// What the badge says.
    pub badge: String,
    /// The key of the revision shown: what a save names as `base_revision`.
    pub revision: i64,
    /// The N of `vN`; absent for a pending change.
    pub number: Option<i64>,
    /// The pending change shown.
    pub change: Option<i64>,
    /// Whether this is what readers get now.
    pub newest: bool,
    /// When this text was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Who published it.
    pub published_by: Option<String>,
    /// Who wrote it.
    pub author: String,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// Why it changed.
    pub summary: String,
    /// Who answers for the page.
    pub owner: Option<String>,
    /// The next check.
    pub next_check: Option<DateTime<Utc>>,
    /// The id of the page that replaced it.
    pub successor: Option<String>,
    /// The ids of open changes, for those who may see them.
    pub pending: Vec<i64>,
}

impl Page {
    /// A page as it was read; `outsider` says that the source may not be given.
    pub fn new(read: PageRead, outsider: bool) -> Page {
        let (publication, change) = match &read.shown {
            Shown::Published(publication) | Shown::Version { publication, .. } => (Some(publication), None),
            Shown::Change { change, .. } => (None, Some(change.id.0)),
        };
        Page {
            id: read.page.row.public_id.to_string(),
            slug: read.page.row.slug.clone(),
            path: format!("/p/{}/{}", read.page.row.public_id, read.page.row.slug),
            number: publication.map(|publication| publication.number),
            published_at: publication.map(|publication| publication.from_at),
            newest: matches!(read.shown, Shown::Published(_)),
            change,
            space: read.page.space.slug.clone(),
            kind: read.page.kind.slug.clone(),
            language: read.page.row.language.to_string(),
            audience: read.page.row.audience.to_string(),
            state: read.page.state().to_string(),
            badge: read.badge.to_string(),
            revision: read.revision.id.0,
            published_by: read.publisher.map(|person| person.name),
            author: read.author.name,
            saved_at: read.revision.at,
            summary: read.revision.summary,
            owner: read.owner.map(|person| person.name),
            next_check: read.next_check,
            successor: read.successor.map(|line| line.page.public_id.to_string()),
            pending: read.pending.iter().map(|pending| pending.change.id.0).collect(),
            title: read.content.title,
            key_message: read.content.key_message,
            body: (!outsider).then_some(read.content.body),
            html: read.rendered.html,
            fields: read.content.fields,
            topics: read.topics.into_iter().map(|topic| topic.slug).collect(),
        }
    }
}

/// What came of a save.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedPage {
    /// The page's permanent id.
    pub id: String,
    /// The readable end of the address.
    pub slug: String,
    /// The address on this server.
    pub path: String,
    /// The revision that holds the text now: the `base_revision` of the next save.
    pub revision: i64,
    /// The pending change that waits for a publisher.
    pub change: Option<i64>,
    /// The N of `vN`, if it is published.
    pub number: Option<i64>,
    /// Whether somebody else's changes were merged in.
    pub merged: bool,
    /// Whether there was nothing to save.
    pub unchanged: bool,
}

impl From<Saved> for SavedPage {
    fn from(saved: Saved) -> SavedPage {
        SavedPage {
            path: format!("/p/{}/{}", saved.page, saved.slug),
            id: saved.page.to_string(),
            slug: saved.slug,
            revision: saved.revision.0,
            change: saved.change.map(|change| change.0),
            number: saved.number,
            merged: saved.merged,
            unchanged: saved.unchanged,
        }
    }
}

/// A failure, as `application/problem+json` (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What happened, in the caller's language.
    pub title: String,
    /// What to do about it.
    pub detail: String,
    /// The request's id, to be named to whoever runs Dugri.
    pub request_id: String,
}
