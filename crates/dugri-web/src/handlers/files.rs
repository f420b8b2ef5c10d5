//! Files: those of a page, adding one, and giving one out with headers under which it can do no harm.

use actix_multipart::Multipart;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::files::{self, Upload};
use dugri_app::{App, Error as AppError, pages, texts};
use dugri_core::{Language, PublicId};
use futures_util::StreamExt as _;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::pages::href;
use crate::answers::{form_again, screen, see_other};
use crate::api::public_id;
use crate::bridge::{block, run};
use crate::cache::{self, Policy};
use crate::errors::{Error, Wrong};
use crate::identity::Viewer;
use crate::shell::Shell;
use crate::views::changes::{self as views, FileLine, FilesView};
use crate::views::parts::Face;
use crate::views::texts::text_key;

/// Types that a browser may show in its own window; everything else is downloaded (`security.md`, 28).
const SHOWN: [&str; 5] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "text/plain; charset=utf-8",
];

/// `GET /f/{id}` and `GET /f/{id}/{name}`: the name is for people, only the id counts.
pub async fn read(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<(String, String)>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    give(app, viewer, &path.0, req).await
}

/// `GET /f/{id}`
pub async fn read_by_id(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    give(app, viewer, &id, req).await
}

async fn give(
    app: web::Data<App>,
    viewer: Viewer,
    id: &str,
    req: HttpRequest,
) -> Result<HttpResponse, Error> {
    let id = public_id(id)?;
    let (use_app, actor, file) = (app.clone(), viewer.actor(), id.clone());
    let row = block(move || files::find(&use_app, &actor, &file)).await?;
    let etag = cache::etag(&row.hash);
    let mut response = if cache::is_known(&req, &etag) {
        HttpResponse::NotModified().finish()
    } else {
        let (row, bytes) = block(move || files::read(&app, &viewer.actor(), &id)).await?;
        let shown = SHOWN.contains(&row.media_type.as_str());
        let disposition = format!(
            "{}; filename*=UTF-8''{}",
            if shown { "inline" } else { "attachment" },
            utf8_percent_encode(&row.name, NON_ALPHANUMERIC)
        );
        let mut response = HttpResponse::Ok()
            .content_type(row.media_type.as_str())
            .body(bytes);
        if let Ok(value) = HeaderValue::from_str(&disposition) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        let sandbox = HeaderValue::from_static("default-src 'none'; sandbox");
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, sandbox);
        response
    };
    cache::set_etag(response.headers_mut(), &etag);
    Policy::Private.set(response.headers_mut());
    Ok(response)
}

/// `GET /p/{id}/-/files`
pub async fn of_page(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let view = list(app, &viewer, &shell, &id, &[]).await?;
    Ok(screen(view))
}

async fn list(
    app: web::Data<App>,
    viewer: &Viewer,
    shell: &Shell,
    id: &PublicId,
    wrong: &[Wrong],
) -> Result<maud::Markup, Error> {
    let (actor, page, limit) = (viewer.actor(), id.clone(), app.config().file_bytes_max);
    let (read, rows, texts) = block(move || -> Result<_, AppError> {
        let read = pages::read(&app, &actor, &page)?;
        let rows = files::of_page(&app, &actor, &page)?;
        let ids: Vec<_> = rows.iter().map(|(file, _)| file.id).collect();
        Ok((read, rows, texts::of_files(&app, &ids)?))
    })
    .await?;
    let lines: Vec<FileLine> = rows
        .iter()
        .map(|(file, by)| FileLine {
            href: format!("/f/{}", file.public_id),
            name: file.name.clone(),
            size: size(shell.language, &file.media_type, file.size),
            by: Face::of(by, shell.language),
            at: file.at,
            markdown: markdown(&file.public_id, &file.name, &file.media_type),
            text: texts
                .get(&file.id)
                .filter(|_| read.rights.propose)
                .and_then(|text| Some((text_key(text.state, text.is_cut)?, text.state.is_trouble()))),
        })
        .collect();
    let view = FilesView {
        id: id.to_string(),
        href: href(&read),
        title: read.content.title.clone(),
        rows: lines,
        may_add: read.rights.propose,
        limit: bytes(limit as i64),
        wrong: wrong.to_vec(),
    };
    Ok(views::files(shell, &view))
}

/// How a text names a file: as an image where it is one.
pub fn markdown(id: &PublicId, name: &str, media_type: &str) -> String {
    let label: String = name
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | '\\' | '`'))
        .collect();
    let mark = if media_type.starts_with("image/") { "!" } else { "" };
    format!("{mark}[{label}](/f/{id})")
}

/// Type and size for people: `PDF 180 KB`.
pub fn size(_language: Language, media_type: &str, size: i64) -> String {
    let kind = media_type.split(';').next().unwrap_or_default();
    let kind = kind
        .rsplit(['/', '.', '+'])
        .next()
        .unwrap_or_default()
        .to_uppercase();
    let kind = match kind.as_str() {
        "PLAIN" => "TXT",
        "JPEG" => "JPG",
        "OCTET-STREAM" => "",
        other => other,
    };
    format!("{kind} {}", bytes(size)).trim().to_owned()
}

/// A number of bytes for people.
fn bytes(size: i64) -> String {
    match size {
        ..1_024 => format!("{size} B"),
        1_024..1_048_576 => format!("{} KB", size / 1_024),
        _ => format!("{:.1} MB", size as f64 / 1_048_576.0),
    }
}

/// `POST /p/{id}/-/files`
pub async fn add(
    app: web::Data<App>,
    viewer: Viewer,
    shell: Shell,
    id: web::Path<String>,
    form: Multipart,
) -> Result<HttpResponse, Error> {
    let id = public_id(&id)?;
    let upload = upload(form, app.config().file_bytes_max).await?;
    let (use_app, actor, page) = (app.clone(), viewer.actor(), id.clone());
    match run(move || files::add_to_page(&use_app, &actor, &page, upload)).await? {
        Ok(_) => Ok(see_other(&format!("/p/{id}/-/files"))),
        Err(wrong) => Ok(form_again(list(app, &viewer, &shell, &id, &wrong).await?)),
    }
}

/// The one file of a form; an empty one where the form has none.
async fn upload(mut form: Multipart, max: u64) -> Result<Upload, Error> {
    let malformed = |error: actix_multipart::MultipartError| Error::Malformed {
        place: Some("file".into()),
        detail: error.to_string(),
    };
    let mut upload = Upload {
        name: String::new(),
        bytes: Vec::new(),
        client_id: None,
    };
    while let Some(field) = form.next().await {
        let mut field = field.map_err(malformed)?;
        let disposition = field.content_disposition();
        if disposition.and_then(|about| about.get_name()) != Some("file") {
            continue;
        }
        upload.name = disposition
            .and_then(|about| about.get_filename())
            .unwrap_or_default()
            .to_owned();
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(malformed)?;
            if (upload.bytes.len() + chunk.len()) as u64 > max {
                return Err(Error::TooLarge);
            }
            upload.bytes.extend_from_slice(&chunk);
        }
    }
    Ok(upload)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_for_people_and_for_texts() {
        assert_eq!(size(Language::En, "application/pdf", 184_320), "PDF 180 KB");
        assert_eq!(size(Language::En, "text/plain; charset=utf-8", 12), "TXT 12 B");
        let id = PublicId::parse("7k2m9x4q").expect("an id");
        assert_eq!(markdown(&id, "a [1].png", "image/png"), "![a 1.png](/f/7k2m9x4q)");
    }
}
