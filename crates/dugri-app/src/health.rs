//! Whether this node can do its work.

use dugri_store::{Chore, Error as StoreError};

use crate::{App, Error};

/// Takes the writer's place and gives it back with nothing done: passes only where a save could pass too.
///
/// # Errors
/// [`Error::Unavailable`] when the database does not take writes.
pub fn ready(app: &App) -> Result<(), Error> {
    app.store()
        .housekeep(Chore::Leases, |_| Ok::<_, StoreError>(()))?;
    Ok(())
}
