//! Which words are marked, in the text as it was written.

use dugri_search::{Aliases, highlight, sentence, snippet};

use crate::cast::{Site, page, put};

/// Marks the text with brackets by what the query finds on a page with this text.
fn check(query: &str, expected: &str) {
    let text = expected.replace(['[', ']'], "");
    let mut site = Site::with(vec![put(page(1, "", &text))]);
    site.aliases = Aliases::new([["הדים", "Hedim"], ["זרם פלוס", "Zerem Plus"]]);
    let found = site.find(query);
    let mut marked = text.clone();
    for mark in highlight(&text, &found.matcher).into_iter().rev() {
        marked.insert(mark.end, ']');
        marked.insert(mark.start, '[');
    }
    assert_eq!(marked, expected, "{query}");
}

#[test]
fn whole_words_are_marked_as_they_are_written() {
    check("שלוחה", "כל [השלוחות] במרכזייה");
    check("קשב", "המוצר [קֶשֶׁב] החדש");
    check("מעמ", "לפני [מע״מ] ואחרי");
    check("mx40", "הטלפון ה-[MX-40] חדש");
    check("\"דוח\"", "ב[דו\"ח] השנתי".replace("ב[", "[ב").as_str());
    check("hedim", "מרכזיית [הדים] בענן");
    check("charging price", "[Prices] for [charges], not for change");
    check("תכנית", "זו [תוכנית] הניוד");
    check("מרכ", "כל [מרכזייה] וגם [מרכז]");
    check("xyz", "nothing of it");
    check("zerem plus", "בין [זרם פלוס] לבין זרם אחר");
}

fn piece(query: &str, blocks: &[&str], max_chars: usize) -> (String, Vec<String>) {
    let site = Site::with(vec![put(page(1, "", &blocks.join("\n")))]);
    let snippet = snippet(blocks, &site.find(query).matcher, max_chars);
    let marks = snippet
        .marks
        .iter()
        .map(|m| snippet.text[m.clone()].to_owned())
        .collect();
    (snippet.text, marks)
}

#[test]
fn a_snippet_shows_where_the_words_are() {
    let blocks = [
        "First paragraph without anything of interest at all, but long enough to be cut off.",
        "The warranty of the sensor covers three years.",
        "Another end.",
    ];
    let (text, marks) = piece("sensor warranty", &blocks, 60);
    assert_eq!(marks, ["warranty", "sensor"]);
    assert!(text.starts_with('…') && text.ends_with('…'), "{text}");
    assert!(text.chars().count() <= 62, "{text}");
}

#[test]
fn a_snippet_without_words_is_the_beginning() {
    let (text, marks) = piece("nowhere", &["One two three four", "five"], 10);
    assert_eq!((text.as_str(), marks.len()), ("One two…", 0));
    assert_eq!(piece("x", &[], 10), (String::new(), vec![]));
    assert_eq!(piece("two", &["One two"], 100).0, "One two");
}

#[test]
fn the_sentence_that_answers_stands_whole() {
    let blocks = [
        "Sensor warranty",
        "We deliver in 12 days. The warranty of the sensor covers 3.5 years. Ask for more.",
    ];
    let site = Site::with(vec![put(page(1, "", &blocks.join("\n")))]);
    let found = site.find("sensor warranty");
    let answer = sentence(&blocks, &found.matcher, 100);
    assert_eq!(answer.text, "The warranty of the sensor covers 3.5 years.");
    assert_eq!(answer.marks.len(), 2);
    // One that is too long, and none at all: the piece around the words, the beginning.
    assert!(sentence(&blocks[1..], &found.matcher, 20).text.contains('…'));
    assert_eq!(
        sentence(&["Nothing of it."], &found.matcher, 100).text,
        "Nothing of it."
    );
}
