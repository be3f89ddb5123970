//! Snapshots under concurrency, after trims and restored backups.

use std::time::Duration;

use serde_json::json;
use tenantry_model::text::TicketNumber;

use super::*;
use crate::domain::test_bed::{Bed, principal, room, tenant};
use crate::store::ReadTx;
use crate::store::db;

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

fn problems(snapshot: &Snapshot) -> Vec<String> {
    let problem = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap()["problem"].as_str().unwrap().to_owned();
    snapshot.walk(&[tenant(1)], None).map(|row| problem(row.json.get())).collect()
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
    let later = tenantry_model::time::Clock::now(&*bed.clock);
    assert!(tx.forget_changes(later, 1_000).await.unwrap() > 3);
    tx.commit().await.unwrap();
    assert_eq!(now(&index, &bed).await, ["second"]);
}

#[tokio::test]
async fn a_restored_backup_is_read_anew_whether_its_log_is_shorter_as_long_or_longer() {
    for more in 0..3 {
        let (bed, index) = (town().await, OpenIncidentIndex::default());
        raise(&bed, "first").await;
        let backed_up = bed.value("SELECT MAX(seq) FROM changes").await;
        raise(&bed, "lost").await;
        assert_eq!(now(&index, &bed).await, ["lost", "first"]);
        let lost = bed.value("SELECT MAX(seq) FROM changes").await - backed_up;

        write(&bed, "DELETE FROM open_incidents WHERE number IN (SELECT number FROM incidents WHERE problem = 'lost')").await;
        write(&bed, "UPDATE incidents SET status = 'closed' WHERE problem = 'lost'").await;
        let mut tx = bed.store.write().await.unwrap();
        db::query("DELETE FROM changes WHERE seq > $1").bind(backed_up).execute(tx.conn()).await.unwrap();
        db::number_changes_on(tx.conn()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bed.value("SELECT MAX(seq) FROM changes").await, backed_up);
        for n in 0..more {
            raise(&bed, &format!("new {n}")).await;
        }
        let reached = bed.value("SELECT MAX(seq) FROM changes").await - backed_up;
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
