//! Words that mean the same: kept by those who keep topics, taken from a file whole or not at all.

use dugri_app::aliases::{self, Line};
use dugri_app::search::{Question, find};
use dugri_app::{By, Error};
use dugri_core::Role;
use dugri_store::on_both;

use crate::site::Site;

fn words(text: &str) -> Vec<String> {
    text.split(['\n', ',']).map(str::to_owned).collect()
}

fn found(site: &Site, words: &str) -> usize {
    let question = Question {
        text: words.into(),
        limit: 5,
        ..Question::default()
    };
    find(&site.app, &site.with(Role::Reader), &question)
        .expect("answers")
        .total
}

fn code(outcome: Result<impl std::fmt::Debug, Error>) -> &'static str {
    match outcome {
        Err(Error::Invalid(wrong)) => wrong[0].code,
        other => panic!("{other:?}"),
    }
}

on_both! {
    fn a_group_holds_from_the_moment_it_is_kept(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        site.create(&editor, "open", "Anchor", "Holds the mast.\n").expect("saved");
        site.app.catch_up().expect("indexed");
        assert_eq!(found(&site, "עוגן"), 0);
        let tried = aliases::preview(&site.app, &editor, &words("anchor\nעוגן")).expect("tried");
        assert_eq!((tried[1].before, tried[1].after, &tried[1].new[..]), (0, 1, &["Anchor".to_owned()][..]));
        assert_eq!(found(&site, "עוגן"), 0, "a preview keeps nothing");

        let id = aliases::add(&site.app, &editor, &words("anchor\nעוגן")).expect("kept");
        assert_eq!(found(&site, "עוגן"), 1);
        assert_eq!(aliases::add(&site.app, &editor, &words("עוגן, Anchor")).expect("known"), id);
        aliases::change(&site.app, &editor, id, &words("mast, תורן")).expect("changed");
        assert_eq!((found(&site, "עוגן"), found(&site, "תורן")), (0, 1));
        aliases::remove(&site.app, &editor, id).expect("removed");
        assert_eq!(found(&site, "תורן"), 0);
        assert!(matches!(aliases::remove(&site.app, &editor, id), Err(Error::NotFound)));
    }

    fn a_file_is_taken_whole_or_not_at_all(store) {
        let site = Site::new(&store);
        let take = |text: &str| aliases::import(&site.app, By::Operator, text);
        let done = take("# names\nקשב\tKeshev\n\nכנף\tKanaf\r\n").expect("taken");
        assert_eq!(done.iter().map(|(_, became)| *became).collect::<Vec<_>>(), [Line::Added, Line::Added]);
        let done = take("KESHEV\tקשב\nKanaf\tWing\nx\ty\n").expect("taken");
        assert_eq!(done.iter().map(|(_, became)| *became).collect::<Vec<_>>(), [Line::Known, Line::Joined, Line::Added]);
        let before = aliases::list(&site.app).expect("a list");
        assert_eq!(before[1], ["כנף", "Kanaf", "Wing"]);
        take("Smith, Inc\tSmith\n").expect("a comma is part of a name");
        let before = aliases::list(&site.app).expect("a list");
        assert_eq!(before[3], ["Smith, Inc", "Smith"]);

        assert_eq!(code(take("a\tb\nalone\n")), "error-alias-line");
        assert_eq!(code(take(&format!("a\t{}\n", "x".repeat(81)))), "error-alias-line");
        assert_eq!(aliases::list(&site.app).expect("a list"), before, "nothing of it was taken");
        let text: String = before.iter().map(|words| words.join("\t") + "\n").collect();
        let again = take(&text).expect("what list prints, import reads");
        assert!(again.iter().all(|(_, became)| *became == Line::Known));
    }

    fn only_those_who_keep_topics_may(store) {
        let site = Site::new(&store);
        for role in [Role::SubmitOnly, Role::Reader, Role::Contributor] {
            let somebody = site.with(role);
            assert!(matches!(aliases::table(&site.app, &somebody), Err(Error::NotFound)), "{role}");
            assert!(matches!(aliases::add(&site.app, &somebody, &words("a, b")), Err(Error::NotFound)), "{role}");
            assert!(matches!(aliases::preview(&site.app, &somebody, &words("a, b")), Err(Error::NotFound)), "{role}");
            assert!(matches!(aliases::import(&site.app, By::Person(&somebody), "a\tb"), Err(Error::NotFound)), "{role}");
        }
        let editor = site.with(Role::Editor);
        assert_eq!(code(aliases::add(&site.app, &editor, &words("one, ONE"))), "error-alias-one");
        assert_eq!(code(aliases::add(&site.app, &editor, &words(""))), "error-alias-one");
        let many: Vec<String> = (0..61).map(|n| n.to_string()).collect();
        assert_eq!(code(aliases::add(&site.app, &editor, &many)), "error-too-many");
    }
}
