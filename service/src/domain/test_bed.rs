//! A store in a folder of its own, a clock that stands still until it is put forward, and randomness that repeats itself.

use std::sync::Arc;

use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::time::Timestamp;
use tenantry_test_kit::ManualClock;
use uuid::Uuid;

use crate::domain::estate_change::{EstateChange, Outcome, apply};
use crate::error::Result;
use crate::random::SeededRandom;
use crate::store::{ReadTx, Store, db};

pub(crate) struct Bed {
    pub(crate) store: Store,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) random: SeededRandom,
    _folder: tempfile::TempDir,
}

/// The moment at which every bed begins.
pub(crate) const BEGIN: Timestamp = Timestamp::from_micros(1_750_000_000_000_000);

impl Bed {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(BEGIN));
        let store = Store::open(&folder.path().join("test.db"), clock.clone()).await.unwrap();
        Self { store, clock, random: SeededRandom::new(11), _folder: folder }
    }

    /// Applies one change in a transaction of its own.
    pub(crate) async fn try_change(&self, json: serde_json::Value) -> Result<Outcome> {
        let change: EstateChange = serde_json::from_value(json).expect("a change");
        let mut tx = self.store.write().await?;
        let outcome = apply(&mut tx, change, &self.random).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    /// As [`Bed::try_change`], for a change that must work.
    pub(crate) async fn change(&self, json: serde_json::Value) -> Outcome {
        self.try_change(json.clone()).await.unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    pub(crate) async fn read(&self) -> ReadTx {
        self.store.read().await.unwrap()
    }

    /// One value of the database, for an oracle.
    pub(crate) async fn value(&self, sql: &'static str) -> i64 {
        db::query_scalar(sql).fetch_one(self.read().await.conn()).await.unwrap()
    }
}

pub(crate) const fn tenant(n: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(0x1000 + n))
}

pub(crate) const fn principal(n: u128) -> PrincipalId {
    PrincipalId::from_uuid(Uuid::from_u128(0x2000 + n))
}

pub(crate) const fn room(n: u128) -> RoomId {
    RoomId::from_uuid(Uuid::from_u128(0x3000 + n))
}
