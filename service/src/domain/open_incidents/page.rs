//! What one reader sees of a snapshot: a page of the Active tab, or all of it.

use std::borrow::Cow;

use serde_json::value::RawValue;
use tenantry_model::api::Page;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use crate::domain::caller::Caller;
use crate::domain::incidents::read::{ListQuery, pack_cursor, parse_cursor};
use crate::domain::open_incidents::Snapshot;
use crate::domain::open_incidents::row::Shown;
use crate::error::Result;

/// An [`IncidentPage`](tenantry_model::api::IncidentPage) whose rows are JSON already: the rows of all customers that the caller may see, which
/// are the union of what each one's list shows (R66). The caller's rights must belong to the same state of the database as the snapshot.
pub fn page<'a>(snapshot: &'a Snapshot, caller: &Caller, query: &ListQuery) -> Result<Page<Cow<'a, RawValue>>> {
    let after = query.cursor.as_deref().map(|cursor| parse_cursor(cursor, query.tab)).transpose()?;
    let visible = caller.customers_with(Permission::TicketsView).map(|(id, _)| id);
    let customers: Vec<TenantId> = visible.filter(|id| query.customers.is_empty() || query.customers.contains(id)).collect();
    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);

    let mut items = Vec::with_capacity(wanted.min(snapshot.len()));
    let (mut last, mut more) = (None, false);
    for row in snapshot.walk(&customers, after) {
        if !row.passes(&query.rows) || !(query.customers.is_empty() || query.customers.contains(&row.customer)) {
            continue;
        }
        let Some(rights) = caller.access.at(row.customer) else { continue };
        let Some(shown) = row.cut(rights, caller.tenant.id)? else { continue };
        if !shown.has_room_of(&query.rows.rooms) || !shown.holds(&query.words, snapshot.name(row.customer), rights) {
            continue;
        }
        if items.len() == wanted {
            more = true;
            break;
        }
        items.push(shown.into_json()?);
        last = Some(row.key);
    }
    // The next page begins after the last row that was shown: a cursor names nothing that its reader has not seen.
    let next_cursor = last.filter(|_| more).map(|key| pack_cursor(query.tab, key));
    Ok(Page { items, next_cursor })
}

/// All rows that the caller sees, in list order, as JSON. Their rights must belong to the same state of the database as the snapshot.
pub fn rows<'a>(snapshot: &'a Snapshot, caller: &'a Caller) -> impl Iterator<Item = Result<Cow<'a, RawValue>>> {
    let customers: Vec<TenantId> = caller.customers_with(Permission::TicketsView).map(|(id, _)| id).collect();
    snapshot.walk(&customers, None).filter_map(|row| {
        let rights = caller.access.at(row.customer)?;
        let shown = row.cut(rights, caller.tenant.id).transpose()?;
        Some(shown.and_then(Shown::into_json))
    })
}
