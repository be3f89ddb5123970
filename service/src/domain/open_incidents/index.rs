//! The latest snapshot, and how a transaction gets the one that belongs to it.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Mutex;

use crate::domain::open_incidents::Snapshot;
use crate::error::Result;
use crate::store::change_log::{self, Horizon};
use crate::store::{Conn, Store};

/// When more rows of the log are missing, everything is read again.
const FAR_BEHIND: i64 = 20_000;

#[derive(Debug, Default)]
pub struct OpenIncidentIndex {
    latest: RwLock<Option<Arc<Snapshot>>>,
    /// Held while missing rows are read: whoever waited for it finds them read.
    reading: Mutex<()>,
}

impl OpenIncidentIndex {
    pub fn latest(&self) -> Option<Arc<Snapshot>> {
        self.latest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The latest snapshot, if it belongs to this horizon.
    pub fn at(&self, horizon: Horizon) -> Option<Arc<Snapshot>> {
        self.latest().filter(|latest| latest.horizon() == horizon)
    }

    /// The snapshot of a transaction in which the log ends at `horizon`. `before` must be what [`OpenIncidentIndex::latest`] answered before
    /// the transaction began: the transaction is then no older, unless a backup was restored.
    pub async fn snapshot_for(&self, conn: &mut Conn, before: Option<&Arc<Snapshot>>, horizon: Horizon) -> Result<Arc<Snapshot>> {
        let reading = self.reading.lock().await;
        let latest = self.latest();
        if let Some(same) = latest.iter().chain(before).find(|snapshot| snapshot.horizon() == horizon) {
            return Ok(same.clone());
        }
        let restored = before.is_some_and(|before| before.horizon().seq >= horizon.seq);
        if !restored && latest.as_ref().is_some_and(|latest| latest.horizon().seq > horizon.seq) {
            // A transaction that began later was served first. The latest snapshot is too new for this one, whose rights are older.
            drop(reading);
            return Ok(Arc::new(follow(conn, before, horizon).await?));
        }
        let base = latest.filter(|_| !restored);
        let snapshot = Arc::new(follow(conn, base.as_ref(), horizon).await?);
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Some(snapshot.clone());
        Ok(snapshot)
    }

    /// Catches up with the log, so that readers have little left to read.
    pub async fn refresh(&self, store: &Store) -> Result<()> {
        let before = self.latest();
        let mut tx = store.read().await?;
        let horizon = change_log::horizon(tx.conn()).await?;
        self.snapshot_for(tx.conn(), before.as_ref(), horizon).await.map(drop)
    }
}

async fn follow(conn: &mut Conn, base: Option<&Arc<Snapshot>>, horizon: Horizon) -> Result<Snapshot> {
    if let Some(base) = base {
        let known = base.horizon();
        let near = known.seq < horizon.seq && horizon.seq - known.seq <= FAR_BEHIND;
        if near && change_log::reaches_back_to(conn, known).await? {
            return base.followed(conn, horizon).await;
        }
    }
    let all = Snapshot::read(conn, horizon).await?;
    tracing::info!(open = all.len(), "the open incidents were read");
    Ok(all)
}
