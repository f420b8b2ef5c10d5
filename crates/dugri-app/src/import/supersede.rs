//! What replaced a page: tied together once all pages are there.

use std::sync::Arc;

use dugri_core::{Event, PageId, PublicId};
use dugri_store::{Tx, imports, pages};
use dugri_text::links::fold_title;

use super::document::Document;
use super::key_of;
use super::prepare::Prepared;
use crate::{Actor, App, Error};

/// Gives superseded pages their successors; answers those whose successor nobody knows, which are archived instead.
pub(super) fn supersede(app: &App, actor: &Actor, batch: Vec<Arc<Prepared>>) -> Result<Vec<String>, Error> {
    let (me, now) = (actor.person(), app.now());
    app.store().write(move |tx| {
        let mut unknown = Vec::new();
        let mut changed = false;
        for prepared in &batch {
            let document = &prepared.document;
            let Some(page) = pages::key_unfiltered(tx, &prepared.public_id)? else {
                // It failed before and was reported.
                continue;
            };
            changed = true;
            match successor(tx, document)?.filter(|successor| *successor != page) {
                Some(successor) => {
                    pages::set_successor(tx, page, Some(successor))?;
                    let successor = Some(successor);
                    tx.record(Some(me), now, Event::PageSuperseded { page, successor })?;
                }
                None => {
                    unknown.push(document.path.clone());
                    pages::set_archived(tx, page, Some(now))?;
                    let archived = true;
                    tx.record(Some(me), now, Event::PageArchived { page, archived })?;
                }
            }
        }
        if !changed {
            tx.unchanged();
        }
        Ok(unknown)
    })
}

/// The page that `superseded_by` names: by its id in the same space, by its public id, or by any name of it.
fn successor(tx: &mut Tx, document: &Document) -> Result<Option<PageId>, Error> {
    let Some(name) = &document.superseded_by else {
        return Ok(None);
    };
    if let Some(row) = imports::by_key(tx, &key_of(&document.space, name))? {
        return Ok(Some(row.page_id));
    }
    if let Some(id) = PublicId::parse(name)
        && let Some(page) = pages::key_unfiltered(tx, &id)?
    {
        return Ok(Some(page));
    }
    Ok(dugri_store::links::named_unfiltered(tx, &fold_title(name))?)
}
