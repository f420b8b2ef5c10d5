//! The rest of a page's life: verifications, successors, retirement.

use dugri_core::{Event, PersonId};
use dugri_store::publications::{self, VerificationRow};
use dugri_store::{Tx, pages};

use super::read::PageFolder;
use super::{Failure, Loader};

impl Loader {
    pub(super) fn verify(&mut self, tx: &mut Tx, place: usize, n: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let folder = &archive.pages[place];
        let toml = format!("{}/page.toml", folder.path);
        let verified = &folder.page.verified[n];
        let by = self.person(&toml, &verified.by)?;
        let (Some(page), Some((revision, ..))) = (
            self.pages[place].id,
            self.pages[place].publication(verified.revision),
        ) else {
            let why = format!("revision {} is verified but not published", verified.revision);
            return Err(Failure::file(&toml, why));
        };
        let (at, until) = (self.at(verified.at), self.at(verified.until));
        let row = VerificationRow {
            page_id: page,
            revision_id: revision,
            at,
            until,
            note: verified.note.clone(),
        };
        publications::verify(tx, by, &row)?;
        tx.record(
            Some(by),
            at,
            Event::PageVerified {
                page,
                revision,
                until,
            },
        )?;
        Ok(())
    }

    pub(super) fn supersede(&mut self, tx: &mut Tx, place: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let folder = &archive.pages[place];
        let toml = format!("{}/page.toml", folder.path);
        let successor = folder
            .page
            .superseded_by
            .as_ref()
            .and_then(|id| archive.page_place(id))
            .and_then(|place| self.pages[place].id);
        let (Some(page), Some(successor)) = (self.pages[place].id, successor) else {
            return Err(Failure::file(
                &toml,
                "superseded_by is not a page of this archive",
            ));
        };
        let at = self.at(folder.page.superseded_at.unwrap_or(archive.manifest.as_of));
        pages::set_successor(tx, page, Some(successor))?;
        let successor = Some(successor);
        tx.record(self.owner(folder)?, at, Event::PageSuperseded { page, successor })?;
        Ok(())
    }

    pub(super) fn retire(&mut self, tx: &mut Tx, place: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let folder = &archive.pages[place];
        let Some(page) = self.pages[place].id else {
            return Ok(());
        };
        let at = self.at(folder.page.archived_at.unwrap_or(archive.manifest.as_of));
        pages::set_archived(tx, page, Some(at))?;
        let archived = true;
        tx.record(self.owner(folder)?, at, Event::PageArchived { page, archived })?;
        Ok(())
    }

    fn owner(&self, folder: &PageFolder) -> Result<Option<PersonId>, Failure> {
        let toml = format!("{}/page.toml", folder.path);
        folder
            .page
            .owner
            .as_ref()
            .map(|email| self.person(&toml, email))
            .transpose()
    }
}
