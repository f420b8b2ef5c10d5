//! Texts of revisions, stored once by their SHA-256.
//!
//! A new text is stored whole (zstd). Later an old one may be stored as what differs from its successor,
//! with the successor as zstd's dictionary: about 50 bytes for an edit. Reading any text takes at most
//! [`STEPS_MAX`] such steps, and what comes out is checked against the hash, so a wrong byte can't pass for history.

use std::collections::HashSet;

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::schema::bodies;
use crate::{Db, Error, Tx};

/// The longest way from a text to a whole one: reading takes about 0.1 ms a step.
const STEPS_MAX: i32 = 32;

/// zstd's level: 9 would save another tenth of what is already a fortieth.
const LEVEL: i32 = 3;

/// No text is larger; a row that claims so is damaged and must not make us allocate.
const SIZE_MAX: usize = 64 << 20;

/// The SHA-256 of a text, in hex: its name for ever.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyHash(String);

impl BodyHash {
    /// The name that a text has or would have.
    pub fn of(text: &str) -> BodyHash {
        BodyHash(hex::encode(Sha256::digest(text)))
    }

    /// A name as it came out of a row.
    pub fn from_row(hash: String) -> BodyHash {
        BodyHash(hash)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for BodyHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Queryable)]
struct BodyRow {
    base_hash: Option<String>,
    size: i64,
    bytes: Vec<u8>,
}

/// Stores a text, whole, unless it is there. One that was already made small is made whole again: it is the newest now.
pub fn put(tx: &mut Tx, text: &str) -> Result<BodyHash, Error> {
    let hash = BodyHash::of(text);
    let known: Option<Option<String>> = bodies::table
        .find(hash.as_str())
        .select(bodies::base_hash)
        .first(tx.conn())
        .optional()?;
    match known {
        Some(None) => {}
        Some(Some(_)) => store(tx, &hash, None, &squeeze(text.as_bytes(), &[])?)?,
        None => {
            let bytes = squeeze(text.as_bytes(), &[])?;
            diesel::insert_into(bodies::table)
                .values((
                    bodies::hash.eq(hash.as_str()),
                    bodies::base_hash.eq(None::<String>),
                    bodies::height.eq(0),
                    bodies::size.eq(text.len() as i64),
                    bodies::bytes.eq(bytes),
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(hash)
}

/// Reads a text.
pub fn get(db: &mut Db, hash: &BodyHash) -> Result<String, Error> {
    let mut line = Vec::new();
    let mut next = Some(hash.as_str().to_owned());
    while let Some(name) = next {
        if line.len() > STEPS_MAX as usize {
            return Err(damaged(hash, "its line of bases is too long"));
        }
        let row = row(db, &name)?.ok_or_else(|| damaged(hash, &format!("its base {name} is missing")))?;
        next = row.base_hash.clone();
        line.push(row);
    }
    let mut text = Vec::new();
    for row in line.iter().rev() {
        text = unfold(row, &text).map_err(|e| damaged(hash, &e.to_string()))?;
    }
    if hex::encode(Sha256::digest(&text)) != hash.as_str() {
        return Err(damaged(hash, "its content is not what its name says"));
    }
    String::from_utf8(text).map_err(|_| damaged(hash, "it is no text"))
}

fn row(db: &mut Db, hash: &str) -> Result<Option<BodyRow>, Error> {
    let row = bodies::table
        .find(hash)
        .select((bodies::base_hash, bodies::size, bodies::bytes))
        .first(db.conn())
        .optional()?;
    Ok(row)
}

fn damaged(hash: &BodyHash, why: &str) -> Error {
    Error::Database(format!("the text {hash} can't be read: {why}"))
}

/// What recompression did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saved {
    /// How many texts are now stored as differences.
    pub texts: usize,
    /// How many bytes that saved.
    pub bytes: i64,
}

/// Stores old texts of a page as differences from the text that followed them.
///
/// `history` is oldest to newest, or its tail: after one new revision the last two are enough. A text takes
/// about a millisecond of the writer's time, so a long history comes in pieces that overlap by one. The newest
/// stays whole. A text stays whole too where its line would get longer than [`STEPS_MAX`] (that makes the
/// keyframes), and where nothing would be saved. Texts shared between pages and revisions are no trouble:
/// a line never closes to a ring.
pub fn recompress(tx: &mut Tx, history: &[BodyHash]) -> Result<Saved, Error> {
    let mut saved = Saved::default();
    for pair in history.windows(2) {
        if let [old, new] = pair
            && let Some(bytes) = lean(tx, old, new)?
        {
            saved.texts += 1;
            saved.bytes += bytes;
        }
    }
    Ok(saved)
}

/// Stores `old` against `new` if that is allowed and pays. Answers the bytes saved.
fn lean(tx: &mut Tx, old: &BodyHash, new: &BodyHash) -> Result<Option<i64>, Error> {
    let found: Option<(i32, Vec<u8>)> = bodies::table
        .find(old.as_str())
        .filter(bodies::base_hash.is_null())
        .select((bodies::height, bodies::bytes))
        .first(tx.conn())
        .optional()?;
    let Some((height, whole)) = found else {
        return Ok(None);
    };
    let line = line(tx, new)?;
    let steps = line.len() as i32;
    if height + steps > STEPS_MAX || line.iter().any(|hash| hash == old.as_str()) {
        return Ok(None);
    }
    let (old_text, new_text) = (get(tx, old)?, get(tx, new)?);
    let delta = squeeze(old_text.as_bytes(), new_text.as_bytes())?;
    let row = BodyRow {
        base_hash: Some(new.as_str().to_owned()),
        size: old_text.len() as i64,
        bytes: delta,
    };
    // Saving less than a quarter is not worth a step, and what can't be read back is not worth anything.
    let pays = row.bytes.len() * 4 < whole.len() * 3;
    if !pays || unfold(&row, new_text.as_bytes()).ok().as_deref() != Some(old_text.as_bytes()) {
        return Ok(None);
    }
    store(tx, old, Some(new), &row.bytes)?;
    raise(tx, &line, height)?;
    Ok(Some(whole.len() as i64 - row.bytes.len() as i64))
}

/// A text and the bases under it, down to the whole one.
fn line(db: &mut Db, hash: &BodyHash) -> Result<Vec<String>, Error> {
    let mut line = Vec::new();
    let mut seen = HashSet::new();
    let mut next = Some(hash.as_str().to_owned());
    while let Some(name) = next {
        if !seen.insert(name.clone()) {
            return Err(damaged(hash, "its line of bases is a ring"));
        }
        next = bodies::table
            .find(&name)
            .select(bodies::base_hash)
            .first(db.conn())
            .optional()?
            .ok_or_else(|| damaged(hash, &format!("its base {name} is missing")))?;
        line.push(name);
    }
    Ok(line)
}

/// Tells all bases of a line how long the lines above them have become.
fn raise(tx: &mut Tx, line: &[String], height: i32) -> Result<(), Error> {
    for (name, height) in line.iter().zip(height + 1..) {
        let raised = diesel::update(bodies::table.find(name).filter(bodies::height.lt(height)))
            .set(bodies::height.eq(height))
            .execute(tx.conn())?;
        if raised == 0 {
            // It stands on a longer line already, and so do all below.
            break;
        }
    }
    Ok(())
}

fn store(tx: &mut Tx, hash: &BodyHash, base: Option<&BodyHash>, bytes: &[u8]) -> Result<(), Error> {
    diesel::update(bodies::table.find(hash.as_str()))
        .set((
            bodies::base_hash.eq(base.map(BodyHash::as_str)),
            bodies::bytes.eq(bytes),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Text begins with no zstd magic number (it is not UTF-8), so any text is a raw dictionary.
fn squeeze(text: &[u8], base: &[u8]) -> Result<Vec<u8>, Error> {
    if text.len() > SIZE_MAX {
        return Err(Error::Database("a text is too large to be stored".into()));
    }
    zstd::bulk::Compressor::with_dictionary(LEVEL, base)
        .and_then(|mut c| c.compress(text))
        .map_err(|e| Error::Database(format!("a text can't be compressed: {e}")))
}

fn unfold(row: &BodyRow, base: &[u8]) -> std::io::Result<Vec<u8>> {
    let size = usize::try_from(row.size).unwrap_or(usize::MAX);
    if size > SIZE_MAX {
        return Err(std::io::Error::other("its size is impossible"));
    }
    zstd::bulk::Decompressor::with_dictionary(base)?.decompress(&row.bytes, size)
}
