//! Kinds of pages: rows, not code. Seeded at set-up, more are made by import and by managers.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::KindId;

use crate::schema::kinds;
use crate::{Db, Error, Tx};

/// A kind.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = kinds)]
pub struct KindRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: KindId,
    /// The name in addresses and files.
    pub slug: String,
    /// The label in English.
    pub name: String,
    /// The label in Hebrew.
    pub name_he: String,
    /// The icon's name.
    pub icon: String,
    /// The review period in days, if pages of this kind are checked at all.
    pub review_days: Option<i32>,
    /// The Markdown that a new page begins with, in English.
    pub template: String,
    /// The same in Hebrew.
    pub template_he: String,
    /// The fields, as JSON: a list of `{name, label, label_he}`.
    pub fields: String,
    /// The place in lists.
    pub position: i32,
}

/// A field of a kind: asked for in the form, kept in each revision.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KindField {
    /// The name under which revisions keep it.
    pub name: String,
    /// The label in English.
    pub label: String,
    /// The label in Hebrew.
    pub label_he: String,
}

impl KindRow {
    /// The fields that pages of this kind have.
    pub fn field_list(&self) -> Result<Vec<KindField>, Error> {
        serde_json::from_str(&self.fields).map_err(|error| Error::Database(error.to_string()))
    }
}

/// A kind to add.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = kinds)]
pub struct NewKind {
    /// The name in addresses and files.
    pub slug: String,
    /// The label in English.
    pub name: String,
    /// The label in Hebrew.
    pub name_he: String,
    /// The icon's name.
    pub icon: String,
    /// The review period in days.
    pub review_days: Option<i32>,
    /// The Markdown that a new page begins with, in English.
    pub template: String,
    /// The same in Hebrew.
    pub template_he: String,
    /// The fields, as JSON.
    pub fields: String,
    /// The place in lists.
    pub position: i32,
}

/// Adds a kind. The event is the caller's.
pub fn add(tx: &mut Tx, new: &NewKind) -> Result<KindId, Error> {
    let id = diesel::insert_into(kinds::table)
        .values(new)
        .returning(kinds::id)
        .get_result(tx.conn())?;
    Ok(KindId(id))
}

/// All kinds in the order of lists.
pub fn list(db: &mut Db) -> Result<Vec<KindRow>, Error> {
    Ok(kinds::table
        .order((kinds::position.asc(), kinds::slug.asc()))
        .select(KindRow::as_select())
        .load(db.conn())?)
}

/// The kind of a slug.
pub fn find(db: &mut Db, slug: &str) -> Result<Option<KindRow>, Error> {
    Ok(kinds::table
        .filter(kinds::slug.eq(slug))
        .select(KindRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// All kinds by slug.
pub fn by_slug(db: &mut Db) -> Result<HashMap<String, KindRow>, Error> {
    Ok(list(db)?
        .into_iter()
        .map(|kind| (kind.slug.clone(), kind))
        .collect())
}
