//! What the log of changes says as it grows, for whoever waits for it: event streams. One task reads it for all streams of this process, so that
//! a change reaches them whichever process committed it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tenantry_model::id::TenantId;
use tenantry_model::tenancy::UserKey;
use tokio::sync::{Mutex, broadcast};
use tokio::time::{Instant, sleep, timeout};

use crate::error::Result;
use crate::store::change_log::{self, Horizon, LoggedChange};
use crate::store::{RightsChange, Store};

/// How often the end of the log is looked at while nothing in this process says that it moved.
const EVERY: Duration = Duration::from_millis(250);
/// How far two looks are apart when much is committed.
const APART: Duration = Duration::from_millis(20);
/// How long the log may be unreadable before the streams end: their clients sync, and see for themselves what changed.
const UNREADABLE: Duration = Duration::from_secs(5);
/// How many batches a stream may fall behind; one that falls further ends, and its client syncs.
const BATCHES: usize = 1_024;
/// How many rows of the log are one batch.
const STEP: u32 = 5_000;

/// What some rows of the log say, each thing with the number of the last row that says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeBatch {
    pub customers: BTreeMap<TenantId, i64>,
    pub rights: BTreeMap<RightsChange, i64>,
    /// Tenants whose own lists changed.
    pub tenants: BTreeMap<TenantId, i64>,
    /// Users who read something.
    pub readers: BTreeMap<UserKey, i64>,
}

impl ChangeBatch {
    fn add(&mut self, seq: i64, change: &LoggedChange) {
        match *change {
            LoggedChange::Customer(customer) | LoggedChange::Room(customer, _) | LoggedChange::Incident(customer, _) => {
                self.customers.insert(customer, seq);
            }
            LoggedChange::Tenant(tenant) => {
                self.tenants.insert(tenant, seq);
            }
            LoggedChange::Marks(user) => {
                self.readers.insert(user, seq);
            }
            LoggedChange::Rights { customer, tenant, principal, .. } => {
                self.rights.insert(RightsChange { customer, tenant, principal }, seq);
            }
        }
    }
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub struct ChangeFeed {
    store: Store,
    /// Weak, so that the channel closes with the task that reads: no stream waits for one that has ended.
    batches: Arc<Mutex<Option<broadcast::WeakSender<Arc<ChangeBatch>>>>>,
}

impl ChangeFeed {
    pub fn new(store: Store) -> Self {
        Self { store, batches: Arc::default() }
    }

    /// Hears of everything that is committed from now on, and perhaps of some that was before. The channel closes when the log is not the one
    /// that was read before.
    pub async fn subscribe(&self) -> Result<broadcast::Receiver<Arc<ChangeBatch>>> {
        let mut batches = self.batches.lock().await;
        if let Some(open) = batches.as_ref().and_then(broadcast::WeakSender::upgrade) {
            return Ok(open.subscribe());
        }
        let known = self.store.horizon().await?;
        let (sender, receiver) = broadcast::channel(BATCHES);
        *batches = Some(sender.downgrade());
        tokio::spawn(self.clone().follow(known, sender));
        Ok(receiver)
    }

    /// Reads on until nobody listens any more, or the log cannot be followed.
    async fn follow(self, mut known: Horizon, batches: broadcast::Sender<Arc<ChangeBatch>>) {
        let mut read = Instant::now();
        loop {
            sleep(APART).await;
            // Either may come first.
            let _ = timeout(EVERY, self.store.recorded()).await;
            {
                // Not held while the log is read: who begins to listen meanwhile waits for nothing.
                let mut open = self.batches.lock().await;
                if batches.receiver_count() == 0 {
                    *open = None;
                    return;
                }
            }
            match self.read_on(known, &batches).await {
                Ok(Some(reached)) => {
                    known = reached;
                    read = Instant::now();
                }
                Ok(None) => return tracing::warn!("the log of changes was replaced; event streams end"),
                Err(error) if read.elapsed() > UNREADABLE => {
                    return tracing::error!(%error, "the log of changes could not be read for a while; event streams end");
                }
                Err(error) => tracing::warn!(%error, "the log of changes could not be read; event streams wait"),
            }
        }
    }

    /// Tells what follows `known`, and returns where the log ends; none where it does not follow.
    async fn read_on(&self, known: Horizon, batches: &broadcast::Sender<Arc<ChangeBatch>>) -> Result<Option<Horizon>> {
        let reached = self.store.horizon().await?;
        if reached == known {
            return Ok(Some(known));
        }
        if reached.seq <= known.seq {
            return Ok(None);
        }
        let mut tx = self.store.read().await?;
        let mut after = known.seq;
        loop {
            let rows = change_log::between(tx.conn(), after, reached.seq, STEP).await?;
            let Some((last, _)) = rows.last() else { return Ok(Some(reached)) };
            after = *last;
            let mut batch = ChangeBatch::default();
            rows.iter().for_each(|(seq, change)| batch.add(*seq, change));
            // Fails only where nobody listens.
            let _ = batches.send(Arc::new(batch));
        }
    }
}
