//! Pages out of prepared files, some in one transaction.

use std::sync::Arc;

use chrono::Duration;
use dugri_core::pages::ChangeState;
use dugri_core::people::fold_email;
use dugri_core::{Event, FileId, Language, PageId, PersonId, PublicId, RevisionId, Time};
use dugri_store::files::{self, NewFile};
use dugri_store::imports::{self, ImportRow};
use dugri_store::pages::{self, NewPage, Page, PageSettings};
use dugri_store::publications::{self, NewPublication, VerificationRow};
use dugri_store::revisions::{self, Content, NewRevision};
use dugri_store::{Tx, changes, kinds, people};
use dugri_text::links::fold_title;

use super::document::{Document, State};
use super::made::TopicsHere;
use super::prepare::{Prepared, space_id};
use crate::pages::compose::{self, References};
use crate::pages::life::REVIEW_DAYS_DEFAULT;
use crate::{Actor, App, Error};

/// Writes pages in one transaction: all of them or none.
pub(super) fn write(app: &App, actor: &Actor, batch: Vec<Arc<Prepared>>) -> Result<(), Error> {
    let (me, now) = (actor.person(), app.now());
    app.store().write(move |tx| {
        let topics = TopicsHere::read(tx)?;
        for page in &batch {
            Writer {
                me,
                now,
                topics: &topics,
            }
            .write(tx, page)?;
        }
        Ok(())
    })
}

struct Writer<'a> {
    me: PersonId,
    now: Time,
    topics: &'a TopicsHere,
}

impl Writer<'_> {
    fn write(&self, tx: &mut Tx, prepared: &Prepared) -> Result<(), Error> {
        let document = &prepared.document;
        let page = match &prepared.known {
            None => self.add(tx, prepared)?,
            Some(known) => known.page_id,
        };
        let page = pages::find_unfiltered(tx, page, self.now)?
            .ok_or_else(|| Error::internal("no page after adding it"))?;
        if prepared.known.is_some() {
            self.set(tx, &page, document)?;
        }
        let (revision, digest) = self.save(tx, prepared, &page)?;
        compose::call_page(
            tx,
            page.row.id,
            &page.space.slug,
            &page.row.slug,
            &document.title,
            self.now,
        )?;
        self.call_formerly(tx, page.row.id, document)?;
        if document.state != State::Draft {
            self.publish(tx, &page, document, revision, digest)?;
            self.verify(tx, &page, document, revision)?;
        }
        self.retire(tx, &page, document)?;
        imports::put(
            tx,
            &ImportRow {
                page_id: page.row.id,
                revision_id: revision,
                source_key: document.key(),
                path: document.path.clone(),
                front_matter: document.head.clone(),
                original: (prepared.body != document.body).then(|| document.body.clone()),
                files: serde_json::to_string(&prepared.shown).map_err(Error::internal)?,
            },
        )?;
        Ok(())
    }

    fn add(&self, tx: &mut Tx, prepared: &Prepared) -> Result<PageId, Error> {
        let document = &prepared.document;
        let space = space_id(tx, &document.space)?;
        let kind = kinds::find(tx, &document.kind)?
            .ok_or_else(|| Error::internal(format!("the kind {} is missing", document.kind)))?;
        let owner = self.owner(tx, document)?.unwrap_or(self.me);
        let page = pages::add(
            tx,
            &NewPage {
                public_id: prepared.public_id.clone(),
                space,
                kind: kind.id,
                slug: document.slug.clone(),
                language: document.language,
                audience: document.audience,
                owner: Some(owner),
                owner_group: None,
                views_baseline: document.views,
                created_by: self.me,
                created_at: document.updated,
                client_id: None,
            },
        )?;
        tx.record(Some(self.me), self.now, Event::PageAdded { page, space })?;
        Ok(page)
    }

    fn owner(&self, tx: &mut Tx, document: &Document) -> Result<Option<PersonId>, Error> {
        let Some(email) = &document.owner else {
            return Ok(None);
        };
        Ok(people::find_unfiltered(tx, &fold_email(email))?.map(|person| person.id))
    }

    /// What a changed file says of the page itself.
    fn set(&self, tx: &mut Tx, page: &Page, document: &Document) -> Result<(), Error> {
        let kind = kinds::find(tx, &document.kind)?
            .ok_or_else(|| Error::internal(format!("the kind {} is missing", document.kind)))?;
        let settings = PageSettings {
            kind_id: kind.id.0,
            language: document.language.as_str().into(),
            audience: document.audience.as_str().into(),
            owner_id: self.owner(tx, document)?.or(page.row.owner_id).map(|id| id.0),
            owner_group_id: page.row.owner_group_id.map(|id| id.0),
        };
        let before = PageSettings {
            kind_id: page.kind.id.0,
            language: page.row.language.as_str().into(),
            audience: page.row.audience.as_str().into(),
            owner_id: page.row.owner_id.map(|id| id.0),
            owner_group_id: page.row.owner_group_id.map(|id| id.0),
        };
        if settings != before {
            pages::set_settings(tx, page.row.id, &settings)?;
            tx.record(Some(self.me), self.now, Event::PageChanged { page: page.row.id })?;
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx, prepared: &Prepared, page: &Page) -> Result<(RevisionId, String), Error> {
        let document = &prepared.document;
        let (id, me, now) = (page.row.id, self.me, self.now);
        for upload in &prepared.uploads {
            let file = files::add(
                tx,
                &NewFile {
                    public_id: upload.public_id.clone(),
                    space: page.space.id,
                    page: Some(id),
                    intel: None,
                    name: upload.name.clone(),
                    media_type: upload.media_type.to_owned(),
                    hash: upload.hash.clone(),
                    size: upload.size,
                    by: me,
                    at: now,
                    client_id: None,
                },
            )?;
            tx.record(Some(me), now, Event::FileAdded { file })?;
        }
        let parent = prepared.known.as_ref().map(|known| known.revision_id);
        let change = match document.state {
            State::Draft => Some(self.change(tx, page, parent)?),
            _ => None,
        };
        let mut topics: Vec<_> = document
            .topics
            .iter()
            .filter_map(|tag| self.topics.find(tag))
            .collect();
        topics.sort();
        topics.dedup();
        let content = Content {
            title: document.title.clone(),
            key_message: document.key_message.clone(),
            body: prepared.body.clone(),
            fields: document.fields.clone(),
            topics,
        };
        let digest = content.digest();
        let references = References::of(&content.body);
        let files = used(tx, prepared)?;
        let revision = revisions::add(
            tx,
            &NewRevision {
                page: id,
                parent,
                change,
                content,
                author: me,
                at: now,
                summary: summary(document.language).into(),
                minor: false,
                client_id: None,
                links: references.links,
                // A number of another house means nothing here.
                cites: Vec::new(),
                files,
            },
        )?;
        tx.record(
            Some(me),
            now,
            Event::RevisionAdded {
                page: id,
                revision,
                change,
            },
        )?;
        Ok((revision, digest))
    }

    /// The change in which a draft waits: the one that it waits in already, or a new one.
    fn change(
        &self,
        tx: &mut Tx,
        page: &Page,
        parent: Option<RevisionId>,
    ) -> Result<dugri_core::ChangeId, Error> {
        if let Some((open, _)) = changes::list_open(tx, page.row.id)?.into_iter().next() {
            return Ok(open.id);
        }
        let change = changes::open(tx, page.row.id, parent, self.me, self.now)?;
        let page = page.row.id;
        tx.record(Some(self.me), self.now, Event::ChangeOpened { page, change })?;
        Ok(change)
    }

    /// Links may name a page by an alias, by its id where it comes from, or by its file.
    fn call_formerly(&self, tx: &mut Tx, page: PageId, document: &Document) -> Result<(), Error> {
        let name = document.path.rsplit('/').next().unwrap_or(&document.path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let whole = document
            .path
            .rsplit_once('.')
            .map_or(document.path.as_str(), |(path, _)| path);
        let mut folded: Vec<String> = document
            .aliases
            .iter()
            .map(String::as_str)
            .chain(document.id.as_deref())
            .chain([stem, whole])
            .map(fold_title)
            .filter(|name| !name.is_empty())
            .collect();
        folded.sort();
        folded.dedup();
        pages::add_former_names(tx, page, &folded, self.now)?;
        dugri_store::links::adopt(tx, page, &folded)?;
        Ok(())
    }

    fn publish(
        &self,
        tx: &mut Tx,
        page: &Page,
        document: &Document,
        revision: RevisionId,
        digest: String,
    ) -> Result<(), Error> {
        let id = page.row.id;
        for (change, _) in changes::list_open(tx, id)? {
            changes::close(tx, change.id, ChangeState::Published, self.now)?;
        }
        // Never before what it replaces: readers get what was published last.
        let before = publications::list_unfiltered(tx, id)?
            .last()
            .map(|last| last.from_at);
        let from_at = before.map_or(document.updated, |before| before.max(document.updated));
        let publication = publications::add(
            tx,
            &NewPublication {
                page: id,
                revision,
                from_at,
                until_at: None,
                by: self.me,
                at: from_at,
                reason: summary(document.language).into(),
                material: false,
                digest,
            },
        )?;
        tx.record(
            Some(self.me),
            self.now,
            Event::PagePublished {
                page: id,
                revision,
                publication: publication.id,
                number: publication.number,
                from_at,
                until_at: None,
                material: false,
            },
        )?;
        Ok(())
    }

    fn verify(
        &self,
        tx: &mut Tx,
        page: &Page,
        document: &Document,
        revision: RevisionId,
    ) -> Result<(), Error> {
        let Some(at) = document.verified_at else {
            return Ok(());
        };
        let days = page.kind.review_days.unwrap_or(REVIEW_DAYS_DEFAULT);
        let until = at + Duration::days(days.into());
        let row = VerificationRow {
            page_id: page.row.id,
            revision_id: revision,
            at,
            until,
            note: summary(document.language).into(),
        };
        publications::verify(tx, self.me, &row)?;
        let page = page.row.id;
        tx.record(
            Some(self.me),
            self.now,
            Event::PageVerified {
                page,
                revision,
                until,
            },
        )?;
        Ok(())
    }

    fn retire(&self, tx: &mut Tx, page: &Page, document: &Document) -> Result<(), Error> {
        let archived = document.state == State::Archived;
        if page.row.archived_at.is_some() == archived {
            return Ok(());
        }
        pages::set_archived(tx, page.row.id, archived.then_some(self.now))?;
        let page = page.row.id;
        tx.record(Some(self.me), self.now, Event::PageArchived { page, archived })?;
        Ok(())
    }
}

/// The files that a text shows: new ones and those that it had.
fn used(tx: &mut Tx, prepared: &Prepared) -> Result<Vec<FileId>, Error> {
    let ids: Vec<PublicId> = prepared.shown.values().cloned().collect();
    let mut used: Vec<FileId> = files::rows_unfiltered(tx, &ids)?
        .into_iter()
        .map(|file| file.id)
        .collect();
    used.sort();
    Ok(used)
}

/// Why there is this revision, in the language of its page.
fn summary(language: Language) -> &'static str {
    match language {
        Language::En => "Imported",
        Language::He => "יובא",
    }
}
