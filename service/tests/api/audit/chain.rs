//! What is written, and when.

use tenantry_model::audit::{AuditFilter, AuditOperation, AuditResult};
use tenantry_model::permission::PermissionSet;
use tenantry_model::time::Clock;
use tenantry_service::domain::audit::{Verdict, or_failed, verify};
use tenantry_service::error::{Error, Result};
use tenantry_service::store::audit::{AuditRange, Head, NewAudit, newest_before};
use tenantry_service::store::tenants;
use tenantry_service::store::{self, Store};

use super::{present, role, tenant, user, write};
use crate::support::TestApp;

async fn all(app: &TestApp, of: u128) -> Vec<(String, AuditResult, Vec<String>)> {
    let range = AuditRange {
        tenant: tenant(of),
        log: AuditFilter::default().log,
        from: tenantry_model::time::Timestamp::from_micros(0),
        until: tenantry_model::time::Timestamp::from_micros(i64::MAX),
        categories: vec![],
        operations: vec![],
        results: vec![],
    };
    let rows = newest_before(app.store.read().await.unwrap().conn(), &range, None, 1_000).await.unwrap();
    let texts = |detail: &[tenantry_model::audit::AuditChange]| detail.iter().filter_map(|it| it.after.clone()).collect();
    rows.into_iter().map(|(_, row)| (row.object_name, row.result_status, texts(&row.detail))).collect()
}

#[tokio::test]
async fn a_record_counts_with_the_transaction_of_its_change_and_not_without() {
    let app = TestApp::start().await;
    let by = user(tenant(1), 7);
    assert_eq!(present(&app.store).await, Head::GENESIS);
    write(&app.store, [role(by, tenant(1), "One"), role(by, tenant(1), "Two")]).await;
    let before = present(&app.store).await;
    assert_eq!(before.seq, 2);
    let mut tx = app.store.write().await.unwrap();
    tx.audit(role(by, tenant(1), "Never")).await.unwrap();
    drop(tx);
    assert_eq!(present(&app.store).await, before);
    write(&app.store, [role(by, tenant(1), "Three")]).await;
    let after = present(&app.store).await;
    assert_eq!(after.seq, 3, "no gap where a transaction was undone");
    let verdict = verify(app.store.read().await.unwrap().conn(), &[]).await.unwrap();
    assert_eq!(verdict, Verdict { good: after, fault: None });
    assert_eq!(all(&app, 1).await.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), ["Three", "Two", "One"]);
}

#[tokio::test]
async fn writers_at_the_same_time_make_one_chain() {
    let app = TestApp::start().await;
    let by = user(tenant(1), 7);
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = app.store.clone();
            tokio::spawn(async move {
                for n in 0..5 {
                    write(&store, [role(by, tenant(1), &format!("{writer}-{n}"))]).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let verdict = verify(app.store.read().await.unwrap().conn(), &[]).await.unwrap();
    assert_eq!((verdict.good.seq, verdict.fault), (40, None));
}

/// A change of a customer's name that is refused after it was written, as a handler makes it.
async fn rename(store: &Store, attempt: &NewAudit, name: &str) -> Result<()> {
    let mut tx = store.write().await?;
    assert!(tenants::rename(tx.conn(), tenant(1), name).await?);
    tx.audit(attempt.clone()).await?;
    if name == "Taken" {
        return Err(Error::conflict("there is one of these already"));
    }
    tx.commit().await
}

#[tokio::test]
async fn r111_a_failed_attempt_is_a_record_although_its_transaction_was_undone() {
    let app = TestApp::start().await;
    app.estate().tenant(1, "Before", "CUSTOM", false, true).await;
    let by = user(tenant(1), 7);
    let attempt = NewAudit::by(by, tenant(1), tenantry_model::audit::AuditCategory::Role, AuditOperation::Update, "Role");
    let done = rename(&app.store, &attempt, "Taken").await;
    let told = or_failed(&app.store, done, attempt.clone()).await.unwrap_err();
    assert_eq!(told.kind().as_str(), "conflict", "the caller is told what they would be told without a log");
    assert_eq!(all(&app, 1).await, [("Role".to_owned(), AuditResult::Failed, vec!["conflict".to_owned()])]);
    let found = store::tenants::find(app.store.read().await.unwrap().conn(), tenant(1)).await.unwrap();
    assert_eq!(found.unwrap().tenant.display_name, "Before");

    let done = rename(&app.store, &attempt, "Free").await;
    or_failed(&app.store, done, attempt).await.unwrap();
    assert_eq!(all(&app, 1).await[0], ("Role".to_owned(), AuditResult::Successful, vec![]));
    assert_eq!(present(&app.store).await.seq, 2, "a success leaves one record");
}

#[tokio::test]
async fn nobody_fills_the_log_of_a_tenant_that_they_have_nothing_to_do_with() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let inviting = estate.tenant(3, "Inviting", "INVITE", false, true).await;
    let stranger = estate.tenant(4, "Stranger", "STRANG", false, true).await;
    estate.delegate(partner, customer, &[], PermissionSet::ALL).await;
    estate.invite(9, inviting, partner, app.clock.now()).await;
    let by = user(partner, 7);
    for at in [partner, customer, inviting, stranger] {
        app.store.audit_failed(role(by, at, "Role")).await.unwrap();
    }
    let counts = async || [all(&app, 1).await.len(), all(&app, 2).await.len(), all(&app, 3).await.len(), all(&app, 4).await.len()];
    assert_eq!(counts().await, [2, 1, 1, 0], "an attempt on a stranger stands in the log of who made it");
    estate.end_relationship(partner, customer).await;
    app.store.audit_failed(role(by, customer, "Role")).await.unwrap();
    assert_eq!(counts().await, [3, 1, 1, 0], "the relationship has ended");
    assert_eq!(present(&app.store).await.seq, 5, "there is a record either way");
}
