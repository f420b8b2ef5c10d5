//! Stop words: question and function words that say nothing about what is looked for.
//!
//! They are dropped from a query only when something else remains, never from a page.

/// Hebrew, in folded letters.
const HEBREW: &[&str] = &[
    "של",
    "את",
    "על",
    "עמ",
    "אל",
    "אנ",
    "אמ",
    "או",
    "כי",
    "גמ",
    "רק",
    "כל",
    "לא",
    "כנ",
    "זה",
    "זו",
    "זאת",
    "אלה",
    "אלו",
    "הוא",
    "היא",
    "המ",
    "הנ",
    "אני",
    "אנחנו",
    "אתה",
    "אתמ",
    "יש",
    "אינ",
    "היה",
    "הייתה",
    "היו",
    "יהיה",
    "מה",
    "מי",
    "איכ",
    "כיצד",
    "האמ",
    "מתי",
    "איפה",
    "היכנ",
    "למה",
    "מדוע",
    "כמה",
    "איזה",
    "איזו",
    "אילו",
    "לי",
    "לנו",
    "לכ",
    "לו",
    "לה",
    "להמ",
    "אצל",
    "בינ",
    "כמו",
    "כדי",
    "עד",
    "אבל",
    "אכ",
    "יותר",
    "מאוד",
    "צריכ",
    "צריכה",
    "אפשר",
    "ניתנ",
    "שלנו",
    "שלהמ",
    "שלי",
    "שהוא",
    "שהיא",
    "אותו",
    "אותה",
    "מותר",
    "אסור",
    "חייב",
    "חייבת",
    "חייבימ",
    "יכול",
    "יכולה",
    "יכולימ",
    "רוצה",
    "רוצימ",
    "כדאי",
    "אומר",
    "אומרת",
    "שאומר",
    "שאומרת",
    "שאומרימ",
    "שואל",
    "שואלת",
    "שואלימ",
    "עונימ",
    "לענות",
    "לומר",
    "להגיד",
    "שאינ",
    "שיש",
    "שלא",
    "לעשות",
    "אומרימ",
    "עושימ",
];

/// English.
const ENGLISH: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "is", "are",
    "was", "were", "be", "been", "do", "does", "did", "can", "could", "should", "would", "will", "may",
    "must", "i", "we", "you", "he", "she", "it", "they", "our", "your", "my", "their", "its", "this", "that",
    "these", "those", "what", "which", "who", "whom", "when", "where", "why", "how", "if", "as", "me", "us",
    "there", "about", "any", "have", "has", "had", "than", "then", "so", "not", "no",
];

/// Whether a folded word is a stop word.
pub(crate) fn is_stop_word(word: &str) -> bool {
    HEBREW.contains(&word) || ENGLISH.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::chars::fold_to_string;
    use super::*;

    #[test]
    fn the_lists_are_folded() {
        for word in HEBREW.iter().chain(ENGLISH) {
            assert_eq!(&fold_to_string(word), word);
        }
        assert!(is_stop_word("איכ") && !is_stop_word("מחיר"));
    }
}
