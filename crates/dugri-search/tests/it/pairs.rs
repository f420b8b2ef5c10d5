//! Pairs of word forms: what a query form finds of a page form, through the whole search.

use crate::cast::{Site, page, put};

#[test]
fn each_pair_is_found_as_expected() {
    let pairs = include_str!("../../../../tests/fixtures/search-dev/pairs.tsv");
    let mut failed = Vec::new();
    let mut count = 0;
    for line in pairs.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [query, form, expected, why] = columns[..] else {
            panic!("four columns: {line}");
        };
        count += 1;
        let passed = match expected {
            "match" => found(query, form) == ["p1"],
            "none" => found(query, form).is_empty(),
            "weak" => site(&[form, query])
                .keys(query)
                .first()
                .is_some_and(|k| k == "p2"),
            other => panic!("not an expectation: {other}"),
        };
        if !passed {
            failed.push(format!("{query} / {form}: not {expected} ({why})"));
        }
    }
    assert!(count >= 48);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn found(query: &str, form: &str) -> Vec<String> {
    site(&[form]).keys(query)
}

/// Pages that have one form each, and one that has none.
fn site(forms: &[&str]) -> Site {
    let mut pages: Vec<_> = forms
        .iter()
        .zip(1..)
        .map(|(form, number)| put(page(number, "", &format!("אדום {form} ירוק"))))
        .collect();
    pages.push(put(page(99, "", "אדום ירוק")));
    Site::with(pages)
}
