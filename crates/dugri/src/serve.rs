//! `dugri serve`: binds, opens, wires, and stops in order. Also `dugri reindex`, which asks a running server.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use dugri_app::followers::{self, Followers};
use dugri_app::{App, ledger, notices, read_only, searches, sessions};
use dugri_web::Site;
use dugri_web::cookies::Keys;
use dugri_web::dates::Zone;
use dugri_web::server::{self, Options, Parts};

use crate::config::Config;
use crate::failure::Misconfigured;
use crate::open::{self, Missing};

/// How often a server looks whether it was asked for something.
const LOOK: Duration = Duration::from_secs(1);
/// How often last uses of sessions are written down.
const TEND: Duration = Duration::from_secs(15);
/// How often it is looked for pages whose check is due.
const CHECKS: Duration = Duration::from_secs(600);
/// The file by which `reindex` asks a running server.
const REINDEX: &str = "reindex.asked";

/// `dugri serve`
pub fn serve(config: &Config) -> anyhow::Result<()> {
    run(config, |_, _| Ok(()))
}

/// Runs a server; `prepare` sees application and address before the first request.
pub fn run(config: &Config, prepare: impl FnOnce(&App, &str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    // The listener first: links are made of its address, and a port that is taken should cost nothing.
    let listener = TcpListener::bind(config.listen)
        .map_err(|error| Misconfigured(format!("listen: {} can't be listened on: {error}", config.listen)))?;
    let address = format!("http://{}", listener.local_addr()?);
    let _lock = open::lock(config)?;
    let store = open::store(config, Missing::Make)?;
    let base_url = config.base_url.clone().unwrap_or_else(|| address.clone());
    let app = open::app(config, store, &config.index_folder(), base_url)?;
    prepare(&app, &address)?;
    let parts = parts(config, &app)?;
    warn_of_plain_http(config, &listener)?;
    let followers = Followers::start(&app).context("the followers can't be started")?;
    let tender = Tender::start(app.clone(), config.data.join(REINDEX))?;
    println!("{address}");
    tracing::info!(%address, data = %config.data.display(), database = %config.store.database, "listening");
    let options = Options {
        workers: config.workers,
        signals: true,
    };
    let served = server::run(listener, parts, &options).context("the server failed");
    // Nobody asks any more: the last things are written down, then the store finishes what waits.
    drop(tender);
    drop(followers);
    app.store().close();
    tracing::info!("stopped");
    served
}

fn parts(config: &Config, app: &App) -> anyhow::Result<Parts> {
    let https = config
        .base_url
        .as_ref()
        .is_some_and(|url| url.starts_with("https://"));
    let secret = match &config.session_key {
        Some(key) => key.clone(),
        None => sessions::signing_key(app)?,
    };
    let keys =
        Keys::new(&secret, https).context("the key of session cookies in the database is too short")?;
    Ok(Parts {
        app: app.clone(),
        site: Site {
            company: String::new(),
            base_url: config.base_url.clone(),
            https,
            zone: Zone::Local,
        },
        keys,
        proxies: config.proxies.clone(),
    })
}

/// Over plain http anybody on the way can read passwords. On this machine alone there is nobody on the way.
fn warn_of_plain_http(config: &Config, listener: &TcpListener) -> anyhow::Result<()> {
    let https = config
        .base_url
        .as_ref()
        .is_some_and(|url| url.starts_with("https://"));
    if !https && !listener.local_addr()?.ip().is_loopback() {
        tracing::warn!(
            "PLAIN HTTP: passwords and sessions cross the network unprotected. Put a proxy with TLS in front, and set \
             base_url to https://…"
        );
    }
    Ok(())
}

/// The thread that does what is to be done now and then.
struct Tender {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Tender {
    fn start(app: App, asked: PathBuf) -> anyhow::Result<Tender> {
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("dugri-tender".into())
            .spawn(move || tend(&app, &asked, &stopped))?;
        Ok(Tender {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Tender {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the tender ended by a panic");
        }
    }
}

fn tend(app: &App, asked: &std::path::Path, stopped: &Receiver<()>) {
    let mut next = Instant::now() + TEND;
    let mut next_checks = Instant::now();
    loop {
        let stop = !matches!(stopped.recv_timeout(LOOK), Err(RecvTimeoutError::Timeout));
        if !stop && Instant::now() >= next_checks {
            next_checks = Instant::now() + CHECKS;
            if let Err(error) = notices::tend(app) {
                tracing::warn!(%error, "owners were not told of checks; they will be");
            }
            if let Err(error) = searches::tend(app) {
                tracing::warn!(%error, "old searches were not made counts; they will be");
            }
        }
        if let Err(error) = ledger::flush(app) {
            tracing::warn!(%error, "what was opened was not written down; it waits");
        }
        if let Err(error) = searches::flush(app) {
            tracing::warn!(%error, "what was searched for was not written down; it waits");
        }
        if stop || Instant::now() >= next {
            next = Instant::now() + TEND;
            if let Err(error) = sessions::tend(app) {
                tracing::warn!(%error, "sessions were not tended; they wait");
            }
        }
        if stop {
            return;
        }
        read_only::tend(app);
        followers::tend_index(app);
        // Removed first: who asks again while it runs is heard.
        if asked.exists() && std::fs::remove_file(asked).is_ok() {
            tracing::info!("building the search index anew");
            match app.reindex() {
                Ok(()) => tracing::info!("the search index is built"),
                Err(error) => tracing::error!(%error, "the search index was not built"),
            }
        }
    }
}

/// `dugri reindex`
pub fn reindex(config: &Config) -> anyhow::Result<()> {
    match open::lock(config) {
        Ok(_lock) => {
            let store = open::store(config, Missing::Refuse)?;
            let base_url = config.base_url.clone().unwrap_or_default();
            let app = open::app(config, store, &config.index_folder(), base_url)?;
            app.reindex()?;
            eprintln!("dugri: the search index is built");
            app.store().close();
            Ok(())
        }
        Err(_) => {
            let asked = config.data.join(REINDEX);
            std::fs::write(&asked, "").with_context(|| format!("can't write {}", asked.display()))?;
            eprintln!("dugri: the running server was asked to build its search index anew");
            Ok(())
        }
    }
}
