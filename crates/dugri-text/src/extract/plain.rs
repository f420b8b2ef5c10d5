//! Plain text in the encodings that are met: UTF-8, UTF-16 with its mark, and the old Hebrew code page.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1255};

use super::{Gatherer, NoText, visual};

pub(super) fn read(bytes: &[u8], out: &mut Gatherer<'_>) -> Result<(), NoText> {
    let text = decode(bytes);
    out.goes_on()?;
    out.page(None, &visual::in_reading_order(&text));
    Ok(())
}

/// The text of bytes. What is neither marked nor UTF-8 was written on a Hebrew Windows.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((marked, mark)) = Encoding::for_bom(bytes) {
        return marked.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8.decode_without_bom_handling(bytes).0,
        Err(_) => WINDOWS_1255.decode_without_bom_handling(bytes).0,
    }
}
