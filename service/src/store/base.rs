//! The store and its transactions.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use tenantry_model::id::TenantId;
use tenantry_model::time::{Clock, Timestamp};
use tokio::sync::broadcast;

use crate::error::{Error, Result};
use crate::store::changelog::Horizon;
use crate::store::tenants::{self, KnownTenant};
use crate::store::{CommittedChange, migrate, people};

/// How many readers there are at the same time.
pub const READERS: u32 = 8;
/// How many commits an event stream may fall behind; a stream that falls further nudges its client, which loses nothing.
const ANNOUNCEMENTS: usize = 1_024;
/// How long a statement waits for another process's lock.
pub(super) const BUSY: Duration = Duration::from_secs(5);
/// How long a request waits for a free connection before it is told to come back.
const ACQUIRE: Duration = Duration::from_secs(10);

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    writer: SqlitePool,
    readers: SqlitePool,
    file: PathBuf,
    clock: Arc<dyn Clock>,
    announcements: broadcast::Sender<Arc<CommittedChange>>,
}

impl Store {
    /// Opens the database file, makes it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::SchemaTooNew`] when a newer version wrote it, [`Error::Database`] when it cannot be opened.
    pub async fn open(file: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("cache_size", "-16384")
            .pragma("temp_store", "memory")
            .row_buffer_size(512)
            .statement_cache_capacity(256);
        let pool = |connections: u32| {
            SqlitePoolOptions::new()
                .min_connections(1)
                .max_connections(connections)
                .acquire_timeout(ACQUIRE)
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
        };
        let writer = pool(1).connect_with(options.clone().create_if_missing(true)).await?;
        let mut first = writer.acquire().await?;
        migrate::run(&mut first).await?;
        people::fold_rest(&mut first).await?;
        drop(first);
        let readers = pool(READERS).connect_with(options.pragma("query_only", "on").pragma("cache_size", "-2048")).await?;
        let (announcements, _) = broadcast::channel(ANNOUNCEMENTS);
        Ok(Self { inner: Arc::new(Inner { writer, readers, file: file.to_owned(), clock, announcements }) })
    }

    /// A transaction that sees one moment of the database, from its first statement on, whatever is committed meanwhile.
    pub async fn read(&self) -> Result<ReadTx> {
        ReadTx::begin(&self.inner.readers).await
    }

    /// A tenant and the end of the log, at one moment: in one statement, which costs a quarter of a transaction around it. Whoever has kept
    /// what belongs to this moment need not read more.
    pub async fn glance(&self, tenant: TenantId) -> Result<Option<(KnownTenant, Horizon)>> {
        tenants::find_with_horizon(&mut *self.inner.readers.acquire().await?, tenant).await
    }

    /// The one transaction that may write; waits for the one before.
    pub async fn write(&self) -> Result<Tx> {
        let tx = self.inner.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Tx {
            tx,
            now: self.inner.clock.now(),
            recorded: CommittedChange::default(),
            unlogged: false,
            announcements: self.inner.announcements.clone(),
        })
    }

    /// Hears of every commit that recorded a change, after it is durable enough to be read.
    pub fn changes(&self) -> broadcast::Receiver<Arc<CommittedChange>> {
        self.inner.announcements.subscribe()
    }

    /// Whether the database answers.
    pub async fn check(&self) -> Result<()> {
        let mut tx = self.read().await?;
        let _: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM schema_migrations").fetch_one(tx.conn()).await?;
        Ok(())
    }

    /// The folder that the database lies in.
    pub fn folder(&self) -> &Path {
        self.inner.file.parent().unwrap_or_else(|| Path::new("."))
    }

    /// Waits until everything that was committed outlasts a loss of power. Commits alone wait for no disk (`synchronous=NORMAL`): they are
    /// whole or not there after one.
    pub async fn make_durable(&self) -> Result<()> {
        let failed = |error: std::io::Error| Error::Internal(format!("the database's log cannot be written to disk: {error}"));
        let mut log = self.inner.file.clone().into_os_string();
        log.push("-wal");
        // What is not in this file any more was written to disk before it left.
        match tokio::fs::OpenOptions::new().write(true).open(log).await {
            Ok(log) => log.sync_all().await.map_err(failed),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// The version of SQLite that is linked.
    pub async fn sqlite_version(&self) -> Result<String> {
        Ok(sqlx::query_scalar("SELECT sqlite_version()").fetch_one(self.read().await?.conn()).await?)
    }

    /// Closes all connections, once their transactions have ended.
    pub async fn close(&self) {
        self.inner.readers.close().await;
        self.inner.writer.close().await;
    }
}

/// One moment of the database.
pub struct ReadTx {
    tx: Transaction<'static, Sqlite>,
}

impl ReadTx {
    pub(super) async fn begin(readers: &SqlitePool) -> Result<Self> {
        Ok(Self { tx: readers.begin().await? })
    }

    /// The connection to run statements on.
    pub fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.tx
    }
}

/// The writing transaction. Dropped without [`Tx::commit`], it never was.
pub struct Tx {
    tx: Transaction<'static, Sqlite>,
    now: Timestamp,
    pub(super) recorded: CommittedChange,
    pub(super) unlogged: bool,
    announcements: broadcast::Sender<Arc<CommittedChange>>,
}

impl Tx {
    /// The connection to run statements on.
    pub fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.tx
    }

    /// The moment that this transaction stands for: the same for all it writes.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Records nothing from here on. Only for filling a database that nobody has read yet: there is nobody to tell what changed.
    pub(crate) fn keep_no_log(&mut self) {
        self.unlogged = true;
    }

    /// Lets the rest of this transaction happen later, by the demo's clock.
    pub(crate) fn put_forward(&mut self, by: Duration) {
        self.now = self.now.plus(by);
    }

    /// Makes it count, then announces what it recorded.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        if !self.recorded.is_empty() {
            // Nobody listens when no event stream is open.
            let _ = self.announcements.send(Arc::new(self.recorded));
        }
        Ok(())
    }
}

/// Turns the parse error of a column into one that names table, column and row.
pub(super) trait Column<T> {
    fn column(self, table: &'static str, column: &'static str, id: &str) -> Result<T>;
}

impl<T, E: std::fmt::Display> Column<T> for Result<T, E> {
    fn column(self, table: &'static str, column: &'static str, id: &str) -> Result<T> {
        self.map_err(|error| Error::bad_row(table, column, id, error))
    }
}
