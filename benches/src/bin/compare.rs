//! Comparing two texts of 100 KB, words within lines included, beside `git diff --no-index` on the same two files.
//!
//! `cargo build --release -p dugri-benches && target/release/compare`
//!
//! Git's time includes the start of its process, and the run beside it takes that off: `git --version`, measured in turns.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io;
use std::process::{Command, Stdio};
use std::time::Instant;

use dugri_benches::median;
use dugri_text::diff::{self, Options};

const BYTES: usize = 100 * 1024;
const ROUNDS: usize = 21;
/// Comparing may take this many times git's time.
const GOAL: f64 = 1.0;

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let before = text();
    for every in [200, 20] {
        let after = edited(&before, every);
        let files = [("before.md", &before), ("after.md", &after)];
        for (name, body) in files {
            std::fs::write(folder.path().join(name), body)?;
        }
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let own = timed(|| {
                black_box(diff::lines(&before, &after, Options::default()));
                Ok(())
            })?;
            let git = timed(|| run(folder.path(), &["diff", "--no-index", "before.md", "after.md"]))?;
            let start = timed(|| run(folder.path(), &["--version"]))?;
            if round > 0 {
                ours.push(own);
                theirs.push((git - start).max(0.01));
            }
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!(
            "compare: {} KB, one line in {every} changed: {ours:.2} ms, git {theirs:.2} ms without its start: {:.2} x (goal: {GOAL})",
            before.len() / 1024,
            ours / theirs
        );
    }
    Ok(())
}

fn timed(work: impl FnOnce() -> io::Result<()>) -> io::Result<f64> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

fn run(folder: &std::path::Path, arguments: &[&str]) -> io::Result<()> {
    // 1 is git's way of saying that they differ.
    Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()
        .map(drop)
}

fn text() -> String {
    let mut text = String::new();
    let mut line = 0;
    while text.len() < BYTES {
        let _ = match line % 3 {
            0 => writeln!(
                text,
                "{line}. The XR-200 measures level in foam, and the V8 does not: 0.2 % against 2 %."
            ),
            1 => writeln!(
                text,
                "{line}. החיישן XR-200 מודד גובה בקצף גם כשהמכל רוטט, וה־V8 לא."
            ),
            _ => writeln!(text),
        };
        line += 1;
    }
    text
}

fn edited(before: &str, every: usize) -> String {
    let mut after = String::new();
    for (number, line) in before.lines().enumerate() {
        if number % every == 1 {
            after.push_str(&line.replace("V8", "V9"));
            after.push_str(" Checked today.");
        } else {
            after.push_str(line);
        }
        after.push('\n');
    }
    after
}
