//! The windows of the list, and what stands above it.

use tenantry_model::ipc::{Freshness, IpcError, ListRooms, RoomQuery, RoomRow};
use tenantry_model::room::RoomCounters;

use crate::hooks::{self, Answer, ListQuery};

/// A question to the engine, its window left open.
#[derive(Clone, PartialEq)]
pub(super) struct Query(pub(super) RoomQuery);

#[derive(Clone, PartialEq)]
pub(super) struct Head {
    pub(super) counters: RoomCounters,
    pub(super) freshness: Freshness,
}

impl ListQuery for Query {
    type Row = RoomRow;
    type Head = Head;

    async fn fetch(self, offset: u32, limit: u32) -> Result<Answer<RoomRow, Head>, IpcError> {
        let page = hooks::call::<ListRooms>(RoomQuery { offset, limit, ..self.0 }).await?;
        let head = Head { counters: page.counters, freshness: page.freshness };
        Ok(Answer { total: page.total, rows: page.rows, head, generation: page.generation })
    }
}
