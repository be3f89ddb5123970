//! How far the caller has read, on whichever desk, as lines for readers that take them.
//!
//! A mark stands behind its incident: whenever an incident is sent, its mark is sent along ([`along`]), so that a copy need keep none of what it does
//! not hold. Between two checkpoints those come that were raised ([`since`]), which other users' marks add nothing to.

use std::collections::HashMap;

use tenantry_model::id::TenantId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::sync::{Kept, ReadMark, SyncLine};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::sync::LineWriter;
use crate::domain::sync::rows::{LOADED, seen};
use crate::error::Result;
use crate::store::read_marks::Mark;
use crate::store::{Conn, incidents, read_marks};

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
    if !out.takes_marks() || written.0.is_empty() {
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

/// What was raised after this row of the log.
pub(super) async fn since(conn: &mut Conn, caller: &Caller, after: i64, now: Timestamp, out: &mut LineWriter) -> Result<()> {
    if !out.takes_marks() {
        return Ok(());
    }
    let raised = read_marks::since(conn, caller.user, after).await?;
    write(conn, caller, &raised, now, out).await
}

/// For a first answer, which has the rows of what is open.
pub(super) async fn of_open(conn: &mut Conn, caller: &Caller, now: Timestamp, out: &mut LineWriter) -> Result<()> {
    if !out.takes_marks() {
        return Ok(());
    }
    let marks = read_marks::of_open(conn, caller.user).await?;
    write(conn, caller, &marks, now, out).await
}

/// Those of incidents that the caller sees now, and that a cache keeps.
async fn write(conn: &mut Conn, caller: &Caller, marks: &[Mark], now: Timestamp, out: &mut LineWriter) -> Result<()> {
    for batch in marks.chunks(LOADED) {
        let read: HashMap<TicketNumber, u32> = batch.iter().copied().collect();
        let numbers: Vec<TicketNumber> = batch.iter().map(|(number, _)| *number).collect();
        let rows = incidents::rows_of(conn, &numbers).await?;
        for row in rows.into_iter().filter_map(|stored| seen(caller, stored)).filter(|row| Kept::of(row, now) != Kept::Nothing) {
            if let Some(messages) = read.get(&row.number) {
                let mark = ReadMark { customer_id: row.customer_id, number: row.number, messages: *messages };
                out.line(&SyncLine::ReadMark(mark)).await?;
            }
        }
    }
    Ok(())
}
