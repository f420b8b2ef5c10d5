//! From the start of the process to the first page, and the memory it takes, at 10,000 pages.
//!
//! `cargo build --release -p dugri -p dugri-benches && target/release/start`
//!
//! The pages are made as files and imported; then the server is started again and again with everything in place. The
//! reference is the same request to a server of the same binary that holds one page.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use dugri_benches::http::{Connection, get};
use dugri_benches::median;
use dugri_benches::process::Served;

const PAGES: usize = 10_000;
const ROUNDS: usize = 7;
const EMAIL: &str = "dana@bench.example";
const PASSWORD: &str = "a long enough sentence";

fn main() -> io::Result<()> {
    let mut figures = Vec::new();
    for pages in [1, PAGES] {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        fill(folder.path(), &data, pages)?;
        let (path, cookie) = first(&data)?;
        let (mut times, mut memory) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let server = serve(&data)?;
            let answer = Connection::open(server.address)?.send(&get(&path, &[("Cookie", &cookie)]))?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
            assert_eq!(answer.status, 200, "the first page");
            memory.push(server.memory_bytes()? as f64 / (1 << 20) as f64);
        }
        println!(
            "{pages} pages: first page after {:.0} ms, {:.0} MB",
            median(times.clone()),
            median(memory.clone())
        );
        figures.push((median(times), median(memory)));
    }
    println!(
        "start: {:.0} ms at {PAGES} pages, {:.2} x one page (goal: 300 ms); {:.0} MB (goal: 120 MB)",
        figures[1].0,
        figures[1].0 / figures[0].0,
        figures[1].1
    );
    Ok(())
}

fn dugri() -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?.with_file_name("dugri"));
    command.env("DUGRI_LOG", "warn").stderr(Stdio::null());
    Ok(command)
}

fn serve(data: &Path) -> io::Result<Served> {
    let mut command = dugri()?;
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data);
    Served::start(command, |_| true)
}

fn fill(folder: &Path, data: &Path, pages: usize) -> io::Result<()> {
    let mut add = dugri()?
        .args([
            "user",
            "add",
            EMAIL,
            "--name",
            "Dana",
            "--admin",
            "--password-stdin",
            "--data",
        ])
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    add.stdin.take().expect("piped").write_all(PASSWORD.as_bytes())?;
    succeeded(add.wait()?)?;
    let source = folder.join("pages");
    fs::create_dir(&source)?;
    for number in 0..pages {
        let mut text = format!(
            "---\ntitle: Page {number}\nspace: bench\nkind: article\nlanguage: en\n---\n# Page {number}\n\n"
        );
        for line in 0..24 {
            let _ = writeln!(
                text,
                "Line {line} of page {number}: the sensor measures level in foam, חיישן גובה בקצף.\n"
            );
        }
        fs::write(source.join(format!("{number}.md")), text)?;
    }
    let import = dugri()?
        .arg("import")
        .arg(&source)
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null())
        .status()?;
    succeeded(import)
}

fn succeeded(status: std::process::ExitStatus) -> io::Result<()> {
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other("a command failed"))
    }
}

/// Signs in and finds a page; waits until the index is built, so that starts are measured with it in place.
fn first(data: &Path) -> io::Result<(String, String)> {
    let server = serve(data)?;
    let body = format!(
        "email={}&password={}",
        EMAIL.replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let request = format!(
        "POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = Connection::open(server.address)?.send(request.as_bytes())?;
    let cookies: Vec<&str> = answer
        .all("set-cookie")
        .filter_map(|cookie| cookie.split(';').next())
        .collect();
    let cookie = cookies.join("; ");
    let mut connection = Connection::open(server.address)?;
    loop {
        let found = connection.send(&get("/api/v1/search?q=foam&limit=1", &[("Cookie", &cookie)]))?;
        let text = String::from_utf8_lossy(&found.body).into_owned();
        if let Some((_, rest)) = text.split_once("\"path\":\"")
            && let Some((path, _)) = rest.split_once('"')
        {
            return Ok((path.to_owned(), cookie));
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
