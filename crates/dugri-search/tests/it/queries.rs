//! What queries do, and that no query does harm.

use std::time::{Duration, Instant};

use dugri_core::access::Role;
use dugri_core::ids::{IntelId, PageId, PersonId, SpaceId};
use dugri_core::intel::IntelState;
use dugri_core::pages::State;
use dugri_search::{
    Aliases, Document, Filters, HitKind, How, IntelDocument, PageDocument, Query, Request, TopicNames,
};
use proptest::prelude::*;

use crate::cast::{Site, keys, page, put, reader, time};

fn with(number: i64, title: &str, body: &str, change: impl FnOnce(&mut PageDocument)) -> Document {
    let mut page = page(number, title, body);
    change(&mut page);
    put(page)
}

fn office() -> Site {
    let topic = |slug: &str, names: &[&str]| TopicNames {
        slug: slug.to_owned(),
        names: names.iter().map(|n| (*n).to_owned()).collect(),
    };
    let mut site = Site::with(vec![
        with(
            1,
            "מחירון חיישנים 2026",
            "מחיר החיישן לפני מע\"מ הוא 120 ₪.",
            |p| {
                p.kind = "price-list".to_owned();
                p.kind_labels = vec!["Price list".to_owned(), "מחירון".to_owned()];
                p.topics = vec![topic("orion", &["אוריון", "Orion"])];
                p.owner = "Dana Levi".to_owned();
            },
        ),
        with(
            2,
            "מחירון חיישנים 2025",
            "מחיר החיישן היה 110 ₪. מחירון מחירון חיישנים.",
            |p| {
                p.kind = "price-list".to_owned();
                p.state = State::Superseded;
            },
        ),
        with(
            3,
            "Sensor warranty terms",
            "Warranty covers the sensor for three years.",
            |p| {
                p.language = dugri_core::words::Language::En;
                p.kind = "policy".to_owned();
            },
        ),
        with(4, "אחריות ושירות", "תנאי האחריות על כל דגם, כולל OR-200.", |_| {}),
        Document::Intel(Box::new(IntelDocument {
            number: IntelId(236),
            space: SpaceId(1),
            min_role: Role::Editor,
            reporter: PersonId(1),
            what: "המתחרה הוריד מחיר לחיישן".to_owned(),
            quote: "תוזילו או שאנחנו עוזבים".to_owned(),
            account: "כרמל".to_owned(),
            topics: vec![topic("orion", &["אוריון"])],
            state: IntelState::New,
            at: time("2026-05-01T00:00:00Z"),
        })),
    ]);
    site.aliases = Aliases::new([["אחריות", "warranty"]]);
    site
}

#[test]
fn superseded_pages_stand_last_and_say_so() {
    let found = office().find("מחירון חיישנים");
    let hits = &found.hits;
    assert!(!hits[0].out_of_date && hits.last().unwrap().out_of_date);
    assert_eq!(keys(&found).last().unwrap(), "p2");
}

#[test]
fn missing_words_are_named_and_ways_are_told() {
    let site = office();
    let found = site.find("אחריות");
    let by_alias = found.hits.iter().find(|h| h.why[0].how == How::Alias);
    assert!(by_alias.is_some_and(|h| h.why[0].in_title && h.missing_words.is_empty()));
    let found = site.find("מחירון חיישנים אחריות");
    assert_eq!(found.hits[0].missing_words, ["אחריות"]);
}

#[test]
fn the_other_layout_is_used_and_told() {
    let found = office().find("njhrui");
    assert_eq!(found.layout.as_deref(), Some("מחירון"));
    assert_eq!(keys(&found)[0], "p1");
    assert_eq!(office().find("מחירון").layout, None);
}

#[test]
fn a_typing_mistake_is_put_right_and_told() {
    let found = office().find("warrenty");
    assert_eq!(keys(&found)[0], "p3");
    assert_eq!(found.corrections[0].used, "warranty");
    assert_eq!(office().keys("במחרון")[0], "p1");
    let found = office().find("OR-300");
    assert!(found.hits.is_empty() && found.corrections.is_empty());
    let nearest: Vec<&HitKind> = found.nearest.iter().map(|h| &h.kind).collect();
    assert!(matches!(nearest[..], [HitKind::Page { page: PageId(4), .. }]));
}

#[test]
fn quotes_and_plus_require_and_minus_refuses() {
    let site = office();
    assert_eq!(site.keys("\"תנאי אחריות\""), ["p4"]);
    assert!(!site.find("\"תנאי אחריות\"").relaxed);
    assert!(site.find("\"אחריות תנאי\"").relaxed);
    assert_eq!(site.keys("מחיר +Orion -מתחרה"), ["p1"]);
}

#[test]
fn fields_and_conditions_limit() {
    let site = office();
    assert_eq!(site.keys("title:terms"), ["p3"]);
    assert!(site.keys("topic:terms").is_empty());
    assert_eq!(site.keys("kind:מחירון state:current"), ["p1"]);
    assert_eq!(site.keys("topic:orion"), ["p1", "#236"]);
    assert_eq!(site.keys("owner:דנה").len(), 0);
    assert_eq!(site.keys("owner:dana"), ["p1"]);
    assert_eq!(site.keys("מחיר after:2026-05-01"), ["#236"]);
    assert_eq!(site.keys("sensor lang:en"), ["p3"]);
}

#[test]
fn a_filter_alone_lists_and_nothing_lists_nothing() {
    let site = office();
    assert_eq!(site.find("").total, 0);
    let filters = Filters {
        kinds: vec!["price-list".to_owned()],
        ..Filters::default()
    };
    let found = site.ask("", filters, &reader());
    assert_eq!(keys(&found), ["p1", "p2"]);
    let count = |value: &str| {
        found
            .facets
            .kinds
            .iter()
            .find(|f| f.value == value)
            .map(|f| f.count)
    };
    assert_eq!((count("price-list"), count("policy")), (Some(2), Some(1)));
}

#[test]
fn addresses_and_numbers_name_their_page() {
    let site = office();
    assert_eq!(site.keys("#236")[0], "#236");
    assert_eq!(site.keys("ID000003")[0], "p3");
    assert_eq!(site.keys("slug-4")[0], "p4");
}

#[test]
fn a_page_with_a_draft_is_one_hit() {
    let mut site = Site::with(vec![
        with(1, "sensor", "published text", |_| {}),
        with(1, "sensor", "coming text", |p| {
            p.key = "p1-draft".to_owned();
            p.min_role = Role::Contributor;
        }),
    ]);
    site.aliases = Aliases::default();
    let mut editor = reader();
    editor.spaces[0].1 = Role::Editor;
    let ask = |query: &str| keys(&site.ask(query, Filters::default(), &editor));
    assert_eq!(ask("sensor"), ["p1"]);
    assert_eq!(ask("coming"), ["p1-draft"]);
    assert!(site.keys("coming").is_empty());
}

#[test]
fn the_arithmetic_of_a_score_is_the_score() {
    let site = office();
    let (aliases, reader) = (Aliases::default(), reader());
    let mut explained = 0;
    for query in ["phone", "office phone", "\"office phone\"", "or-200", "p4"] {
        let request = Request {
            query: Query::parse(query),
            aliases: &aliases,
            reader: &reader,
            filters: Filters::default(),
            limit: 10,
            offset: 0,
            explain: true,
        };
        for hit in site.index.find(&request).unwrap().hits {
            let product: f32 = hit.explanation.iter().map(|factor| factor.value).product();
            assert!((product / hit.score - 1.0).abs() < 0.01, "{query}: {hit:?}");
            explained += 1;
        }
    }
    assert!(explained > 0, "something was found");
}

#[test]
fn typing_a_code_leads_to_it() {
    let site = office();
    let (aliases, reader) = (Aliases::default(), reader());
    let request = Request {
        query: Query::parse("or-2"),
        aliases: &aliases,
        reader: &reader,
        filters: Filters::default(),
        limit: 0,
        offset: 0,
        explain: false,
    };
    assert_eq!(keys(&site.index.suggest(&request).unwrap()), ["p4"]);
    assert!(site.index.find(&request).unwrap().hits.is_empty());
}

#[test]
fn a_model_is_not_another_of_its_family() {
    let mut site = Site::with(vec![
        with(1, "Vectra V7", "older", |_| {}),
        with(2, "Vectra V8", "newer", |_| {}),
        with(3, "וקטרה", "מתחרה", |_| {}),
    ]);
    site.aliases = Aliases::new([["Vectra", "V7", "V8", "וקטרה"]]);
    assert_eq!(site.keys("V7"), ["p1", "p3", "p2"]);
    let how = |found: &dugri_search::Found, at: usize| found.hits[at].why[0].how;
    let found = site.find("V7");
    assert_eq!((how(&found, 0), how(&found, 1)), (How::Exact, How::Alias));
    assert!(found.hits[1].score < 0.8 * found.hits[0].score);
    assert_eq!(site.keys("V9"), Vec::<String>::new());
}

#[test]
fn typing_a_word_with_a_prefix_leads_to_it() {
    assert_eq!(office().keys("במחירו")[0], "p1");
}

#[test]
fn hostile_queries_take_no_time() {
    let site = office();
    let queries = [
        "מחיר ".repeat(2_000),
        "x".repeat(10_000),
        "\"".repeat(10_000),
        "- + \" ' : ( ) [ ] * ? ~ ^ \\ / && || ! {".repeat(300),
        "\u{0}\u{1}\u{7f}\u{200f}".repeat(2_500),
        "בכלמשהו ".repeat(1_000),
        "a-b-c-d-".repeat(1_200),
        "-x ".repeat(3_000),
        "\"מחיר חיישן\" ".repeat(800),
        "ש".repeat(10_000),
        "title:".repeat(1_500),
        "\u{301}".repeat(5_000),
        "ﷺ".repeat(5_000),
    ];
    for query in queries {
        let start = Instant::now();
        site.find(&query);
        let took = start.elapsed();
        let shown: String = query.chars().take(12).collect();
        // Unoptimised and beside other tests; a runaway would take minutes.
        assert!(took < Duration::from_secs(5), "{shown} took {took:?}");
    }
}

#[test]
fn huge_limits_are_harmless() {
    let site = office();
    let (aliases, reader) = (Aliases::default(), reader());
    let request = Request {
        query: Query::parse("מחיר"),
        aliases: &aliases,
        reader: &reader,
        filters: Filters::default(),
        limit: usize::MAX,
        offset: usize::MAX,
        explain: false,
    };
    let found = site.index.find(&request).unwrap();
    assert!(found.hits.is_empty() && found.total > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_query_panics(query in "([א-ת]{1,6}|[a-z0-9]{1,5}|[\"'\\-+:., ]|\\PC){0,24}") {
        thread_local! {
            static SITE: Site = office();
        }
        SITE.with(|site| {
            let found = site.find(&query);
            for text in [query.as_str(), "מחיר החיישן לפני מע\"מ הוא 120 ₪"] {
                for mark in dugri_search::highlight(text, &found.matcher) {
                    prop_assert!(text.get(mark).is_some());
                }
                let snippet = dugri_search::snippet(&[text], &found.matcher, 20);
                for mark in snippet.marks {
                    prop_assert!(snippet.text.get(mark).is_some());
                }
            }
            Ok(())
        })?;
    }
}
