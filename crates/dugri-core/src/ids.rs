//! Ids. Inside they are 64-bit keys, each kind a type of its own; outside pages and files have short random public ids.

use rand::RngExt as _;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<i64> for $name {
            fn from(key: i64) -> Self {
                $name(key)
            }
        }
    )+};
}

ids! {
    /// A person: a colleague or an outsider.
    PersonId,
    /// A group of people.
    GroupId,
    /// A space.
    SpaceId,
    /// A kind of page.
    KindId,
    /// A page.
    PageId,
    /// An immutable saved text of a page.
    RevisionId,
    /// A pending change of a page.
    ChangeId,
    /// A publication: the row that gives a revision its number.
    PublicationId,
    /// Something that was done to a page as a whole.
    StepId,
    /// A topic.
    TopicId,
    /// Words that mean the same to search.
    AliasId,
    /// A search that leads nowhere, once somebody asked about it or decided it.
    GapId,
    /// A file.
    FileId,
    /// A report from the field; its number is public (`#236`).
    IntelId,
    /// A session.
    SessionId,
    /// An API token.
    TokenId,
    /// An invitation or a password reset.
    InvitationId,
    /// Something that a person watches.
    WatchId,
    /// Something that a person is told.
    NoticeId,
    /// A row of the event log.
    EventId,
}

/// The letters of public ids: Crockford's base 32 without vowels, so that an id is never a word.
const ALPHABET: &[u8; 30] = b"0123456789bcdfghjkmnpqrstvwxyz";

/// The length of a public id in characters: 30^8 is 6.6e11.
const PUBLIC_ID_CHARS: usize = 8;

/// The permanent id of a page or a file as addresses show it: 8 characters, lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PublicId(String);

impl PublicId {
    /// A new random id.
    pub fn random() -> PublicId {
        let mut rng = rand::rng();
        PublicId(
            (0..PUBLIC_ID_CHARS)
                .map(|_| ALPHABET[rng.random_range(0..ALPHABET.len())] as char)
                .collect(),
        )
    }

    /// Reads an id, forgiving capitals. `None` for anything that can't be one.
    pub fn parse(text: &str) -> Option<PublicId> {
        let lower = text.to_ascii_lowercase();
        let fits = lower.len() == PUBLIC_ID_CHARS && lower.bytes().all(|b| ALPHABET.contains(&b));
        fits.then_some(PublicId(lower))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for PublicId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PublicId {
    type Error = crate::words::UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        PublicId::parse(&text).ok_or(crate::words::UnknownWord {
            what: "PublicId",
            word: text,
        })
    }
}

impl<'de> Deserialize<'de> for PublicId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        PublicId::parse(&text).ok_or_else(|| serde::de::Error::custom("not a public id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_ids_parse_and_differ() {
        let (a, b) = (PublicId::random(), PublicId::random());
        assert_ne!(a, b);
        assert_eq!(PublicId::parse(a.as_str()), Some(a.clone()));
        assert_eq!(PublicId::parse(&a.as_str().to_uppercase()), Some(a));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "1234567",
            "123456789",
            "abcdefgh",
            "bcd fghj",
            "../../..",
            "דדדד",
        ] {
            assert_eq!(PublicId::parse(text), None, "{text}");
        }
    }
}
