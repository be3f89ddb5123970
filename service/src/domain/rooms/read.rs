//! Rooms that their reader may see (R4, R72).

use serde::{Deserialize, Serialize};
use tenantry_model::api::RoomPage;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Room, RoomCounters};

use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::rooms::{self, RoomKey};

/// How many rooms are read at once to find those of a narrow scope.
const STEP: u32 = 1_000;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoomCursor {
    name: String,
    id: RoomId,
}

/// A room, for one who has `rooms.view` on it.
pub async fn room(conn: &mut Conn, caller: &Caller, customer: TenantId, id: RoomId) -> Result<Room> {
    let rights = caller.rights_with(customer, Permission::RoomsView)?;
    if rights.allow(Permission::RoomsView, id).is_none() {
        return Err(Error::not_found());
    }
    // The path names the customer: a room of another one is not there, whatever the caller may see elsewhere.
    let found = rooms::load(conn, &[id]).await?.remove(&id).filter(|room| room.customer_id == customer);
    found.and_then(|room| rights.see_room(room)).ok_or(Error::not_found())
}

/// The rooms of a customer by name, and the counters over all that the caller may see of them.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId, cursor: Option<&str>, limit: u32) -> Result<RoomPage> {
    let rights = caller.rights_with(customer, Permission::RoomsView)?;
    let mut after = cursor::after(cursor)?.map(|RoomCursor { name, id }| RoomKey { display_name: name, id });
    let sees = |id: RoomId| rights.allow(Permission::RoomsView, id).is_some();
    let mut counters = RoomCounters::default();
    rooms::healths(conn, customer).await?.into_iter().filter(|room| sees(room.id)).for_each(|room| counters.count(room.health));

    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut page: Vec<RoomKey> = Vec::new();
    while page.len() <= wanted {
        let step = rooms::names_after(conn, customer, after.as_ref(), STEP).await?;
        let Some(last) = step.last().cloned() else { break };
        page.extend(step.into_iter().filter(|key| sees(key.id)));
        after = Some(last);
    }
    let more = page.len() > wanted;
    page.truncate(wanted);
    let ids: Vec<RoomId> = page.iter().map(|key| key.id).collect();
    let mut found = rooms::load(conn, &ids).await?;
    let next_cursor = page.last().filter(|_| more).map(|key| cursor::pack(&RoomCursor { name: key.display_name.clone(), id: key.id }));
    Ok(RoomPage { items: ids.iter().filter_map(|id| rights.see_room(found.remove(id)?)).collect(), next_cursor, counters })
}
