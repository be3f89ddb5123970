//! One incident: what of it leads on.

use tenantry_model::incident::{IncidentStatus, RoomRef, Severity};
use tenantry_model::ipc::IncidentRef;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::sync::SyncLine;

use super::estate::*;

#[tokio::test]
async fn fault_9_10_an_incident_says_which_of_its_rooms_the_user_may_open() {
    let cache = in_memory().await;
    let seen = |n: u128, permissions: PermissionSet| {
        SyncLine::Customer(tenantry_model::sync::SyncCustomer { permissions, ..customer(n, "Kunde") })
    };
    let two_rooms = |n: u128| {
        let mut incident = incident(n, &format!("AAAAA{n}-ROOMS0"), IncidentStatus::NeedsAction, Severity::Critical);
        incident.row.rooms.push(RoomRef { id: room_id(9), name: "Watzmann".into() });
        SyncLine::Incident(Box::new(incident))
    };
    let all = answer(
        true,
        [
            seen(1, PermissionSet::of(&[Permission::TicketsView, Permission::RoomsView])),
            // A room beyond the scope of the role is not sent.
            SyncLine::Room(Box::new(room(1, 1))),
            two_rooms(1),
            seen(2, PermissionSet::of(&[Permission::TicketsView])),
            two_rooms(2),
        ],
    );
    apply(&cache, &all).await.unwrap();
    let open = async |n: u128| {
        let key = IncidentRef { customer_id: tenant(n), number: format!("AAAAA{n}-ROOMS0").parse().unwrap() };
        cache.run(move |store| store.incident(key, live())).await.unwrap().open_rooms
    };
    assert_eq!(open(1).await, [room_id(1)]);
    assert_eq!(open(2).await, []);
}
