//! Making a page part of another one: the other replaces it and gets its names and links, and its text if that is wanted.
//! Both histories stay; readers who come to the old address are led to the other page.

use dugri_core::pages::{BODY_BYTES_MAX, SUMMARY_CHARS_MAX, State};
use dugri_core::policy::{self, Verb};
use dugri_core::{ChangeId, Event, PublicId, RevisionId, Time};
use dugri_store::pages::{self, Page};
use dugri_store::revisions::{self, Content, RevisionRow};
use dugri_store::{Db, Tx, files, links};
use dugri_text::sections;

use super::check::one_line;
use super::compose::{References, store_revision};
use super::life::leads_back;
use super::save::PageText;
use super::steps::{self, Before, Made, Named, Stepped};
use super::touches::{self, Touches};
use crate::{Actor, App, Conflict, Error, FieldError};

dugri_core::words! {
    /// What becomes of the text of a page that becomes part of another.
    JoinText {
        /// It stands behind the other's text in a change that waits.
        Pending = "pending",
        /// It stands behind the other's text at once.
        Publish = "publish",
        /// It stays in the old page's history only.
        Leave = "leave",
    }
}

/// How a page becomes part of another.
#[derive(Debug, Clone)]
pub struct Join {
    /// The other page: its id, its address, or its title.
    pub into: String,
    /// What becomes of the text.
    pub text: JoinText,
    /// Why.
    pub summary: String,
    /// The revisions of both that the actor saw; what was saved since is not merged unseen.
    pub seen: Option<(RevisionId, RevisionId)>,
}

/// What merging would do.
#[derive(Debug, Clone)]
pub struct JoinPlan {
    /// The page that becomes part of another.
    pub page: Page,
    /// The other page.
    pub into: Named,
    /// What both say now: what `seen` names.
    pub seen: (RevisionId, RevisionId),
    /// Whether the actor may put the text into the other page.
    pub may_text: bool,
    /// Whether that can be published at once.
    pub may_publish: bool,
    /// What it touches.
    pub touches: Touches,
}

/// A page that is to become part of another, and the pages that come into question.
#[derive(Debug, Clone)]
pub struct JoinChoices {
    /// The page.
    pub page: Page,
    /// Its title.
    pub title: String,
    /// Titles of pages that it can become part of: those of its space.
    pub titles: Vec<String>,
}

/// How many titles are offered.
const TITLES_MAX: i64 = 300;

/// What a page can become part of.
pub fn choices(app: &App, actor: &Actor, id: &PublicId) -> Result<JoinChoices, Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Verify, now)?;
        let which = pages::InSpace {
            limit: TITLES_MAX,
            ..pages::InSpace::default()
        };
        let lines = pages::list_in_space(db, &actor.access, Some(page.space.id), &which, now)?;
        let others = lines.into_iter().filter(|line| line.page.id != page.row.id);
        Ok(JoinChoices {
            title: steps::name_of(db, &page)?.title,
            titles: others.map(|line| line.title).collect(),
            page,
        })
    })
}

/// What making a page part of another would do.
pub fn plan(app: &App, actor: &Actor, id: &PublicId, into: &str) -> Result<JoinPlan, Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Verify, now)?;
        let (into, seen) = both(db, actor, &page, into, now)?;
        let may = |verb| policy::may(&actor.access, verb, super::object(&into));
        let touches = touches::of(db, actor, &page, now)?;
        Ok(JoinPlan {
            seen: (seen.0.id, seen.1.id),
            may_text: may(Verb::Propose),
            may_publish: may(Verb::Publish) && into.space.policy == dugri_core::spaces::Policy::Open,
            touches: touches.between(db, page.space.id, into.space.id)?,
            into: steps::name_of(db, &into)?,
            page,
        })
    })
}

/// The other page, and what both say now; or why they can't become one.
fn both(
    db: &mut Db,
    actor: &Actor,
    page: &Page,
    into: &str,
    now: Time,
) -> Result<(Page, (RevisionRow, RevisionRow)), Error> {
    let unknown = || Error::field("into", "error-unknown-page");
    let other = steps::meant(db, actor, into, now)?.ok_or_else(unknown)?;
    if other.row.id == page.row.id {
        return Err(Error::field("into", "error-merge-self"));
    }
    if leads_back(db, &other, page, now)? {
        return Err(Error::field("into", "error-merge-circle"));
    }
    let state = |code: &'static str, of: &Page, db: &mut Db| -> Result<Error, Error> {
        let title = steps::name_of(db, of)?.title;
        Ok(Error::Invalid(vec![
            FieldError::new("into", code).with("page", title),
        ]))
    };
    match other.state() {
        State::Current => {}
        State::Draft => return Err(state("error-merge-draft", &other, db)?),
        State::Superseded | State::Archived => return Err(state("error-merge-retired", &other, db)?),
    }
    if dugri_store::steps::merged_into(db, page.row.id)?.is_some() && page.row.successor_id.is_some() {
        return Err(state("error-merge-already", page, db)?);
    }
    let (Some(own), Some(others)) = (&page.published, &other.published) else {
        return Err(state("error-merge-draft", page, db)?);
    };
    let find = |db: &mut Db, page: &Page, id| -> Result<RevisionRow, Error> {
        revisions::find(db, page.row.id, id)?.ok_or_else(|| Error::internal("a missing revision"))
    };
    let seen = (
        find(db, page, own.revision_id)?,
        find(db, &other, others.revision_id)?,
    );
    Ok((other, seen))
}

/// Makes a page part of another.
pub fn join(app: &App, actor: &Actor, id: &PublicId, join: Join) -> Result<Stepped, Error> {
    let now = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Verify, now)?;
        let (into, (own, theirs)) = both(tx, &actor, &page, &join.into, now)?;
        if join.seen.is_some_and(|seen| seen != (own.id, theirs.id)) {
            return Err(Error::Conflict(Conflict::Stale { head: theirs.id.0 }));
        }
        let mut errors = Vec::new();
        let summary = one_line("summary", &join.summary, SUMMARY_CHARS_MAX, &mut errors);
        if summary.is_empty() {
            errors.push(FieldError::new("summary", "error-summary-required"));
        }
        if join.text != JoinText::Leave && !policy::may(&actor.access, Verb::Propose, super::object(&into)) {
            errors.push(FieldError::new("text", "error-merge-right"));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let joining = Joining {
            actor: &actor,
            page: &page,
            into: &into,
            summary: &summary,
            now,
        };
        let made = match join.text {
            JoinText::Leave => None,
            how => Some(joining.append(tx, &own, &theirs, how == JoinText::Pending)?),
        };
        let change = made.and_then(|(made, waits)| made.change.filter(|_| waits));
        joining.retire(tx, made.map(|(made, _)| made), change)
    })
}

struct Joining<'a> {
    actor: &'a Actor,
    page: &'a Page,
    into: &'a Page,
    summary: &'a str,
    now: Time,
}

impl Joining<'_> {
    /// Puts the text behind the other's. Says what was made, and whether it waits.
    fn append(
        &self,
        tx: &mut Tx,
        own: &RevisionRow,
        theirs: &RevisionRow,
        keep_pending: bool,
    ) -> Result<(Made, bool), Error> {
        let (ours, before) = (revisions::content(tx, own)?, revisions::content(tx, theirs)?);
        let body = sections::append(&before.body, &ours.title, &ours.body);
        if body.len() > BODY_BYTES_MAX {
            return Err(Error::Invalid(vec![
                FieldError::new("text", "error-merge-large").with("max", BODY_BYTES_MAX),
            ]));
        }
        let mut topics = before.topics.clone();
        topics.extend(ours.topics.iter().filter(|topic| !before.topics.contains(topic)));
        topics.sort();
        topics.truncate(dugri_core::pages::TOPICS_MAX);
        let content = Content {
            body,
            topics,
            ..before
        };
        let text = PageText {
            summary: self.summary.to_owned(),
            keep_pending,
            ..PageText::default()
        };
        let named = References::of(&ours.body).files;
        let saved = store_revision(
            tx,
            self.actor,
            self.into,
            None,
            Some(theirs),
            content,
            &text,
            self.now,
        )?;
        files::carry(tx, own.id, saved.revision, &named)?;
        let made = Made {
            revision: saved.revision,
            before: theirs.id,
            change: saved.change,
        };
        Ok((made, saved.number.is_none()))
    }

    /// Names the successor, and gives it names and links.
    fn retire(&self, tx: &mut Tx, made: Option<Made>, change: Option<ChangeId>) -> Result<Stepped, Error> {
        let (page, into, me) = (self.page.row.id, self.into.row.id, self.actor.person());
        pages::set_successor(tx, page, Some(into))?;
        let names = pages::give_names(tx, page, into, self.now)?;
        links::repoint(tx, page, into)?;
        tx.record(
            Some(me),
            self.now,
            Event::PageSuperseded {
                page,
                successor: Some(into),
            },
        )?;
        tx.record(
            Some(me),
            self.now,
            Event::PageMerged {
                page: into,
                merged: page,
            },
        )?;
        let before = Before::Merged {
            names,
            successor: self.page.row.successor_id,
            made,
        };
        let step = steps::note(tx, self.actor, page, Some(into), &before, self.now)?;
        Ok(Stepped {
            page: self.page.row.public_id.clone(),
            slug: self.page.row.slug.clone(),
            step: Some(step),
            change,
            other: steps::named(tx, self.actor, into, self.now)?,
        })
    }
}
