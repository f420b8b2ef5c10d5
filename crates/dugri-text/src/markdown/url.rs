//! The one function that every address passes on its way into HTML.

use std::fmt::Write as _;

/// The address, ready to be escaped into an attribute, if it may be linked: `http`, `https`, `mailto`, a path of our
/// own (`/…`) or a place on this page (`#…`). Everything else is `None`, and its text stands without a link.
///
/// Browsers drop tabs and line ends inside an address and take `\` for `/`; so neither is let through: what is checked
/// here is what they will see.
pub fn safe(address: &str) -> Option<String> {
    let address = address.trim_matches(' ');
    if address.is_empty() || address.chars().any(|c| c.is_control()) {
        return None;
    }
    let allowed = match address.as_bytes() {
        [b'#', ..] => true,
        [b'/'] => true,
        [b'/', next, ..] => !matches!(next, b'/' | b'\\'),
        _ => has_safe_scheme(address),
    };
    allowed.then(|| encode(address))
}

/// Whether it is a path of our own or a place on this page, so that its content is ours too.
pub fn is_own(address: &str) -> bool {
    address.starts_with(['/', '#'])
}

fn has_safe_scheme(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    if scheme.eq_ignore_ascii_case("mailto") {
        return !rest.is_empty();
    }
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_web
        && rest
            .strip_prefix("//")
            .is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}

/// Percent-encodes what has no place in an address. Letters of every script stay readable.
fn encode(address: &str) -> String {
    let mut out = String::with_capacity(address.len() + 8);
    for c in address.chars() {
        let keep = c.is_alphanumeric()
            || matches!(c, '!' | '#'..='\'' | '('..='/' | ':' | ';' | '=' | '?' | '@' | '[' | ']' | '_' | '~');
        if keep {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_closed_list_pass() {
        for address in [
            "http://a.example/b?c=d&e=f#g",
            "HTTPS://a.example",
            "mailto:noa@a.example",
            "/p/7k2m/עברית",
            "/",
            "#h-מחיר",
        ] {
            assert_eq!(safe(address).as_deref(), Some(address), "{address}");
        }
        assert_eq!(safe("/a b\"<>`\\").as_deref(), Some("/a%20b%22%3C%3E%60%5C"));
        assert_eq!(safe("/\u{202e}x").as_deref(), Some("/%E2%80%AEx"));
    }

    #[test]
    fn all_others_do_not() {
        for address in [
            "",
            " ",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "java\nscript:alert(1)",
            "http:evil",
            "https:/evil",
            "http://",
            "page.md",
            "?q=x",
            "mailto:",
            "\u{1}javascript:alert(1)",
            "ftp://a.example",
            "blob:x",
            "tel:+97254",
        ] {
            assert_eq!(safe(address), None, "{address}");
        }
    }
}
