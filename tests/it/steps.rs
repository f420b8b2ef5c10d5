//! Renaming, moving, merging, splitting and undoing over HTTP: what is told before, what old addresses answer after.

use serde_json::{Value, json};

use crate::site::{Answer, Client, site};

const JSON: [(&str, &str); 2] = [
    ("Content-Type", "application/json"),
    ("Sec-Fetch-Site", "same-origin"),
];

fn api(client: &Client<'_>, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if method == "GET" {
        String::new()
    } else {
        body.to_string()
    };
    let answer = client.send(method, path, &JSON, &body);
    (
        answer.status,
        serde_json::from_str(&answer.body).unwrap_or(Value::Null),
    )
}

/// A new page in an open space: its id.
fn page(client: &Client<'_>, title: &str, body: &str) -> String {
    let new = json!({ "space": "product-sheets", "kind": "article", "title": title, "body": body });
    let (status, saved) = api(client, "POST", "/api/v1/pages", &new);
    assert_eq!(status, 201, "{saved}");
    saved["id"].as_str().expect("an id").to_owned()
}

/// The undo that an answer offers in its sentence.
fn undo_of(answer: &Answer) -> String {
    let cookie = answer
        .headers
        .iter()
        .find(|(name, value)| name == "set-cookie" && value.starts_with("flash="))
        .map(|(_, value)| value.split(';').next().unwrap_or_default())
        .expect("a sentence");
    let path = cookie.rsplit('~').next().expect("a way back");
    path.replace("%2F", "/").replace("%2D", "-")
}

#[test]
fn a_renamed_page_answers_at_its_old_address_for_ever() {
    let admin = site().as_admin();
    let id = page(&admin, "Old name of the tests", "One.\n");
    let old = format!("/p/{id}/old-name-of-the-tests");
    assert_eq!(admin.get(&old).status, 200);
    let told = admin.get(&format!(
        "/p/{id}/-/rename?title=New+name+of+the+tests&summary=Why"
    ));
    assert_eq!(told.status, 200);
    for words in [
        "new-name-of-the-tests",
        "name=\"title\" type=\"text\" value=\"New name of the tests\"",
        "method=\"post\"",
    ] {
        assert!(told.body.contains(words), "{words}");
    }
    let form = [("title", "New name of the tests"), ("summary", "Why")];
    let done = admin.post(&format!("/p/{id}/-/rename"), &form);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(done.header("location"), format!("/p/{id}/new-name-of-the-tests"));
    let moved = admin.get(&old);
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, format!("/p/{id}/new-name-of-the-tests").as_str())
    );
    assert_eq!(moved.header("cache-control"), "no-store", "it may be named back");

    let undone = admin.post(&undo_of(&done), &[]);
    assert_eq!((undone.status, undone.header("location")), (303, old.as_str()));
    assert_eq!(admin.get(&old).status, 200);
    let again = admin.post(&undo_of(&done), &[]);
    assert_eq!(again.status, 409);
    assert!(again.body.contains("הפעולה כבר בוטלה"), "{}", again.body);
    let history = admin.get(&format!("/p/{id}/-/history"));
    assert!(history.body.contains("השם הוחלף") && history.body.contains("בוטל"));
}

#[test]
fn a_wrong_form_says_what_to_do_and_keeps_what_was_typed() {
    let admin = site().as_admin();
    let id = page(&admin, "Named wrongly", "One.\n");
    let answer = admin.post(
        &format!("/p/{id}/-/rename"),
        &[("title", "  "), ("summary", "Kept words")],
    );
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Kept words"));
    let answer = admin.post(&format!("/p/{id}/-/move"), &[("space", "no-such-space")]);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("אין מרחב כזה"));
    let answer = admin.post(
        &format!("/p/{id}/-/merge"),
        &[("into", &id), ("text", "leave"), ("summary", "x")],
    );
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("לא יכול להתמזג לתוך עצמו"));
}

#[test]
fn a_moved_page_is_seen_by_those_of_its_new_space_only() {
    let (admin, reader) = (site().as_admin(), site().as_reader());
    let id = page(&admin, "Moved by the tests", "One.\n");
    let at = format!("/p/{id}/moved-by-the-tests");
    assert_eq!(reader.get(&at).status, 200);
    assert_eq!(
        reader.get(&format!("/p/{id}/-/move")).status,
        404,
        "no manager there"
    );
    let new = [("space_name", "Behind the door of the tests"), ("policy", "open")];
    assert_eq!(admin.post("/people/spaces", &new).status, 303);
    let hidden = "behind-the-door-of-the-tests";
    let told = admin.get(&format!("/p/{id}/-/move?space={hidden}"));
    assert!(told.body.contains("לא יראו אותו עוד"), "who loses sight is told");
    let (status, touches) = api(
        &admin,
        "GET",
        &format!("/api/v1/pages/{id}/touches?space={hidden}"),
        &Value::Null,
    );
    assert_eq!(status, 200);
    assert!(
        touches["lose"]["count"].as_i64().expect("a count") > 0,
        "{touches}"
    );
    let done = admin.post(&format!("/p/{id}/-/move"), &[("space", hidden)]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(reader.get(&at).status, 404);
    assert_eq!(admin.get(&at).status, 200);
    assert_eq!(admin.post(&undo_of(&done), &[]).status, 303);
    assert_eq!(reader.get(&at).status, 200);
}

#[test]
fn a_merged_page_leads_to_the_other_and_comes_back() {
    let (admin, reader) = (site().as_admin(), site().as_reader());
    let old = page(&admin, "Merged away by the tests", "Two.\n");
    let kept = page(&admin, "Kept by the tests", "One.\n");
    let told = admin.get(&format!("/p/{old}/-/merge?into=Kept+by+the+tests"));
    assert_eq!(told.status, 200);
    assert!(
        told.body.contains(&format!("name=\"into\" value=\"{kept}\"")),
        "{}",
        told.body
    );
    let form = [
        ("into", kept.as_str()),
        ("text", "publish"),
        ("summary", "The same thing"),
    ];
    let done = admin.post(&format!("/p/{old}/-/merge"), &form);
    assert_eq!(
        (done.status, done.header("location")),
        (303, format!("/p/{kept}/kept-by-the-tests").as_str())
    );
    let led = reader.get(&format!("/p/{old}/merged-away-by-the-tests"));
    assert_eq!(
        (led.status, led.header("location")),
        (301, format!("/p/{kept}/kept-by-the-tests").as_str())
    );
    assert_eq!(reader.get(&format!("/p/{old}")).status, 301);
    let stays = reader.get(&format!("/p/{old}/merged-away-by-the-tests?stay"));
    assert!(
        stays.status == 200 && stays.body.contains("הוחלף"),
        "what was retired names its successor"
    );
    assert_eq!(
        reader.get(&format!("/p/{old}/v/1")).status,
        200,
        "a revision answers for ever"
    );
    let circle = admin.post(
        &format!("/p/{kept}/-/merge"),
        &[("into", &old), ("text", "leave"), ("summary", "x")],
    );
    assert_eq!(circle.status, 422);
    assert_eq!(
        reader.post(&undo_of(&done), &[]).status,
        409,
        "whoever may not do it may not undo it"
    );
    let undone = admin.post(&undo_of(&done), &[]);
    assert_eq!(undone.status, 303, "{}", undone.body);
    assert_eq!(
        reader.get(&format!("/p/{old}/merged-away-by-the-tests")).status,
        200
    );
}

#[test]
fn a_section_is_split_off_over_the_api() {
    let admin = site().as_admin();
    let id = page(&admin, "Split by the tests", "One.\n\n## Rain\n\nTwo.\n");
    let wanted = json!({ "section": "h-rain", "title": "Rain of the tests", "summary": "Long" });
    let (status, done) = api(&admin, "POST", &format!("/api/v1/pages/{id}/split"), &wanted);
    assert_eq!(status, 200, "{done}");
    let part = done["other"]["id"].as_str().expect("a new page").to_owned();
    let (_, read) = api(&admin, "GET", &format!("/api/v1/pages/{id}"), &Value::Null);
    assert_eq!(read["body"], "One.\n\n## Rain\n\n[[Rain of the tests]]\n");
    let (_, steps) = api(
        &admin,
        "GET",
        &format!("/api/v1/pages/{part}/steps"),
        &Value::Null,
    );
    assert_eq!(
        steps["results"][0]["page"]["id"],
        json!(id),
        "it cites where it came from"
    );
    let step = done["step"].as_i64().expect("a step");
    let (status, _) = api(
        &admin,
        "POST",
        &format!("/api/v1/pages/{id}/steps/{step}/undo"),
        &json!({}),
    );
    assert_eq!(status, 200);
    let (status, problem) = api(
        &admin,
        "POST",
        &format!("/api/v1/pages/{id}/steps/{step}/undo"),
        &json!({}),
    );
    assert_eq!(
        (status, &problem["errors"][0]["code"]),
        (422, &json!("error-undo-undone"))
    );
}

#[test]
fn a_foreign_address_leads_to_its_page() {
    let (admin, reader) = (site().as_admin(), site().as_reader());
    let id = page(&admin, "Came from elsewhere", "One.\n");
    let add = json!({ "path": "https://old.example/wiki/Came_from" });
    let (status, _) = api(&admin, "POST", &format!("/api/v1/pages/{id}/redirects"), &add);
    assert_eq!(status, 204);
    let led = reader.get("/wiki/Came_from");
    assert_eq!(
        (led.status, led.header("location")),
        (301, format!("/p/{id}/came-from-elsewhere").as_str())
    );
    assert_eq!(reader.get("/wiki/Nothing").status, 404);
    let stranger = site().as_stranger();
    assert_eq!(
        stranger.get("/wiki/Came_from").status,
        stranger.get("/wiki/Nothing").status
    );
    let own = json!({ "path": "/p/cbg2bv9j" });
    assert_eq!(
        api(&admin, "POST", &format!("/api/v1/pages/{id}/redirects"), &own).0,
        422
    );
    let (status, _) = api(&admin, "DELETE", &format!("/api/v1/pages/{id}/redirects"), &add);
    assert_eq!(status, 204);
    assert_eq!(reader.get("/wiki/Came_from").status, 404);
}

#[test]
fn blame_names_the_revision_of_each_line() {
    let (admin, reader) = (site().as_admin(), site().as_reader());
    let id = page(&admin, "Blamed by the tests", "One.\n");
    let (_, read) = api(&admin, "GET", &format!("/api/v1/pages/{id}"), &Value::Null);
    let edit = json!({ "base_revision": read["revision"], "title": "Blamed by the tests", "body": "One.\n\nTwo.\n", "summary": "A second line" });
    assert_eq!(api(&admin, "PUT", &format!("/api/v1/pages/{id}"), &edit).0, 200);
    let (status, blame) = api(&reader, "GET", &format!("/api/v1/pages/{id}/blame"), &Value::Null);
    assert_eq!(status, 200, "{blame}");
    assert_eq!(blame["causes"][0]["reason"], "A second line");
    assert_eq!(blame["lines"][2], json!({ "text": "Two.", "cause": 0 }));
    assert_eq!(blame["lines"][0], json!({ "text": "One.", "cause": 1 }));
    let screen = reader.get(&format!("/p/{id}/-/blame"));
    assert!(screen.status == 200 && screen.body.contains("A second line"));
    assert_eq!(reader.get(&format!("/p/{id}/-/blame?of=99")).status, 404);
    assert_eq!(reader.get(&format!("/p/{id}/-/blame?of=nonsense")).status, 404);
    let outsider = site().as_contractor();
    assert_eq!(outsider.get(&format!("/p/{id}/-/blame")).status, 404);
}
