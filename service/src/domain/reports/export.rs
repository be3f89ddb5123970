//! The incidents of a report as JSON (R99).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tenantry_model::api::reports::{ExportPage, ExportedDevice, ExportedIncident};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use super::scope::{Asked, Scope};
use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::domain::incidents::read::names_host;
use crate::error::Result;
use crate::store::Conn;
use crate::store::incidents::{self, StoredRow};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberCursor {
    after: TicketNumber,
}

/// `GET /v1/customers/{c}/reports/incidents`: those that were active at some time of the period, by number; in each room they need `reports.view` and
/// `tickets.view`. An issue without rooms is in no report.
pub async fn incidents(
    conn: &mut Conn,
    caller: &Caller,
    customer: TenantId,
    (asked, now): (Asked, Timestamp),
    (after, limit): (Option<&str>, u32),
) -> Result<ExportPage> {
    let scope = Scope::of(conn, caller, customer, asked, now).await?;
    let after: Option<NumberCursor> = cursor::after(after)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let keeps = |room| scope.rights.report_incident(room);
    let found = scope.incidents_after(conn, after.map(|cursor| cursor.after), wanted.saturating_add(1), keeps).await?;
    let mut rooms: HashMap<TicketNumber, Vec<RoomId>> = found.into_iter().map(|lived| (lived.number, lived.rooms)).collect();
    let mut numbers: Vec<TicketNumber> = rooms.keys().copied().collect();
    numbers.sort_unstable();
    let more = numbers.len() > wanted;
    numbers.truncate(wanted);
    let next_cursor = numbers.last().filter(|_| more).map(|after| cursor::pack(&NumberCursor { after: *after }));

    let stored = incidents::rows_of(conn, &numbers).await?;
    let (mut rows, mut devices) = (Vec::with_capacity(stored.len()), HashMap::with_capacity(stored.len()));
    for StoredRow { row, hosts, .. } in stored {
        let seen = rooms.remove(&row.number).unwrap_or_default();
        let of_room = |(room, host): (&tenantry_model::incident::RoomRef, String)| {
            let host_name = names_host(scope.rights, room.id).then_some(host);
            seen.contains(&room.id).then(|| ExportedDevice { room: room.id, room_name: room.name.clone(), host_name })
        };
        let of_incident: Vec<ExportedDevice> = row.rooms.iter().zip(hosts).filter_map(of_room).collect();
        devices.insert(row.number, of_incident);
        rows.push(row);
    }
    let items = incidents::complete(conn, rows).await?.into_iter().map(|mut it| {
        it.history.reverse();
        ExportedIncident {
            id: it.row.number,
            created: it.row.created_at,
            devices: devices.remove(&it.row.number).unwrap_or_default(),
            kind: it.row.kind,
            category: it.row.category,
            severity: it.row.severity,
            state: it.row.status,
            last_update: it.row.last_updated,
            history: it.history,
            service_now_number: None,
            last_resolved: it.row.last_resolved,
            closure_reason: it.closure_reason,
            closed_by: it.closed_by,
            last_closed: it.row.last_closed,
        }
    });
    Ok(ExportPage { items: items.collect(), next_cursor })
}
