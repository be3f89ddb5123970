//! The conformance suite: tenants.

use tenantry_model::id::TenantId;
use tenantry_model::tenancy::Tenant;
use tenantry_model::text::DomainName;
use tenantry_service::store::tenants::{self, NewTenant};

use crate::support::{TestApp, id};

fn domain(name: &str) -> DomainName {
    name.parse().unwrap()
}

#[tokio::test]
async fn a_tenant_is_found_by_id_domain_and_prefix() {
    let app = TestApp::start().await;
    let [first, second, missing] = [1, 2, 9].map(|n| TenantId::from_uuid(id(n)));
    let new = |id, prefix: &str, domains: &[&str]| NewTenant {
        tenant: Tenant { id, display_name: format!("Called {prefix}"), is_partner: prefix == "FIRSTX", is_customer: true },
        ticket_prefix: prefix.to_owned(),
        domains: domains.iter().map(|name| domain(name)).collect(),
    };
    let mut tx = app.store.write().await.unwrap();
    assert_eq!(tenants::count(tx.conn()).await.unwrap(), 0);
    tenants::insert(tx.conn(), &[new(first, "FIRSTX", &["b.example", "a.example"]), new(second, "SECOND", &[])]).await.unwrap();
    tenants::insert_domains(tx.conn(), &[(second, &domain("c.example"))]).await.unwrap();
    assert_eq!(tenants::count(tx.conn()).await.unwrap(), 2);
    let known = tenants::find(tx.conn(), first).await.unwrap().unwrap();
    assert_eq!((known.tenant, known.rights_epoch), (new(first, "FIRSTX", &[]).tenant, 0));
    assert_eq!(tenants::find(tx.conn(), missing).await.unwrap(), None);
    let domains = tenants::domains(tx.conn(), &[first, second, missing]).await.unwrap();
    assert_eq!(domains.len(), 2);
    assert_eq!(domains[&first], [domain("a.example"), domain("b.example")], "in order");
    for (name, found) in [("a.example", Some(first)), ("c.example", Some(second)), ("d.example", None)] {
        assert_eq!(tenants::of_domain(tx.conn(), &domain(name)).await.unwrap(), found, "{name}");
    }
    for (prefix, taken) in [("FIRSTX", true), ("SECOND", true), ("THIRDX", false)] {
        assert_eq!(tenants::has_prefix(tx.conn(), prefix).await.unwrap(), taken, "{prefix}");
    }
    assert!(tenants::insert(tx.conn(), &[new(missing, "THIRDX", &["a.example"])]).await.is_err(), "a domain is one tenant's");
}

#[tokio::test]
async fn names_are_those_of_now() {
    let app = TestApp::start().await;
    let [one, other] =
        [app.estate().tenant(1, "One", "ONEXXX", true, false).await, app.estate().tenant(2, "Other", "OTHERX", true, false).await];
    let missing = TenantId::from_uuid(id(9));
    let mut tx = app.store.write().await.unwrap();
    assert!(tenants::rename(tx.conn(), one, "Renamed").await.unwrap());
    assert!(!tenants::rename(tx.conn(), missing, "Nobody").await.unwrap());
    let names = tenants::names(tx.conn(), &[one, other, missing]).await.unwrap();
    assert_eq!((names.len(), names[&one].as_str(), names[&other].as_str()), (2, "Renamed", "Other"));
}
