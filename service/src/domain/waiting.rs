//! What of a partner's own waits for its customers' approval (R24, A18), for those of its people who may know of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tenantry_model::access::Rights;
use tenantry_model::api::Page;
use tenantry_model::api::requests::WaitingRequest;
use tenantry_model::api::rooms::SignalOf;
use tenantry_model::id::{ChangeRequestId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::ControlEvent;
use tenantry_model::time::Timestamp;

use crate::domain::asked::without_groups;
use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::domain::requests::stored;
use crate::domain::ring_requests::RingRequest;
use crate::domain::rooms::change::RoomChange;
use crate::domain::rooms::suppression::Suppression;
use crate::error::Result;
use crate::store::requests::{self, StoredRequest};
use crate::store::{Conn, rooms};

/// How many are looked at in one go.
const AT_ONCE: u32 = 200;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitingCursor {
    at: i64,
    id: ChangeRequestId,
}

/// A page of `GET /v1/waiting-requests`, oldest first: requests about roles to who holds `roles.view` at the customer and to who asked, with a role there or
/// not (A7); those about a room to who sees the room; those about a ring to who holds `rings.view` there, and sees the rooms that are to move and their rings. To anybody else there is no such request.
pub async fn of_caller(
    conn: &mut Conn,
    caller: &Caller,
    at: &[TenantId],
    (cursor, limit): (Option<&str>, u32),
) -> Result<Page<WaitingRequest>> {
    if !caller.tenant.is_partner {
        return Ok(Page { items: vec![], next_cursor: None });
    }
    let mut after = cursor::after(cursor)?.map(|WaitingCursor { at, id }| (Timestamp::from_micros(at), id));
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut items = Vec::new();
    // Others' requests leave no page short: it is read on until there is one more than wanted, or no more.
    loop {
        let batch = requests::waiting_of(conn, caller.tenant.id, at, after, AT_ONCE).await?;
        let is_last = batch.len() < AT_ONCE as usize;
        let Some(last) = batch.last().map(|it| (it.row.requested_at, it.row.id)) else { break };
        after = Some(last);
        items.append(&mut shown_to(conn, caller, batch).await?);
        if items.len() > wanted || is_last {
            break;
        }
    }
    let more = items.len() > wanted;
    items.truncate(wanted);
    let end = items.last().filter(|_| more).map(|WaitingRequest { request, .. }| (request.requested_at, request.id));
    let next_cursor = end.map(|(at, id)| cursor::pack(&WaitingCursor { at: at.micros(), id }));
    Ok(Page { items, next_cursor })
}

async fn shown_to(conn: &mut Conn, caller: &Caller, batch: Vec<StoredRequest>) -> Result<Vec<WaitingRequest>> {
    let mut found = Vec::new();
    for mut stored in batch {
        let rights = caller.access.at(stored.row.customer_id);
        let (room_id, signal) = about(&stored)?;
        let may = match (stored.row.event, room_id) {
            (ControlEvent::Rings, _) => sees_rooms(conn, &stored, rights).await?,
            (_, Some(room)) => rights.is_some_and(|rights| rights.allow(Permission::RoomsView, room).is_some()),
            (_, None) => {
                stored.row.requested_by.id == caller.user.user_id
                    || rights.is_some_and(|rights| rights.allow_somewhere(Permission::RolesView))
            }
        };
        if may {
            without_groups(&mut stored.row, rights);
            let (signal, instance) = signal.map(|of| (of.signal, of.instance)).unzip();
            found.push(WaitingRequest { request: stored.row, room_id, signal, instance: instance.flatten() });
        }
    }
    let named: BTreeSet<RoomId> = found.iter().filter_map(|waiting| waiting.room_id).collect();
    let managed = rooms::load(conn, &named.into_iter().collect::<Vec<_>>()).await?;
    found.retain(|waiting| waiting.room_id.is_none_or(|room| managed.contains_key(&room)));
    Ok(found)
}

/// Whether somebody sees the rings, and each of the rooms that would move with its ring; all of them are managed still.
async fn sees_rooms(conn: &mut Conn, request: &StoredRequest, rights: Option<&Rights>) -> Result<bool> {
    let moved = stored::<RingRequest>(request)?.rooms();
    let sees = |room: &RoomId| {
        rights.is_some_and(|rights| {
            [Permission::RoomsView, Permission::RingsView].iter().all(|permission| rights.allow(*permission, *room).is_some())
        })
    };
    if !rights.is_some_and(|rights| rights.allow_somewhere(Permission::RingsView)) || !moved.iter().all(sees) {
        return Ok(false);
    }
    Ok(rooms::managed(conn, request.row.customer_id, &moved).await?.len() == moved.len())
}

/// The room, and the signal of it, that a request is about.
fn about(request: &StoredRequest) -> Result<(Option<RoomId>, Option<SignalOf>)> {
    Ok(match request.row.event {
        ControlEvent::Roles => (None, None),
        ControlEvent::Rings => match stored::<RingRequest>(request)?.rooms().as_slice() {
            [room] => (Some(*room), None),
            _ => (None, None),
        },
        ControlEvent::Rooms => (Some(stored::<RoomChange>(request)?.room()), None),
        ControlEvent::Suppression => {
            let change = stored::<Suppression>(request)?;
            (Some(change.room()), change.signal().cloned())
        }
    })
}
