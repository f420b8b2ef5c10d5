//! What survives: restarts, kills, damage, other versions.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dugri_core::ids::PageId;
use dugri_search::{ANALYZER_VERSION, Change, Error, Index, Standing};

use crate::cast::{keys_of, page, put};

fn change(number: i64) -> Vec<Change> {
    vec![Change::Put(put(page(number, "title", "body")))]
}

#[test]
fn a_new_index_needs_a_rebuild_and_a_kept_one_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert!(index.needs_rebuild());
    index.apply(change(1), 7).unwrap();
    assert_eq!((index.cursor(), index.count()), (Some(7), 1));
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.cursor(), index.count()), (Some(7), 1));
    assert!(!index.needs_rebuild());
}

#[test]
fn the_cursor_moves_without_changes_and_clearing_forgets_it() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.apply(change(1), 1).unwrap();
    index.apply(Vec::new(), 2).unwrap();
    assert_eq!(index.cursor(), Some(2));
    index.start_over().unwrap();
    assert_eq!((index.cursor(), index.count()), (None, 1));
    index.clear().unwrap();
    assert_eq!((index.cursor(), index.count()), (None, 0));
    drop(index);
    assert!(Index::open(dir.path()).unwrap().needs_rebuild());
}

#[test]
fn a_rebuild_that_was_cut_short_starts_again() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.load(change(1)).unwrap();
    assert!(index.needs_rebuild());
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert!(index.needs_rebuild());
    index.apply(Vec::new(), 3).unwrap();
    assert!(!index.needs_rebuild());
}

#[test]
fn the_same_change_twice_leaves_one_document() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.apply(change(1), 1).unwrap();
    index.apply(change(1), 1).unwrap();
    assert_eq!(index.count(), 1);
    index.apply(vec![Change::RemovePage(PageId(1))], 2).unwrap();
    assert_eq!(index.count(), 0);
    let both = [vec![Change::RemovePage(PageId(2))], change(2)].concat();
    index.apply(both, 3).unwrap();
    assert_eq!(index.count(), 1);
}

#[test]
fn one_handle_writes_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let _index = Index::open(dir.path()).unwrap();
    assert!(matches!(Index::open(dir.path()), Err(Error::Locked(_))));
}

#[test]
fn damage_means_a_rebuild() {
    let is_segment = |name: &str| name.ends_with(".term") || name.ends_with(".idx");
    for damage in ["truncate", "garbage", "meta", "gone"] {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        index.apply(change(1), 1).unwrap();
        drop(index);
        let segment = files(&rules(dir.path(), ANALYZER_VERSION))
            .into_iter()
            .find(|f| is_segment(f))
            .unwrap();
        let segment = rules(dir.path(), ANALYZER_VERSION).join(segment);
        let bytes = std::fs::read(&segment).unwrap();
        match damage {
            "truncate" => std::fs::write(&segment, &bytes[..bytes.len() / 2]).unwrap(),
            "garbage" => std::fs::write(&segment, vec![7; bytes.len()]).unwrap(),
            "meta" => std::fs::write(segment.with_file_name("meta.json"), "{").unwrap(),
            _ => std::fs::remove_file(&segment).unwrap(),
        }
        let index = Index::open(dir.path()).unwrap();
        assert!(index.needs_rebuild(), "{damage}");
        assert_eq!(index.standing(), Standing::Building, "{damage}");
        index.apply(change(2), 2).unwrap();
        assert_eq!(
            (index.count(), index.standing()),
            (1, Standing::Whole),
            "{damage}"
        );
    }
}

/// The folder of an index that the rules of this version made.
fn rules(dir: &Path, version: u32) -> PathBuf {
    dir.join(format!("rules-{version}"))
}

/// Makes an index with page 1 that says of itself that older rules made it.
fn older_index(dir: &Path) {
    let index = Index::open(dir).unwrap();
    index.apply(change(1), 1).unwrap();
    drop(index);
    let older = rules(dir, ANALYZER_VERSION - 1);
    std::fs::rename(rules(dir, ANALYZER_VERSION), &older).unwrap();
    let meta = older.join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let is = format!("\\\"analyzer\\\":{ANALYZER_VERSION}");
    let was = format!("\\\"analyzer\\\":{}", ANALYZER_VERSION - 1);
    assert!(text.contains(&is), "{text}");
    std::fs::write(&meta, text.replace(&is, &was)).unwrap();
}

#[test]
fn an_index_of_other_rules_answers_until_the_new_one_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    older_index(dir.path());
    let other = rules(dir.path(), ANALYZER_VERSION - 1).join("notes.txt");
    std::fs::write(&other, "mine").unwrap();

    let index = Index::open(dir.path()).unwrap();
    assert!(index.needs_rebuild());
    assert_eq!(index.standing(), Standing::Renewing);
    assert_eq!(keys_of(&index, "title"), ["p1"]);
    index.load(change(2)).unwrap();
    assert_eq!(keys_of(&index, "title"), ["p1"]);
    // Killed in the middle, it begins again, and the older one goes on answering.
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert!(index.needs_rebuild());
    assert_eq!(index.standing(), Standing::Renewing);
    assert_eq!(keys_of(&index, "title"), ["p1"]);
    index.load([change(2), change(3)].concat()).unwrap();
    index.apply(Vec::new(), 9).unwrap();
    assert_eq!(index.standing(), Standing::Whole);
    assert_eq!(keys_of(&index, "title").len(), 2);
    assert_eq!(files(&rules(dir.path(), ANALYZER_VERSION - 1)), ["notes.txt"]);
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!(
        (index.standing(), index.cursor(), index.count()),
        (Standing::Whole, Some(9), 2)
    );
}

#[test]
fn a_damaged_index_of_other_rules_does_not_answer() {
    let dir = tempfile::tempdir().unwrap();
    older_index(dir.path());
    let older = rules(dir.path(), ANALYZER_VERSION - 1);
    let segment = files(&older).into_iter().find(|f| f.ends_with(".term")).unwrap();
    std::fs::write(older.join(segment), "x").unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.standing(), index.count()), (Standing::Building, 0));
    index.apply(change(2), 2).unwrap();
    assert!(!older.exists());
}

#[test]
fn what_an_operator_renews_answers_until_then() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.apply(change(1), 1).unwrap();
    let before = index.beginnings();
    index.renew().unwrap();
    assert!(index.needs_rebuild() && index.beginnings() > before);
    assert_eq!(index.standing(), Standing::Renewing);
    assert_eq!(keys_of(&index, "title"), ["p1"]);
    index.load(change(2)).unwrap();
    index.apply(Vec::new(), 2).unwrap();
    assert_eq!(keys_of(&index, "title"), ["p2"]);
}

#[test]
fn an_index_that_is_lost_while_it_is_used_is_begun_anew() {
    for lost in ["folder", "damage"] {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        index.apply(change(1), 1).unwrap();
        assert!(!index.mend(true).unwrap());
        let own = rules(dir.path(), ANALYZER_VERSION);
        match lost {
            "folder" => std::fs::remove_dir_all(&own).unwrap(),
            _ => {
                let segment = files(&own)
                    .into_iter()
                    .find(|f| f.ends_with(".fieldnorm"))
                    .unwrap();
                let bytes = std::fs::read(own.join(&segment)).unwrap();
                // In place of the old file: what is mapped into memory stays as it was.
                std::fs::remove_file(own.join(&segment)).unwrap();
                std::fs::write(own.join(&segment), vec![7; bytes.len()]).unwrap();
            }
        }
        assert!(index.mend(true).unwrap(), "{lost}");
        assert_eq!(
            (index.standing(), index.count()),
            (Standing::Building, 0),
            "{lost}"
        );
        index.apply(change(2), 2).unwrap();
        assert_eq!(keys_of(&index, "title"), ["p2"], "{lost}");
        assert!(!index.mend(true).unwrap(), "{lost}");
    }
}

#[test]
fn many_small_commits_leave_few_segments() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    for number in 1..=60 {
        index.apply(change(number), number).unwrap();
    }
    assert!(index.segments() < 20, "{}", index.segments());
    assert_eq!(index.count(), 60);
}

/// Names the folder for the child process of the test below.
const CHILD_DIR: &str = "DUGRI_SEARCH_TEST_DIR";

/// In the child process: puts page after page, cursor after cursor, until it is killed.
#[test]
fn child_that_writes_for_ever() {
    let Some(dir) = std::env::var_os(CHILD_DIR) else {
        return;
    };
    let index = Index::open(Path::new(&dir)).unwrap();
    let renews = index.standing() == Standing::Renewing;
    for number in 1.. {
        match renews {
            true => index.load(change(number)).unwrap(),
            false => index.apply(change(number), number).unwrap(),
        }
        println!("committed {number}");
    }
}

#[test]
fn a_killed_index_agrees_with_its_cursor() {
    let dir = tempfile::tempdir().unwrap();
    for commits in [1, 5, 12] {
        Index::open(dir.path()).unwrap().clear().unwrap();
        kill_after(dir.path(), commits);
        let index = Index::open(dir.path()).unwrap();
        let cursor = index.cursor().unwrap();
        assert!(cursor >= commits as i64);
        assert_eq!(index.count(), cursor as u64);
    }
}

#[test]
fn an_index_that_is_killed_while_it_is_renewed_keeps_the_older_one() {
    for commits in [1, 7] {
        let dir = tempfile::tempdir().unwrap();
        older_index(dir.path());
        kill_after(dir.path(), commits);
        let index = Index::open(dir.path()).unwrap();
        assert_eq!(index.standing(), Standing::Renewing);
        assert_eq!(keys_of(&index, "title"), ["p1"]);
        index.apply(change(3), 3).unwrap();
        assert_eq!(index.standing(), Standing::Whole);
    }
}

/// Lets the child process write and kills it after so many commits.
fn kill_after(dir: &Path, commits: usize) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "disk::child_that_writes_for_ever", "--nocapture"])
        .env(CHILD_DIR, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let committed = lines.map(|l| l.unwrap()).filter(|l| l.contains("committed"));
    assert_eq!(committed.take(commits).count(), commits);
    child.kill().unwrap();
    child.wait().unwrap();
}

fn files(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect()
}
