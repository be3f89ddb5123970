//! How far the caller has read, on whichever desk, as lines for readers that take them.
//!
//! A mark stands behind its incident: whenever an incident is sent, its mark is sent along ([`super::marks_along`]), so that a copy need keep none of what it does
//! not hold. Between two checkpoints those come that were raised ([`since`]), which other users' marks add nothing to.

use std::collections::HashMap;

use tenantry_model::sync::{Kept, ReadMark, SyncLine};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::sync::LineWriter;
use crate::domain::sync::rows::{LOADED, seen};
use crate::error::Result;
use crate::store::read_marks::Mark;
use crate::store::{Conn, incidents, read_marks};

/// What was raised after this row of the log.
pub(super) async fn since(conn: &mut Conn, caller: &Caller, after: i64, now: Timestamp, out: &mut LineWriter) -> Result<()> {
    if !out.takes().read_marks {
        return Ok(());
    }
    let raised = read_marks::since(conn, caller.user, after).await?;
    write(conn, caller, &raised, now, out).await
}

/// For a first answer, which has the rows of what is open.
pub(super) async fn of_open(conn: &mut Conn, caller: &Caller, now: Timestamp, out: &mut LineWriter) -> Result<()> {
    if !out.takes().read_marks {
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
