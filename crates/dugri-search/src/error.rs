//! What can go wrong with the index.

use std::path::PathBuf;

/// An error of the index. None of them loses anything: the index is always rebuilt from the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process, or another handle of this one, writes the same index.
    #[error("the search index in {} is in use by another process", .0.display())]
    Locked(PathBuf),
    /// The disk or the files of the index failed; a corrupt index is built again by opening it anew.
    #[error("search index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// The disk failed.
    #[error("search index: {0}")]
    Io(#[from] std::io::Error),
}
