//! The other keyboard layout: what the same keys would have written.

use crate::analysis::chars::is_hebrew;

/// The keys of the standard Hebrew layout beside those of the English one.
const KEYS: [(char, char); 33] = [
    ('q', '/'),
    ('w', '\''),
    ('e', 'ק'),
    ('r', 'ר'),
    ('t', 'א'),
    ('y', 'ט'),
    ('u', 'ו'),
    ('i', 'ן'),
    ('o', 'ם'),
    ('p', 'פ'),
    ('a', 'ש'),
    ('s', 'ד'),
    ('d', 'ג'),
    ('f', 'כ'),
    ('g', 'ע'),
    ('h', 'י'),
    ('j', 'ח'),
    ('k', 'ל'),
    ('l', 'ך'),
    (';', 'ף'),
    ('\'', ','),
    ('z', 'ז'),
    ('x', 'ס'),
    ('c', 'ב'),
    ('v', 'ה'),
    ('b', 'נ'),
    ('n', 'מ'),
    ('m', 'צ'),
    (',', 'ת'),
    ('.', 'ץ'),
    ('/', '.'),
    ('[', ']'),
    (']', '['),
];

/// The text as the same keys write it in the other layout. `None` if no letter would change.
pub(crate) fn other_layout(text: &str) -> Option<String> {
    let to_latin = text.chars().any(is_hebrew);
    let mapped: String = text.to_lowercase().chars().map(|c| map(c, to_latin)).collect();
    (text.chars().any(char::is_alphabetic) && mapped != text.to_lowercase()).then_some(mapped)
}

fn map(c: char, to_latin: bool) -> char {
    let found = KEYS.iter().find(|(latin, hebrew)| match to_latin {
        true => *hebrew == c,
        false => *latin == c,
    });
    match found {
        Some((latin, hebrew)) => {
            if to_latin {
                *latin
            } else {
                *hebrew
            }
        }
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::other_layout;

    #[test]
    fn both_ways() {
        for (typed, meant) in [
            ("vsho", "הדים"),
            (",grhpui", "תעריפון"),
            ("UGS CH,", "ועד בית"),
            ("הםסךןמק", "voxline"),
            ("למ-22", "kn-22"),
        ] {
            assert_eq!(other_layout(typed).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(other_layout("123"), None);
        assert_eq!(other_layout(""), None);
    }
}
