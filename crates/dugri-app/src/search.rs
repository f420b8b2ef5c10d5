//! Search: the index answers with keys, the store gives what the reader may read of them, marks come last.
//!
//! The reader's rights are part of the question to the index; the hits are then read again under the same access, so that a
//! stale index can mislead nobody.

mod attachments;
pub(crate) mod documents;
mod named;

use std::collections::HashMap;
use std::ops::Range;

pub use attachments::Attachment;
use dugri_core::{IntelId, Language, PageId};
use dugri_search::{
    Aliases, Correction, Facets, Found, Hit, HitKind, Query, Reader, Request, Snippet, highlight, sentence,
    snippet,
};
pub use dugri_search::{FacetCount, Factor, FactorOf, Filters, How, Standing, Why};
use dugri_store::intel::{self, Report};
use dugri_store::pages::{self, DraftLine, PageLine};
use dugri_store::people::PersonRow;
use dugri_store::topics::TopicRow;
use dugri_store::{Db, revisions};

use crate::pages::Listed;
use crate::{Actor, App, Error};

/// The longest piece of text under a hit, in characters.
const SNIPPET_CHARS: usize = 200;

/// The longest sentence that is shown whole.
const SENTENCE_CHARS: usize = 320;

/// The most hits of one answer.
pub const LIMIT_MAX: usize = 100;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// What was typed.
    pub text: String,
    /// What the hits must be.
    pub filters: Filters,
    /// At most so many, up to [`LIMIT_MAX`].
    pub limit: usize,
    /// So many are skipped.
    pub offset: usize,
    /// Whether the question comes while typing: counts are left out.
    pub typing: bool,
    /// Whether the answers say how their scores came about: for those who keep topics.
    pub explain: bool,
}

/// What a hit is, as the reader may read it.
#[derive(Debug, Clone)]
pub enum Item {
    /// A published page.
    Page(Box<Listed>),
    /// A page that was never published, for contributors.
    Draft(Box<DraftLine>),
    /// A report from the field.
    Intel(Box<Report>),
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was found.
    pub item: Item,
    /// The title, or the first words of a report, with what is marked in it.
    pub title: Snippet,
    /// The piece of the text that shows best what was found.
    pub snippet: Snippet,
    /// The file that the piece comes from, where that has more of it than the page.
    pub attachment: Option<Attachment>,
    /// Whether it is superseded or archived: those stand last, under 'Out of date'.
    pub out_of_date: bool,
    /// The words that it does not have.
    pub missing_words: Vec<String>,
    /// How the others were found.
    pub why: Vec<Why>,
    /// How its score came about, where that was asked.
    pub explanation: Vec<Factor>,
    /// What replaced it, if the reader may read that.
    pub successor: Option<PageLine>,
}

/// The answers.
#[derive(Debug, Clone)]
pub struct Answers {
    /// How many there are in all.
    pub total: usize,
    /// The answers asked for, the best first.
    pub answers: Vec<Answer>,
    /// What comes nearest, where there is no answer.
    pub nearest: Vec<Answer>,
    /// Topics that are named: only for people who search, not for those whom a watched search tells.
    pub topics: Vec<TopicRow>,
    /// People who can be asked, likewise.
    pub people: Vec<PersonRow>,
    /// What was searched for instead, where the keyboard was in the other layout.
    pub layout: Option<String>,
    /// Typing mistakes put right.
    pub corrections: Vec<Correction>,
    /// A required word or phrase is nowhere, so that answers without it are shown.
    pub relaxed: bool,
    /// Counts.
    pub facets: Facets,
    /// Whether something may be missing, because the index is being built.
    pub standing: Standing,
}

/// Answers a question. Never fails on what was typed.
pub fn find(app: &App, actor: &Actor, question: &Question) -> Result<Answers, Error> {
    let (epoch, known) = (app.store().epoch(), &app.memory().aliases);
    let aliases = match known.at(epoch) {
        Some(aliases) => aliases,
        None => {
            let groups = crate::pages::in_read(app, crate::aliases::groups)?;
            known.keep(epoch, Aliases::new(groups))
        }
    };
    find_with(app, actor, question, &aliases)
}

/// The answers with topics that are named and people who can be asked: on the first page, where nothing narrows it down.
pub(crate) fn with_named(
    app: &App,
    actor: &Actor,
    question: &Question,
    answers: Answers,
) -> Result<Answers, Error> {
    if question.offset > 0 || question.filters != Filters::default() {
        return Ok(answers);
    }
    let typed = Query::parse(&question.text).plain;
    let words = answers.layout.clone().unwrap_or(typed);
    let now = app.now();
    let (topics, people) = crate::pages::in_read(app, |db| {
        Ok((
            named::topics(db, actor, &words, now)?,
            named::people(db, actor, &words)?,
        ))
    })?;
    Ok(Answers {
        topics,
        people,
        ..answers
    })
}

/// Answers a question as it would be with these aliases.
pub(crate) fn find_with(
    app: &App,
    actor: &Actor,
    question: &Question,
    aliases: &Aliases,
) -> Result<Answers, Error> {
    let now = app.now();
    let reader = Reader::new(&actor.access, now);
    crate::pages::in_read(app, |db| {
        let request = Request {
            query: Query::parse(&question.text),
            aliases,
            reader: &reader,
            filters: question.filters.clone(),
            limit: question.limit.min(LIMIT_MAX),
            offset: question.offset,
            explain: question.explain && crate::topics::rights(actor).keep,
        };
        let found = if question.typing {
            app.index().suggest(&request)
        } else {
            app.index().find(&request)
        }
        .map_err(|error| Error::Unavailable(error.to_string()))?;
        Ok(Answers {
            topics: Vec::new(),
            people: Vec::new(),
            total: found.total,
            answers: answers(db, actor, &found, &found.hits, now)?,
            nearest: answers(db, actor, &found, &found.nearest, now)?,
            layout: found.layout,
            corrections: found.corrections,
            relaxed: found.relaxed,
            facets: found.facets,
            standing: found.standing,
        })
    })
}

fn answers(
    db: &mut Db,
    actor: &Actor,
    found: &Found,
    hits: &[Hit],
    now: dugri_core::Time,
) -> Result<Vec<Answer>, Error> {
    let page_ids: Vec<PageId> = hits.iter().filter_map(page_of).collect();
    let lines = pages::lines(db, &actor.access, &page_ids, now)?;
    let mut listed: HashMap<PageId, Listed> = crate::pages::listed(db, lines, now)?
        .into_iter()
        .map(|listed| (listed.line.page.id, listed))
        .collect();
    let drafts = page_ids
        .iter()
        .filter(|id| !listed.contains_key(id))
        .copied()
        .collect::<Vec<_>>();
    let mut drafts: HashMap<PageId, DraftLine> = pages::drafts(db, &actor.access, &drafts)?
        .into_iter()
        .map(|draft| (draft.page.id, draft))
        .collect();
    let replaced: HashMap<PageId, PageId> = listed
        .values()
        .filter_map(|listed| Some((listed.line.page.id, listed.line.page.successor_id?)))
        .collect();
    let successors: Vec<PageId> = replaced.values().copied().collect();
    let successors: HashMap<PageId, PageLine> = pages::lines(db, &actor.access, &successors, now)?
        .into_iter()
        .map(|line| (line.page.id, line))
        .collect();
    let mut answers = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        let piece = match at == 0 && hit.missing_words.is_empty() {
            true => Piece::Sentence,
            false => Piece::Window,
        };
        let read = match &hit.kind {
            HitKind::Page { page, .. } => {
                if let Some(listed) = listed.remove(page) {
                    Some(of_page(db, actor, listed, hit, found, piece)?)
                } else if let Some(draft) = drafts.remove(page) {
                    Some(of_draft(db, actor, draft, hit, found)?)
                } else {
                    None
                }
            }
            HitKind::Intel(id) => of_intel(db, actor, *id, found)?,
        };
        if let Some((item, title, (snippet, attachment))) = read {
            answers.push(Answer {
                item,
                title,
                snippet,
                attachment,
                out_of_date: hit.out_of_date,
                missing_words: hit.missing_words.clone(),
                why: hit.why.clone(),
                explanation: hit.explanation.clone(),
                successor: page_of(hit)
                    .and_then(|page| replaced.get(&page))
                    .and_then(|successor| successors.get(successor))
                    .cloned(),
            });
        }
    }
    Ok(answers)
}

fn page_of(hit: &Hit) -> Option<PageId> {
    match &hit.kind {
        HitKind::Page { page, .. } => Some(*page),
        HitKind::Intel(_) => None,
    }
}

type Shown = (Item, Snippet, Place);

/// Which piece of its text an answer shows.
#[derive(Debug, Clone, Copy)]
enum Piece {
    /// The sentence that answers: of the best one, to be read and copied as it is.
    Sentence,
    /// What stands around the words.
    Window,
}

/// A piece of the text, or of a file.
type Place = (Snippet, Option<Attachment>);

fn of_page(
    db: &mut Db,
    actor: &Actor,
    listed: Listed,
    hit: &Hit,
    found: &Found,
    piece: Piece,
) -> Result<Shown, Error> {
    let revision = revisions::find(db, listed.line.page.id, listed.line.publication.revision_id)?;
    let heads = [listed.line.title.as_str(), &listed.line.key_message];
    let place = place(db, actor, revision, heads, hit, found, piece)?;
    let title = marked(&listed.line.title, found);
    Ok((Item::Page(Box::new(listed)), title, place))
}

fn of_draft(db: &mut Db, actor: &Actor, draft: DraftLine, hit: &Hit, found: &Found) -> Result<Shown, Error> {
    let newest = revisions::newest(db, draft.page.id)?;
    let place = place(db, actor, newest, [&draft.title, ""], hit, found, Piece::Window)?;
    let title = marked(&draft.title, found);
    Ok((Item::Draft(Box::new(draft)), title, place))
}

/// The piece that shows best what was found: of the text below this title and key message, or of its files.
fn place(
    db: &mut Db,
    actor: &Actor,
    revision: Option<revisions::RevisionRow>,
    [title, key_message]: [&str; 2],
    hit: &Hit,
    found: &Found,
    piece: Piece,
) -> Result<Place, Error> {
    let Some(revision) = revision else {
        return Ok(Place::default());
    };
    let body = revisions::content(db, &revision)?.body;
    let mut blocks = vec![key_message.to_owned()];
    blocks.extend(documents::searchable(&body, actor.access.outsider));
    // Only what the page does not have itself is looked for in its files.
    let in_text = found.matcher.coverage(&format!("{title}\n{}", blocks.join("\n")));
    if in_text.words < hit.why.len()
        && let Some((snippet, attachment)) = attachments::best(db, actor, revision.id, &body, in_text, found)?
    {
        return Ok((snippet, Some(attachment)));
    }
    let snippet = match piece {
        Piece::Sentence => sentence(&blocks, &found.matcher, SENTENCE_CHARS),
        Piece::Window => snippet(&blocks, &found.matcher, SNIPPET_CHARS),
    };
    Ok((snippet, None))
}

fn of_intel(db: &mut Db, actor: &Actor, id: IntelId, found: &Found) -> Result<Option<Shown>, Error> {
    let Some(report) = intel::get(db, &actor.access, id)? else {
        return Ok(None);
    };
    let title = snippet(&[&report.what], &found.matcher, SNIPPET_CHARS);
    let rest = snippet(&[&report.quote, &report.account], &found.matcher, SNIPPET_CHARS);
    Ok(Some((Item::Intel(Box::new(report)), title, (rest, None))))
}

fn marked(text: &str, found: &Found) -> Snippet {
    let marks: Vec<Range<usize>> = highlight(text, &found.matcher);
    Snippet {
        text: text.to_owned(),
        marks,
    }
}

/// The language of a query by its letters, for the words around the answers.
pub fn language_of(text: &str) -> Option<Language> {
    match dugri_text::direction::dominant(text) {
        Some(dugri_text::Direction::Rtl) => Some(Language::He),
        Some(dugri_text::Direction::Ltr) => Some(Language::En),
        None => None,
    }
}
