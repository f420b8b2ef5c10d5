//! People: the set-up of the first admin, adding and changing people, one's own profile.
//!
//! The last admin who can sign in can't be taken away: nobody could give the rights back.

mod lists;

use std::collections::HashMap;

use dugri_core::people::{EXPERTISE_CHARS_MAX, Email, NAME_CHARS_MAX, PHONE_CHARS_MAX, Theme};
use dugri_core::{Event, Language, PersonId, Time};
use dugri_store::names::PersonName;
pub use dugri_store::people::PersonRow;
use dugri_store::people::{self, About, NewPerson, Preferences};
use dugri_store::{Tx, invitations, sessions, settings};

pub(crate) use self::lists::lines;
pub use self::lists::{PersonLine, list};
use crate::app::{Actor, App};
use crate::by::By;
use crate::error::{Conflict, Error, FieldError};
use crate::fields::{language, optional, required, settle, word};
use crate::invitations::{Link, link, make_in};
use crate::passwords;
use crate::secrets::Secret;
use crate::sessions::{Begun, Origin, begin, set_password};
use crate::settings::COMPANY;

/// A person as a form, a file or the command line describes one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonInput {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: String,
    /// What the person does.
    pub title: String,
    /// The same in Hebrew.
    pub title_he: String,
    /// The company of an outsider.
    pub organisation: String,
    /// Whether this is somebody from outside.
    pub outsider: bool,
    /// The telephone number.
    pub phone: String,
    /// What colleagues can ask the person about.
    pub expertise: String,
    /// The language of the interface, as a word.
    pub language: String,
    /// Whether this is a site admin.
    pub admin: bool,
}

impl PersonInput {
    fn about(&self, wrong: &mut Vec<FieldError>) -> About {
        About {
            name: required(wrong, "name", &self.name, NAME_CHARS_MAX),
            name_he: optional(wrong, "name_he", &self.name_he, NAME_CHARS_MAX),
            title: optional(wrong, "title", &self.title, NAME_CHARS_MAX).unwrap_or_default(),
            title_he: optional(wrong, "title_he", &self.title_he, NAME_CHARS_MAX),
            organisation: optional(wrong, "organisation", &self.organisation, NAME_CHARS_MAX),
            outsider: self.outsider,
            phone: phone(wrong, &self.phone),
            expertise: optional(wrong, "expertise", &self.expertise, EXPERTISE_CHARS_MAX),
        }
    }

    pub(crate) fn parse(&self) -> Result<NewPerson, Error> {
        let mut wrong = Vec::new();
        let email = email(&mut wrong, &self.email);
        let about = self.about(&mut wrong);
        let language = language(&mut wrong, "language", &self.language);
        settle(wrong)?;
        let email = email.ok_or_else(|| Error::field("email", "error-email"))?;
        Ok(NewPerson {
            email,
            about,
            language,
            admin: self.admin,
            active: true,
        })
    }
}

/// A telephone number as people write them: at least three digits, and the signs that stand between them.
pub(crate) fn phone(wrong: &mut Vec<FieldError>, text: &str) -> Option<String> {
    let phone = optional(wrong, "phone", text, PHONE_CHARS_MAX)?;
    let is_sign = |c: char| c.is_ascii_digit() || " +-()./*#x,".contains(c);
    if phone.chars().filter(char::is_ascii_digit).count() < 3 || !phone.chars().all(is_sign) {
        wrong.push(FieldError::new("phone", "error-phone"));
    }
    Some(phone)
}

fn email(wrong: &mut Vec<FieldError>, text: &str) -> Option<Email> {
    let email = Email::parse(text);
    if email.is_none() {
        let code = if text.trim().is_empty() {
            "error-required"
        } else {
            "error-email"
        };
        wrong.push(FieldError::new("email", code));
    }
    email
}

/// What the set-up of a new installation asks for.
#[derive(Debug, Clone, Default)]
pub struct SetUpInput {
    /// The name of the company.
    pub company: String,
    /// The first admin's address.
    pub email: String,
    /// The first admin's name.
    pub name: String,
    /// The first admin's password.
    pub password: String,
    /// The language of the interface, as a word.
    pub language: String,
}

/// Whether nobody has been added yet, so that the set-up is open.
///
/// # Errors
/// When the database is not available.
pub fn needs_set_up(app: &App) -> Result<bool, Error> {
    use std::sync::atomic::Ordering::Relaxed;
    // Once there is somebody there always is: people are never deleted.
    if app.memory().set_up.load(Relaxed) {
        return Ok(false);
    }
    let empty = app.store().read(people::is_empty)?;
    app.memory().set_up.store(!empty, Relaxed);
    Ok(empty)
}

/// Makes the first admin and signs in. Only while nobody has been added; afterwards there is no set-up.
///
/// # Errors
/// [`Error::NotFound`] when somebody was added before; [`Error::Invalid`] for what has to be mended.
pub fn set_up(app: &App, input: &SetUpInput, origin: &Origin) -> Result<Begun, Error> {
    if !needs_set_up(app)? {
        return Err(Error::NotFound);
    }
    let mut wrong = Vec::new();
    let company = required(&mut wrong, "company", &input.company, NAME_CHARS_MAX);
    let first = PersonInput {
        email: input.email.clone(),
        name: input.name.clone(),
        language: input.language.clone(),
        admin: true,
        ..PersonInput::default()
    };
    let parsed = first.parse();
    if let Err(Error::Invalid(fields)) = &parsed {
        wrong.extend(fields.iter().cloned());
    }
    wrong.extend(passwords::check("password", &input.password).err());
    settle(wrong)?;
    let new = parsed?;
    let hash = app.memory().sign_ins.gate.hash(&input.password)?;
    let (now, origin) = (app.now(), origin.clone());
    app.store().write(move |tx| {
        if !people::is_empty(tx)? {
            return Err(Error::NotFound);
        }
        let person = people::add(tx, now, &new)?;
        crate::kinds::seed(tx, now)?;
        settings::set(tx, COMPANY, &company)?;
        tx.record(Some(person), now, Event::SetUp { person })?;
        tx.record(Some(person), now, Event::SettingChanged { key: COMPANY.into() })?;
        set_password(tx, now, person, &hash, None)?;
        begin(tx, now, person, &origin)
    })
}

/// Adds a person, and makes the link by which they choose a password.
///
/// # Errors
/// [`Error::Invalid`] for what has to be mended, a known address included.
pub fn invite(app: &App, by: By<'_>, input: &PersonInput) -> Result<(PersonId, Link), Error> {
    by.administers()?;
    let new = input.parse()?;
    let (now, by) = (app.now(), by.person());
    let secret = Secret::new("");
    let hash = secret.hash();
    let (person, (purpose, expires_at)) = app.store().write(move |tx| {
        let person = add_in(tx, now, by, &new)?;
        Ok::<_, Error>((person, make_in(tx, now, by, person, hash)?))
    })?;
    Ok((person, link(app, &secret, purpose, expires_at)))
}

/// Adds a person with a password, for the command line and for archives.
///
/// # Errors
/// As [`invite`], and when the password does not do.
pub fn add(app: &App, by: By<'_>, input: &PersonInput, password: Option<&str>) -> Result<PersonId, Error> {
    by.administers()?;
    let new = input.parse()?;
    if let Some(password) = password {
        passwords::check("password", password).map_err(|field| Error::Invalid(vec![field]))?;
    }
    let hash = password
        .map(|password| app.memory().sign_ins.gate.hash(password))
        .transpose()?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        let person = add_in(tx, now, by, &new)?;
        if let Some(hash) = hash {
            set_password(tx, now, person, &hash, None)?;
        }
        Ok(person)
    })
}

fn add_in(tx: &mut Tx, now: Time, by: Option<PersonId>, new: &NewPerson) -> Result<PersonId, Error> {
    if people::find_unfiltered(tx, new.email.folded())?.is_some() {
        return Err(Error::field("email", "error-email-known"));
    }
    if people::is_empty(tx)? {
        // The command line may add the first person instead of the set-up.
        crate::kinds::seed(tx, now)?;
    }
    let person = people::add(tx, now, new)?;
    tx.record(by, now, Event::PersonAdded { person })?;
    Ok(person)
}

/// Changes what is told about a person. The address stays: it is who signs in.
///
/// # Errors
/// [`Error::Invalid`] for what has to be mended.
pub fn change(app: &App, by: By<'_>, person: PersonId, input: &PersonInput) -> Result<(), Error> {
    by.administers()?;
    let mut wrong = Vec::new();
    let about = input.about(&mut wrong);
    settle(wrong)?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        exists(tx, person)?;
        people::set_about(tx, person, &about)?;
        tx.record(by, now, Event::PersonChanged { person })?;
        Ok(())
    })
}

/// Makes a site admin, or an ordinary person again; then their sessions end.
///
/// # Errors
/// [`Error::Conflict`] when no admin would be left.
pub fn set_admin(app: &App, by: By<'_>, person: PersonId, admin: bool) -> Result<(), Error> {
    by.administers()?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        let before = exists(tx, person)?;
        if before.admin == admin {
            tx.unchanged();
            return Ok(());
        }
        people::set_admin(tx, person, admin)?;
        if !admin {
            keep_an_admin(tx)?;
            sessions::end_all(tx, now, person, None)?;
        }
        tx.record(by, now, Event::AdminChanged { person, admin })?;
        Ok(())
    })
}

/// Lets a person sign in, or no longer; then sessions and links end at once.
///
/// # Errors
/// [`Error::Conflict`] when no admin would be left.
pub fn set_active(app: &App, by: By<'_>, person: PersonId, active: bool) -> Result<(), Error> {
    by.administers()?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        let before = exists(tx, person)?;
        if before.active == active {
            tx.unchanged();
            return Ok(());
        }
        if !active {
            return close_account(tx, by, person, now);
        }
        people::set_active(tx, person, true)?;
        tx.record(by, now, Event::ActiveChanged { person, active })?;
        Ok(())
    })
}

/// Ends everything by which a person could come in.
pub(crate) fn close_account(
    tx: &mut Tx,
    by: Option<PersonId>,
    person: PersonId,
    now: Time,
) -> Result<(), Error> {
    exists(tx, person)?;
    people::set_active(tx, person, false)?;
    keep_an_admin(tx)?;
    sessions::end_all(tx, now, person, None)?;
    invitations::end_all(tx, now, person)?;
    let event = Event::ActiveChanged {
        person,
        active: false,
    };
    tx.record(by, now, event)?;
    Ok(())
}

fn exists(tx: &mut Tx, person: PersonId) -> Result<PersonRow, Error> {
    people::get_unfiltered(tx, person)?.ok_or(Error::NotFound)
}

fn keep_an_admin(tx: &mut Tx) -> Result<(), Error> {
    if people::count_admins(tx)? > 0 {
        return Ok(());
    }
    Err(Error::Conflict(Conflict::State {
        state: "last-admin".into(),
    }))
}

/// How the actor wants the interface, as words.
#[derive(Debug, Clone, Default)]
pub struct PreferencesInput {
    /// Its language.
    pub language: String,
    /// Its colours.
    pub theme: String,
    /// Whether keys without a modifier act.
    pub shortcuts: bool,
}

/// Changes how the actor wants the interface.
///
/// # Errors
/// [`Error::Invalid`] for an unknown word.
pub fn set_preferences(app: &App, actor: &Actor, input: &PreferencesInput) -> Result<(), Error> {
    let mut wrong = Vec::new();
    let language: Option<Language> = word(&mut wrong, "language", &input.language);
    let theme: Option<Theme> = word(&mut wrong, "theme", &input.theme);
    settle(wrong)?;
    let wants = Preferences {
        language: language.unwrap_or_default(),
        theme: theme.unwrap_or(Theme::Auto),
        shortcuts: input.shortcuts,
    };
    let (now, person) = (app.now(), actor.person());
    app.store().write(move |tx| {
        people::set_preferences(tx, person, wants)?;
        tx.record(Some(person), now, Event::PersonChanged { person })?;
        Ok(())
    })
}

/// A person by key, as colleagues see each other.
///
/// # Errors
/// [`Error::NotFound`] when there is nobody, or an outsider asks for somebody else.
pub fn get(app: &App, actor: &Actor, person: PersonId) -> Result<PersonRow, Error> {
    if actor.access.outsider && actor.person() != person {
        return Err(Error::NotFound);
    }
    app.store()
        .read(|db| people::get_unfiltered(db, person))?
        .ok_or(Error::NotFound)
}

/// A person by address, for the command line and imports.
///
/// # Errors
/// [`Error::NotFound`] when there is nobody.
pub fn find(app: &App, by: By<'_>, email: &str) -> Result<PersonRow, Error> {
    by.administers()?;
    app.store()
        .read(|db| people::find_unfiltered(db, &dugri_core::people::fold_email(email)))?
        .ok_or(Error::NotFound)
}

/// The names of people that stand beside something the reader may read.
pub fn names(app: &App, ids: &[PersonId]) -> Result<HashMap<PersonId, PersonName>, Error> {
    Ok(app.store().read(|db| dugri_store::names::people(db, ids))?)
}
