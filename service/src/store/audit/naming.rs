//! What ids in records are called now.

use std::collections::HashMap;

use sqlx::{QueryBuilder, SqliteConnection};
use tenantry_model::id::TenantId;
use uuid::Uuid;

use crate::error::Result;
use crate::store::base::Column;
use crate::store::batch::{BATCH, push_keys};

/// What these ids name to a tenant: roles and assignments at it, and organisations that work, worked, or are invited to work with it.
pub async fn objects(conn: &mut SqliteConnection, tenant: TenantId, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let mut found = HashMap::with_capacity(ids.len());
    let own = tenant.to_string();
    for batch in ids.chunks(BATCH) {
        let keys: Vec<String> = batch.iter().map(ToString::to_string).collect();
        let mut query = QueryBuilder::new("SELECT r.id, r.name FROM roles r WHERE r.customer_id = ");
        query.push_bind(&own).push(" AND r.id IN ");
        push_keys(&mut query, &keys);
        query.push(
            " UNION ALL SELECT a.id, r.name || ' – ' || a.name FROM assignments a JOIN roles r ON r.id = a.role_id WHERE r.customer_id = ",
        );
        query.push_bind(&own).push(" AND a.id IN ");
        push_keys(&mut query, &keys);
        query.push(" UNION ALL SELECT t.id, t.display_name FROM tenants t WHERE t.id IN ");
        push_keys(&mut query, &keys);
        query.push(" AND (t.id = ").push_bind(&own);
        for table in ["relationships", "invitations"] {
            for (theirs, ours) in [("partner_id", "customer_id"), ("customer_id", "partner_id")] {
                query
                    .push(format!(" OR EXISTS (SELECT 1 FROM {table} x WHERE x.{theirs} = t.id AND x.{ours} = "))
                    .push_bind(&own)
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
