//! Who reads which records, for how long, and in which form.

use std::time::Duration;

use http::StatusCode;
use tenantry_model::api::Page;
use tenantry_model::audit::{AuditCategory, AuditChange, AuditOperation, AuditRecord};
use tenantry_model::id::TenantId;
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{PortalRole, UserKey};
use tenantry_service::store::audit::NewAudit;

use super::{names, role, user, write};
use crate::support::{Answer, TestApp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A partner and two of its customers, each with an administrator; and somebody who acts.
struct World {
    app: TestApp,
    partner: TenantId,
    customer: TenantId,
    other: TenantId,
    partner_admin: UserKey,
    customer_admin: UserKey,
    technician: UserKey,
}

async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let other = estate.tenant(3, "Other", "OTHERX", false, true).await;
    estate.delegate(partner, customer, &[], PermissionSet::ALL).await;
    estate.delegate(partner, other, &[], PermissionSet::ALL).await;
    let partner_admin = estate.user(partner, 11, "Partner's administrator").await;
    let customer_admin = estate.user(customer, 12, "Customer's administrator").await;
    let technician = estate.user(partner, 13, "Technician").await;
    estate.portal_role(partner_admin, PortalRole::ManagedServiceAdministrator).await;
    estate.portal_role(customer_admin, PortalRole::ManagedServiceAdministrator).await;
    World { app, partner, customer, other, partner_admin, customer_admin, technician }
}

impl World {
    async fn ask(&self, by: UserKey, question: &str) -> Page<AuditRecord> {
        self.app.get(&format!("/v1/audit{question}"), by).await.json()
    }

    async fn refused(&self, by: UserKey, path: &str) -> String {
        let answer = self.app.get(path, by).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.problem(), "bad-request");
        serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap()["detail"].as_str().unwrap().to_owned()
    }

    async fn export(&self, by: UserKey, from: &str, to: &str) -> Answer {
        self.app.get(&format!("/v1/audit/export?from={from}&to={to}"), by).await
    }
}

fn incident(by: UserKey, at: TenantId, name: &str) -> NewAudit {
    NewAudit::by(by, at, AuditCategory::Incident, AuditOperation::Create, name)
}

#[tokio::test]
async fn r107_a25_a_customer_reads_what_partners_did_there_and_a_partner_reads_nothing_of_its_customers() {
    let world = world().await;
    let World { partner, customer, other, technician, .. } = world;
    let managers = NewAudit::by(technician, partner, AuditCategory::User, AuditOperation::Create, "Tenant manager");
    write(&world.app.store, [role(technician, customer, "At the customer"), role(technician, other, "At the other"), managers]).await;
    write(&world.app.store, [incident(technician, customer, "CUSTOM-000001")]).await;
    world.app.store.audit_failed(role(technician, customer, "Tried")).await.unwrap();

    let page = world.ask(world.customer_admin, "").await;
    assert_eq!(names(&page.items), ["Tried", "At the customer"]);
    let renamed = |after: &str| AuditChange { field: "name".into(), before: Some("Before".into()), after: Some(after.into()) };
    for record in &page.items {
        assert_eq!(record.detail, [renamed(&record.object_name)]);
        assert_eq!(record.tenant_id, customer);
        assert_eq!((record.user_id, record.user_tenant_id), (Some(technician.user_id), Some(partner)), "R112: the partner's own tenant");
    }
    assert_eq!(names(&world.ask(world.partner_admin, "").await.items), ["Tenant manager"]);
    assert_eq!(names(&world.ask(world.partner_admin, "?log=product").await.items), [] as [&str; 0]);
    assert_eq!(names(&world.ask(world.customer_admin, "?log=product").await.items), ["CUSTOM-000001"]);
    assert_eq!(world.app.get("/v1/audit", technician).await.status, StatusCode::NOT_FOUND);

    let file = world.export(world.customer_admin, "2026-03-01", "2026-03-02").await;
    let text = String::from_utf8(file.body).unwrap();
    let rows: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 3, "a header and two records, none of the product log (A24): {text}");
    let row = |name, result| format!("Role,{name},Update,{result},{customer},2026-03-02T08:00:00Z,{},{partner}", technician.user_id);
    assert_eq!(rows[1..], [row("At the customer", "Successful"), row("Tried", "Failed")], "R111, oldest first");
    let file = world.export(world.partner_admin, "2026-03-01", "2026-03-02").await;
    assert_eq!(String::from_utf8(file.body).unwrap().matches("\r\n").count(), 2, "A25");
}

#[tokio::test]
async fn r110_records_older_than_180_days_are_gone_and_dates_are_inclusive() {
    let world = world().await;
    let by = world.customer_admin;
    // The clock of this world stands at 2026-03-02T08:00:00Z.
    write(&world.app.store, [role(by, world.customer, "First day")]).await;
    world.app.clock.advance(Duration::from_secs(16 * 60 * 60 - 1));
    write(&world.app.store, [role(by, world.customer, "Last second of it")]).await;
    world.app.clock.advance(Duration::from_secs(1));
    write(&world.app.store, [role(by, world.customer, "Second day")]).await;
    let ask =
        async |question: &'static str| names(&world.ask(by, question).await.items).iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(ask("?from=2026-03-02&to=2026-03-02").await, ["Last second of it", "First day"]);
    assert_eq!(ask("?from=2026-03-03").await, ["Second day"]);
    assert_eq!(ask("?to=2026-03-01").await, [] as [&str; 0]);

    // 180 days and eight hours after the first day began.
    world.app.clock.advance(DAY * 179 + Duration::from_secs(8 * 60 * 60));
    assert_eq!(ask("").await, ["Second day", "Last second of it", "First day"]);
    world.app.clock.advance(Duration::from_micros(1));
    assert_eq!(ask("").await, ["Second day", "Last second of it"]);
    assert_eq!(ask("?from=2026-03-02").await, ["Second day", "Last second of it"]);
    let text = String::from_utf8(world.export(by, "2026-03-02", "2026-09-01").await.body).unwrap();
    assert!(!text.contains("First day") && text.contains("Last second of it"), "{text}");
    for path in ["/v1/audit?from=2026-03-01", "/v1/audit/export?from=2026-03-01&to=2026-09-01"] {
        let said = world.refused(by, path).await;
        assert!(said.starts_with("from:") && said.contains("2026-03-02 or a later day"), "{said}");
    }
}

#[tokio::test]
async fn questions_that_cannot_be_answered_say_why() {
    let world = world().await;
    let by = world.customer_admin;
    for (path, expected) in [
        ("/v1/audit/export", "from: name a day, such as 2026-03-01"),
        ("/v1/audit/export?from=2026-03-01", "to: name a day"),
        ("/v1/audit/export?from=2026-3-1&to=2026-03-02", "from: a day must look like 2026-03-01"),
        ("/v1/audit/export?from=2026-03-02&to=2026-03-01", "from: 2026-03-02 is after 2026-03-01"),
        ("/v1/audit/export?from=2026-03-01&to=2026-03-02&log=product", "\"log\" is no parameter of this address"),
        ("/v1/audit?log=other", "log: an audit log must be one of export, product"),
        ("/v1/audit?operation=Read", "operation: an audit operation must be one of Create, Update, Delete"),
        ("/v1/audit?cursor=x", "cursor: pass the nextCursor"),
        ("/v1/audit?limit=0", "limit: a whole number from 1 to 200"),
        ("/v1/audit?tenant=x", "\"tenant\" is no parameter"),
    ] {
        let said = world.refused(by, path).await;
        assert!(said.contains(expected), "{path}: {said}");
    }
}

#[tokio::test]
async fn filters_narrow_and_pages_join_without_a_gap_or_a_record_twice() {
    let world = world().await;
    let World { customer, customer_admin, technician, .. } = world;
    let kinds = [AuditCategory::Role, AuditCategory::Assignment, AuditCategory::User];
    let operations = AuditOperation::ALL;
    for n in 0..60_usize {
        let by = if n % 2 == 0 { customer_admin } else { technician };
        let entry = NewAudit::by(by, customer, kinds[n % 3], operations[n % 3], format!("Süd {n:02}"));
        if n % 10 == 0 {
            world.app.store.audit_failed(entry).await.unwrap();
        } else {
            write(&world.app.store, [entry]).await;
        }
        // Several records of one moment stand in the order of the chain.
        if n % 7 == 0 {
            world.app.clock.advance(Duration::from_secs(1));
        }
    }
    let all: Vec<String> = (0..60).rev().map(|n| format!("Süd {n:02}")).collect();
    for limit in [1, 7, 59, 60] {
        let (mut found, mut cursor) = (vec![], String::new());
        loop {
            let page = world.ask(customer_admin, &format!("?limit={limit}{cursor}")).await;
            found.extend(page.items.into_iter().map(|record| record.object_name));
            match page.next_cursor {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, all, "{limit} at a time");
    }
    let count = async |question: &str| world.ask(customer_admin, &format!("?limit=200&{question}")).await.items.len();
    assert_eq!(count("category=Role").await, 20);
    assert_eq!(count("category=Role&category=User").await, 40);
    assert_eq!(count("category=Role&operation=Delete").await, 0);
    assert_eq!(count("result=Failed").await, 6);
    assert_eq!(count("q=s%C3%BCd%2007").await, 1);
    assert_eq!(count("q=S%C3%9CD").await, 60);
    assert_eq!(count(&format!("q={}", technician.user_id)).await, 30);
    assert_eq!(count(&format!("q={}&category=Role", world.partner)).await, 10);
    assert_eq!(count("q=nothing").await, 0);
    let page = world.ask(customer_admin, "?limit=1").await;
    let said = world.refused(customer_admin, &format!("/v1/audit?log=product&cursor={}", page.next_cursor.unwrap())).await;
    assert!(said.contains("of the same log"), "{said}");
}

#[tokio::test]
async fn r109_administrators_are_known_by_their_token_or_by_the_tables() {
    let world = world().await;
    let admin = world.app.estate().user(world.customer, 20, "Global administrator").await;
    assert_eq!(world.app.get("/v1/audit", admin).await.status, StatusCode::NOT_FOUND);
    let answer = world.app.send(http::Method::GET, "/v1/audit", Some(&world.app.admin_token(admin))).await;
    assert_eq!(answer.status, StatusCode::OK);
    let manager = world.app.estate().user(world.partner, 21, "Tenant manager").await;
    world.app.estate().portal_role(manager, PortalRole::TenantManager).await;
    assert_eq!(world.app.get("/v1/audit", manager).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_export_of_many_steps_is_whole_and_says_what_it_is() {
    let world = world().await;
    let by = user(world.partner, 13);
    write(&world.app.store, (0..4_500).map(|n| role(by, world.customer, &format!("=Role {n:04}")))).await;
    let file = world.export(world.customer_admin, "2026-03-01", "2026-03-02").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8; header=present");
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"tenantry-audit-2026-03-01-to-2026-03-02.csv\"");
    assert_eq!(file.headers["cache-control"], "no-store");
    let text = String::from_utf8(file.body).unwrap();
    let rows: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 4_501);
    for (n, row) in rows[1..].iter().enumerate() {
        assert!(row.starts_with(&format!("Role,'=Role {n:04},Update,Successful,")), "{row}");
    }
}
