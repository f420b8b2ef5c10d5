//! Opening what a command works with. A new or empty folder becomes a new installation and it is said; a folder that
//! holds something but no database is refused: whoever lost a database must not be handed an empty one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use dugri_app::{App, AppConfig, Clock};
use dugri_store::{BlobConfig, Blobs, Error as StoreError, FolderLock, Store};

use crate::config::Config;
use crate::failure::Misconfigured;

/// Whether a database may be made where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Make one.
    Make,
    /// Refuse.
    Refuse,
}

/// The folder of files and the database, made where that is allowed.
pub fn store(config: &Config, missing: Missing) -> anyhow::Result<Store> {
    prepare_folder(config, missing)?;
    match (config.database_file(), missing) {
        (Some(file), Missing::Make) if !file.exists() => make(config)?,
        (Some(file), Missing::Refuse) if !file.exists() => {
            return Err(no_database(file));
        }
        _ => {}
    }
    match Store::open(&config.store) {
        Ok(store) => Ok(store),
        // An empty database on a server: `create` refuses every other.
        Err(StoreError::Refused(why)) if config.database_file().is_none() && missing == Missing::Make => {
            Store::create(&config.store).map_err(|_| StoreError::Refused(why))?;
            eprintln!(
                "dugri: made the tables of a new installation in {}",
                config.store.database
            );
            Ok(Store::open(&config.store)?)
        }
        Err(error) => Err(error.into()),
    }
}

fn make(config: &Config) -> anyhow::Result<()> {
    Store::create(&config.store)?;
    eprintln!("dugri: made a new installation in {}", config.data.display());
    Ok(())
}

fn no_database(file: &Path) -> anyhow::Error {
    let folder = file.parent().unwrap_or(file).display();
    Misconfigured(format!(
        "there is no database {}: is {folder} the right folder? `dugri serve --data {folder}` makes a new one in an empty folder",
        file.display()
    ))
    .into()
}

fn prepare_folder(config: &Config, missing: Missing) -> anyhow::Result<()> {
    let folder = &config.data;
    let empty = is_empty(folder)?;
    if missing == Missing::Refuse
        && empty != Some(false)
        && let Some(file) = config.database_file()
    {
        return Err(no_database(file));
    }
    if let Some(file) = config.database_file()
        && empty == Some(false)
        && !file.exists()
    {
        return Err(Misconfigured(format!(
            "{} holds files but no database: name the folder of an installation, or an empty one for a new one",
            folder.display()
        ))
        .into());
    }
    make_private(folder)?;
    if let BlobConfig::Folder(files) = &config.blobs {
        make_private(files)?;
    }
    Ok(())
}

/// Whether the folder holds nothing of anybody's; `None` when it is not there. A lock says nothing.
fn is_empty(folder: &Path) -> anyhow::Result<Option<bool>> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let name = entry?.file_name();
                if name != "dugri.lock" && name != "dugri.toml" && name != "lost+found" {
                    return Ok(Some(false));
                }
            }
            Ok(Some(true))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Misconfigured(format!(
            "the data folder {} can't be read: {error}",
            folder.display()
        ))
        .into()),
    }
}

/// A folder that only its owner may look into.
fn make_private(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| {
        Misconfigured(format!("the folder {} can't be made: {error}", folder.display())).into()
    })
}

/// The lock of the data folder, for commands that want it alone.
pub fn lock(config: &Config) -> anyhow::Result<FolderLock> {
    make_private(&config.data)?;
    Ok(FolderLock::take(&config.data)?)
}

/// The parts together, with the index of this node or one for a command alone.
pub fn app(config: &Config, store: Store, index: &Path, base_url: String) -> anyhow::Result<App> {
    let blobs = Blobs::open(&config.blobs)?;
    let index = dugri_app::open_index(index).context("the search index can't be opened")?;
    let settings = AppConfig {
        base_url,
        file_bytes_max: config.file_bytes_max,
    };
    Ok(App::new(store, blobs, index, Clock::System, settings))
}

/// The application of a command: beside a running server, whose index it leaves alone. The server's own follows the log.
pub struct CommandApp {
    /// The application.
    pub app: App,
    index: PathBuf,
}

impl CommandApp {
    /// Opens it.
    pub fn open(config: &Config, missing: Missing) -> anyhow::Result<CommandApp> {
        let store = store(config, missing)?;
        let index = std::env::temp_dir().join(format!("dugri-index-{}", std::process::id()));
        let base_url = config
            .base_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", config.listen));
        Ok(CommandApp {
            app: app(config, store, &index, base_url)?,
            index,
        })
    }
}

impl Drop for CommandApp {
    fn drop(&mut self) {
        self.app.store().close();
        // A folder of nothing; the system's own sweeping takes it if we can't.
        let _ = fs::remove_dir_all(&self.index);
    }
}

/// `dugri migrate`
pub fn migrate(config: &Config) -> anyhow::Result<()> {
    let _lock = lock(config)?;
    if config.database_file().is_some_and(|file| !file.exists()) {
        prepare_folder(config, Missing::Make)?;
        return make(config);
    }
    match Store::migrate(&config.store) {
        Ok(names) if names.is_empty() => eprintln!("dugri: {} is up to date", config.store.database),
        Ok(names) => names.iter().for_each(|name| println!("{name}")),
        Err(StoreError::Refused(why)) if config.database_file().is_none() => {
            Store::create(&config.store).map_err(|_| StoreError::Refused(why))?;
            eprintln!(
                "dugri: made the tables of a new installation in {}",
                config.store.database
            );
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
