//! The deadline of one comparison, and whether it was met.

use std::hash::Hash;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

/// Stops a comparison in time.
pub(crate) struct Clock {
    deadline: Instant,
    /// Cleared when a comparison had to stop before it was as fine as it could be.
    pub(crate) exact: bool,
}

impl Clock {
    pub(crate) fn start(time: Duration) -> Clock {
        Clock {
            deadline: Instant::now() + time,
            exact: true,
        }
    }

    pub(crate) fn is_over(&mut self) -> bool {
        let over = Instant::now() > self.deadline;
        self.exact &= !over;
        over
    }

    /// Compares two sequences in linear space. Past the deadline the rest of them counts as replaced.
    pub(crate) fn ops<T: Eq + Hash>(&mut self, old: &[T], new: &[T]) -> Vec<DiffOp> {
        let ops = capture_diff_slices_deadline(Algorithm::Myers, old, new, Some(self.deadline));
        self.is_over();
        ops
    }
}
