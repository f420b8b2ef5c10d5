//! Settings that live in the database: a key and a text. Names of keys belong to the code that uses them.

use diesel::prelude::*;

use crate::schema::settings;
use crate::{Db, Error, Tx};

/// The value of a setting.
pub fn get(db: &mut Db, key: &str) -> Result<Option<String>, Error> {
    let value = settings::table
        .find(key)
        .select(settings::value)
        .first(db.conn())
        .optional()?;
    Ok(value)
}

/// Sets a setting. The writer's place makes update-then-insert safe.
pub fn set(tx: &mut Tx, key: &str, value: &str) -> Result<(), Error> {
    let updated = diesel::update(settings::table.find(key))
        .set(settings::value.eq(value))
        .execute(tx.conn())?;
    if updated == 0 {
        diesel::insert_into(settings::table)
            .values((settings::key.eq(key), settings::value.eq(value)))
            .execute(tx.conn())?;
    }
    Ok(())
}
