//! API tokens. Only the hash of a token is kept: whoever reads the database can't use them.

use diesel::prelude::*;
use dugri_core::people::Scope;
use dugri_core::{PersonId, Time, TokenId};

use crate::columns::{OptStamp, Stamp};
use crate::schema::tokens;
use crate::{Db, Error, Tx};

/// A token as the database has it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = tokens)]
pub struct TokenRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: TokenId,
    /// Whose it is.
    #[diesel(deserialize_as = i64)]
    pub person_id: PersonId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// What it may be used for.
    #[diesel(deserialize_as = String, column_name = scopes)]
    pub scopes: Scopes,
    /// When it was made.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: Time,
    /// When it ends, if ever.
    #[diesel(deserialize_as = OptStamp)]
    pub expires_at: Option<Time>,
    /// When it was last used, to the minute or so.
    #[diesel(deserialize_as = OptStamp)]
    pub seen_at: Option<Time>,
    /// When it was withdrawn.
    #[diesel(deserialize_as = OptStamp)]
    pub ended_at: Option<Time>,
}

/// The scopes of a token, without repeats, in the order of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Puts scopes in order.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Scopes {
        let mut scopes: Vec<Scope> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Scopes(scopes)
    }

    /// Whether a scope is among them.
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The scopes, in order.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|scope| scope.as_str()).collect();
        f.write_str(&words.join(","))
    }
}

impl std::str::FromStr for Scopes {
    type Err = dugri_core::words::UnknownWord;
    fn from_str(text: &str) -> Result<Scopes, Self::Err> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        Ok(Scopes::new(
            words.map(str::parse).collect::<Result<Vec<Scope>, _>>()?,
        ))
    }
}

impl TryFrom<String> for Scopes {
    type Error = dugri_core::words::UnknownWord;
    fn try_from(text: String) -> Result<Scopes, Self::Error> {
        text.parse()
    }
}

/// A token to be added.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose it is.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
    /// The hash of the token.
    pub secret_hash: String,
    /// What it may be used for.
    pub scopes: Scopes,
    /// When it ends, if ever.
    pub expires_at: Option<Time>,
}

/// Adds a token.
pub fn add(tx: &mut Tx, now: Time, new: &NewToken) -> Result<TokenId, Error> {
    let id: i64 = diesel::insert_into(tokens::table)
        .values((
            tokens::person_id.eq(new.person.0),
            tokens::name.eq(&new.name),
            tokens::secret_hash.eq(&new.secret_hash),
            tokens::scopes.eq(new.scopes.to_string()),
            tokens::created_at.eq(now.naive_utc()),
            tokens::expires_at.eq(new.expires_at.map(|at| at.naive_utc())),
        ))
        .returning(tokens::id)
        .get_result(tx.conn())?;
    Ok(TokenId(id))
}

/// A token by its hash, ended or not.
pub fn find(db: &mut Db, secret_hash: &str) -> Result<Option<TokenRow>, Error> {
    Ok(tokens::table
        .filter(tokens::secret_hash.eq(secret_hash))
        .select(TokenRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The tokens of a person that were not withdrawn, the newest first.
pub fn list_open(db: &mut Db, person: PersonId) -> Result<Vec<TokenRow>, Error> {
    Ok(tokens::table
        .filter(tokens::person_id.eq(person.0))
        .filter(tokens::ended_at.is_null())
        .order(tokens::id.desc())
        .select(TokenRow::as_select())
        .load(db.conn())?)
}

/// Withdraws a token of a person. False when there is no such open one.
pub fn end(tx: &mut Tx, now: Time, person: PersonId, token: TokenId) -> Result<bool, Error> {
    let open = tokens::table
        .find(token.0)
        .filter(tokens::person_id.eq(person.0))
        .filter(tokens::ended_at.is_null());
    let ended = diesel::update(open)
        .set(tokens::ended_at.eq(now.naive_utc()))
        .execute(tx.conn())?;
    Ok(ended > 0)
}

/// Writes down when tokens were last used.
pub fn touch(tx: &mut Tx, seen: &[(TokenId, Time)]) -> Result<(), Error> {
    for (token, at) in seen {
        diesel::update(tokens::table.find(token.0))
            .set(tokens::seen_at.eq(at.naive_utc()))
            .execute(tx.conn())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_in_any_order_and_written_in_one() {
        let scopes: Scopes = "write, read,read".parse().expect("known words");
        assert_eq!(scopes.to_string(), "read,write");
        assert!(scopes.contains(Scope::Read) && !scopes.contains(Scope::Intel));
        assert!("read,admin".parse::<Scopes>().is_err());
        assert!("".parse::<Scopes>().expect("no words").is_empty());
    }
}
