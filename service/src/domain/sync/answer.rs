//! The lines of one answer.

use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::sync::{Begin, Checkpoint, SyncLine};
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::sync::cursor::next;
use crate::domain::sync::customer::{Batch, customer_line, rooms_of};
use crate::domain::sync::history::{self, HISTORY_PAGE};
use crate::domain::sync::{LineWriter, Start, changed};
use crate::error::Result;
use crate::store::{Conn, customers, incident_list};

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
    let facts = customers::facts(conn, caller.tenant.id, &ids).await?;
    for (id, rights) in &caller.access.customers {
        if let Some(facts) = facts.get(id) {
            out.line(&customer_line(facts, rights, false)).await?;
        }
    }
    let mut batch = Batch::default();
    for (id, _) in caller.customers_with(Permission::TicketsView) {
        for number in incident_list::open_of(conn, id).await? {
            batch.add(conn, caller, number, out).await?;
        }
    }
    batch.write(conn, caller, out).await?;
    for (id, rights) in caller.customers_with(Permission::RoomsView) {
        rooms_of(conn, id, rights, out).await?;
    }
    Ok(())
}
