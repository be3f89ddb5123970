//! The lines of one answer.

use tenantry_model::access::Rights;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::sync::{Begin, Checkpoint, SyncCustomer, SyncLine};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::incidents::cut;
use crate::domain::sync::cursor::next;
use crate::domain::sync::history::{self, HISTORY_PAGE};
use crate::domain::sync::{LineWriter, Start, changed};
use crate::error::Result;
use crate::store::lists::InactivePosition;
use crate::store::tenants::CustomerFacts;
use crate::store::{Conn, incidents, lists, rooms, tenants};

/// How many incidents are loaded at once.
const LOADED: usize = 1_000;

/// Writes a whole answer, read in the transaction of `conn`, which began at `now`.
pub async fn answer(conn: &mut Conn, caller: &Caller, start: Start, now: Timestamp, out: &mut LineWriter) -> Result<()> {
    out.line(&SyncLine::Begin(Begin { snapshot: start.known.is_none() })).await?;
    let pending = match start.known {
        None => {
            snapshot(conn, caller, out).await?;
            history::first(conn, caller).await?
        }
        Some(known) => {
            if known != start.horizon {
                changed::write(conn, caller, known, start.horizon, out).await?;
            }
            match start.history {
                Some(position) => history::write(conn, caller, position, HISTORY_PAGE, out).await?,
                None => None,
            }
        }
    };
    let cursor = next(caller, start.horizon, pending);
    out.line(&SyncLine::Checkpoint(Checkpoint { cursor, at: now, history_pending: pending.is_some() })).await?;
    out.flush().await
}

/// All customers, their rooms, their open incidents.
async fn snapshot(conn: &mut Conn, caller: &Caller, out: &mut LineWriter) -> Result<()> {
    let ids: Vec<TenantId> = caller.access.customers.keys().copied().collect();
    let facts = tenants::customers(conn, caller.tenant.id, &ids).await?;
    for (id, rights) in &caller.access.customers {
        if let Some(facts) = facts.get(id) {
            out.line(&customer_line(facts, rights, false)).await?;
        }
    }
    let mut batch = Batch::default();
    for (id, _) in caller.customers_with(Permission::TicketsView) {
        for number in lists::open_of(conn, id).await? {
            batch.add(conn, caller, number, out).await?;
        }
    }
    batch.write(conn, caller, out).await?;
    for (id, rights) in caller.customers_with(Permission::RoomsView) {
        rooms_of(conn, id, rights, out).await?;
    }
    Ok(())
}

/// A reset customer: everything of it that is visible now, inactive incidents too.
pub(super) async fn whole_customer(
    conn: &mut Conn,
    caller: &Caller,
    facts: &CustomerFacts,
    rights: &Rights,
    out: &mut LineWriter,
) -> Result<()> {
    out.line(&customer_line(facts, rights, true)).await?;
    if rights.allow_somewhere(Permission::TicketsView) {
        let mut batch = Batch::default();
        for number in lists::open_of(conn, facts.id).await? {
            batch.add(conn, caller, number, out).await?;
        }
        let mut position: Option<InactivePosition> = None;
        loop {
            let step = lists::inactive_after(conn, facts.id, position, LOADED as u32).await?;
            let Some(last) = step.last().copied() else { break };
            position = Some(last);
            for inactive in step {
                batch.add(conn, caller, inactive.number, out).await?;
            }
        }
        batch.write(conn, caller, out).await?;
    }
    if rights.allow_somewhere(Permission::RoomsView) {
        rooms_of(conn, facts.id, rights, out).await?;
    }
    Ok(())
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

async fn rooms_of(conn: &mut Conn, customer: TenantId, rights: &Rights, out: &mut LineWriter) -> Result<()> {
    for room in rooms::of_customer(conn, customer).await? {
        if rights.allow(Permission::RoomsView, room.id).is_some() {
            out.line(&SyncLine::Room(Box::new(room))).await?;
        }
    }
    Ok(())
}

/// Collects ticket numbers, to load many incidents at once.
#[derive(Default)]
pub(super) struct Batch {
    numbers: Vec<TicketNumber>,
}

impl Batch {
    pub(super) async fn add(&mut self, conn: &mut Conn, caller: &Caller, number: TicketNumber, out: &mut LineWriter) -> Result<()> {
        self.numbers.push(number);
        if self.numbers.len() >= LOADED { self.write(conn, caller, out).await } else { Ok(()) }
    }

    /// Writes the incidents that the caller may see.
    pub(super) async fn write(&mut self, conn: &mut Conn, caller: &Caller, out: &mut LineWriter) -> Result<()> {
        for stored in incidents::load(conn, &std::mem::take(&mut self.numbers)).await? {
            let rights = caller.access.at(stored.incident.row.customer_id);
            if let Some(incident) = rights.and_then(|rights| cut(stored, rights, caller.tenant.id)) {
                out.line(&SyncLine::Incident(Box::new(incident))).await?;
            }
        }
        Ok(())
    }
}
