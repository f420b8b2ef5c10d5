//! What the streams of a PDF unpack to, counted before anybody unpacks them into memory.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::super::{Gatherer, NoText};

/// Streams packed in streams: deeper than this nobody does.
const DEPTH_MAX: usize = 4;

/// One code of LZW stands for up to this many bytes.
const LZW_ENTRY_MAX: u64 = 4_096;

/// Where a stream begins, and how its dictionary names the older way of packing.
const STREAM: &[u8] = b"stream";
const LZW: &[u8] = b"/LZW";

/// Pictures are not unpacked to read a text; one must only be no larger than this, in case it is something else.
const IMAGE: &[u8] = b"/Image";
const IMAGE_BYTES_MAX: u64 = 64 << 20;

/// So much of what stands before a stream may be its dictionary.
const DICTIONARY_BYTES: usize = 1_024;

pub(super) fn check(bytes: &[u8], out: &Gatherer<'_>) -> Result<(), NoText> {
    let mut room = out.limits.unpacked_bytes_max;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], STREAM) {
        let mark = at + found;
        at = mark + STREAM.len();
        if bytes[..mark].ends_with(b"end") {
            continue;
        }
        out.goes_on()?;
        let data = &bytes[at..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let dictionary = &bytes[mark.saturating_sub(DICTIONARY_BYTES)..mark];
        // The dictionary of this stream, not that of the one before.
        let own = find_last(dictionary, b"obj").map_or(dictionary, |begin| &dictionary[begin..]);
        let is_image = find(own, IMAGE).is_some();
        let most = if is_image { room.min(IMAGE_BYTES_MAX) } else { room };
        let size = match find(own, LZW) {
            Some(_) if is_image => 0,
            Some(_) => lzw_size_max(data),
            None => flate_size(data, most, out)?,
        };
        if size > most {
            return Err(NoText::TooLarge);
        }
        room -= if is_image { 0 } else { size };
    }
    Ok(())
}

/// What a stream unpacks to, and what that unpacks to in turn, as far as there is room.
fn flate_size(data: &[u8], room: u64, out: &Gatherer<'_>) -> Result<u64, NoText> {
    let mut largest = 0;
    for depth in 1..=DEPTH_MAX {
        let mut inside: Box<dyn Read + '_> = Box::new(data);
        for _ in 0..depth {
            inside = Box::new(ZlibDecoder::new(inside));
        }
        let size = count(inside, room, out)?;
        largest = largest.max(size);
        if size == 0 || largest > room {
            break;
        }
    }
    Ok(largest)
}

fn count(mut source: impl Read, room: u64, out: &Gatherer<'_>) -> Result<u64, NoText> {
    let mut buffer = [0; 64 << 10];
    let mut size = 0;
    // What does not unpack, or no further, is what the reader will make of it too.
    while let Ok(read @ 1..) = source.read(&mut buffer) {
        size += read as u64;
        if size > room {
            break;
        }
        out.goes_on()?;
    }
    Ok(size)
}

/// A bound, not a count: what an old stream could unpack to at worst grows with the square of its codes.
fn lzw_size_max(data: &[u8]) -> u64 {
    let length = find(data, b"endstream").unwrap_or(data.len()) as u64;
    // A table that is filled and cleared gives `entries² / 2` bytes for its codes of nine to twelve bits.
    let codes = length * 8 / 9;
    (codes * codes.min(LZW_ENTRY_MAX)) / 2
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|b| b == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}
