//! The door: who gets in, how often one may try, and what ends a session.

use crate::site::{Client, site};

const PASSWORD: &str = "a long enough sentence";

/// Adds somebody by an invitation and gives its path.
pub fn invite(email: &str, name: &str) -> String {
    let shown = site()
        .as_admin()
        .post("/people", &[("email", email), ("name", name), ("language", "en")]);
    assert_eq!(shown.status, 200, "{}", shown.body);
    let (_, rest) = shown.body.split_once("/invite/").expect("the link is shown");
    let secret: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    assert_eq!(secret.len(), 64);
    format!("/invite/{secret}")
}

/// Adds somebody, who chooses a password and is signed in.
pub fn password_of(email: &str, name: &str) -> Client<'static> {
    let link = invite(email, name);
    let done = site()
        .as_stranger()
        .post(&link, &[("name", name), ("password", PASSWORD)]);
    assert_eq!(done.status, 303, "{}", done.body);
    let cookie = done.header("set-cookie").split(';').next().expect("a cookie");
    site().with_cookie(cookie)
}

/// The cookie of one more sign-in.
pub fn cookie_of(email: &str, password: &str) -> String {
    let done = site()
        .as_stranger()
        .post("/signin", &[("email", email), ("password", password)]);
    assert_eq!(done.status, 303, "{}", done.body);
    done.header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie")
        .to_owned()
}

#[test]
fn the_cookie_hides_from_scripts_and_other_sites() {
    let done = site().as_stranger().post(
        "/signin",
        &[
            ("email", "MAYA@orion.example"),
            ("password", dugri_app::demo::PASSWORD),
            ("next", "/search?q=x"),
        ],
    );
    assert_eq!((done.status, done.header("location")), (303, "/search?q=x"));
    let cookie = done.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"));
    assert_eq!(done.header("cache-control"), "no-store");
}

#[test]
fn next_leads_to_own_paths_only() {
    for next in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "evil",
        "/\t/evil.example",
    ] {
        let form = [
            ("email", "maya@orion.example"),
            ("password", dugri_app::demo::PASSWORD),
            ("next", next),
        ];
        assert_eq!(
            site().as_stranger().post("/signin", &form).header("location"),
            "/",
            "{next}"
        );
    }
    let door = site().as_stranger().get("/me");
    assert_eq!(
        (door.status, door.header("location")),
        (303, "/signin?next=%2Fme")
    );
}

#[test]
fn known_and_unknown_get_the_same_answer() {
    let ask = |email: &str| {
        let answer = site()
            .as_stranger()
            .post("/signin", &[("email", email), ("password", "not the password")]);
        assert_eq!(answer.status, 422);
        answer.body.replace(email, "EMAIL")
    };
    invite("invited@orion.example", "Invited Only");
    let unknown = ask("nobody@orion.example");
    assert_eq!(ask("eyal@orion.example"), unknown, "a wrong password");
    assert_eq!(ask("invited@orion.example"), unknown, "no password yet");
    assert!(unknown.contains("value=\"EMAIL\""), "what was typed is kept");
    assert!(!unknown.contains("not the password"), "but for the password");
}

#[test]
fn too_many_tries_have_to_wait() {
    let try_once = || {
        let form = [
            ("email", "throttled@orion.example"),
            ("password", "guess after guess"),
        ];
        site().as_stranger().post("/signin", &form)
    };
    let statuses: Vec<u16> = (0..11).map(|_| try_once().status).collect();
    assert_eq!(statuses[..10], [422; 10]);
    assert_eq!(statuses[10], 429);
    let refused = try_once();
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=31).contains(&wait), "{wait}");
    assert!(
        refused.body.contains("throttled@orion.example"),
        "the form is there with what was typed"
    );
}

#[test]
fn signing_out_ends_the_session_and_not_only_the_cookie() {
    let person = password_of("leaver@orion.example", "Leaver");
    assert_eq!(person.get("/me").status, 200);
    let out = person.post("/signout", &[]);
    assert_eq!((out.status, out.header("location")), (303, "/signin"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(person.get("/me").status, 303, "the old cookie is worth nothing");
    assert_eq!(person.post("/signout", &[]).status, 303, "out is out");
}

#[test]
fn a_new_password_ends_every_other_session() {
    let email = "changer@orion.example";
    let this = password_of(email, "Changer");
    let other = site().with_cookie(&cookie_of(email, PASSWORD));
    assert_eq!((this.get("/me").status, other.get("/me").status), (200, 200));

    let change = |current: &str, new: &str| {
        this.post(
            "/me/password",
            &[("current_password", current), ("new_password", new)],
        )
    };
    assert_eq!(change("not the password", "another long sentence").status, 422);
    assert_eq!(change(PASSWORD, "short").status, 422);
    assert_eq!(other.get("/me").status, 200, "nothing happened yet");
    assert_eq!(change(PASSWORD, "another long sentence").status, 303);
    assert_eq!((this.get("/me").status, other.get("/me").status), (200, 303));
    assert!(!cookie_of(email, "another long sentence").is_empty());
}

#[test]
fn another_browser_can_be_signed_out() {
    let email = "twobrowsers@orion.example";
    let this = password_of(email, "Two Browsers");
    let other = site().with_cookie(&cookie_of(email, PASSWORD));
    let page = this.get("/me").body;
    let (_, rest) = page
        .split_once("/me/sessions/")
        .expect("the other session is listed");
    let key: String = rest.chars().take_while(char::is_ascii_digit).collect();
    assert_eq!(this.post(&format!("/me/sessions/{key}/end"), &[]).status, 303);
    assert_eq!((this.get("/me").status, other.get("/me").status), (200, 303));
}

#[test]
fn set_up_is_over_once_somebody_is_there() {
    let stranger = site().as_stranger();
    assert_eq!(stranger.get("/setup").status, 404);
    let form = [
        ("company", "Takeover"),
        ("name", "Mallory"),
        ("email", "mallory@evil.example"),
        ("password", PASSWORD),
    ];
    assert_eq!(stranger.post("/setup", &form).status, 404);
    assert!(!site().as_admin().get("/people").body.contains("mallory"));
}

#[test]
fn a_form_of_another_site_signs_nobody_in() {
    let body = "email=maya%40orion.example&password=x";
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "https://evil.example"),
    ] {
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            (name, value),
        ];
        let refused = site().as_stranger().send("POST", "/signin", &headers, body);
        assert_eq!(refused.status, 403, "{name}");
        assert!(refused.body.contains("another site"), "never a blank page");
        assert!(!refused.header("content-security-policy").is_empty());
    }
}

#[test]
fn what_is_no_cookie_of_ours_is_nobody() {
    for cookie in ["dugri=x", "dugri=a.b.c", "dugri=", "__Host-dugri=x"] {
        assert_eq!(site().with_cookie(cookie).get("/me").status, 303, "{cookie}");
    }
}
