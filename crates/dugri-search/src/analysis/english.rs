//! English: the Snowball stem.

use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

/// The stem of a folded English word.
pub(crate) fn stem(word: &str) -> String {
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    STEMMER
        .get_or_init(|| Stemmer::create(Algorithm::English))
        .stem(word)
        .into_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn inflections_share_a_stem() {
        assert_eq!(super::stem("charges"), super::stem("charging"));
        assert_eq!(super::stem("policies"), super::stem("policy"));
    }
}
