//! The configuration as values: each setting parsed once, and what is wrong said with its place and the way out.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use dugri_store::{BlobConfig, Database, StoreConfig};
use dugri_web::client::{Network, Proxies};
use dugri_web::cookies::KEY_BYTES_MIN;

use crate::cli::{Cli, Command};
use crate::failure::Misconfigured;
use crate::layers::{Given, Layers};

/// The configuration's name in the folder where Dugri is started.
const FILE: &str = "dugri.toml";
/// Where the demo lies unless a folder is named.
const DEMO_FOLDER: &str = "dugri-demo";
/// Where a server listens unless told otherwise: this machine alone.
const LISTEN: &str = "127.0.0.1:8080";
/// The largest attachment in bytes unless told otherwise.
const FILE_BYTES_MAX: u64 = 50 << 20;

/// Everything that was configured.
#[derive(Debug)]
pub struct Config {
    /// The folder.
    pub data: PathBuf,
    /// The database.
    pub store: StoreConfig,
    /// Attachments.
    pub blobs: BlobConfig,
    /// Where to listen.
    pub listen: SocketAddr,
    /// As people reach it, without a slash at the end.
    pub base_url: Option<String>,
    /// The operator's proxies.
    pub proxies: Proxies,
    /// The key of session cookies.
    pub session_key: Option<Vec<u8>>,
    /// The largest attachment.
    pub file_bytes_max: u64,
    /// Threads that answer.
    pub workers: Option<usize>,
    log: Option<Given>,
    log_json: bool,
}

impl Config {
    /// Reads all layers.
    pub fn read(cli: &Cli) -> Result<Config, Misconfigured> {
        let mut layers = Layers::default();
        match &cli.common.config {
            Some(path) => layers.file(path)?,
            None if Path::new(FILE).is_file() => layers.file(Path::new(FILE))?,
            None => {}
        }
        layers.environment(std::env::vars(), &mut |line| eprintln!("dugri: {line}"));
        layers.flag("data", "--data", cli.common.data.as_ref());
        layers.flag("database", "--database", cli.common.database.as_ref());
        layers.flag("base_url", "--base-url", cli.common.base_url.as_ref());
        if let Command::Serve(listen) | Command::Demo(listen) = &cli.command {
            layers.flag("listen", "--listen", listen.listen.as_ref());
        }
        let folder = matches!(cli.command, Command::Demo(_)).then_some(DEMO_FOLDER);
        Config::parse(&layers, folder)
    }

    fn parse(layers: &Layers, folder: Option<&str>) -> Result<Config, Misconfigured> {
        let data = match (layers.get("data"), folder) {
            (Some(given), _) if !given.text.is_empty() => PathBuf::from(&given.text),
            (_, Some(folder)) => PathBuf::from(folder),
            _ => {
                return Err(Misconfigured(
                    "the data folder is not set: name it with --data DIR, DUGRI_DATA, or data in dugri.toml"
                        .into(),
                ));
            }
        };
        let database = match layers.get("database") {
            Some(given) => StoreConfig::new(&given.text)
                .map_err(|error| Misconfigured(format!("{}: {error}", given.from)))?,
            None => StoreConfig::new(&format!("sqlite:{}", data.join("dugri.db").display()))
                .map_err(|error| Misconfigured(error.to_string()))?,
        };
        Ok(Config {
            blobs: blobs(layers, &data)?,
            listen: layers.get("listen").map_or_else(
                || Ok(LISTEN.parse().expect("a constant address")),
                |given| parsed(given, "an address and a port, such as 127.0.0.1:8080"),
            )?,
            base_url: layers.get("base_url").map(base_url).transpose()?,
            proxies: proxies(layers)?,
            session_key: layers.get("session_key").map(session_key).transpose()?,
            file_bytes_max: layers.get("file_bytes_max").map_or(Ok(FILE_BYTES_MAX), |given| {
                parsed(given, "a number of bytes, such as 52428800")
            })?,
            workers: layers
                .get("workers")
                .map(|given| parsed(given, "a number of threads, such as 4"))
                .transpose()?,
            log: layers.get("log").cloned(),
            log_json: match layers.get("log_format") {
                None => false,
                Some(given) => match given.text.as_str() {
                    "text" => false,
                    "json" => true,
                    _ => return Err(wrong(given, "text or json")),
                },
            },
            store: database,
            data,
        })
    }

    /// Begins to log to stderr. What a server does is worth telling; a command speaks for itself.
    pub fn start_log(&self, server: bool) {
        let usual = if server { "info" } else { "warn" };
        let filter = self.log.as_ref().map_or(usual, |given| given.text.as_str());
        let filter = tracing_subscriber::EnvFilter::try_new(filter).unwrap_or_else(|error| {
            eprintln!("dugri: log says `{filter}`, which is not understood ({error}); logging at {usual}");
            tracing_subscriber::EnvFilter::new(usual)
        });
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr);
        if self.log_json {
            log.json().init();
        } else {
            use std::io::IsTerminal as _;
            log.with_ansi(std::io::stderr().is_terminal()).init();
        }
    }

    /// The database file, where the database is one.
    pub fn database_file(&self) -> Option<&Path> {
        match &self.store.database {
            Database::Sqlite(path) => Some(path),
            Database::Postgres(_) => None,
        }
    }

    /// Where the search index of this node lies.
    pub fn index_folder(&self) -> PathBuf {
        self.data.join("index")
    }
}

fn wrong(given: &Given, expected: &str) -> Misconfigured {
    Misconfigured(format!(
        "{} is `{}`, which is not {expected}",
        given.from, given.text
    ))
}

fn parsed<T: FromStr>(given: &Given, expected: &str) -> Result<T, Misconfigured> {
    given.text.trim().parse().map_err(|_| wrong(given, expected))
}

fn base_url(given: &Given) -> Result<String, Misconfigured> {
    let expected = "an address without a path, such as https://wiki.acme.example";
    let text = given.text.trim().trim_end_matches('/');
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let fits = host.is_some_and(|host| {
        !host.is_empty() && !host.contains(|c: char| matches!(c, '/' | '?' | '#' | '@') || c.is_whitespace())
    });
    if fits {
        Ok(text.to_owned())
    } else {
        Err(wrong(given, expected))
    }
}

fn proxies(layers: &Layers) -> Result<Proxies, Misconfigured> {
    let Some(given) = layers.get("trusted_proxies") else {
        return Ok(Proxies::default());
    };
    let texts = given
        .text
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let networks: Result<Vec<Network>, ()> = texts.map(str::parse).collect();
    networks.map(Proxies::new).map_err(|()| {
        wrong(
            given,
            "a list of addresses or networks, such as 127.0.0.1, 10.0.0.0/8",
        )
    })
}

fn session_key(given: &Given) -> Result<Vec<u8>, Misconfigured> {
    let digits = given.text.trim().as_bytes();
    let bytes: Option<Vec<u8>> = digits
        .chunks(2)
        .map(|pair| {
            u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16)
                .ok()
                .filter(|_| pair.len() == 2)
        })
        .collect();
    // The text is a secret and is not repeated.
    bytes.filter(|bytes| bytes.len() >= KEY_BYTES_MIN).ok_or_else(|| {
        Misconfigured(format!(
            "{} is not a key of at least 64 hexadecimal digits; `openssl rand -hex 32` makes one",
            given.from
        ))
    })
}

fn blobs(layers: &Layers, data: &Path) -> Result<BlobConfig, Misconfigured> {
    let text = |name: &str| layers.get(name).map(|given| given.text.clone());
    let Some(bucket) = text("s3.bucket") else {
        for name in ["s3.endpoint", "s3.region", "s3.access_key", "s3.secret_key"] {
            if let Some(given) = layers.get(name) {
                return Err(Misconfigured(format!(
                    "{} is set, but s3.bucket is not: name the bucket",
                    given.from
                )));
            }
        }
        return Ok(BlobConfig::Folder(data.join("files")));
    };
    let needed = |name: &str| {
        text(name).ok_or_else(|| {
            Misconfigured(format!(
                "s3.bucket is set, but {name} is not: both keys are needed"
            ))
        })
    };
    Ok(BlobConfig::S3 {
        endpoint: text("s3.endpoint"),
        bucket,
        region: text("s3.region").unwrap_or_else(|| "us-east-1".to_owned()),
        access_key: needed("s3.access_key")?,
        secret_key: needed("s3.secret_key")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(settings: &[(&'static str, &str)]) -> Result<Config, String> {
        let mut layers = Layers::default();
        for (name, text) in settings {
            layers.flag(name, &format!("--{name}"), Some(&(*text).to_owned()));
        }
        Config::parse(&layers, None).map_err(|error| error.to_string())
    }

    #[test]
    fn a_folder_is_enough() {
        let config = parse(&[("data", "/d")]).expect("fine");
        assert_eq!(config.database_file(), Some(Path::new("/d/dugri.db")));
        assert_eq!(config.listen.to_string(), LISTEN);
        assert!(matches!(config.blobs, BlobConfig::Folder(folder) if folder == Path::new("/d/files")));
    }

    #[test]
    fn without_a_folder_it_says_how_to_name_one() {
        assert!(parse(&[]).expect_err("refused").contains("--data DIR"));
    }

    #[test]
    fn a_wrong_setting_is_named_with_the_way_out() {
        let key = "7".repeat(62);
        for (name, text, hint) in [
            ("listen", "8080", "127.0.0.1:8080"),
            ("database", "mysql://x", "postgres://"),
            ("base_url", "wiki.acme.example", "https://wiki"),
            ("base_url", "https://wiki.acme.example/x", "without a path"),
            ("trusted_proxies", "all", "10.0.0.0/8"),
            ("session_key", key.as_str(), "64 hexadecimal digits"),
            ("session_key", "geheim", "openssl rand"),
            ("file_bytes_max", "50 MB", "number of bytes"),
            ("workers", "many", "number of threads"),
            ("log_format", "xml", "text or json"),
            ("s3.region", "x", "s3.bucket"),
            ("s3.bucket", "x", "s3.access_key"),
        ] {
            let refused = parse(&[("data", "/d"), (name, text)]).expect_err(name);
            assert!(refused.contains(name) && refused.contains(hint), "{refused}");
        }
        let refused = parse(&[("data", "/d"), ("session_key", "geheim")]).expect_err("refused");
        assert!(!refused.contains("geheim"), "secrets are not repeated");
    }
}
