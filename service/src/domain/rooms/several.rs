//! Rooms that something is done to together.

use tenantry_model::id::{RoomId, TenantId};

use crate::error::Result;
use crate::store::{Change, Conn, Tx, rooms};

/// How many rooms the log names that came or went in one change.
const TOLD: usize = 200;

/// What rooms are called, in the log; beyond [`TOLD`] of them how many more. None where there are none.
pub(in crate::domain) async fn names(conn: &mut Conn, customer: TenantId, of: impl Iterator<Item = &RoomId>) -> Result<Option<String>> {
    let all: Vec<RoomId> = of.copied().collect();
    let told = &all[..all.len().min(TOLD)];
    let mut names: Vec<String> = rooms::names(conn, customer, told).await?.into_iter().map(|it| it.name).collect();
    if all.len() > names.len() {
        names.push(format!("+ {}", all.len() - names.len()));
    }
    Ok((!names.is_empty()).then(|| names.join(", ")))
}

/// Counts a change of what is shown of these rooms, and lets others look at them again.
pub(in crate::domain) async fn changed(tx: &mut Tx, customer: TenantId, rooms: &[RoomId]) -> Result<()> {
    rooms::touch(tx.conn(), rooms).await?;
    record(tx, customer, rooms).await
}

/// Lets others look at these rooms again.
pub(in crate::domain) async fn record(tx: &mut Tx, customer: TenantId, rooms: &[RoomId]) -> Result<()> {
    let changes: Vec<Change> = rooms.iter().map(|room| Change::room(customer, *room)).collect();
    tx.record_all(&changes).await
}
