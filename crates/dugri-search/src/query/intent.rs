//! Kinds of pages that a query asks for: by their name ("price list XR-200"), or by a question that they answer ("how
//! much is it"). A soft preference among pages that have the words, no more.

use crate::analysis::tokenize;

/// A name of a kind or a turn of a question, in folded letters, and the kinds that answer it.
const QUESTIONS: &[(&[&str], &[&str])] = &[
    (
        &[
            "price list",
            "prices",
            "price",
            "pricing",
            "מחירונ",
            "תעריפונ",
            "מחיר",
            "מחירימ",
            "how much",
            "what does it cost",
            "כמה עולה",
            "כמה עולימ",
            "מה המחיר",
            "מה העלות",
            "כמה משלמימ",
        ],
        &["price-list"],
    ),
    (
        &[
            "objection",
            "התנגדות",
            "what do we answer",
            "what do we say",
            "how do we answer",
            "how to answer",
            "how to respond",
            "מה עונימ",
            "איכ עונימ",
            "מה לענות",
            "איכ לענות",
            "מה אומרימ",
            "איכ מגיבימ",
            "מה להגיד",
        ],
        &["objection", "battlecard"],
    ),
    (
        &[
            "policy",
            "מדיניות",
            "נוהל",
            "who approves",
            "who may",
            "are we allowed",
            "is it allowed",
            "may we",
            "must we",
            "מי מאשר",
            "האמ מותר",
            "מותר",
            "אסור",
            "חייבימ",
            "מתי מותר",
            "האמ צריכ",
        ],
        &["policy"],
    ),
    (
        &[
            "battlecard",
            "כרטיס קרב",
            "compared to",
            "compare",
            "versus",
            "vs",
            "against",
            "מול",
            "לעומת",
            "נגד",
            "ההבדל",
        ],
        &["battlecard", "comparison", "competitor-claim"],
    ),
    (
        &["product sheet", "data sheet", "datasheet", "דפ מוצר", "מפרט"],
        &["product-sheet"],
    ),
    (
        &[
            "case study",
            "success story",
            "customer story",
            "סיפור לקוח",
            "סיפור הצלחה",
        ],
        &["case-study"],
    ),
    (
        &["deck", "slides", "presentation", "מצגת", "שקפימ"],
        &["presentation"],
    ),
    (&["template", "תבנית", "נוסח"], &["template"]),
    (&["faq", "שאלות נפוצות", "שות"], &["faq"]),
];

/// The kinds that the query asks for without naming them.
pub(crate) fn asked_kinds(query: &str) -> Vec<&'static str> {
    let words: Vec<String> = tokenize(query).into_iter().map(|t| t.text).collect();
    let text = format!(" {} ", words.join(" "));
    let asked = QUESTIONS
        .iter()
        .filter(|(turns, _)| turns.iter().any(|turn| text.contains(&format!(" {turn} "))));
    asked.flat_map(|(_, kinds)| kinds.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::asked_kinds;
    use crate::analysis::chars::fold_to_string;

    #[test]
    fn questions_name_kinds() {
        assert_eq!(asked_kinds("כמה עולה חיישן?"), ["price-list"]);
        assert_eq!(asked_kinds("Who approves discounts"), ["policy"]);
        assert_eq!(asked_kinds("מחירון XR-200"), ["price-list"]);
        assert!(asked_kinds("XR-200").is_empty());
    }

    #[test]
    fn the_turns_are_folded() {
        for turn in super::QUESTIONS.iter().flat_map(|(turns, _)| *turns) {
            assert_eq!(&fold_to_string(turn), turn);
        }
    }
}
