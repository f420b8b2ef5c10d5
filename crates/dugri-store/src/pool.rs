//! Connections for reading. They are not tested when they are lent: the `BEGIN` of the snapshot is the test.

use std::time::Duration;

use diesel::connection::{Connection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, R2D2Connection as _};

use crate::conn::Purpose;
use crate::{AnyConn, Database, Db, Error};

/// How long a reader waits for a connection before it is told to come back later.
const CHECKOUT_MAX: Duration = Duration::from_secs(2);

/// Makes connections for the pool.
pub(crate) struct Manager(Database);

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = Error;

    fn connect(&self) -> Result<Db, Error> {
        Ok(Db::new(self.0.connect(Purpose::Read)?))
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), Error> {
        Ok(db.conn().ping()?)
    }

    /// Also true for a connection left inside a transaction, as after a panic.
    fn has_broken(&self, db: &mut Db) -> bool {
        type Tm = <AnyConn as Connection>::TransactionManager;
        Tm::is_broken_transaction_manager(db.conn()) || db.conn().is_broken()
    }
}

/// A pool of readers; it connects lazily, so a database that is away does not hinder the start.
pub(crate) fn open(database: &Database, readers: u32) -> Pool<Manager> {
    Pool::builder()
        .max_size(readers)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(CHECKOUT_MAX)
        .build_unchecked(Manager(database.clone()))
}
