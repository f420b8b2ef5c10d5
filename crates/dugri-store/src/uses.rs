//! The exposure ledger: who opened, and later shared or used, which revision. Rows are only ever added.
//!
//! Opens come in batches through `housekeep(Chore::Ledger, …)`, which on PostgreSQL runs beside the writer.

use diesel::prelude::*;
use dugri_core::{PageId, PersonId, RevisionId, Time};

use crate::columns::stamp;
use crate::schema::uses;
use crate::{Db, Error, Tx};

/// The kind of a row that tells of a page that was opened.
pub const OPENED: &str = "opened";

/// Somebody opened a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Who.
    pub person: PersonId,
    /// The page.
    pub page: PageId,
    /// What they got.
    pub revision: RevisionId,
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Time,
}

/// Adds opens to the ledger.
pub fn add_opened(tx: &mut Tx, batch: &[Opened]) -> Result<(), Error> {
    for opened in batch {
        diesel::insert_into(uses::table)
            .values((
                uses::revision_id.eq(opened.revision.0),
                uses::person_id.eq(opened.person.0),
                uses::kind.eq(OPENED),
                uses::at.eq(stamp(opened.at)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// How often a revision was opened, whoever may read it.
pub fn count_opened(db: &mut Db, revision: RevisionId) -> Result<i64, Error> {
    Ok(uses::table
        .filter(uses::revision_id.eq(revision.0))
        .filter(uses::kind.eq(OPENED))
        .count()
        .get_result(db.conn())?)
}
