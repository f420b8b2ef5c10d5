//! A small Dugri in this process: one space, one person who publishes in it, no server.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use dugri_app::pages::save::{self, PageStart, PageText, Saved};
use dugri_app::{Actor, App, AppConfig, Clock};
use dugri_core::pages::Audience;
use dugri_core::people::Email;
use dugri_core::spaces::Policy;
use dugri_core::{Access, Event, Language, Role};
use dugri_search::Index;
use dugri_store::kinds::NewKind;
use dugri_store::people::{About, NewPerson};
use dugri_store::spaces::{Holder, SpaceEdit};
use dugri_store::{BlobConfig, Blobs, Store, StoreConfig, kinds, people, spaces};

/// Whatever goes wrong ends a benchmark.
pub type Anything = Box<dyn Error + Send + Sync>;

/// The application and its one person.
pub struct Site {
    /// The application.
    pub app: App,
    /// Who acts.
    pub actor: Actor,
}

impl Site {
    /// Makes the store in a folder; the index is given.
    pub fn new(folder: &Path, index: Index) -> Result<Site, Anything> {
        let config = StoreConfig::new(&format!("sqlite:{}", folder.join("dugri.db").display()))?;
        Store::create(&config)?;
        let store = Store::open(&config)?;
        std::fs::create_dir(folder.join("files"))?;
        let blobs = Blobs::open(&BlobConfig::Folder(folder.join("files")))?;
        let app = App::new(store, blobs, index, Clock::System, AppConfig::default());
        let now = app.now();
        let access = app
            .store()
            .write(move |tx| -> Result<Access, dugri_store::Error> {
                let person = people::add(tx, now, &somebody())?;
                let space = spaces::add(tx, now, "pages", &open_space())?;
                spaces::set_role(tx, space, Holder::Person(person), Role::Publisher)?;
                kinds::add(tx, &article())?;
                tx.record(Some(person), now, Event::SetUp { person })?;
                let roles = BTreeMap::from([(space, Role::Publisher)]);
                Ok(Access {
                    person,
                    admin: false,
                    outsider: false,
                    roles,
                })
            })?;
        Ok(Site {
            app,
            actor: Actor {
                access: Arc::new(access),
                language: Language::En,
            },
        })
    }

    /// Begins a page, which is published at once.
    pub fn publish(&self, text: PageText) -> Result<Saved, Anything> {
        let start = PageStart {
            space: "pages".to_owned(),
            kind: "article".to_owned(),
            language: None,
            audience: Audience::Internal,
            text,
        };
        Ok(save::create(&self.app, &self.actor, start).map_err(|error| format!("{error:?}"))?)
    }
}

fn somebody() -> NewPerson {
    NewPerson {
        email: Email::parse("writer@bench.example").expect("an address"),
        about: About {
            name: "Writer".to_owned(),
            ..About::default()
        },
        language: Language::En,
        admin: false,
        active: true,
    }
}

fn open_space() -> SpaceEdit {
    SpaceEdit {
        name: "Pages".to_owned(),
        name_he: None,
        description: String::new(),
        description_he: None,
        policy: Policy::Open,
        language: Language::En,
        icon: "package".to_owned(),
    }
}

fn article() -> NewKind {
    NewKind {
        slug: "article".to_owned(),
        name: "Article".to_owned(),
        name_he: "מאמר".to_owned(),
        icon: "file-text".to_owned(),
        review_days: None,
        template: String::new(),
        template_he: String::new(),
        fields: "[]".to_owned(),
        position: 1,
    }
}
