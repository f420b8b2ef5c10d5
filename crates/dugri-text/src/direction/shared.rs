//! The editor in the browser turns its lines by the same table and the same rule. The table it gets from here; that its
//! rule gives the same answers, a journey in the browser asks it, with the texts and answers written down here.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Direction, dominant, is_mark, is_rtl};

/// Pieces of which texts are put together.
const PIECES: &[&str] = &[
    "שלום",
    "מחיר",
    "של",
    "ה",
    "XR-200",
    "Vectra",
    "V8",
    "API",
    "price",
    "the",
    "customer",
    "₪15,800",
    "42%",
    "–",
    "(",
    "https://example.com/a",
    "www.example.com",
    "a@b.example",
    "עַל",
    "مرحبا",
    "é",
    "straße",
    "мир",
    "בע\"מ",
    "U+200F\u{200f}",
    "|",
    "##",
    "**bold**",
    "[[דף]]",
    "日本",
    "1.5",
    ":",
    "x:y",
    "\u{5be}",
    "\u{20aa}",
    "\"www.x\"",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The ranges of the characters for which `is` holds: first, last, first, last.
fn ranges(is: impl Fn(char) -> bool) -> String {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for c in (0..=char::MAX as u32)
        .filter_map(char::from_u32)
        .filter(|c| is(*c))
    {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == c as u32 => *last = c as u32,
            _ => found.push((c as u32, c as u32)),
        }
    }
    let list: Vec<String> = found
        .iter()
        .map(|(first, last)| format!("0x{first:x}, 0x{last:x}"))
        .collect();
    list.join(",\n  ")
}

fn table() -> String {
    format!(
        "// Made from crates/dugri-text/src/direction.rs by its tests: `DUGRI_UPDATE=1 cargo test -p dugri-text shared`.\n\
         // First and last of each range.\nexport const RTL = [\n  {},\n];\nexport const MARKS = [\n  {},\n];\n",
        ranges(is_rtl),
        ranges(is_mark)
    )
}

fn cases() -> String {
    let mut seed: usize = 7;
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut lines = Vec::new();
    for _ in 0..240 {
        let words: Vec<&str> = (0..next(7)).map(|_| PIECES[next(PIECES.len())]).collect();
        let text = words.join([" ", "  ", "\t", "-"][next(4)]);
        let answer = dominant(&text).map(Direction::as_str);
        let mut line = String::new();
        write!(line, "  {}", serde_json::json!([text, answer])).expect("a string takes all");
        lines.push(line);
    }
    format!("[\n{}\n]\n", lines.join(",\n"))
}

#[track_caller]
fn check(path: &str, wanted: &str) {
    let path = root().join(path);
    if std::env::var_os("DUGRI_UPDATE").is_some() {
        std::fs::write(&path, wanted).expect("written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "{} is out of date: DUGRI_UPDATE=1 cargo test -p dugri-text shared, then npm run build in assets/editor",
        path.display()
    );
}

#[test]
fn the_editor_has_the_table_of_today() {
    check("assets/editor/src/direction-table.js", &table());
}

#[test]
fn the_editor_is_asked_what_the_renderer_answers() {
    check("tests/fixtures/direction.json", &cases());
}
