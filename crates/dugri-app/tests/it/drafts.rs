//! Drafts: kept under a key, never written over by another tab, gone only with their save or by being given up; and who
//! writes where.

use chrono::Duration;
use dugri_app::drafts::{self, DraftSave, Form, Standing};
use dugri_app::pages::save::{PageEdit, PageText, Saved, save};
use dugri_app::pages::{life, start_edit};
use dugri_app::{Actor, Conflict, Error};
use dugri_core::currency::Badge;
use dugri_core::{Event, Role};
use dugri_store::spaces::Holder;
use dugri_store::{events, on_both, spaces};

use crate::site::Site;

fn form(body: &str) -> Form {
    [("title", "Prices"), ("body", body)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

fn draft(page: Option<&Saved>, key: &str, tab: &str, version: i64, body: &str) -> DraftSave {
    DraftSave {
        key: key.into(),
        page: page.map(|page| page.page.clone()),
        base: page.map(|page| page.revision),
        change: None,
        version,
        tab: tab.into(),
        form: form(body),
    }
}

fn kept_body(site: &Site, actor: &Actor, key: &str) -> String {
    drafts::read(&site.app, actor, key)
        .expect("a draft")
        .field("body")
        .to_owned()
}

/// Takes the role of a person in the open space away.
fn take_role(site: &Site, actor: &Actor) {
    let (space, person, now) = (site.open, actor.person(), site.app.now());
    let taken: Result<_, Error> = site.app.store().write(move |tx| {
        spaces::take_role(tx, space, Holder::Person(person))?;
        tx.record(None, now, Event::SettingChanged { key: "test".into() })?;
        Ok(())
    });
    taken.expect("taken");
}

on_both! {
    fn a_draft_is_its_writers_alone(store) {
        let site = Site::new(&store);
        let (writer, other) = (site.with(Role::Editor), site.with(Role::Manager));
        let made = site.create(&writer, "open", "Prices", "One.\n").expect("made");
        let kept = drafts::save(&site.app, &writer, draft(Some(&made), "k1", "t1", 0, "Two.\n")).expect("kept");
        assert_eq!((kept.version, kept.standing), (1, Standing::Open));
        assert_eq!(kept_body(&site, &writer, "k1"), "Two.\n");
        assert!(matches!(drafts::read(&site.app, &other, "k1"), Err(Error::NotFound)));
        assert!(matches!(drafts::discard(&site.app, &other, "k1"), Err(Error::NotFound)));
        assert_eq!(drafts::list(&site.app, &other).expect("a list").len(), 0);
        assert_eq!(site.text(&writer, &made.page).expect("the page"), "One.\n", "a draft changes no page");
        // The same key of somebody else is another draft.
        drafts::save(&site.app, &other, draft(Some(&made), "k1", "t9", 0, "Mine.\n")).expect("kept");
        assert_eq!(kept_body(&site, &writer, "k1"), "Two.\n");
    }

    fn another_tab_is_not_written_over(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Editor);
        let made = site.create(&writer, "open", "Prices", "One.\n").expect("made");
        let put = |tab: &str, version, text: &str| drafts::save(&site.app, &writer, draft(Some(&made), "k1", tab, version, text));
        assert_eq!(put("t1", 0, "a").expect("kept").version, 1);
        assert_eq!(put("t2", 1, "b").expect("knows the version").version, 2);
        assert!(matches!(put("t1", 1, "c"), Err(Error::Conflict(Conflict::DraftMoved { version: 2, .. }))));
        assert_eq!(kept_body(&site, &writer, "k1"), "b");
        // An answer that was lost on its way: the same tab says it again.
        assert_eq!(put("t2", 1, "b again").expect("its own").version, 3);
        assert_eq!(put("t1", 3, "c").expect("taken over").version, 4);
    }

    fn a_save_takes_its_draft_along_and_no_late_one_comes_back(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Editor);
        let made = site.create(&writer, "open", "Prices", "One.\n").expect("made");
        drafts::save(&site.app, &writer, draft(Some(&made), "k1", "t1", 0, "Two.\n")).expect("kept");
        drafts::save(&site.app, &writer, draft(Some(&made), "k2", "t1", 0, "Another.\n")).expect("kept");
        let text = PageText {
            title: "Prices".into(),
            body: "Two.\n".into(),
            summary: "Why".into(),
            client_id: Some("k1".into()),
            ..PageText::default()
        };
        let edit = PageEdit { text, base: made.revision, change: None, exact_base: false };
        save(&site.app, &writer, &made.page, edit).expect("saved");
        assert!(matches!(drafts::read(&site.app, &writer, "k1"), Err(Error::NotFound)));
        assert_eq!(kept_body(&site, &writer, "k2"), "Another.\n", "a draft of another key stays");
        let late = drafts::save(&site.app, &writer, draft(Some(&made), "k1", "t1", 1, "Two.\n"));
        assert!(matches!(late, Err(Error::Conflict(Conflict::DraftSaved))));
    }

    fn giving_up_can_be_undone_for_a_while(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Editor);
        let made = site.create(&writer, "open", "Prices", "One.\n").expect("made");
        let page = start_edit(&site.app, &writer, &made.page, None).expect("an edit").page.row.id;
        drafts::save(&site.app, &writer, draft(Some(&made), "k1", "t1", 0, "Two.\n")).expect("kept");
        drafts::discard(&site.app, &writer, "k1").expect("given up");
        assert_eq!(drafts::of_page(&site.app, &writer, page).expect("a list").len(), 0, "offered no more");
        // What was on its way when it was given up does not bring it back.
        assert!(matches!(
            drafts::save(&site.app, &writer, draft(Some(&made), "k1", "t1", 1, "Late.\n")),
            Err(Error::Conflict(Conflict::DraftMoved { .. }))
        ));
        drafts::put_back(&site.app, &writer, "k1").expect("put back");
        assert_eq!(drafts::of_page(&site.app, &writer, page).expect("a list").len(), 1);
        assert_eq!(kept_body(&site, &writer, "k1"), "Two.\n");

        drafts::discard(&site.app, &writer, "k1").expect("given up");
        drafts::save(&site.app, &writer, draft(Some(&made), "k2", "t1", 0, "Old and kept.\n")).expect("kept");
        site.pass(Duration::days(drafts::KEPT_DAYS + 1));
        drafts::sweep(&site.app).expect("swept");
        assert!(matches!(drafts::read(&site.app, &writer, "k1"), Err(Error::NotFound)));
        assert_eq!(kept_body(&site, &writer, "k2"), "Old and kept.\n", "age alone takes no draft away");
    }

    fn a_draft_outlives_the_right_and_says_so(store) {
        let site = Site::new(&store);
        let (writer, manager) = (site.with(Role::Editor), site.with(Role::Manager));
        let made = site.create(&writer, "open", "Prices", "One.\n").expect("made");
        let put = |actor: &Actor, key: &str, version| drafts::save(&site.app, actor, draft(Some(&made), key, "t1", version, "Two.\n"));
        put(&writer, "k1", 0).expect("kept");
        life::archive(&site.app, &manager, &made.page, true).expect("archived");
        assert_eq!(put(&writer, "k1", 1).expect("kept").standing, Standing::Archived);
        take_role(&site, &writer);
        let writer = site.with(Role::Editor);
        assert_eq!(put(&writer, "k1", 2).expect("the text is the writer’s").standing, Standing::Gone);
        assert_eq!(kept_body(&site, &writer, "k1"), "Two.\n");
        assert!(drafts::read(&site.app, &writer, "k1").expect("a draft").page.is_none(), "and nothing of the page is told");
        assert!(matches!(put(&writer, "k9", 0), Err(Error::NotFound)), "no new draft begins there");
    }

    fn who_may_not_write_begins_no_draft(store) {
        let site = Site::new(&store);
        let made = site.create(&site.with(Role::Editor), "open", "Prices", "One.\n").expect("made");
        let reader = site.with(Role::Reader);
        assert!(matches!(drafts::save(&site.app, &reader, draft(Some(&made), "k1", "t", 0, "x")), Err(Error::Forbidden)));
        assert!(matches!(drafts::save(&site.app, &reader, draft(None, "k1", "t", 0, "x")), Err(Error::Forbidden)));
        assert!(drafts::save(&site.app, &site.with(Role::Contributor), draft(None, "k1", "t", 0, "x")).is_ok());
        for (key, tab) in [("", "t"), ("a b", "t"), ("k", ""), ("k", "../x")] {
            assert!(matches!(
                drafts::save(&site.app, &site.with(Role::Contributor), draft(None, key, tab, 0, "x")),
                Err(Error::Invalid(_))
            ));
        }
        let large = "x".repeat(drafts::DRAFT_BYTES_MAX + 1);
        assert!(matches!(
            drafts::save(&site.app, &site.with(Role::Contributor), draft(None, "k2", "t", 0, &large)),
            Err(Error::Invalid(_))
        ));
    }

    fn who_writes_is_seen_by_who_may_write_until_silence(store) {
        let site = Site::new(&store);
        let (one, two, reader) = (site.with(Role::Editor), site.with(Role::Manager), site.with(Role::Reader));
        let made = site.create(&one, "open", "Prices", "One.\n").expect("made");
        let beat = |actor: &Actor, tab| drafts::beat(&site.app, actor, &made.page, tab, Some(made.revision)).expect("a beat");
        let names = |presence: &drafts::Presence| presence.others.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
        let first = beat(&one, Some("t1"));
        assert!(first.others.is_empty() && !first.elsewhere && first.moved.is_none());
        assert_eq!(names(&beat(&two, None)), ["A editor"]);
        assert!(names(&beat(&one, Some("t1"))).is_empty(), "who only looks is not seen");
        beat(&two, Some("t2"));
        assert_eq!(names(&beat(&one, Some("t1"))), ["A manager"]);
        assert!(beat(&one, Some("t3")).elsewhere, "two tabs of one person");
        drafts::leave(&site.app, &two, &made.page, "t2").expect("left");
        assert!(beat(&one, Some("t1")).others.is_empty());
        assert!(matches!(drafts::beat(&site.app, &reader, &made.page, None, None), Err(Error::Forbidden)));

        site.save(&two, &made, made.revision, "Two.\n").expect("saved");
        let moved = beat(&one, Some("t1")).moved.expect("the page moved on");
        assert_eq!((moved.author.name.as_str(), moved.number), ("A manager", Some(2)));
        site.pass(Duration::minutes(2));
        assert!(beat(&two, None).others.is_empty(), "silence is leaving");
    }

    fn publishing_counts_as_a_check_where_the_writer_says_so_and_may(store) {
        let site = Site::new(&store);
        let made = site.create(&site.with(Role::Publisher), "open", "Prices", "One.\n").expect("made");
        let edit = |body: &str, base| PageEdit {
            text: PageText { title: "Prices".into(), body: body.into(), summary: "Checked".into(), verify: true, ..PageText::default() },
            base,
            change: None,
            exact_base: false,
        };
        assert!(matches!(
            save(&site.app, &site.with(Role::Editor), &made.page, edit("Two.\n", made.revision)),
            Err(Error::Forbidden)
        ));
        assert_eq!(site.text(&site.with(Role::Reader), &made.page).expect("the page"), "One.\n", "nothing was written");
        let before = site.app.store().read(events::last).expect("an id");
        let saved = save(&site.app, &site.with(Role::Publisher), &made.page, edit("Two.\n", made.revision)).expect("saved");
        assert_eq!(saved.number, Some(2));
        let read = dugri_app::pages::read(&site.app, &site.with(Role::Reader), &made.page).expect("the page");
        assert_eq!(read.verified.expect("verified").0.revision_id, saved.revision);
        assert_eq!(read.badge, Badge::Current);
        let told = site.app.store().read(|db| events::events_after(db, before, 10)).expect("events");
        assert!(told.iter().any(|entry| matches!(entry.event, Event::PageVerified { .. })), "{told:?}");
    }

    fn what_is_written_after_going_back_is_saved_too(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Editor);
        let made = site.create(&writer, "open", "Prices", "One.\n").expect("made");
        let put = |text: &str| {
            let text = PageText {
                title: "Prices".into(),
                body: text.into(),
                summary: "Why".into(),
                client_id: Some("of-the-form".into()),
                ..PageText::default()
            };
            save(&site.app, &writer, &made.page, PageEdit { text, base: made.revision, change: None, exact_base: false })
        };
        assert_eq!(put("Two.\n").expect("saved").number, Some(2));
        let again = put("Two.\n").expect("the same again");
        assert!(again.unchanged && again.number == Some(2));
        // The form of the done save, come again by 'Back', with other words in it.
        assert!(matches!(put("Three.\n"), Err(Error::Conflict(Conflict::Text(_)))), "told, not swallowed");
        assert_eq!(put("One.\n\nMore.\n").err().map(|e| e.to_string()), None, "and merged where it can be");
    }

    fn a_form_gives_each_line_its_end_back(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Editor);
        let made = site.create(&writer, "open", "Prices", "a\r\nb\nc\r\n").expect("made");
        assert_eq!(site.text(&writer, &made.page).expect("the page"), "a\r\nb\nc\r\n", "a program’s bytes are its own");
        let text = PageText {
            title: "Prices".into(),
            body: "a\r\nnew\r\nb!\r\nc\r\n".into(),
            summary: "Why".into(),
            typed: true,
            ..PageText::default()
        };
        save(&site.app, &writer, &made.page, PageEdit { text, base: made.revision, change: None, exact_base: false }).expect("saved");
        let now = site.text(&writer, &made.page).expect("the page");
        assert!(now.starts_with("a\r\n") && now.ends_with("c\r\n") && now.contains("b!\n") && !now.contains("b!\r\n"), "{now:?}");
    }
}
