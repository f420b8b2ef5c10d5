//! Blame through the use case: who sees which origin, reports that caused a line, and a long history.

use std::time::{Duration, Instant};

use dugri_app::blame::{blame, blame_within};
use dugri_app::pages::save::{PageEdit, PageText, Saved, save};
use dugri_app::revisions::Pick;
use dugri_app::{Actor, Error};
use dugri_core::{IntelId, Role};
use dugri_store::testing;
use dugri_text::blame::Options;

use crate::site::Site;

fn cite(site: &Site, actor: &Actor, page: &Saved, base: &Saved, body: &str, cites: &[IntelId]) -> Saved {
    let text = PageText {
        title: "Range".into(),
        body: body.into(),
        summary: "The field says so".into(),
        cites: cites.to_vec(),
        ..PageText::default()
    };
    let edit = PageEdit {
        text,
        base: base.revision,
        change: None,
        exact_base: false,
    };
    save(&site.app, actor, &page.page, edit).expect("saved")
}

/// The number of the revision that brought each line in.
fn numbers(blame: &dugri_app::blame::Blame) -> Vec<Option<i64>> {
    let number = |by: usize| blame.causes.get(&by).and_then(|cause| cause.number);
    blame.lines.iter().map(|line| line.by.and_then(number)).collect()
}

#[test]
fn a_line_names_revision_author_and_report() {
    let store = testing::sqlite();
    let site = Site::new(&store);
    let (reader, editor, publisher) = (
        site.with(Role::Reader),
        site.with(Role::Editor),
        site.with(Role::Publisher),
    );
    let first = site
        .create(&editor, "open", "Range", "One.\n\nTwo.\n")
        .expect("begun");
    let report = site.report("It is four");
    let second = cite(&site, &publisher, &first, &first, "One.\n\nFour.\n", &[report]);
    assert_eq!(second.number, Some(2));

    let found = blame(&site.app, &editor, &first.page, None).expect("blamed");
    assert_eq!(numbers(&found), [Some(1), Some(1), Some(2)]);
    let cause = found.lines[2]
        .by
        .and_then(|by| found.causes.get(&by))
        .expect("a cause");
    assert_eq!(cause.author.name, "A publisher");
    assert_eq!(cause.cites, [report]);
    assert_eq!(cause.reason, "The field says so");
    assert_eq!(found.or_older, None);

    // A reader who may not read the report gets the line's revision without it; its own reporter with it.
    let mut other = site.stranger();
    other.access = std::sync::Arc::new(dugri_core::Access {
        roles: [(site.open, Role::Reader)].into(),
        ..(*other.access).clone()
    });
    let found = blame(&site.app, &other, &first.page, None).expect("blamed");
    assert_eq!(found.causes[&0].cites, []);
    let found = blame(&site.app, &reader, &first.page, None).expect("blamed");
    assert_eq!(found.causes[&0].cites, [report]);

    // An older text has its own origins.
    let found = blame(&site.app, &reader, &first.page, Some(Pick::Number(1))).expect("blamed");
    assert_eq!(numbers(&found), [Some(1), Some(1), Some(1)]);
}

#[test]
fn readers_see_no_pending_line_and_editors_do() {
    let store = testing::sqlite();
    let site = Site::new(&store);
    let (reader, contributor) = (site.with(Role::Reader), site.with(Role::Contributor));
    let publisher = site.with(Role::Publisher);
    let draft = site
        .create(&publisher, "reviewed", "Range", "One.\n")
        .expect("begun");
    assert!(matches!(
        blame(&site.app, &reader, &draft.page, None),
        Err(Error::NotFound)
    ));
    let of_draft = blame(&site.app, &contributor, &draft.page, None).expect("a draft's own lines");
    assert_eq!(of_draft.causes[&0].number, None);

    let change = draft.change.expect("it waits");
    let how = dugri_app::pages::publish::Publish {
        reason: "First".into(),
        material: false,
        verify: false,
    };
    dugri_app::pages::publish::publish_change(
        &site.app,
        &publisher,
        &draft.page,
        change,
        draft.revision,
        how,
    )
    .expect("published");
    let pending = site
        .save(&contributor, &draft, draft.revision, "One.\n\nPending.\n")
        .expect("saved");
    let change = pending.change.expect("it waits");

    let found = blame(&site.app, &reader, &draft.page, None).expect("blamed");
    assert_eq!(numbers(&found), [Some(1)]);
    let of_change = Some(Pick::Change(change));
    assert!(matches!(
        blame(&site.app, &reader, &draft.page, of_change),
        Err(Error::NotFound)
    ));
    let found = blame(&site.app, &contributor, &draft.page, of_change).expect("blamed");
    assert_eq!(numbers(&found), [Some(1), None, None]);
    assert_eq!(found.lines[2].by, Some(0));
    assert_eq!(found.causes[&0].pick, Pick::Change(change));
}

#[test]
fn a_merged_save_takes_only_its_own_lines_and_a_restoring_one_what_it_brings_back() {
    let store = testing::sqlite();
    let site = Site::new(&store);
    let editor = site.with(Role::Editor);
    let first = site
        .create(&editor, "open", "Range", "One.\n\nTwo.\n\nThree.\n")
        .expect("begun");
    site.save(&editor, &first, first.revision, "Uno.\n\nTwo.\n\nThree.\n")
        .expect("saved");
    let merged = site
        .save(&editor, &first, first.revision, "One.\n\nTwo.\n\nTres.\n")
        .expect("merged");
    assert!(merged.merged);
    let found = blame(&site.app, &editor, &first.page, None).expect("blamed");
    assert_eq!(numbers(&found), [Some(2), Some(1), Some(1), Some(1), Some(3)]);

    dugri_app::pages::publish::restore(&site.app, &editor, &first.page, first.revision, "Back")
        .expect("restored");
    let found = blame(&site.app, &editor, &first.page, None).expect("blamed");
    assert_eq!(numbers(&found), [Some(4), Some(1), Some(1), Some(1), Some(4)]);
}

#[test]
fn a_long_history_is_blamed_whole_or_says_how_far() {
    let store = testing::sqlite();
    let site = Site::new(&store);
    let editor = site.with(Role::Editor);
    let line = |n: usize, said: usize| format!("Line {n} of the page, as it was said by save {said}.\n\n");
    let mut said = [0_usize; 200];
    let text =
        |said: &[usize]| -> String { said.iter().enumerate().map(|(n, said)| line(n, *said)).collect() };
    let first = site.create(&editor, "open", "Long", &text(&said)).expect("begun");
    let mut last = first.clone();
    for save in 1..120 {
        said[save] = save;
        last = site
            .save(&editor, &first, last.revision, &text(&said))
            .expect("saved");
    }
    assert_eq!(last.number, Some(120));
    site.app.catch_up().expect("the history is compressed");

    let started = Instant::now();
    let found = blame(&site.app, &editor, &first.page, None).expect("blamed");
    eprintln!(
        "blame of 120 revisions of {} bytes: {:?}",
        text(&said).len(),
        started.elapsed()
    );
    assert_eq!(found.or_older, None);
    assert_eq!(numbers(&found)[0], Some(1));
    assert_eq!(numbers(&found)[2 * 119], Some(120));

    let ten = Options {
        texts_max: 10,
        ..Options::default()
    };
    let found = blame_within(&site.app, &editor, &first.page, None, ten).expect("blamed");
    assert_eq!(found.or_older, Some(111));
    assert_eq!(numbers(&found)[0], None);
    assert_eq!(numbers(&found)[2 * 119], Some(120));
    let late = Options {
        deadline: Duration::ZERO,
        ..Options::default()
    };
    assert_eq!(
        blame_within(&site.app, &editor, &first.page, None, late)
            .expect("blamed")
            .or_older,
        Some(120)
    );
}
