//! What waits for a publisher is seen by who may see it, and by no reader through any door.

use crate::site::{Answer, CARD, Client, site};

/// Reads the battlecards and nothing more there.
const READER: &str = "hannah@orion.example";
const SECRET: &str = "zanzibarium";

/// The value of the hidden field `name` in a form.
fn hidden<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = answer
        .body
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {name} in: {}", answer.body));
    rest.split('"').next().unwrap_or_default()
}

fn propose(writer: &Client<'_>) -> String {
    let form = writer.get(&format!("/p/{CARD}/-/edit"));
    assert_eq!(form.status, 200);
    let answer = writer.post(
        &format!("/p/{CARD}/-/edit"),
        &[
            ("base_revision", hidden(&form, "base_revision")),
            ("client_id", hidden(&form, "client_id")),
            ("title", "XR-200 against the V8"),
            ("body", &format!("The {SECRET} is cheaper.")),
            ("summary", "A word that nobody may read yet"),
            ("action", "save"),
        ],
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

#[test]
fn a_reader_sees_no_word_of_a_pending_change() {
    let (writer, reader) = (site().as_marketer(), site().sign_in(READER));
    let change = propose(&writer);
    assert!(
        change.contains("/-/change/"),
        "a save in a reviewed space waits: {change}"
    );
    assert!(writer.get(&change).body.contains(SECRET), "the writer sees it");

    let hidden_change = reader.get(&change);
    assert_eq!(hidden_change.status, 404, "the reader does not");
    let readable = reader.get(&format!("/p/{CARD}"));
    let doors = [
        readable.header("location").to_owned(),
        format!("/p/{CARD}/-/source"),
        format!("/p/{CARD}/-/history"),
        format!("/search?q={SECRET}"),
        format!("/search/panel?q={SECRET}"),
        format!("/api/v1/pages/{CARD}"),
        format!("/api/v1/pages/{CARD}/history"),
        format!("/api/v1/search?q={SECRET}"),
    ];
    for door in doors.iter().filter(|door| !door.is_empty()) {
        let answer = reader.get(door);
        assert!(answer.status < 500, "{door}: {}", answer.status);
        let echoed = format!("q={SECRET}");
        let said = answer
            .body
            .replace(&echoed, "")
            .replace(&format!("value=\"{SECRET}\""), "");
        let found = said.matches(SECRET).count();
        // The page of results repeats what was asked for; a result would also hold the words around it.
        assert!(!said.contains(&format!("{SECRET} is cheaper")), "{door}");
        assert!(found == 0 || door.contains("search"), "{door}: {found} times");
    }
}
