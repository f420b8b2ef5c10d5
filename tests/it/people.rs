//! People and rights over HTTP: who is added, what a link is good for, and that a change of rights holds at once.

use crate::signin::{cookie_of, invite, password_of};
use crate::site::site;

/// The key of a person in the admin's list, by what stands before their menu.
pub fn person_key(email: &str) -> String {
    let list = site().as_admin().get("/people").body;
    let row = list
        .split("<tr>")
        .find(|row| row.contains(email))
        .unwrap_or_else(|| panic!("{email} is listed"));
    let (_, rest) = row.split_once("/people/").expect("a menu");
    rest.chars().take_while(char::is_ascii_digit).collect()
}

#[test]
fn an_invitation_works_once() {
    let link = invite("once@orion.example", "Once Only");
    let stranger = site().as_stranger();
    let form = stranger.get(&link);
    assert_eq!(form.status, 200);
    assert!(form.body.contains("once@orion.example") && form.body.contains("Once Only"));
    assert_eq!(form.header("cache-control"), "no-store");

    let short = stranger.post(&link, &[("name", "Once"), ("password", "short")]);
    assert_eq!(short.status, 422);
    assert!(short.body.contains("value=\"Once\""), "what was typed is kept");

    let choice = [("name", "Once Named"), ("password", "a long enough sentence")];
    let done = stranger.post(&link, &choice);
    assert_eq!((done.status, done.header("location")), (303, "/"));
    assert!(done.header("set-cookie").contains("HttpOnly"));

    let again = stranger.post(&link, &choice);
    let unknown = stranger.get(&format!("/invite/{}", "0".repeat(64)));
    assert_eq!((again.status, unknown.status), (404, 404));
    let zeros = format!("/invite/{}", "0".repeat(64));
    let used = stranger.get(&link).body.replace(&link, "LINK");
    assert_eq!(
        used,
        unknown.body.replace(&zeros, "LINK"),
        "used and unknown look the same"
    );
    assert!(site().as_admin().get("/people").body.contains("Once Named"));
}

#[test]
fn an_invitation_is_no_reset_and_a_newer_link_ends_the_older() {
    let link = invite("twolinks@orion.example", "Two Links");
    let stranger = site().as_stranger();
    assert_eq!(stranger.get(&link.replace("/invite/", "/reset/")).status, 404);
    let key = person_key("twolinks@orion.example");
    let shown = site().as_admin().post(&format!("/people/{key}/link"), &[]);
    assert!(shown.status == 200 && shown.body.contains("/invite/"));
    assert_eq!(stranger.get(&link).status, 404, "the older link ended");
}

#[test]
fn wrong_fields_come_back_with_what_was_typed() {
    let admin = site().as_admin();
    let answer = admin.post(
        "/people",
        &[("email", "no address"), ("name", ""), ("title", "Installer")],
    );
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("value=\"no address\"") && answer.body.contains("value=\"Installer\""));
    assert!(answer.body.contains("id=\"err-email\"") && answer.body.contains("id=\"err-name\""));
    let known = admin.post(
        "/people",
        &[("email", "DANA@Orion.example"), ("name", "Another Dana")],
    );
    assert_eq!(known.status, 422, "an address is one person in any spelling");
}

#[test]
fn closing_an_account_ends_its_session_at_once() {
    let person = password_of("closed@orion.example", "Closed Soon");
    assert_eq!(person.get("/me").status, 200);
    let key = person_key("closed@orion.example");
    let admin = site().as_admin();
    assert_eq!(admin.post(&format!("/people/{key}/deactivate"), &[]).status, 303);
    assert_eq!(person.get("/me").status, 303, "to the door");
    let credentials = [
        ("email", "closed@orion.example"),
        ("password", "a long enough sentence"),
    ];
    assert_eq!(site().as_stranger().post("/signin", &credentials).status, 422);

    assert_eq!(admin.post(&format!("/people/{key}/activate"), &[]).status, 303);
    assert_eq!(person.get("/me").status, 303, "the old session stays ended");
    assert_eq!(site().as_stranger().post("/signin", &credentials).status, 303);
}

#[test]
fn a_demotion_acts_at_once_and_the_last_admin_stays() {
    let person = password_of("second@orion.example", "Second Admin");
    let key = person_key("second@orion.example");
    let admin = site().as_admin();
    assert_eq!(person.get("/people").status, 404);
    assert_eq!(admin.post(&format!("/people/{key}/promote"), &[]).status, 303);
    assert_eq!(person.get("/people").status, 200, "at once");
    assert_eq!(admin.post(&format!("/people/{key}/demote"), &[]).status, 303);
    assert_eq!(person.get("/people").status, 303, "the session ended");

    let dana = person_key("dana@orion.example");
    admin.post(&format!("/people/{dana}/demote"), &[]);
    assert_eq!(admin.get("/people").status, 200, "the last admin is still one");
}

#[test]
fn a_role_is_given_and_taken_at_once() {
    let person = password_of("roles@orion.example", "Role Taker");
    let key = format!("person:{}", person_key("roles@orion.example"));
    let admin = site().as_admin();
    assert_eq!(person.get("/s/battlecards").status, 404);
    let give = admin.post(
        "/people/spaces/battlecards",
        &[("holder", &key), ("role", "reader")],
    );
    assert_eq!(give.status, 303);
    assert_eq!(person.get("/s/battlecards").status, 200);
    assert!(person.get("/api/v1/me").body.contains("\"battlecards\""));
    let take = admin.post("/people/spaces/battlecards", &[("holder", &key), ("role", "")]);
    assert_eq!(take.status, 303);
    assert_eq!(person.get("/s/battlecards").status, 404);
}

#[test]
fn rights_are_shown_to_who_manages_a_space_alone() {
    let path = "/people/spaces/battlecards";
    assert_eq!(site().as_reader().get(path).status, 404);
    assert_eq!(site().as_admin().get(path).status, 200);
    let key = person_key("eyal@orion.example");
    let grab = [
        ("holder", format!("person:{key}")),
        ("role", "manager".to_owned()),
    ];
    let grab: Vec<(&str, &str)> = grab.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        site().as_reader().post(path, &grab).status,
        404,
        "nobody takes a role"
    );
}

#[test]
fn a_group_hands_its_role_on() {
    let person = password_of("grouped@orion.example", "Grouped Person");
    let key = person_key("grouped@orion.example");
    let admin = site().as_admin();
    let added = admin.post(
        "/people/groups",
        &[
            ("name", "Night shift"),
            ("kind", "team"),
            ("name_he", "משמרת לילה"),
        ],
    );
    assert_eq!(added.status, 303);
    let page = admin.get("/people/groups").body;
    let (before, _) = page.split_once("משמרת לילה").expect("the group is listed");
    let group = before.rsplit("h-group-").next().expect("its heading");
    let group: String = group.chars().take_while(char::is_ascii_digit).collect();
    let path = format!("/people/groups/{group}");
    assert_eq!(admin.post(&path, &[("person", &key)]).status, 303);
    let holder = format!("group:{group}");
    admin.post(
        "/people/spaces/pricing",
        &[("holder", &holder), ("role", "reader")],
    );
    assert_eq!(person.get("/s/pricing").status, 200);
    admin.post(&path, &[("person", &key), ("leave", "yes")]);
    assert_eq!(person.get("/s/pricing").status, 404);
}

#[test]
fn tokens_do_what_their_scopes_say_until_withdrawn() {
    let rep = site().as_reader();
    let nothing = rep.post("/me/tokens", &[("name", "script")]);
    assert_eq!(nothing.status, 422, "a token without a scope is none");
    let made = rep.post("/me/tokens", &[("name", "script"), ("scope.read", "yes")]);
    assert_eq!(made.status, 200);
    let (_, rest) = made.body.split_once("dugri_").expect("shown once");
    let token = format!("dugri_{}", rest.chars().take(64).collect::<String>());
    assert!(!rep.get("/me").body.contains(&token), "and never again");

    let bearer = format!("Bearer {token}");
    let stranger = site().as_nobody();
    let ask = |method: &str, path: &str| {
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        stranger.send(method, path, &headers, if method == "GET" { "" } else { "{}" })
    };
    let me = ask("GET", "/api/v1/me");
    assert_eq!(me.status, 200);
    assert!(me.body.contains("eyal@orion.example") && me.body.contains("\"scopes\":[\"read\"]"));
    assert_eq!(ask("GET", "/api/v1/spaces").status, 200);
    let refused = ask("POST", "/api/v1/pages");
    assert_eq!(refused.status, 403, "reading does not write");
    assert!(
        refused.body.contains("lacks the scope write"),
        "and it says so: {}",
        refused.body
    );
    assert_eq!(ask("GET", "/me").status, 303, "screens take no tokens");

    let page = rep.get("/me").body;
    let (_, rest) = page.split_once("/me/tokens/").expect("the token is listed");
    let key: String = rest.chars().take_while(char::is_ascii_digit).collect();
    assert_eq!(rep.post(&format!("/me/tokens/{key}/end"), &[]).status, 303);
    assert_eq!(ask("GET", "/api/v1/me").status, 401);
}

#[test]
fn sessions_of_others_are_not_there() {
    let person = password_of("sessions@orion.example", "Session Holder");
    for key in 1..=3 {
        let path = format!("/me/sessions/{key}/end");
        assert_eq!(person.post(&path, &[]).status, 404, "{path}");
    }
    assert!(!cookie_of("sessions@orion.example", "a long enough sentence").is_empty());
}

#[test]
fn people_say_of_themselves_how_to_reach_them() {
    let person = password_of("face@orion.example", "Face Seen");
    let key = person_key("face@orion.example");

    let picture = include_bytes!("../../assets/demo/files/vectra-booth-haifa.jpg");
    let head = "--x\r\nContent-Disposition: form-data; name=\"phone\"\r\n\r\n+972-4-555-0134\r\n\
        --x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"me.jpg\"\r\n\r\n";
    let body = [head.as_bytes(), picture, b"\r\n--x--\r\n"].concat();
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    let saved = person.send("POST", "/me/profile", &headers, body);
    assert_eq!((saved.status, saved.header("location")), (303, "/me"));

    let seen = site().as_admin().get(&format!("/people/{key}")).body;
    assert!(seen.contains("href=\"tel:+97245550134\""), "the phone rings");
    let (_, rest) = seen.split_once("<img class=\"av l\" src=\"").expect("the face");
    let (photo, _) = rest.split_once('"').unwrap();
    let shown = site().as_contractor().get(photo);
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
    assert!(shown.header("cache-control").starts_with("private"));
    assert_eq!(
        site().as_stranger().get(photo).status,
        303,
        "for people of the house"
    );
    let guessed = photo.replace(|c: char| c.is_ascii_hexdigit(), "0");
    assert_eq!(site().as_contractor().get(&guessed).status, 404);

    let wrong = person.post(
        "/me/profile",
        &[("phone", "ask reception"), ("expertise", "Kept words")],
    );
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.body.contains("ask reception") && wrong.body.contains("Kept words"),
        "what was typed is kept"
    );
}

#[test]
fn the_api_changes_the_own_profile() {
    let person = site().as_marketer();
    let json = [
        ("Content-Type", "application/json"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    let set = person.send("POST", "/api/v1/me", &json, r#"{"expertise": "Price lists"}"#);
    assert_eq!(set.status, 204, "{}", set.body);
    assert!(person.get("/api/v1/me").body.contains("Price lists"));
    for (wrong, status) in [
        (r#"{"phone": "x"}"#, 422),
        (r#"{"home": "no-such-team"}"#, 422),
        (r#"{"admin": true}"#, 400),
        ("{", 400),
    ] {
        let answer = person.send("POST", "/api/v1/me", &json, wrong);
        assert_eq!(answer.status, status, "{wrong}: {}", answer.body);
    }
    let bytes = [
        ("Content-Type", "application/octet-stream"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    assert_eq!(
        person
            .send("PUT", "/api/v1/me/photo", &bytes, "no picture")
            .status,
        422
    );
    assert_eq!(person.send("DELETE", "/api/v1/me/photo", &json, "").status, 204);
}
