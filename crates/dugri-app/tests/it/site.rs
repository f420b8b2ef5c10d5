//! A small company for tests: two spaces, a person of each role in both, one kind, two topics.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration};
use dugri_app::pages::save::{PageEdit, PageStart, PageText, Saved, create, save};
use dugri_app::{Actor, App, AppConfig, Clock, Error};
use dugri_core::intel::{Certainty, Subject};
use dugri_core::pages::Audience;
use dugri_core::spaces::Policy;
use dugri_core::topics::TopicKind;
use dugri_core::{Event, IntelId, Language, PublicId, RevisionId, Role, SpaceId, Time};
use dugri_store::intel::NewReport;
use dugri_store::kinds::NewKind;
use dugri_store::people::{About, NewPerson};
use dugri_store::spaces::{Holder, SpaceEdit};
use dugri_store::topics::NewTopic;
use dugri_store::{BlobConfig, Blobs, Store, intel, kinds, people, spaces, topics};
use dugri_text::links::fold_title;

pub struct Site {
    pub app: App,
    pub open: SpaceId,
    pub reviewed: SpaceId,
    clock: Arc<Mutex<Time>>,
    _dir: tempfile::TempDir,
}

impl Site {
    pub fn new(store: &Store) -> Site {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let now = DateTime::from_timestamp(1_795_000_000, 0).expect("in range");
        let clock = Arc::new(Mutex::new(now));
        std::fs::create_dir(dir.path().join("files")).expect("a folder for files");
        let blobs = Blobs::open(&BlobConfig::Folder(dir.path().join("files"))).expect("a folder for files");
        let index = dugri_search::Index::open(&dir.path().join("index")).expect("an index");
        let app = App::new(
            store.clone(),
            blobs,
            index,
            Clock::Fixed(clock.clone()),
            AppConfig::default(),
        );
        let (open, reviewed) = seed(&app, now);
        Site {
            app,
            open,
            reviewed,
            clock,
            _dir: dir,
        }
    }

    /// Somebody whose highest role is this one, in both spaces.
    pub fn with(&self, role: Role) -> Actor {
        let email = format!("{role}@example.com");
        let access = self
            .app
            .store()
            .read(|db| {
                let person = people::find_unfiltered(db, &email)?.expect("a person of each role");
                people::access(db, person.id)
            })
            .expect("a read")
            .expect("an active person");
        Actor {
            access: Arc::new(access),
            language: Language::En,
        }
    }

    /// Somebody without any role.
    pub fn stranger(&self) -> Actor {
        let mut actor = self.with(Role::SubmitOnly);
        let mut access = (*actor.access).clone();
        access.roles.clear();
        actor.access = Arc::new(access);
        actor
    }

    /// Lets time pass.
    pub fn pass(&self, by: Duration) {
        *self.clock.lock().expect("no panic holds it") += by;
    }

    /// Begins a page in the space of that slug.
    pub fn create(&self, actor: &Actor, space: &str, title: &str, body: &str) -> Result<Saved, Error> {
        self.pass(Duration::seconds(1));
        let start = PageStart {
            space: space.into(),
            kind: "article".into(),
            language: None,
            audience: Audience::Internal,
            text: PageText {
                title: title.into(),
                body: body.into(),
                ..PageText::default()
            },
        };
        create(&self.app, actor, start)
    }

    /// Saves a page's body as an edit of `base`.
    pub fn save(&self, actor: &Actor, page: &Saved, base: RevisionId, body: &str) -> Result<Saved, Error> {
        self.pass(Duration::seconds(1));
        let title = dugri_app::pages::start_edit(&self.app, actor, &page.page, None)?
            .content
            .title;
        let text = PageText {
            title,
            body: body.into(),
            summary: "A reason".into(),
            ..PageText::default()
        };
        save(
            &self.app,
            actor,
            &page.page,
            PageEdit {
                text,
                base,
                change: None,
                exact_base: false,
            },
        )
    }

    /// The text of a page as this reader gets it.
    pub fn text(&self, actor: &Actor, id: &PublicId) -> Result<String, Error> {
        Ok(dugri_app::pages::read(&self.app, actor, id)?.content.body)
    }

    /// A report from the reader, in the open space.
    pub fn report(&self, what: &str) -> IntelId {
        let now = self.app.now();
        let new = NewReport {
            client_id: None,
            reporter: self.with(Role::Reader).person(),
            space: self.open,
            subject: Subject::Competitor,
            certainty: Certainty::Heard,
            kind: None,
            what: what.into(),
            channel: String::new(),
            account: String::new(),
            quote: String::new(),
            urgent: false,
            confidential: false,
            page: None,
            revision: None,
            section: String::new(),
            passage: String::new(),
            topics: Vec::new(),
            at: now,
            first_response_due: now + Duration::hours(8),
            resolution_due: now + Duration::days(3),
        };
        let submitted: Result<_, Error> = self.app.store().write(move |tx| Ok(intel::submit(tx, &new)?));
        submitted.expect("a report").id
    }
}

fn seed(app: &App, now: Time) -> (SpaceId, SpaceId) {
    let seeded: Result<_, Error> = app.store().write(move |tx| {
        let mut made = Vec::new();
        for (slug, policy) in [("open", Policy::Open), ("reviewed", Policy::Reviewed)] {
            let edit = SpaceEdit {
                name: format!("Space {slug}"),
                name_he: None,
                description: String::new(),
                description_he: None,
                policy,
                language: Language::En,
                icon: "package".into(),
            };
            let space = spaces::add(tx, now, slug, &edit)?;
            tx.record(None, now, Event::SpaceAdded { space })?;
            made.push(space);
        }
        for role in Role::ALL {
            let person = NewPerson {
                email: dugri_core::people::Email::parse(&format!("{role}@example.com")).expect("an address"),
                about: About {
                    name: format!("A {role}"),
                    ..About::default()
                },
                language: Language::En,
                admin: false,
                active: true,
            };
            let person = people::add(tx, now, &person)?;
            for space in &made {
                spaces::set_role(tx, *space, Holder::Person(person), *role)?;
            }
            tx.record(None, now, Event::PersonAdded { person })?;
        }
        kinds::add(
            tx,
            &NewKind {
                slug: "article".into(),
                name: "Article".into(),
                name_he: "מאמר".into(),
                icon: "file-text".into(),
                review_days: Some(90),
                template: String::new(),
                template_he: String::new(),
                fields: "[]".into(),
                position: 1,
            },
        )?;
        for (slug, name, alias) in [("vectra", "Vectra", "וקטרה"), ("xr-200", "XR-200", "אקסאר")] {
            topics::add(
                tx,
                &NewTopic {
                    slug: slug.into(),
                    kind: TopicKind::Product,
                    name: name.into(),
                    name_he: None,
                    names: [name, alias]
                        .map(|name| (name.to_owned(), fold_title(name)))
                        .to_vec(),
                    external_ids: "{}".into(),
                    at: now,
                },
            )?;
        }
        Ok((made[0], made[1]))
    });
    seeded.expect("a seeded site")
}
