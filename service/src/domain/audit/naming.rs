//! What the ids in records are called now. Names are looked up when a record is read, and are no part of it: what was written stays as it was.

use tenantry_model::audit::{AuditNames, AuditRecord};
use tenantry_model::id::TenantId;
use tenantry_model::tenancy::UserKey;
use uuid::Uuid;

use crate::error::Result;
use crate::store::audit::{objects, users};
use crate::store::{Conn, tenants};

/// Names what records of this tenant's log name by an id. Who acted upon the tenant is named to it (R107); of what an attempt was about, only
/// what is the tenant's own, or stands in a relationship with it: an id alone is no reason to tell a name.
pub(super) async fn fill(conn: &mut Conn, tenant: TenantId, mut records: Vec<&mut AuditRecord>) -> Result<()> {
    let users = users(conn, &once(records.iter().filter_map(|record| user(record)))).await?;
    let organisations = once(records.iter().flat_map(|record| record.user_tenant_id.into_iter().chain([record.tenant_id])));
    let organisations = tenants::names(conn, &organisations).await?;
    let named = once(records.iter().filter_map(|record| object(record)));
    let named = objects(conn, tenant, &named).await?;
    for record in &mut records {
        record.names = AuditNames {
            user: user(record).and_then(|key| users.get(&key)).cloned(),
            user_tenant: record.user_tenant_id.and_then(|id| organisations.get(&id)).cloned(),
            tenant: organisations.get(&record.tenant_id).cloned(),
            object: object(record).and_then(|id| named.get(&id)).cloned(),
        };
    }
    Ok(())
}

/// An id alone is nobody: two organisations may use the same one.
fn user(record: &AuditRecord) -> Option<UserKey> {
    Some(UserKey { tenant_id: record.user_tenant_id?, user_id: record.user_id? })
}

fn object(record: &AuditRecord) -> Option<Uuid> {
    record.object_name.parse().ok()
}

fn once<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<K> {
    let mut keys: Vec<K> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
