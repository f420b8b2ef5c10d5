//! One-time links: an invitation for a new person, a reset for one who forgot the password. An admin gets the link and
//! hands it on; whoever opens it chooses a password and is signed in.

use chrono::TimeDelta;
use dugri_core::people::{LinkPurpose, NAME_CHARS_MAX};
use dugri_core::{Event, PersonId, Time};
use dugri_store::Tx;
use dugri_store::invitations::{self, NewInvitation};
use dugri_store::people::{self, PersonRow};

use crate::app::App;
use crate::by::By;
use crate::error::Error;
use crate::fields::{required, settle};
use crate::passwords;
use crate::secrets::{self, Secret};
use crate::sessions::{self, Begun, Origin};

/// How long an invitation can be used: a week, with a weekend in it.
pub const INVITATION_LIFE: TimeDelta = TimeDelta::days(7);
/// How long a reset can be used: it opens an account that has something in it.
pub const RESET_LIFE: TimeDelta = TimeDelta::hours(24);

/// A link that was just made. It is shown once.
pub struct Link {
    /// The whole address, under the configured base.
    pub address: String,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// When it ends.
    pub expires_at: Time,
}

/// Makes a link for somebody: an invitation while they have no password, a reset afterwards. Earlier links end.
///
/// # Errors
/// [`Error::NotFound`] for those who may not, and for whom there is no such active person.
pub fn make(app: &App, by: By<'_>, person: PersonId) -> Result<Link, Error> {
    by.administers()?;
    let (now, by) = (app.now(), by.person());
    let secret = Secret::new("");
    let hash = secret.hash();
    let (purpose, expires_at) = app.store().write(move |tx| make_in(tx, now, by, person, hash))?;
    Ok(link(app, &secret, purpose, expires_at))
}

pub(crate) fn make_in(
    tx: &mut Tx,
    now: Time,
    by: Option<PersonId>,
    person: PersonId,
    secret_hash: String,
) -> Result<(LinkPurpose, Time), Error> {
    let credential = people::credential_of(tx, person)?
        .filter(|credential| credential.active)
        .ok_or(Error::NotFound)?;
    let (purpose, life) = match credential.hash {
        None => (LinkPurpose::Invitation, INVITATION_LIFE),
        Some(_) => (LinkPurpose::Reset, RESET_LIFE),
    };
    let expires_at = now + life;
    let new = NewInvitation {
        person,
        purpose,
        secret_hash,
        created_by: by,
        expires_at,
    };
    let invitation = invitations::add(tx, now, &new)?;
    tx.record(by, now, Event::InvitationMade { invitation, person })?;
    Ok((purpose, expires_at))
}

pub(crate) fn link(app: &App, secret: &Secret, purpose: LinkPurpose, expires_at: Time) -> Link {
    let path = match purpose {
        LinkPurpose::Invitation => "invite",
        LinkPurpose::Reset => "reset",
    };
    let address = format!("{}/{path}/{}", app.config().base_url, secret.reveal());
    Link {
        address,
        purpose,
        expires_at,
    }
}

/// For whom a link is, while it can be used.
///
/// # Errors
/// [`Error::NotFound`] when it can't: used, ended, unknown, or of the other purpose.
pub fn open(app: &App, purpose: LinkPurpose, secret: &str) -> Result<PersonRow, Error> {
    let (now, hash) = (app.now(), secrets::hash(secret));
    let person = app.store().read(|db| {
        let found = invitations::find_open(db, &hash, now)?.filter(|row| row.purpose == purpose);
        found.map_or(Ok(None), |row| people::get_unfiltered(db, row.person_id))
    })?;
    person.filter(|person| person.active).ok_or(Error::NotFound)
}

/// What somebody chooses who opens a link.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// The name, where an invited person writes it otherwise than the admin did.
    pub name: Option<String>,
    /// The password.
    pub password: String,
}

/// Uses a link: the password is set, sessions that knew the old one end, a new one begins.
///
/// # Errors
/// [`Error::Invalid`] when the password does not do; the link can be used again. [`Error::NotFound`] as in [`open`].
pub fn accept(
    app: &App,
    purpose: LinkPurpose,
    secret: &str,
    chosen: &Chosen,
    origin: &Origin,
) -> Result<Begun, Error> {
    // Before the slow part: only the owner of a link can keep the hashing busy.
    open(app, purpose, secret)?;
    let mut wrong = Vec::new();
    let name = chosen
        .name
        .as_ref()
        .filter(|_| purpose == LinkPurpose::Invitation);
    let name = name.map(|name| required(&mut wrong, "name", name, NAME_CHARS_MAX));
    wrong.extend(passwords::check("password", &chosen.password).err());
    settle(wrong)?;
    let password_hash = app.memory().sign_ins.gate.hash(&chosen.password)?;
    let (now, hash, origin) = (app.now(), secrets::hash(secret), origin.clone());
    app.store().write(move |tx| {
        let row = invitations::find_open(tx, &hash, now)?
            .filter(|row| row.purpose == purpose)
            .ok_or(Error::NotFound)?;
        let person = row.person_id;
        let active = people::credential_of(tx, person)?.is_some_and(|credential| credential.active);
        if !active || !invitations::use_up(tx, now, row.id)? {
            return Err(Error::NotFound);
        }
        tx.record(
            Some(person),
            now,
            Event::InvitationUsed {
                invitation: row.id,
                person,
            },
        )?;
        if let Some(name) = name {
            people::set_name(tx, person, &name)?;
            tx.record(Some(person), now, Event::PersonChanged { person })?;
        }
        sessions::set_password(tx, now, person, &password_hash, None)?;
        sessions::begin(tx, now, person, &origin)
    })
}
