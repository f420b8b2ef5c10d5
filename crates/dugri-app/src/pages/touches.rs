//! What a step touches, told before it is taken: the pages that link here, what waits, who gains and who loses sight.
//!
//! Pages are listed under the reader's rights. People are counted, and some named, for those who manage the space.

use dugri_core::policy::Verb;
use dugri_core::watching::WatchKind;
use dugri_core::{PublicId, SpaceId, Time};
use dugri_store::names::PersonName;
use dugri_store::pages::{self, Page, PageLine};
use dugri_store::{Db, changes, files, intel, links, redirects, spaces, watches};

use crate::{Actor, App, Error};

/// How many people are named where there are more.
const NAMES_MAX: usize = 8;

/// People, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crowd {
    /// How many there are.
    pub count: usize,
    /// How many of them are from outside.
    pub outsiders: usize,
    /// Some of them by name: those from outside first.
    pub some: Vec<PersonName>,
}

impl Crowd {
    fn of(mut people: Vec<PersonName>) -> Crowd {
        let outsiders = people.iter().filter(|person| person.outsider).count();
        let count = people.len();
        people.sort_by_key(|person| !person.outsider);
        people.truncate(NAMES_MAX);
        Crowd {
            count,
            outsiders,
            some: people,
        }
    }
}

/// What a step touches.
#[derive(Debug, Clone, Default)]
pub struct Touches {
    /// The pages that link here, as far as the reader may read them.
    pub backlinks: Vec<PageLine>,
    /// Foreign paths that lead here.
    pub redirects: Vec<String>,
    /// How many pages name this one as their successor.
    pub predecessors: i64,
    /// How many people watch it.
    pub watchers: i64,
    /// Who has a change waiting.
    pub waiting: Vec<PersonName>,
    /// Reports about it that wait for an outcome, as far as the reader may read them.
    pub reports: i64,
    /// Its files.
    pub files: usize,
    /// Who will be able to read it and is not now.
    pub gain: Crowd,
    /// Who is able to read it now and will not be.
    pub lose: Crowd,
}

/// What a page touches as it lies.
pub(super) fn of(db: &mut Db, actor: &Actor, page: &Page, now: Time) -> Result<Touches, Error> {
    let pending = super::rights(actor, page).pending;
    Ok(Touches {
        backlinks: links::backlinks(db, &actor.access, page.row.id, now)?,
        redirects: redirects::of_page(db, page.row.id)?,
        predecessors: pages::count_predecessors(db, page.row.id)?,
        watchers: watches::count_unfiltered(db, WatchKind::Page, page.row.id.0)?,
        waiting: if pending {
            let open = changes::list_open(db, page.row.id)?;
            open.into_iter().map(|(_, author)| author).collect()
        } else {
            Vec::new()
        },
        reports: intel::lists::count_open_about(db, &actor.access, page.row.id)?,
        files: files::of_page(db, page.row.id)?.len(),
        ..Touches::default()
    })
}

impl Touches {
    /// With who gains and who loses sight when readers of one space become those of another.
    pub(super) fn between(mut self, db: &mut Db, from: SpaceId, to: SpaceId) -> Result<Touches, Error> {
        if from == to {
            return Ok(self);
        }
        let (before, after) = (
            spaces::readers_unfiltered(db, from)?,
            spaces::readers_unfiltered(db, to)?,
        );
        let not_in = |some: &[PersonName], others: &[PersonName]| -> Vec<PersonName> {
            let others: std::collections::HashSet<_> = others.iter().map(|person| person.id).collect();
            some.iter()
                .filter(|person| !others.contains(&person.id))
                .cloned()
                .collect()
        };
        self.gain = Crowd::of(not_in(&after, &before));
        self.lose = Crowd::of(not_in(&before, &after));
        Ok(self)
    }
}

/// What putting a page into the archive touches, or taking it back.
pub fn of_archiving(app: &App, actor: &Actor, id: &PublicId) -> Result<(Page, String, Touches), Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Manage, now)?;
        let title = super::steps::name_of(db, &page)?.title;
        let touches = of(db, actor, &page, now)?;
        Ok((page, title, touches))
    })
}
