//! The field's reports: in, answered, merged, published; and who sees what of them.

use std::sync::Arc;

use chrono::Duration;
use dugri_app::files::Upload;
use dugri_app::intel::{self, Column, MineFilter, QueueFilter, Submission, Submitted};
use dugri_app::pages::save::{PageEdit, PageText, Saved, save};
use dugri_app::{Actor, Conflict, Error};
use dugri_core::intel::{IntelState, MessageKind};
use dugri_core::{IntelId, Role};
use dugri_store::on_both;
use dugri_text::diff::RedlinePart;

use crate::site::Site;

fn submission(what: &str) -> Submission {
    Submission {
        what: what.into(),
        subject: "competitor".into(),
        certainty: "heard".into(),
        ..Submission::default()
    }
}

fn send(site: &Site, actor: &Actor, what: &str) -> IntelId {
    site.pass(Duration::seconds(1));
    intel::submit(&site.app, actor, submission(what))
        .expect("a report is taken")
        .id
}

/// An edit of a page's body that cites reports.
fn cite(site: &Site, actor: &Actor, page: &Saved, body: &str, cites: Vec<IntelId>) -> Saved {
    site.pass(Duration::seconds(1));
    let start = dugri_app::pages::start_edit(&site.app, actor, &page.page, None).expect("an edit begins");
    let edit = PageEdit {
        text: PageText {
            title: start.content.title,
            body: body.into(),
            summary: "Price of the gateway".into(),
            cites,
            ..PageText::default()
        },
        base: start.base,
        change: None,
        exact_base: false,
    };
    save(&site.app, actor, &page.page, edit).expect("saved")
}

fn state_of(site: &Site, actor: &Actor, id: IntelId) -> IntelState {
    intel::detail(&site.app, actor, id)
        .expect("readable")
        .card
        .report
        .state
}

/// The state that a refused step names.
fn refused(step: Result<(), Error>) -> String {
    match step {
        Err(Error::Conflict(Conflict::State { state })) => state,
        other => panic!("not refused: {other:?}"),
    }
}

/// Somebody with this role in the open space only.
fn only_in_open(site: &Site, role: Role) -> Actor {
    let mut actor = site.with(role);
    let mut access = (*actor.access).clone();
    access.roles.retain(|space, _| *space == site.open);
    actor.access = Arc::new(access);
    actor
}

on_both! {
    fn a_repeat_is_harmless(store) {
        let site = Site::new(&store);
        let field = site.with(Role::SubmitOnly);
        let sent = |what: &str| {
            let submission = Submission {
                client_id: Some("6F9619FF-8B86-D011-B42D-00CF4FC964FF".into()),
                ..submission(what)
            };
            intel::submit(&site.app, &field, submission).expect("taken")
        };
        let first = sent("Vectra gave the gateway for free.");
        assert_eq!(sent("Vectra gave the gateway for free."), Submitted { id: first.id, repeat: true });
        assert_eq!(intel::mine(&site.app, &field, MineFilter::All, None).expect("mine").totals.all, 1);

        // The same id from another phone is another report.
        let other = Submission {
            client_id: Some("6f9619ff-8b86-d011-b42d-00cf4fc964ff".into()),
            ..submission("Something else")
        };
        let other = intel::submit(&site.app, &site.with(Role::Reader), other).expect("taken");
        assert_eq!((other.id.0, other.repeat), (first.id.0 + 1, false));
    }

    fn three_things_are_needed(store) {
        let site = Site::new(&store);
        let Err(Error::Invalid(fields)) = intel::submit(&site.app, &site.with(Role::Reader), Submission::default())
        else { panic!("not refused") };
        let fields: Vec<_> = fields.iter().map(|field| field.field).collect();
        assert_eq!(fields, ["what", "subject", "certainty"]);
        assert!(matches!(
            intel::submit(&site.app, &site.stranger(), submission("x")),
            Err(Error::Forbidden)
        ));
    }

    fn topics_come_from_the_text_and_times_are_promised(store) {
        let site = Site::new(&store);
        let field = site.with(Role::SubmitOnly);
        let sent = Submission { kind: "price".into(), ..submission("לקוח אמר שלוקטרה יש מחיר חדש, XR 200 יקר") };
        let id = intel::submit(&site.app, &field, sent).expect("taken").id;
        let card = intel::detail(&site.app, &field, id).expect("own").card;
        let topics: Vec<_> = card.topics.iter().map(|topic| topic.slug.as_str()).collect();
        assert_eq!(topics, ["vectra", "xr-200"]);
        assert_eq!(card.clock.expect("open").due, site.app.now() + Duration::hours(8));
    }

    fn the_page_decides_where_a_report_goes(store) {
        let site = Site::new(&store);
        let page = site.create(&site.with(Role::Publisher), "open", "Prices", "One.\n").expect("made");
        let about = |actor: &Actor| {
            let sent = Submission {
                page: page.page.to_string(),
                revision: Some(1),
                section: "Cost".into(),
                passage: "One.".into(),
                ..submission("Not so any more")
            };
            let id = intel::submit(&site.app, actor, sent).expect("taken").id;
            intel::detail(&site.app, &site.with(Role::Manager), id).expect("seen").card.report
        };
        let report = about(&site.with(Role::Reader));
        assert_eq!((report.space, report.revision), (site.open, Some(page.revision)));
        assert_eq!(report.passage, "One.");
        // Whoever may not read the page still reports; the page is not named by it.
        let report = about(&site.with(Role::SubmitOnly));
        assert_eq!((report.page, report.revision), (None, None));
        assert_eq!(report.passage, "One.", "what was written is kept");
    }

    fn only_reporter_and_editors_see_a_report(store) {
        let site = Site::new(&store);
        let field = site.with(Role::SubmitOnly);
        let id = send(&site, &field, "Vectra gave the gateway for free.");
        for role in [Role::Reader, Role::Contributor] {
            let other = site.with(role);
            assert!(matches!(intel::detail(&site.app, &other, id), Err(Error::NotFound)), "{role}");
            assert!(matches!(intel::acknowledge(&site.app, &other, id), Err(Error::NotFound)), "{role}");
            assert!(matches!(intel::queue(&site.app, &other, &QueueFilter::default()), Err(Error::NotFound)), "{role}");
            assert!(intel::list(&site.app, &other, None, None, 50).expect("a list").is_empty(), "{role}");
        }
        assert!(matches!(intel::acknowledge(&site.app, &field, id), Err(Error::Forbidden)));
        assert!(intel::detail(&site.app, &field, id).is_ok());
        let editor = site.with(Role::Editor);
        let queue = intel::queue(&site.app, &editor, &QueueFilter::default()).expect("a queue");
        assert_eq!(queue.parts[0].2[0].report.id, id);
        assert_eq!(queue.counts.new, 1);
        assert_eq!(intel::list(&site.app, &editor, None, None, 50).expect("a list").len(), 1);
    }

    fn a_confidential_name_is_only_for_managers(store) {
        let site = Site::new(&store);
        let field = site.with(Role::SubmitOnly);
        let sent = Submission { confidential: true, ..submission("My own boss sells below the list") };
        let id = intel::submit(&site.app, &field, sent).expect("taken").id;
        intel::reply(&site.app, &field, id, "It happened twice.", None).expect("said");
        for (role, known) in [(Role::Editor, false), (Role::Publisher, false), (Role::Manager, true)] {
            let detail = intel::detail(&site.app, &site.with(role), id).expect("seen");
            assert_eq!(detail.card.reporter.is_some(), known, "{role}");
            assert_eq!(detail.card.report.reporter.is_some(), known, "{role}");
            assert_eq!(detail.card.messages[0].author.is_some(), known, "{role}");
            assert!(detail.card.messages[0].message.by_reporter);
        }
        assert!(intel::detail(&site.app, &field, id).expect("own").card.reporter.is_some());
    }

    fn each_step_asks_the_state(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let id = send(&site, &site.with(Role::Reader), "A question");
        intel::acknowledge(&site.app, &editor, id).expect("new");
        assert_eq!(refused(intel::acknowledge(&site.app, &editor, id)), "acknowledged");
        intel::start_work(&site.app, &editor, id).expect("acknowledged");
        intel::start_work(&site.app, &editor, id).expect("a repeat is harmless");
        intel::answer(&site.app, &editor, id, "Yes, since May.").expect("in work");
        for step in [intel::acknowledge, intel::start_work, intel::unmerge] {
            assert_eq!(refused(step(&site.app, &editor, id)), "answered");
        }
        assert_eq!(refused(intel::answer(&site.app, &editor, id, "Again")), "answered");
        assert_eq!(refused(intel::decline(&site.app, &editor, id, "No")), "answered");
        assert_eq!(refused(intel::assign(&site.app, &editor, id, Some(editor.person()))), "answered");

        let other = send(&site, &site.with(Role::Reader), "A rumour");
        assert!(matches!(intel::decline(&site.app, &editor, other, "  "), Err(Error::Invalid(_))));
        intel::decline(&site.app, &editor, other, "Not true: checked with two distributors.").expect("new");
        let card = intel::detail(&site.app, &site.with(Role::Reader), other).expect("own").card;
        assert_eq!(card.end, Some(IntelState::Declined));
        assert_eq!(card.closed_by.expect("somebody").name, "A editor");
        assert_eq!(card.report.outcome, "Not true: checked with two distributors.");
    }

    fn a_first_reply_is_a_first_response(store) {
        let site = Site::new(&store);
        let (reader, editor) = (site.with(Role::Reader), site.with(Role::Editor));
        let id = send(&site, &reader, "A question");
        site.pass(Duration::hours(1));
        let key = Some("one-reply");
        intel::reply(&site.app, &editor, id, "Which model?", key).expect("said");
        intel::reply(&site.app, &editor, id, "Which model?", key).expect("a repeat is harmless");
        intel::note(&site.app, &editor, id, "Ask the lab too.", None).expect("noted");
        assert_eq!(intel::counts(&site.app, &reader).expect("counts").unread, 1);
        let own = intel::detail(&site.app, &reader, id).expect("own").card;
        assert_eq!(own.report.state, IntelState::Acknowledged);
        let texts: Vec<_> = own.messages.iter().map(|said| said.message.text.as_str()).collect();
        assert_eq!(texts, ["Which model?"], "no notes for the reporter");
        let seen = intel::detail(&site.app, &editor, id).expect("seen").card;
        assert_eq!(seen.messages.len(), 2);
        assert_eq!(seen.messages[1].message.kind, MessageKind::Note);

        site.pass(Duration::minutes(1));
        intel::mark_seen(&site.app, &reader, id).expect("own");
        assert_eq!(intel::counts(&site.app, &reader).expect("counts").unread, 0);
        assert!(matches!(intel::mark_seen(&site.app, &editor, id), Err(Error::NotFound)));
        intel::reply(&site.app, &reader, id, "The XR-200.", None).expect("said");
        assert_eq!(intel::counts(&site.app, &reader).expect("counts").unread, 0, "own words are no news");
    }

    fn it_is_given_only_to_who_triages_there(store) {
        let site = Site::new(&store);
        let editor = site.with(Role::Editor);
        let id = send(&site, &site.with(Role::Reader), "A fault");
        let reader = site.with(Role::Reader).person();
        assert!(matches!(intel::assign(&site.app, &editor, id, Some(reader)), Err(Error::Invalid(_))));
        let publisher = site.with(Role::Publisher).person();
        intel::assign(&site.app, &editor, id, Some(publisher)).expect("a publisher triages too");
        assert_eq!(state_of(&site, &editor, id), IntelState::InWork);
        intel::assign(&site.app, &editor, id, None).expect("nobody");
        assert!(intel::detail(&site.app, &editor, id).expect("seen").card.assignee.is_none());
    }

    fn it_moves_between_spaces_that_one_triages(store) {
        let site = Site::new(&store);
        let id = send(&site, &site.with(Role::Reader), "A price");
        let here_only = only_in_open(&site, Role::Editor);
        assert!(matches!(intel::move_to(&site.app, &here_only, id, site.reviewed), Err(Error::Invalid(_))));
        intel::move_to(&site.app, &site.with(Role::Editor), id, site.reviewed).expect("both");
        assert!(matches!(intel::detail(&site.app, &here_only, id), Err(Error::NotFound)));
        assert!(intel::detail(&site.app, &site.with(Role::Reader), id).is_ok(), "its reporter always sees it");
    }

    fn merging_keeps_everything_and_can_be_undone(store) {
        let site = Site::new(&store);
        let (editor, reader, field) = (site.with(Role::Editor), site.with(Role::Reader), site.with(Role::SubmitOnly));
        let one = send(&site, &reader, "Vectra gave Carmon the gateway for free");
        let two = send(&site, &field, "Gateway for free in the Vectra offer");
        let three = send(&site, &field, "Asked for IECEx");
        let detail = intel::detail(&site.app, &editor, one).expect("seen");
        let similar: Vec<_> = detail.similar.iter().map(|one| one.card.report.id).collect();
        assert_eq!(similar, [two]);

        intel::merge(&site.app, &editor, vec![two], one).expect("merged");
        assert_eq!(refused(intel::merge(&site.app, &editor, vec![two], three)), "merged");
        assert_eq!(refused(intel::acknowledge(&site.app, &editor, two)), "merged");
        assert_eq!(refused(intel::merge(&site.app, &editor, vec![one], two)), "merged");
        assert_eq!(refused(intel::merge(&site.app, &editor, vec![one], one)), "merged");
        let merged = intel::detail(&site.app, &editor, one).expect("seen").merged;
        assert_eq!(merged[0].report.what, "Gateway for free in the Vectra offer");
        assert_eq!(merged[0].reporter.as_ref().expect("kept").name, "A submit-only");
        assert!(intel::detail(&site.app, &field, two).expect("own").card.end.is_none(), "it waits with the other");

        // The answer to the one is the answer to both; nothing else of the other is told.
        site.pass(Duration::minutes(1));
        intel::answer(&site.app, &editor, one, "Until the end of the year only.").expect("answered");
        let card = intel::detail(&site.app, &field, two).expect("own").card;
        assert_eq!(card.end, Some(IntelState::Answered));
        assert_eq!(card.report.outcome, "Until the end of the year only.");
        assert!(card.unread && card.report.merged_into.is_none());
        assert!(matches!(intel::detail(&site.app, &field, one), Err(Error::NotFound)));

        intel::unmerge(&site.app, &editor, two).expect("undone");
        let card = intel::detail(&site.app, &field, two).expect("own").card;
        assert_eq!((card.report.state, card.end), (IntelState::Acknowledged, None));
        assert_eq!(card.report.outcome, "");
        assert_eq!(refused(intel::unmerge(&site.app, &editor, two)), "acknowledged");
    }

    fn merging_is_all_or_nothing(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let ids: Vec<_> = ["One thing", "Another thing", "A third thing"].map(|what| send(&site, &reader, what)).into();
        intel::answer(&site.app, &editor, ids[2], "Yes.").expect("answered");
        assert_eq!(refused(intel::merge(&site.app, &editor, vec![ids[1], ids[2]], ids[0])), "answered");
        assert_eq!(state_of(&site, &editor, ids[1]), IntelState::New);
        assert!(matches!(intel::merge(&site.app, &editor, vec![IntelId(999)], ids[0]), Err(Error::NotFound)));
        // Into one that has its outcome already: that is then the outcome of both.
        intel::merge(&site.app, &editor, vec![ids[1]], ids[2]).expect("merged");
        let card = intel::detail(&site.app, &reader, ids[1]).expect("own").card;
        assert_eq!((card.end, card.report.outcome.as_str()), (Some(IntelState::Answered), "Yes."));
    }

    fn publishing_closes_what_is_cited_and_the_reporter_sees_the_words(store) {
        let site = Site::new(&store);
        let (editor, reader, field) = (site.with(Role::Editor), site.with(Role::Reader), site.with(Role::SubmitOnly));
        let page = site
            .create(&editor, "open", "XR-200 vs. Vectra", "Kept.\n\nThe gateway costs 4,200.\n\nKept too.\n")
            .expect("made");
        let (one, two) = (send(&site, &reader, "The gateway is free"), send(&site, &field, "Free gateway at Carmon"));
        let other = send(&site, &reader, "Something else");
        let body = "Kept.\n\nThe gateway costs nothing until December.\n\nKept too.\n";
        let saved = cite(&site, &editor, &page, body, vec![one, two]);
        assert_eq!(saved.number, Some(2));
        assert_eq!(state_of(&site, &editor, other), IntelState::New);

        let mine = intel::mine(&site.app, &reader, MineFilter::All, None).expect("mine");
        let card = &mine.unread[0];
        assert_eq!((card.report.id, card.end), (one, Some(IntelState::Published)));
        let outcome = card.outcome().expect("readable");
        assert_eq!((outcome.number, outcome.title.as_str()), (2, "XR-200 vs. Vectra"));
        assert_eq!(card.closed_by.as_ref().expect("somebody").name, "A editor");
        let changed = &mine.changed[&one];
        assert_eq!(changed.before, Some(1));
        let shown: String = changed
            .redline
            .parts
            .iter()
            .filter_map(|part| match part {
                RedlinePart::Changed { html } => Some(html.as_str()),
                _ => None,
            })
            .collect();
        assert!(shown.contains("<ins>") && shown.contains("nothing until December") && shown.contains("4,200"), "{shown}");
        assert!(!shown.contains("Kept"), "only what changed: {shown}");
        assert_eq!(mine.totals.published, 1);

        // Whoever may not read the page sees that it was published and by whom, none of its words.
        let card = intel::detail(&site.app, &field, two).expect("own");
        assert_eq!(card.card.end, Some(IntelState::Published));
        assert_eq!(card.card.closed_by.as_ref().expect("somebody").name, "A editor");
        assert!(card.card.citations.is_empty() && card.changed.is_none() && card.page.is_none());
        // Nobody else's reports are among one's own.
        assert!(matches!(intel::detail(&site.app, &field, one), Err(Error::NotFound)));
        assert_eq!(refused(intel::decline(&site.app, &editor, one, "No")), "published");

        let board = intel::board(&site.app, &editor, &QueueFilter::default()).expect("a board");
        let count = |column: Column| board.columns.iter().find(|c| c.0 == column).expect("there").1;
        assert_eq!((count(Column::New), count(Column::ActedOn), count(Column::Closed)), (1, 2, 0));
    }

    fn a_merged_report_is_published_with_the_other(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let page = site.create(&editor, "open", "Prices", "One.\n").expect("made");
        let (one, two) = (send(&site, &reader, "The gateway is free"), send(&site, &reader, "Free gateway"));
        intel::merge(&site.app, &editor, vec![two], one).expect("merged");
        // The merged one is cited: the outcome belongs to the one it became part of, and to both.
        cite(&site, &editor, &page, "Two.\n", vec![two]);
        assert_eq!(state_of(&site, &editor, one), IntelState::Published);
        let card = intel::detail(&site.app, &reader, two).expect("own").card;
        assert_eq!((card.report.state, card.end), (IntelState::Merged, Some(IntelState::Published)));
        assert_eq!(card.outcome().expect("readable").number, 2);
    }

    fn a_pending_change_that_cites_is_work(store) {
        let site = Site::new(&store);
        let (writer, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let page = site.create(&site.with(Role::Publisher), "reviewed", "Prices", "One.\n").expect("made");
        dugri_app::pages::publish::publish_change(
            &site.app,
            &site.with(Role::Publisher),
            &page.page,
            page.change.expect("pending"),
            page.revision,
            dugri_app::pages::publish::Publish { reason: "First".into(), material: false, verify: false },
        )
        .expect("published");
        let id = send(&site, &reader, "The price is old");
        let saved = cite(&site, &writer, &page, "Two.\n", vec![id]);
        assert_eq!(state_of(&site, &writer, id), IntelState::InWork);
        assert!(intel::detail(&site.app, &reader, id).expect("own").card.citations.is_empty());
        dugri_app::pages::publish::publish_change(
            &site.app,
            &site.with(Role::Publisher),
            &page.page,
            saved.change.expect("pending"),
            saved.revision,
            dugri_app::pages::publish::Publish { reason: "Checked".into(), material: true, verify: false },
        )
        .expect("published");
        assert_eq!(state_of(&site, &writer, id), IntelState::Published);
    }

    fn it_is_linked_to_pages_one_may_read(store) {
        let site = Site::new(&store);
        let (editor, reader) = (site.with(Role::Editor), site.with(Role::Reader));
        let page = site.create(&editor, "open", "Prices", "One.\n").expect("made");
        let id = send(&site, &reader, "About prices");
        for nonsense in ["", "nonsense", "00000000"] {
            assert!(matches!(intel::link(&site.app, &editor, id, nonsense), Err(Error::Invalid(_))), "{nonsense}");
        }
        intel::link(&site.app, &editor, id, page.page.as_str()).expect("linked");
        assert_eq!(state_of(&site, &editor, id), IntelState::InWork);
        let read = dugri_app::pages::read(&site.app, &editor, &page.page).expect("readable");
        let about = intel::about_page(&site.app, &editor, read.page.row.id, 10).expect("a list");
        assert_eq!(about[0].report.id, id);
        assert_eq!(intel::about_page(&site.app, &reader, read.page.row.id, 10).expect("a list").len(), 1, "the own one");
        let contributor = site.with(Role::Contributor);
        assert!(intel::about_page(&site.app, &contributor, read.page.row.id, 10).expect("a list").is_empty());
    }

    fn own_reports_come_in_pages(store) {
        let site = Site::new(&store);
        let (reader, editor) = (site.with(Role::Reader), site.with(Role::Editor));
        let ids: Vec<_> = (0..25).map(|n| send(&site, &reader, &format!("Report {n}"))).collect();
        intel::answer(&site.app, &editor, ids[3], "Yes.").expect("answered");
        let first = intel::mine(&site.app, &reader, MineFilter::All, None).expect("mine");
        assert_eq!(first.unread.iter().map(|card| card.report.id).collect::<Vec<_>>(), [ids[3]]);
        assert_eq!((first.others.len(), first.others[0].report.id), (20, ids[24]));
        let second = intel::mine(&site.app, &reader, MineFilter::All, first.next).expect("mine");
        assert_eq!((second.unread.len(), second.others.len(), second.next), (0, 4, None));
        let waiting = intel::mine(&site.app, &reader, MineFilter::Waiting, None).expect("mine");
        assert_eq!((waiting.totals.waiting, waiting.unread.len()), (24, 0));
    }

    fn the_queue_is_soonest_first_and_can_be_narrowed(store) {
        let site = Site::new(&store);
        let (reader, editor) = (site.with(Role::Reader), site.with(Role::Editor));
        let slow = send(&site, &reader, "Lost a deal");
        let urgent = Submission { urgent: true, subject: "customer".into(), ..submission("A customer waits") };
        let urgent = intel::submit(&site.app, &reader, urgent).expect("taken").id;
        let ids = |filter: &QueueFilter| -> Vec<IntelId> {
            let queue = intel::queue(&site.app, &editor, filter).expect("a queue");
            queue.parts[0].2.iter().map(|card| card.report.id).collect()
        };
        assert_eq!(ids(&QueueFilter::default()), [urgent, slow]);
        let customers = QueueFilter { subject: Some(dugri_core::intel::Subject::Customer), ..QueueFilter::default() };
        assert_eq!(ids(&customers), [urgent]);
        let elsewhere = QueueFilter { space: Some(site.reviewed), ..QueueFilter::default() };
        assert_eq!(ids(&elsewhere), []);
        site.pass(Duration::hours(5));
        let counts = intel::counts(&site.app, &editor).expect("counts");
        assert_eq!((counts.new, counts.late), (2, 1));
    }

    fn a_photo_goes_with_a_report(store) {
        let site = Site::new(&store);
        let field = site.with(Role::SubmitOnly);
        let id = send(&site, &field, "They showed me the quote");
        let upload = || Upload {
            name: "quote.png".into(),
            bytes: b"\x89PNG\r\n\x1a\n....".to_vec(),
            client_id: Some("photo-1".into()),
        };
        let file = intel::attach(&site.app, &field, id, upload()).expect("taken");
        assert_eq!(file.media_type, "image/png");
        assert_eq!(intel::attach(&site.app, &field, id, upload()).expect("a repeat").id, file.id);
        let reader = site.with(Role::Reader);
        assert!(matches!(intel::attach(&site.app, &reader, id, upload()), Err(Error::NotFound)));
        assert!(matches!(dugri_app::files::read(&site.app, &reader, &file.public_id), Err(Error::NotFound)));
        let editor = site.with(Role::Editor);
        assert_eq!(intel::detail(&site.app, &editor, id).expect("seen").files.len(), 1);
        assert!(dugri_app::files::read(&site.app, &editor, &file.public_id).is_ok());
    }
}
