//! Pages over HTTP, as forms and as JSON: saving on a named base, conflicts that lose nothing, what readers get.

use serde_json::{Value, json};

use crate::site::{CARD, Client, site};

const JSON: [(&str, &str); 2] = [
    ("Content-Type", "application/json"),
    ("Sec-Fetch-Site", "same-origin"),
];

fn api(
    client: &Client<'_>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> (u16, Value) {
    let all: Vec<(&str, &str)> = JSON.iter().chain(headers).copied().collect();
    let body = if method == "GET" {
        String::new()
    } else {
        body.to_string()
    };
    let answer = client.send(method, path, &all, &body);
    (
        answer.status,
        serde_json::from_str(&answer.body).unwrap_or(Value::Null),
    )
}

/// A new page in an open space, by API: its address and its revision.
fn page(client: &Client<'_>, title: &str, body: &str) -> (String, i64) {
    let new = json!({ "space": "product-sheets", "kind": "article", "title": title, "body": body });
    let (status, saved) = api(client, "POST", "/api/v1/pages", &[], &new);
    assert_eq!(status, 201, "{saved}");
    let id = saved["id"].as_str().expect("an id");
    (
        format!("/api/v1/pages/{id}"),
        saved["revision"].as_i64().expect("a revision"),
    )
}

fn edit(base: i64, body: &str) -> Value {
    json!({ "base_revision": base, "title": "A page of the tests", "body": body, "summary": "A reason" })
}

#[test]
fn a_stale_save_is_merged_or_gives_all_three_texts() {
    let marketer = site().as_marketer();
    let (path, base) = page(&marketer, "A page of the tests", "One.\n\nTwo.\n\nThree.\n");
    let put = |body: &str| api(&marketer, "PUT", &path, &[], &edit(base, body));
    let (status, first) = put("First.\n\nTwo.\n\nThree.\n");
    assert_eq!(
        (status, &first["merged"], &first["number"]),
        (200, &json!(false), &json!(2))
    );
    let (status, merged) = put("One.\n\nTwo.\n\nThird.\n");
    assert_eq!((status, &merged["merged"]), (200, &json!(true)));
    let (status, refused) = put("Uno.\n\nTwo.\n\nThree.\n");
    assert_eq!(status, 409);
    assert_eq!(refused["mine"]["body"], "Uno.\n\nTwo.\n\nThree.\n");
    assert_eq!(refused["theirs"]["body"], "First.\n\nTwo.\n\nThird.\n");
    assert_eq!(refused["before"]["body"], "One.\n\nTwo.\n\nThree.\n");
    let (status, same) = put("First.\n\nTwo.\n\nThird.\n");
    assert_eq!(
        (status, &same["unchanged"]),
        (200, &json!(true)),
        "the same content is never a conflict"
    );
}

#[test]
fn if_match_is_answered_412_without_merging() {
    let marketer = site().as_marketer();
    let (path, base) = page(&marketer, "A page of the tests", "One.\n\nTwo.\n");
    let etag = format!("\"r{base}\"");
    let matched = [("If-Match", etag.as_str())];
    let (status, _) = api(&marketer, "PUT", &path, &matched, &edit(base, "First.\n\nTwo.\n"));
    assert_eq!(status, 200);
    let (status, _) = api(
        &marketer,
        "PUT",
        &path,
        &matched,
        &edit(base, "One.\n\nSecond.\n"),
    );
    assert_eq!(status, 412);
    let (_, read) = api(&marketer, "GET", &path, &[], &Value::Null);
    assert_eq!(read["body"], "First.\n\nTwo.\n");
}

#[test]
fn a_repeated_request_is_done_once() {
    let marketer = site().as_marketer();
    let new =
        json!({ "space": "product-sheets", "kind": "article", "title": "Sent twice", "body": "One.\n" });
    let key = [("Idempotency-Key", "0b6f8a52-once")];
    let (_, first) = api(&marketer, "POST", "/api/v1/pages", &key, &new);
    let (_, again) = api(&marketer, "POST", "/api/v1/pages", &key, &new);
    assert_eq!(first["id"], again["id"]);
}

#[test]
fn bad_input_says_what_to_do() {
    let marketer = site().as_marketer();
    let malformed = marketer.send("POST", "/api/v1/pages", &JSON, "{\"space\": 7}");
    assert_eq!(malformed.status, 400);
    assert!(malformed.body.contains("space"), "{}", malformed.body);
    assert!(malformed.header("content-type").contains("problem+json"));
    let unknown = json!({ "space": "nowhere", "kind": "article", "title": "X", "body": "" });
    let (status, problem) = api(&marketer, "POST", "/api/v1/pages", &[], &unknown);
    assert_eq!(status, 422, "{problem}");
    for path in [
        "/api/v1/pages/zzzzzzzz",
        "/api/v1/pages/not-an-id",
        "/p/zzzzzzzz",
        "/p/zzzzzzzz/-/history",
    ] {
        assert_eq!(marketer.get(path).status, 404, "{path}");
    }
    let (path, _) = page(&marketer, "A page of the tests", "One.\n");
    let large = edit(1, &"x".repeat((1 << 20) + 1));
    assert!(matches!(api(&marketer, "PUT", &path, &[], &large).0, 413 | 422));
}

#[test]
fn a_forms_conflict_is_a_screen_that_keeps_every_text() {
    let marketer = site().as_marketer();
    let (path, base) = page(&marketer, "Two at once", "One.\n");
    let id = path.rsplit('/').next().unwrap().to_owned();
    let base = base.to_string();
    let save = |body: &str| {
        let form = [
            ("base_revision", base.as_str()),
            ("title", "Two at once"),
            ("body", body),
            ("summary", "Why"),
            ("action", "save"),
        ];
        marketer.post(&format!("/p/{id}/-/edit"), &form)
    };
    assert_eq!(save("Theirs.\r\n").status, 303);
    let screen = save("Mine.\r\n");
    assert_eq!(screen.status, 409);
    for text in ["Mine.", "Theirs.", "One."] {
        assert!(screen.body.contains(text), "{text} is on the screen");
    }
    let blank = marketer.post(
        &format!("/p/{id}/-/edit"),
        &[("base_revision", base.as_str()), ("title", ""), ("body", "Kept.")],
    );
    assert_eq!(blank.status, 422);
    assert!(blank.body.contains("Kept.") && blank.body.contains("err-title"));
}

#[test]
fn addresses_lead_to_the_page_of_now_for_ever() {
    let reader = site().as_reader();
    let by_id = reader.get(&format!("/p/{CARD}"));
    assert_eq!(by_id.status, 303);
    let readable = by_id.header("location").to_owned();
    assert_eq!(reader.get(&readable).status, 200);
    assert_eq!(
        reader.get(&format!("/p/{CARD}/an-old-name")).header("location"),
        readable
    );
    let first = reader.get(&format!("/p/{CARD}/v/1"));
    assert_eq!(first.status, 200);
    assert_eq!(reader.get(&format!("/p/{CARD}/v/999")).status, 404);
    assert_eq!(
        reader.get(&format!("/p/{CARD}/-/compare?from=1&to=2")).status,
        200
    );
}

#[test]
fn a_page_is_sent_once_while_nothing_happens() {
    let reader = site().as_reader();
    let path = reader.get(&format!("/p/{CARD}")).header("location").to_owned();
    let first = reader.get(&path);
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());
    let again = reader.send("GET", &path, &[("If-None-Match", &tag)], "");
    // Somebody else's test may have written meanwhile, or the minute may have turned: then it is sent anew.
    assert!(matches!(again.status, 304 | 200));
    assert!(again.status == 200 || again.body.is_empty());
}

#[test]
fn search_answers_under_the_readers_rights() {
    let (_, found) = api(
        &site().as_reader(),
        "GET",
        "/api/v1/search?q=vectra&limit=5",
        &[],
        &Value::Null,
    );
    let results = found["results"].as_array().expect("results");
    assert!(!results.is_empty() && results.len() <= 5);
    for field in ["type", "id", "slug", "title", "path", "state", "snippet"] {
        assert!(results[0].get(field).is_some(), "{field}");
    }
    assert_eq!(site().as_contractor().get("/api/v1/search?q=vectra").status, 404);
    assert_eq!(site().as_stranger().get("/api/v1/search?q=vectra").status, 401);
}

#[test]
fn what_is_pending_does_not_exist_for_readers() {
    // Hannah reads the battlecards and nothing more there.
    let (marketer, reader) = (site().as_marketer(), site().sign_in("hannah@orion.example"));
    let new = json!({ "space": "battlecards", "kind": "article", "title": "Waiting for a publisher", "body": "Pending words.\n", "keep_pending": true });
    let (status, saved) = api(&marketer, "POST", "/api/v1/pages", &[], &new);
    assert_eq!(status, 201, "{saved}");
    let (id, change) = (saved["id"].as_str().unwrap(), &saved["change"]);
    assert!(change.is_i64() && saved["number"].is_null());
    assert_eq!(marketer.get(&format!("/p/{id}/-/change/{change}")).status, 200);
    let hidden = reader.get(&format!("/p/{id}/-/change/{change}"));
    let unknown = reader.get(&format!("/p/zzzzzzzz/-/change/{change}"));
    assert_eq!((hidden.status, unknown.status), (404, 404));
    let publish = json!({ "revision": saved["revision"], "reason": "Checked" });
    let path = format!("/api/v1/pages/{id}/changes/{change}/publish");
    assert_eq!(api(&reader, "POST", &path, &[], &publish).0, 404);
    assert_eq!(api(&marketer, "POST", &path, &[], &publish).0, 200);
    assert_eq!(
        api(&marketer, "POST", &path, &[], &publish).0,
        409,
        "it is published already"
    );
    assert_eq!(reader.get(&format!("/api/v1/pages/{id}")).status, 200);
}
