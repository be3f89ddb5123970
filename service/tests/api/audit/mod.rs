//! The audit log: what is written, who reads it, and whether anybody can change it unseen.

mod chain;
mod program;
mod reading;
mod tampering;

use tenantry_model::audit::{AuditCategory, AuditOperation, AuditRecord};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::UserKey;
use tenantry_service::store::Store;
use tenantry_service::store::audit::{Head, NewAudit, head};

use crate::support::id;

pub(crate) fn tenant(n: u128) -> TenantId {
    TenantId::from_uuid(id(n))
}

pub(crate) fn user(tenant: TenantId, n: u128) -> UserKey {
    UserKey { tenant_id: tenant, user_id: PrincipalId::from_uuid(id(n)) }
}

/// A change of a role with this name, by this user.
pub(crate) fn role(by: UserKey, at: TenantId, name: &str) -> NewAudit {
    NewAudit::by(by, at, AuditCategory::Role, AuditOperation::Update, name).changed("name", "Before", name)
}

pub(crate) async fn write(store: &Store, entries: impl IntoIterator<Item = NewAudit>) {
    let mut tx = store.write().await.unwrap();
    for entry in entries {
        tx.audit(entry).await.unwrap();
    }
    tx.commit().await.unwrap();
}

pub(crate) async fn present(store: &Store) -> Head {
    head(store.read().await.unwrap().conn()).await.unwrap()
}

pub(crate) fn names(records: &[AuditRecord]) -> Vec<&str> {
    records.iter().map(|record| record.object_name.as_str()).collect()
}
