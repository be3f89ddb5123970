//! What of a partner's own waits for its customers' approval (R24, A18), for those of its people who may know of it.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use tenantry_model::api::requests::WaitingRequest;
use tenantry_model::api::rooms::SignalOf;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::ControlEvent;

use crate::domain::caller::Caller;
use crate::domain::rooms::change::RoomChange;
use crate::domain::rooms::suppression::Suppression;
use crate::error::{Error, Result};
use crate::store::requests::{self, StoredRequest};
use crate::store::{Conn, rooms};

/// How many are looked at.
const MOST: u32 = 1_000;

/// `GET /v1/waiting-requests`, oldest first: those about roles to who holds `roles.view` at the customer, those about a room to who sees the room. To anybody
/// else there is no such request; to who sees nothing at a customer, none at that customer.
pub async fn of_caller(conn: &mut Conn, caller: &Caller, at: &[TenantId]) -> Result<Vec<WaitingRequest>> {
    let customers: Vec<TenantId> = caller.access.customers.keys().copied().filter(|id| at.is_empty() || at.contains(id)).collect();
    let mut found = Vec::new();
    for stored in requests::waiting_at(conn, caller.tenant.id, &customers, MOST).await? {
        let Some(rights) = caller.access.at(stored.row.customer_id) else { continue };
        let (room_id, signal) = about(&stored)?;
        let may = match room_id {
            Some(room) => rights.allow(Permission::RoomsView, room).is_some(),
            None => rights.allow_somewhere(Permission::RolesView),
        };
        if may {
            let (signal, instance) = signal.map(|of| (of.signal, of.instance)).unzip();
            found.push(WaitingRequest { request: stored.row, room_id, signal, instance: instance.flatten() });
        }
    }
    let named: BTreeSet<RoomId> = found.iter().filter_map(|waiting| waiting.room_id).collect();
    let managed = rooms::load(conn, &named.into_iter().collect::<Vec<_>>()).await?;
    found.retain(|waiting| waiting.room_id.is_none_or(|room| managed.contains_key(&room)));
    Ok(found)
}

/// The room, and the signal of it, that a request is about.
fn about(stored: &StoredRequest) -> Result<(Option<RoomId>, Option<SignalOf>)> {
    fn operation<O: DeserializeOwned>(stored: &StoredRequest) -> Result<O> {
        serde_json::from_str(&stored.operation).map_err(|error| Error::bad_row("change_requests", "operation", stored.row.id, error))
    }
    Ok(match stored.row.event {
        ControlEvent::Roles | ControlEvent::Rings => (None, None),
        ControlEvent::Rooms => (Some(operation::<RoomChange>(stored)?.room()), None),
        ControlEvent::Suppression => {
            let change = operation::<Suppression>(stored)?;
            (Some(change.room()), change.signal().cloned())
        }
    })
}
