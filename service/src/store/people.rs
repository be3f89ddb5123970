//! Users and security groups.

use std::collections::HashMap;

use tenantry_model::collation::sort_key;
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::search::searchable;
use tenantry_model::tenancy::{PrincipalKind, PrincipalRef};

use crate::error::{Error, Result};
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    pub id: PrincipalId,
    pub tenant: TenantId,
    pub kind: PrincipalKind,
    pub display_name: String,
    /// Their sign-in name; none for a group.
    pub upn: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PrincipalRow {
    id: String,
    tenant_id: String,
    kind: String,
    display_name: String,
    upn: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    display_name: String,
    upn: Option<String>,
}

impl Row {
    fn parse(self) -> Result<PrincipalRef> {
        Ok(PrincipalRef {
            id: self.id.parse().column("principals", "id", &self.id)?,
            kind: self.kind.parse().column("principals", "kind", &self.id)?,
            display_name: self.display_name,
            upn: self.upn,
        })
    }
}

/// These principals, by name; those that are gone are missing.
pub async fn named(conn: &mut Conn, ids: &[PrincipalId]) -> Result<Vec<PrincipalRef>> {
    let query = QueryBuilder::new("SELECT id, kind, display_name, upn FROM principals WHERE id IN ");
    let rows: Vec<Row> = query.fetch_in(conn, ids, "").await?;
    let mut found = rows.into_iter().map(Row::parse).collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|it| (sort_key(&it.display_name), it.id));
    Ok(found)
}

/// The users among these principals and in these groups, nested groups expanded (A5), each once.
pub async fn users_in(conn: &mut Conn, ids: &[PrincipalId]) -> Result<Vec<PrincipalId>> {
    let query = QueryBuilder::new("WITH RECURSIVE inside (id) AS (SELECT id FROM principals WHERE id IN ");
    let rest = " UNION SELECT m.member_id FROM group_members m JOIN inside i ON m.group_id = i.id)
                 SELECT p.id FROM principals p JOIN inside i ON i.id = p.id WHERE p.kind = 'user'";
    let rows: Vec<(String,)> = query.fetch_in(conn, ids, rest).await?;
    let mut found = rows.iter().map(|(id,)| id.parse().column("principals", "id", id)).collect::<Result<Vec<PrincipalId>>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Users and groups of a tenant whose name and sign-in name hold all these [`words`](tenantry_model::search::words), by name. `%` and `_` stand for
/// themselves.
pub async fn search(conn: &mut Conn, tenant: TenantId, words: &[String], limit: u32) -> Result<Vec<PrincipalRef>> {
    let mut query = QueryBuilder::new("SELECT id, kind, display_name, upn FROM principals WHERE tenant_id = ");
    query.push_bind(tenant);
    for word in words {
        query.push(" AND folded LIKE ").push_bind(pattern(word)).push(" ESCAPE '\\'");
    }
    query.push(" ORDER BY name_key, id LIMIT ").push_bind(limit);
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// Name and sign-in name as they are searched.
fn folded(display_name: &str, upn: Option<&str>) -> String {
    searchable(&format!("{display_name}\n{}", upn.unwrap_or_default()))
}

/// Folds the names that have not been yet: those from before they were folded as they are now.
pub(super) async fn fold_rest(conn: &mut Conn) -> Result<()> {
    let rest: Vec<(String, String, Option<String>)> =
        db::query_as("SELECT id, display_name, upn FROM principals WHERE folded = ''").fetch_all(&mut *conn).await?;
    for (id, display_name, upn) in rest {
        let folded = folded(&display_name, upn.as_deref());
        run!(conn, "UPDATE principals SET folded = $1, name_key = $2 WHERE id = $3", folded, sort_key(&display_name), id);
    }
    Ok(())
}

fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// The principal with this id, if it is of this tenant.
pub async fn of_tenant(conn: &mut Conn, tenant: TenantId, id: PrincipalId) -> Result<Option<PrincipalRef>> {
    let row: Option<Row> = db::query_as("SELECT id, kind, display_name, upn FROM principals WHERE id = $1 AND tenant_id = $2")
        .bind(id)
        .bind(tenant)
        .fetch_optional(conn)
        .await?;
    row.map(Row::parse).transpose()
}

/// How many users each of these groups holds, nested groups expanded.
pub async fn sizes(conn: &mut Conn, groups: &[PrincipalId]) -> Result<HashMap<PrincipalId, u32>> {
    let mut found = HashMap::with_capacity(groups.len());
    for group in groups {
        let users = users_in(conn, &[*group]).await?.len();
        found.insert(*group, u32::try_from(users).map_err(|error| Error::bad_row("group_members", "member_id", group, error))?);
    }
    Ok(found)
}

pub async fn insert(conn: &mut Conn, principals: &[Principal]) -> Result<()> {
    QueryBuilder::insert(
        conn,
        "INSERT INTO principals (id, tenant_id, kind, display_name, upn, folded, name_key)",
        principals,
        "",
        |row, it| {
            row.push_bind(it.id)
                .push_bind(it.tenant)
                .push_bind(it.kind.as_str())
                .push_bind(&it.display_name)
                .push_bind(&it.upn)
                .push_bind(folded(&it.display_name, it.upn.as_deref()))
                .push_bind(sort_key(&it.display_name));
        },
    )
    .await
}

pub async fn find(conn: &mut Conn, id: PrincipalId) -> Result<Option<Principal>> {
    let row: Option<PrincipalRow> =
        db::query_as("SELECT id, tenant_id, kind, display_name, upn FROM principals WHERE id = $1").bind(id).fetch_optional(conn).await?;
    row.map(|row| {
        Ok(Principal {
            id: row.id.parse().column("principals", "id", &row.id)?,
            tenant: row.tenant_id.parse().column("principals", "tenant_id", &row.id)?,
            kind: row.kind.parse().column("principals", "kind", &row.id)?,
            display_name: row.display_name,
            upn: row.upn,
        })
    })
    .transpose()
}

/// Deletes a principal and everything that names it.
pub async fn delete(conn: &mut Conn, id: PrincipalId) -> Result<()> {
    let id = id.to_string();
    run!(conn, "DELETE FROM group_members WHERE group_id = $1 OR member_id = $1", &id);
    run!(conn, "DELETE FROM assignment_members WHERE principal_id = $1", &id);
    run!(conn, "DELETE FROM portal_roles WHERE principal_id = $1", &id);
    // What users keep for themselves goes by their organisation as well: the same id in another one is somebody else.
    run!(conn, "DELETE FROM read_marks WHERE principal_id = $1 AND tenant_id = (SELECT tenant_id FROM principals WHERE id = $1)", &id);
    run!(conn, "DELETE FROM saved_views WHERE principal_id = $1 AND tenant_id = (SELECT tenant_id FROM principals WHERE id = $1)", &id);
    run!(
        conn,
        "DELETE FROM saved_view_lists WHERE principal_id = $1 AND tenant_id = (SELECT tenant_id FROM principals WHERE id = $1)",
        &id
    );
    run!(conn, "DELETE FROM principals WHERE id = $1", id);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn wildcards_of_a_search_stand_for_themselves() {
        assert_eq!(pattern("50%_a\\"), "%50\\%\\_a\\\\%");
    }
}
