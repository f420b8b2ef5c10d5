//! Counting words and reading time.

use std::time::Duration;

use unicode_segmentation::UnicodeSegmentation;

use crate::Language;

/// The number of words, as a reader would count them: marks and numbers of Markdown's own do not count.
pub fn count(text: &str) -> usize {
    text.unicode_words().count()
}

/// How long an average reader needs for `words` words.
///
/// Silent reading, by published studies: about 240 words a minute in English; a Hebrew word holds its prepositions
/// and articles, so that fewer, denser words are read in the same time: about 190.
pub fn reading_time(words: usize, language: Language) -> Duration {
    let per_minute = match language {
        Language::He => 190,
        Language::En => 240,
    };
    Duration::from_secs((words as u64 * 60).div_ceil(per_minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: usize) {
        assert_eq!(count(text), expected, "{text}");
    }

    #[test]
    fn words_are_counted_in_both_languages() {
        check("", 0);
        check("  — … !", 0);
        check("One, two; three.", 3);
        check("מע״מ וגם צה\"ל", 3);
        check("ב־XR-200 יש 4.5 בר", 6);
    }

    #[test]
    fn reading_time_is_rounded_up_to_seconds() {
        assert_eq!(reading_time(240, Language::En), Duration::from_secs(60));
        assert_eq!(reading_time(1, Language::He), Duration::from_secs(1));
        assert_eq!(reading_time(0, Language::He), Duration::ZERO);
    }
}
