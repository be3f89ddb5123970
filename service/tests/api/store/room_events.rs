//! The conformance suite: events of rooms (R113).

use std::time::Duration;

use tenantry_model::api::room_events::{CallProblem, ReportedEvent, RoomEvent, RoomEventKind};
use tenantry_model::id::RoomEventId;
use tenantry_model::incident::ClosureReason;
use tenantry_model::time::Clock;
use tenantry_service::store::incident_writes;
use tenantry_service::store::room_events::{self, EventKey};

use crate::support::{NewIncident, TestApp, id, number};

#[tokio::test]
async fn r113_events_are_read_newest_first_and_say_their_issue_while_it_concerns_their_room() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let (a, b) = (estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await);
    let issue = number("CUSTOM", 1);
    estate.incident(NewIncident::new(issue, customer, &[a, b], app.clock.now())).await;
    let begin = app.clock.now();
    let at = |seconds| begin.plus(Duration::from_secs(seconds));
    let call = |n: u128, seconds| ReportedEvent {
        id: id(n),
        at: at(seconds),
        kind: RoomEventKind::PoorCall,
        problem: Some(CallProblem::ScreenShare),
        duration_s: Some(1_800),
        participants: Some(0),
        packet_loss_percent: Some(100),
        text: None,
    };
    let said = |n: u128, seconds| ReportedEvent {
        kind: RoomEventKind::RoomReport,
        problem: None,
        duration_s: None,
        participants: None,
        packet_loss_percent: None,
        text: Some("Kein Bild\nseit heute".into()),
        ..call(n, seconds)
    };
    let ours = |n: u128| RoomEventId::from_uuid(id(n + 100));

    let mut tx = app.store.write().await.unwrap();
    let conn = tx.conn();
    room_events::insert(conn, a, &[(ours(1), call(1, 10)), (ours(2), said(2, 30)), (ours(3), call(3, 30))], at(40)).await.unwrap();
    // Another device may call its own events the same.
    room_events::insert(conn, b, &[(ours(4), call(1, 20))], at(41)).await.unwrap();
    room_events::insert(conn, b, &[], at(42)).await.unwrap();
    let ids = |events: Vec<RoomEvent>| events.into_iter().map(|event| event.id).collect::<Vec<_>>();

    let all = room_events::of_room(conn, a, at(0), None, 9).await.unwrap();
    let [_, said_here, call_here] = &*all else { panic!("three, not {all:?}") };
    assert_eq!(
        *said_here,
        RoomEvent {
            id: ours(2),
            room_id: a,
            at: at(30),
            kind: RoomEventKind::RoomReport,
            problem: None,
            duration_s: None,
            participants: None,
            packet_loss_percent: None,
            text: Some("Kein Bild\nseit heute".into()),
            issue: None,
            taken: false,
        }
    );
    let facts = (call_here.problem, call_here.duration_s, call_here.participants, call_here.packet_loss_percent, call_here.at);
    assert_eq!(facts, (Some(CallProblem::ScreenShare), Some(1_800), Some(0), Some(100), at(10)));
    for (after, most, found) in [
        (None, 2, vec![ours(3), ours(2)]),
        (Some(EventKey { at: at(30), id: ours(3) }), 9, vec![ours(2), ours(1)]),
        (Some(EventKey { at: at(30), id: ours(2) }), 9, vec![ours(1)]),
        (Some(EventKey { at: at(10), id: ours(1) }), 9, vec![]),
    ] {
        assert_eq!(ids(room_events::of_room(conn, a, at(0), after, most).await.unwrap()), found, "{after:?}");
    }
    assert_eq!(ids(room_events::of_room(conn, a, at(11), None, 9).await.unwrap()), [ours(3), ours(2)], "what is older is left out");
    let mut known = room_events::known(conn, a, &[id(1), id(3), id(9)]).await.unwrap();
    known.sort_unstable();
    assert_eq!(known, [id(1), id(3)]);
    assert!(room_events::known(conn, b, &[id(3)]).await.unwrap().is_empty(), "another room's");
    for (kind, since, count) in [
        (RoomEventKind::PoorCall, 39, 2),
        (RoomEventKind::RoomReport, 39, 1),
        (RoomEventKind::PoorCall, 40, 0),
        (RoomEventKind::RoomReport, 40, 0),
    ] {
        assert_eq!(room_events::count_since(conn, a, kind, at(since)).await.unwrap(), count, "{kind} since {since}");
    }

    room_events::join_issue(conn, &[], issue).await.unwrap();
    assert_eq!(room_events::of_issue(conn, issue).await.unwrap(), []);
    room_events::join_issue(conn, &[ours(1), ours(4)], issue).await.unwrap();
    assert_eq!(ids(room_events::of_issue(conn, issue).await.unwrap()), [ours(4), ours(1)]);
    let loaded = room_events::load(conn, &[ours(1), ours(2), ours(9)]).await.unwrap();
    assert_eq!(loaded.iter().map(|event| (event.id, event.issue)).collect::<Vec<_>>(), [(ours(2), None), (ours(1), Some(issue))]);
    incident_writes::set_rooms(conn, issue, &[a, b], &[a]).await.unwrap();
    assert_eq!(ids(room_events::of_issue(conn, issue).await.unwrap()), [ours(1)], "the issue left the other room");
    assert_eq!(room_events::load(conn, &[ours(4)]).await.unwrap()[0].issue, None);

    // An issue keeps its events while it is open, and as long as it is closed for less time than they are old; one that left the room keeps none.
    let left = async |conn: &mut _| ids(room_events::load(conn, &[ours(1), ours(2), ours(3), ours(4)]).await.unwrap());
    assert_eq!(room_events::delete_before(conn, at(31), 1).await.unwrap(), 1);
    assert_eq!(left(conn).await, [ours(3), ours(2), ours(1)], "the oldest that is no issue's");
    assert_eq!(room_events::delete_before(conn, at(31), 9).await.unwrap(), 2);
    assert_eq!(room_events::delete_before(conn, at(99), 9).await.unwrap(), 0, "the issue is open");
    let known = incident_writes::find(conn, issue).await.unwrap().unwrap();
    incident_writes::close(conn, &known.state, "Ann", ClosureReason::Other, None, at(50)).await.unwrap();
    assert_eq!(room_events::delete_before(conn, at(50), 9).await.unwrap(), 0, "closed later");
    assert_eq!(room_events::delete_before(conn, at(51), 9).await.unwrap(), 1);
    assert_eq!(left(conn).await, []);
}
