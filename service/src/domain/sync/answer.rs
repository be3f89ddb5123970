//! The lines of one answer.

use std::sync::Arc;

use tenantry_model::id::TenantId;
use tenantry_model::sync::{Begin, Checkpoint, SyncLine};
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::open_incidents::{OpenIncidentIndex, Snapshot, rows};
use crate::domain::sync::cursor::next;
use crate::domain::sync::rows::customer_line;
use crate::domain::sync::{LineWriter, Start, changed, history, marks, views};
use crate::error::Result;
use crate::store::{Conn, customers};

/// Writes a whole answer, read in the transaction of `conn`, which began at `now`. For `before`, see [`OpenIncidentIndex::snapshot_for`].
pub async fn answer(
    conn: &mut Conn,
    caller: &Caller,
    start: Start,
    (index, before): (&OpenIncidentIndex, Option<&Arc<Snapshot>>),
    now: Timestamp,
    out: &mut LineWriter,
) -> Result<()> {
    out.line(&SyncLine::Begin(Begin { snapshot: start.known.is_none() })).await?;
    let pending = match start.known {
        None => {
            let open = index.snapshot_for(conn, before, start.horizon).await?;
            snapshot(conn, caller, &open, out).await?;
            marks::of_open(conn, caller, now, out).await?;
            history::first(caller, now)
        }
        Some(known) => {
            if known != start.horizon {
                changed::write(conn, caller, known, start.horizon, now, out).await?;
            }
            if known != start.horizon || !start.sent.read_marks {
                marks::since(conn, caller, if start.sent.read_marks { known.seq } else { 0 }, now, out).await?;
            }
            match start.history {
                Some(position) => history::write(conn, caller, position, now, out).await?,
                None => None,
            }
        }
    };
    views::write(conn, caller, start.known.filter(|_| start.sent.saved_views), out).await?;
    let cursor = next(caller, start.horizon, pending, out.takes());
    let done_percent = pending.map(|position| position.done_percent());
    out.line(&SyncLine::Checkpoint(Checkpoint { cursor, at: now, history_pending: pending.is_some(), done_percent })).await?;
    out.flush().await
}

/// All customers and the rows of their open incidents: what the list needs. The rest follows ([`history`]).
async fn snapshot(conn: &mut Conn, caller: &Caller, open: &Snapshot, out: &mut LineWriter) -> Result<()> {
    let ids: Vec<TenantId> = caller.access.customers.keys().copied().collect();
    let facts = customers::facts(conn, caller.tenant.id, &ids).await?;
    for (id, rights) in &caller.access.customers {
        if let Some(facts) = facts.get(id) {
            out.line(&customer_line(facts, rights, false)).await?;
        }
    }
    for row in rows(open, caller) {
        out.incident_row(&row?).await?;
    }
    Ok(())
}
