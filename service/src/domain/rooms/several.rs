//! Rooms that something is done to together.

use std::collections::HashSet;

use tenantry_model::access::Rights;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;

use crate::domain::text::some_names;
use crate::error::{Error, Result};
use crate::store::{Change, Conn, Tx, rooms};

/// How many rooms the log names that came or went in one change.
const TOLD: usize = 200;

/// What rooms are called, in the log; beyond [`TOLD`] of them how many more. None where there are none.
pub(in crate::domain) async fn names(conn: &mut Conn, customer: TenantId, of: impl Iterator<Item = &RoomId>) -> Result<Option<String>> {
    let all: Vec<RoomId> = of.copied().collect();
    let told = &all[..all.len().min(TOLD)];
    let names = rooms::names(conn, customer, told).await?.into_iter().map(|it| it.name).collect();
    Ok(some_names(names, all.len()))
}

/// Each of these rooms, which the request names at this place, must be managed, and these rights must give all that is needed on it. One that somebody does not
/// see is told apart from no room by nothing.
pub(in crate::domain) async fn check(
    conn: &mut Conn,
    customer: TenantId,
    rights: &Rights,
    needed: &[Permission],
    pointer: &str,
    named: &[RoomId],
) -> Result<()> {
    let managed: HashSet<RoomId> = rooms::managed(conn, customer, named).await?.into_iter().collect();
    let may = |room: RoomId| needed.iter().all(|permission| rights.allow(*permission, room).is_some());
    match named.iter().position(|room| !managed.contains(room) || !may(*room)) {
        Some(place) => {
            Err(Error::field(FieldCode::RoomUnknown, &format!("{pointer}/{place}"), format!("there is no room {}", named[place])))
        }
        None => Ok(()),
    }
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
