//! Where the content of attachments is kept, each under its id: never a name, nothing that a sender chooses.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path as FilePath, PathBuf};
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
use crate::files::sync_folder;

/// How much of a file is held in memory on its way: what is longer goes to S3 in parts of this length.
const PART: usize = 8 * 1024 * 1024;

/// The store of whole files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// Where it lies on this machine's disk, if it does.
    folder: Option<PathBuf>,
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
        Ok(Self { store: Arc::new(store), prefix: Path::default(), folder: Some(folder.to_owned()) })
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
        Ok(Self { store: Arc::new(store), prefix, folder: None })
    }

    /// Whether what is kept lies on a disk of this machine.
    pub(crate) const fn is_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Keeps the file at this path, which is open, whole, or not at all. Kept again, it replaces itself. In a folder on the same disk it gets a second name rather
    /// than a copy: whoever wrote it writes no more.
    pub async fn put(&self, id: AttachmentId, file: File, path: &FilePath) -> Result<()> {
        if let Some(folder) = &self.folder {
            let (file, from, to) =
                (file.try_clone().map_err(|error| failed("keep", &error))?, path.to_owned(), folder.join(id.to_string()));
            match tokio::task::spawn_blocking(move || name_again(&file, &from, &to)).await {
                Ok(Ok(())) => return Ok(()),
                // Another disk, or one that knows no second names.
                Ok(Err(error)) => tracing::debug!(%error, "an attachment is copied"),
                Err(error) => return Err(failed("keep", &error)),
            }
        }
        self.copy(id, file).await
    }

    async fn copy(&self, id: AttachmentId, file: File) -> Result<()> {
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

/// Gives a file a second name, once all of it is on the disk. Where one has that name, it is this file of an earlier try, or a copy of it.
fn name_again(file: &File, from: &FilePath, to: &FilePath) -> io::Result<()> {
    file.sync_all()?;
    match std::fs::hard_link(from, to) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            std::fs::remove_file(to)?;
            std::fs::hard_link(from, to)?;
        }
        named => named?,
    }
    to.parent().map_or(Ok(()), sync_folder)
}

fn failed(what: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("the store of attachments could not {what} one: {error}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    async fn kept(objects: &Objects, id: AttachmentId) -> Vec<u8> {
        objects.read(id, 0..100).await.unwrap().try_collect::<Vec<Bytes>>().await.unwrap().concat()
    }

    #[tokio::test]
    async fn r82_on_one_disk_what_is_kept_is_what_arrived_and_not_a_copy_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let (id, path) = (AttachmentId::from_uuid(uuid::Uuid::from_u128(1)), folder.path().join("arrived"));
        let mut file = File::options().read(true).write(true).create_new(true).open(&path).unwrap();
        file.write_all(b"abc").unwrap();
        let objects = Objects::in_folder(&folder.path().join("kept")).unwrap();
        for _ in 0..2 {
            objects.put(id, file.try_clone().unwrap(), &path).await.unwrap();
            assert_eq!(kept(&objects, id).await, b"abc");
        }
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::MetadataExt::nlink(&file.metadata().unwrap()), 2);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(kept(&objects, id).await, b"abc", "it stays where it is kept");
        // Where it can get no second name, it is copied.
        let other = AttachmentId::from_uuid(uuid::Uuid::from_u128(2));
        objects.put(other, file, &path).await.unwrap();
        assert_eq!(kept(&objects, other).await, b"abc");
        objects.delete(other).await.unwrap();
        objects.delete(other).await.unwrap();
    }
}
