//! API tokens: made by a person for a program, never worth more than their person, shown once.

use std::sync::Arc;

use chrono::TimeDelta;
use dugri_core::people::NAME_CHARS_MAX;
use dugri_core::{Event, PersonId, TokenId};
use dugri_store::tokens::{self, NewToken};
pub use dugri_store::tokens::{Scopes, TokenRow};

use crate::app::{Actor, App};
use crate::by::By;
use crate::error::{Error, FieldError};
use crate::secrets::{self, Secret};
use crate::viewers::{self, Key, Viewer};

/// How every token begins, so that one who finds it in a file knows what it is.
pub const PREFIX: &str = "dugri_";
/// The longest life of a token in days that can be asked for.
const DAYS_MAX: i64 = 3_650;

/// A token to be made.
#[derive(Debug, Clone, Default)]
pub struct TokenInput {
    /// What it is for.
    pub name: String,
    /// What it may be used for.
    pub scopes: Scopes,
    /// How many days it lasts; for ever without.
    pub days: Option<i64>,
}

/// Makes a token of a person: one's own, or any at the command line.
///
/// # Errors
/// [`Error::Invalid`] when it has no name or no scope.
pub fn make(app: &App, by: By<'_>, person: PersonId, input: TokenInput) -> Result<Secret, Error> {
    if by.person().is_some_and(|by| by != person) {
        return Err(Error::NotFound);
    }
    let mut wrong = Vec::new();
    let name = crate::fields::required(&mut wrong, "name", &input.name, NAME_CHARS_MAX);
    if input.scopes.is_empty() {
        wrong.push(FieldError::new("scopes", "error-scopes"));
    }
    if input.days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
        wrong.push(FieldError::new("days", "error-days"));
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let (now, by) = (app.now(), by.person());
    let secret = Secret::new(PREFIX);
    let new = NewToken {
        person,
        name,
        secret_hash: secret.hash(),
        scopes: input.scopes,
        expires_at: input.days.map(|days| now + TimeDelta::days(days)),
    };
    app.store().write(move |tx| {
        let token = tokens::add(tx, now, &new)?;
        tx.record(by, now, Event::TokenMade { token, person })?;
        Ok::<_, Error>(())
    })?;
    Ok(secret)
}

/// The tokens of the actor that were not withdrawn, the newest first.
///
/// # Errors
/// When the database is not available.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<TokenRow>, Error> {
    Ok(app.store().read(|db| tokens::list_open(db, actor.person()))?)
}

/// Withdraws a token of the actor.
///
/// # Errors
/// [`Error::NotFound`] when there is no such open token of the actor.
pub fn end(app: &App, actor: &Actor, token: TokenId) -> Result<(), Error> {
    let (now, person) = (app.now(), actor.person());
    app.store().write(move |tx| {
        if !tokens::end(tx, now, person, token)? {
            return Err(Error::NotFound);
        }
        tx.record(Some(person), now, Event::TokenEnded { token, person })?;
        Ok(())
    })
}

/// Who is behind a token now, if anybody; from memory where it can.
///
/// # Errors
/// When it is not in memory and the database is not available.
pub fn viewer(app: &App, token: &str) -> Result<Option<Arc<Viewer>>, Error> {
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    viewers::find(app, Key::Token(secrets::hash(token)))
}
