//! Search: the page of results, and the panel under the field while somebody types.

mod facets;

use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::search::{Answer, Answers, FactorOf, How, Item, LIMIT_MAX, Question, Why};
use dugri_app::{App, Error as AppError, gaps, homes, pages, searches, watching};
use dugri_core::currency::Badge;
use dugri_core::searches::SearchSource;
use dugri_core::watching::WatchKind;
use dugri_core::{IntelId, Language};

use crate::answers::screen;
use crate::bridge::block;
use crate::errors::Error;
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::search::{self as views, Hit, HitState, Marked, NamedLine, Results};
use crate::views::texts::InFile;
use crate::{attr, t};

/// Hits on a page of results.
const PAGE: usize = 20;
/// Hits in the panel.
const PANEL: usize = 7;
/// How far one can page: nobody reads further, and the index counts from the beginning each time.
const DEPTH_MAX: usize = 500;
/// The longest question that is looked at.
const WORDS_BYTES_MAX: usize = 1_000;

/// What the address asks for; several values of one name are alternatives.
#[derive(Debug, Default)]
struct Asked {
    words: String,
    kinds: Vec<String>,
    topics: Vec<String>,
    languages: Vec<Language>,
    states: Vec<String>,
    from: usize,
    explain: bool,
}

impl Asked {
    fn read(query: &str) -> Asked {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let mut asked = Asked::default();
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            match name.as_str() {
                "q" => asked.words = cut(value),
                "kind" => asked.kinds.push(value),
                "topic" => asked.topics.push(value),
                "language" => asked.languages.extend(value.parse::<Language>().ok()),
                "state" => asked.states.push(value),
                "explain" => asked.explain = value == "1",
                "from" => asked.from = value.parse().unwrap_or(0).min(DEPTH_MAX),
                _ => {}
            }
        }
        asked
    }

    fn question(&self, limit: usize, typing: bool) -> Question {
        let mut question = Question {
            text: self.words.clone(),
            limit,
            offset: self.from,
            typing,
            explain: self.explain,
            ..Question::default()
        };
        question.filters.kinds = self.kinds.clone();
        question.filters.topics = self.topics.clone();
        question.filters.languages = self.languages.clone();
        question.filters.states = self.states.clone();
        question
    }

    /// The address of the hits from `from` on.
    fn href(&self, from: usize) -> String {
        let mut pairs = vec![("q", self.words.clone())];
        pairs.extend(self.kinds.iter().map(|v| ("kind", v.clone())));
        pairs.extend(self.topics.iter().map(|v| ("topic", v.clone())));
        pairs.extend(self.languages.iter().map(|v| ("language", v.to_string())));
        pairs.extend(self.states.iter().map(|v| ("state", v.clone())));
        pairs.push(("from", from.to_string()));
        format!(
            "/search?{}",
            serde_urlencoded::to_string(pairs).unwrap_or_default()
        )
    }
}

fn cut(mut words: String) -> String {
    let mut end = WORDS_BYTES_MAX.min(words.len());
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words.truncate(end);
    words
}

/// `GET /search`
pub async fn results(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let asked = Asked::read(req.query_string());
    let spaces = shell
        .spaces
        .iter()
        .map(|s| (format!("/s/{}", s.slug), s.name.clone(), s.icon.clone()))
        .collect();
    if asked.words.trim().is_empty() {
        return Ok(screen(views::results(
            &shell,
            &Results {
                spaces,
                ..Results::default()
            },
        )));
    }
    let question = asked.question(PAGE, false);
    let words = asked.words.clone();
    let (found, choices, watch, in_vain) = block(move || -> Result<_, AppError> {
        let actor = viewer.actor();
        let watch = watching::search_state(&app, &actor, &words)?;
        let found = searches::find(&app, &actor, &question, SearchSource::Page)?;
        let in_vain = match found.total {
            0 => gaps::asked(&app, &actor, &words)?,
            _ => None,
        };
        Ok((found, pages::choices(&app, &actor)?, watch, in_vain))
    })
    .await?;
    let end = asked.from + found.answers.len();
    let older = (end < found.total.min(DEPTH_MAX) && !found.answers.is_empty()).then(|| asked.href(end));
    let view = Results {
        facets: facets::facets(&shell, &asked, &found, &choices),
        older,
        spaces,
        asked: in_vain.map(|asked| (asked.at, asked.state, asked.reason)),
        watch: Some(super::watching::watch_view(
            &shell,
            WatchKind::Search,
            &asked.words,
            watch,
        )),
        ..view(&shell, &asked, &found)
    };
    Ok(screen(views::results(&shell, &view)))
}

/// `GET /search/panel`
pub async fn panel(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let asked = Asked::read(req.query_string());
    if asked.words.trim().is_empty() {
        return before_typing(app, &viewer, &shell).await;
    }
    let question = asked.question(PANEL.min(LIMIT_MAX), true);
    let found = block(move || searches::find(&app, &viewer.actor(), &question, SearchSource::Panel)).await?;
    Ok(screen(views::panel(&shell, &view(&shell, &asked, &found))))
}

/// What somebody may look for again, before anything is typed.
async fn before_typing(app: web::Data<App>, viewer: &Viewer, shell: &Shell) -> Result<HttpResponse, Error> {
    let actor = viewer.actor();
    let (recent, opened) = block(move || -> Result<_, AppError> {
        Ok((searches::recent(&app, &actor)?, homes::opened_last(&app, &actor)?))
    })
    .await?;
    let opened = opened
        .iter()
        .map(|line| {
            (
                format!("/p/{}/{}", line.page.public_id, line.page.slug),
                line.kind.icon.clone(),
                line.title.clone(),
            )
        })
        .collect();
    Ok(screen(views::before_typing(
        shell,
        &views::Before { recent, opened },
    )))
}

fn view(shell: &Shell, asked: &Asked, found: &Answers) -> Results {
    let corrected = found
        .corrections
        .iter()
        .fold(asked.words.clone(), |words, c| words.replace(&c.typed, &c.used));
    let instead = found
        .layout
        .clone()
        .or_else(|| (corrected != asked.words).then_some(corrected));
    Results {
        words: asked.words.clone(),
        total: found.total,
        hits: found.answers.iter().map(|answer| hit(shell, answer)).collect(),
        nearest: found.nearest.iter().map(|answer| hit(shell, answer)).collect(),
        topics: found
            .topics
            .iter()
            .map(|topic| NamedLine {
                href: format!("/t/{}", topic.slug),
                icon: topic.kind.icon().to_owned(),
                name: topic.name_in(shell.language).to_owned(),
                detail: String::new(),
            })
            .collect(),
        people: found
            .people
            .iter()
            .map(|person| NamedLine {
                href: format!("/people/{}", person.id),
                icon: "user".to_owned(),
                name: person.name_in(shell.language).to_owned(),
                detail: person.title_in(shell.language).to_owned(),
            })
            .collect(),
        instead,
        relaxed: found.relaxed,
        standing: found.standing,
        ..Results::default()
    }
}

fn hit(shell: &Shell, answer: &Answer) -> Hit {
    let language = shell.language;
    let (href, icon, place, state) = match &answer.item {
        Item::Page(listed) => {
            let line = &listed.line;
            let state = HitState::Page {
                badge: listed.badge,
                at: line.publication.from_at,
                successor: answer.successor.as_ref().map(|line| {
                    let href = format!("/p/{}/{}", line.page.public_id, line.page.slug);
                    (href, line.title.clone())
                }),
            };
            (
                format!("/p/{}/{}", line.page.public_id, line.page.slug),
                line.kind.icon.clone(),
                line.space.name_in(language).to_owned(),
                state,
            )
        }
        Item::Draft(draft) => {
            let state = HitState::Page {
                badge: Badge::Draft,
                at: draft.page.created_at,
                successor: None,
            };
            (
                format!("/p/{}/{}", draft.page.public_id, draft.page.slug),
                draft.kind.icon.clone(),
                draft.space.name_in(language).to_owned(),
                state,
            )
        }
        Item::Intel(report) => {
            let IntelId(number) = report.id;
            let state = HitState::Report {
                state: report.state,
                at: report.at,
            };
            (
                format!("/intel/{number}"),
                "radio-tower".to_owned(),
                attr!(shell, "search-report", number = number),
                state,
            )
        }
    };
    Hit {
        href,
        icon,
        place,
        title: Marked {
            text: answer.title.text.clone(),
            marks: answer.title.marks.clone(),
        },
        snippet: Marked {
            text: answer.snippet.text.clone(),
            marks: answer.snippet.marks.clone(),
        },
        attachment: answer.attachment.as_ref().map(|file| InFile {
            href: file.path.clone(),
            name: file.name.clone(),
            page: file.page,
        }),
        state,
        out_of_date: answer.out_of_date,
        missing: answer.missing_words.clone(),
        why: whys(shell, &answer.why),
        explanation: answer
            .explanation
            .iter()
            .map(|factor| {
                let words = match &factor.what {
                    FactorOf::Words(words) => words.join(" + "),
                    _ => String::new(),
                };
                (factor.what.as_str(), factor.value, words)
            })
            .collect(),
    }
}

/// Why an answer is there, where its words don't show it: a word stands for the one that was typed.
fn whys(shell: &Shell, why: &[Why]) -> Vec<String> {
    let words = |how: How| {
        let of = why
            .iter()
            .filter(|why| why.how == how)
            .map(|why| why.word.as_str());
        let words: Vec<&str> = of.collect();
        (!words.is_empty()).then(|| words.join(", "))
    };
    [
        words(How::Alias).map(|words| t!(shell, "why-alias", words = words)),
        words(How::Meaning).map(|words| t!(shell, "why-meaning", words = words)),
        words(How::Spelling).map(|words| t!(shell, "why-spelling", words = words)),
        words(How::Sound).map(|words| t!(shell, "why-sound", words = words)),
        words(How::Typo).map(|words| t!(shell, "why-typo", words = words)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_whatever_stands_in_it() {
        let asked = Asked::read(
            "q=vectra+%22price%22&kind=battlecard&kind=&language=xx&language=he&from=zzz&nonsense=1&&=",
        );
        assert_eq!(asked.words, "vectra \"price\"");
        assert_eq!((asked.kinds.len(), asked.languages.len(), asked.from), (1, 1, 0));
        assert_eq!(Asked::read("from=999999999999").from, DEPTH_MAX);
        assert_eq!(
            Asked::read(&format!("q={}", "%D7%9E".repeat(4_000))).words.len(),
            WORDS_BYTES_MAX
        );
    }

    #[test]
    fn the_next_page_keeps_what_was_asked() {
        let asked = Asked::read("q=a+b&kind=faq&state=current");
        assert_eq!(asked.href(20), "/search?q=a+b&kind=faq&state=current&from=20");
    }
}
