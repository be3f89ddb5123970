//! The latest snapshot, and how a transaction gets the one that it sees.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Mutex;

use crate::domain::open_incidents::Snapshot;
use crate::error::Result;
use crate::store::change_log::{self, Horizon};
use crate::store::{Conn, Store};

/// So many rows of the log behind, everything is read anew.
const FAR_BEHIND: i64 = 20_000;

/// See the module.
#[derive(Debug, Default)]
pub struct OpenIncidentIndex {
    latest: RwLock<Option<Arc<Snapshot>>>,
    /// Whoever reads what is missing: who waits for them finds it done.
    turn: Mutex<()>,
}

impl OpenIncidentIndex {
    /// The latest snapshot that somebody has asked for; none before the first.
    pub fn latest(&self) -> Option<Arc<Snapshot>> {
        self.latest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The latest snapshot, if it is this one.
    pub fn at(&self, horizon: Horizon) -> Option<Arc<Snapshot>> {
        self.latest().filter(|latest| latest.horizon() == horizon)
    }

    /// The snapshot that a transaction sees, in which the log ends at `horizon`. `before` must be what [`OpenIncidentIndex::latest`] answered before the
    /// transaction began: the transaction is then no older, unless a backup was restored.
    pub async fn seen_by(&self, conn: &mut Conn, before: Option<&Arc<Snapshot>>, horizon: Horizon) -> Result<Arc<Snapshot>> {
        let turn = self.turn.lock().await;
        let latest = self.latest();
        if let Some(same) = latest.iter().chain(before).find(|snapshot| snapshot.horizon() == horizon) {
            return Ok(same.clone());
        }
        let restored = before.is_some_and(|before| before.horizon().seq >= horizon.seq);
        if !restored && latest.as_ref().is_some_and(|latest| latest.horizon().seq > horizon.seq) {
            // Somebody who began later was served first. The latest is too new for this one, whose rights are older.
            drop(turn);
            return Ok(Arc::new(follow(conn, before, horizon).await?));
        }
        let base = latest.filter(|_| !restored);
        let snapshot = Arc::new(follow(conn, base.as_ref(), horizon).await?);
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Some(snapshot.clone());
        Ok(snapshot)
    }

    /// Catches up with the log, so that no reader has much to read.
    pub async fn refresh(&self, store: &Store) -> Result<()> {
        let before = self.latest();
        let mut tx = store.read().await?;
        let horizon = change_log::horizon(tx.conn()).await?;
        self.seen_by(tx.conn(), before.as_ref(), horizon).await.map(drop)
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

#[cfg(test)]
mod tests;
