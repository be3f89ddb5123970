//! The thread that owns the connection.
//! The SQLite inside SQLCipher has a fault with two or more connections on one write-ahead log: here there is one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tenantry_model::ipc::DataChange;

use super::customers::Customers;
use super::index::Index;
use super::list::Results;
use super::marks::Marks;
use super::meta::{self, Meta};
use super::open::{self, Location, SetAside};
use crate::error::Error;
use crate::keychain::StoreKey;

type Job = Box<dyn FnOnce(&mut Store) + Send>;
type Rebuilt = Box<dyn Fn(DataChange) + Send>;

/// A handle on the thread. Clones reach the same one; the thread ends, and the file is closed, when the last of them is gone or on `close`.
#[derive(Clone)]
pub(crate) struct Cache {
    thread: Arc<Thread>,
}

struct Thread {
    jobs: mpsc::Sender<Option<Job>>,
    end: Option<JoinHandle<()>>,
}

impl Drop for Thread {
    /// Waits until the file is closed: SQLCipher gives its memory back when the process exits, whoever may still be closing a file then.
    fn drop(&mut self) {
        // Closed already: then it has ended.
        let _ = self.jobs.send(None);
        // The last handle may go with a job, on the thread itself.
        if let Some(thread) = self.end.take().filter(|thread| thread.thread().id() != std::thread::current().id()) {
            // A panic on the thread has been told by then.
            let _ = thread.join();
        }
    }
}

/// What the thread owns: the connection, and what is kept in memory of what lies behind it.
pub(crate) struct Store {
    pub(super) db: Connection,
    pub(super) meta: Meta,
    pub(super) customers: Customers,
    pub(super) marks: Marks,
    pub(super) index: Index,
    pub(super) results: Results,
    pub(super) generation: Arc<AtomicU64>,
    /// How many times kept answers had to go.
    pub(super) invalidated: u64,
    location: Location,
    key: Option<StoreKey>,
    rebuilt: Option<Rebuilt>,
}

impl Cache {
    /// Opens the file, or a store in memory. The second value says whether a file that could not be used was set aside.
    /// `generation` goes on from whatever it is, so that it never runs backwards over a sign-out.
    pub(crate) async fn open(
        location: Location,
        key: Option<StoreKey>,
        generation: Arc<AtomicU64>,
    ) -> Result<(Self, Option<SetAside>), Error> {
        let (jobs, inbox) = mpsc::channel::<Option<Job>>();
        let (opened, answer) = tokio::sync::oneshot::channel();
        let end = std::thread::Builder::new().name("cache".into()).spawn(move || {
            let mut store = match Store::open(location, key, generation) {
                Ok((store, aside)) => {
                    // Nobody waits any more: then nobody sends jobs either.
                    let _ = opened.send(Ok(aside));
                    store
                }
                Err(error) => {
                    let _ = opened.send(Err(error));
                    return;
                }
            };
            while let Ok(Some(job)) = inbox.recv() {
                job(&mut store);
            }
        })?;
        let cache = Self { thread: Arc::new(Thread { jobs, end: Some(end) }) };
        let aside = answer.await.map_err(|_| Error::Closed)??;
        Ok((cache, aside))
    }

    /// Runs a closure on the thread, after those that were sent before.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, done) = tokio::sync::oneshot::channel();
        let job: Job = Box::new(move |store| {
            let done = job(store);
            if let Err(error) = &done
                && store.is_damage(error)
            {
                store.rebuild(error);
            }
            // Who asked may be gone; what was asked for is done all the same.
            let _ = answer.send(done);
        });
        self.thread.jobs.send(Some(job)).map_err(|_| Error::Closed)?;
        done.await.map_err(|_| Error::Closed)?
    }

    /// From now on calls this, on the cache's thread, when the file had to be rebuilt while it was in use: it is empty then.
    pub(crate) fn when_rebuilt(&self, call: impl Fn(DataChange) + Send + 'static) {
        // Closed already: then nothing is rebuilt any more.
        let _ = self.thread.jobs.send(Some(Box::new(move |store| store.rebuilt = Some(Box::new(call)))));
    }

    /// Closes the file after the closures that were sent before. What comes later is answered [`Error::Closed`].
    pub(crate) async fn close(&self) {
        // Already closed is closed.
        let _ = self.run(Store::flush_log).await;
        let _ = self.thread.jobs.send(None);
        while self.run(|_| Ok(())).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }
}

impl Store {
    fn new(db: Connection, generation: Arc<AtomicU64>, location: Location, key: Option<StoreKey>) -> Result<Self, Error> {
        super::answers::forget_unnamed(&db)?;
        let meta = meta::load(&db)?;
        let customers = Customers::load(&db)?;
        let marks = Marks::load(&db)?;
        Ok(Self {
            db,
            meta,
            customers,
            marks,
            index: Index::default(),
            results: Results::default(),
            generation,
            invalidated: 0,
            location,
            key,
            rebuilt: None,
        })
    }

    /// Opens the file and reads what is kept in memory. Damage may show only there: the file is set aside then, too.
    fn open(location: Location, key: Option<StoreKey>, generation: Arc<AtomicU64>) -> Result<(Self, Option<SetAside>), Error> {
        let (db, aside) = open::open(&location, key.as_ref())?;
        match (Self::new(db, Arc::clone(&generation), location.clone(), key.clone()), &location) {
            (Ok(store), _) => Ok((store, aside)),
            (Err(error), Location::File(path)) if aside.is_none() && open::is_file_damage(&error) => {
                let aside = open::set_aside(path, error.to_string())?;
                let (db, _) = open::open(&location, key.as_ref())?;
                Ok((Self::new(db, generation, location, key)?, Some(aside)))
            }
            (Err(error), _) => Err(error),
        }
    }

    fn is_damage(&self, error: &Error) -> bool {
        matches!(self.location, Location::File(_)) && open::is_file_damage(error)
    }

    /// Damage that shows only while the file is in use: it is set aside, and an empty one takes its place. The next sync starts from nothing.
    fn rebuild(&mut self, found: &Error) {
        let Location::File(path) = self.location.clone() else { return };
        let (token, me, preferences) = (self.refresh_token(), self.me(), self.preferences());
        let rebuilt = Connection::open_in_memory().map_err(Error::from).and_then(|nothing| {
            self.db = nothing;
            let aside = open::set_aside(&path, found.to_string())?;
            self.db = open::open(&self.location, self.key.as_ref())?.0;
            self.reload()?;
            // What could still be read of the person saves them a sign-in.
            if let Ok(Some(token)) = token {
                self.set_refresh_token(Some(&token))?;
            }
            if let Ok(Some(me)) = me {
                self.set_me(me)?;
            }
            if let Ok(Some(preferences)) = preferences {
                self.set_preferences(&preferences)?;
            }
            Ok(aside)
        });
        match rebuilt {
            Ok(aside) => tracing::warn!(why = aside.why, to = %aside.to.display(), "the cache was damaged: set aside and rebuilt"),
            Err(error) => tracing::error!(%error, "the cache is damaged and could not be rebuilt"),
        }
        let change = self.changed(vec![]);
        if let Some(rebuilt) = &self.rebuilt {
            rebuilt(change);
        }
    }

    /// The generation of what a query reads now.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Says that something changed: older answers are older from now on.
    pub(crate) fn changed(&mut self, customers: Vec<tenantry_model::id::TenantId>) -> DataChange {
        DataChange { generation: self.generation.fetch_add(1, Ordering::SeqCst) + 1, customers }
    }

    /// Empties the write-ahead log into the file, so that what was deleted is in neither.
    pub(crate) fn flush_log(&mut self) -> Result<(), Error> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Deletes everything that came from the service; the refresh token, preferences and read marks stay.
    pub(crate) fn wipe(&mut self) -> Result<(), Error> {
        let tx = self.db.transaction()?;
        super::apply::delete_everything(&tx)?;
        tx.execute("DELETE FROM marks", [])?;
        meta::forget_sync(&tx)?;
        tx.commit()?;
        self.flush_log()?;
        self.reload()
    }

    /// Reads again what is kept in memory.
    pub(super) fn reload(&mut self) -> Result<(), Error> {
        self.meta = meta::load(&self.db)?;
        self.customers = Customers::load(&self.db)?;
        self.marks = Marks::load(&self.db)?;
        self.index = Index::default();
        self.results = Results::default();
        self.invalidated += 1;
        Ok(())
    }
}
