//! Folders of Markdown come in with an answer for every file, and go out as they came.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dugri_app::export::export;
use dugri_app::import::{Line, Outcome, Summary, import};
use dugri_app::pages::save::{PageEdit, PageText, save};
use dugri_app::pages::{self, Shown};
use dugri_app::{Actor, Error};
use dugri_core::currency::Badge;
use dugri_core::{Language, PublicId};
use dugri_store::on_both;

use crate::empty::{Empty, write};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/search-dev/corpus")
}

/// Imports and answers the lines by path with the summary.
fn run(site: &Empty, actor: &Actor, folder: &Path) -> (Summary, Vec<Line>) {
    let mut lines = Vec::new();
    let summary = import(&site.app, actor, folder, &mut |line| lines.push(line)).expect("an import");
    (summary, lines)
}

fn outcome<'a>(lines: &'a [Line], path: &str) -> &'a Outcome {
    let ends = |line: &&Line| line.path == path && !matches!(line.outcome, Outcome::Noted(_));
    &lines
        .iter()
        .find(ends)
        .unwrap_or_else(|| panic!("{path} is answered for: {lines:?}"))
        .outcome
}

fn id(lines: &[Line], path: &str) -> PublicId {
    match outcome(lines, path) {
        Outcome::Added(id) | Outcome::Updated(id) => PublicId::parse(id).expect("an id"),
        other => panic!("{path} became {other:?}"),
    }
}

/// All files below a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

on_both! {
    fn the_corpus_comes_in_and_goes_out_byte_for_byte(store) {
        let site = Empty::new(&store);
        let admin = site.admin();
        let (summary, lines) = run(&site, &admin, &corpus());
        assert_eq!((summary.added, summary.failed, summary.skipped), (61, 0, 0), "{lines:#?}");
        let (again, _) = run(&site, &admin, &corpus());
        assert_eq!(again, Summary { unchanged: 61, ..Summary::default() });

        let out = site.folder("out", &[]);
        let exported = export(&site.app, &out, &mut |_| ()).expect("an export");
        assert_eq!((exported.pages, exported.as_imported), (61, 61));
        assert_eq!(files(&out), files(&corpus()));

        let admin = site.actor("root@example.com");
        let page = pages::read(&site.app, &admin, &id(&lines, "d001.md")).expect("the page");
        assert_eq!((page.page.row.slug.as_str(), page.page.row.views_baseline), ("d001", 310));
        assert_eq!((page.badge, page.page.row.language), (Badge::Current, Language::He));
        assert!(page.verified.is_some());
        assert_eq!(page.topics.len(), 3);
    }
}

#[test]
fn superseded_pages_name_their_successor() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let folder = site.folder(
        "in",
        &[
            (
                "a.md",
                b"---\nid: p1\ntitle: Old\nspace: s\nstatus: superseded\nsuperseded_by: p2\n---\nx\n",
            ),
            ("b.md", b"---\nid: p2\ntitle: New\nspace: s\n---\nx\n"),
            (
                "c.md",
                b"---\nid: p3\ntitle: Lost\nspace: s\nstatus: superseded\nsuperseded_by: p9\n---\nx\n",
            ),
            (
                "d.md",
                b"---\nid: p4\ntitle: Draft\nspace: s\nstatus: draft\n---\nx\n",
            ),
        ],
    );
    let admin = site.admin();
    let (_, lines) = run(&site, &admin, &folder);
    let admin = site.actor("root@example.com");
    let read = |path: &str| pages::read(&site.app, &admin, &id(&lines, path)).expect("the page");
    let old = read("a.md");
    assert_eq!(old.badge, Badge::Superseded);
    assert_eq!(old.successor.expect("a successor").title, "New");
    assert_eq!(read("c.md").badge, Badge::Archived);
    assert!(matches!(read("d.md").shown, Shown::Change { .. }));
    assert!(
        lines
            .iter()
            .any(|line| line.path == "c.md" && matches!(line.outcome, Outcome::Noted(_)))
    );
}

#[test]
fn what_can_not_be_taken_is_named_and_the_rest_goes_on() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let large = vec![b'x'; (1 << 20) + (65 << 10)];
    let folder = site.folder(
        "in",
        &[
            ("good.md", "# כותרת\n\nטקסט בלי ראש.\n".as_bytes()),
            ("latin.md", b"---\ntitle: x\n---\ncaf\xe9\n"),
            ("yaml.md", b"---\ntitle: x\nkind: [a\n---\nbody\n"),
            ("open.md", b"---\ntitle: x\n"),
            ("large.md", &large),
            ("twice-a.md", b"---\nid: same\ntitle: A\n---\n"),
            ("twice-b.md", b"---\nid: same\ntitle: B\n---\n"),
            ("nobody-shows-me.txt", b"x"),
            (".hidden/x.md", b"x"),
        ],
    );
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.join("link.md")).expect("a link");
    let admin = site.admin();
    let (summary, lines) = run(&site, &admin, &folder);
    assert_eq!((summary.added, summary.failed), (2, 5), "{lines:#?}");
    let why = |path: &str| match outcome(&lines, path) {
        Outcome::Failed(why) | Outcome::Skipped(why) => why.clone(),
        other => panic!("{path} became {other:?}"),
    };
    assert_eq!(why("latin.md"), "line 4 is not UTF-8");
    assert!(why("yaml.md").starts_with("line "), "{}", why("yaml.md"));
    assert!(why("open.md").contains("never closed"));
    assert!(why("large.md").contains("bytes"));
    assert_eq!(why("twice-b.md"), "twice-a.md has the same id");
    assert!(why("nobody-shows-me.txt").contains("no imported text"));
    assert_eq!(why(".hidden"), "hidden");
    assert_eq!(why("link.md"), "a symbolic link; links are not followed");

    let admin = site.actor("root@example.com");
    let good = pages::read(&site.app, &admin, &id(&lines, "good.md")).expect("the page");
    assert_eq!(
        (good.content.title.as_str(), good.page.row.language),
        ("כותרת", Language::He)
    );
}

#[test]
fn attachments_and_links_between_files_come_along_and_go_out_again() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let a = "---\ntitle: A\nreviewer: {name: Noa}\n---\n\n![pic](img/x%20y.png) [b](sub/b.md#part) [gone](no.pdf)\r\n";
    let folder = site.folder(
        "in",
        &[
            ("docs/a.md", a.as_bytes()),
            ("docs/sub/b.md", b"# B\n\n[up](../img/x%20y.png)\n"),
            ("docs/img/x y.png", b"\x89PNG\r\n\x1a\n1"),
        ],
    );
    let admin = site.admin();
    let (summary, lines) = run(&site, &admin, &folder);
    assert_eq!(
        (summary.added, summary.skipped, summary.failed),
        (2, 0, 0),
        "{lines:#?}"
    );
    let admin = site.actor("root@example.com");
    let page = pages::read(&site.app, &admin, &id(&lines, "docs/a.md")).expect("the page");
    let b = id(&lines, "docs/sub/b.md");
    assert!(
        page.content.body.contains(&format!("(/p/{b}/b#part)")),
        "{}",
        page.content.body
    );
    assert!(page.content.body.contains("![pic](/f/") && page.content.body.contains("(no.pdf)"));
    assert_eq!(page.files.len(), 1);

    let out = site.folder("out", &[]);
    export(&site.app, &out, &mut |_| ()).expect("an export");
    assert_eq!(files(&out), files(&folder));

    // A changed picture is a new revision; the same folder once more is not.
    write(&folder, "docs/img/x y.png", b"\x89PNG\r\n\x1a\n2");
    let (second, _) = run(&site, &admin, &folder);
    assert_eq!((second.updated, second.unchanged), (2, 0));
    let (third, _) = run(&site, &admin, &folder);
    assert_eq!((third.updated, third.unchanged), (0, 2));
}

#[test]
fn what_was_edited_here_is_not_overwritten_and_keeps_what_we_do_not_know() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let head = "---\nid: p1\ntitle: One\nspace: s\ntags: [radar]\nreviewer: {name: Noa}\n---\n";
    let folder = site.folder("in", &[("one.md", format!("{head}first\n").as_bytes())]);
    let admin = site.admin();
    let (_, lines) = run(&site, &admin, &folder);
    let admin = site.actor("root@example.com");
    let page_id = id(&lines, "one.md");
    let edit = pages::start_edit(&site.app, &admin, &page_id, None).expect("an edit");
    let text = PageText {
        title: "One".into(),
        body: "edited here\n".into(),
        topics: vec!["radar".into()],
        summary: "better".into(),
        ..PageText::default()
    };
    let edit = PageEdit {
        text,
        base: edit.base,
        change: None,
        exact_base: false,
    };
    save(&site.app, &admin, &page_id, edit).expect("a save");
    let (same, _) = run(&site, &admin, &folder);
    assert_eq!(same.unchanged, 1, "the file did not change");
    write(&folder, "one.md", format!("{head}changed there\n").as_bytes());
    let (changed, lines) = run(&site, &admin, &folder);
    assert_eq!(changed.skipped, 1);
    assert!(matches!(outcome(&lines, "one.md"), Outcome::Skipped(why) if why.contains("edited in Dugri")));

    let out = site.folder("out", &[]);
    export(&site.app, &out, &mut |_| ()).expect("an export");
    let text = String::from_utf8(files(&out)["one.md"].clone()).expect("text");
    assert!(
        text.contains("id: p1\n") && text.contains("reviewer:\n  name: Noa\n"),
        "{text}"
    );
    assert!(
        text.contains("version: 2\n") && text.ends_with("---\n\nedited here\n"),
        "{text}"
    );
}

#[test]
fn an_export_comes_in_again_as_the_same_pages() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let demo = dugri_app::demo::prepare(&site.app)
        .expect("the demo")
        .expect("a new one");
    let first = site.folder("first", &[]);
    let exported = export(&site.app, &first, &mut |_| ()).expect("an export");
    assert_eq!(exported.pages + exported.drafts_left_out, demo.pages);

    let other_store = dugri_store::testing::sqlite();
    let other = Empty::new(&other_store);
    let admin = other.admin();
    let (summary, lines) = run(&other, &admin, &first);
    assert_eq!(
        (summary.added, summary.skipped, summary.failed),
        (exported.pages, 0, 0),
        "{lines:#?}"
    );
    let dana = site.actor("dana@orion.example");
    let admin = other.actor("root@example.com");
    let before =
        pages::read(&site.app, &dana, &PublicId::parse("cbg2bv9j").expect("an id")).expect("the page");
    let after = id(&lines, "battlecards/xr-200-vs-vectra-v8.md");
    let after = pages::read(&other.app, &admin, &after).expect("the page");
    assert_eq!(after.content.title, before.content.title);
    assert_eq!(after.content.key_message, before.content.key_message);
    assert_eq!(
        (after.files.len(), after.topics.len()),
        (before.files.len(), before.topics.len())
    );
    assert_eq!(after.page.kind.slug, before.page.kind.slug);
    assert_eq!(after.backlinks.len(), before.backlinks.len());
}

#[test]
fn only_an_admin_imports() {
    let store = dugri_store::testing::sqlite();
    let site = Empty::new(&store);
    let admin = site.admin();
    let mut access = (*admin.access).clone();
    access.admin = false;
    let somebody = Actor {
        access: std::sync::Arc::new(access),
        language: Language::En,
    };
    let refused = import(&site.app, &somebody, &corpus(), &mut |_| ());
    assert!(matches!(refused, Err(Error::Forbidden)));
}
