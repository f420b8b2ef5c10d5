//! What survives: restarts, kills, damage, other versions.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use dugri_core::ids::PageId;
use dugri_search::{Change, Error, Index};

use crate::cast::{page, put};

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
        let segment = files(dir.path()).into_iter().find(|f| is_segment(f)).unwrap();
        let segment = dir.path().join(segment);
        let bytes = std::fs::read(&segment).unwrap();
        match damage {
            "truncate" => std::fs::write(&segment, &bytes[..bytes.len() / 2]).unwrap(),
            "garbage" => std::fs::write(&segment, vec![7; bytes.len()]).unwrap(),
            "meta" => std::fs::write(dir.path().join("meta.json"), "{").unwrap(),
            _ => std::fs::remove_file(&segment).unwrap(),
        }
        let index = Index::open(dir.path()).unwrap();
        assert!(index.needs_rebuild(), "{damage}");
        index.apply(change(2), 2).unwrap();
        assert_eq!(index.count(), 1, "{damage}");
    }
}

#[test]
fn an_index_of_another_analyzer_is_built_again_and_other_files_stay() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.apply(change(1), 1).unwrap();
    drop(index);
    let other = dir.path().join("notes.txt");
    std::fs::write(&other, "mine").unwrap();
    let meta = dir.path().join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let older = text.replace("\\\"analyzer\\\":", "\\\"analyzer\\\":9");
    assert_ne!(text, older);
    std::fs::write(&meta, older).unwrap();
    assert!(Index::open(dir.path()).unwrap().needs_rebuild());
    assert_eq!(std::fs::read_to_string(other).unwrap(), "mine");
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
    for number in 1.. {
        index.apply(change(number), number).unwrap();
        println!("committed {number}");
    }
}

#[test]
fn a_killed_index_agrees_with_its_cursor() {
    let dir = tempfile::tempdir().unwrap();
    for commits in [1, 5, 12] {
        Index::open(dir.path()).unwrap().clear().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "disk::child_that_writes_for_ever", "--nocapture"])
            .env(CHILD_DIR, dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let committed = lines.map(|l| l.unwrap()).filter(|l| l.contains("committed"));
        assert_eq!(committed.take(commits).count(), commits);
        child.kill().unwrap();
        child.wait().unwrap();
        let index = Index::open(dir.path()).unwrap();
        let cursor = index.cursor().unwrap();
        assert!(cursor >= commits as i64);
        assert_eq!(index.count(), cursor as u64);
    }
}

fn files(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect()
}
