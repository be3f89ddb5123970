//! The engine's events.

use tenantry_model::ipc::Event;
use yew::prelude::*;

use crate::api;

/// Hears an event for as long as the component lives. The handler is that of the first render.
#[hook]
pub fn use_event<E: Event + 'static>(heard: impl Fn(E::Payload) + 'static) {
    use_effect_with((), move |()| {
        let subscription = api::listen::<E>(heard);
        move || drop(subscription)
    });
}
