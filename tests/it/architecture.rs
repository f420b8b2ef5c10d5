//! The plan of the house, read from the manifests and sources: seven crates, arrows only downwards, each outside
//! library behind its one door. A change of this table is a change of ARCHITECTURE.md and needs a note in docs/notes/.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::project::{files, files_below, folders, read, root, shown};

/// Which of our crates each of our crates may know. Whatever is not listed is forbidden.
const ARROWS: &[(&str, &[&str])] = &[
    ("dugri-core", &[]),
    ("dugri-text", &[]),
    ("dugri-store", &["dugri-core"]),
    ("dugri-search", &["dugri-core", "dugri-text"]),
    (
        "dugri-app",
        &["dugri-core", "dugri-text", "dugri-store", "dugri-search"],
    ),
    ("dugri-web", &["dugri-core", "dugri-text", "dugri-app"]),
    (
        "dugri",
        &[
            "dugri-core",
            "dugri-text",
            "dugri-store",
            "dugri-app",
            "dugri-web",
        ],
    ),
];

/// The outside libraries that only one crate may know.
const DOORS: &[(&str, &[&str])] = &[
    (
        "dugri-store",
        &[
            "diesel",
            "diesel_migrations",
            "libsqlite3-sys",
            "pq-sys",
            "object_store",
            "zstd",
        ],
    ),
    ("dugri-search", &["tantivy"]),
    (
        "dugri-web",
        &[
            "actix-web",
            "actix-multipart",
            "actix-files",
            "maud",
            "jsonwebtoken",
            "utoipa",
        ],
    ),
    (
        "dugri-text",
        &[
            "pulldown-cmark",
            "similar",
            "hayro-interpret",
            "html5gum",
            "quick-xml",
            "zip",
        ],
    ),
    ("dugri", &["clap"]),
];

/// The crates below web, which have no async signature.
const BLOCKING: &[&str] = &[
    "dugri-core",
    "dugri-text",
    "dugri-store",
    "dugri-search",
    "dugri-app",
];

/// The one file below web that talks to an async library, and hides it.
const ASYNC_INSIDE: &str = "crates/dugri-store/src/blobs";

/// Past this a file is asked which half wants a name of its own.
const FILE_LINES: usize = 400;

struct Manifest {
    needs: BTreeSet<String>,
    needs_in_tests: BTreeSet<String>,
}

fn crates() -> BTreeMap<String, Manifest> {
    folders(&root().join("crates"))
        .into_iter()
        .map(|folder| {
            let path = root().join("crates").join(&folder).join("Cargo.toml");
            let manifest: toml::Table = read(&path).parse().unwrap();
            let name = manifest["package"]["name"].as_str().unwrap().to_owned();
            assert_eq!(name, folder, "the folder of a crate has the crate's name");
            let needs = |table: &str| -> BTreeSet<String> {
                let Some(table) = manifest.get(table).and_then(toml::Value::as_table) else {
                    return BTreeSet::new();
                };
                table.keys().cloned().collect()
            };
            let mut all = needs("dependencies");
            all.extend(needs("build-dependencies"));
            let manifest = Manifest {
                needs: all,
                needs_in_tests: needs("dev-dependencies"),
            };
            (name, manifest)
        })
        .collect()
}

fn sources(krate: &str) -> Vec<PathBuf> {
    files_below(&root().join("crates").join(krate).join("src"), "rs")
}

/// The lines of a source file that are code, each with its number from 1.
fn code_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
}

#[test]
fn the_house_has_exactly_the_crates_of_the_plan() {
    let found: Vec<String> = crates().into_keys().collect();
    let mut planned: Vec<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    planned.sort();
    assert_eq!(found, planned);
}

#[test]
fn arrows_point_only_downwards() {
    let crates = crates();
    for (name, allowed) in ARROWS {
        for need in crates[*name].needs.iter().filter(|n| n.starts_with("dugri")) {
            assert!(
                allowed.contains(&need.as_str()),
                "{name} must not know {need}: the plan in ARCHITECTURE.md has no such arrow"
            );
        }
    }
}

#[test]
fn the_plan_has_no_cycle() {
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    while settled.len() < ARROWS.len() {
        let next: Vec<&str> = ARROWS
            .iter()
            .filter(|(name, needs)| {
                !settled.contains(name) && needs.iter().all(|need| settled.contains(need))
            })
            .map(|(name, _)| *name)
            .collect();
        assert!(!next.is_empty(), "a cycle among the crates above {settled:?}");
        settled.extend(next);
    }
}

#[test]
fn tests_of_a_crate_know_no_crate_above_it() {
    let crates = crates();
    for (name, allowed) in ARROWS {
        let above = crates[*name]
            .needs_in_tests
            .iter()
            .filter(|n| n.starts_with("dugri") && n.as_str() != *name);
        for need in above {
            assert!(
                allowed.contains(&need.as_str()),
                "tests of {name} must not know {need}"
            );
        }
    }
}

#[test]
fn each_outside_library_has_one_door() {
    let crates = crates();
    for (owner, libraries) in DOORS {
        for library in *libraries {
            for (name, manifest) in crates.iter().filter(|(name, _)| name != owner) {
                assert!(
                    !manifest.needs.contains(*library),
                    "{name} must not know {library}: only {owner} does"
                );
            }
        }
    }
}

#[test]
fn no_async_signature_below_web() {
    let marks = ["async fn", "async move", "async {", ".await", "async |"];
    for name in BLOCKING {
        for path in sources(name) {
            // A test may play an S3-compatible store, which is async like any server.
            if shown(&path).starts_with(ASYNC_INSIDE) || shown(&path).contains("/src/tests/") {
                continue;
            }
            for (number, line) in code_lines(&read(&path)) {
                assert!(
                    !marks.iter().any(|mark| line.contains(mark)),
                    "{}:{number}: async lives in web, and in store/blobs.rs behind blocking functions",
                    shown(&path)
                );
            }
        }
    }
}

#[test]
fn only_store_speaks_sql() {
    let marks = ["diesel::", "BEGIN IMMEDIATE", "INSERT INTO ", "pg_advisory"];
    for name in crates().into_keys().filter(|name| name != "dugri-store") {
        for path in sources(&name) {
            for (number, line) in code_lines(&read(&path)) {
                assert!(
                    !marks.iter().any(|mark| line.contains(mark)),
                    "{}:{number}: only dugri-store speaks SQL",
                    shown(&path)
                );
            }
        }
    }
}

#[test]
fn both_databases_have_the_same_migrations_up_and_down() {
    let migrations = root().join("migrations");
    let sqlite = folders(&migrations.join("sqlite"));
    let postgres = folders(&migrations.join("postgres"));
    assert_eq!(sqlite, postgres, "the same folder names in both");
    for database in ["sqlite", "postgres"] {
        for name in &sqlite {
            let folder = migrations.join(database).join(name);
            for file in ["up.sql", "down.sql"] {
                let path = folder.join(file);
                assert!(path.is_file(), "{} is missing", shown(&path));
                assert!(!read(&path).trim().is_empty(), "{} is empty", shown(&path));
            }
            assert!(
                files(&folder)
                    .iter()
                    .all(|file| ["up.sql", "down.sql", "metadata.toml"].contains(&file.as_str())),
                "{} holds something else",
                shown(&folder)
            );
        }
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    for name in crates().into_keys() {
        for path in sources(&name) {
            let text = read(&path);
            assert!(
                text.starts_with("//!"),
                "{} has no //! header that says what it is for",
                shown(&path)
            );
        }
    }
}

/// Long files are told, not refused: the number is a question, not a law.
#[test]
fn long_files_are_reported() {
    for name in crates().into_keys() {
        for path in sources(&name) {
            let lines = read(&path).lines().count();
            if lines > FILE_LINES {
                eprintln!(
                    "warning: {} has {lines} lines; which half wants a name?",
                    shown(&path)
                );
            }
        }
    }
}

/// `cargo run --release -- demo`, README's first command, has one program to choose from.
#[test]
fn cargo_run_runs_dugri() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\ndefault-members = [\"crates/dugri\"]\n"));
}
