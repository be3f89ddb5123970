//! The windows of the list, and what stands above it.

use tenantry_model::ipc::{IpcError, ListRooms, RoomQuery, RoomRow, UnreliableCustomer};
use tenantry_model::room::RoomCounters;

use crate::hooks::{self, Answer, ListQuery};

/// A question to the engine, its window left open.
#[derive(Clone, PartialEq)]
pub(super) struct Query(pub(super) RoomQuery);

#[derive(Clone, PartialEq)]
pub(super) struct Head {
    pub(super) counters: RoomCounters,
    /// Names of groups and rings to filter by.
    pub(super) groups: Vec<String>,
    pub(super) rings: Vec<String>,
    pub(super) unreliable: Vec<UnreliableCustomer>,
    pub(super) unreliable_total: u32,
}

impl ListQuery for Query {
    type Row = RoomRow;
    type Head = Head;

    async fn fetch(self, offset: u32, limit: u32) -> Result<Answer<RoomRow, Head>, IpcError> {
        let page = hooks::call::<ListRooms>(RoomQuery { offset, limit, ..self.0 }).await?;
        let head = Head {
            counters: page.counters,
            groups: page.groups,
            rings: page.rings,
            unreliable: page.unreliable,
            unreliable_total: page.unreliable_total,
        };
        Ok(Answer { total: page.total, rows: page.rows, head, generation: page.generation })
    }
}
