//! A page of the Active tab: what of a moment one reader is shown.

use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use crate::domain::caller::Caller;
use crate::domain::incidents::{ListQuery, pack_cursor, start};
use crate::domain::open_incidents::Snapshot;
use crate::error::Result;

/// What a row takes in JSON, about.
const ROW_BYTES: usize = 640;

/// The JSON of an [`IncidentPage`](tenantry_model::api::IncidentPage): the rows of all customers that the caller may see, which are the
/// union of what each one's list shows (R66). The caller's rights must be of the same moment as the rows.
pub fn page(open: &Snapshot, caller: &Caller, query: &ListQuery) -> Result<String> {
    let after = query.cursor.as_deref().map(|cursor| start(cursor, query.tab)).transpose()?;
    let visible = caller.customers_with(Permission::TicketsView).map(|(id, _)| id);
    let customers: Vec<TenantId> = visible.filter(|id| query.customers.is_empty() || query.customers.contains(id)).collect();
    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);

    let mut out = String::with_capacity(wanted.min(open.len()) * ROW_BYTES + 256);
    out.push_str("{\"items\":[");
    let (mut count, mut last, mut more) = (0, None, false);
    for row in open.walk(&customers, after) {
        if !row.passes(&query.rows) || !(query.customers.is_empty() || query.customers.contains(&row.customer)) {
            continue;
        }
        let Some(rights) = caller.access.at(row.customer) else { continue };
        let Some(shown) = row.cut(rights, caller.tenant.id)? else { continue };
        if !shown.has_room_of(&query.rows.rooms) || !shown.holds(&query.words, open.name(row.customer)) {
            continue;
        }
        if count == wanted {
            more = true;
            break;
        }
        if count > 0 {
            out.push(',');
        }
        shown.write(&mut out)?;
        count += 1;
        last = Some(row.key);
    }
    out.push_str("],\"nextCursor\":");
    // The next page begins behind the last row that was shown: a cursor names nothing that its reader has not seen.
    match last.filter(|_| more) {
        Some(key) => {
            out.push('"');
            // Base64 has nothing that JSON would escape.
            out.push_str(&pack_cursor(query.tab, key));
            out.push('"');
        }
        None => out.push_str("null"),
    }
    out.push('}');
    Ok(out)
}
