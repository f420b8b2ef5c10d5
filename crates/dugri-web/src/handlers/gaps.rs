//! Gaps: what is searched for in vain. Everybody can ask marketing; those who keep topics see all gaps and decide them.

use actix_web::{HttpResponse, web};
use dugri_app::gaps::{self, Gap, Period, Report, STEPS};
use dugri_app::pages::steps::Named;
use dugri_app::{Actor, App, Error as AppError};
use dugri_core::GapId;
use dugri_core::gaps::GapState;
use serde::Deserialize;

use crate::answers::{form_again, screen, see_other};
use crate::bridge::{block, run};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::gaps::{self as views, Asked, GapsView, Row, Typed};
use crate::views::parts::{Face, search_for};

/// Which gaps are shown.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    days: i64,
    #[serde(default)]
    show: String,
}

impl Which {
    fn period(&self) -> Period {
        match Period::DAYS.contains(&self.days) {
            true => Period { days: self.days },
            false => Period::default(),
        }
    }
}

/// `GET /gaps`
pub async fn list(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    which: web::Query<Which>,
) -> Result<HttpResponse, Error> {
    let view = view(app, &viewer, &shell, &which).await?;
    Ok(screen(views::gaps(&shell, &view)))
}

async fn view(app: web::Data<App>, viewer: &Viewer, shell: &Shell, which: &Which) -> Result<GapsView, Error> {
    let (actor, period) = (viewer.actor(), which.period());
    let report = block(move || gaps::report(&app, &actor, period)).await?;
    let shows_decided = which.show == "decided";
    let Report {
        answers,
        open,
        decided,
    } = report;
    Ok(GapsView {
        days: period.days,
        choices: Period::DAYS.to_vec(),
        counts: (open.len(), decided.len()),
        rows: if shows_decided { &decided } else { &open }
            .iter()
            .map(|gap| row(shell, gap))
            .collect(),
        shows_decided,
        steps: STEPS
            .iter()
            .map(|seconds| Some(*seconds))
            .chain([None])
            .zip(answers.steps.iter().copied())
            .collect(),
        answers,
        typed: Typed::default(),
        wrong: Vec::new(),
    })
}

/// A gap as the list and home show it.
pub(super) fn row(shell: &Shell, gap: &Gap) -> Row {
    let language = shell.language;
    let page = |named: &Named| {
        let href = format!("/p/{}/{}", named.id, named.slug);
        (named.id.to_string(), href, named.title.clone())
    };
    Row {
        id: gap.row.as_ref().map(|row| row.id.0),
        state: gap.row.as_ref().map_or(GapState::Open, |row| row.state),
        reason: gap.row.as_ref().map(|row| row.reason.clone()).unwrap_or_default(),
        decided_at: gap.row.as_ref().map(|row| row.at),
        words: gap.words.clone(),
        spellings: gap.spellings.clone(),
        without_result: gap.without_result,
        without_click: gap.without_click,
        people: gap.people,
        before: gap.before,
        last_at: gap.last_at,
        again: gap.again,
        askers: gap
            .askers
            .iter()
            .map(|asker| Asked {
                face: asker
                    .person
                    .as_ref()
                    .map(|person| Face::of(person, language))
                    .unwrap_or_default(),
                note: asker.note.clone(),
                at: asker.at,
            })
            .collect(),
        then: gap.then.as_ref().map(page),
        page: gap.page.as_ref().map(page),
    }
}

/// What is asked for, or decided.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GapForm {
    #[serde(default)]
    words: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    meaning: String,
}

/// `POST /gaps/ask`: whoever found nothing asks marketing.
pub async fn ask(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<GapForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let (actor, words) = (viewer.actor(), form.words.clone());
    block(move || gaps::ask(&app, &actor, &form.words, &form.note)).await?;
    Ok(see_other_saying(
        &shell,
        &search_for(&words),
        t!(&shell, "gap-asked-said"),
        false,
    ))
}

/// `POST /gaps/decline`
pub async fn decline(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<GapForm>,
) -> Result<HttpResponse, Error> {
    decide(app, viewer, shell, form, |app, actor, form| {
        gaps::decline(app, actor, &form.words, &form.reason)
    })
    .await
}

/// `POST /gaps/redirect`: its words lead to a page that is there.
pub async fn redirect(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<GapForm>,
) -> Result<HttpResponse, Error> {
    decide(app, viewer, shell, form, |app, actor, form| {
        gaps::redirect(app, actor, &form.words, &form.page)
    })
    .await
}

/// `POST /gaps/alias`: its words mean the same as others.
pub async fn alias(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<GapForm>,
) -> Result<HttpResponse, Error> {
    decide(app, viewer, shell, form, |app, actor, form| {
        gaps::alias(app, actor, &form.words, &form.meaning)
    })
    .await
}

/// Does it, or shows the list with what was typed and what is wrong with it.
async fn decide(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<GapForm>,
    how: fn(&App, &Actor, &GapForm) -> Result<GapId, AppError>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let (owned, actor, asked) = (app.clone(), viewer.actor(), form.clone());
    match run(move || how(&owned, &actor, &asked)).await? {
        Ok(_) => Ok(see_other_saying(
            &shell,
            "/gaps",
            t!(&shell, "gap-decided"),
            false,
        )),
        Err(wrong) => {
            let typed = Typed {
                words: form.words,
                reason: form.reason,
                page: form.page,
                meaning: form.meaning,
            };
            let view = view(app, &viewer, &shell, &Which::default()).await?;
            Ok(form_again(views::gaps(
                &shell,
                &GapsView { typed, wrong, ..view },
            )))
        }
    }
}

/// `POST /gaps/{gap}/take-back`
pub async fn take_back(
    app: web::Data<App>,
    viewer: Viewer,
    gap: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let gap = GapId(gap.into_inner());
    block(move || gaps::take_back(&app, &viewer.actor(), gap)).await?;
    Ok(see_other("/gaps"))
}
