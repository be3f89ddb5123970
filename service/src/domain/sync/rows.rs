//! Customers, rooms and incidents as lines, as far as the caller may see them and a cache keeps them; for many customers at once.

use std::ops::Range;

use tenantry_model::access::Rights;
use tenantry_model::id::TenantId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::room::Room;
use tenantry_model::sync::{IncidentGone, Kept, ROW_FOR, SyncCustomer, SyncLine};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::incidents::read::cut_row;
use crate::domain::sync::marks_along::{self, Written};
use crate::domain::sync::writer::LineWriter;
use crate::error::Result;
use crate::store::customers::CustomerFacts;
use crate::store::inactive_incidents::{self, Inactive};
use crate::store::incidents::StoredRow;
use crate::store::{Conn, incident_list, incidents, rooms};

/// How many incidents are loaded at once.
pub(super) const LOADED: usize = 1_000;
/// For how many customers one statement asks.
const CUSTOMERS: usize = 64;
/// The same for rooms, which are all read at once.
const CUSTOMERS_OF_ROOMS: usize = 8;

/// Where the inactive incidents go on: at this customer, behind this one of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) customer: TenantId,
    pub(super) after: Option<Inactive>,
}

/// When what a cache keeps may have been updated last: nothing is updated before it is resolved.
pub(super) fn kept(now: Timestamp) -> Range<Timestamp> {
    now.minus(ROW_FOR)..Timestamp::from_micros(i64::MAX)
}

pub(super) fn customer_line(facts: &CustomerFacts, rights: &Rights, reset: bool) -> SyncLine {
    SyncLine::Customer(SyncCustomer {
        id: facts.id,
        display_name: facts.display_name.clone(),
        permissions: rights.permissions(),
        offline: facts.offline,
        reset,
    })
}

/// What the caller sees of an incident.
pub(super) fn seen(caller: &Caller, stored: StoredRow) -> Option<IncidentRow> {
    let rights = caller.access.at(stored.row.customer_id)?;
    cut_row(stored, rights, caller.tenant.id)
}

/// What the caller sees of a room.
pub(super) fn seen_room(caller: &Caller, room: Room) -> Option<Room> {
    caller.access.at(room.customer_id)?.see_room(room)
}

/// Answers those that the caller sees and a cache does not keep.
pub(super) async fn write_incidents(
    conn: &mut Conn,
    caller: &Caller,
    now: Timestamp,
    stored: Vec<StoredRow>,
    out: &mut LineWriter,
) -> Result<Vec<IncidentGone>> {
    let (mut whole, mut dropped, mut written) = (vec![], vec![], Written::default());
    for row in stored.into_iter().filter_map(|stored| seen(caller, stored)) {
        let kept = Kept::of(&row, now);
        if kept != Kept::Nothing {
            written.add(&row);
        }
        match kept {
            Kept::Whole => whole.push(row),
            Kept::Row => out.line(&SyncLine::IncidentRow(Box::new(row))).await?,
            Kept::Nothing => dropped.push(IncidentGone { customer_id: row.customer_id, number: row.number }),
        }
    }
    for incident in incidents::complete(conn, whole).await? {
        out.line(&SyncLine::Incident(Box::new(incident))).await?;
    }
    marks_along::along(conn, caller, &written, out).await?;
    Ok(dropped)
}

/// The open incidents of these customers, whole, until at least `page` were looked at. Answers how many, and the customer where they go on.
pub(super) async fn open_incidents(
    conn: &mut Conn,
    caller: &Caller,
    customers: &[TenantId],
    (now, page): (Timestamp, usize),
    out: &mut LineWriter,
) -> Result<(usize, Option<TenantId>)> {
    let mut looked_at = 0;
    for asked in customers.chunks(CUSTOMERS) {
        if looked_at >= page {
            return Ok((looked_at, asked.first().copied()));
        }
        let numbers = incident_list::open_of(conn, asked).await?;
        looked_at += numbers.len();
        for batch in numbers.chunks(LOADED) {
            let stored = incidents::rows_of(conn, batch).await?;
            write_incidents(conn, caller, now, stored, out).await?;
        }
    }
    Ok((looked_at, None))
}

/// The inactive incidents of these customers from `after` on, which is of the first of them, until at least `page` were looked at. Answers how many,
/// and where they go on.
pub(super) async fn inactive_incidents(
    conn: &mut Conn,
    caller: &Caller,
    customers: &[TenantId],
    mut after: Option<Inactive>,
    updated: &Range<Timestamp>,
    (now, page): (Timestamp, usize),
    out: &mut LineWriter,
) -> Result<(usize, Option<Place>)> {
    let (mut rest, mut looked_at) = (customers, 0);
    while let Some(customer) = rest.first().copied() {
        if looked_at >= page {
            return Ok((looked_at, Some(Place { customer, after })));
        }
        let (step, asked) = match after.take() {
            Some(position) => (inactive_incidents::after(conn, &position, updated, LOADED as u32).await?, 1),
            None => {
                let asked = rest.len().min(CUSTOMERS);
                (inactive_incidents::of_customers(conn, &rest[..asked], updated, LOADED as u32).await?, asked)
            }
        };
        looked_at += step.len();
        rest = match step.last() {
            Some(last) if step.len() >= LOADED => {
                after = Some(*last);
                &rest[rest.iter().position(|id| *id == last.customer).unwrap_or(asked)..]
            }
            _ => &rest[asked..],
        };
        let numbers: Vec<TicketNumber> = step.into_iter().map(|inactive| inactive.number).collect();
        let stored = incidents::rows_of(conn, &numbers).await?;
        write_incidents(conn, caller, now, stored, out).await?;
    }
    Ok((looked_at, None))
}

/// The rooms of these customers, until at least `page` were looked at. Answers how many, and the customer where they go on.
pub(super) async fn write_rooms(
    conn: &mut Conn,
    caller: &Caller,
    customers: &[TenantId],
    page: usize,
    out: &mut LineWriter,
) -> Result<(usize, Option<TenantId>)> {
    let mut looked_at = 0;
    for asked in customers.chunks(CUSTOMERS_OF_ROOMS) {
        if looked_at >= page {
            return Ok((looked_at, asked.first().copied()));
        }
        for room in rooms::of_customers(conn, asked).await? {
            looked_at += 1;
            if let Some(room) = seen_room(caller, room) {
                out.line(&SyncLine::Room(Box::new(room))).await?;
            }
        }
    }
    Ok((looked_at, None))
}
