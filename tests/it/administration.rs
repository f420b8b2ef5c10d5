//! Administration over HTTP: people by the table, closing an account, who sees a space and why, the company, the audit.

use crate::people::person_key;
use crate::signin::invite;
use crate::site::site;

#[test]
fn a_table_says_what_it_would_do_before_it_does_it() {
    let admin = site().as_admin();
    let table = "email,name,groups,shoe\ntable.one@orion.example,Table One,,41\ntable.two@orion.example,,no-such-group,42\n";
    let dry = admin.post("/people/table", &[("table", table)]);
    assert_eq!(dry.status, 200);
    assert!(
        dry.body.contains("Table One") && dry.body.contains("shoe") && dry.body.contains("no-such-group")
    );
    assert!(
        !dry.body.contains("name=\"do\""),
        "a wrong table can't be carried out"
    );
    let refused = admin.post("/people/table", &[("table", table), ("do", "yes")]);
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("table.one@orion.example"),
        "what was sent is kept"
    );
    assert!(
        !admin.get("/people").body.contains("table.one@"),
        "all of it or nothing"
    );

    let good = "email;name;name_he\r\ntable.one@orion.example;Table One;טבלה אחת\r\n";
    assert!(
        admin
            .post("/people/table", &[("table", good)])
            .body
            .contains("name=\"do\"")
    );
    assert_eq!(
        admin
            .post("/people/table", &[("table", good), ("do", "yes")])
            .status,
        303
    );
    assert!(admin.get("/people").body.contains("table.one@orion.example"));
    let export = admin.get("/people/table.csv");
    assert!(export.header("content-disposition").contains("attachment") && export.body.contains("טבלה אחת"));
    for wrong in ["", "name\nDana\n", "email,name\na@b.example,A,B\n"] {
        assert_eq!(
            admin.post("/people/table", &[("table", wrong)]).status,
            422,
            "{wrong:?}"
        );
    }
    // The office is "Haifa head office", and somebody has been there all along.
    let joins = "email,groups,phone\ntable.one@orion.example,Haifa head office|Marketing,+972-4-555-0177\nnoa@orion.example,haifa,\n";
    assert_eq!(
        admin
            .post("/people/table", &[("table", joins), ("do", "yes")])
            .status,
        303
    );
    let export = admin.get("/people/table.csv").body;
    let row = export.lines().find(|row| row.contains("table.one@")).unwrap();
    assert!(
        row.contains("marketing") && row.contains("haifa") && row.contains("'+972-4-555-0177"),
        "{row}"
    );
    let rep = site().as_reader();
    assert_eq!(rep.get("/people/table.csv").status, 404);
    assert_eq!(
        rep.post("/people/table", &[("table", good), ("do", "yes")])
            .status,
        404
    );
}

#[test]
fn closing_an_account_shows_first_what_hangs_on_it() {
    invite("leaves@orion.example", "Leaves Soon");
    let (admin, key) = (site().as_admin(), person_key("leaves@orion.example"));
    let form = admin.get(&format!("/people/{key}/deactivate"));
    assert!(form.status == 200 && form.body.contains("Leaves Soon"));
    let wrong = admin.post(&format!("/people/{key}/deactivate"), &[("to", "nonsense")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(
        admin
            .post(&format!("/people/{key}/deactivate"), &[("to", "")])
            .status,
        303
    );
    assert_eq!(
        site()
            .as_reader()
            .get(&format!("/people/{key}/deactivate"))
            .status,
        404
    );
}

#[test]
fn who_sees_a_space_and_why_is_told_to_its_managers() {
    let told = site().as_admin().get("/people/spaces/battlecards/reach");
    assert_eq!(told.status, 200);
    assert!(
        told.body.contains("looks after the whole installation") || told.body.contains("אחראי על כל ההתקנה")
    );
    let narrowed = site()
        .as_admin()
        .get("/people/spaces/battlecards/reach?q=eyal%40");
    assert!(narrowed.body.matches("<li>").count() < told.body.matches("<li>").count());
    assert_ne!(
        site().as_reader().get("/people/spaces/battlecards/reach").status,
        200
    );
    assert_eq!(site().as_admin().get("/people/spaces/nowhere/reach").status, 404);
}

#[test]
fn the_audit_is_for_admins() {
    let admin = site().as_admin();
    assert!(admin.get("/people/audit?about=sign-ins").status == 200);
    assert_eq!(
        admin.get("/people/audit?who=x&about=y&from=z&before=w").status,
        200,
        "nonsense asks nothing"
    );
    let table = admin.get("/people/audit.csv?about=people");
    assert!(table.body.starts_with("\u{feff}id,at,actor"));
    let rep = site().as_reader();
    for path in [
        "/people/audit",
        "/people/audit.csv",
        "/api/v1/audit",
        "/people/company",
    ] {
        assert_eq!(rep.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_colour_that_cannot_be_read_is_refused_with_one_that_can() {
    let admin = site().as_admin();
    let name = "Orion Sensors";
    let form = |colour: &'static str| [("company", name), ("colour", colour), ("own_colour", "yes")];
    let refused = admin.post("/people/company", &form("#ffe000"));
    assert!(
        refused.status == 422 && refused.body.contains("#ffe000"),
        "what was typed is kept"
    );
    assert_eq!(admin.post("/people/company", &form("#a8002a")).status, 303);
    let stranger = site().as_stranger();
    assert!(stranger.get("/signin").body.contains("/company.css?v=a8002a"));
    let css = stranger.get("/company.css?v=a8002a");
    assert!(css.header("content-type").starts_with("text/css") && css.body.contains("#a8002a"));
    assert_eq!(stranger.get("/company/logo").status, 404);
    assert_eq!(
        admin
            .post("/people/company", &[("company", name), ("colour", "#a8002a")])
            .status,
        303
    );
    assert!(!stranger.get("/signin").body.contains("/company.css"));
    assert_eq!(admin.post("/people/company", &[("company", "")]).status, 422);
}

#[test]
fn a_profile_is_for_colleagues_and_for_whom_it_concerns() {
    let key = person_key("noa@orion.example");
    let told = site().as_reader().get(&format!("/people/{key}"));
    assert!(told.status == 200 && told.body.contains("mailto:noa@orion.example"));
    assert!(told.body.contains("/p/"), "the pages that she answers for");
    let api = site().as_reader().get(&format!("/api/v1/people/{key}"));
    assert!(api.status == 200 && api.body.contains("\"owns\""));
    for path in ["/people/999999", "/people/x", "/api/v1/people/x"] {
        assert_eq!(site().as_reader().get(path).status, 404, "{path}");
    }
}
