//! Whether this node can do its work.

use dugri_store::{Chore, Error as StoreError};

use crate::read_only::{self, ReadOnly};
use crate::{App, Error};

/// Takes the writer's place and gives it back with nothing done: passes only where a save could pass too. Says whether
/// the operator keeps it read-only: then it is as ready as it should be.
///
/// # Errors
/// [`Error::Unavailable`] when the database does not take writes.
pub fn ready(app: &App) -> Result<Option<ReadOnly>, Error> {
    // Beginning a write needs no room: what the disk refused stands until something is written again.
    if let Some(trouble) = app.store().trouble() {
        return Err(Error::Unavailable(format!("the disk refuses: {trouble}")));
    }
    app.store()
        .housekeep(Chore::Leases, |_| Ok::<_, StoreError>(()))?;
    read_only::state(app)
}
