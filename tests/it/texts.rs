//! The words of attached files over HTTP: found on the page and in the API, with the place; what can't be read is told to
//! who can mend it, and to nobody else.

use serde_json::Value;

use crate::site::{Client, alone, site};

/// A sheet about installing, with a Hebrew PDF that says what its text does not.
const INSTALLING: &str = "2v5vkqgk";

fn hits(client: &Client<'_>, words: &str) -> Vec<Value> {
    let words: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let found = client.get(&format!("/api/v1/search?q={words}")).body;
    let found: Value = serde_json::from_str(&found).unwrap();
    found["results"].as_array().unwrap().clone()
}

#[test]
fn a_word_of_a_pdf_is_found_with_its_page() {
    let rep = site().as_reader();
    let found = hits(&rep, "נגד סיום");
    let hit = found.iter().find(|hit| hit["id"] == INSTALLING).unwrap();
    assert_eq!(hit["attachment"]["name"], "כרטיס התקנה XR-200.pdf");
    assert_eq!(hit["attachment"]["page"], 2);
    assert!(hit["snippet"].as_str().unwrap().contains("נגד סיום"));
    let path = hit["attachment"]["path"].as_str().unwrap();
    assert_eq!(rep.get(path).status, 200);

    let page = rep.get("/search?q=%D7%9E%D7%9E%D7%A1%D7%99%D7%9D").body;
    assert!(
        page.contains("בקובץ המצורף") || page.contains("In attachment"),
        "the place is said"
    );
    assert!(
        page.contains(&format!("href=\"{path}\"")),
        "and leads to the file"
    );
    let deck = hits(&rep, "חומת אש");
    assert_eq!(deck[0]["attachment"]["page"], 5);
}

#[test]
fn what_cannot_be_read_is_told_to_who_can_mend_it() {
    let (site, app) = alone();
    let admin = site.as_admin();
    let headers = [("Sec-Fetch-Site", "same-origin")];
    let add = format!("/api/v1/pages/{INSTALLING}/files?name=sheet.pdf");
    let added = admin.send("POST", &add, &headers, b"%PDF-1.7 broken");
    assert_eq!(added.status, 201, "{}", added.body);
    let list = format!("/p/{INSTALLING}/-/files");
    app.catch_up().unwrap();
    let told = |client: &Client<'_>| {
        let shown = client.get(&list).body;
        shown.contains("הקובץ פגום") || shown.contains("it is damaged")
    };
    assert!(told(&admin), "{}", admin.get(&list).body);
    assert!(!told(&site.as_contractor()));
}
