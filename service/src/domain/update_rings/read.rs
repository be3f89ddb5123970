//! The rings of a customer, with their rooms counted as far as their reader sees them.

use tenantry_model::access::Rights;
use tenantry_model::api::update_rings::{RingList, UpdateRingRow};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::ControlEvent;
use tenantry_model::update_ring::{completion_days, days_left};

use crate::domain::actor::Actor;
use crate::domain::asked::approval;
use crate::domain::caller::Caller;
use crate::domain::update_rings::reach::Reach;
use crate::error::Result;
use crate::store::Conn;
use crate::store::update_rings;

/// `GET /v1/customers/{c}/rings`, in their order. Needs `rings.view` there.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<RingList> {
    let rights = caller.rights_with(customer, Permission::RingsView)?;
    let rings = update_rings::of_customer(conn, customer).await?;
    let mut rooms = update_rings::managed_rooms(conn, customer).await?;
    let reach = Reach::of(Actor::Caller(caller), customer).ok();
    let days = || rings.iter().map(|ring| ring.days);
    let (days_left, complete) = (days_left(days()), completion_days(days()));
    let row = |(ring, completion_day): (&update_rings::UpdateRing, u32)| {
        let rooms = rooms.remove(&ring.id).unwrap_or_default();
        UpdateRingRow {
            id: ring.id,
            order: ring.order,
            name: ring.name.clone(),
            description: ring.description.clone(),
            days: ring.days,
            completion_day,
            rooms: count(rights, &rooms),
            built_in: ring.preset,
            may_change: reach.is_some_and(|reach| reach.has(ring, &rooms)),
            version: ring.version,
        }
    };
    Ok(RingList {
        rings: rings.iter().zip(complete).map(row).collect(),
        days_left,
        may_make: reach.is_some_and(Reach::is_everything),
        may_move: reach.is_some() && rights.allow_somewhere(Permission::RoomsView),
        needs_approval: reach.is_some() && approval(conn, caller, customer, ControlEvent::Rings).await?.is_some(),
    })
}

/// Those that the reader sees, and that say which ring they are in.
fn count(rights: &Rights, rooms: &[RoomId]) -> u32 {
    let sees = |room: &&RoomId| {
        [Permission::RoomsView, Permission::RingsView].iter().all(|permission| rights.allow(*permission, **room).is_some())
    };
    u32::try_from(rooms.iter().filter(sees).count()).unwrap_or(u32::MAX)
}
