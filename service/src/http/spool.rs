//! Holds what was written of an answer and not read yet: some of it in memory, the rest in a file without a name. So whoever writes an answer
//! is done when it is written, however slowly it is read.

use std::collections::VecDeque;
use std::io::{self, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::{Bytes, BytesMut};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use crate::files::free_on_disk;

/// How much of an answer is held in memory, in bytes.
const MEMORY: usize = 1024 * 1024;
/// How much is read from the file at once.
const BLOCK: u64 = 64 * 1024;

type Chunk = io::Result<Bytes>;

/// Where the files lie, how much all of them may hold, and how much they leave free on their disk for everybody else, the database above all.
#[derive(Debug)]
pub(crate) struct SpoolSpace {
    folder: PathBuf,
    most: u64,
    reserve: u64,
    used: AtomicU64,
    /// One for each file: connections and the database need descriptors, too.
    files: Arc<Semaphore>,
}

/// How many files there may be at a time.
const FILES: usize = 64;

impl SpoolSpace {
    pub(crate) fn new(folder: PathBuf, most: u64, reserve: u64) -> Self {
        Self { folder, most, reserve, used: AtomicU64::new(0), files: Arc::new(Semaphore::new(FILES)) }
    }

    /// Whether the disk has room for so much more beside the reserve.
    fn has_room_for(&self, bytes: usize) -> bool {
        let needed = self.reserve.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        free_on_disk(&self.folder).is_none_or(|free| free >= needed)
    }
}

/// Passes on what comes, in order, as fast as it is taken, until it ends, nobody takes it any more, or `ended` is cancelled. It takes what comes
/// at once while there is space; what comes after an error is lost.
pub(crate) async fn spool(space: Arc<SpoolSpace>, mut from: mpsc::Receiver<Chunk>, to: mpsc::Sender<Chunk>, ended: CancellationToken) {
    let mut held = Held { space, memory: VecDeque::new(), in_memory: 0, file: None, waiting: None, told: false, written: 0, read: 0 };
    let mut more = true;
    let failed = loop {
        if !more && held.is_empty() {
            return;
        }
        tokio::select! {
            biased;
            () = ended.cancelled() => break io::Error::other("ended"),
            () = to.closed() => return,
            place = to.reserve(), if !held.is_empty() => {
                let Ok(place) = place else { return };
                match held.pop().await {
                    Ok(chunk) => place.send(Ok(chunk)),
                    Err(error) => break error,
                }
            }
            chunk = from.recv(), if more && held.has_room() => match chunk {
                Some(Ok(chunk)) => held.push(chunk).await,
                Some(Err(error)) => break error,
                None => more = false,
            }
        }
    };
    tracing::warn!(error = %failed, "an answer was cut off");
    // Who waits for it reads an error, and otherwise an end too early: either way there is no last line.
    let _ = to.try_send(Err(failed));
}

struct Held {
    space: Arc<SpoolSpace>,
    /// What comes first.
    memory: VecDeque<Bytes>,
    in_memory: usize,
    /// What comes after that.
    file: Option<(File, OwnedSemaphorePermit)>,
    /// What comes last: no file could be had, or the disk takes no more. What is in the file is read first.
    waiting: Option<Bytes>,
    /// Whether it was said that no file takes it: once for an answer.
    told: bool,
    written: u64,
    read: u64,
}

impl Held {
    fn is_empty(&self) -> bool {
        self.memory.is_empty() && self.read == self.written && self.waiting.is_none()
    }

    fn fits_in_memory(&self) -> bool {
        self.read == self.written && self.in_memory < MEMORY
    }

    fn has_room(&self) -> bool {
        self.waiting.is_none() && (self.fits_in_memory() || self.space.used.load(Ordering::Relaxed) < self.space.most)
    }

    async fn push(&mut self, chunk: Bytes) {
        if self.fits_in_memory() {
            self.in_memory += chunk.len();
            self.memory.push_back(chunk);
            return;
        }
        if let Err(error) = self.write(&chunk).await {
            if !std::mem::replace(&mut self.told, true) {
                tracing::warn!(%error, "an answer of sync waits for its reader: no file takes it");
            }
            self.waiting = Some(chunk);
        }
    }

    async fn write(&mut self, chunk: &Bytes) -> io::Result<()> {
        if !self.space.has_room_for(chunk.len()) {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "what is left on the disk is the database's"));
        }
        let (file, _) = match &mut self.file {
            Some(file) => file,
            None => {
                let place = self.space.files.clone().try_acquire_owned().map_err(io::Error::other)?;
                let folder = self.space.folder.clone();
                let made = tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder)).await.map_err(io::Error::other)??;
                self.file.insert((File::from_std(made), place))
            }
        };
        file.seek(SeekFrom::Start(self.written)).await?;
        file.write_all(chunk).await?;
        file.flush().await?;
        self.written += chunk.len() as u64;
        self.space.used.fetch_add(chunk.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    async fn pop(&mut self) -> io::Result<Bytes> {
        if let Some(chunk) = self.memory.pop_front() {
            self.in_memory -= chunk.len();
            return Ok(chunk);
        }
        if self.read == self.written {
            return Ok(self.waiting.take().unwrap_or_default());
        }
        let Some((file, _)) = &mut self.file else { return Ok(Bytes::new()) };
        let size = (self.written - self.read).min(BLOCK);
        let mut block = BytesMut::zeroed(usize::try_from(size).unwrap_or(0));
        file.seek(SeekFrom::Start(self.read)).await?;
        file.read_exact(&mut block).await?;
        self.read += size;
        if self.read == self.written {
            // Emptied at once: the disk is everybody's.
            file.set_len(0).await?;
            self.give_back();
        }
        Ok(block.freeze())
    }

    fn give_back(&mut self) {
        self.space.used.fetch_sub(self.written, Ordering::Relaxed);
        (self.written, self.read) = (0, 0);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHUNKS: usize = 200;

    /// A chunk of its own size and content.
    fn chunk(n: usize) -> Bytes {
        Bytes::from(vec![u8::try_from(n % 251).unwrap(); 20_000 + 7 * n])
    }

    fn spooled(
        most: u64,
        reserve: u64,
    ) -> (tempfile::TempDir, Arc<SpoolSpace>, mpsc::Sender<Chunk>, mpsc::Receiver<Chunk>, CancellationToken) {
        let folder = tempfile::tempdir().unwrap();
        let space = Arc::new(SpoolSpace::new(folder.path().to_owned(), most, reserve));
        let ((write, from), (to, read), ended) = (mpsc::channel(1), mpsc::channel(1), CancellationToken::new());
        tokio::spawn(spool(space.clone(), from, to, ended.clone()));
        (folder, space, write, read, ended)
    }

    async fn read_all(mut read: mpsc::Receiver<Chunk>) -> io::Result<Vec<u8>> {
        let mut all = vec![];
        while let Some(chunk) = read.recv().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all)
    }

    #[tokio::test]
    async fn fault_11_an_answer_is_taken_whole_before_anybody_reads_and_comes_out_as_it_went_in() {
        let (folder, space, write, read, _ended) = spooled(u64::MAX, 0);
        for n in 0..CHUNKS {
            write.send(Ok(chunk(n))).await.unwrap();
        }
        drop(write);
        assert!(space.used.load(Ordering::Relaxed) > 1_000_000, "most of it is in the file");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "which has no name");
        let all = read_all(read).await.unwrap();
        assert!(all == (0..CHUNKS).flat_map(chunk).collect::<Vec<u8>>());
        assert_eq!(space.used.load(Ordering::Relaxed), 0);
    }

    /// Writes while it is read.
    async fn comes_out_as_it_went_in(write: mpsc::Sender<Chunk>, read: mpsc::Receiver<Chunk>) {
        let writing = tokio::spawn(async move {
            for n in 0..CHUNKS {
                write.send(Ok(chunk(n))).await.unwrap();
            }
        });
        let all = read_all(read).await.unwrap();
        writing.await.unwrap();
        assert!(all == (0..CHUNKS).flat_map(chunk).collect::<Vec<u8>>());
    }

    #[tokio::test]
    async fn fault_11_without_space_the_writer_waits_for_the_reader() {
        let (_folder, space, write, read, _ended) = spooled(0, 0);
        comes_out_as_it_went_in(write, read).await;
        assert_eq!(space.used.load(Ordering::Relaxed), 0);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn fault_14_unread_answers_leave_the_database_its_room_on_the_disk() {
        let (_folder, space, write, read, _ended) = spooled(u64::MAX, u64::MAX);
        let mut taken = 0;
        while let Ok(place) = tokio::time::timeout(std::time::Duration::from_secs(3), write.reserve()).await {
            place.unwrap().send(Ok(chunk(taken)));
            taken += 1;
        }
        assert!(taken > 10 && taken < CHUNKS, "memory takes some, and no disk the rest: {taken}");
        assert_eq!(space.used.load(Ordering::Relaxed), 0);
        drop(write);
        assert!(read_all(read).await.unwrap() == (0..taken).flat_map(chunk).collect::<Vec<u8>>(), "what was taken is not lost");
    }

    #[tokio::test]
    async fn fault_11_without_a_file_the_writer_waits_for_the_reader_and_nothing_is_lost() {
        let (folder, space, write, read, _ended) = spooled(u64::MAX, 0);
        // As a full disk, or a process that may open no more files.
        drop(folder);
        comes_out_as_it_went_in(write, read).await;
        assert_eq!((space.used.load(Ordering::Relaxed), space.files.available_permits()), (0, FILES));
    }

    #[tokio::test]
    async fn fault_11_an_answer_that_fails_or_is_ended_is_an_error_to_its_reader_and_leaves_nothing() {
        for fails in [true, false] {
            let (_folder, space, write, mut read, ended) = spooled(u64::MAX, 0);
            for n in 0..CHUNKS {
                write.send(Ok(chunk(n))).await.unwrap();
            }
            assert!(read.recv().await.unwrap().is_ok());
            if fails {
                write.send(Err(io::Error::other("no"))).await.unwrap()
            } else {
                ended.cancel()
            }
            write.closed().await;
            let read = read_all(read).await;
            assert!(read.is_err() || read.unwrap().len() < 60_000, "at most what was under way");
            assert_eq!(space.used.load(Ordering::Relaxed), 0);
        }
    }
}
