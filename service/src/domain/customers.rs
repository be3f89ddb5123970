//! What a user is told of customers and invitations (R4, R27, R28).

use serde::{Deserialize, Serialize};
use tenantry_model::api::{Me, MyCustomer, Page, TenantRow};
use tenantry_model::collation::sort_key;
use tenantry_model::id::TenantId;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::tenancy::{InvitationSummary, TenantStatus};
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::error::Result;

use crate::store::delegations::{self, Delegating};
use crate::store::{Conn, customers, invitations, tenants};

/// `GET /v1/me`.
pub async fn me(conn: &mut Conn, caller: &Caller) -> Result<Me> {
    let ids: Vec<TenantId> = caller.access.customers.keys().copied().collect();
    let mut facts = customers::facts(conn, caller.tenant.id, &ids).await?;
    let mut customers: Vec<MyCustomer> = caller
        .access
        .customers
        .iter()
        .filter_map(|(id, rights)| {
            let permissions = rights.permissions();
            Some(MyCustomer { id: *id, display_name: facts.remove(id)?.display_name, permissions, rooms: widest(rights, permissions) })
        })
        .collect();
    customers.sort_by_cached_key(|it| (sort_key(&it.display_name), it.id));
    Ok(Me {
        user: caller.user,
        display_name: caller.display_name.clone(),
        tenant: caller.tenant.clone(),
        acting_as: caller.acting_as,
        portal_roles: caller.access.portal_roles.clone(),
        customers,
    })
}

/// On how many rooms something may be seen: rooms or incidents, whichever reaches further.
fn widest(rights: &tenantry_model::access::Rights, permissions: PermissionSet) -> Option<u32> {
    let mut most = 0;
    for permission in [Permission::RoomsView, Permission::TicketsView] {
        if permissions.contains(permission) {
            most = most.max(rights.room_count(permission)?);
        }
    }
    Some(most)
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TenantCursor {
    key: String,
    id: TenantId,
    pending: bool,
}

/// `GET /v1/tenants`: customers by name, invitations among them.
pub async fn tenants(conn: &mut Conn, caller: &Caller, now: Timestamp, cursor: Option<&str>, limit: u32) -> Result<Page<TenantRow>> {
    let after: Option<TenantCursor> = cursor::after(cursor)?;
    let mut ids: Vec<TenantId> = caller.access.customers.keys().copied().collect();
    let mut rows: Vec<TenantRow> = Vec::new();
    if caller.access.sees_tenants(&caller.tenant) {
        ids.extend(customers::active_customers(conn, caller.tenant.id).await?);
        ids.sort_unstable();
        ids.dedup();
        let waiting = invitations::waiting(conn, caller.tenant.id, now).await?;
        rows.extend(waiting.into_iter().map(|it| TenantRow {
            id: it.customer,
            display_name: it.customer_name,
            domains: vec![],
            status: TenantStatus::Pending,
            invitation: Some(InvitationSummary { id: it.id, expires_at: it.expires_at, rooms: 0 }),
            established_at: None,
        }));
    }
    let facts = customers::facts(conn, caller.tenant.id, &ids).await?;
    rows.extend(facts.into_values().map(|it| TenantRow {
        id: it.id,
        display_name: it.display_name,
        domains: vec![],
        status: TenantStatus::Active,
        invitation: None,
        established_at: it.established_at,
    }));
    rows.sort_by_cached_key(position);
    if let Some(TenantCursor { key, id, pending }) = after {
        let after = (key, id, pending);
        let start = rows.partition_point(|row| position(row) <= after);
        rows.drain(..start);
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let shown: Vec<TenantId> = rows.iter().map(|row| row.id).collect();
    let mut domains = tenants::domains(conn, &shown).await?;
    for row in &mut rows {
        // Only of those that are shown.
        if let Some(invitation) = &mut row.invitation {
            invitation.rooms = delegations::count(conn, Delegating::Invitation(invitation.id)).await?;
        }
        row.domains = domains.remove(&row.id).unwrap_or_default();
    }
    let next_cursor = rows.last().filter(|_| more).map(|row| {
        let (key, id, pending) = position(row);
        cursor::pack(&TenantCursor { key, id, pending })
    });
    Ok(Page { items: rows, next_cursor })
}

fn position(row: &TenantRow) -> (String, TenantId, bool) {
    (sort_key(&row.display_name), row.id, row.status == TenantStatus::Pending)
}
