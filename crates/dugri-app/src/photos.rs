//! Faces. Whatever picture comes in is decoded within limits, put upright, cut square and written anew as a small JPEG:
//! nothing that the camera noted (the place, the device) is left in it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, Rgb, RgbImage, imageops};

/// The side of a photo in pixels: the largest place is 56 CSS pixels, on screens of up to four to one.
const SIDE: u32 = 224;
/// The largest picture that is read, in pixels (`security.md`, 28).
const PIXELS_MAX: u64 = 50_000_000;
/// The most memory that a picture may take while it is read, in bytes: four to a pixel, and what the decoder needs.
const DECODED_BYTES_MAX: u64 = 256 << 20;
/// How well the JPEG keeps it, of 100.
const QUALITY: u8 = 85;

/// A photo as it is kept; `None` for what is no picture that is known here, or one that is too large to be read.
pub(crate) fn square(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return None;
    }
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(upright);
    let side = picture.width().min(picture.height());
    let (left, top) = ((picture.width() - side) / 2, (picture.height() - side) / 3);
    let small =
        picture
            .crop_imm(left, top, side, side)
            .resize_exact(SIDE, SIDE, imageops::FilterType::Triangle);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&on_white(&small))
        .ok()?;
    Some(jpeg)
}

/// JPEG knows no transparency: what shows through is white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let rgba = picture.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, alpha] = rgba.get_pixel(x, y).0;
        let over = |colour: u8| {
            let (colour, alpha) = (u16::from(colour), u16::from(alpha));
            ((colour * alpha + 255 * (255 - alpha)) / 255) as u8
        };
        Rgb([over(r), over(g), over(b)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgba, RgbaImage};

    fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
        let picture = RgbaImage::from_fn(width, height, |x, y| Rgba(pixel(x, y)));
        let mut bytes = Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("into memory");
        bytes.into_inner()
    }

    #[test]
    fn a_photo_is_square_small_and_of_the_middle() {
        // Red at both ends, blue in the middle.
        let wide = png(600, 200, |x, _| {
            if (200..400).contains(&x) {
                [0, 0, 255, 255]
            } else {
                [255, 0, 0, 255]
            }
        });
        let photo = image::load_from_memory(&square(&wide).expect("a photo")).expect("a JPEG");
        assert_eq!((photo.width(), photo.height()), (SIDE, SIDE));
        let [r, _, b] = photo.to_rgb8().get_pixel(SIDE / 2, SIDE / 2).0;
        assert!(b > 200 && r < 60, "{r} {b}");
    }

    #[test]
    fn what_shows_through_is_white() {
        let photo = square(&png(10, 10, |_, _| [0, 0, 0, 0])).expect("a photo");
        let photo = image::load_from_memory(&photo).expect("a JPEG");
        assert!(photo.to_rgb8().get_pixel(3, 3).0.iter().all(|c| *c > 250));
    }

    #[test]
    fn what_the_camera_noted_is_gone() {
        let plain = square(&png(20, 20, |_, _| [9, 9, 9, 255])).expect("a photo");
        // An EXIF segment right after the start of the JPEG, as cameras write it.
        let note = b"Exif\0\0II*\0\x08\0\0\0\0\0 32.0853N 34.7818E";
        let mut noted = plain[..2].to_vec();
        noted.extend([0xff, 0xe1]);
        noted.extend((note.len() as u16 + 2).to_be_bytes());
        noted.extend(note);
        noted.extend(&plain[2..]);
        let photo = square(&noted).expect("a photo");
        assert!(!photo.windows(4).any(|w| w == b"Exif" || w == b"32.0"));
    }

    #[test]
    fn what_is_no_picture_is_none() {
        for bytes in [
            &b""[..],
            b"hello",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"<svg/>",
        ] {
            assert!(square(bytes).is_none());
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        // A PNG that says it is 60,000 by 60,000.
        let mut bomb = png(1, 1, |_, _| [0; 4]);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(square(&bomb).is_none());
    }
}
