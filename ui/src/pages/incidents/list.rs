//! The windows of the list, and what stands above it.

use tenantry_model::ipc::{IncidentCounters, IncidentQuery, IpcError, ListIncidents, ListRow, UnreliableCustomer};

use crate::hooks::{self, Answer, ListQuery};

/// A question to the engine, its window left open.
#[derive(Clone, PartialEq)]
pub(super) struct Query(pub(super) IncidentQuery);

#[derive(Clone, PartialEq)]
pub(super) struct Head {
    pub(super) matches: u32,
    pub(super) counters: IncidentCounters,
    pub(super) unreliable: Vec<UnreliableCustomer>,
    pub(super) unreliable_total: u32,
}

impl ListQuery for Query {
    type Row = ListRow;
    type Head = Head;

    async fn fetch(self, offset: u32, limit: u32) -> Result<Answer<ListRow, Head>, IpcError> {
        let page = hooks::call::<ListIncidents>(IncidentQuery { offset, limit, ..self.0 }).await?;
        let head =
            Head { matches: page.matches, counters: page.counters, unreliable: page.unreliable, unreliable_total: page.unreliable_total };
        Ok(Answer { total: page.total, rows: page.rows, head, generation: page.generation })
    }
}
