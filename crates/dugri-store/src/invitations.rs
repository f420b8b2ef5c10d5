//! One-time links: the invitation of a new person, and the reset of a forgotten password. Only their hash is kept.

use diesel::prelude::*;
use dugri_core::people::LinkPurpose;
use dugri_core::{InvitationId, PersonId, Time};

use crate::columns::Stamp;
use crate::schema::invitations;
use crate::{Db, Error, Tx};

/// A link that can still be used.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = invitations)]
pub struct InvitationRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: InvitationId,
    /// For whom it is.
    #[diesel(deserialize_as = i64)]
    pub person_id: PersonId,
    /// What it is for.
    #[diesel(deserialize_as = String)]
    pub purpose: LinkPurpose,
    /// When it ends.
    #[diesel(deserialize_as = Stamp)]
    pub expires_at: Time,
}

/// A link to be added.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// For whom it is.
    pub person: PersonId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// The hash of the secret in its address.
    pub secret_hash: String,
    /// Who made it; nobody for the command line.
    pub created_by: Option<PersonId>,
    /// When it ends.
    pub expires_at: Time,
}

/// Adds a link. Earlier unused links of the same person end: the newest is the one that counts.
pub fn add(tx: &mut Tx, now: Time, new: &NewInvitation) -> Result<InvitationId, Error> {
    end_all(tx, now, new.person)?;
    let id: i64 = diesel::insert_into(invitations::table)
        .values((
            invitations::person_id.eq(new.person.0),
            invitations::purpose.eq(new.purpose.as_str()),
            invitations::secret_hash.eq(&new.secret_hash),
            invitations::created_by.eq(new.created_by.map(|by| by.0)),
            invitations::created_at.eq(now.naive_utc()),
            invitations::expires_at.eq(new.expires_at.naive_utc()),
        ))
        .returning(invitations::id)
        .get_result(tx.conn())?;
    Ok(InvitationId(id))
}

/// The link with this hash, if it can still be used.
pub fn find_open(db: &mut Db, secret_hash: &str, now: Time) -> Result<Option<InvitationRow>, Error> {
    Ok(invitations::table
        .filter(invitations::secret_hash.eq(secret_hash))
        .filter(invitations::used_at.is_null())
        .filter(invitations::expires_at.gt(now.naive_utc()))
        .select(InvitationRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// Whether somebody has an invitation that can still be used.
pub fn invited(db: &mut Db, now: Time) -> Result<Vec<PersonId>, Error> {
    let keys: Vec<i64> = invitations::table
        .filter(invitations::purpose.eq(LinkPurpose::Invitation.as_str()))
        .filter(invitations::used_at.is_null())
        .filter(invitations::expires_at.gt(now.naive_utc()))
        .select(invitations::person_id)
        .load(db.conn())?;
    Ok(keys.into_iter().map(PersonId).collect())
}

/// Uses a link up. False when it was used or ended meanwhile.
pub fn use_up(tx: &mut Tx, now: Time, invitation: InvitationId) -> Result<bool, Error> {
    let open = invitations::table
        .find(invitation.0)
        .filter(invitations::used_at.is_null())
        .filter(invitations::expires_at.gt(now.naive_utc()));
    let used = diesel::update(open)
        .set(invitations::used_at.eq(now.naive_utc()))
        .execute(tx.conn())?;
    Ok(used > 0)
}

/// Ends all unused links of a person.
pub fn end_all(tx: &mut Tx, now: Time, person: PersonId) -> Result<(), Error> {
    let open = invitations::table
        .filter(invitations::person_id.eq(person.0))
        .filter(invitations::used_at.is_null())
        .filter(invitations::expires_at.gt(now.naive_utc()));
    diesel::update(open)
        .set(invitations::expires_at.eq(now.naive_utc()))
        .execute(tx.conn())?;
    Ok(())
}
