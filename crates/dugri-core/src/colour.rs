//! Colours and how well they are read on each other, by the formulas of WCAG 2.2 (relative luminance, contrast ratio).

use std::fmt;
use std::str::FromStr;

/// The least contrast of text (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST_MIN: f64 = 4.5;

/// An opaque colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// White.
    pub const WHITE: Colour = Colour([255; 3]);

    /// Relative luminance, 0 for black to 1 for white.
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast with another colour, 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour with `percent` of another mixed in.
    pub fn mixed(self, other: Colour, percent: u8) -> Colour {
        let share = f64::from(percent.min(100)) / 100.0;
        let mut mixed = [0; 3];
        for (at, channel) in mixed.iter_mut().enumerate() {
            let (own, of_other) = (f64::from(self.0[at]), f64::from(other.0[at]));
            *channel = (own + (of_other - own) * share).round() as u8;
        }
        Colour(mixed)
    }

    /// The nearest mix with `towards` that is read on `ground` with at least `contrast`.
    pub fn readable(self, ground: Colour, towards: Colour, contrast: f64) -> Colour {
        (0..=100)
            .map(|percent| self.mixed(towards, percent))
            .find(|mixed| mixed.contrast(ground) >= contrast)
            .unwrap_or(towards)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl FromStr for Colour {
    type Err = ();

    /// Reads `#1f4fc6`, with or without the mark.
    fn from_str(text: &str) -> Result<Colour, ()> {
        let digits = text.trim().trim_start_matches('#');
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| ())?;
        let [_, r, g, b] = number.to_be_bytes();
        Ok(Colour([r, g, b]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        let black = Colour([0; 3]);
        assert!((black.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        let grey: Colour = "#767676".parse().expect("a colour");
        assert!((grey.contrast(Colour::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_is_read_and_written() {
        assert_eq!(
            "1F4FC6".parse::<Colour>().map(|c| c.to_string()),
            Ok("#1f4fc6".to_owned())
        );
        for wrong in ["", "#fff", "#12345g", "red", "#1234567", "אבגדהו"] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_readable_mix_is_the_nearest() {
        let yellow: Colour = "#ffd000".parse().expect("a colour");
        let mixed = yellow.readable(Colour::WHITE, Colour([0; 3]), TEXT_CONTRAST_MIN);
        assert!(mixed.contrast(Colour::WHITE) >= TEXT_CONTRAST_MIN);
        let dark: Colour = "#1f4fc6".parse().expect("a colour");
        assert_eq!(
            dark.readable(Colour::WHITE, Colour([0; 3]), TEXT_CONTRAST_MIN),
            dark
        );
    }
}
