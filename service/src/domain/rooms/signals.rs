//! How the signals of a room stand.

use tenantry_model::api::SignalState;
use tenantry_model::api::signals::{RoomSignal, RoomSignals, SignalIncident};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;

use crate::domain::caller::Caller;
use crate::domain::rooms::read;
use crate::error::Result;
use crate::store::Conn;
use crate::store::ingest::{self, WatchedTicket};

/// Those that ever failed, for one who has `rooms.view` on the room; with their incidents for one who has `tickets.view` on it as well.
pub async fn of_room(conn: &mut Conn, caller: &Caller, customer: TenantId, room: RoomId) -> Result<RoomSignals> {
    read::room(conn, caller, customer, room).await?;
    let rights = caller.rights_with(customer, Permission::RoomsView)?;
    let sees_incidents = rights.allow(Permission::TicketsView, room).is_some();
    let watched = ingest::load(conn, &[room]).await?;
    let quiet = ingest::suppressions(conn, room).await?;
    let switched_off = watched.iter().flat_map(|it| it.room.switched_off.0.iter().copied()).collect();
    let signals = watched.into_iter().flat_map(|it| it.room.signals).map(|((signal, instance), stands)| RoomSignal {
        signal,
        state: if stands.failing { SignalState::Failing } else { SignalState::Healthy },
        since: stands.since,
        suppression: quiet.get(&(signal, instance.clone())).cloned(),
        incident: stands.ticket.filter(|_| sees_incidents).and_then(incident),
        instance: Some(instance).filter(|instance| !instance.is_empty()),
    });
    Ok(RoomSignals { signals: signals.collect(), switched_off })
}

fn incident(WatchedTicket { number, status, last_updated, .. }: WatchedTicket) -> Option<SignalIncident> {
    number.map(|number| SignalIncident { number, status, last_updated })
}
