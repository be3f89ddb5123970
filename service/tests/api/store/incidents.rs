//! The conformance suite: writing and listing incidents.

use std::time::Duration;

use tenantry_model::api::IncidentTab;
use tenantry_model::incident::{ClosureReason, IncidentStatus, IncidentType, Severity};
use tenantry_model::room::Health;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;
use tenantry_service::random::SeededRandom;
use tenantry_service::store::incident_list::{self, InactivePosition, ListKey, RowFilter, Walk};
use tenantry_service::store::incident_writes::{self, NewIssue, NewMessage};
use tenantry_service::store::incidents::{self, StoredRow};
use tenantry_service::store::rooms;

use crate::support::{NewIncident, TestApp, number};

fn numbers(rows: &[StoredRow]) -> Vec<TicketNumber> {
    rows.iter().map(|stored| stored.row.number).collect()
}

#[tokio::test]
async fn r84_an_issue_counts_in_its_rooms_from_its_record_to_its_close() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let user = estate.user(customer, 2, "User").await;
    let [a, b] = [estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await];
    let random = SeededRandom::new(7);
    let begin = app.clock.now();
    let after = |seconds| begin.plus(Duration::from_secs(seconds));
    let issue = |rooms: &[_], at| NewIssue {
        customer,
        description: "The screen is dark".into(),
        rooms: rooms.to_vec(),
        high_impact_reason: Some("A board meets".into()),
        created_by: (user.tenant_id, user.user_id),
        created_at: at,
    };
    let mut tx = app.store.write().await.unwrap();
    let first = incident_writes::record(tx.conn(), &issue(&[b, a], begin), &random).await.unwrap();
    let second = incident_writes::record(tx.conn(), &issue(&[], after(1)), &random).await.unwrap();
    assert_ne!(first, second);
    let state = incident_writes::find(tx.conn(), first).await.unwrap().unwrap();
    assert_eq!((state.customer, state.kind, state.severity), (customer, IncidentType::CustomerReported, Severity::Critical));
    assert_eq!((state.status, state.active_since), (IncidentStatus::NeedsAction, begin));
    assert!(incident_writes::find(tx.conn(), number("NOBODY", 1)).await.unwrap().is_none());
    assert_eq!(incident_writes::rooms(tx.conn(), first).await.unwrap(), [b, a], "in the order given");
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), [second, first], "newest first");
    assert_eq!(incident_list::open_of(tx.conn(), customer).await.unwrap(), [second, first]);
    assert_eq!(rooms::load(tx.conn(), &[a]).await.unwrap()[&a].health, Health::Unhealthy);

    let message = |at, assigned_to_service| NewMessage { at, author: Some("User".into()), text: "Still dark".into(), assigned_to_service };
    incident_writes::post(tx.conn(), first, &message(after(2), false)).await.unwrap();
    incident_writes::post(tx.conn(), first, &message(after(3), true)).await.unwrap();
    incident_writes::set_status(tx.conn(), first, IncidentStatus::AssignedToService, after(3)).await.unwrap();
    let loaded = incidents::load(tx.conn(), &[first]).await.unwrap().remove(0).incident;
    assert_eq!((loaded.row.status, loaded.row.last_updated, loaded.row.version), (IncidentStatus::AssignedToService, after(3), 4));
    assert_eq!(
        loaded.messages.iter().map(|message| (message.at, message.assigned_to_service)).collect::<Vec<_>>(),
        [(after(3), true), (after(2), false)]
    );

    let state = incident_writes::find(tx.conn(), first).await.unwrap().unwrap();
    incident_writes::close(tx.conn(), &state, "User", ClosureReason::ALL[0], Some("Plugged in"), after(4)).await.unwrap();
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), [second]);
    assert_eq!(rooms::load(tx.conn(), &[a]).await.unwrap()[&a].health, Health::Healthy);
    let closed = incidents::load(tx.conn(), &[first]).await.unwrap().remove(0).incident;
    assert_eq!((closed.row.status, closed.history.len()), (IncidentStatus::Closed, 2));
    assert_eq!(
        incident_list::inactive_after(tx.conn(), customer, None, 9).await.unwrap(),
        [InactivePosition { last_updated: after(4), number: first }]
    );
}

#[tokio::test]
async fn lists_go_on_after_a_position_and_hold_what_the_filter_lets_through() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [own, other] = [estate.tenant(1, "Own", "OWNXXX", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let [room, theirs] = [estate.room(own, 3, "Room").await, estate.room(other, 4, "Theirs").await];
    let at = |n: u32| app.clock.now().plus(Duration::from_secs(u64::from(n)));
    for n in 1..=6 {
        let (tenant, prefix, room) = if n % 2 == 0 { (other, "OTHERX", theirs) } else { (own, "OWNXXX", room) };
        estate.incident(NewIncident::new(number(prefix, n), tenant, &[room], at(n))).await;
    }
    let [own_1, other_2, own_3, other_4, own_5, other_6] =
        [number("OWNXXX", 1), number("OTHERX", 2), number("OWNXXX", 3), number("OTHERX", 4), number("OWNXXX", 5), number("OTHERX", 6)];
    let mut tx = app.store.read().await.unwrap();
    let open = incident_list::open_rows_after(tx.conn(), None, 4).await.unwrap();
    assert_eq!(numbers(&open), [other_6, own_5, other_4, own_3], "newest first");
    let rest = incident_list::open_rows_after(tx.conn(), Some(ListKey::of(IncidentTab::Active, &open[3])), 9).await.unwrap();
    assert_eq!(numbers(&rest), [other_2, own_1]);
    let mut some = numbers(&incident_list::rows_of(tx.conn(), &[own_3, number("NOBODY", 1), other_2]).await.unwrap());
    some.sort();
    assert_eq!(some, {
        let mut both = [other_2, own_3];
        both.sort();
        both
    });
    drop(tx);
    for (tenant, resolved) in [(own, own_1), (own, own_3), (other, other_2)] {
        let when = at(if resolved == own_1 { 90 } else { 80 });
        estate.resolve(tenant, resolved, when).await;
    }
    let mut tx = app.store.read().await.unwrap();
    let none = RowFilter::default();
    let mut tied = [own_3, other_2];
    tied.sort();
    for (walk, found) in [
        (Walk::All, vec![own_1, tied[0], tied[1]]),
        (Walk::over(vec![own, other]), vec![own_1, tied[0], tied[1]]),
        (Walk::Of(vec![other]), vec![other_2]),
        (Walk::Of(vec![]), vec![]),
    ] {
        assert_eq!(numbers(&incident_list::resolved_after(tx.conn(), &walk, &none, None, 9).await.unwrap()), found, "{walk:?}");
    }
    let page = incident_list::resolved_after(tx.conn(), &Walk::All, &none, None, 2).await.unwrap();
    let key = ListKey::of(IncidentTab::Resolved, &page[1]);
    assert_eq!(numbers(&incident_list::resolved_after(tx.conn(), &Walk::All, &none, Some(key), 9).await.unwrap()), [tied[1]]);
    for (filter, found) in [
        (RowFilter { rooms: vec![theirs], ..none.clone() }, vec![other_2]),
        (RowFilter { statuses: vec![IncidentStatus::Closed], ..none.clone() }, vec![]),
        (RowFilter { statuses: vec![IncidentStatus::Resolved], rooms: vec![room], ..none.clone() }, vec![own_1, own_3]),
    ] {
        assert_eq!(numbers(&incident_list::resolved_after(tx.conn(), &Walk::All, &filter, None, 9).await.unwrap()), found, "{filter:?}");
    }
    let inactive = incident_list::inactive_after(tx.conn(), own, None, 1).await.unwrap();
    assert_eq!(inactive, [InactivePosition { last_updated: at(90), number: own_1 }]);
    let next = incident_list::inactive_after(tx.conn(), own, Some(inactive[0]), 9).await.unwrap();
    assert_eq!(next.iter().map(|it| it.number).collect::<Vec<_>>(), [own_3]);
    drop(tx);
    // At the same moment: by number, and one goes on between them.
    for n in [9, 8, 7] {
        let number = number("OWNXXX", n);
        estate.incident(NewIncident::new(number, own, &[room], at(n))).await;
        estate.resolve(own, number, at(95)).await;
    }
    let mut tx = app.store.read().await.unwrap();
    let alike = [7, 8, 9].map(|n| InactivePosition { last_updated: at(95), number: number("OWNXXX", n) });
    assert_eq!(incident_list::inactive_after(tx.conn(), own, None, 3).await.unwrap(), alike);
    let next = incident_list::inactive_after(tx.conn(), own, Some(alike[1]), 9).await.unwrap();
    assert_eq!(next.iter().map(|it| it.number).collect::<Vec<_>>(), [alike[2].number, own_1, own_3]);
    assert_eq!(incident_list::open_of(tx.conn(), own).await.unwrap(), [own_5]);
    assert_eq!(incident_list::open_of(tx.conn(), other).await.unwrap(), [other_6, other_4]);
}
