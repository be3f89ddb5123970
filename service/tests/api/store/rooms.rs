//! The conformance suite: rooms, room groups, and the keys and devices of agents.

use std::collections::BTreeMap;

use tenantry_model::id::{RoleId, RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::room::{Enrolment, Health};
use tenantry_model::time::Clock;
use tenantry_service::store::agents::{self, NewRoom, RoomDevice};
use tenantry_service::store::ingest::{RoomState, Watched, WatchedRoom};
use tenantry_service::store::room_groups::{self, RoomGroup};
use tenantry_service::store::rooms::{self, RoomHealth, RoomKey};

use crate::support::{NewIncident, TestApp, id, number, whole};

const NOBODY: RoomId = RoomId::from_uuid(uuid::Uuid::from_u128(99));

#[tokio::test]
async fn r68_rooms_are_listed_by_name_without_those_that_are_no_longer_managed() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let [isar, donau, gone] =
        [estate.room(customer, 3, "Isar").await, estate.room(customer, 4, "Donau").await, estate.room(customer, 5, "Elbe").await];
    let theirs = estate.room(other, 6, "Alster").await;
    let group = estate.room_group(customer, 7, &[isar]).await;
    estate.unenrol(gone).await;
    let mut tx = app.store.write().await.unwrap();
    let mut healths = rooms::healths(tx.conn(), customer).await.unwrap();
    healths.sort_by_key(|room| room.id);
    assert_eq!(healths, [isar, donau].map(|id| RoomHealth { id, health: Health::Healthy }));
    let first = rooms::names_after(tx.conn(), customer, None, 1).await.unwrap();
    assert_eq!(first, [RoomKey { display_name: "Donau".into(), id: donau }]);
    let rest = rooms::names_after(tx.conn(), customer, first.first(), 9).await.unwrap();
    assert_eq!(rest, [RoomKey { display_name: "Isar".into(), id: isar }]);
    let names: Vec<_> = rooms::of_customers(tx.conn(), &[customer]).await.unwrap().into_iter().map(|room| room.display_name).collect();
    assert_eq!(names, ["Donau", "Isar"]);
    let both = rooms::of_customers(tx.conn(), &[other, customer]).await.unwrap();
    assert_eq!(both.iter().map(|room| room.id).collect::<Vec<_>>(), [donau, isar, theirs], "customer by customer, by name");
    assert_eq!(rooms::count(tx.conn(), &[customer, other]).await.unwrap(), 4, "unenrolled ones, too");
    drop(tx);
    // The same name twice: by id, and one goes on between them.
    let [third, first] = [estate.room(other, 8, "Alster").await, estate.room(other, 2, "Alster").await];
    let mut tx = app.store.write().await.unwrap();
    let alike = [first, theirs, third].map(|id| RoomKey { display_name: "Alster".into(), id });
    assert_eq!(rooms::names_after(tx.conn(), other, None, 9).await.unwrap(), alike);
    assert_eq!(rooms::names_after(tx.conn(), other, Some(&alike[1]), 9).await.unwrap(), alike[2..]);
    let loaded = rooms::load(tx.conn(), &[isar, gone, theirs, NOBODY]).await.unwrap();
    assert_eq!((loaded.len(), loaded[&theirs].customer_id), (2, other), "of any customer");
    assert_eq!(loaded[&isar].groups.iter().map(|group| group.id).collect::<Vec<_>>(), [group]);
    assert_eq!(rooms::name(tx.conn(), gone).await.unwrap().unwrap().display_name, "Elbe", "an unenrolled one too");
    assert_eq!(rooms::name(tx.conn(), NOBODY).await.unwrap(), None);
    let named: Vec<_> =
        rooms::names(tx.conn(), customer, &[isar, theirs, gone, donau]).await.unwrap().into_iter().map(|it| it.name).collect();
    assert_eq!(named, ["Donau", "Elbe", "Isar"]);
    let mut managed = rooms::managed(tx.conn(), customer, &[theirs, donau, isar, NOBODY]).await.unwrap();
    managed.sort_unstable();
    let mut both = [donau, isar];
    both.sort_unstable();
    assert_eq!(managed, both);
    rooms::set(tx.conn(), isar, Some(9), "Europe/Vienna").await.unwrap();
    let set = rooms::load(tx.conn(), &[isar]).await.unwrap().remove(&isar).unwrap();
    assert_eq!((set.capacity, set.timezone.as_str()), (Some(9), "Europe/Vienna"));
    let mut owned = rooms::owned(tx.conn(), customer, &[theirs, donau, isar, NOBODY]).await.unwrap();
    owned.sort();
    assert_eq!(owned, [isar, donau]);
}

#[tokio::test]
async fn a_change_of_a_room_counts_for_what_shows_it() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let [room, other] = [estate.room(customer, 2, "Room").await, estate.room(customer, 3, "Other").await];
    let [shows, not] = [number("CUSTOM", 1), number("CUSTOM", 2)];
    estate.incident(NewIncident::new(shows, customer, &[room], app.clock.now())).await;
    estate.incident(NewIncident::new(not, customer, &[other], app.clock.now())).await;
    let mut tx = app.store.write().await.unwrap();
    let versions = async |tx: &mut tenantry_service::store::Tx| {
        let loaded = whole(tx.conn(), &[shows, not]).await;
        let rooms = rooms::load(tx.conn(), &[room, other]).await.unwrap();
        [loaded[0].row.version, loaded[1].row.version, rooms[&room].version, rooms[&other].version]
    };
    let before = versions(&mut tx).await;
    rooms::rename(tx.conn(), room, "Renamed").await.unwrap();
    assert_eq!(rooms::name(tx.conn(), room).await.unwrap().unwrap().display_name, "Renamed");
    let renamed = versions(&mut tx).await;
    assert_eq!([0, 1, 2, 3].map(|at| renamed[at] - before[at]), [1, 0, 1, 0]);
    rooms::touch(tx.conn(), &[room, other, NOBODY]).await.unwrap();
    let touched = versions(&mut tx).await;
    assert_eq!([0, 1, 2, 3].map(|at| touched[at] - renamed[at]), [0, 0, 1, 1]);
}

#[tokio::test]
async fn a20_a_group_holds_its_rooms_until_it_is_set_anew_or_deleted() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let [a, b] = [estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await];
    let group = |n, customer, name: &str| {
        let made_by = (n == 12).then_some(other);
        RoomGroup { id: RoomGroupId::from_uuid(id(n)), customer, name: name.to_owned(), made_by, version: 1 }
    };
    let [north, south, theirs] = [group(12, customer, "North"), group(11, customer, "South"), group(13, other, "Theirs")];
    let mut tx = app.store.write().await.unwrap();
    for group in [&south, &north, &theirs] {
        room_groups::insert(tx.conn(), group).await.unwrap();
    }
    assert_eq!(room_groups::of_customer(tx.conn(), customer).await.unwrap(), [north.clone(), south.clone()], "by name");
    assert_eq!(room_groups::find(tx.conn(), theirs.id).await.unwrap(), Some(theirs.clone()), "whoever's it is");
    let names: Vec<_> =
        room_groups::names(tx.conn(), customer, &[south.id, theirs.id, north.id]).await.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(names, [north.id, south.id]);
    room_groups::add_rooms(tx.conn(), north.id, &[a, b, a]).await.unwrap();
    room_groups::add_rooms(tx.conn(), north.id, &[b]).await.unwrap();
    assert_eq!(room_groups::rooms(tx.conn(), north.id).await.unwrap().len(), 2, "each once");
    room_groups::remove_rooms(tx.conn(), north.id, &[a, NOBODY]).await.unwrap();
    assert_eq!(room_groups::rooms(tx.conn(), north.id).await.unwrap(), [b]);
    room_groups::rename(tx.conn(), north.id, "Zenith").await.unwrap();
    assert_eq!(room_groups::raise_version(tx.conn(), north.id).await.unwrap(), 2);
    let zenith = RoomGroup { name: "Zenith".into(), version: 2, ..north.clone() };
    assert_eq!(room_groups::of_customer(tx.conn(), customer).await.unwrap(), [south, zenith]);
    room_groups::delete(tx.conn(), north.id).await.unwrap();
    assert_eq!(room_groups::find(tx.conn(), north.id).await.unwrap(), None);
    assert_eq!(room_groups::rooms(tx.conn(), north.id).await.unwrap(), []);
}

#[tokio::test]
async fn r68_the_rooms_of_groups_are_those_that_are_managed_and_come_by_name() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let [isar, donau, gone] =
        [estate.room(customer, 3, "Isar").await, estate.room(customer, 4, "Donau").await, estate.room(customer, 5, "Elbe").await];
    let [all, left, none] = [
        estate.room_group(customer, 11, &[isar, donau, gone]).await,
        estate.room_group(customer, 12, &[gone]).await,
        estate.room_group(customer, 13, &[]).await,
    ];
    estate.unenrol(gone).await;
    let mut tx = app.store.write().await.unwrap();
    let mut held = room_groups::managed_rooms(tx.conn(), &[all, left, none]).await.unwrap();
    held.values_mut().for_each(|rooms| rooms.sort_unstable());
    assert_eq!(held, std::collections::HashMap::from([(all, vec![isar, donau])]), "and groups without rooms are missing");
    assert_eq!(room_groups::rooms(tx.conn(), left).await.unwrap(), [gone], "it is in it still");
    let first = room_groups::names_after(tx.conn(), all, None, 1).await.unwrap();
    assert_eq!(first, [RoomKey { display_name: "Donau".into(), id: donau }]);
    let rest = room_groups::names_after(tx.conn(), all, first.first(), 9).await.unwrap();
    assert_eq!(rest, [RoomKey { display_name: "Isar".into(), id: isar }]);
    assert_eq!(room_groups::names_after(tx.conn(), left, None, 9).await.unwrap(), []);
}

#[tokio::test]
async fn what_names_a_group_in_its_scope_is_found_with_whose_it_is() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let room = estate.room(customer, 3, "Isar").await;
    let [group, other] = [estate.room_group(customer, 11, &[room]).await, estate.room_group(customer, 12, &[]).await];
    let [theirs, own] = [estate.user(partner, 21, "Theirs").await, estate.user(customer, 22, "Own").await];
    let view = PermissionSet::of(&[Permission::RoomsView]);
    estate.assign(31, customer, Some(partner), theirs, view, &[], &[group]).await;
    estate.assign(32, customer, None, own, view, &[], &[group, other]).await;
    estate.assign(33, customer, None, own, view, &[room], &[]).await;
    let mut tx = app.store.write().await.unwrap();
    let mut found = room_groups::uses(tx.conn(), group).await.unwrap();
    found.sort_by_key(|it| it.shown.role);
    let told: Vec<_> = found.iter().map(|it| (it.shown.role, it.partner, it.shown.partner.as_deref())).collect();
    let role = |n| RoleId::from_uuid(id(n));
    assert_eq!(told, [(role(31), Some(partner), Some("Partner")), (role(32), None, None)]);
    assert!(found.iter().all(|it| !it.shown.name.is_empty() && !it.shown.role_name.is_empty()), "{found:?}");
    assert_eq!(room_groups::uses(tx.conn(), other).await.unwrap().len(), 1);
}

#[tokio::test]
async fn keys_open_what_they_belong_to_until_they_are_replaced() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let device = |name: &str| RoomDevice {
        display_name: name.to_owned(),
        capacity: Some(6),
        host_name: format!("HOST-{name}"),
        account: format!("{name}@custom.example"),
        timezone: "Europe/Berlin".into(),
        licence: "pro".into(),
        peripherals: vec![],
    };
    let room = RoomId::from_uuid(id(3));
    let state = RoomState {
        enrolment: Enrolment::Enrolled,
        enrolled_at: None,
        suppressed: false,
        connected: true,
        occupied: None,
        last_seen: None,
        open_serious: 0,
        open_warnings: 0,
    };
    let watched = Watched::inserted(WatchedRoom {
        id: room,
        customer,
        facts: state,
        silent_due: None,
        lifted: None,
        switched_off: Default::default(),
        signals: BTreeMap::new(),
    });
    let new = NewRoom { device: device("a"), ring_id: None, key_hash: "first".into(), watched };
    let mut tx = app.store.write().await.unwrap();
    agents::insert_rooms(tx.conn(), &[new]).await.unwrap();
    assert_eq!(agents::room_key_hash(tx.conn(), room).await.unwrap().as_deref(), Some("first"));
    let of_device = async |tx: &mut tenantry_service::store::Tx, tenant: TenantId, host: &str| {
        agents::room_of_device(tx.conn(), tenant, host, "a@custom.example").await.unwrap()
    };
    assert_eq!(of_device(&mut tx, customer, "HOST-a").await, Some(room));
    assert_eq!(of_device(&mut tx, customer, "HOST-b").await, None);
    assert_eq!(of_device(&mut tx, other, "HOST-a").await, None, "another customer's");
    let moved = RoomDevice { capacity: Some(12), timezone: "Europe/Zurich".into(), ..device("other name") };
    agents::update_device(tx.conn(), room, &moved, "second").await.unwrap();
    let known = rooms::load(tx.conn(), &[room]).await.unwrap().remove(&room).unwrap();
    assert_eq!((known.display_name.as_str(), known.capacity, known.timezone.as_str(), known.version), ("a", Some(6), "Europe/Berlin", 2));
    assert_eq!(agents::room_key_hash(tx.conn(), room).await.unwrap().as_deref(), Some("second"));
    rooms::forget_key(tx.conn(), room).await.unwrap();
    assert_eq!(agents::room_key_hash(tx.conn(), room).await.unwrap().as_deref(), Some(""), "no hash is empty");

    assert!(!agents::awaits_device(tx.conn(), room).await.unwrap());
    agents::await_device(tx.conn(), room).await.unwrap();
    assert!(agents::awaits_device(tx.conn(), room).await.unwrap());
    assert!(rooms::load(tx.conn(), &[room]).await.unwrap()[&room].awaits_device);
    agents::take_device(tx.conn(), room, &RoomDevice { host_name: "HOST-c".into(), ..device("a") }, "third").await.unwrap();
    let taken = rooms::load(tx.conn(), &[room]).await.unwrap().remove(&room).unwrap();
    assert_eq!((taken.awaits_device, taken.host_name.as_str(), taken.display_name.as_str()), (false, "HOST-c", "a"));
    assert_eq!(agents::room_key_hash(tx.conn(), room).await.unwrap().as_deref(), Some("third"));
    agents::await_device(tx.conn(), room).await.unwrap();
    agents::give_up_device(tx.conn(), room).await.unwrap();
    assert!(!agents::awaits_device(tx.conn(), room).await.unwrap());
    assert_eq!(of_device(&mut tx, customer, &room.to_string()).await, Some(room), "nothing else is called so");
    tx.commit().await.unwrap();
    estate.unenrol(room).await;
    let mut tx = app.store.read().await.unwrap();
    assert_eq!(agents::room_key_hash(tx.conn(), room).await.unwrap(), None, "a room that is no longer managed reports nothing");
}
