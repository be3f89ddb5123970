//! Incidents, reduced to what their reader may see (A23), and lists of them.

use serde::{Deserialize, Serialize};
use tenantry_model::access::{Rights, VisibleRooms};
use tenantry_model::api::{IncidentPage, IncidentTab};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Incident, IncidentRow, IncidentType, RoomRef};
use tenantry_model::permission::Permission;
use tenantry_model::search::searchable;
use tenantry_model::text::TicketNumber;

use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::incident_list::{ListKey, RowFilter, Walk, resolved_after};
use crate::store::incidents::{self, StoredRow};
use crate::store::tenants;

/// How many rows one request reads to fill its page. A page may be short; only a missing `nextCursor` ends a list.
const LOOKED_AT: usize = 10_000;
/// How many rows are read at once at most.
const STEP: u32 = 1_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    pub tab: IncidentTab,
    /// Only these customers; empty for all.
    pub customers: Vec<TenantId>,
    pub rows: RowFilter,
    /// The [words](tenantry_model::search::words) that number, type, problem, customer, a visible room or its device must hold.
    pub words: Vec<String>,
    pub cursor: Option<String>,
    pub limit: u32,
}

/// Names its tab, because the order depends on it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentCursor {
    tab: IncidentTab,
    severity: i64,
    newest: i64,
    number: TicketNumber,
}

/// What a reader with these rights sees of a row, if anything.
pub fn cut_row(stored: StoredRow, rights: &Rights, own: TenantId) -> Option<IncidentRow> {
    let StoredRow { mut row, created_by_tenant, .. } = stored;
    let rooms: Vec<RoomId> = row.rooms.iter().map(|room| room.id).collect();
    let VisibleRooms { visible, redacted } = rights.see_incident(&rooms, created_by_tenant, own)?;
    if redacted > 0 {
        let mut kept: Vec<RoomRef> = Vec::with_capacity(visible.len());
        kept.extend(visible.iter().filter_map(|at| row.rooms.get(*at).cloned()));
        row.rooms = kept;
        row.redacted_rooms = redacted;
    }
    Some(row)
}

pub async fn incident(conn: &mut Conn, caller: &Caller, customer: TenantId, number: TicketNumber) -> Result<Incident> {
    let row = row(conn, caller, customer, number).await?;
    incidents::complete(conn, vec![row]).await?.pop().ok_or(Error::not_found())
}

/// What lists show of it; for who does not see it, there is none.
pub async fn row(conn: &mut Conn, caller: &Caller, customer: TenantId, number: TicketNumber) -> Result<IncidentRow> {
    let rights = caller.rights_with(customer, Permission::TicketsView)?;
    let stored = incidents::rows_of(conn, &[number]).await?.pop().filter(|stored| stored.row.customer_id == customer);
    stored.and_then(|stored| cut_row(stored, rights, caller.tenant.id)).ok_or(Error::not_found())
}

/// A page of the Resolved tab, over all customers: the union of what each one's list shows (R66). For the Active tab see
/// [`super::open_incidents::page`].
pub async fn resolved(conn: &mut Conn, caller: &Caller, query: &ListQuery) -> Result<IncidentPage> {
    let mut key = query.cursor.as_deref().map(|cursor| parse_cursor(cursor, query.tab)).transpose()?;
    let visible = caller.customers_with(Permission::TicketsView).map(|(id, _)| id);
    let customers: Vec<TenantId> = visible.filter(|id| query.customers.is_empty() || query.customers.contains(id)).collect();
    let names = if query.words.is_empty() { None } else { Some(tenants::names(conn, &customers).await?) };
    let walk = if query.customers.is_empty() { Walk::over(customers) } else { Walk::Of(customers) };

    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let mut items: Vec<IncidentRow> = Vec::with_capacity(wanted);
    let mut looked_at = 0;
    let mut step = query.limit.saturating_add(1).min(STEP);
    let mut next = None;
    let mut shown_last = None;
    'walk: while looked_at < LOOKED_AT {
        let rows = resolved_after(conn, &walk, &query.rows, key, step).await?;
        let last = u32::try_from(rows.len()).unwrap_or(u32::MAX) < step;
        looked_at += rows.len();
        for stored in rows {
            let here = ListKey::of(query.tab, &stored);
            let customer = stored.row.customer_id;
            let name = names.as_ref().and_then(|names| names.get(&customer)).map_or("", String::as_str);
            let shown = caller.access.at(customer).and_then(|rights| {
                let hosts: Vec<(RoomId, String)> = if query.words.is_empty() {
                    vec![]
                } else {
                    stored.row.rooms.iter().map(|room| room.id).zip(stored.hosts.iter().map(|host| searchable(host))).collect()
                };
                let row = cut_row(stored, rights, caller.tenant.id).filter(|row| shows_rooms(row, &query.rows.rooms))?;
                holds_words(&row, &hosts, rights, name, &query.words).then_some(row)
            });
            if let Some(row) = shown {
                if items.len() == wanted {
                    // There is at least one more: the next page begins after the last row of this one.
                    next = shown_last;
                    break 'walk;
                }
                items.push(row);
                shown_last = Some(here);
            }
            key = Some(here);
        }
        if last {
            break;
        }
        if looked_at >= LOOKED_AT {
            next = key;
        }
        step = step.saturating_mul(4).min(STEP);
    }
    Ok(IncidentPage { items, next_cursor: next.map(|key| pack_cursor(query.tab, key)) })
}

/// The cursor of the page after this row.
pub(in crate::domain) fn pack_cursor(tab: IncidentTab, ListKey { severity, newest, number }: ListKey) -> String {
    cursor::pack(&IncidentCursor { tab, severity, newest, number })
}

/// The last row of the page that the cursor came with.
pub(in crate::domain) fn parse_cursor(cursor: &str, tab: IncidentTab) -> Result<ListKey> {
    let unpacked: Option<IncidentCursor> = cursor::unpack(cursor);
    let unpacked = unpacked.filter(|cursor| cursor.tab == tab);
    let IncidentCursor { severity, newest, number, .. } =
        unpacked.ok_or_else(|| Error::bad_request("cursor: pass the nextCursor of the page before of the same list, or none"))?;
    Ok(ListKey { severity, newest, number })
}

/// The database compared all rooms; what the reader may not see must not answer a question either.
fn shows_rooms(row: &IncidentRow, rooms: &[RoomId]) -> bool {
    rooms.is_empty() || row.rooms.iter().any(|room| rooms.contains(&room.id))
}

fn holds_words(row: &IncidentRow, hosts: &[(RoomId, String)], rights: &Rights, customer: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = searchable(&format!("{}\n{customer}", search_text(row)));
    let shows = |room: RoomId| row.rooms.iter().any(|shown| shown.id == room);
    words.iter().all(|word| {
        text.contains(word) || hosts.iter().any(|(room, host)| host.contains(word) && shows(*room) && names_host(rights, *room))
    })
}

/// Whether a reader with these rights is told what a room's device is called: those who see the room itself.
pub(in crate::domain) fn names_host(rights: &Rights, room: RoomId) -> bool {
    rights.allow(Permission::RoomsView, room).is_some()
}

/// The text that is searched beside the customer's name and the rooms' devices, as it is shown. A search word has no white space, so none matches
/// across lines.
pub(in crate::domain) fn search_text(row: &IncidentRow) -> String {
    let title = match row.kind {
        IncidentType::Signal(signal) => signal.facts().title,
        IncidentType::CustomerReported => "Customer Reported",
    };
    let mut text = format!("{}\n{title}\n{}", row.number, row.problem);
    for room in &row.rooms {
        text.push('\n');
        text.push_str(&room.name);
    }
    text
}
