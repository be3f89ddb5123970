//! The lines of one answer.

use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::sync::{Begin, Checkpoint, SyncLine};
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::sync::cursor::next;
use crate::domain::sync::rows::{customer_line, open_incidents};
use crate::domain::sync::{LineWriter, Start, changed, history};
use crate::error::Result;
use crate::store::{Conn, customers};

/// Writes a whole answer, read in the transaction of `conn`, which began at `now`.
pub async fn answer(conn: &mut Conn, caller: &Caller, start: Start, now: Timestamp, out: &mut LineWriter) -> Result<()> {
    out.line(&SyncLine::Begin(Begin { snapshot: start.known.is_none() })).await?;
    let pending = match start.known {
        None => {
            snapshot(conn, caller, now, out).await?;
            history::first(caller, now)
        }
        Some(known) => {
            if known != start.horizon {
                changed::write(conn, caller, known, start.horizon, now, out).await?;
            }
            match start.history {
                Some(position) => history::write(conn, caller, position, now, out).await?,
                None => None,
            }
        }
    };
    let cursor = next(caller, start.horizon, pending);
    let done_percent = pending.map(|position| position.done_percent());
    out.line(&SyncLine::Checkpoint(Checkpoint { cursor, at: now, history_pending: pending.is_some(), done_percent })).await?;
    out.flush().await
}

/// All customers and their open incidents: what the list needs. The rest follows ([`history`]).
async fn snapshot(conn: &mut Conn, caller: &Caller, now: Timestamp, out: &mut LineWriter) -> Result<()> {
    let ids: Vec<TenantId> = caller.access.customers.keys().copied().collect();
    let facts = customers::facts(conn, caller.tenant.id, &ids).await?;
    for (id, rights) in &caller.access.customers {
        if let Some(facts) = facts.get(id) {
            out.line(&customer_line(facts, rights, false)).await?;
        }
    }
    let with_incidents: Vec<TenantId> = caller.customers_with(Permission::TicketsView).map(|(id, _)| id).collect();
    open_incidents(conn, caller, &with_incidents, now, out).await
}
