//! Servers as child processes, and the CPU time they use.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::thread;

/// A running server; it ends with this value.
pub struct Served {
    child: Child,
    /// Where it answers.
    pub address: SocketAddr,
    /// The lines it printed up to its address and `more` lines after it.
    pub said: Vec<String>,
}

impl Served {
    /// Starts `command` and waits for the first `http://ADDRESS` on its standard output; then reads on until `enough`.
    pub fn start(mut command: Command, enough: impl Fn(&[String]) -> bool) -> io::Result<Served> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().expect("the output was piped");
        let mut lines = BufReader::new(output).lines();
        let mut said = Vec::new();
        let mut address = None;
        while address.is_none() || !enough(&said) {
            let line = lines
                .next()
                .unwrap_or_else(|| Err(io::Error::other("the server ended early")))?;
            address = address.or_else(|| find_address(&line));
            said.push(line);
        }
        // Whatever it prints later must not fill the pipe.
        thread::spawn(move || lines.for_each(drop));
        Ok(Served {
            child,
            address: address.expect("the loop ended with one"),
            said,
        })
    }

    /// The CPU seconds that the process has used so far, all threads, user and system.
    pub fn cpu_seconds(&self) -> io::Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in brackets may hold spaces; fields are counted behind it.
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok());
        match (ticks(11), ticks(12)) {
            (Some(user), Some(system)) => Ok((user + system) / TICKS_PER_SECOND),
            _ => Err(io::Error::other("no times in /proc")),
        }
    }

    /// The memory that the process holds, in bytes (its resident set).
    pub fn memory_bytes(&self) -> io::Result<u64> {
        memory(&self.child.id().to_string(), "VmRSS:")
    }
}

/// The memory that this process has of its own, in bytes: files that it only looks into don't count.
pub fn own_memory_bytes() -> io::Result<u64> {
    memory("self", "RssAnon:")
}

fn memory(process: &str, name: &str) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes
        .map(|kilobytes| kilobytes * 1024)
        .ok_or_else(|| io::Error::other("no memory in /proc"))
}

/// `USER_HZ`, which Linux has fixed at 100 for programs.
const TICKS_PER_SECOND: f64 = 100.0;

impl Drop for Served {
    fn drop(&mut self) {
        // It is gone or going; nothing else can be done about it here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn find_address(line: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once("http://")?;
    let end = rest
        .find(|c: char| c == '/' || c.is_whitespace())
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::find_address;

    #[test]
    fn an_address_is_found_in_a_line() {
        assert_eq!(
            find_address("open http://127.0.0.1:80/ now"),
            "127.0.0.1:80".parse().ok()
        );
        assert_eq!(
            find_address("http://127.0.0.1:8080"),
            "127.0.0.1:8080".parse().ok()
        );
        assert_eq!(find_address("nothing"), None);
    }
}
