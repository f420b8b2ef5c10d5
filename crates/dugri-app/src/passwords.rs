//! Passwords: argon2id, a few at a time. Hashing is made slow on purpose; without a gate a flood of sign-ins would
//! take both cores away from those who save.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use dugri_core::people::{PASSWORD_BYTES_MAX, PASSWORD_BYTES_MIN};

use crate::error::{Error, FieldError};

/// Memory of one computation in KiB: what OWASP asks for at two passes.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// How many are computed at once.
const AT_ONCE_MAX: usize = 2;
/// How many may wait: two seconds of work; whoever comes later is asked to try again.
const WAITING_MAX: usize = 64;

/// The gate in front of the hashing.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    load: Mutex<Load>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Load {
    running: usize,
    waiting: usize,
}

impl Gate {
    /// Runs `work` when there is room, or says that there is none.
    fn pass<T>(&self, work: impl FnOnce() -> T) -> Result<T, Error> {
        let mut load = self.load.lock().unwrap_or_else(PoisonError::into_inner);
        if load.waiting >= WAITING_MAX {
            return Err(Error::Unavailable("too many passwords to check".into()));
        }
        load.waiting += 1;
        while load.running >= AT_ONCE_MAX {
            load = self.freed.wait(load).unwrap_or_else(PoisonError::into_inner);
        }
        load.waiting -= 1;
        load.running += 1;
        drop(load);
        let _leave = Leave(self);
        Ok(work())
    }

    /// The hash of a new password.
    pub(crate) fn hash(&self, password: &str) -> Result<String, Error> {
        let salt: [u8; 16] = rand::random();
        self.pass(|| argon2().hash_password_with_salt(password.as_bytes(), &salt))?
            .map(|hash| hash.to_string())
            .map_err(Error::internal)
    }

    /// Whether a password is the one behind `hash`. Without a hash it takes as long and is false: an answer must not
    /// tell whether somebody exists.
    pub(crate) fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, Error> {
        if password.len() > PASSWORD_BYTES_MAX {
            return Ok(false);
        }
        let stored = hash.unwrap_or(NOBODYS);
        let fits = self.pass(|| argon2().verify_password(password.as_bytes(), stored).is_ok())?;
        Ok(fits && hash.is_some())
    }
}

/// Gives the place back, also after a panic.
struct Leave<'a>(&'a Gate);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.load.lock().unwrap_or_else(PoisonError::into_inner).running -= 1;
        self.0.freed.notify_one();
    }
}

/// A hash of the same cost that no password has.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("constants within the limits of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// What is wrong with a new password in the field `field`.
pub(crate) fn check(field: &'static str, password: &str) -> Result<(), FieldError> {
    match password.len() {
        0..PASSWORD_BYTES_MIN => {
            Err(FieldError::new(field, "error-password-short").with("count", PASSWORD_BYTES_MIN))
        }
        PASSWORD_BYTES_MIN..=PASSWORD_BYTES_MAX => Ok(()),
        _ => Err(FieldError::new(field, "error-password-long").with("count", PASSWORD_BYTES_MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash() {
        let gate = Gate::default();
        let hash = gate.hash("correct horse battery").expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            gate.verify("correct horse battery", Some(&hash))
                .expect("checked")
        );
        assert!(
            !gate
                .verify("correct horse batterz", Some(&hash))
                .expect("checked")
        );
        assert!(!gate.verify("correct horse battery", None).expect("checked"));
        assert_ne!(
            hash,
            gate.hash("correct horse battery").expect("hashed"),
            "salted"
        );
    }

    #[test]
    fn the_hash_of_nobody_costs_as_much_as_any_other() {
        // A malformed text would be refused at once, and the time would tell.
        argon2::password_hash::phc::PasswordHash::new(NOBODYS).expect("well-formed");
    }

    #[test]
    fn lengths_are_counted_in_bytes() {
        assert!(check("password", "short").is_err());
        assert!(check("password", "סיסמה").is_err() && check("password", "סיסמהטובה").is_ok());
        assert!(
            check("password", &"x".repeat(1_024)).is_ok() && check("password", &"x".repeat(1_025)).is_err()
        );
    }

    #[test]
    fn only_a_few_run_at_once() {
        let gate = Gate::default();
        let running = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    gate.pass(|| {
                        use std::sync::atomic::Ordering::SeqCst;
                        assert!(running.fetch_add(1, SeqCst) < AT_ONCE_MAX);
                        std::thread::yield_now();
                        running.fetch_sub(1, SeqCst);
                    })
                    .expect("room to wait");
                });
            }
        });
    }
}
