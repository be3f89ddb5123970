//! The store, and where its transactions begin.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tenantry_model::id::TenantId;
use tenantry_model::time::{Clock, Timestamp};
use tokio::sync::Notify;

use crate::error::Result;
use crate::store::change_log::{self, Horizon};
use crate::store::db::{Conn, Database};
use crate::store::people;
use crate::store::tenants::{self, KnownTenant};
use crate::store::tx::{ReadTx, Tx};

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    clock: Arc<dyn Clock>,
    recorded: Arc<Notify>,
    /// Whether a transaction of [`Store::write_intake`] was committed since the last [`Store::sync_intake`].
    unsynced: Arc<AtomicBool>,
}

impl Store {
    /// Opens the database file, makes it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// [`SchemaTooNew`](crate::error::Error::SchemaTooNew) when a newer version wrote it, [`Database`](crate::error::Error::Database) when it cannot be opened.
    pub async fn open(file: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let database = Database::open(file).await?;
        let mut first = database.begin_write().await?;
        people::fold_rest(&mut first).await?;
        first.commit().await?;
        Ok(Self { inner: Arc::new(Inner { database, clock, recorded: Arc::default(), unsynced: Arc::default() }) })
    }

    /// A transaction that sees one snapshot of the database, taken by its first statement, whatever is committed meanwhile.
    pub async fn read(&self) -> Result<ReadTx> {
        Ok(ReadTx::of(self.inner.database.begin_read().await?))
    }

    /// A tenant and the end of the log, of one snapshot: in one statement. Whoever has cached what belongs to it need not read more.
    pub async fn tenant_with_horizon(&self, tenant: TenantId) -> Result<Option<(KnownTenant, Horizon)>> {
        tenants::find_with_horizon(&mut self.inner.database.reader().await?, tenant).await
    }

    /// The one transaction that may write; waits for the one before. What it commits outlasts a loss of power before anybody reads it, so it
    /// may be told to a person or a log.
    pub async fn write(&self) -> Result<Tx> {
        Ok(self.tx(self.inner.database.begin_write().await?, None))
    }

    /// As [`Store::write`], for what a device reports and would report again: its commit waits for no disk. It lasts once the next transaction
    /// of [`Store::write`] is committed, or [`Store::sync_intake`] was called.
    pub async fn write_intake(&self) -> Result<Tx> {
        Ok(self.tx(self.inner.database.begin_intake().await?, Some(self.inner.unsynced.clone())))
    }

    fn tx(&self, conn: Conn, unsynced: Option<Arc<AtomicBool>>) -> Tx {
        Tx::of(conn, self.inner.clock.now(), self.inner.recorded.clone(), unsynced)
    }

    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub async fn horizon(&self) -> Result<Horizon> {
        change_log::horizon(&mut self.inner.database.reader().await?).await
    }

    /// Waits until a transaction of this process has recorded a change, at once where one has since the last time. For one task; what other
    /// processes commit is seen by asking for the horizon.
    pub async fn recorded(&self) {
        self.inner.recorded.notified().await;
    }

    pub async fn check(&self) -> Result<()> {
        self.inner.database.check().await
    }

    pub fn folder(&self) -> &Path {
        self.inner.database.folder()
    }

    /// Makes durable what transactions of [`Store::write_intake`] have committed; says whether there were any since the last time.
    pub async fn sync_intake(&self) -> Result<bool> {
        if !self.inner.unsynced.swap(false, Ordering::AcqRel) {
            return Ok(false);
        }
        let synced = self.inner.database.make_durable().await;
        if synced.is_err() {
            self.inner.unsynced.store(true, Ordering::Release);
        }
        synced.map(|()| true)
    }

    /// Refuses a database engine that can lose data. Returns its version.
    pub async fn check_engine(&self) -> Result<String> {
        self.inner.database.check_engine().await
    }

    pub async fn close(&self) {
        self.inner.database.close().await;
    }
}
