//! Requests into use cases, results into pages and JSON. The only crate that knows HTTP and HTML, and the only async one.
//!
//! The way of a request: `server` (limits, logs, headers, compression) → `errors` (writes failures) → `csrf` →
//! `routes` (who may) → `handlers` → a use case of `dugri-app` on the blocking pool → `views`.

pub mod answers;
pub mod api;
pub mod assets;
pub mod bridge;
pub mod cache;
pub mod client;
pub mod cookies;
pub mod csrf;
pub mod dates;
pub mod errors;
pub mod flash;
pub mod forms;
pub mod handlers;
pub mod identity;
pub mod kept;
pub mod log;
pub mod reader;
pub mod routes;
pub mod security;
pub mod server;
pub mod shell;
pub mod uploads;
pub mod views;
pub mod words;

use actix_web::{HttpRequest, web};
use chrono::Utc;

use crate::dates::Zone;
use crate::reader::Reader;
use crate::shell::Shell;

/// What is the same for every request.
#[derive(Clone, Debug)]
pub struct Site {
    /// The name of the company that runs this Dugri.
    pub company: String,
    /// The address under which people reach it, where configured: `https://wiki.example`.
    pub base_url: Option<String>,
    /// Whether people reach it by https: secure cookies and HSTS.
    pub https: bool,
    /// The zone that times are shown in.
    pub zone: Zone,
}

/// The chrome for a request of whom nobody knows more than language and theme.
pub(crate) fn bare_shell(req: &HttpRequest, reader: Reader) -> Shell {
    let site = req.app_data::<web::Data<Site>>();
    let company = site.map_or("", |site| site.company.as_str());
    let zone = site.map_or(Zone::Utc, |site| site.zone);
    let mut shell = Shell::bare(reader, Utc::now(), zone, company);
    shell.here = req
        .uri()
        .path_and_query()
        .map_or_else(|| "/".to_owned(), |p| p.as_str().to_owned());
    shell
}

#[cfg(test)]
mod tests_support {
    use std::path::{Path, PathBuf};

    /// Every source file of this crate.
    pub fn sources() -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("the folder exists") {
                let path = entry.expect("a readable entry").path();
                if path.is_dir() {
                    walk(&path, found);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    found.push(path);
                }
            }
        }
        let mut found = Vec::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found.sort();
        found
    }
}
