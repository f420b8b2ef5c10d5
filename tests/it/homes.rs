//! Homes, favourites, topics, watching and feeds over HTTP.

use crate::site::{CARD, site};

#[test]
fn a_star_keeps_a_page_in_the_menu_and_on_home() {
    let client = site().sign_in("avi@orion.example");
    let kept = |on: &str| {
        client.post(
            &format!("/p/{CARD}/-/favourite"),
            &[("on", on), ("next", "/changes")],
        )
    };
    let answer = kept("yes");
    assert_eq!((answer.status, answer.header("location")), (303, "/changes"));
    let page = format!("/p/{CARD}/xr-200-vs-vectra-v8");
    let shown = client.get(&page).body;
    assert!(shown.contains("aria-pressed=\"true\""), "the star is on");
    assert!(
        client.get("/").body.matches(&page).count() >= 2,
        "in the menu and among the favourites"
    );
    let api = client.get("/api/v1/favourites").body;
    assert!(api.contains(CARD));
    assert_eq!(kept("no").status, 303);
    assert!(!client.get("/api/v1/favourites").body.contains(CARD));
    let foreign = client.post(
        &format!("/p/{CARD}/-/favourite"),
        &[("on", "no"), ("next", "//evil.example")],
    );
    assert_eq!(foreign.header("location"), "/");
    assert_eq!(
        client.post("/p/zzzzzzzz/-/favourite", &[("on", "yes")]).status,
        404
    );
}

#[test]
fn home_is_switched_and_remembered() {
    let client = site().sign_in("maya@orion.example");
    let pressed = |view: &str| format!("value=\"{view}\" aria-pressed=\"true\"");
    assert!(client.get("/").body.contains(&pressed("marketing")), "by role");
    assert_eq!(client.post("/home", &[("view", "sales")]).status, 303);
    assert!(client.get("/").body.contains(&pressed("sales")));
    assert_eq!(client.post("/home", &[("view", "nonsense")]).status, 303);
    assert!(client.get("/").body.contains(&pressed("sales")));
    client.post("/home", &[("view", "marketing")]);
    assert_eq!(client.post("/home/read", &[]).status, 303);
    assert!(client.get("/api/v1/home").body.contains("\"changed\":[]"));
}

#[test]
fn topics_have_homes_and_forms_that_keep_what_was_typed() {
    let (rep, marketer) = (site().as_reader(), site().as_marketer());
    let home = rep.get("/t/vectra");
    assert_eq!(home.status, 200);
    assert!(
        home.body.contains("first-page"),
        "a competitor's battlecard stands first"
    );
    assert_eq!(rep.get("/t/no-such-topic").status, 404);
    assert_eq!(site().as_contractor().get("/t/vectra").status, 404);

    let form = [
        ("kind", "competitor"),
        ("name", "Vectra"),
        ("aliases", "ZZ-typed"),
    ];
    let taken = marketer.post("/topics", &form);
    assert_eq!(taken.status, 422);
    assert!(taken.body.contains("ZZ-typed"), "what was typed is kept");
    let added = marketer.post("/topics", &[("kind", "competitor"), ("name", "Radarex")]);
    assert_eq!((added.status, added.header("location")), (303, "/t/radarex"));
    let changed = marketer.post(
        "/t/radarex/-/edit",
        &[("kind", "competitor"), ("name", "Radarex"), ("aliases", "רדארקס")],
    );
    assert_eq!(changed.status, 303);
    assert!(rep.get("/t/radarex").body.contains("רדארקס"));
    let json = [
        ("Content-Type", "application/json"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    let found = rep.send(
        "POST",
        "/api/v1/topics/suggest",
        &json,
        "{\"text\":\"מול רדארקס\"}",
    );
    assert!(found.body.contains("\"slug\":\"radarex\""), "{}", found.body);
}

#[test]
fn watching_is_one_press_and_ends_with_one() {
    let client = site().sign_in("omer@orion.example");
    let press = |state: &str| {
        let form = [
            ("kind", "space"),
            ("what", "battlecards"),
            ("state", state),
            ("next", "/s/battlecards"),
        ];
        client.post("/watch", &form)
    };
    assert_eq!(press("on").status, 303);
    assert!(
        client
            .get("/api/v1/watches")
            .body
            .contains("\"what\":\"battlecards\"")
    );
    assert!(client.get("/notifications").body.contains("/s/battlecards"));
    assert_eq!(press("off").status, 303);
    assert!(!client.get("/api/v1/watches").body.contains("battlecards"));
    let hidden = [("kind", "page"), ("what", "zzzzzzzz"), ("state", "on")];
    assert_eq!(client.post("/watch", &hidden).status, 404);
}

#[test]
fn a_feed_has_a_key_of_its_own_that_opens_nothing_else() {
    let client = site().sign_in("omer@orion.example");
    let made = client.post("/me/feeds", &[("list", "space:battlecards")]);
    assert_eq!((made.status, made.header("cache-control")), (200, "no-store"));
    let start = made.body.find("/feeds/dugri_").expect("an address");
    let path: String = made.body[start..]
        .chars()
        .take_while(|c| !"<\" ".contains(*c))
        .collect();
    let nobody = site().as_nobody();
    let feed = nobody.get(&path);
    assert_eq!(feed.status, 200);
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(feed.body.contains("<entry>") && feed.body.contains("/p/cbg2bv9j"));
    assert!(
        !feed.body.contains("localhost"),
        "links begin with the configured address"
    );
    let known = nobody.send("GET", &path, &[("If-None-Match", feed.header("etag"))], "");
    assert_eq!(known.status, 304);
    let dated = nobody.send(
        "GET",
        &path,
        &[("If-Modified-Since", feed.header("last-modified"))],
        "",
    );
    assert_eq!(dated.status, 304);

    let token = path.split('/').nth(2).expect("a token").to_owned();
    let bearer = format!("Bearer {token}");
    for api in ["/api/v1/pages", "/api/v1/me", "/api/v1/intel/mine"] {
        let refused = nobody.send("GET", api, &[("Authorization", &bearer)], "");
        assert_eq!(refused.status, 403, "{api}");
    }
    assert_eq!(
        nobody.get(&path.replace("battlecards", "no-such-space")).status,
        404
    );
    assert_eq!(nobody.get("/feeds/dugri_nonsense/changes").status, 404);
}
