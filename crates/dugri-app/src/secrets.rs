//! Secrets that are handed out once: API tokens, invitations, resets. The database keeps their hash alone.

use rand::Rng as _;
use sha2::{Digest as _, Sha256};

/// 256 random bits: nobody guesses them, so a plain hash keeps them safe.
const SECRET_BYTES: usize = 32;

/// A secret that was just made. Shown once; never logged, therefore without `Debug`.
pub struct Secret(String);

impl Secret {
    /// A new secret that begins with `prefix`, so that one who finds it knows what it is.
    pub fn new(prefix: &str) -> Secret {
        Secret(format!("{prefix}{}", hex::encode(random_bytes())))
    }

    /// The secret itself, for the one to whom it is given.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// What the database keeps of a secret that came in.
pub fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Random bytes for a key.
pub fn random_bytes() -> [u8; SECRET_BYTES] {
    let mut bytes = [0; SECRET_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_are_found_by_their_hash() {
        let (a, b) = (Secret::new("x_"), Secret::new("x_"));
        assert_ne!(a.reveal(), b.reveal());
        assert_eq!(a.reveal().len(), 2 + 2 * SECRET_BYTES);
        assert_eq!(hash(a.reveal()), a.hash());
    }
}
