//! Home, favourites, and what changed since the last visit, through the eyes of several people.

use chrono::Duration;
use dugri_app::homes::{self, News};
use dugri_app::ledger::{self, Opened};
use dugri_app::pages::{self, Shown};
use dugri_app::{Actor, Error, favourites};
use dugri_core::homes::HomeView;
use dugri_core::{PublicId, Role};
use dugri_store::on_both;
use dugri_store::uses;

use crate::site::Site;

/// Opens a page as a browser does, and lets the batch be written.
fn open(site: &Site, actor: &Actor, id: &PublicId) {
    let read = pages::read(&site.app, actor, id).expect("readable");
    let Shown::Published(publication) = &read.shown else {
        panic!("published")
    };
    ledger::opened(
        &site.app,
        Opened {
            person: actor.person(),
            page: read.page.row.id,
            revision: read.revision.id,
            number: publication.number,
            at: site.app.now(),
        },
    );
    ledger::flush(&site.app).expect("flushed");
}

fn changed(site: &Site, actor: &Actor) -> Vec<String> {
    let home = homes::home(&site.app, actor).expect("a home");
    home.must_know
        .iter()
        .chain(&home.changed)
        .map(|news| match news {
            News::Published(listed, _) | News::Replaced { listed, .. } => listed.line.title.clone(),
        })
        .collect()
}

on_both! {
    fn home_lists_what_others_published_until_it_is_opened(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let price = site.create(&editor, "open", "Price", "6,900").expect("saved");
        site.create(&editor, "open", "Beam", "Eight degrees")
            .expect("saved");
        assert_eq!(changed(&site, &reader), ["Beam", "Price"]);
        assert!(changed(&site, &editor).is_empty(), "own changes are no news");
        assert!(changed(&site, &site.stranger()).is_empty());

        open(&site, &reader, &price.page);
        assert_eq!(changed(&site, &reader), ["Beam"]);
        let again = site
            .save(&editor, &price, price.revision, "6,400")
            .expect("saved");
        assert_eq!(changed(&site, &reader), ["Price", "Beam"], "it changed again");
        site.pass(Duration::seconds(1));
        homes::catch_up(&site.app, &reader).expect("marked");
        assert!(changed(&site, &reader).is_empty());
        assert_eq!(homes::home(&site.app, &reader).expect("a home").latest.len(), 2);
        let opens = store
            .read(|db| uses::count_opened(db, price.revision))
            .expect("read");
        assert_eq!(opens, 1);
        assert!(again.number == Some(2));
    }

    fn the_changed_parts_are_marked_once_and_go_when_told(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let page = site
            .create(&editor, "open", "Price", "It costs 6,900.\n\nWe ship in 12 days.")
            .expect("saved");
        let since = |actor: &Actor| {
            let read = pages::read(&site.app, actor, &page.page).expect("readable");
            homes::since_last_visit(&site.app, actor, &read).expect("looked up")
        };
        assert!(since(&reader).is_none(), "the first visit");
        open(&site, &reader, &page.page);
        assert!(since(&reader).is_none(), "nothing changed");
        let again = site.save(
            &editor,
            &page,
            page.revision,
            "It costs 6,400.\n\nWe ship in 12 days.",
        )
        .expect("saved");
        let marked = since(&reader).expect("changed");
        assert_eq!(marked.number, 1);
        assert_eq!(marked.reasons, [(2, "A reason".to_owned())]);
        assert_eq!(marked.rendered.html.matches("class=\"since\"").count(), 1);
        assert!(
            !marked.rendered.html.contains("6,900"),
            "the old text does not come back"
        );

        open(&site, &reader, &page.page);
        assert!(
            since(&reader).is_some(),
            "still there for who comes back from a link"
        );
        site.pass(Duration::minutes(61));
        assert!(since(&reader).is_none(), "but not on the next visit");

        let third = site.save(
            &editor,
            &page,
            again.revision,
            "It costs 6,100.\n\nWe ship in 12 days.",
        )
        .expect("saved");
        open(&site, &reader, &page.page);
        assert!(since(&reader).is_some());
        homes::seen(&site.app, &reader, &page.page, 3).expect("told");
        assert!(since(&reader).is_none());

        site.save(
            &editor,
            &page,
            third.revision,
            "It costs 6,000.\n\nWe ship in 12 days.",
        )
        .expect("saved");
        homes::seen(&site.app, &reader, &page.page, 3).expect("told");
        assert!(since(&reader).is_some(), "what came after it is marked still");
        homes::seen(&site.app, &reader, &page.page, 4).expect("told");
        open(&site, &reader, &page.page);
        assert!(
            since(&reader).is_none(),
            "told before its opening was written down"
        );
    }

    fn favourites_are_ones_own_and_within_rights(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let page = site.create(&editor, "open", "Price", "6,900").expect("saved");
        for _ in 0..2 {
            favourites::set(&site.app, &reader, &page.page, true).expect("kept");
        }
        let titles = |actor: &Actor| -> Vec<String> {
            let kept = favourites::list(&site.app, actor).expect("listed");
            kept.into_iter().map(|listed| listed.line.title).collect()
        };
        assert_eq!(titles(&reader), ["Price"]);
        assert!(titles(&editor).is_empty());
        let refused = favourites::set(&site.app, &site.stranger(), &page.page, true);
        assert!(matches!(refused, Err(Error::NotFound)));
        favourites::set(&site.app, &reader, &page.page, false).expect("dropped");
        assert!(titles(&reader).is_empty());
    }

    fn the_home_is_that_of_the_role_until_another_is_chosen(store) {
        let site = Site::new(&store);
        let view = |actor: &Actor| homes::home(&site.app, actor).expect("a home").view;
        let (publisher, reader) = (site.with(Role::Publisher), site.with(Role::Reader));
        assert_eq!(
            (view(&publisher), view(&reader)),
            (HomeView::Marketing, HomeView::Sales)
        );
        homes::choose(&site.app, &publisher, HomeView::Sales).expect("chosen");
        homes::choose(&site.app, &publisher, HomeView::Sales).expect("chosen twice");
        assert_eq!(view(&publisher), HomeView::Sales);
    }
}
