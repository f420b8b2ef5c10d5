//! What lies in the folder of the index: a folder for each version of the rules. One that was made by other rules stays
//! and answers until the one of the present rules is whole; so a kill at any moment leaves one of them to go on with.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::error::OpenReadError;
use tantivy::schema::Schema;
use tantivy::{IndexReader, TantivyError};

use crate::Error;
use crate::analysis::ANALYZER_VERSION;
use crate::schema::{RIGHTS_VERSION, is_readable};

/// How the folder of a version begins; the version follows.
const FOLDER: &str = "rules-";

/// What a commit says about itself.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// The rules of analysis.
    pub(crate) analyzer: u32,
    /// How the columns say who may read a document.
    #[serde(default)]
    pub(crate) rights: u32,
    /// Up to which event of the log it stands for the present; `None` while it is built.
    pub(crate) cursor: Option<i64>,
    /// Whether everything was put in once.
    #[serde(default)]
    pub(crate) whole: bool,
}

impl Payload {
    pub(crate) fn of(index: &tantivy::Index) -> Result<Payload, Error> {
        let text = index.load_metas()?.payload.unwrap_or_default();
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}

/// The folder of the present rules.
pub(crate) fn own(folder: &Path) -> PathBuf {
    folder.join(format!("{FOLDER}{ANALYZER_VERSION}"))
}

/// What is there, if it is whole on the disk and of this schema.
pub(crate) fn open_own(dir: &Path, schema: &Schema) -> Result<Option<(tantivy::Index, Payload)>, Error> {
    if !dir.join("meta.json").exists() {
        return Ok(None);
    }
    let index = tantivy::Index::open_in_dir(dir)?;
    let payload = Payload::of(&index)?;
    if payload.analyzer != ANALYZER_VERSION || payload.rights != RIGHTS_VERSION || index.schema() != *schema {
        tracing::info!("the search index is of another version and is built again");
        return Ok(None);
    }
    if !is_sound(dir)? {
        return Ok(None);
    }
    Ok(Some((index, payload)))
}

/// Whether the files of an index are there and as they were written.
pub(crate) fn is_sound(dir: &Path) -> Result<bool, Error> {
    // Opened anew: an index that is in use remembers files as they were.
    let looked = tantivy::Index::open_in_dir(dir).and_then(|index| index.validate_checksum());
    let damaged = match looked {
        Ok(damaged) => damaged,
        Err(error) if is_of_the_files(&error) => {
            tracing::warn!(%error, "the search index is damaged");
            return Ok(false);
        }
        Err(error) => return Err(error.into()),
    };
    if !damaged.is_empty() {
        tracing::warn!(?damaged, "the search index is damaged");
    }
    Ok(damaged.is_empty())
}

/// Whether files are to blame, and not the machine: then they are of no more use.
fn is_of_the_files(error: &TantivyError) -> bool {
    match error {
        TantivyError::DataCorruption(_) | TantivyError::IncompatibleIndex(_) => true,
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => {
            matches!(io_error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof)
        }
        TantivyError::OpenReadError(_) => true,
        _ => false,
    }
}

/// An index that other rules made, and that can answer until the one of the present rules is whole.
pub(crate) fn open_older(folder: &Path) -> Option<IndexReader> {
    let mut readable = others(folder).ok()?.into_iter().filter_map(|dir| {
        let opened = read_older(&dir);
        opened
            .inspect_err(
                |error| tracing::warn!(%error, dir = %dir.display(), "an older search index can't be read"),
            )
            .ok()
            .flatten()
    });
    readable.next()
}

fn read_older(dir: &Path) -> Result<Option<IndexReader>, Error> {
    let index = tantivy::Index::open_in_dir(dir)?;
    let payload = Payload::of(&index)?;
    let answers =
        payload.whole && payload.rights == RIGHTS_VERSION && is_readable(&index.schema()) && is_sound(dir)?;
    if !answers {
        return Ok(None);
    }
    let reader = index
        .reader_builder()
        .reload_policy(tantivy::ReloadPolicy::Manual);
    Ok(Some(reader.try_into()?))
}

/// Removes what other rules made. Who still reads it goes on doing so.
pub(crate) fn remove_older(folder: &Path) -> Result<(), Error> {
    for dir in others(folder)? {
        remove_files(&dir)?;
        if dir != folder {
            // Nobody writes there any more. Something else may lie in it, which is not ours: then the folder stays.
            for lock in [".tantivy-writer.lock", ".tantivy-meta.lock"] {
                let _ = std::fs::remove_file(dir.join(lock));
            }
            let _ = std::fs::remove_dir(&dir);
        }
    }
    Ok(())
}

/// The folders of other versions, the newest first, and the folder itself, where the first version lay.
fn others(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let own = own(folder);
    let mut versions = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let version = name.strip_prefix(FOLDER).and_then(|v| v.parse::<u32>().ok());
        if let Some(version) = version.filter(|_| path != own) {
            versions.push((version, path));
        }
    }
    if folder.join("meta.json").exists() {
        versions.push((0, folder.to_owned()));
    }
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    Ok(versions.into_iter().map(|(_, path)| path).collect())
}

/// Removes the files of an index and nothing else: a wrong folder in the configuration must cost nobody a file.
pub(crate) fn remove_files(dir: &Path) -> Result<(), Error> {
    const ENDINGS: [&str; 9] = [
        "idx",
        "pos",
        "term",
        "store",
        "fast",
        "fieldnorm",
        "del",
        "temp",
        "spacer",
    ];
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let ours = ENDINGS.contains(&ending) || matches!(name, "meta.json" | ".managed.json");
        if ours && path.is_file() {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use tantivy::schema::Schema;
    use tantivy::{IndexWriter, TantivyDocument};

    use super::*;
    use crate::schema::present;
    use crate::write::{Lexicon, write};
    use crate::{Index, Standing};

    /// Makes an index as a version before this one did, whose schema lacked the fields with these names or called them
    /// something else.
    fn older(folder: &Path, lacks: &[&str]) {
        let dir = folder.join(format!("{FOLDER}{}", ANALYZER_VERSION - 1));
        std::fs::create_dir_all(&dir).unwrap();
        let (schema, fields) = present();
        let Value::Array(mut entries) = serde_json::to_value(schema).unwrap() else {
            panic!("a schema is a list");
        };
        entries.retain(|entry| !lacks.contains(&entry["name"].as_str().unwrap()));
        entries.reverse();
        let old: Schema = serde_json::from_value(Value::Array(entries)).unwrap();
        let index = tantivy::Index::create_in_dir(&dir, old.clone()).unwrap();
        index
            .tokenizers()
            .register(crate::stream::TOKENIZER, crate::stream::Decoder);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let mut doc = TantivyDocument::new();
        let page = crate::document::tests::page(1, "An older title", "a body");
        let written = write(&page, fields, &mut Lexicon::default());
        for value in written.field_values() {
            let (field, value) = (value.0, value.1);
            if let Ok(field) = old.get_field(schema.get_field_name(field)) {
                doc.add_field_value(field, value);
            }
        }
        writer.add_document(doc).unwrap();
        let mut prepared = writer.prepare_commit().unwrap();
        let payload = Payload {
            analyzer: ANALYZER_VERSION - 1,
            rights: RIGHTS_VERSION,
            cursor: Some(1),
            whole: true,
        };
        prepared.set_payload(&serde_json::to_string(&payload).unwrap());
        prepared.commit().unwrap();
    }

    fn check(lacks: &[&str], expected: Standing) {
        let folder = tempfile::tempdir().unwrap();
        older(folder.path(), lacks);
        let index = Index::open(folder.path()).unwrap();
        assert_eq!(index.standing(), expected, "{lacks:?}");
        let found = crate::document::tests::count(&index, "older title");
        assert_eq!(found, usize::from(expected == Standing::Renewing), "{lacks:?}");
    }

    #[test]
    fn an_index_that_lacks_words_or_counts_can_answer() {
        check(&[], Standing::Renewing);
        check(
            &["x_lead", "s_lead", "views", "owner", "ident"],
            Standing::Renewing,
        );
    }

    #[test]
    fn one_that_can_not_say_who_may_read_it_can_not() {
        for column in ["min_role", "eyes", "until", "reporter", "space"] {
            check(&[column], Standing::Building);
        }
    }
}
