//! Heads of files, case by case.

use super::*;

const PAGE: &str = "---\nid: d001\ntitle: \"הדים – מרכזיית ענן\"\nspace: hedim\nkind: product-sheet\ntags: [\"הדים\", \"ענן\"]\nlang: he\nstatus: current\nverified: true\nupdated: 2026-03-02\nviews_90d: 310\nreviewer: {name: Noa}\n---\n\nגוף.\n";

#[test]
fn a_page_is_read_and_its_bytes_are_kept() {
    let document = parse(PAGE).expect("a page");
    assert_eq!(format!("{}{}", document.head, document.body), PAGE);
    assert_eq!(document.body, "גוף.\n");
    let front_matter = document.front_matter.expect("a head");
    insta::assert_debug_snapshot!(front_matter, @r#"
    FrontMatter {
        id: Some(
            "d001",
        ),
        title: Some(
            "הדים – מרכזיית ענן",
        ),
        space: Some(
            "hedim",
        ),
        kind: Some(
            "product-sheet",
        ),
        topics: [
            "הדים",
            "ענן",
        ],
        language: Some(
            He,
        ),
        state: Some(
            "current",
        ),
        superseded_by: None,
        verified: Some(
            Flag(
                true,
            ),
        ),
        updated: Some(
            "2026-03-02",
        ),
        views_90d: Some(
            310,
        ),
        aliases: [],
        unknown: [
            (
                "reviewer",
                Mapping {
                    "name": String("Noa"),
                },
            ),
        ],
    }
    "#);
    let written = write(&front_matter);
    assert_eq!(
        parse(&written).expect("what we write").front_matter,
        Some(front_matter)
    );
}

#[test]
fn files_without_a_head_are_all_body() {
    for file in [
        "",
        "# Title\n",
        "---\n",
        "---\nprose between rules\n---\n",
        "text\n---\nid: x\n---\n",
    ] {
        let document = parse(file).expect("no head");
        assert_eq!(
            (document.front_matter, document.head, document.body),
            (None, "", file)
        );
    }
    assert_eq!(parse("---\n---\nx").expect("an empty head").body, "x");
}

#[test]
fn windows_line_ends_and_byte_order_marks_are_kept() {
    let file = "\u{feff}---\r\ntitle: x\r\n---\r\n\r\nbody\r\n";
    let document = parse(file).expect("a page");
    assert_eq!(document.body, "body\r\n");
    assert_eq!(format!("{}{}", document.head, document.body), file);
    assert_eq!(document.front_matter.expect("a head").title.as_deref(), Some("x"));
}

#[test]
fn mistakes_name_their_line() {
    let error = |file| parse(file).expect_err("a mistake").to_string();
    assert_eq!(
        error("---\ntitle: x\n"),
        "line 1: the front matter that begins here is never closed by ---"
    );
    assert_eq!(
        error("---\nid: 1\ntitle: [a]\n---\n"),
        "line 3: title must be one value, not a list"
    );
    assert_eq!(
        error("---\nid: 1\nviews_90d: many\n---\n"),
        "line 3: views_90d must be a whole number"
    );
    assert!(error("---\nid: 1\ntitle: \"x\nkind: y\n---\n").starts_with("line "));
    assert!(error("---\nid: 1\nid: 2\n---\n").contains("duplicate"));
}

#[test]
fn a_language_that_we_do_not_know_is_kept() {
    let front_matter = parse("---\nlang: fr\n---\n")
        .expect("a page")
        .front_matter
        .expect("a head");
    assert_eq!((front_matter.language, front_matter.unknown.len()), (None, 1));
}

#[test]
fn other_heads_are_read_as_the_types_of_their_owners() {
    #[derive(serde::Deserialize)]
    struct Revision {
        summary: String,
        #[serde(default)]
        minor: bool,
    }
    let (head, body) = read::<Revision>("---\nsummary: First\n---\nx").expect("a revision");
    let head = head.expect("a head");
    assert_eq!((head.summary.as_str(), head.minor, body), ("First", false, "x"));
}
