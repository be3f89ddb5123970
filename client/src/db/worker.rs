//! The thread that owns an open database. SQLite within SQLCipher has a fault with two or more connections on one write-ahead log: a file has
//! one connection, and whoever wants something of it sends its thread a closure. No transaction ever outlives its closure.

use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::error::Error;

/// What a worker's thread owns: a connection, and what its owner holds in memory beside it.
pub(crate) trait Owned: Sized + 'static {
    /// A job failed: the place to see to a damaged file.
    fn after_failure(&mut self, error: &Error);
    /// Before the thread ends: writes what is still in a log into the file.
    fn flush(&mut self) -> Result<(), Error>;
}

type Job<S> = Box<dyn FnOnce(&mut S) + Send>;

/// A handle on the thread. Clones reach the same one; the thread ends, and the file is closed, when the last of them is gone or on `close`.
pub(crate) struct Worker<S> {
    thread: Arc<Thread<S>>,
}

impl<S> Clone for Worker<S> {
    fn clone(&self) -> Self {
        Self { thread: Arc::clone(&self.thread) }
    }
}

struct Thread<S> {
    jobs: mpsc::Sender<Option<Job<S>>>,
    end: Option<JoinHandle<()>>,
}

impl<S> Drop for Thread<S> {
    /// Waits until the file is closed: SQLCipher gives its memory back when the process exits, whoever may still be closing a file then.
    fn drop(&mut self) {
        // Closed already: then it has ended.
        let _ = self.jobs.send(None);
        // The last handle may go with a job, on the thread itself.
        if let Some(thread) = self.end.take().filter(|thread| thread.thread().id() != std::thread::current().id()) {
            // A panic on the thread has been logged by then.
            let _ = thread.join();
        }
    }
}

impl<S: Owned> Worker<S> {
    /// Starts a thread that opens what it is to own. Answers what `open` answers beside that.
    pub(crate) async fn start<T: Send + 'static>(
        name: &str,
        open: impl FnOnce() -> Result<(S, T), Error> + Send + 'static,
    ) -> Result<(Self, T), Error> {
        let (jobs, inbox) = mpsc::channel::<Option<Job<S>>>();
        let (opened, answer) = oneshot::channel();
        let end = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let mut owned = match open() {
                Ok((owned, beside)) => {
                    // Nobody waits any more: then nobody sends jobs either.
                    let _ = opened.send(Ok(beside));
                    owned
                }
                Err(error) => {
                    let _ = opened.send(Err(error));
                    return;
                }
            };
            while let Ok(Some(job)) = inbox.recv() {
                job(&mut owned);
            }
        })?;
        let worker = Self { thread: Arc::new(Thread { jobs, end: Some(end) }) };
        let beside = answer.await.map_err(|_| Error::Closed)??;
        Ok((worker, beside))
    }

    /// Runs a closure on the thread, after those that were sent before.
    pub(crate) async fn run<T: Send + 'static>(&self, job: impl FnOnce(&mut S) -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        let (answer, done) = oneshot::channel();
        self.send(move |owned| {
            let done = job(owned);
            if let Err(error) = &done {
                owned.after_failure(error);
            }
            // Who asked may be gone; what was asked for is done all the same.
            let _ = answer.send(done);
        })?;
        done.await.map_err(|_| Error::Closed)?
    }

    /// Sends a closure that nobody waits for.
    pub(crate) fn send(&self, job: impl FnOnce(&mut S) + Send + 'static) -> Result<(), Error> {
        self.thread.jobs.send(Some(Box::new(job))).map_err(|_| Error::Closed)
    }

    /// Closes the file after the closures that were sent before. What comes later is answered [`Error::Closed`].
    pub(crate) async fn close(&self) {
        // Already closed is closed.
        let _ = self.run(S::flush).await;
        let _ = self.thread.jobs.send(None);
        while self.run(|_| Ok(())).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }
}
