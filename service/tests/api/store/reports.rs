//! The conformance suite: usage of rooms, what days come to, and incidents as reports need them.

use std::time::Duration;

use tenantry_model::api::usage::CallQuality;
use tenantry_model::incident::{HistoryKind, IncidentStatus, IncidentType};
use tenantry_model::signal::SignalId;
use tenantry_model::time::{Clock, Timestamp, UtcDay};
use tenantry_service::store::incident_writes;
use tenantry_service::store::report_incidents::{self, Lived};
use tenantry_service::store::room_days::{self, DayFacts, DayHealth, DayUse, Progress};
use tenantry_service::store::room_usage::{self, Use, What};

use crate::support::{NewIncident, TestApp, id, number};

#[tokio::test]
async fn r97_usage_is_kept_once_corrected_and_read_by_when_it_began() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let (a, b) = (estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await);
    let begin = app.clock.now();
    let at = |seconds| begin.plus(Duration::from_secs(seconds));
    let meeting =
        |n: u128, from, until, booked| Use { id: id(n), start: at(from), end: at(until), what: What::Meeting { booked, online: true } };
    let call = Use { id: id(1), start: at(30), end: at(40), what: What::Call(CallQuality::Poor) };
    let mut tx = app.store.write().await.unwrap();
    let conn = tx.conn();
    room_usage::upsert(conn, a, &[meeting(1, 10, 20, true), call, meeting(2, 15, 60, false)]).await.unwrap();
    room_usage::upsert(conn, b, &[meeting(1, 10, 20, true)]).await.unwrap();
    room_usage::upsert(conn, b, &[]).await.unwrap();
    let mut known = room_usage::known(conn, a, &[id(1), id(9)]).await.unwrap();
    known.sort_by_key(|it| it.start);
    assert_eq!(known, [meeting(1, 10, 20, true), call]);
    assert_eq!(room_usage::begun(conn, a, at(10), at(30)).await.unwrap(), [meeting(1, 10, 20, true), meeting(2, 15, 60, false)]);
    room_usage::upsert(conn, a, &[meeting(1, 12, 50, true)]).await.unwrap();
    assert_eq!(room_usage::begun(conn, a, at(0), at(15)).await.unwrap(), [meeting(1, 12, 50, true)], "corrected");
    let booked = async |conn: &mut _, beyond| room_usage::booked(conn, a, (at(0), at(99)), at(beyond)).await.unwrap();
    assert_eq!(booked(&mut *conn, 49).await, [(id(1), (at(12), at(50)))]);
    assert_eq!(booked(&mut *conn, 50).await, []);
    assert_eq!(room_usage::place(conn, a).await.unwrap().unwrap().0, customer);
    assert_eq!(room_usage::place(conn, tenantry_model::id::RoomId::from_uuid(id(99))).await.unwrap(), None);
    assert_eq!(room_usage::delete_before(conn, at(15), 1).await.unwrap(), 1);
    assert_eq!(room_usage::delete_before(conn, at(15), 9).await.unwrap(), 1);
    assert_eq!(room_usage::begun(conn, a, at(0), at(99)).await.unwrap().len(), 2);
}

#[tokio::test]
async fn r91_what_days_come_to_is_kept_by_room_and_read_by_customer() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let other = estate.tenant(5, "Other", "OTHERX", false, true).await;
    let (a, b) = (estate.room(customer, 3, "A").await, estate.room(other, 4, "B").await);
    let day = |text: &str| text.parse::<UtcDay>().unwrap();
    let used = DayUse { booked_min: 60, booked: 2, online: 1, calls: 3, good_calls: 2 };
    let health = DayHealth { troubled_min: 25, unhealthy: true };
    let mut tx = app.store.write().await.unwrap();
    let conn = tx.conn();
    let days = [day("2026-01-31"), day("2026-02-01")];
    room_days::change(conn, (customer, a), days, |_, facts| facts.used = used).await.unwrap();
    room_days::change(conn, (customer, a), [days[1]], |_, facts| facts.health = health).await.unwrap();
    room_days::change(conn, (other, b), days, |_, facts| facts.health = health).await.unwrap();
    let found = room_days::of_customer(conn, customer, day("2026-01-01"), day("2026-02-28")).await.unwrap();
    assert_eq!(room_days::of_rooms(conn, (customer, &[a]), day("2026-01-01"), day("2026-02-28")).await.unwrap(), found);
    let expected = [(days[0], DayFacts { used, health: DayHealth::default() }), (days[1], DayFacts { used, health })];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(a, expected.into_iter().collect())]);
    assert_eq!(room_days::of_rooms(conn, (other, &[a]), day("2026-01-01"), day("2026-02-28")).await.unwrap().len(), 0);
    let narrow = room_days::of_customer(conn, customer, days[1], days[1]).await.unwrap();
    assert_eq!(narrow[&a].keys().copied().collect::<Vec<_>>(), [days[1]]);
    room_days::change(conn, (customer, a), [days[1]], |_, facts| *facts = DayFacts::default()).await.unwrap();
    assert_eq!(room_days::of_customer(conn, customer, days[1], days[1]).await.unwrap().get(&a).map_or(0, |days| days.len()), 0);
    assert_eq!(room_days::delete_before(conn, days[1], 9).await.unwrap(), 2, "January of both");
    assert_eq!(room_days::of_customer(conn, other, days[0], days[1]).await.unwrap()[&b].len(), 1);

    assert_eq!(room_days::progress(conn).await.unwrap(), None);
    for progress in [Progress { done: days[0], until: days[1], after: Some(a) }, Progress { done: days[1], until: days[1], after: None }] {
        room_days::set_progress(conn, progress).await.unwrap();
        assert_eq!(room_days::progress(conn).await.unwrap(), Some(progress));
    }
    let rooms = room_days::rooms(conn, customer).await.unwrap();
    let [room] = &rooms[..] else { panic!("one, not {rooms:?}") };
    assert_eq!((room.id, room.name.as_str(), room.enrolled_at), (a, "A", Some(app.clock.now())));
    let all = room_days::rooms_after(conn, None, 9).await.unwrap();
    assert_eq!(all.iter().map(|(customer, room)| (*customer, room.id)).collect::<Vec<_>>(), [(customer, a), (other, b)]);
    assert_eq!(room_days::rooms_after(conn, Some(a), 9).await.unwrap()[0].1.id, b);
    tx.commit().await.unwrap();
    estate.unenrol(a).await;
    let mut tx = app.store.read().await.unwrap();
    assert_eq!(room_days::rooms(tx.conn(), customer).await.unwrap(), [], "R68");
}

#[tokio::test]
async fn r95_incidents_are_read_with_when_they_were_active_and_who_held_them() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let (a, b) = (estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await);
    let now = app.clock.now();
    let (one, two) = (number("CUSTOM", 1), number("CUSTOM", 2));
    estate.incident(NewIncident::new(one, customer, &[a, b], now)).await;
    estate.incident(NewIncident { status: IncidentStatus::Closed, ..NewIncident::new(two, customer, &[b], now) }).await;
    let later = now.plus(Duration::from_secs(60));
    let mut tx = app.store.write().await.unwrap();
    let conn = tx.conn();
    incident_writes::set_status(conn, one, IncidentStatus::AssignedToService, later).await.unwrap();
    incident_writes::set_status(conn, one, IncidentStatus::NeedsAction, later.plus(Duration::from_secs(60))).await.unwrap();
    assert_eq!(report_incidents::numbers(conn, customer, now).await.unwrap(), [one, two]);
    assert_eq!(report_incidents::numbers(conn, customer, later).await.unwrap(), [one], "what is closed has not changed since");
    assert_eq!(report_incidents::numbers_in(conn, &[a], Timestamp::from_micros(0)).await.unwrap(), [one]);
    assert_eq!(report_incidents::numbers_in(conn, &[a, b], now).await.unwrap(), [one, two]);
    let lived = report_incidents::lived(conn, &[one]).await.unwrap();
    let expected = Lived {
        number: one,
        kind: IncidentType::Signal(SignalId::CameraRoom),
        rooms: vec![a, b],
        history: vec![(now, HistoryKind::Activated)],
        handed: vec![(later, true), (later.plus(Duration::from_secs(60)), false)],
    };
    assert_eq!(lived, [expected]);
}
