//! The origin of a page's lines over the API.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::App;
use dugri_app::blame::{self, Cause};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::revisions::pick;
use super::shapes::Problem;
use super::{json, public_id};
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;

/// The part of the API about the origin of lines.
#[derive(OpenApi)]
#[openapi(paths(read), components(schemas(Blame, BlameLine, BlameBlock, BlameCause)))]
pub struct Doc;

/// Which text is meant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BlameQuery {
    /// `19` or `change-5`; what readers get where it is absent.
    of: Option<String>,
}

/// A text with the origin of its lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct Blame {
    /// Which text it is.
    of: String,
    /// The lines from top to bottom.
    lines: Vec<BlameLine>,
    /// The blocks that they make.
    blocks: Vec<BlameBlock>,
    /// The revisions that brought them in, newest first.
    causes: Vec<BlameCause>,
    /// Lines without a cause are of this revision, or older: the history was not looked at any further.
    or_older: Option<i64>,
}

/// A line of the Markdown.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlameLine {
    /// The line.
    text: String,
    /// The place in `causes` of what brought it in.
    cause: Option<usize>,
}

/// A block.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlameBlock {
    /// The number of its first line, from 1.
    first: usize,
    /// The number of its last line.
    last: usize,
    /// The place in `causes` of what changed it last.
    cause: Option<usize>,
}

/// A revision that brought lines in.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlameCause {
    /// How `compare` names it.
    of: String,
    /// The N of `vN`, if it was published.
    number: Option<i64>,
    /// The revision.
    revision: i64,
    /// Who wrote it.
    author: String,
    /// Who published it, if that was somebody else.
    publisher: Option<String>,
    /// When it was published, or saved.
    at: DateTime<Utc>,
    /// Why it changed.
    reason: String,
    /// The reports that caused it, as far as the reader may read them.
    cites: Vec<i64>,
}

impl From<Cause> for BlameCause {
    fn from(cause: Cause) -> BlameCause {
        BlameCause {
            of: cause.pick.to_string(),
            number: cause.number,
            revision: cause.revision.id.0,
            author: cause.author.name,
            publisher: cause.publisher.map(|publisher| publisher.name),
            at: cause.at,
            reason: cause.reason,
            cites: cause.cites.into_iter().map(|id| id.0).collect(),
        }
    }
}

/// The origin of every line of a page: which revision brought it in, who wrote that, when, why, and which reports.
#[utoipa::path(get, path = "/api/v1/pages/{id}/blame", tag = "history", params(BlameQuery),
    responses((status = 200, body = Blame), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn read(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    query: web::Query<BlameQuery>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let of = query.of.as_deref().map(|of| pick("of", of)).transpose()?;
    let found = block(move || blame::blame(&app, &viewer.actor(), &id, of)).await?;
    let places: Vec<usize> = found.causes.keys().copied().collect();
    let place = |by: Option<usize>| by.and_then(|by| places.binary_search(&by).ok());
    json(
        StatusCode::OK,
        &Blame {
            of: found.of.to_string(),
            lines: found
                .lines
                .into_iter()
                .map(|line| BlameLine {
                    text: line.text,
                    cause: place(line.by),
                })
                .collect(),
            blocks: found
                .blocks
                .into_iter()
                .map(|block| BlameBlock {
                    first: block.lines.start + 1,
                    last: block.lines.end,
                    cause: place(block.by),
                })
                .collect(),
            causes: found.causes.into_values().map(BlameCause::from).collect(),
            or_older: found.or_older,
        },
    )
}
