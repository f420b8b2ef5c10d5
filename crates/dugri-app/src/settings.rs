//! Settings of the installation that people change while it runs: the company's name, colour and logo.

use std::sync::Arc;

use dugri_core::Event;
use dugri_core::colour::{Colour, TEXT_CONTRAST_MIN};
use dugri_core::people::NAME_CHARS_MAX;
use dugri_store::{BlobHash, Db, Error as StoreError, settings};

use crate::app::{Actor, App};
use crate::by::By;
use crate::error::{Error, FieldError};
use crate::fields::{required, settle};

/// The setting that holds the name of the company.
pub(crate) const COMPANY: &str = "company.name";
/// Its colour.
const COLOUR: &str = "company.colour";
/// Its logo: the hash of the bytes and their type.
const LOGO: &str = "company.logo";
/// The largest logo in bytes.
const LOGO_BYTES_MAX: usize = 256 << 10;

/// The company that runs this Dugri.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    /// Its name; empty before the set-up.
    pub name: String,
    /// Its colour in place of ours.
    pub colour: Option<Colour>,
    /// Its logo in place of ours, by the hash of its bytes.
    pub logo: Option<String>,
}

/// The company that runs this Dugri.
///
/// # Errors
/// When it is not in memory and the database is not available.
pub fn company(app: &App) -> Result<Arc<Company>, Error> {
    let (epoch, known) = (app.store().epoch(), &app.memory().company);
    match known.at(epoch) {
        Some(company) => Ok(company),
        None => Ok(known.keep(epoch, app.store().read(read)?)),
    }
}

fn read(db: &mut Db) -> Result<Company, StoreError> {
    Ok(Company {
        name: settings::get(db, COMPANY)?.unwrap_or_default(),
        colour: settings::get(db, COLOUR)?.and_then(|text| text.parse().ok()),
        logo: settings::get(db, LOGO)?.and_then(|text| Some(text.split_once(' ')?.0.to_owned())),
    })
}

/// As [`company`], without ever waiting: `None` where it is not in memory.
pub fn company_remembered(app: &App) -> Option<Arc<Company>> {
    app.memory().company.at(app.store().epoch())
}

/// What a form says of the company.
#[derive(Debug, Clone, Default)]
pub struct CompanyInput {
    /// The name.
    pub name: String,
    /// The colour as `#1f4fc6`; empty for ours.
    pub colour: String,
    /// The bytes of a new logo.
    pub logo: Option<Vec<u8>>,
    /// Takes the logo away.
    pub no_logo: bool,
}

/// Changes the company's name, colour and logo.
///
/// # Errors
/// [`Error::Invalid`] when the name is empty or too long, the colour can't be read on white (with the nearest one that
/// can), or the logo is no picture.
pub fn set_company(app: &App, actor: &Actor, input: CompanyInput) -> Result<(), Error> {
    By::Person(actor).administers()?;
    let mut wrong = Vec::new();
    let name = required(&mut wrong, "company", &input.name, NAME_CHARS_MAX);
    let colour = colour(&mut wrong, &input.colour);
    let logo = match &input.logo {
        Some(bytes) => logo_type(&mut wrong, bytes),
        None => None,
    };
    settle(wrong)?;
    let logo = match (input.logo, logo) {
        (Some(bytes), Some(kind)) => Some(format!("{} {kind}", crate::files::put(app, bytes)?)),
        _ if input.no_logo => Some(String::new()),
        _ => None,
    };
    let (now, by) = (app.now(), actor.person());
    app.store().write(move |tx| {
        let mut changed = vec![
            (COMPANY, name),
            (COLOUR, colour.map_or_else(String::new, |c| c.to_string())),
        ];
        changed.extend(logo.map(|logo| (LOGO, logo)));
        let mut quiet = true;
        for (key, value) in changed {
            if settings::get(tx, key)?.unwrap_or_default() != value {
                settings::set(tx, key, &value)?;
                tx.record(Some(by), now, Event::SettingChanged { key: key.into() })?;
                quiet = false;
            }
        }
        if quiet {
            tx.unchanged();
        }
        Ok(())
    })
}

fn colour(wrong: &mut Vec<FieldError>, text: &str) -> Option<Colour> {
    if text.trim().is_empty() {
        return None;
    }
    let Ok(colour) = text.parse::<Colour>() else {
        wrong.push(FieldError::new("colour", "error-colour"));
        return None;
    };
    if colour.contrast(Colour::WHITE) < TEXT_CONTRAST_MIN {
        let near = colour.readable(Colour::WHITE, Colour([0; 3]), TEXT_CONTRAST_MIN);
        wrong.push(FieldError::new("colour", "error-colour-contrast").with("near", near.to_string()));
    }
    Some(colour)
}

fn logo_type(wrong: &mut Vec<FieldError>, bytes: &[u8]) -> Option<&'static str> {
    if bytes.len() > LOGO_BYTES_MAX {
        wrong.push(FieldError::new("logo", "error-too-large").with("max", LOGO_BYTES_MAX));
        return None;
    }
    let kind = crate::files::media_type(bytes);
    if matches!(kind, "image/png" | "image/jpeg" | "image/webp") {
        return Some(kind);
    }
    wrong.push(FieldError::new("logo", "error-logo"));
    None
}

/// The bytes of the logo and their type.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn logo(app: &App) -> Result<(String, Vec<u8>), Error> {
    let kept = app
        .store()
        .read(|db| settings::get(db, LOGO))?
        .unwrap_or_default();
    let (hash, kind) = kept.split_once(' ').ok_or(Error::NotFound)?;
    let hash = BlobHash::parse(hash).ok_or(Error::NotFound)?;
    let bytes = app.blobs().get(&hash)?.ok_or(Error::NotFound)?;
    Ok((kind.to_owned(), bytes.to_vec()))
}
