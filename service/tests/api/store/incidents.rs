//! The conformance suite: writing and listing incidents.

use std::time::Duration;

use tenantry_model::api::IncidentTab;
use tenantry_model::id::PrincipalId;
use tenantry_model::incident::{Category, ClosureReason, HistoryKind, HistoryRow, Incident, IncidentStatus, IncidentType, Severity};
use tenantry_model::room::Health;
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;
use tenantry_service::random::SeededRandom;
use tenantry_service::store::inactive_incidents::{self, Inactive};
use tenantry_service::store::incident_list::{self, ListKey, RowFilter, Walk};
use tenantry_service::store::incident_rows::{self, IncidentBatch, Progress};
use tenantry_service::store::incident_writes::{self, IssueText, NewIssue, NewMessage};
use tenantry_service::store::incidents::{self, StoredRow};
use tenantry_service::store::{Conn, rooms};

use crate::support::{EVER, NewIncident, TestApp, id, number, whole};

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
    let known = incident_writes::find(tx.conn(), first).await.unwrap().unwrap();
    assert_eq!((known.version, known.created_by_tenant), (1, Some(user.tenant_id)));
    let state = known.state;
    assert_eq!((state.customer, state.kind, state.severity), (customer, IncidentType::CustomerReported, Severity::Critical));
    assert_eq!((state.status, state.active_since), (IncidentStatus::NeedsAction, begin));
    assert!(incident_writes::find(tx.conn(), number("NOBODY", 1)).await.unwrap().is_none());
    assert_eq!(incident_writes::rooms(tx.conn(), first).await.unwrap(), [b, a], "in the order given");
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), [second, first], "newest first");
    assert_eq!(incident_list::open_of(tx.conn(), &[customer]).await.unwrap(), [second, first]);
    assert_eq!(rooms::load(tx.conn(), &[a]).await.unwrap()[&a].health, Health::Unhealthy);

    let message = |at, assigned_to_service| NewMessage { at, author: Some("User".into()), text: "Still dark".into(), assigned_to_service };
    incident_writes::post(tx.conn(), first, &message(after(2), false)).await.unwrap();
    incident_writes::post(tx.conn(), first, &message(after(3), true)).await.unwrap();
    incident_writes::set_status(tx.conn(), first, IncidentStatus::AssignedToService, after(3)).await.unwrap();
    let loaded = whole(tx.conn(), &[first]).await.remove(0);
    assert_eq!((loaded.row.status, loaded.row.last_updated, loaded.row.version), (IncidentStatus::AssignedToService, after(3), 4));
    assert_eq!(
        loaded.messages.iter().map(|message| (message.at, message.assigned_to_service)).collect::<Vec<_>>(),
        [(after(3), true), (after(2), false)]
    );

    let text = IssueText { description: "No picture".into(), high_impact_reason: None };
    incident_writes::edit(tx.conn(), first, &text, after(2)).await.unwrap();
    assert_eq!(incident_writes::text(tx.conn(), first).await.unwrap(), Some(text));
    assert_eq!(incident_writes::text(tx.conn(), number("NOBODY", 1)).await.unwrap(), None);
    let loaded = whole(tx.conn(), &[first]).await.remove(0);
    assert_eq!((loaded.row.problem.as_str(), loaded.row.version, loaded.high_impact), ("No picture", 5, false));
    assert_eq!(loaded.row.last_updated, after(3), "never back");
    incident_writes::set_rooms(tx.conn(), first, &[b, a], &[b]).await.unwrap();
    assert_eq!(incident_writes::rooms(tx.conn(), first).await.unwrap(), [b]);
    let healths = rooms::load(tx.conn(), &[a, b]).await.unwrap();
    assert_eq!((healths[&a].health, healths[&b].health), (Health::Healthy, Health::Unhealthy));
    incident_writes::set_rooms(tx.conn(), first, &[b], &[a, b]).await.unwrap();

    let state = incident_writes::find(tx.conn(), first).await.unwrap().unwrap().state;
    incident_writes::close(tx.conn(), &state, "User", ClosureReason::ALL[0], Some("Plugged in"), after(4)).await.unwrap();
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), [second]);
    assert_eq!(rooms::load(tx.conn(), &[a]).await.unwrap()[&a].health, Health::Healthy);
    let closed = whole(tx.conn(), &[first]).await.remove(0);
    assert_eq!((closed.row.status, closed.history.len()), (IncidentStatus::Closed, 2));
    let inactive = Inactive { customer, last_updated: after(4), number: first };
    assert_eq!(inactive_incidents::of_customers(tx.conn(), &[customer], &EVER, 9).await.unwrap(), [inactive]);
    // Whatever the clock did meanwhile, what was resolved was not last updated before that.
    incident_writes::post(tx.conn(), first, &message(after(1), false)).await.unwrap();
    assert_eq!(inactive_incidents::of_customers(tx.conn(), &[customer], &EVER, 9).await.unwrap(), [inactive]);
}

#[tokio::test]
async fn incidents_are_inserted_and_moved_on_with_the_rows_of_all_tables() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let [a, b] = [estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await];
    let begin = app.clock.now();
    let at = |seconds| begin.plus(Duration::from_secs(seconds));
    let row = |seconds, kind| HistoryRow::of_itself(at(seconds), kind);
    let (activated, deactivated) = (HistoryKind::Activated, HistoryKind::Deactivated);
    let [fails, waits, over, comes] = [1, 2, 3, 4].map(|n| number("CUSTOM", n));
    let (both, none) = ([b, a], []);
    let ticket = incident_rows::NewIncident {
        number: fails,
        customer,
        category: Category::Display,
        kind: IncidentType::Signal(SignalId::DisplayFrontOfRoom),
        severity: Severity::Warning,
        problem: "Display 2",
        description: "It is dark",
        action: "Look at it",
        rooms: &both,
        high_impact_reason: None,
        created_by: None,
        created_at: at(1),
        progress: Progress { last_updated: at(2), ..Progress::raised(at(1)) },
    };
    let issue = incident_rows::NewIncident {
        number: waits,
        kind: IncidentType::CustomerReported,
        severity: Severity::Critical,
        rooms: &none,
        high_impact_reason: Some("A board meets"),
        created_by: Some((customer, PrincipalId::from_uuid(id(9)))),
        progress: Progress { status: IncidentStatus::AssignedToService, ..Progress::raised(at(1)) },
        ..ticket.clone()
    };
    let closed =
        Progress { status: IncidentStatus::Closed, last_resolved: Some(at(3)), last_closed: Some(at(4)), ..Progress::raised(at(1)) };
    let mut tx = app.store.write().await.unwrap();
    let mut batch = IncidentBatch::default();
    batch.insert(ticket.clone(), &[row(1, activated)]);
    batch.insert(issue, &[row(1, activated)]);
    let history = [row(1, activated), row(3, deactivated)];
    batch.insert(incident_rows::NewIncident { number: over, progress: closed, ..ticket.clone() }, &history);
    batch.write(tx.conn()).await.unwrap();
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), [waits, fails], "what is closed is not among them");
    let by = async |conn: &mut Conn, number| incidents::rows_of(conn, &[number]).await.unwrap()[0].created_by_tenant;
    assert_eq!((by(tx.conn(), fails).await, by(tx.conn(), waits).await), (None, Some(customer)));
    let [first, second, third]: [Incident; 3] = whole(tx.conn(), &[fails, waits, over]).await.try_into().unwrap();
    let shown = &first.row;
    assert_eq!((shown.customer_id, shown.category, shown.kind), (customer, ticket.category, ticket.kind));
    assert_eq!((shown.severity, shown.status, shown.version), (ticket.severity, IncidentStatus::NeedsAction, 1));
    assert_eq!((&*shown.problem, &*first.description, &*first.action), ("Display 2", "It is dark", "Look at it"));
    assert_eq!((shown.created_at, shown.last_updated, shown.active_since), (at(1), at(2), at(1)));
    assert_eq!(shown.rooms.iter().map(|room| room.id).collect::<Vec<_>>(), both, "in the order given");
    assert_eq!((first.high_impact, &first.history), (false, &vec![row(1, activated)]));
    assert_eq!((second.row.rooms.len(), second.row.status), (0, IncidentStatus::AssignedToService));
    assert!(second.high_impact);
    assert_eq!(second.high_impact_reason.as_deref(), Some("A board meets"));
    assert_eq!((third.row.last_resolved, third.row.last_closed), (Some(at(3)), Some(at(4))));
    assert_eq!(third.history, [row(3, deactivated), row(1, activated)], "the newest first");

    // One resolves, one reopens, one goes from one active status to another, and one comes: together.
    let resolved =
        Progress { status: IncidentStatus::Resolved, last_updated: at(6), last_resolved: Some(at(6)), ..Progress::raised(at(1)) };
    let again = Progress { last_resolved: Some(at(3)), last_closed: Some(at(4)), ..Progress::raised(at(7)) };
    let pending = Progress { status: IncidentStatus::PendingInvestigation, last_updated: at(8), ..Progress::raised(at(1)) };
    let mut batch = IncidentBatch::default();
    for (number, progress, saved, history) in
        [(fails, resolved, 1, vec![row(6, deactivated)]), (over, again, 2, vec![row(7, activated)]), (waits, pending, 1, vec![])]
    {
        let state = incident_writes::find(tx.conn(), number).await.unwrap().unwrap().state;
        batch.update(&state, state.severity, progress);
        batch.add_history(number, saved, &history);
    }
    batch.insert(incident_rows::NewIncident { number: comes, ..ticket.clone() }, &[row(1, activated)]);
    batch.write(tx.conn()).await.unwrap();
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), [waits, over, comes]);
    let found = whole(tx.conn(), &[fails, over, waits]).await;
    for (incident, progress) in found.iter().zip([resolved, again, pending]) {
        let row = &incident.row;
        let Progress { status, last_updated, active_since, last_resolved, last_closed, .. } = progress;
        assert_eq!((row.status, row.last_updated, row.active_since, row.version), (status, last_updated, active_since, 2));
        assert_eq!((row.last_resolved, row.last_closed), (last_resolved, last_closed));
    }
    assert_eq!(found[0].history, [row(6, deactivated), row(1, activated)]);
    assert_eq!(found[1].history, [row(7, activated), row(3, deactivated), row(1, activated)]);
    assert_eq!(found[2].history, [row(1, activated)]);
    // Who reopened stands at the new place: going on from there starts behind it.
    let place = ListKey { severity: Severity::Warning as i64, newest: -at(7).micros(), number: over };
    assert_eq!(numbers(&incident_list::open_rows_after(tx.conn(), Some(place), 9).await.unwrap()), [comes]);

    // More than one statement takes.
    let many: Vec<TicketNumber> = (1_000..1_600).map(|n| number("CUSTOM", n)).collect();
    let mut batch = IncidentBatch::default();
    for number in &many {
        batch.insert(incident_rows::NewIncident { number: *number, ..ticket.clone() }, &[row(1, activated), row(2, deactivated)]);
    }
    batch.write(tx.conn()).await.unwrap();
    let found = whole(tx.conn(), &many).await;
    assert_eq!(found.len(), many.len());
    assert!(found.iter().all(|it| (it.row.rooms.len(), it.history.len()) == (2, 2)));
    assert_eq!(incident_list::open_of(tx.conn(), &[customer]).await.unwrap().len(), many.len() + 3);
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
    let mut some = numbers(&incidents::rows_of(tx.conn(), &[own_3, number("NOBODY", 1), other_2]).await.unwrap());
    some.sort();
    assert_eq!(some, {
        let mut both = [other_2, own_3];
        both.sort();
        both
    });
    drop(tx);
    for resolved in [own_1, own_3, other_2] {
        let when = at(if resolved == own_1 { 90 } else { 80 });
        estate.resolve(resolved, when).await;
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
    let first = inactive_incidents::of_customers(tx.conn(), &[own], &EVER, 1).await.unwrap();
    assert_eq!(first, [Inactive { customer: own, last_updated: at(90), number: own_1 }]);
    let next = inactive_incidents::after(tx.conn(), &first[0], &EVER, 9).await.unwrap();
    assert_eq!(next.iter().map(|it| it.number).collect::<Vec<_>>(), [own_3]);
    let of = async |conn: &mut Conn, updated| -> Vec<TicketNumber> {
        let found = inactive_incidents::of_customers(conn, &[other, own], &updated, 9).await.unwrap();
        found.iter().map(|it| it.number).collect()
    };
    assert_eq!(of(tx.conn(), EVER).await, [own_1, own_3, other_2], "customer by customer, whatever order they are asked for in");
    assert_eq!(of(tx.conn(), at(80)..at(90)).await, [own_3, other_2]);
    assert_eq!(of(tx.conn(), at(81)..EVER.end).await, [own_1]);
    for (since, count) in [(80, 3), (81, 1), (91, 0)] {
        assert_eq!(inactive_incidents::count(tx.conn(), &[own, other], at(since)).await.unwrap(), count);
    }
    drop(tx);
    // At the same moment: by number, and one goes on between them.
    for n in [9, 8, 7] {
        let number = number("OWNXXX", n);
        estate.incident(NewIncident::new(number, own, &[room], at(n))).await;
        estate.resolve(number, at(95)).await;
    }
    let mut tx = app.store.read().await.unwrap();
    let alike = [7, 8, 9].map(|n| Inactive { customer: own, last_updated: at(95), number: number("OWNXXX", n) });
    assert_eq!(inactive_incidents::of_customers(tx.conn(), &[own], &EVER, 3).await.unwrap(), alike);
    let next = inactive_incidents::after(tx.conn(), &alike[1], &EVER, 9).await.unwrap();
    assert_eq!(next.iter().map(|it| it.number).collect::<Vec<_>>(), [alike[2].number, own_1, own_3]);
    assert_eq!(incident_list::open_of(tx.conn(), &[own]).await.unwrap(), [own_5]);
    assert_eq!(incident_list::open_of(tx.conn(), &[other]).await.unwrap(), [other_6, other_4]);
    assert_eq!(incident_list::count_open(tx.conn(), &[own, other]).await.unwrap(), 3);
}
