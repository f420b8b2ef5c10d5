//! People: the small rules about addresses, passwords and secrets that need no storage.

crate::words! {
    /// Which colours the interface shows.
    Theme {
        /// As the device says.
        Auto = "auto",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
    }
}

crate::words! {
    /// What an API token may be used for. Never more than its person may do.
    Scope {
        /// Read what the person may read.
        Read = "read",
        /// Save, publish and manage what the person may.
        Write = "write",
        /// Report from the field and triage.
        Intel = "intel",
        /// Read feeds, nothing else: the token stands in the address of a feed.
        Feeds = "feeds",
    }
}

crate::words! {
    /// What a one-time link is for.
    LinkPurpose {
        /// The first password of a new person.
        Invitation = "invitation",
        /// A new password of somebody who forgot theirs.
        Reset = "reset",
    }
}

/// The shortest password in bytes (`security.md` 19).
pub const PASSWORD_BYTES_MIN: usize = 12;
/// The longest password in bytes: beyond it only the hashing would be kept busy.
pub const PASSWORD_BYTES_MAX: usize = 1_024;
/// The longest name or title of a person, group or space in characters.
pub const NAME_CHARS_MAX: usize = 120;
/// The longest telephone number in characters, with its spaces and signs (E.164 knows 15 digits).
pub const PHONE_CHARS_MAX: usize = 40;
/// The longest line about what colleagues can ask a person, in characters.
pub const EXPERTISE_CHARS_MAX: usize = 300;
/// The longest address that mail knows (RFC 5321).
const EMAIL_BYTES_MAX: usize = 254;
/// The longest readable name in an address.
const SLUG_CHARS_MAX: usize = 64;

/// An e-mail address, as it was written and folded for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    text: String,
    folded: String,
}

impl Email {
    /// Reads an address: one `@`, something before it, a host after it, no blanks or control characters.
    /// Whether it can receive mail only mail can tell.
    pub fn parse(text: &str) -> Option<Email> {
        let text = text.trim();
        let (name, host) = text.split_once('@')?;
        let fits = text.len() <= EMAIL_BYTES_MAX
            && !name.is_empty()
            && !host.is_empty()
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c));
        fits.then(|| Email {
            text: text.to_owned(),
            folded: fold_email(text),
        })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As it is compared: two spellings of one address are one person.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// The form in which addresses are compared, for any text that somebody typed as one.
pub fn fold_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether a text can be the readable name of a space or group in addresses: letters of any script without capitals,
/// digits and single hyphens.
pub fn is_slug(text: &str) -> bool {
    let chars = text.chars().count();
    (1..=SLUG_CHARS_MAX).contains(&chars)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text
            .chars()
            .all(|c| c == '-' || (c.is_alphanumeric() && !c.is_uppercase()))
}

/// The readable name that a title suggests; empty when the title has no letters or digits.
pub fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && !is_joined(c) {
            slug.push('-');
        }
        if slug.chars().count() == SLUG_CHARS_MAX {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Marks inside words that fall away: apostrophes, Hebrew gershayim and points.
fn is_joined(c: char) -> bool {
    matches!(
        c,
        '\'' | '"' | '’' | '\u{05f3}' | '\u{05f4}' | '\u{0591}'..='\u{05bd}' | '\u{05bf}'..='\u{05c7}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_folded() {
        let email = Email::parse(" Noa@Orion.Example ").expect("an address");
        assert_eq!(
            (email.as_str(), email.folded()),
            ("Noa@Orion.Example", "noa@orion.example")
        );
        for wrong in [
            "",
            "noa",
            "@x",
            "noa@",
            "a@b@c",
            "a b@c",
            "a@b\r\nBcc: x@y",
            "a@.b",
            "<a@b>",
            "a,b@c",
        ] {
            assert_eq!(Email::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Email::parse(&format!("{}@x.example", "a".repeat(250))), None);
    }

    #[test]
    fn slugs_are_letters_digits_and_single_hyphens() {
        for good in ["battlecards", "pricing-2026", "מחירים", "a"] {
            assert!(is_slug(good), "{good}");
        }
        for wrong in ["", "-a", "a-", "a--b", "A", "a b", "a/b", "..", &"x".repeat(65)] {
            assert!(!is_slug(wrong), "{wrong}");
        }
    }

    #[test]
    fn titles_suggest_slugs() {
        for (title, slug) in [
            ("Pricing and terms", "pricing-and-terms"),
            ("  Q&A:  R&D ", "q-a-r-d"),
            ("מחירים ותנאים", "מחירים-ותנאים"),
            ("מע\"מ", "מעמ"),
            ("***", ""),
        ] {
            assert_eq!(slug_of(title), slug);
        }
        assert!(is_slug(&slug_of(&"long words ".repeat(30))));
    }
}
