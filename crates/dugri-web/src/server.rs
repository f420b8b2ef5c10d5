//! The HTTP server: limits, the order of what wraps every request, and a stop that lets running requests finish.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use tracing_actix_web::TracingLogger;

use crate::client::Proxies;
use crate::cookies::Keys;
use crate::kept::Kept;
use crate::log::RequestSpan;
use crate::{Site, csrf, errors, flash, forms, handlers, identity, routes, security};

/// A client has this long to send its head (`security.md`, 33).
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// An idle connection is kept this long.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// Running requests have this long to finish after SIGTERM (`security.md`, 36).
const STOP_SECONDS: u64 = 10;
/// Open connections per worker; more wait in the listen queue.
const CONNECTIONS_MAX: usize = 2_000;

/// How the server runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that handle requests; `None` for one per core.
    pub workers: Option<usize>,
    /// Stop on SIGTERM and SIGINT. Tests stop by handle.
    pub signals: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            workers: None,
            signals: true,
        }
    }
}

/// What every request works with.
#[derive(Clone)]
pub struct Parts {
    /// The use cases.
    pub app: dugri_app::App,
    /// What is the same for every request.
    pub site: Site,
    /// The keys of session cookies.
    pub keys: Keys,
    /// The operator's own proxies.
    pub proxies: Proxies,
}

/// A server on `listener`, to be awaited inside an actix system. Its handle stops it.
pub fn build(listener: TcpListener, parts: Parts, options: &Options) -> io::Result<Server> {
    let site = web::Data::new(parts.site);
    let app = web::Data::new(parts.app);
    let keys = web::Data::new(parts.keys);
    let proxies = web::Data::new(parts.proxies);
    let kept = web::Data::new(Kept::default());
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .app_data(app.clone())
            .app_data(keys.clone())
            .app_data(proxies.clone())
            .app_data(kept.clone())
            .app_data(web::PayloadConfig::new(forms::BODY_BYTES_MAX))
            .configure(routes::configure)
            .default_service(web::to(handlers::pages::foreign))
            // The last one is the outermost.
            .wrap(from_fn(csrf::check))
            .wrap(from_fn(identity::recognise))
            .wrap(from_fn(flash::once))
            .wrap(from_fn(errors::pages))
            .wrap(Compress::default())
            .wrap(from_fn(security::headers))
            .wrap(TracingLogger::<RequestSpan>::new())
    })
    .client_request_timeout(HEAD_TIMEOUT)
    .client_disconnect_timeout(Duration::from_secs(2))
    .keep_alive(KEEP_ALIVE)
    .max_connections(CONNECTIONS_MAX)
    .shutdown_timeout(STOP_SECONDS);
    if let Some(workers) = options.workers {
        server = server.workers(workers);
    }
    if !options.signals {
        server = server.disable_signals();
    }
    Ok(server.listen(listener)?.run())
}

/// Serves until SIGTERM or SIGINT, then finishes what runs.
pub fn run(listener: TcpListener, parts: Parts, options: &Options) -> io::Result<()> {
    actix_web::rt::System::new().block_on(async { build(listener, parts, options)?.await })
}
