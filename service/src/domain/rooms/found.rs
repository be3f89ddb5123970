//! A room as whoever works on it finds it, at its customer's address.

use tenantry_model::api::requests::{RequestedAction, RequestedChange};
use tenantry_model::audit::AuditChange;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
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

/// Whether who sent a request may change this room still.
pub(in crate::domain) async fn may(conn: &mut Conn, sender: &Caller, at: (TenantId, RoomId)) -> Result<bool> {
    match visible(conn, Actor::Caller(sender), Permission::RoomsModify, at).await {
        Ok(_) => Ok(true),
        Err(Error::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// How a request about a room is shown: which room, as it is called now, and what of it would change.
pub(super) fn requested(action: RequestedAction, room: &str, fields: Vec<AuditChange>) -> RequestedChange {
    RequestedChange { room: Some(room.to_owned()), ..RequestedChange::of(action, fields) }
}

/// One of this customer's that is managed, whoever sees it.
pub(super) async fn at(conn: &mut Conn, customer: TenantId, room: RoomId) -> Result<Option<Room>> {
    Ok(rooms::load(conn, &[room]).await?.remove(&room).filter(|found| found.customer_id == customer))
}
