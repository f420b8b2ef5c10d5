//! People and rights on both databases: which roles add up to which access, and what ends when.

use chrono::{DateTime, TimeDelta};
use dugri_core::people::{Email, LinkPurpose, Scope};
use dugri_core::spaces::{GroupKind, Policy};
use dugri_core::{Event, Language, PersonId, Role, SpaceId, Time};

use crate::groups::{self, NewGroup};
use crate::invitations::{self, NewInvitation};
use crate::people::{self, About, NewPerson};
use crate::spaces::{self, Holder, SpaceEdit};
use crate::testing::TestStore;
use crate::tokens::{self, NewToken, Scopes};
use crate::{Db, Error, Tx, on_both, sessions};

fn at(minutes: i64) -> Time {
    DateTime::from_timestamp_micros(1_790_000_000_123_456).expect("in range") + TimeDelta::minutes(minutes)
}

/// Writes; which event stands in the log is not the point here.
fn write<T: Send + 'static>(
    store: &TestStore,
    work: impl FnOnce(&mut Tx) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    store.write(move |tx| {
        let done = work(tx)?;
        tx.record(None, at(0), Event::SettingChanged { key: "test".into() })?;
        Ok(done)
    })
}

fn read<T>(store: &TestStore, work: impl FnOnce(&mut Db) -> Result<T, Error>) -> T {
    store.read(work).expect("read")
}

fn person(store: &TestStore, email: &str) -> PersonId {
    let new = NewPerson {
        email: Email::parse(email).expect("an address"),
        about: About {
            name: email.to_owned(),
            ..About::default()
        },
        language: Language::He,
        admin: false,
        active: true,
    };
    write(store, move |tx| people::add(tx, at(0), &new)).expect("added")
}

fn space(store: &TestStore, slug: &'static str) -> SpaceId {
    let edit = SpaceEdit {
        name: slug.to_owned(),
        name_he: None,
        description: String::new(),
        description_he: None,
        policy: Policy::Reviewed,
        language: Language::En,
        icon: "folder".into(),
    };
    write(store, move |tx| spaces::add(tx, at(0), slug, &edit)).expect("added")
}

on_both! {
    fn an_address_is_one_person_in_any_spelling(store) {
        let noa = person(&store, "Noa@Orion.example");
        let found = read(&store, |db| people::find_unfiltered(db, "noa@orion.example")).expect("found");
        assert_eq!((found.id, found.email.as_str()), (noa, "Noa@Orion.example"));
        assert_eq!((found.language, found.created_at), (Language::He, at(0)));
        let again = NewPerson {
            email: Email::parse("NOA@orion.example").expect("an address"),
            about: About { name: "Noa".into(), ..About::default() },
            language: Language::En,
            admin: false,
            active: true,
        };
        let refused = write(&store, move |tx| people::add(tx, at(0), &again)).expect_err("refused");
        assert!(refused.is_duplicate_of("email_folded"), "{refused}");
    }

    fn the_highest_of_own_and_group_roles_counts(store) {
        let (noa, other) = (person(&store, "noa@x.example"), person(&store, "other@x.example"));
        let (cards, prices) = (space(&store, "cards"), space(&store, "prices"));
        let group = NewGroup { slug: "sales".into(), name: "Sales".into(), name_he: None, kind: GroupKind::Team };
        let group = write(&store, move |tx| groups::add(tx, &group)).expect("added");
        write(&store, move |tx| {
            groups::join(tx, group, noa)?;
            spaces::set_role(tx, cards, Holder::Person(noa), Role::Reader)?;
            spaces::set_role(tx, cards, Holder::Group(group), Role::Editor)?;
            spaces::set_role(tx, prices, Holder::Person(noa), Role::Publisher)?;
            spaces::set_role(tx, prices, Holder::Group(group), Role::SubmitOnly)
        })
        .expect("given");
        let access = read(&store, |db| people::access(db, noa)).expect("active");
        assert_eq!(access.role_in(cards), Some(Role::Editor));
        assert_eq!(access.role_in(prices), Some(Role::Publisher));
        let nothing = read(&store, |db| people::access(db, other)).expect("active");
        assert!(nothing.roles.is_empty());
        let seen = read(&store, |db| spaces::list(db, &access));
        assert_eq!(seen.iter().map(|row| row.id).collect::<Vec<_>>(), [cards, prices]);
        assert!(read(&store, |db| spaces::list(db, &nothing)).is_empty());
        assert!(read(&store, |db| spaces::find(db, &nothing, "cards")).is_none());
        assert!(read(&store, |db| spaces::find(db, &access, "cards")).is_some());

        write(&store, move |tx| groups::leave(tx, group, noa)).expect("left");
        let access = read(&store, |db| people::access(db, noa)).expect("active");
        assert_eq!(access.role_in(cards), Some(Role::Reader));
    }

    fn an_admin_manages_everything_and_an_inactive_person_nothing(store) {
        let noa = person(&store, "noa@x.example");
        let cards = space(&store, "cards");
        write(&store, move |tx| people::set_admin(tx, noa, true)).expect("promoted");
        let access = read(&store, |db| people::access(db, noa)).expect("active");
        assert!(access.admin && access.role_in(cards) == Some(Role::Manager));
        assert_eq!(read(&store, people::count_admins), 1);
        write(&store, move |tx| people::set_active(tx, noa, false)).expect("closed");
        assert_eq!(read(&store, |db| people::access(db, noa)), None);
        assert_eq!(read(&store, people::count_admins), 0);
        assert_eq!(read(&store, |db| people::access(db, PersonId(9_999))), None);
    }

    fn a_role_is_one_row_per_holder(store) {
        let noa = person(&store, "noa@x.example");
        let cards = space(&store, "cards");
        let set = move |role| {
            move |tx: &mut Tx| spaces::set_role(tx, cards, Holder::Person(noa), role)
        };
        assert!(write(&store, set(Role::Reader)).expect("given"));
        assert!(!write(&store, set(Role::Reader)).expect("so already"));
        assert!(write(&store, set(Role::Manager)).expect("changed"));
        let roles = read(&store, |db| spaces::roles_in(db, cards));
        assert_eq!(roles, [(Holder::Person(noa), Role::Manager)]);
        assert!(write(&store, move |tx| spaces::take_role(tx, cards, Holder::Person(noa))).expect("taken"));
        assert!(!write(&store, move |tx| spaces::take_role(tx, cards, Holder::Person(noa))).expect("none"));
    }

    fn the_first_space_is_the_inbox_until_another_is(store) {
        let (first, second) = (space(&store, "first"), space(&store, "second"));
        assert_eq!(read(&store, spaces::inbox), Some(first));
        write(&store, move |tx| spaces::set_inbox(tx, second)).expect("set");
        assert_eq!(read(&store, spaces::inbox), Some(second));
    }

    fn all_sessions_end_but_the_one_that_is_kept(store) {
        let (noa, other) = (person(&store, "noa@x.example"), person(&store, "other@x.example"));
        let begin = |person: PersonId| {
            write(&store, move |tx| sessions::add(tx, at(0), person, at(60), "192.0.2.1", "Firefox")).expect("begun")
        };
        let (kept, ended, others) = (begin(noa), begin(noa), begin(other));
        let gone = write(&store, move |tx| sessions::end_all(tx, at(1), noa, Some(kept))).expect("ended");
        assert_eq!(gone, [ended]);
        let open = read(&store, |db| sessions::list_open(db, noa, at(2)));
        assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [kept]);
        assert!(!write(&store, move |tx| sessions::end(tx, at(2), noa, others)).expect("not one's own"));
        assert_eq!(read(&store, |db| sessions::get(db, others)).expect("there").ended_at, None);
        assert!(read(&store, |db| sessions::list_open(db, noa, at(61))).is_empty(), "it came to its end");
    }

    fn the_last_use_of_a_session_never_goes_back(store) {
        let noa = person(&store, "noa@x.example");
        let session = write(&store, move |tx| sessions::add(tx, at(0), noa, at(60), "", "")).expect("begun");
        for minutes in [5, 3] {
            write(&store, move |tx| sessions::touch(tx, &[(session, at(minutes))])).expect("touched");
        }
        assert_eq!(read(&store, |db| sessions::get(db, session)).expect("there").seen_at, at(5));
        assert_eq!(read(&store, sessions::last_seen_unfiltered).get(&noa), Some(&at(5)));
        assert_eq!(write(&store, move |tx| sessions::sweep(tx, at(60))).expect("swept"), 0);
        assert_eq!(write(&store, move |tx| sessions::sweep(tx, at(61))).expect("swept"), 1);
    }

    fn a_link_is_used_once_and_in_time(store) {
        let noa = person(&store, "noa@x.example");
        let link = |hash: &'static str| {
            let new = NewInvitation {
                person: noa,
                purpose: LinkPurpose::Invitation,
                secret_hash: hash.into(),
                created_by: None,
                expires_at: at(60),
            };
            write(&store, move |tx| invitations::add(tx, at(0), &new)).expect("made")
        };
        let open = |hash: &str, minutes| read(&store, |db| invitations::find_open(db, hash, at(minutes)));
        let _older = link("older");
        assert!(open("older", 1).is_some());
        let newer = link("newer");
        assert!(open("older", 1).is_none(), "the newer one ended it");
        assert!(open("newer", 59).is_some() && open("newer", 60).is_none());
        assert_eq!(read(&store, |db| invitations::invited(db, at(1))), [noa]);
        assert!(write(&store, move |tx| invitations::use_up(tx, at(2), newer)).expect("used"));
        assert!(!write(&store, move |tx| invitations::use_up(tx, at(2), newer)).expect("used up"));
        assert!(open("newer", 3).is_none());
        assert!(read(&store, |db| invitations::invited(db, at(3))).is_empty());
    }

    fn tokens_are_found_by_their_hash_and_ended_by_their_owner(store) {
        let (noa, other) = (person(&store, "noa@x.example"), person(&store, "other@x.example"));
        let new = NewToken {
            person: noa,
            name: "script".into(),
            secret_hash: "hash".into(),
            scopes: Scopes::new([Scope::Intel, Scope::Read]),
            expires_at: None,
        };
        let token = write(&store, move |tx| tokens::add(tx, at(0), &new)).expect("made");
        let row = read(&store, |db| tokens::find(db, "hash")).expect("found");
        assert_eq!((row.person_id, row.scopes.to_string().as_str()), (noa, "read,intel"));
        assert!(!write(&store, move |tx| tokens::end(tx, at(1), other, token)).expect("not theirs"));
        assert!(write(&store, move |tx| tokens::end(tx, at(1), noa, token)).expect("ended"));
        assert!(read(&store, |db| tokens::list_open(db, noa)).is_empty());
        assert_eq!(read(&store, |db| tokens::find(db, "hash")).expect("kept").ended_at, Some(at(1)));
    }

    fn outsiders_see_nobody_but_themselves(store) {
        let (noa, guest) = (person(&store, "noa@x.example"), person(&store, "guest@y.example"));
        let about = About { name: "Guest".into(), outsider: true, ..About::default() };
        write(&store, move |tx| people::set_about(tx, guest, &about)).expect("set");
        let seen = |person| {
            let access = read(&store, |db| people::access(db, person)).expect("active");
            read(&store, |db| people::list(db, &access)).len()
        };
        assert_eq!((seen(noa), seen(guest)), (2, 1));
    }
}
