//! The conformance suite: what reports of devices change.

use std::time::Duration;

use tenantry_model::incident::{Category, HistoryKind, HistoryRow, IncidentStatus, Severity};
use tenantry_model::signal::SignalId;
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::random::SeededRandom;
use tenantry_service::store::ingest::{self, ReportingRoom, TicketText, WatchedSignal, WatchedTicket};
use tenantry_service::store::{incident_writes, rooms};

use crate::support::{TestApp, id, whole};

fn text(_: SignalId) -> TicketText {
    TicketText { category: Category::ALL[0], severity: Severity::Important, description: "It fails", action: "Look at it" }
}

#[tokio::test]
async fn r75_what_a_room_has_become_is_saved_with_the_ticket_that_its_signal_opened() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let [room, quiet, gone] =
        [estate.room(customer, 2, "Room").await, estate.room(customer, 3, "Quiet").await, estate.room(customer, 4, "Gone").await];
    estate.unenrol(gone).await;
    let (random, begin) = (SeededRandom::new(7), app.clock.now());
    let at = |seconds| begin.plus(Duration::from_secs(seconds));
    let key = (SignalId::SignInTeams, String::new());
    let mut tx = app.store.write().await.unwrap();
    let mut reporting = ingest::reporting(tx.conn()).await.unwrap();
    reporting.sort_by_key(|it| it.id);
    assert_eq!(reporting.iter().map(|it| it.id).collect::<Vec<_>>(), [room, quiet], "none that is no longer managed");
    let first = reporting[0];
    assert_eq!(first, ReportingRoom { id: room, customer, connected: first.connected });
    let mut watched = ingest::load(tx.conn(), &[room, tenantry_model::id::RoomId::from_uuid(id(99))]).await.unwrap();
    assert_eq!((watched.len(), watched[0].room.customer, watched[0].room.signals.len()), (1, customer, 0));
    let ticket = WatchedTicket {
        number: None,
        status: IncidentStatus::NeedsAction,
        severity: Severity::Important,
        alone_due: None,
        created_at: begin,
        last_updated: begin,
        active_since: begin,
        last_resolved: None,
        last_closed: None,
        saved_history: 0,
        new_history: vec![HistoryRow::of_itself(begin, HistoryKind::Activated)],
    };
    let signal = WatchedSignal { failing: true, since: begin, due: Some(at(50)), suppressed: false, lifted: None, ticket: Some(ticket) };
    watched[0].room.signals.insert(key.clone(), signal);
    watched[0].room.facts.open_serious = 1;
    watched[0].room.silent_due = Some(at(70));
    ingest::save(&mut tx, &mut watched, &random, text).await.unwrap();
    let saved = ingest::load(tx.conn(), &[room]).await.unwrap().remove(0).room;
    assert_eq!(saved, watched[0].room, "it is read as it was saved");
    let number = saved.signals[&key].ticket.as_ref().unwrap().number.unwrap();
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), [number]);
    assert_eq!(incident_writes::rooms(tx.conn(), number).await.unwrap(), [room]);
    assert_eq!(ingest::failing(tx.conn()).await.unwrap(), [(room, key.clone())]);
    let version = rooms::load(tx.conn(), &[room]).await.unwrap()[&room].version;

    let due = async |tx: &mut tenantry_service::store::Tx, now: Timestamp, most| {
        ingest::due(tx.conn(), now, most).await.unwrap().into_iter().filter(|it| *it == room).count()
    };
    assert_eq!((due(&mut tx, at(49), 9).await, due(&mut tx, at(50), 9).await, due(&mut tx, at(70), 9).await), (0, 1, 1), "each once");
    ingest::postpone_silence(tx.conn(), at(90), at(95)).await.unwrap();
    let postponed = ingest::load(tx.conn(), &[room]).await.unwrap().remove(0).room;
    assert_eq!((postponed.silent_due, postponed.signals[&key].due), (Some(at(90)), Some(at(50))), "other signals stay");
    ingest::postpone_silence(tx.conn(), at(80), at(80)).await.unwrap();
    let again = ingest::load(tx.conn(), &[room]).await.unwrap();
    assert_eq!(again[0].room.silent_due, Some(at(80)), "the last word counts: the one before may have been of a clock that was ahead");
    ingest::postpone_silence(tx.conn(), at(60), at(60)).await.unwrap();
    assert_eq!(ingest::load(tx.conn(), &[room]).await.unwrap()[0].room.silent_due, Some(at(70)), "never to before its own moment");

    let mut again = ingest::load(tx.conn(), &[room]).await.unwrap();
    let signal = again[0].room.signals.get_mut(&key).unwrap();
    (signal.failing, signal.due) = (false, None);
    let ticket = signal.ticket.as_mut().unwrap();
    assert_eq!((ticket.saved_history, ticket.new_history.len()), (1, 0));
    (ticket.status, ticket.last_updated, ticket.last_resolved) = (IncidentStatus::Resolved, at(60), Some(at(60)));
    ticket.new_history.push(HistoryRow::of_itself(at(60), HistoryKind::Deactivated));
    again[0].room.facts.open_serious = 0;
    ingest::save(&mut tx, &mut again, &random, text).await.unwrap();
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), []);
    assert_eq!(ingest::failing(tx.conn()).await.unwrap(), []);
    assert_eq!(
        ingest::load(tx.conn(), &[room]).await.unwrap()[0].room.signals[&key].ticket.as_ref().unwrap().number,
        Some(number),
        "for ever"
    );
    assert_eq!(rooms::load(tx.conn(), &[room]).await.unwrap()[&room].version, version + 1);
    let history = whole(tx.conn(), &[number]).await.remove(0).history;
    let kinds: Vec<_> = history.iter().map(|row| (row.at, row.kind)).collect();
    assert_eq!(kinds, [(at(60), HistoryKind::Deactivated), (begin, HistoryKind::Activated)], "the newest first");
}

#[tokio::test]
async fn the_longest_overdue_rooms_are_looked_at_first_and_no_more_than_asked_for() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let rooms = [estate.room(customer, 4, "A").await, estate.room(customer, 3, "B").await, estate.room(customer, 2, "C").await];
    let (random, begin) = (SeededRandom::new(7), app.clock.now());
    let at = |seconds| begin.plus(Duration::from_secs(seconds));
    let mut tx = app.store.write().await.unwrap();
    let mut watched = ingest::load(tx.conn(), &rooms).await.unwrap();
    for one in &mut watched {
        // The room with the smallest id is the last to be due.
        let seconds = if one.room.id == rooms[0] {
            10
        } else if one.room.id == rooms[1] {
            20
        } else {
            30
        };
        one.room.silent_due = Some(at(seconds));
        let signal =
            WatchedSignal { failing: true, since: begin, due: Some(at(seconds + 5)), suppressed: false, lifted: None, ticket: None };
        one.room.signals.insert((SignalId::SignInTeams, String::new()), signal);
    }
    ingest::save(&mut tx, &mut watched, &random, text).await.unwrap();
    let due = async |tx: &mut tenantry_service::store::Tx, seconds, most| ingest::due(tx.conn(), at(seconds), most).await.unwrap();
    assert_eq!(due(&mut tx, 9, 9).await, []);
    assert_eq!(due(&mut tx, 99, 1).await, [rooms[0]]);
    assert_eq!(due(&mut tx, 99, 2).await, [rooms[1], rooms[0]], "by id, once each");
    assert_eq!(due(&mut tx, 20, 9).await, [rooms[1], rooms[0]], "what is due exactly now, and not yet the third");
}
