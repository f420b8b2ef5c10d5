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

/// Takes a setting away. False where it was not there.
pub fn remove(tx: &mut Tx, key: &str) -> Result<bool, Error> {
    Ok(diesel::delete(settings::table.find(key)).execute(tx.conn())? > 0)
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
