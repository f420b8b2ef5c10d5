//! What lies in the folder. Links of the file system are not followed: an import must not leave its folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Outcome, Report};
use crate::Error;

/// Folders inside each other; beyond it somebody plays with us.
const DEPTH_MAX: usize = 64;

/// A folder's files by their paths with slashes.
pub(super) struct Folder {
    pub(super) root: PathBuf,
    /// The folder's own name.
    pub(super) name: String,
    /// Markdown, in order.
    pub(super) texts: Vec<String>,
    /// Everything else, with its size in bytes.
    pub(super) others: BTreeMap<String, u64>,
}

/// Lists the folder with all below it.
pub(super) fn scan(dir: &Path, report: &mut Report<'_>) -> Result<Folder, Error> {
    let root = dir
        .canonicalize()
        .ok()
        .filter(|root| root.is_dir())
        .ok_or_else(|| Error::field("dir", "error-no-folder"))?;
    let name = root
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut folder = Folder {
        root: root.clone(),
        name,
        texts: Vec::new(),
        others: BTreeMap::new(),
    };
    walk(&root, "", 0, &mut folder, report);
    folder.texts.sort();
    Ok(folder)
}

fn walk(at: &Path, prefix: &str, depth: usize, folder: &mut Folder, report: &mut Report<'_>) {
    let mut entries = match std::fs::read_dir(at).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()) {
        Ok(entries) => entries,
        Err(error) => return report.say(prefix, Outcome::Failed(error.to_string())),
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let path = format!("{prefix}{}", name.to_string_lossy());
            report.say(&path, Outcome::Failed("its name is not UTF-8".into()));
            continue;
        };
        let path = format!("{prefix}{name}");
        // Does not follow links.
        let meta = match entry.metadata() {
            Ok(meta) => meta,
            Err(error) => {
                report.say(&path, Outcome::Failed(error.to_string()));
                continue;
            }
        };
        if name.starts_with('.') {
            report.say(&path, Outcome::Skipped("hidden".into()));
        } else if meta.is_symlink() {
            report.say(
                &path,
                Outcome::Skipped("a symbolic link; links are not followed".into()),
            );
        } else if meta.is_dir() {
            if depth < DEPTH_MAX {
                walk(&entry.path(), &format!("{path}/"), depth + 1, folder, report);
            } else {
                report.say(&path, Outcome::Failed("too deep".into()));
            }
        } else if !meta.is_file() {
            report.say(&path, Outcome::Skipped("not a file".into()));
        } else if is_markdown(name) {
            folder.texts.push(path);
        } else {
            folder.others.insert(path, meta.len());
        }
    }
}

fn is_markdown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".md") || name.ends_with(".markdown")
}

/// Where a link of the file `from` leads inside the folder: `None` for other addresses and for what leads out of it.
pub(super) fn resolve(from: &str, address: &str) -> Option<String> {
    let path = address.split(['#', '?']).next()?;
    let first = path.split('/').next()?;
    if path.is_empty() || path.starts_with('/') || first.contains(':') {
        return None;
    }
    let path = decode(path)?;
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Undoes `%20` and the like; `None` for what is no text then.
fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let coded = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match coded {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_inside_the_folder() {
        for (from, address, expected) in [
            ("a/b.md", "x.png", Some("a/x.png")),
            ("a/b.md", "./img/x%20y.png?v=1#top", Some("a/img/x y.png")),
            ("a/b.md", "../c.md#sec", Some("c.md")),
            ("a/b.md", "../../etc/passwd", None),
            ("b.md", "%2e%2e/x", None),
            ("b.md", "/etc/passwd", None),
            ("b.md", "https://x.example/y.png", None),
            ("b.md", "mailto:a@b", None),
            ("b.md", "#here", None),
            ("b.md", "תמונה.png", Some("תמונה.png")),
        ] {
            assert_eq!(resolve(from, address).as_deref(), expected, "{address}");
        }
    }
}
