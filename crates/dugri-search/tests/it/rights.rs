//! The rights filter against a model that any reader of this file can check.

use dugri_core::access::Role;
use dugri_core::ids::{IntelId, PersonId, SpaceId};
use dugri_core::intel::IntelState;
use dugri_core::time::Time;
use dugri_search::{Document, Eyes, Filters, IntelDocument, Reader};
use proptest::prelude::*;

use crate::cast::{Site, keys, page, put, time};

/// A document for the model.
#[derive(Debug, Clone)]
struct Doc {
    intel: bool,
    space: i64,
    min_role: usize,
    eyes: Eyes,
    reporter: i64,
    from: i64,
    until: Option<i64>,
}

fn hour(hours: i64) -> Time {
    let start = time("2026-01-01T00:00:00Z").timestamp();
    Time::from_timestamp(start + hours * 3600, 0).unwrap()
}

fn role(rank: usize) -> Role {
    Role::ALL[rank]
}

fn may_read(doc: &Doc, reader: &Reader, now: i64) -> bool {
    let own = doc.intel && doc.reporter == reader.person.0;
    let by_role = reader
        .spaces
        .iter()
        .any(|(s, r)| s.0 == doc.space && *r >= role(doc.min_role));
    let in_time = doc.intel || (doc.from <= now && doc.until.is_none_or(|until| now < until));
    let meant = doc.intel
        || match doc.eyes {
            Eyes::All => true,
            Eyes::Colleagues => !reader.outsider,
            Eyes::Outsiders => reader.outsider,
        };
    (own || by_role) && in_time && meant
}

fn document(doc: &Doc, number: i64) -> Document {
    if doc.intel {
        return Document::Intel(Box::new(IntelDocument {
            number: IntelId(number),
            space: SpaceId(doc.space),
            min_role: role(doc.min_role),
            reporter: PersonId(doc.reporter),
            what: "sensor".to_owned(),
            quote: String::new(),
            account: String::new(),
            topics: Vec::new(),
            state: IntelState::New,
            at: hour(0),
        }));
    }
    let mut page = page(number, "sensor", "");
    page.space = SpaceId(doc.space);
    page.min_role = role(doc.min_role);
    page.eyes = doc.eyes;
    page.from = hour(doc.from);
    page.until = doc.until.map(hour);
    put(page)
}

prop_compose! {
    fn any_doc()(
        intel: bool,
        space in 1..4i64,
        min_role in 0..6usize,
        eyes in proptest::sample::select(vec![Eyes::All, Eyes::Colleagues, Eyes::Outsiders]),
        reporter in 1..4i64,
        from in 0..5i64,
        until in proptest::option::of(0..6i64),
    ) -> Doc {
        Doc { intel, space, min_role, eyes, reporter, from, until }
    }
}

prop_compose! {
    fn any_reader()(
        person in 1..4i64,
        outsider: bool,
        spaces in proptest::collection::vec((1..4i64, 0..6usize), 0..4),
    ) -> Reader {
        Reader {
            person: PersonId(person),
            outsider,
            now: hour(0),
            spaces: spaces.into_iter().map(|(s, r)| (SpaceId(s), role(r))).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_reader_finds_and_counts_what_the_model_says(
        docs in proptest::collection::vec(any_doc(), 1..9),
        readers in proptest::collection::vec(any_reader(), 1..6),
        now in 0..6i64,
    ) {
        let documents = docs.iter().zip(1..).map(|(d, n)| document(d, n)).collect();
        let site = Site::with(documents);
        for mut reader in readers {
            reader.now = hour(now);
            let mut expected: Vec<String> = docs
                .iter()
                .zip(1..)
                .filter(|(d, _)| may_read(d, &reader, now))
                .map(|(d, n)| if d.intel { format!("#{n}") } else { format!("p{n}") })
                .collect();
            expected.sort();
            for query in ["sensor", "sensro", "sens", "+sensors -nothing", "after:2000"] {
                let found = site.ask(query, Filters::default(), &reader);
                let mut got = keys(&found);
                got.sort();
                prop_assert_eq!(&got, &expected, "{}", query);
                prop_assert_eq!(found.total, expected.len());
                let counted: usize = found.facets.states.iter().map(|f| f.count).sum();
                prop_assert_eq!(counted, expected.len());
            }
        }
    }
}

#[test]
fn words_of_closed_pages_are_not_offered() {
    let mut closed = page(1, "merger with voxline", "");
    closed.space = SpaceId(9);
    let site = Site::with(vec![put(closed), put(page(2, "sensor", ""))]);
    for query in ["mergre", "vox", "nrdrv", "voxlien"] {
        let found = site.find(query);
        assert!(found.hits.is_empty() && found.corrections.is_empty(), "{query}");
        assert_eq!(found.layout, None, "{query}");
    }
    let mut insider = crate::cast::reader();
    insider.spaces = vec![(SpaceId(9), Role::Reader)];
    let found = site.ask("mergre", Filters::default(), &insider);
    assert_eq!(found.corrections[0].used, "merger");
}
