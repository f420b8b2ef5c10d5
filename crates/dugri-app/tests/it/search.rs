//! Search follows the log, under the reader's rights, and survives the loss of its index.

use dugri_app::search::{self, Item, Question};
use dugri_app::{Actor, pages};
use dugri_core::Role;
use dugri_store::on_both;

use crate::site::Site;

fn titles(site: &Site, actor: &Actor, text: &str) -> Vec<String> {
    let question = Question {
        text: text.into(),
        limit: 20,
        ..Question::default()
    };
    search::find(&site.app, actor, &question)
        .expect("an answer")
        .answers
        .into_iter()
        .map(|answer| match answer.item {
            Item::Page(listed) => listed.line.title,
            Item::Draft(draft) => format!("draft {}", draft.title),
            Item::Intel(report) => format!("#{}", report.id),
        })
        .collect()
}

on_both! {
    fn what_is_published_is_found_and_what_is_hidden_is_not(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        site.create(&editor, "open", "Gateway price", "The gateway costs 4,200.\n").expect("made");
        site.create(&site.with(Role::Contributor), "reviewed", "Gateway secret", "Hidden.\n").expect("a draft");
        site.report("They give the gateway for free.");
        site.app.catch_up().expect("caught up");
        assert_eq!(titles(&site, &reader, "gateway"), ["Gateway price", "#1"], "the reader reported it");
        assert_eq!(titles(&site, &site.stranger(), "gateway"), Vec::<String>::new());
        let seen = titles(&site, &editor, "gateway");
        assert!(seen.contains(&"draft Gateway secret".to_owned()) && seen.contains(&"#1".to_owned()), "{seen:?}");
    }

    fn a_new_text_replaces_the_old_one(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let made = site.create(&editor, "open", "Prices", "An umbrella.\n").expect("made");
        site.app.catch_up().expect("caught up");
        assert_eq!(titles(&site, &editor, "umbrella"), ["Prices"]);
        site.save(&editor, &made, made.revision, "A parasol.\n").expect("saved");
        site.app.catch_up().expect("caught up");
        assert_eq!(titles(&site, &editor, "umbrella"), Vec::<String>::new());
        assert_eq!(titles(&site, &editor, "parasol"), ["Prices"]);
    }

    fn a_lost_index_is_built_again(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        site.create(&editor, "open", "Prices", "An umbrella.\n").expect("made");
        site.app.catch_up().expect("caught up");
        site.app.index().clear().expect("emptied");
        assert_eq!(titles(&site, &editor, "umbrella"), Vec::<String>::new());
        site.app.catch_up().expect("caught up");
        assert_eq!(titles(&site, &editor, "umbrella"), ["Prices"]);
    }

    fn old_texts_are_stored_as_differences_and_read_back(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let text = |n: usize| format!("{}Version {n}.\n", "A long paragraph that stays the same.\n\n".repeat(50));
        let made = site.create(&editor, "open", "Long", &text(1)).expect("made");
        let mut base = made.revision;
        for n in 2..=40 {
            base = site.save(&editor, &made, base, &text(n)).expect("saved").revision;
            if n % 7 == 0 {
                site.app.catch_up().expect("caught up");
            }
        }
        site.app.catch_up().expect("caught up");
        for n in [1, 2, 13, 39, 40] {
            let read = pages::read_version(&site.app, &editor, &made.page, n).expect("readable");
            assert_eq!(read.content.body, text(n as usize));
        }
    }
}
