//! Words that mean the same, over HTTP: what they change is shown first, they hold at once, and those who may not keep
//! topics know nothing of them.

use serde_json::Value;

use crate::site::site;

fn first(found: &str) -> Option<String> {
    let found: Value = serde_json::from_str(found).unwrap();
    Some(found["results"][0]["slug"].as_str()?.to_owned())
}

#[test]
fn a_group_is_tried_kept_changed_and_removed() {
    let (marketer, rep) = (site().as_marketer(), site().as_reader());
    let search = || rep.get("/api/v1/search?q=zzyzx&limit=3").body;
    assert_eq!(first(&search()), None, "nobody calls anything so");

    let words = "zzyzx\nXR-200";
    let tried = marketer.post("/aliases/preview", &[("words", words)]);
    assert_eq!(tried.status, 200);
    assert!(
        tried.body.contains("Would also stand first"),
        "it says what comes"
    );
    assert_eq!(first(&search()), None, "nothing is kept by looking");

    let kept = marketer.post("/aliases", &[("words", words)]);
    assert_eq!((kept.status, kept.header("location")), (303, "/aliases"));
    assert!(first(&search()).is_some(), "it holds at once, for everybody");
    let again = marketer.post("/aliases", &[("words", "xr-200, ZZYZX")]);
    assert_eq!(again.status, 303);

    let listed: Value = serde_json::from_str(&marketer.get("/api/v1/aliases").body).unwrap();
    let groups = listed["items"].as_array().unwrap();
    let mine: Vec<&Value> = groups
        .iter()
        .filter(|group| group["words"].to_string().contains("zzyzx"))
        .collect();
    assert_eq!(mine.len(), 1, "the same words are one group");
    let path = format!("/aliases/{}", mine[0]["id"]);

    let short = marketer.post(&path, &[("words", "zzyzx alone")]);
    assert_eq!(short.status, 422);
    assert!(short.body.contains("zzyzx alone"), "what was typed is kept");
    assert_eq!(marketer.post(&path, &[("words", "zzyzx, zzyzy")]).status, 303);
    assert_eq!(first(&search()), None, "its words are others now");
    assert_eq!(marketer.post(&format!("{path}/remove"), &[]).status, 303);
    assert_eq!(marketer.post(&format!("{path}/remove"), &[]).status, 404);
    let audit = site().as_admin().get("/people/audit?about=topics").body;
    assert!(audit.contains("מילים נרדפות"), "the log tells, in her language");
}

#[test]
fn who_keeps_no_topics_knows_of_no_table() {
    let rep = site().as_contractor();
    assert_eq!(rep.get("/aliases").status, 404);
    assert_eq!(rep.get("/api/v1/aliases").status, 404);
    assert_eq!(rep.post("/aliases", &[("words", "a, b")]).status, 404);
    assert_eq!(rep.post("/aliases/1/remove", &[]).status, 404);
}
