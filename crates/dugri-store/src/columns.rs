//! How columns become the types of core, once for all rows.
//!
//! Diesel's traits can't be implemented for types of another crate, so a row says
//! `#[diesel(deserialize_as = …)]`: `i64` for an id, `String` for a word of a closed vocabulary, and for the rest
//! [`Stamp`], [`OptStamp`], [`OptId`], [`OptWord`] and [`Lines`] below. Values to write convert with [`stamp`] and `.0`.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::Queryable;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromStaticSqlRow};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use dugri_core::Time;
use dugri_core::words::UnknownWord;

/// A moment as the databases take it: UTC without saying so.
pub fn stamp(time: Time) -> NaiveDateTime {
    time.naive_utc()
}

macro_rules! column {
    ($(#[$meta:meta])* $name:ident($inner:ty) from $sql:ty) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name($inner);

        impl<DB: Backend> Queryable<$sql, DB> for $name
        where
            $inner: FromStaticSqlRow<$sql, DB>,
        {
            type Row = $inner;

            fn build(row: Self::Row) -> deserialize::Result<Self> {
                Ok($name(row))
            }
        }
    };
}

column! {
    /// A moment.
    Stamp(NaiveDateTime) from Timestamp
}
column! {
    /// A moment or nothing.
    OptStamp(Option<NaiveDateTime>) from Nullable<Timestamp>
}
column! {
    /// A key or nothing.
    OptId(Option<i64>) from Nullable<BigInt>
}
column! {
    /// A word or nothing.
    OptWord(Option<String>) from Nullable<Text>
}
column! {
    /// Words or names, one a line.
    Lines(String) from Text
}

impl From<Lines> for Vec<String> {
    fn from(lines: Lines) -> Vec<String> {
        lines.0.lines().map(str::to_owned).collect()
    }
}

impl From<Stamp> for Time {
    fn from(stamp: Stamp) -> Time {
        stamp.0.and_utc()
    }
}

impl From<OptStamp> for Option<DateTime<Utc>> {
    fn from(stamp: OptStamp) -> Self {
        stamp.0.map(|time| time.and_utc())
    }
}

macro_rules! optional_ids {
    ($($id:ident),+ $(,)?) => {$(
        impl From<OptId> for Option<dugri_core::$id> {
            fn from(key: OptId) -> Self {
                key.0.map(dugri_core::$id)
            }
        }
    )+};
}

optional_ids!(
    AliasId,
    PersonId,
    GroupId,
    SpaceId,
    PageId,
    RevisionId,
    ChangeId,
    PublicationId,
    IntelId,
    FileId,
    TopicId
);

macro_rules! optional_words {
    ($($word:ty),+ $(,)?) => {$(
        impl TryFrom<OptWord> for Option<$word> {
            type Error = UnknownWord;

            fn try_from(word: OptWord) -> Result<Self, UnknownWord> {
                word.0.map(|word| word.parse()).transpose()
            }
        }
    )+};
}

optional_words!(dugri_core::intel::IntelKind, dugri_core::homes::HomeView);
