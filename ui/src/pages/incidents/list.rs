//! The windows of the list, and what stands above it.

use tenantry_model::ipc::{IncidentCounters, IncidentPage, IncidentQuery, IpcError, ListIncidents, ListRow, UnreliableCustomer};

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
        Ok(answer(hooks::call::<ListIncidents>(IncidentQuery { offset, limit, ..self.0 }).await?))
    }

    fn early(&self, limit: u32) -> Option<Answer<ListRow, Head>> {
        hooks::early::<ListIncidents>(&IncidentQuery { offset: 0, limit, ..self.0.clone() }).map(answer)
    }
}

fn answer(page: IncidentPage) -> Answer<ListRow, Head> {
    let head =
        Head { matches: page.matches, counters: page.counters, unreliable: page.unreliable, unreliable_total: page.unreliable_total };
    Answer { total: page.total, rows: page.rows, head, generation: page.generation }
}
