//! The conformance suite: transactions, readers and writers, the file itself, and what concerns several aggregates.

use std::sync::Arc;
use std::time::Duration;

use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::search::words;
use tenantry_model::tenancy::UserKey;
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::domain::change_feed::{ChangeBatch, ChangeFeed};
use tenantry_service::error::Error;
use tenantry_service::store::change_log::{self, Horizon, LoggedChange};
use tenantry_service::store::db;
use tenantry_service::store::{Change, Store, incidents, people, rights, rooms, tenants};

use tokio::sync::broadcast::Receiver;

use crate::support::{NewIncident, TestApp, id, number};

async fn epoch(store: &Store, tenant: TenantId) -> i64 {
    tenants::find(store.read().await.unwrap().conn(), tenant).await.unwrap().unwrap().rights_epoch
}

/// Whether nothing is heard for longer than the feed takes to look at the log.
async fn is_quiet(heard: &mut Receiver<Arc<ChangeBatch>>) -> bool {
    tokio::time::timeout(Duration::from_millis(400), heard.recv()).await.is_err()
}

#[tokio::test]
async fn a_transaction_that_is_dropped_never_was() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", false, true).await;
    let mut heard = ChangeFeed::new(app.store.clone()).subscribe().await.unwrap();
    let mut tx = app.store.write().await.unwrap();
    tx.record(Change::rights(tenant, Some(tenant), None)).await.unwrap();
    drop(tx);
    assert_eq!(epoch(&app.store, tenant).await, 0);
    assert!(is_quiet(&mut heard).await);
    assert_eq!(change_log::horizon(app.store.read().await.unwrap().conn()).await.unwrap(), Horizon::default());
}

#[tokio::test]
async fn people_from_before_names_were_folded_as_they_are_are_found_once_the_store_was_opened() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", false, true).await;
    let user = estate.user(tenant, 2, "Jörg MÜLLER").await;
    let mut tx = app.store.write().await.unwrap();
    db::query("UPDATE principals SET folded = ''").execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let found = async |store: &Store| people::search(store.read().await.unwrap().conn(), tenant, &words("mueller JO"), 9).await.unwrap();
    assert_eq!(found(&app.store).await, []);
    let again = app.beside().await;
    assert_eq!(found(&again.store).await.iter().map(|it| it.id).collect::<Vec<_>>(), [user.user_id]);
}

#[tokio::test]
async fn a_commit_is_announced_after_it_can_be_read() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", false, true).await;
    let mut heard = ChangeFeed::new(app.store.clone()).subscribe().await.unwrap();
    let mut tx = app.store.write().await.unwrap();
    tx.record(Change::customer(tenant)).await.unwrap();
    tx.record(Change::rights(tenant, Some(tenant), None)).await.unwrap();
    assert!(is_quiet(&mut heard).await);
    tx.commit().await.unwrap();
    let change: Arc<ChangeBatch> = heard.recv().await.unwrap();
    assert!(change.customers.contains_key(&tenant));
    let user = PrincipalId::from_uuid(id(7));
    assert!(change.rights.keys().any(|it| it.concerns(tenant, user)));
    assert!(change.rights.keys().all(|it| !it.concerns(TenantId::from_uuid(id(99)), user)));
    assert_eq!(change_log::horizon(app.store.read().await.unwrap().conn()).await.unwrap().seq, 2);
    let silent = app.store.write().await.unwrap();
    silent.commit().await.unwrap();
    assert!(is_quiet(&mut heard).await, "nothing recorded, nothing to tell");
}

#[tokio::test]
async fn a_commit_of_one_store_is_heard_by_who_follows_another_over_the_same_database() {
    let app = TestApp::start().await;
    let tenant = app.estate().tenant(1, "Tenant", "TENANT", false, true).await;
    let mut heard = ChangeFeed::new(app.beside().await.store.clone()).subscribe().await.unwrap();
    let mut tx = app.store.write().await.unwrap();
    tx.record(Change::tenant(tenant)).await.unwrap();
    tx.commit().await.unwrap();
    let change = tokio::time::timeout(Duration::from_secs(2), heard.recv()).await.unwrap().unwrap();
    assert_eq!((change.tenants.get(&tenant), change.customers.len(), change.rights.len()), (Some(&1), 0, 0));
    assert_eq!(app.store.horizon().await.unwrap().seq, 1);
}

#[tokio::test]
async fn the_log_is_read_and_counted_for_some_customers_and_one_users_rights() {
    let app = TestApp::start().await;
    let [a, b, partner, other] = [1, 2, 3, 4].map(|n| TenantId::from_uuid(id(n)));
    let mut tx = app.store.write().await.unwrap();
    for change in [Change::customer(a), Change::customer(b), Change::customer(a), Change::tenant(a)] {
        tx.record(change).await.unwrap();
    }
    for whose in [None, Some(partner), Some(other)] {
        tx.record(Change::rights(b, whose, None)).await.unwrap();
    }
    let [user, colleague] = [8, 9].map(|n| PrincipalId::from_uuid(id(n)));
    for whose in [user, user, colleague] {
        tx.record(Change::rights(b, Some(partner), Some(whose))).await.unwrap();
    }
    let of = |tenant_id| UserKey { tenant_id, user_id: user };
    let rights = |tenant| LoggedChange::Rights { customer: b, tenant, principal: None, lost_by: None };
    let own = LoggedChange::Rights { customer: b, tenant: Some(partner), principal: Some(user), lost_by: None };
    assert_eq!(change_log::concerning(tx.conn(), &[], of(partner), 7, 10).await.unwrap(), [own], "each once, and no colleague's");
    let mut found = change_log::concerning(tx.conn(), &[a], of(partner), 0, 7).await.unwrap();
    found.sort_by_key(|change| format!("{change:?}"));
    assert_eq!(found, [LoggedChange::Customer(a), rights(None), rights(Some(partner)), LoggedChange::Tenant(a)]);
    assert_eq!(change_log::concerning(tx.conn(), &[a], of(partner), 4, 6).await.unwrap().len(), 2);
    assert_eq!(change_log::concerning(tx.conn(), &[], of(other), 0, 3).await.unwrap(), []);
    for (after, until, most, count) in [(0, 7, 9, 3), (1, 7, 9, 2), (0, 2, 9, 1), (0, 7, 2, 2), (7, 7, 9, 0)] {
        assert_eq!(change_log::count_concerning(tx.conn(), &[a], after, until, most).await.unwrap(), count, "{after} {until} {most}");
    }
}

#[tokio::test]
async fn audiences_are_numbered_on_whichever_store_makes_them_and_whatever_was_forgotten() {
    let app = TestApp::start().await;
    let beside = app.beside().await;
    let mut numbers = Vec::new();
    for store in [&app.store, &beside.store, &app.store] {
        let mut tx = store.write().await.unwrap();
        numbers.push(tx.audience(&[PrincipalId::from_uuid(id(7))]).await.unwrap());
        tx.forget_changes(app.clock.now(), 9).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
}

#[tokio::test]
async fn a_reader_sees_one_moment_and_does_not_wait_for_the_writer() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Before", "TENANT", false, true).await;
    let name =
        async |tx: &mut tenantry_service::store::ReadTx| tenants::find(tx.conn(), tenant).await.unwrap().unwrap().tenant.display_name;
    let mut reader = app.store.read().await.unwrap();
    assert_eq!(name(&mut reader).await, "Before");
    let mut writer = app.store.write().await.unwrap();
    db::query("UPDATE tenants SET display_name = 'After'").execute(writer.conn()).await.unwrap();
    assert_eq!(name(&mut reader).await, "Before");
    writer.commit().await.unwrap();
    assert_eq!(name(&mut reader).await, "Before", "the reader's moment stays");
    assert_eq!(name(&mut app.store.read().await.unwrap()).await, "After");
    let refused = db::query("UPDATE tenants SET display_name = 'X'").execute(reader.conn()).await;
    assert!(refused.is_err(), "a reader cannot write");
}

#[tokio::test]
async fn writers_take_turns() {
    let app = TestApp::start().await;
    let first = app.store.write().await.unwrap();
    let store = app.store.clone();
    let second = tokio::spawn(async move { store.write().await.unwrap().commit().await });
    tokio::task::yield_now().await;
    assert!(!second.is_finished());
    first.commit().await.unwrap();
    second.await.unwrap().unwrap();
}

#[tokio::test]
async fn foreign_keys_hold() {
    let app = TestApp::start().await;
    let mut tx = app.store.write().await.unwrap();
    let orphan = db::query("INSERT INTO tenant_domains (domain, tenant_id) VALUES ('x.example', 'nobody')").execute(tx.conn()).await;
    assert!(orphan.is_err());
}

#[tokio::test]
async fn a_change_of_rights_raises_the_epoch_of_those_whom_it_may_concern() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let former = estate.tenant(2, "Former", "FORMER", true, false).await;
    let stranger = estate.tenant(3, "Stranger", "STRANG", true, false).await;
    let customer = estate.tenant(4, "Customer", "CUSTOM", false, true).await;
    estate.delegate(partner, customer, &[], PermissionSet::ALL).await;
    estate.delegate(former, customer, &[], PermissionSet::ALL).await;
    estate.end_relationship(former, customer).await;
    let epochs = async || {
        let mut found = Vec::new();
        for tenant in [partner, former, stranger, customer] {
            found.push(epoch(&app.store, tenant).await);
        }
        found
    };
    assert_eq!(epochs().await, [1, 2, 0, 0]);
    let mut tx = app.store.write().await.unwrap();
    tx.record(Change::rights(customer, Some(partner), None)).await.unwrap();
    tx.record(Change::rights(customer, None, None)).await.unwrap();
    tx.record(Change::room(customer, RoomId::from_uuid(id(9)))).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(epochs().await, [3, 3, 0, 1]);
}

#[tokio::test]
async fn the_log_gives_back_what_was_recorded_in_its_order() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", false, true).await;
    let (room, incident, user) = (RoomId::from_uuid(id(5)), number("TENANT", 1), PrincipalId::from_uuid(id(6)));
    let mut tx = app.store.write().await.unwrap();
    for change in
        [Change::customer(tenant), Change::room(tenant, room), Change::incident(tenant, incident), Change::rights(tenant, None, Some(user))]
    {
        tx.record(change).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.store.read().await.unwrap();
    let logged: Vec<LoggedChange> = change_log::between(tx.conn(), 0, 4, 10).await.unwrap().into_iter().map(|(_, change)| change).collect();
    let rights = LoggedChange::Rights { customer: tenant, tenant: None, principal: Some(user), lost_by: None };
    assert_eq!(
        logged,
        [LoggedChange::Customer(tenant), LoggedChange::Room(tenant, room), LoggedChange::Incident(tenant, incident), rights]
    );
    assert_eq!(change_log::between(tx.conn(), 1, 3, 10).await.unwrap().len(), 2);
    assert_eq!(change_log::between(tx.conn(), 0, 4, 3).await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_log_forgets_the_oldest_first_and_its_places_are_never_used_again() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", false, true).await;
    let record = async || {
        let mut tx = app.store.write().await.unwrap();
        tx.record(Change::customer(tenant)).await.unwrap();
        tx.commit().await.unwrap();
        change_log::horizon(app.store.read().await.unwrap().conn()).await.unwrap()
    };
    let reaches = async |horizon: Horizon| change_log::reaches_back_to(app.store.read().await.unwrap().conn(), horizon).await.unwrap();
    assert!(reaches(Horizon::default()).await, "an empty log has forgotten nothing");
    let first = record().await;
    app.clock.advance(Duration::from_secs(10));
    let second = record().await;
    assert!(reaches(Horizon::default()).await && reaches(first).await && reaches(second).await);
    assert!(!reaches(Horizon { at: Timestamp::from_micros(1), ..first }).await, "another row at the same place");

    let forget = async |limit: u32| {
        let mut tx = app.store.write().await.unwrap();
        let count = tx.forget_changes(app.clock.now().plus(Duration::from_secs(1)), limit).await.unwrap();
        tx.commit().await.unwrap();
        count
    };
    assert_eq!(forget(10).await, 1, "the last row stays");
    assert!(!reaches(Horizon::default()).await && !reaches(first).await && reaches(second).await);
    let third = record().await;
    assert_eq!(third.seq, 3);
    assert_eq!(forget(1).await, 1);
    assert!(!reaches(second).await && reaches(third).await);
}

#[tokio::test]
async fn a_bad_row_names_table_column_and_id() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let room = estate.room(customer, 2, "Room").await;
    let ticket = number("CUSTOM", 1);
    estate.incident(NewIncident::new(ticket, customer, &[room], app.clock.now())).await;
    let mut tx = app.store.write().await.unwrap();
    db::query("UPDATE rooms SET enrolment = 'lost'").execute(tx.conn()).await.unwrap();
    db::query("UPDATE incidents SET severity = 9").execute(tx.conn()).await.unwrap();
    db::query("INSERT INTO changes (at, customer_id, kind) VALUES (0, 'x', 'room')").execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = app.store.read().await.unwrap();
    let bad = |error: Error| match error {
        Error::BadRow { table, column, id, .. } => (table, column, id),
        other => panic!("{other}"),
    };
    let error = rooms::of_customers(tx.conn(), &[customer]).await.unwrap_err();
    assert!(error.to_string().contains("table rooms, column enrolment"), "{error}");
    assert_eq!(bad(error), ("rooms", "enrolment", room.to_string()));
    assert_eq!(bad(incidents::rows_of(tx.conn(), &[ticket]).await.unwrap_err()), ("incidents", "severity", ticket.to_string()));
    assert_eq!(bad(change_log::between(tx.conn(), 0, 99, 99).await.unwrap_err()).0, "changes");
}

#[tokio::test]
async fn batches_of_every_length_find_what_is_there() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let room = estate.room(customer, 2, "Room").await;
    let numbers: Vec<_> = (0..2_100).map(|n| number("CUSTOM", n)).collect();
    estate.incidents(numbers.iter().map(|number| NewIncident::new(*number, customer, &[room], app.clock.now()))).await;
    let mut tx = app.store.read().await.unwrap();
    for length in [0, 1, 2, 3, 1_023, 1_024, 1_025, 2_100] {
        let mut asked = numbers[..length].to_vec();
        asked.push(number("NOBODY", 1));
        let mut rows: Vec<_> = incidents::rows_of(tx.conn(), &asked).await.unwrap().into_iter().map(|stored| stored.row).collect();
        rows.reverse();
        let found = incidents::complete(tx.conn(), rows.clone()).await.unwrap();
        assert!(found.iter().map(|incident| &incident.row).eq(&rows), "in the order of the rows: {length}");
        let found: std::collections::BTreeSet<_> = found.iter().map(|incident| incident.row.number).collect();
        assert!(found.iter().eq(&numbers[..length]), "{length}");
    }
}

#[tokio::test]
async fn only_the_tenants_own_roles_count_for_its_users() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let user = estate.user(partner, 10, "User").await;
    // A role of the customer itself that names a foreigner, whoever wrote it, gives nothing (R44).
    estate.assign(20, customer, None, user, PermissionSet::ALL, &[], &[]).await;
    // And one of another partner.
    let other = estate.tenant(3, "Other", "OTHERX", true, false).await;
    estate.assign(21, customer, Some(other), user, PermissionSet::ALL, &[], &[]).await;
    assert_eq!(rights::grants(app.store.read().await.unwrap().conn(), user).await.unwrap(), []);
    estate.assign(22, customer, Some(partner), user, PermissionSet::ALL, &[], &[]).await;
    assert_eq!(rights::grants(app.store.read().await.unwrap().conn(), user).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_database_is_not_opened_by_an_older_version() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenantry.db");
    let clock: Arc<dyn Clock> = Arc::new(tenantry_service::clock::SystemClock);
    let store = Store::open(&file, clock.clone()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    let newer =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (999, 'newer', TRUE, x'00', 0)";
    db::query(newer).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    assert!(matches!(Store::open(&file, clock).await.err(), Some(Error::SchemaTooNew { found: 999, .. })));
}

#[tokio::test]
async fn the_linked_sqlite_is_not_one_that_can_lose_data() {
    let app = TestApp::start().await;
    let version = app.store.check_engine().await.unwrap();
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{version}");
}
