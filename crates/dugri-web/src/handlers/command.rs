//! The command menu (Ctrl-K): pages, people and what one can do, filled by the server while somebody types; and the list
//! of the keys.

use actix_web::{HttpResponse, web};
use dugri_app::search::{self, Item, Question};
use dugri_app::{App, Error as AppError, complete};
use serde::Deserialize;

use crate::answers::screen;
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::command::{self as views, Line, Menu};

/// Pages, and people, that the menu shows.
const PAGES: usize = 6;
const PEOPLE: usize = 4;
/// The longest words that are looked at, in characters.
const WORDS_CHARS_MAX: usize = 200;

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct MenuQuery {
    #[serde(default)]
    q: String,
}

/// `GET /menu`
pub async fn menu(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    query: web::Query<MenuQuery>,
) -> Result<HttpResponse, Error> {
    let words: String = query.q.trim().chars().take(WORDS_CHARS_MAX).collect();
    // Nothing typed: what the person keeps at hand.
    let mut pages: Vec<Line> = shell
        .favourites
        .iter()
        .take(PAGES)
        .map(|page| Line {
            href: page.href.clone(),
            icon: page.icon.clone(),
            text: page.title.clone(),
            detail: String::new(),
        })
        .collect();
    let mut people = Vec::new();
    if !words.is_empty() && !shell.may().submit_only {
        let (language, typed) = (shell.language, words.clone());
        (pages, people) = block(move || {
            let actor = viewer.actor();
            let question = Question {
                text: typed.clone(),
                limit: PAGES,
                typing: true,
                ..Question::default()
            };
            let found = search::find(&app, &actor, &question)?;
            let pages: Vec<Line> = found
                .answers
                .into_iter()
                .filter_map(|answer| line(answer.item, language))
                .collect();
            let people = complete::people(&app, &actor, &typed)?
                .into_iter()
                .take(PEOPLE)
                .map(|person| Line {
                    href: format!("/people/{}", person.id),
                    icon: "user".to_owned(),
                    text: person.name_in(language).to_owned(),
                    detail: person.title_in(language).to_owned(),
                })
                .collect::<Vec<_>>();
            Ok::<_, AppError>((pages, people))
        })
        .await?;
    }
    Ok(screen(views::menu(&shell, &Menu { words, pages, people })))
}

fn line(item: Item, language: dugri_core::Language) -> Option<Line> {
    match item {
        Item::Page(listed) => Some(Line {
            href: format!("/p/{}/{}", listed.line.page.public_id, listed.line.page.slug),
            icon: listed.line.kind.icon.clone(),
            text: listed.line.title.clone(),
            detail: listed.line.space.name_in(language).to_owned(),
        }),
        Item::Draft(draft) => Some(Line {
            href: format!("/p/{}/{}", draft.page.public_id, draft.page.slug),
            icon: draft.kind.icon.clone(),
            text: draft.title.clone(),
            detail: draft.space.name_in(language).to_owned(),
        }),
        Item::Intel(_) => None,
    }
}

/// `GET /keys`
pub async fn keys(shell: Shell) -> Result<HttpResponse, Error> {
    Ok(screen(views::keys(&shell)))
}
