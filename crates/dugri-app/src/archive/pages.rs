//! Pages: their revisions, changes, publications, verifications, successors and files, as they came about.

use std::collections::HashMap;

use dugri_core::pages::ChangeState;
use dugri_core::spaces::Policy;
use dugri_core::{
    ChangeId, Event, FileId, IntelId, PageId, PersonId, PublicId, PublicationId, RevisionId, Time,
};
use dugri_store::files::{self, NewFile};
use dugri_store::pages::{self, NewPage};
use dugri_store::publications::{self, NewPublication};
use dugri_store::revisions::{self, Content, NewRevision};
use dugri_store::{Tx, changes};

use super::format::{Publish, Report};
use super::read::Archive;
use super::{Failure, Loader, find};
use crate::files::{address, label};
use crate::pages::compose::{self, References};

/// What was written of a page so far.
#[derive(Debug, Default)]
pub(super) struct PageHere {
    pub(super) id: Option<PageId>,
    /// By place in the list of its files.
    revisions: Vec<RevisionId>,
    digests: Vec<String>,
    /// The change of each revision, if it waited for publication.
    changes: Vec<Option<ChangeId>>,
    /// The change that the next save may go on with, and whose it is.
    change: Option<(ChangeId, PersonId)>,
    /// The place of the revision that readers get.
    published: Option<usize>,
    /// By place of the revision: its number and its publication.
    publications: HashMap<usize, (i64, PublicationId)>,
    files: HashMap<String, (FileId, PublicId)>,
}

impl PageHere {
    /// The publication of a revision by the number of its file.
    pub(super) fn publication(&self, file_number: usize) -> Option<(RevisionId, i64, PublicationId)> {
        let place = file_number.checked_sub(1)?;
        let (number, id) = self.publications.get(&place)?;
        Some((*self.revisions.get(place)?, *number, *id))
    }
}

impl Archive {
    /// The place of a page in the list.
    pub(super) fn page_place(&self, id: &PublicId) -> Option<usize> {
        self.pages.iter().position(|folder| folder.page.id == *id)
    }

    /// When the revision of a file number was published.
    pub(super) fn published_at(&self, page: usize, file_number: usize) -> Option<Time> {
        let file = self.pages[page].revisions.get(file_number.checked_sub(1)?)?;
        match &file.head.publish {
            Publish::Flag(true) => Some(file.head.at),
            Publish::Flag(false) => None,
            Publish::By(publisher) => Some(publisher.at.max(file.head.at)),
        }
    }
}

impl Loader {
    pub(super) fn save(&mut self, tx: &mut Tx, place: usize, n: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let folder = &archive.pages[place];
        let file = &folder.revisions[n];
        let author = self.person(&file.path, &file.head.author)?;
        let at = self.at(file.head.at);
        let page = match self.pages[place].id {
            Some(page) => page,
            None => self.add_page(tx, place, author)?,
        };
        let (change, parent) = self.change_of(tx, place, n, page, author, at)?;
        let here = &self.pages[place];
        let body = dugri_text::markdown::rewrite_addresses(&file.body, |path| {
            let (_, id) = here.files.get(path)?;
            Some(address(id, path))
        });
        let content = Content {
            title: file.head.title.clone(),
            key_message: file.head.key_message.clone(),
            fields: file.head.fields.clone(),
            topics: self.topics_of(&file.path, &file.head.topics)?,
            body,
        };
        let references = References::of(&content.body);
        let digest = content.digest();
        let new = NewRevision {
            page,
            parent: parent.map(|n| here.revisions[n]),
            change,
            links: references.links.clone(),
            files: files_used(&archive, place, n, here, &references),
            cites: self.cites(place, n, &references),
            content,
            author,
            at,
            summary: file.head.summary.clone(),
            minor: file.head.minor,
            client_id: None,
        };
        let revision = revisions::add(tx, &new)?;
        tx.record(
            Some(author),
            at,
            Event::RevisionAdded {
                page,
                revision,
                change,
            },
        )?;
        let here = &mut self.pages[place];
        here.revisions.push(revision);
        here.digests.push(digest);
        here.changes.push(change);
        if here.published.is_none() {
            compose::call_page(tx, page, &folder.space, &folder.slug, &file.head.title, at)?;
        }
        self.loaded.revisions += 1;
        Ok(())
    }

    fn add_page(&mut self, tx: &mut Tx, place: usize, author: PersonId) -> Result<PageId, Failure> {
        let archive = self.archive.clone();
        let folder = &archive.pages[place];
        let toml = format!("{}/page.toml", folder.path);
        let page = &folder.page;
        let space = find(&self.spaces, &toml, &folder.space, "a space", "spaces.toml")?;
        let kind = self
            .kinds
            .get(&page.kind)
            .ok_or_else(|| Failure::file(&toml, format!("{} is not a kind of page", page.kind)))?
            .id;
        let owner = page
            .owner
            .as_ref()
            .map(|email| self.person(&toml, email))
            .transpose()?;
        let owner_group = page
            .owner_group
            .as_ref()
            .map(|slug| find(&self.groups, &toml, slug, "a group", "groups.toml"))
            .transpose()?;
        let created_at = self.at(page.created);
        let id = pages::add(
            tx,
            &NewPage {
                public_id: page.id.clone(),
                space: space.id,
                kind,
                slug: folder.slug.clone(),
                language: page.language,
                audience: page.audience,
                owner,
                owner_group,
                views_baseline: page.views_90d,
                created_by: author,
                created_at,
                client_id: None,
            },
        )?;
        let space = space.id;
        tx.record(Some(author), created_at, Event::PageAdded { page: id, space })?;
        for file in &page.files {
            let by = self.person(&toml, &file.by)?;
            let at = self.at(file.at);
            let stored = &self.stored[&file.path];
            let public_id = PublicId::random();
            let new = NewFile {
                public_id: public_id.clone(),
                space,
                page: Some(id),
                intel: None,
                name: name_with_ending(&file.name, &file.path),
                media_type: stored.media_type.to_owned(),
                hash: stored.hash.clone(),
                size: stored.size,
                by,
                at,
                client_id: None,
            };
            let file_id = files::add(tx, &new)?;
            tx.record(Some(by), at, Event::FileAdded { file: file_id })?;
            self.pages[place]
                .files
                .insert(file.path.clone(), (file_id, public_id));
            self.loaded.files += 1;
        }
        self.pages[place].id = Some(id);
        self.loaded.pages += 1;
        Ok(id)
    }

    /// The pending change that a save belongs to, and the place of the revision that it was made from.
    ///
    /// A save that its author publishes at once needs none. A draft goes on with its one change whoever writes;
    /// of a published page each author's saves are a change of their own.
    fn change_of(
        &mut self,
        tx: &mut Tx,
        place: usize,
        n: usize,
        page: PageId,
        author: PersonId,
        at: Time,
    ) -> Result<(Option<ChangeId>, Option<usize>), Failure> {
        let archive = self.archive.clone();
        let folder = &archive.pages[place];
        let head = &folder.revisions[n].head;
        let here = &self.pages[place];
        let published = here.published;
        let open = here.change.filter(|(_, by)| *by == author || published.is_none());
        if let Some((change, _)) = open {
            return Ok((Some(change), n.checked_sub(1)));
        }
        let reviewed = self.spaces[&folder.space].policy == Policy::Reviewed;
        let at_once = match &head.publish {
            Publish::Flag(publish) => *publish && !reviewed,
            Publish::By(publisher) => publisher.by == head.author && publisher.at <= head.at && !reviewed,
        };
        if at_once {
            return Ok((None, published));
        }
        let base = published.map(|published| here.revisions[published]);
        let change = changes::open(tx, page, base, author, at)?;
        tx.record(Some(author), at, Event::ChangeOpened { page, change })?;
        self.pages[place].change = Some((change, author));
        Ok((Some(change), published))
    }

    fn topics_of(&self, file: &str, slugs: &[String]) -> Result<Vec<dugri_core::TopicId>, Failure> {
        let mut topics = slugs
            .iter()
            .map(|slug| find(&self.topics, file, slug, "a topic", "topics.toml"))
            .collect::<Result<Vec<_>, _>>()?;
        topics.sort();
        topics.dedup();
        Ok(topics)
    }

    /// The reports that a revision brings in, by the rule of every save: named in its head, or cited in its text and
    /// not in the published text before.
    fn cites(&self, place: usize, n: usize, references: &References) -> Vec<IntelId> {
        let folder = &self.archive.pages[place];
        let before = match self.pages[place].published {
            Some(published) => References::of(&folder.revisions[published].body).intel,
            None => Vec::new(),
        };
        let saved_at = folder.revisions[n].head.at;
        let named = folder.revisions[n].head.cites.iter().copied().map(IntelId);
        let mut cites: Vec<IntelId> = references
            .intel
            .iter()
            .copied()
            .filter(|id| !before.contains(id))
            .chain(named)
            .filter(|id| {
                let came_before = |report: &Report| report.number == id.0 && report.at <= saved_at;
                self.archive.reports.iter().any(came_before)
            })
            .collect();
        cites.sort();
        cites.dedup();
        cites
    }

    pub(super) fn publish(&mut self, tx: &mut Tx, place: usize, n: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let folder = &archive.pages[place];
        let file = &folder.revisions[n];
        let (by, reason, material) = match &file.head.publish {
            Publish::By(publisher) => (&publisher.by, publisher.reason.clone(), publisher.material),
            Publish::Flag(_) => (&file.head.author, file.head.summary.clone(), false),
        };
        let by = self.person(&file.path, by)?;
        let at = self.at(archive.published_at(place, n + 1).unwrap_or(file.head.at));
        let here = &mut self.pages[place];
        let (Some(page), Some(revision)) = (here.id, here.revisions.get(n).copied()) else {
            return Err(Failure::file(&file.path, "it is published before it is saved"));
        };
        let publication = publications::add(
            tx,
            &NewPublication {
                page,
                revision,
                from_at: at,
                until_at: None,
                by,
                at,
                reason,
                material,
                digest: here.digests[n].clone(),
            },
        )?;
        let event = Event::PagePublished {
            page,
            revision,
            publication: publication.id,
            number: publication.number,
            from_at: at,
            until_at: None,
            material,
        };
        tx.record(Some(by), at, event)?;
        if let Some(change) = here.changes[n] {
            changes::close(tx, change, ChangeState::Published, at)?;
            here.change = here.change.filter(|(open, _)| *open != change);
        }
        here.published = Some(n);
        here.publications.insert(n, (publication.number, publication.id));
        compose::call_page(tx, page, &folder.space, &folder.slug, &file.head.title, at)?;
        Ok(())
    }
}

/// The files of a revision: those that its text shows; and those that no text shows hang on every revision from their
/// own time on, and on the one that readers get.
fn files_used(
    archive: &Archive,
    place: usize,
    n: usize,
    here: &PageHere,
    references: &References,
) -> Vec<FileId> {
    let folder = &archive.pages[place];
    let shown_anywhere = |path: &str| folder.revisions.iter().any(|file| file.body.contains(path));
    let read = (0..folder.revisions.len()).rfind(|n| archive.published_at(place, n + 1).is_some());
    let mut used: Vec<FileId> = folder
        .page
        .files
        .iter()
        .filter_map(|file| {
            let (id, public_id) = here.files.get(&file.path)?;
            let hangs = read.is_some_and(|read| n >= read) || file.at <= folder.revisions[n].head.at;
            let used = references.files.contains(public_id) || (hangs && !shown_anywhere(&file.path));
            used.then_some(*id)
        })
        .collect();
    used.sort();
    used
}

/// The name as it is shown; a download needs the ending too.
fn name_with_ending(name: &str, path: &str) -> String {
    let ending = std::path::Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str())
        .map(|ending| format!(".{ending}"))
        .unwrap_or_default();
    if name.to_lowercase().ends_with(&ending.to_lowercase()) {
        label(name)
    } else {
        label(&format!("{name}{ending}"))
    }
}
