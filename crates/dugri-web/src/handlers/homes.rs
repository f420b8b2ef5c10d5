//! The two homes, and the way from one to the other.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use dugri_app::homes::{self, Home, News};
use dugri_app::intel::{Card, MineFilter, QueueFilter};
use dugri_app::pages::Listed;
use dugri_app::{Actor, App, Error as AppError, intel};
use dugri_core::Role;
use dugri_core::currency::Badge;
use dugri_core::homes::HomeView;
use dugri_core::intel::IntelState;
use serde::Deserialize;

use crate::answers::{screen, see_other};
use crate::bridge::block;
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::handlers::lists::page_row;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::homes::{self as views, Card as PageCard, NewsRow, ReportRow, VerifyRow};
use crate::views::lists::{PageRow, Sla};
use crate::views::parts::Face;
use crate::views::texts::{TroubleRow, text_key};

/// Reports in a panel.
const PANEL_MAX: usize = 4;
/// Pages to check on home.
const VERIFY_MAX: usize = 8;

/// `GET /`. Who may only report has no home but the own reports.
pub async fn home(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    if viewer.access.submit_only() {
        return Ok(see_other("/intel/mine"));
    }
    let actor = viewer.actor();
    let triages = shell.may().triages;
    let (home, mine, waiting) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let home = homes::home(&app, &actor)?;
        let mine = intel::mine(&app, &actor, MineFilter::All, None)?;
        let waiting = if triages {
            new_reports(&app, &actor)?
        } else {
            Vec::new()
        };
        Ok((home, mine, waiting))
    })
    .await?;
    let now = shell.clock.now;
    let reports = |cards: &[Card]| {
        cards
            .iter()
            .take(PANEL_MAX)
            .map(|card| report_row(&shell, card, now))
            .collect::<Vec<_>>()
    };
    let own: Vec<Card> = mine.unread.into_iter().chain(mine.others).collect();
    let view = view(&shell, &actor, &home, reports(&own), reports(&waiting));
    Ok(screen(views::home(&shell, &view)))
}

fn view(
    shell: &Shell,
    actor: &Actor,
    home: &Home,
    mine: Vec<ReportRow>,
    triage: Vec<ReportRow>,
) -> views::Home {
    let row = |listed: &Listed| page_row(shell, listed, &home.names);
    let news = |all: &[News]| all.iter().map(|one| news_row(shell, one, home)).collect();
    let may = shell.may();
    views::Home {
        view: home.view,
        switch: may.writes || may.triages,
        since: home.since,
        must_know: news(&home.must_know),
        changed: news(&home.changed),
        more: home.more,
        latest: home.latest.iter().map(row).collect(),
        favourites: home
            .favourites
            .iter()
            .map(|listed| PageCard {
                kind: listed.line.kind.name_in(shell.language).to_owned(),
                page: row(listed),
            })
            .collect(),
        verify: home
            .verify
            .iter()
            .take(VERIFY_MAX)
            .map(|listed| VerifyRow {
                verify: actor
                    .access
                    .has(listed.line.space.id, Role::Publisher)
                    .then(|| format!("/p/{}/-/verify", listed.line.page.public_id)),
                page: PageRow {
                    at: listed.next_check.unwrap_or(listed.line.publication.from_at),
                    ..row(listed)
                },
            })
            .collect(),
        verify_total: home.verify.len(),
        reviews: home
            .reviews
            .iter()
            .map(|review| PageRow {
                href: format!("/p/{}/-/change/{}", review.line.page.public_id, review.change),
                icon: review.line.kind.icon.clone(),
                title: review.line.title.clone(),
                language: review.line.page.language,
                badge: Badge::Current,
                in_review: true,
                summary: review.summary.clone(),
                author: review
                    .author
                    .as_ref()
                    .map(|name| name.name_in(shell.language).to_owned())
                    .unwrap_or_default(),
                number: None,
                at: review.at,
            })
            .collect(),
        gaps: home.gaps.iter().map(|gap| super::gaps::row(shell, gap)).collect(),
        troubles: home
            .troubles
            .iter()
            .filter_map(|trouble| {
                Some(TroubleRow {
                    href: format!("/p/{}/-/files", trouble.line.page.public_id),
                    name: trouble.file.name.clone(),
                    page: trouble.line.title.clone(),
                    key: text_key(trouble.state, false)?,
                })
            })
            .collect(),
        drafts: home
            .drafts
            .iter()
            .map(|draft| PageRow {
                href: format!("/p/{}/{}", draft.page.public_id, draft.page.slug),
                icon: draft.kind.icon.clone(),
                title: draft.title.clone(),
                language: draft.page.language,
                badge: Badge::Draft,
                in_review: false,
                summary: String::new(),
                author: String::new(),
                number: None,
                at: draft.page.created_at,
            })
            .collect(),
        mine,
        triage,
    }
}

/// Something that happened to a page, as a row.
fn news_row(shell: &Shell, news: &News, home: &Home) -> NewsRow {
    match news {
        News::Published(listed, cited) => NewsRow {
            page: page_row(shell, listed, &home.names),
            own_report: cited.own.map(|id| id.0),
            reports: cited.reports,
        },
        News::Replaced {
            listed,
            successor,
            at,
            by,
        } => {
            let by = by.and_then(|id| home.names.get(&id));
            NewsRow {
                page: PageRow {
                    at: *at,
                    number: None,
                    author: by
                        .map(|name| name.name_in(shell.language).to_owned())
                        .unwrap_or_default(),
                    summary: match successor {
                        Some(line) => t!(shell, "home-replaced-by", title = line.title.as_str()),
                        None => t!(shell, "home-replaced").to_owned(),
                    },
                    ..page_row(shell, listed, &home.names)
                },
                own_report: None,
                reports: 0,
            }
        }
    }
}

fn new_reports(app: &App, actor: &Actor) -> Result<Vec<Card>, AppError> {
    let queue = intel::queue(app, actor, &QueueFilter::default())?;
    Ok(queue
        .parts
        .into_iter()
        .find(|(state, ..)| *state == IntelState::New)
        .map(|(_, _, cards)| cards)
        .unwrap_or_default())
}

fn report_row(shell: &Shell, card: &Card, now: DateTime<Utc>) -> ReportRow {
    let report = &card.report;
    let reporter = card
        .reporter
        .as_ref()
        .map(|person| Face::of(person, shell.language));
    ReportRow {
        number: report.id.0,
        what: report.what.lines().next().unwrap_or_default().to_owned(),
        reporter,
        at: report.at,
        state: report.state,
        clock: card.clock.map(|clock| Sla {
            minutes: (clock.due - now).num_minutes(),
            soon: clock.soon,
        }),
    }
}

/// Which home.
#[derive(Debug, Deserialize)]
pub struct Choice {
    #[serde(default)]
    view: String,
}

/// `POST /home`: shows the other home from now on.
pub async fn choose(app: web::Data<App>, viewer: Viewer, form: Form<Choice>) -> Result<HttpResponse, Error> {
    if let Ok(view) = form.0.view.parse::<HomeView>() {
        block(move || homes::choose(&app, &viewer.actor(), view)).await?;
    }
    Ok(see_other("/"))
}

/// `POST /home/read`: all changes are read.
pub async fn catch_up(app: web::Data<App>, viewer: Viewer, shell: Shell) -> Result<HttpResponse, Error> {
    block(move || homes::catch_up(&app, &viewer.actor())).await?;
    Ok(see_other_saying(&shell, "/", t!(&shell, "home-all-read"), false))
}
