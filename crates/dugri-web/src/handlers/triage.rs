//! Triage: the queue, the board, and everything that is done to a report. After success elsewhere (303), with a sentence;
//! wrong fields come back beside the field (422); a wrong state is named (409).

use std::borrow::Cow;

use actix_web::{HttpResponse, web};
use dugri_app::intel::{self, QueueFilter};
use dugri_app::{Actor, App, Conflict, Error as AppError};
use dugri_core::intel::IntelState;
use dugri_core::{IntelId, PersonId};
use serde::Deserialize;

use super::intel::report_id;
use crate::answers::{form_again, screen};
use crate::bridge::block;
use crate::errors::{Error, Wrong};
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::uploads::Pairs;
use crate::views::intel::{self as views, Attempt, Place};
use crate::{attr, key, t};

/// The view, the chosen report, and the filter.
#[derive(Debug, Default, Deserialize)]
pub struct TriageQuery {
    #[serde(default)]
    view: String,
    at: Option<i64>,
    #[serde(default)]
    space: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    mine: String,
}

/// `GET /intel/triage`
pub async fn triage(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    query: web::Query<TriageQuery>,
) -> Result<HttpResponse, Error> {
    let query = query.into_inner();
    if query.view == "board" {
        let (board, place) = block(move || {
            let actor = viewer.actor();
            let place = place(&app, &actor, &query)?;
            Ok::<_, AppError>((intel::board(&app, &actor, &place.filter)?, place))
        })
        .await?;
        return Ok(screen(views::board(&shell, &board, &place)));
    }
    let (queue, place, open) = block(move || queue(&app, &viewer.actor(), &query)).await?;
    Ok(screen(views::queue(&shell, &queue, &place, open.as_ref(), None)))
}

/// The queue with the chosen report beside it, or else the first one.
fn queue(
    app: &App,
    actor: &Actor,
    query: &TriageQuery,
) -> Result<(intel::Queue, Place, Option<intel::Detail>), AppError> {
    let place = place(app, actor, query)?;
    let queue = intel::queue(app, actor, &place.filter)?;
    let first = || {
        queue
            .parts
            .iter()
            .flat_map(|(_, _, cards)| cards)
            .next()
            .map(|card| card.report.id)
    };
    let open = match query.at.map(IntelId).or_else(first) {
        Some(id) => Some(intel::detail(app, actor, id)?),
        None => None,
    };
    Ok((queue, place, open))
}

/// Reads the filter; a word that is not known filters nothing.
fn place(app: &App, actor: &Actor, query: &TriageQuery) -> Result<Place, AppError> {
    let space = if query.space.is_empty() {
        None
    } else {
        Some(dugri_app::spaces::find(app, actor, &query.space)?.id)
    };
    let filter = QueueFilter {
        space,
        subject: query.subject.parse().ok(),
        kind: query.kind.parse().ok(),
        topic: None,
        assignee: (!query.mine.is_empty()).then(|| actor.person()),
    };
    let pairs: Vec<(&str, &str)> = [
        ("space", query.space.as_str()),
        ("subject", &query.subject),
        ("kind", &query.kind),
        ("mine", &query.mine),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect();
    Ok(Place {
        filter,
        query: serde_urlencoded::to_string(pairs).map_err(AppError::internal)?,
        chosen: query.at.is_some(),
    })
}

/// What a step said, and where it leads if not back.
struct Done {
    said: Said,
    to: Option<String>,
}

/// The sentence of a step, in the reader's language only once it is known.
enum Said {
    Plain(&'static str),
    Named(&'static str, String),
}

impl From<&'static str> for Done {
    fn from(key: &'static str) -> Done {
        Done {
            said: Said::Plain(key),
            to: None,
        }
    }
}

type Posted = Form<Vec<(String, String)>>;

/// Makes the handler of a step: the name, the last part of its address, and what it does.
macro_rules! steps {
    ($($(#[$meta:meta])* $name:ident($verb:literal): |$app:ident, $actor:ident, $id:ident, $form:ident| $body:expr;)+) => {$(
        $(#[$meta])*
        pub async fn $name(
            app: web::Data<App>,
            viewer: Viewer,
            shell: Shell,
            number: web::Path<String>,
            form: Posted,
        ) -> Result<HttpResponse, Error> {
            fn step($app: &App, $actor: &Actor, $id: IntelId, $form: &Pairs) -> Result<Done, AppError> {
                $body
            }
            act(app, viewer, shell, &number, form, $verb, step).await
        }
    )+};
}

steps! {
    /// `POST /intel/{intel}/-/acknowledge`
    acknowledge("acknowledge"): |app, actor, id, _form| {
        intel::acknowledge(app, actor, id)?;
        Ok(key!("intel-done-acknowledge").into())
    };
    /// `POST /intel/{intel}/-/start`
    start("start"): |app, actor, id, _form| {
        intel::start_work(app, actor, id)?;
        Ok(key!("intel-done-start").into())
    };
    /// `POST /intel/{intel}/-/assign`
    assign("assign"): |app, actor, id, form| {
        let assignee = if form.is_on("me") {
            Some(actor.person())
        } else {
            form.get("assignee").parse().ok().map(PersonId)
        };
        intel::assign(app, actor, id, assignee)?;
        let detail = intel::detail(app, actor, id)?;
        Ok(match detail.card.assignee {
            Some(person) => Done {
                said: Said::Named(key!("intel-done-assign"), person.name_in(actor.language).to_owned()),
                to: None,
            },
            None => key!("intel-done-unassign").into(),
        })
    };
    /// `POST /intel/{intel}/-/link`
    link("link"): |app, actor, id, form| {
        let chosen = form.get("choose");
        let page = if chosen.is_empty() { page_in(form.get("page")) } else { chosen };
        let page = intel::link(app, actor, id, page)?;
        Ok(Done {
            said: Said::Named(key!("intel-done-link"), page_title(app, actor, id).unwrap_or_else(|| page.row.slug.clone())),
            to: None,
        })
    };
    /// `POST /intel/{intel}/-/edit`: the edit that will cite the report.
    edit("edit"): |app, actor, id, form| {
        let page = page_in(form.get("page"));
        // A closed report can be cited too; it is linked only while it is open.
        let open = !intel::detail(app, actor, id)?.card.report.state.is_closed();
        let page = if open {
            intel::link(app, actor, id, page)?.row.public_id.to_string()
        } else {
            intel::prefill(app, actor, page)?
                .page
                .map(|line| line.page.public_id.to_string())
                .ok_or(AppError::NotFound)?
        };
        Ok(Done {
            said: Said::Plain(""),
            to: Some(format!("/p/{page}/-/edit?cite={id}")),
        })
    };
    /// `POST /intel/{intel}/-/reply`
    reply("reply"): |app, actor, id, form| {
        intel::reply(app, actor, id, form.get("text"), client_id(form))?;
        Ok(key!("intel-done-reply").into())
    };
    /// `POST /intel/{intel}/-/note`
    note("note"): |app, actor, id, form| {
        intel::note(app, actor, id, form.get("text"), client_id(form))?;
        Ok(key!("intel-done-note").into())
    };
    /// `POST /intel/{intel}/-/answer`
    answer("answer"): |app, actor, id, form| {
        intel::answer(app, actor, id, form.get("text"))?;
        Ok(key!("intel-done-answer").into())
    };
    /// `POST /intel/{intel}/-/decline`
    decline("decline"): |app, actor, id, form| {
        intel::decline(app, actor, id, form.get("text"))?;
        Ok(key!("intel-done-decline").into())
    };
    /// `POST /intel/{intel}/-/move`
    move_to("move"): |app, actor, id, form| {
        let space = dugri_app::spaces::find(app, actor, form.get("space"))
            .map_err(|_| AppError::field("space", "intel-error-space"))?;
        intel::move_to(app, actor, id, space.id)?;
        Ok(key!("intel-done-move").into())
    };
    /// `POST /intel/{intel}/-/merge`: the chosen reports into this one, or this one into another.
    merge("merge"): |app, actor, id, form| {
        let into: Option<i64> = form.get("into").parse().ok();
        let (ids, into) = match into {
            Some(into) => (vec![id], IntelId(into)),
            None => (numbers(form), id),
        };
        intel::merge(app, actor, ids, into)?;
        Ok(Done {
            said: Said::Plain(key!("intel-done-merge")),
            to: Some(format!("/intel/triage?at={into}")),
        })
    };
    /// `POST /intel/{intel}/-/unmerge`
    unmerge("unmerge"): |app, actor, id, _form| {
        intel::unmerge(app, actor, id)?;
        Ok(key!("intel-done-unmerge").into())
    };
}

fn client_id(form: &Pairs) -> Option<&str> {
    Some(form.get("client_id")).filter(|id| !id.is_empty())
}

fn numbers(form: &Pairs) -> Vec<IntelId> {
    form.all("reports")
        .flat_map(|text| text.split([',', ' ', '#']))
        .filter_map(|number| number.parse().ok())
        .map(IntelId)
        .collect()
}

/// The id of a page in what was pasted: the id itself, or an address with `/p/ID` in it.
fn page_in(pasted: &str) -> &str {
    let pasted = pasted.trim();
    pasted.rsplit_once("/p/").map_or(pasted, |(_, rest)| {
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    })
}

fn page_title(app: &App, actor: &Actor, id: IntelId) -> Option<String> {
    Some(intel::detail(app, actor, id).ok()?.page?.title)
}

/// Does a step and answers.
async fn act(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    number: &str,
    form: Posted,
    verb: &'static str,
    step: fn(&App, &Actor, IntelId, &Pairs) -> Result<Done, AppError>,
) -> Result<HttpResponse, Error> {
    let id = report_id(number)?;
    let pairs = Pairs(form.0);
    let in_queue = pairs.get("from") == "triage";
    let typed = ["text", "page"]
        .map(|field| pairs.get(field))
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .to_owned();
    let again = (app.clone(), viewer.clone());
    let done = web::block(move || step(&app, &viewer.actor(), id, &pairs)).await;
    match done.map_err(|_| Error::Internal)? {
        Ok(done) => Ok(answer_done(&shell, id, in_queue, done)),
        Err(AppError::Invalid(fields)) => {
            let attempt = Attempt {
                verb,
                text: typed,
                wrong: fields.into_iter().map(Wrong::from).collect(),
            };
            let (app, viewer) = again;
            once_more(app, viewer, &shell, id, in_queue, &attempt).await
        }
        Err(AppError::Conflict(Conflict::State { state })) => Err(Error::Conflict {
            code: conflict_key(&state),
            body: Some(serde_json::json!({ "state": state })),
        }),
        Err(error) => Err(error.into()),
    }
}

fn answer_done(shell: &Shell, id: IntelId, in_queue: bool, done: Done) -> HttpResponse {
    let to = match (done.to, in_queue) {
        (Some(to), _) => to,
        (None, true) => format!("/intel/triage?at={id}"),
        (None, false) => format!("/intel/{id}"),
    };
    let said = match done.said {
        Said::Plain("") => return crate::answers::see_other(&to),
        Said::Plain(key) => t!(shell, key).to_owned(),
        Said::Named(key, name) if key == key!("intel-done-link") => attr!(shell, key, title = name),
        Said::Named(key, name) => attr!(shell, key, name = name),
    };
    see_other_saying(shell, &to, &said, false)
}

/// The same screen with what is wrong beside the field.
async fn once_more(
    app: web::Data<App>,
    viewer: Viewer,
    shell: &Shell,
    id: IntelId,
    in_queue: bool,
    attempt: &Attempt,
) -> Result<HttpResponse, Error> {
    if !in_queue {
        let detail = block(move || intel::detail(&app, &viewer.actor(), id)).await?;
        return Ok(form_again(views::detail(shell, &detail, Some(attempt))));
    }
    let query = TriageQuery {
        at: Some(id.0),
        ..TriageQuery::default()
    };
    let (queue, place, open) = block(move || queue(&app, &viewer.actor(), &query)).await?;
    Ok(form_again(views::queue(
        shell,
        &queue,
        &place,
        open.as_ref(),
        Some(attempt),
    )))
}

/// The sentence that names the state a report is in.
pub(crate) fn conflict_key(state: &str) -> Cow<'static, str> {
    let key = match state.parse() {
        Ok(IntelState::New) => key!("intel-conflict-new"),
        Ok(IntelState::Acknowledged) => key!("intel-conflict-acknowledged"),
        Ok(IntelState::InWork) => key!("intel-conflict-in-work"),
        Ok(IntelState::Published) => key!("intel-conflict-published"),
        Ok(IntelState::Answered) => key!("intel-conflict-answered"),
        Ok(IntelState::Declined) => key!("intel-conflict-declined"),
        Ok(IntelState::Merged) => key!("intel-conflict-merged"),
        Err(_) => key!("error-409-text"),
    };
    Cow::Borrowed(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_in_what_is_pasted() {
        for pasted in [
            "4kx7bc2m",
            " 4kx7bc2m ",
            "/p/4kx7bc2m/vectra",
            "https://wiki.example/p/4kx7bc2m/vectra?x=1#h-price",
            "https://wiki.example/p/4kx7bc2m",
        ] {
            assert_eq!(page_in(pasted), "4kx7bc2m", "{pasted}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let form = Pairs(vec![
            ("reports".into(), "#229, 214".into()),
            ("reports".into(), "7".into()),
            ("reports".into(), "x".into()),
        ]);
        assert_eq!(numbers(&form), [IntelId(229), IntelId(214), IntelId(7)]);
    }
}
