//! The one place where rows become values, two databases become one, and files lie.
//!
//! Writing has two doors, [`Store::write`] and [`Store::housekeep`]; reading has one, [`Store::read`].
//! What a function needs is in its first argument: `&mut Db` reads, `&mut Tx` is inside a write.
//! Nothing here knows HTTP or Markdown, or decides who may do what: it applies the access it is given.

pub mod aliases;
pub mod audit;
pub mod blobs;
pub mod bodies;
pub mod changes;
pub mod columns;
pub mod complete;
pub mod conn;
pub mod db;
pub mod drafts;
pub mod epoch;
pub mod error;
pub mod events;
pub mod favourites;
pub mod files;
pub mod gaps;
pub mod groups;
pub mod handover;
pub mod homes;
pub mod imports;
pub mod intel;
pub mod invitations;
pub mod kinds;
pub mod links;
pub mod lock;
pub mod migrate;
pub mod names;
pub mod notices;
pub mod pages;
pub mod people;
mod pool;
pub mod publications;
pub mod redirects;
pub mod revisions;
mod schema;
pub mod searches;
pub mod sessions;
pub mod settings;
pub mod spaces;
pub mod steps;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod texts;
pub mod tokens;
pub mod topics;
mod trouble;
pub mod uses;
mod visible;
pub mod visits;
pub mod watches;
mod write;

pub use blobs::{BlobConfig, BlobHash, Blobs};
pub use bodies::BodyHash;
pub use conn::{AnyConn, Database};
pub use db::{Db, Tx};
pub use epoch::Epoch;
pub use error::Error;
pub use lock::FolderLock;
pub use store::{Chore, Store, StoreConfig};
pub use trouble::Trouble;
pub use write::WriterStats;

#[cfg(test)]
mod tests;
