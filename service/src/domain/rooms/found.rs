//! A room as whoever works on it finds it, at its customer's address.

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;

use crate::domain::actor::Actor;
use crate::error::{Error, Result};
use crate::store::{Conn, rooms};

/// One that the actor sees and holds this permission on. For any other, one of another customer, or one that is not managed any more, there is no such
/// room.
pub(super) async fn visible(
    conn: &mut Conn,
    actor: Actor<'_>,
    permission: Permission,
    (customer, room): (TenantId, RoomId),
) -> Result<Room> {
    for permission in [Permission::RoomsView, permission] {
        actor.needs(permission, customer, &[room])?;
    }
    at(conn, customer, room).await?.ok_or_else(Error::not_found)
}

/// One of this customer's that is managed, whoever sees it.
pub(super) async fn at(conn: &mut Conn, customer: TenantId, room: RoomId) -> Result<Option<Room>> {
    Ok(rooms::load(conn, &[room]).await?.remove(&room).filter(|found| found.customer_id == customer))
}
