//! The field's reports: the form, the own reports, one report.

use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::files::Upload;
use dugri_app::intel::{self, MineFilter, Submission};
use dugri_app::searches::{self, Target};
use dugri_app::{App, Error as AppError};
use dugri_core::IntelId;
use serde::Deserialize;

use crate::answers::{form_again, screen, screen_once};
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::uploads::{self, FileField, Pairs};
use crate::views::intel as views;
use crate::{attr, t};

/// What the address of the form carries along.
#[derive(Debug, Default, Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    page: String,
    /// The number of the revision.
    #[serde(default, alias = "v")]
    revision: String,
    #[serde(default)]
    section: String,
    /// The words of the page.
    #[serde(default)]
    quote: String,
    /// What happened, from a link that knows it already.
    #[serde(default)]
    what: String,
}

/// Which of the own reports.
#[derive(Debug, Default, Deserialize)]
pub struct MineQuery {
    #[serde(default)]
    show: String,
    before: Option<i64>,
}

/// `GET /intel/new`
pub async fn new(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    query: web::Query<NewQuery>,
) -> Result<HttpResponse, Error> {
    let query = query.into_inner();
    let typed = Submission {
        client_id: Some(uuid::Uuid::new_v4().to_string()),
        what: query.what,
        page: query.page,
        revision: query.revision.trim_start_matches('v').parse().ok(),
        section: query.section,
        passage: query.quote,
        ..Submission::default()
    };
    let page = typed.page.clone();
    let known = block(move || intel::prefill(&app, &viewer.actor(), &page)).await?;
    // Each form has an id of its own: it is never given out twice.
    Ok(screen_once(views::form(&shell, &typed, known.page.as_ref(), &[])))
}

/// `POST /intel`
pub async fn submit(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let (pairs, file) = uploads::read(&req, payload, app.config().file_bytes_max).await?;
    let typed = submission(&pairs);
    let again = typed.clone();
    let done = web::block(move || send(&app, &viewer, typed, file)).await;
    match done.map_err(|_| Error::Internal)? {
        Ok(Sent { id, topics, file }) => {
            let number = format!("#{id}");
            let mut said = if topics.is_empty() {
                attr!(&shell, "intel-sent", number = number)
            } else {
                attr!(&shell, "intel-sent-topics", number = number, topics = topics)
            };
            if let Some(wrong) = &file {
                said = format!("{said} {}", wrong.sentence(&shell));
            }
            Ok(see_other_saying(
                &shell,
                &format!("/intel/{id}"),
                &said,
                file.is_some(),
            ))
        }
        Err(failed) => {
            let (error, known) = *failed;
            let AppError::Invalid(fields) = error else {
                return Err(error.into());
            };
            let wrong: Vec<Wrong> = fields.into_iter().map(Wrong::from).collect();
            Ok(form_again(views::form(
                &shell,
                &again,
                known.page.as_ref(),
                &wrong,
            )))
        }
    }
}

/// A report that was sent.
struct Sent {
    id: IntelId,
    /// The topics found in it.
    topics: String,
    /// Why its file was not taken. The report is in all the same.
    file: Option<Wrong>,
}

fn send(
    app: &App,
    viewer: &Viewer,
    typed: Submission,
    file: Option<FileField>,
) -> Result<Sent, Box<(AppError, intel::Prefill)>> {
    let actor = viewer.actor();
    let (page, client_id) = (typed.page.clone(), typed.client_id.clone());
    let sent = intel::submit(app, &actor, typed).map_err(|error| {
        // For the form, should it be shown again.
        let known = intel::prefill(app, &actor, &page).unwrap_or_default();
        Box::new((error, known))
    })?;
    let file = file.and_then(|file| {
        let upload = Upload {
            name: file.name,
            bytes: file.bytes,
            client_id,
        };
        match intel::attach(app, &actor, sent.id, upload) {
            Ok(_) => None,
            Err(AppError::Invalid(fields)) => fields.into_iter().next().map(Wrong::from),
            Err(error) => {
                tracing::warn!(%error, report = %sent.id, "a file of a report was not taken");
                Some(Wrong::new("file", "intel-error-file"))
            }
        }
    });
    let topics = intel::detail(app, &actor, sent.id)
        .map(|detail| {
            let names: Vec<_> = detail
                .card
                .topics
                .iter()
                .map(|topic| topic.name_in(actor.language))
                .collect();
            names.join(", ")
        })
        .unwrap_or_default();
    Ok(Sent {
        id: sent.id,
        topics,
        file,
    })
}

fn submission(pairs: &Pairs) -> Submission {
    let owned = |name: &str| pairs.get(name).to_owned();
    Submission {
        client_id: Some(owned("client_id")).filter(|id| !id.is_empty()),
        what: owned("what"),
        subject: owned("subject"),
        certainty: owned("certainty"),
        kind: owned("kind"),
        channel: owned("channel"),
        account: owned("account"),
        quote: owned("quote"),
        urgent: pairs.is_on("urgent"),
        confidential: pairs.is_on("confidential"),
        page: owned("page"),
        revision: pairs.get("revision").parse().ok(),
        section: owned("section"),
        passage: owned("passage"),
    }
}

/// `GET /intel/mine`
pub async fn mine(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    query: web::Query<MineQuery>,
) -> Result<HttpResponse, Error> {
    let filter = match query.show.as_str() {
        "waiting" => MineFilter::Waiting,
        "published" => MineFilter::Published,
        _ => MineFilter::All,
    };
    let before = query.before.map(IntelId);
    let mine = block(move || intel::mine(&app, &viewer.actor(), filter, before)).await?;
    Ok(screen(views::mine(&shell, &mine, filter)))
}

/// `GET /intel/{intel}`
pub async fn show(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    number: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    let (owned, person) = (app.clone(), viewer.access.person);
    let detail = block(move || intel::detail(&owned, &viewer.actor(), id)).await?;
    searches::opened(&app, person, Target::Intel(id));
    Ok(screen(views::detail(&shell, &detail, None)))
}

/// `POST /intel/{intel}/-/files`
pub async fn add_file(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    number: web::Path<String>,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    let (_, file) = uploads::read(&req, payload, app.config().file_bytes_max).await?;
    let (name, bytes) = file.map(|file| (file.name, file.bytes)).unwrap_or_default();
    let upload = Upload {
        name,
        bytes,
        client_id: None,
    };
    let to = format!("/intel/{id}");
    match web::block(move || intel::attach(&app, &viewer.actor(), id, upload))
        .await
        .map_err(|_| Error::Internal)?
    {
        Ok(file) => {
            let said = attr!(&shell, "intel-done-file", name = file.name);
            Ok(see_other_saying(&shell, &to, &said, false))
        }
        Err(AppError::Invalid(fields)) => {
            let said: Vec<String> = fields
                .into_iter()
                .map(|field| Wrong::from(field).sentence(&shell))
                .collect();
            Ok(see_other_saying(&shell, &to, &said.join(" "), true))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /intel/{intel}/-/seen`
pub async fn seen(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    number: web::Path<String>,
    form: crate::forms::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let id = report_id(&number)?;
    let pairs = Pairs(form.0);
    block(move || intel::mark_seen(&app, &viewer.actor(), id)).await?;
    let to = match pairs.get("from") {
        // A script that tells it by itself: nothing is to be shown.
        "script" => return Ok(HttpResponse::NoContent().finish()),
        "mine" => "/intel/mine".to_owned(),
        _ => format!("/intel/{id}"),
    };
    Ok(see_other_saying(
        &shell,
        &to,
        t!(&shell, "intel-seen-done"),
        false,
    ))
}

/// The number in an address; what can't be one does not exist.
pub(crate) fn report_id(text: &str) -> Result<IntelId, Error> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(IntelId(number)),
        _ => Err(Error::NotFound),
    }
}
