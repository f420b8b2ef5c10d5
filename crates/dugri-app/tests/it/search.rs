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

    fn what_stays_in_the_house_is_found_by_colleagues_only(store) {
        let site = Site::new(&store);
        let body = "The umbrella is sold.\n\n:::internal\n## Margins\nThe parasol costs us 12.\n:::\n";
        site.create(&site.with(Role::Editor), "open", "Prices", body).expect("made");
        site.app.catch_up().expect("caught up");
        let colleague = site.with(Role::Reader);
        let mut outsider = colleague.clone();
        outsider.access = std::sync::Arc::new(dugri_core::Access { outsider: true, ..(*colleague.access).clone() });
        for text in ["umbrella", "parasol", "margins"] {
            assert_eq!(titles(&site, &colleague, text), ["Prices"], "{text}");
        }
        assert_eq!(titles(&site, &outsider, "umbrella"), ["Prices"]);
        for text in ["parasol", "margins", "margn"] {
            assert_eq!(titles(&site, &outsider, text), Vec::<String>::new(), "{text}");
        }
        let question = Question { text: "umbrella".into(), limit: 1, ..Question::default() };
        let shown = search::find(&site.app, &outsider, &question).expect("an answer").answers;
        assert!(!shown[0].snippet.text.contains("parasol"));
    }

    fn what_was_superseded_names_its_successor(store) {
        let site = Site::new(&store);
        let publisher = site.with(Role::Publisher);
        let old = site.create(&publisher, "open", "Umbrella 2025", "Text.\n").expect("made");
        let new = site.create(&publisher, "open", "Umbrella 2026", "Text.\n").expect("made");
        dugri_app::pages::life::supersede(&site.app, &publisher, &old.page, Some(new.page)).expect("superseded");
        site.app.catch_up().expect("caught up");
        let question = Question { text: "umbrella".into(), limit: 9, ..Question::default() };
        let found = search::find(&site.app, &site.with(Role::Reader), &question).expect("an answer").answers;
        let said: Vec<_> = found.iter().map(|a| (a.out_of_date, a.successor.as_ref().map(|s| s.title.as_str()))).collect();
        assert_eq!(said, [(false, None), (true, Some("Umbrella 2026"))]);
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
