//! Claims and snoozes in the tables (A32–A34).

use std::time::Duration;

use tenantry_model::id::PrincipalId;
use tenantry_model::incident::{Claim, HistoryKind, IncidentStatus, IncidentType, Severity, Snooze, SnoozedBy};
use tenantry_model::signal::SignalId;
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::random::SeededRandom;
use tenantry_service::store::incident_work::{self, IncidentWork};
use tenantry_service::store::incident_writes::{self, NewMessage};
use tenantry_service::store::ingest::{self, TicketText, WatchedSignal, WatchedTicket};
use tenantry_service::store::{incident_rows, incidents, rooms};

use crate::support::{TestApp, id, whole};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn text(signal: SignalId) -> TicketText {
    TicketText { category: signal.facts().category, severity: signal.facts().severity, description: "", action: "" }
}

#[tokio::test]
async fn a32_a33_a34_claims_and_snoozes_are_read_as_they_were_written_and_a_warning_is_left_alone_from_the_last_of_them_on() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let room = estate.room(customer, 2, "A").await;
    let (random, begin) = (SeededRandom::new(7), app.clock.now());
    let at = |seconds| begin.plus(Duration::from_secs(seconds));
    let key = (SignalId::CameraDefault, String::new());
    let mut tx = app.store.write().await.unwrap();
    let mut watched = ingest::load(tx.conn(), &[room]).await.unwrap();
    let ticket = WatchedTicket {
        number: None,
        status: IncidentStatus::NeedsAction,
        severity: Severity::Warning,
        alone_due: Some(at(0).plus(DAY)),
        created_at: begin,
        last_updated: begin,
        active_since: begin,
        last_resolved: None,
        last_closed: None,
        saved_history: 0,
        new_history: vec![],
    };
    let signal = WatchedSignal { failing: true, since: begin, due: None, suppressed: true, lifted: Some(at(900)), ticket: Some(ticket) };
    watched[0].room.signals.insert(key.clone(), signal);
    (watched[0].room.facts.suppressed, watched[0].room.lifted) = (true, Some(at(800)));
    ingest::save(&mut tx, &mut watched, &random, text).await.unwrap();
    let snooze = Snooze { by: Some("ann".into()), reason: "Umbau".into(), since: at(5), until: None };
    ingest::say_why(tx.conn(), room, None, &snooze).await.unwrap();
    ingest::say_why(tx.conn(), room, Some(&key), &snooze).await.unwrap();
    let read = ingest::load(tx.conn(), &[room]).await.unwrap().remove(0).room;
    assert_eq!(read, watched[0].room, "it is read as it was saved");
    let number = read.signals[&key].ticket.as_ref().unwrap().number.unwrap();
    let suppression = rooms::load(tx.conn(), &[room]).await.unwrap()[&room].suppression.clone().unwrap();
    assert_eq!(suppression, Snooze { until: Some(at(800)), ..snooze.clone() });
    for (now, most, found) in [(799, 9, vec![]), (800, 9, vec![room]), (900, 0, vec![])] {
        assert_eq!(ingest::due(tx.conn(), at(now), most).await.unwrap(), found, "{now}");
    }

    let alone = async |tx: &mut tenantry_service::store::Tx| -> Option<Timestamp> {
        ingest::load(tx.conn(), &[room]).await.unwrap()[0].room.signals[&key].ticket.as_ref().unwrap().alone_due
    };
    assert_eq!(incident_work::of(tx.conn(), number).await.unwrap(), Some(IncidentWork::default()));
    let claim = Claim { holder: PrincipalId::from_uuid(id(77)), name: "ann".into(), until: at(900) };
    incident_work::claim(tx.conn(), number, Some(&claim), at(900).plus(DAY)).await.unwrap();
    assert_eq!(alone(&mut tx).await, Some(at(900).plus(DAY)));
    incident_work::claim(tx.conn(), number, Some(&claim), at(100).plus(DAY)).await.unwrap();
    assert_eq!(alone(&mut tx).await, Some(at(900).plus(DAY)), "never earlier");
    let message = NewMessage { at: at(1_000), author: None, text: "x".into(), assigned_to_service: false };
    incident_writes::post(tx.conn(), number, &message).await.unwrap();
    assert_eq!(alone(&mut tx).await, Some(at(1_000).plus(DAY)));

    let of_room = incident_work::of_room(tx.conn(), room).await.unwrap();
    assert_eq!(of_room, [(number, key.clone(), IncidentWork { claim: Some(claim.clone()), snooze: None })]);
    assert_eq!(incident_work::signal_of(tx.conn(), number).await.unwrap(), Some((room, key.clone())));
    let quiet = ingest::suppressions(tx.conn(), room).await.unwrap();
    assert_eq!(quiet.into_iter().collect::<Vec<_>>(), [(key.clone(), Snooze { until: Some(at(900)), ..snooze.clone() })]);
    let until = Snooze { until: Some(at(2_000)), ..snooze };
    incident_work::snooze(tx.conn(), number, SnoozedBy::Room, &until, Some(at(2_000).plus(DAY))).await.unwrap();
    let work = IncidentWork { claim: Some(claim.clone()), snooze: Some((SnoozedBy::Room, until.clone())) };
    assert_eq!(incident_work::of(tx.conn(), number).await.unwrap(), Some(work));
    let row = incidents::rows_of(tx.conn(), &[number]).await.unwrap().remove(0).row;
    assert_eq!((row.claim, row.snooze, row.snoozed_by), (Some(claim), Some(until), Some(SnoozedBy::Room)));
    assert_eq!(row.kind, IncidentType::Signal(SignalId::CameraDefault));
    for (now, most, found) in [(1_999, 9, vec![]), (2_000, 9, vec![number]), (2_000, 0, vec![])] {
        assert_eq!(incident_work::waking(tx.conn(), at(now), most).await.unwrap(), found, "{now}");
    }
    incident_work::note(tx.conn(), number, at(7), HistoryKind::Snoozed, Some("ann")).await.unwrap();
    incident_work::wake(tx.conn(), number, at(3_000)).await.unwrap();
    assert_eq!((alone(&mut tx).await, incident_work::waking(tx.conn(), at(9_000), 9).await.unwrap()), (Some(at(3_000)), vec![]));
    let read = whole(tx.conn(), &[number]).await.remove(0);
    assert_eq!(
        read.history.iter().map(|row| (row.at, row.kind, row.by.as_deref())).collect::<Vec<_>>(),
        [(at(7), HistoryKind::Snoozed, Some("ann"))]
    );
    assert_eq!(read.row.version, 2, "claims and snoozes raise none, the message does");

    // Without an end a warning is not left alone at all, and what is not active is nobody's work.
    incident_work::snooze(tx.conn(), number, SnoozedBy::Incident, &Snooze { until: None, ..whole_snooze(at(1)) }, None).await.unwrap();
    assert_eq!(alone(&mut tx).await, None);
    incident_writes::set_status(tx.conn(), number, IncidentStatus::Resolved, at(4_000)).await.unwrap();
    let row = incidents::rows_of(tx.conn(), &[number]).await.unwrap().remove(0).row;
    assert_eq!((row.claim, row.snooze, row.snoozed_by), (None, None, None));
    incident_work::wake(tx.conn(), number, at(5_000)).await.unwrap();
    assert_eq!(alone(&mut tx).await, None, "it is not active");
    incident_rows::forget(tx.conn(), number).await.unwrap();
    assert_eq!(incident_work::of(tx.conn(), number).await.unwrap(), Some(IncidentWork::default()));
    assert_eq!(incident_work::of_room(tx.conn(), room).await.unwrap(), []);
}

fn whole_snooze(since: Timestamp) -> Snooze {
    Snooze { by: None, reason: "x".into(), since, until: None }
}
