//! Reading pages: what readers get, `vN` for ever, the Markdown; and the files that pages use.

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::intel::{self, About};
use dugri_app::ledger::{self, Opened};
use dugri_app::pages::{self, PageRead, Shown};
use dugri_app::searches::{self, Target};
use dugri_app::{App, Error as AppError, redirects, revisions};
use dugri_core::watching::WatchKind;
use dugri_core::{Language, PersonId};

use crate::answers::{moved, screen, see_other};
use crate::api::public_id;
use crate::bridge::block;
use crate::errors::Error;
use crate::flash;
use crate::handlers::mine::{self, Mine};
use crate::identity::Viewer;
use crate::kept::Kept;
use crate::shell::Shell;
use crate::t;
use crate::views::pages::{self as views, FieldSays, Linked, May, PageView, Pending};
use crate::views::parts::Face;

/// How many reports stand beside a page.
const REPORTS_MAX: i64 = 12;

/// The address of a page's readable form, with what was asked kept.
fn canonical(req: &HttpRequest, read: &PageRead) -> String {
    let query = req.query_string();
    let mark = if query.is_empty() { "" } else { "?" };
    format!(
        "/p/{}/{}{mark}{query}",
        read.page.row.public_id,
        escaped(&read.page.row.slug)
    )
}

/// A slug as an address writes it.
pub fn escaped(slug: &str) -> String {
    percent_encoding::utf8_percent_encode(slug, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2D", "-")
        .replace("%5F", "_")
        .replace("%2E", ".")
}

/// `GET /p/{id}`: only the id counts; whatever stands behind it leads to the readable address of now.
pub async fn by_id(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let read = block(move || pages::read(&app, &viewer.actor(), &id)).await?;
    Ok(led_on(&shell, &req, &read).unwrap_or_else(|| see_other(&canonical(&req, &read))))
}

/// What became part of another page leads there, unless it is asked for by name (`?stay`), with a way back to what it was.
fn led_on(shell: &Shell, req: &HttpRequest, read: &PageRead) -> Option<HttpResponse> {
    let successor = read.successor.as_ref().filter(|_| read.merged)?;
    if req.query_string().split('&').any(|part| part == "stay") {
        return None;
    }
    let to = format!(
        "/p/{}/{}",
        successor.page.public_id,
        escaped(&successor.page.slug)
    );
    let mut answer = moved(&to);
    let back = flash::Action {
        label: t!(shell, "merged-open").to_owned(),
        path: format!(
            "/p/{}/{}?stay",
            read.page.row.public_id,
            escaped(&read.page.row.slug)
        ),
    };
    let said = t!(shell, "merged-here", title = read.content.title.as_str());
    flash::say(&mut answer, &said, false, Some(back));
    Some(answer)
}

/// `GET /p/{id}/{slug}`: from memory where nothing happened since it was last read.
pub async fn read(
    app: web::Data<App>,
    kept: web::Data<Kept>,
    viewer: Viewer,
    shell: Shell,
    path: web::Path<(String, String)>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, slug) = path.into_inner();
    let id = public_id(&id)?;
    let place = kept.place(&app, &shell, viewer.access.person, &id, &slug);
    if let Some((answer, opened)) = place
        .as_ref()
        .and_then(|place| kept.answer(&req, place, app.now()))
    {
        note_opened(&app, &req, Some(opened));
        return Ok(answer);
    }
    let person = viewer.access.person;
    let now = app.now();
    let asked = app.clone();
    let (read, about, mine) = block(move || -> Result<_, AppError> {
        let (app, actor) = (asked, viewer.actor());
        let read = pages::read(&app, &actor, &id)?;
        let about = intel::about_page(&app, &actor, read.page.row.id, REPORTS_MAX)?;
        let mine = mine::of_page(&app, &actor, &read)?;
        Ok((read, about, mine))
    })
    .await?;
    if let Some(answer) = led_on(&shell, &req, &read) {
        return Ok(answer);
    }
    if read.page.row.slug != slug {
        return Ok(moved(&canonical(&req, &read)));
    }
    let valid_until = read.valid_until;
    let opened = opened(&read, person, now);
    note_opened(&app, &req, opened.clone());
    let markup = views::page(&shell, &view(&shell, read, about, mine));
    Ok(match (place, opened) {
        (Some(place), Some(opened)) => kept.keep(&req, place, valid_until, opened, markup),
        _ => screen(markup),
    })
}

/// What somebody opens who gets a published text.
fn opened(read: &PageRead, person: PersonId, at: DateTime<Utc>) -> Option<Opened> {
    match &read.shown {
        Shown::Published(publication) | Shown::Version { publication, .. } => Some(Opened {
            person,
            page: read.page.row.id,
            revision: read.revision.id,
            number: publication.number,
            at,
        }),
        Shown::Change { .. } => None,
    }
}

/// Takes note of an open, unless a browser only fetches in advance or asks for the head.
fn note_opened(app: &App, req: &HttpRequest, opened: Option<Opened>) {
    let is_ahead = req
        .headers()
        .get("sec-purpose")
        .and_then(|purpose| purpose.to_str().ok())
        .is_some_and(|purpose| purpose.contains("prefetch"));
    if let Some(opened) = opened.filter(|_| !is_ahead && req.method() != Method::HEAD) {
        searches::opened(app, opened.person, Target::Page(opened.page));
        ledger::opened(app, opened);
    }
}

/// `GET /p/{id}/v/{number}`
pub async fn version(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    path: web::Path<(String, i64)>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (id, number) = path.into_inner();
    let id = public_id(&id)?;
    let (person, now, asked) = (viewer.access.person, app.now(), app.clone());
    let (read, mine) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let read = pages::read_version(&asked, &actor, &id, number)?;
        let mine = mine::of_page(&asked, &actor, &read)?;
        Ok((read, mine))
    })
    .await?;
    note_opened(&app, &req, opened(&read, person, now));
    Ok(screen(views::page(
        &shell,
        &view(&shell, read, About::default(), mine),
    )))
}

/// `GET /p/{id}/-/source`
pub async fn source(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let (read, text) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        Ok((
            pages::read(&app, &actor, &id)?,
            revisions::source(&app, &actor, &id, None)?,
        ))
    })
    .await?;
    Ok(screen(views::source(
        &shell,
        &read.content.title,
        &href(&read),
        &text,
    )))
}

/// Every address that is none of ours: perhaps one of a wiki that was imported. Who is not signed in is asked to be,
/// whatever the address.
pub async fn foreign(
    app: web::Data<App>,
    req: HttpRequest,
    viewer: Option<Viewer>,
) -> Result<HttpResponse, Error> {
    let asks = req.method().is_safe() && !crate::errors::wants_json(&req);
    let Some(viewer) = viewer.filter(|_| asks) else {
        return Err(Error::NotFound);
    };
    let path = req
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned();
    let found = block(move || redirects::target(&app, &viewer.actor(), &path)).await?;
    let target = found.ok_or(Error::NotFound)?;
    Ok(moved(&format!(
        "/p/{}/{}",
        target.public_id,
        escaped(&target.slug)
    )))
}

/// The readable address of a page.
pub fn href(read: &PageRead) -> String {
    format!("/p/{}/{}", read.page.row.public_id, read.page.row.slug)
}

fn view(shell: &Shell, mut read: PageRead, about: About, mine: Mine) -> PageView {
    let language = shell.language;
    let (shown, publication) = match &read.shown {
        Shown::Published(publication) => (views::Shown::Published, Some(publication)),
        Shown::Version { publication, newest } => (
            views::Shown::Old {
                newest: newest.as_ref().map(|newest| newest.number),
            },
            Some(publication),
        ),
        Shown::Change { change, author } => (
            views::Shown::Change {
                href: change_href(&read, change.id.0),
                author: author.name_in(language).to_owned(),
                at: read.revision.at,
            },
            None,
        ),
    };
    let publisher = Face::of(read.publisher.as_ref().unwrap_or(&read.author), language);
    let page_id = read.page.row.public_id.to_string();
    let since = mine.since.map(|since| {
        read.rendered = since.rendered;
        views::Since {
            number: since.number,
            at: since.at,
            reasons: since.reasons,
        }
    });
    PageView {
        mine: views::Mine {
            favourite: mine.favourite,
            watch: Some(super::watching::watch_view(
                shell,
                WatchKind::Page,
                read.page.row.public_id.as_str(),
                mine.watch,
            )),
            suggested: mine
                .suggested
                .iter()
                .map(|topic| (topic.kind, topic.name_in(language).to_owned(), topic.slug.clone()))
                .collect(),
            since,
        },
        shown,
        number: publication.map(|publication| publication.number),
        summary: publication
            .map_or(&read.revision.summary, |publication| &publication.reason)
            .clone(),
        published: publication.map(|publication| (publication.from_at, publisher)),
        space: (
            read.page.space.slug.clone(),
            read.page.space.name_in(language).to_owned(),
        ),
        kind: read.page.kind.name_in(language).to_owned(),
        title: read.content.title.clone(),
        language: read.page.row.language,
        key_message: read.content.key_message.clone(),
        headings: read.rendered.headings.clone(),
        badge: read.badge,
        owner: read.owner.as_ref().map(|owner| {
            (
                Face::of(owner, language),
                owner.title_in(language).to_owned(),
                format!("/people/{}", owner.id),
            )
        }),
        verified: read
            .verified
            .as_ref()
            .map(|(row, by)| (row.at, Face::of(by, language))),
        next_check: read.next_check,
        successor: read.successor.as_ref().map(|line| {
            (
                format!("/p/{}/{}", line.page.public_id, line.page.slug),
                line.title.clone(),
            )
        }),
        topics: read
            .topics
            .iter()
            .map(|topic| (topic.kind, topic.name_in(language).to_owned(), topic.slug.clone()))
            .collect(),
        audience: read.page.row.audience,
        fields: read
            .fields
            .iter()
            .map(|(field, value)| {
                let label = match language {
                    Language::He => &field.label_he,
                    Language::En => &field.label,
                };
                (label.clone(), value.clone())
            })
            .collect(),
        files: read
            .files
            .iter()
            .map(|file| Linked {
                href: format!("/f/{}", file.public_id),
                icon: "paperclip".into(),
                name: file.name.clone(),
                end: super::files::size(language, &file.media_type, file.size),
            })
            .collect(),
        backlinks: read
            .backlinks
            .iter()
            .map(|line| Linked {
                href: format!("/p/{}/{}", line.page.public_id, line.page.slug),
                icon: line.kind.icon.clone(),
                name: line.title.clone(),
                end: String::new(),
            })
            .collect(),
        pending: read
            .pending
            .iter()
            .map(|pending| Pending {
                href: change_href(&read, pending.change.id.0),
                author: pending.author.name_in(language).to_owned(),
                summary: pending.newest.summary.clone(),
                at: pending.newest.at,
            })
            .collect(),
        reports: about
            .iter()
            .map(|card| FieldSays {
                number: card.report.id.0,
                what: card.report.what.clone(),
                reporter: card
                    .reporter
                    .as_ref()
                    .map(|reporter| Face::of(reporter, language)),
                account: card.report.account.clone(),
                state: card.report.state,
                became: card.outcome().map(|citation| citation.number),
            })
            .collect(),
        may: May {
            edit: read.rights.propose,
            publish: read.rights.publish,
            verify: read.rights.verify,
            manage: read.rights.manage,
        },
        slug: read.page.row.slug.clone(),
        id: page_id,
        html: read.rendered.html,
    }
}

fn change_href(read: &PageRead, change: i64) -> String {
    format!("/p/{}/-/change/{change}", read.page.row.public_id)
}
