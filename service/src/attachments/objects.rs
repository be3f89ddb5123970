//! Where the content of attachments is kept, each under its id: never a name, nothing that a sender chooses.

use std::ops::Range;
use std::path::Path as FilePath;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt as _};
use tenantry_model::id::AttachmentId;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

use crate::config::https_or_loopback;
use crate::error::{Error, Result};

/// How much of a file is held in memory on its way: what is longer goes to S3 in parts of this length.
const PART: usize = 8 * 1024 * 1024;

/// The store of whole files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    is_folder: bool,
}

impl Objects {
    /// What `--attachments` names: `s3://bucket/prefix`, or a folder, which is made if it does not exist. Where and as whom S3 is spoken to, the
    /// environment says: `AWS_ENDPOINT` (or `AWS_ENDPOINT_URL_S3`, which comes first), `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_SESSION_TOKEN`, or the machine's own role.
    ///
    /// # Errors
    /// [`Error::Config`]; the text says what to do.
    pub fn open(place: &str) -> Result<Self> {
        match place.strip_prefix("s3://") {
            Some(bucket) => Self::in_bucket(bucket, AmazonS3Builder::from_env()),
            None => Self::in_folder(FilePath::new(place)),
        }
    }

    /// Files in a folder; it is made, for its owner alone, if it does not exist. What is kept outlasts a loss of power.
    pub fn in_folder(folder: &FilePath) -> Result<Self> {
        let failed = |error: &dyn std::fmt::Display| {
            Error::Config(format!(
                "attachments cannot be kept in {} ({error}): name a folder that may be written, with --attachments",
                folder.display()
            ))
        };
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|error| failed(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(&error))?.with_fsync(true);
        Ok(Self { store: Arc::new(store), prefix: Path::default(), is_folder: true })
    }

    /// Objects in a bucket, `bucket` or `bucket/prefix`, of the S3 that `builder` describes.
    pub fn in_bucket(place: &str, builder: AmazonS3Builder) -> Result<Self> {
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() {
            return Err(Error::Config("--attachments names no bucket: write it as s3://bucket or s3://bucket/prefix".into()));
        }
        let prefix =
            Path::parse(prefix.trim_matches('/')).map_err(|error| Error::Config(format!("--attachments s3://{place}: {error}")))?;
        // Attachments do not travel in the clear, unless it is to this machine.
        // Of two endpoints the builder takes the one that is for S3 alone.
        let endpoint = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint].iter().find_map(|key| builder.get_config_value(key));
        let in_clear = match endpoint {
            Some(endpoint) => https_or_loopback(&endpoint)?.scheme() == "http",
            None => false,
        };
        let store = builder.with_bucket_name(bucket).with_allow_http(in_clear).build();
        let store = store.map_err(|error| Error::Config(format!("--attachments s3://{place}: {error}")))?;
        Ok(Self { store: Arc::new(store), prefix, is_folder: false })
    }

    /// Whether what is kept lies on a disk of this machine.
    pub(crate) const fn is_folder(&self) -> bool {
        self.is_folder
    }

    /// Keeps a file whole, or not at all. Kept again, it replaces itself.
    pub async fn put(&self, id: AttachmentId, file: std::fs::File) -> Result<()> {
        let mut from = tokio::fs::File::from_std(file);
        // One part at a time: so much memory, and no more, each file takes on its way.
        let mut to = BufWriter::with_capacity(self.store.clone(), self.path(id), PART).with_max_concurrency(1);
        let copied = async {
            from.rewind().await?;
            tokio::io::copy(&mut from, &mut to).await
        };
        if let Err(error) = copied.await {
            // What was sent of it costs room for ever otherwise.
            if let Err(error) = to.abort().await {
                tracing::warn!(%error, "parts of an attachment that could not be kept may still lie in the store");
            }
            return Err(failed("keep", &error));
        }
        // From here on the writer clears up by itself, and panics where it is told to.
        to.shutdown().await.map_err(|error| failed("keep", &error))
    }

    /// These bytes of a file that is kept. When it answers, the file was found; none of it need have been read yet.
    pub(crate) async fn read(&self, id: AttachmentId, range: Range<u64>) -> Result<BoxStream<'static, std::io::Result<Bytes>>> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        let found = self.store.get_opts(&self.path(id), options).await.map_err(|error| failed("read", &error))?;
        Ok(found.into_stream().map_err(std::io::Error::other).boxed())
    }

    /// Deletes what was kept for an attachment that did not come to be.
    pub(crate) async fn delete(&self, id: AttachmentId) -> Result<()> {
        match self.store.delete(&self.path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed("delete", &error)),
        }
    }

    fn path(&self, id: AttachmentId) -> Path {
        self.prefix.clone().join(id.to_string())
    }
}

fn failed(what: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("the store of attachments could not {what} one: {error}"))
}
