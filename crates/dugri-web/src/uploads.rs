//! Forms that may carry files (`multipart/form-data`), and the same forms without one, as plain pairs.
//!
//! Everything is counted while it is read: fields, their bytes, and the bytes of the file.

use actix_multipart::Multipart;
use actix_web::web::{self, Bytes};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt as _;

use crate::errors::Error;

/// The most fields of one form.
const FIELDS_MAX: usize = 100;
/// The most bytes in all fields that are no file.
const FIELD_BYTES_MAX: usize = 256 << 10;

/// The pairs of a form, in order.
#[derive(Clone, Debug, Default)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// The first value of a field; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a box is ticked.
    pub fn is_on(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
}

/// A file as it came.
#[derive(Clone, Debug)]
pub struct FileField {
    /// Its name on the sender's machine.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a form with at most one file, which may have up to `file_bytes_max` bytes. An empty file field is none.
pub async fn read(
    req: &HttpRequest,
    payload: web::Payload,
    file_bytes_max: u64,
) -> Result<(Pairs, Option<FileField>), Error> {
    if req
        .content_type()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    {
        let body = Bytes::from_request(req, &mut payload.into_inner())
            .await
            .map_err(|error| match error.as_response_error().status_code().as_u16() {
                413 => Error::TooLarge,
                _ => malformed(error),
            })?;
        return Ok((
            Pairs(serde_urlencoded::from_bytes(&body).map_err(malformed)?),
            None,
        ));
    }
    if !req.content_type().eq_ignore_ascii_case("multipart/form-data") {
        return Err(Error::Unsupported {
            expected: "application/x-www-form-urlencoded",
        });
    }
    let mut parts = Multipart::new(req.headers(), payload);
    let (mut pairs, mut file, mut bytes_left) = (Pairs::default(), None, FIELD_BYTES_MAX);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(malformed)?;
        let disposition = part.content_disposition();
        let name = disposition
            .and_then(|d| d.get_name())
            .unwrap_or_default()
            .to_owned();
        let file_name = disposition.and_then(|d| d.get_filename()).map(str::to_owned);
        let max = match file_name {
            Some(_) => usize::try_from(file_bytes_max).unwrap_or(usize::MAX),
            None => bytes_left,
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(malformed)?;
            if bytes.len() + chunk.len() > max {
                return Err(Error::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            Some(file_name) if !bytes.is_empty() && file.is_none() => {
                file = Some(FileField {
                    name: file_name,
                    bytes,
                });
            }
            Some(_) => {}
            None => {
                bytes_left -= bytes.len();
                let value = String::from_utf8(bytes).map_err(malformed)?;
                pairs.0.push((name, value));
            }
        }
        if pairs.0.len() > FIELDS_MAX {
            return Err(Error::TooLarge);
        }
    }
    Ok((pairs, file))
}

fn malformed(error: impl std::fmt::Display) -> Error {
    Error::Malformed {
        place: None,
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_repeated_fields() {
        let pairs = Pairs(serde_urlencoded::from_str("a=1&b=&a=2").expect("pairs"));
        assert_eq!(pairs.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert!(pairs.is_on("a") && !pairs.is_on("b") && !pairs.is_on("c"));
    }
}
