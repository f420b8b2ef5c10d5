//! What people keep at hand, watch and have opened: so that a company that is loaded looks lived in.

use dugri_core::watching::WatchKind;
use dugri_core::{Event, PublicId};
use dugri_store::homes::{self, HomeRow};
use dugri_store::uses::{self, Opened};
use dugri_store::watches::{self, Target};
use dugri_store::{Tx, favourites, visits};

use super::format::{Desk, Watch};
use super::{Failure, Loader, find};

const FILE: &str = "desks.toml";

impl Loader {
    /// Last of all: it names pages, topics and people.
    pub(super) fn add_desks(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        let archive = self.archive.clone();
        for desk in &archive.desks {
            self.add_desk(tx, desk)?;
        }
        Ok(())
    }

    fn add_desk(&self, tx: &mut Tx, desk: &Desk) -> Result<(), Failure> {
        let person = self.person(FILE, &desk.person)?;
        let at = self.at(self.archive.begins());
        let row = HomeRow {
            chosen: desk.home,
            caught_up_at: desk.caught_up.map(|at| self.at(at)),
        };
        if row != HomeRow::default() {
            homes::set(tx, person, &row)?;
            tx.record(Some(person), at, Event::HomeChosen { person })?;
        }
        for (n, id) in desk.favourites.iter().enumerate() {
            let page = self.key(FILE, id)?;
            // In the order in which they are written.
            let at = at + chrono::Duration::seconds(n as i64);
            if favourites::set(tx, person, page, true, at)? {
                let kept = true;
                tx.record(Some(person), at, Event::FavouriteChanged { person, page, kept })?;
            }
        }
        for watch in &desk.watch {
            let target = self.target(watch)?;
            if let Some(watch) = watches::set(tx, person, &target, watch.muted, at)? {
                tx.record(Some(person), at, Event::WatchAdded { person, watch })?;
            }
        }
        let mut batch = Vec::new();
        for opened in &desk.opened {
            let place = self.archive.page_place(&opened.page);
            let published = place.and_then(|place| self.pages[place].publication(opened.revision));
            let Some((revision, number, _)) = published else {
                let why = format!(
                    "revision {} of {} is opened but not published",
                    opened.revision, opened.page
                );
                return Err(Failure::file(FILE, why));
            };
            batch.push(Opened {
                person,
                page: self.key(FILE, &opened.page)?,
                revision,
                number,
                at: self.at(opened.at),
            });
        }
        batch.sort_by_key(|opened| opened.at);
        uses::add_opened(tx, &batch)?;
        visits::note(tx, &batch)?;
        Ok(())
    }

    pub(super) fn key(&self, file: &str, id: &PublicId) -> Result<dugri_core::PageId, Failure> {
        let place = self.archive.page_place(id);
        place
            .and_then(|place| self.pages[place].id)
            .ok_or_else(|| Failure::file(file, format!("{id} is not a page of this archive")))
    }

    fn target(&self, watch: &Watch) -> Result<Target, Failure> {
        Ok(match watch {
            Watch { page: Some(page), .. } => Target::of(WatchKind::Page, self.key(FILE, page)?.0),
            Watch {
                topic: Some(slug), ..
            } => {
                let topic = find(&self.topics, FILE, slug, "a topic", "topics.toml")?;
                Target::of(WatchKind::Topic, topic.0)
            }
            Watch {
                space: Some(slug), ..
            } => {
                let space = find(&self.spaces, FILE, slug, "a space", "spaces.toml")?;
                Target::of(WatchKind::Space, space.id.0)
            }
            Watch {
                person: Some(email), ..
            } => Target::of(WatchKind::Person, self.person(FILE, email)?.0),
            Watch {
                search: Some(words), ..
            } => Target {
                kind: WatchKind::Search,
                id: 0,
                query: words.clone(),
            },
            _ => {
                return Err(Failure::file(
                    FILE,
                    "a watch names a page, a topic, a space, a search or a person",
                ));
            }
        })
    }
}
