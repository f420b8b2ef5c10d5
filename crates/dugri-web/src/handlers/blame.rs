//! Which revision brought each line of a page in.

use actix_web::{HttpResponse, web};
use dugri_app::App;
use dugri_app::blame::{self, Blame, Cause};
use dugri_app::revisions::Pick;
use serde::Deserialize;

use crate::answers::screen;
use crate::api::public_id;
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::blame::{self as views, BlameView, CauseView, Stretch};

/// Which text is blamed; what readers get where it is not said.
#[derive(Debug, Deserialize)]
pub struct BlameQuery {
    of: Option<String>,
}

/// `GET /p/{id}/-/blame`
pub async fn blame(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    query: web::Query<BlameQuery>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let of = match &query.of {
        Some(text) => Some(text.parse::<Pick>().map_err(|()| Error::NotFound)?),
        None => None,
    };
    let found = block(move || blame::blame(&app, &viewer.actor(), &id, of)).await?;
    Ok(screen(views::blame(&shell, &view(&shell, &found))))
}

fn view(shell: &Shell, found: &Blame) -> BlameView {
    let now = found.page.published.as_ref().map(|row| row.number);
    BlameView {
        id: found.page.row.public_id.to_string(),
        href: format!("/p/{}/{}", found.page.row.public_id, found.page.row.slug),
        title: found.title.clone(),
        of: match found.of {
            Pick::Number(number) => t!(shell, "revision-title", number = number),
            Pick::Change(_) | Pick::Revision(_) => t!(shell, "change-name").to_owned(),
        },
        is_current: matches!(found.of, Pick::Number(number) if now == Some(number)),
        stretches: stretches(shell, found),
        or_older: found.or_older,
    }
}

/// Neighbouring lines of one cause stand together, over the bounds of blocks.
fn stretches(shell: &Shell, found: &Blame) -> Vec<Stretch> {
    let starts: std::collections::HashSet<usize> =
        found.blocks.iter().map(|block| block.lines.start).collect();
    let mut stretches: Vec<(Option<usize>, Stretch)> = Vec::new();
    for (at, line) in found.lines.iter().enumerate() {
        let new = stretches.last().is_none_or(|(by, _)| *by != line.by);
        // An empty line is no change of hands: it stays with what stands above it.
        if new && (stretches.is_empty() || !line.text.trim().is_empty()) {
            let cause = line.by.and_then(|by| found.causes.get(&by));
            stretches.push((
                line.by,
                Stretch {
                    cause: cause.map(|cause| cause_view(shell, found, cause)),
                    first: at + 1,
                    lines: Vec::new(),
                },
            ));
        }
        if let Some((_, stretch)) = stretches.last_mut() {
            stretch.lines.push((line.text.clone(), starts.contains(&at)));
        }
    }
    stretches.into_iter().map(|(_, stretch)| stretch).collect()
}

fn cause_view(shell: &Shell, found: &Blame, cause: &Cause) -> CauseView {
    let id = &found.page.row.public_id;
    let before = cause.number.filter(|number| *number > 1).map(|number| number - 1);
    CauseView {
        name: match cause.number {
            Some(number) => t!(shell, "revision-title", number = number),
            None => t!(shell, "change-name").to_owned(),
        },
        href: match (cause.pick, before) {
            (Pick::Number(number), Some(before)) => format!("/p/{id}/-/compare?from={before}&to={number}"),
            (Pick::Number(number), None) => format!("/p/{id}/v/{number}"),
            (Pick::Change(change), _) => format!("/p/{id}/-/change/{change}"),
            (Pick::Revision(_), _) => format!("/p/{id}/-/history"),
        },
        before: before.map(|before| format!("/p/{id}/-/blame?of={before}")),
        author: cause.author.name_in(shell.language).to_owned(),
        publisher: cause
            .publisher
            .as_ref()
            .map(|publisher| publisher.name_in(shell.language).to_owned()),
        at: cause.at,
        reason: cause.reason.clone(),
        cites: cause.cites.iter().map(|id| id.0).collect(),
    }
}
