//! Text into HTML: the only two functions that turn characters into markup's spelling.

/// Writes text as the content of an element.
pub(crate) fn text(out: &mut String, text: &str) {
    escape(out, text, false);
}

/// Writes text as the value of an attribute between double quotes.
pub(crate) fn attribute(out: &mut String, text: &str) {
    escape(out, text, true);
}

fn escape(out: &mut String, text: &str, quotes: bool) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !IS_SPECIAL[usize::from(*byte)] {
            continue;
        }
        let (replacement, width) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' if quotes => ("&quot;", 1),
            b'"' => continue,
            // Overrides of the direction (U+202D, U+202E) could make a text read as another.
            0xE2 if matches!(bytes[at + 1..], [0x80, 0xAD | 0xAE, ..]) => ("", 3),
            0xE2 => continue,
            // Controls are not allowed in HTML, and two of them are the parser's own marks.
            _ => ("", 1),
        };
        out.push_str(&text[done..at]);
        out.push_str(replacement);
        done = at + width;
    }
    out.push_str(&text[done..]);
}

/// The bytes that need a second look.
const IS_SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = matches!(byte as u8, b'&' | b'<' | b'>' | b'"' | 0..=8 | 11..=31 | 127 | 0xE2);
        byte += 1;
    }
    special
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_html_is_spelt_out() {
        let mut out = String::new();
        text(&mut out, "a < b & \"c\" > d\u{0}\u{202e}\tש\n");
        assert_eq!(out, "a &lt; b &amp; \"c\" &gt; d\tש\n");
        out.clear();
        attribute(&mut out, "\"><script>");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;");
    }
}
