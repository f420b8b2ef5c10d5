//! Currency: what the badge of a page says. Derived from facts and the time, never stored.

use chrono::Duration;

use crate::pages::State;
use crate::time::Time;

crate::words! {
    /// The badge of a page: icon, word and date wherever the page is named.
    Badge {
        /// Published and, where it is verified, inside its period.
        Current = "current",
        /// The next check is near.
        Due = "due",
        /// The next check has passed.
        Overdue = "overdue",
        /// Intel contradicts it and the owner has not answered.
        Disputed = "disputed",
        /// Replaced by a successor.
        Superseded = "superseded",
        /// Retired.
        Archived = "archived",
        /// Never published.
        Draft = "draft",
    }
}

/// How long before its next check a page is due: the first of the warnings at 28, 14 and 0 days (`product.md`, Current).
pub const DUE_DAYS: i64 = 28;

/// The badge of a page at `now`.
///
/// `next_check` is the end of the last verification, or publication plus the kind's review period where it was never verified.
pub fn badge(state: State, disputed: bool, next_check: Option<Time>, now: Time) -> Badge {
    match state {
        State::Draft => Badge::Draft,
        State::Archived => Badge::Archived,
        State::Superseded => Badge::Superseded,
        State::Current if disputed => Badge::Disputed,
        State::Current => match next_check {
            Some(check) if check <= now => Badge::Overdue,
            Some(check) if check - now <= Duration::days(DUE_DAYS) => Badge::Due,
            _ => Badge::Current,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn the_badge_follows_the_next_check() {
        let now = DateTime::from_timestamp(1_700_000_000, 0).expect("in range");
        let check = |days| badge(State::Current, false, Some(now + Duration::days(days)), now);
        assert_eq!(check(-1), Badge::Overdue);
        assert_eq!(check(0), Badge::Overdue);
        assert_eq!(check(28), Badge::Due);
        assert_eq!(check(29), Badge::Current);
        assert_eq!(badge(State::Current, true, None, now), Badge::Disputed);
        assert_eq!(badge(State::Superseded, true, Some(now), now), Badge::Superseded);
    }
}
