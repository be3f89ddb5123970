//! What ids in records are called now.

use std::collections::HashMap;

use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::UserKey;
use uuid::Uuid;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{BATCH, Conn, QueryBuilder};

pub async fn users(conn: &mut Conn, keys: &[UserKey]) -> Result<HashMap<UserKey, String>> {
    let ids: Vec<PrincipalId> = keys.iter().map(|key| key.user_id).collect();
    let query = QueryBuilder::new("SELECT tenant_id, id, display_name FROM principals WHERE id IN ");
    let rows: Vec<(String, String, String)> = query.fetch_in(conn, &ids, "").await?;
    let named = rows.into_iter().map(|(tenant, id, name)| {
        let tenant_id = tenant.parse().column("principals", "tenant_id", &id)?;
        Ok((UserKey { tenant_id, user_id: id.parse().column("principals", "id", &id)? }, name))
    });
    named.collect()
}

/// What these ids name to a tenant: roles and assignments at it, organisations that work, worked, or are invited to work for it, and those for
/// which it works, or is invited to. What a customer is called after the goodbye is none of the partner's business (R62).
pub async fn objects(conn: &mut Conn, tenant: TenantId, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let mut found = HashMap::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        let mut query = QueryBuilder::new("SELECT r.id, r.name FROM roles r WHERE r.customer_id = ");
        query.push_bind(tenant).push(" AND r.id IN ");
        query.push_keys(batch);
        query.push(
            " UNION ALL SELECT a.id, r.name || ' – ' || a.name FROM assignments a JOIN roles r ON r.id = a.role_id WHERE r.customer_id = ",
        );
        query.push_bind(tenant).push(" AND a.id IN ");
        query.push_keys(batch);
        query.push(" UNION ALL SELECT g.id, g.name FROM room_groups g WHERE g.customer_id = ").push_bind(tenant).push(" AND g.id IN ");
        query.push_keys(batch);
        query.push(" UNION ALL SELECT u.id, u.name FROM update_rings u WHERE u.customer_id = ").push_bind(tenant).push(" AND u.id IN ");
        query.push_keys(batch);
        query.push(" UNION ALL SELECT p.id, p.package || ' ' || p.version FROM updates p WHERE p.id IN ");
        query.push_keys(batch);
        query.push(" UNION ALL SELECT t.id, t.display_name FROM tenants t WHERE t.id IN ");
        query.push_keys(batch);
        query.push(" AND (t.id = ").push_bind(tenant);
        for (table, now) in [("relationships", "x.status = 'active'"), ("invitations", "1 = 1")] {
            for (theirs, ours, and) in [("partner_id", "customer_id", "1 = 1"), ("customer_id", "partner_id", now)] {
                query
                    .push(format!(" OR EXISTS (SELECT 1 FROM {table} x WHERE {and} AND x.{theirs} = t.id AND x.{ours} = "))
                    .push_bind(tenant)
                    .push(")");
            }
        }
        query.push(")");
        for (id, name) in query.build_query_as::<(String, String)>().fetch_all(&mut *conn).await? {
            found.insert(id.parse().column("roles", "id", &id)?, name);
        }
    }
    Ok(found)
}
