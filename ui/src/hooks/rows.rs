//! Long lists: asks the engine for the pages that are visible, and again when the cache changed.

use std::future::Future;

use tenantry_model::ipc::IpcError;
use yew::prelude::*;

use super::callback::dispatches;
use super::rows_state::{Answer, PAGE, RowAction, Rows};

/// A list that can be asked for by windows.
pub trait ListQuery: Clone + PartialEq + 'static {
    type Row: Clone + PartialEq + 'static;
    type Head: Clone + PartialEq + 'static;

    fn fetch(self, offset: u32, limit: u32) -> impl Future<Output = Result<Answer<Self::Row, Self::Head>, IpcError>> + 'static;
}

pub struct UseRows<Q: ListQuery> {
    pub rows: UseReducerHandle<Rows<Q, Q::Row, Q::Head>>,
    pub on_visible: Callback<(u32, u32)>,
    pub retry: Callback<()>,
}

/// The rows of a list. Asked again when the tick changes.
#[hook]
pub fn use_rows<Q: ListQuery>(query: Option<Q>, tick: u64) -> UseRows<Q> {
    let rows = use_reducer(Rows::<Q, Q::Row, Q::Head>::default);
    use_effect_with(query, {
        let dispatcher = rows.dispatcher();
        move |query| dispatcher.dispatch(RowAction::Query(query.clone()))
    });
    use_effect_with(tick, {
        let dispatcher = rows.dispatcher();
        move |tick| dispatcher.dispatch(RowAction::Tick(*tick))
    });
    use_effect_with(rows.clone(), |rows| {
        let due = rows.due();
        let Some(query) = rows.query().filter(|_| !due.is_empty()) else { return };
        let (sequence, tick) = rows.stamp();
        for page in due.clone() {
            let (dispatcher, query) = (rows.dispatcher(), query.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let answer = query.fetch(page * PAGE, PAGE).await;
                dispatcher.dispatch(RowAction::Answered(sequence, tick, page, answer));
            });
        }
        rows.dispatch(RowAction::Asked(due));
    });
    let on_visible = dispatches(&rows, |(first, end)| RowAction::Visible(first, end));
    let retry = dispatches(&rows, |()| RowAction::Retry);
    UseRows { rows, on_visible, retry }
}
