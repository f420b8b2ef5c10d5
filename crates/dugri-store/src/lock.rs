//! The lock on the data folder: `serve`, `restore` and `migrate` hold it, so that there is one of them at a time.
//!
//! The kernel gives it back when the process ends, however it ends; the file itself means nothing.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::Error;

/// Holds the lock while it lives.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock of a folder that exists, or says who to look for.
    pub fn take(folder: &Path) -> Result<FolderLock, Error> {
        let path = folder.join("dugri.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| Error::Refused(format!("can't open {}: {e}", path.display())))?;
        match file.try_lock() {
            Ok(()) => Ok(FolderLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Refused(format!(
                "another Dugri is running on {}: stop it first, or give this one its own --data folder",
                folder.display()
            ))),
            Err(TryLockError::Error(e)) => Err(Error::Refused(format!("can't lock {}: {e}", path.display()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_refused_until_the_first_goes() {
        let dir = tempfile::tempdir().expect("temp dir");
        let first = FolderLock::take(dir.path()).expect("free");
        let second = FolderLock::take(dir.path());
        assert!(matches!(second, Err(Error::Refused(s)) if s.contains("another Dugri")));
        drop(first);
        FolderLock::take(dir.path()).expect("free again");
    }
}
