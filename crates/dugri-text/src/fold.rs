//! Titles that mean the same are made the same, and titles become readable paths.

use unicode_normalization::UnicodeNormalization;

/// The longest slug, in characters: longer ones are cut at a word.
const SLUG_CHARS_MAX: usize = 80;

/// The form in which two titles are compared: `XR-200`, `xr 200` and `XR־200` are one title.
///
/// NFKC, lower case, without niqqud and invisible controls; dashes, maqaf, underscores and white space become one
/// space; curly and Hebrew quotation marks become straight ones.
pub fn fold_title(title: &str) -> String {
    let mut folded = String::with_capacity(title.len());
    for c in title
        .nfkc()
        .filter(|c| !is_dropped(*c))
        .flat_map(char::to_lowercase)
    {
        let c = match c {
            '״' | '“' | '”' | '„' => '"',
            '׳' | '’' | '‘' | '`' | '´' => '\'',
            c if is_joint(c) => ' ',
            c => c,
        };
        if c != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A readable path for a title: lower case, letters and digits of every script, single hyphens, at most 80 characters.
///
/// Hebrew letters stay Hebrew. Marks inside a word vanish (`מע״מ` is `מעמ`); whatever else is no letter parts words.
/// Never empty, never with a hyphen at its ends.
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in title
        .nfkc()
        .filter(|c| !is_dropped(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            '\'' | '"' | '״' | '׳' | '’' | '‘' | '“' | '”' | '`' => {}
            c if c.is_alphanumeric() => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    cut_at_word(&mut slug);
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "page".into() } else { slug }
}

fn cut_at_word(slug: &mut String) {
    let Some((end, _)) = slug.char_indices().nth(SLUG_CHARS_MAX) else {
        return;
    };
    let keep = match slug[..end].rfind('-') {
        Some(at) if at >= end / 2 => at,
        _ => end,
    };
    slug.truncate(keep);
}

/// Niqqud, cantillation, other combining accents of Hebrew, zero-width and bidi controls, the soft hyphen.
pub(crate) fn is_dropped(c: char) -> bool {
    matches!(c as u32,
        0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7
        | 0x00AD | 0x061C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x2069 | 0xFEFF)
        || (c.is_control() && !c.is_whitespace())
}

/// What parts words without being a sign of its own: white space, hyphens, maqaf, dashes, underscores.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '־' | '‐' | '‑' | '–' | '—' | '−')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_mean_the_same_fold_to_the_same() {
        for (a, b) in [
            ("XR-200 מול Vectra", "xr 200  מול vectra"),
            ("בית־ספר", "בית ספר"),
            ("שָׁלוֹם", "שלום"),
            ("מחירון – מע״מ", "מחירון - מע\"מ"),
            ("\u{200f}דף\u{200e} ", "דף"),
            ("Ｐｒｉｃｅ list", "price list"),
            ("price_list", "Price List"),
        ] {
            assert_eq!(fold_title(a), fold_title(b), "{a} / {b}");
        }
        assert_ne!(fold_title("C++"), fold_title("C"));
        assert_ne!(fold_title("XR-200"), fold_title("XR-20"));
    }

    #[track_caller]
    fn check(title: &str, expected: &str) {
        assert_eq!(slug(title), expected);
    }

    #[test]
    fn slugs_are_readable_in_both_scripts() {
        check("XR-200 vs. Vectra V8", "xr-200-vs-vectra-v8");
        check("הדים – מרכזיית ענן לעסקים", "הדים-מרכזיית-ענן-לעסקים");
        check("מע״מ: מה חל?", "מעמ-מה-חל");
        check("כש־Vectra בחדר", "כש-vectra-בחדר");
        check("  Don't!  ", "dont");
        check("שָׁלוֹם", "שלום");
        check("", "page");
        check("?!", "page");
    }

    #[test]
    fn slugs_are_cut_at_a_word() {
        let long = slug(&"מילה ".repeat(40));
        assert_eq!(long.chars().count(), 79);
        assert!(long.ends_with("-מילה"));
        assert_eq!(slug(&"x".repeat(200)).len(), 80);
    }
}
