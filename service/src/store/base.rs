//! The store and its transactions.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tenantry_model::id::TenantId;
use tenantry_model::time::{Clock, Timestamp};
use tokio::sync::Notify;

use crate::error::{Error, Result};
use crate::store::change_log::{self, Horizon};
use crate::store::db::{Conn, Database};
use crate::store::people;
use crate::store::tenants::{self, KnownTenant};

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    clock: Arc<dyn Clock>,
    recorded: Notify,
}

impl Store {
    /// Opens the database file, makes it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::SchemaTooNew`] when a newer version wrote it, [`Error::Database`] when it cannot be opened.
    pub async fn open(file: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let database = Database::open(file).await?;
        let mut first = database.begin_write().await?;
        people::fold_rest(&mut first).await?;
        first.commit().await?;
        Ok(Self { inner: Arc::new(Inner { database, clock, recorded: Notify::new() }) })
    }

    /// A transaction that sees one moment of the database, from its first statement on, whatever is committed meanwhile.
    pub async fn read(&self) -> Result<ReadTx> {
        Ok(ReadTx { conn: self.inner.database.begin_read().await? })
    }

    /// A tenant and the end of the log, at one moment: in one statement. Whoever has kept what belongs to this moment need not read more.
    pub async fn glance(&self, tenant: TenantId) -> Result<Option<(KnownTenant, Horizon)>> {
        tenants::find_with_horizon(&mut self.inner.database.reader().await?, tenant).await
    }

    /// The one transaction that may write; waits for the one before.
    pub async fn write(&self) -> Result<Tx> {
        Ok(Tx {
            conn: self.inner.database.begin_write().await?,
            now: self.inner.clock.now(),
            recorded: false,
            unlogged: false,
            store: self.clone(),
        })
    }

    /// Where the log of changes ends by now.
    pub async fn horizon(&self) -> Result<Horizon> {
        change_log::horizon(&mut self.inner.database.reader().await?).await
    }

    /// Waits until a transaction of this process has recorded a change, at once where one has since the last time. For one task; what other
    /// processes commit is seen by asking for the horizon.
    pub async fn recorded(&self) {
        self.inner.recorded.notified().await;
    }

    /// Whether the database answers.
    pub async fn check(&self) -> Result<()> {
        self.inner.database.check().await
    }

    /// The folder that the database lies in.
    pub fn folder(&self) -> &Path {
        self.inner.database.folder()
    }

    /// Waits until everything that was committed outlasts a loss of power. A commit alone waits for no disk: it is whole or not there after one.
    pub async fn make_durable(&self) -> Result<()> {
        self.inner.database.make_durable().await
    }

    /// Refuses a database engine that can lose data. Returns its version.
    pub async fn check_engine(&self) -> Result<String> {
        self.inner.database.check_engine().await
    }

    /// Closes all connections, once their transactions have ended.
    pub async fn close(&self) {
        self.inner.database.close().await;
    }
}

/// One moment of the database.
pub struct ReadTx {
    conn: Conn,
}

impl ReadTx {
    /// On a database that is opened for nothing else. Refuses a schema older than `oldest`.
    pub(super) async fn alone(file: &Path, oldest: i64) -> Result<Self> {
        Ok(Self { conn: Database::read_alone(file, oldest).await? })
    }

    /// The connection to run statements on.
    pub const fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// The writing transaction. Dropped without [`Tx::commit`], it never was.
pub struct Tx {
    conn: Conn,
    now: Timestamp,
    pub(super) recorded: bool,
    pub(super) unlogged: bool,
    store: Store,
}

impl Tx {
    /// The connection to run statements on.
    pub const fn conn(&mut self) -> &mut Conn {
        &mut self.conn
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

    /// Makes it count.
    pub async fn commit(self) -> Result<()> {
        self.conn.commit().await?;
        if self.recorded {
            self.store.inner.recorded.notify_one();
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
