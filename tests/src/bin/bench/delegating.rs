//! As many rooms as one request may name, delegated to a partner by their customer (A36, W15).

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tenantry_client::app::Engine;
use tenantry_model::api::delegations::{Delegate, MOST_ROOMS, Revoke};
use tenantry_model::api::partners::ChangePartner;
use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::ipc::ChangeOf;
use tenantry_model::permission::BuiltInRole;
use tenantry_model::tenancy::{OfflineTerms, PortalRole};
use tenantry_test_kit::Change;
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::world::Names;

use crate::estate::Estate;
use crate::table::Row;
use crate::timing::Samples;

const ROUNDS: usize = 3;
/// What such a request may weigh.
const ALLOWED: f64 = 1024.0 * 1024.0;

pub(crate) async fn rooms(estate: &Estate) -> Result<Vec<Row>> {
    let mut names = Names::new(36);
    let [partner, customer] = [(); 2].map(|()| TenantId::from_uuid(names.uuid()));
    let admin = PrincipalId::from_uuid(names.uuid());
    let rooms: Vec<RoomId> = (0..MOST_ROOMS).map(|_| RoomId::from_uuid(names.uuid())).collect();
    let mut changes = vec![Change::partner(partner, "Large delegation, partner"), Change::customer(customer, "Large delegation")];
    changes.push(Change::user(admin, customer, "Large delegation, administrator"));
    changes.push(Change::GrantPortalRole { principal: admin, role: PortalRole::ManagedServiceAdministrator });
    changes.extend(rooms.iter().enumerate().map(|(at, id)| Change::room(*id, customer, &format!("Room {at}"), false)));
    let offline = OfflineTerms::default();
    let ceiling = BuiltInRole::PrimaryAdmins.permissions();
    changes.push(Change::CreateRelationship { partner, customer, rooms: vec![], primary_admins: vec![], ceiling, offline });
    estate.demo.apply(&changes).await?;

    let desk = Desk::signed_in(&estate.demo, admin).await?;
    let (mut delegated, mut revoked) = (Samples::default(), Samples::default());
    let add = ChangePartner { add: Some(Delegate { rooms: rooms.clone(), ..Delegate::default() }), ..ChangePartner::default() };
    let remove = ChangePartner { remove: Some(Revoke { rooms, ..Revoke::default() }), ..ChangePartner::default() };
    let bytes = serde_json::to_vec(&add)?.len();
    for _ in 0..ROUNDS {
        delegated.add(changed(desk.engine(), partner, &add, MOST_ROOMS).await?);
        revoked.add(changed(desk.engine(), partner, &remove, 0).await?);
    }
    Ok(vec![
        Row::alone(format!("{MOST_ROOMS} rooms delegated (no floor: 2,000 ms allowed)"), &delegated),
        Row::number("  bytes of the request (floor: 1 MB allowed)", "bytes", bytes as f64, Some(ALLOWED)),
        Row::alone("  all of them taken away again (no floor)", &revoked),
    ])
}

/// How long the change takes until the service has answered.
async fn changed(engine: &Engine, key: TenantId, change: &ChangePartner, rooms: usize) -> Result<Duration> {
    until(SOON, "the partner is read anew", || async { Ok(engine.get_partner(key).await?.current) }).await?;
    let version = engine.get_partner(key).await?.value.version;
    let start = Instant::now();
    engine.change_partner(ChangeOf { key, version, change: change.clone() }).await?;
    let took = start.elapsed();
    until(SOON, "the partner is read anew", || async { Ok(engine.get_partner(key).await?.current) }).await?;
    let known = engine.get_partner(key).await?.value.row.rooms;
    ensure!(usize::try_from(known).context("a count")? == rooms, "{known} rooms are delegated, not {rooms}");
    Ok(took)
}
