//! Rooms: what is asked about them, and what is done to them on line alone. Other settings, enrolment and suppression go by way of the outbox: see `delivery`.

use tenantry_model::api::room_events::RoomEventPage;
use tenantry_model::api::signals::RoomSignals;
use tenantry_model::ipc::{Cached, EndOf, IpcError, RoomKey};

use crate::app::engine::Engine;
use crate::service::Draft;

/// How many events of a room are shown, as many as one page has.
const NEWEST: u32 = 200;

fn at_room(RoomKey { customer_id, id }: RoomKey) -> String {
    format!("customers/{customer_id}/rooms/{id}")
}

impl Engine {
    pub async fn get_room_signals(&self, key: RoomKey) -> Result<Cached<RoomSignals>, IpcError> {
        self.query(Draft::get(format!("{}/signals", at_room(key))).at(key.customer_id)).await
    }

    pub async fn get_room_events(&self, key: RoomKey) -> Result<Cached<RoomEventPage>, IpcError> {
        self.query(Draft::get(format!("{}/events", at_room(key))).at(key.customer_id).with("limit", NEWEST)).await
    }

    pub async fn unenrol_room(&self, end: EndOf<RoomKey>) -> Result<(), IpcError> {
        self.change(Draft::delete(format!("{}/enrolment", at_room(end.key))).at(end.key.customer_id).of_version(end.version)).await
    }
}
