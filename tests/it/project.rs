//! Where the project's files lie, and how the tests of its structure read them.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are a folder of the workspace")
        .to_owned()
}

/// The names of the folders directly inside `dir`, sorted; none if it does not exist.
pub fn folders(dir: &Path) -> Vec<String> {
    names(dir, |path| path.is_dir())
}

/// The names of the files directly inside `dir`, sorted; none if it does not exist.
pub fn files(dir: &Path) -> Vec<String> {
    names(dir, |path| path.is_file())
}

fn names(dir: &Path, keep: impl Fn(&Path) -> bool) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| keep(path))
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

/// Every file below `dir` with this extension, sorted.
pub fn files_below(dir: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for name in files(dir) {
        let path = dir.join(name);
        if path.extension().is_some_and(|ext| ext == extension) {
            found.push(path);
        }
    }
    for name in folders(dir) {
        found.extend(files_below(&dir.join(name), extension));
    }
    found.sort();
    found
}

/// The text of a file, with its path in the message when it cannot be read.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A path as messages show it: from the root of the project.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
