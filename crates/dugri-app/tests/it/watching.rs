//! Watching and notices: who is told what and why, who is not, and once.

use chrono::Duration;
use dugri_app::notices::{self, Notice};
use dugri_app::watching::{self, State};
use dugri_app::{Actor, Error, feeds, topics};
use dugri_core::watching::{NoticeKind, Reason, WatchKind};
use dugri_core::{Event, Role};
use dugri_store::on_both;

use crate::site::Site;

fn unread(site: &Site, actor: &Actor) -> Vec<Notice> {
    site.app.catch_up().expect("the followers run");
    notices::list(&site.app, actor).expect("listed").unread
}

fn told(site: &Site, actor: &Actor) -> Vec<(NoticeKind, Reason, i64)> {
    unread(site, actor)
        .iter()
        .map(|notice| (notice.row.kind, notice.row.reason, notice.row.events))
        .collect()
}

on_both! {
    fn a_watched_page_tells_once_with_its_reason_and_groups(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let mut page = site.create(&editor, "open", "Price", "6,900").expect("saved");
        site.app.catch_up().expect("caught up");
        let id = page.page.to_string();
        watching::set(&site.app, &reader, WatchKind::Page, &id, State::On).expect("watched");
        watching::set(&site.app, &editor, WatchKind::Page, &id, State::On).expect("watched");
        page = site.save(&editor, &page, page.revision, "6,400").expect("saved");
        assert_eq!(told(&site, &reader), [(NoticeKind::Published, Reason::Page, 1)]);
        assert_eq!(told(&site, &reader).len(), 1, "running again tells nothing twice");
        assert!(told(&site, &editor).is_empty(), "own changes never");

        page = site.save(&editor, &page, page.revision, "6,100").expect("saved");
        assert_eq!(
            told(&site, &reader),
            [(NoticeKind::Published, Reason::Page, 2)],
            "one of both"
        );
        notices::mark_read(&site.app, &reader, None).expect("read");
        assert!(told(&site, &reader).is_empty());

        page = site.save(&editor, &page, page.revision, "5,900").expect("saved");
        let notice = unread(&site, &reader).remove(0);
        notices::mute(&site.app, &reader, notice.row.id).expect("muted");
        site.save(&editor, &page, page.revision, "5,800").expect("saved");
        assert!(told(&site, &reader).is_empty(), "muted");
    }

    fn topics_spaces_searches_and_people_are_watched_and_rights_decide(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let stranger = site.stranger();
        watching::set(&site.app, &reader, WatchKind::Space, "open", State::On).expect("watched");
        let contributor = site.with(Role::Contributor);
        watching::set(
            &site.app,
            &contributor,
            WatchKind::Search,
            " 6,900  price ",
            State::On,
        )
        .expect("watched");
        let publisher = site.with(Role::Publisher);
        let key = editor.person().to_string();
        watching::set(&site.app, &publisher, WatchKind::Person, &key, State::On).expect("watched");
        for (kind, what) in [
            (WatchKind::Space, "open"),
            (WatchKind::Space, "none"),
            (WatchKind::Page, "zzzzzzzz"),
        ] {
            let refused = watching::set(&site.app, &stranger, kind, what, State::On);
            assert!(matches!(refused, Err(Error::NotFound)), "{what}");
        }
        let muted = watching::set(&site.app, &reader, WatchKind::Space, "open", State::Muted);
        assert!(matches!(muted, Err(Error::Invalid(_))), "only pages are muted");

        site.create(&editor, "open", "Price", "It costs 6,900")
            .expect("saved");
        assert_eq!(told(&site, &reader), [(NoticeKind::Published, Reason::Space, 1)]);
        assert_eq!(
            told(&site, &contributor),
            [(NoticeKind::Published, Reason::Search, 1)]
        );
        assert_eq!(
            told(&site, &publisher),
            [(NoticeKind::Published, Reason::Person, 1)]
        );
        assert!(told(&site, &stranger).is_empty());

        // What was made stays hidden from who may not read any more.
        let mut blind = reader.clone();
        let mut access = (*blind.access).clone();
        access.roles.clear();
        blind.access = std::sync::Arc::new(access);
        assert!(told(&site, &blind).is_empty());
    }

    fn reporters_and_assignees_are_told_and_nobody_learns_who_reported(store) {
        let site = Site::new(&store);
        let (editor, reader, publisher) = (
            site.with(Role::Editor),
            site.with(Role::Reader),
            site.with(Role::Publisher),
        );
        let number = site.report("Vectra gives the gateway away");
        dugri_app::intel::assign(&site.app, &editor, number, Some(publisher.person())).expect("assigned");
        assert_eq!(
            told(&site, &publisher),
            [(NoticeKind::Assigned, Reason::Assignee, 1)]
        );
        dugri_app::intel::answer(&site.app, &editor, number, "Known, see the battlecard.").expect("answered");
        let news = unread(&site, &reader);
        assert_eq!(news.len(), 1);
        assert_eq!(news[0].row.kind, NoticeKind::Outcome);
        assert!(news[0].report.as_ref().is_some_and(|report| report.own));
    }

    fn an_owner_is_told_of_a_check_once(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let page = site.create(&editor, "open", "Price", "6,900").expect("saved");
        notices::tend(&site.app).expect("tended");
        let before = unread(&site, &editor).len();
        site.pass(Duration::days(3 * 366));
        for _ in 0..2 {
            notices::tend(&site.app).expect("tended");
        }
        let news = told(&site, &editor);
        let reviewed = dugri_app::pages::read(&site.app, &editor, &page.page)
            .expect("readable")
            .next_check
            .is_some();
        assert_eq!(before, 0);
        if reviewed {
            assert_eq!(news, [(NoticeKind::Overdue, Reason::Owner, 1)]);
        } else {
            assert!(news.is_empty());
        }
    }

    fn old_events_are_no_news(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        watching::set(&site.app, &reader, WatchKind::Space, "open", State::On).expect("watched");
        site.create(&editor, "open", "Price", "6,900").expect("saved");
        site.pass(Duration::days(20));
        assert!(told(&site, &reader).is_empty());
    }

    fn topics_are_kept_merged_and_found_in_texts(store) {
        let site = Site::new(&store);
        let (editor, reader, manager) = (
            site.with(Role::Editor),
            site.with(Role::Reader),
            site.with(Role::Manager),
        );
        let input = topics::TopicInput {
            kind: "competitor".into(),
            name: "Nordlev".into(),
            aliases: "N2\nנורדלב".into(),
            external: "crm = 0015/x".into(),
            ..Default::default()
        };
        assert!(matches!(
            topics::add(&site.app, &reader, &input),
            Err(Error::Forbidden)
        ));
        let slug = topics::add(&site.app, &editor, &input).expect("added");
        let twice = topics::add(&site.app, &editor, &input);
        assert!(
            matches!(twice, Err(Error::Invalid(_))),
            "one name means one thing"
        );

        let by = dugri_app::By::Operator;
        topics::set_address_patterns(&site.app, by, "crm = https://crm.example/a/{id}").expect("set");
        let bad = topics::set_address_patterns(&site.app, by, "crm = javascript:alert({id})");
        assert!(matches!(bad, Err(Error::Invalid(_))));
        let home = topics::home(&site.app, &reader, &slug).expect("a home");
        assert_eq!(
            home.external[0].href.as_deref(),
            Some("https://crm.example/a/0015%2Fx")
        );
        assert_eq!(home.aliases, ["N2", "נורדלב"]);

        let found = |text: &str| -> Vec<String> {
            let found = topics::suggest(&site.app, &reader, text, &[]).expect("looked");
            found.into_iter().map(|topic| topic.slug).collect()
        };
        assert_eq!(found("מה עונים לנורדלב?"), std::slice::from_ref(&slug));
        assert!(found("nothing of the kind").is_empty());

        let page = site
            .create(&editor, "open", "Rival", "About Nordlev")
            .expect("saved");
        topics::give(&site.app, &editor, &page.page, &slug, "Topic added").expect("given");
        watching::set(&site.app, &reader, WatchKind::Topic, &slug, State::On).expect("watched");
        let other = topics::TopicInput {
            kind: "competitor".into(),
            name: "Nordlev Group".into(),
            ..Default::default()
        };
        let whole = topics::add(&site.app, &editor, &other).expect("added");
        assert!(matches!(
            topics::merge(&site.app, &editor, &slug, &whole),
            Err(Error::Forbidden)
        ));
        topics::merge(&site.app, &manager, &slug, &whole).expect("merged");
        let home = topics::home(&site.app, &reader, &slug).expect("leads on");
        assert_eq!(home.topic.slug, whole);
        assert_eq!(home.kinds.len(), 1, "its page is here");
        assert!(home.aliases.contains(&"Nordlev".to_owned()));
        assert_eq!(watching::list(&site.app, &reader).expect("listed")[0].what, whole);
        let feed = feeds::feed(&site.app, &reader, &feeds::Source::Watched).expect("a feed");
        assert_eq!(feed.entries.len(), 1, "who watches the whole follows pages of the part");
        let mut events = site
            .app
            .store()
            .read(|db| dugri_store::events::events_after(db, dugri_core::EventId(0), 1_000));
        let merged = events
            .as_mut()
            .expect("read")
            .iter()
            .any(|entry| matches!(entry.event, Event::TopicMerged { .. }));
        assert!(merged);
    }

    fn a_feed_is_what_its_person_may_read_now(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        site.create(&editor, "open", "Price", "6,900").expect("saved");
        site.app.catch_up().expect("caught up");
        let secret = feeds::make(&site.app, &reader, "Changes").expect("made");
        let viewer = feeds::reader(&site.app, secret.reveal())
            .expect("looked up")
            .expect("known");
        let titles = |actor: &Actor, list: &str| -> Result<Vec<String>, Error> {
            let feed = feeds::feed(&site.app, actor, &list.parse()?)?;
            Ok(feed.entries.into_iter().map(|entry| entry.title).collect())
        };
        for list in ["changes", "space:open", "search:6,900"] {
            assert_eq!(
                titles(&viewer.actor(), list).expect("a feed"),
                ["Price"],
                "{list}"
            );
        }
        for list in ["space:none", "topic:none", "nothing", "triage", "space:"] {
            assert!(
                matches!(titles(&viewer.actor(), list), Err(Error::NotFound)),
                "{list}"
            );
        }
        assert!(titles(&site.stranger(), "space:open").is_err());
        for at in 0..40 {
            site.create(&editor, "open", &format!("Beam {at}"), "Eight degrees").expect("saved");
        }
        site.pass(Duration::seconds(1));
        site.create(&editor, "open", "Yield", "Per hour").expect("saved");
        let newest = titles(&reader, "space:open").expect("a feed");
        assert_eq!((newest[0].as_str(), newest.len()), ("Yield", 40), "the newest of many");
        let tokens = feeds::list(&site.app, &reader).expect("listed");
        dugri_app::tokens::end(&site.app, &reader, tokens[0].id).expect("withdrawn");
        assert!(
            feeds::reader(&site.app, secret.reveal())
                .expect("looked up")
                .is_none()
        );
    }
}
