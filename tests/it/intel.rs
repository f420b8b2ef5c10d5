//! The field's reports over HTTP: sending one twice, answering one, and who sees what of it.
//!
//! Least privileged first: the contractor may only report, the rep reads, the marketer triages, the admin manages.

use serde_json::{Value, json};

use crate::site::{Answer, CARD, Client, REP, site};

/// Somebody who reads and has no hand in triage, and is not the reporter.
const OTHER_REP: &str = "gil@orion.example";

const REPORT: [(&str, &str); 2] = [("subject", "competitor"), ("certainty", "heard")];

/// Sends a report and says its number.
fn send(client: &Client<'_>, what: &str, more: &[(&str, &str)]) -> i64 {
    let answer = post_report(client, what, more);
    assert_eq!(answer.status, 303, "{}", answer.body);
    number_in(answer.header("location"))
}

fn post_report(client: &Client<'_>, what: &str, more: &[(&str, &str)]) -> Answer {
    let mut form = vec![("what", what)];
    form.extend(REPORT);
    form.extend(more);
    client.post("/intel", &form)
}

fn number_in(location: &str) -> i64 {
    location
        .strip_prefix("/intel/")
        .and_then(|number| number.parse().ok())
        .unwrap_or_else(|| panic!("no number in {location}"))
}

fn step(client: &Client<'_>, number: i64, verb: &str, form: &[(&str, &str)]) -> Answer {
    client.post(&format!("/intel/{number}/-/{verb}"), form)
}

fn api(client: &Client<'_>, method: &str, path: &str, key: Option<&str>, body: &Value) -> (u16, Value) {
    let mut headers = vec![
        ("Content-Type", "application/json"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    headers.extend(key.map(|key| ("Idempotency-Key", key)));
    let body = if method == "GET" {
        String::new()
    } else {
        body.to_string()
    };
    let answer = client.send(method, path, &headers, &body);
    let value = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
    (answer.status, value)
}

#[test]
fn the_same_form_sent_twice_is_one_report() {
    let contractor = site().as_contractor();
    let form = contractor.get("/intel/new");
    assert_eq!(form.status, 200);
    let (_, rest) = form
        .body
        .split_once("name=\"client_id\" value=\"")
        .expect("an id of the form");
    let id = rest.split('"').next().unwrap();
    let first = send(
        &contractor,
        "Sent twice by a bad connection.",
        &[("client_id", id)],
    );
    let again = send(
        &contractor,
        "Sent twice by a bad connection.",
        &[("client_id", id)],
    );
    assert_eq!(first, again);
    let mine = contractor.get("/intel/mine").body;
    assert_eq!(mine.matches("Sent twice by a bad connection.").count(), 1);
}

#[test]
fn the_same_key_gives_the_same_answer() {
    let contractor = site().as_contractor();
    let report = json!({"what": "Sent twice by a phone.", "subject": "customer", "certainty": "document"});
    let first = api(&contractor, "POST", "/api/v1/intel", Some("phone-1"), &report);
    let again = api(&contractor, "POST", "/api/v1/intel", Some("phone-1"), &report);
    assert_eq!(first.0, 201, "{}", first.1);
    assert_eq!(first, again);
    let other = api(&contractor, "POST", "/api/v1/intel", Some("phone-2"), &report);
    assert_ne!(first.1["number"], other.1["number"]);
}

#[test]
fn what_is_missing_is_said_beside_the_field_and_what_was_typed_is_kept() {
    let rep = site().as_reader();
    let answer = rep.post("/intel", &[("what", "Typed <b>once</b>"), ("account", "Carmon")]);
    assert_eq!(answer.status, 422);
    for kept in [
        "Typed &lt;b&gt;once&lt;/b&gt;",
        "value=\"Carmon\"",
        "err-subject",
        "err-certainty",
    ] {
        assert!(answer.body.contains(kept), "{kept}");
    }
    let (status, problem) = api(&rep, "POST", "/api/v1/intel", None, &json!({"what": "x"}));
    assert_eq!(status, 422, "{problem}");
    let (status, _) = api(
        &rep,
        "POST",
        "/api/v1/intel",
        None,
        &json!({"what": "x", "reporter": 1}),
    );
    assert_eq!(status, 400, "nobody reports in another's name");
}

#[test]
fn who_may_only_report_sees_the_own_reports_and_no_other() {
    let (contractor, rep) = (site().as_contractor(), site().as_reader());
    let own = send(&contractor, "The bracket does not fit the XR-200.", &[]);
    let theirs = send(&rep, "Heard at the fair.", &[]);
    assert_eq!(contractor.get(&format!("/intel/{own}")).status, 200);
    assert_eq!(contractor.get(&format!("/intel/{theirs}")).status, 404);
    assert_eq!(contractor.get("/intel/triage").status, 404);
    assert_eq!(step(&contractor, own, "acknowledge", &[]).status, 404);
    let (status, list) = api(&contractor, "GET", "/api/v1/intel", None, &Value::Null);
    assert_eq!(status, 200);
    let numbers: Vec<i64> = list["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["number"].as_i64().unwrap())
        .collect();
    assert!(numbers.contains(&own) && !numbers.contains(&theirs));
}

#[test]
fn a_report_is_not_seen_by_another_rep_and_is_by_marketing() {
    let (rep, other, marketer) = (
        site().as_reader(),
        site().sign_in(OTHER_REP),
        site().as_marketer(),
    );
    let number = send(&rep, "Only marketing reads this one.", &[]);
    let missing = other.get("/intel/999999");
    let forbidden = other.get(&format!("/intel/{number}"));
    assert_eq!((missing.status, forbidden.status), (404, 404));
    for verb in [
        "acknowledge",
        "assign",
        "link",
        "reply",
        "decline",
        "merge",
        "seen",
    ] {
        assert_eq!(step(&other, number, verb, &[("text", "x")]).status, 404, "{verb}");
    }
    assert!(
        marketer
            .get(&format!("/intel/{number}"))
            .body
            .contains("Only marketing reads this one.")
    );
    assert!(
        marketer
            .get("/intel/triage")
            .body
            .contains("Only marketing reads this one.")
    );
    assert!(
        marketer
            .get("/intel/triage?view=board")
            .body
            .contains("Only marketing reads this one.")
    );
}

#[test]
fn a_confidential_name_is_told_to_managers_only() {
    let (rep, editor, admin) = (site().as_reader(), site().as_marketer(), site().as_admin());
    let number = send(
        &rep,
        "My customer pays below the list.",
        &[("confidential", "true")],
    );
    let name = |client: &Client<'_>| {
        let (status, report) = api(
            client,
            "GET",
            &format!("/api/v1/intel/{number}"),
            None,
            &Value::Null,
        );
        assert_eq!(status, 200);
        report["reporter"]["name"].as_str().map(str::to_owned)
    };
    assert_eq!(
        name(&rep).as_deref(),
        Some("אייל שקד"),
        "in the reader's language"
    );
    assert!(name(&admin).is_some());
    assert_eq!(name(&editor), None);
    let shown = editor.get(&format!("/intel/{number}")).body;
    assert!(!shown.contains("Eyal Shaked") && !shown.contains("אייל שקד"));
}

#[test]
fn each_step_in_its_state_and_none_in_another() {
    let (rep, marketer) = (site().as_reader(), site().as_marketer());
    let number = send(&rep, "Is the V8 certified for IECEx?", &[("kind", "question")]);
    let done = step(&marketer, number, "acknowledge", &[("from", "triage")]);
    assert_eq!(
        (done.status, done.header("location")),
        (303, format!("/intel/triage?at={number}").as_str())
    );
    let again = step(&marketer, number, "acknowledge", &[]);
    assert_eq!(again.status, 409);
    assert!(again.body.contains("already acknowledged"), "{}", again.body);
    let (status, problem) = api(
        &marketer,
        "POST",
        &format!("/api/v1/intel/{number}/acknowledge"),
        None,
        &json!({}),
    );
    assert_eq!((status, problem["state"].as_str()), (409, Some("acknowledged")));

    let empty = step(&marketer, number, "answer", &[("text", "  ")]);
    assert_eq!(empty.status, 422);
    assert_eq!(step(&marketer, number, "assign", &[("me", "true")]).status, 303);
    assert_eq!(
        step(&marketer, number, "reply", &[("text", "Asking the lab.")]).status,
        303
    );
    assert_eq!(
        step(&marketer, number, "note", &[("text", "The lab is slow.")]).status,
        303
    );
    assert_eq!(
        step(&marketer, number, "answer", &[("text", "Yes, since May.")]).status,
        303
    );
    for (verb, text) in [
        ("answer", "Again"),
        ("decline", "No"),
        ("assign", ""),
        ("acknowledge", ""),
    ] {
        let refused = step(&marketer, number, verb, &[("text", text), ("me", "true")]);
        assert_eq!(refused.status, 409, "{verb}");
    }
    let own = rep.get(&format!("/intel/{number}")).body;
    assert!(own.contains("Yes, since May.") && own.contains("Asking the lab."));
    assert!(
        !own.contains("The lab is slow."),
        "a note is not for the reporter"
    );
}

#[test]
fn merging_keeps_both_and_is_undone() {
    let (rep, contractor, marketer) = (site().as_reader(), site().as_contractor(), site().as_marketer());
    let one = send(&rep, "Helm offers the whole tender at cost.", &[]);
    let two = send(&contractor, "Whole tender at cost, by Helm.", &[]);
    let merged = step(&marketer, one, "merge", &[("reports", &two.to_string())]);
    assert_eq!(merged.status, 303, "{}", merged.body);
    assert_eq!(step(&marketer, two, "acknowledge", &[]).status, 409);
    assert!(
        marketer
            .get(&format!("/intel/{one}"))
            .body
            .contains("Whole tender at cost, by Helm.")
    );
    assert_eq!(
        step(
            &marketer,
            one,
            "decline",
            &[("text", "Their list price, no offer.")]
        )
        .status,
        303
    );
    let other = contractor.get(&format!("/intel/{two}")).body;
    assert!(
        other.contains("Their list price, no offer."),
        "the answer reaches both"
    );
    assert!(
        !other.contains("Helm offers the whole tender"),
        "and nothing else of the other"
    );
    assert_eq!(step(&marketer, two, "unmerge", &[]).status, 303);
    assert_eq!(step(&marketer, two, "unmerge", &[]).status, 409);
}

#[test]
fn publishing_closes_it_and_the_reporter_sees_the_words() {
    let (rep, contractor, marketer) = (site().as_reader(), site().as_contractor(), site().as_marketer());
    let new = json!({
        "space": "product-sheets", "kind": "article", "title": "Cable of the XR-200",
        "body": "Kept as it is.\n\nTen metres of cable are in the box.\n", "summary": "First text",
    });
    let (status, page) = api(&marketer, "POST", "/api/v1/pages", None, &new);
    assert_eq!(status, 201, "{page}");
    let id = page["id"].as_str().unwrap();
    let carried = rep.get(&format!(
        "/intel/new?page={id}&v=1&section=Cable&quote=Ten+metres"
    ));
    assert!(carried.body.contains("Cable of the XR-200") && carried.body.contains("Ten metres"));
    let about = [("page", id), ("revision", "1"), ("passage", "Ten metres")];
    let number = send(&rep, "There are twelve metres in the box.", &about);
    let hidden = send(&contractor, "Twelve metres, I measured.", &about);

    let started = step(&marketer, number, "edit", &[("page", id)]);
    assert_eq!(
        started.header("location"),
        format!("/p/{id}/-/edit?cite={number}")
    );
    let base = page["revision"].as_i64().unwrap();
    let edit = json!({
        "base_revision": base, "title": "Cable of the XR-200",
        "body": "Kept as it is.\n\nTwelve metres of cable are in the box.\n",
        "summary": "Counted again", "cites": [number, hidden],
    });
    let (status, saved) = api(&marketer, "PUT", &format!("/api/v1/pages/{id}"), None, &edit);
    assert_eq!(status, 200, "{saved}");

    let mine = rep.get("/intel/mine").body;
    assert!(
        mine.contains("<ins>") && mine.contains("<del>"),
        "the changed words"
    );
    assert!(names_noa(&mine), "and who did it");
    assert!(mine.contains(&format!("/p/{id}/v/2")));
    let own = contractor.get(&format!("/intel/{hidden}")).body;
    assert!(names_noa(&own), "by whom");
    assert!(
        !own.contains("Twelve metres of cable"),
        "no word of what one may not read"
    );
    assert!(!own.contains("Cable of the XR-200"));
    let (_, report) = api(
        &rep,
        "GET",
        &format!("/api/v1/intel/{number}"),
        None,
        &Value::Null,
    );
    assert_eq!(report["state"], "published");
    assert_eq!(report["published"][0]["number"], 2);
    assert_eq!(report["unread"], true);
    assert_eq!(
        step(&rep, number, "seen", &[("from", "mine")]).header("location"),
        "/intel/mine"
    );
    let (_, report) = api(
        &rep,
        "GET",
        &format!("/api/v1/intel/{number}"),
        None,
        &Value::Null,
    );
    assert_eq!(report["unread"], false);
}

/// The marketer, in either language.
fn names_noa(body: &str) -> bool {
    body.contains("Noa Barak") || body.contains("נועה ברק")
}

#[test]
fn a_sentence_after_an_action_is_shown_once() {
    let contractor = site().as_contractor();
    let sent = post_report(&contractor, "Said once.", &[]);
    let cookie = sent
        .headers
        .iter()
        .find(|(name, value)| name == "set-cookie" && value.starts_with("flash="))
        .map(|(_, value)| value.split(';').next().unwrap().to_owned())
        .expect("a sentence for the next screen");
    let shown = contractor.send("GET", sent.header("location"), &[("Cookie", &cookie)], "");
    // The client sends its own cookie first; what matters is that the screen took the sentence and forgot it.
    if shown.status == 200 {
        assert!(
            shown
                .headers
                .iter()
                .any(|(n, v)| n == "set-cookie" && v.starts_with("flash=;"))
        );
    }
}

#[test]
fn a_photo_goes_with_the_form() {
    let (contractor, marketer) = (site().as_contractor(), site().as_marketer());
    let body = "--x\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\nThey showed me the quote.\r\n\
        --x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\ncompetitor\r\n\
        --x\r\nContent-Disposition: form-data; name=\"certainty\"\r\n\r\ndocument\r\n\
        --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"quote.txt\"\r\nContent-Type: text/plain\r\n\r\nGateway: 0\r\n\
        --x--\r\n";
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    let sent = contractor.send("POST", "/intel", &headers, body);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let (_, report) = api(
        &marketer,
        "GET",
        &format!("/api/v1{}", sent.header("location")),
        None,
        &Value::Null,
    );
    assert_eq!(report["files"][0]["name"], "quote.txt");
    let file = report["files"][0]["path"].as_str().unwrap();
    assert_eq!(site().sign_in(OTHER_REP).get(file).status, 404);
    assert_ne!(marketer.get(file).status, 404);
    let broken = contractor.send("POST", "/intel", &headers, "--x\r\nnonsense");
    assert_eq!(broken.status, 400);
}

#[test]
fn nonsense_in_addresses_does_not_exist() {
    let marketer = site().as_marketer();
    for path in [
        "/intel/0",
        "/intel/-1",
        "/intel/x",
        "/intel/99999999999999999999",
        "/intel/triage?at=999999",
    ] {
        assert_eq!(marketer.get(path).status, 404, "{path}");
    }
    assert_eq!(marketer.get(&format!("/intel/new?page={CARD}&v=x")).status, 200);
    assert_eq!(site().sign_in(REP).get("/intel/new?page=zzzzzzzz").status, 200);
}
