//! What the editor asks: names within the writer's rights, dead links, readers.

use dugri_app::complete;
use dugri_core::Role;
use dugri_store::on_both;

use crate::site::Site;

on_both! {
    fn names_are_completed_within_rights(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Editor);
        site.create(&writer, "open", "Price list", "## First part\n\n## Second part\n").expect("made");
        site.create(&writer, "open", "A list of prices 100%", "x").expect("made");
        site.create(&site.with(Role::Contributor), "reviewed", "Price of secrets", "x").expect("a draft");
        let titles = |typed: &str| -> Vec<String> {
            complete::pages(&site.app, &writer, typed).expect("pages").into_iter().map(|line| line.title).collect()
        };
        assert_eq!(titles("pri"), ["Price list", "A list of prices 100%"], "those that begin with it first; no drafts");
        assert_eq!(titles("PRICE L"), ["Price list"]);
        assert_eq!(titles("100%"), ["A list of prices 100%"]);
        assert!(titles("%").iter().all(|title| title.contains('%')), "a wildcard is a sign like any other");
        assert!(complete::pages(&site.app, &site.stranger(), "pri").expect("pages").is_empty());
        let headings = complete::sections(&site.app, &writer, "price list").expect("headings");
        assert_eq!(headings.iter().map(|h| h.text.as_str()).collect::<Vec<_>>(), ["First part", "Second part"]);
        assert!(complete::sections(&site.app, &site.stranger(), "Price list").expect("headings").is_empty());
    }

    fn people_and_reports_are_completed_within_rights(store) {
        let site = Site::new(&store);
        let id = site.report("Vectra gives the gateway away");
        let numbers = |actor, typed: &str| -> Vec<i64> {
            complete::reports(&site.app, &actor, None, typed).expect("reports").into_iter().map(|r| r.id.0).collect()
        };
        assert_eq!(numbers(site.with(Role::Editor), "gateway"), [id.0]);
        assert_eq!(numbers(site.with(Role::Editor), &format!("#{id}")), [id.0]);
        assert!(numbers(site.with(Role::Editor), "nothing like it").is_empty());
        assert!(numbers(site.with(Role::Contributor), "gateway").is_empty(), "who may not read it does not find it");
        let people = complete::people(&site.app, &site.with(Role::Editor), "a pub").expect("people");
        assert_eq!(people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["A publisher"]);
    }

    fn dead_links_are_those_that_lead_nowhere_for_the_writer(store) {
        let site = Site::new(&store);
        let writer = site.with(Role::Editor);
        site.create(&writer, "open", "Price list", "x").expect("made");
        let text = "[[Price list]] [[price LIST#part|there]] [[Nowhere]] `[[code]]` ![[Nowhere#x]] [[intel:1]]";
        assert_eq!(complete::dead_links(&site.app, &writer, text).expect("links"), ["Nowhere"]);
        assert_eq!(complete::dead_links(&site.app, &site.stranger(), text).expect("links"), ["Price list", "price LIST", "Nowhere"]);
    }

    fn readers_are_counted_by_rights(store) {
        let site = Site::new(&store);
        // One person of each role; who may only report does not read.
        let readers = complete::readers(&site.app, site.open).expect("readers");
        assert_eq!((readers.all, readers.outsiders), (Role::ALL.len() as i64 - 1, 0));
    }
}
