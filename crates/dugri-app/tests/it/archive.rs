//! Archives are loaded whole and as they were, or not at all.

use dugri_app::archive::{self, Failure, How, Source};
use dugri_app::demo;
use dugri_app::pages::save::{PageEdit, PageText, save};
use dugri_app::pages::{self, Shown};
use dugri_core::currency::Badge;
use dugri_core::intel::IntelState;
use dugri_core::{IntelId, PublicId};
use dugri_store::{on_both, people};

use crate::empty::{Empty, now};

const MANIFEST: &str = "version = 1\ncompany = \"Small\"\nas_of = \"2026-01-31T12:00:00Z\"\n";
const GROUPS: &str = "[[group]]\nslug = \"sales\"\nname = \"Sales\"\nkind = \"team\"\n";
const PEOPLE: &str = r#"
[[person]]
email = "noa@small.example"
name = "Noa"
groups = ["sales"]

[[person]]
email = "avi@small.example"
name = "Avi"
language = "he"
"#;
const SPACES: &str = r#"
[[space]]
slug = "cards"
name = "Cards"
policy = "reviewed"
inbox = true

[[space.role]]
person = "noa@small.example"
role = "publisher"

[[space.role]]
group = "sales"
role = "reader"

[[space.role]]
person = "avi@small.example"
role = "contributor"
"#;
const TOPICS: &str =
    "[[topic]]\nslug = \"vectra\"\nkind = \"competitor\"\nname = \"Vectra\"\naliases = [\"וקטרה\"]\n";
const OLD: &str = r#"
id = "bcd00001"
kind = "battlecard"
language = "en"
owner = "noa@small.example"
created = "2026-01-01T08:00:00Z"
superseded_by = "bcd00002"
superseded_at = "2026-01-20T08:00:00Z"
"#;
const NEW: &str = r#"
id = "bcd00002"
kind = "battlecard"
language = "en"
owner = "noa@small.example"
owner_group = "sales"
created = "2026-01-10T08:00:00Z"
views_90d = 7
verified = [{ revision = 2, by = "noa@small.example", at = "2026-01-30T08:00:00Z", until = "2026-06-30T08:00:00Z", note = "asked" }]
files = [{ path = "files/beam.png", name = "Beam", by = "noa@small.example", at = "2026-01-10T08:00:00Z" }]
"#;
const REPORTS: &str = r#"
[[intel]]
number = 7
reporter = "avi@small.example"
at = "2026-01-15T08:00:00Z"
subject = "competitor"
certainty = "heard"
what = "They sell at 9."
space = "cards"
topics = ["vectra"]
page = "bcd00002"
passage = "Price"
state = "published"
acknowledged_at = "2026-01-15T09:00:00Z"
acknowledged_by = "noa@small.example"
closed_at = "2026-01-18T08:00:00Z"
closed_by = "noa@small.example"
outcome = "In the table."
outcome_revision = { page = "bcd00002", revision = 2 }

[[intel.message]]
author = "noa@small.example"
at = "2026-01-15T09:05:00Z"
kind = "reply"
text = "Who said so?"

[[intel]]
number = 8
reporter = "avi@small.example"
at = "2026-01-16T08:00:00Z"
subject = "competitor"
certainty = "rumour"
what = "They sell at 9, I think."
space = "cards"
state = "merged"
closed_at = "2026-01-17T08:00:00Z"
closed_by = "noa@small.example"
merged_into = 7
"#;

fn revision(title: &str, author: &str, at: &str, more: &str, body: &str) -> String {
    format!(
        "---\ntitle: \"{title}\"\nauthor: \"{author}@small.example\"\nat: \"{at}\"\nsummary: \"why\"\n{more}\n---\n{body}"
    )
}

fn by_noa(at: &str) -> String {
    format!("publish: {{by: \"noa@small.example\", at: \"{at}\", reason: \"so\", material: true}}")
}

/// The archive as a folder; `people` may differ.
fn small(site: &Empty, name: &str, people: &str) -> Source {
    let publish = by_noa("2026-01-10T09:00:00Z");
    let first = revision(
        "Against Vectra",
        "avi",
        "2026-01-10T08:00:00Z",
        &publish,
        "## Price\n\n![b](files/beam.png) [[Old card]]\n",
    );
    let publish = by_noa("2026-01-18T08:00:00Z");
    let second = revision(
        "Against Vectra",
        "avi",
        "2026-01-18T07:00:00Z",
        &publish,
        "## Price\n\n9 [[intel:7]] ![b](files/beam.png)\n",
    );
    let pending = revision(
        "Against Vectra",
        "avi",
        "2026-01-31T07:00:00Z",
        "publish: false",
        "## Price\n\n8\n",
    );
    let publish = by_noa("2026-01-01T08:00:00Z");
    let old = revision(
        "Old card",
        "noa",
        "2026-01-01T08:00:00Z",
        &publish,
        "See [[Against Vectra]].\n",
    );
    Source::Folder(site.folder(
        name,
        &[
            ("archive.toml", MANIFEST.as_bytes()),
            ("groups.toml", GROUPS.as_bytes()),
            ("people.toml", people.as_bytes()),
            ("spaces.toml", SPACES.as_bytes()),
            ("topics.toml", TOPICS.as_bytes()),
            ("intel.toml", REPORTS.as_bytes()),
            ("files/beam.png", b"\x89PNG\r\n\x1a\nbeam"),
            ("pages/cards/old-card/page.toml", OLD.as_bytes()),
            ("pages/cards/old-card/001.md", old.as_bytes()),
            ("pages/cards/against-vectra/page.toml", NEW.as_bytes()),
            ("pages/cards/against-vectra/001.md", first.as_bytes()),
            ("pages/cards/against-vectra/002.md", second.as_bytes()),
            ("pages/cards/against-vectra/003.md", pending.as_bytes()),
        ],
    ))
}

on_both! {
    fn an_archive_comes_out_as_it_was(store) {
        let site = Empty::new(&store);
        let how = How {
            shift_to: Some(now()),
            password_hash: None,
        };
        let loaded = archive::load(&site.app, &small(&site, "small", PEOPLE), &how).expect("it loads");
        assert_eq!(
            (loaded.people, loaded.spaces, loaded.pages, loaded.revisions, loaded.reports, loaded.files),
            (2, 1, 2, 4, 2, 1)
        );
        let noa = site.actor("noa@small.example");
        let id = PublicId::parse("bcd00002").expect("an id");
        let page = pages::read(&site.app, &noa, &id).expect("she may read it");
        let Shown::Published(publication) = &page.shown else { panic!("it is published") };
        assert_eq!((publication.number, publication.material), (2, true));
        assert_eq!(page.page.row.slug, "against-vectra");
        assert_eq!(page.badge, Badge::Current);
        assert_eq!(page.pending.len(), 1, "the last save waits");
        assert_eq!(page.files.len(), 1);
        assert!(page.content.body.contains("](/f/"), "{}", page.content.body);
        assert_eq!(page.backlinks.len(), 1, "the old card's link, older than the page, found it");
        let verified = page.verified.expect("it was verified").0;
        assert_eq!(now() - verified.at, chrono::Duration::hours(28), "times moved with the archive");

        let old = PublicId::parse("bcd00001").expect("an id");
        let old = pages::read(&site.app, &noa, &old).expect("she may read it");
        assert_eq!(old.badge, Badge::Superseded);

        let report = store
            .read(|db| dugri_store::intel::get(db, &noa.access, IntelId(7)))
            .expect("a read")
            .expect("she triages");
        assert_eq!(report.state, IntelState::Published);
        assert_eq!(report.publication, Some(publication.id), "tied to what it changed");
        assert!(report.revision.is_some(), "the revision that the reporter saw");
        let merged = store
            .read(|db| dugri_store::intel::get(db, &noa.access, IntelId(8)))
            .expect("a read")
            .expect("she triages");
        assert_eq!(merged.merged_into, Some(IntelId(7)));
        site.app.catch_up().expect("the followers can read the log");
    }

    fn a_second_load_is_refused(store) {
        let site = Empty::new(&store);
        let source = small(&site, "small", PEOPLE);
        archive::load(&site.app, &source, &How::default()).expect("it loads");
        let refused = archive::load(&site.app, &source, &How::default()).expect_err("all of it is there");
        assert!(matches!(refused, Failure::Taken(_)));
        assert!(refused.to_string().starts_with("noa@small.example is there already"));
    }
}

#[test]
fn a_broken_archive_leaves_nothing_behind() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let without_avi = PEOPLE
        .split("\n[[person]]\nemail = \"avi")
        .next()
        .expect("the first person");
    let broken = small(&site, "broken", without_avi);
    let failure = archive::load(&site.app, &broken, &How::default()).expect_err("avi is missing");
    assert_eq!(
        failure.to_string(),
        "spaces.toml: avi@small.example is not a person of people.toml"
    );
    assert!(
        store.read(people::is_empty).expect("a read"),
        "nothing was written"
    );
}

#[test]
fn mistakes_name_file_and_line() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let check = |name: &str, people: &str, expected: &str| {
        let failure = archive::load(&site.app, &small(&site, name, people), &How::default());
        assert_eq!(failure.expect_err("a mistake").to_string(), expected);
    };
    check(
        "typo",
        "[[person]]\nemail = \"a@b.example\"\nnaem = \"A\"\n",
        "people.toml: line 3: unknown field `naem`, expected one of `email`, `name`, `name_he`, `title`, `title_he`, \
         `language`, `admin`, `outsider`, `organisation`, `phone`, `expertise`, `active`, `groups`",
    );
    let nothing = Source::Folder(site.folder("nothing", &[("x", b"")]));
    let failure = archive::load(&site.app, &nothing, &How::default()).expect_err("no archive");
    assert_eq!(failure.to_string(), "archive.toml: the file is missing");
}

#[test]
fn the_demo_loads_whole_and_is_a_working_company() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let loaded = demo::prepare(&site.app)
        .expect("it loads")
        .expect("nothing was there");
    assert!(
        loaded.pages >= 60 && loaded.reports >= 40 && loaded.spaces >= 4,
        "{loaded:?}"
    );
    assert!(loaded.revisions > 2 * loaded.pages, "real histories: {loaded:?}");
    for who in demo::sign_ins() {
        let credential = store
            .read(|db| people::credential(db, who.email))
            .expect("a read")
            .unwrap_or_else(|| panic!("{} is there", who.email));
        assert!(credential.active && credential.hash.is_some(), "{}", who.email);
    }
    assert!(
        demo::prepare(&site.app).expect("a second start").is_none(),
        "loaded once only"
    );
    let dana = site.actor("dana@orion.example");
    let id = PublicId::parse("cbg2bv9j").expect("an id");
    let page = pages::read(&site.app, &dana, &id).expect("the battlecard");
    assert!(matches!(page.shown, Shown::Published(_)));
    assert!(!page.files.is_empty() && !page.backlinks.is_empty());

    // What hangs on a page without being shown in its text hangs on after an edit.
    let edit = pages::start_edit(&site.app, &dana, &id, None).expect("an edit");
    let text = PageText {
        title: edit.content.title.clone(),
        body: format!("{}\nOne more line.\n", edit.content.body),
        summary: "one more line".into(),
        ..PageText::default()
    };
    let edit = PageEdit {
        text,
        base: edit.base,
        change: None,
        exact_base: false,
    };
    let saved = save(&site.app, &dana, &id, edit).expect("a save");
    let change =
        pages::read_change(&site.app, &dana, &id, saved.change.expect("it waits")).expect("the change");
    assert_eq!(change.files, page.files);

    let nadia = site.actor("nadia@galil-controls.example");
    assert!(
        pages::read(&site.app, &nadia, &id).is_err(),
        "a partner does not see battlecards"
    );
}
