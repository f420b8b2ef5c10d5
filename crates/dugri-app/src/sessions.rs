//! Signing in and out, and the sessions behind signed-in browsers.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use dugri_core::people::fold_email;
use dugri_core::{Event, PersonId, SessionId, Time};
use dugri_store::people::{self, Credential};
use dugri_store::sessions;
pub use dugri_store::sessions::SessionRow;
use dugri_store::{Chore, Tx, settings};

use crate::app::{Actor, App};
use crate::error::Error;
use crate::passwords::{self, Gate};
use crate::secrets;
use crate::throttle::Throttle;
use crate::viewers::{self, ABSOLUTE, Key, Viewer};

/// Tries for one account: ten at once, then one each half minute.
const ACCOUNT_TRIES: (u32, Duration) = (10, Duration::from_secs(30));
/// Tries from one address: an office may share it.
const ADDRESS_TRIES: (u32, Duration) = (30, Duration::from_secs(6));
/// How long ended sessions are kept for the list of who was signed in.
const KEPT: TimeDelta = TimeDelta::days(90);
/// How often old sessions are swept.
const SWEEP_STEP: TimeDelta = TimeDelta::hours(1);
/// How many failed sign-ins wait to be written down.
const FAILURES_MAX: usize = 1_000;
/// The longest name of a browser that is kept, in characters.
const AGENT_CHARS_MAX: usize = 200;
/// The setting that holds the key by which session cookies are signed.
const KEY_SETTING: &str = "sessions.key";

/// Where a request comes from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The client's address.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// A session that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// Its key.
    pub session: SessionId,
    /// When it ends at the latest.
    pub expires_at: Time,
}

/// What became of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in.
    Done(Begun),
    /// Address and password don't belong together. The same for an unknown address, an inactive person, and one who
    /// has no password yet.
    Wrong,
    /// Too often: try again after so many seconds.
    Wait(u64),
}

/// What this node remembers about sign-ins.
pub(crate) struct SignIns {
    pub(crate) gate: Gate,
    accounts: Throttle,
    addresses: Throttle,
    /// Failures of known people, written down in batches: doing it at once would take longer than for unknown ones.
    failures: Mutex<Vec<(PersonId, Time)>>,
    swept: Mutex<Option<Time>>,
}

impl Default for SignIns {
    fn default() -> SignIns {
        SignIns {
            gate: Gate::default(),
            accounts: Throttle::new(ACCOUNT_TRIES.0, ACCOUNT_TRIES.1),
            addresses: Throttle::new(ADDRESS_TRIES.0, ADDRESS_TRIES.1),
            failures: Mutex::default(),
            swept: Mutex::default(),
        }
    }
}

/// Signs somebody in.
///
/// # Errors
/// When the database is not available or too many sign-ins wait.
pub fn sign_in(app: &App, email: &str, password: &str, origin: &Origin) -> Result<SignIn, Error> {
    let memory = &app.memory().sign_ins;
    // A key of bounded size, whatever was typed.
    let account = secrets::hash(&fold_email(email));
    if let Err(wait) = take_tries(memory, &account, &origin.address) {
        return Ok(SignIn::Wait(wait));
    }
    let known = app
        .store()
        .read(|db| people::credential(db, &fold_email(email)))?;
    let hash = known.as_ref().and_then(|known| known.hash.as_deref());
    let fits = memory.gate.verify(password, hash)?;
    let now = app.now();
    match known {
        Some(known) if fits && known.active => match begin_checked(app, known, origin)? {
            Some(begun) => {
                memory.accounts.give_back(&account);
                memory.addresses.give_back(&origin.address);
                Ok(SignIn::Done(begun))
            }
            None => Ok(SignIn::Wrong),
        },
        Some(known) => {
            note_failure(memory, known.person, now);
            Ok(SignIn::Wrong)
        }
        None => Ok(SignIn::Wrong),
    }
}

fn take_tries(memory: &SignIns, account: &str, address: &str) -> Result<(), u64> {
    let now = Instant::now();
    let seconds = |wait: Duration| wait.as_secs() + 1;
    memory.addresses.take(address, now).map_err(seconds)?;
    memory.accounts.take(account, now).map_err(seconds)
}

fn note_failure(memory: &SignIns, person: PersonId, now: Time) {
    let mut failures = memory.failures.lock().unwrap_or_else(PoisonError::into_inner);
    if failures.len() < FAILURES_MAX {
        failures.push((person, now));
    }
}

/// Begins a session, unless the password was changed or the person deactivated while it was checked.
fn begin_checked(app: &App, known: Credential, origin: &Origin) -> Result<Option<Begun>, Error> {
    let (now, origin) = (app.now(), origin.clone());
    app.store().write(move |tx| {
        if people::credential_of(tx, known.person)?.as_ref() != Some(&known) {
            tx.unchanged();
            return Ok(None);
        }
        begin(tx, now, known.person, &origin).map(Some)
    })
}

/// Begins a session of somebody who proved to be that person.
pub(crate) fn begin(tx: &mut Tx, now: Time, person: PersonId, origin: &Origin) -> Result<Begun, Error> {
    let expires_at = now + ABSOLUTE;
    let agent: String = origin
        .agent
        .chars()
        .filter(|c| !c.is_control())
        .take(AGENT_CHARS_MAX)
        .collect();
    let session = sessions::add(tx, now, person, expires_at, &origin.address, &agent)?;
    tx.record(Some(person), now, Event::SignedIn { person, session })?;
    Ok(Begun { session, expires_at })
}

/// Who is behind a session now, if anybody; from memory where it can.
///
/// # Errors
/// When it is not in memory and the database is not available.
pub fn viewer(app: &App, session: SessionId) -> Result<Option<Arc<Viewer>>, Error> {
    viewers::find(app, Key::Session(session))
}

/// As [`viewer`], without ever waiting: `None` where it is not in memory.
pub fn viewer_remembered(app: &App, session: SessionId) -> Option<Arc<Viewer>> {
    viewers::remembered(app, &Key::Session(session))
}

/// The open sessions of the actor, the last used first.
///
/// # Errors
/// When the database is not available.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<SessionRow>, Error> {
    let now = app.now();
    let rows = app
        .store()
        .read(|db| sessions::list_open(db, actor.person(), now))?;
    Ok(rows
        .into_iter()
        .filter(|row| now - row.seen_at <= viewers::IDLE)
        .collect())
}

/// Ends a session of the actor: signing out, or ending another browser's.
///
/// # Errors
/// [`Error::NotFound`] when there is no such open session of the actor.
pub fn end(app: &App, actor: &Actor, session: SessionId) -> Result<(), Error> {
    let (now, person) = (app.now(), actor.person());
    app.store().write(move |tx| {
        if !sessions::end(tx, now, person, session)? {
            return Err(Error::NotFound);
        }
        tx.record(Some(person), now, Event::SessionEnded { person, session })?;
        Ok(())
    })
}

/// Changes the actor's password, given the one in use. All sessions but `keep` end.
///
/// # Errors
/// [`Error::Invalid`] when the current password is wrong or the new one does not do.
pub fn change_password(
    app: &App,
    actor: &Actor,
    keep: Option<SessionId>,
    current: &str,
    new: &str,
) -> Result<(), Error> {
    passwords::check("new_password", new).map_err(|field| Error::Invalid(vec![field]))?;
    let memory = &app.memory().sign_ins;
    let person = actor.person();
    // A stolen session must not be a way to guess the password at leisure.
    let key = format!("person {person}");
    if memory.accounts.take(&key, Instant::now()).is_err() {
        return Err(Error::field("current_password", "error-password-often"));
    }
    let known = app.store().read(|db| people::credential_of(db, person))?;
    let hash = known.and_then(|known| known.hash);
    if !memory.gate.verify(current, hash.as_deref())? {
        return Err(Error::field("current_password", "error-password-wrong"));
    }
    memory.accounts.give_back(&key);
    let new_hash = memory.gate.hash(new)?;
    let now = app.now();
    app.store().write(move |tx| {
        if people::credential_of(tx, person)?.and_then(|known| known.hash) != hash {
            return Err(Error::field("current_password", "error-password-wrong"));
        }
        set_password(tx, now, person, &new_hash, keep)
    })
}

/// Sets a password and ends the sessions that knew the old one.
pub(crate) fn set_password(
    tx: &mut Tx,
    now: Time,
    person: PersonId,
    hash: &str,
    keep: Option<SessionId>,
) -> Result<(), Error> {
    people::set_password_hash(tx, person, hash)?;
    sessions::end_all(tx, now, person, keep)?;
    tx.record(Some(person), now, Event::PasswordChanged { person })?;
    Ok(())
}

/// The key by which session cookies are signed: made when it is first asked for, kept in the database.
///
/// # Errors
/// When the database is not available.
pub fn signing_key(app: &App) -> Result<Vec<u8>, Error> {
    let now = app.now();
    let made = hex::encode(secrets::random_bytes());
    let key = match app.store().read(|db| settings::get(db, KEY_SETTING))? {
        Some(key) => key,
        None => app.store().write(move |tx| {
            if let Some(key) = settings::get(tx, KEY_SETTING)? {
                tx.unchanged();
                return Ok::<_, Error>(key);
            }
            settings::set(tx, KEY_SETTING, &made)?;
            tx.record(
                None,
                now,
                Event::SettingChanged {
                    key: KEY_SETTING.into(),
                },
            )?;
            Ok(made)
        })?,
    };
    hex::decode(key).map_err(|_| Error::Internal(format!("the setting {KEY_SETTING} is not hexadecimal")))
}

/// What is to be done now and then: last uses and failed sign-ins are written down, old sessions and drafts swept.
///
/// # Errors
/// When the database is not available; what was to be written waits for the next time.
pub fn tend(app: &App) -> Result<(), Error> {
    viewers::flush_seen(app)?;
    write_failures(app)?;
    sweep(app)
}

fn write_failures(app: &App) -> Result<(), Error> {
    let memory = &app.memory().sign_ins;
    let failures = std::mem::take(&mut *memory.failures.lock().unwrap_or_else(PoisonError::into_inner));
    if failures.is_empty() {
        return Ok(());
    }
    app.store().write(move |tx| {
        for (person, at) in failures {
            tx.record(None, at, Event::SignInFailed { person })?;
        }
        Ok(())
    })
}

fn sweep(app: &App) -> Result<(), Error> {
    let now = app.now();
    {
        let mut swept = app
            .memory()
            .sign_ins
            .swept
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if swept.is_some_and(|at| now - at < SWEEP_STEP) {
            return Ok(());
        }
        *swept = Some(now);
    }
    app.store()
        .housekeep(Chore::Sessions, move |tx| sessions::sweep(tx, now - KEPT))
        .map(|_: usize| ())
        .map_err(|error: dugri_store::Error| Error::from(error))?;
    crate::drafts::sweep(app)
}
