//! A running Dugri with the demo company, and the people of a fixed cast who ask it things. Least privileged first.
//!
//! One server for all tests: they read, or write things of their own.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use dugri_app::{App, AppConfig, Clock, demo};
use dugri_search::Index;
use dugri_store::{BlobConfig, Blobs, Store, StoreConfig};
use dugri_web::client::Proxies;
use dugri_web::cookies::Keys;
use dugri_web::dates::Zone;
use dugri_web::server::{self, Options, Parts};

/// May report and nothing else.
pub const CONTRACTOR: &str = "dima@negev-install.example";
/// Reads, from outside, what is shared with partners.
pub const PARTNER: &str = "nadia@galil-controls.example";
/// Reads, searches, proposes in some spaces.
pub const REP: &str = "eyal@orion.example";
/// Publishes and triages.
pub const MARKETER: &str = "noa@orion.example";
/// Site admin.
pub const ADMIN: &str = "dana@orion.example";

/// The battlecard with the longest history; every colleague in sales and marketing may read it.
pub const CARD: &str = "cbg2bv9j";

/// The server that all tests ask.
pub struct Site {
    address: SocketAddr,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, in the order of the answer.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The value of a header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }

    /// The body without what differs from request to request.
    pub fn without_reference(&self) -> String {
        let id = self.header("x-request-id");
        if id.is_empty() {
            self.body.clone()
        } else {
            self.body.replace(id, "REFERENCE")
        }
    }
}

/// The running site.
pub fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| alone().0)
}

/// A site of one's own, and what it works with: for tests that would disturb the others.
pub fn alone() -> (Site, App) {
    let app = empty();
    demo::prepare(&app).unwrap().expect("a new database");
    app.catch_up().unwrap();
    (serve(&app), app)
}

/// What a site works with, before anything is in it.
pub fn empty() -> App {
    empty_in(Box::leak(Box::new(tempfile::tempdir().unwrap())).path())
}

/// The same in a folder of the caller's.
pub fn empty_in(folder: &Path) -> App {
    let config = StoreConfig::new(&format!("sqlite:{}", folder.join("dugri.db").display())).unwrap();
    Store::create(&config).unwrap();
    std::fs::create_dir(folder.join("files")).unwrap();
    App::new(
        Store::open(&config).unwrap(),
        Blobs::open(&BlobConfig::Folder(folder.join("files"))).unwrap(),
        Index::open(&folder.join("index")).unwrap(),
        Clock::System,
        AppConfig::default(),
    )
}

/// Serves it.
pub fn serve(app: &App) -> Site {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let parts = Parts {
        app: app.clone(),
        site: dugri_web::Site {
            company: "Orion Sensors".to_owned(),
            base_url: None,
            https: false,
            zone: Zone::Utc,
        },
        keys: Keys::new(&[7; 32], false).unwrap(),
        proxies: Proxies::new(Vec::new()),
    };
    let options = Options {
        workers: Some(2),
        signals: false,
    };
    std::thread::spawn(move || {
        actix_web::rt::System::new()
            .block_on(async { server::build(listener, parts, &options).unwrap().await })
    });
    Site {
        address,
        cookies: Mutex::default(),
    }
}

/// Somebody who asks, in English unless said otherwise.
pub struct Client<'a> {
    site: &'a Site,
    cookie: String,
}

impl Site {
    /// Nobody in particular.
    pub fn as_stranger(&self) -> Client<'_> {
        Client {
            site: self,
            cookie: "dugri-language=en".to_owned(),
        }
    }

    /// A program: no cookie at all.
    pub fn as_nobody(&self) -> Client<'_> {
        self.with_cookie("")
    }

    /// Whoever the cookie says.
    pub fn with_cookie(&self, cookie: &str) -> Client<'_> {
        Client {
            site: self,
            cookie: cookie.to_owned(),
        }
    }

    /// Somebody of the cast, signed in once.
    pub fn sign_in(&self, email: &str) -> Client<'_> {
        let mut cookies = self.cookies.lock().unwrap();
        let cookie = cookies.entry(email.to_owned()).or_insert_with(|| {
            let form = [("email", email), ("password", demo::PASSWORD)];
            let answer = self.as_stranger().post("/signin", &form);
            assert_eq!(answer.status, 303, "{email} signs in: {}", answer.body);
            let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
            let pairs: Vec<&str> = set.filter_map(|(_, value)| value.split(';').next()).collect();
            pairs.join("; ")
        });
        Client {
            site: self,
            cookie: cookie.clone(),
        }
    }

    /// The person who may do nothing but report.
    pub fn as_contractor(&self) -> Client<'_> {
        self.sign_in(CONTRACTOR)
    }

    /// Somebody from outside, who reads what is shared with partners.
    pub fn as_partner(&self) -> Client<'_> {
        self.sign_in(PARTNER)
    }

    /// Somebody who reads.
    pub fn as_reader(&self) -> Client<'_> {
        self.sign_in(REP)
    }

    /// Somebody who publishes and triages.
    pub fn as_marketer(&self) -> Client<'_> {
        self.sign_in(MARKETER)
    }

    /// A site admin.
    pub fn as_admin(&self) -> Client<'_> {
        self.sign_in(ADMIN)
    }
}

impl Client<'_> {
    /// A GET as a browser sends it.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// A form as a browser of our own pages sends it.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send("POST", path, &headers, body.join("&"))
    }

    /// Any request.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
        let body = body.as_ref();
        let mut stream = TcpStream::connect(self.site.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        if !self.cookie.is_empty() {
            head.push_str(&format!("Cookie: {}\r\n", self.cookie));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        parse(&bytes)
    }
}

/// As it stands in an address or a form.
pub fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

fn parse(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("an answer has a head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked {
        unchunked(&bytes[end + 4..])
    } else {
        bytes[end + 4..].to_vec()
    };
    Answer {
        status,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = bytes
            .windows(2)
            .position(|two| two == b"\r\n")
            .expect("a chunk has a length");
        let length = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&bytes[end + 2..end + 2 + length]);
        bytes = &bytes[end + 4 + length..];
    }
}
