//! Whether somebody is at work in the window.

use std::time::Duration;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use yew::prelude::*;

const LOOK_MS: u32 = 15_000;

/// Whether a key or the pointer was pressed within this time; true at first.
#[hook]
pub fn use_active(within: Duration) -> bool {
    let (active, last) = (use_state_eq(|| true), use_mut_ref(js_sys::Date::now));
    use_effect_with(within, {
        let active = active.setter();
        move |within| {
            let within = within.as_secs_f64() * 1000.0;
            let listeners = web_sys::window().map(|window| {
                ["keydown", "pointerdown"].map(|event| {
                    let (last, active) = (last.clone(), active.clone());
                    EventListener::new(&window, event, move |_| {
                        *last.borrow_mut() = js_sys::Date::now();
                        active.set(true);
                    })
                })
            });
            let look = Interval::new(LOOK_MS, move || active.set(js_sys::Date::now() - *last.borrow() < within));
            move || drop((listeners, look))
        }
    });
    *active
}
