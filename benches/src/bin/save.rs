//! Saving a page beside a bare SQLite commit of the same text with the same durability, in one run.
//!
//! `cargo run --release -p dugri-benches --bin save`
//!
//! A save loads the head, asks for rights, stores the revision, its links and its publication, and records the event, all in
//! one transaction; the reference inserts one row. Both wait for the disk (`synchronous=FULL`), in turns.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use dugri_app::pages::save::{self, PageEdit, PageText, Saved};
use dugri_benches::median;
use dugri_benches::site::{Anything, Site};
use dugri_search::Index;

const ROUNDS: usize = 11;
const SAVES_EACH: usize = 40;
const WRITERS: usize = 8;
/// A save may take this many times a bare commit.
const GOAL: f64 = 3.0;

fn main() -> Result<(), Anything> {
    let folder = tempfile::tempdir()?;
    let index = Index::open(&folder.path().join("index"))?;
    let site = Site::new(folder.path(), index)?;
    let mut pages = (0..WRITERS)
        .map(|n| Page::new(&site, n))
        .collect::<Result<Vec<_>, _>>()?;
    let mut bare = Bare::new(&folder.path().join("bare.db"))?;

    println!(
        "{} bytes of text, {ROUNDS} rounds of {SAVES_EACH}",
        text(0, 0).body.len()
    );
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let save_ms = pages[0].save_ms(&site, round)?;
        let commit_ms = bare.commit_ms(round)?;
        if round == 0 {
            continue; // warms up
        }
        println!("  round {round}: save {save_ms:6.3} ms   bare commit {commit_ms:6.3} ms");
        ours.push(save_ms);
        theirs.push(commit_ms);
    }
    let (save_ms, commit_ms) = (median(ours), median(theirs));
    println!(
        "save: {:.2} x a bare commit, {save_ms:.3} ms to {commit_ms:.3} ms (goal: {GOAL})",
        save_ms / commit_ms
    );

    let started = Instant::now();
    thread::scope(|scope| {
        let writers: Vec<_> = pages
            .iter_mut()
            .map(|page| {
                scope.spawn(|| (1..4).try_for_each(|round| page.save_ms(&site, ROUNDS + round).map(drop)))
            })
            .collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().expect("a writer does not panic"))
    })?;
    let per_second = (WRITERS * SAVES_EACH * 3) as f64 / started.elapsed().as_secs_f64();
    println!(
        "saves by {WRITERS} writers at once: {per_second:.0}/s, {:.2} x what bare commits one after the other reach",
        per_second * commit_ms / 1000.0
    );
    Ok(())
}

/// The text of a save: a page of some 4 KB, of which each save changes a line.
fn text(page: usize, number: usize) -> PageText {
    let line =
        "The XR-200 reads through foam up to 30 cm; the V8 needs a still pipe. בקצף עד 30 ס״מ אין הבדל.\n\n";
    PageText {
        title: format!("Page {page}"),
        body: format!("## Numbers\n\nSave number {number}.\n\n{}", line.repeat(36)),
        summary: format!("Change number {number}"),
        fields: BTreeMap::new(),
        ..PageText::default()
    }
}

struct Page {
    index: usize,
    saved: Saved,
}

impl Page {
    fn new(site: &Site, index: usize) -> Result<Page, Anything> {
        let saved = site.publish(text(index, 0))?;
        Ok(Page { index, saved })
    }

    /// The mean time of one of `SAVES_EACH` saves.
    fn save_ms(&mut self, site: &Site, round: usize) -> Result<f64, Anything> {
        let started = Instant::now();
        for n in 0..SAVES_EACH {
            let edit = PageEdit {
                text: text(self.index, 1 + round * SAVES_EACH + n),
                base: self.saved.revision,
                change: None,
                exact_base: false,
            };
            let id = self.saved.page.clone();
            self.saved =
                save::save(&site.app, &site.actor, &id, edit).map_err(|error| format!("{error:?}"))?;
            assert!(self.saved.number.is_some(), "a save in an open space publishes");
        }
        Ok(started.elapsed().as_secs_f64() * 1e3 / SAVES_EACH as f64)
    }
}

/// The reference: one row, one commit.
struct Bare {
    connection: SqliteConnection,
}

impl Bare {
    fn new(path: &Path) -> Result<Bare, Anything> {
        let mut connection = SqliteConnection::establish(&path.display().to_string())?;
        connection.batch_execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;
             CREATE TABLE texts (id INTEGER PRIMARY KEY, body TEXT NOT NULL);",
        )?;
        Ok(Bare { connection })
    }

    fn commit_ms(&mut self, round: usize) -> Result<f64, Anything> {
        let started = Instant::now();
        for n in 0..SAVES_EACH {
            let body = text(0, 1 + round * SAVES_EACH + n).body;
            self.connection.batch_execute("BEGIN IMMEDIATE")?;
            diesel::sql_query("INSERT INTO texts (body) VALUES (?)")
                .bind::<Text, _>(body)
                .execute(&mut self.connection)?;
            self.connection.batch_execute("COMMIT")?;
        }
        Ok(started.elapsed().as_secs_f64() * 1e3 / SAVES_EACH as f64)
    }
}
