//! Lists of pages: what changed, the home of a space, wanted pages and orphans.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use dugri_app::pages::{InSpace, Listed};
use dugri_app::{App, Error as AppError, PersonName, links, pages, people, spaces, watching};
use dugri_core::watching::WatchKind;
use dugri_core::{PageId, PersonId, Role, spaces::Policy};
use serde::Deserialize;

use crate::answers::screen;
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::lists::{self as views, PageRow, SpaceHome, WantedRow};

/// Pages on the screen of changes.
const CHANGES_MAX: i64 = 60;
/// Pages on a screen of a space.
const SPACE_MAX: i64 = 60;

/// Names by person.
pub(super) type Names = HashMap<PersonId, PersonName>;

/// Pages with the names of who published them.
pub(super) struct Pages {
    rows: Vec<Listed>,
    names: Names,
}

impl Pages {
    pub(super) fn with_names(app: &App, rows: Vec<Listed>) -> Result<Pages, AppError> {
        let ids: Vec<PersonId> = rows
            .iter()
            .map(|listed| listed.line.publication.published_by)
            .collect();
        Ok(Pages {
            names: people::names(app, &ids)?,
            rows,
        })
    }

    pub(super) fn view(&self, shell: &Shell) -> Vec<PageRow> {
        self.rows
            .iter()
            .map(|listed| page_row(shell, listed, &self.names))
            .collect()
    }
}

/// A page as a row of a list.
pub(super) fn page_row(shell: &Shell, listed: &Listed, names: &Names) -> PageRow {
    let line = &listed.line;
    let author = names.get(&line.publication.published_by);
    PageRow {
        href: format!("/p/{}/{}", line.page.public_id, line.page.slug),
        icon: line.kind.icon.clone(),
        title: line.title.clone(),
        language: line.page.language,
        badge: listed.badge,
        in_review: false,
        summary: line.publication.reason.clone(),
        author: author
            .map(|name| name.name_in(shell.language).to_owned())
            .unwrap_or_default(),
        number: Some(line.publication.number),
        at: line.publication.from_at,
    }
}

/// `GET /changes`: what was published last, whether one has opened it or not.
pub async fn changes(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let found = block(move || -> Result<_, AppError> {
        let rows = pages::list_changed(&app, &viewer.actor(), CHANGES_MAX)?;
        Pages::with_names(&app, rows)
    })
    .await?;
    Ok(screen(views::changes(&shell, &found.view(&shell))))
}

/// How the list of a space is narrowed down.
#[derive(Debug, Default, Deserialize)]
pub struct SpaceQuery {
    #[serde(default)]
    kind: String,
    after: Option<String>,
    after_id: Option<i64>,
}

/// `GET /s/{slug}`
pub async fn space(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    slug: web::Path<String>,
    query: web::Query<SpaceQuery>,
) -> Result<HttpResponse, Error> {
    let query = query.into_inner();
    let which = InSpace {
        kind: (!query.kind.is_empty()).then(|| query.kind.clone()),
        retired: true,
        after: query.after.zip(query.after_id.map(PageId)),
        limit: SPACE_MAX + 1,
        ..InSpace::default()
    };
    let begins = which.after.is_none();
    let (space, mut found, drafts, may_write, watch) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let space = spaces::find(&app, &actor, &slug)?;
        let found = Pages::with_names(&app, pages::list(&app, &actor, Some(space.id), &which)?)?;
        let drafts = if begins {
            pages::list_drafts(&app, &actor, Some(space.id), SPACE_MAX)?
        } else {
            Vec::new()
        };
        let may_write = actor.access.has(space.id, Role::Contributor);
        let watch = watching::state(&app, &actor, WatchKind::Space, space.id.0)?;
        Ok((space, found, drafts, may_write, watch))
    })
    .await?;
    let more = found.rows.len() as i64 > SPACE_MAX;
    found.rows.truncate(SPACE_MAX as usize);
    let older = found.rows.last().filter(|_| more).map(|last| {
        let cursor = [
            ("kind", query.kind.clone()),
            ("after", last.line.title.clone()),
            ("after_id", last.line.page.id.to_string()),
        ];
        format!(
            "/s/{}?{}",
            space.slug,
            serde_urlencoded::to_string(cursor).unwrap_or_default()
        )
    });
    let mut kinds: Vec<(String, String, bool)> = Vec::new();
    for listed in &found.rows {
        let kind = &listed.line.kind;
        if !kinds.iter().any(|(slug, ..)| *slug == kind.slug) {
            kinds.push((
                kind.slug.clone(),
                kind.name_in(shell.language).to_owned(),
                kind.slug == query.kind,
            ));
        }
    }
    let known = shell.spaces.iter().find(|menu| menu.slug == space.slug);
    let view = SpaceHome {
        pages: known.map_or(found.rows.len() as i64, |menu| menu.pages),
        name: space.name_in(shell.language).to_owned(),
        description: space.description_in(shell.language).to_owned(),
        reviewed: space.policy == Policy::Reviewed,
        rows: found.view(&shell),
        drafts: drafts
            .iter()
            .map(|draft| PageRow {
                href: format!("/p/{}/{}", draft.page.public_id, draft.page.slug),
                icon: draft.kind.icon.clone(),
                title: draft.title.clone(),
                language: draft.page.language,
                badge: dugri_core::currency::Badge::Draft,
                in_review: false,
                summary: String::new(),
                author: String::new(),
                number: None,
                at: draft.page.created_at,
            })
            .collect(),
        kinds,
        older,
        may_write,
        watch: super::watching::watch_view(&shell, WatchKind::Space, &space.slug, watch),
        slug: space.slug,
    };
    Ok(screen(views::space(&shell, &view)))
}

/// `GET /wanted`
pub async fn wanted(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let found = block(move || links::wanted(&app, &viewer.actor())).await?;
    let rows: Vec<WantedRow> = found
        .into_iter()
        .map(|wanted| WantedRow {
            create: format!(
                "/new?{}",
                serde_urlencoded::to_string([("title", &wanted.target)]).unwrap_or_default()
            ),
            name: wanted.target,
            from: wanted
                .wanted_by
                .into_iter()
                .map(|(title, id, slug)| (format!("/p/{id}/{slug}"), title))
                .collect(),
        })
        .collect();
    Ok(screen(views::wanted(&shell, &rows, shell.may().writes)))
}

/// `GET /orphans`
pub async fn orphans(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    let found = block(move || Pages::with_names(&app, links::orphans(&app, &viewer.actor())?)).await?;
    Ok(screen(views::orphans(&shell, &found.view(&shell))))
}
