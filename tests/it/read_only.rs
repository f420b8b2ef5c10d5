//! Read-only over HTTP, by command and by a full disk: reading goes on, writing says why and gives back what was typed, and
//! it ends without a restart.

use dugri_app::{By, read_only};
use dugri_store::testing::fill_disk;
use serde_json::{Value, json};

use crate::site::{Answer, CARD, Client, alone};

const JSON: [(&str, &str); 2] = [
    ("Content-Type", "application/json"),
    ("Sec-Fetch-Site", "same-origin"),
];

fn create(client: &Client<'_>, body: &str) -> Answer {
    let new = json!({ "space": "product-sheets", "kind": "article", "title": "Typed while nothing can be saved", "body": body });
    client.send("POST", "/api/v1/pages", &JSON, new.to_string())
}

/// A save by form, as a browser sends it.
fn post(client: &Client<'_>, body: &str) -> Answer {
    let form = [
        ("space", "product-sheets"),
        ("kind", "article"),
        ("language", "en"),
        ("title", "Typed & kept"),
        ("body", body),
        ("summary", "Why"),
        ("action", "save"),
    ];
    client.post("/new", &form)
}

fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "30");
    assert!(
        answer.body.contains("Typed &amp; kept"),
        "what was typed comes back: {}",
        answer.body
    );
    assert!(
        answer.body.contains("Second line &lt;b&gt;"),
        "with every line, as text"
    );
    assert!(
        answer.body.contains("name=\"action\" value=\"save\""),
        "and can be sent again"
    );
    assert!(answer.body.contains(words), "{words}: {}", answer.body);
}

#[test]
fn kept_read_only_by_command() {
    let (site, app) = alone();
    let (reader, marketer, admin) = (site.as_reader(), site.as_marketer(), site.as_admin());
    let card = format!("/p/{CARD}");
    let address = reader.get(&card).header("location").to_owned();
    assert!(!reader.get(&address).body.contains("site-bar"));

    assert!(read_only::keep(&app, By::Operator, Some("Moving house")).expect("switched on"));
    let page = reader.get(&address);
    assert_eq!(page.status, 200, "reading goes on");
    assert!(
        page.body.contains("site-bar") && page.body.contains("Moving house"),
        "a bar says why, on a page that was in memory too"
    );
    assert_eq!(reader.get("/search?q=vectra").status, 200, "searching goes on");
    refused(&post(&marketer, "First line\n\nSecond line <b>"), "Moving house");
    let answer = create(&marketer, "x");
    let problem: Value = serde_json::from_str(&answer.body).expect("problem+json");
    assert_eq!((answer.status, &problem["code"]), (503, &json!("read-only")));
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("Moving house")),
        "{problem}"
    );
    let ready = site.as_nobody().get("/readyz");
    assert_eq!(ready.status, 200, "it does what it should");
    assert!(ready.body.contains("read-only"));
    let again = site.as_stranger().post(
        "/signin",
        &[
            ("email", "maya@orion.example"),
            ("password", dugri_app::demo::PASSWORD),
        ],
    );
    assert_eq!(again.status, 303, "people come in to read");

    assert_eq!(reader.get("/people/read-only").status, 404);
    assert!(
        admin
            .get("/people/read-only")
            .body
            .contains("name=\"keep\" value=\"no\"")
    );
    assert_eq!(
        admin.post("/people/read-only", &[("keep", "no")]).status,
        303,
        "the switch itself can be turned back"
    );
    assert_eq!(create(&marketer, "x").status, 201);
    assert!(!reader.get(&address).body.contains("site-bar"));
    assert_eq!(site.as_nobody().get("/readyz").body, "ready\n");
}

#[test]
fn a_full_disk_is_said_and_passes() {
    let (site, app) = alone();
    let (reader, marketer) = (site.as_reader(), site.as_marketer());
    let address = reader.get(&format!("/p/{CARD}")).header("location").to_owned();
    assert_eq!(reader.get(&address).status, 200);
    let much = format!("First line\n\nSecond line <b>\n\n{}", random_words(600_000));

    fill_disk(app.store(), true).expect("no room");
    refused(&post(&marketer, &much), "The disk of the server is full");
    let page = reader.get(&address);
    assert!(
        page.status == 200 && page.body.contains("site-bar"),
        "reading goes on, and a bar says why"
    );
    let ready = site.as_nobody().get("/readyz");
    assert_eq!(
        (ready.status, ready.body.as_str()),
        (503, "read-only: the disk takes no writes\n")
    );
    let answer = create(&marketer, &much);
    let problem: Value = serde_json::from_str(&answer.body).expect("problem+json");
    assert_eq!((answer.status, &problem["code"]), (503, &json!("read-only")));

    fill_disk(app.store(), false).expect("room again");
    read_only::tend(&app);
    assert!(
        !reader.get(&address).body.contains("site-bar"),
        "over without a restart"
    );
    assert_eq!(site.as_nobody().get("/readyz").status, 200);
    assert_eq!(create(&marketer, &much).status, 201);
}

/// Words that do not compress away.
fn random_words(bytes: usize) -> String {
    let mut state = 88_172_645_463_325_252_u64;
    let mut text = String::with_capacity(bytes);
    while text.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(&format!("{state:x} "));
    }
    text
}
