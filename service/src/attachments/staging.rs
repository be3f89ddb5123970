//! What has arrived of files that are not whole yet: one file each, named by the attachment's id. Its length is how far the sender is, so nothing
//! else need be noted down while it arrives.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tenantry_model::id::AttachmentId;
use tenantry_model::problem::ProblemKind;

use super::content::{Content, Inspection, inspect};
use crate::error::{Error, Result};
use crate::files::free_on_disk;

const EXTENSION: &str = "part";
/// With so much more the disk begins to write it down, so that little is left to wait for once all has arrived.
const WRITTEN_DOWN_AT: u64 = 4 * 1024 * 1024;
/// Of so many files is known what was seen of them; of others it is read once they are whole.
const MOST_KNOWN: usize = 256;

/// The folder of files that are not whole. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Staging {
    folder: PathBuf,
    room: Room,
    known: Known,
    spoiled: Spoiled,
}

/// Files of which the disk could not write something down: they begin anew, since it tells of that once. Lost with the process, as what it had not written may be.
type Spoiled = Arc<Mutex<BTreeSet<AttachmentId>>>;

/// What was seen of files while they arrived, so that they need not be read once they are whole. Lost with the process.
type Known = Arc<Mutex<HashMap<AttachmentId, Inspection>>>;

/// What the disk has room for.
#[derive(Debug, Clone)]
struct Room {
    /// How many bytes these files leave free on their disk, which is the database's.
    reserve: u64,
    /// Whether each file is copied to this machine's disk once it is whole.
    is_copied: bool,
    free: fn(&Path) -> Option<u64>,
    /// How many bytes the requests that are going on may still write.
    promised: Arc<Mutex<u64>>,
}

/// Bytes that one request may still write; given back when it is dropped.
#[derive(Debug)]
struct Promise {
    all: Arc<Mutex<u64>>,
    bytes: u64,
}

/// A file that one request alone adds to.
#[derive(Debug)]
pub(crate) struct Staged {
    file: File,
    len: u64,
    promise: Promise,
    seen: Seen,
    /// How much has come since the disk was last told to write it down, and whether it is at it.
    unwritten: u64,
    is_writing: Arc<AtomicBool>,
    spoiled: Spoiled,
}

/// What was seen of a file by the request that adds to it; kept for the next when it is dropped.
#[derive(Debug)]
struct Seen {
    id: AttachmentId,
    path: PathBuf,
    known: Known,
    /// None where the beginning was not seen.
    inspection: Option<Inspection>,
}

impl Drop for Seen {
    fn drop(&mut self) {
        let Some(inspection) = self.inspection.take() else { return };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST_KNOWN {
            known.insert(self.id, inspection);
        }
    }
}

impl Staging {
    /// Files in this folder that leave `reserve` bytes of its disk free, and, where they are kept on this machine's disk later, as much again as
    /// each is long.
    pub(crate) fn new(folder: PathBuf, reserve: u64, is_copied: bool) -> Self {
        Self {
            folder,
            room: Room { reserve, is_copied, free: free_on_disk, promised: Arc::default() },
            known: Known::default(),
            spoiled: Spoiled::default(),
        }
    }

    /// How much has arrived.
    pub(crate) async fn len(&self, id: AttachmentId) -> Result<u64> {
        let path = self.path(id);
        blocking(move || match fs::metadata(&path) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        })
        .await
    }

    /// Opens it to go on with, up to `size` bytes in all.
    ///
    /// # Errors
    /// [`ProblemKind::Unavailable`] while another request adds to it, and where the disk has no room for the rest: both pass.
    pub(crate) async fn open(&self, id: AttachmentId, size: u64) -> Result<Staged> {
        let (folder, path) = (self.folder.clone(), self.path(id));
        let (room, known, spoiled) = (self.room.clone(), self.known.clone(), self.spoiled.clone());
        let opened = blocking(move || {
            let begins_anew = || spoiled.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
            let opened = open(&folder, &path, size, &room, begins_anew)?;
            Ok(opened.map(|(file, len, promise)| Staged {
                file,
                len,
                promise,
                seen: Seen::of(id, path, known, len),
                unwritten: 0,
                is_writing: Arc::default(),
                spoiled,
            }))
        });
        opened.await?.map_err(|busy| match busy {
            Busy::Held => {
                Error::later(ProblemKind::Unavailable, "Another request is still sending this file: ask how far it is, and go on then.", 2)
            }
            Busy::Full => Error::later(ProblemKind::Unavailable, "There is no room for files at the moment: try again later.", 300),
        })
    }

    /// Deletes what has arrived, if anything has.
    pub(crate) async fn remove(&self, id: AttachmentId) -> Result<()> {
        let path = self.path(id);
        blocking(move || crate::files::remove(&path)).await?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        self.spoiled.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        Ok(())
    }

    /// The ids of all files that lie here.
    pub(crate) async fn all(&self) -> Result<BTreeSet<AttachmentId>> {
        let folder = self.folder.clone();
        blocking(move || {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
                Err(error) => return Err(error),
            };
            let mut found = BTreeSet::new();
            for entry in entries {
                let path = entry?.path();
                let id: Option<AttachmentId> = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
                found.extend(id.filter(|_| path.extension().is_some_and(|extension| extension == EXTENSION)));
            }
            Ok(found)
        })
        .await
    }

    fn path(&self, id: AttachmentId) -> PathBuf {
        self.folder.join(format!("{id}.{EXTENSION}"))
    }
}

enum Busy {
    Held,
    Full,
}

impl Seen {
    /// Of a file that is so long now.
    fn of(id: AttachmentId, path: PathBuf, known: Known, len: u64) -> Self {
        let before = known.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        let inspection = if len == 0 { Some(Inspection::default()) } else { before.filter(|before| before.len() == len) };
        Self { id, path, known, inspection }
    }
}

fn open(
    folder: &Path,
    path: &Path,
    size: u64,
    room: &Room,
    begins_anew: impl FnOnce() -> bool,
) -> io::Result<std::result::Result<(File, u64, Promise), Busy>> {
    fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Err(Busy::Held)),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    if begins_anew() {
        file.set_len(0)?;
    }
    let len = file.metadata()?.len();
    let copy = if room.is_copied { size } else { 0 };
    let promise = room.promise(folder, size.saturating_sub(len).saturating_add(copy));
    Ok(promise.map(|promise| (file, len, promise)).ok_or(Busy::Full))
}

impl Room {
    /// So many bytes, unless the disk has no room for them beside what was promised already.
    fn promise(&self, folder: &Path, bytes: u64) -> Option<Promise> {
        let mut promised = self.promised.lock().unwrap_or_else(PoisonError::into_inner);
        let needed = self.reserve.saturating_add(*promised).saturating_add(bytes);
        if (self.free)(folder).is_some_and(|free| free < needed) {
            return None;
        }
        *promised = promised.saturating_add(bytes);
        Some(Promise { all: self.promised.clone(), bytes })
    }
}

impl Promise {
    /// So many are written, and taken from what is free.
    fn written(&mut self, bytes: u64) {
        let bytes = bytes.min(self.bytes);
        self.bytes -= bytes;
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        *all = all.saturating_sub(bytes);
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        self.written(self.bytes);
    }
}

impl Staged {
    /// How much has arrived.
    pub(crate) const fn len(&self) -> u64 {
        self.len
    }

    /// Adds these parts to it.
    pub(crate) async fn append(mut self, parts: Vec<Bytes>) -> Result<Self> {
        blocking(move || {
            // Where writing fails, how much of a part is there is not known.
            let mut inspection = self.seen.inspection.take();
            self.file.seek(SeekFrom::Start(self.len))?;
            for part in parts {
                self.file.write_all(&part)?;
                if let Some(inspection) = &mut inspection {
                    inspection.take(&part);
                }
                let written = part.len() as u64;
                self.promise.written(written);
                self.len += written;
                self.unwritten += written;
            }
            self.write_down();
            self.seen.inspection = inspection;
            Ok(self)
        })
        .await
    }

    /// Lets the disk write what has come, while more comes. The disk tells of a fault once to each handle that is open: who sends more later has another one, so it
    /// is noted down for them.
    fn write_down(&mut self) {
        if self.unwritten < WRITTEN_DOWN_AT || self.is_writing.swap(true, Ordering::AcqRel) {
            return;
        }
        self.unwritten = 0;
        let (id, path) = (self.seen.id, self.seen.path.clone());
        let (is_writing, spoiled) = (Arc::clone(&self.is_writing), Arc::clone(&self.spoiled));
        tokio::task::spawn_blocking(move || {
            match File::open(path).and_then(|file| file.sync_data()) {
                // It was given up meanwhile, or is whole.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    tracing::warn!(%error, attachment = %id, "what arrived of an attachment could not be written down: it begins anew");
                    spoiled.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
                }
                Ok(()) => {}
            }
            is_writing.store(false, Ordering::Release);
        });
    }

    /// What it is, now that it is whole. From here on it is as if nothing of it had been seen.
    pub(crate) async fn content(&mut self) -> Result<Content> {
        match self.seen.inspection.take() {
            Some(inspection) => Ok(inspection.finish()),
            None => {
                let file = self.file()?;
                blocking(move || inspect(file)).await
            }
        }
    }

    /// Lets it begin anew.
    pub(crate) async fn clear(self) -> Result<()> {
        blocking(move || self.file.set_len(0)).await
    }

    /// The file, to be read.
    pub(crate) fn file(&self) -> Result<File> {
        self.file.try_clone().map_err(failed)
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.seen.path
    }
}

fn failed(error: io::Error) -> Error {
    Error::Internal(format!("what arrives of attachments cannot be kept: {error}"))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::from).and_then(|done| done).map_err(failed)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> AttachmentId {
        AttachmentId::from_uuid(Uuid::from_u128(n))
    }

    fn kind<T: std::fmt::Debug>(outcome: Result<T>) -> ProblemKind {
        outcome.unwrap_err().kind()
    }

    #[tokio::test]
    async fn r82_what_arrived_stays_and_is_gone_on_with_by_one_request_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let staging = Staging::new(folder.path().join("uploads"), 0, false);
        assert_eq!((staging.len(id(1)).await.unwrap(), staging.all().await.unwrap().len()), (0, 0));
        let first = staging.open(id(1), 10).await.unwrap().append(vec![Bytes::from_static(b"abc")]).await.unwrap();
        assert_eq!(kind(staging.open(id(1), 10).await), ProblemKind::Unavailable, "somebody adds to it");
        staging.open(id(2), 10).await.unwrap();
        drop(first);
        let again = staging.open(id(1), 10).await.unwrap();
        assert_eq!(again.len(), 3);
        let again = again.append(vec![Bytes::from_static(b"d"), Bytes::from_static(b"e")]).await.unwrap();
        assert_eq!(std::io::read_to_string(std::fs::File::open(staging.path(id(1))).unwrap()).unwrap(), "abcde");
        again.clear().await.unwrap();
        assert_eq!((staging.len(id(1)).await.unwrap(), staging.all().await.unwrap()), (0, BTreeSet::from([id(1), id(2)])));
        staging.remove(id(1)).await.unwrap();
        staging.remove(id(1)).await.unwrap();
        assert_eq!(staging.all().await.unwrap(), BTreeSet::from([id(2)]));
    }

    #[tokio::test]
    async fn r82_what_was_seen_while_it_arrived_is_what_lies_there() {
        let folder = tempfile::tempdir().unwrap();
        let staging = || Staging::new(folder.path().to_owned(), 0, false);
        let one = staging();
        let part = |text: &'static str| vec![Bytes::from_static(text.as_bytes())];
        let of = |text: &str| {
            let mut inspection = Inspection::default();
            inspection.take(text.as_bytes());
            inspection.finish()
        };
        drop(one.open(id(1), 9).await.unwrap().append(part("Kamera ")).await.unwrap());
        let mut whole = one.open(id(1), 9).await.unwrap().append(part("2\n")).await.unwrap();
        assert!(whole.seen.inspection.is_some(), "it need not be read");
        assert_eq!(whole.content().await.unwrap(), of("Kamera 2\n"));
        drop(whole);
        // Looked at already, begun before the service was started, or changed on the disk: it is read.
        let after_a_start = staging();
        for staging in [&one, &after_a_start] {
            let mut again = staging.open(id(1), 9).await.unwrap();
            assert!(again.seen.inspection.is_none());
            assert_eq!(again.content().await.unwrap(), of("Kamera 2\n"));
        }
        drop(one.open(id(2), 9).await.unwrap().append(part("abc")).await.unwrap());
        fs::write(one.path(id(2)), "abcd").unwrap();
        assert_eq!(one.open(id(2), 9).await.unwrap().content().await.unwrap(), of("abcd"));
        // What begins anew is seen anew.
        let damaged = one.open(id(3), 9).await.unwrap().append(part("x")).await.unwrap();
        damaged.clear().await.unwrap();
        let mut anew = one.open(id(3), 9).await.unwrap().append(part("y")).await.unwrap();
        assert_eq!(anew.content().await.unwrap(), of("y"));
    }

    #[tokio::test]
    async fn r82_what_the_disk_did_not_write_down_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let staging = Staging::new(folder.path().to_owned(), 0, false);
        drop(staging.open(id(1), 9).await.unwrap().append(vec![Bytes::from_static(b"abc")]).await.unwrap());
        staging.spoiled.lock().unwrap().insert(id(1));
        let mut anew = staging.open(id(1), 9).await.unwrap();
        assert_eq!(anew.len(), 0);
        anew = anew.append(vec![Bytes::from_static(b"d")]).await.unwrap();
        drop(anew);
        assert_eq!(staging.len(id(1)).await.unwrap(), 1, "once");
        assert_eq!(staging.open(id(1), 9).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn r82_files_leave_the_database_its_room_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let staging = Staging::new(folder.path().to_owned(), u64::MAX, false);
        assert_eq!(kind(staging.open(id(1), 10).await), ProblemKind::Unavailable);
    }

    #[tokio::test]
    async fn r82_files_that_arrive_at_the_same_time_leave_it_its_room_together() {
        let folder = tempfile::tempdir().unwrap();
        let staging = |is_copied| {
            let room = Room { reserve: 10, is_copied, free: |_| Some(100), promised: Arc::default() };
            Staging { folder: folder.path().to_owned(), room, known: Known::default(), spoiled: Spoiled::default() }
        };
        let one = staging(false);
        let first = one.open(id(1), 40).await.unwrap();
        assert_eq!(kind(one.open(id(2), 51).await), ProblemKind::Unavailable, "40 of 90 are promised");
        // What was written is no longer to come.
        let first = first.append(vec![Bytes::from_static(&[0; 30])]).await.unwrap();
        let second = one.open(id(2), 51).await.unwrap();
        assert_eq!(kind(one.open(id(3), 30).await), ProblemKind::Unavailable);
        drop((first, second));
        assert!(one.open(id(3), 90).await.is_ok(), "who has gone needs none");
        // Kept in a folder, it is there twice for a while.
        let twice = staging(true);
        assert_eq!(kind(twice.open(id(4), 46).await), ProblemKind::Unavailable);
        let _first = twice.open(id(4), 30).await.unwrap();
        assert_eq!(kind(twice.open(id(5), 16).await), ProblemKind::Unavailable);
        assert!(twice.open(id(5), 15).await.is_ok());
    }
}
