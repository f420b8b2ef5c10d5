//! HTTP/1.1 with kept-alive connections, just enough to put load on a server of our own.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

/// One connection.
pub struct Connection {
    reader: BufReader<TcpStream>,
}

/// What came back.
pub struct Answer {
    /// The status, 200 for OK.
    pub status: u16,
    /// The headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The values of a header.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Connection {
    /// Connects.
    pub fn open(to: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(to)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Connection {
            reader: BufReader::with_capacity(64 * 1024, stream),
        })
    }

    /// Sends a whole request and reads the whole answer.
    pub fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.reader.get_mut().write_all(request)?;
        let status = self
            .line()?
            .split(' ')
            .nth(1)
            .and_then(|s| s.parse().ok())
            .ok_or_else(|| broken("no status"))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line
                .split_once(':')
                .ok_or_else(|| broken("a header without a colon"))?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map(|(_, value)| value);
        let length: usize = match length {
            Some(length) => length.parse().map_err(|_| broken("a length that is no number"))?,
            None => 0,
        };
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            return Err(broken("the server closed the connection"));
        }
        Ok(line.trim_end().to_owned())
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// A GET request with these further header lines.
pub fn get(path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// Sends `request` `times` times over each of `connections` connections, and says how long that took.
/// Every answer must have the status 200 and `length` bytes.
pub fn load(
    to: SocketAddr,
    request: &[u8],
    connections: usize,
    times: usize,
    length: usize,
) -> io::Result<Duration> {
    let started = Instant::now();
    thread::scope(|scope| {
        let running: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(move || -> io::Result<()> {
                    let mut connection = Connection::open(to)?;
                    for _ in 0..times {
                        let answer = connection.send(request)?;
                        if answer.status != 200 || answer.body.len() != length {
                            return Err(broken(&format!(
                                "{} with {} bytes",
                                answer.status,
                                answer.body.len()
                            )));
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        running
            .into_iter()
            .try_for_each(|thread| thread.join().expect("a load thread does not panic"))
    })?;
    Ok(started.elapsed())
}
