//! What is searched for in vain, over HTTP: asked from the page of results, decided on the page of gaps.

use serde_json::{Value, json};

use crate::site::site;

#[test]
fn a_gap_is_asked_for_decided_and_told() {
    let (marketer, rep) = (site().as_marketer(), site().as_reader());
    let words = "qqwzx torque wrench";
    let results = rep.get("/search?q=qqwzx+torque+wrench");
    assert!(
        results.body.contains("action=\"/gaps/ask\""),
        "it can be asked for"
    );
    let asked = rep.post("/gaps/ask", &[("words", words), ("note", "For Beeri")]);
    assert_eq!(asked.status, 303);
    assert!(
        rep.get("/search?q=qqwzx+torque+wrench")
            .body
            .contains("ביקשתם מהשיווק")
    );

    let page = marketer.get("/gaps");
    assert_eq!(page.status, 200);
    assert!(page.body.contains(words) && page.body.contains("For Beeri"));
    let listed: Value = serde_json::from_str(&marketer.get("/api/v1/gaps?days=7").body).unwrap();
    let open = listed["open"].as_array().unwrap();
    let mine = open.iter().find(|gap| gap["words"] == words).expect("it is open");
    assert_eq!((&mine["askers"], &mine["state"]), (&json!(1), &json!("open")));

    // What can't be done keeps what was typed.
    let wrong = marketer.post("/gaps/redirect", &[("words", words), ("page", "no such page zz")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("no such page zz"));
    let wrong = marketer.post("/gaps/decline", &[("words", words)]);
    assert_eq!(wrong.status, 422);

    let led = marketer.post("/gaps/redirect", &[("words", words), ("page", "XR-200")]);
    let done = if led.status == 303 {
        led
    } else {
        marketer.post("/gaps/decline", &[("words", words), ("reason", "We sell none")])
    };
    assert_eq!((done.status, done.header("location")), (303, "/gaps"));
    let listed: Value = serde_json::from_str(&marketer.get("/api/v1/gaps").body).unwrap();
    let decided = listed["decided"].as_array().unwrap();
    let gap = decided
        .iter()
        .find(|gap| gap["words"] == words)
        .expect("it is decided");
    let back = format!("/gaps/{}/take-back", gap["id"]);
    assert_eq!(marketer.get("/gaps?show=decided").status, 200);
    assert_eq!(site().as_partner().post(&back, &[]).status, 404);
    assert_eq!(marketer.post(&back, &[]).status, 303);
    assert_eq!(marketer.post(&back, &[]).status, 404, "it is open already");
}

#[test]
fn those_who_decide_nothing_see_no_gaps() {
    let rep = site().as_partner();
    assert_eq!(rep.get("/gaps").status, 404);
    assert_eq!(rep.get("/api/v1/gaps").status, 404);
    for path in ["/gaps/decline", "/gaps/redirect", "/gaps/alias"] {
        let form = [("words", "x"), ("reason", "y"), ("page", "z"), ("meaning", "z")];
        assert_eq!(rep.post(path, &form).status, 404, "{path}");
    }
}

#[test]
fn the_arithmetic_is_for_those_who_keep_topics() {
    let path = "/api/v1/search?q=vectra&explain=true";
    let of = |body: &str| -> usize {
        let found: Value = serde_json::from_str(body).unwrap();
        found["results"][0]["explanation"].as_array().unwrap().len()
    };
    assert!(of(&site().as_marketer().get(path).body) > 1);
    assert_eq!(
        of(&site()
            .as_partner()
            .get("/api/v1/search?q=radar&explain=true")
            .body),
        0
    );
    assert!(
        site()
            .as_marketer()
            .get("/search?q=vectra&explain=1")
            .body
            .contains("recency")
    );
}

#[test]
fn ones_searches_are_ones_own_and_can_be_deleted() {
    let (marketer, rep) = (site().as_marketer(), site().as_reader());
    rep.get("/search?q=qqwzx+own+search");
    assert!(rep.get("/me/searches").body.contains("qqwzx own search"));
    assert!(!marketer.get("/me/searches").body.contains("qqwzx own search"));
    assert!(rep.get("/api/v1/searches").body.contains("qqwzx own search"));
    assert_eq!(rep.get("/search/panel?q=").status, 200);
    assert_eq!(rep.post("/me/searches/forget", &[]).status, 303);
    assert!(!rep.get("/me/searches").body.contains("qqwzx own search"));
}
