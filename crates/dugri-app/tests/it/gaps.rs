//! What is searched for in vain: counted without names, grouped by meaning, decided by those who keep topics; whoever asked is
//! told.

use chrono::Duration;
use dugri_app::gaps::{self, Period, Report};
use dugri_app::pages::publish::{Publish, publish_change};
use dugri_app::search::Question;
use dugri_app::searches::{self, Target};
use dugri_app::{Actor, Error, notices, search};
use dugri_core::Role;
use dugri_core::gaps::GapState;
use dugri_core::searches::SearchSource;
use dugri_store::{on_both, searches as rows};

use crate::site::Site;

fn ask(site: &Site, actor: &Actor, words: &str, source: SearchSource) -> usize {
    let question = Question {
        text: words.to_owned(),
        limit: 20,
        typing: source == SearchSource::Panel,
        ..Question::default()
    };
    searches::find(&site.app, actor, &question, source)
        .expect("answers")
        .total
}

fn report(site: &Site, actor: &Actor) -> Report {
    gaps::report(&site.app, actor, Period::default()).expect("a report")
}

fn told(site: &Site, actor: &Actor) -> Vec<(Option<String>, Option<GapState>)> {
    site.app.catch_up().expect("told");
    let list = notices::list(&site.app, actor).expect("notices");
    let gap = |notice: &notices::Notice| notice.gap.as_ref().map(|(state, _)| *state);
    list.unread
        .iter()
        .map(|notice| (notice.page.as_ref().map(|page| page.title.clone()), gap(notice)))
        .collect()
}

on_both! {
    fn searches_in_vain_are_grouped_by_what_they_mean(store) {
        let site = Site::new(&store);
        let (editor, some, other) = (site.with(Role::Editor), site.with(Role::Reader), site.with(Role::Contributor));
        site.create(&editor, "open", "Beam angle", "Eight degrees.").expect("saved");
        site.app.catch_up().expect("indexed");
        for (actor, words) in [(&some, "torque wrenches"), (&other, "Wrench torque"), (&other, "טורק של מפתח"), (&some, "המפתח טורק")] {
            assert_eq!(ask(&site, actor, words, SearchSource::Page), 0);
            site.pass(Duration::minutes(10));
        }
        // Found, and nothing opened: once says little, twice is a gap.
        ask(&site, &some, "beam", SearchSource::Page);
        site.pass(Duration::minutes(10));
        let seen = report(&site, &editor);
        let words: Vec<(&str, usize, usize)> = seen.open.iter().map(|gap| (gap.words.as_str(), gap.times(), gap.people)).collect();
        assert_eq!(words.len(), 2, "{words:?}");
        assert!(words.iter().all(|(_, times, people)| (*times, *people) == (2, 2)), "{words:?}");
        ask(&site, &other, "the beams", SearchSource::Page);
        site.pass(Duration::minutes(10));
        let seen = report(&site, &editor);
        assert_eq!(seen.open.len(), 3);
        assert_eq!((seen.answers.searches, seen.answers.without_result, seen.answers.without_click), (6, 4, 2));
        assert!(matches!(gaps::report(&site.app, &some, Period::default()), Err(Error::NotFound)));

        // A month later nobody looks for it any more.
        site.pass(Duration::days(31));
        let seen = report(&site, &editor);
        assert!(seen.open.is_empty());
        assert_eq!(seen.answers.searches, 0);
    }

    fn keystrokes_are_one_search_and_the_opened_page_ends_it(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let page = site.create(&editor, "open", "Beam angle", "Eight degrees.").expect("saved");
        site.app.catch_up().expect("indexed");
        for words in ["an", "antena", "antenna"] {
            ask(&site, &reader, words, SearchSource::Panel);
            site.pass(Duration::seconds(2));
        }
        site.pass(Duration::seconds(30));
        for words in ["be", "beam an", "beam angle"] {
            ask(&site, &reader, words, SearchSource::Panel);
            site.pass(Duration::seconds(2));
        }
        let key = search_key(&site, &reader, "beam angle");
        searches::opened(&site.app, reader.person(), Target::Page(key));
        let mine = searches::mine(&site.app, &reader).expect("mine");
        assert_eq!(mine.iter().map(|row| row.words.as_str()).collect::<Vec<_>>(), ["beam angle", "antenna"]);
        assert_eq!((mine[0].opened_ms, mine[0].opened_rank, mine[0].opened_page_id), (Some(6_000), Some(1), Some(key)));
        assert_eq!(mine[0].answer_ms, Some(42_000), "from the box, through what was typed first");
        assert_eq!(searches::mine(&site.app, &editor).expect("mine").len(), 0, "nobody else's");
        assert_eq!(searches::recent(&site.app, &reader).expect("recent"), ["beam angle"]);

        // Who found it in the end shows what was meant.
        let seen = report(&site, &editor);
        assert_eq!(seen.open[0].words, "antenna");
        assert_eq!(seen.open[0].then.as_ref().map(|then| &then.id), Some(&page.page));
        assert_eq!((seen.answers.answered, seen.answers.median_ms), (1, Some(42_000)));
        assert_eq!(seen.answers.steps.iter().sum::<usize>(), 1);

        // Looking on at once says that the page was no answer; and one can take oneself out of the log.
        site.pass(Duration::seconds(20));
        ask(&site, &reader, "something else", SearchSource::Page);
        assert_eq!(report(&site, &editor).answers.answered, 0);
        searches::forget(&site.app, &reader).expect("forgotten");
        assert!(searches::mine(&site.app, &reader).expect("mine").is_empty());
        assert_eq!(report(&site, &editor).answers.searches, 0);
    }

    fn whoever_asked_is_told_what_became_of_it(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let page = site.create(&editor, "open", "Beam angle", "Eight degrees.").expect("saved");
        let ask_for = |words: &str| gaps::ask(&site.app, &reader, words, "a customer asks").expect("asked");
        let gap = ask_for("torque wrench");
        assert_eq!(gap, ask_for("Torque  wrench"), "the same words are the same gap");
        let seen = report(&site, &editor);
        assert_eq!((seen.open.len(), seen.open[0].askers.len()), (1, 1));
        assert_eq!(seen.open[0].askers[0].note, "a customer asks");

        // Declined, with a reason; asking again opens it.
        assert!(matches!(gaps::decline(&site.app, &editor, "torque wrench", " "), Err(Error::Invalid(_))));
        gaps::decline(&site.app, &editor, "torque wrench", "We sell none").expect("declined");
        assert_eq!(told(&site, &reader), [(None, Some(GapState::Declined))]);
        let stands = gaps::asked(&site.app, &reader, "torque wrench").expect("read").expect("asked");
        assert_eq!((stands.state, stands.reason.as_str()), (GapState::Declined, "We sell none"));
        assert_eq!(report(&site, &editor).decided.len(), 1);
        ask_for("torque wrench");
        assert_eq!(report(&site, &editor).open.len(), 1);

        // Led to a page: search finds it by these words, the asker is told which.
        notices::mark_read(&site.app, &reader, None).expect("read");
        gaps::redirect(&site.app, &editor, "torque wrench", "beam angle").expect("decided");
        assert_eq!(told(&site, &reader), [(Some("Beam angle".to_owned()), Some(GapState::Redirect))]);
        assert_eq!(ask(&site, &reader, "torque wrench", SearchSource::Page), 1);
        gaps::take_back(&site.app, &editor, gap).expect("taken back");
        site.app.catch_up().expect("indexed");
        assert_eq!(ask(&site, &reader, "torque wrench", SearchSource::Page), 0);
        assert!(matches!(gaps::take_back(&site.app, &editor, gap), Err(Error::NotFound)), "once");

        // Other words for it.
        notices::mark_read(&site.app, &reader, None).expect("read");
        gaps::alias(&site.app, &editor, "torque wrench", "beam").expect("decided");
        assert_eq!(told(&site, &reader), [(None, Some(GapState::Alias))]);
        assert_eq!(ask(&site, &reader, "torque wrench", SearchSource::Page), 1);

        // Nobody else decides, and what one can't see can't be led to.
        assert!(matches!(gaps::redirect(&site.app, &reader, "x", "beam angle"), Err(Error::NotFound)));
        assert!(matches!(gaps::redirect(&site.app, &editor, "x", "no such page"), Err(Error::Invalid(_))));
        assert!(matches!(gaps::ask(&site.app, &reader, " ?! ", ""), Err(Error::Invalid(_))));
        let _ = page;
    }

    fn a_page_that_answers_is_told_once_it_can_be_read(store) {
        let site = Site::new(&store);
        let (editor, publisher, reader) = (site.with(Role::Editor), site.with(Role::Publisher), site.with(Role::Reader));
        gaps::ask(&site.app, &reader, "torque wrench", "").expect("asked");
        let page = site.create(&editor, "reviewed", "Wrenches", "By torque.").expect("saved");
        gaps::page(&site.app, &editor, "torque wrench", &page.page).expect("begun");
        assert_eq!(told(&site, &reader), [], "nothing to read yet");
        let change = page.change.expect("it waits");
        publish_change(&site.app, &publisher, &page.page, change, page.revision, Publish { reason: "New".into(), ..Publish::default() }).expect("published");
        assert_eq!(told(&site, &reader), [(Some("Wrenches".to_owned()), Some(GapState::Page))]);
    }

    fn an_alias_is_tried_on_what_was_searched_for(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        site.create(&editor, "open", "Beam angle", "Eight degrees.").expect("saved");
        site.app.catch_up().expect("indexed");
        for words in ["spread of the antenna", "Spread of the antenna", "something else"] {
            ask(&site, &reader, words, SearchSource::Page);
            site.pass(Duration::minutes(10));
        }
        searches::flush(&site.app).expect("written");
        let words = ["beam".to_owned(), "spread".to_owned()];
        let tried = dugri_app::aliases::preview(&site.app, &editor, &words).expect("tried");
        let seen: Vec<(&str, usize, usize, usize)> = tried.iter().map(|one| (one.word.as_str(), one.times, one.before, one.after)).collect();
        assert_eq!(seen[..2], [("beam", 0, 1, 1), ("spread", 0, 0, 1)]);
        assert_eq!(seen.len(), 3);
        assert_eq!((seen[2].0.to_lowercase().as_str(), seen[2].1, seen[2].2, seen[2].3), ("spread of the antenna", 2, 0, 1));
    }

    fn a_year_later_only_counts_are_left(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        ask(&site, &reader, "torque wrench", SearchSource::Page);
        site.pass(Duration::minutes(10));
        ask(&site, &editor, "Torque wrench", SearchSource::Page);
        searches::flush(&site.app).expect("written");
        site.pass(Duration::days(200));
        ask(&site, &reader, "torque wrench", SearchSource::Page);
        searches::flush(&site.app).expect("written");
        site.pass(Duration::days(200));
        for _ in 0..2 {
            searches::tend(&site.app).expect("aggregated");
        }
        assert_eq!(searches::mine(&site.app, &reader).expect("mine").len(), 1);
        assert_eq!(searches::mine(&site.app, &editor).expect("mine").len(), 0);
        let months = store.read(rows::months_unfiltered).expect("read");
        assert_eq!(months.iter().map(|month| (month.words.as_str(), month.searches, month.without_result)).collect::<Vec<_>>(), [("torque wrench", 2, 2)]);
    }
}

fn search_key(site: &Site, actor: &Actor, words: &str) -> dugri_core::PageId {
    let question = Question {
        text: words.to_owned(),
        limit: 1,
        ..Question::default()
    };
    let found = search::find(&site.app, actor, &question).expect("answers");
    match &found.answers[0].item {
        search::Item::Page(listed) => listed.line.page.id,
        other => panic!("{other:?}"),
    }
}
