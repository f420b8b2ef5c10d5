//! Files: durable under their hash, in a folder and in an S3-compatible store.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use bytes::Bytes;

use crate::{BlobConfig, BlobHash, Blobs, Error};

fn in_folder(folder: &std::path::Path) -> Blobs {
    Blobs::open(&BlobConfig::Folder(folder.into())).expect("opens")
}

/// The same for every kind of store.
fn lives(blobs: &Blobs) {
    let bytes = Bytes::from_static("קובץ \0 file".as_bytes());
    let hash = BlobHash::of(&bytes);
    assert_eq!((blobs.exists(&hash), blobs.get(&hash)), (Ok(false), Ok(None)));
    assert_eq!(blobs.put(bytes.clone()), Ok(hash.clone()));
    assert_eq!(blobs.put(bytes.clone()), Ok(hash.clone()), "twice is once");
    assert_eq!(
        (blobs.exists(&hash), blobs.get(&hash)),
        (Ok(true), Ok(Some(bytes.clone())))
    );
    let empty = blobs.put(Bytes::new()).expect("also nothing is something");
    let mut list = blobs.list().expect("listed");
    list.sort_by_key(|s| s.size_bytes);
    let sizes: Vec<_> = list.iter().map(|s| (s.hash.clone(), s.size_bytes)).collect();
    assert_eq!(sizes, [(empty.clone(), 0), (hash.clone(), bytes.len() as u64)]);
    for hash in [&hash, &hash, &empty] {
        blobs.delete(hash).expect("gone, or gone already");
    }
    assert_eq!(blobs.exists(&hash), Ok(false));
}

#[test]
fn files_live_in_a_folder() {
    let dir = tempfile::tempdir().expect("a folder");
    lives(&in_folder(dir.path()));
}

#[test]
fn a_missing_folder_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let answer = Blobs::open(&BlobConfig::Folder(dir.path().join("none")));
    assert!(matches!(answer.map(drop), Err(Error::Refused(_))));
}

#[test]
fn what_is_not_ours_is_not_listed_and_what_is_broken_not_served() {
    let dir = tempfile::tempdir().expect("a folder");
    let blobs = in_folder(dir.path());
    std::fs::write(dir.path().join("README"), "not ours").expect("written");
    let hash = blobs.put(Bytes::from_static(b"whole")).expect("stored");
    assert_eq!(blobs.list().expect("listed").len(), 1);
    let (a, b) = (&hash.as_str()[..2], &hash.as_str()[2..4]);
    std::fs::write(dir.path().join(a).join(b).join(hash.as_str()), "torn").expect("broken");
    assert!(matches!(blobs.get(&hash), Err(Error::Database(_))));
}

#[test]
fn a_name_that_is_no_hash_never_becomes_a_path() {
    let good = BlobHash::of(b"x");
    assert_eq!(BlobHash::parse(good.as_str()), Some(good.clone()));
    for wrong in [
        "",
        "../../etc/passwd",
        &good.as_str()[1..],
        &good.as_str().to_uppercase(),
    ] {
        assert_eq!(BlobHash::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn it_works_on_a_thread_of_another_runtime_and_may_end_there() {
    let dir = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let blobs = in_folder(dir.path());
        blobs.put(Bytes::from_static(b"x")).expect("stored");
    });
}

#[test]
fn many_at_once_store_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a folder");
    let blobs = in_folder(dir.path());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| blobs.put(Bytes::from(vec![7; 100_000])).expect("stored"));
        }
    });
    assert_eq!(blobs.list().expect("listed").len(), 1);
}

#[test]
fn files_live_in_an_s3_store() {
    let blobs = Blobs::open(&s3(&serve_s3())).expect("opens");
    lives(&blobs);
}

#[test]
fn an_s3_store_that_is_away_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let gone = listener.local_addr().expect("bound").to_string();
    drop(listener);
    let blobs = Blobs::open(&s3(&gone)).expect("opening reaches out to nobody");
    let answer = blobs.put(Bytes::from_static(b"x"));
    assert!(matches!(answer, Err(Error::Unavailable(_))), "{answer:?}");
}

fn s3(address: &str) -> BlobConfig {
    BlobConfig::S3 {
        endpoint: Some(format!("http://{address}")),
        bucket: "dugri".into(),
        region: "eu".into(),
        access_key: "key".into(),
        secret_key: "secret".into(),
    }
}

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// The five requests of S3 that we use, enough of each. Answers its address.
fn serve_s3() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound").to_string();
    let objects = Objects::default();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let objects = objects.clone();
            thread::spawn(move || while answer_one(&stream, &objects).is_some() {});
        }
    });
    address
}

fn answer_one(stream: &TcpStream, objects: &Objects) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|n| *n > 0)?;
    let (mut length, mut signed) = (0, false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        signed |= line.starts_with("authorization: aws4-hmac-sha256");
        if let Some(n) = line.strip_prefix("content-length: ") {
            length = n.parse().ok()?;
        }
    }
    assert!(signed, "every request is signed");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut words = first.split_whitespace();
    let (method, target) = (words.next()?, words.next()?);
    let key = target
        .split('?')
        .next()?
        .strip_prefix("/dugri")
        .unwrap_or_default()
        .trim_start_matches('/');
    let (status, answer) = act(&mut objects.lock().expect("whole"), method, key, body);
    let mut stream = stream;
    let length = answer.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nETag: \"1\"\r\n\
         Last-Modified: Tue, 24 Nov 2026 06:00:00 GMT\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    if method != "HEAD" {
        stream.write_all(&answer).ok()?;
    }
    Some(())
}

fn act(
    objects: &mut BTreeMap<String, Vec<u8>>,
    method: &str,
    key: &str,
    body: Vec<u8>,
) -> (&'static str, Vec<u8>) {
    match (method, key) {
        ("GET", "") => ("200 OK", list(objects).into_bytes()),
        ("PUT", _) => {
            objects.insert(key.to_owned(), body);
            ("200 OK", Vec::new())
        }
        ("DELETE", _) => {
            objects.remove(key);
            ("204 No Content", Vec::new())
        }
        _ => match objects.get(key) {
            Some(bytes) => ("200 OK", bytes.clone()),
            None => ("404 Not Found", Vec::new()),
        },
    }
}

fn list(objects: &BTreeMap<String, Vec<u8>>) -> String {
    let mut xml = String::from("<ListBucketResult><IsTruncated>false</IsTruncated>");
    for (key, bytes) in objects {
        xml.push_str(&format!(
            "<Contents><Key>{key}</Key><LastModified>2026-11-24T06:00:00.000Z</LastModified>\
             <ETag>\"1\"</ETag><Size>{}</Size><StorageClass>STANDARD</StorageClass></Contents>",
            bytes.len()
        ));
    }
    xml + "</ListBucketResult>"
}
