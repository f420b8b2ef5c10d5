//! How searches went, in figures: without result, without click, and the time from the box to the page that answered.

use std::collections::BTreeSet;

use chrono::Duration;
use dugri_core::Time;
use dugri_core::searches::SearchSource;
use dugri_store::searches::SearchRow;

/// Somebody may still open something.
const UNDECIDED: Duration = Duration::minutes(2);
/// The upper ends of the steps in which times to an answer are counted, in seconds; one more step is beyond them.
pub const STEPS: [i64; 6] = [5, 10, 20, 30, 60, 120];

/// How searches went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// How many there were, in the browser.
    pub searches: usize,
    /// By how many people.
    pub people: usize,
    /// How many found nothing.
    pub without_result: usize,
    /// How many found something of which nothing was opened.
    pub without_click: usize,
    /// How many led to a page after which nothing more was looked for.
    pub answered: usize,
    /// Half of those took no longer, from the box to the page, in milliseconds.
    pub median_ms: Option<i64>,
    /// Nine of ten of those took no longer.
    pub ninety_ms: Option<i64>,
    /// How many took how long, by [`STEPS`], and one number more for what took longer.
    pub steps: Vec<usize>,
    /// Half of all searches took the server no longer, in microseconds.
    pub took_us: Option<i64>,
}

/// Whether somebody saw what was found and opened none of it.
pub(super) fn is_without_click(row: &SearchRow, now: Time) -> bool {
    row.hits > 0
        && row.opened_ms.is_none()
        && row.source != SearchSource::Api
        && now - row.last_at > UNDECIDED
}

/// The figures of these searches, without those over the API: nobody waits for them in a box.
pub(super) fn answers<'a>(rows: impl Iterator<Item = &'a SearchRow>, now: Time) -> Answers {
    let mut figures = Answers::default();
    let mut people = BTreeSet::new();
    let (mut times, mut took) = (Vec::new(), Vec::new());
    for row in rows.filter(|row| row.source != SearchSource::Api) {
        figures.searches += 1;
        people.insert(row.person_id);
        figures.without_result += usize::from(row.hits == 0);
        figures.without_click += usize::from(is_without_click(row, now));
        times.extend(row.answer_ms);
        took.push(row.took_us);
    }
    times.sort_unstable();
    took.sort_unstable();
    figures.people = people.len();
    figures.answered = times.len();
    figures.median_ms = share(&times, 50);
    figures.ninety_ms = share(&times, 90);
    figures.took_us = share(&took, 50);
    figures.steps = vec![0; STEPS.len() + 1];
    for time in times {
        let step = STEPS.iter().position(|seconds| time <= seconds * 1_000);
        figures.steps[step.unwrap_or(STEPS.len())] += 1;
    }
    figures
}

/// The value that so many of a hundred do not exceed.
fn share(sorted: &[i64], percent: usize) -> Option<i64> {
    let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_few_values_are_values_of_them() {
        assert_eq!(share(&[], 50), None);
        assert_eq!(share(&[7], 50), Some(7));
        assert_eq!(share(&[1, 2, 3, 4], 50), Some(2));
        assert_eq!(share(&[1, 2, 3, 4], 90), Some(4));
    }
}
