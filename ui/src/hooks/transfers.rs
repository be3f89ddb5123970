//! The files of an incident that are on their way.

use std::rc::Rc;

use tenantry_model::ipc::{GetTransfers, IncidentRef, Transfer, TransfersChanged};
use yew::prelude::*;

use super::event::use_event;
use crate::api;

/// In the order in which they were begun; none until they are known. Files of every incident move with one event: whoever asks is drawn anew only where
/// its own did.
#[hook]
pub fn use_transfers(incident: IncidentRef) -> Rc<Vec<Transfer>> {
    let known = use_state_eq(|| (incident, Rc::new(vec![])));
    // Questions are numbered: one that is asked later knows better. What is asked is of the incident that is shown by then.
    let (turns, shown) = (use_mut_ref(|| 0_u64), use_mut_ref(|| incident));
    *shown.borrow_mut() = incident;
    let ask = {
        let known = known.setter();
        use_callback((), move |(), ()| {
            let (known, turns, incident) = (known.clone(), turns.clone(), *shown.borrow());
            let turn = turns.replace_with(|turn| *turn + 1) + 1;
            wasm_bindgen_futures::spawn_local(async move {
                let answer = api::call::<GetTransfers>(incident).await;
                if let (Ok(transfers), true) = (answer, *turns.borrow() == turn) {
                    known.set((incident, Rc::new(transfers)));
                }
            });
        })
    };
    use_effect_with(incident, {
        let ask = ask.clone();
        move |_| ask.emit(())
    });
    use_event::<TransfersChanged>(move |()| ask.emit(()));
    let (of, transfers) = &*known;
    if *of == incident { transfers.clone() } else { Rc::default() }
}
