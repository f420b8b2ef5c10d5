//! The files of a Dugri archive as they are written: `docs/archive.md` explains them to people.
//!
//! Unknown keys are refused: a mistyped key must not silently lose what it says.

use std::collections::BTreeMap;

use dugri_core::homes::HomeView;
use dugri_core::intel::{Certainty, IntelKind, IntelState, MessageKind, Subject};
use dugri_core::pages::Audience;
use dugri_core::spaces::{GroupKind, Policy};
use dugri_core::topics::TopicKind;
use dugri_core::{Language, PublicId, Role, Time};
use serde::Deserialize;

/// `archive.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// The version of the format.
    pub(crate) version: u32,
    /// Whose archive it is.
    pub(crate) company: String,
    /// The moment that the archive shows.
    pub(crate) as_of: Time,
}

/// `groups.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Groups {
    #[serde(default)]
    pub(super) group: Vec<Group>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) name_he: Option<String>,
    pub(super) kind: GroupKind,
}

/// `people.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    #[serde(default)]
    pub(super) person: Vec<Person>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) name_he: Option<String>,
    #[serde(default)]
    pub(super) title: String,
    pub(super) title_he: Option<String>,
    #[serde(default)]
    pub(super) language: Language,
    #[serde(default)]
    pub(super) admin: bool,
    #[serde(default)]
    pub(super) outsider: bool,
    pub(super) organisation: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) expertise: Option<String>,
    #[serde(default = "yes")]
    pub(super) active: bool,
    /// By slug; the first one is the home team.
    #[serde(default)]
    pub(super) groups: Vec<String>,
}

/// `spaces.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spaces {
    #[serde(default)]
    pub(super) space: Vec<Space>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Space {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) name_he: Option<String>,
    pub(super) policy: Policy,
    #[serde(default)]
    pub(super) language: Language,
    #[serde(default = "folder")]
    pub(super) icon: String,
    #[serde(default)]
    pub(super) inbox: bool,
    #[serde(default)]
    pub(super) description: String,
    pub(super) description_he: Option<String>,
    #[serde(default)]
    pub(super) role: Vec<SpaceRole>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpaceRole {
    pub(super) person: Option<String>,
    pub(super) group: Option<String>,
    pub(super) role: Role,
}

/// `topics.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topics {
    #[serde(default)]
    pub(super) topic: Vec<Topic>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    pub(super) slug: String,
    pub(super) kind: TopicKind,
    pub(super) name: String,
    pub(super) name_he: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) external_ids: BTreeMap<String, String>,
}

/// `desks.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desks {
    #[serde(default)]
    pub(super) desk: Vec<Desk>,
}

/// What somebody keeps at hand, watches and has opened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    pub(super) person: String,
    pub(super) home: Option<HomeView>,
    /// When they marked all changes as read.
    pub(super) caught_up: Option<Time>,
    /// Pages kept at hand.
    #[serde(default)]
    pub(super) favourites: Vec<PublicId>,
    #[serde(default)]
    pub(super) opened: Vec<OpenedPage>,
    #[serde(default)]
    pub(super) watch: Vec<Watch>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenedPage {
    pub(super) page: PublicId,
    /// The number of the revision's file.
    pub(super) revision: usize,
    pub(super) at: Time,
}

/// One of these things.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Watch {
    pub(super) page: Option<PublicId>,
    pub(super) topic: Option<String>,
    pub(super) space: Option<String>,
    pub(super) search: Option<String>,
    pub(super) person: Option<String>,
    #[serde(default)]
    pub(super) muted: bool,
}

/// `searches.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Searches {
    #[serde(default)]
    pub(super) search: Vec<Search>,
    #[serde(default)]
    pub(super) asked: Vec<AskedFor>,
}

/// A search of somebody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    pub(super) person: String,
    pub(super) at: Time,
    pub(super) words: String,
    /// How many answers there were.
    #[serde(default)]
    pub(super) hits: i64,
    /// The page that was opened.
    pub(super) opened: Option<PublicId>,
    /// After how many seconds.
    #[serde(default)]
    pub(super) after_s: i64,
    /// How many seconds before it the errand began, with another search.
    #[serde(default)]
    pub(super) before_s: i64,
}

/// What somebody asked marketing for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedFor {
    pub(super) person: String,
    pub(super) at: Time,
    pub(super) words: String,
    #[serde(default)]
    pub(super) note: String,
}

/// `pages/<space>/<slug>/page.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub(super) id: PublicId,
    pub(super) kind: String,
    pub(super) language: Language,
    pub(super) owner: Option<String>,
    pub(super) owner_group: Option<String>,
    #[serde(default = "internal")]
    pub(super) audience: Audience,
    pub(super) created: Time,
    /// The same page in the other language. Kept in the format; Dugri does not join pages yet.
    #[expect(dead_code, reason = "twins are joined by a later version")]
    pub(super) twin: Option<PublicId>,
    pub(super) superseded_by: Option<PublicId>,
    pub(super) superseded_at: Option<Time>,
    #[serde(default)]
    pub(super) archived: bool,
    pub(super) archived_at: Option<Time>,
    #[serde(default)]
    pub(super) views_90d: i64,
    #[serde(default)]
    pub(super) verified: Vec<Verified>,
    #[serde(default)]
    pub(super) files: Vec<File>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verified {
    /// The number of the revision's file.
    pub(super) revision: usize,
    pub(super) by: String,
    pub(super) at: Time,
    pub(super) until: Time,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Where the bytes lie in the archive, and what texts call it.
    pub(super) path: String,
    pub(super) name: String,
    pub(super) by: String,
    pub(super) at: Time,
}

/// The head of `001.md`, `002.md`, …
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Revision {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) at: Time,
    #[serde(default)]
    pub(super) summary: String,
    #[serde(default)]
    pub(super) minor: bool,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    #[serde(default)]
    pub(super) key_message: String,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) cites: Vec<i64>,
    pub(super) publish: Publish,
}

/// Whether a revision was published: by its author at once, by somebody later, or not (yet).
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Publish {
    Flag(bool),
    By(PublishedBy),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PublishedBy {
    pub(super) by: String,
    pub(super) at: Time,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) material: bool,
}

/// `intel.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reports {
    #[serde(default)]
    pub(super) intel: Vec<Report>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    pub(super) number: i64,
    pub(super) reporter: String,
    pub(super) at: Time,
    pub(super) subject: Subject,
    pub(super) certainty: Certainty,
    pub(super) what: String,
    pub(super) kind: Option<IntelKind>,
    #[serde(default)]
    pub(super) channel: String,
    #[serde(default)]
    pub(super) account: String,
    #[serde(default)]
    pub(super) quote: String,
    #[serde(default)]
    pub(super) urgent: bool,
    #[serde(default)]
    pub(super) confidential: bool,
    pub(super) space: String,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    pub(super) page: Option<PublicId>,
    /// The heading that it concerns.
    #[serde(default)]
    pub(super) passage: String,
    pub(super) assignee: Option<String>,
    pub(super) state: IntelState,
    pub(super) acknowledged_at: Option<Time>,
    pub(super) acknowledged_by: Option<String>,
    pub(super) closed_at: Option<Time>,
    pub(super) closed_by: Option<String>,
    #[serde(default)]
    pub(super) outcome: String,
    pub(super) outcome_revision: Option<OutcomeRevision>,
    pub(super) merged_into: Option<i64>,
    #[serde(default)]
    pub(super) message: Vec<Message>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomeRevision {
    pub(super) page: PublicId,
    /// The number of the revision's file.
    pub(super) revision: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    pub(super) author: String,
    pub(super) at: Time,
    pub(super) kind: MessageKind,
    pub(super) text: String,
}

fn yes() -> bool {
    true
}

fn folder() -> String {
    "folder".into()
}

fn internal() -> Audience {
    Audience::Internal
}
