//! What happened in a room (R113), as those see it who see the room, or an issue that was recorded for it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tenantry_model::api::room_events::{IssueEvents, MOST_EVENTS, RoomEvent, RoomEventPage};
use tenantry_model::id::{RoomEventId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::domain::incidents::read as incidents;
use crate::domain::ingest::events::KEPT_FOR;
use crate::domain::rooms::read;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::room_events::{self, EventKey};

const FIELD: &str = "#/events";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventCursor {
    at: i64,
    id: RoomEventId,
}

/// A page of a room's events, newest first, for one who has `rooms.view` on it; with their issues for one who has `tickets.view` on it as well.
pub async fn of_room(
    conn: &mut Conn,
    caller: &Caller,
    (customer, room): (TenantId, RoomId),
    (cursor, limit): (Option<&str>, u32),
    now: Timestamp,
) -> Result<RoomEventPage> {
    read::room(conn, caller, customer, room).await?;
    let rights = caller.rights_with(customer, Permission::RoomsView)?;
    let after = cursor::after(cursor)?.map(|EventCursor { at, id }| EventKey { at: Timestamp::from_micros(at), id });
    let mut items = room_events::of_room(conn, room, now.minus(KEPT_FOR), after, limit.saturating_add(1)).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    if rights.allow(Permission::TicketsView, room).is_none() {
        items.iter_mut().for_each(|event| event.issue = None);
    }
    let next_cursor = items.last().filter(|_| more).map(|last| cursor::pack(&EventCursor { at: last.at.micros(), id: last.id }));
    Ok(RoomEventPage { items, next_cursor })
}

/// The events that an issue was recorded for, of those of its rooms that the reader sees (A23): like its text, they are a part of it, and need no right
/// besides.
pub async fn of_issue(conn: &mut Conn, caller: &Caller, customer: TenantId, number: TicketNumber) -> Result<IssueEvents> {
    let row = incidents::row(conn, caller, customer, number).await?;
    let events = room_events::of_issue(conn, number).await?;
    let seen = |event: &RoomEvent| row.rooms.iter().any(|room| room.id == event.room_id);
    Ok(IssueEvents { events: events.into_iter().filter(seen).collect() })
}

/// The events for which an issue in these rooms may be recorded, each once. One that the actor does not see, one of another room, and one that does not
/// exist are told apart by nothing.
pub(in crate::domain) async fn for_issue(
    conn: &mut Conn,
    actor: Actor<'_>,
    customer: TenantId,
    rooms: &[RoomId],
    named: Vec<RoomEventId>,
) -> Result<Vec<RoomEventId>> {
    let once: Vec<RoomEventId> = named.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    if once.len() > MOST_EVENTS {
        return Err(Error::field(FieldCode::EventsTooMany, FIELD, format!("at most {MOST_EVENTS} events")));
    }
    let found = room_events::load(conn, &once).await?;
    let sees = |room: RoomId| match actor {
        Actor::Caller(caller) => caller.access.at(customer).is_some_and(|rights| rights.allow(Permission::RoomsView, room).is_some()),
        _ => true,
    };
    for (place, id) in named.iter().enumerate() {
        let field = format!("{FIELD}/{place}");
        let event = found.iter().find(|event| event.id == *id && rooms.contains(&event.room_id) && sees(event.room_id));
        let event = event.ok_or_else(|| Error::field(FieldCode::EventUnknown, &field, format!("there is no event {id} in its rooms")))?;
        if event.taken {
            return Err(Error::field(FieldCode::EventTaken, &field, "The event is part of an issue already: leave it out."));
        }
    }
    Ok(once)
}
