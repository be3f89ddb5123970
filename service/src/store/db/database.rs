//! The pools of connections and the file behind them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Conn, migrate, query_scalar};
use crate::error::{Error, Result};

/// How many readers there are at the same time.
pub const READERS: u32 = 8;
/// How long a statement waits for another process's lock.
const BUSY: Duration = Duration::from_secs(5);
/// How long a request waits for a free connection before it is told to come back.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How many bytes of the write-ahead log stay on the disk once all of it is in the file: what one large transaction made of it is given back.
const LARGEST_LOG: &str = "67108864";
/// Older ones can damage a database that several connections write (sqlite.org/wal.html, "the WAL-reset bug").
const OLDEST_ENGINE: [u32; 3] = [3, 51, 3];

/// One connection that writes and several that read.
pub(in crate::store) struct Database {
    writer: SqlitePool,
    readers: SqlitePool,
    file: PathBuf,
}

impl Database {
    /// Opens the file, makes it if there is none, and brings its schema up to date.
    pub(in crate::store) async fn open(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("cache_size", "-16384")
            .pragma("temp_store", "memory")
            .pragma("journal_size_limit", LARGEST_LOG)
            // macOS: a plain fsync leaves what was written in the drive's cache, and a checkpoint relies on it. Nothing elsewhere.
            .pragma("fullfsync", "on")
            .pragma("checkpoint_fullfsync", "on")
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
        drop(first);
        let readers = pool(READERS).connect_with(options.pragma("query_only", "on").pragma("cache_size", "-2048")).await?;
        Ok(Self { writer, readers, file: file.to_owned() })
    }

    /// A transaction that only reads, on a database that is opened for nothing else. Refuses a schema older than `oldest`.
    pub(in crate::store) async fn read_alone(file: &Path, oldest: i64) -> Result<Conn> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true).busy_timeout(BUSY).row_buffer_size(1_024);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let mut conn = Conn::transaction(pool.begin().await?);
        migrate::check(&mut conn, oldest).await?;
        Ok(conn)
    }

    /// A transaction that sees one snapshot, from its first statement on.
    pub(in crate::store) async fn begin_read(&self) -> Result<Conn> {
        Ok(Conn::transaction(self.readers.begin().await?))
    }

    /// A connection for one statement, which costs a quarter of a transaction around it.
    pub(in crate::store) async fn reader(&self) -> Result<Conn> {
        Ok(Conn::pooled(self.readers.acquire().await?))
    }

    /// The one transaction that may write; waits for the one before. What it commits is on disk before anybody reads it.
    pub(in crate::store) async fn begin_write(&self) -> Result<Conn> {
        self.begin("PRAGMA synchronous = FULL; BEGIN IMMEDIATE").await
    }

    /// As [`Database::begin_write`], but its commit waits for no disk: it is whole or not there after a loss of power.
    pub(in crate::store) async fn begin_intake(&self) -> Result<Conn> {
        self.begin("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE").await
    }

    async fn begin(&self, statements: &'static str) -> Result<Conn> {
        Ok(Conn::transaction(self.writer.begin_with(statements).await?))
    }

    pub(in crate::store) async fn check(&self) -> Result<()> {
        migrate::check(&mut self.reader().await?, 0).await
    }

    pub(in crate::store) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or_else(|| Path::new("."))
    }

    /// Waits until everything that was committed outlasts a loss of power: what [`Database::begin_intake`] began, too.
    pub(in crate::store) async fn make_durable(&self) -> Result<()> {
        let failed = |error: std::io::Error| Error::Internal(format!("the database's log cannot be written to disk: {error}"));
        let mut log = self.file.clone().into_os_string();
        log.push("-wal");
        // What is not in this file any more was written to disk before it left.
        match tokio::fs::OpenOptions::new().write(true).open(log).await {
            Ok(log) => log.sync_all().await.map_err(failed),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    pub(in crate::store) async fn check_engine(&self) -> Result<String> {
        let version: String = query_scalar("SELECT sqlite_version()").fetch_one(&mut self.reader().await?).await?;
        let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
        if parts.as_slice() >= OLDEST_ENGINE.as_slice() {
            return Ok(version);
        }
        Err(Error::Config(format!(
            "this program was built with SQLite {version}, which can lose data; build it alone: cargo build -p tenantry-service"
        )))
    }

    pub(in crate::store) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It counts on macOS alone, where a checkpoint could otherwise outrun the log on the disk; it can be set, and asked for, everywhere.
    #[tokio::test]
    async fn fault_24_the_disk_is_waited_for_on_macos_too() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("tenantry.db")).await.unwrap();
        for pragma in ["PRAGMA fullfsync", "PRAGMA checkpoint_fullfsync"] {
            for pool in [&database.writer, &database.readers] {
                assert_eq!(sqlx::query_scalar::<_, i64>(pragma).fetch_one(pool).await.unwrap(), 1, "{pragma}");
            }
        }
        database.close().await;
    }
}
