//! Texts of revisions: any history stays readable, whatever is made small, shared or brought back.

use diesel::prelude::*;
use proptest::prelude::*;

use super::*;
use crate::bodies::{self, BodyHash, Saved};
use crate::{Chore, Store, on_both, testing};

fn put(store: &Store, text: &str) -> BodyHash {
    let text = text.to_owned();
    store
        .housekeep(Chore::Drafts, move |tx| bodies::put(tx, &text))
        .expect("stored")
}

fn recompress(store: &Store, history: &[BodyHash]) -> Saved {
    let history = history.to_vec();
    store
        .housekeep(Chore::Cursors, move |tx| bodies::recompress(tx, &history))
        .expect("recompressed")
}

fn read(store: &Store, hash: &BodyHash) -> String {
    store.read(|db| bodies::get(db, hash)).expect("readable")
}

fn stored_bytes(store: &Store) -> i64 {
    let lengths: Vec<Vec<u8>> = store
        .read(|db| {
            Ok(crate::schema::bodies::table
                .select(crate::schema::bodies::bytes)
                .load(db.conn())?)
        })
        .expect("read");
    lengths.iter().map(|bytes| bytes.len() as i64).sum()
}

/// The longest line of bases that any text stands on, and whether every `height` is at least true.
fn longest_line(store: &Store) -> i32 {
    let rows: Vec<(String, Option<String>, i32)> = store
        .read(|db| {
            use crate::schema::bodies::dsl::*;
            Ok(crate::schema::bodies::table
                .select((hash, base_hash, height))
                .load(db.conn())?)
        })
        .expect("read");
    let of = |name: &str| rows.iter().find(|r| r.0 == name).expect("a base is there");
    let mut longest = 0;
    for row in &rows {
        let (mut steps, mut at) = (0, row);
        while let Some(base) = &at.1 {
            steps += 1;
            at = of(base);
            assert!(at.2 >= steps, "the height tells of the line above");
        }
        longest = longest.max(steps);
    }
    longest
}

/// A page of about nine kilobytes in two languages, and the same after `n` small edits.
fn page(n: usize) -> String {
    let mut text = String::new();
    for line in 0..120 {
        let edits = (0..=n).filter(|i| i * 37 % 120 == line).count();
        text.push_str(&format!(
            "- line {line}, edition {edits}: המחיר של הדגם {} הוא {} ₪ sensor model X{}\n",
            line * 7919 % 1000,
            line * 104_729 % 10_000 + edits,
            line * 31 % 97,
        ));
    }
    text
}

on_both! {
    fn a_text_is_stored_once_and_reads_back(store) {
        let text = "שלום, world\r\n\0 \u{1F600}";
        let hash = put(&store, text);
        assert_eq!(hash, BodyHash::of(text));
        assert_eq!(put(&store, text), hash);
        assert_eq!(put(&store, ""), BodyHash::of(""));
        assert_eq!((read(&store, &hash), read(&store, &BodyHash::of(""))), (text.into(), String::new()));
    }

    fn a_long_history_gets_small_and_stays_readable(store) {
        let texts: Vec<String> = (0..120).map(page).collect();
        let mut history = Vec::new();
        for text in &texts {
            history.push(put(&store, text));
            // As the follower does: after each new revision, the last two.
            recompress(&store, &history[history.len().saturating_sub(2)..]);
        }
        for (text, hash) in texts.iter().zip(&history) {
            assert_eq!(&read(&store, hash), text);
        }
        assert!(longest_line(&store) <= 32);
        let full: usize = texts.iter().map(String::len).sum();
        let (full, kept) = (full as i64, stored_bytes(&store));
        assert!(kept * 40 < full, "{kept} of {full} bytes");
        eprintln!("120 revisions: {full} bytes in full, {kept} stored, {} a revision", kept / 120);
    }

    fn a_whole_history_at_once_gives_the_same(store) {
        let texts: Vec<String> = (0..70).map(page).collect();
        let history: Vec<BodyHash> = texts.iter().map(|t| put(&store, t)).collect();
        let before = stored_bytes(&store);
        let saved = recompress(&store, &history);
        assert!(saved.texts >= 65, "{saved:?}");
        assert_eq!(stored_bytes(&store), before - saved.bytes);
        assert_eq!(recompress(&store, &history), Saved::default(), "twice is as good as once");
        assert!(longest_line(&store) <= 32);
        for (text, hash) in texts.iter().zip(&history) {
            assert_eq!(&read(&store, hash), text);
        }
    }

    fn what_is_brought_back_is_whole_again_and_makes_no_ring(store) {
        let (a, b) = (page(1), page(2));
        let history = [put(&store, &a), put(&store, &b), put(&store, &a), put(&store, &b)];
        for _ in 0..3 {
            recompress(&store, &history);
        }
        put(&store, &a);
        recompress(&store, &[history[1].clone(), history[0].clone()]);
        assert_eq!((read(&store, &history[0]), read(&store, &history[1])), (a, b));
    }
}

#[test]
fn a_damaged_text_is_never_passed_off_as_history() {
    let store = testing::sqlite();
    let (old, new) = (put(&store, &page(1)), put(&store, &page(2)));
    recompress(&store, &[old.clone(), new.clone()]);
    let broken = page(3);
    store
        .housekeep(Chore::Drafts, move |tx| -> Result<(), Error> {
            let bytes = zstd::bulk::compress(broken.as_bytes(), 3).expect("compressed");
            diesel::update(crate::schema::bodies::table.find(new.as_str()))
                .set(crate::schema::bodies::bytes.eq(bytes))
                .execute(tx.conn())?;
            Ok(())
        })
        .expect("broken on purpose");
    let answer = store.read(|db| bodies::get(db, &old));
    assert!(matches!(answer, Err(Error::Database(s)) if s.contains("can't be read")));
}

/// One thing that happens to a page of several that share texts.
#[derive(Debug, Clone)]
enum Step {
    Edit { page: usize, at: usize, text: String },
    Restore { page: usize, back: usize },
    CopyFrom { page: usize, other: usize },
    RecompressTail { page: usize },
    RecompressAll { page: usize },
}

const PAGES: usize = 3;

fn step() -> impl Strategy<Value = Step> {
    let page = 0..PAGES;
    prop_oneof![
        6 => (page.clone(), any::<usize>(), "[a-zא-ת \\n]{0,40}").prop_map(|(page, at, text)| Step::Edit { page, at, text }),
        2 => (page.clone(), any::<usize>()).prop_map(|(page, back)| Step::Restore { page, back }),
        1 => (page.clone(), 0..PAGES).prop_map(|(page, other)| Step::CopyFrom { page, other }),
        4 => page.clone().prop_map(|page| Step::RecompressTail { page }),
        2 => page.prop_map(|page| Step::RecompressAll { page }),
    ]
}

/// The text after a step, from the histories so far; `None` for a step that writes nothing.
fn written(step: &Step, pages: &[Vec<String>]) -> Option<(usize, String)> {
    let newest = |page: usize| {
        pages[page]
            .last()
            .cloned()
            .unwrap_or_else(|| super::bodies::page(page))
    };
    match step {
        Step::Edit { page, at, text } => {
            let mut lines: Vec<String> = newest(*page).split('\n').map(str::to_owned).collect();
            let at = at % lines.len();
            lines[at] = text.clone();
            Some((*page, lines.join("\n")))
        }
        Step::Restore { page, back } => {
            let history = &pages[*page];
            (!history.is_empty()).then(|| (*page, history[back % history.len()].clone()))
        }
        Step::CopyFrom { page, other } => Some((*page, newest(*other))),
        Step::RecompressTail { .. } | Step::RecompressAll { .. } => None,
    }
}

/// Few in every run; `DUGRI_TEST_LONG` makes it many.
fn cases(short: u32) -> ProptestConfig {
    let times = if std::env::var_os("DUGRI_TEST_LONG").is_some() {
        40
    } else {
        1
    };
    ProptestConfig::with_cases(short * times)
}

fn play(store: &Store, steps: &[Step]) {
    let mut pages: Vec<Vec<String>> = vec![Vec::new(); PAGES];
    for step in steps {
        if let Some((page, text)) = written(step, &pages) {
            put(store, &text);
            pages[page].push(text);
        }
        let (page, tail) = match step {
            Step::RecompressTail { page } => (*page, 2),
            Step::RecompressAll { page } => (*page, usize::MAX),
            _ => continue,
        };
        let hashes: Vec<BodyHash> = pages[page].iter().map(|t| BodyHash::of(t)).collect();
        recompress(store, &hashes[hashes.len().saturating_sub(tail)..]);
    }
    for text in pages.iter().flatten() {
        assert_eq!(&read(store, &BodyHash::of(text)), text);
    }
    assert!(longest_line(store) <= 32);
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn any_history_stays_readable(steps in proptest::collection::vec(step(), 1..90)) {
        play(&testing::sqlite(), &steps);
    }
}

proptest! {
    #![proptest_config(cases(3))]
    #[test]
    fn any_history_stays_readable_on_postgres(steps in proptest::collection::vec(step(), 1..60)) {
        if let Some(store) = testing::postgres() {
            play(&store, &steps);
        }
    }
}
