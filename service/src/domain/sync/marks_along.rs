//! The marks of incidents, along with their rows.

use std::collections::HashMap;

use tenantry_model::id::TenantId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::sync::{ReadMark, SyncLine};
use tenantry_model::text::TicketNumber;

use crate::domain::caller::Caller;
use crate::domain::sync::LineWriter;
use crate::error::Result;
use crate::store::{Conn, read_marks};

/// Incidents with a thread, and whose they are, of which rows were written.
#[derive(Debug, Default)]
pub(super) struct Written(HashMap<TicketNumber, TenantId>);

impl Written {
    pub(super) fn add(&mut self, row: &IncidentRow) {
        // Most have no messages at all: of these there is nothing to read.
        if row.messages > 0 {
            self.0.insert(row.number, row.customer_id);
        }
    }
}

/// The marks of incidents that were just written.
pub(super) async fn along(conn: &mut Conn, caller: &Caller, written: &Written, out: &mut LineWriter) -> Result<()> {
    if !out.takes().read_marks || written.0.is_empty() {
        return Ok(());
    }
    let numbers: Vec<TicketNumber> = written.0.keys().copied().collect();
    for (number, messages) in read_marks::of(conn, caller.user, &numbers).await? {
        if let Some(customer_id) = written.0.get(&number) {
            out.line(&SyncLine::ReadMark(ReadMark { customer_id: *customer_id, number, messages })).await?;
        }
    }
    Ok(())
}
