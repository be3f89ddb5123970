//! Asks for the log, a page at a time.

use gloo::timers::callback::Timeout;
use tenantry_model::ipc::{AuditPage, AuditQuery, IpcError, ListAudit};
use yew::prelude::*;

use super::log::{Log, LogAction};
use crate::hooks;

/// How long typing rests before the service is asked.
const REST_MS: u32 = 250;
/// How many pages without a row are walked over in one go: a rare word may stand far back.
const EMPTY_PAGES: u32 = 10;

pub(super) struct UseLog {
    pub(super) log: UseReducerHandle<Log>,
    /// Asks for the next page, or again for the one that failed.
    pub(super) more: Callback<()>,
    pub(super) again: Callback<()>,
}

async fn page(query: AuditQuery) -> Result<AuditPage, IpcError> {
    let mut query = query;
    for _ in 0..EMPTY_PAGES {
        let page = hooks::call::<ListAudit>(query.clone()).await?;
        if !page.rows.is_empty() || page.next.is_none() {
            return Ok(page);
        }
        query.after = page.next;
    }
    Ok(AuditPage { rows: vec![], next: query.after })
}

/// The log. Nothing is asked for without a question; what has arrived stays.
#[hook]
pub(super) fn use_log(query: Option<AuditQuery>) -> UseLog {
    let log = use_reducer(Log::default);
    let again = use_state(|| 0_u32);
    use_effect_with((query, *again), {
        let (dispatcher, first) = (log.dispatcher(), !log.arrived);
        move |(query, _)| {
            let timer = query.clone().map(|query| {
                let rest = if first { 0 } else { REST_MS };
                Timeout::new(rest, move || dispatcher.dispatch(LogAction::Ask(query)))
            });
            // Typing on before it rests asks nothing.
            move || drop(timer)
        }
    });
    use_effect_with(log.due(), {
        let dispatcher = log.dispatcher();
        move |due| {
            if let Some((sequence, query)) = due.clone() {
                wasm_bindgen_futures::spawn_local(async move {
                    let after = query.after.clone();
                    let answer = page(query).await;
                    dispatcher.dispatch(LogAction::Answered(sequence, after, answer));
                });
            }
        }
    });
    let more = {
        let dispatcher = log.dispatcher();
        use_callback((), move |(), ()| dispatcher.dispatch(LogAction::More))
    };
    let again = Callback::from(move |()| again.set(again.wrapping_add(1)));
    UseLog { log, more, again }
}
