//! Transactions.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tenantry_model::time::Timestamp;
use tokio::sync::Notify;

use crate::error::Result;
use crate::store::db::{Conn, Database};

/// A snapshot of the database.
pub struct ReadTx {
    conn: Conn,
}

impl ReadTx {
    pub(super) const fn of(conn: Conn) -> Self {
        Self { conn }
    }

    /// On a database that is opened for nothing else. Refuses a schema older than `oldest`.
    pub(super) async fn alone(file: &Path, oldest: i64) -> Result<Self> {
        Ok(Self { conn: Database::read_alone(file, oldest).await? })
    }

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
    /// Woken by a commit that recorded a change.
    wake: Arc<Notify>,
    /// Set by a commit that waited for no disk.
    unsynced: Option<Arc<AtomicBool>>,
}

impl Tx {
    pub(super) const fn of(conn: Conn, now: Timestamp, wake: Arc<Notify>, unsynced: Option<Arc<AtomicBool>>) -> Self {
        Self { conn, now, recorded: false, unlogged: false, wake, unsynced }
    }

    pub const fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// The time of this transaction: the same for all it writes.
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

    pub async fn commit(self) -> Result<()> {
        self.conn.commit().await?;
        if let Some(unsynced) = self.unsynced {
            unsynced.store(true, Ordering::Release);
        }
        if self.recorded {
            self.wake.notify_one();
        }
        Ok(())
    }
}
