//! Where an archive lies: in a folder, or inside this program.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Failure;

/// The largest text file of an archive in bytes; attachments may be as large as any file.
const TEXT_BYTES_MAX: u64 = 16 << 20;

/// Reads a file of the program by its path in the archive.
type ReadEmbedded = fn(&str) -> Option<Cow<'static, [u8]>>;

/// An archive's files. Paths inside have slashes on every system.
#[derive(Debug, Clone)]
pub enum Source {
    /// A folder.
    Folder(PathBuf),
    /// Files inside this program.
    Embedded {
        /// Their paths.
        paths: Vec<String>,
        /// How one is read.
        read: ReadEmbedded,
    },
}

impl Source {
    /// The bytes of a file; `None` when there is none. A path that leads out of the archive has none.
    pub(super) fn bytes(&self, path: &str) -> Result<Option<Cow<'static, [u8]>>, Failure> {
        match self {
            Source::Folder(folder) => {
                if !stays_inside(path) {
                    return Ok(None);
                }
                match std::fs::read(folder.join(path)) {
                    Ok(bytes) => Ok(Some(bytes.into())),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(Failure::file(path, error)),
                }
            }
            Source::Embedded { read, .. } => Ok(read(path)),
        }
    }

    /// The text of a file; `None` when there is none.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, Failure> {
        if let Source::Folder(folder) = self
            && stays_inside(path)
            && std::fs::metadata(folder.join(path)).is_ok_and(|meta| meta.len() > TEXT_BYTES_MAX)
        {
            return Err(Failure::file(path, "the file is too large for a text"));
        }
        let Some(bytes) = self.bytes(path)? else {
            return Ok(None);
        };
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())),
            Err(error) => Err(Failure::file(
                path,
                format!("byte {} is not UTF-8", error.valid_up_to() + 1),
            )),
        }
    }

    /// The names of what lies directly in a folder, in order.
    pub(super) fn names_in(&self, folder: &str) -> Result<Vec<String>, Failure> {
        match self {
            Source::Folder(root) => list(&root.join(folder)).map_err(|error| Failure::file(folder, error)),
            Source::Embedded { paths, .. } => {
                let prefix = format!("{folder}/");
                let names: BTreeSet<&str> = paths
                    .iter()
                    .filter_map(|path| path.strip_prefix(&prefix)?.split('/').next())
                    .collect();
                Ok(names.into_iter().map(str::to_owned).collect())
            }
        }
    }
}

fn stays_inside(path: &str) -> bool {
    let plain = |part: std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
    !path.is_empty() && Path::new(path).components().all(plain)
}

fn list(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
