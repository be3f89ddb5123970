//! Long lists: asks the engine for the pages that are visible, and again when the cache changed.

use std::cell::RefCell;
use std::collections::HashSet;
use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use tenantry_model::ipc::IpcError;
use yew::prelude::*;

use super::callback::dispatches;
use super::rows_state::{Answer, RowAction, Rows};
use crate::row_source::PAGE;

/// A list that can be asked for by windows.
pub trait ListQuery: Clone + PartialEq + 'static {
    type Row: Clone + PartialEq + 'static;
    type Head: Clone + PartialEq + 'static;

    fn fetch(self, offset: u32, limit: u32) -> impl Future<Output = Result<Answer<Self::Row, Self::Head>, IpcError>> + 'static;

    /// The first rows, where they are there already: see [`crate::api::early`].
    fn early(&self, _limit: u32) -> Option<Answer<Self::Row, Self::Head>> {
        None
    }
}

pub struct UseRows<Q: ListQuery> {
    pub rows: UseReducerHandle<Rows<Q, Q::Row, Q::Head>>,
    pub on_visible: Callback<(u32, u32)>,
    pub retry: Callback<()>,
}

/// Which pages were asked for and not answered yet, each with its question's sequence. Not a part of the state: that a page was asked for is
/// nothing to draw.
type UnderWay = HashSet<(u32, u32)>;

fn ask<Q: ListQuery>(
    rows: &UseReducerHandle<Rows<Q, Q::Row, Q::Head>>,
    under_way: &Rc<RefCell<UnderWay>>,
    query: &Q,
    (sequence, tick): (u32, u64),
    page: u32,
) {
    // One at a time: what changes meanwhile is asked for after the answer.
    if !under_way.borrow_mut().insert((sequence, page)) {
        return;
    }
    let (dispatcher, under_way, query) = (rows.dispatcher(), under_way.clone(), query.clone());
    let mut answer = Box::pin(query.fetch(page * PAGE, PAGE));
    // The question leaves now, and not once all that this turn of the page draws is drawn.
    let early = answer.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    wasm_bindgen_futures::spawn_local(async move {
        let answer = match early {
            Poll::Ready(answer) => answer,
            Poll::Pending => answer.await,
        };
        under_way.borrow_mut().remove(&(sequence, page));
        dispatcher.dispatch(RowAction::Answered(sequence, tick, page, answer));
    });
}

/// The rows of a list. Asked again when the tick changes.
#[hook]
pub fn use_rows<Q: ListQuery>(query: Option<Q>, tick: u64) -> UseRows<Q> {
    let rows = use_reducer(|| {
        let early = query.clone().and_then(|query| Some((query.early(PAGE)?, query)));
        early.map_or_else(Rows::<Q, Q::Row, Q::Head>::default, |(answer, query)| Rows::beginning(query, tick, answer))
    });
    let under_way = use_mut_ref(UnderWay::new);
    use_effect_with(tick, {
        let dispatcher = rows.dispatcher();
        move |tick| dispatcher.dispatch(RowAction::Tick(*tick))
    });
    let on_query = {
        let (rows, under_way) = (rows.clone(), under_way.clone());
        move |query: &Option<Q>| {
            if rows.query() == query.as_ref() {
                return;
            }
            rows.dispatch(RowAction::Query(query.clone()));
            // The handle tells of the dispatch already, so that the effect below finds this page under way.
            if let Some(query) = query {
                ask(&rows, &under_way, query, (rows.stamp().0, tick), rows.first_page());
            }
        }
    };
    // Another question is asked before anything is drawn for it: the engine answers meanwhile.
    if rows.query().is_some() {
        on_query(&query);
    }
    use_effect_with(query, on_query);
    use_effect_with(rows.clone(), move |rows| {
        if let Some(query) = rows.query() {
            rows.due().into_iter().for_each(|page| ask(rows, &under_way, query, rows.stamp(), page));
        }
    });
    let on_visible = dispatches(&rows, |(first, end)| RowAction::Visible(first, end));
    let retry = dispatches(&rows, |()| RowAction::Retry);
    UseRows { rows, on_visible, retry }
}
