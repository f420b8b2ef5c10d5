//! Gaps: what people search for and don't find. Whoever asked is told when it is answered; marketing makes of a gap a page,
//! a redirect to one that is there, or an alias, or declines it with a reason.
//!
//! A gap has a row once somebody asked or decided; until then it is seen in the log of searches alone ([`report()`]).

mod figures;
mod report;

use dugri_core::gaps::GapState;
use dugri_core::{AliasId, Event, GapId, PageId, PersonId, PublicId, Time};
use dugri_store::Tx;
use dugri_store::gaps::{self, Decision, GapRow};
use dugri_text::links::fold_title;

pub use figures::{Answers, STEPS};
pub(crate) use report::top;
pub use report::{Asker, Gap, Period, Report, report};

use crate::fields::{required, settle};
use crate::pages::{in_read, steps};
use crate::searches::said;
use crate::topics::rights;
use crate::{Actor, App, Error, aliases, pages};

/// The longest note or reason in characters.
pub const NOTE_CHARS_MAX: usize = 500;

/// What somebody asked marketing for, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// When.
    pub at: Time,
    /// Where it stands.
    pub state: GapState,
    /// Why it was declined.
    pub reason: String,
}

/// Asks marketing for what search did not find. Asking again for the same words changes nothing; asking for what was
/// declined or answered opens it again.
///
/// # Errors
/// [`Error::Invalid`] without words.
pub fn ask(app: &App, actor: &Actor, words: &str, note: &str) -> Result<GapId, Error> {
    let words = some_words(words)?;
    let mut wrong = Vec::new();
    let note = crate::fields::optional(&mut wrong, "note", note, NOTE_CHARS_MAX).unwrap_or_default();
    settle(wrong)?;
    let (now, person) = (app.now(), actor.person());
    app.store().write(move |tx| {
        let gap = known(tx, &words, now)?;
        let is_new = gaps::add_asker(tx, gap.id, person, &note, now)?;
        let reopens = gap.state == GapState::Declined;
        if reopens {
            reopen(tx, &gap, Some(person), now)?;
        }
        if is_new {
            tx.record(Some(person), now, Event::GapAsked { gap: gap.id })?;
        } else if !reopens {
            tx.unchanged();
        }
        Ok(gap.id)
    })
}

/// Whether the actor asked for these words.
pub fn asked(app: &App, actor: &Actor, words: &str) -> Result<Option<Asked>, Error> {
    let folded = fold_title(&said(words));
    in_read(app, |db| {
        let found = gaps::asked(db, actor.person(), &folded)?;
        Ok(found.map(|(at, gap)| Asked {
            at,
            state: gap.state,
            reason: gap.reason,
        }))
    })
}

/// Declines a gap: it is none of ours, or not to be written. Those who asked are told why.
///
/// # Errors
/// [`Error::Invalid`] without words or a reason; [`Error::NotFound`] for whoever may not.
pub fn decline(app: &App, actor: &Actor, words: &str, reason: &str) -> Result<GapId, Error> {
    let words = decides(actor, words)?;
    let mut wrong = Vec::new();
    let reason = required(&mut wrong, "reason", reason, NOTE_CHARS_MAX);
    settle(wrong)?;
    let decision = Decision {
        state: GapState::Declined,
        page: None,
        alias: None,
        reason,
        by: Some(actor.person()),
    };
    close(app, &words, decision)
}

/// Leads the words of a gap to a page that is there, named by its title, id or address: search finds it by them.
///
/// # Errors
/// [`Error::Invalid`] for a page that the actor can't see; [`Error::NotFound`] for whoever may not.
pub fn redirect(app: &App, actor: &Actor, words: &str, page: &str) -> Result<GapId, Error> {
    let words = decides(actor, words)?;
    let now = app.now();
    let page = in_read(app, |db| steps::meant(db, actor, page, now))?
        .ok_or_else(|| Error::field("page", "error-unknown-page"))?;
    close(app, &words, leads_to(GapState::Redirect, page.row.id, actor))
}

/// Says that a page was begun to answer a gap. Those who asked are told when it is published; until then only
/// marketing knows of it.
///
/// # Errors
/// [`Error::NotFound`] for a page that the actor can't see, and for whoever may not.
pub fn page(app: &App, actor: &Actor, words: &str, page: &PublicId) -> Result<GapId, Error> {
    let words = decides(actor, words)?;
    let now = app.now();
    let page = in_read(app, |db| {
        pages::load(db, actor, page, dugri_core::policy::Verb::Read, now)
    })?;
    close(app, &words, leads_to(GapState::Page, page.row.id, actor))
}

/// Lets the words of a gap mean the same to search as other words.
///
/// # Errors
/// As [`aliases::add`].
pub fn alias(app: &App, actor: &Actor, words: &str, meaning: &str) -> Result<GapId, Error> {
    let words = decides(actor, words)?;
    if meaning.trim().is_empty() {
        return Err(Error::field("meaning", "error-required"));
    }
    let group = [words.clone(), meaning.trim().to_owned()];
    let alias = aliases::add(app, actor, &group).map_err(|error| named(error, "words", "meaning"))?;
    let decision = Decision {
        state: GapState::Alias,
        page: None,
        alias: Some(alias),
        reason: String::new(),
        by: Some(actor.person()),
    };
    close(app, &words, decision)
}

/// Takes a decision back: the gap is open again. An alias that came of it stays; it is kept with the others.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and for a gap that nobody decided.
pub fn take_back(app: &App, actor: &Actor, gap: GapId) -> Result<(), Error> {
    keeps(actor)?;
    let (now, by) = (app.now(), Some(actor.person()));
    app.store().write(move |tx| {
        let gap = gaps::get(tx, gap)?
            .filter(|gap| gap.state != GapState::Open)
            .ok_or(Error::NotFound)?;
        reopen(tx, &gap, by, now)
    })
}

/// The words that lead to a page because somebody searched for it in vain.
pub(crate) fn of_page(db: &mut dugri_store::Db, page: PageId) -> Result<Vec<String>, Error> {
    Ok(gaps::of_page(db, page)?
        .into_iter()
        .map(|gap| gap.words)
        .collect())
}

fn close(app: &App, words: &str, decision: Decision) -> Result<GapId, Error> {
    let (now, words) = (app.now(), words.to_owned());
    app.store().write(move |tx| {
        let gap = known(tx, &words, now)?;
        if gap.page_id.is_some() && gap.page_id != decision.page {
            // The page that its words led to so far is found by them no more.
            reopen(tx, &gap, decision.by, now)?;
        }
        gaps::decide(tx, gap.id, &decision, now)?;
        let event = Event::GapClosed {
            gap: gap.id,
            page: decision.page,
        };
        tx.record(decision.by, now, event)?;
        Ok(gap.id)
    })
}

fn reopen(tx: &mut Tx, gap: &GapRow, by: Option<PersonId>, now: Time) -> Result<(), Error> {
    let open = Decision {
        state: GapState::Open,
        page: None,
        alias: None::<AliasId>,
        reason: String::new(),
        by: None,
    };
    gaps::decide(tx, gap.id, &open, now)?;
    let event = Event::GapReopened {
        gap: gap.id,
        page: gap.page_id,
    };
    tx.record(by, now, event)?;
    Ok(())
}

fn known(tx: &mut Tx, words: &str, now: Time) -> Result<GapRow, Error> {
    let folded = fold_title(words);
    if let Some(gap) = gaps::of_words(tx, &folded)? {
        return Ok(gap);
    }
    let id = gaps::add(tx, words, &folded, now)?;
    gaps::get(tx, id)?.ok_or_else(|| Error::internal("a gap that was just added"))
}

fn leads_to(state: GapState, page: PageId, actor: &Actor) -> Decision {
    Decision {
        state,
        page: Some(page),
        alias: None,
        reason: String::new(),
        by: Some(actor.person()),
    }
}

fn decides(actor: &Actor, words: &str) -> Result<String, Error> {
    keeps(actor)?;
    some_words(words)
}

fn some_words(words: &str) -> Result<String, Error> {
    let words = said(words);
    if !words.chars().any(char::is_alphanumeric) {
        return Err(Error::field("words", "error-required"));
    }
    Ok(words)
}

/// The same errors, of a field by its name in this form.
fn named(error: Error, field: &'static str, here: &'static str) -> Error {
    match error {
        Error::Invalid(mut wrong) => {
            for error in wrong.iter_mut().filter(|error| error.field == field) {
                error.field = here;
            }
            Error::Invalid(wrong)
        }
        other => other,
    }
}

fn keeps(actor: &Actor) -> Result<(), Error> {
    rights(actor).keep.then_some(()).ok_or(Error::NotFound)
}
