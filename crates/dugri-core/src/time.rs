//! Time is UTC and cut to microseconds when it is made, so that both databases give back what was written.

use chrono::{DateTime, SubsecRound, Utc};

/// A moment, UTC, to the microsecond.
pub type Time = DateTime<Utc>;

/// Cuts a moment to whole microseconds.
pub fn cut(time: Time) -> Time {
    time.trunc_subsecs(6)
}

/// Microseconds since 1970, the form in which the search index keeps moments.
pub fn micros(time: Time) -> i64 {
    time.timestamp_micros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_drops_nanoseconds_only() {
        let time = DateTime::from_timestamp(1_700_000_000, 123_456_789).expect("in range");
        assert_eq!(cut(time).timestamp_subsec_nanos(), 123_456_000);
        assert_eq!(micros(cut(time)), 1_700_000_000_123_456);
    }
}
