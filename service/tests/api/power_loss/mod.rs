//! What was acknowledged is there after a loss of power, whenever it comes.

mod disk;
mod recording;

use std::path::Path;
use std::sync::Arc;

use futures_util::future::join_all;
use http::StatusCode;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tenantry_model::api::{Reading, SignalState};
use tenantry_model::id::{RoleId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::signal::SignalId;
use tenantry_service::clock::SystemClock;
use tenantry_service::domain::audit::{HeadSource, KnownHead, verify};
use tenantry_service::domain::estate_change::apply_all;
use tenantry_service::domain::ingest::reports;
use tenantry_service::domain::timed_work;
use tenantry_service::random::SeededRandom;
use tenantry_service::store::audit::{Head, head};
use tenantry_service::store::{Store, db, roles};
use tokio_util::sync::CancellationToken;

use crate::relations::World;
use disk::{Disk, Left};
use recording::{Event, Part};

/// How many changes are acknowledged.
const CHANGES: usize = 90;

/// What somebody was told.
struct Acknowledged {
    /// How much the engine had written by then.
    events: usize,
    head: Head,
    roles: Vec<String>,
}

/// The partner's roles at the customer, each with what a change of it changes.
async fn roles_in(store: &Store, customer: TenantId, partner: TenantId) -> Vec<String> {
    let found = roles::at(store.read().await.unwrap().conn(), customer, Some(partner)).await.unwrap();
    found.iter().map(|it| format!("{} {} {:?}", it.role.name, it.role.description, it.version)).collect()
}

/// Signed-in changes, changes of the operator and refused attempts, with devices' reports in between.
async fn acknowledge(world: &World) -> Vec<Acknowledged> {
    let mut acknowledged = vec![];
    let mut made: Vec<RoleId> = vec![];
    let random = SeededRandom::new(3);
    for n in 0..CHANGES {
        for (reports, state) in [SignalState::Failing, SignalState::Healthy].into_iter().enumerate().take(n % 3) {
            let reading = Reading { signal: SignalId::CameraRoom, instance: Some(format!("{reports}")), state };
            let mut tx = world.app.store.write_intake().await.unwrap();
            reports::apply(&mut tx, world.room("a1"), &[reading], None, &random).await.unwrap();
            tx.commit().await.unwrap();
        }
        let path = |role: &RoleId| format!("/v1/customers/{}/roles/{role}", world.alpha);
        match n % 5 {
            0 | 1 => {
                let all = json!({ "kind": "all" });
                made.push(
                    world.role("ann", world.alpha, &format!("Role {n:03}"), &[Permission::TicketsView], &["cleo"], all).await.role.id,
                );
            }
            2 => {
                let role = &made[made.len() - 1];
                let answer = world.patch("ann", &path(role), 1, json!({ "description": format!("as of {n}") })).await;
                assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
            }
            3 => {
                let change = json!([{ "renameTenant": { "tenant": world.beta, "displayName": format!("Beta {n}") } }, { "deleteRole": { "role": made.remove(0) } }]);
                apply_all(&world.app.store, serde_json::from_value(change).unwrap(), &random).await.unwrap();
            }
            _ => {
                let answer = world.patch("ann", &path(&made[0]), 77, json!({ "description": "stale" })).await;
                assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED, "its record is a log's");
            }
        }
        let events = recording::so_far();
        let head = head(world.app.store.read().await.unwrap().conn()).await.unwrap();
        acknowledged.push(Acknowledged { events, head, roles: roles_in(&world.app.store, world.alpha, world.partner).await });
    }
    acknowledged
}

/// What is wrong with what a loss of power left, if anything.
async fn fault(database: &Path, told: &Acknowledged, next: Option<&Acknowledged>, at: (TenantId, TenantId)) -> Option<String> {
    let store = match Store::open(database, Arc::new(SystemClock)).await {
        Ok(store) => store,
        Err(error) => return Some(format!("it cannot be opened: {error}")),
    };
    let mut tx = store.read().await.unwrap();
    let sound: Result<String, _> = db::query_scalar("PRAGMA integrity_check").fetch_one(tx.conn()).await;
    let verdict = verify(tx.conn(), &[KnownHead { source: HeadSource::Elsewhere, head: told.head }]).await;
    drop(tx);
    let roles = roles_in(&store, at.0, at.1).await;
    store.close().await;
    match (sound, verdict) {
        (Ok(sound), Ok(verdict)) if sound == "ok" && verdict.fault.is_none() => {}
        (sound, verdict) => return Some(format!("corrupt, or records are lost: {sound:?} {verdict:?}")),
    }
    let is_as_told = roles == told.roles || next.is_some_and(|next| roles == next.roles);
    (!is_as_told).then(|| format!("lost: {:?} instead of {:?}", roles, told.roles))
}

#[tokio::test]
async fn fault_15_what_was_acknowledged_is_there_after_a_loss_of_power_at_any_moment() {
    let mut world = World::related().await;
    let folder = world.app.store.folder().to_owned();
    // The last connection that closes leaves one file, on disk.
    world.app.store.close().await;
    let file = folder.join("tenantry.db");
    let mut disk = Disk::new(std::fs::read(&file).unwrap());
    recording::record(&file);
    world.app = world.app.beside().await;
    let acknowledged = acknowledge(&world).await;
    let events = recording::events();

    let checkpoints = events.iter().filter(|event| matches!(event, Event::Sync(Part::Database))).count();
    assert!(checkpoints > 0, "the log is brought into the database meanwhile");

    let mut random = ChaCha8Rng::seed_from_u64(15);
    let (mut states, mut faults, mut seen) = (0, vec![], 0);
    for (n, told) in acknowledged.iter().enumerate() {
        let next = acknowledged.get(n + 1);
        let until = next.map_or(events.len(), |next| next.events);
        // At the very moment, and somewhere on the way to the next one.
        let mut moments = vec![(told.events, Left::Nothing), (told.events, Left::ALL[random.random_range(1..5)])];
        moments.extend((0..3).map(|at| (random.random_range(told.events..=until), Left::ALL[(n + at) % 5])));
        moments.sort_by_key(|(at, _)| *at);
        let looked_at = moments.into_iter().map(|(at, left)| {
            events[seen..at].iter().for_each(|event| disk.on(event));
            seen = at;
            let after = tempfile::tempdir().unwrap();
            let database = after.path().join("tenantry.db");
            disk.lose_power(left, &mut random, &database);
            let whose = (world.alpha, world.partner);
            async move {
                let fault = fault(&database, told, next, whose).await;
                drop(after);
                fault.map(|fault| format!("after change {n}, event {at}, {left:?} of what was not synced: {fault}"))
            }
        });
        let found = join_all(looked_at).await;
        states += found.len();
        faults.extend(found.into_iter().flatten());
    }
    assert!(states >= 400, "{states}");
    assert!(faults.is_empty(), "{} of {states} states: {:#?}", faults.len(), &faults[..faults.len().min(5)]);
}

#[tokio::test]
async fn fault_15_what_devices_reported_is_brought_to_disk_by_the_work_of_each_second() {
    let world = World::related().await;
    let random = Arc::new(SeededRandom::new(3));
    let mut tx = world.app.store.write_intake().await.unwrap();
    let reading = Reading { signal: SignalId::CameraRoom, instance: None, state: SignalState::Failing };
    reports::apply(&mut tx, world.room("a1"), &[reading], None, &*random).await.unwrap();
    tx.commit().await.unwrap();
    // Once, for it is told to stop.
    let stop = CancellationToken::new();
    stop.cancel();
    timed_work::start(world.app.store.clone(), random, stop).await.unwrap();
    assert!(!world.app.store.sync_intake().await.unwrap(), "nothing is left to be synced");
}
