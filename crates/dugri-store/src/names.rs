//! Who and where, as lists show them: the few columns of people, spaces and kinds that stand beside other rows.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::spaces::Policy;
use dugri_core::{KindId, Language, PersonId, SpaceId};

use crate::people::in_language;
use crate::schema::{kinds, people, spaces};
use crate::{Db, Error};

/// A person beside something.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct PersonName {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The name in Hebrew letters, where it is kept.
    pub name_he: Option<String>,
    /// The role title.
    pub title: String,
    /// The role title in Hebrew, where it is kept.
    pub title_he: Option<String>,
    /// Whether the person is from outside.
    pub outsider: bool,
    /// The photo: the hash of its bytes.
    pub photo: Option<String>,
}

/// A space beside something.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = spaces)]
pub struct SpaceName {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: SpaceId,
    /// The name in addresses.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew, where it is kept.
    pub name_he: Option<String>,
    /// The publishing policy.
    #[diesel(deserialize_as = String)]
    pub policy: Policy,
    /// The icon's name.
    pub icon: String,
}

/// A kind beside something.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = kinds)]
pub struct KindName {
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
}

impl PersonName {
    /// The name for a reader of `language`.
    pub fn name_in(&self, language: Language) -> &str {
        in_language(&self.name, self.name_he.as_deref(), language)
    }

    /// The role title for a reader of `language`.
    pub fn title_in(&self, language: Language) -> &str {
        in_language(&self.title, self.title_he.as_deref(), language)
    }
}

impl SpaceName {
    /// The name for a reader of `language`.
    pub fn name_in(&self, language: Language) -> &str {
        in_language(&self.name, self.name_he.as_deref(), language)
    }
}

impl KindName {
    /// The label for a reader of `language`.
    pub fn name_in(&self, language: Language) -> &str {
        in_language(&self.name, Some(&self.name_he), language)
    }
}

/// The people of these keys. Who wrote or published something is no secret to those who may read it.
pub fn people(db: &mut Db, ids: &[PersonId]) -> Result<HashMap<PersonId, PersonName>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(people::table
        .filter(people::id.eq_any(keys))
        .select(PersonName::as_select())
        .load(db.conn())?
        .into_iter()
        .map(|person| (person.id, person))
        .collect())
}
