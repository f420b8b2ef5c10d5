//! The closed list of what can happen. Each is written in the transaction of the change it tells; followers read it.
//!
//! Past tense; what changed, not the new content: a follower looks up the present, so it may run twice or late.
//! The JSON of each kind is kept by a snapshot test: rows that exist must stay readable for ever.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::ids::*;
use crate::time::Time;

/// Something that happened.
#[expect(
    missing_docs,
    reason = "the fields are ids and facts named by the event's own sentence"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Event {
    /// The first admin was made and the installation began.
    SetUp { person: PersonId },
    /// A setting was changed.
    SettingChanged { key: String },
    /// A folder or an archive was imported.
    Imported { pages: i64, revisions: i64, intel: i64 },

    /// A person was added.
    PersonAdded { person: PersonId },
    /// A person's name, title, language or the like was changed.
    PersonChanged { person: PersonId },
    /// A person was made admin or stopped being one.
    AdminChanged { person: PersonId, admin: bool },
    /// A person may no longer, or may again, sign in.
    ActiveChanged { person: PersonId, active: bool },
    /// A group was added.
    GroupAdded { group: GroupId },
    /// A person joined a group.
    MemberAdded { group: GroupId, person: PersonId },
    /// A person left a group.
    MemberRemoved { group: GroupId, person: PersonId },
    /// A role in a space was given, changed or (`role: None`) taken.
    RoleChanged {
        space: SpaceId,
        person: Option<PersonId>,
        group: Option<GroupId>,
        role: Option<Role>,
    },

    /// Somebody signed in.
    SignedIn { person: PersonId, session: SessionId },
    /// A sign-in failed for a known person.
    SignInFailed { person: PersonId },
    /// A session was ended by its person or an admin.
    SessionEnded { person: PersonId, session: SessionId },
    /// A password was set or changed; all other sessions ended.
    PasswordChanged { person: PersonId },
    /// An invitation or reset link was made.
    InvitationMade {
        invitation: InvitationId,
        person: PersonId,
    },
    /// An invitation or reset link was used.
    InvitationUsed {
        invitation: InvitationId,
        person: PersonId,
    },
    /// An API token was made.
    TokenMade { token: TokenId, person: PersonId },
    /// An API token was withdrawn.
    TokenEnded { token: TokenId, person: PersonId },

    /// A space was added.
    SpaceAdded { space: SpaceId },
    /// A space's name, policy or the like was changed.
    SpaceChanged { space: SpaceId },
    /// A kind was added.
    KindAdded { kind: KindId },
    /// A topic was added.
    TopicAdded { topic: TopicId },
    /// A topic's name or aliases were changed.
    TopicChanged { topic: TopicId },
    /// A topic became part of another one.
    TopicMerged { topic: TopicId, into: TopicId },

    /// Search was told of words that mean the same.
    AliasAdded { alias: AliasId },
    /// Such words were changed.
    AliasChanged { alias: AliasId },
    /// Such words mean the same no longer.
    AliasRemoved { alias: AliasId },
    /// Somebody asked marketing for what search did not find.
    GapAsked { gap: GapId },
    /// A gap was decided; with `page`, its words lead there.
    GapClosed { gap: GapId, page: Option<PageId> },
    /// A decision about a gap was taken back; with `page`, its words led there.
    GapReopened { gap: GapId, page: Option<PageId> },

    /// A person keeps a page at hand, or no longer.
    FavouriteChanged {
        person: PersonId,
        page: PageId,
        kept: bool,
    },
    /// A person watches something, or asked not to be told of a page.
    WatchAdded { person: PersonId, watch: WatchId },
    /// A person watches something no longer.
    WatchEnded { person: PersonId, watch: WatchId },
    /// A person chose the other home.
    HomeChosen { person: PersonId },

    /// A page was added.
    PageAdded { page: PageId, space: SpaceId },
    /// A revision was saved; with `change`, it waits for publication.
    RevisionAdded {
        page: PageId,
        revision: RevisionId,
        change: Option<ChangeId>,
    },
    /// A pending change was begun.
    ChangeOpened { page: PageId, change: ChangeId },
    /// A pending change was given up.
    ChangeWithdrawn { page: PageId, change: ChangeId },
    /// A revision became what readers get, from `from_at` on.
    PagePublished {
        page: PageId,
        revision: RevisionId,
        publication: PublicationId,
        number: i64,
        from_at: Time,
        until_at: Option<Time>,
        material: bool,
    },
    /// A revision was verified.
    PageVerified {
        page: PageId,
        revision: RevisionId,
        until: Time,
    },
    /// A page got a successor, or (`None`) lost it.
    PageSuperseded { page: PageId, successor: Option<PageId> },
    /// A page was archived or taken back.
    PageArchived { page: PageId, archived: bool },
    /// A page's owner, audience or kind was changed.
    PageChanged { page: PageId },
    /// The readable part of a page's address was changed without a revision.
    PageRenamed { page: PageId },
    /// A page was moved to another space.
    PageMoved {
        page: PageId,
        from: SpaceId,
        to: SpaceId,
    },
    /// Another page became part of this one.
    PageMerged { page: PageId, merged: PageId },
    /// A section of a page became a page of its own.
    PageSplit { page: PageId, part: PageId },
    /// Something done to a page as a whole was undone.
    PageStepUndone { page: PageId, step: StepId },
    /// Another path leads to a page.
    RedirectMade { page: PageId },
    /// A path leads to a page no more.
    RedirectRemoved { page: PageId },

    /// A file was added.
    FileAdded { file: FileId },
    /// A file was read for its text, or it turned out that it has none.
    FileRead { file: FileId },

    /// A report came in.
    IntelSubmitted { intel: IntelId },
    /// A report was seen.
    IntelAcknowledged { intel: IntelId },
    /// A report was given to somebody, or to nobody.
    IntelAssigned {
        intel: IntelId,
        assignee: Option<PersonId>,
    },
    /// A report was linked to a page.
    IntelLinked { intel: IntelId, page: PageId },
    /// Work on a report began.
    IntelWorkStarted { intel: IntelId },
    /// The reporter was written to, or (by the reporter) wrote back.
    IntelReplied { intel: IntelId },
    /// A note was written among those who triage.
    IntelNoted { intel: IntelId },
    /// A report was closed with an answer.
    IntelAnswered { intel: IntelId },
    /// A report was closed with a reason.
    IntelDeclined { intel: IntelId },
    /// A report became part of another one.
    IntelMerged { intel: IntelId, into: IntelId },
    /// A merge was undone.
    IntelUnmerged { intel: IntelId, from: IntelId },
    /// A published revision cites the report: its outcome.
    IntelPublished {
        intel: IntelId,
        page: PageId,
        revision: RevisionId,
        number: i64,
    },
    /// A report was moved to another space.
    IntelMoved { intel: IntelId, space: SpaceId },
}

/// What an event is about: the kind of thing and its key.
pub type Subject = (&'static str, i64);

impl Event {
    /// What the event is about, for the log's index.
    pub fn subject(&self) -> Subject {
        use Event::*;
        match self {
            SettingChanged { .. } | Imported { .. } => ("site", 0),
            SetUp { person }
            | PersonAdded { person }
            | PersonChanged { person }
            | AdminChanged { person, .. }
            | ActiveChanged { person, .. }
            | SignedIn { person, .. }
            | SignInFailed { person }
            | SessionEnded { person, .. }
            | PasswordChanged { person }
            | InvitationMade { person, .. }
            | InvitationUsed { person, .. }
            | TokenMade { person, .. }
            | TokenEnded { person, .. }
            | FavouriteChanged { person, .. }
            | WatchAdded { person, .. }
            | WatchEnded { person, .. }
            | HomeChosen { person } => ("person", person.0),
            GroupAdded { group } | MemberAdded { group, .. } | MemberRemoved { group, .. } => {
                ("group", group.0)
            }
            RoleChanged { space, .. } | SpaceAdded { space } | SpaceChanged { space } => ("space", space.0),
            KindAdded { kind } => ("kind", kind.0),
            TopicAdded { topic } | TopicChanged { topic } | TopicMerged { topic, .. } => ("topic", topic.0),
            AliasAdded { alias } | AliasChanged { alias } | AliasRemoved { alias } => ("alias", alias.0),
            GapAsked { gap } | GapClosed { gap, .. } | GapReopened { gap, .. } => ("gap", gap.0),
            PageAdded { page, .. }
            | RevisionAdded { page, .. }
            | ChangeOpened { page, .. }
            | ChangeWithdrawn { page, .. }
            | PagePublished { page, .. }
            | PageVerified { page, .. }
            | PageSuperseded { page, .. }
            | PageArchived { page, .. }
            | PageChanged { page }
            | PageRenamed { page }
            | PageMoved { page, .. }
            | PageMerged { page, .. }
            | PageSplit { page, .. }
            | PageStepUndone { page, .. }
            | RedirectMade { page }
            | RedirectRemoved { page } => ("page", page.0),
            FileAdded { file } | FileRead { file } => ("file", file.0),
            IntelSubmitted { intel }
            | IntelAcknowledged { intel }
            | IntelAssigned { intel, .. }
            | IntelLinked { intel, .. }
            | IntelWorkStarted { intel }
            | IntelReplied { intel }
            | IntelNoted { intel }
            | IntelAnswered { intel }
            | IntelDeclined { intel }
            | IntelMerged { intel, .. }
            | IntelUnmerged { intel, .. }
            | IntelPublished { intel, .. }
            | IntelMoved { intel, .. } => ("intel", intel.0),
        }
    }

    /// The event's kind and its data as they stand in the log.
    pub fn to_row(&self) -> (String, String) {
        let mut value = serde_json::to_value(self).expect("events are plain data");
        let kind = value["kind"].as_str().expect("tagged by kind").to_owned();
        (kind, value["data"].take().to_string())
    }

    /// Reads an event from the log.
    ///
    /// # Errors
    /// When the row is of a kind or shape that this version does not know.
    pub fn from_row(kind: &str, data: &str) -> Result<Event, serde_json::Error> {
        let data: serde_json::Value = serde_json::from_str(data)?;
        serde_json::from_value(serde_json::json!({ "kind": kind, "data": data }))
    }

    /// Whether it may happen while the operator keeps Dugri read-only: people come in to read and go out, access can be
    /// taken away, what is there already is made findable, and the switch itself can be turned back.
    pub fn passes_read_only(&self) -> bool {
        use Event::*;
        match self {
            SignedIn { .. }
            | SignInFailed { .. }
            | SessionEnded { .. }
            | TokenEnded { .. }
            | FileRead { .. } => true,
            ActiveChanged { active, .. } => !active,
            SettingChanged { key } => key == crate::READ_ONLY,
            _ => false,
        }
    }

    /// Whether the event changes what people are or may do: caches of sessions and access must be read again.
    pub fn changes_access(&self) -> bool {
        use Event::*;
        matches!(
            self,
            SetUp { .. }
                | PersonAdded { .. }
                | PersonChanged { .. }
                | AdminChanged { .. }
                | ActiveChanged { .. }
                | MemberAdded { .. }
                | MemberRemoved { .. }
                | RoleChanged { .. }
                | SessionEnded { .. }
                | PasswordChanged { .. }
                | TokenEnded { .. }
                | SpaceAdded { .. }
                | SpaceChanged { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_read_back() {
        let events = [
            Event::SetUp { person: PersonId(1) },
            Event::RoleChanged {
                space: SpaceId(2),
                person: None,
                group: Some(GroupId(3)),
                role: Some(Role::Editor),
            },
            Event::PagePublished {
                page: PageId(4),
                revision: RevisionId(5),
                publication: PublicationId(6),
                number: 7,
                from_at: chrono::DateTime::from_timestamp_micros(1_700_000_000_123_456).expect("in range"),
                until_at: None,
                material: true,
            },
        ];
        for event in events {
            let (kind, data) = event.to_row();
            assert_eq!(Event::from_row(&kind, &data).expect("reads back"), event);
        }
    }

    #[test]
    fn read_only_lets_people_in_and_out_and_nothing_be_changed() {
        let (person, page) = (PersonId(1), PageId(2));
        let session = SessionId(3);
        for event in [
            Event::SignedIn { person, session },
            Event::ActiveChanged {
                person,
                active: false,
            },
            Event::SettingChanged {
                key: crate::READ_ONLY.into(),
            },
        ] {
            assert!(event.passes_read_only(), "{event:?}");
        }
        for event in [
            Event::PageChanged { page },
            Event::ActiveChanged { person, active: true },
            Event::SettingChanged {
                key: "company.name".into(),
            },
        ] {
            assert!(!event.passes_read_only(), "{event:?}");
        }
    }

    #[test]
    fn the_json_of_a_row_is_kept() {
        let event = Event::IntelPublished {
            intel: IntelId(236),
            page: PageId(4),
            revision: RevisionId(5),
            number: 7,
        };
        let (kind, data) = event.to_row();
        assert_eq!(
            (kind.as_str(), event.subject()),
            ("intel_published", ("intel", 236))
        );
        insta::assert_snapshot!(data, @r#"{"intel":236,"number":7,"page":4,"revision":5}"#);
    }
}
