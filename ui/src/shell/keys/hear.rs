//! Hears the keys of the table.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit};
use yew::prelude::*;

use super::table::{Does, Held, does};
use crate::components::focus::MAIN_LIST;
use crate::hooks::{press_letter, takes_commands, use_document_key};

/// Hears the table's keys while nobody types and nothing stands open. What the window itself does is asked of the two callbacks, of which the first
/// is told whether to go backwards.
#[hook]
pub(in crate::shell) fn use_keys(on_customer: &Callback<bool>, on_sheet: &Callback<()>) {
    // The handler is that of the first render, and calls what holds now.
    let calls = use_mut_ref(|| (on_customer.clone(), on_sheet.clone()));
    *calls.borrow_mut() = (on_customer.clone(), on_sheet.clone());
    use_document_key(move |event| {
        let (ctrl, alt, meta, shift) = (event.ctrl_key(), event.alt_key(), event.meta_key(), event.shift_key());
        let held = Held { ctrl, alt, meta, shift, repeat: event.repeat() };
        let Some(does) = does(&event.key(), held).filter(|_| takes_commands(event)) else { return };
        let (on_customer, on_sheet) = calls.borrow().clone();
        let done = match does {
            Does::List(key) => press_in_list(key, false),
            Does::ListRange(key) => press_in_list(key, true),
            Does::Button(letter) => press_letter(letter),
            Does::Customer { back } => {
                on_customer.emit(back);
                true
            }
            Does::Sheet => {
                on_sheet.emit(());
                true
            }
            Does::Elsewhere => false,
        };
        if done {
            event.prevent_default();
        }
    });
}

/// The list gets the focus, and the key as if it had been pressed there. Answers whether there is a list.
fn press_in_list(key: &str, with_shift: bool) -> bool {
    let shown = format!("main > .form-place:not([hidden]) #{MAIN_LIST}");
    let document = web_sys::window().and_then(|window| window.document());
    let list = document.and_then(|document| document.query_selector(&shown).ok().flatten());
    let Some(list) = list.and_then(|list| list.dyn_into::<HtmlElement>().ok()) else { return false };
    // Fails on what cannot have the focus; the list can.
    let _ = list.focus();
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_shift_key(with_shift);
    init.set_bubbles(true);
    init.set_cancelable(true);
    if let Ok(event) = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init) {
        // After this one has been heard: whoever hears keys of the whole page is in the middle of it now.
        gloo::timers::callback::Timeout::new(0, move || {
            // Nothing listens that could fail.
            let _ = list.dispatch_event(&event);
        })
        .forget();
    }
    true
}
