//! Every library that goes into the binary has a licence that a company can ship: read from `cargo metadata` and held
//! against the list of deny.toml. cargo-deny checks the same list (and advisories) where it is installed.

use std::collections::BTreeSet;
use std::process::Command;

use crate::project::{read, root};

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = allowed();
    let packages = packages();
    assert!(
        packages.len() > 50,
        "cargo metadata listed {} packages",
        packages.len()
    );
    let refused: Vec<String> = packages
        .into_iter()
        .filter(|(_, licence)| !accepts(&allowed, licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(refused.is_empty(), "not in deny.toml:\n{}", refused.join("\n"));
}

#[test]
fn no_copyleft_stands_in_the_list() {
    for licence in allowed() {
        assert!(!licence.contains("GPL"), "{licence}");
    }
}

/// The list in deny.toml: one place for this test and for cargo-deny.
fn allowed() -> BTreeSet<String> {
    let deny: toml::Table = read(&root().join("deny.toml")).parse().unwrap();
    deny["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|licence| licence.as_str().unwrap().to_owned())
        .collect()
}

/// Name and licence of everything that is built on this machine.
fn packages() -> Vec<(String, String)> {
    let metadata = cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        &host(),
    ]);
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).unwrap();
    let used: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| used.contains(package["id"].as_str().unwrap()))
        .map(|package| {
            let text = |key: &str| package[key].as_str().unwrap_or("none given").to_owned();
            (format!("{} {}", text("name"), text("version")), text("license"))
        })
        .collect()
}

fn host() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let said = Command::new(rustc).arg("-vV").output().unwrap().stdout;
    String::from_utf8(said)
        .unwrap()
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .expect("rustc -vV names its host")
}

fn cargo(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// An SPDX expression: OR needs one allowed side, AND both; `WITH` belongs to the licence before it.
fn accepts(allowed: &BTreeSet<String>, expression: &str) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(allowed, &mut rest) && rest.is_empty()
}

fn either(allowed: &BTreeSet<String>, rest: &mut &[&str]) -> bool {
    let mut answer = both(allowed, rest);
    while take(rest, "OR") {
        answer |= both(allowed, rest);
    }
    answer
}

fn both(allowed: &BTreeSet<String>, rest: &mut &[&str]) -> bool {
    let mut answer = one(allowed, rest);
    while take(rest, "AND") {
        answer &= one(allowed, rest);
    }
    answer
}

fn one(allowed: &BTreeSet<String>, rest: &mut &[&str]) -> bool {
    if take(rest, "(") {
        let answer = either(allowed, rest);
        return take(rest, ")") && answer;
    }
    let Some((first, after)) = rest.split_first() else {
        return false;
    };
    let mut licence = (*first).to_owned();
    *rest = after;
    if take(rest, "WITH") {
        let Some((exception, after)) = rest.split_first() else {
            return false;
        };
        licence = format!("{licence} WITH {exception}");
        *rest = after;
    }
    allowed.contains(&licence)
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    match rest.split_first() {
        Some((first, after)) if *first == word => {
            *rest = after;
            true
        }
        _ => false,
    }
}

#[test]
fn expressions_are_read() {
    let allowed: BTreeSet<String> = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]
        .map(str::to_owned)
        .into();
    for (expression, answer) in [
        ("MIT", true),
        ("GPL-3.0-or-later", false),
        ("MIT OR GPL-3.0-only", true),
        ("MIT AND GPL-3.0-only", false),
        ("(GPL-2.0-only OR MIT) AND ISC", true),
        ("GPL-2.0-only/MIT", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0 WITH Classpath-exception-2.0", false),
        ("MIT ISC", false),
        ("(MIT", false),
        ("", false),
    ] {
        assert_eq!(accepts(&allowed, expression), answer, "{expression:?}");
    }
}
