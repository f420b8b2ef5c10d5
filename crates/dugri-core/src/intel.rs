//! Intel: reports from the field, their states, and the times in which they are promised an answer.

use chrono::Duration;

use crate::time::Time;

crate::words! {
    /// Where a report stands.
    IntelState {
        /// Nobody has looked at it.
        New = "new",
        /// Somebody of marketing said: seen.
        Acknowledged = "acknowledged",
        /// Somebody works on it: a linked page, a started edit, an assignee.
        InWork = "in-work",
        /// A published revision cites it. Closed.
        Published = "published",
        /// Answered without a change of a page. Closed.
        Answered = "answered",
        /// Declined with a reason. Closed.
        Declined = "declined",
        /// Part of another report. Closed with that one.
        Merged = "merged",
    }
}

impl IntelState {
    /// Whether the report has an outcome.
    pub const fn is_closed(self) -> bool {
        matches!(
            self,
            IntelState::Published | IntelState::Answered | IntelState::Declined | IntelState::Merged
        )
    }

    /// Whether a report may go from this state to `next`.
    ///
    /// A closed report stays closed, but a published one may be published again (a later revision cites it too),
    /// an answered or declined one may still be published by a citing revision, and a merge can be undone.
    pub fn may_become(self, next: IntelState) -> bool {
        use IntelState::*;
        matches!(
            (self, next),
            (New, Acknowledged)
                | (New | Acknowledged, InWork)
                | (New | Acknowledged | InWork, Answered | Declined | Merged)
                | (
                    New | Acknowledged | InWork | Answered | Declined | Published,
                    Published
                )
                | (Merged, Acknowledged)
        )
    }
}

crate::words! {
    /// About whom a report is.
    Subject {
        /// A customer.
        Customer = "customer",
        /// A competitor.
        Competitor = "competitor",
        /// A partner.
        Partner = "partner",
        /// Our own material.
        Material = "material",
    }
}

crate::words! {
    /// How certain the reporter is.
    Certainty {
        /// Heard directly.
        Heard = "heard",
        /// Seen in a document.
        Document = "document",
        /// A rumour.
        Rumour = "rumour",
    }
}

crate::words! {
    /// What a report is, where the reporter says so.
    IntelKind {
        /// A price.
        Price = "price",
        /// An objection.
        Objection = "objection",
        /// A won deal.
        Won = "won",
        /// A lost deal.
        Lost = "lost",
        /// A missing feature.
        MissingFeature = "missing-feature",
        /// A fault of a product or of our material.
        Fault = "fault",
        /// A question.
        Question = "question",
    }
}

crate::words! {
    /// A line in the conversation about a report.
    MessageKind {
        /// To the reporter.
        Reply = "reply",
        /// Among those who triage.
        Note = "note",
    }
}

/// The longest report in characters.
pub const WHAT_CHARS_MAX: usize = 4_000;
/// The longest quote in characters.
pub const QUOTE_CHARS_MAX: usize = 2_000;
/// The longest reply, reason or note in characters.
pub const MESSAGE_CHARS_MAX: usize = 4_000;
/// The longest account or channel in characters.
pub const LINE_CHARS_MAX: usize = 200;

/// The two promised times of a report: first response and resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// Until when somebody acknowledges or answers.
    pub first_response: Duration,
    /// Until when the report has its outcome.
    pub resolution: Duration,
}

/// The promised times by kind and urgency. Urgent reports are promised a first response in four hours.
pub fn promise(kind: Option<IntelKind>, urgent: bool) -> Promise {
    let (hours, days) = match kind {
        _ if urgent => (4, 2),
        Some(IntelKind::Price | IntelKind::Fault) => (8, 3),
        Some(IntelKind::Question | IntelKind::Objection) => (24, 5),
        Some(IntelKind::Lost | IntelKind::Won | IntelKind::MissingFeature) | None => (48, 14),
    };
    Promise {
        first_response: Duration::hours(hours),
        resolution: Duration::days(days),
    }
}

/// The clock that a report is measured by at `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// When the answer is due.
    pub due: Time,
    /// Whether that moment has passed.
    pub late: bool,
    /// Whether less than four hours are left.
    pub soon: bool,
}

/// The running clock of an open report: the first response while it is new, the resolution afterwards.
pub fn clock(state: IntelState, first_response_due: Time, resolution_due: Time, now: Time) -> Option<Clock> {
    if state.is_closed() {
        return None;
    }
    let due = if state == IntelState::New {
        first_response_due
    } else {
        resolution_due
    };
    Some(Clock {
        due,
        late: due <= now,
        soon: due > now && due - now < Duration::hours(4),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_closed_goes_back_to_open_but_a_merge() {
        for state in IntelState::ALL.iter().filter(|state| state.is_closed()) {
            for next in IntelState::ALL.iter().filter(|next| !next.is_closed()) {
                let undo = (*state, *next) == (IntelState::Merged, IntelState::Acknowledged);
                assert_eq!(state.may_become(*next), undo, "{state} to {next}");
            }
        }
    }

    #[test]
    fn a_citing_revision_closes_every_report_but_a_merged_one() {
        for state in IntelState::ALL {
            assert_eq!(
                state.may_become(IntelState::Published),
                *state != IntelState::Merged
            );
        }
    }

    #[test]
    fn the_first_response_clock_runs_only_while_new() {
        let now = chrono::DateTime::from_timestamp(1_700_000_000, 0).expect("in range");
        let (first, last) = (now + Duration::hours(1), now + Duration::days(3));
        let new = clock(IntelState::New, first, last, now).expect("open");
        assert!(new.soon && !new.late && new.due == first);
        let work = clock(IntelState::InWork, first, last, now).expect("open");
        assert!(!work.soon && work.due == last);
        assert_eq!(clock(IntelState::Answered, first, last, now), None);
    }

    #[test]
    fn urgent_is_promised_soonest() {
        for kind in IntelKind::ALL {
            assert!(promise(Some(*kind), true).first_response <= promise(Some(*kind), false).first_response);
        }
    }
}
