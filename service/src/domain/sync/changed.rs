//! What changed since a cursor, as lines of present state.

use std::collections::{BTreeMap, BTreeSet};

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::sync::{IncidentGone, RoomGone, SyncLine};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::sync::LineWriter;
use crate::domain::sync::rows::{LOADED, customer_line, inactive_incidents, kept, open_incidents, seen_room, write_incidents, write_rooms};
use crate::error::Result;
use crate::store::change_log::audiences;
use crate::store::change_log::audiences::Audience;
use crate::store::change_log::{self, Horizon, LoggedChange};
use crate::store::{Conn, RightsChange, customers, incidents, rooms};

/// How many rows of the log are read at once.
const STEP: u32 = 5_000;
/// With so few rows, they are read as they are.
const FEW: i64 = 200;
/// With so many about customers that the caller sees, a snapshot is cheaper than the changes.
const FAR_BEHIND: i64 = 500_000;

/// What has to be read again, each thing once.
#[derive(Debug, Default, PartialEq, Eq)]
struct Touched {
    /// Customers where the caller's rights may have changed.
    reset: BTreeSet<TenantId>,
    /// Customers that the caller does not see, and may have seen before.
    gone: BTreeSet<TenantId>,
    /// The same, if the caller is in the audience.
    gone_for: BTreeSet<(Audience, TenantId)>,
    customers: BTreeSet<TenantId>,
    rooms: BTreeMap<TenantId, BTreeSet<RoomId>>,
    incidents: BTreeMap<TenantId, BTreeSet<TicketNumber>>,
}

impl Touched {
    fn add(&mut self, caller: &Caller, change: LoggedChange) {
        let sees = |customer: &TenantId| caller.access.at(*customer).is_some();
        let sees_tenants = caller.access.sees_tenants(&caller.tenant);
        match change {
            LoggedChange::Rights { customer, tenant, principal, lost_by } => {
                if !(RightsChange { customer, tenant, principal }).concerns(caller.user.tenant_id, caller.user.user_id) {
                    return;
                }
                match lost_by {
                    // The rooms that came, and what stands in them, have rows of their own.
                    Some(Audience::NOBODY_BY_ROOMS) if sees(&customer) => drop(self.customers.insert(customer)),
                    Some(Audience::NOBODY_BY_ROOMS) => {}
                    _ if sees(&customer) => drop(self.reset.insert(customer)),
                    // Their own organisation is no secret from anybody, nor are its customers from who sees all of them (R28): what they know of
                    // one goes as well, though nobody can say beforehand who they are.
                    Some(audience) if customer != caller.user.tenant_id && !(tenant == Some(caller.tenant.id) && sees_tenants) => {
                        self.gone_for.insert((audience, customer));
                    }
                    _ => drop(self.gone.insert(customer)),
                }
            }
            LoggedChange::Customer(customer) if sees(&customer) => {
                self.customers.insert(customer);
            }
            LoggedChange::Room(customer, room) if sees(&customer) => {
                self.rooms.entry(customer).or_default().insert(room);
            }
            LoggedChange::Incident(customer, number) if sees(&customer) => {
                self.incidents.entry(customer).or_default().insert(number);
            }
            LoggedChange::Customer(_) | LoggedChange::Room(..) | LoggedChange::Incident(..) | LoggedChange::Tenant(_) => {}
            // Found by its own number: see `marks`.
            LoggedChange::Marks(_) => {}
        }
    }

    /// Reset customers are sent whole: their changes need no lines of their own.
    fn without_what_is_reset(mut self) -> Self {
        for customer in &self.reset {
            self.customers.remove(customer);
            self.rooms.remove(customer);
            self.incidents.remove(customer);
        }
        self
    }
}

/// Reads the log from `after` to `until`, in the way that costs less; both ways say the same.
async fn touched(conn: &mut Conn, caller: &Caller, after: i64, until: i64) -> Result<Touched> {
    let rows = until - after;
    let seeks = i64::try_from(caller.access.customers.len()).unwrap_or(i64::MAX);
    if rows <= seeks.saturating_mul(2).max(FEW) {
        return touched_in_order(conn, caller, after, until).await;
    }
    if has_more_than(rows / 2, conn, caller, after, until).await? {
        return touched_in_order(conn, caller, after, until).await;
    }
    touched_by_customer(conn, caller, after, until).await
}

async fn touched_in_order(conn: &mut Conn, caller: &Caller, mut after: i64, until: i64) -> Result<Touched> {
    let mut touched = Touched::default();
    loop {
        let step = change_log::between(conn, after, until, STEP).await?;
        let Some((last, _)) = step.last() else { return Ok(touched) };
        after = *last;
        step.into_iter().for_each(|(_, change)| touched.add(caller, change));
    }
}

async fn touched_by_customer(conn: &mut Conn, caller: &Caller, after: i64, until: i64) -> Result<Touched> {
    let mut touched = Touched::default();
    let changes = change_log::concerning(conn, &customers_of(caller), caller.user, after, until).await?;
    changes.into_iter().for_each(|change| touched.add(caller, change));
    Ok(touched)
}

/// Whether so much of the log is the caller's own that a snapshot is cheaper than the changes.
pub(super) async fn is_far_behind(conn: &mut Conn, caller: &Caller, after: i64, until: i64) -> Result<bool> {
    has_more_than(FAR_BEHIND, conn, caller, after, until).await
}

/// Whether more than so many rows of the log name a customer of the caller.
async fn has_more_than(rows: i64, conn: &mut Conn, caller: &Caller, after: i64, until: i64) -> Result<bool> {
    let customers = customers_of(caller);
    Ok(until - after > rows && change_log::count_concerning(conn, &customers, after, until, rows + 1).await? > rows)
}

fn customers_of(caller: &Caller) -> Vec<TenantId> {
    caller.access.customers.keys().copied().collect()
}

/// Writes lines for everything that changed after `known`, up to `horizon`.
pub(super) async fn write(
    conn: &mut Conn,
    caller: &Caller,
    known: Horizon,
    horizon: Horizon,
    now: Timestamp,
    out: &mut LineWriter,
) -> Result<()> {
    let touched = touched(conn, caller, known.seq, horizon.seq).await?;
    let mut touched = touched.without_what_is_reset();
    let audiences: BTreeSet<Audience> = touched.gone_for.iter().map(|(audience, _)| *audience).collect();
    let ours = audiences::with(conn, caller.user.user_id, &audiences.into_iter().collect::<Vec<_>>()).await?;
    touched.gone.extend(touched.gone_for.iter().filter(|(audience, _)| ours.contains(audience)).map(|(_, customer)| *customer));

    let named: Vec<TenantId> = touched.reset.iter().chain(&touched.customers).copied().collect();
    let facts = customers::facts(conn, caller.tenant.id, &named).await?;
    let mut reset = Vec::with_capacity(touched.reset.len());
    for id in &touched.reset {
        match (caller.access.at(*id), facts.get(id)) {
            (Some(rights), Some(facts)) => {
                out.line(&customer_line(facts, rights, true)).await?;
                reset.push(*id);
            }
            _ => out.line(&SyncLine::CustomerGone(*id)).await?,
        }
    }
    everything_of(conn, caller, &reset, now, out).await?;
    for id in &touched.gone {
        out.line(&SyncLine::CustomerGone(*id)).await?;
    }
    for id in &touched.customers {
        if let (Some(rights), Some(facts)) = (caller.access.at(*id), facts.get(id)) {
            out.line(&customer_line(facts, rights, false)).await?;
        }
    }
    changed_rooms(conn, caller, touched.rooms, out).await?;
    changed_incidents(conn, caller, touched.incidents, now, out).await
}

/// Everything of these customers that is visible now and that a cache keeps.
async fn everything_of(conn: &mut Conn, caller: &Caller, customers: &[TenantId], now: Timestamp, out: &mut LineWriter) -> Result<()> {
    let with = |permission| -> Vec<TenantId> {
        let holds = |id: &TenantId| caller.access.at(*id).is_some_and(|rights| rights.allow_somewhere(permission));
        customers.iter().copied().filter(holds).collect()
    };
    let with_incidents = with(Permission::TicketsView);
    open_incidents(conn, caller, &with_incidents, (now, usize::MAX), out).await?;
    inactive_incidents(conn, caller, &with_incidents, None, &kept(now), (now, usize::MAX), out).await?;
    write_rooms(conn, caller, &with(Permission::RoomsView), usize::MAX, out).await?;
    Ok(())
}

async fn changed_rooms(
    conn: &mut Conn,
    caller: &Caller,
    touched: BTreeMap<TenantId, BTreeSet<RoomId>>,
    out: &mut LineWriter,
) -> Result<()> {
    let visible: Vec<(TenantId, RoomId)> = touched
        .into_iter()
        .flat_map(|(customer, rooms)| rooms.into_iter().map(move |room| (customer, room)))
        .filter(|(customer, room)| caller.access.at(*customer).is_some_and(|rights| rights.allow(Permission::RoomsView, *room).is_some()))
        .collect();
    for batch in visible.chunks(LOADED) {
        let ids: Vec<RoomId> = batch.iter().map(|(_, room)| *room).collect();
        let mut found = rooms::load(conn, &ids).await?;
        for (customer_id, id) in batch {
            let line = match found.remove(id).and_then(|room| seen_room(caller, room)) {
                Some(room) => SyncLine::Room(Box::new(room)),
                None => SyncLine::RoomGone(RoomGone { customer_id: *customer_id, id: *id }),
            };
            out.line(&line).await?;
        }
    }
    Ok(())
}

async fn changed_incidents(
    conn: &mut Conn,
    caller: &Caller,
    touched: BTreeMap<TenantId, BTreeSet<TicketNumber>>,
    now: Timestamp,
    out: &mut LineWriter,
) -> Result<()> {
    let holders = touched
        .into_iter()
        .filter(|(customer, _)| caller.access.at(*customer).is_some_and(|rights| rights.allow_somewhere(Permission::TicketsView)));
    let named: Vec<(TenantId, TicketNumber)> =
        holders.flat_map(|(customer, numbers)| numbers.into_iter().map(move |number| (customer, number))).collect();
    for batch in named.chunks(LOADED) {
        let numbers: Vec<TicketNumber> = batch.iter().map(|(_, number)| *number).collect();
        let mut missing: BTreeMap<TicketNumber, TenantId> = batch.iter().map(|(customer, number)| (*number, *customer)).collect();
        let stored = incidents::rows_of(conn, &numbers).await?;
        for stored in &stored {
            missing.remove(&stored.row.number);
        }
        let mut gone = write_incidents(conn, caller, now, stored, out).await?;
        gone.extend(missing.into_iter().map(|(number, customer_id)| IncidentGone { customer_id, number }));
        for gone in gone {
            out.line(&SyncLine::IncidentGone(gone)).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
