//! Every address of the table, asked by nobody, by who may only report, by a rep and by an admin; the headers of every
//! answer; and that what one may not see answers exactly like what does not exist.

use dugri_web::routes::{Policy, Route, table};

use crate::project::root;
use crate::site::{Answer, CARD, Client, site};

/// An address of a route, with parts that exist where they can.
fn address(route: &Route) -> String {
    let mut path = route.path.to_owned();
    for (part, value) in [
        ("{id}", CARD),
        ("{slug}", "x"),
        ("{number}", "1"),
        ("{change}", "999999"),
        ("{space}", "battlecards"),
        ("{token}", "no-such-token"),
        ("{name}", "x"),
        ("{person}", "1"),
        ("{group}", "1"),
        ("{session}", "999999"),
        ("{intel}", "236"),
    ] {
        path = path.replace(part, value);
    }
    // Whatever other parts there are: something that is not there.
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        path.replace_range(from..=to, "999999");
    }
    path
}

/// Asks without saying anything: what is wrong with an empty form is not the point here.
fn ask(client: &Client<'_>, route: &Route) -> Answer {
    let path = address(route);
    let method = route.method.as_str();
    if method == "GET" {
        return client.get(&path);
    }
    if path.starts_with("/api/") {
        let headers = [
            ("Content-Type", "application/json"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        return client.send(method, &path, &headers, "{}");
    }
    client.post(&path, &[])
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// Signing out would end the session of the other tests.
fn is_asked(route: &Route) -> bool {
    route.path != "/signout"
}

#[test]
fn nobody_gets_in_unless_the_table_says_public() {
    let stranger = site().as_stranger();
    for route in table().iter().filter(|route| is_asked(route)) {
        let answer = ask(&stranger, route);
        if route.policy == Policy::Public {
            assert_ne!(answer.status, 401, "{}", name(route));
            assert!(
                !answer.header("location").starts_with("/signin?"),
                "{}",
                name(route)
            );
        } else if route.path.starts_with("/api/") {
            assert_eq!(answer.status, 401, "{}", name(route));
        } else {
            let leads_to = answer.header("location");
            let is_door = answer.status == 303 && leads_to.starts_with("/signin");
            assert!(
                is_door || answer.status == 401,
                "{}: {} to {leads_to}",
                name(route),
                answer.status
            );
        }
        assert!(answer.status < 500, "{}: {}", name(route), answer.status);
    }
}

#[test]
fn who_may_only_report_finds_nothing_else() {
    let contractor = site().as_contractor();
    for route in table().iter().filter(|route| is_asked(route)) {
        let answer = ask(&contractor, route);
        match route.policy {
            Policy::Reader | Policy::Admin => assert_eq!(answer.status, 404, "{}", name(route)),
            Policy::Public | Policy::SignedIn => assert_ne!(answer.status, 401, "{}", name(route)),
        }
        assert!(answer.status < 500, "{}: {}", name(route), answer.status);
    }
}

#[test]
fn a_rep_finds_no_address_of_admins_and_the_admin_does() {
    let (rep, admin) = (site().as_reader(), site().as_admin());
    for route in table().iter().filter(|route| is_asked(route)) {
        let answer = ask(&rep, route);
        if route.policy == Policy::Admin {
            assert_eq!(answer.status, 404, "{}", name(route));
            if route.method.as_str() == "GET" && !route.path.contains('{') {
                assert_eq!(ask(&admin, route).status, 200, "{}", name(route));
            }
        }
        assert!(answer.status < 500, "{}: {}", name(route), answer.status);
    }
}

#[test]
fn what_one_may_not_see_answers_like_what_is_not_there() {
    let contractor = site().as_contractor();
    let forbidden = contractor.get(&format!("/p/{CARD}"));
    let missing = contractor.get("/p/zzzzzzzz");
    assert_eq!((forbidden.status, missing.status), (404, 404));
    let same = |answer: &Answer| {
        answer
            .without_reference()
            .replace(CARD, "ID")
            .replace("zzzzzzzz", "ID")
    };
    assert_eq!(same(&forbidden), same(&missing));
    assert_eq!(
        site().as_reader().get(&format!("/p/{CARD}/x")).status / 100,
        3,
        "it is there for others"
    );
}

#[test]
fn every_answer_carries_the_headers_and_nothing_inline() {
    let admin = site().as_admin();
    for route in table().iter().filter(|route| route.method.as_str() == "GET") {
        let answer = ask(&admin, route);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{}: {policy}", name(route));
        assert!(!policy.contains("unsafe"), "{}: {policy}", name(route));
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{}",
            name(route)
        );
        assert!(!answer.header("referrer-policy").is_empty(), "{}", name(route));
        assert!(!answer.header("cache-control").is_empty(), "{}", name(route));
        assert!(
            answer.header("strict-transport-security").is_empty(),
            "only by https: {}",
            name(route)
        );
        if answer.header("content-type").starts_with("text/html") {
            for mark in [" style=\"", "<style", " onclick=", "javascript:", "<script>"] {
                assert!(!answer.body.contains(mark), "{}: {mark}", name(route));
            }
        }
    }
}

#[test]
fn writes_from_another_site_are_stopped() {
    let rep = site().as_reader();
    let foreign = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Sec-Fetch-Site", "cross-site"),
    ];
    for route in table().iter().filter(|route| route.method.as_str() != "GET") {
        let answer = rep.send(route.method.as_str(), &address(route), &foreign, "");
        assert_eq!(answer.status, 403, "{}", name(route));
    }
}

#[test]
fn every_address_is_described_in_a_document_that_is_there() {
    for route in table() {
        let path = root().join("docs").join(route.document);
        assert!(
            path.is_file(),
            "{}: docs/{} is missing",
            name(&route),
            route.document
        );
    }
}
