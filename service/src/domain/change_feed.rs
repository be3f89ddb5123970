//! What the log of changes says as it grows, for whoever waits for it: event streams. One task reads it for all streams of this process, so that
//! a change reaches them whichever process committed it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tenantry_model::id::TenantId;
use tokio::sync::{Mutex, broadcast};
use tokio::time::{sleep, timeout};

use crate::error::Result;
use crate::store::change_log::{self, Horizon, LoggedChange};
use crate::store::{RightsChange, Store};

/// How often the end of the log is looked at while nothing in this process says that it moved.
const EVERY: Duration = Duration::from_millis(250);
/// How far two looks are apart when much is committed.
const APART: Duration = Duration::from_millis(20);
/// How many batches a stream may fall behind; one that falls further ends, and its client syncs.
const BATCHES: usize = 1_024;
/// How many rows of the log are one batch.
const STEP: u32 = 5_000;

/// What some rows of the log say, each thing with the number of the last row that says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeBatch {
    /// Customers whose data changed.
    pub customers: BTreeMap<TenantId, i64>,
    /// Rights that changed.
    pub rights: BTreeMap<RightsChange, i64>,
    /// Tenants whose own lists changed.
    pub tenants: BTreeMap<TenantId, i64>,
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
    /// None while nobody listens: then nothing is read.
    batches: Arc<Mutex<Option<broadcast::Sender<Arc<ChangeBatch>>>>>,
}

impl ChangeFeed {
    /// Reads this store's log.
    pub fn new(store: Store) -> Self {
        Self { store, batches: Arc::default() }
    }

    /// Hears of everything that is committed from now on, and perhaps of some that was before. The channel closes when the log is not the one
    /// that was read before.
    pub async fn subscribe(&self) -> Result<broadcast::Receiver<Arc<ChangeBatch>>> {
        let mut batches = self.batches.lock().await;
        if let Some(batches) = &*batches {
            return Ok(batches.subscribe());
        }
        let known = self.store.horizon().await?;
        let (sender, receiver) = broadcast::channel(BATCHES);
        *batches = Some(sender);
        tokio::spawn(self.clone().follow(known));
        Ok(receiver)
    }

    /// Reads on until nobody listens any more.
    async fn follow(self, mut known: Horizon) {
        loop {
            sleep(APART).await;
            // Either may come first.
            let _ = timeout(EVERY, self.store.recorded()).await;
            let mut open = self.batches.lock().await;
            let Some(batches) = open.as_ref().filter(|batches| batches.receiver_count() > 0) else {
                *open = None;
                return;
            };
            match self.read_on(known, batches).await {
                Ok(Some(reached)) => known = reached,
                Ok(None) => {
                    tracing::warn!("the log of changes was replaced; event streams end");
                    *open = None;
                    return;
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
