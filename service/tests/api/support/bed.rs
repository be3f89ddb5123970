//! A store that is changed as `apply` changes it, and what was recorded of that.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::incident::Incident;
use tenantry_service::domain::estate_change::{EstateChange, Outcome, apply};
use tenantry_service::error::Result;
use tenantry_service::random::SeededRandom;
use tenantry_service::store::change_log::{self, LoggedChange};
use tenantry_service::store::ingest::{self, WatchedRoom};
use tenantry_service::store::{ReadTx, Store, incident_list};
use tenantry_test_kit::ManualClock;
use uuid::Uuid;

use super::app::{BEGIN, TestApp};
use super::whole::{inactive_of, whole};

pub(crate) struct Bed {
    pub(crate) store: Store,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) random: SeededRandom,
    /// How much of the log of changes is passed over.
    forgotten: AtomicI64,
    _folder: Option<tempfile::TempDir>,
}

impl Bed {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(BEGIN));
        let store = Store::open(&folder.path().join("test.db"), clock.clone()).await.unwrap();
        Self { store, clock, random: SeededRandom::new(11), forgotten: AtomicI64::new(0), _folder: Some(folder) }
    }

    /// The store of a service that runs.
    pub(crate) fn of(app: &TestApp) -> Self {
        let (store, clock) = (app.store.clone(), app.clock.clone());
        Self { store, clock, random: SeededRandom::new(11), forgotten: AtomicI64::new(0), _folder: None }
    }

    /// The same after the database was closed and opened again.
    pub(crate) async fn reopened(self) -> Self {
        self.store.close().await;
        let store = Store::open(&self.store.folder().join("test.db"), self.clock.clone()).await.unwrap();
        Self { store, ..self }
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

    /// The incidents of a customer, open or not, by number: those in its lists, and those in none that were recorded.
    pub(crate) async fn incidents(&self, customer: TenantId) -> Vec<Incident> {
        let mut tx = self.read().await;
        let mut numbers = incident_list::open_of(tx.conn(), &[customer]).await.unwrap();
        numbers.extend(inactive_of(tx.conn(), customer).await);
        let logged = change_log::between(tx.conn(), 0, i64::MAX, u32::MAX).await.unwrap();
        numbers.extend(logged.into_iter().filter_map(|(_, change)| match change {
            LoggedChange::Incident(of, number) if of == customer => Some(number),
            _ => None,
        }));
        numbers.sort_unstable();
        numbers.dedup();
        whole(tx.conn(), &numbers).await
    }

    /// A room, as the ingest keeps it.
    pub(crate) async fn watched(&self, room: RoomId) -> WatchedRoom {
        ingest::load(self.read().await.conn(), &[room]).await.unwrap().remove(0).room
    }

    /// Passes over what was recorded so far.
    pub(crate) async fn forget_changes(&self) {
        let horizon = change_log::horizon(self.read().await.conn()).await.unwrap();
        self.forgotten.store(horizon.seq, Ordering::SeqCst);
    }

    /// What was recorded since: kind, entity, whose users, which user; `-` for none.
    pub(crate) async fn recorded(&self) -> Vec<String> {
        let after = self.forgotten.load(Ordering::SeqCst);
        let changes = change_log::between(self.read().await.conn(), after, i64::MAX, u32::MAX).await.unwrap();
        let mut rows: Vec<String> = changes.into_iter().map(|(_, change)| described(&change)).collect();
        rows.sort();
        rows.dedup();
        rows
    }
}

fn described(change: &LoggedChange) -> String {
    match change {
        LoggedChange::Customer(_) => "customer - - -".to_owned(),
        LoggedChange::Room(_, room) => format!("room {room} - -"),
        LoggedChange::Incident(_, number) => format!("incident {number} - -"),
        LoggedChange::Tenant(tenant) => format!("tenant {tenant} - -"),
        LoggedChange::Marks(user) => format!("marks - {} {}", user.tenant_id, user.user_id),
        LoggedChange::Rights { tenant, principal, .. } => {
            let tenant = tenant.map_or_else(|| "-".to_owned(), |it| it.to_string());
            let principal = principal.map_or_else(|| "-".to_owned(), |it| it.to_string());
            format!("rights - {tenant} {principal}")
        }
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
