//! The audit, for site admins: what happened, by whom, and the same as a table to take away.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use chrono::{NaiveDate, TimeDelta};
use dugri_app::audit::{self, About, AuditFilter};
use dugri_app::people;
use dugri_app::{App, Error as AppError};
use dugri_core::{EventId, PersonId};
use serde::Deserialize;

use crate::answers::screen;
use crate::bridge::block;
use crate::dates::Clock;
use crate::errors::Error;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::views::audit::{self as views, AuditView};

/// Events on a screen.
const PAGE: i64 = 100;

/// What is asked, as it stands in the address. What can't be read asks nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct AuditQuery {
    /// The key of a person.
    #[serde(default)]
    pub who: String,
    /// What about.
    #[serde(default)]
    pub about: String,
    /// The first day.
    #[serde(default)]
    pub from: String,
    /// The last day.
    #[serde(default)]
    pub until: String,
    /// Before this event.
    #[serde(default)]
    pub before: String,
}

impl AuditQuery {
    fn filter(&self, clock: Clock) -> AuditFilter {
        let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
        AuditFilter {
            actor: self.who.parse().ok().map(PersonId),
            about: self.about.parse::<About>().ok(),
            from: day(&self.from).map(|day| clock.start_of(day)),
            until: day(&self.until).map(|day| clock.start_of(day + TimeDelta::days(1))),
            before: self.before.parse().ok().map(EventId),
        }
    }

    /// The same question as an address ends with it, from another place on.
    fn with_before(&self, before: &str) -> String {
        let pairs = [
            ("who", self.who.as_str()),
            ("about", &self.about),
            ("from", &self.from),
            ("until", &self.until),
            ("before", before),
        ];
        let asked: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        serde_urlencoded::to_string(asked).unwrap_or_default()
    }
}

/// `GET /people/audit`
pub async fn list(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    query: web::Query<AuditQuery>,
) -> Result<HttpResponse, Error> {
    let query = query.into_inner();
    let (actor, filter) = (admin.actor(), query.filter(shell.clock));
    let (found, people) = block(move || {
        Ok::<_, AppError>((
            audit::list(&app, &actor, &filter, PAGE)?,
            people::list(&app, &actor)?,
        ))
    })
    .await?;
    let last = found.entries.last().filter(|_| found.more);
    let view = AuditView {
        older: last.map(|last| format!("/people/audit?{}", query.with_before(&last.id.to_string()))),
        csv: format!("/people/audit.csv?{}", query.with_before("")),
        people: people
            .into_iter()
            .map(|line| {
                (
                    line.person.id.to_string(),
                    line.person.name_in(shell.language).to_owned(),
                )
            })
            .collect(),
        query,
        audit: found,
    };
    Ok(screen(views::audit(&shell, &view)))
}

/// `GET /people/audit.csv`
pub async fn export(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    query: web::Query<AuditQuery>,
) -> Result<HttpResponse, Error> {
    let filter = query.filter(shell.clock);
    let bytes = block(move || audit::export(&app, &admin.actor(), &filter)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"dugri-audit.csv\""))
        .body(bytes))
}
