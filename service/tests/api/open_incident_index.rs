//! Snapshots of the open incidents under concurrency, after trims and restored backups.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tenantry_model::access::{Grant, Rights, Side, Subject};
use tenantry_model::api::IncidentTab;
use tenantry_model::id::AssignmentId;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{Tenant, UserKey};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;
use tenantry_service::domain::caller::Caller;
use tenantry_service::domain::incidents::read::ListQuery;
use tenantry_service::domain::open_incidents::{OpenIncidentIndex, Snapshot, page};
use tenantry_service::domain::rights::Access;
use tenantry_service::store::change_log::{self, Horizon};
use tenantry_service::store::incident_list::RowFilter;
use tenantry_service::store::{ReadTx, db};

use crate::support::{Bed, id, principal, room, tenant};

async fn town() -> Bed {
    let bed = Bed::new().await;
    bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await;
    bed.change(json!({"createRoom": {"id": room(1), "customer": tenant(1), "displayName": "Isar"}})).await;
    let person = json!({"id": principal(1), "tenant": tenant(1), "kind": "user", "displayName": "Ada"});
    bed.change(json!({ "createPrincipal": person })).await;
    bed
}

async fn raise(bed: &Bed, text: &str) -> TicketNumber {
    bed.clock.advance(Duration::from_secs(1));
    let issue = json!({"customer": tenant(1), "description": text, "rooms": [room(1)], "createdBy": principal(1)});
    bed.change(json!({ "recordIssue": issue })).await.number.unwrap()
}

async fn close(bed: &Bed, number: TicketNumber) {
    bed.change(json!({"closeIssue": {"number": number, "reason": "other", "closedBy": principal(1)}})).await;
}

async fn begin(bed: &Bed) -> (ReadTx, Horizon) {
    let mut tx = bed.store.read().await.unwrap();
    let horizon = change_log::horizon(tx.conn()).await.unwrap();
    (tx, horizon)
}

/// The number of the log's last row.
async fn last_change(bed: &Bed) -> i64 {
    begin(bed).await.1.seq
}

/// Somebody of the customer who sees all its incidents.
fn reader() -> Caller {
    let user = UserKey { tenant_id: tenant(1), user_id: principal(1) };
    let subject = Subject { user: user.user_id, groups: vec![] };
    let view = Grant {
        assignment: AssignmentId::from_uuid(id(1)),
        permissions: PermissionSet::of(&[Permission::TicketsView]),
        members: vec![user.user_id],
        scope: Scope::All,
    };
    let customers = BTreeMap::from([(tenant(1), Rights::resolve(&subject, &Side::Customer, &[view], |_| vec![]))]);
    Caller {
        user,
        display_name: "Ada".into(),
        tenant: Tenant { id: tenant(1), display_name: "Kunde".into(), is_partner: false, is_customer: true },
        acting_as: None,
        global_admin: false,
        access: Arc::new(Access { subject, display_name: None, portal_roles: vec![], customers }),
    }
}

fn problems(snapshot: &Snapshot) -> Vec<String> {
    let (customers, rows, words) = (vec![], RowFilter::default(), vec![]);
    let all = ListQuery { tab: IncidentTab::Active, customers, rows, words, cursor: None, limit: 100 };
    let page = page(snapshot, &reader(), &all).unwrap();
    assert_eq!(page.items.len(), snapshot.len(), "whatever is in memory is the customer's");
    let problem = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap()["problem"].as_str().unwrap().to_owned();
    page.items.iter().map(|row| problem(row.get())).collect()
}

/// What a reader gets who begins now.
async fn now(index: &OpenIncidentIndex, bed: &Bed) -> Vec<String> {
    let before = index.latest();
    let (mut tx, horizon) = begin(bed).await;
    let snapshot = index.snapshot_for(tx.conn(), before.as_ref(), horizon).await.unwrap();
    assert_eq!(snapshot.horizon(), horizon);
    problems(&snapshot)
}

async fn write(bed: &Bed, sql: &'static str) {
    let mut tx = bed.store.write().await.unwrap();
    db::query(sql).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_transaction_gets_the_moment_it_sees_whoever_was_served_meanwhile() {
    let (bed, index) = (town().await, OpenIncidentIndex::default());
    let first = raise(&bed, "first").await;
    assert_eq!(now(&index, &bed).await, ["first"]);
    // Each of these begins, then waits while the estate goes on and others are served.
    let (none_behind, one_behind) = (index.latest(), index.latest());
    let (mut old, old_horizon) = begin(&bed).await;
    raise(&bed, "second").await;
    let (mut middle, middle_horizon) = begin(&bed).await;
    close(&bed, first).await;
    raise(&bed, "third").await;
    assert_eq!(now(&index, &bed).await, ["third", "second"]);

    let seen = index.snapshot_for(middle.conn(), one_behind.as_ref(), middle_horizon).await.unwrap();
    assert_eq!((problems(&seen), seen.horizon()), (vec!["second".to_owned(), "first".to_owned()], middle_horizon));
    let seen = index.snapshot_for(old.conn(), none_behind.as_ref(), old_horizon).await.unwrap();
    assert_eq!((problems(&seen), seen.horizon()), (vec!["first".to_owned()], old_horizon));
    // One that began before anybody had asked for anything.
    let seen = index.snapshot_for(middle.conn(), None, middle_horizon).await.unwrap();
    assert_eq!(problems(&seen), ["second", "first"]);
    assert_eq!(now(&index, &bed).await, ["third", "second"], "the latest is still the latest");
}

#[tokio::test]
async fn where_the_log_no_longer_reaches_back_everything_is_read_anew() {
    let (bed, index) = (town().await, OpenIncidentIndex::default());
    let first = raise(&bed, "first").await;
    assert_eq!(now(&index, &bed).await, ["first"]);
    close(&bed, first).await;
    raise(&bed, "second").await;
    bed.clock.advance(Duration::from_secs(60));
    let mut tx = bed.store.write().await.unwrap();
    assert!(tx.forget_changes(bed.clock.now(), 1_000).await.unwrap() > 3);
    tx.commit().await.unwrap();
    assert_eq!(now(&index, &bed).await, ["second"]);
}

#[tokio::test]
async fn a_restored_backup_is_read_anew_whether_its_log_is_shorter_as_long_or_longer() {
    for more in 0..3 {
        let (bed, index) = (town().await, OpenIncidentIndex::default());
        raise(&bed, "first").await;
        let backed_up = last_change(&bed).await;
        raise(&bed, "lost").await;
        assert_eq!(now(&index, &bed).await, ["lost", "first"]);
        let lost = last_change(&bed).await - backed_up;

        write(&bed, "DELETE FROM open_incidents WHERE number IN (SELECT number FROM incidents WHERE problem = 'lost')").await;
        write(&bed, "UPDATE incidents SET status = 'closed' WHERE problem = 'lost'").await;
        let mut tx = bed.store.write().await.unwrap();
        db::query("DELETE FROM changes WHERE seq > $1").bind(backed_up).execute(tx.conn()).await.unwrap();
        // A restored log numbers its rows from its own last one on.
        const NUMBER_ON: &str = "UPDATE sqlite_sequence SET seq = (SELECT MAX(seq) FROM changes) WHERE name = 'changes'";
        db::query(NUMBER_ON).execute(tx.conn()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(last_change(&bed).await, backed_up);
        for n in 0..more {
            raise(&bed, &format!("new {n}")).await;
        }
        let reached = last_change(&bed).await - backed_up;
        assert_eq!(reached, more * lost, "each issue is as many rows of the log");
        let mut expected: Vec<String> = (0..more).rev().map(|n| format!("new {n}")).collect();
        expected.push("first".into());
        assert_eq!(now(&index, &bed).await, expected, "{more} more");
    }
}

#[tokio::test]
async fn what_was_filled_without_a_log_is_there_from_the_first_moment() {
    let (bed, index) = (town().await, OpenIncidentIndex::default());
    raise(&bed, "first").await;
    write(&bed, "DELETE FROM changes").await;
    assert_eq!(now(&index, &bed).await, ["first"]);
    raise(&bed, "second").await;
    assert_eq!(now(&index, &bed).await, ["second", "first"]);
}
