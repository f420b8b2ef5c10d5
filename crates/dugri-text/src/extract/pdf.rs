//! PDF: letters by where they stand on the page, put together to lines and read in the right direction.
//!
//! A PDF draws glyphs; in which order, is up to the program that wrote it. So lines are made of what stands beside each
//! other, from left to right, and [`super::visual`] says how they are read: that is right for every writer, whether it
//! stores Hebrew as it is read or as it looks.

mod bombs;
mod lines;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use unicode_normalization::UnicodeNormalization;

use super::{Gatherer, NoText};
use lines::{Lines, Piece};

/// More pages than these are not read.
const PAGES_MAX: usize = 2_000;

/// More glyphs than these no page has that people read.
const PIECES_MAX: usize = 200_000;

pub(super) fn read(bytes: &[u8], out: &mut Gatherer<'_>) -> Result<(), NoText> {
    bombs::check(bytes, out)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => NoText::Encrypted,
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => NoText::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => NoText::Damaged,
    })?;
    let cache = InterpreterCache::new();
    for (number, page) in (1..).zip(pdf.pages().iter().take(PAGES_MAX)) {
        if !out.goes_on()? {
            break;
        }
        let transform = page.initial_transform(true).to_kurbo();
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
        let mut context = Context::new(
            transform,
            bounds,
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        let mut letters = Letters {
            bounds,
            pieces: Vec::new(),
        };
        interpret_page(page, &mut context, &mut letters);
        out.page(Some(number), &Lines::of(letters.pieces).into_text());
    }
    Ok(())
}

/// Takes the letters of a page and draws nothing.
struct Letters {
    bounds: Rect,
    pieces: Vec<Piece>,
}

impl<'a> Device<'a> for Letters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.pieces.len() >= PIECES_MAX {
                return;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => normalized(std::iter::once(c)),
                Some(BfString::String(text)) => normalized(text.chars()),
                None => continue,
            };
            if text.is_empty() {
                continue;
            }
            // Glyphs are a thousand units high in their own space.
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let place = props.transform * glyph.transform();
            let start = place * Point::ZERO;
            let end = place * Point::new(advance.unwrap_or(500.0).into(), 0.0);
            let top = place * Point::new(0.0, 1000.0);
            let is_on_the_page = self.bounds.inflate(1.0, 1.0).contains(start);
            if start.x.is_finite() && start.y.is_finite() && end.x.is_finite() && is_on_the_page {
                self.pieces.push(Piece {
                    text,
                    left: start.x.min(end.x),
                    right: start.x.max(end.x),
                    base: start.y,
                    size: (top - start).hypot().clamp(0.5, 500.0),
                    is_level: (end.x - start.x).abs() >= (end.y - start.y).abs(),
                });
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}
}

/// Ligatures and presentation forms as plain letters. Hebrew points are left out: they stand on letters, and a line is
/// turned letter by letter.
fn normalized(text: impl Iterator<Item = char>) -> String {
    text.nfkc()
        .filter(|c| !matches!(c, '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C7}' | '\0'))
        .collect()
}
