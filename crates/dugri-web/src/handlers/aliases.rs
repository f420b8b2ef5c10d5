//! Words that mean the same to search.

use actix_web::{HttpResponse, web};
use dugri_app::{App, aliases};
use dugri_core::AliasId;
use dugri_text::links::fold_title;
use serde::Deserialize;

use crate::answers::{form_again, screen};
use crate::bridge::{block, run};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::forms::Form;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::t;
use crate::views::aliases::{self as views, AliasesView, TopicLine};

/// What is looked for in the table.
#[derive(Debug, Default, Deserialize)]
pub struct Find {
    #[serde(default)]
    find: String,
    /// The words of a new group to begin with: a search that found nothing.
    #[serde(default)]
    words: String,
}

/// `GET /aliases`
pub async fn list(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    asked: web::Query<Find>,
) -> Result<HttpResponse, Error> {
    let Find { find, words } = asked.into_inner();
    let view = AliasesView {
        words,
        ..view(&app, &viewer, &shell, find).await?
    };
    Ok(screen(views::aliases(&shell, &view)))
}

/// A group as it was typed.
#[derive(Debug, Deserialize)]
pub struct AliasForm {
    #[serde(default)]
    words: String,
}

impl AliasForm {
    /// One word or name a line; on a single line, between commas. A name of several lines may have a comma in it.
    fn read(&self) -> Vec<String> {
        let text = self.words.trim();
        let between = if text.contains('\n') { '\n' } else { ',' };
        text.split(between)
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    }
}

/// `POST /aliases`
pub async fn add(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<AliasForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let (owned, actor, words) = (app.clone(), viewer.actor(), form.read());
    match run(move || aliases::add(&owned, &actor, &words)).await? {
        Ok(_) => Ok(done(&shell, t!(&shell, "alias-kept"))),
        Err(wrong) => {
            let view = AliasesView {
                words: form.words,
                wrong,
                ..view(&app, &viewer, &shell, String::new()).await?
            };
            Ok(form_again(views::aliases(&shell, &view)))
        }
    }
}

/// `POST /aliases/preview`: nothing is kept.
pub async fn preview(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    form: Form<AliasForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let (owned, actor, words) = (app.clone(), viewer.actor(), form.read());
    let tried = run(move || aliases::preview(&owned, &actor, &words)).await?;
    let view = AliasesView {
        words: form.words,
        ..view(&app, &viewer, &shell, String::new()).await?
    };
    Ok(match tried {
        Ok(tried) => screen(views::aliases(
            &shell,
            &AliasesView {
                tried: Some(tried),
                ..view
            },
        )),
        Err(wrong) => form_again(views::aliases(&shell, &AliasesView { wrong, ..view })),
    })
}

/// `POST /aliases/{alias}`
pub async fn change(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    alias: web::Path<i64>,
    form: Form<AliasForm>,
) -> Result<HttpResponse, Error> {
    let Form(form) = form;
    let id = AliasId(alias.into_inner());
    let (owned, actor, words) = (app.clone(), viewer.actor(), form.read());
    match run(move || aliases::change(&owned, &actor, id, &words)).await? {
        Ok(()) => Ok(done(&shell, t!(&shell, "alias-kept"))),
        Err(wrong) => {
            let view = AliasesView {
                changed: Some((id.0, form.words)),
                wrong,
                ..view(&app, &viewer, &shell, String::new()).await?
            };
            Ok(form_again(views::aliases(&shell, &view)))
        }
    }
}

/// `POST /aliases/{alias}/remove`
pub async fn remove(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    alias: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    let id = AliasId(alias.into_inner());
    block(move || aliases::remove(&app, &viewer.actor(), id)).await?;
    Ok(done(&shell, t!(&shell, "alias-removed")))
}

fn done(shell: &Shell, said: &str) -> HttpResponse {
    see_other_saying(shell, "/aliases", said, false)
}

async fn view(
    app: &web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    find: String,
) -> Result<AliasesView, Error> {
    let (app, actor) = (app.clone(), viewer.actor());
    let table = block(move || aliases::table(&app, &actor)).await?;
    let wanted = fold_title(&find);
    let fits = |words: &[String]| words.iter().any(|word| fold_title(word).contains(&wanted));
    Ok(AliasesView {
        groups: table
            .groups
            .into_iter()
            .filter(|row| fits(&row.words))
            .map(|row| (row.id.0, row.words))
            .collect(),
        topics: table
            .topics
            .into_iter()
            .filter(|(_, names)| fits(names))
            .map(|(topic, names)| TopicLine {
                name: topic.name_in(shell.language).to_owned(),
                slug: topic.slug,
                kind: topic.kind,
                names,
            })
            .collect(),
        find,
        ..AliasesView::default()
    })
}
