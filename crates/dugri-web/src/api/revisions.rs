//! The history of a page over the API, and the comparison of two of its texts.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::App;
use dugri_app::revisions::{self, Entry, Pick};
use dugri_text::diff::{Change, Row, Run};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::shapes::Problem;
use super::{json, public_id};
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;

/// The part of the API about history.
#[derive(OpenApi)]
#[openapi(
    paths(history, compare),
    components(schemas(History, HistoryEntry, Comparison, PartChange, TextRun, LineRow))
)]
pub struct Doc;

/// A page's history, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    /// What happened.
    pub results: Vec<HistoryEntry>,
}

/// Something in a history.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum HistoryEntry {
    /// A pending change, for those who may see it.
    Pending {
        /// The change.
        change: i64,
        /// Who began it.
        author: String,
        /// When.
        at: DateTime<Utc>,
        /// The keys of its saves, newest first.
        revisions: Vec<i64>,
    },
    /// A publication.
    Published {
        /// The N of `vN`.
        number: i64,
        /// The revision.
        revision: i64,
        /// The title.
        title: String,
        /// From when readers got it.
        at: DateTime<Utc>,
        /// Who wrote it.
        author: String,
        /// Who published it.
        publisher: String,
        /// Why it changed.
        reason: String,
        /// Readers were not told.
        minor: bool,
        /// Holders of older copies were told.
        material: bool,
        /// The reports that it answers, as far as the reader may read them.
        cites: Vec<i64>,
    },
    /// Something that was done to the page as a whole; `steps` tells more.
    Stepped {
        /// Its key.
        step: i64,
        /// `renamed`, `moved`, `archived`, `unarchived`, `merged` or `split`.
        kind: String,
        /// When.
        at: DateTime<Utc>,
        /// Who did it.
        by: String,
        /// Whether it was undone.
        undone: bool,
    },
    /// A verification.
    Verified {
        /// What was checked.
        revision: i64,
        /// When.
        at: DateTime<Utc>,
        /// Until when it holds.
        until: DateTime<Utc>,
        /// Who checked.
        by: String,
        /// What was checked, in words.
        note: String,
    },
}

impl From<Entry> for HistoryEntry {
    fn from(entry: Entry) -> HistoryEntry {
        match entry {
            Entry::Pending {
                change,
                author,
                saves,
            } => HistoryEntry::Pending {
                change: change.id.0,
                author: author.name,
                at: change.created_at,
                revisions: saves.iter().map(|(row, _)| row.id.0).collect(),
            },
            Entry::Published {
                publication,
                revision,
                author,
                publisher,
                cites,
            } => HistoryEntry::Published {
                number: publication.number,
                revision: revision.id.0,
                title: revision.title,
                at: publication.from_at,
                author: author.name,
                publisher: publisher.name,
                reason: publication.reason,
                minor: revision.minor,
                material: publication.material,
                cites: cites.into_iter().map(|id| id.0).collect(),
            },
            Entry::Stepped(step) => HistoryEntry::Stepped {
                step: step.row.id.0,
                kind: step.row.kind.to_string(),
                at: step.row.at,
                by: step.by.name,
                undone: step.row.undone_at.is_some(),
            },
            Entry::Verified { row, by } => HistoryEntry::Verified {
                revision: row.revision_id.0,
                at: row.at,
                until: row.until,
                by: by.name,
                note: row.note,
            },
        }
    }
}

/// The history of a page.
#[utoipa::path(get, path = "/api/v1/pages/{id}/history", tag = "history",
    responses((status = 200, body = History), (status = 404, body = Problem)))]
pub async fn history(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let found = block(move || revisions::history(&app, &viewer.actor(), &id)).await?;
    json(
        StatusCode::OK,
        &History {
            results: found.entries.into_iter().map(HistoryEntry::from).collect(),
        },
    )
}

/// Which two texts are compared.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompareQuery {
    /// `19`, `change-5` or `revision-123`.
    from: String,
    /// The same.
    to: String,
}

/// Two texts compared.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison {
    /// The older text.
    pub from: String,
    /// The newer text.
    pub to: String,
    /// Words added.
    pub words_added: usize,
    /// Words removed.
    pub words_removed: usize,
    /// `false` where the comparison took too long and marks more than changed.
    pub exact: bool,
    /// Title, key message and fields that differ.
    pub parts: Vec<PartChange>,
    /// Topics added, by slug.
    pub topics_added: Vec<String>,
    /// Topics removed, by slug.
    pub topics_removed: Vec<String>,
    /// The sources line by line; empty for people from outside.
    pub lines: Vec<LineRow>,
}

/// A part besides the text that differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartChange {
    /// `title`, `key_message` or the name of a field.
    pub name: String,
    /// The words with their fates.
    pub runs: Vec<TextRun>,
}

/// A run of text with one fate.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextRun {
    /// `equal`, `deleted` or `inserted`.
    pub change: &'static str,
    /// The text.
    pub text: String,
}

impl From<&Run> for TextRun {
    fn from(run: &Run) -> TextRun {
        let change = match run.change {
            Change::Equal => "equal",
            Change::Deleted => "deleted",
            Change::Inserted => "inserted",
        };
        TextRun {
            change,
            text: run.text.clone(),
        }
    }
}

/// A row of the comparison by lines.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LineRow {
    /// Unchanged lines left out.
    Fold {
        /// How many.
        lines: usize,
    },
    /// An unchanged line.
    Same {
        /// Its number in the older text.
        before: usize,
        /// Its number in the newer text.
        after: usize,
        /// The line.
        text: String,
    },
    /// A changed line.
    Changed {
        /// The old line's number.
        before: Option<usize>,
        /// The old line.
        removed: Vec<TextRun>,
        /// The new line's number.
        after: Option<usize>,
        /// The new line.
        added: Vec<TextRun>,
    },
}

impl From<&Row> for LineRow {
    fn from(row: &Row) -> LineRow {
        match row {
            Row::Fold { lines, .. } => LineRow::Fold { lines: *lines },
            Row::Same { before, after, text } => LineRow::Same {
                before: *before,
                after: *after,
                text: text.clone(),
            },
            Row::Changed { before, after } => LineRow::Changed {
                before: before.as_ref().map(|line| line.number),
                removed: before
                    .iter()
                    .flat_map(|line| line.runs.iter().map(TextRun::from))
                    .collect(),
                after: after.as_ref().map(|line| line.number),
                added: after
                    .iter()
                    .flat_map(|line| line.runs.iter().map(TextRun::from))
                    .collect(),
            },
        }
    }
}

/// Compares two texts of a page.
#[utoipa::path(get, path = "/api/v1/pages/{id}/compare", tag = "history", params(CompareQuery),
    responses((status = 200, body = Comparison), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn compare(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    query: web::Query<CompareQuery>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (from, to) = (pick("from", &query.from)?, pick("to", &query.to)?);
    let found = block(move || revisions::compare(&app, &viewer.actor(), &id, from, to)).await?;
    let slugs = |topics: Vec<_>| topics.into_iter().map(topic_slug).collect();
    json(
        StatusCode::OK,
        &Comparison {
            from: from.to_string(),
            to: to.to_string(),
            words_added: found.redline.words.added,
            words_removed: found.redline.words.removed,
            exact: found.redline.exact,
            parts: found
                .parts
                .iter()
                .map(|part| PartChange {
                    name: part.name.clone(),
                    runs: part.runs.iter().map(TextRun::from).collect(),
                })
                .collect(),
            topics_added: slugs(found.topics_added),
            topics_removed: slugs(found.topics_removed),
            lines: found.lines.rows.iter().map(LineRow::from).collect(),
        },
    )
}

fn topic_slug(topic: dugri_app::pages::TopicRow) -> String {
    topic.slug
}

pub(super) fn pick(name: &'static str, text: &str) -> Result<Pick, Error> {
    text.parse().map_err(|()| Error::Malformed {
        place: Some(name.into()),
        detail: "expected 19, change-5 or revision-123".into(),
    })
}
