//! The conformance suite: the audit log.

use std::time::Duration;

use tenantry_model::audit::{AuditCategory, AuditLog, AuditOperation, AuditResult};
use tenantry_model::id::TenantId;
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::UserKey;
use tenantry_model::time::Timestamp;
use tenantry_service::error::Error;
use tenantry_service::store::audit::{self, AuditKey, AuditRange, Head, NewAudit};

use crate::support::{TestApp, id};

const EVER: Timestamp = Timestamp::from_micros(i64::MAX);

fn range(tenant: TenantId) -> AuditRange {
    let from = Timestamp::from_micros(0);
    AuditRange { tenant, log: AuditLog::Export, from, until: EVER, categories: vec![], operations: vec![], results: vec![] }
}

fn made(user: UserKey, tenant: TenantId, role: &str) -> NewAudit {
    NewAudit::by(user, tenant, AuditCategory::Role, AuditOperation::Create, role)
}

async fn newest(app: &TestApp, range: &AuditRange, before: Option<AuditKey>, limit: u32) -> Vec<String> {
    let mut tx = app.store.read().await.unwrap();
    audit::newest_before(tx.conn(), range, before, limit).await.unwrap().into_iter().map(|(_, record)| record.object_name).collect()
}

#[tokio::test]
async fn records_are_read_from_both_ends_page_by_page_and_by_what_they_are() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [own, other] = [estate.tenant(1, "Own", "OWNXXX", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let user = estate.user(own, 3, "User").await;
    for (tenant, role) in [(own, "a"), (other, "x"), (own, "b"), (own, "c")] {
        let mut tx = app.store.write().await.unwrap();
        tx.audit(made(user, tenant, role)).await.unwrap();
        tx.commit().await.unwrap();
        app.clock.advance(Duration::from_secs(1));
    }
    let mut dropped = app.store.write().await.unwrap();
    dropped.audit(made(user, own, "never")).await.unwrap();
    drop(dropped);
    let range = range(own);
    assert_eq!(newest(&app, &range, None, 9).await, ["c", "b", "a"], "newest first, no other tenant's, nothing of what never was");
    let mut tx = app.store.read().await.unwrap();
    let page = audit::newest_before(tx.conn(), &range, None, 2).await.unwrap();
    assert_eq!(newest(&app, &range, Some(page[1].0), 9).await, ["a"]);

    let head = audit::head(tx.conn()).await.unwrap();
    let oldest = audit::oldest_after(tx.conn(), &range, None, head.seq, 2).await.unwrap();
    assert_eq!(oldest.iter().map(|(_, record)| record.object_name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let rest = audit::oldest_after(tx.conn(), &range, Some(oldest[1].0), head.seq, 9).await.unwrap();
    assert_eq!((rest.len(), rest[0].0), (1, page[0].0));
    assert_eq!(audit::oldest_after(tx.conn(), &range, None, rest[0].0.seq - 1, 9).await.unwrap().len(), 2, "nothing after the horizon");

    for (narrowed, found) in [
        (AuditRange { from: oldest[1].0.at, ..range.clone() }, vec!["c", "b"]),
        (AuditRange { until: oldest[1].0.at, ..range.clone() }, vec!["a"]),
        (
            AuditRange { categories: vec![AuditCategory::Role], operations: vec![AuditOperation::Create], ..range.clone() },
            vec!["c", "b", "a"],
        ),
        (AuditRange { categories: vec![AuditCategory::User], ..range.clone() }, vec![]),
        (AuditRange { operations: vec![AuditOperation::Delete], ..range.clone() }, vec![]),
        (AuditRange { results: vec![AuditResult::Failed], ..range.clone() }, vec![]),
        (AuditRange { log: AuditLog::Product, ..range.clone() }, vec![]),
    ] {
        assert_eq!(newest(&app, &narrowed, None, 9).await, found, "{narrowed:?}");
    }
}

#[tokio::test]
async fn r111_a_failed_attempt_is_recorded_where_its_actor_may_write() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let stranger = estate.tenant(3, "Stranger", "STRANG", false, true).await;
    estate.delegate(partner, customer, &[], PermissionSet::ALL).await;
    let user = estate.user(partner, 4, "User").await;
    for tenant in [customer, stranger, TenantId::from_uuid(id(99))] {
        app.store.audit_failed(made(user, tenant, &format!("at {tenant}"))).await.unwrap();
    }
    let failed = |tenant| AuditRange { results: vec![AuditResult::Failed], ..range(tenant) };
    assert_eq!(newest(&app, &failed(customer), None, 9).await, [format!("at {customer}")]);
    assert_eq!(newest(&app, &failed(stranger), None, 9).await, Vec::<String>::new());
    assert_eq!(newest(&app, &failed(partner), None, 9).await.len(), 2, "what has nothing to do with them stays with their own tenant");
}

#[tokio::test]
async fn the_chain_goes_from_its_beginning_to_its_head() {
    let app = TestApp::start().await;
    let tenant = app.estate().tenant(1, "Tenant", "TENANT", false, true).await;
    let user = app.estate().user(tenant, 2, "User").await;
    let mut tx = app.store.write().await.unwrap();
    assert_eq!(audit::head(tx.conn()).await.unwrap(), Head::GENESIS);
    for role in ["a", "b", "c"] {
        tx.audit(made(user, tenant, role)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.store.read().await.unwrap();
    let head = audit::head(tx.conn()).await.unwrap();
    assert_eq!(audit::head_if_readable(tx.conn()).await.unwrap(), Some(head));
    let chain = audit::chain_after(tx.conn(), None, 9).await.unwrap();
    let links: Vec<_> = chain.iter().map(|link| link.read.as_ref().unwrap()).collect();
    assert_eq!(chain.iter().map(|link| link.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(links[0].prev, Head::GENESIS.hash);
    assert!(links.windows(2).all(|pair| pair[1].prev == pair[0].hash && pair[1].row.digest(pair[1].prev) == pair[1].hash));
    assert_eq!((links[2].row.seq, links[2].hash), (head.seq, head.hash));
    let second: Vec<i64> = audit::chain_after(tx.conn(), Some(1), 1).await.unwrap().iter().map(|link| link.seq).collect();
    assert_eq!(second, [2]);
    assert!(audit::holds(tx.conn(), head).await.unwrap());
    assert!(!audit::holds(tx.conn(), Head { seq: 2, ..head }).await.unwrap(), "another row's hash");
    assert!(!audit::holds(tx.conn(), Head { seq: 4, ..head }).await.unwrap(), "no such row");

    let folder = app.store.folder().to_owned();
    let mut checked = audit::open_to_check(&folder.join("tenantry.db")).await.unwrap();
    assert_eq!(audit::head(checked.conn()).await.unwrap(), head);
    assert!(matches!(audit::open_to_check(&folder.join("none.db")).await.err(), Some(Error::Config(_))));
    assert!(!folder.join("none.db").exists(), "whoever checks makes no database");
}

#[tokio::test]
async fn r62_ids_are_called_what_the_reader_may_know() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let stranger = estate.tenant(3, "Stranger", "STRANG", true, false).await;
    estate.delegate(partner, customer, &[], PermissionSet::ALL).await;
    let user = estate.user(partner, 4, "Somebody").await;
    estate.assign(20, customer, Some(partner), user, PermissionSet::ALL, &[], &[]).await;
    let nobody = UserKey { user_id: tenantry_model::id::PrincipalId::from_uuid(id(98)), ..user };
    let elsewhere = UserKey { tenant_id: stranger, ..user };
    let mut tx = app.store.read().await.unwrap();
    let users = audit::users(tx.conn(), &[user, nobody, elsewhere]).await.unwrap();
    assert_eq!(users.into_iter().collect::<Vec<_>>(), [(user, "Somebody".to_owned())]);

    let ids = [partner.uuid(), customer.uuid(), stranger.uuid(), id(20), id(99)];
    let mut names = async |reader| {
        let mut names: Vec<String> = audit::objects(tx.conn(), reader, &ids).await.unwrap().into_values().collect();
        names.sort();
        names
    };
    let role = names(customer).await.into_iter().find(|name| name != "Customer" && name != "Partner").unwrap();
    assert!(!role.is_empty());
    assert_eq!(names(partner).await, ["Customer", "Partner"], "what is at the customer is the customer's");
    assert_eq!(names(stranger).await, ["Stranger"]);
    estate.end_relationship(partner, customer).await;
    let mut tx = app.store.read().await.unwrap();
    let after = audit::objects(tx.conn(), partner, &ids).await.unwrap();
    assert_eq!(after.into_values().collect::<Vec<_>>(), ["Partner"], "after the goodbye it is none of the partner's business");
    assert!(audit::objects(tx.conn(), customer, &ids).await.unwrap().contains_key(&partner.uuid()), "the customer's log still names it");
}
