//! Searches: how one is told from the next, and when it was answered.
//!
//! Keystrokes of one search are one; several searches after each other are one errand, from the box to the page that ends it.

use chrono::Duration;

crate::words! {
    /// From where somebody searched.
    SearchSource {
        /// The panel under the box, while typing.
        Panel = "panel",
        /// The page of results.
        Page = "page",
        /// The API.
        Api = "api",
    }
}

/// Whoever types on within this time is at the same search.
pub const TYPING: Duration = Duration::seconds(20);

/// Whoever searches again within this time after an opened page has not found it there: the page was no answer. The same
/// time after a search that led nowhere makes the next one part of its errand. From the figure that product.md asks for.
pub const ANSWERED_AFTER: Duration = Duration::seconds(60);

/// Whether folded words carry on, or correct, what was typed before.
pub fn carries_on(before: &str, after: &str) -> bool {
    if before.starts_with(after) || after.starts_with(before) {
        return true;
    }
    let same = before
        .chars()
        .zip(after.chars())
        .take_while(|(one, other)| one == other)
        .count();
    // Half of it was typed anew: a correction within the same search.
    2 * same >= before.chars().count().max(after.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keystrokes_and_corrections_carry_on() {
        for (before, after, same) in [
            ("ve", "vectra", true),
            ("vectra", "vec", true),
            ("vectra prise", "vectra price", true),
            ("מחיר", "מחירון", true),
            ("price", "vectra", false),
            ("vectra price", "radar comparison", false),
            ("", "x", true),
        ] {
            assert_eq!(carries_on(before, after), same, "{before} {after}");
        }
    }
}
