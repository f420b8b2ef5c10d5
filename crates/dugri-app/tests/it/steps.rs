//! Renaming, moving, archiving, merging and splitting pages, on both databases; and undoing each.

use dugri_app::pages::join::{self, Join, JoinText};
use dugri_app::pages::rename::{self, Rename};
use dugri_app::pages::split::{self, Split};
use dugri_app::pages::steps::Stepped;
use dugri_app::pages::{self, life, relocate, save::Saved, touches, undo};
use dugri_app::watching::{self, State as Watched};
use dugri_app::{Actor, App, Error, links, redirects, revisions};
use dugri_core::pages::{State, StepKind};
use dugri_core::watching::WatchKind;
use dugri_core::{PublicId, Role};
use dugri_store::on_both;

use crate::site::Site;

fn renaming(title: &str, slug: &str) -> Rename {
    Rename {
        title: title.into(),
        slug: slug.into(),
        summary: "The field calls it so".into(),
    }
}

fn joining(into: &PublicId, text: JoinText) -> Join {
    Join {
        into: into.to_string(),
        text,
        summary: "Two pages said the same".into(),
        seen: None,
    }
}

fn undo(site: &Site, actor: &Actor, stepped: &Stepped) -> Result<Stepped, Error> {
    let step = stepped.step.expect("something to undo");
    undo::undo(&site.app, actor, &stepped.page, step, "Undone")
}

fn code(result: Result<Stepped, Error>) -> &'static str {
    match result {
        Err(Error::Invalid(errors)) => errors[0].code,
        other => panic!("not refused by a field: {other:?}"),
    }
}

fn title(app: &App, actor: &Actor, id: &PublicId) -> String {
    pages::read(app, actor, id).expect("read").content.title
}

fn backlinks(app: &App, actor: &Actor, id: &PublicId) -> usize {
    links::backlinks(app, actor, id).expect("read").len()
}

/// Takes a role in one space away.
fn only(site: &Site, role: Role, open: bool) -> Actor {
    let mut actor = site.with(role);
    let mut access = (*actor.access).clone();
    access
        .roles
        .remove(if open { &site.reviewed } else { &site.open });
    actor.access = std::sync::Arc::new(access);
    actor
}

on_both! {
    fn a_page_is_renamed_and_links_go_on_leading_to_it(store) {
        let site = Site::new(&store);
        let (app, editor, reader) = (&site.app, site.with(Role::Editor), site.with(Role::Reader));
        let page = site.create(&editor, "open", "Range", "Thirty.\n").expect("begun");
        site.create(&editor, "open", "Sheet", "See [[Range]].\n").expect("begun");
        let plan = rename::plan(app, &editor, &page.page, &renaming("Reach", "")).expect("planned");
        assert_eq!((plan.slug.as_str(), plan.at_once, plan.touches.backlinks.len()), ("reach", true, 1));

        let renamed = rename::rename(app, &editor, &page.page, renaming("Reach", "")).expect("renamed");
        assert_eq!(renamed.slug, "reach");
        assert_eq!(title(app, &reader, &page.page), "Reach");
        assert_eq!(backlinks(app, &reader, &page.page), 1);
        site.create(&editor, "open", "Another", "See [[Range]] and [[Reach]].\n").expect("begun");
        assert_eq!(backlinks(app, &reader, &page.page), 2, "the old name stays known");

        undo(&site, &editor, &renamed).expect("undone");
        let read = pages::read(app, &reader, &page.page).expect("read");
        assert_eq!((read.content.title.as_str(), read.page.row.slug.as_str()), ("Range", "range"));
        assert_eq!(read.page.published.expect("published").number, 3, "undoing is a revision");
        assert_eq!(code(undo(&site, &editor, &renamed)), "error-undo-undone");
        assert_eq!(backlinks(app, &reader, &page.page), 2);
    }

    fn a_rename_that_moved_on_is_not_undone(store) {
        let site = Site::new(&store);
        let (app, editor) = (&site.app, site.with(Role::Editor));
        let page = site.create(&editor, "open", "Range", "Thirty.\n").expect("begun");
        let first = rename::rename(app, &editor, &page.page, renaming("Reach", "how-far")).expect("renamed");
        assert_eq!(first.slug, "how-far");
        let second = rename::rename(app, &editor, &page.page, renaming("Distance", "")).expect("renamed");
        assert_eq!(code(undo(&site, &editor, &first)), "error-undo-moved-on");
        undo(&site, &editor, &second).expect("undone");
        undo(&site, &editor, &first).expect("now nothing contradicts it");
        assert_eq!(title(app, &editor, &page.page), "Range");
        let again = rename::rename(app, &editor, &page.page, renaming("Range", "")).expect("nothing to do");
        assert_eq!(again.step, None);
    }

    fn in_a_reviewed_space_a_new_title_waits(store) {
        let site = Site::new(&store);
        let (app, contributor) = (&site.app, site.with(Role::Contributor));
        let (publisher, reader) = (site.with(Role::Publisher), site.with(Role::Reader));
        let page = site.create(&publisher, "reviewed", "Range", "Thirty.\n").expect("begun");
        publish(&site, &publisher, &page);
        let renamed = rename::rename(app, &contributor, &page.page, renaming("Reach", "")).expect("saved");
        assert!(renamed.change.is_some() && renamed.step.is_none());
        assert_eq!(title(app, &reader, &page.page), "Range");
        assert_eq!(code(rename::rename(app, &contributor, &page.page, renaming("Range", "x"))), "error-rename-slug-right");
        assert_eq!(code(rename::rename(app, &publisher, &page.page, renaming("Reach", "x"))), "error-rename-slug-waits");
        assert!(matches!(rename::rename(app, &reader, &page.page, renaming("X", "")), Err(Error::Forbidden)));
        let slug = rename::rename(app, &publisher, &page.page, renaming("Range", "how-far")).expect("an address is no revision");
        assert_eq!((slug.slug.as_str(), slug.change), ("how-far", None));
        undo(&site, &publisher, &slug).expect("undone");
    }

    fn a_page_is_moved_with_what_belongs_to_it_and_back(store) {
        let site = Site::new(&store);
        let (app, manager) = (&site.app, site.with(Role::Manager));
        let outside = only(&site, Role::Reader, true);
        let page = site.create(&manager, "open", "Range", "Thirty.\n").expect("begun");
        site.create(&manager, "reviewed", "Range", "Another.\n").expect("begun");
        assert_eq!(title(app, &outside, &page.page), "Range");
        let plan = relocate::plan(app, &manager, &page.page, "reviewed").expect("planned");
        assert_eq!(plan.slug, "range-2");
        assert!(plan.new_policy.is_some());
        assert_eq!((plan.touches.gain.count, plan.touches.lose.count), (0, 0), "the cast is in both spaces");

        let moved = relocate::relocate(app, &manager, &page.page, "reviewed").expect("moved");
        assert_eq!(moved.slug, "range-2");
        assert!(matches!(pages::read(app, &outside, &page.page), Err(Error::NotFound)), "who is not there loses sight");
        app.catch_up().expect("followed");
        undo(&site, &manager, &moved).expect("undone");
        let read = pages::read(app, &outside, &page.page).expect("seen again");
        assert_eq!(read.page.row.slug, "range");
    }

    fn a_page_goes_nowhere_where_its_mover_may_not_write(store) {
        let site = Site::new(&store);
        let (app, manager) = (&site.app, site.with(Role::Manager));
        let page = site.create(&manager, "open", "Range", "Thirty.\n").expect("begun");
        assert_eq!(code(relocate::relocate(app, &manager, &page.page, "open")), "error-move-same");
        assert_eq!(code(relocate::relocate(app, &manager, &page.page, "nowhere")), "error-unknown-space");
        let mut reader_there = site.with(Role::Manager);
        let mut access = (*reader_there.access).clone();
        access.roles.insert(site.reviewed, Role::Reader);
        reader_there.access = std::sync::Arc::new(access);
        assert_eq!(code(relocate::relocate(app, &reader_there, &page.page, "reviewed")), "error-move-right");
        let not_there = only(&site, Role::Manager, true);
        assert_eq!(code(relocate::relocate(app, &not_there, &page.page, "reviewed")), "error-unknown-space");
        let publisher = site.with(Role::Publisher);
        assert!(matches!(relocate::relocate(app, &publisher, &page.page, "reviewed"), Err(Error::Forbidden)));
    }

    fn archiving_tells_what_it_touches_and_is_undone(store) {
        let site = Site::new(&store);
        let (app, manager) = (&site.app, site.with(Role::Manager));
        let page = site.create(&manager, "open", "Range", "Thirty.\n").expect("begun");
        site.create(&manager, "open", "Sheet", "See [[Range]].\n").expect("begun");
        redirects::add(app, &manager, &page.page, "/wiki/Range").expect("led");
        for (who, state) in [(Role::Reader, Watched::On), (Role::Editor, Watched::Muted)] {
            watching::set(app, &site.with(who), WatchKind::Page, page.page.as_str(), state).expect("watched");
        }
        let (_, _, touches) = touches::of_archiving(app, &manager, &page.page).expect("told");
        assert_eq!((touches.backlinks.len(), touches.redirects.len(), touches.watchers), (1, 1, 1));
        let step = life::archive(app, &manager, &page.page, true).expect("archived").expect("a step");
        assert_eq!(life::archive(app, &manager, &page.page, true).expect("already"), None);
        undo::undo(app, &manager, &page.page, step, "").expect("undone");
        assert_eq!(pages::read(app, &manager, &page.page).expect("read").page.state(), State::Current);
        assert!(matches!(
            touches::of_archiving(app, &site.with(Role::Publisher), &page.page),
            Err(Error::Forbidden)
        ));
    }

    fn a_page_becomes_part_of_another_with_text_names_and_links(store) {
        let site = Site::new(&store);
        let (app, publisher, reader) = (&site.app, site.with(Role::Publisher), site.with(Role::Reader));
        let old = site.create(&publisher, "open", "Reach", "Thirty.[^1]\n\n[^1]: May.\n").expect("begun");
        let kept = site.create(&publisher, "open", "Range", "Forty.[^1]\n\n[^1]: June.\n").expect("begun");
        site.create(&publisher, "open", "Sheet", &format!("See [[Reach]] and [[{}]].\n", old.page)).expect("begun");
        assert_eq!(backlinks(app, &reader, &old.page), 1);

        let plan = join::plan(app, &publisher, &old.page, "Range").expect("planned by title");
        assert!(plan.may_text && plan.may_publish && plan.touches.backlinks.len() == 1);
        let joined = join::join(app, &publisher, &old.page, Join { seen: Some(plan.seen), ..joining(&kept.page, JoinText::Publish) })
            .expect("merged");
        let text = site.text(&reader, &kept.page).expect("read");
        assert_eq!(text, "Forty.[^1]\n\n[^1]: June.\n\n## Reach\n\nThirty.[^1-2]\n\n[^1-2]: May.\n");
        assert_eq!((backlinks(app, &reader, &old.page), backlinks(app, &reader, &kept.page)), (0, 1), "links follow");
        let read = pages::read(app, &reader, &old.page).expect("the old page is still there");
        assert!(read.merged && read.page.state() == State::Superseded);
        site.create(&publisher, "open", "Later", "See [[Reach]].\n").expect("begun");
        assert_eq!(backlinks(app, &reader, &kept.page), 2, "its name leads there from now on");
        let told = revisions::history(app, &reader, &kept.page).expect("read").entries;
        assert!(told.iter().any(|entry| matches!(entry, revisions::Entry::Stepped(step) if step.row.kind == StepKind::Merged && step.page.title == "Reach")));

        assert_eq!(code(join::join(app, &publisher, &old.page, joining(&kept.page, JoinText::Leave))), "error-merge-already");
        assert_eq!(code(join::join(app, &publisher, &kept.page, joining(&old.page, JoinText::Leave))), "error-merge-circle");
        assert_eq!(code(join::join(app, &publisher, &kept.page, joining(&kept.page, JoinText::Leave))), "error-merge-self");

        undo(&site, &publisher, &joined).expect("undone");
        assert_eq!(site.text(&reader, &kept.page).expect("read"), "Forty.[^1]\n\n[^1]: June.\n");
        let read = pages::read(app, &reader, &old.page).expect("read");
        assert!(!read.merged && read.page.state() == State::Current);
        assert_eq!((backlinks(app, &reader, &old.page), backlinks(app, &reader, &kept.page)), (2, 0));
    }

    fn a_merge_can_wait_and_what_moved_on_is_not_taken_back(store) {
        let site = Site::new(&store);
        let (app, publisher, reader) = (&site.app, site.with(Role::Publisher), site.with(Role::Reader));
        let old = site.create(&publisher, "open", "Reach", "Thirty.\n").expect("begun");
        let kept = site.create(&publisher, "open", "Range", "Forty.\n").expect("begun");
        let joined = join::join(app, &publisher, &old.page, joining(&kept.page, JoinText::Pending)).expect("merged");
        let change = joined.change.expect("the text waits");
        assert_eq!(site.text(&reader, &kept.page).expect("read"), "Forty.\n");
        undo(&site, &publisher, &joined).expect("undone");
        assert!(matches!(pages::read_change(app, &publisher, &kept.page, change), Ok(read) if !matches!(&read.shown, pages::Shown::Change { change, .. } if change.state == dugri_core::pages::ChangeState::Open)));

        let joined = join::join(app, &publisher, &old.page, joining(&kept.page, JoinText::Publish)).expect("merged");
        let head = pages::start_edit(app, &publisher, &kept.page, None).expect("begun").base;
        site.save(&publisher, &kept, head, "Forty-five.\n").expect("saved");
        assert_eq!(code(undo(&site, &publisher, &joined)), "error-undo-moved-on");
    }

    fn nobody_merges_into_what_is_not_there_for_readers(store) {
        let site = Site::new(&store);
        let (app, publisher, editor) = (&site.app, site.with(Role::Publisher), site.with(Role::Editor));
        let old = site.create(&publisher, "open", "Reach", "Thirty.\n").expect("begun");
        let draft = site.create(&publisher, "reviewed", "Draft", "Not yet.\n").expect("begun");
        assert_eq!(code(join::join(app, &publisher, &old.page, joining(&draft.page, JoinText::Leave))), "error-merge-draft");
        assert_eq!(code(join::join(app, &publisher, &old.page, Join { into: "no such page".into(), ..joining(&draft.page, JoinText::Leave) })), "error-unknown-page");
        let hidden = only(&site, Role::Publisher, true);
        assert_eq!(code(join::join(app, &hidden, &old.page, joining(&draft.page, JoinText::Leave))), "error-unknown-page");
        assert!(matches!(join::join(app, &editor, &old.page, joining(&draft.page, JoinText::Leave)), Err(Error::Forbidden)));
    }

    fn a_section_becomes_a_page_and_comes_back(store) {
        let site = Site::new(&store);
        let (app, editor, reader) = (&site.app, site.with(Role::Editor), site.with(Role::Reader));
        let body = "Before.\n\n## Rain\n\nTwenty.\n\n## Price\n\nTen.\n";
        let page = site.create(&editor, "open", "Range", body).expect("begun");
        let plan = split::plan(app, &editor, &page.page, Some("h-rain")).expect("planned");
        assert_eq!(plan.part.as_deref(), Some("Twenty.\n\n"));
        let asked = Split {
            section: "h-rain".into(),
            title: "Range in rain".into(),
            summary: "Long enough".into(),
            seen: Some(plan.seen),
        };
        let done = split::split(app, &editor, &page.page, asked.clone()).expect("split");
        let part = done.other.clone().expect("a new page");
        assert_eq!(site.text(&reader, &page.page).expect("read"), "Before.\n\n## Rain\n\n[[Range in rain]]\n\n## Price\n\nTen.\n");
        assert_eq!(site.text(&reader, &part.id).expect("read"), "Twenty.\n\n");
        assert_eq!(backlinks(app, &reader, &part.id), 1);
        let told = revisions::history(app, &reader, &part.id).expect("read").entries;
        assert!(told.iter().any(|entry| matches!(entry, revisions::Entry::Stepped(step) if step.page.title == "Range")), "it says where it came from");

        assert!(matches!(split::split(app, &editor, &page.page, asked.clone()), Err(Error::Conflict(_))), "what was seen has changed");
        let unseen = Split { seen: None, ..asked };
        assert_eq!(code(split::split(app, &editor, &page.page, unseen.clone())), "error-split-taken");
        assert_eq!(code(split::split(app, &editor, &page.page, Split { title: "a [[b]]".into(), ..unseen.clone() })), "error-split-title");
        assert_eq!(code(split::split(app, &editor, &page.page, Split { title: "New".into(), section: "h-none".into(), ..unseen })), "error-split-section");

        undo(&site, &editor, &done).expect("undone");
        assert_eq!(site.text(&reader, &page.page).expect("read"), body);
        assert_eq!(pages::read(app, &reader, &part.id).expect("kept for ever").page.state(), State::Archived);
    }

    fn foreign_paths_lead_to_pages_and_never_in_circles(store) {
        let site = Site::new(&store);
        let (app, manager) = (&site.app, site.with(Role::Manager));
        let page = site.create(&manager, "open", "Range", "Thirty.\n").expect("begun");
        let other = site.create(&manager, "open", "Other", "x\n").expect("begun");
        redirects::add(app, &manager, &page.page, "https://old.example/wiki/Range/").expect("led");
        let target = |actor: &Actor, path: &str| redirects::target(app, actor, path).expect("read").map(|found| found.public_id);
        assert_eq!(target(&manager, "/wiki/Range"), Some(page.page.clone()));
        assert_eq!(target(&manager, "/wiki/Range?action=edit"), Some(page.page.clone()));
        assert_eq!(target(&site.stranger(), "/wiki/Range"), None);
        let refused = |path: &str, id: &PublicId| match redirects::add(app, &manager, id, path) {
            Err(Error::Invalid(errors)) => errors[0].code,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused("/p/cbg2bv9j", &page.page), "error-redirect-own");
        assert_eq!(refused("wiki", &page.page), "error-redirect-path");
        assert_eq!(refused("/wiki/Range", &other.page), "error-redirect-taken");
        assert!(matches!(redirects::add(app, &site.with(Role::Publisher), &page.page, "/x"), Err(Error::Forbidden)));
        redirects::remove(app, &manager, &page.page, "/wiki/Range").expect("gone");
        assert_eq!(target(&manager, "/wiki/Range"), None);
    }
}

fn publish(site: &Site, publisher: &Actor, page: &Saved) {
    let how = pages::publish::Publish {
        reason: "First".into(),
        material: false,
        verify: false,
    };
    let change = page.change.expect("it waits");
    pages::publish::publish_change(&site.app, publisher, &page.page, change, page.revision, how)
        .expect("published");
}
