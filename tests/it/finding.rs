//! Search when the index is lost or being built, and whatever may be typed into it.

use serde_json::Value;

use crate::site::{Answer, CARD, Client, Site, alone, empty_in, escaped, serve, site};

/// In the two languages: the cast reads in either.
const BUILDING: [&str; 2] = ["The search index is being built.", "אינדקס החיפוש נבנה עכשיו."];
const RENEWING: [&str; 2] = ["The search index is being renewed.", "אינדקס החיפוש מתחדש."];

fn has(answer: &Answer, sentence: [&str; 2]) -> bool {
    sentence.iter().any(|words| answer.body.contains(words))
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

/// What search and health say while the index is not whole, and that pages stay readable.
fn says(site: &Site, sentence: [&str; 2], health: &str) {
    let (reader, nobody) = (site.as_reader(), site.as_nobody());
    assert!(has(&reader.get("/search?q=vectra"), sentence));
    assert!(has(&reader.get("/search/panel?q=vectra"), sentence));
    assert_eq!(json(&reader.get("/api/v1/search?q=vectra"))["incomplete"], true);
    for path in ["/healthz", "/readyz"] {
        let answer = nobody.get(path);
        assert!(
            answer.status == 200 && answer.body.contains(health),
            "{path}: {}",
            answer.body
        );
    }
    let address = reader.get(&format!("/p/{CARD}")).header("location").to_owned();
    assert_eq!(reader.get(&address).status, 200);
}

fn is_whole(site: &Site) {
    let (reader, nobody) = (site.as_reader(), site.as_nobody());
    let page = reader.get("/search?q=vectra");
    assert!(!has(&page, BUILDING) && !has(&page, RENEWING));
    let found = json(&reader.get("/api/v1/search?q=vectra"));
    assert_eq!(found["incomplete"], false);
    assert_ne!(found["total"], 0);
    assert_eq!(nobody.get("/healthz").body, "ok\n");
    assert_eq!(nobody.get("/readyz").body, "ready\n");
}

#[test]
fn an_index_that_is_built_from_nothing_says_so_and_pages_can_be_read() {
    let (site, app) = alone();
    app.index().clear().unwrap();
    says(&site, BUILDING, "search: the index was missing or damaged");
    assert_eq!(json(&site.as_reader().get("/api/v1/search?q=vectra"))["total"], 0);
    app.catch_up().unwrap();
    is_whole(&site);
}

#[test]
fn an_index_that_is_renewed_goes_on_answering() {
    let (site, app) = alone();
    let before = json(&site.as_reader().get("/api/v1/search?q=vectra"));
    app.index().renew().unwrap();
    says(&site, RENEWING, "search: the index is being renewed");
    let meanwhile = json(&site.as_reader().get("/api/v1/search?q=vectra"));
    assert_eq!(meanwhile["results"], before["results"]);
    app.catch_up().unwrap();
    is_whole(&site);
    let after = json(&site.as_reader().get("/api/v1/search?q=vectra"));
    assert_eq!(after["total"], before["total"]);
}

#[test]
fn a_folder_that_is_lost_while_it_is_served_is_built_again() {
    let folder = tempfile::tempdir().unwrap();
    let app = empty_in(folder.path());
    dugri_app::demo::prepare(&app).unwrap().expect("a new database");
    app.catch_up().unwrap();
    let site = serve(&app);
    dugri_app::followers::tend_index(&app);
    is_whole(&site);
    std::fs::remove_dir_all(folder.path().join("index")).unwrap();
    dugri_app::followers::tend_index(&app);
    says(&site, BUILDING, "search: the index was missing or damaged");
    app.catch_up().unwrap();
    is_whole(&site);
}

/// Every way to ask: the page, the panel, the API.
fn ask(client: &Client<'_>, query: &str, what: &str) {
    for path in ["/search", "/search/panel", "/api/v1/search"] {
        let answer = client.get(&format!("{path}?q={query}"));
        assert_eq!(answer.status, 200, "{path} for {what}: {}", answer.body);
    }
}

#[test]
fn whatever_is_typed_gets_an_answer() {
    let reader = site().as_reader();
    let many = |what: &str, times: usize| what.repeat(times);
    for (what, typed) in [
        ("only quotes", many("\"", 10_000)),
        ("only Hebrew quotes", many("״", 2_000)),
        ("open quotes", many("\"a ", 3_000)),
        ("only prefixes", many("ו ה ב ל ש כ מ וכש ", 300)),
        ("one prefix", "ו".to_owned()),
        ("words without end", many("sensor חיישן ", 800)),
        ("one word without end", many("a", 10_000)),
        ("one Hebrew word without end", many("ב", 10_000)),
        ("codes without end", many("XR-200 ", 1_400)),
        ("only signs", many("+-", 5_000)),
        ("deep operators", many("-title:+topic:\"", 600)),
        ("brackets", many("(", 5_000) + &many(")", 5_000)),
        (
            "fields of nothing",
            many("title: topic: kind: owner: before: ", 280),
        ),
        (
            "times that are none",
            "before:99999-99-99 after:-1 before:\"\"".to_owned(),
        ),
        ("refusals only", "-a -b -c -\"d e\" -title:f -topic:g".to_owned()),
        (
            "control characters",
            "\u{0}\u{1}\u{7}\u{1b}[31m\r\n\tsensor\u{7f}".to_owned(),
        ),
        (
            "marks of direction",
            "\u{202e}\u{2066}sensor\u{2069}\u{200f}\u{feff}".to_owned(),
        ),
        ("no letters", "\u{301}\u{5b0}\u{5bf}\u{fe0f}".to_owned()),
        ("beyond the plane", many("\u{1f4a9}\u{10ffff}", 1_000)),
        (
            "Tantivy's syntax",
            "body_x:[a TO z] AND (NOT *:* OR /.*/)^9~".to_owned(),
        ),
        ("SQL", "'; DROP TABLE pages; --".to_owned()),
        ("HTML", "<script>alert(1)</script>".to_owned()),
    ] {
        ask(&reader, &escaped(&typed), what);
    }
    for (what, raw) in [
        ("a lone surrogate", "%ED%A0%80sensor"),
        ("bytes that are no text", "%FF%FE%C0%AFsensor"),
        ("half an escape", "sensor%"),
        ("half an escape", "sensor%E"),
        ("nothing", ""),
    ] {
        ask(&reader, raw, what);
    }
    let script = reader.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").body;
    assert!(!script.contains("<script>alert"));
}

#[test]
fn however_much_is_asked_for_an_answer_has_an_end() {
    let reader = site().as_reader();
    let found = json(&reader.get("/api/v1/search?q=the&limit=1000000"));
    assert!(found["results"].as_array().unwrap().len() <= 100);
    for far in ["1000000", "18446744073709551615"] {
        let found = json(&reader.get(&format!("/api/v1/search?q=the&offset={far}&limit={far}")));
        assert_eq!(found["results"].as_array().unwrap().len(), 0);
        assert_eq!(reader.get(&format!("/search?q=the&from={far}")).status, 200);
    }
    assert_eq!(
        reader.get("/api/v1/search?q=the&limit=-1").status,
        400,
        "a number that is none is the caller's mistake"
    );
}

#[test]
fn a_lone_surrogate_in_json_is_the_callers_mistake() {
    let headers = [
        ("Content-Type", "application/json"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    let body = r#"{"space": "battlecards", "kind": "battlecard", "title": "\ud800", "body": "\udfff"}"#;
    let answer = site().as_marketer().send("POST", "/api/v1/pages", &headers, body);
    assert_eq!(answer.status, 400, "{}", answer.body);
}

#[test]
fn topics_and_people_stand_among_the_answers_within_rights() {
    let (rep, partner) = (site().as_reader(), site().as_partner());
    let of = |body: &str, list: &str| -> Vec<String> {
        let found: Value = serde_json::from_str(body).unwrap();
        let lines = found[list].as_array().unwrap().iter();
        lines
            .map(|line| line["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let found = |client: &Client<'_>, q: &str, list: &str| {
        of(&client.get(&format!("/api/v1/search?q={q}&limit=1")).body, list)
    };
    assert_eq!(found(&rep, "vectra+price", "topics"), ["Vectra"]);
    assert_eq!(
        found(&rep, "%D7%95%D7%A7%D7%98%D7%A8%D7%94", "topics"),
        ["Vectra"],
        "in the other script"
    );
    assert_eq!(found(&rep, "noa", "people"), ["Noa Barak"]);
    assert!(found(&rep, "noa+zzqqy", "people").is_empty());
    assert!(
        found(&partner, "vectra", "topics").is_empty(),
        "no page of it for people from outside"
    );
    assert!(rep.get("/search/panel?q=noa").body.contains("panel-people"));
    assert!(rep.get("/search?q=vectra").body.contains("href=\"/t/vectra\""));
    let narrowed = rep.get("/api/v1/search?q=vectra&kind=battlecard").body;
    assert!(
        of(&narrowed, "topics").is_empty(),
        "where it is narrowed down only what is asked for is shown"
    );
}
