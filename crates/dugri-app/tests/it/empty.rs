//! Dugri with nothing in it, for what fills it.

use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::DateTime;
use dugri_app::{Actor, App, AppConfig, Clock, Error};
use dugri_core::people::Email;
use dugri_core::{Event, Language, Time};
use dugri_store::people::{self, About, NewPerson};
use dugri_store::{BlobConfig, Blobs, Store};

pub struct Empty {
    pub app: App,
    dir: tempfile::TempDir,
}

/// The moment at which the clock stands.
pub fn now() -> Time {
    DateTime::from_timestamp(1_795_000_000, 0).expect("in range")
}

impl Empty {
    pub fn new(store: &Store) -> Empty {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(dir.path().join("files")).expect("a folder for files");
        let blobs = Blobs::open(&BlobConfig::Folder(dir.path().join("files"))).expect("a folder for files");
        let index = dugri_search::Index::open(&dir.path().join("index")).expect("an index");
        let clock = Clock::Fixed(Arc::new(Mutex::new(now())));
        let app = App::new(store.clone(), blobs, index, clock, AppConfig::default());
        Empty { app, dir }
    }

    /// A folder of this test's own, with these files.
    pub fn folder(&self, name: &str, files: &[(&str, &[u8])]) -> std::path::PathBuf {
        let folder = self.dir.path().join(name);
        for (path, bytes) in files {
            write(&folder, path, bytes);
        }
        folder
    }

    /// A site admin.
    pub fn admin(&self) -> Actor {
        let added: Result<_, Error> = self.app.store().write(|tx| {
            let new = NewPerson {
                email: Email::parse("root@example.com").expect("an address"),
                about: About {
                    name: "Root".into(),
                    ..About::default()
                },
                language: Language::En,
                admin: true,
                active: true,
            };
            let person = people::add(tx, now(), &new)?;
            tx.record(None, now(), Event::PersonAdded { person })?;
            Ok(person)
        });
        added.expect("an admin");
        self.actor("root@example.com")
    }

    /// Somebody by address, as they may act now.
    pub fn actor(&self, email: &str) -> Actor {
        let access = self
            .app
            .store()
            .read(|db| {
                let person = people::find_unfiltered(db, email)?.expect("somebody of this address");
                people::access(db, person.id)
            })
            .expect("a read")
            .expect("an active person");
        Actor {
            access: Arc::new(access),
            language: Language::En,
        }
    }
}

/// Writes a file with the folders above it.
pub fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let place = folder.join(path);
    std::fs::create_dir_all(place.parent().expect("a folder above it")).expect("a folder");
    std::fs::write(place, bytes).expect("a file");
}
