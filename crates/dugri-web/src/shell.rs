//! What the chrome around every screen shows, as plain data.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dugri_app::read_only::ReadOnly;
use dugri_app::settings::Company;
use dugri_core::Language;
use maud::{Markup, html};

use crate::dates::{Clock, Zone, time_element};
use crate::reader::{Reader, Theme};
use crate::views::parts::Face;

/// Everything that the chrome needs to know about reader, installation and moment.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The language of the interface.
    pub language: Language,
    /// The theme.
    pub theme: Theme,
    /// Now, and the zone times are shown in.
    pub clock: Clock,
    /// The name of the company that runs this Dugri.
    pub company: Arc<Company>,
    /// Who is signed in.
    pub person: Option<Arc<ShellPerson>>,
    /// The spaces the person may read, with the number of their pages.
    pub spaces: Arc<[ShellSpace]>,
    /// Pages kept at hand, the first of them.
    pub favourites: Arc<[ShellPage]>,
    /// What waits.
    pub counts: Counts,
    /// Path and query of this screen: where the language switch comes back to.
    pub here: String,
    /// What the last action said, shown once.
    pub flash: Option<Flash>,
    /// Why nothing can be saved just now.
    pub read_only: Option<ReadOnly>,
}

/// The signed-in person, as the chrome shows them.
#[derive(Clone, Debug, Default)]
pub struct ShellPerson {
    /// The name in the reader's language, and the photo.
    pub face: Face,
    /// The role title.
    pub title: String,
    /// Site admin.
    pub admin: bool,
    /// May report and see the own reports, nothing else: no search, no spaces.
    pub submit_only: bool,
    /// May write pages somewhere.
    pub writes: bool,
    /// May triage somewhere.
    pub triages: bool,
    /// Keyboard shortcuts are on.
    pub keys: bool,
}

/// A space in the sidebar.
#[derive(Clone, Debug)]
pub struct ShellSpace {
    /// Its address.
    pub slug: String,
    /// Its name in the reader's language.
    pub name: String,
    /// The name of its icon.
    pub icon: String,
    /// How many pages the person may read there.
    pub pages: i64,
}

/// A page in the sidebar.
#[derive(Clone, Debug)]
pub struct ShellPage {
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The name of its icon.
    pub icon: String,
}

/// What waits for the person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Own reports with news.
    pub replies: i64,
    /// Reports that nobody has looked at, in the spaces where the person triages.
    pub triage: i64,
    /// Notices that were not read.
    pub notices: i64,
}

/// One sentence about what was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// The sentence.
    pub text: String,
    /// Whether it tells of something that went wrong.
    pub bad: bool,
    /// A way back or on.
    pub action: Option<FlashAction>,
}

/// What can be done about what was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlashAction {
    /// What the button says.
    pub label: String,
    /// Where it leads: to a screen, or (`/undo` at its end) by a form.
    pub path: String,
}

impl Shell {
    /// The chrome of somebody who is not signed in.
    pub fn bare(reader: Reader, now: DateTime<Utc>, zone: Zone, company: &str) -> Shell {
        Shell {
            language: reader.language,
            theme: reader.theme,
            clock: Clock { now, zone },
            company: Arc::new(Company {
                name: company.to_owned(),
                ..Company::default()
            }),
            person: None,
            spaces: [].into(),
            favourites: [].into(),
            counts: Counts::default(),
            here: "/".to_owned(),
            flash: None,
            read_only: None,
        }
    }

    /// The signed-in person, or one that may do nothing.
    pub fn may(&self) -> &ShellPerson {
        static NOBODY: std::sync::LazyLock<ShellPerson> = std::sync::LazyLock::new(ShellPerson::default);
        self.person.as_deref().unwrap_or(&NOBODY)
    }

    /// `12 Nov`.
    pub fn day(&self, at: DateTime<Utc>) -> String {
        self.clock.day(self.language, at)
    }

    /// `12 days ago`.
    pub fn ago(&self, at: DateTime<Utc>) -> String {
        self.clock.ago(self.language, at)
    }

    /// `today 09:12`.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        self.clock.moment(self.language, at)
    }

    /// A `<time>` for the end of a row: `12 Nov`, `12.11`.
    pub fn time_short(&self, at: DateTime<Utc>) -> Markup {
        time_element(self.clock, at, &self.clock.short(self.language, at))
    }

    /// A `<time>` in words: `12 days ago`.
    pub fn time_ago(&self, at: DateTime<Utc>) -> Markup {
        time_element(self.clock, at, &self.ago(at))
    }

    /// A `<time>` with the hour: `today 09:12`.
    pub fn time_moment(&self, at: DateTime<Utc>) -> Markup {
        html! { (time_element(self.clock, at, &self.moment(at))) }
    }
}

impl From<&Shell> for Language {
    fn from(shell: &Shell) -> Language {
        shell.language
    }
}
