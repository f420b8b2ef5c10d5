//! Two sources side by side.

use super::align::{Aligned, Looks, Sides, align, hash};
use super::clock::Clock;
use super::{Change, Counts, Line, LineDiff, Options, Row, Run, words};

/// Compares two sources line by line. Differences in line ends are none.
pub(super) fn lines(before: &str, after: &str, options: Options) -> LineDiff {
    let mut clock = Clock::start(options.deadline);
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let sides = Sides {
        old: &old.iter().map(hash).collect::<Vec<_>>(),
        new: &new.iter().map(hash).collect::<Vec<_>>(),
        look_old: &|n| Looks::of(old[n]),
        look_new: &|n| Looks::of(new[n]),
    };
    let aligned = align(&sides, &mut clock);
    let mut side_by_side = SideBySide {
        old: &old,
        new: &new,
        rows: Vec::new(),
        words: Counts::default(),
        clock,
    };
    side_by_side.read(&aligned);
    let SideBySide {
        rows, words, clock, ..
    } = side_by_side;
    let changes = groups(&rows);
    LineDiff {
        rows: fold(rows, options.context),
        words,
        changes,
        exact: clock.exact,
    }
}

struct SideBySide<'t> {
    old: &'t [&'t str],
    new: &'t [&'t str],
    rows: Vec<Row>,
    words: Counts,
    clock: Clock,
}

impl SideBySide<'_> {
    fn read(&mut self, aligned: &[Aligned]) {
        // Lines of which nothing became anything alike stand beside each other as long as there are any.
        let (mut deleted, mut inserted) = (Vec::new(), Vec::new());
        for aligned in aligned {
            match *aligned {
                Aligned::Deleted(old) => deleted.push(old),
                Aligned::Inserted(new) => inserted.push(new),
                Aligned::Same(old, new) => {
                    self.unlike(&mut deleted, &mut inserted);
                    self.rows.push(Row::Same {
                        before: old + 1,
                        after: new + 1,
                        text: self.old[old].to_owned(),
                    });
                }
                Aligned::Changed(old, new) => {
                    self.unlike(&mut deleted, &mut inserted);
                    self.changed(old, new);
                }
            }
        }
        self.unlike(&mut deleted, &mut inserted);
    }

    fn changed(&mut self, old: usize, new: usize) {
        let runs = words::runs(self.old[old], self.new[new], &mut self.clock);
        self.words.add_runs(&runs);
        let side = |number: usize, other: Change| {
            let runs = runs.iter().filter(|run| run.change != other).cloned().collect();
            Some(Line {
                number: number + 1,
                runs,
            })
        };
        self.rows.push(Row::Changed {
            before: side(old, Change::Inserted),
            after: side(new, Change::Deleted),
        });
    }

    fn unlike(&mut self, deleted: &mut Vec<usize>, inserted: &mut Vec<usize>) {
        for n in 0..deleted.len().max(inserted.len()) {
            let before = deleted.get(n).map(|old| self.whole(Change::Deleted, *old));
            let after = inserted.get(n).map(|new| self.whole(Change::Inserted, *new));
            self.rows.push(Row::Changed { before, after });
        }
        deleted.clear();
        inserted.clear();
    }

    fn whole(&mut self, change: Change, at: usize) -> Line {
        let text = if change == Change::Deleted {
            self.old[at]
        } else {
            self.new[at]
        };
        self.words.add(change, text);
        Line {
            number: at + 1,
            runs: vec![Run {
                change,
                text: text.to_owned(),
            }],
        }
    }
}

/// How many groups of changed rows there are.
fn groups(rows: &[Row]) -> usize {
    let is_changed = |row: &Row| matches!(row, Row::Changed { .. });
    (0..rows.len())
        .filter(|at| is_changed(&rows[*at]) && (*at == 0 || !is_changed(&rows[at - 1])))
        .count()
}

/// Folds unchanged lines that are further than `context` from a change, where that saves more than it costs.
fn fold(rows: Vec<Row>, context: usize) -> Vec<Row> {
    let mut folded: Vec<Row> = Vec::with_capacity(rows.len());
    let mut same: Vec<Row> = Vec::new();
    for row in rows {
        match row {
            Row::Changed { .. } => {
                let lead = if folded.is_empty() { 0 } else { context };
                fold_run(&mut folded, &mut same, lead, context);
                folded.push(row);
            }
            row => same.push(row),
        }
    }
    let lead = if folded.is_empty() { 0 } else { context };
    fold_run(&mut folded, &mut same, lead, 0);
    folded
}

fn fold_run(folded: &mut Vec<Row>, same: &mut Vec<Row>, lead: usize, tail: usize) {
    let hidden = same.len().saturating_sub(lead + tail);
    if hidden < 2 {
        folded.append(same);
        return;
    }
    let mut rows = same.drain(..);
    folded.extend(rows.by_ref().take(lead));
    let (mut before, mut after) = (0..0, 0..0);
    for (n, row) in rows.by_ref().take(hidden).enumerate() {
        if let Row::Same {
            before: b, after: a, ..
        } = row
        {
            if n == 0 {
                (before.start, after.start) = (b, a);
            }
            (before.end, after.end) = (b + 1, a + 1);
        }
    }
    folded.push(Row::Fold {
        lines: hidden,
        before,
        after,
    });
    folded.extend(rows);
}
