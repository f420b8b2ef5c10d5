//! Files inside a zip, with a count of what they unpack to: a few kilobytes can stand for gigabytes.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, NoText};

/// An archive that is being read.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    room: u64,
}

/// More entries no office file has.
const ENTRIES_MAX: usize = 10_000;

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits<'_>) -> Result<Package<'a>, NoText> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoText::Damaged)?;
        if archive.len() > ENTRIES_MAX {
            return Err(NoText::TooLarge);
        }
        Ok(Package {
            archive,
            room: limits.unpacked_bytes_max,
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive
            .file_names_raw()
            .any(|known| known == name.as_bytes())
    }

    /// The bytes of an entry; `None` where there is none of this name.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, NoText> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(NoText::Encrypted);
            }
            Err(_) => return Err(NoText::Damaged),
        };
        let mut bytes = Vec::new();
        // What the archive says of its sizes is not believed: what comes out is counted.
        entry
            .take(self.room + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| NoText::Damaged)?;
        match self.room.checked_sub(bytes.len() as u64) {
            Some(room) => self.room = room,
            None => return Err(NoText::TooLarge),
        }
        Ok(Some(bytes))
    }
}
