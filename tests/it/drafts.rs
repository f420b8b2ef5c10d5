//! Drafts and presence over HTTP: the form that offers them, the API, and what one sees of others'.

use crate::site::{Answer, CARD, Client, site};

/// Reads the battlecards and nothing more there.
const READER: &str = "hannah@orion.example";

fn put(client: &Client<'_>, key: &str, body: &str) -> Answer {
    let headers = [
        ("Content-Type", "application/json"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    client.send("PUT", &format!("/api/v1/drafts/{key}"), &headers, body)
}

fn json(client: &Client<'_>, method: &str, path: &str, body: &str) -> Answer {
    let headers = [
        ("Content-Type", "application/json"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    client.send(method, path, &headers, body)
}

#[test]
fn a_draft_is_kept_offered_and_given_up() {
    let (writer, admin) = (site().as_marketer(), site().as_admin());
    let key = "0b1c2d3e-http-draft";
    let kept = put(
        &writer,
        key,
        &format!(
            r#"{{"page":"{CARD}","version":0,"tab":"t1","form":{{"title":"XR-200 vs. Vectra V8","body":"A <b>drafted</b> word"}}}}"#
        ),
    );
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert!(
        kept.body.contains(r#""version":1"#) && kept.body.contains(r#""standing":"open""#),
        "{}",
        kept.body
    );

    let form = writer.get(&format!("/p/{CARD}/-/edit"));
    assert!(
        form.body.contains(&format!("/-/edit?draft={key}")),
        "the draft is offered"
    );
    let text = form.body.split_once("<textarea").expect("the text").1;
    assert!(!text.contains("drafted"), "and not put into the form unasked");
    let taken = writer.get(&format!("/p/{CARD}/-/edit?draft={key}"));
    assert_eq!(taken.status, 200);
    assert!(
        taken.body.contains("A &lt;b&gt;drafted&lt;/b&gt; word"),
        "taken up, and escaped"
    );
    assert!(taken.body.contains(&format!(r#"name="client_id" value="{key}""#)));

    for door in [
        format!("/p/{CARD}/-/edit"),
        format!("/drafts/{key}"),
        "/drafts".to_owned(),
        format!("/api/v1/drafts/{key}"),
        "/api/v1/drafts".to_owned(),
    ] {
        assert!(
            !admin.get(&door).body.contains("drafted"),
            "{door}: nobody else sees it, admins neither"
        );
    }
    assert_eq!(admin.get(&format!("/p/{CARD}/-/edit?draft={key}")).status, 404);

    let given_up = writer.post(&format!("/drafts/{key}/discard"), &[]);
    assert_eq!((given_up.status, given_up.header("location")), (303, "/drafts"));
    assert!(
        !writer
            .get(&format!("/p/{CARD}/-/edit"))
            .body
            .contains(&format!("draft={key}"))
    );
    assert!(
        writer
            .get("/drafts")
            .body
            .contains(&format!("/drafts/{key}/restore"))
    );
    assert_eq!(writer.post(&format!("/drafts/{key}/restore"), &[]).status, 303);
    assert!(
        writer
            .get(&format!("/p/{CARD}/-/edit"))
            .body
            .contains(&format!("draft={key}"))
    );
    assert_eq!(
        json(&writer, "POST", &format!("/api/v1/drafts/{key}/discard"), "{}").status,
        204
    );
}

#[test]
fn another_tab_gets_a_conflict_with_its_code() {
    let writer = site().as_marketer();
    let body = |tab: &str| format!(r#"{{"version":0,"tab":"{tab}","form":{{"title":"New","body":"x"}}}}"#);
    assert_eq!(put(&writer, "two-tabs", &body("t1")).status, 200);
    let second = put(&writer, "two-tabs", &body("t2"));
    assert_eq!(second.status, 409);
    assert!(
        second.body.contains(r#""code":"error-draft-moved""#) && second.body.contains(r#""version":1"#),
        "{}",
        second.body
    );
    assert_eq!(put(&writer, "two%20tabs", &body("t1")).status, 422);
    assert_eq!(
        put(&writer, "two-tabs", r#"{"tab":"t1","form":{},"owner":1}"#).status,
        400,
        "no field that is not there"
    );
    let drop = json(&writer, "POST", "/api/v1/drafts/two-tabs/discard", "{}");
    assert_eq!(drop.status, 204);
}

#[test]
fn who_only_reads_learns_nothing_of_who_writes() {
    let (writer, reader) = (site().as_marketer(), site().sign_in(READER));
    let path = format!("/api/v1/pages/{CARD}/editing");
    assert_eq!(json(&writer, "POST", &path, r#"{"tab":"t-http"}"#).status, 200);
    assert_eq!(reader.get(&path).status, 404);
    let seen = site().as_admin().get(&path);
    assert!(
        seen.status == 200 && seen.body.contains("Noa") || seen.body.contains("נועה"),
        "{}",
        seen.body
    );
    assert_eq!(
        json(&writer, "POST", &path, r#"{"tab":"t-http","leaves":true}"#).status,
        204
    );
    assert!(reader.get(&format!("/p/{CARD}/-/edit")).status == 404);
}

#[test]
fn names_are_completed_within_rights() {
    let (rep, contractor) = (site().as_reader(), site().as_contractor());
    let found = rep.get("/api/v1/complete?of=pages&q=xr-200%20vs");
    assert!(
        found.status == 200 && found.body.contains("XR-200 vs. Vectra V8"),
        "{}",
        found.body
    );
    assert_eq!(contractor.get("/api/v1/complete?of=pages&q=xr").status, 404);
    assert_eq!(rep.get("/api/v1/complete?of=passwords&q=x").status, 400);
    let dead = json(
        &site().as_marketer(),
        "POST",
        "/api/v1/links",
        r#"{"body":"[[XR-200 vs. Vectra V8]] [[No such page]]"}"#,
    );
    assert!(
        dead.body.contains("No such page") && !dead.body.contains("Vectra"),
        "{}",
        dead.body
    );
}

#[test]
fn the_bar_says_who_will_see_it_and_counts_a_check() {
    let form = site().as_marketer().get(&format!("/p/{CARD}/-/edit"));
    assert!(form.body.contains("people read"), "how many read the space");
    assert!(
        form.body.contains("/assets/") && form.body.contains("-editor.js"),
        "the editor comes"
    );
    let page = site().as_marketer().get(&format!("/p/{CARD}"));
    let page = site().as_marketer().get(page.header("location"));
    assert!(!page.body.contains("-editor.js"), "and only where one writes");
}

#[test]
fn a_picture_that_is_none_is_refused_with_what_to_do() {
    let writer = site().as_marketer();
    let headers = [
        ("Content-Type", "application/octet-stream"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    for path in [
        format!("/api/v1/pages/{CARD}/files"),
        "/api/v1/spaces/battlecards/files".to_owned(),
    ] {
        let refused = writer.send("POST", &format!("{path}?name=a.png"), &headers, "no picture");
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(
            refused.body.contains("called a picture and is none"),
            "{}",
            refused.body
        );
        assert_eq!(
            writer
                .send("POST", &format!("{path}?name=a.txt"), &headers, "words")
                .status,
            201
        );
    }
    let reader = site().sign_in(READER);
    let other = reader.send(
        "POST",
        "/api/v1/spaces/battlecards/files?name=a.txt",
        &headers,
        "words",
    );
    assert_eq!(other.status, 404);
}
