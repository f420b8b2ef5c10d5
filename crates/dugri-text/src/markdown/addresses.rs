//! The addresses of links and images in a source, to be read and replaced where they stand; all else stays byte for byte.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_cmark::{Event, Parser, Tag};

use super::mask::Masked;
use super::parse::options;

/// An address as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its letters.
    pub text: String,
    /// Where they stand in the source, in bytes.
    pub range: Range<usize>,
}

/// Every address of a link or an image outside code, in order, those of reference definitions once.
///
/// Left out are addresses written with backslashes or entities: they don't stand in the source as they are meant.
pub fn addresses(source: &str) -> Vec<Address> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let masked = Masked::new(source);
        let mut found: Vec<Address> = Parser::new_ext(&masked.copy, options())
            .filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    let start = masked.position(&dest_url)?;
                    let range = start..start + dest_url.len();
                    let text = source[range.clone()].to_owned();
                    (!text.is_empty()).then_some(Address { text, range })
                }
                _ => None,
            })
            .collect();
        found.sort_by_key(|address| address.range.start);
        found.dedup();
        found
    }));
    found.unwrap_or_default()
}

/// The source with those addresses replaced for which there is another one.
pub fn rewrite_addresses(source: &str, mut other: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for address in addresses(source) {
        if let Some(new) = other(&address.text)
            && address.range.start >= done
        {
            out.push_str(&source[done..address.range.start]);
            out.push_str(&new);
            done = address.range.end;
        }
    }
    out.push_str(&source[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let written = rewrite_addresses(source, |address| {
            (!address.contains(':')).then(|| format!("/f/{}", address.to_uppercase()))
        });
        assert_eq!(written, expected);
    }

    #[test]
    fn addresses_are_replaced_where_they_stand() {
        check(
            "![a](x.png) and [b](y.pdf \"t\")\r\n",
            "![a](/f/X.PNG) and [b](/f/Y.PDF \"t\")\r\n",
        );
        check("[![a](x.png)](y.pdf)", "[![a](/f/X.PNG)](/f/Y.PDF)");
        check(
            "[a][r] [b][r]\n\n[r]: img/x.png\n",
            "[a][r] [b][r]\n\n[r]: /f/IMG/X.PNG\n",
        );
        check(
            "| [a](x.png) |\n| --- |\n| [[p|q]] |\n",
            "| [a](/f/X.PNG) |\n| --- |\n| [[p|q]] |\n",
        );
    }

    #[test]
    fn code_and_foreign_addresses_stay() {
        check(
            "`[a](x.png)`\n\n    [a](x.png)\n",
            "`[a](x.png)`\n\n    [a](x.png)\n",
        );
        check("[a](https://x.example/y.png)", "[a](https://x.example/y.png)");
        check(
            "<b>[a](x.png)</b> עברית [ב](קובץ.pdf)",
            "<b>[a](/f/X.PNG)</b> עברית [ב](/f/קובץ.PDF)",
        );
        check("", "");
    }
}
