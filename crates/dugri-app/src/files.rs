//! Files: bytes are durable in the blob store before their row exists; types are known by content, names are labels.

use dugri_core::policy::Verb;
use dugri_core::{Event, FileId, IntelId, PageId, PublicId, Role, SpaceId};
pub use dugri_store::files::FileRow;
use dugri_store::files::{self, NewFile};
use dugri_store::names::{self, PersonName};
use dugri_store::spaces;

use crate::{Actor, App, Error, FieldError};

/// The longest file name in characters.
const NAME_CHARS_MAX: usize = 150;

/// A file that comes in.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name on the sender's machine.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The client's own id of this request.
    pub client_id: Option<String>,
}

/// What a file belongs to. The caller has checked the right to add one there.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Belongs {
    /// A page.
    Page(PageId),
    /// A report.
    Intel(IntelId),
    /// Nothing yet: a page that is still written will use it.
    Space,
}

/// Adds a file to a page.
pub fn add_to_page(app: &App, actor: &Actor, id: &PublicId, upload: Upload) -> Result<FileRow, Error> {
    let now = app.now();
    let page = crate::pages::in_read(app, |db| crate::pages::load(db, actor, id, Verb::Propose, now))?;
    check_image(&upload)?;
    add(app, actor, page.space.id, Belongs::Page(page.row.id), upload)
}

/// Adds a file to a space, for a page that is still written there.
pub fn add_to_space(app: &App, actor: &Actor, space: &str, upload: Upload) -> Result<FileRow, Error> {
    let space = crate::pages::in_read(app, |db| {
        spaces::find(db, &actor.access, space)?.ok_or(Error::NotFound)
    })?;
    if !actor.access.has(space.id, Role::Contributor) {
        return Err(Error::Forbidden);
    }
    check_image(&upload)?;
    add(app, actor, space.id, Belongs::Space, upload)
}

/// Names that say 'I am a picture'.
const IMAGE_ENDS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "bmp", "avif", "heic"];

/// A file that is called a picture and is none would stand in a text as a hole: its writer should know at once.
fn check_image(upload: &Upload) -> Result<(), Error> {
    let end = upload
        .name
        .rsplit_once('.')
        .map_or("", |(_, end)| end)
        .to_lowercase();
    let is_called_image = IMAGE_ENDS.contains(&end.as_str());
    if is_called_image && !upload.bytes.is_empty() && !media_type(&upload.bytes).starts_with("image/") {
        return Err(Error::field("file", "error-not-an-image"));
    }
    Ok(())
}

/// Puts bytes into the blob store; that a disk refuses them is noted.
pub(crate) fn put(app: &App, bytes: Vec<u8>) -> Result<String, Error> {
    let outcome = app.blobs().put(bytes.into());
    app.store().note_files(outcome.as_ref().map(drop));
    Ok(outcome?.to_string())
}

/// Adds a file: bytes first, then the row.
pub(crate) fn add(
    app: &App,
    actor: &Actor,
    space: SpaceId,
    belongs: Belongs,
    upload: Upload,
) -> Result<FileRow, Error> {
    let now = app.now();
    let name = label(&upload.name);
    if upload.bytes.is_empty() {
        return Err(Error::field("file", "error-empty-file"));
    }
    if upload.bytes.len() as u64 > app.config().file_bytes_max {
        return Err(Error::Invalid(vec![
            FieldError::new("file", "error-too-large").with("max", app.config().file_bytes_max),
        ]));
    }
    let new = NewFile {
        public_id: PublicId::random(),
        space,
        page: match belongs {
            Belongs::Page(page) => Some(page),
            Belongs::Intel(_) | Belongs::Space => None,
        },
        intel: match belongs {
            Belongs::Intel(intel) => Some(intel),
            Belongs::Page(_) | Belongs::Space => None,
        },
        name,
        media_type: media_type(&upload.bytes).to_owned(),
        size: upload.bytes.len() as i64,
        hash: put(app, upload.bytes)?,
        by: actor.person(),
        at: now,
        client_id: upload.client_id,
    };
    let me = actor.person();
    app.store().write(move |tx| {
        if let Some(client_id) = &new.client_id
            && let Some(known) = files::by_client_id(tx, me, client_id)?
        {
            tx.unchanged();
            return Ok(known);
        }
        let id: FileId = files::add(tx, &new)?;
        tx.record(Some(me), now, Event::FileAdded { file: id })?;
        Ok(FileRow {
            id,
            public_id: new.public_id,
            space_id: new.space,
            page_id: new.page,
            intel_id: new.intel,
            name: new.name,
            media_type: new.media_type,
            hash: new.hash,
            size: new.size,
            uploaded_by: me,
            at: now,
        })
    })
}

/// A file with its bytes, if the reader may read it.
pub fn read(app: &App, actor: &Actor, id: &PublicId) -> Result<(FileRow, Vec<u8>), Error> {
    let row = find(app, actor, id)?;
    let bytes = app
        .blobs()
        .get(&dugri_store::BlobHash::parse(&row.hash).ok_or_else(|| Error::internal("a malformed hash"))?)?
        .ok_or_else(|| Error::internal(format!("the bytes of file {} are missing", row.public_id)))?;
    Ok((row, bytes.to_vec()))
}

/// A file's row, if the reader may read it.
pub fn find(app: &App, actor: &Actor, id: &PublicId) -> Result<FileRow, Error> {
    let now = app.now();
    crate::pages::in_read(app, |db| {
        files::find(db, &actor.access, id, now)?.ok_or(Error::NotFound)
    })
}

/// The address of a file as texts write it; the name at its end is for people.
pub(crate) fn address(id: &PublicId, name: &str) -> String {
    format!("/f/{id}/{}", encoded(&label(name)))
}

/// A path as the address of a link: what would end it is written in hex.
pub(crate) fn encoded(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '/') {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// The files uploaded for a page, newest first, with who uploaded each: for contributors; readers get those that the text uses.
pub fn of_page(app: &App, actor: &Actor, id: &PublicId) -> Result<Vec<(FileRow, PersonName)>, Error> {
    let now = app.now();
    crate::pages::in_read(app, |db| {
        let page = crate::pages::load(db, actor, id, Verb::Read, now)?;
        let rows = match (crate::pages::rights(actor, &page).pending, &page.published) {
            (true, _) => files::of_page(db, page.row.id)?,
            (false, Some(publication)) => files::of_revision(db, publication.revision_id)?,
            (false, None) => Vec::new(),
        };
        let people: Vec<_> = rows.iter().map(|row| row.uploaded_by).collect();
        let people = names::people(db, &people)?;
        rows.into_iter()
            .map(|row| {
                let by = people.get(&row.uploaded_by).cloned();
                Ok((
                    row,
                    by.ok_or_else(|| Error::internal("a file without its uploader"))?,
                ))
            })
            .collect()
    })
}

/// The name as a label: no path, no control or direction characters.
pub(crate) fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| {
            !c.is_control()
                && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        })
        .take(NAME_CHARS_MAX)
        .collect();
    let clean = clean.trim();
    if clean.is_empty() || clean.chars().all(|c| c == '.') {
        "file".into()
    } else {
        clean.to_owned()
    }
}

/// The type by content. What is not known to be something else and is text is plain text: HTML and SVG too.
pub(crate) fn media_type(bytes: &[u8]) -> &'static str {
    match infer::get(bytes) {
        Some(kind) if kind.matcher_type() != infer::MatcherType::Text => kind.mime_type(),
        _ if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels() {
        for (name, expected) in [
            ("price list.pdf", "price list.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Noa\\מחירון.xlsx", "מחירון.xlsx"),
            ("a\u{202E}fdp.exe", "afdp.exe"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(label(name), expected);
        }
    }

    #[test]
    fn types_come_from_content() {
        assert_eq!(media_type(b"%PDF-1.7 x"), "application/pdf");
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n...."), "image/png");
        assert_eq!(media_type(b"<svg onload=alert(1)>"), "text/plain; charset=utf-8");
        assert_eq!(
            media_type(b"<!doctype html><script>"),
            "text/plain; charset=utf-8"
        );
        assert_eq!(media_type(&[0, 159, 146, 150]), "application/octet-stream");
    }
}
