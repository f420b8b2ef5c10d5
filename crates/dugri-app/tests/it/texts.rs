//! What stands in attached files is found on the pages that show them, by who may read those, and nobody waits for it.

use std::sync::Arc;

use dugri_app::files::{FileRow, Upload, add_to_page};
use dugri_app::pages::save::Saved;
use dugri_app::search::{self, Answer, Question};
use dugri_app::{Actor, By, homes, read_only, texts};
use dugri_core::texts::TextState;
use dugri_core::{Access, Role};
use dugri_store::on_both;

use crate::site::Site;

const CARD: &[u8] = include_bytes!("../../../../assets/demo/files/xr-200-kartis-hatkana.pdf");
const DECK: &[u8] = include_bytes!("../../../../assets/demo/files/matzeget-mayim.pptx");

fn find(site: &Site, actor: &Actor, text: &str) -> Vec<Answer> {
    let question = Question {
        text: text.into(),
        limit: 20,
        ..Question::default()
    };
    search::find(&site.app, actor, &question)
        .expect("an answer")
        .answers
}

fn upload(site: &Site, actor: &Actor, page: &Saved, name: &str, bytes: &[u8]) -> FileRow {
    let upload = Upload {
        name: name.into(),
        bytes: bytes.to_vec(),
        client_id: None,
    };
    add_to_page(&site.app, actor, &page.page, upload).expect("added")
}

/// A page of the open space whose text is `body`, in which `FILE` stands for the address of a file of these bytes.
fn page_with(site: &Site, body: &str, name: &str, bytes: &[u8]) -> (Saved, FileRow) {
    let editor = site.with(Role::Editor);
    let made = site
        .create(&editor, "open", "Card", "Nothing yet.\n")
        .expect("made");
    let file = upload(site, &editor, &made, name, bytes);
    let body = body.replace("FILE", &format!("/f/{}", file.public_id));
    site.save(&editor, &made, made.revision, &body).expect("saved");
    (made, file)
}

fn state(site: &Site, file: &FileRow) -> TextState {
    texts::of_files(&site.app, &[file.id]).expect("a state")[&file.id].state
}

on_both! {
    fn a_file_waits_while_nothing_can_be_saved_and_no_try_is_counted(store) {
        let site = Site::new(&store);
        let (_, file) = page_with(&site, "[the card](FILE)\n", "card.pdf", CARD);
        read_only::keep(&site.app, By::Operator, Some("moving house")).expect("kept");
        site.app.catch_up().expect("caught up");
        let waiting = texts::of_files(&site.app, &[file.id]).expect("a state")[&file.id].clone();
        assert_eq!((waiting.state, waiting.tries), (TextState::Waiting, 0));
        read_only::keep(&site.app, By::Operator, None).expect("let be written again");
        site.app.catch_up().expect("caught up");
        assert_eq!(state(&site, &file), TextState::Read);
    }

    fn what_stands_in_a_file_is_found_on_the_page_that_shows_it(store) {
        let site = Site::new(&store);
        let (_, file) = page_with(&site, "Print [the card](FILE) and hang it up.\n", "card.pdf", CARD);
        assert_eq!(state(&site, &file), TextState::Waiting);
        site.app.catch_up().expect("caught up");
        assert_eq!(state(&site, &file), TextState::Read);
        let reader = site.with(Role::Reader);
        for words in ["ממסים", "בלי ממסים", "\"מטלית לחה\"", "ממס"] {
            let found = find(&site, &reader, words);
            assert_eq!(found.len(), 1, "{words}");
            let at = found[0].attachment.as_ref().expect("found in the file");
            assert_eq!((at.name.as_str(), at.page), ("card.pdf", Some(2)), "{words}");
            assert_eq!(at.path, format!("/f/{}", file.public_id));
            assert!(!found[0].snippet.marks.is_empty(), "{words}");
        }
        let by_name = find(&site, &reader, "card.pdf");
        assert_eq!(by_name.len(), 1);
        // What the page says itself is shown from the page.
        assert_eq!(find(&site, &reader, "hang")[0].attachment, None);
        assert!(find(&site, &site.stranger(), "ממסים").is_empty());
    }

    fn slides_are_found_with_their_numbers(store) {
        let site = Site::new(&store);
        page_with(&site, "[deck](FILE)\n", "deck.pptx", DECK);
        site.app.catch_up().expect("caught up");
        let found = find(&site, &site.with(Role::Reader), "חומת אש");
        assert_eq!(found[0].attachment.as_ref().expect("in the deck").page, Some(5));
    }

    fn a_file_in_an_internal_part_is_for_colleagues(store) {
        let site = Site::new(&store);
        page_with(&site, "Open words.\n\n:::internal\n[costs](FILE)\n:::\n", "costs.txt", b"The parasol costs us 12.");
        site.app.catch_up().expect("caught up");
        let colleague = site.with(Role::Reader);
        let outsider = Actor {
            access: Arc::new(Access { outsider: true, ..(*colleague.access).clone() }),
            ..colleague.clone()
        };
        assert_eq!(find(&site, &colleague, "parasol").len(), 1);
        assert_eq!(find(&site, &outsider, "open words").len(), 1);
        for words in ["parasol", "parasl", "costs.txt", "open parasol"] {
            let found = find(&site, &outsider, words);
            assert!(found.iter().all(|answer| answer.attachment.is_none()), "{words}");
            assert_eq!(found.len(), usize::from(words == "open parasol"), "{words}");
        }
    }

    fn a_picture_alone_in_an_internal_part_is_not_named_to_outsiders(store) {
        let site = Site::new(&store);
        page_with(&site, "Open words.\n\n:::internal\n![](FILE)\n:::\n", "umbrella.txt", b"A drawing.");
        site.app.catch_up().expect("caught up");
        let colleague = site.with(Role::Reader);
        let outsider = Actor {
            access: Arc::new(Access { outsider: true, ..(*colleague.access).clone() }),
            ..colleague.clone()
        };
        assert_eq!(find(&site, &colleague, "umbrella").len(), 1);
        assert!(find(&site, &outsider, "umbrella").is_empty());
    }

    fn a_file_that_the_text_shows_no_longer_is_not_found(store) {
        let site = Site::new(&store);
        let (made, _) = page_with(&site, "See [the list](FILE).\n", "list.txt", b"umbrella");
        site.app.catch_up().expect("caught up");
        let editor = site.with(Role::Editor);
        assert_eq!(find(&site, &editor, "umbrella").len(), 1);
        let base = dugri_app::pages::read(&site.app, &editor, &made.page).expect("read").revision.id;
        site.save(&editor, &made, base, "No list.\n").expect("saved");
        site.app.catch_up().expect("caught up");
        assert!(find(&site, &editor, "umbrella").is_empty());
    }

    fn a_lost_index_finds_files_again(store) {
        let site = Site::new(&store);
        page_with(&site, "[list](FILE)\n", "list.txt", b"umbrella");
        site.app.catch_up().expect("caught up");
        site.app.reindex().expect("built again");
        assert_eq!(find(&site, &site.with(Role::Reader), "umbrella").len(), 1);
    }

    fn what_cannot_be_read_is_told_to_who_answers_for_the_page(store) {
        let site = Site::new(&store);
        let (_, file) = page_with(&site, "[sheet](FILE)\n", "sheet.pdf", b"%PDF-1.7 broken");
        let (_, picture) = page_with(&site, "[photo](FILE)\n", "photo.bin", &[0, 159, 146, 150]);
        site.app.catch_up().expect("caught up");
        assert_eq!((state(&site, &file), state(&site, &picture)), (TextState::Damaged, TextState::None));
        let told = |actor: &Actor| {
            let home = homes::home(&site.app, actor).expect("home");
            home.troubles.iter().map(|t| (t.file.name.clone(), t.state)).collect::<Vec<_>>()
        };
        let expected = [("sheet.pdf".to_owned(), TextState::Damaged)];
        assert_eq!(told(&site.with(Role::Publisher)), expected);
        assert_eq!(told(&site.with(Role::Editor)), expected, "who made the page answers for it");
        assert!(told(&site.with(Role::Reader)).is_empty());
    }

    fn a_file_that_ended_the_process_again_and_again_is_let_be(store) {
        let site = Site::new(&store);
        let (_, file) = page_with(&site, "[list](FILE)\n", "list.txt", b"umbrella");
        let id = file.id;
        for _ in 0..3 {
            site.app
                .store()
                .housekeep(dugri_store::Chore::Cursors, move |tx| dugri_store::texts::begin(tx, id))
                .expect("a process that begins, and ends");
        }
        site.app.catch_up().expect("caught up");
        assert_eq!(state(&site, &file), TextState::TooSlow);
        assert!(find(&site, &site.with(Role::Editor), "umbrella").is_empty());
    }
}
