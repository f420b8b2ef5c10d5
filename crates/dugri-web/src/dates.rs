//! Days and times as people say them. The clock comes in as a value, so that a page is a function of its data.

use chrono::{DateTime, Datelike, Local, NaiveDate, NaiveDateTime, SecondsFormat, Timelike, Utc};
use dugri_core::Language;
use maud::{Markup, html};

use crate::attr;

/// Whose wall clock the times are shown on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// Coordinated universal time; what tests use.
    Utc,
    /// The zone of the machine (`TZ`), which is the organisation's.
    #[default]
    Local,
}

/// The moment at which a page is made, and the zone it is shown in.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Now.
    pub now: DateTime<Utc>,
    /// The zone.
    pub zone: Zone,
}

impl Clock {
    fn wall(self, at: DateTime<Utc>) -> NaiveDateTime {
        match self.zone {
            Zone::Utc => at.naive_utc(),
            Zone::Local => at.with_timezone(&Local).naive_local(),
        }
    }

    /// The moment at which a day of the calendar begins.
    pub fn start_of(self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        match self.zone {
            Zone::Utc => midnight.and_utc(),
            // Where the clocks go forward at midnight, the day begins an hour later.
            Zone::Local => (0..24)
                .find_map(|hour| {
                    let wall = midnight + chrono::TimeDelta::hours(hour);
                    wall.and_local_timezone(Local).earliest()
                })
                .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc)),
        }
    }

    fn today(self) -> NaiveDate {
        self.wall(self.now).date()
    }

    /// Whole days on the calendar from `at` to now; negative for what is to come.
    pub fn days_since(self, at: DateTime<Utc>) -> i64 {
        self.today()
            .signed_duration_since(self.wall(at).date())
            .num_days()
    }

    /// `12 Nov`, `12 בנובמבר`; with the year when it is not this one.
    pub fn day(self, language: Language, at: DateTime<Utc>) -> String {
        let date = self.wall(at).date();
        let (day, month) = (date.day(), date.month());
        if date.year() == self.today().year() {
            attr!(language, "date-day", day = day, month = month)
        } else {
            // As text: a year is not a number to be grouped.
            attr!(
                language,
                "date-day-year",
                day = day,
                month = month,
                year = date.year().to_string()
            )
        }
    }

    /// `12 November 2026`, `12 בנובמבר 2026`.
    pub fn day_in_full(self, language: Language, at: DateTime<Utc>) -> String {
        let date = self.wall(at).date();
        attr!(
            language,
            "date-full",
            day = date.day(),
            month = date.month(),
            year = date.year().to_string()
        )
    }

    /// `Tuesday, 24 November`.
    pub fn weekday(self, language: Language) -> String {
        let date = self.today();
        let weekday = date.weekday().num_days_from_sunday() + 1;
        attr!(
            language,
            "date-weekday",
            weekday = weekday,
            day = date.day(),
            month = date.month()
        )
    }

    /// `12 Nov`, in Hebrew `12.11`: for ends of rows and tables.
    pub fn short(self, language: Language, at: DateTime<Utc>) -> String {
        let date = self.wall(at).date();
        let this_year = date.year() == self.today().year();
        match language {
            Language::En => self.day(language, at),
            Language::He if this_year => format!("{}.{}", date.day(), date.month()),
            Language::He => format!("{}.{}.{}", date.day(), date.month(), date.year()),
        }
    }

    /// `14:32`.
    pub fn time(self, at: DateTime<Utc>) -> String {
        let wall = self.wall(at);
        format!("{:02}:{:02}", wall.hour(), wall.minute())
    }

    /// `today 09:12`, `yesterday 17:20`, `12 Nov 17:20`.
    pub fn moment(self, language: Language, at: DateTime<Utc>) -> String {
        let time = self.time(at);
        match self.days_since(at) {
            0 => attr!(language, "date-today-at", time = time),
            1 => attr!(language, "date-yesterday-at", time = time),
            -1 => attr!(language, "date-tomorrow-at", time = time),
            _ => format!("{} {time}", self.short(language, at)),
        }
    }

    /// `today`, `yesterday`, `12 days ago`, `in 3 days`.
    pub fn ago(self, language: Language, at: DateTime<Utc>) -> String {
        match self.days_since(at) {
            0 => attr!(language, "date-today").to_owned(),
            1 => attr!(language, "date-yesterday").to_owned(),
            -1 => attr!(language, "date-tomorrow").to_owned(),
            days if days < 0 => attr!(language, "date-in-days", days = -days),
            days => attr!(language, "date-days-ago", days = days),
        }
    }

    /// A span as its largest one or two units: `1 h 58 min`, `3 h`, `2 days`.
    pub fn span(language: Language, minutes: i64) -> String {
        let minutes = minutes.abs();
        match minutes {
            0..60 => attr!(language, "span-minutes", minutes = minutes),
            60..1440 if minutes % 60 == 0 || minutes >= 240 => {
                attr!(language, "span-hours", hours = (minutes + 30) / 60)
            }
            60..1440 => attr!(
                language,
                "span-hours-minutes",
                hours = minutes / 60,
                minutes = minutes % 60
            ),
            _ => attr!(language, "span-days", days = minutes / 1440),
        }
    }
}

/// A `<time>` that shows `shown` and says the whole moment when pointed at.
pub fn time_element(clock: Clock, at: DateTime<Utc>, shown: &str) -> Markup {
    let wall = clock.wall(at).format("%Y-%m-%d %H:%M").to_string();
    html! { time datetime=(at.to_rfc3339_opts(SecondsFormat::Secs, true)) title=(wall) { (shown) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, He};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    fn clock() -> Clock {
        Clock {
            now: at("2026-11-24T12:00:00Z"),
            zone: Zone::Utc,
        }
    }

    #[test]
    fn days_are_said_in_both_languages() {
        let c = clock();
        assert_eq!(c.day(En, at("2026-11-12T08:00:00Z")), "12 Nov");
        assert_eq!(c.day(He, at("2026-11-12T08:00:00Z")), "12 בנובמבר");
        assert_eq!(c.day(En, at("2025-05-03T08:00:00Z")), "3 May 2025");
        assert_eq!(c.short(He, at("2026-11-12T08:00:00Z")), "12.11");
        assert_eq!(c.day_in_full(He, at("2026-11-12T08:00:00Z")), "12 בנובמבר 2026");
        assert_eq!(c.weekday(En), "Tuesday, 24 November");
        assert_eq!(c.weekday(He), "יום שלישי, 24 בנובמבר");
    }

    #[test]
    fn moments_near_now_are_relative() {
        let c = clock();
        assert_eq!(c.moment(En, at("2026-11-24T09:12:00Z")), "today 09:12");
        assert_eq!(c.moment(He, at("2026-11-23T17:20:00Z")), "אתמול 17:20");
        assert_eq!(c.moment(En, at("2026-11-16T17:20:00Z")), "16 Nov 17:20");
        assert_eq!(c.ago(En, at("2026-11-12T17:20:00Z")), "12 days ago");
        assert_eq!(c.ago(He, at("2026-11-22T17:20:00Z")), "לפני יומיים");
        assert_eq!(c.ago(He, at("2026-11-12T17:20:00Z")), "לפני 12 ימים");
        assert_eq!(c.ago(En, at("2026-11-27T00:00:00Z")), "in 3 days");
    }

    #[test]
    fn spans_use_one_or_two_units() {
        assert_eq!(Clock::span(En, 118), "1 h 58 min");
        assert_eq!(Clock::span(He, 118), "שעה ו־58 דקות");
        assert_eq!(Clock::span(He, 120), "שעתיים");
        assert_eq!(Clock::span(En, -180), "3 h");
        assert_eq!(Clock::span(He, 2900), "יומיים");
        assert_eq!(Clock::span(En, 5), "5 min");
    }
}
