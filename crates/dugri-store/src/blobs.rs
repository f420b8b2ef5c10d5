//! Where files lie: a folder, or an S3-compatible store, each file under the SHA-256 of its bytes.
//!
//! `put` answers when the bytes are durable; only then may a row name them. So there is no row without
//! bytes; bytes without a row are swept after a day. The interface is blocking: the small runtime that
//! `object_store` needs lives in here.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::Utc;
use dugri_core::Time;
use futures_util::TryStreamExt as _;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt as _, RetryConfig};
use sha2::{Digest, Sha256};

use crate::Error;

/// How long one request to a store on the network may take.
const REQUEST_MAX: Duration = Duration::from_secs(30);

/// Bytes that are there already are written again once they are this old: the sweeper, which spares what is
/// younger than a day, must not take them from under a row that is about to be written.
const REFRESH_AFTER: chrono::Duration = chrono::Duration::hours(6);

/// Where files lie.
#[derive(Debug, Clone)]
pub enum BlobConfig {
    /// In this folder; it must exist.
    Folder(PathBuf),
    /// In an S3-compatible store.
    S3 {
        /// The address of the store; `None` is Amazon's own.
        endpoint: Option<String>,
        /// The bucket.
        bucket: String,
        /// The region.
        region: String,
        /// The key's name.
        access_key: String,
        /// The key.
        secret_key: String,
    },
}

/// The SHA-256 of a file's bytes, in hex: its name for ever.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobHash(String);

impl BlobHash {
    /// The name that these bytes have or would have.
    pub fn of(bytes: &[u8]) -> BlobHash {
        BlobHash(hex::encode(Sha256::digest(bytes)))
    }

    /// Reads a name; `None` if it can't be one. A name from a row goes through here before it becomes a path.
    pub fn parse(text: &str) -> Option<BlobHash> {
        let fits = text.len() == 64
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| BlobHash(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two folders deep, so that none gets too full: `ab/cd/abcd…`.
    fn path(&self) -> Path {
        Path::from(format!("{}/{}/{}", &self.0[..2], &self.0[2..4], self.0))
    }
}

impl std::fmt::Display for BlobHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A stored file as the sweeper sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub hash: BlobHash,
    /// Its size.
    pub size_bytes: u64,
    /// When its bytes were last written.
    pub at: Time,
}

/// The files. Clones share it.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    runtime: Arc<Runtime>,
}

/// Ends without waiting: it may be dropped anywhere, also inside another runtime, where waiting would panic.
struct Runtime(Option<tokio::runtime::Runtime>);

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Blobs {
    /// Opens the place. It does not reach out to the network.
    pub fn open(config: &BlobConfig) -> Result<Blobs, Error> {
        let store: Arc<dyn ObjectStore> = match config {
            BlobConfig::Folder(folder) => Arc::new(open_folder(folder)?),
            BlobConfig::S3 { .. } => Arc::new(open_s3(config)?),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("dugri-blobs")
            .enable_all()
            .build()
            .map_err(|e| Error::Unavailable(format!("can't start the blob runtime: {e}")))?;
        Ok(Blobs {
            store,
            runtime: Arc::new(Runtime(Some(runtime))),
        })
    }

    /// Stores bytes durably and answers their name.
    pub fn put(&self, bytes: Bytes) -> Result<BlobHash, Error> {
        let hash = BlobHash::of(&bytes);
        let path = hash.path();
        let size = bytes.len() as u64;
        self.run(move |store| async move {
            match store.head(&path).await {
                Ok(meta) if meta.size == size && Utc::now() - meta.last_modified < REFRESH_AFTER => {
                    return Ok(());
                }
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(e) => return Err(e),
            }
            store.put(&path, bytes.into()).await.map(drop)
        })?;
        Ok(hash)
    }

    /// The bytes, checked against their name; `None` if they are not there.
    pub fn get(&self, hash: &BlobHash) -> Result<Option<Bytes>, Error> {
        let path = hash.path();
        let found = self.run(move |store| async move {
            match store.get(&path).await {
                Ok(result) => result.bytes().await.map(Some),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(e) => Err(e),
            }
        })?;
        match found {
            Some(bytes) if BlobHash::of(&bytes) != *hash => Err(Error::Database(format!(
                "the bytes of the file {hash} are not what its name says"
            ))),
            found => Ok(found),
        }
    }

    /// Are the bytes there?
    pub fn exists(&self, hash: &BlobHash) -> Result<bool, Error> {
        let path = hash.path();
        self.run(move |store| async move {
            match store.head(&path).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(e) => Err(e),
            }
        })
    }

    /// Stores something and takes it away, to see whether there is room.
    pub fn probe(&self) -> Result<(), Error> {
        let hash = self.put(Bytes::from(format!("probe {:?}", std::time::SystemTime::now())))?;
        self.delete(&hash)
    }

    /// Removes bytes. That they are gone already is no error.
    pub fn delete(&self, hash: &BlobHash) -> Result<(), Error> {
        let path = hash.path();
        self.run(move |store| async move {
            match store.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(e) => Err(e),
            }
        })
    }

    /// All files. What lies there under other names is not ours and left out.
    pub fn list(&self) -> Result<Vec<Stored>, Error> {
        self.run(move |store| async move {
            let found: Vec<_> = store.list(None).try_collect().await?;
            let ours = found.into_iter().filter_map(|meta| {
                let hash = BlobHash::parse(meta.location.filename()?)?;
                (hash.path() == meta.location).then_some(Stored {
                    hash,
                    size_bytes: meta.size,
                    at: meta.last_modified,
                })
            });
            Ok(ours.collect())
        })
    }

    /// Runs a task on the runtime and waits for it. Not `block_on`, which panics on a thread that belongs to a runtime.
    fn run<T, F, W>(&self, work: W) -> Result<T, Error>
    where
        W: FnOnce(Arc<dyn ObjectStore>) -> F,
        F: Future<Output = object_store::Result<T>> + Send + 'static,
        T: Send + 'static,
    {
        let Some(runtime) = self.runtime.0.as_ref() else {
            return Err(Error::Unavailable("the blob runtime has ended".into()));
        };
        let (reply, answer) = std::sync::mpsc::sync_channel(1);
        let task = work(self.store.clone());
        runtime.spawn(async move {
            // Whoever asked waits for this; if not, there is nobody to tell.
            drop(reply.send(task.await));
        });
        answer
            .recv()
            .map_err(|_| Error::Unavailable("the file store failed".into()))?
            .map_err(|e| Error::Unavailable(format!("the file store: {e}")))
    }
}

fn open_folder(folder: &FilePath) -> Result<LocalFileSystem, Error> {
    let store = LocalFileSystem::new_with_prefix(folder)
        .map_err(|e| Error::Refused(format!("can't use the folder {}: {e}", folder.display())))?;
    // Off by default: without it a power cut could take bytes whose row stays.
    Ok(store.with_fsync(true))
}

fn open_s3(config: &BlobConfig) -> Result<object_store::aws::AmazonS3, Error> {
    let BlobConfig::S3 {
        endpoint,
        bucket,
        region,
        access_key,
        secret_key,
    } = config
    else {
        return Err(Error::Refused("not an S3 store".into()));
    };
    // The one TLS provider of this program; that somebody installed it before is what we want.
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_region(region)
        .with_access_key_id(access_key)
        .with_secret_access_key(secret_key)
        // One DELETE for one file: not every compatible store knows Amazon's bulk request.
        .with_disable_bulk_delete(true)
        .with_client_options(ClientOptions::new().with_timeout(REQUEST_MAX))
        .with_retry(RetryConfig {
            max_retries: 3,
            retry_timeout: REQUEST_MAX,
            ..RetryConfig::default()
        });
    if let Some(endpoint) = endpoint {
        builder = builder
            .with_allow_http(endpoint.starts_with("http://"))
            .with_endpoint(endpoint);
    }
    builder
        .build()
        .map_err(|e| Error::Refused(format!("the S3 settings are not usable: {e}")))
}
