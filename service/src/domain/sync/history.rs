//! The inactive incidents of a first snapshot, page by page, so that the list of open ones need not wait for them.

use tenantry_model::permission::Permission;

use crate::domain::caller::Caller;
use crate::domain::sync::LineWriter;
use crate::domain::sync::cursor::HistoryPosition;
use crate::domain::sync::customer::Batch;
use crate::error::Result;
use crate::store::Conn;
use crate::store::incident_list::{self, InactivePosition};

pub(super) const HISTORY_PAGE: usize = 20_000;
const STEP: u32 = 1_000;

/// Where history begins, if there is any.
pub(super) async fn first(conn: &mut Conn, caller: &Caller) -> Result<Option<HistoryPosition>> {
    for (id, _) in caller.customers_with(Permission::TicketsView) {
        if !incident_list::inactive_after(conn, id, None, 1).await?.is_empty() {
            return Ok(Some(HistoryPosition::new(id, None)));
        }
    }
    Ok(None)
}

/// Writes a page from `position` on; answers where the next one begins, none when all has been sent. What changes while pages are fetched is
/// in the log, and comes with the changes.
pub(super) async fn write(
    conn: &mut Conn,
    caller: &Caller,
    position: HistoryPosition,
    page: usize,
    out: &mut LineWriter,
) -> Result<Option<HistoryPosition>> {
    let mut looked_at = 0;
    let mut batch = Batch::default();
    let mut next = None;
    'customers: for (id, _) in caller.customers_with(Permission::TicketsView).filter(|(id, _)| *id >= position.customer()) {
        let mut after: Option<InactivePosition> = if id == position.customer() { position.position() } else { None };
        loop {
            if looked_at >= page {
                next = Some(HistoryPosition::new(id, after));
                break 'customers;
            }
            let step = incident_list::inactive_after(conn, id, after, STEP).await?;
            let Some(last) = step.last().copied() else { break };
            looked_at += step.len();
            after = Some(last);
            for inactive in step {
                batch.add(conn, caller, inactive.number, out).await?;
            }
        }
    }
    batch.write(conn, caller, out).await?;
    Ok(next)
}
