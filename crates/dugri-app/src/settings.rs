//! Settings of the installation that people change while it runs.

use std::sync::{Arc, Mutex, PoisonError};

use dugri_core::Event;
use dugri_core::people::NAME_CHARS_MAX;
use dugri_store::{Epoch, settings};

use crate::app::App;
use crate::by::By;
use crate::error::Error;
use crate::fields::{required, settle};

/// The setting that holds the name of the company.
pub(crate) const COMPANY: &str = "company.name";

/// The company's name as it was at an epoch.
pub(crate) type Company = Mutex<Option<(Epoch, Arc<str>)>>;

/// The name of the company that runs this Dugri; empty before the set-up.
///
/// # Errors
/// When it is not in memory and the database is not available.
pub fn company(app: &App) -> Result<Arc<str>, Error> {
    let epoch = app.store().epoch();
    let lock = || {
        app.memory()
            .company
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if let Some((at, name)) = lock().as_ref()
        && *at == epoch
    {
        return Ok(name.clone());
    }
    let name: Arc<str> = app
        .store()
        .read(|db| settings::get(db, COMPANY))?
        .unwrap_or_default()
        .into();
    *lock() = Some((epoch, name.clone()));
    Ok(name)
}

/// As [`company`], without ever waiting: `None` where it is not in memory.
pub fn company_remembered(app: &App) -> Option<Arc<str>> {
    let kept = app
        .memory()
        .company
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    kept.as_ref()
        .filter(|(at, _)| *at == app.store().epoch())
        .map(|(_, name)| name.clone())
}

/// Changes the name of the company.
///
/// # Errors
/// [`Error::Invalid`] when it is empty or too long.
pub fn set_company(app: &App, by: By<'_>, name: &str) -> Result<(), Error> {
    by.administers()?;
    let mut wrong = Vec::new();
    let name = required(&mut wrong, "company", name, NAME_CHARS_MAX);
    settle(wrong)?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        settings::set(tx, COMPANY, &name)?;
        tx.record(by, now, Event::SettingChanged { key: COMPANY.into() })?;
        Ok(())
    })
}
