//! The present moment, for ages on the screen.

use gloo::timers::callback::Interval;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

const TICK_MS: u32 = 30_000;

/// The present moment, renewed every half minute.
#[hook]
pub fn use_now() -> Timestamp {
    let now = use_state(present);
    use_effect_with(now.setter(), |set| {
        let set = set.clone();
        let interval = Interval::new(TICK_MS, move || set.set(present()));
        move || drop(interval)
    });
    *now
}

fn present() -> Timestamp {
    Timestamp::from_micros((js_sys::Date::now() * 1000.0) as i64)
}
