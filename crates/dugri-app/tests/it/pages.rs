//! Saving, merging, publishing: what readers get, what editors see, and that nothing is lost.

use dugri_app::pages::life;
use dugri_app::pages::publish::{self, Publish};
use dugri_app::pages::save::{PageEdit, PageStart, PageText, create, save};
use dugri_app::pages::{self, Shown};
use dugri_app::revisions::{self, Entry, Pick};
use dugri_app::{Conflict, Error, links};
use dugri_core::currency::Badge;
use dugri_core::pages::Audience;
use dugri_core::{Event, Role};
use dugri_store::{events, on_both};

use crate::site::Site;

fn publish_as(site: &Site, role: Role, saved: &pages::save::Saved) -> Result<pages::save::Saved, Error> {
    let change = saved.change.expect("a pending change");
    let how = Publish {
        reason: "Checked".into(),
        material: false,
        verify: false,
    };
    publish::publish_change(
        &site.app,
        &site.with(role),
        &saved.page,
        change,
        saved.revision,
        how,
    )
}

on_both! {
    fn a_save_in_an_open_space_publishes(store) {
        let site = Site::new(&store);
        let made = site.create(&site.with(Role::Editor), "open", "Prices", "One.\n").expect("made");
        assert_eq!(made.number, Some(1));
        let saved = site.save(&site.with(Role::Editor), &made, made.revision, "Two.\n").expect("saved");
        assert_eq!(saved.number, Some(2));
        assert_eq!(site.text(&site.with(Role::Reader), &made.page).expect("readable"), "Two.\n");
        let old = pages::read_version(&site.app, &site.with(Role::Reader), &made.page, 1).expect("v1 answers for ever");
        assert_eq!(old.content.body, "One.\n");
        assert!(matches!(old.shown, Shown::Version { .. }));
    }

    fn what_one_may_not_read_does_not_exist(store) {
        let site = Site::new(&store);
        let made = site.create(&site.with(Role::Editor), "open", "Prices", "One.\n").expect("made");
        for actor in [site.stranger(), site.with(Role::SubmitOnly)] {
            assert!(matches!(site.text(&actor, &made.page), Err(Error::NotFound)));
        }
        assert!(site.text(&site.with(Role::Reader), &made.page).is_ok());
    }

    fn readers_get_only_what_is_published(store) {
        let site = Site::new(&store);
        let (reader, writer) = (site.with(Role::Reader), site.with(Role::Contributor));
        let made = site.create(&writer, "reviewed", "Prices", "One.\n").expect("made");
        assert!(made.number.is_none() && made.change.is_some());
        assert!(matches!(site.text(&reader, &made.page), Err(Error::NotFound)));
        assert_eq!(site.text(&writer, &made.page).expect("a contributor sees drafts"), "One.\n");
        assert!(matches!(publish_as(&site, Role::Editor, &made), Err(Error::Forbidden)));
        publish_as(&site, Role::Publisher, &made).expect("published");
        assert_eq!(site.text(&reader, &made.page).expect("published"), "One.\n");

        let pending = site.save(&writer, &made, made.revision, "Two.\n").expect("saved");
        assert!(pending.change.is_some());
        assert_eq!(site.text(&reader, &made.page).expect("still the published one"), "One.\n");
        let change = pending.change.expect("pending");
        assert!(matches!(pages::read_change(&site.app, &reader, &made.page, change), Err(Error::NotFound)));
        assert_eq!(pages::read_change(&site.app, &writer, &made.page, change).expect("seen").content.body, "Two.\n");

        // The next save of the same writer goes on with the change, by its base alone.
        let more = site.save(&writer, &made, pending.revision, "Three.\n").expect("saved");
        assert_eq!(more.change, pending.change);
        assert!(matches!(publish_as(&site, Role::Publisher, &pending), Err(Error::Conflict(Conflict::Stale { .. }))));
        assert_eq!(publish_as(&site, Role::Publisher, &more).expect("published").number, Some(2));
        assert!(matches!(publish_as(&site, Role::Publisher, &more), Err(Error::Conflict(Conflict::State { .. }))));
        assert_eq!(site.text(&reader, &made.page).expect("published"), "Three.\n");
    }

    fn a_stale_save_is_merged_by_block(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let made = site.create(&editor, "open", "Prices", "One.\n\nTwo.\n\nThree.\n").expect("made");
        site.save(&editor, &made, made.revision, "First.\n\nTwo.\n\nThree.\n").expect("saved");
        let publisher = site.with(Role::Publisher);
        let merged = site.save(&publisher, &made, made.revision, "One.\n\nTwo.\n\nThird.\n").expect("merged");
        assert!(merged.merged);
        assert_eq!(site.text(&editor, &made.page).expect("readable"), "First.\n\nTwo.\n\nThird.\n");
    }

    fn a_conflict_gives_all_three_texts_and_writes_nothing(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let made = site.create(&editor, "open", "Prices", "One.\n").expect("made");
        let theirs = site.save(&editor, &made, made.revision, "Theirs.\n").expect("saved");
        let refused = site.save(&site.with(Role::Publisher), &made, made.revision, "Mine.\n");
        let Err(Error::Conflict(Conflict::Text(texts))) = refused else { panic!("{refused:?}") };
        assert_eq!(texts.before.body, "One.\n");
        assert_eq!(texts.theirs.body, "Theirs.\n");
        assert_eq!(texts.mine.body, "Mine.\n");
        assert_eq!(texts.head, theirs.revision);
        assert_eq!(site.text(&editor, &made.page).expect("readable"), "Theirs.\n");
    }

    fn the_same_content_is_never_a_conflict(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let made = site.create(&editor, "open", "Prices", "One.\n").expect("made");
        site.save(&editor, &made, made.revision, "Two.\n").expect("saved");
        let again = site.save(&site.with(Role::Publisher), &made, made.revision, "Two.\n").expect("no conflict");
        assert!(again.unchanged);
        assert_eq!(again.number, Some(2));
    }

    fn a_repeated_request_saves_once(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let made = site.create(&editor, "open", "Prices", "One.\n").expect("made");
        let edit = PageEdit {
            text: PageText {
                title: "Prices".into(),
                body: "Two.\n".into(),
                summary: "Why".into(),
                client_id: Some("7e9f".into()),
                ..PageText::default()
            },
            base: made.revision,
            change: None,
            exact_base: false,
        };
        let first = save(&site.app, &editor, &made.page, edit.clone()).expect("saved");
        let second = save(&site.app, &editor, &made.page, edit).expect("the same answer");
        assert_eq!((first.revision, first.number), (second.revision, second.number));
    }

    fn a_page_begun_twice_is_one_page_and_loses_no_words(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let start = |body: &str| PageStart {
            space: "open".into(),
            kind: "article".into(),
            language: None,
            audience: Audience::Internal,
            text: PageText {
                title: "Prices".into(),
                body: body.into(),
                client_id: Some("b4c8".into()),
                ..PageText::default()
            },
        };
        let made = create(&site.app, &editor, start("One.\n\nTwo.\n")).expect("made");
        let again = create(&site.app, &editor, start("One.\n\nTwo.\n")).expect("the same answer");
        assert_eq!((&again.page, again.revision, again.unchanged), (&made.page, made.revision, true));
        // Somebody wrote the end anew; then the writer goes back in the browser and mends the beginning.
        site.save(&editor, &made, made.revision, "One.\n\nLast.\n").expect("saved");
        let back = create(&site.app, &editor, start("First.\n\nTwo.\n")).expect("saved");
        assert_eq!((&back.page, back.merged), (&made.page, true));
        assert_eq!(site.text(&editor, &made.page).expect("text"), "First.\n\nLast.\n");
    }

    fn two_changes_of_one_page_are_merged_when_published(store) {
        let site = Site::new(&store);
        let (writer, other) = (site.with(Role::Contributor), site.with(Role::Editor));
        let made = site.create(&writer, "reviewed", "Prices", "One.\n\nTwo.\n\nThree.\n").expect("made");
        publish_as(&site, Role::Publisher, &made).expect("published");
        let mine = site.save(&writer, &made, made.revision, "First.\n\nTwo.\n\nThree.\n").expect("saved");
        let theirs = site.save(&other, &made, made.revision, "One.\n\nTwo.\n\nThird.\n").expect("saved");
        assert_ne!(mine.change, theirs.change);
        publish_as(&site, Role::Publisher, &mine).expect("published");
        let done = publish_as(&site, Role::Publisher, &theirs).expect("merged");
        assert!(done.merged);
        assert_eq!(site.text(&site.with(Role::Reader), &made.page).expect("text"), "First.\n\nTwo.\n\nThird.\n");
    }

    fn publishing_a_citing_revision_gives_the_report_its_outcome(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let report = site.report("Vectra gives the gateway for free.");
        let made = site.create(&editor, "open", "Gateway", "It costs. [[intel:1]]\n").expect("made");
        let found = store
            .read(|db| dugri_store::intel::get(db, &site.with(Role::Reader).access, report))
            .expect("a read")
            .expect("own report");
        assert_eq!(found.state, dugri_core::intel::IntelState::Published);
        // A later revision that still cites it does not tell the reporter again.
        site.save(&editor, &made, made.revision, "It costs much. [[intel:1]]\n").expect("saved");
        let told = store
            .read(|db| events::events_after(db, dugri_core::EventId(0), 1000))
            .expect("a read")
            .into_iter()
            .filter(|entry| matches!(entry.event, Event::IntelPublished { .. }))
            .count();
        assert_eq!(told, 1);
    }

    fn links_survive_a_rename_and_wanted_pages_are_found(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        site.create(&editor, "open", "Card", "See [[The price list]].\n").expect("made");
        let wanted = links::wanted(&site.app, &reader).expect("wanted");
        assert_eq!(wanted.iter().map(|wanted| wanted.target.as_str()).collect::<Vec<_>>(), ["The price list"]);

        let list = site.create(&editor, "open", "The price list", "Prices.\n").expect("made");
        assert!(links::wanted(&site.app, &reader).expect("wanted").is_empty());
        let text = PageText { title: "Prices 2027".into(), body: "Prices.\n".into(), minor: true, ..PageText::default() };
        let edit = PageEdit { text, base: list.revision, change: None, exact_base: false };
        let renamed = save(&site.app, &editor, &list.page, edit).expect("renamed");
        assert_eq!(renamed.slug, "prices-2027");
        let back = links::backlinks(&site.app, &reader, &list.page).expect("backlinks");
        assert_eq!(back.iter().map(|listed| listed.line.title.as_str()).collect::<Vec<_>>(), ["Card"]);
        let card = pages::read(&site.app, &reader, &back[0].line.page.public_id).expect("readable");
        assert!(card.rendered.html.contains(&format!("/p/{}/prices-2027", list.page)), "{}", card.rendered.html);
        let orphans = links::orphans(&site.app, &reader).expect("orphans");
        assert_eq!(orphans.iter().map(|listed| listed.line.title.as_str()).collect::<Vec<_>>(), ["Card"]);
    }

    fn a_link_to_what_one_may_not_read_looks_like_a_wanted_page(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Contributor);
        site.create(&writer, "reviewed", "Secret", "Hidden.\n").expect("a draft");
        let made = site.create(&site.with(Role::Editor), "open", "Card", "See [[Secret]] and [[Nothing]].\n").expect("made");
        let html = |actor| pages::read(&site.app, &actor, &made.page).expect("readable").rendered.html;
        let reader = html(site.with(Role::Reader));
        assert_eq!(reader.matches("/new?title=").count(), 2, "{reader}");
        assert_eq!(html(writer).matches("/new?title=").count(), 1);
    }

    fn history_compare_and_restore(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let made = site.create(&editor, "open", "Prices", "It costs 10.\n").expect("made");
        site.save(&editor, &made, made.revision, "It costs 12.\n").expect("saved");
        let compared = revisions::compare(&site.app, &reader, &made.page, Pick::Number(1), Pick::Number(2)).expect("compared");
        assert!(compared.redline.exact && compared.parts.is_empty());
        let first = revisions::history(&site.app, &reader, &made.page).expect("history");
        assert_eq!(first.entries.len(), 2);
        let Entry::Published { revision, .. } = &first.entries[1] else { panic!("a publication") };
        let restored = publish::restore(&site.app, &editor, &made.page, revision.id, "Back to ten").expect("restored");
        assert_eq!(restored.number, Some(3));
        assert_eq!(site.text(&reader, &made.page).expect("text"), "It costs 10.\n");
        assert!(matches!(
            revisions::compare(&site.app, &reader, &made.page, Pick::Number(1), Pick::Revision(restored.revision)),
            Err(Error::NotFound)
        ));
    }

    fn verification_and_the_badge(store) {
        let site = Site::new(&store);
        let (publisher, reader) = (site.with(Role::Publisher), site.with(Role::Reader));
        let made = site.create(&publisher, "open", "Prices", "One.\n").expect("made");
        let badge = || pages::read(&site.app, &reader, &made.page).expect("readable").badge;
        assert_eq!(badge(), Badge::Current);
        site.pass(chrono::Duration::days(91));
        assert_eq!(badge(), Badge::Overdue);
        assert!(matches!(life::verify(&site.app, &site.with(Role::Editor), &made.page, None, ""), Err(Error::Forbidden)));
        life::verify(&site.app, &publisher, &made.page, None, "Against the price list").expect("verified");
        assert_eq!(badge(), Badge::Current);
        site.save(&publisher, &made, made.revision, "Two.\n").expect("saved");
        site.pass(chrono::Duration::days(91));
        assert_eq!(badge(), Badge::Overdue, "editing never renews a verification");
    }

    fn superseded_names_its_successor_and_never_itself(store) {
        let site = Site::new(&store);
        let publisher = site.with(Role::Publisher);
        let old = site.create(&publisher, "open", "Prices 2026", "One.\n").expect("made");
        let new = site.create(&publisher, "open", "Prices 2027", "Two.\n").expect("made");
        life::supersede(&site.app, &publisher, &old.page, Some(new.page.clone())).expect("superseded");
        let read = pages::read(&site.app, &site.with(Role::Reader), &old.page).expect("still readable");
        assert_eq!(read.badge, Badge::Superseded);
        assert_eq!(read.successor.expect("named").page.public_id, new.page);
        for successor in [&old.page, &new.page] {
            let page = if successor == &old.page { &new.page } else { successor };
            assert!(life::supersede(&site.app, &publisher, page, Some(successor.clone())).is_err());
        }
    }

    fn bad_input_names_its_fields(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let made = site.create(&editor, "open", "Prices", "One.\n").expect("made");
        let text = PageText {
            title: " ".into(),
            key_message: "x".repeat(141),
            body: "a\0b".into(),
            topics: vec!["no-such-topic".into()],
            ..PageText::default()
        };
        let edit = PageEdit { text, base: made.revision, change: None, exact_base: false };
        let Err(Error::Invalid(errors)) = save(&site.app, &editor, &made.page, edit) else { panic!("refused") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["title", "key_message", "summary", "body", "topics"]);
    }
}
