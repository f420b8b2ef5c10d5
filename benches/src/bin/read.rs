//! A signed-in page read beside the same bytes from a bare actix handler, in one run.
//!
//! `cargo build --release -p dugri -p dugri-benches && target/release/read`
//!
//! Both servers are processes of their own and get the same load in turns, so that whatever else the machine does
//! happens to both. The ratio of CPU time per request is the figure that counts; wall time is printed beside it.

use std::env;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use dugri_benches::http::{Answer, Connection, get, load};
use dugri_benches::median;
use dugri_benches::process::Served;

/// A page that every reader of the demo company may read, with tables, links and notes.
const PAGE: &str = "/p/cbg2bv9j";
/// Who reads: a rep of the demo company.
const READER: &str = "eyal@orion.example";
const CONNECTIONS: usize = 16;
const REQUESTS_EACH: usize = 500;
const ROUNDS: usize = 9;
/// Dugri may cost this many times the bare handler's CPU (a goal of 0.5 of its speed).
const GOAL: f64 = 0.5;

fn main() -> io::Result<()> {
    if let Some(file) = env::args().nth(1).filter(|first| first != "--bench") {
        return bare(&PathBuf::from(file));
    }
    let folder = tempfile::tempdir()?;
    let own = env::current_exe()?;
    let mut command = Command::new(own.with_file_name("dugri"));
    command
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"));
    command.env("RUST_LOG", "warn").env("DUGRI_LOG", "warn");
    let dugri = Served::start(command, |said| password(said).is_some())?;
    let cookie = sign_in(
        dugri.address,
        password(&dugri.said).expect("the start waited for it"),
    )?;

    let (path, mut first) = follow(dugri.address, &cookie)?;
    // The visit is written down a moment later, and what is new since then is marked: the bytes settle.
    loop {
        thread::sleep(Duration::from_secs(2));
        let again = Connection::open(dugri.address)?.send(&get(&path, &[("Cookie", &cookie)]))?;
        if again.body.len() == first.body.len() {
            break;
        }
        first = again;
    }
    let file = folder.path().join("page.html");
    std::fs::write(&file, &first.body)?;
    let mut command = Command::new(own);
    command.arg(&file);
    let reference = Served::start(command, |_| true)?;

    println!(
        "{path}: {} bytes, {CONNECTIONS} connections, {REQUESTS_EACH} requests each, {ROUNDS} rounds",
        first.body.len()
    );
    let request = get(&path, &[("Cookie", &cookie)]);
    let (mut cpu, mut wall) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let ours = measure(&dugri, &request, first.body.len())?;
        let theirs = measure(&reference, &request, first.body.len())?;
        if round == 0 {
            continue; // warms caches and connections up
        }
        println!(
            "  round {round}: Dugri {:6.1} µs CPU, {:6.0}/s   bare {:6.1} µs CPU, {:6.0}/s",
            ours.cpu_us, ours.per_second, theirs.cpu_us, theirs.per_second
        );
        cpu.push(theirs.cpu_us / ours.cpu_us);
        wall.push(ours.per_second / theirs.per_second);
    }
    let (cpu, wall) = (median(cpu), median(wall));
    println!("read: {cpu:.2} of the bare handler by CPU time, {wall:.2} by throughput (goal: {GOAL})");
    Ok(())
}

struct Figures {
    cpu_us: f64,
    per_second: f64,
}

fn measure(server: &Served, request: &[u8], length: usize) -> io::Result<Figures> {
    let before = server.cpu_seconds()?;
    let took = load(server.address, request, CONNECTIONS, REQUESTS_EACH, length)?;
    let requests = (CONNECTIONS * REQUESTS_EACH) as f64;
    Ok(Figures {
        cpu_us: (server.cpu_seconds()? - before) * 1e6 / requests,
        per_second: requests / took.as_secs_f64(),
    })
}

/// The reference: the same bytes, from memory, without anything else.
fn bare(file: &PathBuf) -> io::Result<()> {
    let body = web::Bytes::from(std::fs::read(file)?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(body.clone()))
            .default_service(web::to(page))
    });
    actix_web::rt::System::new().block_on(server.listen(listener)?.run())
}

async fn page(body: web::Data<web::Bytes>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(body.get_ref().clone())
}

/// The password that the demo prints for all of its people.
fn password(said: &[String]) -> Option<String> {
    let line = said.iter().find(|line| line.contains("password"))?;
    line.split_whitespace().last().map(str::to_owned)
}

fn sign_in(to: SocketAddr, password: String) -> io::Result<String> {
    let body = format!("email={}&password={password}", READER.replace('@', "%40"));
    let request = format!(
        "POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = Connection::open(to)?.send(request.as_bytes())?;
    let cookies: Vec<&str> = answer
        .all("set-cookie")
        .filter_map(|cookie| cookie.split(';').next())
        .collect();
    if answer.status != 303 || cookies.is_empty() {
        return Err(io::Error::other(format!(
            "signing in answered {} with {} cookies",
            answer.status,
            cookies.len()
        )));
    }
    Ok(cookies.join("; "))
}

/// The page and its address after redirects to the readable path.
fn follow(to: SocketAddr, cookie: &str) -> io::Result<(String, Answer)> {
    let mut path = PAGE.to_owned();
    for _ in 0..3 {
        let answer = Connection::open(to)?.send(&get(&path, &[("Cookie", cookie)]))?;
        let next = answer.all("location").next().map(str::to_owned);
        match next {
            Some(next) if answer.status / 100 == 3 => path = next,
            _ if answer.status == 200 => return Ok((path, answer)),
            _ => return Err(io::Error::other(format!("{path} answered {}", answer.status))),
        }
    }
    Err(io::Error::other("too many redirects"))
}
