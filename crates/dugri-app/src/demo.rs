//! The demo company: an archive inside this program, loaded through the same door as any other, as if it were today.

use dugri_store::people;
use rust_embed::RustEmbed;

use crate::App;
use crate::archive::{self, Failure, How, Loaded, Source};

/// The password of everybody in the demo. It is printed at every start: a demo must not hold secrets.
pub const PASSWORD: &str = "orion-demo-2026";

/// Its hash. Everybody may know it, so it need not be made anew for each start; a test holds it to the password.
const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$b3Jpb24gZGVtbyBzYWx0Lg$EolI+Fm9N/LXiODfjuqGM4bnp0aLd2i/pf2C1LxWMvQ";

/// Whom a visitor may want to be, by the address before the host, and what for.
const CAST: [(&str, &str); 8] = [
    ("dana@orion.example", "admin, in Hebrew"),
    ("noa@orion.example", "marketer: edits, publishes, triages reports"),
    ("shira@orion.example", "head of marketing, in Hebrew"),
    (
        "eyal@orion.example",
        "salesperson: finds, reads, proposes changes",
    ),
    ("svetlana@orion.example", "field service: reads a little, reports"),
    (
        "dima@negev-install.example",
        "contractor: may only report from the field",
    ),
    ("nadia@galil-controls.example", "partner, from outside"),
    ("james@brightline.example", "agency, from outside"),
];

#[derive(RustEmbed)]
#[folder = "../../assets/demo"]
struct Files;

/// A way into the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// The address.
    pub email: &'static str,
    /// Who that is.
    pub who: &'static str,
}

/// The archive inside this program.
pub fn source() -> Source {
    Source::Embedded {
        paths: Files::iter().map(|path| path.into_owned()).collect(),
        read: |path| Files::get(path).map(|file| file.data),
    }
}

/// Whom one may sign in as, all with [`PASSWORD`].
pub fn sign_ins() -> Vec<SignIn> {
    CAST.iter().map(|(email, who)| SignIn { email, who }).collect()
}

/// Fills a new database with the demo company; `None` where it is there already, from an earlier start.
pub fn prepare(app: &App) -> Result<Option<Loaded>, Failure> {
    let (first, _) = CAST[0];
    if app
        .store()
        .read(|db| people::find_unfiltered(db, first))?
        .is_some()
    {
        return Ok(None);
    }
    let how = How {
        shift_to: Some(app.now()),
        password_hash: Some(PASSWORD_HASH.into()),
    };
    let loaded = archive::load(app, &source(), &how)?;
    // Findable before anybody is told the address.
    app.catch_up()?;
    Ok(Some(loaded))
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::PasswordVerifier as _;

    use super::*;

    #[test]
    fn the_hash_is_that_of_the_password() {
        argon2::Argon2::default()
            .verify_password(PASSWORD.as_bytes(), PASSWORD_HASH)
            .expect("it fits");
    }
}
