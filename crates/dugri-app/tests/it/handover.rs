//! Closing an account hands over what hangs on it, to somebody who can answer for it, and the audit tells it.

use std::sync::Arc;

use dugri_app::audit::{self, About, AuditFilter};
use dugri_app::pages::life::{self, Settings};
use dugri_app::{Actor, By, Error, handover, pages, people};
use dugri_core::pages::Audience;
use dugri_core::{Access, Event, Language, Role};
use dugri_store::on_both;

use crate::site::Site;

fn admin(site: &Site) -> Actor {
    let manager = site.with(Role::Manager);
    people::set_admin(&site.app, By::Operator, manager.person(), true).expect("an admin");
    let access = Access {
        admin: true,
        ..(*manager.access).clone()
    };
    Actor {
        access: Arc::new(access),
        ..manager
    }
}

on_both! {
    fn what_hangs_on_somebody_goes_to_who_can_answer_for_it(store) {
        let site = Site::new(&store);
        let (editor, publisher, admin) = (site.with(Role::Editor), site.with(Role::Publisher), admin(&site));
        let made = site.create(&editor, "open", "Prices", "Text.\n").expect("made");
        let settings = Settings {
            kind: "article".into(),
            language: Language::En,
            audience: Audience::Internal,
            owner: "editor@example.com".into(),
        };
        life::set_settings(&site.app, &site.with(Role::Manager), &made.page, settings).expect("an owner");

        let hanging = handover::hanging(&site.app, &admin, editor.person()).expect("what hangs");
        assert_eq!(hanging.pages, [(made.page.clone(), "Prices".to_owned())]);
        assert!(hanging.takers.iter().any(|person| person.id == publisher.person()));
        let reader = site.with(Role::Reader).person();
        assert!(!hanging.takers.iter().any(|person| person.id == reader), "a reader can't answer for a page");

        let refused = handover::close(&site.app, &admin, editor.person(), Some(reader)).expect_err("refused");
        assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "to"), "{refused:?}");
        let nobody = handover::close(&site.app, &publisher, editor.person(), None).expect_err("no admin");
        assert!(matches!(nobody, Error::NotFound));
        let read = pages::read(&site.app, &publisher, &made.page).expect("read");
        assert_eq!(read.owner.map(|owner| owner.id), Some(editor.person()), "nothing was done by halves");

        handover::close(&site.app, &admin, editor.person(), Some(publisher.person())).expect("closed");
        let read = pages::read(&site.app, &publisher, &made.page).expect("read");
        assert_eq!(read.owner.map(|owner| owner.id), Some(publisher.person()));
        let again = handover::hanging(&site.app, &admin, editor.person()).expect("what hangs");
        assert!(!again.person.active && again.pages.is_empty());
    }

    fn the_audit_is_narrowed_down_and_for_admins_alone(store) {
        let site = Site::new(&store);
        let (editor, admin) = (site.with(Role::Editor), admin(&site));
        let made = site.create(&editor, "open", "=Prices", "Text.\n").expect("made");
        let all = audit::list(&site.app, &admin, &AuditFilter::default(), 3).expect("a list");
        assert!(all.more && all.entries.windows(2).all(|pair| pair[0].id > pair[1].id));
        let filter = AuditFilter { about: Some(About::Pages), actor: Some(editor.person()), ..AuditFilter::default() };
        let pages = audit::list(&site.app, &admin, &filter, 100).expect("a list");
        assert!(pages.entries.iter().any(|entry| matches!(entry.event, Event::PagePublished { .. })));
        assert!(pages.entries.iter().all(|entry| entry.event.subject().0 == "page"));
        let Some(Event::PagePublished { page, .. }) = pages.entries.iter().map(|e| e.event.clone()).find(|e| matches!(e, Event::PagePublished { .. })) else { panic!("published") };
        assert_eq!(pages.names.page(page), Some(&(made.page.clone(), "=Prices".to_owned())));
        let later = AuditFilter { from: Some(site.app.now() + chrono::Duration::hours(1)), ..AuditFilter::default() };
        assert!(audit::list(&site.app, &admin, &later, 9).expect("a list").entries.is_empty());
        assert!(matches!(audit::list(&site.app, &editor, &filter, 9), Err(Error::NotFound)));

        let table = String::from_utf8(audit::export(&site.app, &admin, &filter).expect("a table")).expect("UTF-8");
        assert!(table.starts_with("\u{feff}id,at,actor,kind,subject,subject_id,data\n"));
        assert_eq!(table.lines().count(), pages.entries.len() + 1);
        assert!(matches!(audit::export(&site.app, &editor, &filter), Err(Error::NotFound)));
    }
}
