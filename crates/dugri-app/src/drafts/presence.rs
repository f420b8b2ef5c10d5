//! Who has a page open for writing now, and what became of the page since they began.

use chrono::Duration;
use dugri_core::policy::Verb;
use dugri_core::{PublicId, RevisionId, Time};
use dugri_store::drafts;
use dugri_store::names::{self, PersonName};
use dugri_store::pages::Page;
use dugri_store::{Chore, Db, Error as StoreError, revisions};

use super::{KEY_CHARS_MAX, Standing, standing};
use crate::pages::save::{head, open_change_of};
use crate::pages::{in_read, load};
use crate::{Actor, App, Error};

/// How long somebody is said to be writing after the last sign of life: tabs give one each twenty seconds.
const ALIVE_SECONDS: i64 = 60;

/// Who else writes on a page, and what became of it meanwhile.
#[derive(Debug, Clone)]
pub struct Presence {
    /// The others who have it open for writing, each once.
    pub others: Vec<PersonName>,
    /// Whether oneself has it open in another tab, here or on another machine.
    pub elsewhere: bool,
    /// What was saved since the revision that the writer began from.
    pub moved: Option<Moved>,
    /// What the page says to a save.
    pub standing: Standing,
}

/// A newer text than the one that an edit began from.
#[derive(Debug, Clone)]
pub struct Moved {
    /// Who wrote it.
    pub author: PersonName,
    /// When.
    pub at: Time,
    /// The number of the published revision, unless it is a save of a pending change.
    pub number: Option<i64>,
}

/// A sign of life of a tab, and what it should know. Without a tab nothing is left behind: for those who only look.
pub fn beat(
    app: &App,
    actor: &Actor,
    id: &PublicId,
    tab: Option<&str>,
    base: Option<RevisionId>,
) -> Result<Presence, Error> {
    let now = app.now();
    let page = in_read(app, |db| load(db, actor, id, Verb::Propose, now))?;
    if let Some(tab) = tab.filter(|tab| (1..=KEY_CHARS_MAX).contains(&tab.len())) {
        let (me, page, tab) = (actor.person(), page.row.id, tab.to_owned());
        app.store()
            .housekeep(Chore::Drafts, move |tx| drafts::beat(tx, me, page, &tab, now))
            .map_err(|error: StoreError| Error::from(error))?;
    }
    in_read(app, |db| {
        let writers = drafts::writers(db, page.row.id, now - Duration::seconds(ALIVE_SECONDS))?;
        let is_own = |writer: &drafts::Writer| writer.person.id == actor.person();
        let mut others: Vec<PersonName> = Vec::new();
        for writer in writers.iter().filter(|writer| !is_own(writer)) {
            if !others.contains(&writer.person) {
                others.push(writer.person.clone());
            }
        }
        Ok(Presence {
            others,
            elsewhere: writers
                .iter()
                .any(|writer| is_own(writer) && Some(writer.tab.as_str()) != tab),
            moved: base.map(|base| moved(db, &page, base)).transpose()?.flatten(),
            standing: standing(actor, Some(&page)),
        })
    })
}

fn moved(db: &mut Db, page: &Page, base: RevisionId) -> Result<Option<Moved>, Error> {
    let base = revisions::find(db, page.row.id, base)?.ok_or(Error::NotFound)?;
    let change = open_change_of(db, page, &base)?;
    let head = head(db, page, change)?;
    if head.id == base.id || head.digest == base.digest {
        return Ok(None);
    }
    let author = names::people(db, &[head.author_id])?.remove(&head.author_id);
    let number = page
        .published
        .as_ref()
        .filter(|publication| publication.revision_id == head.id)
        .map(|publication| publication.number);
    Ok(author.map(|author| Moved {
        author,
        at: head.at,
        number,
    }))
}

/// A tab leaves a page: nobody need wait for its silence.
pub fn leave(app: &App, actor: &Actor, id: &PublicId, tab: &str) -> Result<(), Error> {
    let now = app.now();
    let page = in_read(app, |db| load(db, actor, id, Verb::Propose, now))?;
    let (me, tab) = (actor.person(), tab.to_owned());
    app.store()
        .housekeep(Chore::Drafts, move |tx| drafts::leave(tx, me, page.row.id, &tab))
        .map_err(|error: StoreError| error.into())
}
